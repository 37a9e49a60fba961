// The models of the elements, and what they know of a profile.

import { load } from "./foldin.js";

/** @typedef {import("./foldin.d.ts").Foldin} Foldin */
/** @typedef {import("./foldin.d.ts").Item} Item */

/**
 * Models by the address of their manifest: elements with the same address share one.
 *
 * @type {Map<string, Promise<Foldin>>}
 */
const models = new Map();
/**
 * The model of a manifest, loaded once. After a failure the next call loads it again.
 *
 * @param {string} url
 */
export async function loadShared(url) {
  const loading = models.get(url) ?? load(url);
  models.set(url, loading);
  try {
    return await loading;
  } catch (error) {
    if (models.get(url) === loading) models.delete(url);
    throw error;
  }
}

/**
 * Items by id; ids that the model does not have are left out.
 *
 * @param {Foldin} foldin
 * @param {string[]} ids
 */
export async function itemsById(foldin, ids) {
  return new Map((await foldin.items(ids)).map((item) => [item.id, item]));
}

/**
 * The part of a profile that is about known items: it may contain ids of another model.
 *
 * @param {import("./profile.d.ts").Profile} profile
 * @param {Map<string, Item>} items
 */
export function knownPart(profile, items) {
  const { liked, disliked, seen, ratings } = profile.toRequest();
  /** @param {readonly string[]} ids */
  const known = (ids) => ids.filter((id) => items.has(id));
  return {
    liked: known(liked),
    disliked: known(disliked),
    seen: known(seen),
    ratings: ratings.filter(([id]) => items.has(id)),
  };
}
