/**
 * models.js: the widgets of a kernel, as the modules that these bring along know them. What a module may do with its
 * model is what anywidget's front ends offer: `get`, `set`, `save_changes`, `send`, `on`, `off` and other widgets.
 */

import { apart, placed, same } from "./bytes.js";

const MODULE = "anywidget";
const ANSWER = 3000; // so long for an answer to a module's question
const MOST = 500; // messages of which is remembered who sent them: a task may answer one much later
const [REFERENCE, HELD] = [/^anywidget:/, /^IPY_MODEL_/];

class Model {
  state = {};
  ears = []; // { event, ear, owner }
  missed = []; // custom messages from before anyone listened
  changed = {}; // set, and not yet saved
  saved = {}; // saved, and not yet sent
  flying = {}; // sent, and not yet taken
  echoes = new Map(); // what comes back of it, by trait
  asked = "";
  leaving = new AbortController();

  constructor(id, models) {
    Object.assign(this, { id, models });
  }

  /** Whether it brings its own module; one that is no class of ipywidgets does not name its package each time. */
  get isDrawable() {
    const { _model_module: module = MODULE, _esm: esm } = this.state;
    return module === MODULE && Boolean(esm);
  }

  set(name, value) {
    const news = typeof name === "object" ? name : { [name]: value };
    const fresh = Object.entries(news).filter(([trait, said]) => !same(this.state[trait], said));
    for (const [trait, said] of fresh) this.changed[trait] = said;
    this.turn(Object.fromEntries(fresh));
  }

  turn(state) {
    const fresh = Object.keys(state).filter((trait) => !same(this.state[trait], state[trait]));
    Object.assign(this.state, state);
    for (const trait of fresh) this.tell(`change:${trait}`, this.models.offer(this), this.state[trait], {});
    if (fresh.length) this.tell("change", this.models.offer(this), {});
  }

  save(cell) {
    this.saved = { ...this.saved, ...this.changed };
    this.changed = {};
    this.flush(cell);
  }

  /** Send what was saved, one message at a time: a finger on a slider is faster than a kernel. */
  flush(cell = this.cell) {
    this.cell = cell;
    if (this.asked || !Object.keys(this.saved).length) return;
    const { buffers, ...said } = apart(this.saved);
    this.asked = this.models.send(this, { method: "update", ...said }, buffers, cell);
    if (!this.asked) return;
    for (const trait of Object.keys(this.saved)) this.echoes.set(trait, this.asked);
    this.flying = this.saved;
    this.saved = {};
  }

  /** The kernel is done with a message. */
  done(id) {
    if (id !== this.asked) return;
    this.asked = "";
    this.flying = {};
    this.flush();
  }

  /** The line is back: nobody knows what of the last message arrived; to say it twice does no harm. */
  again() {
    this.asked = "";
    this.echoes.clear();
    this.saved = { ...this.flying, ...this.saved };
    this.flying = {};
    this.flush();
  }

  on(names, ear, owner) {
    for (const event of names.split(/\s+/)) {
      this.ears.push({ event, ear, owner });
      if (event === "msg:custom") for (const [content, buffers] of this.missed.splice(0)) ear(content, buffers);
    }
  }

  off(names, ear, owner) {
    const events = names && names.split(/\s+/);
    const isMeant = (one) => one.owner === owner && (!events || events.includes(one.event)) && (!ear || one.ear === ear);
    this.ears = this.ears.filter((one) => !isMeant(one));
  }

  tell(event, ...news) {
    const ears = this.ears.filter((one) => one.event === event);
    if (event === "msg:custom" && !ears.length) this.missed.push(news);
    for (const { ear } of ears) {
      try {
        ear(...news);
      } catch (error) {
        console.error(error); // one that fails must not keep the others from hearing
      }
    }
  }

  /** What was heard waits until the module has begun: it may listen from then on. */
  hear(work) {
    this.heard = (this.heard ?? this.begun?.catch(() => {}) ?? Promise.resolve()).then(work).catch(console.error);
  }

  /** What was changed here meanwhile is newer than what comes back of a message. */
  take(state, echo = "") {
    const isOurs = (trait) => trait in this.saved || trait in this.changed || this.echoes.has(trait);
    const news = Object.entries(state).filter(([trait]) => !echo || !isOurs(trait));
    for (const trait of Object.keys(state)) if (echo && this.echoes.get(trait) === echo) this.echoes.delete(trait);
    this.turn(Object.fromEntries(news));
  }
}

/** All widgets of the page. `given` knows where modules are served; `post` sends; `drawn` draws a widget elsewhere. */
export class Models {
  known = new Map();
  awaited = new Map();
  senders = new Map();
  unsent = [];
  modules = new Map();
  offers = new WeakMap(); // by whom each was made for
  sources = new WeakMap(); // what is behind each

  constructor(folder, post, hears) {
    Object.assign(this, { folder, post, hears });
  }

  /** Return the widget of this name, once it is known. */
  named(id) {
    const model = this.known.get(id);
    if (model) return Promise.resolve(model);
    if (!this.awaited.has(id)) {
      this.awaited.set(id, resolvers());
      this.ask(id);
    }
    return this.awaited.get(id).promise;
  }

  ask(id) {
    this.post({ comm_id: id, data: { method: "request_state" } });
  }

  /** A widget as its kernel tells of it: a new one begins, one that is known hears what is new. */
  take(id, { state = {}, buffer_paths: paths }, buffers, echo = "") {
    const known = this.known.get(id);
    const told = placed(state, paths, buffers);
    if (known) return known.hear(() => known.take(told, echo));
    const model = new Model(id, this);
    Object.assign(model.state, told);
    this.known.set(id, model);
    if (model.isDrawable) {
      model.begun = this.begin(model);
      model.begun.catch(() => {}); // who draws it says so
    }
    this.awaited.get(id)?.resolve(model);
    this.awaited.delete(id);
    return undefined;
  }

  custom(id, content, buffers) {
    const model = this.known.get(id);
    model?.hear(() => model.tell("msg:custom", content, buffers));
  }

  close(id) {
    const model = this.known.get(id);
    this.known.delete(id);
    if (model) this.hears.closed(model);
    model?.leaving.abort();
  }

  /** Send for a widget; returns the message's id. A question waits until the line is back, a state is asked for again. */
  send(model, data, buffers, cell) {
    const id = this.post({ comm_id: model.id, data }, buffers);
    if (!id && data.method === "custom") this.unsent.push([model, data, buffers, cell]);
    if (id) this.senders.set(id, { model, cell });
    if (this.senders.size > MOST) this.senders.delete(this.senders.keys().next().value);
    return id;
  }

  /** The line is there (again): send what waited. */
  resume() {
    for (const waiting of this.unsent.splice(0)) this.send(...waiting);
    for (const model of this.known.values()) model.again();
    for (const id of [...this.known.keys(), ...this.awaited.keys()]) this.ask(id);
  }

  /** Load a widget's module and its sheet, and let it begin. */
  async begin(model) {
    const { _esm: esm, _css: css } = model.state;
    if (css) await this.sheet(css);
    const { default: given, render } = await import(this.address(esm));
    const definition = render ? { render } : typeof given === "function" ? await given() : given;
    if (!definition) throw new Error("the module of a widget must export a default function or object");
    const { signal } = model.leaving;
    const made = await definition.initialize?.({ ...this.aids(model), model: this.offer(model), signal });
    if (typeof made === "function") signal.addEventListener("abort", () => quietly(made));
    if (signal.aborted && typeof made === "function") quietly(made);
    return { definition, exports: made && typeof made === "object" ? made : undefined };
  }

  address(name) {
    return /^https?:/.test(name) ? name : new URL(`${this.folder}${name}`, location.href).href;
  }

  /** A sheet that fails leaves a widget plain; it works all the same. */
  sheet(name) {
    const href = this.address(name);
    const link = [...document.querySelectorAll("link[rel=stylesheet]")].find((one) => one.href === href);
    if (link) return link.sheet ? undefined : loaded(link);
    const fresh = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
    document.head.append(fresh);
    return loaded(fresh);
  }

  /** The model as a module gets it: what it hears through this one, `owner` can leave again. */
  offer(model, owner = model, cell = undefined) {
    const made = this.offers.get(owner);
    if (made) return made;
    const offered = {
      get: (name) => model.state[name],
      set: (name, value) => model.set(name, value),
      save_changes: () => model.save(cell),
      send: (content, _callbacks, buffers) => void this.send(model, { method: "custom", content }, buffers, cell),
      on: (names, ear) => model.on(names, ear, owner),
      off: (names, ear) => model.off(names, ear, owner),
      widget_manager: {
        get_model: async (id) => this.offer(await this.named(id.replace(HELD, ""))),
        create_view: (inner) => this.hears.held(this.sources.get(inner), cell),
      },
    };
    this.offers.set(owner, offered);
    this.sources.set(offered, model);
    return offered;
  }

  /** What a module may do besides: ask its widget something, and show the widgets that it holds. */
  aids(model, cell, signal = model.leaving.signal) {
    const held = (reference) => this.named(reference.replace(REFERENCE, ""));
    const host = {
      getModel: async (reference) => this.offer(await held(reference)),
      getWidget: async (reference) => {
        const inner = await held(reference);
        const { exports } = await inner.begun;
        const render = ({ el, signal: own = signal }) => this.hears.inside(inner, el, cell, own);
        return { exports, render };
      },
    };
    return { host, experimental: { invoke: (...asked) => this.invoke(model, cell, ...asked) } };
  }

  invoke(model, cell, name, msg, { signal = AbortSignal.timeout(ANSWER), buffers = [] } = {}) {
    const [id, owner] = [`${name}-${Math.random()}`, {}];
    const { promise, resolve, reject } = resolvers();
    const leave = () => model.off(null, null, owner);
    model.on("msg:custom", (said, bytes) => said.id === id && resolve([said.response, bytes]), owner);
    signal.addEventListener("abort", () => reject(signal.reason));
    this.send(model, { method: "custom", content: { id, kind: "anywidget-command", name, msg } }, buffers, cell);
    return promise.finally(leave);
  }
}

function resolvers() {
  const made = {};
  made.promise = new Promise((resolve, reject) => Object.assign(made, { resolve, reject }));
  return made;
}

const loaded = (link) => new Promise((go) => ["load", "error"].forEach((kind) => link.addEventListener(kind, go)));

/** Let a module clean up behind itself; if it cannot, nothing else is kept from going on. */
export const quietly = async (work) => {
  try {
    if (typeof work === "function") await work();
  } catch (error) {
    console.warn(error);
  }
};
