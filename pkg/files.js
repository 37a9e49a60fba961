// Bytes from the host: progress, one retry, checks of length and checksum.

import { FoldinError } from "./error.js";

const WAIT_BEFORE_RETRY_MS = 400;

/**
 * Fetches one file.
 *
 * @param {object} file
 * @param {string} file.name what the file is, for progress and messages
 * @param {URL} file.url
 * @param {number} [file.bytes] its length, where known
 * @param {string} [file.sha256] its checksum, where known
 * @param {RequestCache} [file.cache] how the first try treats the HTTP cache
 * @param {{ signal: AbortSignal, onProgress: (event: object) => void }} context
 * @returns {Promise<Uint8Array>}
 */
export async function fetchFile(file, { signal, onProgress }) {
  const report = (type, loaded, total = file.bytes ?? null) =>
    onProgress({ type, file: file.name, url: file.url.href, loaded, total });
  report("initiate", 0);
  const attempt = async (cache) => {
    const bytes = await read(file, { signal, cache, report });
    await check(file, bytes);
    return bytes;
  };
  let bytes;
  try {
    bytes = await attempt(file.cache ?? "default");
  } catch (error) {
    if (signal.aborted || !mayPass(error)) throw error;
    await wait(WAIT_BEFORE_RETRY_MS, signal);
    // Past the HTTP cache: what came may be a damaged or half-updated copy in it.
    bytes = await attempt("reload");
  }
  report("done", bytes.length, bytes.length);
  return bytes;
}

async function read(file, { signal, cache, report }) {
  if (file.url.protocol === "file:") return readFromDisk(file, signal);
  const { url, name } = file;
  let response;
  try {
    response = await fetch(url, { signal, cache, credentials: "same-origin" });
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const message = `the ${name} could not be fetched from ${url}: ${reason(error)}. Is the host reachable, does it \
allow this page to read from it (CORS), and does the page's connect-src allow it?`;
    throw new FoldinError("network", message, { url: url.href, cause: error });
  }
  if (!response.ok) {
    const { status } = response;
    const missing = status === 404 || status === 410;
    const advice = missing
      ? `Is the address right, and was everything that "foldin train" wrote put there?`
      : "The host answers with an error; try again later, or look into its log";
    const message = `the ${name} could not be fetched: ${url} answers with HTTP status ${status}. ${advice}`;
    throw new FoldinError(missing ? "not-found" : "http", message, { url: url.href, status });
  }
  const total = file.bytes ?? lengthOf(response);
  report("download", 0, total);
  try {
    return await collect(response, (loaded) => report("progress", loaded, total));
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const message = `the ${name} could not be read to its end from ${url}: ${reason(error)}. Try again`;
    throw new FoldinError("network", message, { url: url.href, cause: error });
  }
}

async function collect(response, onChunk) {
  if (!response.body) return new Uint8Array(await response.arrayBuffer());
  const chunks = [];
  let loaded = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    loaded += value.length;
    onChunk(loaded);
  }
  const bytes = new Uint8Array(loaded);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/** The length that a response announces; `null` where it is that of the compressed bytes. */
function lengthOf(response) {
  if (response.headers.has("content-encoding")) return null;
  const length = response.headers.get("content-length");
  return length === null ? null : Number(length);
}

async function readFromDisk({ url, name }, signal) {
  // Asked of the process instead of imported, so that bundlers for the browser never see a Node module.
  const fs = globalThis.process?.getBuiltinModule?.("node:fs/promises");
  if (!fs) {
    const message = `the ${name} at ${url} cannot be read: browsers do not fetch file: addresses. Serve the directory \
over HTTP, for example with "foldin serve"`;
    throw new FoldinError("network", message, { url: url.href });
  }
  try {
    return new Uint8Array(await fs.readFile(url, { signal }));
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const code = error.code === "ENOENT" ? "not-found" : "network";
    throw new FoldinError(code, `the ${name} could not be read: ${reason(error)}`, { url: url.href, cause: error });
  }
}

async function check({ name, url, bytes: expected, sha256 }, bytes) {
  if (expected !== undefined && bytes.length !== expected) {
    const message = `the ${name} at ${url} has ${bytes.length} bytes, but its manifest says ${expected}: it was cut \
off, or the site is being updated. Try again, or copy the file to the host again`;
    throw new FoldinError("wrong-length", message, { url: url.href });
  }
  // Browsers have no crypto.subtle on insecure origins; the checksums inside the file hold there too.
  if (sha256 === undefined || !globalThis.crypto?.subtle) return;
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const found = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  if (found !== sha256.toLowerCase()) {
    const message = `the ${name} at ${url} is damaged: its SHA-256 is ${found}, but its manifest says ${sha256}. Try \
again, or copy the file to the host again`;
    throw new FoldinError("damaged", message, { url: url.href });
  }
}

/** Whether the same request may have another outcome a moment later. */
function mayPass({ code, status }) {
  return status === undefined ? ["network", "wrong-length", "damaged"].includes(code) : status >= 500;
}

function wait(ms, signal) {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}

function reason(error) {
  return error instanceof Error ? error.message : String(error);
}
