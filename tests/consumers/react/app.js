import { createElement as h, StrictMode, useState } from "react";

/**
 * Elements with properties of all kinds, and cards of the application's own: in a template, or where a server renders
 * them, which React cannot hydrate in a template, as a child with a slot.
 */
export function App({ isHydrated }) {
  const [k, setK] = useState(3);
  const list = { src: "model/manifest.json", k, liked: [], controls: true, genres: null, heading: "For you" };
  const card = (props) => h("article", { className: "card", ...props }, "{title}");
  return h(
    StrictMode,
    null,
    h("button", { type: "button", id: "more", onClick: () => setK(4) }, "More"),
    h("foldin-recommendations", { ...list, id: "list", texts: { retry: "Again" } }),
    h(
      "foldin-recommendations",
      { src: list.src, k: "2", id: "cards" },
      isHydrated ? card({ slot: "item", hidden: true }) : h("template", null, card()),
    ),
  );
}
