// What the visitor has picked, kept in this browser. Where storage is refused, as in some private windows, the picks
// live as long as the page.

// Other pages of the same origin may have models of their own.
const KEY = `foldin:liked:${new URL(".", location.href).pathname}`;

/** The ids picked on an earlier visit, oldest first. */
export function storedLikes() {
  try {
    const ids = JSON.parse(localStorage.getItem(KEY));
    return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

/** Keeps the ids for the next visit. */
export function storeLikes(ids) {
  try {
    if (ids.length) localStorage.setItem(KEY, JSON.stringify(ids));
    else localStorage.removeItem(KEY);
  } catch {
    // Nothing to do: the picks still count until the page is left.
  }
}
