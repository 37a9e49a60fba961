// Whether this browser has a model that the visitor has trained here. own-model.js holds the model itself, and comes only
// where there is one.

/** One page at a time: others of the same host have models of their own. */
export const KEY = new URL(".", location.href).pathname;
/** Says that there is one, without waiting for a database: most visitors have none. */
export const FLAG = `foldin:own-model:${KEY}`;
/** Where the likes of the visitor are kept while the page runs on their own model. */
export const OWN_PROFILE = `foldin:own-profile:${KEY}`;

export function hasOwnModel() {
  try {
    return localStorage.getItem(FLAG) !== null;
  } catch {
    return false;
  }
}
