// What was measured, section by section.

import { metricTitle } from "../../descriptions.js";
import { element } from "../../dom.js";
import { count, formatNumber, listed } from "../../labels.js";
import { curve, dots } from "./chart.js";
import {
  coldStart,
  coldStartSentence,
  hasInterval,
  mainProtocol,
  measuredOn,
  QUALITY,
  qualityRows,
  qualitySentences,
  REACH,
  reachSentences,
  varietySentence,
} from "./results.js";
import { figure, headerCell, metricsTable, note, section, table, valueCell } from "./table.js";

const BASELINES = { biases: "means of people and titles", mean: "the mean of all" };
/** The metrics of the table about variety. */
const VARIETY = ["ndcg@10", "ild@10", "coverage@10"];

/** All sections about a measurement; `null` in place of those without data. */
export function measuredSections(measured, info) {
  const protocol = mainProtocol(measured);
  if (protocol) {
    return [
      quality(protocol, info),
      coldStartSection(measured.coldStart),
      reach(protocol),
      variety(measured.diversity),
      stars(measured.stars),
    ];
  }
  if (info.reports.metrics) return [];
  const text = element(
    "p",
    {},
    "This model was not measured. ",
    element("code", {}, "foldin train"),
    " measures by default; the metrics then appear here.",
  );
  return [section("How good are its lists?", "", text)];
}

function quality(protocol, { simulated }) {
  const rows = qualityRows(protocol);
  const where = measuredOn(protocol);
  const label = `NDCG@10 of ${listed(rows.map(({ name, mean }) => `${name} ${formatNumber(mean, 3)}`))}.`;
  const intervals = rows.some(hasInterval) ? " Lines are 95 % intervals over samples of people." : "";
  const systems = "foldin combines all sources; the others are single ways to recommend.";
  const chart = dots(rows, label, (value) => formatNumber(value, 2));
  return section(
    "How good are its lists?",
    qualitySentences(protocol, rows, simulated),
    rows.length ? figure(chart, `NDCG@10${where}.${intervals} ${systems}`) : null,
    metricsTable("How good the lists are", protocol.systems, QUALITY, `Measured${where}.`),
  );
}

function coldStartSection(points) {
  const result = coldStart(points);
  if (!result) return null;
  const { lines, users } = result;
  const steps = result.steps.map(String);
  const text = coldStartSentence(result);
  const chart = curve(steps, lines, { label: text, axis: "known likes", write: (value) => formatNumber(value, 2) });
  const rows = steps.map((step, n) =>
    element("tr", {}, headerCell("row", step), ...lines.map(({ values }) => valueCell(values[n]))),
  );
  const columns = ["Known likes", ...lines.map(({ name }) => name)];
  return section(
    "How many likes does it need?",
    text,
    figure(chart, `NDCG@10 on ${users}, with some of their likes known. The band is the 95 % interval.`),
    element(
      "details",
      {},
      element("summary", {}, "The curve as a table"),
      table("NDCG@10 by the number of likes", columns, rows),
    ),
  );
}

function reach(protocol) {
  const content = metricsTable(
    "What the lists are made of",
    protocol.systems,
    REACH,
    `Measured${measuredOn(protocol)}.`,
  );
  return content && section("Does it recommend only what is popular?", reachSentences(protocol), content);
}

function variety(points = []) {
  const shown = VARIETY.filter((metric) => points.some((point) => point[metric]));
  if (points.length < 2 || !shown.length) return null;
  const [{ users }] = points;
  const rows = points.map((point) =>
    element(
      "tr",
      {},
      headerCell("row", formatNumber(point.lambda, 1)),
      ...shown.map((metric) => valueCell(point[metric])),
    ),
  );
  const sample = users
    ? `Measured on a sample of ${count(users, "user")}, so the values at 0 differ from those above.`
    : "";
  return section(
    "What does variety cost?",
    varietySentence(points),
    table("Metrics by variety", ["Setting", ...shown.map(metricTitle)], rows),
    sample ? note(sample) : null,
  );
}

function stars(measured) {
  if (typeof measured?.rmse !== "number" || typeof measured.mae !== "number") return null;
  const row = (name, { rmse, mae }, className = null) =>
    element("tr", { class: className }, headerCell("row", name), valueCell(rmse), valueCell(mae));
  const baselines = Object.entries(measured.baselines ?? {});
  return section(
    "How accurate are predicted stars?",
    `The error is ${formatNumber(measured.mae, 2)} stars on average (MAE); the root of its mean square is ` +
      `${formatNumber(measured.rmse, 2)} (RMSE). Less is better.`,
    table(
      "Errors of predicted stars",
      ["Prediction", "RMSE", "MAE"],
      [row("foldin", measured, "ours"), ...baselines.map(([name, errors]) => row(BASELINES[name] ?? name, errors))],
    ),
  );
}
