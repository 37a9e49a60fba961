// Numbers, lists of words, reasons and descriptions as readers see them.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  measuresNewUsers,
  metricTitle,
  protocolDescription,
  setDescriptions,
  strategyDescription,
  strategyTitle,
} from "../../web/descriptions.js";
import * as labels from "../../web/labels.js";
import { reason } from "../../web/reasons.js";

test("numbers", () => {
  assert.equal(labels.formatNumber(-1234.5, 1), "−1,234.5");
  assert.equal(labels.formatShort(0.0012345), "0.00123");
  assert.equal(labels.formatShort(-12.345), "−12.3");
  assert.deepEqual(
    [0.2, -0.2, 0.001, -1234].map((value) => labels.formatSigned(value)),
    ["+0.20", "−0.20", "0.00", "−1,234.00"],
  );
  assert.deepEqual([1, 2, 3, 4, 11, 12, 21, 111, 1003].map(labels.ordinal), [
    "1st",
    "2nd",
    "3rd",
    "4th",
    "11th",
    "12th",
    "21st",
    "111th",
    "1,003rd",
  ]);
  assert.deepEqual(
    [1, 0, 1955].map((n) => labels.count(n, "title")),
    ["1 title", "0 titles", "1,955 titles"],
  );
  assert.deepEqual([1, 2000].map(labels.people), ["1 person", "2,000 people"]);
});

test("sizes and times", () => {
  const plain = (text) => text.replace("\u00a0", " ");
  assert.deepEqual(
    [950, 9500, 95_000, 999_600, 1_250_000].map((bytes) => plain(labels.size(bytes))),
    ["1 kB", "9.5 kB", "95 kB", "1 MB", "1.3 MB"],
  );
  assert.deepEqual(
    [0, 3.26, 12.6].map((ms) => plain(labels.duration(ms))),
    ["less than 1 ms", "3.3 ms", "13 ms"],
  );
});

test("words", () => {
  assert.deepEqual([[], ["a"], ["a", "b"], ["a", "b", "c"]].map(labels.listed), ["", "a", "a and b", "a, b and c"]);
  assert.equal(labels.titleAndYear({ title: "Alien", year: 1979 }), "Alien (1979)");
  assert.equal(labels.titleAndYear({ title: "Alien", year: null }), "Alien");
  assert.equal(labels.capitalize("no title"), "No title");
});

test("reasons name one or two picks, or popularity", () => {
  const titles = new Map(["a", "b", "c"].map((id) => [id, { title: id.toUpperCase() }]));
  const item = (because, sources = ["taste"]) => ({ because, sources, likes: 3 });
  const picks = [
    { id: "a", share: 0.6 },
    { id: "b", share: 0.15 },
    { id: "c", share: 0.14 },
  ];
  assert.equal(reason(item(picks), titles), "because you liked A and B");
  assert.equal(reason(item([picks[0], picks[2]]), titles), "because you liked A");
  assert.equal(reason(item([{ id: "x", share: 1 }]), titles), "close to your taste");
  assert.equal(reason(item(picks, ["popular", "taste"]), titles), "popular with everyone: 3 likes");
  assert.equal(reason({ ...item([], []), likes: 0 }, titles), "little known yet");
  assert.equal(reason({ ...item([], []), likes: 43 }, titles), "liked by 43 people");
});

test("without descriptions plain names are shown, with them titles and sentences", () => {
  assert.equal(strategyTitle("taste"), "taste");
  assert.equal(strategyDescription("taste"), "");
  assert.equal(metricTitle("ndcg@10"), "ndcg@10");
  assert.equal(measuresNewUsers("strong"), false);
  setDescriptions({
    strategies: { taste: { title: "Taste", description: "What fits." } },
    metrics: { ndcg: { title: "NDCG", description: "hits" } },
    protocols: { strong: { description: "Users are held out.", newUsers: true } },
  });
  assert.equal(strategyTitle("taste"), "Taste");
  assert.equal(strategyDescription("taste"), "What fits.");
  assert.equal(metricTitle("ndcg@10"), "NDCG@10");
  assert.equal(protocolDescription("strong"), "Users are held out.");
  assert.equal(protocolDescription("cold7"), "The protocol is cold7.");
  assert.equal(measuresNewUsers("strong"), true);
});
