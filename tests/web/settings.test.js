// The visitor's settings: years, summary, request, and what they exclude.

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  decadesOf,
  defaultSettings,
  excludes,
  filterSummary,
  isDefault,
  storedSettings,
  storeSettings,
  toRequest,
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

test("the summary names genres and years", () => {
  assert.equal(filterSummary(defaultSettings()), "all genres, all years");
  assert.equal(filterSummary({ genres: ["Comedy", "Noir"], years: [1950, 9999] }), "Comedy, Noir, from 1950");
  assert.equal(filterSummary({ genres: [], years: [1950, 1969] }), "from 1950 to 1969");
});

test("a request has a filter only where something is filtered", () => {
  assert.deepEqual(toRequest(defaultSettings()), { diversity: 0 });
  assert.deepEqual(toRequest({ diversity: 0.3, genres: ["Noir"], years: [1950, 1959] }), {
    diversity: 0.3,
    where: { genres: ["Noir"], years: [1950, 1959] },
  });
});

test("an item is excluded by its genres or its year", () => {
  const item = { genres: ["Noir", "Crime"], year: 1955 };
  const unknown = { genres: [], year: null };
  assert.equal(excludes(defaultSettings(), unknown), false);
  assert.equal(excludes({ genres: ["Crime"], years: [1950, 1955] }, item), false);
  assert.equal(excludes({ genres: ["Comedy"], years: null }, item), true);
  assert.equal(excludes({ genres: [], years: [1956, 9999] }, item), true);
  assert.equal(excludes({ genres: [], years: [0, 9999] }, unknown), true);
});

test("the defaults are those without any setting", () => {
  assert.equal(isDefault(defaultSettings()), true);
  for (const change of [{ diversity: 0.1 }, { genres: ["Noir"] }, { years: [1950, 9999] }]) {
    assert.equal(isDefault({ ...defaultSettings(), ...change }), false);
  }
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
  const settings = { diversity: 0.5, genres: ["Noir"], years: null };
  storeSettings(settings);
  assert.deepEqual(storedSettings(), settings);
  stored.set([...stored.keys()][0], "{");
  assert.deepEqual(storedSettings(), defaultSettings());
  globalThis.sessionStorage.setItem = () => {
    throw new Error("full");
  };
  storeSettings(settings);
  delete globalThis.sessionStorage;
});
