// The steps from the sources to the place: what each source did, the features, the sum, and the rank.

import { featureDescription, strategyTitle } from "../descriptions.js";
import { element } from "../dom.js";
import { capitalize, count, formatNumber, formatShort, formatSigned, ordinal } from "../labels.js";
import { bar } from "./parts.js";
import { placeInWords } from "./sentences.js";

/** The most picks listed for a source; the others are added up. */
const N_REASONS = 4;

/** One row for each source, the one that moved the score most first. */
export function sourceRows(sources, titleOf) {
  if (!sources.length) return [element("li", { class: "muted" }, "No source has scored it.")];
  const sorted = sources.toSorted((a, b) => Math.abs(b.part) - Math.abs(a.part));
  const most = Math.max(Math.abs(sorted[0].part), 1e-9);
  return sorted.map((source, n) => sourceRow(source, most, n === 0, titleOf));
}

function sourceRow({ source, score, place, part, because }, most, isFirst, titleOf) {
  const rank = place === null ? "not among its best hundred" : `${ordinal(place)} in its own list`;
  const details = score === null ? rank : `${rank}, score ${formatNumber(score, score >= 10 ? 0 : 3)}`;
  const picks = element("details", { open: isFirst }, element("summary", {}, "The part of each pick"));
  picks.append(reasons(because, titleOf));
  return element(
    "li",
    { "data-source": source },
    element(
      "div",
      { class: "why-source" },
      element("h4", {}, strategyTitle(source)),
      element("p", { class: "why-part" }, formatSigned(part)),
      bar(part / most),
      element("p", { class: "small muted" }, details),
    ),
    because.length ? picks : null,
  );
}

function reasons(because, titleOf) {
  const others = because.slice(N_REASONS);
  const othersShare = others.reduce((sum, { share }) => sum + share, 0);
  const row = (name, share) =>
    element(
      "li",
      {},
      element("span", {}, name),
      bar(share),
      element("span", { class: "why-share" }, `${formatSigned(share * 100, 0)}\u00a0%`),
    );
  return element(
    "ul",
    { class: "why-reasons", role: "list" },
    ...because.slice(0, N_REASONS).map(({ id, share }) => row(titleOf(id), share)),
    ...(others.length ? [row(count(others.length, "other pick"), othersShare)] : []),
  );
}

/** All features, the one that adds most first. */
export function featureTable(features) {
  const sorted = features.toSorted((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  const columns = ["Feature", "Here", "Mean of the candidates", "Adds"];
  const row = ({ name, value, mean, contribution }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, capitalize(name), element("small", {}, featureDescription(name))),
      element("td", {}, formatShort(value)),
      element("td", {}, formatShort(mean)),
      element("td", { class: "why-adds" }, formatSigned(contribution, 3)),
    );
  const head = columns.map((name) => element("th", { scope: "col" }, name));
  return element(
    "table",
    {},
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...sorted.map(row)),
  );
}

/** Blend and trees add up to the score, and weights of sources where the visitor has changed any. */
export function sumParts({ blend, trees, weights, score }) {
  const part = (name, value, sign) =>
    element(
      "div",
      {},
      sign && element("span", { class: "why-sign" }, sign),
      element("p", {}, element("strong", { "data-part": name }, value), element("span", {}, name)),
    );
  const signed = (name, value) => part(name, formatNumber(Math.abs(value)), value < 0 ? "\u2212" : "+");
  return [
    part("blend", formatNumber(blend), null),
    signed("trees", trees),
    ...(weights ? [signed("weights", weights)] : []),
    part("score", formatNumber(score), "="),
  ];
}

/** The rank in a sentence and on a scale, with the rank before a change if there was one. */
export function placeScale(explanation, before) {
  const { place, candidates } = explanation;
  const sentence = element("p", {}, placeInWords(explanation));
  if (place === null) return [sentence];
  const track = element("div", { class: "why-track", "aria-hidden": "true" });
  // A logarithmic scale: the first places differ more than later ones.
  const position = (n) => (candidates > 1 ? (Math.log(n) / Math.log(candidates)) * 100 : 0);
  const mark = (n, name) => {
    const node = element("span", { class: `why-mark ${name}` });
    node.style.left = `${position(n)}%`;
    return node;
  };
  if (before.place !== null && before !== explanation) track.append(mark(before.place, "before"));
  track.append(mark(place, "now"));
  const ends = element(
    "p",
    { class: "why-ends small muted", "aria-hidden": "true" },
    element("span", {}, "1st"),
    element("span", {}, ordinal(candidates)),
  );
  return [sentence, track, ends];
}
