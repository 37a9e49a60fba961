// The menu to like, dislike, rate or hide a title.
//
// A dislike leads to fewer similar titles. "Seen it, or not interested" hides only this title, and does not affect the
// other recommendations.

import { element } from "./dom.js";
import { icon } from "./icons.js";
import { closePopover, openPopover } from "./popover.js";

/**
 * @param {HTMLElement} anchor the button that opens the menu
 * @param {{ id: string, title: string }} item
 * @param {object} app
 * @param {() => void} [done] called after a choice, to move the focus
 */
export function openRatingMenu(anchor, item, { foldin, profile }, done = () => {}) {
  const now = profile.signalOf(item.id);
  const choose = (change) => () => {
    closePopover();
    change();
    done();
  };
  const choice = (name, label, hint, change, pressed = null) =>
    element(
      "button",
      { type: "button", class: "choice", "aria-pressed": pressed, click: choose(change) },
      icon(name),
      element("span", {}, label, element("small", {}, hint)),
    );
  const most = foldin.info.likeThreshold > 5 ? 10 : 5;
  const stars = Array.from({ length: most }, (_, n) => n + 1).map((stars) =>
    element(
      "button",
      {
        type: "button",
        class: now?.stars >= stars ? "star on" : "star",
        "aria-label": stars === 1 ? "1 star" : `${stars} stars`,
        "aria-pressed": now?.type === "rated" ? now.stars === stars : false,
        click: choose(() => profile.rate(item.id, stars)),
      },
      icon("star"),
    ),
  );
  openPopover(
    anchor,
    item.title,
    element("p", { class: "popover-title" }, item.title),
    // Without a threshold the data have no stars.
    foldin.info.likeThreshold === null
      ? ""
      : element("div", { class: "stars-choice", role: "group", "aria-label": "Your stars" }, ...stars),
    choice("heart", "Like", "more titles like it", () => profile.like(item.id), now?.type === "liked"),
    choice("dislike", "Dislike", "fewer titles like it", () => profile.dislike(item.id), now?.type === "disliked"),
    choice(
      "hide",
      "Seen it, or not interested",
      "hides only this title",
      () => profile.markSeen(item.id),
      now?.type === "seen",
    ),
    now ? choice("close", "Remove", "undoes your choice", () => profile.remove(item.id)) : "",
  );
}
