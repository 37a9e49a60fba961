// One saga does not fill a list.

import assert from "node:assert/strict";
import { test } from "node:test";
import { beyondShare, sagaOf, withoutWalls } from "../../web/views/start/sagas.js";

const titles = (...names) => names.map((title) => ({ id: title, title }));
const POTTERS = titles(
  "Harry Potter and the A",
  "Harry Potter and the B",
  "Harry Potter and the C",
  "Harry Potter and the D",
);
const OTHERS = titles("Alien", "Jaws", "Ran", "Up", "Ponyo");

test("titles of a saga have one name, others have their own", () => {
  for (const title of ["Shrek", "Shrek 2", "Shrek: Forever After"]) assert.equal(sagaOf(title), "shrek");
  for (const title of ["The Godfather", "The Godfather Part II"]) assert.equal(sagaOf(title), "godfather");
  assert.equal(sagaOf("Harry Potter and the Goblet of Fire"), "harry potter");
  assert.equal(sagaOf("Star Wars: Episode I – The Phantom Menace"), "star wars");
  assert.notEqual(sagaOf("Black Swan"), sagaOf("Black Panther"));
  assert.equal(sagaOf("2046"), "2046");
});

test("what is beyond the share of a saga is left out, as long as others can take its place", () => {
  assert.deepEqual(beyondShare([...POTTERS, ...OTHERS], 5), [POTTERS[3].id]);
  assert.deepEqual(beyondShare(POTTERS, 4), []);
  assert.deepEqual(beyondShare(OTHERS, 5), []);
});

test("a request without variety stays as it is", async () => {
  const foldin = { recommend: () => Promise.resolve({ items: [...POTTERS, ...OTHERS] }) };
  assert.deepEqual(await withoutWalls(foldin, {}, { k: 5, diversity: 0 }), { k: 5, diversity: 0 });
  assert.deepEqual(await withoutWalls(foldin, {}, { k: 5, diversity: 0.3, exclude: ["x"] }), {
    k: 5,
    diversity: 0.3,
    exclude: ["x", POTTERS[3].id],
  });
});
