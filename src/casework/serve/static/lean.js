/**
 * lean.js: shows our own widget without JupyterLab, and hands what concerns others to `host.js`. It speaks the few comm messages that such a widget needs
 * (`request_state`, `update`, `custom`) and gives its module a model. The page itself says which and where:
 * `#casework-page`.
 */

import { Kernel } from "./kernel.js";
import { comforts, device, token } from "./page.js";

/** What this page can show, by the name that the page gives; each is fetched only where it is shown. */
const MODULES = {
  player: () => import("./player.js"),
  desk: () => import("./desk.js"),
  toolkit: () => import("./toolkit.js"),
  facilitator: () => import("./facilitator.js"),
  network: () => import("./network.js"),
  insight: () => import("./insight.js"),
};

const STATE = 15000; // so long without the widget's state: this kernel has lost it
const DEAF = 10000; // so long without a beat of a page that is on its way: its server went
const LOOK = 1000; // so long between two looks whether a server that went is back
const LONG = 8000; // so long without a story: tell the reader

/** What a module knows of its widget. The kernel's `update` changes it; `send` goes back as a custom message. */
class Model {
  state = {};
  ears = new Map();
  missed = []; // custom messages from before anyone listened

  /** `home` is where the other cases are, `cards` where the toolkit is: the page knows, a widget does not. */
  constructor(places, post) {
    Object.assign(this, { places, post });
  }

  get(name) {
    return name === "words" ? { ...this.places, ...this.state.words } : this.state[name];
  }

  set(name, value) {
    this.state[name] = value;
    this.changed = { ...this.changed, [name]: value };
  }

  save_changes() {
    if (this.changed) this.post({ method: "update", state: this.changed, buffer_paths: [] });
    this.changed = null;
  }

  send(content) {
    this.post({ method: "custom", content });
  }

  on(event, ear) {
    this.ears.set(event, [...(this.ears.get(event) ?? []), ear]);
    if (event === "msg:custom") for (const content of this.missed.splice(0)) ear(content, []);
  }

  off(event, ear) {
    this.ears.set(event, ear ? (this.ears.get(event) ?? []).filter((one) => one !== ear) : []);
  }

  tell(event, ...news) {
    const ears = this.ears.get(event) ?? [];
    if (event === "msg:custom" && !ears.length) this.missed.push(news[0]);
    for (const ear of ears) ear(...news);
  }

  update(state) {
    Object.assign(this.state, state);
    for (const name of Object.keys(state)) this.tell(`change:${name}`);
    this.tell("change");
  }
}

class Page {
  isDrawn = false;
  isLost = false;
  early = []; // what was said before the kernel was reached for the first time: a page that is drawn can be pressed

  /**
   * `state` is what the widget knew when the page was made: with it the page is drawn before the kernel is reached. Without
   * a `module` there are only the widgets of others, which are for the `host`.
   */
  constructor({ base, kernel, model, state, module = "player", cards = "" }, el, host) {
    Object.assign(this, { base, el, host, comm: model, module: MODULES[module]?.(), isFresh: Boolean(state?.view) });
    this.model = new Model({ home: base, cards }, (data) => this.post(data));
    const hears = {
      open: () => this.opened(),
      message: (message) => this.heard(message),
      lost: () => this.lost(),
      gone: () => this.reload(),
    };
    this.kernel = new Kernel(base, kernel, hears, host?.wire);
    addEventListener("pagehide", () => this.leave());
    if (this.isFresh) this.take(state);
  }

  post(data) {
    if (this.early) this.early.push(data);
    else this.kernel.send("comm_msg", { comm_id: this.comm, data });
  }

  opened() {
    const { early } = this;
    this.early = null;
    this.kernel.send("comm_info_request", { target_name: "jupyter.widget" });
    if (this.module && !this.isFresh) this.ask();
    this.isFresh = false;
    for (const data of early ?? []) this.post(data);
    this.host?.opened(this);
    if (this.isLost && this.isDrawn) this.model.tell("connection", "online");
    this.isLost = false;
  }

  lost() {
    this.isLost = true;
    this.model.tell("connection", "offline");
    this.host?.lost({ isAlone: !this.module });
  }

  /** The widgets of others are there. */
  settled() {
    if (!this.module) device.remove("reloads", "sessionStorage");
  }

  /** Ask for all that the widget knows by now. */
  ask() {
    this.model.post({ method: "request_state" });
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.kernel.isUp && this.kernel.end(), STATE);
  }

  heard(message) {
    const { header, content } = message;
    const type = header.msg_type;
    // A kernel that died and was started again has the same address, but no widget: only its list of comms tells.
    if (type === "comm_info_reply" && !this.isIn(content.comms)) this.kernel.end();
    if (!this.module || content.comm_id !== this.comm) return this.host?.heard(message);
    if (type === "comm_close") this.kernel.end();
    if (type !== "comm_msg") return undefined;
    const { method, state, content: custom } = content.data;
    if (method === "custom") this.model.tell("msg:custom", custom, []);
    if (method === "update" || method === "echo_update") this.take(state);
    return undefined;
  }

  isIn(comms) {
    return this.module ? this.comm in comms : this.host.isIn(comms);
  }

  async take(state) {
    clearTimeout(this.waiting);
    this.model.update(state);
    if (this.isDrawn || !this.model.get("view")) return;
    this.isDrawn = true;
    device.remove("reloads", "sessionStorage");
    const { default: shown } = await this.module;
    shown.render({ model: this.model, el: this.el });
  }

  /** A kernel that is gone stays gone; the page begins anew and resumes. */
  reload() {
    this.model.tell("connection", "offline");
    anew();
  }

  /** Let the kernel go with the page: a beacon is the one request that a closing tab may still send. */
  leave() {
    const form = new FormData();
    form.append("_xsrf", token());
    navigator.sendBeacon?.(`${this.base}voila/api/shutdown/${this.kernel.id}`, form);
  }
}

/** Load the page once more. Each time in a row it waits longer. */
function anew() {
  const reloads = Number(device.get("reloads", "sessionStorage") ?? 0);
  device.set("reloads", String(reloads + 1), "sessionStorage");
  setTimeout(() => location.reload(), Math.min(reloads * 2000, 15000));
}

/** The server went while it sent us this page: load it once more as soon as one answers. */
async function resend() {
  const health = new URL("../../healthz", import.meta.url);
  const isUp = await fetch(health, { cache: "no-store" }).then(({ ok }) => ok, () => false);
  if (isUp) anew();
  else setTimeout(resend, LOOK);
}

/** The page may still be arriving, because its end waits for the kernel; if it is cut off, no browser says so. */
async function read() {
  const end = new Promise((go) => document.addEventListener("DOMContentLoaded", go, { once: true }));
  let deaf;
  const hear = () => {
    clearTimeout(deaf);
    deaf = setTimeout(resend, DEAF);
  };
  const ear = new MutationObserver(hear);
  if (document.readyState === "loading") {
    ear.observe(document, { childList: true, subtree: true });
    hear();
    await end;
  }
  ear.disconnect();
  clearTimeout(deaf);
  const given = document.getElementById("casework-page");
  return given && JSON.parse(given.textContent);
}

const root = document.documentElement;
comforts(document, root);
const long = setTimeout(() => document.querySelector("[data-long]")?.removeAttribute("hidden"), LONG);
const given = await read();
const el = document.getElementById("casework");
for (const select of document.querySelectorAll("[data-display]")) select.value = device.get("theme") ?? "";
const hosting = document.getElementById("casework-hosting");
const { default: Host } = hosting ? await import("./host.js") : {};
if (given?.model) new Page(given, el, Host && new Host(JSON.parse(hosting.textContent), given.base));
else clearTimeout(long);
if (!document.querySelector("[data-end]")) resend();
if (given?.full) location.replace(given.full); // this notebook shows more than we can
