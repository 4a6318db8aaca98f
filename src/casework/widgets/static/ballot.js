/** ballot.js: a vote, drawn for a room: options with their letters, and a result as bars that are a table too. */

import { h, icon, svg } from "./parts.js";

export const letter = (name) => h("span", { class: "letter" }, name);
export const option = ({ letter: name, text }, ...more) =>
  h("span", { class: "put" }, letter(name), h("span", {}, text, more));
export const options = (rows) =>
  h("ol", { class: "choices" }, rows.map((row) => h("li", {}, option(row))));

const hatch = () =>
  svg("pattern", { id: "casework-hatch", width: 10, height: 10, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    svg("path", { d: "M0 0v10", stroke: "currentColor", "stroke-width": 5 }));

/** The pattern of a first vote: hatched, so that it differs from the second without colour. It is drawn once. */
export const patterns = () =>
  svg("svg", { class: "patterns", width: 0, height: 0, "aria-hidden": "true", focusable: "false" }, svg("defs", {}, hatch()));

function bars(shares) {
  const [only, after] = shares;
  const rect = (given) => svg("rect", given);
  const drawn = after === undefined
    ? [rect({ width: `${only}%`, height: "100%" })]
    : [rect({ class: "first", width: `${only}%`, height: "36%" }), rect({ y: "44%", width: `${after}%`, height: "56%" })];
  return svg("svg", { class: "bars", "aria-hidden": "true" }, drawn);
}

const key = (isFirst, label) => h("span", { class: "key" },
  svg("svg", { class: "bars", "aria-hidden": "true" }, svg("rect", { class: isFirst && "first", width: "100%", height: "100%" })), label);

/** What the bars of two votes mean. */
export const legend = (w) => h("p", { class: "row meta", "aria-hidden": "true" }, key(true, w.first), key(false, w.after));

/**
 * A result. `more` gives, for a row, what stands below its option; `columns` are more columns at the end, each
 * `[title, cell]`. Without bars, as when votes are told in words, that column is left out.
 */
export function result(w, it, { more = () => null, columns = [] } = {}) {
  const hasBars = it.rows.some((row) => row.bars.length > 0);
  const [first, ...rest] = it.columns;
  const head = [first, ...(hasBars ? [h("span", { class: "hush" }, w.bar)] : []), ...rest, ...columns.map(([title]) => title)];
  const row = (each) => h("tr", {},
    h("th", { scope: "row" }, option(each, more(each))),
    hasBars && h("td", { class: "wide-cell" }, bars(each.bars)),
    each.counts.map((count, at) => h("td", {}, at === each.counts.length - 1 ? h("strong", {}, count) : count)),
    each.shift && h("td", {}, each.shift.text && h("span", { class: "key" }, icon(each.shift.direction), each.shift.text)),
    columns.map(([, cell]) => h("td", {}, cell(each))));
  return [h("table", { class: "votes" },
    h("caption", { class: "hush" }, it.note),
    h("thead", {}, h("tr", {}, head.map((title) => h("th", { scope: "col" }, title)))),
    h("tbody", {}, it.rows.map(row)))];
}
