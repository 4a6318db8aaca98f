/** news.js: what is told of the connection, at the foot of the window: once, and after a while what else helps. */

import { note } from "./parts.js";

const LONG = 15000; // so long without a line before the reader is told what else helps

export class News {
  constructor(el) {
    this.el = el;
  }

  tell(name, loud, text) {
    if (this.told === loud + text) return; // a screen reader reads what is put there aloud, each time
    this.told = loud + text;
    this.el.replaceChildren(note(name, loud, text));
  }

  /** Tell that there is no line. Each try that fails says so again; `more` comes once the first of them is long ago. */
  lost(loud, text, more) {
    this.more = () => this.tell("wifi", loud, `${text} ${more}`);
    this.long ??= setTimeout(() => {
      this.isLong = true;
      this.more();
    }, LONG);
    if (this.isLong) this.more();
    else this.tell("wifi", loud, text);
  }

  hush() {
    clearTimeout(this.long);
    Object.assign(this, { long: null, isLong: false, told: "" });
    this.el.replaceChildren();
  }
}
