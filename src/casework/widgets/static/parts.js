/** parts.js: words and a part of the view in, elements out. Text becomes text nodes only, never markup. */

import { device } from "./page.js";

const PATHS = {
  check: "m5 12.5 4.5 4.5L19 7.5",
  cross: "m6.5 6.5 11 11m0-11-11 11",
  down: "M12 5v14m-6-6 6 6 6-6",
  eye:
    "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z" +
    "M9.2 12a2.8 2.8 0 1 0 5.6 0a2.8 2.8 0 1 0-5.6 0",
  fork:
    "M12 21v-6m0 0c0-5-6-3-6-9m6 9c0-5 6-3 6-9M4.4 4a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0" +
    "M16.4 4a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0-3.2 0",
  grip: "M9 6v.1M15 6v.1M9 12v.1M15 12v.1M9 18v.1M15 18v.1",
  info: "M3.5 12a8.5 8.5 0 1 0 17 0a8.5 8.5 0 1 0-17 0M12 11v5.5m0-9v.1",
  miss:
    "M4 4l16 16M9.5 5.9A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a16 16 0 0 1-3 3.7" +
    "M6.2 7.8A15.5 15.5 0 0 0 2.5 12s3.5 6.5 9.5 6.5a9 9 0 0 0 3.7-.8",
  next: "M5 12h14m-6-6 6 6-6 6",
  note: "M6 3.5h12v17H6zM9.5 8h5m-5 4h5m-5 4h3",
  out: "M13 4h6v16h-6M4 12h10m-4-4 4 4-4 4",
  people:
    "M5.7 8.3a3.3 3.3 0 1 0 6.6 0a3.3 3.3 0 1 0-6.6 0M3 20c0-4 2.5-6 6-6s6 2 6 6m1-14.8a3.3 3.3 0 0 1 0 6" +
    "M17.5 14.5c2.2.7 3.5 2.5 3.5 5.5",
  print: "M7 9V4h10v5M7 17H4V9h16v8h-3M7 14h10v6H7z",
  redo: "M5 12a7 7 0 1 0 2.2-5.1M5 4v4h4",
  same: "M5 9.5h14M5 14.5h14",
  time: "M4 12a8 8 0 1 0 16 0a8 8 0 1 0-16 0M12 7.5V12l3 2",
  warn: "M12 4 2.8 19.5h18.4zM12 10v4.5m0 2.5v.1",
  up: "M12 19V5m-6 6 6-6 6 6",
  wifi: "M3 9.5c5-5 13-5 18 0M6.5 13c3-3 8-3 11 0M10 16.5c1.2-1.2 2.8-1.2 4 0M12 20v.1",
};
const STATES = { done: "check", kept: "check", mend: "redo", broken: "cross", now: "time" };
const CHANGES = { days: "time", signal: "note" };

// ---- hands: elements, icons, names

const isThere = (child) => child !== null && child !== undefined && child !== false;

function dress(element, given, children) {
  for (const [name, value] of Object.entries(given)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (isThere(value)) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter(isThere));
  return element;
}

/** An HTML element: attributes, with a function for what to hear; then children, of which absent ones may be false. */
export const h = (tag, given = {}, ...children) => dress(document.createElement(tag), given, children);
/** The same for SVG. */
export const svg = (tag, given, ...children) =>
  dress(document.createElementNS("http://www.w3.org/2000/svg", tag), given, children);
export const icon = (name) =>
  svg("svg", { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, svg("path", { d: PATHS[name] }));

let headings = 0;
/** A heading's id, made when it has none, so that what it heads can be named after it. */
export const named = (heading) => (heading.id ||= `casework-heading-${++headings}`);
export const section = (heading, ...children) =>
  h("section", { class: "flow", "aria-labelledby": named(heading) }, heading, children);
export const button = (given, ...children) =>
  h("button", { type: "button", class: "button quiet", ...given }, children);
export const meta = (...children) => h("p", { class: "meta" }, children);
export const facts = (rows) => h("ul", { class: "facts" }, rows);
export const fact = (name, is, ...children) => h("li", { "data-is": is }, icon(name), h("span", {}, children));
export const note = (name, loud, text) => h("p", { class: "notice" }, icon(name),
  h("span", {}, loud && h("strong", {}, loud), " ", h("span", { class: "tail" }, text)));
export const mark = (is, number) =>
  h("span", { class: "mark" }, is === "now" || !STATES[is] ? number : icon(STATES[is]));

// ---- the story, sentence by sentence

const run = ([text, style]) => (style === "em" || style === "strong" ? h(style, {}, text) : text);
const sentence = ({ id, runs }) => [h("span", { "data-sentence": id }, runs.map(run)), " "];
export const story = (paragraphs) =>
  h("div", { class: "story flow" }, paragraphs.map((sentences) => h("p", {}, sentences.map(sentence))));

// ---- around the story

export function bar(w, view, help) {
  const name = [icon("fork"), h("span", { class: "roomy" }, "casework")];
  const brand = w.home
    ? h("a", { class: "brand", href: w.home, "aria-label": w.home_label }, name)
    : h("span", { class: "brand" }, name);
  const exit = { class: "exit", href: w.exit, rel: "noreferrer", "data-exit": w.exit_title };
  return h("header", { class: "bar" }, h("div", { class: "wrap row" },
    brand, h("span", { class: "meta wide" }, view.case.title),
    button({ class: "button quiet end", "data-open": help }, w.help),
    h("a", exit, icon("out"), w.leave)));
}

export function lines(w) {
  const line = ({ tel, number, text }) =>
    h("div", {}, h("dt", {}, h("a", { href: `tel:${tel}` }, number)), h("dd", {}, text));
  return h("dl", { class: "lines" }, w.lines.map(line));
}

export function dialog(id, title, ...children) {
  const heading = h("h2", { tabindex: "-1", autofocus: true }, title);
  return h("dialog", { id, class: "flow", "aria-labelledby": named(heading) }, heading, children);
}

export const help = (w, id) =>
  dialog(id, w.help, h("p", {}, w.help_self), h("p", {}, w.help_call), lines(w),
    h("details", {}, h("summary", {}, w.leave_what), h("p", {}, w.leave_how)),
    h("form", { method: "dialog" }, h("button", { class: "button" }, w.close)));

/** Asks whether to start over; `again` hears a yes. */
export function sure(w, id, again) {
  const answers = h("form", { method: "dialog", class: "row" },
    h("button", { class: "button", value: "again" }, w.again), h("button", { class: "button quiet" }, w.again_not));
  const asked = dialog(id, w.again_sure, h("p", {}, w.again_what), answers);
  asked.addEventListener("close", () => {
    if (asked.returnValue === "again") again();
    asked.returnValue = "";
  });
  return asked;
}

/** The foot of every screen, and first of all the controls in it that belong to playing. */
export function foot(w, id, again) {
  const chosen = device.get("theme") ?? "";
  const option = (value, label) => h("option", { value, selected: value === chosen }, label);
  const display = h("select", { id, class: "field", "data-display": true },
    option("", w.display_device), option("light", w.display_light), option("dark", w.display_dark));
  const remember = ({ target }) => device.set("keys", target.checked ? "on" : "off");
  const keys = h("input", { type: "checkbox", checked: device.get("keys") !== "off", change: remember });
  const playing = [h("label", { class: "row" }, keys, w.keys), button({ "data-open": again }, w.again)];
  const forget = w.home && button({ "data-forget": w.home }, w.forget);
  return [playing, h("footer", { class: "wrap page flow screen" }, meta(w.footer),
    h("div", { class: "row" }, h("label", { for: id }, w.display), display, playing, forget))];
}

/** The cover: what a reader must know before they begin. The served page draws the same before there is a kernel. */
export function cover(w, { case: it }, begin) {
  const heading = h("h1", { tabindex: "-1" }, it.title);
  const row = (label, text) => text && h("div", {}, h("dt", {}, label), h("dd", {}, text));
  const drawn = h("div", { class: "cover narrow flow" },
    h("header", {}, h("p", { class: "eyebrow" }, w.case), heading), story(it.introduction),
    it.content && note("info", w.about, it.content.replace(/\.*$/, ".")),
    h("dl", { class: "lines" }, row(w.role, it.role), row(w.duration, it.minutes ? `${it.minutes} ${w.minutes}` : "")),
    facts([fact("note", null, w.fiction), fact("redo", null, w.stop), fact("info", null, w.where_help),
      fact("out", null, w.where_leave)]),
    h("p", {}, button({ class: "button large", click: begin }, w.begin)),
    meta(w.no_name));
  return [heading, drawn];
}

/** What a rule says of what was done: why at once where something is to be learned, the source one tap away. */
export function verdict(w, it, title) {
  const names = it.sources.map(({ id, title: name }) => (name === id ? id : `${name} (${id})`)).join("; ");
  const why = h("p", {}, it.why);
  const source = names && meta(`${w.source}: ${names}.`);
  const folded = (label, ...children) => h("details", {}, h("summary", {}, label), children);
  return h("li", { class: "verdict", "data-is": it.is },
    h("p", { class: "verdict-is" }, icon(STATES[it.is]), it.word, it.tag && h("span", { class: "tag" }, it.tag)),
    title, it.when && meta(it.when),
    it.is === "kept" ? folded(w.why, why, source) : [why, source && folded(w.the_source, source)]);
}

/** The consequence: the person first, then what changed, then what the Meldcode says. */
export function consequence(w, it, go) {
  const heading = h("h2", { tabindex: "-1" }, it.heading);
  const change = ({ measure, label, word, direction }) =>
    fact(CHANGES[measure] ?? direction, null, h("strong", {}, `${label}:`), " ", word);
  const rule = (one) => verdict(w, one, h("p", {}, h("strong", {}, one.title)));
  const says = it.belongs || it.verdicts.length > 0;
  const drawn = h("section", { class: "card flow arrives", "aria-labelledby": named(heading) },
    meta(`${w.chosen} ${it.chosen}`), heading, story(it.story),
    it.changes.length > 0 && [h("hr"), h("h3", {}, w.changes), facts(it.changes.map(change))],
    says && [h("hr"), h("h3", {}, w.meldcode), it.belongs && meta(it.belongs)],
    it.verdicts.length > 0 && h("ul", { class: "verdicts" }, it.verdicts.map(rule)),
    h("p", {}, button({ class: "button", click: go }, w.next, icon("next"))));
  return [heading, drawn];
}

export function steps(w, view) {
  const step = ({ number, label, is, word, current }) =>
    h("li", { "data-is": is, "aria-current": current && "step" },
      mark(is, number), h("b", {}, label), h("span", { class: "meta" }, word));
  return section(h("h2", { class: "wide" }, w.steps), h("ol", { class: "steps" }, view.steps.map(step)),
    meta(view.steps_note));
}

export function notebook(w, { notebook: { kept } }) {
  if (!kept.length) return [h("p", {}, w.notebook_empty)];
  const row = ({ acted, text, scene }) =>
    fact(acted ? "check" : "eye", acted && "kept", text, h("small", {}, acted ? `${scene} · ${w.acted}` : scene));
  return [meta(w.notebook_note), facts(kept.map(row))];
}

const PASSES = /^(.|Arrow.+|Home|End|Page.+)$/u;
/**
 * What to hear on a list to choose from, of which each choice is acted on. Whoever points at a row has chosen it. Whoever
 * types or uses arrows passes other rows on the way, each as if chosen: they have chosen with Enter, or when they go on
 * to something else. Meanwhile `hint` says so.
 */
export function choosing(act, hint) {
  const end = ({ target }) => {
    if (!unchoose(target)) return;
    act({ target });
  };
  const keydown = (event) => {
    const { target, key } = event;
    if (key === "Enter" && target.hint) {
      event.preventDefault();
      end(event);
    } else if (key !== " " && !event.altKey && PASSES.test(key)) target.dataset.keyed = "";
  };
  const change = ({ target }) => {
    if (!("keyed" in target.dataset)) return act({ target });
    if (target.hint) return;
    target.hint = h("p", { class: "meta", role: "status" }, hint);
    (target.closest("label") ?? target).after(target.hint);
  };
  const pointerdown = ({ target }) => delete target.closest("select").dataset.keyed;
  return { keydown, change, pointerdown, blur: end };
}

/** Forget that somebody is on the way to a row of this list, and return whether somebody was. */
function unchoose(list) {
  const { hint } = list;
  delete list.dataset.keyed;
  delete list.hint;
  hint?.remove();
  return Boolean(hint);
}

/** Be on the way to a row of a list again, if it is still there. */
function rechoose(list, value) {
  if (![...list.options].some((row) => row.value === value)) return; // or leaving would choose the empty one
  Object.assign(list, { value }).dataset.keyed = "";
  list.dispatchEvent(new Event("change"));
}

/**
 * Draw a part again only if what it shows has changed. Focus that was in it goes to the same control, or where that is
 * gone to what `otherwise` returns; what was unfolded stays so, and so does a choice that is halfway made.
 */
export function renew(part, shown, draw, otherwise) {
  const text = JSON.stringify(shown);
  if (part.shown === text) return;
  const held = part.contains(document.activeElement) && document.activeElement.dataset.key;
  const opened = [...part.querySelectorAll("details")].map((one) => one.open);
  const halfway = [...part.querySelectorAll("select")].filter(unchoose).map((one) => [one.dataset.key, one.value]);
  part.shown = text;
  part.replaceChildren(...[draw()].flat(Infinity).filter(Boolean));
  for (const [at, one] of part.querySelectorAll("details").entries()) one.open = opened[at] ?? one.open;
  const keyed = (key) => part.querySelector(`[data-key="${CSS.escape(key)}"]`);
  for (const [key, value] of halfway) if (keyed(key)) rechoose(keyed(key), value);
  if (held) (keyed(held) ?? otherwise(part))?.focus({ preventScroll: true });
}
