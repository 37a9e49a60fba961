// Why an item is recommended, in a few words for the visitor.

import { count, people } from "./labels.js";

/** The reasons of sources that are the same for everyone. */
const FOR_EVERYONE = {
  popular: ({ likes }) => `popular with everyone: ${count(likes, "like")}`,
  recent: () => "popular lately",
  "top-rated": () => "among the best rated",
};

/** The source that moved an item's score up most; undefined for an item that only fills up a list. */
export function mainSource({ sources, because }) {
  return sources[0] ?? (because.length ? "taste" : undefined);
}

/**
 * @param {import("./foldin/foldin.d.ts").Recommendation} item
 * @param {Map<string, { title: string }>} titles of the picks, by id
 */
export function reason(item, titles) {
  const { because } = item;
  const [main] = item.sources;
  // Without a source the item fills up a list, and is not popular either.
  if (!main && !because.length) return item.likes ? `liked by ${people(item.likes)}` : "little known yet";
  if (FOR_EVERYONE[main]) return FOR_EVERYONE[main](item);
  // A second pick is named if its share is at least a quarter of the first.
  const least = Math.max(0, because[0]?.share ?? 0) / 4;
  const strong = because.filter(({ id, share }) => share > 0 && share >= least && titles.has(id));
  const [first, second] = strong.map(({ id }) => titles.get(id).title);
  if (!first) return "close to your taste";
  return second ? `because you liked ${first} and ${second}` : `because you liked ${first}`;
}
