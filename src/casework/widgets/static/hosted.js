/** hosted.js: what screens share that may be a whole page of ours, or one output among others in a notebook. */

import { comforts } from "./page.js";
import { note } from "./parts.js";

let screens = 0;

export class Hosted {
  constructor(model, el) {
    Object.assign(this, { model, el, id: ++screens });
    this.isWhole = document.documentElement.classList.contains("casework");
    if (this.isWhole) return;
    el.classList.add("casework");
    el.dataset.lmSuppressShortcuts = "true"; // or JupyterLab takes the arrow keys
  }

  get view() {
    return this.model.get("view");
  }

  get words() {
    return this.model.get("words");
  }

  /** Hear these events of the model until what comes back is called. */
  listen(ears) {
    const leave = this.isWhole ? () => {} : comforts(this.el, this.el); // a whole page has them before any view
    for (const [event, ear] of Object.entries(ears)) this.model.on(event, ear);
    return () => {
      leave();
      for (const [event, ear] of Object.entries(ears)) this.model.off(event, ear);
    };
  }

  /** Draw what the model shows, in its words, and tell of its line, until what comes back is called. */
  follow() {
    return this.listen({
      "change:view": () => this.update(),
      "change:words": () => this.frame(),
      connection: (state) => this.connected(state),
    });
  }

  connected(state) {
    this.trouble.replaceChildren(...(state === "online" ? [] : [note("wifi", "", this.words.lost)]));
  }
}
