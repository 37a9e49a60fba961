// The visitor's own ratings from another site, as their profile here.

import { byId, element } from "../dom.js";
import { Profile } from "../foldin/profile.js";
import { count, titleAndYear } from "../labels.js";
import { readExport } from "./exports.js";
import { matchEntries } from "./match.js";

/** The threshold of a like is this part of the best rating, where the trainer decides it. */
const LIKED_PART = 0.8;
/** Where the model knows no stars: what is liked, and what is disliked. */
const LIKED_FROM = 0.8;
const DISLIKED_TO = 0.4;
/** Titles that were not found and are named. */
const N_NAMED = 200;

/**
 * Adds the ratings of an export to the visitor's profile, and says what was not found.
 *
 * @param {object} app
 * @param {string} text
 * @returns {Promise<boolean>} whether the text is an export of a site that is known
 */
export async function importRatings(app, text) {
  const exported = readExport(text);
  if (!exported) return false;
  const { found, missing } = await matchEntries(app.foldin, exported.entries);
  const profile = profileOf(found, app.foldin.info);
  if (profile.size) app.profile.import(profile.export());
  const sentence = profile.size
    ? `From ${exported.name}: ${count(profile.size, "title")}.`
    : `From ${exported.name}: this model has none of the ${count(exported.entries.length, "title")}.`;
  byId("note").replaceChildren(sentence, ...notFound(missing));
  return true;
}

/**
 * @param {{ id: string, entry: import("./exports.js").Entry }[]} found
 * @param {import("../foldin/foldin.d.ts").Info} info
 */
export function profileOf(found, { likeThreshold }) {
  const profile = new Profile({ key: null });
  for (const { id, entry } of found) {
    const { rating } = entry;
    if (rating === null) profile.markSeen(id);
    else if (likeThreshold !== null) profile.rate(id, starsOf(rating, likeThreshold / LIKED_PART));
    else if (rating >= LIKED_FROM) profile.like(id);
    else if (rating <= DISLIKED_TO) profile.dislike(id);
    else profile.markSeen(id);
  }
  return profile;
}

/** A rating in half stars of the model's own scale. */
function starsOf(rating, best) {
  return Math.max(0.5, Math.round(rating * best * 2) / 2);
}

function notFound(missing) {
  if (!missing.length) return [];
  const named = missing.slice(0, N_NAMED).map((entry) => element("li", {}, titleAndYear(entry)));
  const more = missing.length - named.length;
  return [
    element(
      "details",
      {},
      element("summary", {}, `${count(missing.length, "title")} not found`),
      element("ul", {}, ...named, more > 0 ? element("li", {}, `and ${more} more`) : null),
    ),
  ];
}
