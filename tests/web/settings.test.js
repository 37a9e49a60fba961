// The visitor's settings: years, summary, request, and what they exclude.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decadesOf,
  defaultSettings,
  diversityAt,
  excludes,
  filterSummary,
  GEMS,
  gemsInWords,
  isDefault,
  numberOfKnown,
  positionOf,
  storedSettings,
  storeSettings,
  withWeight,
  yearsOf,
} from "../../web/settings.js";

test("a decade limits years on its side, and the later choice wins where two contradict", () => {
  assert.equal(yearsOf(null, null, "from"), null);
  assert.deepEqual(yearsOf(1980, null, "from"), [1980, 9999]);
  assert.deepEqual(yearsOf(null, 1980, "to"), [0, 1989]);
  assert.deepEqual(yearsOf(1970, 1990, "to"), [1970, 1999]);
  assert.deepEqual(yearsOf(1990, 1970, "from"), [1990, 1999]);
  assert.deepEqual(yearsOf(1990, 1970, "to"), [1970, 1979]);
});

test("a weight of 1 is none", () => {
  assert.deepEqual(withWeight({}, "taste", 0.5), { taste: 0.5 });
  assert.deepEqual(withWeight({ taste: 0.5, ease: 2 }, "taste", 1), { ease: 2 });
});

test("the summary names genres and years", () => {
  assert.equal(filterSummary(defaultSettings()), "all genres, all years");
  assert.equal(
    filterSummary({ genres: ["Comedy", "Noir"], not: ["War"], years: [1950, 9999] }),
    "Comedy, Noir, no War, from 1950",
  );
  assert.equal(filterSummary({ genres: [], not: [], years: [1950, 1969] }), "from 1950 to 1969");
});

test("an item is excluded by its genres or its year", () => {
  const item = { genres: ["Noir", "Crime"], year: 1955 };
  const unknown = { genres: [], year: null };
  assert.equal(excludes(defaultSettings(), unknown), false);
  assert.equal(excludes({ genres: ["Crime"], not: [], years: [1950, 1955] }, item), false);
  assert.equal(excludes({ genres: ["Comedy"], not: [], years: null }, item), true);
  assert.equal(excludes({ genres: [], not: [], years: [1956, 9999] }, item), true);
  assert.equal(excludes({ genres: [], not: [], years: [0, 9999] }, unknown), true);
  assert.equal(excludes({ genres: ["Noir"], not: ["Crime"], years: null }, item), true);
});

test("the defaults are those without any setting", () => {
  assert.equal(isDefault(defaultSettings()), true);
  for (const change of [
    { diversity: 0 },
    { gems: 1 },
    { genres: ["Noir"] },
    { not: ["Noir"] },
    { years: [1950, 9999] },
    { weights: { taste: 0 } },
  ]) {
    assert.equal(isDefault({ ...defaultSettings(), ...change }), false);
  }
});

test("the slider begins at the variety that costs nothing, and every position comes back", () => {
  for (const free of [0.1, 0.2, 0.3]) {
    assert.equal(positionOf(free, free), 0.25);
    for (const position of [0, 0.05, 0.25, 0.4, 0.5, 0.8, 1]) {
      assert.equal(positionOf(diversityAt(position, free), free), position);
    }
    for (const diversity of [0, free, 0.7, 0.8, 1]) {
      assert.equal(diversityAt(positionOf(diversity, free), free), diversity);
    }
  }
});

test("hidden gems leave out a part of the catalogue", () => {
  assert.deepEqual(
    GEMS.map((_, gems) => numberOfKnown(gems, 2000)),
    [0, 20, 60, 200, 600],
  );
  assert.equal(gemsInWords(0, 2000), "well known titles too");
  assert.equal(gemsInWords(2, 2000), "without the 60 best known titles");
});

test("decades reach from the first to the last year, the latest fifteen at most", () => {
  const items = [1987, null, 1961, 2003].map((year) => ({ year }));
  assert.deepEqual(decadesOf(items), [1960, 1970, 1980, 1990, 2000]);
  assert.deepEqual(decadesOf([{ year: null }]), []);
  const books = decadesOf([{ year: 800 }, { year: 2020 }]);
  assert.deepEqual([books.length, books[0], books.at(-1)], [15, 1880, 2020]);
});

test("settings survive a reload, and blocked or broken storage gives the defaults", () => {
  assert.deepEqual(storedSettings(), defaultSettings());
  const stored = new Map();
  globalThis.sessionStorage = {
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, text) => stored.set(key, text),
  };
  const settings = { diversity: 0.5, gems: 2, genres: ["Noir"], not: ["War"], years: null, weights: { ease: 2 } };
  storeSettings(settings);
  assert.deepEqual(storedSettings(), settings);
  const [key] = stored.keys();
  const unusable = [
    "{",
    "null",
    "[]",
    "7",
    '{"genres":null}',
    '{"diversity":2,"years":[9]}',
    '{"diversity":"x","gems":9}',
    '{"weights":{"taste":3,"ease":"1","content":null}}',
    '{"weights":[1e9]}',
  ];
  for (const text of unusable) {
    stored.set(key, text);
    assert.deepEqual(storedSettings(), defaultSettings(), text);
  }
  stored.set(key, '{"diversity":0.7,"genres":[1],"other":true}');
  assert.deepEqual(storedSettings(), { ...defaultSettings(), diversity: 0.7 });
  globalThis.sessionStorage.setItem = () => {
    throw new Error("full");
  };
  storeSettings(settings);
  delete globalThis.sessionStorage;
});
