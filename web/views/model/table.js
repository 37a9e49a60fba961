// Tables, captions and sections of the view Model.

import { metricDescription, metricTitle } from "../../descriptions.js";
import { element } from "../../dom.js";
import { formatNumber } from "../../labels.js";
import { estimate, hasInterval } from "./results.js";

/** A section: text on one side, tables and charts on the other. */
export function section(heading, text, ...content) {
  return element(
    "section",
    { class: "model-section" },
    element("div", { class: "model-text" }, element("h2", {}, heading), text ? element("p", {}, text) : null),
    element("div", { class: "model-shown" }, ...content),
  );
}

/** The metrics of all systems, and what each metric means; `null` if none was measured. */
export function metricsTable(caption, systems, metrics, text) {
  const shown = metrics.filter((metric) => systems.some((system) => estimate(system, metric).mean !== undefined));
  if (!shown.length) return null;
  const rows = systems.map((system) =>
    element(
      "tr",
      { "data-system": system.name, class: system.name === "foldin" ? "ours" : null },
      headerCell("row", system.name),
      ...shown.map((metric) => valueCell(estimate(system, metric), metric)),
    ),
  );
  const meanings = shown.map((metric) =>
    element("div", {}, element("dt", {}, metricTitle(metric)), element("dd", {}, metricDescription(metric))),
  );
  return element(
    "div",
    {},
    table(caption, ["System", ...shown.map(metricTitle)], rows),
    note(text),
    element("dl", { class: "model-meanings" }, ...meanings),
  );
}

/** A table that scrolls sideways on narrow screens. */
export function table(caption, columns, rows) {
  const head = element("tr", {}, ...columns.map((name) => headerCell("col", name)));
  return element(
    "div",
    { class: "model-table", tabindex: "0", role: "region", "aria-label": caption },
    element(
      "table",
      {},
      element("caption", { class: "visually-hidden" }, caption),
      element("thead", {}, head),
      element("tbody", {}, ...rows),
    ),
  );
}

export function headerCell(scope, text) {
  return element("th", { scope }, text);
}

/** The value of a metric, with its interval if it has one. */
export function valueCell(value, metric = null) {
  const { mean, low, high } = typeof value === "number" ? { mean: value } : (value ?? {});
  if (mean === undefined) return element("td", {}, "–");
  const interval = hasInterval({ low, high })
    ? element("small", {}, `${formatNumber(low, 3)} to ${formatNumber(high, 3)}`)
    : null;
  return element("td", { "data-metric": metric }, formatNumber(mean, 3), interval);
}

export function note(text) {
  return element("p", { class: "model-note small muted" }, text);
}

export function figure(chart, caption = null) {
  return element("figure", { class: "model-chart" }, chart, caption && element("figcaption", {}, caption));
}
