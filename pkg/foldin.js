// The package `foldin`: loads a model, and asks it. What every call takes, gives and throws is documented in
// foldin.d.ts.

import { Drawer, clearCache } from "./cache.js";
import { Calls } from "./calls.js";
import { WorkerClient } from "./client.js";
import { fetchFile, unlessAborted, wait } from "./download.js";
import { fetchEngine } from "./engine.js";
import { FoldinError, checkFields, checkString, closed, invalid, plain } from "./error.js";
import { fileOf, readManifest } from "./manifest.js";
import { MODULE } from "./wasm/module.js";

export { FoldinError, clearCache };

const OPTIONS = ["worker", "cache", "users", "onProgress", "signal", "variant", "visitor", "onEvent", "wasm", "workerUrl"];
/** How long the worker may take to start once everything else is there. */
const WORKER_PATIENCE_MS = 4000;

/** Loads a model: the current version of the manifest at `url`, or the visitor's variant. */
export async function load(url, options = {}) {
  checkFields("options", options, OPTIONS);
  const { worker = "auto", cache = true, users = false, onProgress, signal, onEvent, workerUrl, wasm } = options;
  if (!["auto", true, false].includes(worker)) throw invalid("options.worker", worker, `"auto", true or false`);
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
  const context = { drawer: new Drawer(manifestUrl.href, cache), signal: all.signal, onProgress: report };
  let host;
  try {
    // The worker starts while module and model arrive.
    const client = (host = startWorker(worker, workerUrl));
    const engine = fetchEngine(wasm && resolve(wasm), context);
    const fetching = fetchModel(manifestUrl, users, options, context);
    const starting = startHost(client, worker, engine, fetching, all.signal);
    const [model, { key }] = await unlessAborted(Promise.all([fetching, engine, starting]), all.signal);
    host = await starting;
    const info = await unlessAborted(open(host, model, manifestUrl), all.signal);
    report({ type: "ready" });
    all.signal.throwIfAborted();

    const { drawer } = context;
    if (model.manifest.source === "network") drawer.put(manifestUrl.href, model.manifest.bytes);
    drawer.keepOnly([manifestUrl.href, key, ...model.files]);
    const loadUsers = async () => {
      if (!users) await addUsers(host, await fetchUsers(model.entry, manifestUrl, context));
    };
    const foldin = new Foldin(host, info, { loadUsers, onEvent, onClose: () => all.abort(closed()) });
    tell(onEvent, "load", info, performance.now() - begin, []);
    return foldin;
  } catch (error) {
    all.abort(error);
    host?.close();
    throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

/** The worker, if there can be one; whether it really starts is known when it first answers. */
function startWorker(wanted, url) {
  // What has no document is no page, and most likely a worker already.
  if (wanted === false || (wanted === "auto" && !globalThis.document)) return undefined;
  try {
    return new WorkerClient(url);
  } catch (cause) {
    if (wanted === true) throw blocked(cause);
    return undefined;
  }
}

/** Starts the wasm module in the worker, or where that is not possible on this thread; gives whom to ask. */
async function startHost(client, wanted, engine, fetching, signal) {
  const { module } = await engine;
  if (client) {
    try {
      const started = client.ask("start", [module]);
      const late = async () => {
        await wait(WORKER_PATIENCE_MS, signal);
        throw new Error("it does not answer");
      };
      await Promise.race([started, fetching.then(late, () => started)]);
      return client;
    } catch (cause) {
      client.close();
      if (wanted === true) throw blocked(cause);
    }
  }
  const calls = new Calls();
  await calls.ask("start", [module]);
  return calls;
}

function blocked(cause) {
  const message = `foldin's worker could not be started (${cause.message}). Is worker.js where foldin.js is (or where \
options.workerUrl says), on the page's own host, does the page's worker-src allow it, and does this browser have module \
workers? With worker: "auto" foldin goes without it`;
  return new FoldinError("worker-blocked", message, { cause });
}

async function fetchModel(manifestUrl, users, options, context) {
  // The model's files have a hash in their names; the manifest changes in place.
  const manifest = await fetchFile({ name: "manifest", url: manifestUrl, changes: true }, context);
  const chosen = readManifest(manifest.bytes, manifestUrl, options);
  const { files } = chosen.entry;
  const fetched = ["score", "show"].map((name) => fetchFile(fileOf(name, files[name], manifestUrl), context));
  if (users) fetched.push(fetchUsers(chosen.entry, manifestUrl, context));
  const [score, show, known] = await Promise.all(fetched);
  return { ...chosen, manifest, score, show, users: known };
}

function fetchUsers({ version, files }, manifestUrl, context) {
  if (!files.users) {
    const message = `version ${version} of the model at ${manifestUrl} holds no known users; train it with --with-users`;
    throw new FoldinError("not-in-model", message, { url: manifestUrl.href });
  }
  return fetchFile(fileOf("users", files.users, manifestUrl), context);
}

function addUsers(host, { bytes }) {
  return host.ask("addUsers", [bytes], [bytes.buffer]);
}

/** Decodes the model, and gives what is known of it. */
async function open(host, { entry, variant, score, show, users }, manifestUrl) {
  const { files } = entry;
  const bytes = { score: score.bytes.length, show: show.bytes.length, wasm: MODULE.bytes };
  if (files.users) bytes.users = files.users.bytes ?? users?.bytes.length;
  let about;
  try {
    const given = [score.bytes, show.bytes];
    about = (await host.ask("open", given, given.map(({ buffer }) => buffer))).value;
    if (users) await addUsers(host, users);
  } catch (error) {
    if (error.code === "internal") throw error;
    const decoded = [files.score, files.show, ...(users ? [files.users] : [])];
    const where = decoded.map(({ path }) => new URL(path, manifestUrl));
    throw new FoldinError(error.code, `${where.join(", ")}: ${error.message}`, { url: where[0].href, cause: error });
  }
  return Object.freeze({
    ...about,
    genres: Object.freeze(about.genres),
    strategies: Object.freeze(about.strategies),
    version: entry.version,
    variant,
    metrics: entry.metrics ?? null,
    papers: Object.freeze(entry.papers ?? {}),
    hasUsers: Boolean(files.users),
    modelUrl: new URL(".", manifestUrl).href,
    bytes: Object.freeze(bytes),
    source: score.source === "cache" && show.source === "cache" ? "cache" : "network",
    worker: host instanceof WorkerClient,
  });
}

function resolve(url) {
  try {
    return new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href);
  } catch (cause) {
    const message = `${JSON.stringify(String(url))} is not a URL; outside of a page it must be absolute`;
    throw new FoldinError("invalid-value", message, { cause });
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
