/** bytes.js: bytes within a widget's state travel beside it, each with the path to its place. */

const isBytes = (value) => value instanceof ArrayBuffer || ArrayBuffer.isView(value);
const isPlain = (value) => value !== null && typeof value === "object" && typeof value.toJSON !== "function";

/** Put each buffer at its path. */
export function placed(state, paths = [], buffers = []) {
  paths.forEach((path, number) => {
    const last = path.length - 1;
    const holder = path.slice(0, last).reduce((value, step) => value[step], state);
    holder[path[last]] = buffers[number];
  });
  return state;
}

/** Return a copy of a state without its bytes, and these with their paths. In a list a gap keeps the places of the rest. */
export function apart(state) {
  const [buffers, paths] = [[], []];
  const copy = (value, path) => {
    if (!isPlain(value)) return value;
    const kept = Array.isArray(value) ? [] : {};
    for (const [step, part] of Object.entries(value)) {
      const place = [...path, Array.isArray(value) ? Number(step) : step];
      if (isBytes(part)) {
        buffers.push(part);
        paths.push(place);
        if (Array.isArray(value)) kept[step] = null;
      } else kept[step] = copy(part, place);
    }
    return kept;
  };
  return { state: copy(state, []), buffer_paths: paths, buffers };
}

/** Whether two values of a trait are the same: what is set to what it is tells nobody. */
export function same(one, other) {
  if (Object.is(one, other)) return true;
  if (isBytes(one) || isBytes(other) || !isPlain(one) || !isPlain(other)) return false;
  const names = Object.keys(one);
  const isKind = Array.isArray(one) === Array.isArray(other) && names.length === Object.keys(other).length;
  return isKind && names.every((name) => name in other && same(one[name], other[name]));
}
