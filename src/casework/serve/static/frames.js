/**
 * frames.js: a kernel's messages as bytes (`v1.kernel.websocket.jupyter.org`), so that what is no text can come along.
 * A frame: how many offsets, the offsets, and between these the channel, four parts of JSON and the buffers.
 */

const WORD = 8; // bytes of a number, the lowest first
const PARTS = ["header", "parent_header", "metadata", "content"];
const encoder = new TextEncoder();
const decoder = new TextDecoder();

const bytes = (buffer) =>
  ArrayBuffer.isView(buffer) ? new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength) : new Uint8Array(buffer);

function pack({ channel, buffers = [], ...message }) {
  const texts = [channel, ...PARTS.map((part) => JSON.stringify(message[part]))];
  const parts = [...texts.map((text) => encoder.encode(text)), ...buffers.map(bytes)];
  const first = WORD * (parts.length + 2);
  const offsets = [first];
  for (const part of parts) offsets.push(offsets.at(-1) + part.length);
  const frame = new Uint8Array(offsets.at(-1));
  const numbers = new DataView(frame.buffer);
  [offsets.length, ...offsets].forEach((number, place) => numbers.setBigUint64(WORD * place, BigInt(number), true));
  parts.forEach((part, place) => frame.set(part, offsets[place]));
  return frame.buffer;
}

function unpack(frame) {
  const numbers = new DataView(frame);
  const number = (place) => Number(numbers.getBigUint64(WORD * place, true));
  const count = number(0) - 1;
  const part = (place) => [number(place + 1), number(place + 2) - number(place + 1)];
  const text = (place) => decoder.decode(new Uint8Array(frame, ...part(place)));
  const message = { channel: text(0), buffers: [] };
  PARTS.forEach((name, place) => (message[name] = JSON.parse(text(place + 1))));
  for (let place = PARTS.length + 1; place < count; place++) message.buffers.push(new DataView(frame, ...part(place)));
  return message;
}

/** `query` tells our server that the modules of widgets are fetched as files. */
export const frames = { protocols: ["v1.kernel.websocket.jupyter.org"], query: { modules: "apart" }, pack, unpack };
