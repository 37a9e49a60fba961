// The tooltip of the title under the pointer.

import { element } from "../../dom.js";

const OFFSET = 14;
const EDGE = 4;

export function createTip() {
  const node = element("p", { class: "map-tip", "aria-hidden": "true", hidden: true });
  const hide = () => {
    node.hidden = true;
  };
  /** Shows an item beside its point on the screen. */
  const show = (item, [x, y], camera) => {
    const year = item.year === null ? "" : ` ${item.year}`;
    node.replaceChildren(element("strong", {}, item.title), year, element("br"), item.genres.join(", "));
    node.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = node;
    const left = Math.max(EDGE, Math.min(x + OFFSET, camera.width - width - EDGE));
    const fitsBelow = y + height + OFFSET + 2 <= camera.height;
    const top = fitsBelow ? y + OFFSET : y - height - OFFSET + 2;
    node.style.transform = `translate(${left}px, ${top}px)`;
  };
  return { node, show, hide };
}
