/** drafts.js: what is typed in fields with `data-text` and not saved yet; this tab brings it back when a page begins anew. */

import { device } from "./page.js";

export class Drafts {
  /** `name` is what the tab remembers it by; what it remembered before is taken up once the fields are drawn. */
  constructor(box, name) {
    Object.assign(this, { box, name, before: JSON.parse(device.get(name, "sessionStorage") ?? "{}") });
    box.addEventListener("input", () => this.remember());
  }

  get typed() {
    return [...this.box.querySelectorAll("[data-text]")].filter((one) => one.value.trim() !== one.defaultValue);
  }

  remember() {
    if (this.before) return; // what is drawn first would take its place
    const rows = this.typed.map((one) => [one.dataset.key, one.value]);
    device.set(this.name, JSON.stringify(Object.fromEntries(rows)), "sessionStorage");
  }

  take_up() {
    for (const [key, value] of Object.entries(this.before)) {
      const field = this.box.querySelector(`[data-text][data-key="${CSS.escape(key)}"]`);
      if (!field) continue;
      field.value = value;
      field.closest("details").open = true;
    }
    this.before = null;
    this.remember();
  }
}
