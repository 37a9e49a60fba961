// Finding the titles of an export in the catalogue: by title and year, as ids of other sites say nothing here.

import { plain } from "../search.js";

/** Titles that are asked for at a time. */
const AT_A_TIME = 32;
/** As many hits hold the right one, if it is there. */
const N_HITS = 12;
/** Sites differ by a year where a film was shown at a festival first. */
const MOST_YEARS_APART = 1;
/** The longest text that the search takes is a thousand letters; no title has so many. */
const MOST_LETTERS = 200;

/**
 * @param {import("../foldin/foldin.d.ts").Foldin} foldin
 * @param {import("./exports.js").Entry[]} entries
 * @returns {Promise<{ found: { id: string, entry: object }[], missing: object[] }>}
 */
export async function matchEntries(foldin, entries) {
  const found = [];
  const missing = [];
  for (let from = 0; from < entries.length; from += AT_A_TIME) {
    const some = entries.slice(from, from + AT_A_TIME);
    const items = await Promise.all(some.map((entry) => find(foldin, entry)));
    for (const [n, entry] of some.entries()) {
      if (items[n]) found.push({ id: items[n].id, entry });
      else missing.push(entry);
    }
  }
  return { found, missing };
}

async function find(foldin, entry) {
  const { items } = await foldin.search(entry.title.slice(0, MOST_LETTERS), { k: N_HITS });
  return best(items, entry);
}

/** The item with the title, and of several that of the nearest year. */
export function best(items, { title, year }) {
  const wanted = key(title);
  const apart = (item) => (year === null || item.year === null ? MOST_YEARS_APART : Math.abs(item.year - year));
  const fitting = items.filter((item) => key(item.title) === wanted && apart(item) <= MOST_YEARS_APART);
  return fitting.toSorted((a, b) => apart(a) - apart(b) || b.likes - a.likes)[0] ?? null;
}

/** A title as it is compared: without accents, punctuation, an article at its beginning, and another title in brackets. */
function key(title) {
  return plain(title.replace(/\s*\([^()]*\)\s*$/, "")).replace(/^(the|a|an) /, "");
}
