// Newer pages first, by the rule of `foldin site --half-life` (crates/foldin-site/src/freshness.rs).

/**
 * The part of `pages.json` about newer pages.
 *
 * @typedef {object} Freshness
 * @property {number} halfLife days in which the weight of a page halves
 * @property {string} undated the date that pages without one are taken for, as `2024-05-01`
 */

/** So many candidates for each place of a list. */
export const CANDIDATES = 5;

const MS_OF_A_DAY = 86_400_000;

/**
 * Orders items, which come with the best first, by `2^(-age / halfLife) / place`. Items that no source speaks for stay
 * at the end.
 *
 * @template {{ id: string, sources: readonly unknown[] }} Item
 * @param {readonly Item[]} items
 * @param {Freshness} freshness
 * @param {Record<string, { date?: string }>} pages
 * @returns {Item[]}
 */
export function newerFirst(items, { halfLife, undated }, pages) {
  const scored = items.filter(({ sources }) => sources.length > 0);
  const weighed = scored.map((item, n) => {
    const days = (Date.parse(pages[item.id]?.date ?? undated) - Date.parse(undated)) / MS_OF_A_DAY;
    return { item, weight: days / halfLife - Math.log2(n + 1) };
  });
  weighed.sort((a, b) => b.weight - a.weight);
  return [...weighed.map(({ item }) => item), ...items.filter(({ sources }) => sources.length === 0)];
}
