// Numbers and lists of words as people read them.

/**
 * A number with commas, and so many digits after the point. By hand: the first number that `Intl` formats takes a slow
 * phone a tenth of a second, while the page starts.
 */
function format(value, digits) {
  const scale = 10 ** digits;
  // `toFixed` alone would make .9 of .95, which is a little less in binary.
  const rounded = (Math.sign(value) * Math.round(Math.abs(value) * scale)) / scale;
  const [whole, fraction] = rounded.toFixed(digits).split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return fraction ? `${grouped}.${fraction}` : grouped;
}

/** The same without zeros at the end. */
function formatAtMost(value, digits) {
  return format(value, digits).replace(/\.0+$/, "");
}

/** A number with so many digits after the point. */
export function formatNumber(value, digits = 2) {
  return withMinus(format(value, digits));
}

/** A number of any size in three significant digits. */
export function formatShort(value) {
  return withMinus(value.toLocaleString("en", { maximumSignificantDigits: 3 }));
}

/** A number with its sign: `+0.20`, `−1.00`, `0.00`. */
export function formatSigned(value, digits = 2) {
  const shown = formatNumber(Math.abs(value), digits);
  if (Number(shown.replaceAll(",", "")) === 0) return shown;
  return `${value < 0 ? "\u2212" : "+"}${shown}`;
}

/** `1,955`. */
export function formatCount(n) {
  return format(n, 0);
}

/** `1,955 titles`, `1 title`. */
export function count(n, noun) {
  return `${formatCount(n)} ${noun}${n === 1 ? "" : "s"}`;
}

/** `1,955 people`, `1 person`. */
export function people(n) {
  return n === 1 ? "1 person" : `${formatCount(n)} people`;
}

/** `1st`, `22nd`. */
export function ordinal(n) {
  const last = n % 100;
  const ending = last >= 11 && last <= 13 ? "th" : (["th", "st", "nd", "rd"][n % 10] ?? "th");
  return `${formatCount(n)}${ending}`;
}

/** `a, b and c`. */
export function listed(words) {
  if (words.length < 2) return words.join("");
  return `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

/** A size in bytes: `9.5 kB`, `1.2 MB`. */
export function size(bytes) {
  const [value, unit] = bytes < 999_500 ? [bytes / 1e3, "kB"] : [bytes / 1e6, "MB"];
  return `${formatAtMost(value, value < 10 ? 1 : 0)}\u00a0${unit}`;
}

/** A time in milliseconds: `3.2 ms`. */
export function duration(ms) {
  // Browsers round their clock, some to whole milliseconds.
  if (ms === 0) return "less than 1\u00a0ms";
  return `${formatAtMost(ms, ms < 10 ? 1 : 0)}\u00a0ms`;
}

/** A title with its year. */
export function titleAndYear({ title, year }) {
  return year === null ? title : `${title} (${year})`;
}

export function capitalize(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A proper minus sign instead of a hyphen. */
function withMinus(text) {
  return text.replace("-", "\u2212");
}
