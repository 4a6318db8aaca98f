/** whatif.js: "What if you had chosen differently?" Every decision with its other choices, and the answer below them. */

import { button, fact, facts, h, icon, meta, named, section } from "./parts.js";

const ICONS = { kept: "check", broken: "cross", mend: "redo", days: "time" };

export class Wondering {
  /** `ask` hears a decision's number and the choice that is asked about; `from` after how many decisions to play on. */
  constructor(w, rows, { ask, from }) {
    Object.assign(this, { w, ask, from });
    this.spaces = new Map();
    const list = h("div", { class: "wonders" }, rows.map((row) => this.decision(row)));
    this.section = section(h("h2", {}, w.whatif), meta(w.whatif_note), list);
    this.section.classList.add("screen");
  }

  decision({ number, scene, choice, options }) {
    const space = h("div");
    const press = (id) => () => this.ask(number, id);
    const option = ({ id, text }) =>
      h("li", {}, h("button", { type: "button", class: "option", "aria-pressed": "false", click: press(id) },
        icon("check"), h("span", {}, text)));
    const buttons = options.map(option);
    this.spaces.set(number, { space, buttons: buttons.map((row, at) => [options[at].id, row.firstChild]) });
    const title = h("span", {}, h("span", { class: "meta" }, `${number} · ${scene}`), h("br"), choice);
    return h("details", {}, h("summary", {}, title), h("ul", { class: "options" }, buttons), space);
  }

  /** Show the answer at its decision and nowhere else; `asked` is what waits for one. Returns whether it is a new one. */
  show(answer, asked) {
    const text = JSON.stringify([answer, asked]);
    if (this.shown === text) return false;
    this.shown = text;
    const { number, choice } = asked ?? answer ?? {};
    for (const [at, { space, buttons }] of this.spaces) {
      for (const [id, drawn] of buttons) drawn.setAttribute("aria-pressed", at === number && id === choice);
      space.replaceChildren(...(answer?.number === at && !asked ? [this.answer(answer)] : []));
    }
    return Boolean(answer) && !asked;
  }

  answer(it) {
    const heading = h("h3", {}, it.title);
    const row = ({ is, text, note }) => fact(ICONS[is] ?? is, is, text, note && h("small", {}, note));
    return h("section", { class: "card flow answer", "aria-labelledby": named(heading) }, heading,
      it.story.map((text) => h("p", {}, text)),
      it.ending && h("p", {}, h("span", { class: "tag" }, h("strong", {}, it.ending.label))),
      it.differs.length > 0 && facts(it.differs.map(row)),
      it.more.length > 0 && h("details", {}, h("summary", {}, it.more_label), facts(it.more.map(row))),
      h("p", {}, button({ click: () => this.from(it.from) }, it.button, icon("next"))));
  }
}
