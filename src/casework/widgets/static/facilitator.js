/**
 * facilitator.js: choose a case, see its run sheet, open a session. It draws `view` and reports what was chosen; only
 * opening a session goes to the server itself, which knows who may. What a tab remembers brings the page back.
 */

import { Hosted } from "./hosted.js";
import { device, token } from "./page.js";
import { button, h, icon, meta, note, renew, section, story, svg } from "./parts.js";

const KEPT = "facilitator";
class Facilitator extends Hosted {
  /** Where the server is, on a page that it serves; elsewhere nobody can open a session. */
  get base() {
    return this.isWhole ? this.words.home : "";
  }

  start() {
    const leave = this.follow();
    const before = this.isWhole && JSON.parse(device.get(KEPT, "sessionStorage") ?? "{}"); // what is drawn first would take its place
    this.frame();
    if (this.isWhole) this.ask({ ...before, language: document.documentElement.lang, origin: location.origin, base: this.base });
    return leave;
  }

  ask(message) {
    this.model.send({ kind: "ask", ...message });
  }

  async open() {
    const failed = () => this.failure.replaceChildren(note("info", "", this.words.open_failed));
    this.failure.replaceChildren();
    try {
      const answer = await fetch(`${this.base}sessions`, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-XSRFToken": token() },
        // Whoever ticks and presses in one move has not waited for what the tick brings back.
        body: JSON.stringify({ ...this.view.open, survey: this.parts.open.querySelector("[data-key=survey]").checked }),
      });
      if (!answer.ok) return failed();
      const { id, code } = await answer.json();
      this.ask({ session: id, code, spoken: this.view.open.language });
    } catch {
      failed();
    }
  }

  // ---- what surrounds the parts; drawn again only when the language changes

  frame() {
    this.live = h("p", { role: "status", class: "hush" });
    this.trouble = h("div", { role: "alert" });
    this.failure = h("div", { role: "alert" });
    const names = ["session", "choices", "about", "sheet", "leave", "open"];
    this.parts = Object.fromEntries(names.map((name) => [name, h("div", { class: "flow", "data-part": name })]));
    const { session, choices, about, sheet, leave, open } = this.parts;
    this.box = h("div", { class: "lead flow" }, this.trouble, session, choices, about, this.live, open, this.failure, sheet, leave);
    this.el.replaceChildren(this.box);
    this.update();
  }

  update() {
    const { view, words: w, parts } = this;
    this.box.lang = view.lang;
    this.renew(parts.choices, [view.cases, view.case, view.stories, view.story, view.minutes, view.lang], () => this.choices());
    this.renew(parts.about, [view.case, view.content, view.lang], () => this.about());
    if (!view.is_waiting) {
      this.renew(parts.sheet, [view.sheet, view.lang], () => (view.sheet ? this.sheet() : []));
      this.renew(parts.leave, [view.case, view.proofs, view.left_out, view.together, view.lang], () => (view.sheet ? this.leave() : []));
      this.renew(parts.open, [Boolean(view.open), view.open?.survey, Boolean(view.session), view.lang], () => this.opening());
    }
    this.renew(parts.session, [view.session, view.lang], () => (view.session?.id ? this.session() : []));
    const said = view.is_waiting ? w.wait : "";
    if (this.live.textContent !== said) this.live.textContent = said;
    this.live.classList.toggle("hush", !view.is_waiting || Boolean(view.sheet));
    this.box.toggleAttribute("data-ready", !view.is_waiting);
    parts.open.inert = view.is_waiting; // what would be opened is not known yet
    if (this.isWhole && !view.is_waiting) device.set(KEPT, JSON.stringify(view.remembered), "sessionStorage");
  }

  renew(part, shown, draw) {
    renew(part, shown, draw, (part) => part.querySelector("h2"));
  }

  // ---- choosing

  pick(name, label, value, options, none = null) {
    const id = `casework-lead-${name}-${this.id}`;
    const change = ({ target }) => this.ask({ [name]: name === "minutes" ? Number(target.value) : target.value });
    const option = (one) => h("option", { value: one.value, selected: one.value === value }, one.label);
    return h("div", { class: "pick" }, h("label", { for: id }, label),
      h("select", { id, class: "field", name, "data-key": name, autocomplete: "off", change }, none && h("option", { value: "" }, none), options.map(option)));
  }

  choices() {
    const { view, words: w } = this;
    return [h("div", { class: "choose" }, this.pick("case", w.case, view.case, view.cases, w.case_none),
      view.stories && this.pick("story", w.story, view.story, view.stories),
      this.pick("minutes", w.minutes, view.minutes, view.lengths))];
  }

  about() {
    const { view, words: w } = this;
    if (!view.content) return [];
    return [note("info", w.about, view.content.replace(/\.*$/, "."))];
  }

  // ---- the run sheet

  sheet() {
    const { view: { sheet: it, story: lang }, words: w } = this;
    const told = ({ label, time }) => h("div", {}, h("dt", {}, time), h("dd", {}, label));
    const vote = h("ul", { class: "facts", lang }, it.votes.map((title) => h("li", {}, icon("people"), h("span", {}, title))));
    return [section(h("h2", { tabindex: "-1" }, w.sheet), meta(w.sheet_note),
      h("h3", {}, w.plan), h("dl", { class: "lines" }, it.plan.map(told)),
      h("h3", {}, w.votes), it.most && h("p", {}, it.most), it.votes.length ? vote : h("p", {}, w.votes_none),
      h("details", {}, h("summary", {}, w.places), h("ul", { class: "plain" }, it.places.map((one) => this.place(one)))),
      h("details", {}, h("summary", {}, w.ways), it.ways.map((one) => this.way(one))))];
  }

  place(it) {
    const { words: w, view: { story: lang } } = this;
    return h("li", { class: "flow" },
      h("p", { class: "row" }, h("strong", { lang }, it.title), it.is_vote && h("span", { class: "tag" }, w.vote), h("span", { class: "meta" }, it.stay)),
      meta([it.ways, it.ahead].filter(Boolean).join(" ")),
      it.pitfall && note("warn", "", it.pitfall),
      it.note.length > 0 && h("details", {}, h("summary", {}, w.note), h("div", { lang }, story(it.note))));
  }

  way(it) {
    const { words: w, view: { story: lang } } = this;
    const leg = (one) => h("li", {}, h("span", { class: "meta" }, one.begins), " ", h("span", { lang }, one.title), one.is_vote && [" ", h("span", { class: "tag" }, w.vote)]);
    return h("section", { class: "way flow" }, h("h3", {}, it.title), h("p", {}, it.time, it.ending && [" · ", it.ending]),
      it.advice.map((text) => note("time", "", text)), h("ol", { class: "legs" }, it.legs.map(leg)));
  }

  // ---- leaving out

  leave() {
    const { view, words: w } = this;
    const said = view.proofs
      ? h("ul", { class: "plain" }, view.proofs.map((one) => this.proof(one)))
      : h("p", {}, button({ "data-key": "proofs", click: ({ target }) => this.prove(target) }, w.leave_ask), " ", h("span", { class: "meta" }, w.leave_wait));
    const { together } = view;
    return [section(h("h2", { tabindex: "-1" }, w.leave), h("p", {}, w.leave_why), said,
      together && h("div", { class: "notice", "data-is": together.is_sound ? "kept" : "broken" }, icon(together.is_sound ? "check" : "cross"),
        h("p", {}, h("strong", {}, `${w.leave_together}: `), h("span", { lang: view.story }, together.title), ". ", together.said, " ", together.gone)))];
  }

  prove(target) {
    target.disabled = true;
    this.ask({ proofs: true });
  }

  proof(it) {
    const { view, words: w } = this;
    const [scene] = it.scenes;
    const change = ({ target }) => this.ask({ left_out: target.checked ? [...view.left_out, scene] : view.left_out.filter((one) => one !== scene) });
    const check = h("input", { type: "checkbox", "data-key": `leave-${scene}`, checked: view.left_out.includes(scene), disabled: !it.is_sound, autocomplete: "off", change });
    return h("li", {}, h("label", { class: "row" }, check, h("strong", { lang: view.story }, it.title), h("span", { class: "tag" }, it.is_sound ? w.leave_can : w.leave_cannot)), meta([it.said, it.gone].filter(Boolean).join(" ")));
  }

  // ---- the session

  opening() {
    const { view, words: w } = this;
    if (!view.open || !this.base) return [];
    const change = ({ target }) => this.ask({ survey: target.checked });
    const check = h("input", { type: "checkbox", "data-key": "survey", checked: view.open.survey, autocomplete: "off", change });
    return [h("label", { class: "row" }, check, h("strong", {}, w.survey)), meta(w.survey_how),
      h("p", {}, button({ class: view.session ? "button quiet" : "button large", "data-key": "open", click: () => this.open() }, view.session ? w.another : w.open)), meta(w.open_why)];
  }

  session() {
    const { view: { session: it }, words: w } = this;
    const { door } = it;
    const block = ({ size, path }, label) => svg("svg", { class: "qr", role: "img", "aria-label": label, viewBox: `0 0 ${size} ${size}` }, svg("path", { d: path }));
    const way = door && h("div", { class: "door" }, h("div", { class: "flow" },
      h("h3", {}, w.join), h("p", {}, w.go, " ", h("strong", {}, door.address), " ", w.type), h("p", { class: "code" }, door.code)),
      block(door.qr, w.qr));
    const link = (href, label, how) => h("li", {}, h("a", { class: "button", href, target: "_blank", rel: "noopener" }, label), meta(how));
    const steps = [1, 2, 3, 4, 5, 6].map((at) => h("li", {}, w[`isolated_${at}`]));
    return [h("section", { class: "card flow", "aria-labelledby": `casework-lead-open-${this.id}` }, h("h2", { id: `casework-lead-open-${this.id}`, tabindex: "-1" }, w.opened),
      way, it.hosts.length ? [this.pick("host", w.host, it.host, it.hosts), meta(w.host_how)] : note("wifi", "", w.host_none),
      it.trouble && note("warn", "", it.trouble),
      h("ul", { class: "plain links" }, link(it.stage, w.stage, w.stage_how), link(it.notes, w.notes, w.notes_how)),
      it.phone && h("details", {}, h("summary", {}, w.notes_phone), h("div", { class: "flow" }, h("p", {}, w.notes_phone_how), block(it.phone, w.notes_qr))),
      h("details", {}, h("summary", {}, w.isolated), h("ol", { class: "flow" }, steps)))];
  }
}

export default {
  render: ({ model, el }) => new Facilitator(model, el).start(),
};
