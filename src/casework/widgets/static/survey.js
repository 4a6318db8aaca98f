/** survey.js: the check of knowledge and confidence on a phone: as it is asked, as it was sent, and the right answers. */

import { screen, tile, told, whole } from "./handset.js";
import { device } from "./page.js";
import { h, icon, meta } from "./parts.js";

const TURNS = [1, 2];

/**
 * What this phone answered, by the turn in which it did; without answers it skipped them. `key` gives the names under
 * which this device remembers it, and what is chosen but not sent, so that two tabs and a reload know the same.
 */
export class Replies {
  constructor(key) {
    this.key = key;
  }

  get all() {
    const said = (turn) => this.recall(`reply${turn}`);
    return this.kept ?? Object.fromEntries(TURNS.filter(said).map((turn) => [turn, said(turn)]));
  }

  recall(name) {
    return JSON.parse(device.get(this.key(name)) ?? "null");
  }

  draft(turn) {
    return this.recall(`draft${turn}`);
  }

  choose(turn, answers) {
    device.set(this.key(`draft${turn}`), JSON.stringify(answers));
  }

  settle(turn, answers) {
    if (answers) device.set(this.key(`reply${turn}`), JSON.stringify(answers));
    device.remove(this.key(`draft${turn}`));
  }

  /** Forget all at the end of the session; this page keeps what it still shows. */
  forget() {
    this.kept = this.all;
    for (const turn of TURNS) for (const name of ["reply", "draft"]) device.remove(this.key(`${name}${turn}`));
  }
}

/** The form; `acts` hears what is chosen, sent and skipped. `draft` are the answers that this phone remembers. */
function survey(w, view, draft, isAlone, acts) {
  const { turn, heading, text, questions, statements } = view.survey;
  const all = [...questions, ...statements];
  const trouble = h("div");
  const item = (one, at) => h("fieldset", { class: "tiles item" },
    h("legend", {}, h("small", {}, one.place), h("span", {}, one.text),
      statements.includes(one) && h("small", {}, w.survey_sure)),
    one.options.map((option, place) => tile({ name: one.id, value: option.id, id: `item-${at}-${place}`,
      checked: draft[one.id] === option.id }, option.text)));
  const given = () => Object.fromEntries(new FormData(form));
  const form = h("form", { class: "flow", novalidate: true, change: () => acts.draft(turn, given()), submit: (event) => {
    event.preventDefault();
    const answers = given();
    if (Object.keys(answers).length) acts.reply(turn, answers);
    else complain(w, trouble);
  } }, all.map(item), trouble, meta(w.survey_once), h("button", { class: "button whole" }, w.survey_send));
  const skip = () => h("p", {}, whole({ click: () => acts.reply(turn, {}) }, w.survey_skip));
  return screen({ ...view, eyebrow: "", heading, text }, meta(w.survey_free), isAlone && h("p", {}, w.survey_alone),
    skip(), form, skip());
}

function complain(w, trouble) {
  const said = h("div", { class: "notice", "data-is": "broken", role: "alert", tabindex: "-1" }, icon("info"),
    h("p", {}, h("strong", {}, w.survey_none), " ", h("a", { href: "#item-0-0" }, w.survey_none_more)));
  trouble.replaceChildren(said);
  said.focus();
}

const underWay = (w, view) =>
  screen({ ...view, eyebrow: "", heading: w.survey_sending, text: "" }, told("now", "time", w.survey_wait));

function replied(w, view, answers) {
  const isSkipped = !Object.keys(answers).length;
  return screen({ ...view, eyebrow: "", heading: isSkipped ? w.survey_skipped : w.survey_in, text: "" },
    told("kept", isSkipped ? "info" : "check", w[`survey_then_${view.survey.turn}`]));
}

/** Which screen is in front while the questions are open, what it hangs on, and how it is drawn. */
export function asking(w, view, replies, underway, acts) {
  const { turn } = view.survey;
  const { all } = replies;
  if (all[turn]) return ["replied", all[turn], () => replied(w, view, all[turn])];
  if (underway?.number === turn) return ["under way", turn, () => underWay(w, view)];
  const isAlone = turn > 1 && !Object.keys(all[1] ?? {}).length;
  return ["survey", turn, () => survey(w, view, replies.draft(turn) ?? {}, isAlone, acts)];
}

/** Each question with its right answer and why, and with what this phone answered. */
export function rightAnswers(w, view, replies) {
  const { note, questions } = view.answers;
  return [h("ol", { class: "plain right" }, questions.map((one) => h("li", { class: "flow" },
    h("h2", {}, one.text), h("p", {}, h("strong", {}, w.survey_right), " ", one.right.text, "."),
    own(w, one, replies), h("p", {}, one.reason), meta(`${w.source}: ${one.source}.`)))), meta(note)];
}

function own(w, one, replies) {
  const [first, second] = TURNS.map((turn) => replies[turn] && (replies[turn][one.id] ?? ""));
  const isTwice = first !== undefined && first === second;
  const rows = isTwice ? [[w.survey_both, first]] : [[w.survey_first, first], [w.survey_second, second]];
  const is = (answer) => answer === one.right.id;
  return rows.filter(([, answer]) => answer !== undefined).map(([label, answer]) =>
    h("p", { class: "verdict-is", "data-is": is(answer) ? "kept" : null }, icon(is(answer) ? "check" : "info"),
      h("span", {}, `${label} `, one.options[answer] ?? w.survey_open, ". ", h("span", { class: "hush" }, is(answer) ? w.survey_well : w.survey_ill))));
}
