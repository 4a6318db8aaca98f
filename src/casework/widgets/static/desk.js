/**
 * desk.js: the author's desk, an anywidget front-end module. It draws `view`, asks every second whether the notebook
 * was saved, and hosts the player itself for trying out. It decides nothing; all sentences are in `words` and `view`.
 */

import { Hosted } from "./hosted.js";
import { Chart } from "./map.js";
import { device } from "./page.js";
import { button, h, icon, meta, named, note } from "./parts.js";
import player from "./player.js";
import { SHAPES, finding, told } from "./remark.js";

const LOOK = 1000; // between two questions whether the notebook was saved
const PATIENCE = 15000; // so long without an answer: ask again

const block = (heading, ...children) =>
  h("section", { class: "flow", "aria-labelledby": named(heading) }, heading, children);
const pairs = (rows) => h("dl", { class: "pairs" },
  rows.map(({ label, text }) => h("div", {}, h("dt", {}, label), h("dd", {}, text))));

/** What the player knows of a widget when the desk is its host: the same messages, through the desk's own wire. */
class Guest {
  isGuest = true;
  ears = {};

  constructor(model) {
    this.model = model;
  }

  get(name) {
    return this.model.get("stage")[name];
  }

  send(message) {
    this.model.send({ kind: "stage", message });
  }

  on(event, ear) {
    (this.ears[event] ??= []).push(ear);
  }

  off(event, ear) {
    this.ears[event] = (this.ears[event] ?? []).filter((one) => one !== ear);
  }

  tell(event, ...news) {
    for (const ear of this.ears[event] ?? []) ear(...news);
  }
}

class Desk extends Hosted {
  start() {
    const ears = {
      "change:view": () => this.update(),
      "change:beside": () => this.update(),
      "change:words": () => this.frame(),
      "change:stage": () => this.play(),
      "msg:custom": () => this.later(LOOK),
      connection: (state) => this.connected(state),
    };
    const leave = this.listen(ears);
    this.frame();
    this.play();
    this.later(LOOK);
    return () => {
      leave();
      clearTimeout(this.next);
      this.stop?.();
    };
  }

  /** Ask whether the notebook was saved, but not of a page that nobody sees. */
  later(wait) {
    clearTimeout(this.next);
    this.next = setTimeout(() => {
      if (!document.hidden) this.model.send({ kind: "look" });
      this.later(document.hidden ? LOOK : PATIENCE);
    }, wait);
  }

  connected(state) {
    super.connected(state);
    this.guest?.tell("connection", state);
  }

  // ---- what surrounds the parts; drawn again only when the language changes

  frame() {
    const { el } = this;
    this.live = h("p", { role: "status", class: "hush" });
    this.trouble = h("div", { role: "alert" });
    const names = ["head", "notice", "remarks", "map", "versions", "figures"];
    this.parts = Object.fromEntries(names.map((name) => [name, h("div", { "data-part": name })]));
    this.stage ??= this.booth();
    const { head, notice, remarks, map, versions, figures } = this.parts;
    el.replaceChildren(h("div", { class: "desk flow", lang: this.view.language },
      head, this.live, this.trouble, notice, remarks, map, this.stage, versions, figures));
    this.update();
  }

  update() {
    const { view, parts } = this;
    const summary = view.findings.summary;
    this.renew(parts.head, [view.file, view.title, view.cases, summary], () => this.head());
    this.renew(parts.notice, view.notice, () => [note("info", "", view.notice)]);
    this.renew(parts.remarks, view.findings, () => this.remarks());
    this.renew(parts.map, [view.file, view.map], () => this.map());
    this.renew(parts.versions, this.model.get("beside"), () => this.versions());
    this.renew(parts.figures, view.measures, () => this.figures());
    this.say([view.notice, summary].filter(Boolean).join(". "));
  }

  /** Draw a part again only if what it shows has changed; focus that was in it goes to its heading. */
  renew(part, shown, draw) {
    const text = JSON.stringify(shown);
    if (part.shown === text) return;
    const held = part.contains(document.activeElement) && this.place(document.activeElement);
    const open = [...part.querySelectorAll("details[open]")].map(({ dataset }) => dataset.key);
    part.shown = text;
    const isEmpty = !shown || (Array.isArray(shown) && !shown.length);
    part.replaceChildren(...(isEmpty ? [] : draw()));
    for (const folded of part.querySelectorAll("details[data-key]")) folded.open = open.includes(folded.dataset.key);
    if (held) (part.querySelector(held) ?? part.querySelector("[tabindex='-1']"))?.focus({ preventScroll: true });
  }

  /** Return a selector for the same control in a part that is drawn anew. */
  place(element) {
    const { key } = element.dataset;
    return key ? `[data-key="${CSS.escape(key)}"]` : "[tabindex='-1']";
  }

  say(text) {
    if (this.said === text) return;
    const isFirst = this.said === undefined;
    this.said = text;
    if (!isFirst) this.live.textContent = text;
  }

  // ---- the parts; each returns its elements

  head() {
    const { words: w, view } = this;
    const shape = view.findings.rows[0]?.is ?? "kept";
    const summary = view.findings.rows.length ? view.findings.summary : w.none;
    const state = h("p", { class: "state", "data-is": shape }, icon(SHAPES[shape]), h("span", {}, summary));
    const files = view.cases.map((file) => [file, file]);
    const open = (file) => ({ kind: "case", file });
    const cases = files.length > 0 && this.pick("case", w.choose_case, files, view.file, open);
    const languages = [["nl", "Nederlands"], ["en", "English"]];
    const language = this.pick("language", w.language, languages, view.language, (chosen) =>
      ({ kind: "language", language: chosen }));
    const fresh = button({ "data-key": "look", click: () => this.model.send({ kind: "look", fresh: true }) }, w.look);
    return [h("header", { class: "desk-head" },
      h("div", {}, h("p", { class: "eyebrow" }, `${w.desk} · ${view.file}`),
        h("h2", { class: "title", tabindex: "-1", lang: view.story || null }, view.title), state),
      h("div", { class: "row tools" }, cases, language, fresh))];
  }

  pick(name, label, options, chosen, message) {
    const id = `casework-desk-${name}-${this.id}`;
    const option = ([value, text]) => h("option", { value, selected: value === chosen }, text);
    const change = ({ target }) => this.model.send(message(target.value));
    return h("div", { class: "pick" }, h("label", { for: id, class: "meta" }, label),
      h("select", { id, class: "field", "data-key": name, change }, options.map(option)));
  }

  remarks() {
    const { words: w, view } = this;
    const { rows, repairs, tips } = view.findings;
    const heading = h("h3", { tabindex: "-1" }, w.findings);
    const repair = { class: "button", "data-key": "repair", click: () => this.model.send({ kind: "repair" }) };
    const mend = repairs && h("p", { class: "row" }, h("span", {}, repairs), button(repair, w.repair));
    if (!rows.length) return [];
    const list = (some) =>
      some.length > 0 && h("ol", { class: "findings" }, some.map((row, at) => this.finding(row, at)));
    // What is wrong is in sight; tips are for when there is time.
    const advice = rows.filter(({ is }) => is === "now");
    return [block(heading, mend, list(rows.filter((row) => !advice.includes(row))),
      tips && h("details", { "data-key": "tips" }, h("summary", {}, tips), list(advice)))];
  }

  finding(it, at) {
    const jump = !this.isWhole && it.scene &&
      button({ click: ({ target }) => this.jump(it.scene, target) }, this.words.to_cell);
    const key = [it.slug, it.cell, it.line].join("-");
    return finding(this.words, it, {
      jump,
      take: () => this.model.send({ kind: "take", slug: it.slug, cell: it.cell, line: it.line }),
      road: it.road && this.road(it.road, this.words.road, key),
      key: `${key}-${at}`,
    });
  }

  road(it, label, key) {
    const { words: w } = this;
    return h("details", { "data-key": key }, h("summary", {}, label), told(it), it.road && [
      h("p", { class: "decisions" }, h("code", {}, it.decisions)),
      h("p", { class: "row" }, this.player(w.play_here, { road: it.road }), this.copy(it.decisions))]);
  }

  player(label, from, kind = "button quiet") {
    const open = ({ currentTarget }) => {
      this.opener = currentTarget;
      this.model.send({ kind: "play", ...from });
    };
    return button({ class: kind, click: open }, kind !== "link" && icon("next"), label);
  }

  copy(text) {
    const { words: w } = this;
    const copy = async ({ currentTarget }) => {
      await navigator.clipboard.writeText(text);
      currentTarget.textContent = w.copied;
    };
    return globalThis.isSecureContext && navigator.clipboard && button({ click: copy }, w.copy);
  }

  /** Go to a cell of this document, found by its heading; hosts that draw no such heading have it elsewhere. */
  jump(title, pressed) {
    const heads = [...document.querySelectorAll("h1, h2")].filter((head) =>
      !this.el.contains(head) && head.textContent.replace(/¶$/, "").trim() === title && head.getClientRects().length);
    if (heads.length) heads[0].scrollIntoView({ block: "center" });
    else pressed.closest("p").after(meta(this.words.no_cell));
    pressed.disabled = !heads.length;
  }

  map() {
    const { words: w, view: { map } } = this;
    const heading = h("h3", { tabindex: "-1" }, w.map);
    if (!map.svg) return [block(heading, h("p", {}, map.why))];
    const go = (scene) => this.player(w.play_scene, { scene });
    const jump = !this.isWhole && ((title) => button({ click: ({ target }) => this.jump(title, target) }, w.to_cell));
    const chart = new Chart(w, map, { go, jump });
    return [block(heading, map.why && h("p", {}, map.why), meta(w.map_how), chart.element)];
  }

  /** The case beside itself: at the last commit, and in another language. */
  versions() {
    const { words: w, model } = this;
    const heading = h("h3", { tabindex: "-1" }, w.versions);
    const card = ({ title, text, rows = [], roads = [] }) => h("div", { class: "card flow" }, h("h4", {}, title),
      text && h("p", {}, text), rows.length > 0 && pairs(rows),
      roads.map((road) => this.road(road, road.label, road.label)));
    return [block(heading, h("div", { class: "grid versions" }, model.get("beside").map(card)))];
  }

  figures() {
    const { words: w, view: { measures: it } } = this;
    const card = (title, ...children) => h("div", { class: "card flow" }, h("h4", {}, title), children);
    const best = it.best && h("details", { "data-key": "best" }, h("summary", {}, it.best_label), told(it.best),
      h("p", {}, this.player(w.play_here, { road: it.best.road })));
    const heading = h("h3", { tabindex: "-1" }, w.figures);
    return [
      block(heading, h("div", { class: "grid" },
        card(w.coverage, pairs(it.figures), best), card(w.reading, pairs(it.reading), meta(it.pace)),
        card(w.levels, pairs(it.levels), meta(w.levels_how),
          it.rare && h("details", { "data-key": "rare" }, h("summary", {}, w.rare), h("p", {}, it.rare))))),
      it.signals.length > 0 && block(h("h3", {}, w.signals), this.table([w.signal, w.seen_in, w.acted_by],
        it.signals.map((row) => [row.text, row.scenes, this.sign(row.is, row.acted)]))),
      it.rules.length > 0 && block(h("h3", {}, w.rules), this.rules(it.rules.filter(({ is }) => is !== "kept")),
        it.both && h("details", { "data-key": "both" }, h("summary", {}, it.both),
          this.rules(it.rules.filter(({ is }) => is === "kept")))),
    ].filter(Boolean);
  }

  rules(rows) {
    const { words: w } = this;
    const go = (row) => row.can_break && this.player(w.play_broken, { rule: row.id }, "link");
    return rows.length > 0 && this.table([w.rule, w.weight, w.stands, w.try], rows.map((row) =>
      [row.title, row.weight, this.sign(row.is, row.stands), go(row) || "–"]));
  }

  sign(is, text) {
    return h("span", { class: "sign", "data-is": is }, icon(SHAPES[is]), h("span", {}, text));
  }

  table(heads, rows) {
    const cell = (content, at) =>
      (at ? h("td", { "data-label": heads[at] }, content) : h("th", { scope: "row" }, content));
    return h("table", { class: "rows" },
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell)))));
  }

  // ---- trying out

  booth() {
    const shield = (event) => event.stopPropagation();
    const stage = h("div", { class: "booth" });
    // The player in it has ears of its own; what it heard must not be heard again by the page around it.
    for (const kind of ["click", "change", "keydown", "keyup"]) stage.addEventListener(kind, shield);
    return stage;
  }

  play() {
    const stage = this.model.get("stage");
    if (stage.number && stage.number === this.number) {
      this.guest.tell("change:view");
      return;
    }
    const was = this.number;
    this.number = stage.number;
    this.stop?.();
    this.stop = null;
    this.stage.replaceChildren();
    if (stage.number) this.open(stage.view);
    else if (was) this.opener?.focus();
    this.stage.hidden = !stage.number;
    if (stage.number) {
      this.heading.focus({ preventScroll: true });
      this.heading.scrollIntoView();
    }
  }

  open(view) {
    const { model, words: w } = this;
    const { name } = view.case;
    const host = h("div", { class: "guest" });
    this.heading = h("h3", { tabindex: "-1" }, w.stage);
    const close = button({ click: () => model.send({ kind: "close" }) }, w.stage_close);
    this.stage.append(block(this.heading, h("p", { class: "row" }, h("span", {}, w.stage_note), close), host));
    this.guest = new Guest(model);
    device.forget(name);
    device.set(`read:${name}`, String(view.number)); // to the scene at once, past the cover and the last consequence
    const stop = player.render({ model: this.guest, el: host });
    this.stop = () => {
      stop();
      device.forget(name);
    };
  }
}

export default {
  render({ model, el }) {
    return new Desk(model, el).start();
  },
};
