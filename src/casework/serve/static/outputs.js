/** outputs.js: what a notebook shows after its page was made, drawn as the page itself draws it. */

const VIEW = "application/vnd.jupyter.widget-view+json";
const [TEXT, DRAWING] = ["text/plain", "image/svg+xml"];
const PICTURES = ["image/png", "image/jpeg", "image/gif"];

function made(tag, values, name = "") {
  const element = Object.assign(document.createElement(tag), values);
  if (name) element.dataset.output = name;
  return element;
}

function picture(source, alt, name) {
  const shown = made("div", { className: "shown" }, name);
  shown.append(made("img", { src: source, alt }));
  return shown;
}

/**
 * Return an element for an output; nothing if only the full page can show it. A text with marks is one of these: our
 * modules make no markup of text, whoever wrote it.
 */
export function drawn(bundle, name = "") {
  if (VIEW in bundle) {
    const shown = made("div", { className: "shown" }, name);
    shown.dataset.model = bundle[VIEW].model_id;
    return shown;
  }
  const text = bundle[TEXT] ?? "";
  if (DRAWING in bundle) return picture(`data:${DRAWING},${encodeURIComponent(bundle[DRAWING])}`, text, name);
  const kind = PICTURES.find((one) => one in bundle);
  if (kind) return picture(`data:${kind};base64,${bundle[kind]}`, text, name);
  const isText = Object.keys(bundle).every((one) => one === TEXT);
  return isText ? made("pre", { className: "shown", tabIndex: 0, textContent: text }, name) : null;
}

/** Add what was printed to a cell: what is printed in one go may come in pieces. */
export function print(cell, text) {
  const last = cell.lastElementChild;
  if (last && "printed" in last.dataset) {
    last.append(text);
    return;
  }
  const shown = drawn({ [TEXT]: text });
  shown.dataset.printed = "";
  cell.append(shown);
}
