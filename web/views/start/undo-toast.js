// The toast after a recommendation was liked, disliked, rated or hidden, and so has left the list: it offers to undo.

import { byId, onceReplaced } from "../../dom.js";

/** Milliseconds until the toast disappears. */
const STAYS_MS = 8000;

/** The message of each signal. */
const MESSAGES = {
  liked: ({ title }) => `Liked ${title}.`,
  disliked: ({ title }) => `Disliked ${title}.`,
  seen: ({ title }) => `Hid ${title}.`,
  rated: ({ title }, stars) => `Gave ${title} ${stars} ${stars === 1 ? "star" : "stars"}.`,
};

/**
 * @param {object} app
 * @returns {(item: { id: string, title: string }, place: number) => void} shows the toast for an item that was at this
 * place of the list, and moves the focus to its button
 */
export function createUndoToast({ profile }) {
  const [root, text, undo] = ["undo-toast", "undo-toast-text", "undo-toast-button"].map(byId);
  let hiding;
  let place = null;

  const hide = () => {
    clearTimeout(hiding);
    if (place === null) return;
    const focused = root.contains(document.activeElement);
    text.textContent = "";
    undo.hidden = true;
    if (focused) focusRow(place);
    place = null;
  };
  const hideAfterChange = () => {
    const at = place;
    if (root.contains(document.activeElement)) onceReplaced(byId("list"), () => focusRow(at));
    hide();
  };
  const hideSoon = () => {
    clearTimeout(hiding);
    hiding = setTimeout(() => {
      // It stays while the pointer or the keyboard is on it.
      if (root.matches(":hover, :has(:focus-visible)")) hideSoon();
      else hide();
    }, STAYS_MS);
  };
  undo.addEventListener("click", () => profile.undo());
  // After any later change, an undo would undo that change.
  profile.addEventListener("change", hideAfterChange);
  addEventListener("hashchange", hide);
  addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, shiftKey, target } = event;
    if (key.toLowerCase() !== "z" || !(ctrlKey || metaKey) || shiftKey) return;
    // A field has its own undo, and other views do not show what would change.
    if (target.closest("input:not([type=range]), dialog") || byId("view-start").hidden) return;
    event.preventDefault();
    profile.undo();
  });

  return (item, at) => {
    const signal = profile.signalOf(item.id);
    if (!signal) return;
    hide();
    place = at;
    text.textContent = MESSAGES[signal.type](item, signal.stars);
    undo.hidden = false;
    undo.focus({ preventScroll: true });
    hideSoon();
  };
}

/** Moves the focus to the row at a place, not to one of its buttons. */
function focusRow(place) {
  const row = byId("list").children[place] ?? byId("results");
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
}
