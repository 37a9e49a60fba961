// Searching by genre, year, tag and numeral.

import assert from "node:assert/strict";
import { test } from "node:test";
import { createSearch, genreIn, spellings, yearsIn } from "../../web/search.js";

const item = (id, title, tags = [], likes = 1) => ({ id, title, tags, likes, year: 1990, genres: [] });
const SHINING = item("shining", "The Shining", ["Stanley Kubrick"], 5);
const PATHS = item("paths", "Paths of Glory", ["Stanley Kubrick"], 9);
const ALIEN = item("alien", "Alien", ["Ridley Scott"]);
const GENRES = ["Comedy", "Science Fiction"];

function foldinWith(titles) {
  const asked = [];
  return {
    asked,
    info: { items: 3, genres: GENRES },
    search(text) {
      asked.push(text);
      return Promise.resolve({ items: titles[text] ?? [] });
    },
    popular({ where }) {
      if (where) asked.push(where);
      return Promise.resolve({ items: where ? [ALIEN] : [PATHS, SHINING, ALIEN] });
    },
  };
}

test("a director's name finds the films, the most liked first", async () => {
  const search = createSearch(foldinWith({}));
  assert.deepEqual(await search("kubrick"), [PATHS, SHINING]);
  assert.deepEqual(await search("Stanley  KUBRICK"), [PATHS, SHINING]);
  assert.deepEqual(await search("kub"), []);
});

test("a genre or a year finds titles of it, a title with that word first", async () => {
  const comedian = item("comedian", "Comedy of Errors");
  const foldin = foldinWith({ comedy: [comedian], 1994: [item("x", "Typing Error")] });
  const search = createSearch(foldin);
  assert.deepEqual(await search("comedy"), [comedian, ALIEN]);
  assert.deepEqual(await search("1994"), [ALIEN]);
  assert.deepEqual(foldin.asked.at(-1), { years: [1994, 1994] });
  await search("sci-fi 1980s");
  assert.deepEqual(foldin.asked.at(-1), { genres: ["Science Fiction"], years: [1980, 1989] });
});

test("words for genres and years are understood, and numbers in titles are not years", () => {
  assert.equal(genreIn("sci-fi", GENRES), "Science Fiction");
  assert.equal(genreIn("Comedys", GENRES), "Comedy");
  assert.equal(genreIn("comedian", GENRES), null);
  assert.deepEqual(yearsIn("1990s"), [1990, 1999]);
  assert.equal(yearsIn("2046 7"), null);
  assert.equal(yearsIn("12 monkeys"), null);
});

test("a sequel is found by either numeral, its own first", async () => {
  const [one, two] = [item("g1", "The Godfather"), item("g2", "The Godfather Part II")];
  assert.deepEqual(spellings("godfather ii"), ["godfather ii", "godfather 2"]);
  assert.deepEqual(spellings("alien"), ["alien"]);
  assert.deepEqual(spellings("2"), ["2"]);
  const search = createSearch(foldinWith({ "godfather ii": [two], "godfather 2": [one, two] }));
  assert.deepEqual(await search("godfather 2"), [two, one]);
});
