// The visitor's settings: variety, genres and years.

/** Where the settings survive a reload; a new tab starts with the defaults. */
const STORAGE_KEY = "foldin:settings";

/** The years that exclude nothing: before the first, after the last. */
export const FIRST_YEAR = 0;
export const LAST_YEAR = 9999;

/**
 * @typedef {object} Settings
 * @property {number} diversity 0 to 1
 * @property {string[]} genres only items with one of these; all if empty
 * @property {[number, number] | null} years only items of these years, both included; all if `null`
 */

/** @returns {Settings} */
export function defaultSettings() {
  return { diversity: 0, genres: [], years: null };
}

/**
 * The settings from before a reload.
 *
 * @returns {Settings}
 */
export function storedSettings() {
  try {
    return { ...defaultSettings(), ...JSON.parse(sessionStorage.getItem(STORAGE_KEY)) };
  } catch {
    return defaultSettings();
  }
}

export function storeSettings(settings) {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(settings));
  } catch {
    // Storage is blocked: the settings last until the page is left.
  }
}

/**
 * The settings as part of a request to the model.
 *
 * @param {Settings} settings
 * @returns {import("./foldin/foldin.d.ts").Request}
 */
export function toRequest({ diversity, genres, years }) {
  const where = { ...(genres.length && { genres }), ...(years && { years }) };
  return { diversity, ...(Object.keys(where).length && { where }) };
}

/** Whether the settings exclude an item, whatever its score. */
export function excludes({ genres, years }, item) {
  if (genres.length && !item.genres.some((genre) => genres.includes(genre))) return true;
  return years !== null && (item.year === null || item.year < years[0] || item.year > years[1]);
}

export function isDefault({ diversity, genres, years }) {
  return diversity === 0 && genres.length === 0 && years === null;
}

/**
 * The years from one decade to another. If the two contradict each other, the one that was chosen last counts for both.
 *
 * @param {number | null} from first year of the first decade; `null`: no limit
 * @param {number | null} to first year of the last decade; `null`: no limit
 * @param {"from" | "to"} changed
 * @returns {Settings["years"]}
 */
export function yearsOf(from, to, changed) {
  if (from === null && to === null) return null;
  if (from !== null && to !== null && from > to) {
    if (changed === "from") to = from;
    else from = to;
  }
  return [from ?? FIRST_YEAR, to === null ? LAST_YEAR : to + 9];
}

/** The settings of genres and years in words. */
export function filterSummary({ genres, years }) {
  const [first, last] = years ?? [FIRST_YEAR, LAST_YEAR];
  const span = [...(first > FIRST_YEAR ? [`from ${first}`] : []), ...(last < LAST_YEAR ? [`to ${last}`] : [])];
  return [...genres, span.join(" ")].filter(Boolean).join(", ") || "all genres, all years";
}

/** The most decades offered: books may be of any century. */
const MAX_DECADES = 15;

/**
 * The decades that items are of, the oldest first.
 *
 * @param {{ year: number | null }[]} items
 * @returns {number[]} the first year of each
 */
export function decadesOf(items) {
  const years = items.map(({ year }) => year).filter((year) => year !== null);
  if (!years.length) return [];
  const decade = (year) => Math.floor(year / 10) * 10;
  const [first, last] = [decade(Math.min(...years)), decade(Math.max(...years))];
  const n = (last - first) / 10 + 1;
  const all = Array.from({ length: n }, (_, at) => first + at * 10);
  return all.slice(-MAX_DECADES);
}
