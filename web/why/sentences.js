// The sentences of an explanation, without the DOM.

import { strategyTitle } from "../descriptions.js";
import { capitalize, count, formatCount, formatNumber, formatSigned, listed, ordinal } from "../labels.js";

/** A pick with a smaller share is not named as a cause. */
const LEAST_SHARE = 0.05;
/** A second or opposing source is named if it moved the score at least this part as much as the first. */
const LEAST_PART = 1 / 3;

/** @typedef {import("../foldin/foldin.d.ts").Explanation} Explanation */
/** @typedef {import("../foldin/foldin.d.ts").SourcePart} SourcePart */
/** @typedef {(id: string) => string} TitleOf */

/**
 * What one source found, in a sentence; empty if there is nothing to say.
 *
 * @param {SourcePart} part
 * @param {{ likes: number }} item
 * @param {{ titleOf: TitleOf, isOwn: boolean }} options `isOwn`: whether the picks are the visitor's
 */
export function foundBy({ source, because }, item, { titleOf, isOwn }) {
  const strong = because
    .filter(({ contribution, share }, n) => contribution > 0 && (n === 0 || share >= LEAST_SHARE))
    .slice(0, 2);
  const names = listed(strong.map(({ id }) => titleOf(id)));
  const own = isOwn ? "your" : "their";
  const sentences = {
    taste: names && `It is close to ${own} taste, mostly because of ${names}.`,
    neighbours: names && `People who liked ${names} also liked this.`,
    ease: names && `It follows from all of ${own} picks together, mostly from ${names}.`,
    sequence: names && `People often liked it next after ${names}.`,
    content: names && `It has the same genres, tags and words as ${names}.`,
    popular: `${count(item.likes, "like")}: it is popular with many people.`,
    recent: "Many people have liked it lately.",
    "top-rated": "People gave it high ratings.",
  };
  return sentences[source] || "";
}

/**
 * The main sources for and against an item.
 *
 * @param {SourcePart[]} sources
 * @returns {{ main?: SourcePart, second?: SourcePart, against?: SourcePart }}
 */
export function mainSources(sources) {
  const sorted = sources.toSorted((a, b) => b.part - a.part);
  const [main, next] = sorted.filter(({ part }) => part > 0);
  const lowest = sorted.findLast(({ part }) => part < 0);
  const second = next && next.part >= main.part * LEAST_PART ? next : undefined;
  const against = lowest && (!main || -lowest.part >= main.part * LEAST_PART) ? lowest : undefined;
  return { main, second, against };
}

/**
 * The headline of an explanation: sentences with a leading part to be emphasised, or without.
 *
 * @param {Explanation} explanation
 * @param {{ likes: number }} item
 * @param {{ titleOf: TitleOf, isOwn: boolean, isEmpty: boolean }} options `isEmpty`: whether nothing is liked
 * @returns {[emphasis: string, text: string][]}
 */
export function headline({ sources }, item, options) {
  if (options.isEmpty) return [["", "There is no like yet, so titles that many people like come first."]];
  const { main, second, against } = mainSources(sources);
  const lines = [];
  if (main) {
    lines.push([`${strategyTitle(main.source)} moved it up most. `, foundBy(main, item, options)]);
  } else {
    lines.push(["No source supports it. ", "Each of them prefers other candidates."]);
  }
  if (second) {
    const found = foundBy(second, item, options) || "It supports this title too.";
    lines.push(["", `${strategyTitle(second.source)} comes next: ${found.charAt(0).toLowerCase()}${found.slice(1)}`]);
  }
  if (against) lines.push(["", `${strategyTitle(against.source)} moved it down: it prefers other candidates.`]);
  return lines;
}

/**
 * The rank among the candidates.
 *
 * @param {Explanation} explanation
 */
export function placeInWords({ place, candidates, score }) {
  if (place === null) {
    return `It is not among the ${formatCount(candidates)} candidates: no source has it among its best.`;
  }
  return `${ordinal(place)} of ${count(candidates, "candidate")}, with a score of ${formatNumber(score)}.`;
}

/**
 * What a change of the picks did.
 *
 * @param {import("./what-if.js").WhatIf} whatIf
 * @param {Explanation} before
 * @param {Explanation} now
 * @param {TitleOf} titleOf
 * @returns {[change: string, result: string]}
 */
export function changeInWords(whatIf, before, now, titleOf) {
  const added = whatIf.added.filter((id) => !whatIf.off.has(id));
  const parts = [];
  if (whatIf.off.size) parts.push(`without ${listed([...whatIf.off].map(titleOf))}`);
  if (added.length) parts.push(`with ${listed(added.map(titleOf))}`);
  const [from, to] = [before, now].map(({ place }) => (place === null ? "no candidate" : ordinal(place)));
  const places = from === to ? `still ${to}` : `${from} → ${to}`;
  const scores = [before, now].map(({ score }) => formatNumber(score)).join(" → ");
  return [capitalize(listed(parts)), `${places}, score ${scores} (${formatSigned(now.score - before.score)}).`];
}

/**
 * The place in the list with variety, or why there is none.
 *
 * @param {Explanation} explanation
 * @param {{ diversity: number, place: number | null, n: number }} list `place`: in a list of `n`; `null` if not in it
 */
export function varietyInWords(explanation, { diversity, place, n }) {
  const before = explanation.place;
  const difference =
    before === null ? "" : before === place ? ", the same as without variety" : ` instead of ${ordinal(before)}`;
  const now = place === null ? `It is not among the first ${n}.` : `In the list it is ${ordinal(place)}${difference}.`;
  return `Variety is ${formatNumber(diversity)}: titles similar to those above them move down. ${now}`;
}
