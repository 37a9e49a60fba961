// The loaded models of a page: whoever names the same manifest shares one model, and so one worker. It is closed some
// time after the last one has left.

import { load } from "./foldin.js";
import { pageWideMap } from "./page-wide.js";

/** @typedef {import("../foldin.d.ts").Foldin} Foldin */

/**
 * @typedef {object} SharedModel
 * @property {Promise<Foldin>} loading
 * @property {AbortController} ending
 * @property {Set<object>} users
 * @property {ReturnType<typeof setTimeout>} [timer]
 */

/** Milliseconds that a model without users stays: an element may only be moved, or replaced by a router. */
const LINGER_MS = 10_000;

/**
 * Models by the address of their manifest; one list, whichever files of this package the page has loaded.
 *
 * @type {Map<string, SharedModel>}
 */
const models = pageWideMap("models");

/**
 * How models are loaded, for all entries on the page.
 *
 * @type {Map<"options", import("../foldin.d.ts").LoadOptions>}
 */
const settings = pageWideMap("settings");

/** @param {import("../foldin.d.ts").LoadOptions} options */
export function setLoadOptions(options) {
  settings.set("options", options);
}

/**
 * The model of a manifest, loaded once. After a failure the next call loads it again.
 *
 * @param {string} url
 * @param {object} user whoever calls `release` later
 * @returns {Promise<Foldin>}
 */
export async function acquire(url, user) {
  const model = models.get(url) ?? begin(url);
  clearTimeout(model.timer);
  model.users.add(user);
  try {
    return await model.loading;
  } catch (error) {
    drop(url, model);
    throw error;
  }
}

/**
 * Says that `user` does not need the model any more.
 *
 * @param {string} url
 * @param {object} user
 */
export function release(url, user) {
  const model = models.get(url);
  if (!model?.users.delete(user) || model.users.size) return;
  model.timer = setTimeout(() => {
    drop(url, model);
    model.ending.abort();
    model.loading.then(
      (foldin) => foldin.close(),
      () => {},
    );
  }, LINGER_MS);
}

/**
 * Forgets a model that does not answer any more, so that the next call loads it again.
 *
 * @param {string} url
 * @param {Foldin} foldin
 */
export async function forget(url, foldin) {
  const model = models.get(url);
  if (model && (await model.loading.catch(() => undefined)) === foldin) drop(url, model);
}

/** @param {string} url */
function begin(url) {
  const ending = new AbortController();
  const model = { loading: load(url, { ...settings.get("options"), signal: ending.signal }), ending, users: new Set() };
  models.set(url, model);
  return /** @type {SharedModel} */ (model);
}

/**
 * @param {string} url
 * @param {SharedModel} model
 */
function drop(url, model) {
  if (models.get(url) === model) models.delete(url);
}
