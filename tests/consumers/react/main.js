import "foldin/element";
import { useRecommendations } from "foldin/react";
import { createElement as h } from "react";
import { createRoot, hydrateRoot } from "react-dom/client";
import { App } from "./app.js";

function Hook() {
  const { state, items, profile } = useRecommendations({ src: "model/manifest.json", k: 3, profileKey: null });
  const first = () => profile.like(items[0].id);
  return h(
    "button",
    { type: "button", id: "hook", "data-state": state, onClick: first },
    items.map(({ id }) => id).join(),
  );
}

const root = document.querySelector("#root");
const ready = () =>
  Promise.all(
    [...document.querySelectorAll("foldin-recommendations")].map(
      (element) =>
        element.state === "ready" || new Promise((resolve) => element.addEventListener("foldin-results", resolve)),
    ),
  );
if (root.firstElementChild) {
  // The elements of the server's HTML are complete before React arrives.
  await ready();
  const onRecoverableError = (error) => Object.assign(document.body.dataset, { recovered: error.message });
  hydrateRoot(root, h(App, { isHydrated: true }), { onRecoverableError });
} else {
  createRoot(root).render(h(App));
}
const own = document.body.appendChild(document.createElement("div"));
createRoot(own).render(h(Hook));
