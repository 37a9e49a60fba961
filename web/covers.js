// Typographic covers in place of posters: a large title, a colour and a pattern from the genres, and the year drawn in
// lines. The same item gets the same cover everywhere.
//
// The drawing is inline SVG below the title, which is text.

import { element, svg } from "./dom.js";

/** Width and half of the height of the drawing; covers have a ratio of 2:3. */
const WIDTH = 120;
const HALF = 90;

/** The space for the title in hundredths of the cover's width, and the height of a line in em. */
const PLACE = { width: 84, height: 70 };
const LEADING = 1.04;

/**
 * Genres with a look of their own, the most characteristic first: a cover follows the first ones of its item. Each has
 * the name of its colours (in covers.css), its pattern, the typeface of its titles, and other words for the genre.
 */
const GENRES = [
  ["horror", "teeth", "loud"],
  ["western", "rays", "loud"],
  ["noir", "blinds", "loud"],
  ["science", "orbits", "loud", "sci"],
  ["music", "bars", "book"],
  ["animation", "scales", "soft", "anime"],
  ["documentary", "grid", "book"],
  ["war", "slashes", "loud"],
  ["fantasy", "stars", "book", "magic"],
  ["sport", "lanes", "loud"],
  ["romance", "petals", "book", "love"],
  ["mystery", "eyes", "book"],
  ["comedy", "dots", "soft", "humor", "humour"],
  ["crime", "blinds", "loud"],
  ["biography", "lanes", "book", "memoir"],
  ["history", "arches", "book", "histor"],
  ["family", "balloons", "soft", "child", "kid"],
  ["thriller", "frames", "loud"],
  ["adventure", "peaks", "loud"],
  ["action", "chevrons", "loud"],
  ["drama", "folds", "book"],
];

/** Strokes of the digits, in a box of 20 by 40. */
const DIGITS = [
  "M0 10a10 10 0 0 1 20 0v20a10 10 0 0 1-20 0z",
  "M2 0h9v40",
  "M0 10a10 10 0 0 1 20 0c0 11-20 15-20 30h20",
  "M1 5a10 10 0 1 1 9 15a10 10 0 1 1-9 15",
  "M1 0v25h20M15 10v30",
  "M20 0h-18v17h7a11.500 11.500 0 0 1 0 23h-9",
  "M15 0c-9 8-15 18-15 30a10 10 0 1 0 20 0a10 10 0 1 0-20 0",
  "M0 0h18l-11 40",
  "M10 20a10 10 0 1 0 0-20a10 10 0 1 0 0 20a10 10 0 1 0 0 20a10 10 0 1 0 0-20",
  "M5 40c9-8 15-18 15-30a10 10 0 1 0-20 0a10 10 0 1 0 20 0",
];

/** Lines of a digit by period, from the widest to the narrowest: drawn in the colour of the text or of the background. */
const LINES = [
  [1930, [11.5, "on"], [9.9, "off"], [7.3, "on"], [5.7, "off"], [2.8, "on"]],
  [1950, [11.5, "on"], [8.7, "off"], [5.8, "on"], [1.6, "off"]],
  [1960, [11.5, "on"], [8.9, "off"]],
  [1970, [11.5, "on"], [6.5, "off"], [3.5, "on"]],
  [1980, [12, "on"], [8.8, "off"], [5.6, "on"], [2.4, "off"]],
  [1990, [11.5, "on"], [1.9, "off"]],
  [2000, [11.5, "on"], [8, "off"], [4.6, "on"]],
  [2010, [11.5, "on"]],
  [2020, [11.5, "striped"]],
  [Infinity, [5, "on"]],
];

/** Patterns that repeat: width and height of a tile, lines or areas, and their path. */
const TILES = {
  teeth: [15, 22, "fill", "M0 0h15l-7.500 20z"],
  blinds: [20, 9, "fill", "M0 0h20v4h-20z"],
  bars: [16, 60, "fill", "M1 60v-34h3v34zM5 60v-52h3v52zM9 60v-24h3v24zM13 60v-44h2v44z"],
  scales: [
    20,
    20,
    "line",
    "M0 0a10 10 0 0 0 20 0M4 0a6 6 0 0 0 12 0M-10 10a10 10 0 0 0 20 0M-6 10a6 6 0 0 0 12 0M10 10a10 10 0 0 0 20 0M14 10a6 6 0 0 0 12 0",
  ],
  grid: [12, 12, "line", "M0 0h12M0 0v12"],
  slashes: [12, 12, "fill", "M0 12l12-12v6l-6 6zM0 0h6l-6 6z"],
  stars: [24, 24, "fill", "M6 0q0 6 6 6q-6 0-6 6q0-6-6-6q6 0 6-6M18 14q0 4 4 4q-4 0-4 4q0-4-4-4q4 0 4-4"],
  lanes: [18, 10, "fill", "M0 0h6v10h-6z"],
  petals: [
    20,
    20,
    "fill",
    "M0 0q10 0 10 10q-10 0-10-10M20 0q0 10-10 10q0-10 10-10M0 20q0-10 10-10q0 10-10 10M20 20q-10 0-10-10q10 0 10 10",
  ],
  dots: [16, 16, "fill", "M8 4a4 4 0 1 1-.1 0M0 12a4 4 0 1 1-.1 0M16 12a4 4 0 1 1-.1 0"],
  arches: [20, 26, "line", "M2 26v-14a8 8 0 0 1 16 0v14M6 26v-14a4 4 0 0 1 8 0v14"],
  balloons: [30, 34, "fill", "M8 2a7 7 0 1 1-.1 0M23 17a6 6 0 1 1-.1 0"],
  peaks: [30, 20, "fill", "M0 20l10-16l6 9l4-6l10 13z"],
  chevrons: [20, 14, "fill", "M0 0l10 7l10-7v6l-10 7l-10-7z"],
  folds: [14, 10, "fill", "M0 0h7v10h-7z"],
};

/** Patterns that do not repeat: rings or rays around one point, in the lower half. */
const MOTIFS = {
  orbits: () => rings(9, (n) => svg("circle", { cx: 92, cy: 82, r: 12 + n * 13 })),
  eyes: () => rings(9, (n) => svg("ellipse", { cx: 60, cy: 45, rx: 12 + n * 13, ry: 5 + n * 8 })),
  frames: () =>
    rings(9, (n) => svg("rect", { x: 54 - n * 10, y: 40 - n * 10, width: 12 + n * 20, height: 12 + n * 20 })),
  rays: () => {
    const ray = (n) => `M60 96L${-150 + n * 50} 0h24z`;
    return [svg("path", { class: "fill", d: rings(9, ray).join("") })];
  },
};

let drawn = 0;

/**
 * The cover of an item: an element of class `cover` that fills its place. Its text is the title.
 *
 * @param {{ id: string, title: string, year: number | null, genres: readonly string[] }} item
 * @param {string} [tag] of the title: a heading where it is one
 */
export function cover(item, tag = "span") {
  const [main, second] = looks(item);
  const parts = inParts(item.title);
  const [words, rest] = parts;
  const title = element(tag, { class: "cover-title", dir: "auto" }, words, rest ? element("small", {}, rest) : null);
  title.classList.add(main[2], rest ? "two" : "one");
  fit(title, parts, main[2]);
  return element("span", { class: `cover g-${main[0]}` }, drawing(item, second[1]), title);
}

/** The two looks of an item: the first gives its colours, the second its pattern. */
function looks({ id, genres }) {
  const names = genres.map((genre) => genre.toLowerCase());
  const found = GENRES.filter(([name, , , ...others]) =>
    names.some((genre) => [name, ...others].some((part) => genre.includes(part))),
  ).slice(0, 2);
  // Other genres, or an item without any, get a look by chance.
  if (!found.length) found.push(GENRES[hash(names.join() || id) % GENRES.length]);
  // Either may come first, so that items of the same genres differ in colour.
  if (hash(id) & 8) found.reverse();
  return [found[0], found.at(-1)];
}

function drawing({ id, year }, pattern) {
  const name = `cover-${drawn++}`;
  const art = svg("svg", { viewBox: `0 0 ${WIDTH} ${2 * HALF}`, "aria-hidden": "true", focusable: "false" });
  const [width, height, kind, path] = TILES[pattern] ?? [];
  const half = { y: HALF, width: WIDTH, height: HALF };
  if (path) {
    const turn = `translate(${-hash(id) % 9} ${HALF}) scale(${[1, 1.2, 1.5][hash(id) % 3]})`;
    const tile = { id: name, width, height, patternUnits: "userSpaceOnUse", patternTransform: turn };
    art.append(
      svg("pattern", tile, svg("path", { class: kind, d: path })),
      svg("rect", { ...half, fill: `url(#${name})` }),
    );
  } else {
    art.append(svg("svg", { ...half, class: "line" }, ...MOTIFS[pattern]()));
  }
  if (year !== null) art.append(numerals(year));
  return art;
}

/** A year as in '77, drawn in lines. */
function numerals(year) {
  const lines = LINES.find(([until]) => year < until).slice(1);
  const name = `year-${drawn}`;
  const stripes = { width: 9, height: 3, y: 1.5, patternUnits: "userSpaceOnUse" };
  const digits = [...String(Math.abs(year)).padStart(2, "0").slice(-2)];
  return svg(
    "g",
    { class: "year", transform: `translate(27 ${HALF + 13}) scale(1.5)` },
    svg("path", { class: "apostrophe", d: "M-13.500-5.500h5l-2.200 8h-3.600z" }),
    svg("pattern", { ...stripes, id: name }, svg("rect", { class: "stripe", width: 9, height: 2.1 })),
    ...lines.flatMap(([width, kind]) =>
      digits.map((digit, n) => {
        const stroke = kind === "striped" ? `url(#${name})` : null;
        const transform = `translate(${n * 33})`;
        return svg("path", { class: kind, d: DIGITS[digit], "stroke-width": width, stroke, transform });
      }),
    ),
  );
}

function rings(n, ring) {
  return Array.from({ length: n }, (_, at) => ring(at));
}

/** A title as its main part and the rest: a subtitle, or another name in brackets. */
function inParts(title) {
  const [, main, rest] = title.match(/^(.{2,}?(?::|(?=\s[(–-])))(\s.+)$/u) ?? [];
  return rest ? [main, rest] : [title];
}

/**
 * Sets the largest size at which a title fits: `--size` of its main part in hundredths of the cover's width, and
 * `--lines`, after which the text is cut off.
 */
function fit(node, [main, rest], typeface) {
  const words = main.split(/\s+|(?<=[-–\u2e80-\uffef])(?=.)/u).map((word) => width(word, typeface));
  const room = rest ? 46 : PLACE.height;
  let size = 25.5;
  let lines;
  do {
    size -= 0.5;
    lines = nLines(words, PLACE.width / size);
  } while (size > 10 && (Math.max(...words) * size > PLACE.width || lines * size * LEADING > room));
  node.style.setProperty("--size", size);
  const left = rest ? (PLACE.height - lines * size * LEADING - 2) / 11 : PLACE.height / size / LEADING;
  node.style.setProperty("--lines", Math.max(1, Math.floor(left)));
}

/** The number of lines that words of these widths need. */
function nLines(words, width) {
  let lines = 1;
  let filled = 0;
  for (const word of words) {
    if (filled > 0 && filled + word > width) {
      lines += 1;
      filled = 0;
    }
    filled += word + 0.25;
  }
  return lines;
}

const ruler = document.createElement("canvas").getContext("2d");
/** Fonts by typeface, as a canvas takes them. */
const fonts = new Map();

/** The width of a word in em, in the font of this device. */
function width(word, typeface) {
  if (!fonts.has(typeface)) {
    const book = typeface === "book";
    // Read once: each reading makes the browser compute the styles of the page.
    const family = getComputedStyle(document.documentElement).getPropertyValue(book ? "--serif" : "--display");
    fonts.set(typeface, [`${book ? 700 : 800} 100px ${family}`, book ? "normal" : "condensed"]);
  }
  [ruler.font, ruler.fontStretch] = fonts.get(typeface);
  return ruler.measureText(word).width / 100 - 0.018 * word.length;
}

/** FNV-1a: a pseudo-random number that is the same for the same text. */
function hash(text) {
  let value = 2166136261;
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 16777619);
  return value >>> 0;
}
