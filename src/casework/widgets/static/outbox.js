/**
 * outbox.js: what was pressed and is not answered yet, by what it is about. It outlives a reload of this tab, and goes
 * along again with every new line: each message has a number, so arriving twice is arriving once.
 */

import { device } from "./page.js";

const PATIENCE = 2000; // before something that could not be stored is sent again, in ms
const about = ({ kind, of, bottleneck, number }) =>
  [of ?? kind, bottleneck ?? ((of ?? kind) === "hand-in" ? number : "")].filter(Boolean).join(":");

export class Outbox {
  constructor(key, send) {
    Object.assign(this, { key, send });
    this.waiting = new Map(Object.entries(JSON.parse(device.get(key, "sessionStorage") ?? "{}")));
  }

  get(kind) {
    return this.waiting.get(kind);
  }

  put(message) {
    this.waiting.set(about(message), message);
    this.keep();
    this.send(message);
  }

  /** Send all again: there is a new line. */
  flush() {
    clearTimeout(this.later);
    for (const message of this.waiting.values()) this.send(message);
  }

  /** Take in an answer; returns the message that it answers, or nothing where that waits on. */
  taken(answer) {
    const message = this.waiting.get(about(answer));
    if (answer.notice === "unsaved") {
      clearTimeout(this.later);
      this.later = setTimeout(() => this.flush(), PATIENCE);
      return null;
    }
    // An answer to what was pressed before the last press says nothing about the last one.
    if (!message || (message.number ?? null) !== (answer.number ?? null)) return null;
    this.waiting.delete(about(answer));
    this.keep();
    return message;
  }

  keep() {
    if (this.waiting.size) device.set(this.key, JSON.stringify(Object.fromEntries(this.waiting)), "sessionStorage");
    else device.remove(this.key, "sessionStorage");
  }
}
