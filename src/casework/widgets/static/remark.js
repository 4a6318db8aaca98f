/** remark.js: one remark to an author: what, where, the line as it is and should be, and the road that shows it. */

import { button, h, icon } from "./parts.js";

export const SHAPES = { broken: "cross", mend: "info", now: "eye", kept: "check", todo: "same" };

/** Text with `code` between backticks, as remarks have it. */
const prose = (text) => text.split("`").map((part, at) => (at % 2 ? h("code", {}, part) : part));

/** A line of a notebook, with what differs from another one marked. */
function line(text, other) {
  const most = Math.min(text.length, other.length);
  let start = 0;
  while (start < most && text[start] === other[start]) start += 1;
  let end = 0;
  while (end < most - start && text.at(-1 - end) === other.at(-1 - end)) end += 1;
  const stop = text.length - end;
  return h("code", {}, text.slice(0, start), stop > start && h("mark", {}, text.slice(start, stop)), text.slice(stop));
}

/** A road as an author would tell it: scene and choice by turns, and the scene where it ends. */
export const told = ({ steps, end }) => h("ol", { class: "told-road" },
  steps.map(({ scene, choice }) => h("li", {}, h("strong", {}, scene), h("span", {}, choice))),
  h("li", {}, h("strong", {}, end)));

/** One remark; `hands` has `take()`, and perhaps a button `jump` and a drawn `road`. */
export function finding(w, it, hands) {
  const place = [it.where, it.scene].filter(Boolean).join(" · ");
  const title = h("p", { class: "verdict-is" }, icon(SHAPES[it.is]), it.word,
    h("span", { class: "tag" }, it.code), h("span", { class: "meta" }, place));
  const take = it.is_guess && button({ class: "button", "data-key": hands.key, click: hands.take }, w.take);
  // Where the repaired line is shown, the hint would only say it again.
  const isShown = it.is_mechanical && it.after;
  return h("li", { class: "verdict flow", "data-is": it.is, "data-slug": it.slug }, title,
    h("p", {}, h("strong", {}, prose(it.message))), !isShown && h("p", {}, prose(it.hint)),
    it.before && lines(w, it), hands.road,
    (take || hands.jump) && h("p", { class: "row" }, take, hands.jump));
}

function lines(w, { before, after, is_guess: isGuess }) {
  const row = (label, text, other) => h("div", {}, h("dt", {}, label), h("dd", {}, line(text, other)));
  return h("dl", { class: "lines-of" }, row(w.before, before, after || before),
    after && row(isGuess ? w.suggested : w.after, after, before));
}
