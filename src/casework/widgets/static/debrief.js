/** debrief.js: the page after an ending. Outcomes stand side by side; nowhere is a sum of them. */

import { device, token } from "./page.js";
import { button, fact, facts, h, icon, lines, mark, meta, named, section, story, svg, verdict } from "./parts.js";

const SCALE =
  "M0 12h220M0 7v10M22 9v6M44 9v6M66 9v6M88 9v6M110 3v18M132 9v6M154 9v6M176 9v6M198 9v6M220 7v10";
const LAW = { kept: "check", broken: "cross", mend: "redo" };
const LEGEND = ["kept", "mend", "broken"];
const SIGNALS = { acted: "check", noted: "eye", missed: "miss", away: "fork", harmless: "same" };
const STEPS = [1, 2, 3, 4, 5];

function outcomes(w, it) {
  const outcome = ({ label, value, text, scale }) => card(label,
    svg("svg", { class: "scale", viewBox: "0 0 220 24", role: "img", "aria-label": scale },
      svg("path", { d: SCALE }), svg("circle", { cx: 110 + 22 * value, cy: 12, r: 8 })),
    h("p", {}, text));
  const law = card(it.law.label, facts(it.law.items.map(({ is, text }) => fact(LAW[is], is, text))));
  return section(h("h2", {}, w.outcomes), h("div", { class: "grid four outcomes" }, it.outcomes.map(outcome), law),
    it.days && h("p", {}, it.days), it.practice && h("p", {}, it.practice, " ", w.practice), meta(w.outcomes_note));
}

const card = (label, ...children) => h("div", { class: "card flow" }, h("h3", {}, label), children);

/** The best question of a look back, with a door in it. */
function moment(w, it, from) {
  const heading = h("h2", {}, it.title);
  const given = { class: "button", "data-from": it.from, click: () => from(it.from) };
  const turned = it.from !== null && [h("blockquote", {}, it.chosen), h("p", {}, it.after),
    h("p", { class: "screen" }, button(given, w.from_there, icon("next"))),
    h("p", { class: "meta screen" }, it.note), meta(w.moment_meant)];
  return h("section", { class: "card flow turn", "aria-labelledby": named(heading) },
    turned && h("p", { class: "eyebrow" }, w.moment), heading, h("p", {}, it.text), turned);
}

/** The path as a table: choices go down, the five steps are lanes. */
function path(w, it) {
  const lane = (step) => h("th", { scope: "col" }, `${step} `, h("span", { class: "lane" }, w[`step_${step}`]));
  const sign = ({ step, is, word }) => h("span", { class: "sign", "data-is": is },
    mark(is, step), h("span", { class: "stacked" }, `${step} ${w[`step_${step}`]}: `),
    h("span", { class: "hush" }, word));
  const cell = (stop, step) => h("td", {}, stop.marks.filter((one) => one.step === step).map(sign));
  const isTurn = ({ number }) => number === it.moment.turn;
  const turned = (stop) => isTurn(stop) && [" · ", h("strong", {}, w.turned)];
  const row = (stop) => h("tr", { class: isTurn(stop) && "turning" },
    h("th", { scope: "row" },
      h("span", { class: "meta" }, `${stop.number} · ${stop.scene}`, turned(stop)), h("br"), stop.choice),
    STEPS.map((step) => cell(stop, step)));
  const legend = (is) => h("li", { class: "key", "data-is": is }, mark(is), w[`legend_${is}`]);
  const table = h("table", { class: "path" },
    h("thead", {}, h("tr", {}, h("th", { scope: "col" }, w.your_choice), STEPS.map(lane))),
    h("tbody", {}, it.path.map(row)));
  return section(h("h2", {}, w.path), meta(w.path_note), h("div", { class: "lanes" }, table),
    h("ul", { class: "row meta", "aria-label": w.legend }, LEGEND.map(legend)));
}

/** Two roads side by side: a row where both came by the same place, and one cell for both where they chose the same. */
function colleague(w, it) {
  const sign = ({ step, is, label, word }) => h("span", { class: "key", "data-is": is }, mark(is, step),
    `${step} ${label}`, h("span", { class: "hush" }, `: ${word}`));
  const place = (who, where) => h("span", { class: "meta" }, h("span", { class: "who" }, `${who} · `), where);
  const stop = (who, { number, scene, choice, marks }) => [place(who, `${number} · ${scene}`), h("p", {}, choice),
    marks.length > 0 && h("p", { class: "row signs" }, marks.map(sign))];
  const cell = (who, one) => h("td", { role: "cell" }, one ? stop(who, one) : []);
  const shared = ({ own }) => h("td", { role: "cell", colspan: 2, class: "shared" }, stop(w.you_both, own));
  const row = (one) => h("tr", { role: "row" },
    one.shared ? shared(one) : [cell(w.you, one.own), cell(w.experienced, one.other)]);
  const end = (who, { scene, ending }) => h("td", { role: "cell" }, place(who, w.end),
    h("p", {}, scene), ending && h("p", {}, h("span", { class: "tag" }, ending.label)));
  const title = (text) => h("th", { scope: "col", role: "columnheader" }, text);
  const table = () => h("table", { class: "beside", role: "table" },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" }, title(w.you), title(w.experienced))),
    h("tbody", { role: "rowgroup" }, it.rows.map(row),
      h("tr", { role: "row" }, end(w.you, it.ends[0]), end(w.experienced, it.ends[1]))));
  return section(h("h2", {}, w.colleague),
    it.same ? h("p", {}, it.same) : [meta(w.colleague_note), h("div", { class: "lanes" }, table())]);
}

function signals(w, it) {
  const row = (kind) => ({ text, scene }) =>
    fact(SIGNALS[kind], kind === "acted" ? "kept" : null, text, h("small", {}, scene));
  const group = (kind) => it[kind].length > 0 &&
    section(h("h3", {}, `${it[kind].length} ${w[`signals_${kind}`]}`), facts(it[kind].map(row(kind))));
  return section(h("h2", {}, it.title), h("div", { class: "grid four" }, Object.keys(SIGNALS).map(group)),
    meta(w.signals_note), w.cards && it.cards.length > 0 && h("p", { class: "screen" },
      h("a", { class: "button quiet", href: `${w.cards}#cards=${it.cards.join()}` }, icon("note"), w.signals_cards)));
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
    h("div", { class: "row screen" }, button({ "data-print": true }, icon("print"), w.print),
      button({ "data-open": again }, icon("redo"), w.again),
      w.home && certificate(w, view.attempt), w.home && onward(w)));
}

/** To the other cases; for whom a learning environment launched this one, back there. */
function onward(w) {
  const back = device.get("back", "sessionStorage");
  return h("a", { class: "button quiet", href: back ?? w.home }, back ? w.back : w.other);
}

/** Only casework's own server gives one. A form, not a link: an address with the attempt's id would stay in the history. */
function certificate(w, attempt) {
  const hidden = ([name, value]) => h("input", { type: "hidden", name, value });
  const given = { method: "post", action: `${w.home}certificate`, target: "_blank" };
  return h("form", given, Object.entries({ attempt, _xsrf: token() }).map(hidden),
    h("button", { class: "button quiet" }, icon("note"), w.certificate));
}

/**
 * The debrief's heading and its sections; `again` is the id of the dialog that asks whether to start over, `from` hears
 * after how many decisions to play on, and `whatif` is the section that asks what if.
 */
export function debrief(w, view, { again, from, whatif }) {
  const it = view.debrief;
  const heading = h("h1", { tabindex: "-1" }, view.scene.title);
  return [heading,
    head(w, view, heading, again), outcomes(w, it), moment(w, it.moment, from), path(w, it), whatif,
    it.colleague && colleague(w, it.colleague), it.rules.length > 0 && rules(w, it), signals(w, it.signals),
    h("div", { class: "grid" }, it.questions.length > 0 && questions(w, it),
      section(h("h2", {}, w.help_too), h("p", {}, w.help_real), lines(w))),
    meta(`${view.case.title}, ${w.version} ${view.case.version}`)];
}
