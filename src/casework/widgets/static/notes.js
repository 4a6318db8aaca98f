/**
 * notes.js: the facilitator's notes. It draws `view` and what counts beside it, and sends the messages that the view
 * holds, each with its number; it decides nothing.
 */

import { patterns, letter, result } from "./ballot.js";
import { clicker, toggle } from "./clicker.js";
import { Clock } from "./clock.js";
import { token } from "./page.js";
import { bar, button, choosing, dialog, h, help, icon, meta, note, renew, section, story } from "./parts.js";

const HELP = "casework-help";
const SURE = "casework-sure";

class Notes {
  constructor(model, el) {
    Object.assign(this, { model, el });
  }

  get view() {
    return this.model.get("view");
  }

  get words() {
    return { ...this.model.get("words"), ...this.view.words };
  }

  start() {
    const ears = {
      "change:view": () => this.update(),
      "change:counts": () => this.count(),
      "change:left": () => this.time(),
      connection: (state) => this.connected(state),
      press: (key) => this.press(key),
      taken: (answer) => this.taken(answer),
    };
    this.frame();
    for (const [event, ear] of Object.entries(ears)) this.model.on(event, ear);
    const endKeys = clicker((key) => this.model.press(key));
    return () => {
      endKeys();
      this.clock.stop();
      for (const [event, ear] of Object.entries(ears)) this.model.off(event, ear);
    };
  }

  // ---- pressing

  press(key) {
    this.act(this.view[key]);
  }

  act(cue) {
    if (!cue) return;
    if (!cue.sure) {
      this.model.send(cue.send);
      return;
    }
    this.sure.querySelector("p").textContent = cue.sure;
    this.sure.returnValue = "";
    this.sure.onclose = () => this.sure.returnValue === "yes" && this.model.send(cue.send);
    this.sure.showModal();
  }

  taken({ notice }) {
    const text = notice ? this.view.notices[notice] ?? "" : "";
    this.told.replaceChildren(...(text ? [note("info", "", text)] : []));
    if (text) this.say(text);
  }

  press_button(cue, given = {}) {
    return button({ "data-key": JSON.stringify([cue.send.kind, cue.send.act, cue.send.subject, cue.label]), click: () => this.act(cue), ...given }, cue.label);
  }

  // ---- what surrounds the parts

  frame() {
    const { view, words: w } = this;
    document.documentElement.lang = view.language;
    document.title = `${w.notes} · casework`;
    this.live = h("p", { role: "status", class: "hush" });
    this.trouble = h("div", { role: "alert", class: "news" });
    this.told = h("div", { class: "answer" });
    this.clock = new Clock(w, (text) => this.say(text));
    const names = ["head", "now", "note", "after", "handed", "control", "clock", "hands", "more"];
    this.parts = Object.fromEntries(names.map((name) => [name, h("div", { class: "part", "data-part": name })]));
    const { head, now, note: own, after, handed, control, clock, hands, more } = this.parts;
    const no = h("button", { class: "button quiet", value: "no" }, w.no);
    this.sure = dialog(SURE, w.sure, h("p", {}),
      h("form", { method: "dialog", class: "row" }, h("button", { class: "button", value: "yes" }, w.yes), no));
    // A cue needs a button that is there at once, and stays while its words change: focus must not fall off it.
    this.next = button({ class: "button whole large", "data-key": "next", click: () => this.press("next") });
    this.back = button({ "data-key": "back", click: () => this.press("back") }, view.words.back);
    this.dark = button({ "data-key": "dark", click: () => this.press("dark") });
    this.why = meta();
    control.classList.add("card", "control", "flow");
    control.setAttribute("role", "group");
    control.setAttribute("aria-label", w.lead);
    control.append(this.next, this.why, h("div", { class: "halves" }, this.back, this.dark), h("p", { class: "meta wide" }, w.keys));
    control.id = "casework-control";
    const top = bar({ ...w, home: "" }, { case: { title: view.title } }, HELP);
    top.querySelector(".brand").replaceWith(h("span", { class: "brand" }, icon("fork"), h("span", { class: "wide" }, w.notes)));
    top.querySelector(".meta.wide").replaceWith(h("span", { class: "code roomy" }, view.code),
      h("span", { class: "key meta wide" }, icon("people"), h("span", { "data-count": "joined" })));
    this.box = h("div", { class: "notes" },
      h("a", { class: "skip", href: "#casework-control" }, w.skip), top, this.live,
      h("div", { class: "wrap page with-side" },
        h("main", { class: "flow" }, head, this.told, now, own, after, handed),
        h("aside", { class: "side", "aria-label": w.lead }, control, clock, hands, more)),
      this.trouble, help(w, HELP), this.sure, patterns());
    clock.append(h("section", { class: "card flow" },
      h("div", { class: "row" }, h("h2", {}, w.clock), h("span", { class: "tag end" }, w.closes)),
      this.clock.el, this.quiet = meta(w.no_clock), this.clocks = h("div", { class: "row" }), this.wishes = h("p", { class: "notice", hidden: true }, icon("info"), h("span", { "data-count": "wishes" }))));
    this.el.replaceChildren(this.box);
    this.update();
  }

  update() {
    const { view, words: w, parts } = this;
    this.renew(parts.head, [view.title, view.scene], () => [h("p", { class: "eyebrow" }, view.title), h("h1", { tabindex: "-1" }, view.scene)]);
    this.renew(parts.now, [view.now, view.home, view.has_count, view.has_survey, view.result, view.has_ended, view.story], () => this.now());
    this.renew(parts.note, view.note, () => view.note && [section(h("h2", {}, w.your_notes), view.note.length ? story(view.note) : meta(w.no_note))]);
    this.renew(parts.after, view.onward, () => this.after());
    this.renew(parts.handed, [view.bottlenecks, view.can_merge], () => this.handed());
    this.renew(parts.hands, view.hands, () => this.hands());
    this.renew(parts.more, view.acts, () => this.more());
    this.control();
    this.time();
    this.count();
  }

  renew(part, shown, draw) {
    renew(part, shown, draw, () => this.next);
  }

  control() {
    const { view, words: w } = this;
    const { next, back, dark } = view;
    this.next.hidden = !next;
    if (next && this.next.textContent !== next.label) {
      this.next.textContent = next.label;
      this.say(view.now.tag);
    }
    this.why.textContent = next || view.has_ended ? "" : w.choose;
    this.why.hidden = !this.why.textContent;
    this.back.hidden = !back;
    if (back) this.back.textContent = back.label;
    this.dark.hidden = !dark;
    if (dark) this.dark.textContent = dark.label;
  }

  time() {
    const { view, words: w } = this;
    this.clock.set(view.has_clock ? this.model.get("left") : null);
    this.quiet.hidden = view.has_clock;
    this.renew(this.clocks, view.clocks, () => view.clocks.map((cue) => this.press_button(cue)));
    this.parts.clock.hidden = view.has_ended;
    this.quiet.textContent = w.no_clock;
  }

  count() {
    const counts = this.model.get("counts").texts ?? {};
    for (const place of this.box.querySelectorAll("[data-count]")) place.textContent = counts[place.dataset.count] ?? "";
    this.wishes.hidden = !counts.wishes;
  }

  connected(state) {
    this.trouble.replaceChildren(...(state === "online" ? [] : [note("wifi", "", this.words.lost)]));
  }

  say(text) {
    this.live.textContent = text;
  }

  // ---- the parts

  now() {
    const { view, words: w } = this;
    const heading = h("div", { class: "row" }, h("h2", {}, w.now), h("span", { class: "tag end" }, view.now.tag));
    const counted = view.has_count && h("p", { class: "row" }, h("span", { class: "count", "data-count": "voted" }), h("span", { "data-count": "of" }));
    const finished = view.has_survey && h("p", { class: "key" }, icon("check"), h("strong", { "data-count": "finished" }));
    return [h("section", { class: "card flow" }, heading, counted, finished, h("p", {}, view.now.hint), view.now.away && note("info", "", view.now.away),
      view.home && h("p", {}, this.press_button(view.home)),
      view.result && this.result(),
      view.has_ended ? h("p", {}, h("a", { class: "button", href: this.model.get("report") }, w.report))
        : h("details", {}, h("summary", {}, w.aloud), story(view.story)))];
  }

  result() {
    const { result: it } = this.view;
    const w = this.words;
    if (!it.rows.length) return h("p", {}, it.note);
    // On a phone there is no room for bars and differences; the projector shows them.
    const columns = it.is_twice ? it.columns.slice(0, -1) : it.columns;
    const bare = { ...it, columns, rows: it.rows.map((row) => ({ ...row, bars: [], shift: null })) };
    return [result(w, bare, { columns: [[w.sureness, (row) => row.sure]] }), meta(it.note),
      it.flag && h("div", { class: "notice", "data-is": "mend" }, icon("warn"), h("p", {}, h("strong", {}, it.flag), " ", w.alone_see)),
      it.remarks.map((text) => meta(text))];
  }

  after() {
    const { view, words: w } = this;
    if (!view.onward.length) return [];
    const road = (one) => h("li", { class: "row" }, letter(one.letter),
      h("div", { class: "fill" }, h("strong", {}, one.leads), one.is_leading && [" ", h("span", { class: "tag" }, w.majority)], meta(one.text)),
      one.acts.length > 0 && h("div", { class: "row acts" }, one.acts.map((cue) =>
        this.press_button(cue, { "aria-label": `${cue.label}: ${one.letter}, ${one.leads}` }))));
    return [section(h("h2", {}, w.after), h("ul", { class: "plain roads" }, view.onward.map(road)))];
  }

  hands() {
    const { view, words: w } = this;
    if (!view.hands.length) return [];
    const field = (one) => h("label", {}, `${one.letter} `, h("input", {
      class: "field", type: "number", min: 0, max: 999, inputmode: "numeric", value: one.amount, "data-key": `hand-${one.choice}`, autocomplete: "off", "aria-label": `${one.letter}, ${one.text}`,
      change: ({ target }) => target.checkValidity() && this.model.send({ ...one.send, number: this.view.number + 1, amount: Number(target.value) }),
    }));
    return [h("details", { class: "card" }, h("summary", {}, w.hands), h("div", { class: "flow" }, meta(w.hands_how), h("div", { class: "grid hands" }, view.hands.map(field))))];
  }

  more() {
    const { view, words: w } = this;
    const out = h("form", { method: "post", action: this.model.get("out") },
      h("input", { type: "hidden", name: "_xsrf", value: token() }), h("button", { class: "button quiet whole", "data-key": "out" }, w.out));
    const rest = view.acts.filter(({ act }) => !["blank", "light"].includes(act));
    return [h("details", { class: "card" }, h("summary", {}, w.more),
      h("div", { class: "flow" }, toggle(w.clicker), rest.map((cue) => h("p", {}, this.press_button(cue, { class: "button quiet whole" }))), out))];
  }

  handed() {
    const { view, words: w } = this;
    if (!view.bottlenecks) return [];
    const others = (one) => view.bottlenecks.filter(({ id }) => id !== one.id);
    const merge = (one) => {
      const options = [h("option", { value: "" }, "–"), ...others(one).map(({ id, text }) => h("option", { value: id }, text))];
      const change = ({ target }) => target.value && this.model.send({ kind: "merge", into: target.value, others: [one.id] });
      return h("label", { class: "pick" }, `${w.merge_into} `, h("select", { class: "field", "data-key": `merge-${one.id}`, ...choosing(change, w.pick_keys) }, options));
    };
    const drop = (one) => button({ "data-key": `drop-${one.id}`, "aria-label": `${w.drop}: ${one.text}`,
      click: () => this.model.send({ kind: "drop", bottleneck: one.id }) }, w.drop);
    const row = (one) => h("li", { class: "flow" },
      h("p", {}, one.text, one.weight && [" ", h("span", { class: "tag" }, one.weight)]), one.help && meta(w.helps, " ", one.help),
      one.merged.length > 0 && meta(w.same, " ", one.merged.join("; ")),
      view.can_merge && h("div", { class: "row" }, others(one).length > 0 && merge(one), drop(one)));
    return [section(h("h2", {}, w.bottlenecks), view.bottlenecks.length ? h("ul", { class: "plain" }, view.bottlenecks.map(row)) : meta(w.bottlenecks_none))];
  }
}

export default {
  render: ({ model, el }) => new Notes(model, el).start(),
};
