// What a loaded model answers: the same here on the main thread as in the worker. The wasm module is started once a
// thread, shared by the models of that thread, and given up if it ever stops in the middle of a call.

import * as glue from "./wasm/foldin.js";
import { FoldinError, checkFields, checkList, checkString, closed } from "./error.js";

const OF_POPULAR = ["k", "exclude", "only", "where"];
/** So many of the last calls are kept of each kind, for `stats`. */
const CALLS_KEPT = 1000;

/** The module's exports, once somebody has asked for them. */
let starting;
let memory;
/** What stopped the module. */
let trap;

/** One model of this thread. A client on the main thread and the worker ask it in the same way. */
export class Calls {
  #model;
  /** How often each call was made, and how long the last of them took. */
  #calls = {};

  /**
   * Makes the call `name`: what it gives, and in how many milliseconds.
   *
   * @returns {Promise<{ value: any, ms: number }>}
   */
  async ask(name, args) {
    if (this.#model === null) throw closed();
    if (trap) throw stopped("stopped earlier");
    try {
      const begin = performance.now();
      const value = await this[name](...args);
      const ms = performance.now() - begin;
      this.#count(name, ms);
      return { value, ms };
    } catch (error) {
      throw translated(error);
    }
  }

  /** Gives the model's memory back; a stopped module has none to give. */
  close() {
    if (!trap) this.#model?.free();
    this.#model = null;
  }

  /** @param {WebAssembly.Module} module */
  async start(module) {
    starting ??= WebAssembly.instantiate(module, { "./foldin_bg.js": glue });
    try {
      const { exports } = await starting;
      if (memory) return;
      glue.__wbg_set_wasm(exports);
      exports.__wbindgen_start();
      memory = exports.memory;
    } catch (error) {
      starting = undefined;
      throw error;
    }
  }

  open(score, show) {
    this.#model = new glue.FoldinModel(score, show);
    return this.#model.about();
  }

  addUsers(users) {
    this.#model.addUsers(users);
  }

  /** How many items there are: that it is told shows that the model answers. */
  health() {
    return this.#model.about().items;
  }

  recommend(profile = {}, request = {}) {
    return this.#model.recommend(profile, request);
  }

  recommendUser(id, request = {}) {
    checkString("id", id);
    return this.#model.recommendUser(id, request);
  }

  userProfile(id) {
    checkString("id", id);
    return this.#model.userProfile(id);
  }

  userIds() {
    return this.#model.userIds();
  }

  batch(questions) {
    checkList("questions", questions);
    return questions.map((question, n) => {
      try {
        const { profile, user, request } = question ?? {};
        const ofUser = user !== undefined;
        checkFields("the question", question, [ofUser ? "user" : "profile", "request"]);
        return timed(() => (ofUser ? this.recommendUser(user, request) : this.recommend(profile, request)));
      } catch (error) {
        error.message = `questions[${n}]: ${error.message}`;
        throw error;
      }
    });
  }

  compare(profile = {}, strategies = [...this.#model.about().strategies, "diverse"], request = {}) {
    checkList("strategies", strategies);
    checkFields("request", request, [...OF_POPULAR, "diversity", "reasons"]);
    return strategies.map((strategy) => {
      const how = strategy === "diverse" ? { strategy: "hybrid", diversity: 0.5 } : { strategy };
      return { strategy, ...timed(() => this.#model.recommend(profile, { ...request, ...how })) };
    });
  }

  similar(id, options = {}) {
    checkString("id", id);
    checkFields("options", options, ["by", "k"]);
    const { by = "taste", k = 10 } = options;
    return this.#model.similar(id, by, k);
  }

  predict(id, profile = {}) {
    checkString("id", id);
    return this.#model.predict(id, profile);
  }

  search(text, options = {}) {
    checkString("text", text);
    checkFields("options", options, ["k"]);
    const { k = 8 } = options;
    return this.#model.search(text, k);
  }

  popular(request = {}) {
    checkFields("request", request, OF_POPULAR);
    return this.#model.recommend({}, { ...request, strategy: "popular" });
  }

  seeds(options = {}) {
    checkFields("options", options, [...OF_POPULAR, "profile"]);
    const { profile = {}, k = 24, ...request } = options;
    return this.#model.seeds(profile, { ...request, k });
  }

  items(ids) {
    checkList("ids", ids);
    ids.forEach((id, n) => checkString(`ids[${n}]`, id));
    return this.#model.items(ids);
  }

  explain(id, profile = {}, request = {}) {
    checkString("id", id);
    return this.#model.explain(id, profile, request);
  }

  map() {
    const { x, y } = this.#model.map();
    return { ids: this.#model.ids(), x, y };
  }

  place(profile = {}) {
    return this.#model.place(profile);
  }

  stats() {
    const calls = {};
    for (const [name, { count, times }] of Object.entries(this.#calls)) {
      const sorted = [...times].sort((a, b) => a - b);
      const below = (part) => sorted[Math.ceil(part * sorted.length) - 1];
      calls[name] = { count, median: below(0.5), p95: below(0.95) };
    }
    return { calls, memory: memory.buffer.byteLength };
  }

  #count(name, ms) {
    const calls = (this.#calls[name] ??= { count: 0, times: [] });
    calls.times[calls.count++ % CALLS_KEPT] = ms;
  }
}

function timed(ask) {
  const begin = performance.now();
  const items = ask();
  return { items, ms: performance.now() - begin };
}

/** Makes a `FoldinError` of whatever the module threw. */
function translated(error) {
  if (error instanceof FoldinError) return error;
  if (typeof error?.code === "string") return new FoldinError(error.code, error.message, { cause: error });
  if (error instanceof WebAssembly.LinkError || error instanceof WebAssembly.CompileError) {
    const message = `the wasm module does not start: ${error.message}. Are all files of foldin of one version?`;
    return new FoldinError("wasm-unsupported", message, { cause: error });
  }
  // A trap, or an exhausted stack, leaves the module's memory as it was in the middle of the call.
  if (error instanceof WebAssembly.RuntimeError || error instanceof RangeError) {
    trap = error;
    return stopped("has stopped");
  }
  return new FoldinError("internal", `the wasm module failed: ${error?.message ?? error}`, { cause: error });
}

function stopped(what) {
  const message = `the wasm module ${what}: ${trap.message}. Load the model again, or reload the page`;
  return new FoldinError("internal", message, { cause: trap });
}
