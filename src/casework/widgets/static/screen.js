/**
 * screen.js: the page of the projector or of the notes, without a kernel: it gives the module a model that is a line
 * to the session. The page itself says which session and where: `#casework-page`.
 */

import { comforts, device } from "./page.js";
import { Wire } from "./wire.js";

const MODULES = {
  stage: () => import("./stage.js"),
  notes: () => import("./notes.js"),
};

/** What a module knows of a session. `send` asks for an act; `press` does the act behind a presenter's key. */
class Model {
  ears = new Map();

  constructor(given) {
    this.state = { ...given, view: null, counts: {}, left: null };
    const { module } = given;
    this.wire = new Wire(line(given, module), (message) => this.heard(message));
  }

  get(name) {
    return this.state[name];
  }

  on(event, ear) {
    this.ears.set(event, [...(this.ears.get(event) ?? []), ear]);
  }

  off(event, ear) {
    this.ears.set(event, (this.ears.get(event) ?? []).filter((one) => one !== ear));
  }

  tell(event, ...news) {
    for (const ear of this.ears.get(event) ?? []) ear(...news);
  }

  send(message) {
    this.wire.send(message);
  }

  press(key) {
    if (this.state.module === "notes") {
      this.tell("press", key);
      return;
    }
    this.remote ??= new Remote(line(this.state, "notes"), () => this.tell("refused"));
    this.remote.press(key);
  }

  heard({ kind, ...said }) {
    const { view, counts, left } = said;
    if (kind === "view" || kind === "counts") {
      Object.assign(this.state, view && { view }, counts && { counts }, left !== undefined && { left });
      if (view) this.first?.(this);
      if (view) this.tell("change:view");
      this.tell("change:counts");
      if (!view && left !== undefined) this.tell("change:left");
    } else if (kind === "taken") this.tell("taken", said);
    else if (kind === "trouble") this.tell("connection", "offline");
    else if (kind === "line") this.tell("connection", said.state);
    else if (kind === "gone") location.reload(); // the page itself says why it cannot be shown
    if (kind === "view") this.tell("connection", "online");
  }
}

/** Keys on the projector go through the facilitator's own line; it is opened with the first one, and shows nothing. */
class Remote {
  constructor(address, refused) {
    this.refused = refused;
    this.wire = new Wire(address, (message) => this.heard(message));
  }

  press(key) {
    this.wanted = key;
    if (this.view) this.go();
  }

  heard({ kind, view }) {
    if (kind === "gone") this.refused();
    if (kind !== "view") return;
    this.view = view;
    if (this.wanted) this.go();
  }

  go() {
    const cue = this.view[this.wanted];
    this.wanted = null;
    // What cannot be undone is asked for in the notes, never done by a key at the projector.
    if (cue && !cue.sure) this.wire.send(cue.send);
    else this.refused();
  }
}

const line = ({ base, id }, screen) => `${base}${screen}/${id}/line`;

const root = document.documentElement;
const el = document.getElementById("casework");
const given = JSON.parse(document.getElementById("casework-page").textContent);
root.dataset.theme = device.get("theme") ?? "";
comforts(document, root);
const loading = MODULES[given.module]();
const model = new Model(given);
model.first = async () => {
  model.first = null;
  const { default: shown } = await loading;
  shown.render({ model, el });
};
