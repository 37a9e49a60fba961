// Why an item is recommended, in a visitor's words.

/** What holds for everybody, where that is the main reason. */
const FOR_ALL = {
  popular: ({ likes }) =>
    likes === 0 ? "not liked by anybody yet" : `popular with everyone: ${likes.toLocaleString("en")} likes`,
  recent: () => "popular lately",
  "top-rated": () => "among the best rated",
};

/** The source that counts most. */
export function mainSource({ sources, because }) {
  return sources[0] ?? (because.length ? "taste" : "popular");
}

/**
 * Why an item is recommended, in some words.
 *
 * @param {import("./foldin/foldin.d.ts").Recommendation} item
 * @param {Map<string, { title: string }>} titles of the picks, by id
 */
export function reason(item, titles) {
  const { because } = item;
  const forAll = FOR_ALL[item.sources[0]] ?? (because.length ? null : FOR_ALL.popular);
  if (forAll) return forAll(item);
  // The second is named if it weighs at least a quarter of the first.
  const least = Math.max(0, because[0]?.share ?? 0) / 4;
  const strong = because.filter(({ id, share }) => share > 0 && share >= least && titles.has(id));
  const [first, second] = strong.map(({ id }) => titles.get(id).title);
  if (!first) return "near to your taste";
  return second ? `because you liked ${first} and ${second}` : `because you liked ${first}`;
}
