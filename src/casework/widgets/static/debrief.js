/** debrief.js: the page after an ending. Outcomes stand side by side; nowhere is a sum of them. */

import { button, fact, facts, h, icon, lines, mark, meta, section, story, svg, verdict } from "./parts.js";

const SCALE =
  "M0 12h220M0 7v10M22 9v6M44 9v6M66 9v6M88 9v6M110 3v18M132 9v6M154 9v6M176 9v6M198 9v6M220 7v10";
const LAW = { kept: "check", broken: "cross", mend: "redo" };
const LEGEND = ["kept", "mend", "broken"];
const SIGNALS = { acted: "check", noted: "eye", missed: "miss", harmless: "same" };
const STEPS = [1, 2, 3, 4, 5];

function outcomes(w, it) {
  const outcome = ({ label, value, text, scale }) => card(label,
    svg("svg", { class: "scale", viewBox: "0 0 220 24", role: "img", "aria-label": scale },
      svg("path", { d: SCALE }), svg("circle", { cx: 110 + 22 * value, cy: 12, r: 8 })),
    h("p", {}, text));
  const law = card(it.law.label, facts(it.law.items.map(({ is, text }) => fact(LAW[is], is, text))));
  return section(h("h2", {}, w.outcomes), h("div", { class: "grid four outcomes" }, it.outcomes.map(outcome), law),
    it.days && h("p", {}, it.days), meta(w.outcomes_note));
}

const card = (label, ...children) => h("div", { class: "card flow" }, h("h3", {}, label), children);

/** The path as a table: choices go down, the five steps are lanes. */
function path(w, it) {
  const lane = (step) => h("th", { scope: "col" }, `${step} `, h("span", { class: "lane" }, w[`step_${step}`]));
  const sign = ({ step, is, word }) => h("span", { class: "sign", "data-is": is },
    mark(is, step), h("span", { class: "stacked" }, `${step} ${w[`step_${step}`]}: `),
    h("span", { class: "hush" }, word));
  const cell = (stop, step) => h("td", {}, stop.marks.filter((one) => one.step === step).map(sign));
  const row = (stop) => h("tr", {},
    h("th", { scope: "row" }, h("span", { class: "meta" }, `${stop.number} · ${stop.scene}`), h("br"), stop.choice),
    STEPS.map((step) => cell(stop, step)));
  const legend = (is) => h("li", { class: "key", "data-is": is }, mark(is), w[`legend_${is}`]);
  const table = h("table", { class: "path" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, w.your_choice), STEPS.map(lane))),
    h("tbody", {}, it.path.map(row)));
  return section(h("h2", {}, w.path), meta(w.path_note), h("div", { class: "lanes" }, table),
    h("ul", { class: "row meta", "aria-label": w.legend }, LEGEND.map(legend)));
}

function signals(w, it) {
  const row = (kind) => ({ text, scene }) =>
    fact(SIGNALS[kind], kind === "acted" ? "kept" : null, text, h("small", {}, scene));
  const group = (kind) => it[kind].length > 0 &&
    section(h("h3", {}, `${it[kind].length} ${w[`signals_${kind}`]}`), facts(it[kind].map(row(kind))));
  return section(h("h2", {}, it.title), h("div", { class: "grid four" }, Object.keys(SIGNALS).map(group)),
    meta(w.signals_note));
}

function rules(w, it) {
  const rule = (one) => verdict(w, one, h("h3", {}, one.title));
  const list = (rows) => rows.length > 0 && h("ul", { class: "verdicts two" }, rows.map(rule));
  // What went well is said, and folded: on a phone a long list of it would stand between a reader and the signals.
  const kept = it.rules.filter(({ is }) => is === "kept");
  return section(h("h2", {}, w.rules), list(it.rules.filter(({ is }) => is !== "kept")),
    kept.length > 0 && h("details", {}, h("summary", {}, it.kept), list(kept)));
}

const questions = (w, it) =>
  section(h("h2", {}, w.talk), h("ul", { class: "flow" }, it.questions.map((text) => h("li", {}, text))));

function head(w, view, heading, again) {
  const { ending, summary } = view.debrief;
  return h("header", { class: "flow" },
    h("p", { class: "eyebrow" }, [w.debrief, view.case.title, summary].join(" · ")), heading, story(view.scene.story),
    h("p", { class: "row" }, h("span", { class: "tag" }, h("strong", {}, ending.label)),
      h("span", { class: "meta" }, ending.meaning)),
    h("p", { class: "row screen" }, button({ "data-print": true }, icon("print"), w.print),
      button({ "data-open": again }, icon("redo"), w.again),
      w.home && h("a", { class: "button quiet", href: w.home }, w.other)));
}

/** The debrief's heading and its sections; `again` is the id of the dialog that asks whether to start over. */
export function debrief(w, view, again) {
  const it = view.debrief;
  const heading = h("h1", { tabindex: "-1" }, view.scene.title);
  return [heading,
    head(w, view, heading, again), outcomes(w, it), path(w, it), it.rules.length > 0 && rules(w, it),
    signals(w, it.signals),
    h("div", { class: "grid" }, it.questions.length > 0 && questions(w, it),
      section(h("h2", {}, w.help_too), h("p", {}, w.help_real), lines(w))),
    meta(`${view.case.title}, ${w.version} ${view.case.version}`)];
}
