// What callers train on, as named files: the readers in the wasm module take nothing else.

import { FoldinError, invalid } from "../error.js";

/** @typedef {import("../../train.d.ts").DataSource} DataSource */
/** @typedef {{ name: string, bytes: Uint8Array<ArrayBuffer> }} NamedFile */

/** The most bytes of all files together: they are in memory twice while they are read. */
const MAX_BYTES = 2 ** 30;
const EXPECTED = `a File, a Blob, an ArrayBuffer, a typed array, the text of a file, an array of records such as \
{ user, item, rating }, or an array of files`;

/**
 * @param {{ events: DataSource, items?: DataSource, name?: string }} options
 * @returns {Promise<{ name: string, files: NamedFile[], items?: string }>} `items`: the name of the catalogue, if one was
 * given
 */
export async function filesOf({ events, items, name }) {
  const files = await named("events", events);
  const catalogue = items === undefined ? [] : await named("items", items);
  if (catalogue.length > 1) throw new FoldinError("invalid-value", "items has several files; expected one");
  const all = withDifferentNames([...files, ...catalogue]);
  const nBytes = all.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (nBytes > MAX_BYTES) {
    const message = `the files have ${Math.round(nBytes / 1e6)} MB, and a browser can learn from at most \
${Math.round(MAX_BYTES / 1e6)}; train with the program "foldin train", or take a part of the users`;
    throw new FoldinError("too-many-events", message);
  }
  const [first] = all;
  return {
    name: name ?? (files.length === 1 && first ? first.name.replace(/(\.\w{1,7})+$/, "") : "your data"),
    files: all,
    ...(catalogue.length && { items: all[all.length - 1]?.name ?? "" }),
  };
}

/**
 * @param {"events" | "items"} what
 * @param {unknown} source
 * @returns {Promise<NamedFile[]>}
 */
async function named(what, source) {
  if (!Array.isArray(source)) return [await fileOf(what, source, `${what}.csv`)];
  if (!source.length) throw invalid(`options.${what}`, source, EXPECTED);
  if (source.every(isFile)) {
    return Promise.all(source.map((file, n) => fileOf(`${what}[${n}]`, file, `${what}-${n + 1}.csv`)));
  }
  return [{ name: `${what}.jsonl`, bytes: encoded(source.map((record, n) => lineOf(what, record, n)).join("\n")) }];
}

/** @param {any} value */
function isFile(value) {
  return value instanceof Blob || (typeof value?.name === "string" && value.data !== undefined);
}

/**
 * @param {string} what
 * @param {any} source
 * @param {string} name where the source has none
 * @returns {Promise<NamedFile>}
 */
async function fileOf(what, source, name) {
  if (typeof source === "string") return { name, bytes: encoded(source) };
  // Copies: a worker takes over what it is given.
  if (source instanceof ArrayBuffer) return { name, bytes: new Uint8Array(source.slice(0)) };
  if (ArrayBuffer.isView(source)) {
    const { buffer, byteOffset, byteLength } = source;
    return { name, bytes: new Uint8Array(new Uint8Array(/** @type {ArrayBuffer} */ (buffer), byteOffset, byteLength)) };
  }
  if (source instanceof Blob) {
    const own = /** @type {File} */ (source).name;
    try {
      return { name: own || name, bytes: new Uint8Array(await source.arrayBuffer()) };
    } catch (cause) {
      const message = `${own || what} cannot be read: ${/** @type {Error} */ (cause).message}. Was it changed or moved \
after it was chosen? Choose it again`;
      throw new FoldinError("unreadable-data", message, { cause });
    }
  }
  if (isFile(source)) return fileOf(what, source.data, source.name);
  throw invalid(`options.${what}`, source, EXPECTED);
}

/**
 * A record as a line of JSON.
 *
 * @param {string} what
 * @param {unknown} record
 * @param {number} n
 */
function lineOf(what, record, n) {
  if (record === null || typeof record !== "object" || Array.isArray(record)) {
    throw invalid(`options.${what}[${n}]`, record, "a record such as { user, item, rating }, or a file");
  }
  try {
    return JSON.stringify(record);
  } catch (cause) {
    const message = `options.${what}[${n}] cannot be written as JSON: ${/** @type {Error} */ (cause).message}`;
    throw new FoldinError("invalid-value", message, { cause });
  }
}

/** @param {string} text */
function encoded(text) {
  return /** @type {Uint8Array<ArrayBuffer>} */ (new TextEncoder().encode(text));
}

/**
 * Files of the same name, as two folders may have them, get a number.
 *
 * @param {NamedFile[]} files
 */
function withDifferentNames(files) {
  const taken = new Set();
  return files.map(({ name, bytes }) => {
    let own = name;
    for (let n = 2; taken.has(own); n += 1) own = name.replace(/(?=\.|$)/, `-${n}`);
    taken.add(own);
    return { name: own, bytes };
  });
}
