/** clicker.js: the keys of a presenter: PageDown goes on, PageUp goes back, a point makes the screen blank. */

import { device } from "./page.js";
import { h } from "./parts.js";

const KEYS = { PageDown: "next", PageUp: "back", ".": "dark" };
const HELD = "clicker";

/** Listen to a presenter's keys; `press` hears "next", "back" or "dark". Returns what ends it. */
export function clicker(press) {
  const ear = (event) => {
    const { key, target } = event;
    const isTyping = target.closest?.("input:not([type=checkbox]), textarea, select");
    const isElsewhere = event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]");
    if (!KEYS[key] || isTyping || isElsewhere || device.get(HELD) === "off") return;
    event.preventDefault();
    if (!event.repeat) press(KEYS[key]); // a key that is held down is one press
  };
  addEventListener("keydown", ear);
  return () => removeEventListener("keydown", ear);
}

/** The switch with which these keys scroll and type again. */
export function toggle(label) {
  const change = ({ target }) => device.set(HELD, target.checked ? "on" : "off");
  return h("label", { class: "row" },
    h("input", { type: "checkbox", "data-key": "clicker", checked: device.get(HELD) !== "off", change }), label);
}
