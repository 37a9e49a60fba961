// The package's profile, without a browser: storage is a map, and other tabs are writes to it.

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const stored = new Map();
globalThis.localStorage = {
  getItem: (key) => stored.get(key) ?? null,
  setItem: (key, text) => stored.set(key, text),
  removeItem: (key) => stored.delete(key),
};
const { Profile } = await import("../../pkg/src/profile.js");

let nKeys = 0;
let profile;
let key;
beforeEach(() => {
  nKeys += 1;
  key = `key-${nKeys}`;
  profile = new Profile({ key });
});

test("an item has one signal, the last, which counts as the newest", () => {
  profile.like("a").dislike("b").rate("c", 4.5).markSeen("d").dislike("a");
  assert.deepEqual(profile.ids(), ["b", "c", "d", "a"]);
  assert.deepEqual(profile.signalOf("a"), { type: "disliked" });
  assert.deepEqual(profile.signalOf("c"), { type: "rated", stars: 4.5 });
  assert.equal(profile.signalOf("x"), null);
  assert.deepEqual(profile.toRequest(), { liked: [], disliked: ["b", "a"], ratings: [["c", 4.5]], seen: ["d"] });
});

test("a key is one profile, which is stored, and null is stored nowhere", () => {
  assert.equal(new Profile({ key }), profile);
  profile.like("a");
  assert.deepEqual(JSON.parse(stored.get(key)).events, [{ id: "a", type: "liked" }]);
  const one = new Profile({ key: null });
  one.like("b");
  assert.notEqual(new Profile({ key: null }), one);
  profile.remove("a");
  assert.equal(stored.has(key), false);
});

test("changes are undone one by one, but not after clear and keepOnly", () => {
  profile.like("a").like("b").remove("a");
  assert.equal(profile.undo(), true);
  assert.deepEqual(profile.ids(), ["a", "b"]);
  profile.keepOnly(["b"]);
  assert.deepEqual([profile.ids(), profile.undo()], [["b"], false]);
  profile.like("c");
  profile.clear();
  assert.deepEqual([profile.size, profile.canUndo], [0, false]);
});

test("what another tab has stored is taken over, and what is broken counts as nothing", () => {
  let changes = 0;
  profile.addEventListener("change", () => {
    changes += 1;
  });
  profile.like("a");
  stored.set(key, stored.get(key).replace('"a"', '"b"'));
  profile.refresh();
  assert.deepEqual([profile.ids(), profile.canUndo, changes], [["b"], false, 2]);
  profile.refresh();
  assert.equal(changes, 2);
  stored.set(key, "{");
  profile.refresh();
  assert.equal(profile.size, 0);
});

test("an export is imported again, and anything else is refused without a change", () => {
  profile.like("a").rate("b", 2);
  const other = new Profile({ key: null }).like("c").import(profile.export());
  assert.deepEqual(other.ids(), ["c", "a", "b"]);
  for (const text of [
    "",
    "null",
    "{}",
    other.export().replace("liked", "loved"),
    other.export().replace("2}", "-2}"),
  ]) {
    assert.throws(() => other.import(text), { name: "FoldinError", code: "invalid-profile" });
  }
  assert.deepEqual(other.ids(), ["c", "a", "b"]);
});

test("a link holds the likes, and ids with any characters", () => {
  profile.like("a,b").like("ö&#").dislike("c").rate("d", 5);
  const link = profile.toLink("https://example.org/films/?q=1#old");
  assert.match(link, /^https:\/\/example\.org\/films\/\?q=1#liked=/);
  assert.deepEqual(Profile.fromLink(link).ids(), ["a,b", "ö&#"]);
  assert.deepEqual(Profile.fromLink("https://example.org/#liked=a,%E0%A4%A,b").ids(), ["a", "b"]);
});

test("wrong values are refused", () => {
  assert.throws(() => profile.like(1), { code: "invalid-value" });
  assert.throws(() => profile.rate("a", -1), { code: "invalid-value" });
  assert.throws(() => profile.rate("a", Number.NaN), { code: "invalid-value" });
  assert.equal(profile.size, 0);
});
