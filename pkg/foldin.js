// The package `foldin`: loads a model, and asks it. What every call takes, gives and throws is documented in
// foldin.d.ts.

import { Calls } from "./calls.js";
import { FoldinError, checkFields, checkString, closed, invalid, plain } from "./error.js";
import { Drawer, clearCache, fetchFile, unlessAborted } from "./files.js";
import { fetchModule, startHost } from "./host.js";
import { fileOf, readManifest } from "./manifest.js";

export { FoldinError, clearCache };

const OPTIONS = "worker,cache,users,onProgress,signal,variant,visitor,onEvent,wasm,workerUrl".split(",");

/** Loads a model: the current version of the manifest at `url`, or the visitor's variant. */
export async function load(url, options = {}) {
  checkFields("options", options, OPTIONS);
  const { worker: wanted = "auto", cache = true, users, onProgress, signal, onEvent, workerUrl, wasm } = options;
  if (!["auto", true, false].includes(wanted)) throw invalid("options.worker", wanted, `"auto", true or false`);
  for (const name of ["variant", "visitor"]) if (name in options) checkString(`options.${name}`, options[name]);
  const manifestUrl = resolve(url);
  signal?.throwIfAborted();

  const begin = performance.now();
  // One failure ends everything else, and so does closing.
  const all = new AbortController();
  const abort = () => all.abort(signal.reason);
  signal?.addEventListener("abort", abort);
  const report = (event) => {
    try {
      onProgress?.(event);
    } catch (error) {
      all.abort(error);
    }
  };
  const drawer = new Drawer(manifestUrl.href, cache);
  const context = { drawer, signal: all.signal, onProgress: report };
  const loading = async () => {
    // The worker starts while module and model arrive.
    const compiling = fetchModule(wasm && resolve(wasm), context);
    const fetching = fetchModel(manifestUrl, options, context);
    const starting = startHost(wanted, workerUrl, compiling, fetching, all.signal);
    const [model, { key, bytes }, host] = await Promise.all([fetching, compiling, starting]);
    const info = await open(host, model, bytes, manifestUrl, drawer);
    report({ type: "ready" });
    all.signal.throwIfAborted();

    const { entry, manifest, files } = model;
    if (manifest.source === "network") drawer.put(manifestUrl.href, manifest.bytes);
    drawer.keepOnly([manifestUrl.href, key, ...files]);
    const loadUsers = async () => {
      all.signal.throwIfAborted();
      if (users) return;
      const { bytes } = await fetchFile(fileOf(entry, "users", manifestUrl), context);
      await host.ask("addUsers", [bytes]);
    };
    tell(onEvent, "load", info, performance.now() - begin, []);
    return new Foldin(host, info, { loadUsers, onEvent, onClose: () => all.abort(closed()) });
  };
  try {
    return await unlessAborted(loading(), all.signal);
  } catch (error) {
    all.abort(error);
    throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

async function fetchModel(manifestUrl, options, context) {
  // The model's files have a hash in their names; the manifest changes in place.
  const manifest = await fetchFile({ name: "manifest", url: manifestUrl, changes: true }, context);
  const chosen = readManifest(manifest.bytes, manifestUrl, options);
  const names = options.users ? ["score", "show", "users"] : ["score", "show"];
  const files = names.map((name) => fileOf(chosen.entry, name, manifestUrl));
  const [score, show, users] = await Promise.all(files.map((file) => fetchFile(file, context)));
  return { ...chosen, manifest, score, show, users };
}

/** Decodes the model, and gives what is known of it. */
async function open(host, { entry, variant, score, show, users }, wasm, manifestUrl, drawer) {
  const { files, version, metrics = null, papers = {} } = entry;
  const bytes = { score: score.bytes.length, show: show.bytes.length, wasm };
  if (files.users) bytes.users = files.users.bytes;
  let about;
  try {
    about = (await host.ask("open", [score.bytes, show.bytes])).value;
    if (users) await host.ask("addUsers", [users.bytes]);
  } catch ({ code, message }) {
    const urls = Object.values(files).map(({ path }) => new URL(path, manifestUrl).href);
    // What cannot be read is not to be kept.
    await Promise.all(urls.map((url) => drawer.drop(url)));
    throw new FoldinError(code, `${urls.join(" or ")}: ${message}`, { url: urls[0] });
  }
  const info = {
    ...about,
    version,
    variant,
    metrics,
    papers,
    bytes,
    hasUsers: Boolean(files.users),
    modelUrl: new URL(".", manifestUrl).href,
    source: score.source === "cache" ? show.source : "network",
    worker: !(host instanceof Calls),
  };
  for (const part of [info.genres, info.strategies, papers, bytes, info]) Object.freeze(part);
  return info;
}

function resolve(url) {
  try {
    return new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href);
  } catch (cause) {
    throw new FoldinError("invalid-value", `"${url}" is no URL; outside of a page it must be absolute`, { cause });
  }
}

/** Tells the site's own hook; what goes wrong in there is not the caller's business. */
function tell(onEvent, type, { variant, version }, ms, ids) {
  try {
    onEvent?.({ type, variant, version, ms, ids });
  } catch (error) {
    console.error(error);
  }
}

/** The ids of an answer, in its order. */
function idsOf(value) {
  return Array.isArray(value) ? value.flatMap((each) => (each.items ? idsOf(each.items) : (each.id ?? []))) : [];
}

/** A loaded model. Made by `load` only. */
export class Foldin {
  #host;
  #info;
  #hooks;
  #users;

  constructor(host, info, hooks) {
    this.#host = host;
    this.#info = info;
    this.#hooks = hooks;
  }

  get info() {
    return this.#info;
  }

  recommend(profile, request) {
    return this.#ask("recommend", { profile, request }, "items");
  }

  async recommendUser(id, request) {
    await this.#withUsers();
    return this.#ask("recommendUser", { id, request }, "items");
  }

  async userProfile(id) {
    await this.#withUsers();
    return this.#ask("userProfile", { id });
  }

  async userIds() {
    await this.#withUsers();
    return this.#ask("userIds", {});
  }

  async batch(questions) {
    if (Array.isArray(questions) && questions.some((question) => question?.user !== undefined)) await this.#withUsers();
    return this.#ask("batch", { questions }, "answers");
  }

  compare(profile, strategies, request) {
    return this.#ask("compare", { profile, strategies, request }, "lists");
  }

  similar(id, options) {
    return this.#ask("similar", { id, options }, "items");
  }

  predict(id, profile) {
    return this.#ask("predict", { id, profile }, "stars");
  }

  search(text, options) {
    return this.#ask("search", { text, options }, "items");
  }

  popular(request) {
    return this.#ask("popular", { request }, "items");
  }

  seeds(options) {
    return this.#ask("seeds", { options }, "items");
  }

  items(ids) {
    return this.#ask("items", { ids });
  }

  explain(id, profile, request) {
    return this.#ask("explain", { id, profile, request });
  }

  map() {
    return this.#ask("map", {});
  }

  place(profile) {
    return this.#ask("place", { profile });
  }

  async health() {
    const { version, variant, worker } = this.#info;
    return { status: "ok", version, variant, worker, ...(await this.#ask("health", {}, "items")) };
  }

  async stats() {
    return { ...this.#info, ...(await this.#ask("stats", {})) };
  }

  close() {
    this.#hooks.onClose();
  }

  /**
   * Makes a call.
   *
   * @param {string} name
   * @param {object} given what the caller gave, by the names that messages use
   * @param {string} [as] if the answer is to tell its time: how to name the rest
   */
  async #ask(name, given, as) {
    const args = Object.entries(given).map(([what, value]) => plain(what, value));
    const { value, ms } = await this.#host.ask(name, args);
    tell(this.#hooks.onEvent, name, this.#info, ms, idsOf(value));
    return as ? { [as]: value, ms } : value;
  }

  /** Loads the known users, once, when they are first asked for. */
  async #withUsers() {
    this.#users ??= this.#hooks.loadUsers();
    try {
      await this.#users;
    } catch (error) {
      this.#users = undefined;
      throw error;
    }
  }
}
