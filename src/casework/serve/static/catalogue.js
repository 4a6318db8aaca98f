/** catalogue.js: "continue where you were", from what this device remembers of the cases on the page. */

import { comforts, device } from "./page.js";

/** Show what was begun, and let its button say so. Cases carry `data-case`; the list to fill carries `data-resume`. */
function resume(section) {
  const rows = [...section.querySelectorAll("[data-place]")];
  const begun = rows.filter(({ dataset: { place, language } }) =>
    device.get(`attempt:${place}`) && device.get(`read:${place}`) && device.get(`language:${place}`) === language);
  for (const row of rows) {
    row.hidden = !begun.includes(row);
    row.querySelector("[data-scene]").textContent = device.get(`place:${row.dataset.place}`) ?? "";
    row.querySelector("[data-at]").hidden = !device.get(`place:${row.dataset.place}`);
  }
  section.hidden = !begun.length;
  for (const link of document.querySelectorAll("[data-begin]")) {
    const isBegun = begun.some(({ dataset }) => dataset.place === link.dataset.begin);
    link.textContent = isBegun ? link.dataset.resumeText : link.dataset.beginText;
    link.setAttribute("aria-label", isBegun ? link.dataset.resumeLabel : link.dataset.beginLabel);
  }
}

comforts(document, document.documentElement);
for (const select of document.querySelectorAll("[data-display]")) select.value = device.get("theme") ?? "";
const section = document.querySelector("[data-resume]");
if (section) {
  resume(section);
  section.addEventListener("click", ({ target }) => {
    const forget = target.closest("[data-forget-case]");
    if (!forget) return;
    device.forget(forget.dataset.forgetCase);
    resume(section);
    document.querySelector("h1").focus();
  });
  addEventListener("pageshow", () => resume(section)); // "back" may bring the page as it was
}
