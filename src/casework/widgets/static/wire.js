/**
 * wire.js: a line to a session for the projector or the notes. It comes back by itself, and what was asked is asked
 * again until it is answered: each act has a number, so twice is once.
 */

const BEAT = 15000; // a line that says nothing for so long is asked whether it is there
const SOONEST = 250;
const LATEST = 3000;

export class Wire {
  asked = new Map();
  tries = 0;

  /** `hear` hears each message, and `{kind: "line", state}` when the line is lost or there again. */
  constructor(address, hear) {
    Object.assign(this, { address, hear });
    this.ears = [["online", () => this.again(0)], ["pageshow", ({ persisted }) => persisted && this.again(0)]];
    for (const [kind, ear] of this.ears) addEventListener(kind, ear);
    this.open();
  }

  open() {
    const socket = new WebSocket(new URL(this.address, location.href.replace(/^http/, "ws")));
    this.socket = socket;
    socket.addEventListener("open", () => {
      for (const message of this.asked.values()) this.put(message);
    });
    socket.addEventListener("message", ({ data }) => socket === this.socket && this.heard(JSON.parse(data)));
    socket.addEventListener("close", () => socket === this.socket && this.lost());
  }

  heard(message) {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.doubt(), BEAT);
    if (message.kind === "taken") this.asked.delete(key({ kind: message.of, number: message.number }));
    if (message.kind === "view" && this.tries) this.hear({ kind: "line", state: "online" });
    if (message.kind === "view") this.tries = 0;
    if (message.kind === "gone") this.end();
    this.hear(message);
  }

  /** Nothing was heard for long. A line that lies dead does not say so: ask, and open another if no answer comes. */
  doubt() {
    this.put({ kind: "beat" });
    this.silence = setTimeout(() => this.again(0), LATEST);
  }

  lost() {
    clearTimeout(this.silence);
    if (!this.tries) this.hear({ kind: "line", state: "offline" });
    this.again(Math.min(SOONEST * 2 ** this.tries, LATEST));
  }

  again(pause) {
    if (this.isOver) return;
    this.tries += 1;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      const old = this.socket;
      this.open();
      old.close();
    }, pause);
  }

  send(message) {
    this.asked.set(key(message), message);
    this.put(message);
  }

  put(message) {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message));
  }

  end() {
    this.isOver = true;
    for (const timer of [this.silence, this.waiting]) clearTimeout(timer);
    for (const [kind, ear] of this.ears) removeEventListener(kind, ear);
    this.socket.close();
  }
}

const key = ({ kind, number }) => `${kind}/${number ?? ""}`;
