// Every text of the elements that visitors see or hear.

/**
 * The English texts; a site in another language replaces them.
 *
 * @type {import("./element.d.ts").Texts}
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
  badFile: "This file holds no picks.",
};
