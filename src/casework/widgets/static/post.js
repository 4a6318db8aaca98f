/** post.js: the messages to the kernel, each kept until its answer is there; all of them may arrive twice. */

import { device } from "./page.js";

const SLOW = 4000; // how long an answer may take before the reader is told
const WATCHED = ["choose", "from"]; // what a reader waits for: told when it is slow, and sent again
const RESUME = 2000; // how long to wait for an answer that may have raised no event (in a notebook), or for one's place

export class Post {
  waiting = new Map(); // kind of message -> the last one without an answer
  isOpen = false;

  /**
   * `tell` hears "choice" (one is under way), "rest" (none is), "slow", "offline", "online" and "opened".
   * `isSilent`: the host raises no event for an answer that equals what it knew, as JupyterLab does.
   */
  constructor(model, tell, isSilent) {
    Object.assign(this, { model, tell, isSilent });
    this.ear = (state) => (state === "online" ? this.reopen() : tell("offline"));
    model.on("connection", this.ear);
  }

  get view() {
    return this.model.get("view");
  }

  key(name) {
    return `${name}:${this.view.case.name}`;
  }

  stop() {
    this.model.off("connection", this.ear);
    clearTimeout(this.opening);
    clearTimeout(this.late);
  }

  /** Ask for this device's place. */
  open() {
    this.isOpen = false;
    this.model.send({ kind: "open", attempt: device.get(this.key("attempt")) ?? "" });
    clearTimeout(this.opening);
    if (this.isSilent) this.opening = setTimeout(() => this.tell("opened"), RESUME);
  }

  /** Ask again and again for this device's place, until an answer tells it: one that equals the last raises no event. */
  seek() {
    this.opening = setTimeout(() => {
      this.open();
      this.seek();
    }, RESUME);
  }

  reopen() {
    this.tell("online");
    this.open();
  }

  ask(message, isAnswered) {
    this.waiting.set(message.kind, { message, isAnswered });
    this.model.send(message);
  }

  asked(kind) {
    return this.waiting.get(kind)?.message;
  }

  choose(choice) {
    if (this.waiting.has("choose")) return;
    this.expect({ attempt: this.view.attempt, choice, number: this.view.number + 1 });
    this.model.send(this.asked("choose"));
  }

  /** Ask what would have become of the story with another choice. */
  wonder(number, choice) {
    const { attempt } = this.view;
    const isTold = ({ whatif }) => whatif?.number === number && whatif.choice === choice;
    if (isTold(this.view)) return;
    this.ask({ kind: "what-if", number, choice }, (view) => isTold(view) || view.attempt !== attempt);
  }

  /** Ask to play on from an earlier moment: after that many decisions. Pressed twice, it is asked once. */
  playFrom(number) {
    const { attempt } = this.view;
    if (this.waiting.has("from")) return;
    this.ask({ kind: "from", number }, (view) => view.attempt !== attempt || Boolean(view.notice));
    this.watch("from");
  }

  /** Send the choice that a reload interrupted, once the place is known. */
  recall() {
    const left = device.get(this.key("pending"), "sessionStorage");
    if (!left) return;
    const choice = JSON.parse(left);
    // Before its first choice an attempt is known to its kernel alone: with that gone, the choice begins a new one.
    this.expect(choice.number === 1 ? { ...choice, attempt: "" } : choice);
  }

  expect({ attempt, choice, number }) {
    const isElsewhere = (view) => Boolean(attempt && view.attempt && attempt !== view.attempt);
    const isAnswered = (view) => view.number + 1 !== number || Boolean(view.notice) || isElsewhere(view);
    this.waiting.set("choose", { message: { kind: "choose", choice, number }, isAnswered });
    device.set(this.key("pending"), JSON.stringify({ attempt, choice, number }), "sessionStorage");
    this.tell("choice");
    this.watch("choose");
  }

  watch(kind) {
    clearTimeout(this.late);
    this.late = setTimeout(() => {
      this.tell("slow");
      if (this.isOpen) this.model.send(this.asked(kind));
      this.watch(kind);
    }, SLOW);
  }

  /** Take in a view: drop what it answers, remember this device's place, and send the rest after the first answer. */
  receive() {
    const { view } = this;
    const isAfresh = this.waiting.get("again")?.isAnswered(view);
    clearTimeout(this.opening);
    for (const [kind, { isAnswered }] of this.waiting) if (isAnswered(view)) this.waiting.delete(kind);
    if (isAfresh) device.remove(this.key("attempt"));
    if (view.attempt) device.set(this.key("attempt"), view.attempt);
    if (!WATCHED.some((kind) => this.waiting.has(kind))) this.rest();
    if (!this.isOpen) for (const { message } of this.waiting.values()) this.model.send(message);
    this.isOpen = true;
    if (view.is_away) this.seek();
    return isAfresh;
  }

  rest() {
    clearTimeout(this.late);
    device.remove(this.key("pending"), "sessionStorage");
    this.tell("rest");
  }
}
