// The bytes of a model: kept in the browser between visits, or downloaded, with progress, tries, and checks of length and
// checksum.

import { FoldinError } from "./error.js";

/** Names of the caches begin with it. */
const PREFIX = "foldin:";
const TRIES = 3;
/** Before the second try, and twice that before the third; at random up to double, so that not all come at once. */
const WAIT_BEFORE_RETRY_MS = 300;
/** How long the host may take before a kept copy is used instead. */
const PATIENCE_MS = 4000;

/** So long a page may be kept from its frames. */
const AT_ONCE_MS = 8;

const AGAIN = "Is the site being updated? Try again, or copy the file to the host anew";

/**
 * @typedef {object} File
 * @property {string} name what the file is, for progress and messages
 * @property {URL} url
 * @property {string} [key] under which it is kept, instead of its address
 * @property {number} [bytes] its length, where known
 * @property {string} [sha256] its checksum, where known
 * @property {boolean} [changes] whether it changes in place: then the host is asked first, and the caller keeps it
 */

/** Downloads that have begun, by address and checksum. */
const underway = new Map();
/** Addresses whose preloaded bytes were used up. */
const preloadsUsed = new Set();

/**
 * A file as it was kept, or as the host has it. What is kept comes first, but not before a file that changes in place,
 * nor before one that the page is downloading already because of a `<link rel="preload">`.
 *
 * @param {File} file
 * @param {{ drawer: Drawer, signal: AbortSignal, onProgress: (event: object) => void }} context
 * @returns {Promise<{ bytes: Uint8Array, source: "cache" | "network" }>}
 */
export async function fetchFile(file, { drawer, signal, onProgress }) {
  const key = file.key ?? file.url.href;
  const report = (source, type, loaded, total = file.bytes ?? null) =>
    onProgress({ type, file: file.name, url: file.url.href, loaded, total, source });
  const fromCache = (bytes) => {
    report("cache", "initiate", 0, bytes.length);
    report("cache", "done", bytes.length, bytes.length);
    return { bytes, source: "cache" };
  };
  const keeping = keptCopy(drawer, key, file);
  if (!file.changes && !isPreloaded(file.url)) {
    const kept = await keeping;
    if (kept) return fromCache(kept);
  }
  report("network", "initiate", 0);
  const downloading = download(file, keeping, signal, (...event) => report("network", ...event));
  // Nobody may be waiting for it any more when it fails.
  downloading.catch(() => {});
  const kept = await keeping;
  if (!kept) {
    const bytes = await downloading;
    if (!file.changes) drawer.put(key, bytes);
    return { bytes, source: "network" };
  }
  try {
    const bytes = await Promise.race([downloading, wait(PATIENCE_MS, signal)]);
    return bytes ? { bytes, source: "network" } : fromCache(kept);
  } catch (error) {
    // A host that answers has to be believed: the model may have been taken away.
    if (signal.aborted || (file.changes && error.code === "not-found")) throw error;
    return fromCache(kept);
  }
}

async function keptCopy(drawer, key, file) {
  const bytes = await drawer.get(key);
  if (!bytes) return undefined;
  try {
    await check(file, bytes);
    return bytes;
  } catch {
    await drawer.drop(key);
    return undefined;
  }
}

function isPreloaded({ href }) {
  if (!globalThis.document || preloadsUsed.has(href)) return false;
  preloadsUsed.add(href);
  return [...document.querySelectorAll("link[rel=preload]")].some((link) => link.href === href);
}

/** Downloads a file; one that is asked for by several at the same time only once. */
async function download(file, keeping, signal, report) {
  const key = `${file.url} ${file.sha256}`;
  let shared = underway.get(key);
  if (!shared) {
    const controller = new AbortController();
    shared = { controller, listeners: new Set() };
    const toAll = (...event) => shared.listeners.forEach((listener) => listener(...event));
    shared.bytes = attempts(file, keeping, controller.signal, toAll);
    underway.set(key, shared);
  }
  const { bytes, listeners, controller } = shared;
  listeners.add(report);
  try {
    const all = await unlessAborted(bytes, signal);
    // A worker takes away the bytes that it is given: only the last may have the original.
    return listeners.size > 1 ? all.slice() : all;
  } finally {
    listeners.delete(report);
    if (!listeners.size) {
      underway.delete(key);
      controller.abort();
    }
  }
}

/** Tries a few times; only once where a kept copy can take the place. */
async function attempts(file, keeping, signal, report) {
  for (let n = 1; ; n += 1) {
    try {
      // After a failure past the HTTP cache: what came may be a damaged or half-updated copy in it.
      const cache = n > 1 ? "reload" : file.changes ? "no-cache" : "default";
      const bytes = await read(file, signal, cache, report);
      await check(file, bytes);
      // A checksum of megabytes takes long enough alone.
      await wait(0, signal);
      report("done", bytes.length, bytes.length);
      return bytes;
    } catch (error) {
      if (signal.aborted || n === TRIES || !mayPass(error) || (await keeping)) throw error;
      await wait(WAIT_BEFORE_RETRY_MS * n * (1 + Math.random()), signal);
    }
  }
}

async function read(file, signal, cache, report) {
  const { url, name } = file;
  const failed = (code, what, about) => {
    if (signal.aborted) throw signal.reason;
    throw new FoldinError(code, `the ${name} could not be read from ${url}: ${what}`, { url: url.href, ...about });
  };
  if (url.protocol === "file:") return readFromDisk(url, signal, failed);
  const response = await fetch(url, { signal, cache }).catch((cause) => {
    const advice =
      globalThis.navigator?.onLine === false
        ? "This device is offline, and no earlier visit has kept the file: connect once"
        : "Is the host reachable, and do its CORS headers and the page's connect-src allow it?";
    failed("network", `${cause.message}. ${advice}`, { cause });
  });
  const { status, ok, headers, body } = response;
  // Hosts of single-page applications answer every unknown address with their page.
  const page = name !== "manifest" && headers.get("content-type")?.startsWith("text/html");
  if (!ok || page) {
    const missing = page || status === 404 || status === 410;
    const what = page ? "a web page in its place" : `HTTP status ${status}`;
    const advice = missing
      ? `Is the address right, and everything there that "foldin train" wrote? ${AGAIN}`
      : "Try again later";
    failed(missing ? "not-found" : "http", `the host answers with ${what}. ${advice}`, { status });
  }
  report("download", 0);
  let bytes = new Uint8Array(file.bytes);
  let loaded = 0;
  let begin = performance.now();
  try {
    const reader = body.getReader();
    for (let chunk; !(chunk = await reader.read()).done; ) {
      const from = loaded;
      loaded += chunk.value.length;
      if (loaded > bytes.length) {
        const longer = new Uint8Array(2 * loaded);
        longer.set(bytes);
        bytes = longer;
      }
      bytes.set(chunk.value, from);
      report("progress", loaded);
      // What is there already comes without a break.
      if (performance.now() > begin + AT_ONCE_MS) {
        await wait(0, signal);
        begin = performance.now();
      }
    }
    await wait(0, signal);
    return loaded < bytes.length ? bytes.slice(0, loaded) : bytes;
  } catch (cause) {
    return failed("network", `it broke off (${cause.message}). Try again`, { cause });
  }
}

async function readFromDisk(url, signal, failed) {
  // Asked of the process instead of imported, so that bundlers for the browser never see a Node module.
  const fs = globalThis.process?.getBuiltinModule?.("node:fs/promises");
  if (!fs) {
    failed("network", `browsers do not read file: addresses; serve the directory, for example with "foldin serve"`);
  }
  try {
    return new Uint8Array(await fs.readFile(url, { signal }));
  } catch (cause) {
    return failed(cause.code === "ENOENT" ? "not-found" : "network", cause.message, { cause });
  }
}

async function check({ name, url, bytes: expected, sha256 }, bytes) {
  const wrong = (code, what) => {
    throw new FoldinError(code, `the ${name} at ${url} ${what}. ${AGAIN}`, { url: url.href });
  };
  if (expected !== undefined && bytes.length !== expected) {
    wrong("wrong-length", `is cut off, or another: ${bytes.length} bytes instead of ${expected}`);
  }
  // Browsers have no crypto.subtle on insecure origins; the checksums inside the file hold there too.
  if (sha256 === undefined || !globalThis.crypto?.subtle) return;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const found = Array.from(digest, (byte) => (byte + 256).toString(16).slice(1)).join("");
  if (found !== sha256) wrong("damaged", `is damaged, or another: SHA-256 ${found} instead of ${sha256}`);
}

/** Whether the same request may have another outcome a moment later. */
function mayPass({ code, status }) {
  return ["network", "wrong-length", "damaged"].includes(code) || status === 429 || status >= 500;
}

/** Waits, unless the signal says otherwise. */
export function wait(ms, signal) {
  return unlessAborted(new Promise((resolve) => setTimeout(resolve, ms)), signal);
}

/** What the promise gives; rejected at once with the signal's reason when it aborts. */
export async function unlessAborted(promise, signal) {
  let stop;
  const aborted = new Promise((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** The last thing that was begun, in whatever drawer. */
let last = Promise.resolve();

/**
 * What is kept of one model, in the Cache API. Storage may be missing, full, forbidden or broken; then it is as if
 * nothing were kept.
 */
export class Drawer {
  #cache;

  /**
   * @param {string} name
   * @param {boolean} wanted whether anything is to be kept
   */
  constructor(name, wanted) {
    this.#cache = attempt(() => wanted && caches.open(PREFIX + name));
  }

  /** @returns {Promise<Uint8Array | undefined>} */
  get(key) {
    return this.#with(async (cache) => {
      const response = await cache.match(key);
      return response && new Uint8Array(await response.arrayBuffer());
    });
  }

  put(key, bytes) {
    // Copied now: the bytes may be given away to the worker.
    const response = new Response(bytes);
    return this.#later((cache) => cache.put(key, response));
  }

  drop(key) {
    return this.#later((cache) => cache.delete(key));
  }

  /** Removes everything but `keys`: files of earlier versions. */
  keepOnly(keys) {
    return this.#later(async (cache) => {
      const old = (await cache.keys()).filter(({ url }) => !keys.includes(url));
      await Promise.all(old.map((request) => cache.delete(request)));
    });
  }

  async #with(what) {
    const cache = await this.#cache;
    return cache && attempt(() => what(cache));
  }

  /** In turn, and beside everything else: nobody waits for storage. */
  #later(what) {
    return (last = last.then(() => this.#with(what)));
  }
}

/** Removes everything that foldin keeps. */
export async function clearCache() {
  await last;
  await attempt(async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
    await Promise.all(names.map((name) => caches.delete(name)));
  });
}

async function attempt(what) {
  try {
    return await what();
  } catch {
    return undefined;
  }
}
