/**
 * toolkit.js: cards of signals and conversations, what now, and help lines: an anywidget front-end module. It draws
 * `view` and reports what was chosen or typed; it decides nothing. What a tab remembers is what is in front, so that
 * the page comes back as it was when its kernel is gone; never what was said of a person.
 */

import { Hosted } from "./hosted.js";
import { device } from "./page.js";
import { button, h, icon, lines, meta, note } from "./parts.js";

const PAUSE = 300; // so long without a key: search
const NO_WORDS = [];

class Toolkit extends Hosted {
  start() {
    const leave = this.follow();
    const before = this.isWhole && this.before(); // what is drawn first would take its place
    this.frame();
    if (before) this.ask(before);
    return () => {
      leave();
      clearTimeout(this.typing);
    };
  }

  ask(message) {
    this.model.send({ kind: "ask", ...message });
  }

  /** What the address names, or what was in front; in the language of the page or the one chosen here. */
  before() {
    const cards = new URLSearchParams(location.hash.slice(1)).get("cards");
    const language = device.get(this.tongue) ?? document.documentElement.lang;
    const left = JSON.parse(device.get("toolkit", "sessionStorage") ?? "{}");
    // What was met in a case is nobody else's business: not even the line in the history keeps it.
    if (cards) history.replaceState(null, "", location.pathname);
    return { language, ...(cards ? { part: "signals", cards: cards.split(",") } : left) };
  }

  get tongue() {
    return `toolkit-language:${document.documentElement.lang}`;
  }

  // ---- what surrounds the parts; drawn again only when the language changes

  frame() {
    const held = this.box?.contains(document.activeElement) && document.activeElement.dataset.key;
    this.live = h("p", { role: "status", class: "hush" });
    this.trouble = h("div", { role: "alert" });
    const names = ["head", "notices", "search", "choices", "shown"];
    this.parts = Object.fromEntries(names.map((name) => [name, h("div", { class: "flow", "data-part": name })]));
    const { head, notices, search, choices, shown } = this.parts;
    this.box = h("div", { class: "kit flow" }, head, this.trouble, notices, search, choices, this.live, shown);
    this.el.replaceChildren(this.box);
    this.update();
    if (held) this.focus(this.box, held);
  }

  update() {
    const { view, parts } = this;
    const { shown } = view;
    if (view.lang !== this.box.lang) Object.assign(this.box, { lang: view.lang, dir: view.dir });
    this.renew(parts.head, [view.languages, view.lang, view.part, view.parts], () => this.head());
    this.renew(parts.notices, view.notices, () => view.notices.map((text) => note("info", "", text)));
    // On its own, so that nothing that is chosen or found draws it again under someone's fingers.
    const hasSearch = shown.words !== undefined;
    this.renew(parts.search, [hasSearch, view.lang], () => (hasSearch ? [this.search()] : []));
    this.renew(parts.choices, [view.part, view.lang, bare(shown)], () => this.choices());
    this.fill();
    this.renew(parts.shown, [view.part, view.lang, { ...shown, fields: null, checks: null, words: null }], () => this.shown());
    this.say(shown.summary || (shown.notes ?? NO_WORDS).join(" "));
    if (this.isWhole) device.set("toolkit", JSON.stringify(view.remembered), "sessionStorage");
    this.box.dataset.ready = "";
  }

  /** Draw a part again only if what it shows has changed; focus that was in it goes to the same control. */
  renew(part, shown, draw) {
    const text = JSON.stringify(shown);
    if (part.shown === text) return;
    const held = part.contains(document.activeElement) && document.activeElement.dataset.key;
    part.shown = text;
    part.replaceChildren(...draw());
    if (held !== false) this.focus(part, held);
  }

  focus(part, key) {
    const same = key && part.querySelector(`[data-key="${CSS.escape(key)}"]`);
    (same || this.box.querySelector("h2"))?.focus({ preventScroll: true });
  }

  say(text) {
    if (this.said === text) return;
    const isFirst = this.said === undefined;
    this.said = text;
    if (!isFirst) this.live.textContent = text;
  }

  // ---- the head: which part, and in which language

  head() {
    const { words: w, view } = this;
    const part = ({ value, label, count }) => h("li", {}, button({
      "data-key": `part-${value}`,
      "aria-current": value === view.part && "true",
      click: () => this.ask({ part: value }),
    }, label, count !== null && h("span", { class: "tag" }, count)));
    const parts = h("nav", { class: "screen", "aria-label": w.parts }, h("ul", { class: "row tabs" }, view.parts.map(part)));
    // On a page of ours the page itself has its two languages; a notebook has no such page around it.
    const isNeeded = !this.isWhole || view.languages.length > 2;
    return [isNeeded && this.languages(), parts].filter(Boolean);
  }

  languages() {
    const { words: w, view } = this;
    const option = ({ value, label }) => h("option", { value, lang: value, selected: value === view.lang }, label);
    const id = `casework-kit-language-${this.id}`;
    const change = ({ target }) => {
      if (this.isWhole) device.set(this.tongue, target.value);
      this.ask({ language: target.value });
    };
    return h("div", { class: "pick screen" }, h("label", { for: id, class: "meta" }, w.kit_language),
      h("select", { id, class: "field", "data-key": "language", change }, view.languages.map(option)));
  }

  // ---- choosing and searching

  choices() {
    const { words: w, view: { shown } } = this;
    const fields = (shown.fields ?? []).map((field) => this.field(field));
    return [shown.now && this.urgent(shown.now),
      fields.length > 0 && h("div", { class: "choose screen", role: "group", "aria-label": w.filter }, fields),
      shown.checks && this.checks(shown.checks)].filter(Boolean);
  }

  urgent({ tel, text }) {
    return h("p", { class: "notice", "data-is": "broken" }, icon("info"),
      h("span", {}, h("a", { class: "alone", href: `tel:${tel}` }, text)));
  }

  field({ name, label, options }) {
    const id = `casework-kit-${name}-${this.id}`;
    const change = ({ target }) => this.ask({ [name]: target.value });
    const option = ({ value, label: text }) => h("option", { value }, text);
    return h("div", { class: "pick" }, h("label", { for: id }, label),
      h("select", { id, class: "field", name, "data-key": name, autocomplete: "off", change }, options.map(option)));
  }

  search() {
    const id = `casework-kit-search-${this.id}`;
    const input = ({ target }) => {
      clearTimeout(this.typing);
      this.typing = setTimeout(() => this.ask({ words: target.value }), PAUSE);
    };
    const stay = (event) => event.preventDefault();
    return h("form", { class: "pick screen", role: "search", submit: stay }, h("label", { for: id }, this.words.search),
      h("input", { id, class: "field", type: "search", name: "words", "data-key": "words", autocomplete: "off",
        enterkeyhint: "search", maxlength: 80, input }));
  }

  checks({ consent, also }) {
    const check = (name, label, change) =>
      h("label", { class: "row" }, h("input", { type: "checkbox", name, "data-key": name, autocomplete: "off", change }),
        h("span", {}, label));
    const chosen = () => [...this.box.querySelectorAll("fieldset input:checked")].map(({ name }) => name);
    const rows = also.rows.map(({ value, label }) => check(value, label, () => this.ask({ also: chosen() })));
    const agreed = ({ target }) => this.ask({ has_consent: target.checked });
    const more = h("details", { open: also.rows.some(({ on }) => on) }, h("summary", {}, also.label),
      h("fieldset", {}, h("legend", { class: "hush" }, also.label), rows));
    return h("div", { class: "screen" }, check("has_consent", consent.label, agreed), more);
  }

  /** Put what is chosen into the controls that stand already; never into one that someone is typing in. */
  fill() {
    const { shown } = this.view;
    const put = (name, value, key = "value") => {
      const control = this.box.querySelector(`[name="${CSS.escape(name)}"]`);
      if (control && (control !== document.activeElement || control.type !== "search")) control[key] = value;
    };
    for (const { name, value } of shown.fields ?? []) put(name, value);
    if (shown.words !== undefined) put("words", shown.words);
    if (!shown.checks) return;
    put("has_consent", shown.checks.consent.on, "checked");
    for (const { value, on } of shown.checks.also.rows) put(value, on, "checked");
  }

  // ---- what is shown

  shown() {
    const { view } = this;
    const title = view.parts.find(({ value }) => value === view.part).label;
    const heading = h("h2", { tabindex: "-1" }, title);
    const draw = { signals: () => this.cards(), talks: () => this.cards(), now: () => this.now(), lines: () => this.lines() };
    return [heading, ...draw[view.part]().flat(Infinity).filter(Boolean)];
  }

  cards() {
    const { words: w, view: { shown } } = this;
    const { rule, lead, begin, groups, summary } = shown;
    const start = ({ label, ask }) => h("li", {},
      button({ class: "option", "data-key": JSON.stringify(ask), click: () => this.ask(ask) }, icon("next"), h("span", {}, label)));
    const many = groups.length > 0 && h("div", { class: "flow screen" },
      h("p", { class: "row" }, h("strong", {}, summary), button({ "data-print": true }, icon("print"), w.print_all)),
      meta(w.print_how));
    return [
      rule && this.rule(rule), lead && h("p", {}, lead),
      begin.length > 0 && h("ul", { class: "grid options screen" }, begin.map(start)),
      !groups.length && summary && h("p", {}, summary), many,
      groups.map(({ title, cards }) => this.group(title, cards, rule)),
    ];
  }

  rule({ text, source }) {
    return h("div", { class: "notice screen" }, icon("info"), h("span", {}, h("strong", {}, text), this.source(source)));
  }

  group(title, cards, rule) {
    const list = h("ul", { class: "grid deck" }, cards.map((card) => this.card(card, title, rule)));
    return title ? h("section", { class: "flow" }, h("h3", {}, title), list) : list;
  }

  card(it, title, rule) {
    const { words: w } = this;
    const body = it.kind === "signal" ? this.signal(it) : this.talk(it);
    const eyebrow = [title, ...(it.tags ?? [])].filter(Boolean).join(" · ");
    const press = ({ currentTarget }) => this.print(currentTarget.closest(".kit-card"));
    const print = { "aria-label": `${w.print_card} ${it.text ?? it.do}`, title: w.print_one, click: press };
    return h("li", { class: "card kit-card", "data-card": it.id },
      h("p", { class: it.kind === "talk" ? "eyebrow paper" : "eyebrow" }, eyebrow),
      h("div", { class: "flow", lang: it.lang, dir: it.dir }, body),
      h("div", { class: "foot" }, it.practice ? meta(it.practice) : this.source(it.source),
        button(print, icon("print"))),
      rule && h("p", { class: "paper meta" }, rule.text));
  }

  signal(it) {
    return [h("h3", {}, it.text), h("p", {}, h("strong", { class: "soft" }, this.words.also), " ", it.also)];
  }

  talk(it) {
    const { words: w } = this;
    const line = (is, name, word, tag, text) => h(tag, { class: "line", "data-is": is }, icon(name),
      h("span", {}, h("strong", {}, `${word}: `), text));
    return [line("kept", "check", w.do, "h4", it.do), line("broken", "cross", w.avoid, "p", it.avoid),
      line(null, "info", w.because, "p", it.why),
      h("blockquote", { class: "story" }, h("span", { class: "hush" }, `${w.say}: `), it.say)];
  }

  source(text) {
    const { words: w } = this;
    return text && h("details", { class: "from" }, h("summary", {}, w.the_source), meta(`${w.source}: ${text}.`));
  }

  /** Print one card: the others stay away from paper until the printer's window is closed. */
  print(card) {
    card.dataset.only = "";
    this.box.dataset.one = "";
    addEventListener("afterprint", () => {
      delete card.dataset.only;
      delete this.box.dataset.one;
    }, { once: true });
    print();
  }

  now() {
    const { words: w, view: { shown } } = this;
    const route = (it) => h("li", { class: "card flow", lang: it.lang, dir: it.dir },
      h("h3", {}, it.title), h("p", {}, it.to), this.grounds([it.ground], it));
    return [
      shown.trouble.map((text) => note("info", "", text)), shown.notes.map((text) => h("p", {}, text)),
      shown.summary && h("p", { class: "row screen" }, h("strong", {}, shown.summary),
        button({ "data-print": true }, icon("print"), w.print_page)),
      shown.routes.length > 0 && h("ol", { class: "routes" }, shown.routes.map(route)),
      shown.decides && h("section", { class: "flow" }, h("h3", {}, w.decides),
        h("div", { class: "flow", lang: shown.decides.lang, dir: shown.decides.dir },
          shown.decides.texts.map((text) => h("p", {}, text)), this.grounds([], shown.decides))),
      shown.scope && h("p", { class: "meta" }, h("strong", {}, w.for_whom), " ",
        h("span", { lang: shown.scope.lang, dir: shown.scope.dir }, shown.scope.text)),
    ];
  }

  /** On what ground, from which day and by which source; the page's own words stay in the page's language. */
  grounds(texts, it) {
    const { words: w, view } = this;
    const own = { lang: view.lang, dir: view.dir };
    return h("details", {}, h("summary", own, texts.length ? w.ground : w.the_source), texts.map((text) => h("p", {}, text)),
      h("p", { class: "meta", ...own }, `${w.source}: ${it.source}; ${it.dated}.`));
  }

  lines() {
    const { words: w } = this;
    return [h("p", {}, w.call), h("div", { class: "card" }, lines(w)), h("p", {}, w.you),
      h("p", { class: "row screen" }, button({ "data-print": true }, icon("print"), w.print_page))];
  }
}

/** The controls without what stands in them: they are drawn again only when there are other ones. */
const bare = ({ fields, checks }) => [
  fields?.map(({ name, label, options }) => [name, label, options]),
  checks && [checks.consent.label, checks.also.rows.map(({ label }) => label)],
];

export default {
  render({ model, el }) {
    return new Toolkit(model, el).start();
  },
};
