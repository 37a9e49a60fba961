// The bar at the bottom of a narrow screen, where the recommendations are below the fold: it shows what the last tap has
// changed, leads down to the list, and another button leads back up to the titles.

import { cover } from "../../covers.js";
import { byId, element } from "../../dom.js";
import { icon } from "../../icons.js";
import { count } from "../../labels.js";

const N_SHOWN = 3;

/** @returns {(items: object[], nPicks: number) => void} shows the list that has just changed */
export function createPeek() {
  const jump = byId("jump");
  let before = new Set();
  leadTo(byId("results"), jump);
  leadTo(byId("tiles"), byId("up"), byId("search"));
  byId("up").replaceChildren(icon("up"), "Titles to tap");
  watch();

  return (items, nPicks) => {
    const fresh = items.filter(({ id }) => !before.has(id)).slice(0, N_SHOWN);
    before = new Set(items.map(({ id }) => id));
    jump.disabled = items.length === 0;
    jump.hidden = items.length === 0 && nPicks > 0;
    if (!items.length) return jump.replaceChildren("Tap a title: recommendations appear here");
    const shown = fresh.length ? fresh : items.slice(0, N_SHOWN);
    const titles = shown.map(({ title }) => title).join(", ");
    const covers = element(
      "span",
      { class: "peek-covers", "aria-hidden": "true" },
      ...shown.map((item) => cover(item)),
    );
    const text = element(
      "span",
      { class: "peek-text" },
      element("strong", { dir: "auto" }, `${count(items.length, "recommendation")} for you`),
      element("span", { dir: "auto" }, icon("down"), ` ${fresh.length ? "New" : "First"}: ${titles}`),
    );
    jump.replaceChildren(covers, text);
  };
}

/** Scrolls to a place on a tap, and moves the focus there. */
function leadTo(place, button, focused = place) {
  button.addEventListener("click", () => {
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    (place.closest(".choose") ?? place).scrollIntoView({ behavior });
    focused.focus({ preventScroll: true });
  });
}

/** The way down is there until the list is in sight, and the way up once the tiles are not. */
function watch() {
  const options = { rootMargin: "0px 0px -15% 0px" };
  new IntersectionObserver(([{ isIntersecting, boundingClientRect }]) => {
    // Below the list, the way down would lead up.
    byId("jump").classList.toggle("there", isIntersecting || boundingClientRect.top < 0);
  }, options).observe(byId("results"));
  new IntersectionObserver(([{ isIntersecting, boundingClientRect }]) => {
    byId("up").hidden = isIntersecting || boundingClientRect.bottom > 0;
  }).observe(byId("tiles"));
}
