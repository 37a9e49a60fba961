// Covers to tap: the titles offered, and similar titles.

import { cover } from "../../covers.js";
import { byId, element, visuallyHidden } from "../../dom.js";
import { icon } from "../../icons.js";

const N_TILES = 12;

/**
 * The titles offered. "Show others" replaces all of them by titles close to the picks that were not shown before.
 *
 * @returns {Promise<{ follow: () => Promise<void> }>} `follow`: replaces the tiles that were tapped, except for the last
 * one, which a second tap takes back
 */
export async function createTiles(app) {
  const { foldin, profile } = app;
  const shown = new Set();
  const tiles = () => [...byId("tiles").querySelectorAll(".tile")];
  const remember = () => {
    // On a phone some tiles are hidden.
    for (const tile of tiles()) if (tile.checkVisibility()) shown.add(tile.dataset.id);
  };
  const ask = async (k) => {
    const hidden = tiles().map(({ dataset }) => dataset.id);
    const exclude = [...new Set([...shown, ...(k < N_TILES ? hidden : [])])];
    return app.remember((await foldin.seeds({ k, profile: profile.toRequest(), exclude })).items);
  };
  const showTiles = (items) => byId("tiles").replaceChildren(...items.map((item) => tile(item, profile)));
  const others = async () => {
    remember();
    let items = await ask(N_TILES);
    if (!items.length) {
      // All were shown: starts again.
      shown.clear();
      items = await ask(N_TILES);
    }
    if (items.length) showTiles(items);
  };
  const follow = async () => {
    const newest = profile.ids().at(-1);
    const isOver = ({ dataset: { id } }) => id !== newest && profile.signalOf(id) !== null;
    const tapped = tiles().filter((tile) => isOver(tile) && tile !== document.activeElement);
    if (!tapped.length) return;
    remember();
    const items = await ask(tapped.length);
    for (const [n, old] of tapped.entries()) {
      // It may have been taken back, or replaced, in the meantime.
      if (!items[n] || !old.isConnected || !isOver(old)) continue;
      const next = tile(items[n], profile);
      next.classList.add("new");
      old.closest("li").replaceWith(next);
    }
  };
  showTiles(app.remember((await foldin.seeds({ k: N_TILES })).items));
  byId("others").disabled = false;
  byId("others").addEventListener("click", () => others().catch(app.fail));
  return { follow };
}

/**
 * Draws a cover of each typeface, which nobody sees, while the model is on its way: a browser takes a tenth of a second on a
 * slow phone for the first text in a font.
 */
export function warmUp() {
  const blanks = byId("tiles").querySelectorAll(".blank");
  for (const [n, genre] of ["Horror", "Drama", "Comedy"].entries()) {
    const drawn = cover({ id: genre, title: genre, year: 1984, genres: [genre], tags: [] });
    blanks[n]?.append(element("span", { class: "unseen", "aria-hidden": "true" }, drawn));
  }
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
