/**
 * player.js: the trainee's screen, an anywidget front-end module. It draws `view` and reports what is pressed; it
 * decides nothing and holds no sentence, those are in `words`. What it keeps is presentation: which screen is in front.
 * A notebook gets this file and the ones it imports joined into one text (see `widgets/player.py`).
 */

import { debrief } from "./debrief.js";
import { Noticing } from "./notice.js";
import { comforts, device } from "./page.js";
import { bar, consequence, cover, fact, facts, foot, h, help } from "./parts.js";
import { named, note, notebook, section, steps, sure } from "./parts.js";
import { Post } from "./post.js";
import { Wondering } from "./whatif.js";

let players = 0;

class Player {
  drawn = ""; // what is in front: language, number, scene and phase
  language = "";

  constructor(model, el) {
    Object.assign(this, { model, el, id: ++players });
    // Or one output among others in a notebook, or a guest in another screen of ours.
    this.isWhole = !model.isGuest && document.documentElement.classList.contains("casework");
    this.root = this.isWhole ? document.documentElement : el;
    this.page = this.isWhole ? document : el;
    this.post = new Post(model, (news) => this[news](), !this.isWhole);
    if (this.isWhole) return;
    el.classList.add("casework");
    el.dataset.lmSuppressShortcuts = "true"; // or JupyterLab takes the number keys
  }

  get view() {
    return this.model.get("view");
  }

  get words() {
    return this.model.get("words");
  }

  start() {
    const changed = () => this.opened();
    const pressed = (event) => this.press(event);
    const leave = this.isWhole ? () => {} : comforts(this.page, this.root); // a whole page has them before any view
    const changes = ["change:view", "change:words"];
    for (const change of changes) this.model.on(change, changed);
    this.page.addEventListener("keydown", pressed);
    this.post.recall();
    this.post.open();
    if (!device.get(this.post.key("attempt"))) this.update();
    return () => {
      leave();
      this.post.stop();
      clearTimeout(this.saying);
      for (const change of changes) this.model.off(change, changed);
      this.page.removeEventListener("keydown", pressed);
    };
  }

  // ---- what the post tells

  opened() {
    const isAfresh = this.post.receive();
    if (isAfresh) this.readUpTo(0);
    this.update();
  }

  /** A choice is under way. The pressed button stays in the tab order, or focus would fall to the top of the page. */
  choice() {
    const { choice } = this.post.asked("choose") ?? {};
    if (!choice) return;
    this.el.querySelector(".choices")?.setAttribute("aria-busy", "true");
    for (const drawn of this.el.querySelectorAll(".choice")) {
      if (drawn.dataset.choice === choice) drawn.setAttribute("aria-disabled", "true");
      else drawn.disabled = true;
    }
  }

  rest() {
    this.polite?.replaceChildren();
    this.el.querySelector(".choices")?.removeAttribute("aria-busy");
    for (const drawn of this.el.querySelectorAll(".choice")) {
      drawn.disabled = false;
      drawn.removeAttribute("aria-disabled");
    }
  }

  slow() {
    if (!this.polite || this.polite.hasChildNodes() || this.alert.hasChildNodes()) return;
    this.polite.append(note("time", this.words.slow, this.words.slow_more));
  }

  offline() {
    this.polite?.replaceChildren();
    const { offline, offline_more: more } = this.words;
    if (this.alert && !this.alert.hasChildNodes()) this.alert.append(note("wifi", offline, more));
  }

  online() {
    this.alert?.replaceChildren();
  }

  // ---- which screen is in front

  readUpTo(number) {
    device.set(this.post.key("read"), String(number));
  }

  phase() {
    const { number, consequence: has, debrief: ended, is_away: isAway } = this.view;
    const stored = device.get(this.post.key("read"));
    if (stored === null && number === 0) return "cover";
    const read = stored === null ? number : Math.min(Number(stored), number);
    if (stored !== String(read) && !isAway) this.readUpTo(read);
    if (read < number && has) return "card";
    return ended ? "debrief" : "scene";
  }

  update() {
    const { view } = this;
    const reading = !this.drawn && this.el.querySelector("dialog[open]");
    if (reading) {
      reading.addEventListener("close", () => this.update(), { once: true });
      return;
    }
    const phase = this.phase();
    const drawn = [view.language, view.number, view.scene.id, phase].join("|");
    if (view.language !== this.language) this.frame();
    if (drawn !== this.drawn) this.draw(phase, drawn);
    this.refresh();
  }

  draw(phase, drawn) {
    const isFirst = !this.drawn;
    const heading = this[phase]();
    this.drawn = drawn;
    const { title } = phase === "cover" ? this.view.case : this.view.scene;
    if (this.isWhole) document.title = `${title} · casework`;
    if (phase !== "cover" && !this.view.is_away) device.set(this.post.key("place"), title);
    device.set(this.post.key("language"), this.view.language);
    this.choice();
    if (!isFirst) this.arrive(heading);
  }

  /** Focus the newest heading: a scene from the top of the page, a consequence from the top of its card. */
  arrive(heading) {
    heading.focus({ preventScroll: true });
    if (heading.matches("h2")) heading.closest("section").scrollIntoView();
    else if (this.isWhole) scrollTo(0, 0);
    else this.el.scrollIntoView();
  }

  // ---- what surrounds every screen; drawn again only when the language changes

  frame() {
    const { words: w, view, el } = this;
    const held = [".exit", ".brand", ".bar .button"].find((part) => document.activeElement?.matches(part));
    this.ids = { help: `casework-help-${this.id}`, again: `casework-again-${this.id}` };
    this.language = view.language;
    this.live = h("p", { role: "status", class: "hush" });
    this.alert = h("div", { role: "alert" });
    this.polite = h("div", { role: "status" });
    this.told = h("div", { class: "told" });
    this.body = h("div");
    this.side = this.aside();
    const skip = h("a", { class: "skip", href: "#casework-story" }, w.skip);
    const news = h("div", { class: "news wrap" }, this.alert, this.polite);
    const dialogs = [help(w, this.ids.help), sure(w, this.ids.again, () => this.again())];
    const [playing, feet] = foot(w, `casework-display-${this.id}`, this.ids.again);
    this.playing = playing;
    const screen = [bar(w, view, this.ids.help), this.live, this.body, news, feet, ...dialogs];
    el.replaceChildren(...(this.isWhole ? [skip, ...screen] : screen));
    this.root.lang = view.language;
    this.root.removeAttribute("data-returns");
    if (held) el.querySelector(held).focus();
  }

  aside() {
    const { words: w } = this;
    this.tracker = h("div", { class: "tracker" });
    this.about = h("details", {}, h("summary", {}, w.steps_about), h("p", {}, w.steps_free));
    this.count = h("span", { class: "tag end" });
    this.notes = h("div", { class: "flow" });
    const title = h("h2", {}, w.notebook);
    const open = matchMedia("(width >= 60rem)").matches;
    const kept = h("details", { class: "card", open }, h("summary", {}, title, this.count), this.notes);
    const given = { class: "side", "aria-label": w.side };
    return h("aside", given, this.tracker, this.about, h("section", { "aria-labelledby": named(title) }, kept));
  }

  again() {
    const { attempt } = this.view;
    this.post.ask({ kind: "again" }, (view) => view.number === 0 && (!view.attempt || view.attempt !== attempt));
  }

  // ---- the screens; each returns the heading that takes focus

  main(given, ...children) {
    const id = this.isWhole && "casework-story"; // where the skip link leads
    return h(this.isWhole ? "main" : "div", { id, tabindex: "-1", ...given }, this.told, children);
  }

  cover() {
    const [heading, drawn] = cover(this.words, this.view, () => this.goOn());
    this.body.replaceChildren(this.main({ class: "wrap page" }, drawn));
    return heading;
  }

  goOn() {
    this.readUpTo(this.view.number);
    this.update();
  }

  scene() {
    const { scene } = this.view;
    const { picture } = scene;
    const heading = h("h1", { tabindex: "-1" }, scene.title);
    this.facts = h("div");
    const reports = { keep: (id) => this.keep(id), help: (on) => this.ease(on) };
    this.noticing = new Noticing(this.words, scene.story, reports);
    this.choices = scene.choices.length > 0 && this.choose(scene.choices);
    const article = h("article", { class: "flow", "aria-labelledby": named(heading) },
      h("header", {}, scene.place && h("p", { class: "eyebrow" }, scene.place), heading,
        scene.exercise && h("p", { class: "tag" }, scene.exercise)),
      picture && h("figure", { class: "picture" }, h("img", { src: picture.src, alt: picture.alt })),
      this.noticing.story, this.noticing.tools, this.facts);
    this.beside(article, this.choices);
    return heading;
  }

  choose(choices) {
    const choice = ({ id, text }, at) => {
      const given = { type: "button", class: "choice", "data-choice": id, click: () => this.post.choose(id) };
      return h("li", {}, h("button", given, h("kbd", {}, at + 1), h("span", {}, text)));
    };
    return section(h("h2", {}, this.words.choose), h("ol", { class: "choices" }, choices.map(choice)));
  }

  /** The card takes the place of the choices; the scene above it stays. After a reload there is no scene to stay. */
  card() {
    const { view, words } = this;
    const [heading, drawn] = consequence(words, view.consequence, () => this.goOn());
    if (this.choices?.isConnected) this.choices.replaceWith(drawn);
    else this.beside(h("h1", { class: "hush" }, view.case.title), drawn);
    this.say(view.consequence.announce);
    return heading;
  }

  debrief() {
    const { options } = this.view.debrief;
    const from = (number) => this.post.playFrom(number);
    this.wondering = new Wondering(this.words, options, { ask: (...asked) => this.wonder(...asked), from });
    const whatif = options.length > 0 && this.wondering.section;
    const [heading, ...drawn] = debrief(this.words, this.view, { again: this.ids.again, from, whatif });
    this.body.replaceChildren(this.main({ class: "wrap page sections" }, drawn));
    return heading;
  }

  wonder(number, choice) {
    this.post.wonder(number, choice);
    this.refresh();
  }

  beside(...drawn) {
    const main = this.main({ class: "flow" }, drawn);
    this.body.replaceChildren(h("div", { class: "wrap page with-side" }, main, this.side));
  }

  // ---- what may change while a screen stays

  get kept() {
    return this.post.asked("keep")?.sentences ?? this.view.notebook.kept.map(({ id }) => id);
  }

  keep(id) {
    const before = this.kept;
    const sentences = before.includes(id) ? before.filter((one) => one !== id) : [...before, id];
    const isSame = (kept) => kept.length === sentences.length && kept.every((one) => sentences.includes(one.id));
    this.post.ask({ kind: "keep", sentences }, (view) => isSame(view.notebook.kept));
    this.refresh();
  }

  ease(on) {
    this.post.ask({ kind: "help", on }, (view) => view.help === on);
    this.refresh();
  }

  refresh() {
    const { words: w, view } = this;
    this.renew(this.told, view.notice, () => this.tell());
    this.renew(this.tracker, [view.steps, view.steps_note], () => (view.steps.length ? [steps(w, view)] : []));
    this.renew(this.notes, view.notebook, () => notebook(w, view));
    this.about.hidden = !view.steps.length;
    for (const control of this.playing) control.hidden = this.drawn.endsWith("|cover");
    this.count.textContent = view.notebook.label;
    this.noticing?.show(this.kept, this.post.asked("help")?.on ?? view.help);
    if (this.drawn.endsWith("|debrief")) this.ponder();
    // Behind a card the view already holds the next scene, whose facts may not appear under the one before.
    if (!this.drawn.endsWith("|scene")) return;
    this.renew(this.facts, [view.help, view.scene.facts], () => (view.help ? [this.known()] : []));
  }

  ponder() {
    const { whatif } = this.view;
    if (this.wondering.show(whatif, this.post.asked("what-if"))) this.say(whatif.announce);
  }

  known() {
    const { facts: texts } = this.view.scene;
    const { facts: title, facts_none: none } = this.words;
    const rows = texts.map((text) => fact("eye", null, text));
    return section(h("h2", {}, title), rows.length ? facts(rows) : h("p", {}, none));
  }

  tell() {
    this.say(this.view.notice);
    return [note("info", "", this.view.notice)];
  }

  /** Draw a part again only if what it shows has changed: a reader's cursor may stand in it. */
  renew(part, shown, draw) {
    const text = JSON.stringify(shown);
    if (part.shown === text) return;
    part.shown = text;
    part.replaceChildren(...(shown ? draw() : []));
  }

  /** Say what sight would notice elsewhere; cleared first, so that the same words are said again. */
  say(text) {
    this.live.textContent = "";
    clearTimeout(this.saying);
    if (text) this.saying = setTimeout(() => (this.live.textContent = text), 150);
  }

  press({ key, target, ctrlKey, metaKey, altKey, repeat }) {
    const isElsewhere = target.closest("input, select, textarea, dialog") || this.el.querySelector("dialog[open]");
    if (ctrlKey || metaKey || altKey || repeat || isElsewhere || device.get("keys") === "off") return;
    if (/^[1-9]$/.test(key)) this.el.querySelectorAll(".choice")[key - 1]?.click();
  }
}

export default {
  render({ model, el }) {
    return new Player(model, el).start();
  },
};
