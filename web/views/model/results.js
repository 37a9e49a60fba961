// The results of a measurement in numbers and sentences, without the DOM.

import { measuresNewUsers, metricTitle, protocolDescription } from "../../descriptions.js";
import { count, formatCount, formatNumber, listed, people } from "../../labels.js";

export const QUALITY = ["ndcg@10", "recall@20"];
export const REACH = ["coverage@10", "long_tail@10", "ild@10", "novelty@10", "gini@10"];

/** The names of systems that are not a source. */
const OURS = "foldin";
const POPULARITY = "popularity";
const RANDOM = "random";

/** Simulated viewers hardly share their likes, so popularity does worse on them than on people. */
const CAVEAT =
  "Simulated viewers hardly agree on what is popular: with real people the difference is smaller, often about two times.";

/** @typedef {{ mean?: number, low?: number, high?: number }} Estimate */
/** @typedef {{ name: string, isOurs: boolean } & Estimate} Row */

/**
 * The value of a metric: in `metrics` of a system, or directly in it. A plain number has no interval.
 *
 * @returns {Estimate}
 */
export function estimate(system, metric) {
  const value = (system?.metrics ?? system)?.[metric];
  return typeof value === "number" ? { mean: value } : { mean: value?.mean, low: value?.low, high: value?.high };
}

/** The protocol that is shown: the first with a system. */
export function mainProtocol(measured) {
  return measured?.protocols?.find(({ systems }) => systems?.length) ?? null;
}

export function hasInterval({ low, high }) {
  return low !== undefined && high !== undefined;
}

/**
 * All systems with NDCG@10.
 *
 * @returns {Row[]}
 */
export function qualityRows({ systems }) {
  return systems
    .map((system) => ({ ...estimate(system, "ndcg@10"), name: system.name, isOurs: system.name === OURS }))
    .filter(({ mean }) => mean !== undefined);
}

/** What was measured, and how foldin compares with popularity and with the best single source. */
export function qualitySentences({ protocol, users }, rows, isSimulated = false) {
  const ours = rows.find(({ isOurs }) => isOurs);
  const popular = rows.find(({ name }) => name === POPULARITY);
  const best = bestSingle(rows);
  const sentences = [protocolDescription(protocol)];
  if (users) sentences.push(`It was measured on ${people(users)}.`);
  if (ours && popular && popular.mean > 0) {
    sentences.push(`foldin is ${formatNumber(ours.mean / popular.mean, 1)} times as good as the most popular titles.`);
    if (isSimulated) sentences.push(CAVEAT);
  }
  if (ours && best) sentences.push(verdict(ours, best));
  return sentences.join(" ");
}

/** The best system beside ours; `null` if no single source was measured, as in the manifest. */
function bestSingle(rows) {
  const others = rows.filter(({ isOurs }) => !isOurs);
  const hasSources = others.some(({ name }) => ![POPULARITY, RANDOM].includes(name));
  return hasSources ? others.toSorted((a, b) => b.mean - a.mean)[0] : null;
}

/** How ours compares with the best other system, and whether the intervals are apart. */
export function verdict(ours, best) {
  const percent = Math.round(Math.abs(ours.mean / best.mean - 1) * 100);
  const direction = ours.mean > best.mean ? "better" : "worse";
  const result = percent === 0 ? "it is as good" : `it is ${percent} % ${direction}`;
  const areKnown = hasInterval(ours) && hasInterval(best);
  const areApart = ours.low > best.high || ours.high < best.low;
  const chance = !areKnown ? "" : areApart ? ", more than chance explains" : ", but chance may explain the difference";
  return `Compared with the best single source, ${best.name}, ${result}${percent === 0 ? "" : chance}.`;
}

/** ` on 1,000 new users`, for captions. */
export function measuredOn({ protocol, users }) {
  const kind = measuresNewUsers(protocol) ? "new user" : "known user";
  return users ? ` on ${count(users, kind)}` : ` on ${kind}s`;
}

/**
 * The curve over the number of known likes: ours, the best source, and popularity.
 *
 * @param {{ shown: number, users?: number, systems: object[] }[]} points
 * @returns {{ steps: number[], lines: { name: string, isOurs: boolean, values: Estimate[] }[], users: string } | null}
 */
export function coldStart(points = []) {
  const known = points.filter(({ systems }) => systems?.length).toSorted((a, b) => a.shown - b.shown);
  if (known.length < 2) return null;
  const sources = known.at(-1).systems.filter(({ name }) => ![OURS, POPULARITY, RANDOM].includes(name));
  const ndcg = (system) => estimate(system, "ndcg@10").mean ?? 0;
  const [best] = sources.toSorted((a, b) => ndcg(b) - ndcg(a));
  const valueAt = ({ systems }, name) =>
    estimate(
      systems.find((system) => system.name === name),
      "ndcg@10",
    );
  const lines = [OURS, ...(best ? [best.name] : []), POPULARITY]
    .map((name) => ({ name, isOurs: name === OURS, values: known.map((point) => valueAt(point, name)) }))
    .filter(({ values }) => values.every(({ mean }) => mean !== undefined));
  if (!lines.length) return null;
  return { steps: known.map(({ shown }) => shown), lines, users: usersOf(known) };
}

/** With more likes to show, fewer people may have enough of them. */
function usersOf(points) {
  const users = points.map((point) => point.users ?? 0);
  const [fewest, most] = [Math.min(...users), Math.max(...users)];
  if (!fewest) return "new users";
  return fewest === most ? count(most, "new user") : `${formatCount(fewest)} to ${formatCount(most)} new users`;
}

export function coldStartSentence({ steps, lines }) {
  const { values } = lines[0];
  const [first, last] = [values[0], values.at(-1)].map(({ mean }) => formatNumber(mean, 3));
  return (
    `With ${count(steps[0], "like")} of a new user, NDCG@10 is ${first}; with ${steps.at(-1)} it is ${last}. ` +
    "The most popular titles do not depend on what you like."
  );
}

/** How much of the catalogue is recommended at all. */
export function reachSentences({ systems }) {
  const value = (name, metric) =>
    estimate(
      systems.find((system) => system.name === name),
      metric,
    ).mean;
  const percent = (part) => `${formatNumber(part * 100, 1)} %`;
  const ours = value(OURS, "coverage@10");
  const popular = value(POPULARITY, "coverage@10");
  const tail = value(OURS, "long_tail@10");
  const sentences = [];
  if (ours !== undefined) sentences.push(`Someone gets ${percent(ours)} of the catalogue in their first ten titles.`);
  if (popular !== undefined) sentences.push(`By popularity alone that is ${percent(popular)}.`);
  if (tail !== undefined) {
    const part = tail < 0.0005 ? "Almost nothing" : percent(tail);
    sentences.push(`${part} of what foldin recommends is in the long tail, outside the most popular fifth.`);
  }
  return sentences.join(" ");
}

/** What the setting of variety changes. */
export function varietySentence(points) {
  const change = (metric) => {
    const [first, last] = [points[0], points.at(-1)].map((point) => estimate(point, metric).mean);
    if (first === undefined || last === undefined) return null;
    return `${metricTitle(metric)} from ${formatNumber(first, 3)} to ${formatNumber(last, 3)}`;
  };
  const changes = ["ild@10", "ndcg@10"].map(change).filter(Boolean);
  const setting = "The slider under “For you” goes from 0 to 1: titles similar to those above them move down.";
  if (!changes.length) return setting;
  return `${setting} Up to ${formatNumber(points.at(-1).lambda, 1)} it changes ${listed(changes)}.`;
}
