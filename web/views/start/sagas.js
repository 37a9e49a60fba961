// Sagas: a list with some variety does not let one series of films fill it. Those beyond its share are left out by the
// request itself, so that one call still makes the whole list.

import { plain } from "../../search.js";

/** As many titles of a saga a list may have, also a longer one: what "Show more" adds leaves the first where they are. */
const MOST = 3;
/** So far down the list is looked through, for lists of every length: a longer one then begins with the shorter one. */
const REACH = 80;

/**
 * A request that leaves out what a saga has beyond its share. With a diversity of 0 the visitor wants the closest titles,
 * whatever they are.
 *
 * @param {import("../../foldin/foldin.d.ts").Foldin} foldin
 * @param {import("../../foldin/foldin.d.ts").Profile} profile
 * @param {import("../../foldin/foldin.d.ts").Request} request with `k` and `diversity`
 */
export async function withoutWalls(foldin, profile, request) {
  if (!request.diversity) return request;
  const { items } = await foldin.recommend(profile, { ...request, k: Math.max(REACH, request.k), reasons: false });
  const surplus = beyondShare(items, request.k);
  if (!surplus.length) return request;
  return { ...request, exclude: [...(request.exclude ?? []), ...surplus] };
}

/**
 * The ids that come too often of one saga, also those below the list: they would move up into it. None if too few titles
 * would be left for a list.
 *
 * @param {{ id: string, title: string }[]} items
 * @param {number} k
 */
export function beyondShare(items, k) {
  const counts = new Map();
  const surplus = items.filter(({ title }) => {
    const saga = sagaOf(title);
    const count = (counts.get(saga) ?? 0) + 1;
    counts.set(saga, count);
    return count > MOST;
  });
  return items.length - surplus.length < k ? [] : surplus.map(({ id }) => id);
}

/** What the titles of a saga have in common: the first two words, without an article, a numeral and what follows a colon. */
export function sagaOf(title) {
  const [main] = title.split(/:| [–-] /);
  const words = plain(main)
    .replace(/^(the|a|an) /, "")
    .split(" ");
  const name = words.filter(
    (word, n) => n === 0 || !/^(\d+|i{1,3}|iv|vi{0,3}|ix|x|part|volume|vol|chapter|episode)$/.test(word),
  );
  return name.slice(0, 2).join(" ");
}
