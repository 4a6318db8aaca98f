/** status.js: new figures in place of the old, every few seconds, as long as somebody looks. */

import { comforts, device } from "./page.js";

const EVERY = 5000;
const LONGEST = 15000; // a server that says nothing for so long is told as lost

const button = document.querySelector("[data-pause]");
const lost = document.querySelector("[data-lost]");
let isPaused = false;

/** Return the page as the server draws it now. */
async function ask() {
  const answer = await fetch(location.href, { signal: AbortSignal.timeout(LONGEST), cache: "no-store" });
  // The cookie has ended, or the server has another token: its own page says so, and what to do.
  if (answer.status === 403) location.reload();
  if (!answer.ok) throw new Error(`${answer.status}`);
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-live]");
}

async function renew() {
  if (isPaused || document.hidden) return;
  try {
    const fresh = await ask();
    if (fresh && !isPaused) document.querySelector("[data-live]").replaceWith(fresh);
    lost.textContent = "";
  } catch {
    // Said once and not each time: a screen reader reads every change aloud.
    if (lost.textContent !== lost.dataset.lost) lost.textContent = lost.dataset.lost;
  }
}

/** Renew, and again a while after the answer: a slow server must not get more and more questions. */
async function go() {
  await renew();
  setTimeout(go, EVERY);
}

comforts(document, document.documentElement);
for (const select of document.querySelectorAll("[data-display]")) select.value = device.get("theme") ?? "";
button.hidden = false;
button.addEventListener("click", () => {
  isPaused = !isPaused;
  button.textContent = isPaused ? button.dataset.goOn : button.dataset.pause;
  if (!isPaused) renew();
});
document.addEventListener("visibilitychange", renew);
setTimeout(go, EVERY);
