// A short remark on what was just said of a recommendation, which is gone from the list by then, with a way back.

import { byId, onceRemade } from "../../dom.js";

const STAYS = 8000;

const WORDS = {
  liked: ({ title }) => `Liked ${title}.`,
  disliked: ({ title }) => `Disliked ${title}.`,
  seen: ({ title }) => `Hid ${title}.`,
  rated: ({ title }, stars) => `Gave ${title} ${stars} ${stars === 1 ? "star" : "stars"}.`,
};

/**
 * @param {object} app
 * @returns {(item: { id: string, title: string }, place: number) => void} shows it, and takes the focus, which must not
 * fall on what stands in the item's place now
 */
export function createSaid({ profile }) {
  const [root, text, undo] = ["said", "said-text", "said-undo"].map(byId);
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
  const undone = () => {
    const at = place;
    if (root.contains(document.activeElement)) onceRemade(byId("list"), () => focusRow(at));
    hide();
  };
  const hideSoon = () => {
    clearTimeout(hiding);
    hiding = setTimeout(() => {
      // Who reads it, or came to it by keyboard, is not hurried.
      if (root.matches(":hover, :has(:focus-visible)")) hideSoon();
      else hide();
    }, STAYS);
  };
  undo.addEventListener("click", () => profile.undo());
  // After any other step an undo would take back that one.
  profile.addEventListener("change", undone);
  addEventListener("hashchange", hide);
  addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, shiftKey, target } = event;
    if (key.toLowerCase() !== "z" || !(ctrlKey || metaKey) || shiftKey) return;
    // A field has its own undo, and other rooms do not show what would change.
    if (target.closest("input:not([type=range]), dialog") || byId("view-start").hidden) return;
    event.preventDefault();
    profile.undo();
  });

  return (item, at) => {
    const signal = profile.signalOf(item.id);
    if (!signal) return;
    hide();
    place = at;
    text.textContent = WORDS[signal.type](item, signal.stars);
    undo.hidden = false;
    undo.focus({ preventScroll: true });
    hideSoon();
  };
}

/** The row at a place, and none of its buttons. */
function focusRow(place) {
  const row = byId("list").children[place] ?? byId("results");
  row.tabIndex = -1;
  row.focus({ preventScroll: true });
}
