// What people export from the sites where they rate films and books: Letterboxd, IMDb, Trakt, Goodreads, MovieLens.

/**
 * @typedef {object} Entry
 * @property {string} title
 * @property {number | null} year
 * @property {number | null} rating from 0 to 1, the best; `null` for something without a rating
 */

/** The years that a title may end with. */
const YEAR_AT_END = /\s*\((\d{4})\)\s*$/;

/**
 * How each site's table is told by its columns, and read. Names of columns are in lower case.
 *
 * @type {{ name: string, signs: string[], read: (row: Record<string, string>) => Entry }[]}
 */
const TABLES = [
  {
    name: "Letterboxd",
    signs: ["name", "letterboxd uri"],
    read: (row) => entry(row.name, row.year, row.rating, 5),
  },
  {
    name: "IMDb",
    signs: ["const", "your rating", "title"],
    read: (row) => entry(row.title, row.year, row["your rating"], 10),
  },
  {
    name: "Goodreads",
    signs: ["book id", "my rating", "title"],
    // `Dune (Dune, #1)`: the series is no part of the title. The rating 0 is none.
    read: (row) =>
      entry(
        row.title.replace(/\s*\([^()]*#[^()]*\)\s*$/, ""),
        row["original publication year"] || row["year published"],
        row["my rating"] === "0" ? "" : row["my rating"],
        5,
      ),
  },
  {
    name: "MovieLens",
    signs: ["movie_id", "rating", "title"],
    read: (row) => entry(row.title.replace(YEAR_AT_END, ""), YEAR_AT_END.exec(row.title)?.[1], row.rating, 5),
  },
  {
    name: "Trakt",
    signs: ["title", "year", "rating", "trakt_id"],
    read: (row) => entry(row.title, row.year, row.rating, 10),
  },
];

/**
 * The entries of an export, and the site that it is from; `null` for a text that is none.
 *
 * @param {string} text
 * @returns {{ name: string, entries: Entry[] } | null}
 */
export function readExport(text) {
  if (/^\s*\[/.test(text)) return ofTrakt(text);
  const [header = [], ...rows] = parseCsv(text);
  const names = header.map((name) => name.trim().toLowerCase());
  const table = TABLES.find(({ signs }) => signs.every((sign) => names.includes(sign)));
  if (!table) return null;
  const records = rows.map((cells) => Object.fromEntries(names.map((name, n) => [name, cells[n] ?? ""])));
  return { name: table.name, entries: records.map(table.read).filter(({ title }) => title) };
}

/** Trakt exports JSON as well: `[{ "rating": 8, "movie": { "title": …, "year": … } }]`. */
function ofTrakt(text) {
  try {
    const entries = JSON.parse(text).flatMap(({ rating, movie, show }) => {
      const { title, year } = movie ?? show ?? {};
      return title ? [entry(title, year, rating ?? "", 10)] : [];
    });
    return entries.length ? { name: "Trakt", entries } : null;
  } catch {
    return null;
  }
}

/** @returns {Entry} */
function entry(title, year, rating, best) {
  const stars = Number(rating);
  return {
    title: title.trim(),
    year: /^\d{4}$/.test(year ?? "") ? Number(year) : null,
    rating: rating !== "" && stars > 0 && stars <= best ? stars / best : null,
  };
}

/**
 * The records of a CSV text (RFC 4180): quotes around values, doubled within them, and line ends of any kind.
 *
 * @param {string} text
 * @returns {string[][]} without empty lines
 */
export function parseCsv(text) {
  const records = [];
  let record = [];
  // A value with the comma or line end behind it.
  const pattern = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\r|\n|$)/y;
  const whole = text.replace(/^\ufeff/, "");
  while (pattern.lastIndex < whole.length) {
    const found = pattern.exec(whole);
    // A quote in the middle of a value: not this kind of file.
    if (!found) return [];
    const [, quoted, bare, end] = found;
    record.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    if (end === ",") continue;
    if (record.some(Boolean)) records.push(record);
    record = [];
  }
  if (record.some(Boolean)) records.push(record);
  return records;
}
