/** map.js: the drawing of a case that can be walked with the keyboard, and the same as a table. */

import { button, h, meta, named } from "./parts.js";

const STEP = 1.25;
const LEAST = 0.4;
const MOST = 2;
const FITTING = 0.85; // the least at first: a box is then as large as a thumb

export class Chart {
  zoom = 1;

  /** `hands` has `go(scene)`, a button that plays from there, and perhaps `jump(title)`, one that goes to the cell. */
  constructor(w, { svg, rows }, hands) {
    Object.assign(this, { w, rows, hands });
    // A drawing of our own server, with every text escaped; a parser makes elements of it and runs nothing.
    const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
    this.svg = document.importNode(parsed.documentElement, true);
    this.size = { width: Number(this.svg.getAttribute("width")), height: Number(this.svg.getAttribute("height")) };
    this.frame = h("div", { class: "chart", role: "region", "aria-label": w.map_scroll, tabindex: "0" }, this.svg);
    this.panel = h("div");
    const zoom = (by) => () => this.resize(this.zoom * by);
    this.element = h("div", { class: "flow" },
      h("p", { class: "row" }, button({ click: zoom(STEP) }, w.larger), button({ click: zoom(1 / STEP) }, w.smaller)),
      this.frame, this.panel, h("details", {}, h("summary", {}, w.as_table), this.table()));
    this.listen();
  }

  listen() {
    const scene = (event) => event.target.closest(".scene");
    this.frame.addEventListener("click", (event) => {
      if (!scene(event)) return;
      event.preventDefault();
      this.show(scene(event).dataset.scene);
    });
    this.frame.addEventListener("keydown", (event) => scene(event) && this.press(event, scene(event)));
    this.frame.addEventListener("focusin", (event) => scene(event) && this.light(scene(event).dataset.scene));
    this.frame.addEventListener("scroll", () => this.hold(), { passive: true });
    // Once it has a place: as large as fits, but never so small that it cannot be read.
    new ResizeObserver((_, observer) => {
      if (!this.frame.clientWidth) return;
      observer.disconnect();
      this.resize(Math.min(Math.max(this.frame.clientWidth / this.size.width, FITTING), 1));
    }).observe(this.frame);
  }

  resize(zoom) {
    this.zoom = Math.min(Math.max(zoom, LEAST), MOST);
    for (const [side, size] of Object.entries(this.size)) this.svg.setAttribute(side, Math.round(size * this.zoom));
    this.hold();
  }

  /** The names of the steps stay in sight while the map scrolls sideways. */
  hold() {
    const left = this.frame.scrollLeft / this.zoom;
    this.svg.querySelector(".step-names")?.setAttribute("transform", `translate(${left} 0)`);
  }

  scenes() {
    return [...this.svg.querySelectorAll(".scene")];
  }

  find(id) {
    return this.scenes().find(({ dataset }) => dataset.scene === id);
  }

  light(id) {
    for (const way of this.svg.querySelectorAll(".way")) way.classList.toggle("lit", way.dataset.from === id);
  }

  /** Right and left follow the lines, up and down go within a column; Enter and the mouse open the scene. */
  press(event, scene) {
    const { scene: id, column } = scene.dataset;
    const ways = [...this.svg.querySelectorAll(".way")].map(({ dataset }) => dataset);
    const beside = this.scenes().filter(({ dataset }) => dataset.column === column);
    const at = beside.indexOf(scene);
    const next = {
      ArrowRight: () => this.find(ways.find(({ from, to }) => from === id && to && to !== id)?.to),
      ArrowLeft: () => this.find(ways.find(({ from, to }) => to === id && from !== id)?.from),
      ArrowDown: () => beside[at + 1],
      ArrowUp: () => beside[at - 1],
    }[event.key];
    if (!next) return;
    event.preventDefault();
    next()?.focus();
  }

  show(id) {
    const { w, hands } = this;
    const row = this.rows.find(({ scene }) => scene === id);
    for (const scene of this.scenes()) scene.toggleAttribute("aria-current", scene.dataset.scene === id);
    this.svg.querySelector("[aria-current]")?.setAttribute("aria-current", "true");
    this.light(id);
    const heading = h("h4", { tabindex: "-1" }, row.title);
    const close = button({ click: () => this.close(id) }, w.close);
    this.panel.replaceChildren(h("section", { class: "card flow", "aria-labelledby": named(heading) }, heading,
      meta(`${w.cell} ${row.cell} · ${row.step}${row.remarks && ` · ${row.remarks}`}`),
      row.choices.length > 0 && h("ol", { class: "ways" }, row.choices.map((choice) => this.choice(choice))),
      h("p", { class: "row" }, row.can_play && hands.go(id), hands.jump && hands.jump(row.title), close)));
    heading.focus({ preventScroll: true });
    this.panel.scrollIntoView({ block: "nearest" });
  }

  close(id) {
    this.panel.replaceChildren();
    this.find(id)?.removeAttribute("aria-current");
    this.find(id)?.focus();
  }

  choice({ text, to, title, wanted }) {
    const { w } = this;
    const place = to
      ? h("button", { type: "button", class: "link", click: () => this.show(to) }, title)
      : h("strong", { "data-is": "broken" }, `${w.nowhere} (${wanted})`);
    return h("li", {}, text, h("br"), h("span", { class: "meta" }, w.leads_to, " "), place);
  }

  table() {
    const { w } = this;
    const way = ({ text, title, wanted }) => h("li", {}, text, h("br"),
      h("span", { class: "meta" }, `${w.leads_to} ${title || `${w.nowhere} (${wanted})`}`));
    const row = ({ cell, title, step, choices, remarks }) => h("tr", {},
      h("th", { scope: "row" }, title),
      h("td", { "data-label": w.cell }, cell), h("td", { "data-label": w.step }, step),
      h("td", { "data-label": w.choices }, choices.length > 0 && h("ol", { class: "ways" }, choices.map(way))),
      h("td", { "data-label": w.remarks }, remarks || "–"));
    return h("table", { class: "rows" },
      h("thead", {}, h("tr", {}, [w.scene, w.cell, w.step, w.choices, w.remarks].map((head) =>
        h("th", { scope: "col" }, head)))),
      h("tbody", {}, this.rows.map(row)));
  }
}
