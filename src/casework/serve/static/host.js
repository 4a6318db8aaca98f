/**
 * host.js: shows the widgets on a page that bring their own modules, and what a notebook shows later. Only pages with
 * such widgets load it. `#casework-hosting` says where modules are served, and what to say if something fails.
 */

import { frames } from "./frames.js";
import { Models } from "./models.js";
import { drawn, print } from "./outputs.js";
import { Views, notice } from "./views.js";

const TARGET = "jupyter.widget"; // other packages have lines of their own
const AT_ONCE = new Set(["display_data", "execute_result", "stream", "clear_output", "error"]);

class Host {
  wire = frames;
  isLeaving = false;
  isTouched = false;

  /** `base` is where the server is; `page` has `kernel`, and hears when the widgets are there: `settled()`. */
  constructor(given, base) {
    Object.assign(this, { given, base });
    this.models = new Models(`${base}${given.modules}`, (content, buffers) => this.post(content, buffers), {
      closed: (model) => this.views.close(model),
      held: (model, cell) => this.held(model, cell),
      inside: (model, el, cell, signal) => this.inside(model, el, cell, signal),
    });
    this.views = new Views(this.models, given.words.failed);
    for (const [id, state] of Object.entries(given.states)) this.models.take(id, { state }, []);
    document.addEventListener("input", () => (this.isTouched = true), true);
    document.addEventListener("securitypolicyviolation", (event) => this.refused(event));
  }

  post(content, buffers = []) {
    return this.page?.kernel.send("comm_msg", content, "shell", { buffers }) ?? "";
  }

  /** Send what waited for the line, and ask what all widgets know by now. */
  opened(page) {
    this.page = page;
    this.say("");
    this.models.resume();
    this.search(document);
  }

  /** Say so at the foot of the page, unless a story on it has words of its own for that. */
  lost({ isAlone }) {
    if (isAlone) this.say(this.given.words.offline);
  }

  say(text) {
    const place = document.querySelector("[data-lost]");
    place.hidden = !text;
    place.firstElementChild.textContent = text;
  }

  /** Whether a kernel with these comms is the one that we know; what it does not have is not waited for. */
  isIn(comms) {
    for (const [id, { reject }] of this.models.awaited) if (!(id in comms)) reject(new Error(`there is no widget ${id}`));
    return !this.models.known.size || [...this.models.known.keys()].some((id) => id in comms);
  }

  heard({ header: { msg_type: type }, parent_header: parent, content, buffers = [] }) {
    const asked = parent.msg_id;
    if (type === "status" && content.execution_state === "idle") this.models.senders.get(asked)?.model.done(asked);
    if (type === "update_display_data") this.renew(content);
    else if (AT_ONCE.has(type)) this.later(type, content, this.place(asked));
    else if (type.startsWith("comm_")) this.told(type, content, buffers, asked);
  }

  told(type, { comm_id: id, target_name: target, data = {} }, buffers, asked) {
    if (type === "comm_open" && target === TARGET) this.models.take(id, data, buffers);
    else if (type === "comm_close") this.models.close(id);
    else if (type !== "comm_msg") return;
    else if (data.method === "custom") this.models.custom(id, data.content, buffers);
    else if (data.method === "update") this.models.take(id, data, buffers);
    else if (data.method === "echo_update") this.models.take(id, data, buffers, asked);
  }

  /** Draw the widgets that have a place in this part of the page. */
  search(part) {
    for (const slot of part.querySelectorAll("[data-model]:not([data-drawn])")) {
      slot.dataset.drawn = "";
      this.fill(slot);
    }
  }

  async fill(slot) {
    try {
      const model = await this.models.named(slot.dataset.model);
      this.page.settled();
      if (!model.isDrawable) this.leave(slot);
      else if (slot.isConnected) this.views.draw(model, slot, slot.closest("[data-cell]"));
    } catch (error) {
      console.error(error);
      slot.replaceChildren(notice(this.given.words.failed, "alert"));
    }
  }

  /** A view as widgets that hold others ask for it of JupyterLab. */
  async held(model, cell) {
    const el = document.createElement("div");
    if (!model.isDrawable) this.leave(el);
    const view = this.views.draw(model, el, cell);
    await view.drawn;
    return { el, model: this.models.offer(model), remove: () => this.views.clear(el) };
  }

  async inside(model, el, cell, signal) {
    const view = this.views.draw(model, el, cell);
    signal.addEventListener("abort", () => view.leave());
    await view.drawn;
  }

  /** Where something that answers this message belongs: with the cell or the widget that it was sent from. */
  place(asked) {
    const cells = [...document.querySelectorAll("[data-cell]")];
    return cells.find((cell) => cell.dataset.cell === asked) ?? this.models.senders.get(asked)?.cell;
  }

  /** What is shown after a click, or by a task that goes on. */
  later(type, content, cell) {
    if (!cell) return;
    if (type === "clear_output" && content.wait) cell.dataset.passing = "";
    else this.renewCell(type, content, cell);
  }

  renewCell(type, content, cell) {
    if (type === "clear_output" || "passing" in cell.dataset) this.empty(cell);
    if (type === "error") cell.append(notice(this.given.words.failed, "alert"));
    else if (type === "stream" && content.name === "stdout") print(cell, content.text);
    else if (content.data) this.add(cell, content);
  }

  empty(cell) {
    delete cell.dataset.passing;
    for (const part of [...cell.children]) this.views.clear(part);
  }

  add(cell, { data, transient = {} }) {
    const shown = drawn(data, transient.display_id);
    if (!shown) return this.leave(cell.appendChild(document.createElement("div")));
    cell.append(shown);
    return this.search(cell);
  }

  renew({ data, transient }) {
    for (const old of document.querySelectorAll(`[data-output="${CSS.escape(transient.display_id)}"]`)) {
      const shown = drawn(data, transient.display_id);
      if (!shown) return this.leave(old);
      old.before(shown);
      this.views.clear(old);
      this.search(shown.parentElement);
    }
    return undefined;
  }

  /** A module was kept from something that the full page allows. What asks another host, is refused there too. */
  refused({ blockedURI: what, sourceFile: by }) {
    if (by?.includes(this.given.modules) && !/^https?:/.test(what)) this.leave();
  }

  /** Go on to the full page: by itself, or where something was typed when the reader wants to. */
  leave(slot) {
    if (this.isLeaving) return;
    this.isLeaving = true;
    if (this.isTouched) this.ask(slot ?? document.querySelector("[data-cell]"));
    else location.replace(this.given.full);
  }

  ask(slot) {
    const { needs, open } = this.given.words;
    const said = notice(`${needs} `, "status");
    said.firstChild.append(Object.assign(document.createElement("a"), { href: this.given.full, textContent: open }));
    slot.append(said);
  }
}

export default Host;
