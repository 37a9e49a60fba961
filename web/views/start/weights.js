// Sliders for the sources, to see what each does to the list.

import { element } from "../../dom.js";
import { capitalize } from "../../labels.js";
import { MOST_WEIGHT, withWeight } from "../../settings.js";

const STEP = 0.1;

/**
 * @param {object} app
 * @returns {{ node: HTMLElement, show: () => void }}
 */
export function createWeights(app) {
  const sources = app.foldin.info.strategies.filter((strategy) => strategy !== "hybrid");
  const rows = sources.map((source) => createRow(app, source));
  const reset = element(
    "button",
    { class: "button", type: "button", click: () => app.changeSettings({ weights: {} }) },
    "As learned",
  );
  const node = element(
    "fieldset",
    { class: "weights" },
    element("legend", {}, "How much each source counts"),
    element("p", { class: "muted small" }, "1 is what the model has learned, 0 leaves a source out, 2 doubles it."),
    ...rows.map(({ node }) => node),
    reset,
  );
  const show = () => {
    for (const row of rows) row.show();
    reset.disabled = Object.keys(app.settings.weights).length === 0;
  };
  return { node, show };
}

function createRow(app, source) {
  const id = `weight-${source}`;
  const change = () => app.changeSettings({ weights: withWeight(app.settings.weights, source, input.valueAsNumber) });
  const range = { type: "range", min: 0, max: MOST_WEIGHT, step: STEP, autocomplete: "off" };
  const input = element("input", { id, ...range, input: change });
  const value = element("output", { for: id });
  const show = () => {
    const weight = app.settings.weights[source] ?? 1;
    input.value = weight;
    value.textContent = weight.toFixed(1);
  };
  const name = element("label", { for: id }, capitalize(source));
  return { node: element("div", { class: "weight" }, name, input, value), show };
}
