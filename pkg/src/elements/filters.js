// What an element asks of the model. A value that cannot be used is left out and reported: it must not cost the list.

import { list } from "./attributes.js";

/** @typedef {import("../../foldin.d.ts").Request} Request */
/** @typedef {(problem: string) => void} Warn */

/** The longest list that an element shows. */
const MAX_K = 1000;

/**
 * How many items to show.
 *
 * @param {HTMLElement} host
 * @param {number} standard
 * @param {Warn} warn
 */
export function readK(host, standard, warn) {
  const text = host.getAttribute("k");
  if (text === null) return standard;
  const k = Number(text);
  if (text.trim() && Number.isInteger(k) && k >= 1) return Math.min(k, MAX_K);
  warn(`k is "${text}"; expected a whole number of at least 1. ${standard} are shown`);
  return standard;
}

/**
 * The request of an element, without `k`.
 *
 * @param {HTMLElement} host
 * @param {import("../../foldin.d.ts").Info} info
 * @param {Warn} warn
 * @returns {Request}
 */
export function readRequest(host, info, warn) {
  const years = readYears(host.getAttribute("years"), warn);
  const genres = readGenres(host.getAttribute("genres"), info, warn);
  return {
    strategy: readStrategy(host.getAttribute("strategy"), info, warn),
    diversity: readDiversity(host.getAttribute("diversity"), info, warn),
    where: { genres, ...(years && { years }) },
  };
}

/**
 * @param {string | null} text
 * @param {Warn} warn
 * @returns {[number, number] | undefined}
 */
function readYears(text, warn) {
  if (!text?.trim()) return undefined;
  // Any of the dashes that people type, one year alone, or an open end.
  const [, first, dash, last] = /^\s*(\d{0,4})\s*([-‐-―−]?)\s*(\d{0,4})\s*$/.exec(text) ?? [];
  if (!first && !last) {
    warn(`years is "${text}"; expected two years such as 1980-1999. All years are shown`);
    return undefined;
  }
  const from = Number(first || 0);
  const to = dash ? Number(last || 9999) : from;
  return from <= to ? [from, to] : [to, from];
}

/**
 * @param {string | null} text
 * @param {import("../../foldin.d.ts").Info} info
 * @param {Warn} warn
 */
function readGenres(text, info, warn) {
  /** @param {string} genre */
  const known = (genre) => info.genres.find((other) => other.toLowerCase() === genre.toLowerCase());
  const wanted = list(text);
  const genres = wanted.flatMap((genre) => known(genre) ?? []);
  const unknown = wanted.filter((genre) => !known(genre));
  if (unknown.length) {
    const names = unknown.map((genre) => `"${genre}"`).join(", ");
    warn(`genres has ${names}, which no item of this model has; it has ${info.genres.join(", ") || "no genres"}`);
  }
  return genres;
}

/**
 * @param {string | null} text
 * @param {import("../../foldin.d.ts").Info} info
 * @param {Warn} warn
 */
function readStrategy(text, info, warn) {
  const strategy = info.strategies.find((name) => name === text?.trim());
  if (text?.trim() && !strategy) {
    warn(`strategy is "${text}"; this model has ${info.strategies.join(", ")}. "hybrid" is used`);
  }
  return strategy ?? "hybrid";
}

/**
 * @param {string | null} text
 * @param {import("../../foldin.d.ts").Info} info
 * @param {Warn} warn
 */
function readDiversity(text, info, warn) {
  const diversity = text?.trim() ? Number(text) : info.freeDiversity;
  if (diversity >= 0 && diversity <= 1) return diversity;
  warn(`diversity is "${text}"; expected a number from 0 to 1. ${info.freeDiversity} is used`);
  return info.freeDiversity;
}
