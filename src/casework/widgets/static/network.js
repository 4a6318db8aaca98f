/**
 * network.js: the board of bottlenecks: an anywidget front-end module. It draws `view` and reports what was moved, chosen
 * or typed; it decides nothing. What somebody is typing stays, whatever others change meanwhile, and also when the page
 * begins anew: this tab remembers it until it is saved.
 */

import { Carrier } from "./carry.js";
import { Drafts } from "./drafts.js";
import { Hosted } from "./hosted.js";
import { addresses, agenda, hard } from "./outlook.js";
import { button, choosing, dialog, h, icon, meta, named, note, renew } from "./parts.js";

const PACE = 3000; // so long between two questions whether somebody else changed something
const SOON = 50; // while playings are being counted
const TEXTS = ["title", "question", "answer"];
const NEW = "+"; // no cluster's id has a plus

const today = () => new Date().toLocaleDateString("sv"); // Swedes write days as inputs do

class Network extends Hosted {
  cards = new Map();

  start() {
    const leave = this.listen({
      "change:view": () => this.update(),
      "change:words": () => this.frame(),
      "msg:custom": () => this.wait(),
      connection: (state) => this.connected(state),
    });
    const wake = () => document.hidden || this.look();
    document.addEventListener("visibilitychange", wake);
    this.frame();
    this.look();
    return () => {
      leave();
      this.carrier.leave();
      clearTimeout(this.waiting);
      document.removeEventListener("visibilitychange", wake);
    };
  }

  ask(kind, message = {}) {
    this.model.send({ kind, ...message });
  }

  move(what, of, before, after, key = "") {
    this.ask("move", { what, of, before, after, key });
  }

  // ---- looking again and again

  look() {
    clearTimeout(this.waiting);
    if (!document.hidden) this.ask("look");
  }

  wait() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.look(), this.view.is_counting ? SOON : PACE);
  }

  connected(state) {
    this.line.replaceChildren(...(state === "online" ? [] : [note("wifi", "", this.words.lost)]));
    if (state === "online") this.look();
  }

  // ---- what surrounds the parts; drawn again only when the language changes

  frame() {
    const { words: w } = this;
    this.carrier?.leave();
    this.cards.clear();
    this.live = h("p", { role: "status" });
    this.trouble = h("div", { role: "alert" });
    this.line = h("div", { role: "alert" });
    const names = ["head", "loose", "list", "hard", "agenda", "addresses", "undo"];
    this.parts = Object.fromEntries(names.map((name) => [name, h("div", { class: "flow", "data-part": name })]));
    const { head, loose, list, undo } = this.parts;
    this.many = h("div", { class: "bundles" });
    const texts = h("section", { class: "flow", "data-drop": "", "aria-labelledby": this.name("loose") },
      h("h2", { id: this.name("loose"), tabindex: "-1" }, w.loose), loose);
    const bundles = h("section", { class: "flow", "aria-labelledby": this.name("clusters") },
      h("h2", { id: this.name("clusters"), tabindex: "-1" }, w.clusters), meta(w.clusters_how), this.making(), list, this.many);
    this.sure = this.asked();
    const foot = h("div", { class: "network-foot screen" }, this.trouble, h("div", { class: "row" }, this.live, undo));
    this.box = h("div", { class: "network flow" }, this.line, head, h("div", { class: "sides" }, texts, bundles),
      this.parts.hard, this.parts.agenda, this.parts.addresses, this.sure, foot);
    this.el.replaceChildren(this.box);
    this.drafts = new Drafts(this.box, "network");
    const drop = (what, where) => this.put(what, this.box.querySelector(`[data-carried="${CSS.escape(what)}"]`).dataset.lies, where);
    this.carrier = new Carrier(this.box, { drop, end: () => this.update() });
    this.update();
    this.drafts.take_up();
  }

  name(part) {
    return `casework-network-${part}-${this.id}`;
  }

  update() {
    if (this.carrier.isCarrying) return; // what somebody holds in the hand is not drawn away
    const { view, parts } = this;
    this.box.lang = view.lang;
    this.renew(parts.head, [view.summary, view.lang], () => this.head());
    this.renew(parts.loose, [view.loose, view.targets, view.clusters.length, view.lang], () => this.loose());
    this.renew(parts.list, [view.clusters.length > 0, view.lang], () => (view.clusters.length ? [] : [h("p", {}, this.words.clusters_none)]));
    this.bundles();
    this.renew(parts.hard, [view.hard, view.is_counting, view.lang], () => hard(this.words, view));
    this.renew(parts.agenda, [view.agenda, view.lang], () => agenda(this.words, view));
    this.renew(parts.addresses, [view.receivers, view.lang], () => addresses(this.words, view));
    this.renew(parts.undo, [view.can_undo, view.lang], () => (view.can_undo ? [this.undo()] : []));
    this.settle();
    this.drafts.remember();
    this.tell(view.notice);
    this.box.dataset.ready = "";
  }

  /** Put what the store has into what can be chosen: a move that was refused leaves the choice of before. */
  settle() {
    for (const one of this.box.querySelectorAll("select[data-now]")) if (!one.hint) one.value = one.dataset.now;
    for (const one of this.box.querySelectorAll("input[data-on]")) one.checked = one.dataset.on === "true";
  }

  tell({ text, is_trouble: isTrouble, number }) {
    if (this.told === number) return;
    this.told = number;
    if (!isTrouble) this.clear?.(); // a title that was refused stays to be mended
    this.clear = null;
    this.live.textContent = isTrouble ? "" : text;
    this.trouble.replaceChildren(...(isTrouble ? [note("warn", "", text)] : []));
  }

  /** Draw a part again only if what it shows has changed; what is being typed in it stays, and so does focus. */
  renew(part, shown, draw) {
    const fields = () => [...part.querySelectorAll("input[data-text], textarea[data-text]")];
    const typed = fields().filter((one) => one.value !== one.defaultValue).map((one) => [one.dataset.key, one.value, one.defaultValue]);
    const place = [...part.querySelectorAll("[data-key]")].indexOf(document.activeElement);
    const kind = document.activeElement?.dataset?.key?.split(" ")[0];
    // Whoever works through a list comes to the next one when the one at hand has gone elsewhere.
    const next = (where) => [...where.querySelectorAll(`[data-key^="${kind} "]`)].find((one) => [...where.querySelectorAll("[data-key]")].indexOf(one) >= place);
    const head = (where) => where.closest("section, article, .network").querySelector("h2, h3");
    renew(part, shown, draw, (where) => next(where) ?? head(where));
    for (const [key, value, before] of typed) {
      const field = fields().find((one) => one.dataset.key === key);
      if (!field || value.trim() === field.defaultValue) continue;
      field.value = value;
      if (field.defaultValue !== before) field.after(h("p", { class: "notice" }, icon("info"), h("span", {}, `${this.words.now_reads} `, h("q", {}, field.defaultValue))));
    }
  }

  head() {
    const { words: w, view } = this;
    const report = this.isWhole
      ? [h("a", { class: "button", href: `${w.home}network/report/${view.lang}`, target: "_blank", rel: "noopener" }, icon("print"), w.report), meta(w.report_how)]
      : [meta(w.report_elsewhere)];
    return [h("p", { class: "summary" }, view.summary), h("div", { class: "row screen" }, report)];
  }

  undo() {
    return button({ "data-key": "undo", click: () => this.ask("undo") }, icon("redo"), this.words.undo);
  }

  // ---- texts that were handed in

  loose() {
    const { words: w, view } = this;
    if (view.loose.length) return [h("ul", { class: "handed" }, view.loose.map((one) => this.handed(one)))];
    return [h("p", {}, view.clusters.length ? w.loose_none : w.nothing)];
  }

  handed(it) {
    const { words: w } = this;
    const strike = button({ "data-key": `strike ${it.id}`, "aria-label": `${w.strike}: ${it.text}`, click: () => this.ask_strike(it) }, w.strike);
    return h("li", { class: "slip", "data-carried": it.id, "data-lies": it.cluster },
      h("span", { class: "grip screen", "data-grip": true, title: w.drag, "aria-hidden": "true" }, icon("grip")),
      h("div", { class: "flow" },
        h("p", { "data-name": true }, it.text),
        it.help && h("p", {}, h("strong", { class: "soft" }, w.help), " ", it.help),
        it.merged.length > 0 && h("p", {}, h("strong", { class: "soft" }, w.same), " ", it.merged.join("; ")),
        meta(it.about, it.weight && ` · ${w.rooms} ${it.weight}`),
        it.has_contact && note("warn", "", w.contact),
        h("div", { class: "where screen" }, this.where(it), strike)));
  }

  where(it) {
    const { words: w, view } = this;
    const known = view.targets.some(({ value }) => value === it.cluster) ? it.cluster : "";
    const rows = [{ value: "", label: known ? w.put_out : w.put_loose }, ...view.targets, { value: NEW, label: w.put_new }];
    const change = ({ target }) => this.put(it.id, it.cluster, target.value);
    return this.select(`put ${it.id}`, known, rows, change, `${w.put} ${it.text}`);
  }

  /** Put a text somewhere: `where` is a cluster, "" for none, or a new one that is called after the text. */
  put(note, before, where) {
    if (where === before) return;
    if (where !== NEW) return this.move("place", note, before, where);
    const title = this.box.querySelector(`[data-carried="${CSS.escape(note)}"] [data-name]`).textContent;
    this.ask("make", { title, note, before });
  }

  select(key, now, rows, change, name = null) {
    const option = ({ value, label }) => h("option", { value, selected: value === now }, label);
    return h("select", { class: "field", "data-key": key, "data-now": now, "aria-label": name, autocomplete: "off", ...choosing(change, this.words.pick_keys) }, rows.map(option));
  }

  asked() {
    const { words: w } = this;
    this.struck = h("blockquote", {});
    const asked = dialog(this.name("strike"), w.strike_sure, this.struck, h("p", {}, w.strike_what),
      h("form", { method: "dialog", class: "row" }, h("button", { class: "button", value: "strike" }, w.strike_yes), h("button", { class: "button quiet" }, w.strike_no)));
    asked.addEventListener("close", () => {
      if (asked.returnValue === "strike") this.ask("strike", { note: asked.dataset.note });
      asked.returnValue = "";
    });
    return asked;
  }

  ask_strike({ id, text }) {
    this.struck.textContent = text;
    this.sure.dataset.note = id;
    this.sure.showModal();
  }

  // ---- clusters

  making() {
    const { words: w } = this;
    const id = this.name("make");
    const field = h("input", { id, class: "field", name: "title", autocomplete: "off", maxlength: this.view.longest.title });
    const submit = (event) => {
      event.preventDefault();
      if (this.making_at === this.told) return; // a second click before the answer would make a second cluster
      this.making_at = this.told;
      this.ask("make", { title: field.value });
      this.clear = () => (field.value = "");
    };
    return h("form", { class: "make row screen", submit }, h("div", { class: "pick" }, h("label", { for: id }, w.make_title), field),
      h("button", { class: "button", "data-key": "make" }, w.make));
  }

  bundles() {
    const { view } = this;
    const known = new Set(view.clusters.map(({ id }) => id));
    for (const [id, card] of this.cards) {
      if (known.has(id)) continue;
      const held = card.box.contains(document.activeElement);
      card.box.remove();
      this.cards.delete(id);
      if (held) this.box.querySelector(`[id="${this.name("clusters")}"]`).focus({ preventScroll: true });
    }
    for (const it of view.clusters) {
      if (!this.cards.has(it.id)) this.add(it);
      this.fill(this.cards.get(it.id), it);
    }
  }

  add(it) {
    const { words: w } = this;
    const names = ["head", "picks", "notes", "texts", "ties", "going", "apart"];
    const parts = Object.fromEntries(names.map((name) => [name, h("div", { class: "flow" })]));
    const fold = (label, part) => h("details", { class: "screen" }, h("summary", {}, label), part);
    const heading = h("h3", { tabindex: "-1" });
    const box = h("article", { class: "card flow", "data-drop": it.id, "data-cluster": it.id, "aria-labelledby": named(heading) },
      heading, parts.head, parts.picks, parts.notes, fold(w.texts, parts.texts), fold(w.ties, parts.ties), fold(w.receivers, parts.going), parts.apart);
    this.cards.set(it.id, { box, heading, parts });
    this.many.append(box);
  }

  fill({ heading, parts }, it) {
    const { view, words: w } = this;
    if (heading.textContent !== it.title) heading.textContent = it.title;
    this.renew(parts.head, [it.status, it.workshops, it.ties, it.rooms, it.question, it.answer, it.is_solved], () => this.about(it));
    this.renew(parts.picks, [it.weight, it.meeting, it.minutes], () => this.picks(it));
    this.renew(parts.notes, [it.notes, view.targets], () => (it.notes.length ? [h("ul", { class: "handed" }, it.notes.map((one) => this.handed(one)))] : []));
    this.renew(parts.texts, [it.title, it.question, it.answer], () => this.texts(it));
    this.renew(parts.ties, [it.ties, view.ties], () => this.ties(it));
    this.renew(parts.going, [it.receivers, it.news], () => this.going(it));
    this.renew(parts.apart, [it.title], () => [h("p", { class: "screen" },
      button({ "data-key": `apart ${it.id}`, "aria-label": `${w.apart}: ${it.title}`, click: () => this.move("gone", it.id, "", "gone") }, w.apart), " ", h("span", { class: "meta" }, w.apart_how))]);
  }

  about(it) {
    const { words: w } = this;
    return [h("p", { class: "row" }, h("span", { class: "tag", "data-is": it.is_solved && "kept" }, it.status), it.ties.map(({ label }) => h("span", { class: "tag" }, label))),
      meta(it.workshops, it.rooms && ` · ${w.rooms} ${it.rooms}`),
      it.question && h("p", {}, it.question), it.answer && h("p", {}, icon("check"), " ", it.answer)];
  }

  picks(it) {
    const { words: w, view } = this;
    const pick = (what, label, rows) => {
      const change = ({ target }) => this.move(what, it.id, it[what], target.value);
      return h("label", { class: "pick" }, h("span", {}, label), this.select(`${what} ${it.id}`, it[what], rows, change));
    };
    return [h("div", { class: "choose screen" },
      pick("weight", w.weight, [{ value: "", label: w.weight_none }, ...view.weights]),
      pick("meeting", w.meeting, [{ value: "", label: w.meeting_none }, ...view.meetings]),
      it.meeting && pick("minutes", w.minutes, view.minutes))];
  }

  texts(it) {
    const { words: w, view: { longest } } = this;
    const id = (name) => `${this.name(name)}-${it.id}`;
    const given = (name, most) => ({ id: id(name), name, class: "field", "data-text": true, "data-key": `${name} ${it.id}`, maxlength: most, autocomplete: "off" });
    const row = (name, label, field) => h("div", { class: "pick" }, h("label", { for: id(name) }, label), field);
    const submit = (event) => {
      event.preventDefault();
      const fields = TEXTS.map((name) => event.target.elements[name]).filter((one) => one.value.trim() !== one.defaultValue);
      const texts = Object.fromEntries(fields.map((one) => [one.name, [one.defaultValue, one.value]]));
      if (fields.length) this.ask("write", { of: it.id, texts });
    };
    return [h("form", { class: "flow", submit },
      row("title", w.title, h("input", { ...given("title", longest.title), value: it.title })),
      row("question", w.question, h("textarea", { ...given("question", longest.text), rows: 3 }, it.question)),
      row("answer", w.answer, h("textarea", { ...given("answer", longest.text), rows: 3 }, it.answer)),
      meta(w.no_names), h("p", {}, h("button", { class: "button quiet", "data-key": `save ${it.id}` }, w.save)))];
  }

  ties(it) {
    const { words: w, view } = this;
    const off = ({ what, key, label }) => h("li", { class: "row" }, h("span", {}, label),
      button({ "data-key": `untie ${it.id} ${key}`, "aria-label": `${w.untie} ${label}`, click: () => this.move(what, it.id, "on", "", key) }, icon("cross")));
    const change = ({ target }) => {
      const [what, key] = target.value.split(" ");
      if (key) this.move(what, it.id, "", "on", key);
    };
    const group = (label, rows) => rows.length > 0 && h("optgroup", { label }, rows.map(({ value, label: text }) => h("option", { value }, text)));
    const pick = h("select", { class: "field", "data-key": `tie ${it.id}`, "data-now": "", autocomplete: "off", ...choosing(change, w.pick_keys) }, h("option", { value: "" }, w.tie_none),
      group(w.tie_steps, view.ties.steps), group(w.tie_hard, view.ties.hard), group(w.tie_other, view.ties.other));
    return [it.ties.length ? h("ul", { class: "plain" }, it.ties.map(off)) : h("p", {}, w.ties_none),
      h("label", { class: "pick" }, h("span", {}, w.tie), pick)];
  }

  // ---- to whom it goes, and what came of it

  going(it) {
    const { words: w, view } = this;
    const to = ({ value, label }) => {
      const is = it.receivers.includes(value);
      const change = ({ target }) => this.move("receiver", it.id, is ? "on" : "", target.checked ? "on" : "", value);
      return h("label", { class: "row" }, h("input", { type: "checkbox", "data-key": `to ${it.id} ${value}`, "data-on": String(is), checked: is, autocomplete: "off", change }), h("span", {}, label));
    };
    const told = (one) => h("li", { class: "row" }, h("span", {}, one.label),
      button({ "data-key": `untold ${it.id} ${one.number}`, "aria-label": `${w.news_drop} ${one.label}`, click: () => this.move("status", it.id, one.text, "", one.number) }, icon("cross")));
    return [h("fieldset", {}, h("legend", {}, w.receivers_to), view.receivers.map(to)),
      it.news.length ? h("ol", { class: "plain" }, it.news.map(told)) : h("p", {}, w.news_none), this.telling(it)];
  }

  telling(it) {
    const { words: w, view } = this;
    const pick = (name, label, rows) => h("label", { class: "pick" }, h("span", {}, label),
      h("select", { class: "field", name, "data-key": `${name} ${it.id}`, autocomplete: "off" }, rows.map(({ value, label: text }) => h("option", { value }, text))));
    const first = view.receivers.filter(({ value }) => it.receivers.includes(value));
    const rest = view.receivers.filter(({ value }) => !it.receivers.includes(value));
    const submit = (event) => {
      event.preventDefault();
      const { status, receiver, day } = event.target.elements;
      if (event.target.dataset.at === String(this.told)) return; // a second click before the answer would tell it twice
      event.target.dataset.at = this.told;
      this.ask("news", { of: it.id, status: status.value, receiver: receiver.value, day: day.value });
    };
    return h("form", { class: "choose", submit }, pick("status", w.news_new, view.statuses),
      pick("receiver", w.news_who, [...first, ...rest, { value: "", label: w.news_nobody }]),
      h("label", { class: "pick" }, h("span", {}, w.news_day), h("input", { type: "date", class: "field", name: "day", "data-key": `day ${it.id}`, max: today(), value: today(), required: true })),
      h("p", {}, h("button", { class: "button quiet", "data-key": `tell ${it.id}` }, w.news_add)));
  }
}

export default {
  render: ({ model, el }) => new Network(model, el).start(),
};
