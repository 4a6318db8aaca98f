/**
 * first.js: runs before the page is drawn, so that nobody sees the wrong display or a cover they have left behind.
 * Not a module: a module would wait. `data-case` on its own tag names the case, if there is one.
 */
(() => {
  const root = document.documentElement;
  globalThis.voila_heartbeat = () => {}; // Voilà calls it in a page that takes long
  try {
    root.dataset.theme = localStorage.getItem("casework:theme") ?? "";
    const { case: name } = document.currentScript.dataset;
    if (name && localStorage.getItem(`casework:read:${name}`)) root.dataset.returns = "";
  } catch {
    // A private window: there is nothing to remember.
  }
})();
