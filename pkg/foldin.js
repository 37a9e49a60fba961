// The package `foldin`: loads a model, and asks it. What every call takes, gives and throws is documented in
// foldin.d.ts.

import { Drawer, clearCache } from "./cache.js";
import { Calls } from "./calls.js";
import { fetchFile, unlessAborted } from "./download.js";
import { FoldinError, checkFields, checkString, closed, invalid, plain } from "./error.js";
import { fetchModule, startHost, startWorker } from "./host.js";
import { fileOf, readManifest } from "./manifest.js";
import { MODULE } from "./wasm/module.js";

export { FoldinError, clearCache };

const OPTIONS = ["worker", "cache", "users", "onProgress", "signal", "variant", "visitor", "onEvent", "wasm", "workerUrl"];

/** Loads a model: the current version of the manifest at `url`, or the visitor's variant. */
export async function load(url, options = {}) {
  checkFields("options", options, OPTIONS);
  const { worker: wanted = "auto", cache = true, users = false, onProgress, signal, onEvent, workerUrl, wasm } = options;
  if (!["auto", true, false].includes(wanted)) throw invalid("options.worker", wanted, `"auto", true or false`);
  for (const name of ["variant", "visitor"]) if (name in options) checkString(`options.${name}`, options[name]);
  const manifestUrl = resolve(url);
  signal?.throwIfAborted();

  const begin = performance.now();
  // One failure ends everything else.
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
  let host;
  try {
    // The worker starts while module and model arrive.
    const worker = (host = startWorker(wanted, workerUrl));
    const compiling = fetchModule(wasm && resolve(wasm), context);
    const fetching = fetchModel(manifestUrl, options, context);
    const starting = startHost(worker, wanted, compiling, fetching, all.signal);
    const [model, { key }] = await unlessAborted(Promise.all([fetching, compiling, starting]), all.signal);
    host = await starting;
    const info = await unlessAborted(open(host, model, manifestUrl, drawer), all.signal);
    report({ type: "ready" });
    all.signal.throwIfAborted();

    if (model.manifest.source === "network") drawer.put(manifestUrl.href, model.manifest.bytes);
    drawer.keepOnly([manifestUrl.href, key, ...model.files]);
    const loadUsers = async () => {
      if (!users) await addUsers(host, await fetchFile(fileOf(model.entry, "users", manifestUrl), context));
    };
    tell(onEvent, "load", info, performance.now() - begin, []);
    return new Foldin(host, info, { loadUsers, onEvent, onClose: () => all.abort(closed()) });
  } catch (error) {
    all.abort(error);
    host?.close();
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

function addUsers(host, { bytes }) {
  return host.ask("addUsers", [bytes], [bytes.buffer]);
}

/** Decodes the model, and gives what is known of it. */
async function open(host, { entry, variant, score, show, users }, manifestUrl, drawer) {
  const { files, version, metrics = null, papers = {} } = entry;
  const bytes = { score: score.bytes.length, show: show.bytes.length, wasm: MODULE.bytes };
  if (files.users) bytes.users = files.users.bytes;
  let about;
  try {
    const given = [score.bytes, show.bytes];
    about = (await host.ask("open", given, given.map(({ buffer }) => buffer))).value;
    if (users) await addUsers(host, users);
  } catch (error) {
    if (error.code === "internal") throw error;
    // What cannot be read is not to be kept.
    const urls = Object.values(files).map(({ path }) => new URL(path, manifestUrl).href);
    await Promise.all(urls.map((url) => drawer.drop(url)));
    throw new FoldinError(error.code, `${urls.join(" or ")}: ${error.message}`, { url: urls[0], cause: error });
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
  return Array.isArray(value) ? value.flatMap((each) => (each.items ? idsOf(each.items) : each.id)) : [];
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
    return this.#list("recommend", { profile, request });
  }

  async recommendUser(id, request) {
    await this.#withUsers();
    return this.#list("recommendUser", { id, request });
  }

  async userProfile(id) {
    await this.#withUsers();
    return (await this.#ask("userProfile", { id })).value;
  }

  async batch(questions) {
    if (Array.isArray(questions) && questions.some((question) => question?.user !== undefined)) await this.#withUsers();
    const { value, ms } = await this.#ask("batch", { questions });
    return { answers: value, ms };
  }

  async compare(profile, strategies, request) {
    const { value, ms } = await this.#ask("compare", { profile, strategies, request });
    return { lists: value, ms };
  }

  similar(id, options) {
    return this.#list("similar", { id, options });
  }

  async predict(id, profile) {
    const { value, ms } = await this.#ask("predict", { id, profile });
    return { stars: value, ms };
  }

  search(text, options) {
    return this.#list("search", { text, options });
  }

  popular(request) {
    return this.#list("popular", { request });
  }

  seeds(options) {
    return this.#list("seeds", { options });
  }

  async items(ids) {
    return (await this.#ask("items", { ids })).value;
  }

  async explain(id, profile, request) {
    return (await this.#ask("explain", { id, profile, request })).value;
  }

  async map() {
    return (await this.#ask("map", {})).value;
  }

  async place(profile) {
    return (await this.#ask("place", { profile })).value;
  }

  async health() {
    const { version, variant, source, worker } = this.#info;
    const { value, ms } = await this.#ask("health", {});
    return { status: "ok", version, variant, items: value.items, source, worker, ms };
  }

  async stats() {
    const { version, users, items, likes, factors, bytes } = this.#info;
    return { version, users, items, likes, factors, bytes, ...(await this.#ask("stats", {})).value };
  }

  close() {
    this.#host?.close();
    this.#host = null;
    this.#hooks.onClose();
  }

  async #list(name, given) {
    const { value, ms } = await this.#ask(name, given);
    return { items: value, ms };
  }

  /** Makes a call with what the caller gave, by the names that messages use. */
  async #ask(name, given) {
    if (!this.#host) throw closed();
    const args = Object.entries(given).map(([what, value]) => plain(what, value));
    const answer = await this.#host.ask(name, args);
    tell(this.#hooks.onEvent, name, this.#info, answer.ms, idsOf(answer.value));
    return answer;
  }

  /** Loads the known users, once, when they are first asked for. */
  async #withUsers() {
    if (!this.#host) throw closed();
    this.#users ??= this.#hooks.loadUsers();
    try {
      await this.#users;
    } catch (error) {
      this.#users = undefined;
      throw error;
    }
  }
}
