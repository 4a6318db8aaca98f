/**
 * explore.js: a chart of years to explore, for whoever asks for it; only then Vega is fetched. The years are a slider, so
 * that keys, a thumb and a mouse reach each, and what is told of a year stands below it. The drawing above stays.
 *
 * Vega would make code of its expressions; with their tree (`ast`) it walks through them, and our policy allows that.
 */

import { h } from "./parts.js";

const LARGE = 1.6; // on a projector, so that the last row can read it
const { vega } = document.querySelector("script[data-vega]").dataset;

/** The same chart with larger letters, in a window as wide as a projector's. */
function enlarged(specification) {
  if (!matchMedia("(width >= 100rem)").matches) return specification;
  const { height, config } = specification;
  const larger = ([name, value]) => [name, name.toLowerCase().endsWith("fontsize") ? value * LARGE : value];
  const parts = Object.entries(config).map(([name, part]) =>
    [name, typeof part === "object" ? Object.fromEntries(Object.entries(part).map(larger)) : part]);
  return { ...specification, height: height * LARGE, config: Object.fromEntries(parts) };
}

class Explored {
  constructor(el) {
    const { specification, years, words, numbers } = JSON.parse(el.dataset.explore);
    Object.assign(this, { el, specification, years, words, numbers });
    this.opener = h("button", { type: "button", class: "button quiet", "aria-expanded": "false",
      click: () => this.toggle() }, words.explore);
    el.append(this.opener);
    el.hidden = false;
  }

  toggle() {
    const isOpen = this.opener.getAttribute("aria-expanded") === "true";
    this.opener.setAttribute("aria-expanded", String(!isOpen));
    this.opener.textContent = isOpen ? this.words.explore : this.words.close;
    if (!this.shown) this.el.append((this.shown = this.show()));
    this.shown.hidden = isOpen;
    if (!isOpen && !this.view) this.draw();
  }

  show() {
    const last = this.years.length - 1;
    this.canvas = h("div", { class: "explored" }, h("p", { role: "status" }, this.words.wait));
    this.slider = h("input", { type: "range", min: 0, max: last, value: last, input: () => this.go() });
    this.told = h("output", {});
    this.choose = h("label", { class: "years", hidden: true }, h("span", {}, this.words.year), this.slider);
    return h("div", { class: "flow" }, this.canvas, this.choose, this.told);
  }

  async draw() {
    this.view = {}; // a second press, while it is fetched, must not fetch it again
    try {
      const { vegaEmbed } = await import(vega);
      const { view } = await vegaEmbed(this.canvas, enlarged(this.specification), {
        ast: true, actions: false, renderer: "svg", formatLocale: this.numbers,
      });
      this.view = view;
    } catch {
      this.view = null;
      this.canvas.replaceChildren(h("p", { role: "alert" }, this.words.failed));
      return;
    }
    // Each bar speaks through the slider; hundreds of parts would be offered to a reader without a picture.
    this.canvas.setAttribute("aria-hidden", "true");
    this.view.addEventListener("click", (_, item) => this.goTo(item?.datum?.year));
    this.choose.hidden = false;
    this.go();
  }

  goTo(year) {
    const place = this.years.findIndex((one) => one.year === year);
    if (place < 0) return;
    this.slider.value = String(place);
    this.go();
  }

  go() {
    const { year, told } = this.years[Number(this.slider.value)];
    this.slider.setAttribute("aria-valuetext", told);
    this.told.textContent = told;
    this.view.signal("chosen", year).runAsync();
  }
}

/** The page may still be arriving: its end waits for the kernel. */
const end = new Promise((go) => document.addEventListener("DOMContentLoaded", go, { once: true }));
if (document.readyState === "loading") await end;
for (const el of document.querySelectorAll("[data-explore]")) new Explored(el);
