// Covers to tap: the titles offered, and similar titles.

import { cover } from "../../covers.js";
import { byId, element, visuallyHidden } from "../../dom.js";
import { icon } from "../../icons.js";

const N_TILES = 12;

/** The titles offered. "Show others" replaces them by titles close to the picks that were not shown before. */
export async function createTiles(app) {
  const { foldin, profile } = app;
  const shown = new Set();
  const showTiles = (items) => byId("tiles").replaceChildren(...app.remember(items).map((item) => tile(item, profile)));
  const others = async () => {
    // On a phone some tiles are hidden.
    for (const tile of byId("tiles").querySelectorAll(".tile")) if (tile.checkVisibility()) shown.add(tile.dataset.id);
    const next = async () => {
      const options = { k: N_TILES, profile: profile.toRequest(), exclude: [...shown] };
      return (await foldin.seeds(options)).items;
    };
    let items = await next();
    if (!items.length) {
      // All were shown: starts again.
      shown.clear();
      items = await next();
    }
    if (items.length) showTiles(items);
  };
  showTiles((await foldin.seeds({ k: N_TILES })).items);
  byId("others").disabled = false;
  byId("others").addEventListener("click", () => others().catch(app.fail));
}

/** A title to tap: a second tap removes the like. */
export function tile(item, profile) {
  const liked = () => profile.signalOf(item.id)?.type === "liked";
  const tap = () => (liked() ? profile.remove(item.id) : profile.like(item.id));
  const year = item.year === null ? null : visuallyHidden(` ${item.year}`);
  const heart = element("span", { class: "tapped", "aria-hidden": "true" }, icon("heart"));
  const attributes = { class: "tile", type: "button", "data-id": item.id, "aria-pressed": liked(), click: tap };
  return element("li", {}, element("button", attributes, cover(item), year, heart));
}

/** Marks the tiles of liked titles. */
export function markLikedTiles({ profile }) {
  for (const tile of document.querySelectorAll("#view-start .tile")) {
    tile.setAttribute("aria-pressed", profile.signalOf(tile.dataset.id)?.type === "liked");
  }
}
