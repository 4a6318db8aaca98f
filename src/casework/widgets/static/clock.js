/** clock.js: the clock of a room. It counts down from what the server said, warns, and closes nothing. */

import { h } from "./parts.js";

const SOON = 30;
const shown = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/** A clock; `w` says `left`, `soon` and `over`, and `say` hears the warning, once. */
export class Clock {
  constructor(w, say) {
    Object.assign(this, { w, say });
    this.face = h("span", { class: "count", role: "timer", "aria-label": w.left });
    this.warning = h("span", { class: "warning" });
    this.el = h("p", { class: "clock row", hidden: true }, this.face, this.warning);
  }

  /** The seconds that are left now, by the server's clock; null where no clock runs. */
  set(left) {
    clearInterval(this.ticking);
    this.el.hidden = left === null;
    if (left === null) {
      this.warned = "";
      return;
    }
    this.end = performance.now() + left * 1000;
    this.ticking = setInterval(() => this.tick(), 250);
    this.tick();
  }

  stop() {
    clearInterval(this.ticking);
  }

  tick() {
    const left = Math.max(0, Math.ceil((this.end - performance.now()) / 1000));
    const state = left === 0 ? "over" : left <= SOON ? "soon" : "";
    if (this.face.textContent !== shown(left)) this.face.textContent = shown(left);
    this.el.dataset.state = state;
    if (state === this.warned) return;
    this.warned = state;
    this.warning.textContent = state ? this.w[state] : "";
    if (state) this.say(this.w[state]);
  }
}
