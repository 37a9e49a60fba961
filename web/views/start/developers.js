// For developers: the call that made the list, what it took, and how to have the same on another site.

import { byId, element } from "../../dom.js";
import { count, duration, size } from "../../labels.js";
import { callInWords } from "./call.js";
import { createWeights } from "./weights.js";

const EMBED = `<script type="module" src="foldin/element.js"></script>
<foldin-recommendations src="model/manifest.json"></foldin-recommendations>`;

/**
 * @param {object} app
 * @returns {(profile: object, request: object, answer: { items: object[], ms: number } | null, partner: object | null) =>
 * void} shows the call that made the list
 */
export function createDevelopers(app) {
  const { info } = app.foldin;
  const weights = createWeights(app);
  const call = code("The call");
  const facts = element("p", { class: "muted small", id: "call-facts" });
  const { bytes } = info;
  const fetched = `The model of ${size(bytes.score + bytes.show)} and the WebAssembly module of ${size(bytes.wasm)} are fetched once, before compression by the host.`;
  byId("developers").replaceChildren(
    element("summary", {}, "For developers: the call behind this list"),
    element(
      "div",
      { class: "developers-body" },
      element("p", {}, "This list is the answer to one call in this browser:"),
      call.node,
      facts,
      weights.node,
      element("p", {}, "To have such a list on another page, host the model and these two tags:"),
      code("The tags", EMBED).node,
      element(
        "p",
        { class: "muted small" },
        "The package is ",
        element("code", {}, "foldin"),
        " on npm (",
        element("code", {}, "npm install foldin"),
        "). Its types document every field; the guides are in the folder ",
        element("code", {}, "docs"),
        " of the project.",
      ),
    ),
  );
  return (profile, request, answer, partner) => {
    byId("developers").hidden = !answer;
    if (!answer) return;
    weights.show();
    call.show(callInWords(profile, request, partner));
    facts.textContent = `${count(answer.items.length, "title")} of ${count(info.items, "title")} in ${duration(answer.ms)} on this device, with no request to any server. ${fetched}`;
  };
}

/** A block of code with a button that copies it. */
function code(name, text = "") {
  const block = element("code", {}, text);
  const copy = async ({ currentTarget }) => {
    try {
      await navigator.clipboard.writeText(block.textContent);
      currentTarget.textContent = "Copied";
    } catch {
      // The browser does not allow it: the visitor copies by hand.
      getSelection().selectAllChildren(block);
    }
  };
  const button = element(
    "button",
    { class: "button", type: "button", click: copy, "aria-label": `Copy: ${name}` },
    "Copy",
  );
  const node = element(
    "div",
    { class: "code-block" },
    element("pre", { tabindex: "0", "aria-label": name, role: "region" }, block),
    button,
  );
  const show = (newText) => {
    block.textContent = newText;
    button.textContent = "Copy";
  };
  return { node, show };
}
