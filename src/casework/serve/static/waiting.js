/** waiting.js: asks every few seconds whether a seat is free, and goes in when it is one's turn. */

import { comforts, device } from "./page.js";

const EVERY = 3000;

async function ask(main) {
  const away = document.querySelector("[data-away]");
  try {
    const answer = await fetch(main.dataset.seat, { cache: "no-store", signal: AbortSignal.timeout(5000) });
    const { ahead, text } = await answer.json();
    away.hidden = true;
    // Null: nobody asked for a while, as on a phone that slept; at the door there is a new place.
    if (ahead === 0 || ahead === null) return location.replace(ahead === 0 ? main.dataset.case : location.href);
    const place = document.querySelector("[data-place]");
    if (place.textContent !== text) place.textContent = text; // said aloud only when it changes
  } catch {
    away.hidden = false;
  }
  return setTimeout(ask, EVERY * (0.8 + 0.4 * Math.random()), main);
}

comforts(document, document.documentElement);
for (const select of document.querySelectorAll("[data-display]")) select.value = device.get("theme") ?? "";
setTimeout(ask, EVERY, document.querySelector("main"));
