// What was learned: doubts, an example, and what to do with the model.

import { element } from "../../dom.js";
import { load } from "../../foldin/foldin.js";
import { listed, size } from "../../labels.js";
import { downloadSite } from "./download.js";

/**
 * @param {{ onUse: (trained: object) => Promise<void>, app: { announce: (text: string) => void } }} actions
 */
export function createOutcome({ onUse, app }) {
  const heading = element("h2", { tabindex: "-1" }, "Your model is ready");
  const content = element("div", { class: "data-outcome" });
  const node = element("section", { class: "data-part", "aria-busy": "true" }, heading, content);
  return {
    node,
    async show(trained) {
      node.setAttribute("aria-busy", "true");
      const problem = element("p", { class: "panel data-problem", role: "alert", hidden: true });
      const action = (text, kind, act) => {
        const button = element("button", { type: "button", class: `button ${kind}` }, text);
        button.addEventListener("click", async () => {
          button.disabled = true;
          problem.hidden = true;
          try {
            await act();
          } catch (error) {
            problem.textContent = error.message;
            problem.hidden = false;
          }
          button.disabled = false;
        });
        return button;
      };
      const use = action("Use it on this page", "main", () => onUse(trained));
      content.replaceChildren(
        ...doubts(trained.doubts),
        await example(trained),
        element("p", { class: "muted" }, `Privacy: ${trained.privacy.sentence}.`),
        element(
          "div",
          { class: "answers" },
          use,
          action("Download a site", "", () => downloadSite({ name: trained.reading.name, files: trained.files })),
        ),
        element(
          "p",
          { class: "muted small" },
          `The download is one zip file with the model (${size(modelSize(trained))}), foldin itself and a page with the ` +
            "two tags. It works on any static host.",
        ),
        problem,
      );
      node.setAttribute("aria-busy", "false");
      app.announce("Your model is ready.");
      heading.focus();
    },
  };
}

/** Recommendations for somebody who likes the two best known things: the model itself answers. */
async function example(trained) {
  const foldin = await load(trained);
  try {
    const { items: known } = await foldin.popular({ k: 2 });
    const { items } = await foldin.recommend({ liked: known.map(({ id }) => id) }, { k: 5 });
    const title = (item) => item.title || item.id;
    return element(
      "div",
      { class: "data-example" },
      element("h3", {}, `If you like ${listed(known.map(title))}`),
      element("ol", {}, ...items.map((item) => element("li", { "data-id": item.id }, title(item)))),
    );
  } finally {
    foldin.close();
  }
}

function doubts(sentences) {
  if (!sentences.length) return [];
  return [
    element(
      "div",
      { class: "panel" },
      element("strong", {}, "Before you publish it"),
      element("ul", {}, ...sentences.map((sentence) => element("li", {}, sentence))),
    ),
  ];
}

function modelSize({ files }) {
  const model = Object.entries(files).filter(([path]) => path.endsWith(".foldin"));
  return model.reduce((sum, [, { length }]) => sum + length, 0);
}
