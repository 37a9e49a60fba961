// The package `foldin`: loads a model, and asks it. Everything is computed in the wasm module. What every call takes,
// gives and throws is documented in foldin.d.ts.

import { call, createModel, freeModel, startEngine } from "./engine.js";
import { FoldinError, checkFields, checkString } from "./error.js";
import { fetchFile } from "./files.js";
import { fetchManifest, fileOf } from "./manifest.js";

export { FoldinError };

/** Loads the current version of the model whose manifest is at `url`. */
export async function load(url, options = {}) {
  checkFields("options", options, ["signal", "onProgress", "users"]);
  const manifestUrl = resolve(url);
  const { signal, onProgress = () => {}, users = false } = options;
  signal?.throwIfAborted();
  // One failure ends the other downloads too.
  const all = new AbortController();
  const abort = () => all.abort(signal.reason);
  signal?.addEventListener("abort", abort);
  const context = { signal: all.signal, onProgress };
  try {
    const [wasmBytes, files] = await Promise.all([startEngine(context), fetchModel(manifestUrl, users, context)]);
    signal?.throwIfAborted();
    const foldin = open(files, wasmBytes);
    onProgress({ type: "ready" });
    return foldin;
  } catch (error) {
    all.abort(error);
    throw error;
  } finally {
    signal?.removeEventListener("abort", abort);
  }
}

async function fetchModel(manifestUrl, users, context) {
  const entry = await fetchManifest(manifestUrl, context);
  if (users && !entry.files.users) {
    const message = `the model at ${manifestUrl} holds no known users; train it with --with-users`;
    throw new FoldinError("not-in-model", message, { url: manifestUrl.href });
  }
  const names = users ? ["score", "show", "users"] : ["score", "show"];
  const fetched = names.map(async (name) => {
    const file = fileOf(name, entry.files[name], manifestUrl);
    return [name, { url: file.url, content: await fetchFile(file, context) }];
  });
  return { entry, ...Object.fromEntries(await Promise.all(fetched)) };
}

function open({ entry, score, show, users }, wasmBytes) {
  const model = decode([score, show], () => createModel(score.content, show.content));
  if (users) decode([users], () => call(() => model.addUsers(users.content)));
  const bytes = { score: score.content.length, show: show.content.length, wasm: wasmBytes };
  if (users) bytes.users = users.content.length;
  const about = call(() => model.about());
  const info = {
    ...about,
    version: entry.version,
    genres: Object.freeze(about.genres),
    metrics: entry.metrics ?? null,
    bytes: Object.freeze(bytes),
  };
  return new Foldin(model, Object.freeze(info));
}

/** Says beside the module's own message which file it is about. */
function decode(files, what) {
  try {
    return what();
  } catch (error) {
    if (error.code === "internal") throw error;
    const where = files.map((file) => file.url.href).join(" and ");
    error.message = `${where}: ${error.message}`;
    error.url = files[0].url.href;
    throw error;
  }
}

function resolve(url) {
  try {
    return new URL(url, globalThis.document?.baseURI ?? globalThis.location?.href);
  } catch (cause) {
    const message = `${JSON.stringify(String(url))} is not the URL of a manifest; outside of a page it must be absolute`;
    throw new FoldinError("invalid-value", message, { cause });
  }
}

/** A loaded model. Made by `load` only. */
export class Foldin {
  #model;
  #info;

  constructor(model, info) {
    this.#model = model;
    this.#info = info;
  }

  get info() {
    return this.#info;
  }

  async recommend(profile = {}, request = {}) {
    return this.#answer((model) => model.recommend(profile, request));
  }

  async recommendUser(id, request = {}) {
    checkString("id", id);
    return this.#answer((model) => model.recommendUser(id, request));
  }

  async seeds(options = {}) {
    checkFields("options", options, ["k", "profile", "exclude", "only", "where"]);
    const { profile = {}, k = 24, ...request } = options;
    return this.#answer((model) => model.seeds(profile, { ...request, k }));
  }

  async predict(id, profile = {}) {
    checkString("id", id);
    const [stars, ms] = this.#timed((model) => model.predict(id, profile));
    return { stars, ms };
  }

  async similar(id, options = {}) {
    checkString("id", id);
    checkFields("options", options, ["by", "k"]);
    const { by = "taste", k = 10 } = options;
    return this.#answer((model) => model.similar(id, by, k));
  }

  async search(text, options = {}) {
    checkString("text", text);
    checkFields("options", options, ["k"]);
    const { k = 8 } = options;
    return this.#answer((model) => model.search(text, k));
  }

  async popular(request = {}) {
    checkFields("request", request, ["k", "exclude", "only", "where"]);
    return this.#answer((model) => model.recommend({}, { ...request, strategy: "popular" }));
  }

  close() {
    if (this.#model) freeModel(this.#model);
    this.#model = null;
  }

  #answer(ask) {
    const [items, ms] = this.#timed(ask);
    return { items, ms };
  }

  /** What the model says, and in how many milliseconds. */
  #timed(ask) {
    const model = this.#model;
    if (!model) throw new FoldinError("closed", "this model was closed; load it again to go on");
    const begin = performance.now();
    const said = call(() => ask(model));
    return [said, performance.now() - begin];
  }
}
