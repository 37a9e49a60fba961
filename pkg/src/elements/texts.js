// Every text of the elements that visitors see or hear.

/** @typedef {import("../../element.d.ts").Texts} Texts */

/**
 * The English texts; a site in another language replaces them.
 *
 * @type {Texts}
 */
export const TEXTS = {
  heading: "Recommended for you",
  popularHeading: "Popular with everyone",
  because: "because you liked {titles}",
  goesWith: "goes with {titles}",
  popular: "popular with everyone",
  recent: "popular lately",
  "top-rated": "among the best rated",
  like: "Like {title}",
  dislike: "Not for me: {title}",
  markSeen: "Seen already: {title}",
  updated: "{count} recommendations, first {title}",
  empty: "Nothing to recommend here.",
  error: "There are no recommendations now.",
  retry: "Try again",
  pickerHeading: "What do you like?",
  search: "Search for a title",
  notFound: "No title found; try fewer letters",
  export: "Export",
  import: "Import",
  forget: "Forget me",
  reallyForget: "Forget all your picks? This cannot be undone.",
  keep: "Keep them",
  badFile: "This file holds no picks.",
  dropped: "Some stored picks could not be read and were left out.",
};

/**
 * The texts of an element: those in its attribute, and the English ones for the rest.
 *
 * @param {string | null} json
 * @param {(problem: string) => void} warn
 * @returns {Texts}
 */
export function readTexts(json, warn) {
  const texts = { ...TEXTS };
  if (!json) return texts;
  let given;
  try {
    given = JSON.parse(json);
  } catch (error) {
    warn(`texts is not JSON (${/** @type {Error} */ (error).message}); the English texts are shown`);
    return texts;
  }
  if (given === null || typeof given !== "object" || Array.isArray(given)) {
    warn(`texts is ${json}; expected a JSON object such as {"heading": "…"}`);
    return texts;
  }
  for (const [name, text] of Object.entries(given)) {
    if (!Object.hasOwn(TEXTS, name)) warn(`texts has "${name}"; expected only ${Object.keys(TEXTS).join(", ")}`);
    else if (typeof text !== "string") warn(`texts.${name} is ${JSON.stringify(text)}; expected a string`);
    else texts[/** @type {keyof Texts} */ (name)] = text;
  }
  return texts;
}
