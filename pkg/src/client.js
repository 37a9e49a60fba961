// A loaded model: passes every call on to where the wasm module runs.

import { plain } from "./error.js";

/** @typedef {import("../foldin.d.ts").Info} Info */
/** @typedef {import("../foldin.d.ts").LoadOptions["onEvent"]} OnEvent */
/** @typedef {import("../foldin.d.ts").FoldinEvent["type"]} EventType */
/** @typedef {import("../foldin.d.ts").Foldin} FoldinInterface */

/**
 * Calls the site's hook. Its errors are logged: they do not concern the caller.
 *
 * @param {OnEvent} onEvent
 * @param {EventType} type
 * @param {Info} info
 * @param {number} ms
 * @param {string[]} ids
 */
export function sendEvent(onEvent, type, { variant, version }, ms, ids) {
  try {
    onEvent?.({ type, variant, version, ms, ids });
  } catch (error) {
    console.error(error);
  }
}

/**
 * The ids of all items in an answer, in its order.
 *
 * @param {any} value
 * @returns {string[]}
 */
function idsOf(value) {
  return Array.isArray(value) ? value.flatMap((each) => (each.items ? idsOf(each.items) : (each.id ?? []))) : [];
}

/**
 * A loaded model. Only `load` makes one.
 *
 * @implements {FoldinInterface}
 */
export class Foldin {
  #host;
  #info;
  #hooks;
  /** @type {Promise<void> | undefined} */
  #users;

  /**
   * @param {import("./host.js").Host} host
   * @param {Info} info
   * @param {{ loadUsers: () => Promise<void>, onEvent: OnEvent, onClose: () => void }} hooks
   */
  constructor(host, info, hooks) {
    this.#host = host;
    this.#info = info;
    this.#hooks = hooks;
  }

  get info() {
    return this.#info;
  }

  /** @type {FoldinInterface["recommend"]} */
  recommend(profile, request) {
    return this.#ask("recommend", { profile, request }, "items");
  }

  /** @type {FoldinInterface["recommendUser"]} */
  async recommendUser(id, request) {
    await this.#withUsers();
    return this.#ask("recommendUser", { id, request }, "items");
  }

  /** @type {FoldinInterface["userProfile"]} */
  async userProfile(id) {
    await this.#withUsers();
    return this.#ask("userProfile", { id });
  }

  /** @type {FoldinInterface["userIds"]} */
  async userIds() {
    await this.#withUsers();
    return this.#ask("userIds", {});
  }

  /** @type {FoldinInterface["batch"]} */
  async batch(questions) {
    if (Array.isArray(questions) && questions.some((question) => question?.user !== undefined)) await this.#withUsers();
    return this.#ask("batch", { questions }, "answers");
  }

  /** @type {FoldinInterface["compare"]} */
  compare(profile, strategies, request) {
    return this.#ask("compare", { profile, strategies, request }, "lists");
  }

  /** @type {FoldinInterface["similar"]} */
  similar(id, options) {
    return this.#ask("similar", { id, options }, "items");
  }

  /** @type {FoldinInterface["predict"]} */
  predict(id, profile) {
    return this.#ask("predict", { id, profile }, "stars");
  }

  /** @type {FoldinInterface["search"]} */
  search(text, options) {
    return this.#ask("search", { text, options }, "items");
  }

  /** @type {FoldinInterface["popular"]} */
  popular(request) {
    return this.#ask("popular", { request }, "items");
  }

  /** @type {FoldinInterface["seeds"]} */
  seeds(options) {
    return this.#ask("seeds", { options }, "items");
  }

  /** @type {FoldinInterface["items"]} */
  items(ids) {
    return this.#ask("items", { ids });
  }

  /** @type {FoldinInterface["explain"]} */
  explain(id, profile, request) {
    return this.#ask("explain", { id, profile, request });
  }

  /** @type {FoldinInterface["map"]} */
  map() {
    return this.#ask("map", {});
  }

  /** @type {FoldinInterface["place"]} */
  place(profile) {
    return this.#ask("place", { profile });
  }

  /** @type {FoldinInterface["health"]} */
  async health() {
    const { version, variant, worker } = this.#info;
    return { status: "ok", version, variant, worker, ...(await this.#ask("health", {}, "items")) };
  }

  /** @type {FoldinInterface["stats"]} */
  async stats() {
    return { ...this.#info, ...(await this.#ask("stats", {})) };
  }

  close() {
    this.#hooks.onClose();
  }

  /**
   * Makes a call.
   *
   * @param {EventType} name
   * @param {object} given the caller's arguments, by the names that messages use
   * @param {string} [field] if the answer includes its time: the field for the rest
   * @returns {Promise<any>}
   */
  async #ask(name, given, field) {
    const args = Object.entries(given).map(([what, value]) => plain(what, value));
    const { value, ms } = await this.#host.call(name, args);
    sendEvent(this.#hooks.onEvent, name, this.#info, ms, idsOf(value));
    return field ? { [field]: value, ms } : value;
  }

  /** Loads the known users when they are first needed. */
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
