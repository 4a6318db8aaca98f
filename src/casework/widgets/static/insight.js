/**
 * insight.js: what a cohort did, with filters, charts, tables and their files: an anywidget front-end module. It draws
 * `view` and reports what was chosen; it counts nothing. What a tab remembers brings the page back as it was.
 */

import { Hosted } from "./hosted.js";
import { device } from "./page.js";
import { button, h, icon, renew } from "./parts.js";

const KEPT = "insight";
const TALL = 2; // a drawing that is so much higher than wide fits no sheet of paper; its table stands there alone

class Insight extends Hosted {
  start() {
    const leave = this.follow();
    const before = this.isWhole && JSON.parse(device.get(KEPT, "sessionStorage") ?? "null"); // what is drawn first would take its place
    this.frame();
    if (this.isWhole && (before || this.view.lang !== document.documentElement.lang)) this.ask({ ...before, language: document.documentElement.lang });
    return leave;
  }

  ask(message) {
    this.box.toggleAttribute("data-waits", true);
    this.live.textContent = this.words.wait;
    const size = matchMedia("(width < 46rem)").matches ? "narrow" : "broad";
    this.model.send({ kind: "ask", size, ...message });
  }

  // ---- what surrounds the parts; drawn again only when the language changes

  frame() {
    this.live = h("p", { role: "status", class: "meta screen" });
    this.trouble = h("div", { role: "alert" });
    const names = ["head", "choices", "workshops", "notes", "shown"];
    this.parts = Object.fromEntries(names.map((name) => [name, h("div", { class: "flow", "data-part": name })]));
    const { head, choices, workshops, notes, shown } = this.parts;
    this.box = h("div", { class: "insight flow" }, this.trouble, choices, workshops, head, this.live, notes, shown);
    this.el.replaceChildren(this.box);
    this.update();
  }

  update() {
    const { view, parts } = this;
    const otherwise = () => this.box.querySelector("h2");
    this.box.lang = view.lang;
    renew(parts.choices, [view.fields, view.lang], () => this.choices(), otherwise);
    renew(parts.workshops, [view.workshops, view.lang], () => this.workshops(), otherwise);
    renew(parts.head, [view.part, view.parts, view.lang], () => this.head(), otherwise);
    renew(parts.notes, [view.notes, view.lang], () => this.notes(), otherwise);
    renew(parts.shown, [view.findings, view.lang], () => view.findings.map((one) => this.finding(one)), otherwise);
    this.live.textContent = "";
    this.box.toggleAttribute("data-waits", false);
    if (this.isWhole) device.set(KEPT, JSON.stringify(view.remembered), "sessionStorage");
    if (view.is_more) this.ask({ more: true }); // the other cases are counted one by one, so that no wait is long
    else this.box.dataset.ready = "";
  }

  // ---- choosing

  choices() {
    const { words: w, view } = this;
    return view.fields.length > 0 && h("div", { class: "choose", role: "group", "aria-label": w.filter }, view.fields.map((one) => this.pick(one)));
  }

  pick({ name, label, options, value }) {
    const id = `casework-insight-${name}-${this.id}`;
    const change = ({ target }) => this.ask({ [name]: target.value });
    const option = (one) => h("option", { value: one.value, selected: one.value === value }, one.label);
    return h("div", { class: "pick" }, h("label", { for: id }, label),
      h("select", { id, class: "field", name, "data-key": name, autocomplete: "off", change }, options.map(option)));
  }

  workshops() {
    const { words: w, view: { workshops } } = this;
    if (!workshops.length) return [];
    const chosen = () => [...this.parts.workshops.querySelectorAll("input:checked")].map(({ name }) => name);
    const check = ({ value, label, on }) => h("label", { class: "row" },
      h("input", { type: "checkbox", name: value, "data-key": value, checked: on, autocomplete: "off", change: () => this.ask({ sessions: chosen() }) }),
      h("span", {}, label));
    const rows = h("fieldset", {}, h("legend", { class: "hush" }, w.workshops), workshops.map(check));
    return [h("details", { class: "screen", open: workshops.some(({ on }) => on) }, h("summary", {}, w.workshops), h("p", { class: "meta" }, w.workshops_all), rows)];
  }

  head() {
    const { words: w, view } = this;
    const part = ({ value, label }) => h("li", {}, button({
      "data-key": `part-${value}`,
      "aria-current": value === view.part && "true",
      click: () => this.ask({ part: value }),
    }, label));
    return [h("nav", { class: "screen", "aria-label": w.parts }, h("ul", { class: "row tabs" }, view.parts.map(part)))];
  }

  notes() {
    return this.view.notes.map((text) => h("p", { class: "meta" }, text));
  }

  // ---- what is shown

  finding(it) {
    const { words: w } = this;
    const id = `casework-insight-${it.id}-${this.id}`;
    const heading = h("h2", { id, tabindex: "-1" }, it.title);
    const key = ({ tone, word }) => h("li", {}, h("span", { class: "swatch", "data-tone": tone, "aria-hidden": "true" }), word);
    return h("section", { class: "question flow", "aria-labelledby": id }, heading, it.told.map((text) => h("p", {}, text)),
      it.drawings.length > 0 && this.figure(it.drawings.map(drawn), it.legend.map(key)),
      it.caution && h("p", { class: "notice" }, h("span", {}, h("strong", {}, `${w.caution}.`), " ", it.caution)),
      it.rows.length > 0 && this.table(it));
  }

  figure(drawings, legend) {
    const { width, height } = drawings.at(-1).viewBox.baseVal;
    return h("figure", { class: "drawn flow", "data-tall": height > TALL * width },
      legend.length > 0 && h("ul", { class: "row legend", "aria-label": this.words.legend }, legend), drawings);
  }

  table(it) {
    const { words: w } = this;
    const [first, ...others] = it.head;
    const row = ([label, ...cells]) => h("tr", {}, h("th", { scope: "row" }, label), cells.map((text) => h("td", {}, text)));
    const head = h("tr", {}, h("th", { scope: "col" }, first), others.map((text) => h("th", { scope: "col" }, text)));
    return h("details", {}, h("summary", {}, w.table),
      h("div", { class: "scrolls", tabindex: "0", role: "region", "aria-label": `${w.table}: ${it.title}` },
        h("table", {}, h("caption", { class: "hush" }, it.title), h("thead", {}, head), h("tbody", {}, it.rows.map(row)))),
      h("p", { class: "screen" }, button({ "data-key": `csv-${it.id}`, click: () => save(it) }, icon("down"), w.csv)));
  }
}

/** A drawing as the server made it. It is read as a picture of its own: nothing in it can become a part of the page. */
function drawn(text) {
  const read = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  return document.importNode(read, true);
}

/** Give the table out as a file; it is in the page already, so nothing is asked of the server. */
function save({ file, csv }) {
  const address = URL.createObjectURL(new Blob(["\ufeff", csv], { type: "text/csv;charset=utf-8" })); // the mark tells a spreadsheet how letters are written
  h("a", { href: address, download: file }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

export default {
  render: ({ model, el }) => new Insight(model, el).start(),
};
