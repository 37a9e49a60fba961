// The package `foldin`: loads a model, and asks it. foldin.d.ts documents what every call takes, returns and throws.

import { endingTogether } from "./abort.js";
import { Calls } from "./calls.js";
import { Foldin, sendEvent } from "./client.js";
import { checkFields, checkString, closedError, FoldinError, invalid } from "./error.js";
import { fetchFile } from "./files.js";
import { freeDiversity } from "./free-diversity.js";
import { fetchModule, startHost } from "./host.js";
import { folderIn, IN_MEMORY } from "./in-memory.js";
import { addressesOf, fileOf, readManifest } from "./manifest.js";
import { clearCache, dropSuperfluousCaches, ModelCache } from "./model-cache.js";
import { isOfAnotherVersion, newerScripts } from "./newer-scripts.js";

export { clearCache, Foldin, FoldinError };

/** @typedef {import("../foldin.d.ts").Info} Info */
/** @typedef {import("../foldin.d.ts").LoadOptions} LoadOptions */

const OPTIONS = "worker,cache,users,onProgress,signal,variant,visitor,onEvent,wasm,workerUrl".split(",");

/** @typedef {string | URL | import("../foldin.d.ts").ModelFolder} ModelSource */

/**
 * Loads a model: the current version of the manifest at `url`, or the visitor's variant.
 *
 * @param {ModelSource} url
 * @param {LoadOptions} [options]
 * @returns {Promise<import("../foldin.d.ts").Foldin>}
 */
export async function load(url, options = {}) {
  try {
    return await loadHere(url, options);
  } catch (error) {
    const newer = isOfAnotherVersion(error) ? await newerScripts() : undefined;
    if (newer) return newer.load(url, options);
    throw error;
  }
}

/**
 * @param {ModelSource} source
 * @param {LoadOptions} options
 * @returns {Promise<import("../foldin.d.ts").Foldin>}
 */
async function loadHere(source, options) {
  checkFields("options", options, OPTIONS);
  const {
    worker: wanted = "auto",
    cache: isCached = true,
    users,
    onProgress,
    signal,
    onEvent,
    workerUrl,
    wasm,
  } = options;
  if (!["auto", true, false].includes(wanted)) throw invalid("options.worker", wanted, `"auto", true or false`);
  if ("variant" in options) checkString("options.variant", options.variant);
  if ("visitor" in options) checkString("options.visitor", options.visitor);
  const folder = folderIn(source);
  const manifestUrl = folder ? IN_MEMORY : resolve(/** @type {string | URL} */ (source));
  const begin = performance.now();
  // Closing the model ends everything as well.
  return endingTogether(signal, async (all) => {
    /** @param {import("../foldin.d.ts").LoadProgress} progress */
    const report = (progress) => {
      try {
        onProgress?.(progress);
      } catch (error) {
        all.abort(error);
      }
    };
    const cache = new ModelCache(manifestUrl.href, isCached && !folder);
    const context = { cache, signal: all.signal, onProgress: report, folder };
    // The worker starts while the module and the model arrive.
    const compiling = fetchModule(wasm ? resolve(wasm) : undefined, context);
    const fetching = fetchModel(manifestUrl, options, context);
    const starting = startHost(wanted, workerUrl, compiling, fetching, all.signal);
    const [model, { key, bytes }, host] = await Promise.all([fetching, compiling, starting]);
    const info = await open(host, model, bytes, manifestUrl, cache);
    report({ type: "ready" });
    all.signal.throwIfAborted();

    const { entry, manifest, files } = model;
    if (manifest.source === "network") cache.put(manifestUrl.href, manifest.bytes);
    cache.keepOnly([manifestUrl.href, key, ...files]);
    if (isCached && !folder) dropSuperfluousCaches(manifestUrl.href);
    const loadUsers = async () => {
      all.signal.throwIfAborted();
      if (users) return;
      const { bytes } = await fetchFile(fileOf(entry, "users", manifestUrl), context);
      await host.call("addUsers", [bytes]);
    };
    sendEvent(onEvent, "load", info, performance.now() - begin, []);
    return new Foldin(host, info, { loadUsers, onEvent, onClose: () => all.abort(closedError()) });
  });
}

/** @typedef {Awaited<ReturnType<typeof fetchModel>>} FetchedModel */

/**
 * @param {URL} manifestUrl
 * @param {LoadOptions} options
 * @param {import("./files.js").LoadContext} context
 */
async function fetchModel(manifestUrl, options, context) {
  // The names of the model's files contain a hash; the manifest changes at the same address.
  const manifest = await fetchFile({ name: "manifest", url: manifestUrl, changes: true }, context);
  const chosen = readManifest(manifest.bytes, manifestUrl, options);
  /** @type {("score" | "show" | "users")[]} */
  const names = options.users ? ["score", "show", "users"] : ["score", "show"];
  const files = names.map((name) => fileOf(chosen.entry, name, manifestUrl));
  const [score, show, users] = await Promise.all(files.map((file) => fetchFile(file, context)));
  return { ...chosen, manifest, score, show, users };
}

/**
 * Decodes the model, and returns what is known about it.
 *
 * @param {import("./host.js").Host} host
 * @param {FetchedModel} model
 * @param {number} wasm length of the wasm module
 * @param {URL} manifestUrl
 * @param {ModelCache} cache
 * @returns {Promise<Info>}
 */
async function open(host, { entry, variant, score, show, users }, wasm, manifestUrl, cache) {
  const { files, version } = entry;
  /** @type {{ score: number, show: number, wasm: number, users?: number }} */
  const bytes = { score: score.bytes.length, show: show.bytes.length, wasm };
  if (files.users) bytes.users = files.users.bytes;
  let about;
  try {
    about = (await host.call("open", [score.bytes, show.bytes])).value;
    if (users) await host.call("addUsers", [users.bytes]);
  } catch (error) {
    const { code, message } = /** @type {FoldinError} */ (error);
    const urls = addressesOf(entry, manifestUrl);
    // Files that cannot be decoded must not stay in the cache.
    await Promise.all(urls.map((url) => cache.delete(url)));
    throw new FoldinError(code, `${urls.join(" or ")}: ${message}`, { url: urls[0] });
  }
  const info = {
    ...about,
    version,
    variant,
    metrics: entry.metrics ?? null,
    freeDiversity: freeDiversity(entry.metrics),
    reports: entry.reports ?? {},
    bytes,
    hasUsers: Boolean(files.users),
    modelUrl: new URL(".", manifestUrl).href,
    source: score.source === "network" ? "network" : show.source,
    worker: !(host instanceof Calls),
  };
  for (const part of [info.genres, info.strategies, info.reports, bytes, info]) Object.freeze(part);
  return info;
}

/** @param {string | URL} url */
function resolve(url) {
  let resolved;
  try {
    resolved = new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href);
  } catch (cause) {
    throw new FoldinError("invalid-value", `"${url}" is no URL; outside of a page it must be absolute`, { cause });
  }
  // The letter of a drive is read as a scheme.
  if (/^[a-z]:$/.test(resolved.protocol)) {
    const message = `"${url}" is a path, not a URL; use pathToFileURL of "node:url"`;
    throw new FoldinError("invalid-value", message);
  }
  return resolved;
}
