// Names for parts of the map.

import assert from "node:assert/strict";
import { test } from "node:test";
import { levelAt, nameIslands } from "../../web/views/map/islands.js";

/** Titles at places of a grid of 4 by 4, `each` of them at every one of these. */
function mapOf(parts) {
  const points = parts.flatMap(({ at, genres = [], year = null, each = 10 }) =>
    at.flatMap(([column, row]) =>
      Array.from({ length: each }, (_, n) => ({
        x: (column + 0.1 + (n / each) * 0.8) / 4,
        y: (row + 0.5) / 4,
        item: { genres, year },
      })),
    ),
  );
  return {
    x: Float32Array.from(points, ({ x }) => x),
    y: Float32Array.from(points, ({ y }) => y),
    items: points.map(({ item }) => item),
  };
}

/** Drama is everywhere, and so is no name of a part. */
const WESTERN = {
  at: [
    [0, 0],
    [1, 0],
  ],
  genres: ["Drama", "Western"],
};
const OLD = { at: [[3, 3]], genres: ["Drama"], year: 1948 };
const REST = {
  at: [
    [0, 2],
    [1, 2],
    [2, 2],
    [3, 0],
    [3, 1],
  ],
  genres: ["Drama"],
  year: 1990,
};

test("what a part has and the rest has not is its name, a genre or a decade", () => {
  const [whole] = nameIslands(mapOf([WESTERN, OLD, REST]));
  assert.deepEqual(whole.find(({ name }) => name === "Western")?.size, 20);
  assert.ok(whole.some(({ name }) => name === "1940s"));
  assert.ok(whole.every(({ name }) => name !== "Drama"));
});

test("parts of one name that touch are one island, with its name in the middle", () => {
  const [whole] = nameIslands(mapOf([WESTERN, OLD, REST]));
  const western = whole.filter(({ name }) => name === "Western");
  assert.equal(western.length, 1);
  assert.ok(Math.abs(western[0].x - 0.245) < 0.02 && Math.abs(western[0].y - 0.125) < 0.001, JSON.stringify(western));
  // The last part of one row and the first of the next do not touch.
  const apart = {
    at: [
      [3, 0],
      [0, 1],
    ],
    genres: ["Western"],
  };
  const [islands] = nameIslands(
    mapOf([
      apart,
      {
        ...REST,
        at: [
          [1, 2],
          [2, 2],
          [2, 3],
        ],
        each: 20,
      },
    ]),
  );
  assert.equal(islands.filter(({ name }) => name === "Western").length, 2);
});

test("few titles have no name, nor have those that are not there yet", () => {
  const map = mapOf([{ ...WESTERN, each: 3 }, REST]);
  assert.ok(nameIslands(map)[0].every(({ name }) => name !== "Western"));
  const items = map.items.map(() => null);
  assert.deepEqual(nameIslands({ ...map, items }), [[], [], [], []]);
});

test("the closer, the smaller the parts", () => {
  assert.deepEqual([1, 2, 5, 30].map(levelAt), [0, 1, 2, 3]);
});
