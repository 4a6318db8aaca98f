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

/** A line on which what was asked is asked again until it is answered: each act has a number, so twice is once. */
class Line {
  asked = new Map();

  /** `hear` hears each message, and `{kind: "line"}` when the line is lost. */
  constructor(address, hear) {
    this.wire = new Wire(address, {
      open: () => this.asked.forEach((message) => this.wire.send(message)),
      message: (message) => {
        if (message.kind === "taken") this.asked.delete(key({ ...message, kind: message.of }));
        if (message.kind === "gone") this.wire.end();
        hear(message);
      },
      lost: () => hear({ kind: "line" }),
    });
  }

  send(message) {
    this.asked.set(key(message), message);
    this.wire.send(message);
  }
}

const key = ({ kind, number, bottleneck }) => `${kind}/${number ?? bottleneck ?? ""}`;

/** What a module knows of a session. `send` asks for an act; `press` does the act behind a presenter's key. */
class Model {
  ears = new Map();

  constructor(given) {
    this.state = { ...given, view: null, counts: {}, left: null };
    this.line = new Line(address(given, given.module), (message) => this.heard(message));
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
    this.line.send(message);
  }

  press(name) {
    if (this.state.module === "notes") {
      this.tell("press", name);
      return;
    }
    this.remote ??= new Remote(address(this.state, "notes"), () => this.tell("refused"));
    this.remote.press(name);
  }

  heard({ kind, ...said }) {
    if (kind === "view" || kind === "counts") this.look(said);
    else if (kind === "taken") this.tell("taken", said);
    else if (kind === "gone") location.reload(); // the page itself says why it cannot be shown
    else this.tell("connection", "offline");
  }

  look({ view, counts, left }) {
    Object.assign(this.state, view && { view }, { counts, left });
    if (!view) {
      this.tell("change:counts");
      this.tell("change:left");
      return;
    }
    this.first?.();
    this.tell("change:view");
    this.tell("connection", "online");
  }
}

/** Keys on the projector go through the facilitator's own line; it is opened with the first one, and shows nothing. */
class Remote {
  constructor(place, refused) {
    this.refused = refused;
    this.line = new Line(place, (message) => this.heard(message));
  }

  press(name) {
    this.wanted = name;
    if (this.view) this.go();
  }

  heard({ kind, view, notice }) {
    if (kind === "gone") this.refused();
    if (kind === "taken" && notice) this.sent = null;
    if (kind !== "view") return;
    this.view = view;
    if (this.wanted) this.go();
  }

  go() {
    const cue = this.view[this.wanted];
    // Pressed twice in a moment: what the second one does hangs on what the first one did, which is on its way.
    if (cue && cue.send.number === this.sent) return;
    this.wanted = null;
    // What cannot be undone is asked for in the notes, never done by a key at the projector.
    if (!cue || cue.sure) {
      this.refused();
      return;
    }
    this.sent = cue.send.number;
    this.line.send(cue.send);
  }
}

const address = ({ base, id }, screen) => `${base}${screen}/${id}/line`;

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
