// Downloads of files, with progress, retries, and checks of length and checksum.

import { unlessAborted, wait } from "./abort.js";
import { FoldinError } from "./error.js";

/** @typedef {import("./files.js").ModelFile} ModelFile */
/** @typedef {"initiate" | "download" | "progress" | "done"} ProgressType */
/** @typedef {(type: ProgressType, loaded: number, total?: number) => void} Report */
/** @typedef {(code: import("./foldin.d.ts").ErrorCode, reason: string, about?: { status?: number, cause?: unknown }) => never} Fail */

const TRIES = 3;
/** Milliseconds before the second try; twice that before the third. Up to doubled at random, to spread the load. */
const WAIT_BEFORE_RETRY_MS = 300;
/** Milliseconds of uninterrupted work, after which the page gets a turn to draw. */
const SLICE_MS = 8;

const RETRY_ADVICE = "Is the site being updated? Try again, or copy the file to the host anew";

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
      const bytes = await read(file, signal, cache, report);
      await checkBytes(file, bytes);
      // The checksum of megabytes takes long enough: the page gets a turn.
      await wait(0, signal);
      report("done", bytes.length, bytes.length);
      return bytes;
    } catch (error) {
      const isFinal = signal.aborted || n === TRIES || !isTemporary(/** @type {FoldinError} */ (error));
      if (isFinal || (await readingCache)) throw error;
      await wait(WAIT_BEFORE_RETRY_MS * n * (1 + Math.random()), signal);
    }
  }
}

/**
 * Throws if the bytes do not have the file's length or checksum.
 *
 * @param {ModelFile} file
 * @param {Uint8Array<ArrayBuffer>} bytes
 */
export async function checkBytes({ name, url, bytes: expected, sha256 }, bytes) {
  /** @type {(code: import("./foldin.d.ts").ErrorCode, problem: string) => never} */
  const fail = (code, problem) => {
    throw new FoldinError(code, `the ${name} at ${url} ${problem}. ${RETRY_ADVICE}`, { url: url.href });
  };
  if (expected !== undefined && bytes.length !== expected) {
    fail("wrong-length", `is cut off, or another file: ${bytes.length} bytes instead of ${expected}`);
  }
  // Browsers have no crypto.subtle on insecure origins; the checksum inside the file is checked there too.
  if (sha256 === undefined || !globalThis.crypto?.subtle) return;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const found = Array.from(digest, (byte) => (byte + 256).toString(16).slice(1)).join("");
  if (found !== sha256) fail("damaged", `is damaged, or another file: SHA-256 ${found} instead of ${sha256}`);
}

/**
 * Whether the same request may succeed a moment later.
 *
 * @param {FoldinError} error
 */
function isTemporary({ code, status = 0 }) {
  return ["network", "wrong-length", "damaged"].includes(code) || status === 429 || status >= 500;
}

/**
 * @param {ModelFile} file
 * @param {AbortSignal} signal
 * @param {RequestCache} cache
 * @param {Report} report
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
async function read(file, signal, cache, report) {
  const { url, name } = file;
  /** @type {Fail} */
  const fail = (code, reason, about) => {
    if (signal.aborted) throw signal.reason;
    throw new FoldinError(code, `the ${name} could not be read from ${url}: ${reason}`, { url: url.href, ...about });
  };
  if (url.protocol === "file:") return readFromDisk(url, signal, fail);
  const response = await fetch(url, { signal, cache }).catch((cause) => {
    const advice =
      globalThis.navigator?.onLine === false
        ? "This device is offline, and the file is not cached: connect once"
        : "Is the host reachable, and do its CORS headers and the page's connect-src allow it?";
    return fail("network", `${cause.message}. ${advice}`, { cause });
  });
  checkResponse(response, file, fail);
  report("download", 0);
  try {
    return await readBody(response, file, signal, report);
  } catch (cause) {
    return fail("network", `it broke off (${messageOf(cause)}). Try again`, { cause });
  }
}

/**
 * @param {Response} response
 * @param {ModelFile} file
 * @param {Fail} fail
 */
function checkResponse({ status, ok, headers }, { name }, fail) {
  // Hosts of single-page applications answer every unknown address with a web page.
  const isPage = name !== "manifest" && headers.get("content-type")?.startsWith("text/html");
  if (ok && !isPage) return;
  const isMissing = isPage || status === 404 || status === 410;
  const answer = isPage ? "a web page instead of the file" : `HTTP status ${status}`;
  const advice = isMissing
    ? `Is the address right, and is everything there that "foldin train" wrote? ${RETRY_ADVICE}`
    : "Try again later";
  fail(isMissing ? "not-found" : "http", `the host answers with ${answer}. ${advice}`, { status });
}

/**
 * @param {Response} response
 * @param {ModelFile} file
 * @param {AbortSignal} signal
 * @param {Report} report
 */
async function readBody({ body }, file, signal, report) {
  let bytes = new Uint8Array(file.bytes ?? 0);
  let loaded = 0;
  let begin = performance.now();
  const reader = /** @type {ReadableStream<Uint8Array>} */ (body).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
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
      await wait(0, signal);
      begin = performance.now();
    }
  }
  await wait(0, signal);
  return loaded < bytes.length ? bytes.slice(0, loaded) : bytes;
}

/**
 * @param {URL} url
 * @param {AbortSignal} signal
 * @param {Fail} fail
 */
async function readFromDisk(url, signal, fail) {
  // Asked of the process instead of imported, so that bundlers for browsers see no Node module.
  const { process } = /** @type {{ process?: { getBuiltinModule?: (name: string) => any } }} */ (globalThis);
  const fs = process?.getBuiltinModule?.("node:fs/promises");
  if (!fs) {
    fail("network", `browsers do not read file: addresses; serve the directory, for example with "foldin serve"`);
  }
  try {
    return new Uint8Array(await fs.readFile(url, { signal }));
  } catch (cause) {
    const { code } = /** @type {{ code?: string }} */ (cause);
    return fail(code === "ENOENT" ? "not-found" : "network", messageOf(cause), { cause });
  }
}

/** @param {unknown} error */
function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
