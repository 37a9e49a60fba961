// Covers to tap: those one is asked about, and those of similar titles.

import { cover } from "../../covers.js";
import { byId, element, unseen } from "../../dom.js";
import { icon } from "../../icons.js";

const N_TILES = 12;

/** The titles to tap, and others in their place on demand: near to the picks, and none that was seen before. */
export async function createTiles(app) {
  const { foldin, profile } = app;
  const asked = new Set();
  const showTiles = (items) => byId("tiles").replaceChildren(...app.meet(items).map((item) => tile(item, profile)));
  const others = async () => {
    // On a phone some tiles are not shown, and were not asked about.
    for (const tile of byId("tiles").querySelectorAll(".tile")) if (tile.checkVisibility()) asked.add(tile.dataset.id);
    const next = async () => {
      const options = { k: N_TILES, profile: profile.toRequest(), exclude: [...asked] };
      return (await foldin.seeds(options)).items;
    };
    let items = await next();
    if (!items.length) {
      // All were seen: once more from the beginning.
      asked.clear();
      items = await next();
    }
    if (items.length) showTiles(items);
  };
  showTiles((await foldin.seeds({ k: N_TILES })).items);
  byId("others").disabled = false;
  byId("others").addEventListener("click", () => others().catch(app.fail));
}

/** One title to tap: a second tap takes the like back. */
export function tile(item, profile) {
  const liked = () => profile.signalOf(item.id)?.type === "liked";
  const tap = () => (liked() ? profile.remove(item.id) : profile.like(item.id));
  const year = item.year === null ? null : unseen(` ${item.year}`);
  const heart = element("span", { class: "tapped", "aria-hidden": "true" }, icon("heart"));
  const attributes = { class: "tile", type: "button", "data-id": item.id, "aria-pressed": liked(), click: tap };
  return element("li", {}, element("button", attributes, cover(item), year, heart));
}

/** Marks the tiles that are liked, wherever they are. */
export function showTaps({ profile }) {
  for (const tile of document.querySelectorAll("#view-start .tile")) {
    tile.setAttribute("aria-pressed", profile.signalOf(tile.dataset.id)?.type === "liked");
  }
}
