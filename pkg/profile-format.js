// A profile as text: in storage, and in exported files.

import { checkString, FoldinError, invalid } from "./error.js";

/** @typedef {import("./profile.d.ts").Signal & { id: string }} ProfileEvent an item and its signal */

const FORMAT = "foldin-profile";
const VERSION = 1;
const TYPES = ["liked", "disliked", "rated", "seen"];

/**
 * @param {ProfileEvent[]} events
 * @returns {string}
 */
export function formatProfile(events) {
  return JSON.stringify({ format: FORMAT, version: VERSION, events });
}

/**
 * The events of an exported profile; the last one of an item counts.
 *
 * @param {string | null} text
 * @returns {ProfileEvent[]}
 */
export function parseProfile(text) {
  try {
    const { format, version, events } = JSON.parse(text ?? "null");
    if (format + version !== FORMAT + VERSION) throw invalid("its format", format, FORMAT);
    return events.map(checkEvent);
  } catch (cause) {
    const { message: reason } = /** @type {Error} */ (cause);
    const message = `this is not an exported profile: ${reason}. Nothing was changed`;
    throw new FoldinError("invalid-profile", message, { cause });
  }
}

/**
 * An event with nothing but its own fields; throws if it is not valid.
 *
 * @param {any} event
 * @returns {ProfileEvent}
 */
export function checkEvent({ id, type, stars }) {
  checkString("id", id);
  if (!TYPES.includes(type)) throw invalid("type", type, TYPES.join(", "));
  if (type !== "rated") return { id, type };
  if (Number.isFinite(stars) && stars >= 0) return { id, type, stars };
  throw invalid("stars", stars, "a number of at least 0");
}
