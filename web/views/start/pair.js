// A list for two: the visitor, and whoever has sent a link with their likes. Both are asked in this browser; nothing is
// sent, and the other's likes are not stored.

/** As many of each one's list are candidates. */
const N_EACH = 60;

/**
 * Recommends to both, the titles first that neither has far down in their own list.
 *
 * @param {import("../../foldin/foldin.d.ts").Foldin} foldin
 * @param {import("../../foldin/foldin.d.ts").Profile} mine
 * @param {import("../../foldin/foldin.d.ts").Profile} theirs
 * @param {import("../../foldin/foldin.d.ts").Request} request
 */
export async function recommendToBoth(foldin, mine, theirs, request) {
  const known = [...idsOf(mine), ...idsOf(theirs)];
  const exclude = [...(request.exclude ?? []), ...known];
  const firsts = await ask(foldin, mine, theirs, { ...request, exclude, k: N_EACH, reasons: false });
  const only = [...new Set(firsts.flatMap(({ items }) => items.map(({ id }) => id)))];
  if (!only.length) return { items: [], ms: firsts[0].ms };
  // Now each ranks what either would get, so that every title has a place in both lists.
  const [own, other] = await ask(foldin, mine, theirs, { only, exclude: known, k: only.length });
  const places = [own, other].map(({ items }) => new Map(items.map(({ id }, n) => [id, n + 1])));
  const theirItems = new Map(other.items.map((item) => [item.id, item]));
  const items = inOrderForBoth(only, ...places)
    .slice(0, request.k)
    .map((id) => ({
      ...own.items[places[0].get(id) - 1],
      forTwo: { mine: places[0].get(id), theirs: places[1].get(id), because: theirItems.get(id) },
    }));
  return { items, ms: own.ms + other.ms + firsts[0].ms + firsts[1].ms };
}

/**
 * Ids by the worse of their two places; of equals, the better sum first.
 *
 * @param {string[]} ids
 * @param {Map<string, number>} mine
 * @param {Map<string, number>} theirs
 */
export function inOrderForBoth(ids, mine, theirs) {
  const worse = (id) => Math.max(mine.get(id), theirs.get(id));
  const sum = (id) => mine.get(id) + theirs.get(id);
  return ids.filter((id) => mine.has(id) && theirs.has(id)).toSorted((a, b) => worse(a) - worse(b) || sum(a) - sum(b));
}

function ask(foldin, mine, theirs, request) {
  return Promise.all([mine, theirs].map((profile) => foldin.recommend(profile, request)));
}

function idsOf({ liked = [], disliked = [], ratings = [], seen = [] }) {
  return [...liked, ...disliked, ...ratings.map(([id]) => id), ...seen];
}
