/** views.js: the places on the page where a widget is drawn, each by itself: one that fails leaves the others alone. */

import { quietly } from "./models.js";

/** One drawing of a widget in `el`; `cell` is the part of the page that takes what it shows later. */
class View {
  leaving = new AbortController();

  constructor(model, models, el, cell, said) {
    Object.assign(this, { model, models, el, cell, said });
    model.leaving.signal.addEventListener("abort", () => this.leave(), { signal: this.leaving.signal });
    this.dress();
    this.drawn = this.draw();
  }

  async draw() {
    const { model, models, el, cell } = this;
    const { signal } = this.leaving;
    try {
      const { definition } = await model.begun;
      if (signal.aborted) return;
      el.replaceChildren();
      const offered = models.offer(model, this, cell);
      const made = await definition.render?.({ ...models.aids(model, cell, signal), model: offered, el, signal });
      if (signal.aborted) quietly(made);
      else this.made = made;
    } catch (error) {
      console.error(error);
      if (!signal.aborted) el.replaceChildren(notice(this.said, "alert"));
    }
  }

  /** The size and the classes that Python gives it; a kernel that does not tell leaves it plain. */
  async dress() {
    const { layout, _dom_classes: classes = [] } = this.model.state;
    this.el.classList.add(...classes);
    if (typeof layout !== "string") return;
    this.layout = await this.models.named(layout.replace("IPY_MODEL_", "")).catch(() => null);
    if (!this.layout || this.leaving.signal.aborted) return;
    this.layout.on("change", () => this.measure(), this);
    this.measure();
  }

  measure() {
    for (const [name, value] of Object.entries(this.layout.state)) {
      if (!name.startsWith("_")) this.el.style.setProperty(name.replaceAll("_", "-"), value ?? "");
    }
  }

  leave() {
    if (this.leaving.signal.aborted) return;
    this.leaving.abort();
    for (const model of [this.model, this.layout]) model?.off(null, null, this);
    quietly(this.made);
  }
}

export class Views {
  all = new Set();

  constructor(models, said) {
    Object.assign(this, { models, said });
  }

  draw(model, el, cell) {
    const view = new View(model, this.models, el, cell, this.said);
    view.leaving.signal.addEventListener("abort", () => this.all.delete(view));
    this.all.add(view);
    return view;
  }

  /** Take a part of the page away, with all that is drawn in it. */
  clear(part) {
    for (const view of this.all) if (part.contains(view.el)) view.leave();
    part.remove();
  }

  close(model) {
    for (const view of this.all) if (view.model === model) this.clear(view.el);
  }
}

/** A sentence where something else was meant to be. */
export function notice(text, role) {
  const said = document.createElement("p");
  said.className = "notice";
  said.setAttribute("role", role);
  said.append(Object.assign(document.createElement("span"), { textContent: text }));
  return said;
}
