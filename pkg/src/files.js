// The files of a model: from the cache, or from the host.

import { wait } from "./abort.js";
import { checkBytes } from "./check-bytes.js";
import { download } from "./download.js";
import { readFromMemory } from "./in-memory.js";

/** Milliseconds that the host may take before the cached copy is used instead. */
const PATIENCE_MS = 4000;

/**
 * @typedef {object} ModelFile
 * @property {"manifest" | "wasm module" | "score file" | "show file" | "users file"} name what the file is, for
 * progress and messages
 * @property {URL} url
 * @property {string} [key] its key in the cache, if not its address
 * @property {number} [bytes] its length, if known
 * @property {string} [sha256] its checksum, if known
 * @property {boolean} [changes] whether the file at this address changes: then the host is asked first, and the caller
 * caches it
 */

/** @typedef {import("../foldin.d.ts").Info["source"]} Source */

/**
 * @typedef {object} LoadContext
 * @property {import("./model-cache.js").ModelCache} cache
 * @property {AbortSignal} signal
 * @property {(progress: import("../foldin.d.ts").LoadProgress) => void} onProgress
 * @property {import("../foldin.d.ts").ModelFolder["files"] | undefined} [folder] the files of a model that is in memory
 */

/** Addresses whose `<link rel="preload">` was used. */
const preloadsUsed = new Set();

/**
 * Reads a file from the cache or from the host. The cache comes first, except for a file that changes, and for a file
 * that the page is downloading already because of a `<link rel="preload">`.
 *
 * @param {ModelFile} file
 * @param {LoadContext} context
 * @returns {Promise<{ bytes: Uint8Array<ArrayBuffer>, source: Source }>}
 */
export async function fetchFile(file, { cache, signal, onProgress, folder }) {
  const { name, url, changes } = file;
  const key = file.key ?? url.href;
  /** @type {(source: Source, type: import("./download.js").ProgressType, loaded: number, total?: number | null) => void} */
  const report = (source, type, loaded, total = file.bytes ?? null) =>
    onProgress({ type, file: name, url: url.href, loaded, total, source });
  /** @type {(bytes: Uint8Array<ArrayBuffer>) => { bytes: Uint8Array<ArrayBuffer>, source: "cache" }} */
  const fromCache = (bytes) => {
    report("cache", "initiate", 0, bytes.length);
    report("cache", "done", bytes.length, bytes.length);
    return { bytes, source: "cache" };
  };
  if (folder && name !== "wasm module") {
    const bytes = readFromMemory(file, folder);
    await checkBytes(file, bytes);
    report("memory", "initiate", 0, bytes.length);
    report("memory", "done", bytes.length, bytes.length);
    return { bytes, source: "memory" };
  }
  const readingCache = readCached(cache, key, file);
  if (!changes && !isPreloaded(url)) {
    const cached = await readingCache;
    if (cached) return fromCache(cached);
  }
  report("network", "initiate", 0);
  const downloading = download(file, readingCache, signal, (type, loaded, total) =>
    report("network", type, loaded, total),
  );
  // It may fail when nothing waits for it any more.
  downloading.catch(() => {});
  const cached = await readingCache;
  if (!cached) {
    const bytes = await downloading;
    if (!changes) cache.put(key, bytes);
    return { bytes, source: "network" };
  }
  try {
    const bytes = await Promise.race([downloading, wait(PATIENCE_MS, signal)]);
    return bytes ? { bytes, source: "network" } : fromCache(cached);
  } catch (error) {
    // A "not found" of the host counts: the model may have been removed.
    if (signal.aborted || (changes && /** @type {{ code?: unknown }} */ (error).code === "not-found")) throw error;
    return fromCache(cached);
  }
}

/**
 * The cached copy of a file, if it is there and intact; a damaged one is deleted.
 *
 * @param {import("./model-cache.js").ModelCache} cache
 * @param {string} key
 * @param {ModelFile} file
 */
async function readCached(cache, key, file) {
  const bytes = await cache.get(key);
  if (!bytes) return undefined;
  try {
    await checkBytes(file, bytes);
    return bytes;
  } catch {
    await cache.delete(key);
    return undefined;
  }
}

/** @param {URL} url */
function isPreloaded({ href }) {
  if (!globalThis.document || preloadsUsed.has(href)) return false;
  preloadsUsed.add(href);
  const links = /** @type {NodeListOf<HTMLLinkElement>} */ (document.querySelectorAll("link[rel=preload]"));
  return [...links].some((link) => link.href === href);
}
