/**
 * carry.js: carry something from one place to another by mouse, pen or finger. Whoever uses none of these has a list to
 * choose from, so nothing here takes the focus. `[data-grip]` is where it is taken, `[data-carried]` what is carried,
 * `[data-drop]` where it may be put.
 */

const SLACK = 6; // a finger that only taps moves by so many pixels
const EDGE = 72; // so near the edge of the window the page moves along
const STEP = 14; // by so much for each frame

export class Carrier {
  /** `drop(what, where)` hears what was put where; `end()` hears that nothing is carried any more, put or not. */
  constructor(box, { drop, end }) {
    Object.assign(this, { box, drop, end });
    const ears = { pointerdown: "take", pointermove: "move", pointerup: "put", pointercancel: "cancel" };
    for (const [kind, ear] of Object.entries(ears)) box.addEventListener(kind, (event) => this[ear](event));
    this.stop = (event) => event.key === "Escape" && this.cancel();
    document.addEventListener("keydown", this.stop);
  }

  get isCarrying() {
    return Boolean(this.ghost);
  }

  leave() {
    this.cancel();
    document.removeEventListener("keydown", this.stop);
  }

  take(event) {
    const grip = event.target.closest("[data-grip]");
    if (!grip || event.button !== 0 || this.item) return;
    event.preventDefault(); // or the browser begins to mark text
    this.item = grip.closest("[data-carried]");
    this.from = { x: event.clientX, y: event.clientY };
    grip.setPointerCapture(event.pointerId);
  }

  move({ clientX: x, clientY: y }) {
    if (!this.item) return;
    if (!this.ghost && Math.hypot(x - this.from.x, y - this.from.y) < SLACK) return;
    if (!this.ghost) this.lift();
    this.at = { x, y };
    this.ghost.style.translate = `${x}px ${y}px`;
    this.aim();
  }

  lift() {
    this.ghost = document.createElement("div");
    this.ghost.className = "carried";
    this.ghost.ariaHidden = "true";
    this.ghost.textContent = this.item.querySelector("[data-name]").textContent;
    this.item.dataset.away = "";
    this.box.append(this.ghost);
    this.frame = requestAnimationFrame(() => this.scroll());
  }

  aim() {
    const place = document.elementFromPoint(this.at.x, this.at.y)?.closest("[data-drop]");
    if (place === this.place) return;
    this.place?.removeAttribute("data-over");
    this.place = this.box.contains(place) ? place : null;
    this.place?.setAttribute("data-over", "");
  }

  scroll() {
    if (!this.ghost) return;
    const step = this.at.y < EDGE ? -STEP : this.at.y > innerHeight - EDGE ? STEP : 0;
    if (step) {
      scrollBy(0, step);
      this.aim();
    }
    this.frame = requestAnimationFrame(() => this.scroll());
  }

  put() {
    const [item, place] = [this.isCarrying && this.item, this.place];
    this.cancel();
    if (item && place) this.drop(item.dataset.carried, place.dataset.drop);
  }

  cancel() {
    if (!this.item) return;
    cancelAnimationFrame(this.frame);
    this.ghost?.remove();
    this.place?.removeAttribute("data-over");
    delete this.item.dataset.away;
    Object.assign(this, { item: null, ghost: null, place: null });
    this.end();
  }
}
