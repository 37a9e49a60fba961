// The calls of a loaded model, answered on the main thread and in the worker alike.

import { checkFields, checkList, checkString, closedError } from "./error.js";
import { isStopped, memorySize, newModel, startModule, throwIfStopped, toFoldinError } from "./module.js";

/** @typedef {import("../foldin.d.ts").Profile} Profile */
/** @typedef {import("../foldin.d.ts").Request} Request */
/** @typedef {{ value: any, ms: number }} Result what a call returns, and its time in milliseconds */

const POPULAR_FIELDS = ["k", "exclude", "only", "where"];
/** The number of latest calls of each kind whose times `stats` covers. */
const N_TIMES = 1000;

/** The calls of one model on this thread. */
export class Calls {
  /**
   * `undefined` before `open`, `null` after `close`.
   *
   * @type {any}
   */
  #model;
  /**
   * How often each call was made, and the times of the latest.
   *
   * @type {Record<string, { count: number, times: number[] }>}
   */
  #calls = {};

  /**
   * Makes the call `name`.
   *
   * @param {string} name
   * @param {unknown[]} args
   * @returns {Promise<Result>}
   */
  async call(name, args) {
    if (this.#model === null) throw closedError();
    throwIfStopped();
    try {
      const begin = performance.now();
      const value = await /** @type {any} */ (this)[name](...args);
      const ms = performance.now() - begin;
      this.#count(name, ms);
      return { value, ms };
    } catch (error) {
      throw toFoldinError(error);
    }
  }

  /** Frees the model's memory; after a trap there is no module to free it. */
  close() {
    if (!isStopped()) this.#model?.free();
    this.#model = null;
  }

  /** @param {WebAssembly.Module} module */
  start(module) {
    return startModule(module);
  }

  /**
   * @param {Uint8Array} score
   * @param {Uint8Array} show
   */
  open(score, show) {
    this.#model = newModel(score, show);
    return this.#model.about();
  }

  /** @param {Uint8Array} users */
  addUsers(users) {
    this.#model.addUsers(users);
  }

  /** The number of items: an answer of the model itself shows that it works. */
  health() {
    return this.#model.about().items;
  }

  /**
   * @param {Profile} [profile]
   * @param {Request} [request]
   */
  recommend(profile = {}, request = {}) {
    return this.#model.recommend(profile, request);
  }

  /**
   * @param {string} id
   * @param {Request} [request]
   */
  recommendUser(id, request = {}) {
    checkString("id", id);
    return this.#model.recommendUser(id, request);
  }

  /** @param {string} id */
  userProfile(id) {
    checkString("id", id);
    return this.#model.userProfile(id);
  }

  userIds() {
    return this.#model.userIds();
  }

  /** @param {import("../foldin.d.ts").Question[]} questions */
  batch(questions) {
    checkList("questions", questions);
    return questions.map((question, n) => {
      try {
        const { profile, user, request } = question ?? {};
        checkFields("the question", question, [user === undefined ? "profile" : "user", "request"]);
        return timed(() => (user === undefined ? this.recommend(profile, request) : this.recommendUser(user, request)));
      } catch (error) {
        const failed = /** @type {Error} */ (error);
        failed.message = `questions[${n}]: ${failed.message}`;
        throw failed;
      }
    });
  }

  /**
   * @param {Profile} [profile]
   * @param {import("../foldin.d.ts").ComparedStrategy[]} [strategies]
   * @param {Omit<Request, "strategy">} [request]
   */
  compare(profile = {}, strategies = [...this.#model.about().strategies, "diverse"], request = {}) {
    checkList("strategies", strategies);
    checkFields("request", request, [...POPULAR_FIELDS, "diversity", "reasons", "weights"]);
    return strategies.map((strategy) => {
      const how = strategy === "diverse" ? { strategy: "hybrid", diversity: 0.5 } : { strategy };
      return { strategy, ...timed(() => this.#model.recommend(profile, { ...request, ...how })) };
    });
  }

  /**
   * @param {string} id
   * @param {import("../foldin.d.ts").SimilarOptions} [options]
   */
  similar(id, options = {}) {
    checkString("id", id);
    checkFields("options", options, ["by", "k"]);
    const { by = "taste", k = 10 } = options;
    return this.#model.similar(id, by, k);
  }

  /**
   * @param {string} id
   * @param {Profile} [profile]
   */
  predict(id, profile = {}) {
    checkString("id", id);
    return this.#model.predict(id, profile);
  }

  /**
   * @param {string} text
   * @param {import("../foldin.d.ts").SearchOptions} [options]
   */
  search(text, options = {}) {
    checkString("text", text);
    checkFields("options", options, ["k"]);
    const { k = 8 } = options;
    // Titles are in Unicode's composed form; some keyboards and files write the other.
    return this.#model.search(text.normalize("NFC"), k);
  }

  /** @param {import("../foldin.d.ts").PopularRequest} [request] */
  popular(request = {}) {
    checkFields("request", request, POPULAR_FIELDS);
    return this.#model.recommend({}, { ...request, strategy: "popular" });
  }

  /** @param {import("../foldin.d.ts").SeedsOptions} [options] */
  seeds(options = {}) {
    checkFields("options", options, [...POPULAR_FIELDS, "profile"]);
    const { profile = {}, k = 24, ...request } = options;
    return this.#model.seeds(profile, { ...request, k });
  }

  /** @param {string[]} ids */
  items(ids) {
    checkList("ids", ids);
    for (const [n, id] of ids.entries()) checkString(`ids[${n}]`, id);
    return this.#model.items(ids);
  }

  /**
   * @param {string} id
   * @param {Profile} [profile]
   * @param {Request} [request]
   */
  explain(id, profile = {}, request = {}) {
    checkString("id", id);
    return this.#model.explain(id, profile, request);
  }

  map() {
    const { x, y } = this.#model.map();
    return { ids: this.#model.ids(), x, y };
  }

  /** @param {Profile} [profile] */
  place(profile = {}) {
    return this.#model.place(profile);
  }

  stats() {
    const calls = Object.entries(this.#calls).map(([name, { count, times }]) => {
      const sorted = [...times].sort((a, b) => a - b);
      /** @param {number} part */
      const quantile = (part) => sorted[Math.ceil(part * sorted.length) - 1];
      return [name, { count, median: quantile(0.5), p95: quantile(0.95) }];
    });
    return { calls: Object.fromEntries(calls), memory: memorySize() };
  }

  /**
   * @param {string} name
   * @param {number} ms
   */
  #count(name, ms) {
    this.#calls[name] ??= { count: 0, times: [] };
    const calls = this.#calls[name];
    calls.times[calls.count % N_TIMES] = ms;
    calls.count += 1;
  }
}

/** @param {() => object[]} call */
function timed(call) {
  const begin = performance.now();
  const items = call();
  return { items, ms: performance.now() - begin };
}
