// The results of a measurement, as the view Model tells them.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setDescriptions } from "../../web/descriptions.js";
import { fromManifest } from "../../web/views/model/measured.js";
import {
  coldStart,
  coldStartSentence,
  estimate,
  mainProtocol,
  measuredOn,
  qualityRows,
  qualitySentences,
  reachSentences,
  varietySentence,
  verdict,
} from "../../web/views/model/results.js";

setDescriptions({
  metrics: { ndcg: { title: "NDCG" }, ild: { title: "Variety" } },
  protocols: { strong: { description: "Users are held out.", newUsers: true } },
});

const system = (name, metrics) => ({ name, metrics });
const interval = (mean, width = 0.01) => ({ mean, low: mean - width, high: mean + width });

test("a value is a number or an estimate, in metrics or beside the name", () => {
  assert.deepEqual(estimate({ name: "a", "ndcg@10": { mean: 0.5, low: 0.4, high: 0.6 } }, "ndcg@10"), {
    mean: 0.5,
    low: 0.4,
    high: 0.6,
  });
  assert.equal(estimate(system("a", { "ndcg@10": 0.5 }), "ndcg@10").mean, 0.5);
  assert.equal(estimate(undefined, "ndcg@10").mean, undefined);
});

test("the manifest's few metrics have the form of all", () => {
  assert.equal(fromManifest(null), null);
  assert.equal(fromManifest({ protocol: "strong", users: 3 }), null);
  const measured = fromManifest({ protocol: "strong", users: 3, foldin: { "ndcg@10": 0.5 } });
  assert.equal(measured.isShort, true);
  assert.deepEqual(mainProtocol(measured), {
    protocol: "strong",
    users: 3,
    systems: [system("foldin", { "ndcg@10": 0.5 })],
  });
});

test("foldin is compared with popularity and with the best source", () => {
  const protocol = {
    protocol: "strong",
    users: 1000,
    systems: [
      system("foldin", { "ndcg@10": interval(0.3) }),
      system("ease", { "ndcg@10": interval(0.25) }),
      system("taste", { "ndcg@10": interval(0.2) }),
      system("popularity", { "ndcg@10": interval(0.1) }),
    ],
  };
  assert.equal(
    qualitySentences(protocol, qualityRows(protocol)),
    "Users are held out. It was measured on 1,000 people. foldin is 3.0 times as good as the most popular titles. " +
      "Compared with the best single source, ease, it is 20 % better, more than chance explains.",
  );
  assert.equal(measuredOn(protocol), " on 1,000 new users");
  assert.equal(measuredOn({ protocol: "loo" }), " on known users");
});

test("what is measured on simulated people says what that is worth", () => {
  const protocol = {
    protocol: "strong",
    systems: [system("foldin", { "ndcg@10": 0.3 }), system("popularity", { "ndcg@10": 0.03 })],
  };
  const rows = qualityRows(protocol);
  assert.match(
    qualitySentences(protocol, rows, true),
    /10\.0 times as good .* titles\. Simulated viewers hardly agree/,
  );
  assert.doesNotMatch(qualitySentences(protocol, rows), /Simulated/);
});

test("a manifest without sources claims nothing about them", () => {
  const protocol = {
    protocol: "strong",
    systems: [system("foldin", { "ndcg@10": 0.3 }), system("popularity", { "ndcg@10": 0.1 })],
  };
  assert.doesNotMatch(qualitySentences(protocol, qualityRows(protocol)), /single source/);
});

test("a verdict depends on the intervals", () => {
  const best = { name: "ease", ...interval(0.3, 0.02) };
  assert.match(verdict(interval(0.31, 0.02), best), /3 % better, but chance may explain the difference\.$/);
  assert.match(verdict(interval(0.2), best), /33 % worse, more than chance explains\.$/);
  assert.match(verdict({ mean: 0.33 }, best), /10 % better\.$/);
  assert.match(verdict({ mean: 0.3 }, best), /it is as good\.$/);
});

test("the cold-start curve has ours, the best source and popularity, by the number of likes", () => {
  const point = (shown, users, values) => ({
    shown,
    users,
    systems: Object.entries(values).map(([name, mean]) => ({ name, "ndcg@10": { mean } })),
  });
  const points = [
    point(10, 400, { foldin: 0.3, taste: 0.2, ease: 0.25, popularity: 0.1, random: 0.01 }),
    point(1, 500, { foldin: 0.2, taste: 0.1, ease: 0.05, popularity: 0.1, random: 0.01 }),
  ];
  const result = coldStart(points);
  assert.deepEqual(result.steps, [1, 10]);
  assert.deepEqual(
    result.lines.map(({ name }) => name),
    ["foldin", "ease", "popularity"],
  );
  assert.deepEqual(
    result.lines[1].values.map(({ mean }) => mean),
    [0.05, 0.25],
  );
  assert.equal(result.users, "400 to 500 new users");
  assert.match(coldStartSentence(result), /^With 1 like of a new user, NDCG@10 is 0\.200; with 10 it is 0\.300\./);
  assert.equal(coldStart(points.slice(0, 1)), null);
  assert.equal(coldStart(undefined), null);
});

test("reach is told in percent, and variety by what it changes", () => {
  const systems = [
    system("foldin", { "coverage@10": 0.123, "long_tail@10": 0.0001 }),
    system("popularity", { "coverage@10": 0.01 }),
  ];
  assert.equal(
    reachSentences({ systems }),
    "Someone gets 12.3 % of the catalogue in their first ten titles. By popularity alone that is 1.0 %. Almost " +
      "nothing of what foldin recommends is in the long tail, outside the most popular fifth.",
  );
  const points = [
    { lambda: 0, "ndcg@10": { mean: 0.3 }, "ild@10": { mean: 0.5 } },
    { lambda: 0.6, "ndcg@10": { mean: 0.28 }, "ild@10": { mean: 0.7 } },
  ];
  assert.match(
    varietySentence(points),
    /Up to 0\.6 it changes Variety@10 from 0\.500 to 0\.700 and NDCG@10 from 0\.300 to 0\.280\.$/,
  );
});
