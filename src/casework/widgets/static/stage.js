/**
 * stage.js: the projector. It draws `view` and what counts beside it; it decides nothing, and knows neither notes nor
 * next scenes. Keys and a clicker are passed on through the facilitator's own line, which only their browser has.
 */

import { legend, option, options, patterns, result } from "./ballot.js";
import { clicker, toggle } from "./clicker.js";
import { Clock } from "./clock.js";
import { button, h, icon, meta, story, svg } from "./parts.js";

const LARGEST_FIT = 1.4; // a short text in the middle of an empty screen helps nobody
const LEAST_FIT = 0.5; // smaller than half is not read from the back row
const FIT_STEP = 0.04;
const WIDE = "(width >= 60rem)";
const SPOKEN = 10000; // the count is said at most so often, never vote by vote
const FIRST = 2000; // and not at once: many come together

export function qr({ qr: { size, path } }, label) {
  return svg("svg", { class: "qr", role: "img", "aria-label": label, viewBox: `0 0 ${size} ${size}` }, svg("path", { d: path }));
}

const paragraphs = (texts) => texts.map((text) => h("p", {}, text));

/** The bodies of the screens, by name: what is in the middle, and whether the way in stands beside it. */
const SCREENS = {
  blank: () => [],
  pause: ({ view }) => paragraphs(view.lines),
  door({ view, words: w, door }) {
    return h("div", { class: "door" },
      h("div", { class: "flow" },
        h("p", {}, w.aim),
        h("p", {}, w.go, " ", h("strong", {}, door.address), " ", w.type),
        h("p", { class: "code" }, view.code),
        h("p", { class: "key" }, icon("people"), h("strong", { "data-count": "joined" })),
        view.survey && h("p", {}, view.survey, " ", h("strong", { "data-count": "finished" }), "."),
        h("p", {}, w.no_name),
        meta(w.no_phone)),
      qr(door, w.qr));
  },
  scene({ view }) {
    return [
      view.ending && h("p", {}, h("span", { class: "tag" }, view.ending.label)),
      view.came && h("section", { class: "came flow" }, meta(view.came.chosen), h("h2", {}, view.came.heading), story(view.came.story)),
      view.place && meta(view.place),
      story(view.story),
    ];
  },
  question: ({ view }) => [options(view.options), paragraphs(view.lines).map((one) => (one.className = "meta", one))],
  pairs: ({ view }) => [paragraphs(view.lines), options(view.options)],
  votes: ({ view: { result: it }, words: w }) => told(w, it),
  rules({ view, words: w }) {
    const { result: it, said } = view;
    const more = ({ choice }) => remarks(said[choice]);
    const rows = it.rows.length ? told(w, it, more)
      : h("ol", { class: "choices" }, view.options.map((one) => h("li", {}, option(one, more(one)))));
    return [rows, view.sources && h("p", { class: "sources" }, view.sources)];
  },
  alone: ({ view }) => paragraphs(view.lines),
  compare({ view: { lines: said, table } }) {
    const row = ([title, count]) => h("tr", {}, h("th", { scope: "row" }, title), h("td", {}, count));
    return [paragraphs(said), table && h("table", { class: "votes" },
      h("thead", {}, h("tr", {}, table.columns.map((title) => h("th", { scope: "col" }, title)))),
      h("tbody", {}, table.rows.map(row)))];
  },
  gather: ({ view }) => paragraphs(view.lines),
  weigh: ({ view }) => [paragraphs(view.lines), handed(view.rows)],
  again: ({ view }) => [paragraphs(view.lines), h("p", { class: "key" }, icon("check"), h("strong", { "data-count": "finished" }))],
  answers: ({ view }) => learned(view.told),
  ended: ({ view }) => [handed(view.rows), view.told && learned(view.told), paragraphs(view.lines), numbers(view.help)],
};
const WAY_IN = new Set(["scene", "question", "pairs", "alone", "gather", "weigh", "again"]);
const TRENDS = { more: "up", less: "down", same: "same" };

const remarks = ({ remarks: rows, silent }) => [
  rows.map((it) => h("span", { class: "verdict-is", "data-is": it.is },
    icon({ kept: "check", mend: "redo", broken: "cross" }[it.is] ?? "time"),
    h("span", {}, `${it.word}: ${it.title}`), h("span", { class: "tag" }, it.tag))),
  silent && h("span", { class: "meta silent" }, silent),
];
// Nobody can press a number on a projector; on the phones they are links.
const numbers = (rows) => h("dl", { class: "lines" },
  rows.map(({ number, text }) => h("div", {}, h("dt", {}, h("strong", {}, number)), h("dd", {}, text))));
const handed = (rows) => rows.length > 0 && h("ul", { class: "plain handed" }, rows.map((row) => h("li", {},
  h("span", {}, row.text), row.weight && h("span", { class: "tag" }, row.weight))));
/** What the room learned: a table of what people knew, and one of how sure they feel. */
function learned({ line, notes, columns, tables }) {
  const change = (row) => (row.trend ? h("span", { class: "key" }, icon(TRENDS[row.trend]), row.change) : row.change);
  const row = (one) => h("tr", {}, h("th", { scope: "row" }, one.text), [one.first, one.second].map((text) => h("td", {}, text)), h("td", {}, change(one)));
  const table = ({ title, rows }) => h("table", { class: "votes learned" }, h("caption", {}, title),
    h("thead", {}, h("tr", {}, h("td", {}), columns.map((name) => h("th", { scope: "col" }, name)))), h("tbody", {}, rows.map(row)));
  return [h("p", {}, line), h("div", { class: "sides" }, tables.map(table)), notes.map((text) => meta(text))];
}
const told = (w, it, more) => (it.rows.length
  ? [it.is_twice && legend(w), result(w, it, { more }), meta(it.note)]
  : h("p", {}, it.note));

class Stage {
  constructor(model, el) {
    Object.assign(this, { model, el });
  }

  get view() {
    return this.model.get("view");
  }

  get words() {
    return this.view.words;
  }

  get door() {
    return this.model.get("door");
  }

  start() {
    const ears = {
      "change:view": () => this.update(),
      "change:counts": () => this.count(),
      "change:left": () => this.clock.set(this.view.has_clock ? this.model.get("left") : null),
      connection: (state) => this.connected(state),
      refused: () => this.say(this.words.cannot),
    };
    this.frame();
    for (const [event, ear] of Object.entries(ears)) this.model.on(event, ear);
    const endKeys = clicker((key) => this.model.press(key));
    // Also when a typeface arrives late, which changes how many lines there are.
    const sizes = new ResizeObserver(() => this.fit());
    for (const part of [this.main, this.body]) sizes.observe(part);
    return () => {
      endKeys();
      sizes.disconnect();
      this.clock.stop();
      for (const [event, ear] of Object.entries(ears)) this.model.off(event, ear);
    };
  }

  frame() {
    const { view, words: w } = this;
    document.documentElement.lang = view.language;
    document.title = "casework"; // what is projected should not be named on a shared tab
    this.clock = new Clock(w, (text) => this.say(text));
    this.live = h("p", { role: "status", class: "hush" });
    this.trouble = h("p", { role: "alert", class: "meta" });
    this.away = h("p", { class: "notice away" }, icon("fork"), h("span"));
    this.heading = h("h1", { tabindex: "-1" });
    this.body = h("div", { class: "body flow" });
    this.side = h("aside", {}, h("p", { class: "voted" }, h("span", { class: "count", "data-count": "voted" }), h("span", { "data-count": "of" })),
      qr(this.door, w.qr), h("p", { class: "code" }, view.code), meta(this.door.address));
    this.main = h("main", {}, h("div", { class: "middle" }, this.away, this.heading, this.body), this.side);
    const step = (key, label) => button({ "data-key": key, click: () => this.model.press(key) }, label);
    this.dark = step("dark", w.blank);
    const whole = button({ click: () => document.documentElement.requestFullscreen?.() }, w.whole);
    this.box = h("div", { class: "stage" },
      h("header", { class: "row" },
        h("span", { class: "brand" }, icon("fork"), "casework"), h("span", { class: "meta" }, `${view.title} · ${view.fiction}`),
        h("span", { class: "end row" }, this.clock.el, h("span", { class: "key meta takes-part" }, icon("people"), h("span", { "data-count": "joined" })))),
      this.live, this.trouble, this.main,
      h("footer", { class: "row", role: "group", "aria-label": w.controls }, step("back", w.back), step("next", w.next), this.dark, whole, toggle(w.clicker)),
      patterns());
    this.el.replaceChildren(this.box);
    this.update();
  }

  update() {
    const { words: _, ...drawn } = this.view;
    const text = JSON.stringify(drawn);
    const isDrawn = text === this.drawn;
    this.drawn = text;
    if (!isDrawn) this.draw();
    // After a loss of line the same view comes again, with a count and a clock that went on without us.
    this.clock.set(this.view.has_clock ? this.model.get("left") : null);
    this.count();
    if (!isDrawn) this.fit();
  }

  draw() {
    const { view, words: w } = this;
    const isNew = this.box.dataset.screen !== view.screen || this.heading.textContent !== view.heading;
    this.box.dataset.screen = view.screen;
    this.heading.textContent = view.heading;
    this.away.lastChild.textContent = view.away;
    this.away.hidden = !view.away;
    this.dark.textContent = view.screen === "blank" ? w.light : w.blank;
    this.side.hidden = !WAY_IN.has(view.screen) || Boolean(view.came); // what followed and what is next need the room
    this.side.firstChild.hidden = view.screen !== "question";
    this.body.replaceChildren(...[SCREENS[view.screen](this)].flat(Infinity).filter(Boolean));
    if (isNew && !this.box.querySelector("footer").contains(document.activeElement)) this.heading.focus({ preventScroll: true });
    if (view.say) this.say(view.say);
  }

  count() {
    const counts = this.model.get("counts").texts ?? {};
    for (const place of this.box.querySelectorAll("[data-count]")) place.textContent = counts[place.dataset.count] ?? "";
    if (this.view.screen === "question" && counts.voted !== this.counted) this.tally(counts);
    this.counted = counts.voted;
  }

  /** Say how many voted, at most every ten seconds and only when it changed. */
  tally({ voted, of }) {
    clearTimeout(this.speaking);
    if (!Number(voted)) return;
    const pause = SPOKEN - (performance.now() - (this.spoke ?? 0));
    this.speaking = setTimeout(() => {
      this.spoke = performance.now();
      if (this.view.screen === "question") this.say(`${voted} ${of}`);
    }, Math.max(pause, FIRST));
  }

  connected(state) {
    this.trouble.textContent = state === "online" ? "" : this.words.lost;
  }

  say(text) {
    this.live.textContent = text;
  }

  /** Make the middle as large as the screen allows: what is read aloud must be seen whole, from the back row. */
  fit() {
    const { body, main, view } = this;
    const isWide = matchMedia(WIDE).matches;
    // At the door the code and the block to point at are as large as the screen already.
    let fit = isWide && view.screen !== "door" ? LARGEST_FIT : 1;
    const isOver = () => main.scrollHeight > main.clientHeight;
    body.style.zoom = fit;
    while (isWide && isOver() && fit > LEAST_FIT) {
      fit -= FIT_STEP;
      body.style.zoom = fit;
    }
    // What is still too long scrolls, and must do so by keyboard too.
    main.toggleAttribute("tabindex", isOver());
    if (isOver()) main.tabIndex = 0;
  }
}

export default {
  render: ({ model, el }) => new Stage(model, el).start(),
};
