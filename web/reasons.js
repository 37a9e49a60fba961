// Why an item is recommended, in one plain sentence for the visitor. The names of the sources are left to "Why".

import { count, people } from "./labels.js";

/** The reasons of sources that are the same for everyone. */
const FOR_EVERYONE = {
  popular: ({ likes }) => `popular with everyone: ${count(likes, "like")}`,
  recent: () => "popular lately",
  "top-rated": () => "among the best rated",
};

/** What sources know about the picks that led to an item. */
const FROM_PICKS = {
  content: (first, second) => `similar theme to ${both(first, second)}`,
  // The second pick may have come by another source, and this names what people did.
  neighbours: (first) => `people who liked ${first} also liked this`,
  sequence: (first) => `often next after ${first}`,
  transformer: (first) => `often next after ${first}`,
};

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
  const sentence = FROM_PICKS[main] ?? ((...picks) => `because you liked ${both(...picks)}`);
  return sentence(first, second);
}

function both(first, second) {
  return second ? `${first} and ${second}` : first;
}
