/**
 * phone.js: a participant's phone in a workshop. It draws the room's view and this phone's own votes, and reports what
 * is pressed; it decides nothing and holds no sentence, those are in the page. It keeps a random number for this
 * session on this device, and what was pressed until the server has it.
 */

import { ask, closed, consequence, door, ended, gather, invite, question, reveal, roads, scene, screen, sending, sent,
  wait, weigh } from "./handset.js";
import { Outbox } from "./outbox.js";
import { News } from "./news.js";
import { comforts, device } from "./page.js";
import { h, note } from "./parts.js";
import { asking, Replies, rightAnswers } from "./survey.js";
import { Wire } from "./wire.js";

const LETTERS = /[CFHJKLMPRTWXZ]/g; // those that codes are made of
const FULL = 10000; // so long before a full room is asked again, in ms
const SOON = 15; // seconds before the end of a clock at which a phone without a vote warns
const STEP = 1000;

const random = () => btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(16))));
const plain = (typed) => (typed.toUpperCase().match(LETTERS) ?? []).join("");
const clock = (left) => `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;

class Phone {
  view = null; // of the room
  own = {}; // this phone's votes, by round
  drawn = "";
  isChanging = false;
  road = null; // at one's own pace: where this phone is
  read = 0; // and up to which decision it has read

  constructor(page) {
    Object.assign(this, { page, w: page.words, main: document.getElementById("casework-room") });
    this.news = new News(document.getElementById("casework-news"));
    this.live = document.getElementById("casework-say");
    this.notes = h("div", { class: "flow", role: "status" });
    this.clock = h("div", { class: "flow" });
    this.body = h("div");
    this.replies = new Replies((name) => this.key(name));
    this.acts = {
      vote: (choice, sure) => this.vote(choice, sure),
      change: () => this.turn(true),
      keep: () => this.turn(false),
      begin: () => this.begin(),
      choose: (choice) => this.choose(choice),
      next: () => this.goOn(),
      handIn: (text, help) => this.handIn(text, help),
      weigh: (bottleneck, weight) => this.weigh(bottleneck, weight),
      draft: (turn, answers) => this.replies.choose(turn, answers),
      reply: (turn, answers) => this.reply(turn, answers),
    };
  }

  key(name) {
    return `${name}:${this.page.code}`;
  }

  start() {
    const { code } = this.page;
    if (!code) return this.main.querySelector("form")?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.enter(this.main.querySelector("#casework-code").value);
    });
    // In the storage that all tabs share: two tabs of a phone are one voter.
    if (!device.get(this.key("seat"))) device.set(this.key("seat"), random());
    this.outbox = new Outbox(this.key("out"), (message) => this.isIn && this.wire.send(message));
    this.wire = new Wire(`${this.page.base}room/${code}/line`, {
      open: () => this.knock(),
      message: (message) => this[`hear_${message.kind}`]?.(message),
      lost: () => this.lost(),
    });
    setInterval(() => this.tick(), STEP);
    // Another tab of this phone has answered: here is nothing left to ask.
    addEventListener("storage", () => this.update());
  }

  /** Go to the page of a code: by an address, so that a reload is still in the room. */
  enter(typed) {
    const { base, language } = this.page;
    if (plain(typed)) location.replace(`${base}join/${plain(typed)}/${language}`);
  }

  // ---- what the line tells

  knock() {
    this.isIn = false;
    this.wire.send({ kind: "join", token: device.get(this.key("seat")) });
  }

  lost() {
    this.isIn = false;
    const text = this.outbox.get("vote") ? this.w.offline_vote : this.w.offline_more;
    this.news.lost(this.w.offline, text, this.w.offline_long);
  }

  hear_trouble() {
    this.news.tell("time", "", this.w.trouble);
  }

  hear_door({ notice, wait: seconds, language }) {
    const { base, code } = this.page;
    if (language && language !== this.page.language) return location.replace(`${base}join/${code}/${language}`);
    this.news.hush();
    this.wire.end();
    if (notice === "ended") device.remove(this.key("seat"));
    const waits = { slow: seconds * 1000, full: FULL }[notice];
    const left = h("p", { class: "meta" });
    const isShut = notice === "slow" || notice === "full";
    const again = h("p", {}, h("a", { class: "button", href: "" }, this.w.again));
    const typed = notice === "unknown" ? this.page.code : "";
    const more = isShut ? [notice === "slow" && left, again] : [ask(this.w, (code) => this.enter(code), typed)];
    this.show(...door(this.w, notice, more, notice === "ended" && this.lines()));
    if (waits) setTimeout(() => location.reload(), waits);
    if (notice === "slow") left.textContent = `${this.w.slow_left} ${seconds}`;
  }

  hear_view({ view, own, left }) {
    const { base, code, language } = this.page;
    if (view.language !== language) return location.replace(`${base}join/${code}/${view.language}`);
    const isNew = !this.isIn;
    this.news.hush();
    if (this.view?.phase !== view.phase || this.view?.round !== view.round) {
      this.isChanging = false;
      // What was told about the screen before has been read by now.
      if (this.view && !isNew) this.told = "";
    }
    Object.assign(this, { view, own, isIn: true });
    this.ends = left === null ? null : performance.now() + left * 1000;
    if (this.asked && this.asked !== view.survey?.turn) this.close(this.asked);
    this.asked = view.survey?.turn;
    if (view.phase === "ended") {
      device.remove(this.key("seat"));
      this.replies.forget();
    }
    if (isNew) this.outbox.flush();
    if (view.phase !== "alone") this.leaveRoad();
    else if (isNew && device.get(this.key("alone"), "sessionStorage")) this.begin();
    this.update();
  }

  hear_taken(answer) {
    if (answer.notice === "unsaved") this.news.tell("time", "", this.w.trouble);
    const message = this.outbox.taken(answer);
    if (answer.own) this.own = answer.own;
    if (answer.alone) this.walk(answer);
    if (!message) return;
    this.news.hush();
    this[{ vote: "voted", time: "timed", "hand-in": "handed", weigh: "weighed", reply: "replied" }[message.kind]]?.(answer, message);
    this.update();
  }

  // ---- what is pressed

  vote(choice, sure) {
    const { round } = this.view;
    this.isChanging = false;
    this.told = "";
    this.outbox.put({ kind: "vote", round, number: (this.own[round]?.number ?? 0) + 1, choice, sure });
    this.update();
  }

  voted({ notice }) {
    const text = { "": this.w.voted, late: this.w.late, elsewhere: this.w.elsewhere }[notice];
    // What stands on the screen says itself.
    if (notice) this.told = text;
    else this.say(text);
  }

  turn(isChanging) {
    this.isChanging = isChanging;
    this.update();
  }

  wish() {
    this.outbox.put({ kind: "time", round: this.view.round });
  }

  timed() {
    this.wished = this.view.round;
    this.tick();
    this.say(this.w.more_time_sent);
  }

  begin() {
    device.set(this.key("alone"), "yes", "sessionStorage");
    this.outbox.put({ kind: "alone" });
  }

  choose(choice) {
    this.told = "";
    this.outbox.put({ kind: "choose", choice, number: this.road.number + 1 });
    this.update();
  }

  walk({ alone: road, notice }) {
    const isFirst = !this.road;
    if (notice === "refused") this.told = this.w.alone_refused;
    this.road = road;
    if (isFirst) this.read = road.number;
    this.update();
  }

  goOn() {
    this.read = this.road.number;
    this.update();
  }

  leaveRoad() {
    device.remove(this.key("alone"), "sessionStorage");
    this.road = null;
  }

  /** A number that no tab of this phone has used: two of one number would be one message to the server. */
  next() {
    const number = Number(device.get(this.key("count")) ?? 0) + 1;
    device.set(this.key("count"), String(number));
    return number;
  }

  handIn(text, help) {
    if (text) this.outbox.put({ kind: "hand-in", number: this.next(), text, help });
    else this.report?.(this.w.hand_in_wrong, false);
  }

  handed({ notice }) {
    const text = { "": this.w.hand_in_done, late: this.w.hand_in_late, wrong: this.w.hand_in_wrong }[notice];
    if (text) this.report?.(text, !notice);
  }

  get weights() {
    return JSON.parse(device.get(this.key("weights"), "sessionStorage") ?? "{}");
  }

  weigh(bottleneck, weight) {
    device.set(this.key("weights"), JSON.stringify({ ...this.weights, [bottleneck]: weight }), "sessionStorage");
    this.outbox.put({ kind: "weigh", bottleneck, number: this.next(), weight });
  }

  weighed({ notice }) {
    this.say(notice ? this.w.weigh_late : this.w.weighed);
  }

  reply(turn, answers) {
    this.told = "";
    this.outbox.put({ kind: "reply", number: turn, answers });
    this.update();
  }

  replied({ notice, answers }, { number: turn }) {
    this.told = { elsewhere: this.w.survey_elsewhere, late: this.w.survey_late, wrong: this.w.survey_late }[notice] ?? "";
    this.replies.settle(turn, answers);
  }

  /** The questions have closed: what was chosen and not sent is told of, and forgotten. */
  close(turn) {
    if (this.replies.draft(turn) && !this.outbox.get("reply")) this.told = this.w.survey_over;
    this.replies.settle(turn);
  }

  // ---- what is shown

  /** Which screen is in front, what it hangs on, and how it is drawn; that happens again only when those change. */
  screen() {
    const { w, view, own, acts } = this;
    const under = this.outbox.get("vote");
    const isBusy = Boolean(this.outbox.get("choose"));
    const { road, replies } = this;
    if (view.survey) return asking(w, view, replies, this.outbox.get("reply"), acts);
    switch (view.phase) {
      case "vote":
        if (under?.round === view.round) return ["sending", under, () => sending(w, view, under)];
        if (own[view.round] && !this.isChanging) return ["sent", own, () => sent(w, view, own[view.round], acts)];
        return ["question", own, () => question(w, view, own, acts, this.isChanging)];
      case "votes":
      case "rules":
        return ["reveal", [own, view.result, view.said], () => reveal(w, view, own)];
      case "closed":
      case "talk":
        return ["closed", own, () => closed(w, view, own)];
      case "alone":
        if (!road) return ["invite", null, () => invite(w, view, acts)];
        if (this.read < road.number && road.consequence)
          return ["consequence", road, () => consequence(w, view, road, acts)];
        return ["scene", [road, isBusy], () => scene(w, view, road, acts, isBusy)];
      case "compare":
        return ["roads", view.roads, () => roads(w, view)];
      case "gather":
        return ["gather", null, () => gather(w, view, acts)];
      case "weigh":
        return ["weigh", view.bottlenecks, () => weigh(w, view, this.weights, acts)];
      case "answers":
        return ["answers", replies.all, () => screen(view, rightAnswers(w, view, replies.all))];
      case "ended":
        return ["ended", null, () => ended(w, view, this.lines(), view.answers && h("details", {},
          h("summary", {}, w.survey_answers), rightAnswers(w, view, replies.all)))];
      default:
        return ["wait", null, () => wait(w, view)];
    }
  }

  lines() {
    return document.querySelector("dialog .lines").cloneNode(true);
  }

  update() {
    const { view } = this;
    if (!view) return;
    const [mode, hangs, draw] = this.screen();
    const drawn = JSON.stringify([mode, view.phase, view.scene, view.round, view.turn, hangs]);
    this.renew(this.notes, [...view.notes, this.told].filter(Boolean), (text) => note("info", "", text));
    if (drawn !== this.drawn) this.draw(drawn, draw);
    this.tick();
  }

  draw(drawn, draw) {
    this.drawn = drawn;
    const [heading, part, report] = draw();
    this.report = report;
    this.show(heading, part);
  }

  show(heading, part) {
    const isFirst = !this.body.isConnected;
    this.body.replaceChildren(part);
    if (isFirst) this.main.replaceChildren(this.notes, this.clock, this.body);
    if (isFirst && document.activeElement === document.body) return;
    heading.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  renew(part, texts, draw) {
    const shown = JSON.stringify(texts);
    if (part.shown === shown) return;
    part.shown = shown;
    part.replaceChildren(...texts.map(draw));
  }

  /** The clock, also for who plays alone and looks at no other screen; a warning to who has not voted. It closes nothing. */
  tick() {
    const { w, view } = this;
    const left = view && this.ends !== null ? Math.max(0, Math.round((this.ends - performance.now()) / 1000)) : null;
    const isOpen = view?.phase === "vote" && left !== null;
    const isShown = left !== null && (isOpen || view.phase === "alone");
    const isLate = isOpen && left <= SOON && !this.own[view.round] && !this.outbox.get("vote");
    const state = isShown ? `${view.phase}|${view.round}|${isLate}|${this.wished === view.round}` : "";
    if (this.clock.shown !== state) {
      this.clock.shown = state;
      this.time = h("span");
      const wish = this.wished === view?.round
        ? h("p", { class: "meta" }, w.more_time_sent)
        : h("p", {}, h("button", { type: "button", class: "button quiet", click: () => this.wish() }, w.more_time));
      const timer = h("p", { class: "meta", role: "timer" }, `${w.clock} `, this.time);
      this.clock.replaceChildren(...(isShown ? [timer, isLate && note("time", "", w.closing), isOpen && wish].filter(Boolean) : []));
      if (isLate) this.say(w.closing);
    }
    if (isShown) this.time.textContent = clock(left);
  }

  /** Say what sight would notice elsewhere; cleared first, so that the same words are said again. */
  say(text) {
    this.live.textContent = "";
    clearTimeout(this.saying);
    if (text) this.saying = setTimeout(() => (this.live.textContent = text), 150);
  }
}

comforts(document, document.documentElement);
for (const select of document.querySelectorAll("[data-display]")) select.value = device.get("theme") ?? "";
new Phone(JSON.parse(document.getElementById("casework-page").textContent)).start();

export default Phone;
