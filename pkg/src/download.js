// Downloads of files, with progress, retries, and checks of length and checksum.

import { unlessAborted, wait } from "./abort.js";
import { checkBytes } from "./check-bytes.js";
import { FoldinError } from "./error.js";
import { isWebPage, notReachable, refused, webPage } from "./file-errors.js";
import { readFromDisk } from "./read-from-disk.js";
import { unpacked } from "./unpack.js";

/** @typedef {import("./files.js").ModelFile} ModelFile */
/** @typedef {"initiate" | "download" | "progress" | "done"} ProgressType */
/** @typedef {(type: ProgressType, loaded: number, total?: number) => void} Report */

const TRIES = 3;
/** Milliseconds before the second try; twice that before the third. Up to doubled at random, to spread the load. */
const WAIT_BEFORE_RETRY_MS = 300;
/** The most milliseconds to wait because the host says when to come again. */
const MAX_RETRY_AFTER_MS = 10_000;
/** Seconds without a byte after which a host that nothing can replace is given up. */
const SILENCE_S = 30;
/** Milliseconds of uninterrupted work, after which the page gets a turn to draw. */
const SLICE_MS = 8;
/** Bytes to make room for before they arrive; what says it is longer may not be true. */
const MAX_ROOM = 2 ** 26;

/**
 * A download in progress, shared by everyone who asked for the file meanwhile.
 *
 * @typedef {object} SharedDownload
 * @property {AbortController} controller
 * @property {Set<Report>} listeners
 * @property {Promise<Uint8Array<ArrayBuffer>>} bytes
 */

/**
 * Downloads in progress, by address and checksum.
 *
 * @type {Map<string, SharedDownload>}
 */
const inProgress = new Map();

/**
 * Downloads a file, once even if it is asked for several times meanwhile.
 *
 * @param {ModelFile} file
 * @param {Promise<unknown>} readingCache resolves to the cached copy, or to `undefined`
 * @param {AbortSignal} signal
 * @param {Report} report
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function download(file, readingCache, signal, report) {
  const key = `${file.url} ${file.sha256}`;
  let shared = inProgress.get(key);
  if (!shared) {
    const controller = new AbortController();
    /** @type {Set<Report>} */
    const listeners = new Set();
    /** @type {Report} */
    const reportToAll = (...event) => {
      for (const listener of listeners) listener(...event);
    };
    shared = { controller, listeners, bytes: tryRepeatedly(file, readingCache, controller.signal, reportToAll) };
    inProgress.set(key, shared);
  }
  const { bytes, listeners, controller } = shared;
  listeners.add(report);
  try {
    const all = await unlessAborted(bytes, signal);
    // The bytes are transferred to a worker, so only the last caller gets the original.
    return listeners.size > 1 ? all.slice() : all;
  } finally {
    listeners.delete(report);
    if (!listeners.size) {
      inProgress.delete(key);
      controller.abort();
    }
  }
}

/**
 * Downloads and checks a file in up to three tries; in one if there is a cached copy to use instead.
 *
 * @param {ModelFile} file
 * @param {Promise<unknown>} readingCache
 * @param {AbortSignal} signal
 * @param {Report} report
 */
async function tryRepeatedly(file, readingCache, signal, report) {
  for (let n = 1; ; n += 1) {
    try {
      // After a failure the HTTP cache is bypassed: it may hold a damaged or half-updated copy.
      const cache = n > 1 ? "reload" : file.changes ? "no-cache" : "default";
      const bytes = await read(file, readingCache, signal, cache, report);
      // The checksum of megabytes takes long enough: the page gets a turn.
      await wait(0, signal);
      report("done", bytes.length, bytes.length);
      return bytes;
    } catch (error) {
      const { code, status = 0, cause } = /** @type {FoldinError} */ (error);
      // The same request may succeed a moment later, but not if the host has been waited for already.
      const isTemporary = ["network", "wrong-length", "damaged"].includes(code) || status === 429 || status >= 500;
      const { name, retryAfter = 0 } = /** @type {{ name?: string, retryAfter?: number }} */ (cause ?? {});
      const isFinal = signal.aborted || n === TRIES || !isTemporary || name === "TimeoutError";
      if (isFinal || retryAfter > MAX_RETRY_AFTER_MS || (await readingCache)) throw error;
      await wait(Math.max(retryAfter, WAIT_BEFORE_RETRY_MS * n * (1 + Math.random())), signal);
    }
  }
}

/**
 * @param {ModelFile} file
 * @param {Promise<unknown>} readingCache
 * @param {AbortSignal} signal
 * @param {RequestCache} cache
 * @param {Report} report
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function read(file, readingCache, signal, cache, report) {
  if (file.url.protocol === "file:") {
    const bytes = await readFromDisk(file, signal);
    await checkBytes(file, bytes);
    return bytes;
  }
  const silence = giveUpAfterSilence(readingCache, signal);
  try {
    const response = await fetch(file.url, { signal: silence.signal, cache });
    if (!response.ok) throw refused(file, response);
    report("download", 0);
    const bytes = await readBody(response, file, silence, report);
    const problem = await checkBytes(file, bytes).catch((error) => error);
    // A manifest may have been written without checksums.
    const isPage = !file.changes && (problem || file.sha256 === undefined) && isWebPage(response, bytes);
    if (isPage) throw webPage(file, response);
    if (problem) throw problem;
    return bytes;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw error instanceof FoldinError ? error : notReachable(file, error);
  } finally {
    silence.stop();
  }
}

/**
 * A signal that aborts when no byte has arrived for a while. Where there is a cached copy, the caller waits for less.
 *
 * @param {Promise<unknown>} readingCache
 * @param {AbortSignal} signal
 */
function giveUpAfterSilence(readingCache, signal) {
  const silent = new AbortController();
  const abort = () => silent.abort(signal.reason);
  signal.addEventListener("abort", abort);
  let hasCopy = false;
  readingCache.then((cached) => {
    hasCopy = Boolean(cached);
  });
  // Counted second by second: the time for which a device sleeps is no silence of the host.
  let seconds = 0;
  const clock = setInterval(() => {
    seconds += 1;
    if (seconds < SILENCE_S || hasCopy) return;
    silent.abort(new DOMException(`no answer for ${SILENCE_S} seconds`, "TimeoutError"));
  }, 1000);
  return {
    signal: silent.signal,
    /** Something has arrived. */
    restart() {
      seconds = 0;
    },
    stop() {
      clearInterval(clock);
      signal.removeEventListener("abort", abort);
    },
  };
}

/**
 * @param {Response} response
 * @param {ModelFile} file
 * @param {ReturnType<typeof giveUpAfterSilence>} silence
 * @param {Report} report
 */
async function readBody({ body }, file, silence, report) {
  let bytes = new Uint8Array(Math.min(file.bytes ?? 0, MAX_ROOM));
  let loaded = 0;
  let begin = performance.now();
  const reader = body && (await unpacked(body)).getReader();
  while (reader) {
    const { done, value } = await reader.read();
    if (done) break;
    silence.restart();
    const from = loaded;
    loaded += value.length;
    if (loaded > bytes.length) {
      const longer = new Uint8Array(2 * loaded);
      longer.set(bytes);
      bytes = longer;
    }
    bytes.set(value, from);
    report("progress", loaded);
    // Chunks that have arrived already come without a pause in which the page could draw.
    if (performance.now() > begin + SLICE_MS) {
      await wait(0, silence.signal);
      begin = performance.now();
    }
  }
  await wait(0, silence.signal);
  return loaded < bytes.length ? bytes.slice(0, loaded) : bytes;
}
