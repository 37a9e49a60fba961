// Values of profiles and calls that cannot be used: dropped where they are stored, refused where they are passed.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FoldinError, plain } from "../../pkg/src/error.js";
import { parseProfile, salvageProfile } from "../../pkg/src/profile-format.js";

const stored = (events) => JSON.stringify({ format: "foldin-profile", version: 1, events });
const LIKED = { id: "a", type: "liked" };

for (const [what, event] of [
  ["infinite stars", { id: "b", type: "rated", stars: 1e39 }],
  ["stars that JSON lost", { id: "b", type: "rated", stars: null }],
  ["stars as text", { id: "b", type: "rated", stars: "5" }],
  ["negative stars", { id: "b", type: "rated", stars: -1 }],
  ["no id", { type: "liked" }],
  ["an id that is a number", { id: 7, type: "liked" }],
  ["an endless id", { id: "x".repeat(1001), type: "liked" }],
  ["an unknown type", { id: "b", type: "loved" }],
  ["null", null],
  ["text", "b"],
]) {
  test(`a stored event with ${what} is dropped and counted, and the others stay`, () => {
    assert.deepEqual(salvageProfile(stored([LIKED, event])), { events: [LIKED], dropped: 1 });
    assert.throws(() => parseProfile(stored([LIKED, event])), FoldinError);
  });
}

for (const text of [
  "",
  "{",
  "null",
  "[]",
  "7",
  '{"format":"foldin-profile","version":2,"events":[]}',
  stored({}),
  stored(null),
]) {
  test(`${text} is no profile: it is empty, and says so`, () => {
    assert.deepEqual(salvageProfile(text), { events: [], dropped: 1 });
  });
}

test("nothing stored is nothing dropped", () => {
  assert.deepEqual(salvageProfile(null), { events: [], dropped: 0 });
});

test("ids and queries have at most 1,000 characters, wherever they are in an argument", () => {
  const long = "x".repeat(1001);
  for (const [name, value] of [
    ["text", long],
    ["profile", { liked: ["a", long] }],
    ["questions", [{ user: long }]],
  ]) {
    assert.throws(
      () => plain(name, value),
      (error) =>
        error instanceof FoldinError && error.code === "invalid-value" && /1001 characters/.test(error.message),
    );
  }
  assert.equal(plain("text", long.slice(1)), long.slice(1));
});

test("an error of one entry is an error of all", async () => {
  const { FoldinError: Other } = await import("../../pkg/src/error.js?another-copy");
  assert.ok(new Other("internal", "x") instanceof FoldinError);
  assert.ok(!(new Error("x") instanceof FoldinError));
  assert.ok(!({ name: "FoldinError", code: "x" } instanceof FoldinError));
});
