/** page.js: what every page offers, story or not: memory on this device, the way out, dialogs, display, printing. */

const visit = new Map(); // a private window may refuse to remember; then only this visit does

const attempted = (work, otherwise = null) => {
  try {
    return work();
  } catch {
    return otherwise;
  }
};

/** Values under `casework:` on this device; the second kind of storage lasts as long as the tab. */
export const device = {
  get: (key, storage = "localStorage") =>
    attempted(() => globalThis[storage].getItem(`casework:${key}`)) ?? visit.get(key) ?? null,
  set(key, value, storage = "localStorage") {
    visit.set(key, value);
    attempted(() => globalThis[storage].setItem(`casework:${key}`, value));
  },
  remove(key, storage = "localStorage") {
    visit.delete(key);
    attempted(() => globalThis[storage].removeItem(`casework:${key}`));
  },
  /** Forget all, or only what belongs to one case. */
  forget(name = "") {
    const isMeant = (key) => key.startsWith("casework:") && key.endsWith(name && `:${name}`);
    visit.clear();
    for (const storage of ["localStorage", "sessionStorage"]) {
      const keys = attempted(() => Object.keys(globalThis[storage]), []);
      for (const key of keys.filter(isMeant)) globalThis[storage].removeItem(key);
    }
  },
};

/** What the server asks back of every form: that it comes from a page of its own. */
export const token = () => document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1] ?? "";

/** Leave: first nothing to see, then a neutral page in place of this one and of its line in the history. */
function leave(link) {
  document.title = link.dataset.exit;
  document.body.hidden = true;
  location.replace(link.href);
}

function press(event, root) {
  const pressed = event.target.closest("[data-exit], [data-open], [data-print], [data-forget]");
  if (!pressed) return;
  const { exit, open, forget } = pressed.dataset;
  if (exit !== undefined) {
    event.preventDefault();
    leave(pressed);
  } else if (open !== undefined) root.querySelector(`[id="${open}"]`)?.showModal();
  else if (forget !== undefined) {
    device.forget();
    location.replace(forget);
  } else print();
}

function unfold(root) {
  for (const folded of root.querySelectorAll("details:not([open])")) {
    folded.open = true;
    folded.dataset.unfolded = "";
  }
}

function fold(root) {
  for (const unfolded of root.querySelectorAll("[data-unfolded]")) {
    unfolded.open = false;
    delete unfolded.dataset.unfolded;
  }
}

/** Make the comforts work for all in `page`, also for what is drawn later; `root` carries the display. */
export function comforts(page, root) {
  let shifts = [];
  root.dataset.theme = device.get("theme") ?? "";
  const show = ({ target }) => {
    if (!target.matches("[data-display]")) return;
    root.dataset.theme = target.value;
    device.set("theme", target.value);
  };
  const count = ({ key, timeStamp }) => {
    shifts = key === "Shift" ? [...shifts, timeStamp].filter((at) => timeStamp - at < 2000) : [];
    if (shifts.length === 3) leave(root.querySelector("[data-exit]"));
  };
  const ears = [
    [page, "click", (event) => press(event, root)],
    [page, "change", show],
    [page, "keyup", count],
    [globalThis, "beforeprint", () => unfold(root)],
    [globalThis, "afterprint", () => fold(root)],
  ];
  for (const [target, kind, ear] of ears) target.addEventListener(kind, ear);
  return () => {
    for (const [target, kind, ear] of ears) target.removeEventListener(kind, ear);
  };
}
