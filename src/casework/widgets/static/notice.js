/** notice.js: "What strikes you?" The story's own sentences, each to be kept in the notebook or not. */

import { button, h, icon, meta, story } from "./parts.js";

export class Noticing {
  isOn = false;

  /** `keep` hears the id of a sentence that is to change sides; `help` hears whether the facts are wanted. */
  constructor(w, paragraphs, { keep, help }) {
    this.keep = keep;
    this.plain = story(paragraphs);
    this.story = h("div", { class: "flow" }, this.plain);
    this.hint = meta(w.notice_how);
    this.toggle = button({ "aria-pressed": "false", click: () => this.turn() }, icon("check"), w.notice);
    this.help = button({ "aria-pressed": "false", click: () => help(!this.isHelping) }, icon("check"), w.signal_help);
    this.tools = h("p", { class: "row screen" }, this.toggle, this.help);
  }

  get isHelping() {
    return this.help.getAttribute("aria-pressed") === "true";
  }

  turn() {
    this.isOn = !this.isOn;
    this.toggle.setAttribute("aria-pressed", this.isOn);
    this.story.replaceChildren(...(this.isOn ? [this.hint, this.list()] : [this.plain]));
    this.show(this.kept, this.isHelping);
    // The sentences stand above the button that made them pressable: from here the first is next in line.
    if (this.isOn) this.story.querySelector(".sentence")?.focus({ preventScroll: true });
  }

  list() {
    const pressable = (drawn) => {
      const { sentence } = drawn.dataset;
      const given = { type: "button", class: "sentence", "data-sentence": sentence, click: () => this.keep(sentence) };
      return h("li", {}, h("button", given, icon("check"), h("span", {}, [...drawn.cloneNode(true).childNodes])));
    };
    const sentences = [...this.plain.querySelectorAll("[data-sentence]")];
    return h("ul", { class: "story sentences" }, sentences.map(pressable));
  }

  /** Show which sentences are kept, and whether the facts are wanted. */
  show(kept, isHelping) {
    this.kept = kept;
    this.help.setAttribute("aria-pressed", isHelping);
    for (const drawn of this.story.querySelectorAll("[data-sentence]")) {
      const isKept = kept.includes(drawn.dataset.sentence);
      if (this.isOn) drawn.setAttribute("aria-pressed", isKept);
      else drawn.classList.toggle("noted", isKept);
    }
  }
}
