// A profile as text: in storage, and in exported files.

import { checkText, FoldinError, invalid } from "./error.js";

/** @typedef {import("../profile.d.ts").Signal & { id: string }} ProfileEvent an item and its signal */

const FORMAT = "foldin-profile";
const VERSION = 1;
const TYPES = ["liked", "disliked", "rated", "seen"];

/**
 * How many changes of each page a stored profile contains, the page that wrote last at the end.
 *
 * @typedef {Record<string, number>} Changes
 */

/**
 * @param {ProfileEvent[]} events
 * @param {Changes} [changes] only where it is stored
 * @returns {string}
 */
export function formatProfile(events, changes) {
  return JSON.stringify({ format: FORMAT, version: VERSION, events, changes });
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
 * The events of a stored profile that can be used, and how many cannot: one bad value must not cost the others. A text
 * that is no profile at all counts as one.
 *
 * @param {string | null} text
 * @returns {{ events: ProfileEvent[], dropped: number, changes?: Changes }}
 */
export function salvageProfile(text) {
  /** @type {ProfileEvent[]} */
  const events = [];
  if (text === null) return { events, dropped: 0 };
  try {
    const stored = JSON.parse(text);
    if (stored.format !== FORMAT || stored.version !== VERSION) return { events, dropped: 1 };
    for (const event of stored.events) {
      try {
        events.push(checkEvent(event));
      } catch {
        // Counted below.
      }
    }
    const dropped = stored.events.length - events.length;
    return stored.changes instanceof Object ? { events, dropped, changes: stored.changes } : { events, dropped };
  } catch {
    return { events, dropped: 1 };
  }
}

/**
 * An event with nothing but its own fields; throws if it is not valid.
 *
 * @param {any} event
 * @returns {ProfileEvent}
 */
export function checkEvent({ id, type, stars }) {
  checkText("id", id);
  if (!TYPES.includes(type)) throw invalid("type", type, TYPES.join(", "));
  if (type !== "rated") return { id, type };
  // The model computes in single precision, in which larger numbers are infinite.
  if (typeof stars === "number" && Number.isFinite(Math.fround(stars)) && stars >= 0) return { id, type, stars };
  throw invalid("stars", stars, "a number from 0 to 3.4e38");
}
