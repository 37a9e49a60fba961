// The state of Compare: which lists, whose, and what they have in common.

import assert from "node:assert/strict";
import { test } from "node:test";
import { CompareState, extremes, historyOf, placesOf, sharedItems } from "../../web/views/compare/state.js";

const LISTS = Object.entries({ hybrid: "abc", taste: "bcd", popular: "xyz", diverse: "abx" }).map(
  ([strategy, ids]) => ({ strategy, items: [...ids].map((id) => ({ id })) }),
);

test("the lists at first are those that the model has, and diverse", () => {
  const state = new CompareState(["hybrid", "taste", "ease", "popular"]);
  assert.deepEqual(state.strategies, ["hybrid", "taste", "ease", "popular", "diverse"]);
  assert.deepEqual(state.chosen, ["hybrid", "taste", "popular", "diverse"]);
});

test("lists are chosen in their order, and the last one stays", () => {
  const state = new CompareState(["hybrid", "taste"]);
  assert.equal(state.toggle("hybrid"), true);
  assert.equal(state.toggle("diverse"), true);
  assert.equal(state.toggle("taste"), false);
  assert.deepEqual(state.chosen, ["taste"]);
  state.toggle("hybrid");
  assert.deepEqual(state.chosen, ["hybrid", "taste"]);
  assert.equal(state.isChosen("diverse"), false);
});

test("any user is one of the data, and a known one is kept", () => {
  const state = new CompareState(["hybrid"]);
  state.userIds = ["1", "2", "3", "4"];
  state.chooseUser();
  assert.equal(state.user, null);
  state.user = undefined;
  state.chooseUser(() => 0.6);
  assert.equal(state.user, "3");
  state.chooseUser(() => 0);
  assert.equal(state.user, "3");
});

test("after an unknown id the shown user is wanted again, or any", () => {
  const state = new CompareState(["hybrid"]);
  state.user = "nobody";
  state.forgetUser();
  assert.equal(state.user, undefined);
  state.shownUser = "7";
  state.user = "nobody";
  state.forgetUser();
  assert.equal(state.user, "7");
});

test("typed ids are completed by twenty at most", () => {
  const state = new CompareState(["hybrid"]);
  state.userIds = Array.from({ length: 100 }, (_, n) => `${n}`);
  assert.deepEqual(state.suggestUsers("97"), []);
  assert.equal(state.suggestUsers("").length, 20);
  assert.ok(state.suggestUsers("9").every((id) => id.includes("9") && id !== "9"));
  assert.equal(state.exampleUser, "50");
});

test("an item is pinned until it is pinned again", () => {
  const state = new CompareState(["hybrid"]);
  state.togglePin("a");
  assert.equal(state.pinned, "a");
  state.togglePin("b");
  assert.equal(state.pinned, "b");
  state.togglePin("b");
  assert.equal(state.pinned, null);
});

test("places name each list with an item, and its place from 1", () => {
  const places = placesOf(LISTS);
  assert.deepEqual(places.get("b"), [
    ["hybrid", 2],
    ["taste", 1],
    ["diverse", 2],
  ]);
  assert.deepEqual(places.get("z"), [["popular", 3]]);
});

test("shared items are counted for every pair", () => {
  const pairs = sharedItems(LISTS);
  assert.equal(pairs.length, 6);
  const shared = (first, second) => pairs.find((pair) => pair.first === first && pair.second === second).shared;
  assert.equal(shared("hybrid", "taste"), 2);
  assert.equal(shared("hybrid", "popular"), 0);
  assert.equal(shared("popular", "diverse"), 1);
});

test("the extremes leave out the diverse list if there are others", () => {
  const { most, least } = extremes(sharedItems(LISTS));
  assert.deepEqual([most.first, most.second, most.shared], ["hybrid", "taste", 2]);
  assert.equal(least.shared, 0);
  const two = LISTS.filter(({ strategy }) => ["hybrid", "diverse"].includes(strategy));
  assert.equal(extremes(sharedItems(two)).most.second, "diverse");
});

test("a user's history has ratings and likes, the newest first", () => {
  assert.deepEqual(
    historyOf({
      ratings: [
        ["a", 2],
        ["b", 5],
      ],
      seen: ["s"],
    }),
    [
      { id: "b", stars: 5 },
      { id: "a", stars: 2 },
    ],
  );
  assert.deepEqual(
    historyOf({ liked: ["a", "b"] }).map(({ id }) => id),
    ["b", "a"],
  );
  assert.deepEqual(historyOf({}), []);
});
