// The visitor's settings: variety, hidden gems, genres and years.

/** Where the settings survive a reload; a new tab starts with the defaults. */
const STORAGE_KEY = "foldin:settings";

/** How many of the best known titles are left out, in parts of the catalogue: from none to hidden gems only. */
export const GEMS = [0, 0.01, 0.03, 0.1, 0.3];

/** The most that a source can be made to count, where 1 is what the model has learned. */
export const MOST_WEIGHT = 2;

/** The years that exclude nothing: before the first, after the last. */
export const FIRST_YEAR = 0;
export const LAST_YEAR = 9999;

/**
 * @typedef {object} Settings
 * @property {number | null} diversity 0 to 1; `null`: as much as costs nothing (`freeDiversity` of the model)
 * @property {number} gems a place in `GEMS`
 * @property {string[]} genres only items with one of these; all if empty
 * @property {string[]} not no items with one of these
 * @property {[number, number] | null} years only items of these years, both included; all if `null`
 * @property {Record<string, number>} weights of sources, where they are not 1
 */

/** @returns {Settings} */
export function defaultSettings() {
  return { diversity: null, gems: 0, genres: [], not: [], years: null, weights: {} };
}

/**
 * The settings from before a reload. What another version of the page, or anything else, has left there and cannot be
 * used is replaced by its default.
 *
 * @returns {Settings}
 */
export function storedSettings() {
  try {
    return usableSettings(JSON.parse(sessionStorage.getItem(STORAGE_KEY)));
  } catch {
    return defaultSettings();
  }
}

function usableSettings(stored) {
  const settings = defaultSettings();
  const { diversity, gems, genres, not, years, weights } = stored ?? {};
  if (typeof diversity === "number" && diversity >= 0 && diversity <= 1) settings.diversity = diversity;
  if (Number.isInteger(gems) && gems in GEMS) settings.gems = gems;
  if (areTexts(genres)) settings.genres = genres;
  if (areTexts(not)) settings.not = not;
  const areYears = Array.isArray(years) && years.length === 2 && years.every(Number.isInteger);
  if (areYears && years[0] <= years[1]) settings.years = years;
  for (const [source, weight] of Object.entries(weights ?? {})) {
    if (typeof weight === "number" && weight >= 0 && weight <= MOST_WEIGHT) settings.weights[source] = weight;
  }
  return settings;
}

function areTexts(list) {
  return Array.isArray(list) && list.every((text) => typeof text === "string");
}

export function storeSettings(settings) {
  try {
    sessionStorage.setItem(STORAGE_KEY, JSON.stringify(settings));
  } catch {
    // Storage is blocked: the settings last until the page is left.
  }
}

/** Whether the settings exclude an item, whatever its score. */
export function excludes({ genres, not, years }, item) {
  if (item.genres.some((genre) => not.includes(genre))) return true;
  if (genres.length && !item.genres.some((genre) => genres.includes(genre))) return true;
  return years !== null && (item.year === null || item.year < years[0] || item.year > years[1]);
}

/**
 * The slider's positions and their diversities; in between, straight lines. What costs nothing is at a quarter. A list
 * keeps about half of its titles at the middle, on the sample and on MovieLens.
 *
 * @param {number} free the diversity that costs nothing
 */
const scale = (free) => [
  [0, 0],
  [0.25, free],
  [0.5, 0.7],
  [0.75, 0.85],
  [1, 1],
];

/** The diversity at a position of the slider, 0 to 1. */
export function diversityAt(position, free) {
  return along(scale(free), position);
}

/** The position of the slider for a diversity. */
export function positionOf(diversity, free) {
  return along(
    scale(free).map(([position, value]) => [value, position]),
    diversity,
  );
}

function along(points, x) {
  const n = Math.max(
    1,
    points.findIndex(([end]) => x <= end),
  );
  const [[x0, y0], [x1, y1]] = [points[n - 1], points[n]];
  return Math.round((y0 + ((x - x0) / (x1 - x0)) * (y1 - y0)) * 1000) / 1000;
}

/** What a diversity means for a list. */
export function varietyInWords(diversity, free) {
  if (diversity === 0) return "only what is closest to my taste";
  if (diversity <= free) return "close to my taste, with some variety";
  return diversity <= 0.7 ? "half familiar, half new" : "surprise me";
}

/** How many of the best known titles are left out. */
export function numberOfKnown(gems, items) {
  return Math.round(GEMS[gems] * items);
}

/** What a choice of hidden gems means for a list. */
export function gemsInWords(gems, items) {
  return gems === 0 ? "well known titles too" : `without the ${numberOfKnown(gems, items)} best known titles`;
}

export function isDefault({ diversity, gems, genres, not, years, weights }) {
  const nChanged = gems + genres.length + not.length + Object.keys(weights).length;
  return diversity === null && nChanged === 0 && years === null;
}

/** The weights of sources with one of them changed. */
export function withWeight(weights, source, weight) {
  const { [source]: _, ...others } = weights;
  return weight === 1 ? others : { ...others, [source]: weight };
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
export function filterSummary({ genres, not, years }) {
  const [first, last] = years ?? [FIRST_YEAR, LAST_YEAR];
  const span = [...(first > FIRST_YEAR ? [`from ${first}`] : []), ...(last < LAST_YEAR ? [`to ${last}`] : [])];
  return (
    [...genres, ...not.map((genre) => `no ${genre}`), span.join(" ")].filter(Boolean).join(", ") ||
    "all genres, all years"
  );
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
