/** outlook.js: what lies below the board: where trainees have trouble, the agenda, and to whom a cluster can go. */

import { h, meta, named, note, section } from "./parts.js";

export function hard(w, view) {
  const row = (one) => h("tr", {},
    h("th", { scope: "row" }, one.title, h("small", {}, [one.step, one.severity, `${w.source}: ${one.source}`].filter(Boolean).join(" · "))),
    h("td", {}, one.said), h("td", {}, one.clusters.join("; ")));
  const head = h("thead", {}, h("tr", {}, [w.rule, w.said, w.in_clusters].map((text) => h("th", { scope: "col" }, text))));
  const heading = h("h2", { tabindex: "-1" }, w.hard);
  const table = h("table", { class: "hard", "aria-labelledby": named(heading) }, head, h("tbody", {}, view.hard.map(row)));
  const none = view.is_counting ? w.hard_counting : w.hard_none;
  return [section(heading, h("p", { class: "narrow" }, view.practice), view.hard.length ? h("div", { class: "shown" }, table) : h("p", {}, none))];
}

export function agenda(w, view) {
  const slot = (one) => h("li", { class: "flow" }, h("p", {}, h("strong", {}, one.title)),
    meta(`${w.from} ${one.begins} · ${w.minutes}: ${one.minutes} · ${one.weighs}`), one.question && h("p", {}, one.question));
  const one = ({ title, total, slots }) => h("div", { class: "card flow" }, h("h3", {}, title),
    slots.length ? [meta(total), h("ol", {}, slots.map(slot))] : h("p", {}, w.agenda_none));
  return [section(h("h2", { tabindex: "-1" }, w.agenda), h("div", { class: "grid two" }, view.agenda.map(one)))];
}

export function addresses(w, view) {
  const one = (it) => h("div", {}, h("dt", {}, it.label), h("dd", {}, it.about, " ", h("small", {}, `${w.source}: ${it.source}.`)));
  return [section(h("h2", { tabindex: "-1" }, w.addresses), note("info", "", view.caution), h("dl", { class: "addresses" }, view.receivers.map(one)))];
}
