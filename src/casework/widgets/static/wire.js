/** wire.js: a websocket with JSON texts: connects again by itself within three seconds, and notices when it is dead. */

const WAITS = [150, 500, 1000, 1800]; // between two tries, in ms; with chance on top never three seconds
const CHANCE = 0.3; // a room does not return as one
const LOOK = 1000; // how often to look
const QUIET = 10000; // so long without a word: ask whether somebody is there
const DEAD = 4000; // so long without an answer: the socket is dead, whatever it says itself

export class Wire {
  tries = 0;

  /** `hears` has `open()`, `message(message)` and `lost()`. */
  constructor(address, hears) {
    Object.assign(this, { address: new URL(address, location.href), hears });
    this.address.protocol = this.address.protocol.replace("http", "ws");
    this.looking = setInterval(() => this.look(), LOOK);
    const now = () => this.wake();
    addEventListener("online", now);
    addEventListener("pageshow", now);
    addEventListener("offline", () => this.lose());
    document.addEventListener("visibilitychange", () => document.hidden || now());
    this.connect();
  }

  get isUp() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  connect() {
    clearTimeout(this.retry);
    const socket = new WebSocket(this.address);
    this.socket = socket;
    this.heard = this.asked = Date.now();
    socket.onopen = () => this.socket === socket && this.opened();
    socket.onclose = () => this.socket === socket && this.lose();
    socket.onmessage = ({ data }) => this.socket === socket && this.hear(JSON.parse(data));
  }

  opened() {
    this.tries = 0;
    this.asked = 0;
    this.hears.open();
  }

  hear(message) {
    this.heard = Date.now();
    this.asked = 0;
    this.hears.message(message);
  }

  /** Send a message; says whether it left. What did not leave is not kept: its sender knows when to repeat it. */
  send(message) {
    if (!this.isUp) return false;
    this.asked ||= Date.now();
    this.socket.send(JSON.stringify(message));
    return true;
  }

  look() {
    if (document.hidden || !this.socket) return;
    const now = Date.now();
    if (this.asked && now - this.asked > DEAD) this.lose();
    else if (!this.asked && now - this.heard > QUIET) this.send({ kind: "beat" });
  }

  lose() {
    const { socket } = this;
    this.socket = null;
    if (!socket || this.isOver) return;
    socket.close();
    this.hears.lost();
    const wait = WAITS[Math.min(this.tries++, WAITS.length - 1)];
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.connect(), wait * (1 + CHANCE * Math.random()));
  }

  wake() {
    // A sleeping phone has heard nothing for hours: the socket gets a moment to answer before it counts as dead.
    this.asked = 0;
    if (this.isUp) this.send({ kind: "beat" });
    else if (!this.socket && !this.isOver) this.connect();
  }

  /** Hang up for good. */
  end() {
    this.isOver = true;
    clearInterval(this.looking);
    clearTimeout(this.retry);
    this.socket?.close();
  }
}
