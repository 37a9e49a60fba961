// Explanations: the profile that is tried, and the sentences.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setDescriptions } from "../../web/descriptions.js";
import {
  changeInWords,
  foundBy,
  headline,
  mainSources,
  placeInWords,
  varietyInWords,
} from "../../web/why/sentences.js";
import { WhatIf } from "../../web/why/what-if.js";

setDescriptions({
  strategies: { taste: { title: "Taste" }, content: { title: "Content" }, popular: { title: "Popular" } },
});

const titleOf = (id) => id.toUpperCase();
const OPTIONS = { titleOf, isOwn: true, isEmpty: false };
const reason = (id, share) => ({ id, share, contribution: share });
const source = (name, part, because = []) => ({ source: name, part, because });

test("the picks are all but the item itself, and what is switched off is not asked for", () => {
  const whatIf = new WhatIf("x", { liked: ["a", "x"], ratings: { b: 4 }, disliked: ["c"], seen: ["d"] });
  assert.deepEqual(whatIf.order, ["a", "b", "c"]);
  whatIf.toggle("a");
  whatIf.toggle("b");
  assert.deepEqual(whatIf.profile, { liked: [], disliked: ["c"], ratings: [], seen: ["d"] });
  assert.ok(whatIf.isEmpty && whatIf.isChanged);
  whatIf.toggle("b");
  assert.deepEqual(whatIf.profile.ratings, [["b", 4]]);
  assert.ok(!whatIf.isEmpty && whatIf.isDisliked("c") && !whatIf.isDisliked("a"));
});

test("added titles are likes, the newest first, until everything is reset", () => {
  const whatIf = new WhatIf("x", { liked: ["a"] });
  whatIf.add("m");
  whatIf.add("n");
  assert.deepEqual(whatIf.added, ["n", "m"]);
  assert.deepEqual(whatIf.profile.liked, ["a", "n", "m"]);
  assert.ok(["x", "a", "m"].every((id) => whatIf.has(id)) && !whatIf.has("z"));
  whatIf.reset();
  assert.deepEqual(whatIf.profile.liked, ["a"]);
  assert.equal(whatIf.isChanged, false);
});

test("picks are sorted by their part over all sources", () => {
  const whatIf = new WhatIf("x", { liked: ["a", "b", "c"] });
  whatIf.sortBy({
    sources: [source("taste", 1, [reason("b", 0.6), reason("a", 0.4)]), source("content", -2, [reason("c", 0.5)])],
  });
  assert.deepEqual(whatIf.order, ["c", "b", "a"]);
});

test("a source names its two strongest picks, but none with next to no share", () => {
  const taste = source("taste", 1, [reason("a", 0.7), reason("b", 0.2), reason("c", 0.1)]);
  assert.equal(foundBy(taste, { likes: 1 }, OPTIONS), "It is close to your taste, mostly because of A and B.");
  const weak = source("taste", 1, [reason("a", 0.97), reason("b", 0.03)]);
  assert.match(foundBy(weak, { likes: 1 }, OPTIONS), /because of A\.$/);
  assert.match(foundBy(weak, { likes: 1 }, { ...OPTIONS, isOwn: false }), /their taste/);
  assert.equal(foundBy(source("taste", 1), { likes: 1 }, OPTIONS), "");
});

test("a second and an opposing source count from a third of the first", () => {
  const { main, second, against } = mainSources([
    source("content", 0.3),
    source("taste", 0.9),
    source("popular", -0.3),
  ]);
  assert.deepEqual(
    [main, second, against].map(({ source }) => source),
    ["taste", "content", "popular"],
  );
  const weak = mainSources([source("content", 0.29), source("taste", 0.9), source("popular", -0.29)]);
  assert.deepEqual([weak.second, weak.against], [undefined, undefined]);
});

test("the headline names the main source, what supports it, and what does not", () => {
  const explanation = {
    sources: [source("taste", 0.9, [reason("a", 1)]), source("popular", 0.5), source("content", -0.4)],
  };
  const lines = headline(explanation, { likes: 12 }, OPTIONS).map((parts) => parts.join(""));
  assert.deepEqual(lines, [
    "Taste moved it up most. It is close to your taste, mostly because of A.",
    "Popular comes next: 12 likes: it is popular with many people.",
    "Content moved it down: it prefers other candidates.",
  ]);
  const nothing = headline({ sources: [source("content", -0.4)] }, { likes: 0 }, OPTIONS);
  assert.equal(nothing[0][0], "No source supports it. ");
  assert.equal(headline(explanation, { likes: 12 }, { ...OPTIONS, isEmpty: true }).length, 1);
});

test("the place is told, or that there is none", () => {
  assert.equal(
    placeInWords({ place: 22, candidates: 1300, score: -1.5 }),
    "22nd of 1,300 candidates, with a score of −1.50.",
  );
  assert.match(placeInWords({ place: null, candidates: 9, score: 0 }), /not among the 9 candidates/);
});

test("a change is told with places and scores", () => {
  const whatIf = new WhatIf("x", { liked: ["a", "b"] });
  whatIf.toggle("a");
  whatIf.add("n");
  const [before, now] = [
    { place: 3, score: 1 },
    { place: null, score: 0.25 },
  ];
  assert.deepEqual(changeInWords(whatIf, before, now, titleOf), [
    "Without A and with N",
    "3rd → no candidate, score 1.00 → 0.25 (−0.75).",
  ]);
  assert.match(changeInWords(whatIf, before, { place: 3, score: 1 }, titleOf)[1], /^still 3rd, .*\(0\.00\)\.$/);
});

test("variety is told with both places", () => {
  const list = { diversity: 0.3, n: 100 };
  assert.match(varietyInWords({ place: 2 }, { ...list, place: 5 }), /In the list it is 5th instead of 2nd\.$/);
  assert.match(varietyInWords({ place: 2 }, { ...list, place: 2 }), /2nd, the same as without variety\.$/);
  assert.match(varietyInWords({ place: 2 }, { ...list, place: null }), /not among the first 100\.$/);
});
