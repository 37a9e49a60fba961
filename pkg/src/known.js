// What a model knows of a profile: it may contain ids of another model.

/** @typedef {import("../foldin.d.ts").Foldin} Foldin */
/** @typedef {import("../foldin.d.ts").Item} Item */

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
 * The part of a profile that is about known items.
 *
 * @param {import("../profile.d.ts").Profile} profile
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
