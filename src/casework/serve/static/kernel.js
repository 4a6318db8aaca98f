/** kernel.js: one kernel's websocket: connects again by itself, and notices when it is dead. */

const WAITS = [500, 1000, 1500]; // between two tries, in ms: whoever has network again is back within three seconds
const PATIENCE = 8000; // how long one try may take on a slow line; others begin meanwhile
const WOKEN = 1500; // so long after waking without a word: a sleeping phone's line is dead, whatever it says itself
const BEAT = 3000; // how often to look
const QUIET = 4000; // so long without a word: ask
const DEAD = 8000; // so long: the socket is dead, whatever it says itself
const GONE = new Set(["dead", "restarting", "autorestarting"]);
/** How messages travel that are nothing but text; `frames.js` is for those with bytes in them. */
const plain = {
  protocols: [],
  query: {},
  pack: JSON.stringify,
  unpack: (data) => (typeof data === "string" ? JSON.parse(data) : null),
};

export class Kernel {
  session = crypto.randomUUID?.() ?? String(Math.random()).slice(2); // only secure pages have randomUUID
  tries = 0;
  sent = 0;
  isOver = false;

  /** `hears` has `open()`, `message(message)`, `lost()` and `gone()`; the last means that this kernel never returns. */
  constructor(base, id, hears, wire = plain) {
    Object.assign(this, { id, hears, wire, address: new URL(`${base}api/kernels/${id}`, location.href) });
    this.beat = setInterval(() => this.listen(), BEAT);
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
    const address = new URL(`${this.address.href}/channels`);
    address.protocol = address.protocol.replace("http", "ws");
    address.searchParams.set("session_id", this.session);
    for (const [name, value] of Object.entries(this.wire.query)) address.searchParams.set(name, value);
    const socket = new WebSocket(address, this.wire.protocols);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    this.heard = Date.now();
    socket.onopen = () => this.socket === socket && this.opened();
    socket.onclose = () => this.socket === socket && this.lose();
    socket.onmessage = ({ data }) => this.socket === socket && this.hear(this.wire.unpack(data));
  }

  opened() {
    this.tries = 0;
    this.hears.open();
  }

  hear(message) {
    if (!message) return;
    this.heard = Date.now();
    if (message.header.msg_type === "status" && GONE.has(message.content.execution_state)) this.end();
    else this.hears.message(message);
  }

  /** Send a message; returns its id if it left. What did not leave is not kept: its sender knows when to repeat it. */
  send(type, content, channel = "shell", { buffers = [], metadata = {} } = {}) {
    if (!this.isUp) return "";
    const { session } = this;
    const msg_id = `${session}-${++this.sent}`;
    const header = { msg_id, msg_type: type, username: "", session, date: new Date().toISOString(), version: "5.3" };
    this.socket.send(this.wire.pack({ header, parent_header: {}, metadata, content, channel, buffers }));
    return msg_id;
  }

  listen() {
    const silence = Date.now() - this.heard;
    if (document.hidden || this.isOver) return;
    if (silence > DEAD && this.socket) this.lose();
    else if (silence > QUIET) this.send("kernel_info_request", {}, "control"); // answered even while a cell runs
  }

  lose() {
    const { socket } = this;
    this.socket = null;
    if (!socket || this.isOver) return;
    socket.close();
    this.hears.lost();
    this.later();
  }

  later() {
    clearTimeout(this.retry);
    const wait = WAITS[Math.min(this.tries++, WAITS.length - 1)];
    this.retry = setTimeout(() => this.again(), wait * (0.8 + 0.4 * Math.random())); // a room does not return as one
  }

  /** Ask the kernel for a word; a line that was up before the device slept may be dead without knowing it. */
  wake() {
    if (this.isOver) return;
    if (!this.socket) this.again();
    if (!this.isUp) return;
    const asked = Date.now();
    this.heard = Math.max(this.heard, asked - QUIET); // hours of sleep are no silence
    this.send("kernel_info_request", {}, "control");
    const { socket } = this;
    setTimeout(() => this.socket === socket && this.heard < asked && this.lose(), WOKEN);
  }

  /**
   * Connect again if the kernel is still there. A try that gets no answer is not waited for: the network may return
   * before it is given up, and the next one finds it.
   */
  async again() {
    this.later();
    try {
      const { status } = await fetch(this.address, { cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
      if (this.isOver || this.socket) return;
      if (status === 404 || status === 403) this.end();
      else if (status < 500) this.connect();
    } catch {
      // The next try is on its way.
    }
  }

  end() {
    if (this.isOver) return;
    this.isOver = true;
    clearInterval(this.beat);
    clearTimeout(this.retry);
    this.socket?.close();
    this.hears.gone();
  }
}
