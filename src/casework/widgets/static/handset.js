/** handset.js: what a phone shows: words and a part of the view in, elements out. What is pressed goes to `acts`. */

import { button, fact, facts, h, icon, meta, named, note, story, svg, verdict } from "./parts.js";

const TONES = { kept: "check", mend: "redo", broken: "cross", now: "time" };
const WEIGHTS = [0, 1, 2, 3];
const CHANGES = { days: "time", signal: "note" };

export const title = (text) => h("h1", { tabindex: "-1" }, text);
export const whole = (given, ...children) => button({ ...given, class: `${given.class ?? "button quiet"} whole` }, children);
export const told = (is, name, ...children) => h("p", { class: "notice", "data-is": is }, icon(name), h("span", {}, children));
const letter = (one) => h("strong", {}, one.letter);
const stopped = (text) => text.replace(/[.?!]*$/, (end) => end || ".");
const optionOf = (view, id) => view.options.find((one) => one.id === id);

/** A choice as its letter and its text, with how sure one was. */
function chosen(w, view, { choice, sure }) {
  const option = optionOf(view, choice);
  return option && [`${w.you_chose} `, letter(option), ` ${stopped(option.text)} `, sure ? w.you_sure : w.you_doubt];
}

export function screen(view, ...children) {
  const heading = title(view.heading);
  return [heading, h("section", { class: "flow", "aria-labelledby": named(heading) },
    h("p", { class: "eyebrow" }, view.eyebrow), heading, view.text && h("p", {}, view.text), children)];
}

export const along = (w, view) =>
  view.story.length > 0 && h("details", {}, h("summary", {}, w.read), story(view.story));

// ---- a code, and doors that stay shut

/** The form for a code; `go` hears what was typed. */
export function ask(w, go, typed = "") {
  const field = h("input", { id: "casework-code", class: "field code", value: typed, autocapitalize: "characters",
    autocomplete: "off", spellcheck: "false", maxlength: "20", required: true });
  const submit = (event) => {
    event.preventDefault();
    go(field.value);
  };
  return h("form", { class: "flow", submit },
    h("p", {}, h("label", { for: "casework-code" }, w.code), h("br"), field),
    h("p", {}, h("button", { class: "button whole" }, w.join)));
}

/** Why one is not in, with what to do about it. */
export function door(w, notice, ...children) {
  const heading = title(w[notice]);
  return [heading, h("section", { class: "flow", "aria-labelledby": named(heading) },
    heading, h("p", {}, w[`${notice}_more`]), children)];
}

// ---- the question

export const tile = (given, ...children) =>
  h("label", { class: "tile" }, h("input", { type: "radio", ...given }), h("span", {}, children));

/** The form of a vote; `acts.vote` hears the choice and whether it is sure. */
export function question(w, view, own, acts, isChanging) {
  const before = Object.entries(own).find(([round]) => Number(round) !== view.round)?.[1];
  const first = before && view.turn > 1 && optionOf(view, before.choice);
  const trouble = h("div");
  const mine = own[view.round];
  const option = (one) => tile({ name: "choice", value: one.id, id: `option-${one.letter}`,
    checked: mine?.choice === one.id }, letter(one), ` ${one.text}`);
  const form = h("form", { class: "flow", novalidate: true, submit: (event) => {
    event.preventDefault();
    const given = new FormData(form);
    if (given.get("choice")) acts.vote(given.get("choice"), given.get("sure") === "yes");
    else complain(w, view, trouble);
  } },
  h("fieldset", { class: "tiles" }, h("legend", {}, w.choice), view.options.map(option)),
  h("fieldset", { class: "tiles halves" }, h("legend", {}, w.sure_how),
    tile({ name: "sure", value: "yes", checked: mine?.sure === true }, w.sure),
    tile({ name: "sure", value: "no", checked: mine?.sure === false }, w.unsure)),
  h("button", { class: "button whole" }, w.send));
  return screen(view,
    first && h("p", {}, `${w.first_time} `, letter(first), ` ${stopped(first.text)} ${w.vote_again}`),
    trouble, form, isChanging && h("p", {}, whole({ click: acts.keep }, w.keep)), along(w, view));
}

function complain(w, view, trouble) {
  const to = `#option-${view.options[0].letter}`;
  const said = h("div", { class: "notice", "data-is": "broken", role: "alert", tabindex: "-1" }, icon("info"),
    h("p", {}, h("strong", {}, w.not_sent), " ", h("a", { href: to }, w.choose_first)));
  trouble.replaceChildren(said);
  said.focus();
}

export function sending(w, view, vote) {
  return screen({ ...view, heading: w.sending, text: "" }, told("now", "time", chosen(w, view, vote) ?? ""));
}

export function sent(w, view, vote, acts) {
  return screen({ ...view, heading: w.voted, text: "" }, told("kept", "check", chosen(w, view, vote) ?? ""),
    h("p", {}, w.until), h("p", {}, whole({ click: acts.change }, w.change)), along(w, view));
}

/** After a vote, or while the room talks: one's own vote, or a word for who came too late for it. */
export function closed(w, view, own) {
  const last = Object.entries(own).sort(([one], [other]) => other - one)[0]?.[1];
  const line = last && chosen(w, view, last);
  return screen(view, line ? h("p", { class: "notice" }, icon("note"), h("span", {}, line)) : told("now", "info", view.latecomer),
    along(w, view));
}

// ---- the reveal

export function reveal(w, view, own) {
  const mine = Object.entries(own).sort(([one], [other]) => other - one)[0]?.[1]?.choice;
  const said = Object.fromEntries(view.said.map((one) => [one.id, one]));
  return screen(view, view.result && table(w, view, said, mine), verdicts(w, view, mine), along(w, view));
}

function table(w, view, said, mine) {
  const { caption, columns, rows, few } = view.result;
  const bar = (cell, at) => cell.share !== null && svg("svg", { class: at ? "bars second" : "bars", "aria-hidden": "true" },
    svg("rect", { width: `${cell.share}%`, height: "100%" }));
  const row = (one) => h("tr", {},
    h("th", { scope: "row" }, letter(one), ` ${one.text} `, one.id === mine && h("span", { class: "tag" }, w.own_vote),
      one.cells.map(bar), said[one.id] && sign(said[one.id])),
    one.cells.map((cell) => h("td", {}, cell.text)));
  const head = h("thead", { class: columns.length > 1 ? null : "hush" },
    h("tr", {}, h("th", { scope: "col" }, w.option), columns.map((name) => h("th", { scope: "col" }, name))));
  return [few && told("now", "info", few),
    rows.length > 0 && h("table", { class: "votes" }, h("caption", {}, caption), head, h("tbody", {}, rows.map(row)))];
}

const sign = ({ is, word }) =>
  h("span", { class: "verdict-is", "data-is": is || null }, TONES[is] && icon(TONES[is]), word);

/** What the Meldcode says: of one's own choice at once, of the others folded. */
function verdicts(w, view, mine) {
  const list = ({ verdicts: them }) =>
    h("ul", { class: "verdicts" }, them.map((one) => verdict(w, one, h("p", {}, h("strong", {}, one.title)))));
  const has = view.said.filter((one) => one.verdicts.length);
  const own = has.filter((one) => one.id === mine).map((one) => [h("h2", {}, w.yours), list(one)]);
  const others = has.filter((one) => one.id !== mine).map((one) =>
    h("details", {}, h("summary", {}, h("span", {}, letter(one), ` ${optionOf(view, one.id)?.text ?? ""}`)), list(one)));
  return [own, others];
}

export function roads(w, view) {
  const { few, rows } = view.roads;
  const row = (one) => h("tr", {}, h("th", { scope: "row" }, one.title), h("td", {}, one.text));
  return screen(view, few ? told("now", "info", few)
    : h("table", { class: "votes" }, h("tbody", {}, rows.map(row))));
}

// ---- at one's own pace

export const invite = (w, view, acts) =>
  screen(view, h("p", {}, whole({ class: "button large", click: acts.begin }, w.alone_begin)));

/** A scene of one's own road; `acts.choose` hears a choice. */
export function scene(w, view, road, acts, isBusy) {
  const { scene: it } = road;
  const choice = ({ id, text }, at) => h("li", {}, h("button", { type: "button", class: "choice", disabled: isBusy,
    click: () => acts.choose(id) }, h("kbd", {}, at + 1), h("span", {}, text)));
  const seen = [it.place && meta(it.place), story(it.story)];
  if (it.ending) {
    return screen({ ...view, heading: it.title, text: "" }, seen,
      told("now", "info", h("strong", {}, it.ending.label), ". ", it.ending.meaning), h("p", {}, w.alone_done));
  }
  return screen({ ...view, heading: it.title, text: "" }, seen,
    h("h2", {}, w.alone_choose), h("ol", { class: "choices" }, it.choices.map(choice)));
}

export function consequence(w, view, road, acts) {
  const it = road.consequence;
  const change = ({ measure, label, word, direction }) =>
    fact(CHANGES[measure] ?? direction, null, h("strong", {}, `${label}:`), " ", word);
  const rule = (one) => verdict(w, one, h("p", {}, h("strong", {}, one.title)));
  return screen({ ...view, heading: it.heading, text: "" }, meta(`${w.chosen} ${it.chosen}`), story(it.story),
    it.changes.length > 0 && [h("h2", {}, w.alone_changes), facts(it.changes.map(change))],
    it.verdicts.length > 0 && [h("h2", {}, w.meldcode), h("ul", { class: "verdicts" }, it.verdicts.map(rule))],
    h("p", {}, whole({ class: "button", click: acts.next }, w.alone_next, icon("next"))));
}

// ---- the end of a session

/** What stands in the way; `acts.handIn` hears both texts. */
export function gather(w, view, acts) {
  const area = (id, label) => h("p", {}, h("label", { for: id }, label),
    h("textarea", { id, name: id, class: "field whole", rows: "3", maxlength: "500" }));
  const news = h("div", { role: "status" });
  const form = h("form", { class: "flow", novalidate: true, submit: (event) => {
    event.preventDefault();
    const given = new FormData(form);
    acts.handIn(given.get("bottleneck").trim(), given.get("help").trim());
  } }, area("bottleneck", w.hand_in_text), area("help", w.hand_in_help), meta(w.hand_in_names),
  h("button", { class: "button whole" }, w.hand_in));
  const [heading, drawn] = screen(view, form, news);
  const tell = (text, isDone) => {
    news.replaceChildren(told(isDone ? "kept" : "broken", isDone ? "check" : "info", text));
    if (isDone) form.reset();
  };
  return [heading, drawn, tell];
}

/** How heavy each bottleneck is; `acts.weigh` hears which and how much. */
export function weigh(w, view, weights, acts) {
  const one = ({ id, text, help }, at) => h("fieldset", { class: "tiles halves" },
    h("legend", {}, h("span", {}, text), help && h("small", {}, ` ${w.helps} ${help}`)),
    WEIGHTS.map((weight) => tile({ name: `weight-${at}`, value: weight, checked: weights[id] === weight,
      change: () => acts.weigh(id, weight) }, w[`weight_${weight}`])));
  return screen(view, view.bottlenecks.map(one));
}

/** The end, with help for whoever was touched; `more` comes after it. */
export const ended = (w, view, lines, more) =>
  screen(view, h("h2", {}, w.help_too), h("p", {}, w.help_real), lines, more);

export const wait = (w, view) => screen(view, note("info", "", w.no_name), along(w, view));
