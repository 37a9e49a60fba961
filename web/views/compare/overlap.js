// How many titles each two lists share: the extremes in a sentence, all pairs in a table.

import { strategyTitle } from "../../descriptions.js";
import { element } from "../../dom.js";
import { extremes, sharedItems } from "./state.js";

/** @returns {{ nodes: Element[], show: (lists: object[], length: number) => void, hide: () => void }} */
export function createOverlap() {
  const sentence = element("p", { class: "compare-overlap", hidden: true });
  const matrix = element("div", {
    class: "compare-matrix",
    tabindex: "0",
    role: "region",
    "aria-label": "Titles in common",
  });
  const details = element(
    "details",
    { class: "compare-pairs", hidden: true },
    element("summary", {}, "All pairs of lists"),
    matrix,
  );
  const setHidden = (isHidden) => {
    sentence.hidden = details.hidden = isHidden;
  };
  const show = (lists, length) => {
    const pairs = sharedItems(lists);
    setHidden(pairs.length === 0);
    if (!pairs.length) return;
    sentence.textContent = inWords(pairs, length);
    matrix.replaceChildren(table(lists, pairs, length));
  };
  return { nodes: [sentence, details], show, hide: () => setHidden(true) };
}

function inWords(pairs, length) {
  const { most, least } = extremes(pairs);
  const share = ({ first, second, shared }) =>
    `${strategyTitle(first)} and ${strategyTitle(second)} share ${shared} of ${length}`;
  if (most.shared === least.shared) return `${share(most)}.`;
  return `Most alike: ${share(most)}. Least alike: ${share(least)}.`;
}

function table(lists, pairs, length) {
  const strategies = lists.map(({ strategy }) => strategy);
  const sharedBy = new Map(
    pairs.flatMap(({ first, second, shared }) => [
      [`${first} ${second}`, shared],
      [`${second} ${first}`, shared],
    ]),
  );
  const cell = (first, second) => {
    const key = `${first} ${second}`;
    const shared = sharedBy.get(key);
    const node = element("td", { "data-shared": key }, shared === undefined ? "–" : `${shared}`);
    if (shared !== undefined) node.style.setProperty("--part", shared / length);
    return node;
  };
  const head = strategies.map((strategy) => element("th", { scope: "col" }, strategyTitle(strategy)));
  const rows = strategies.map((first) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, strategyTitle(first)),
      ...strategies.map((second) => cell(first, second)),
    ),
  );
  return element(
    "table",
    {},
    element("caption", { class: "visually-hidden" }, "How many titles two lists share"),
    element("thead", {}, element("tr", {}, element("td"), ...head)),
    element("tbody", {}, ...rows),
  );
}
