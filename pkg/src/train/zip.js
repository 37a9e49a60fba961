// Zip archives (APPNOTE 6.3.3), so that a page can give a whole folder as one download.

import { FoldinError } from "../error.js";

const LOCAL_HEADER = 0x04034b50;
const ENTRY = 0x02014b50;
const END = 0x06054b50;
/** Names are UTF-8. */
const FLAGS = 0x0800;
const VERSION = 20;
const STORED = 0;
const DEFLATED = 8;
/** The beginning of the calendar of zip, for the same bytes at any time: 1 January 1980. */
const DATE = 0x0021;
/** What a zip archive of this form can hold. */
const MAX_BYTES = 2 ** 32 - 1;
const MAX_FILES = 2 ** 16 - 1;

/** @type {typeof import("../../train.d.ts").zip} */
export async function zip(files) {
  const entries = Object.entries(files);
  /** @type {BlobPart[]} */
  const parts = [];
  /** @type {BlobPart[]} */
  const directory = [];
  let offset = 0;
  let length = 0;
  for (const [path, content] of entries) {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    const packed = await deflated(/** @type {Uint8Array<ArrayBuffer>} */ (bytes));
    const [method, data] = packed.length < bytes.length ? [DEFLATED, packed] : [STORED, bytes];
    const name = new TextEncoder().encode(path);
    // Version, flags, method, time and date, checksum, lengths, length of the name, and no extra field.
    const common = [VERSION, FLAGS, method, 0, DATE];
    const sizes = [crc32(bytes), data.length, bytes.length];
    parts.push(record(LOCAL_HEADER, common, sizes, [name.length, 0]), name, /** @type {BlobPart} */ (data));
    // No comment, the first disk, no attributes, and where the file begins.
    directory.push(record(ENTRY, [VERSION, ...common], sizes, [name.length, 0, 0, 0, 0]), record32([0, offset]), name);
    offset += 30 + name.length + data.length;
    length += 46 + name.length;
  }
  if (offset + length > MAX_BYTES || entries.length > MAX_FILES) {
    throw new FoldinError("invalid-value", "the files have more than 4 GB, or are too many for a zip archive");
  }
  const end = record(END, [0, 0, entries.length, entries.length], [length, offset], [0]);
  return new Blob([...parts, ...directory, end], { type: "application/zip" });
}

/**
 * Numbers of 16 bits, of 32 and again of 16, little-endian, behind a signature.
 *
 * @param {number} signature
 * @param {number[]} before
 * @param {number[]} long
 * @param {number[]} after
 */
function record(signature, before, long, after) {
  const view = new DataView(new ArrayBuffer(4 + 2 * before.length + 4 * long.length + 2 * after.length));
  let at = 4;
  view.setUint32(0, signature, true);
  for (const number of before) {
    view.setUint16(at, number, true);
    at += 2;
  }
  for (const number of long) {
    view.setUint32(at, number, true);
    at += 4;
  }
  for (const number of after) {
    view.setUint16(at, number, true);
    at += 2;
  }
  return view.buffer;
}

/** @param {number[]} numbers */
function record32(numbers) {
  const view = new DataView(new ArrayBuffer(4 * numbers.length));
  for (const [n, number] of numbers.entries()) view.setUint32(4 * n, number, true);
  return view.buffer;
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function deflated(bytes) {
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    // A browser without this form of compression: files are stored as they are.
    return bytes;
  }
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** @param {Uint8Array} bytes */
function crc32(bytes) {
  let value = ~0;
  for (const byte of bytes) value = /** @type {number} */ (TABLE[(value ^ byte) & 0xff]) ^ (value >>> 8);
  return ~value >>> 0;
}
