// The sentence that says why an item is recommended.

import assert from "node:assert/strict";
import { test } from "node:test";
import { reason } from "../../web/reasons.js";

const TITLES = new Map([
  ["alien", { title: "Alien" }],
  ["totoro", { title: "Totoro" }],
]);
const because = [
  { id: "alien", share: 0.6 },
  { id: "totoro", share: 0.4 },
];

const sentence = (sources, rest = {}) => reason({ sources, because, likes: 12, ...rest }, TITLES);

test("a personal reason names the picks and what connects them, in plain words", () => {
  assert.equal(sentence(["content"]), "similar theme to Alien and Totoro");
  assert.equal(sentence(["neighbours"]), "people who liked Alien also liked this");
  assert.equal(sentence(["sequence"]), "often next after Alien");
  assert.equal(sentence(["taste", "content"]), "because you liked Alien and Totoro");
  assert.equal(sentence(["ease"], { because: because.slice(0, 1) }), "because you liked Alien");
});

test("a pick with a small share, or one that lowers the score, is not named", () => {
  const small = [
    { id: "alien", share: 0.9 },
    { id: "totoro", share: 0.1 },
  ];
  assert.equal(sentence(["content"], { because: small }), "similar theme to Alien");
  assert.equal(sentence(["content"], { because: [{ id: "alien", share: -1 }] }), "close to your taste");
});

test("what is the same for everyone says so, and no sentence has a name of the workshop", () => {
  assert.equal(sentence(["popular"], { because: [] }), "popular with everyone: 12 likes");
  assert.equal(sentence([], { because: [], likes: 0 }), "little known yet");
  const all = ["content", "neighbours", "sequence", "taste", "ease", "recent", "top-rated", "popular"];
  for (const source of all) assert.doesNotMatch(sentence([source]), /found by|content|neighbours|ease\b|sequence/i);
});
