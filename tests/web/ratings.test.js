// Exports of the sites where people rate films and books: how they are told, read, and matched with a catalogue.

import assert from "node:assert/strict";
import { test } from "node:test";
import { parseCsv, readExport } from "../../web/ratings/exports.js";
import { best } from "../../web/ratings/match.js";

const LETTERBOXD = `Date,Name,Year,Letterboxd URI,Rating
2024-01-02,Alien,1979,https://boxd.it/29MA,4.5
2024-01-03,"Good, the Bad and the ""Ugly""",1966,https://boxd.it/x,5
2024-01-04,Unrated,2001,https://boxd.it/y,
`;
const IMDB = `Const,Your Rating,Date Rated,Title,Original Title,URL,Title Type,IMDb Rating,Runtime (mins),Year,Genres
tt0078748,9,2024-01-02,Alien,Alien,https://www.imdb.com/title/tt0078748,Movie,8.5,117,1979,"Horror, Sci-Fi"
`;
const GOODREADS = `Book Id,Title,Author,My Rating,Average Rating,Year Published,Original Publication Year
1,"Dune (Dune, #1)",Frank Herbert,5,4.27,2005,1965
2,Emma,Jane Austen,0,4.05,2003,1815
`;
const MOVIELENS = `movie_id,imdb_id,tmdb_id,rating,average_rating,title
1214,78748,348,4.0,4.06,Alien (1979)
`;
const TRAKT = JSON.stringify([
  { rated_at: "2024-01-02", rating: 9, type: "movie", movie: { title: "Alien", year: 1979, ids: { trakt: 295 } } },
  { rated_at: "2024-01-02", rating: 7, type: "show", show: { title: "Dark", year: 2017 } },
]);

for (const [name, text, first, n] of [
  ["Letterboxd", LETTERBOXD, { title: "Alien", year: 1979, rating: 0.9 }, 3],
  ["IMDb", IMDB, { title: "Alien", year: 1979, rating: 0.9 }, 1],
  ["Goodreads", GOODREADS, { title: "Dune", year: 1965, rating: 1 }, 2],
  ["MovieLens", MOVIELENS, { title: "Alien", year: 1979, rating: 0.8 }, 1],
  ["Trakt", TRAKT, { title: "Alien", year: 1979, rating: 0.9 }, 2],
]) {
  test(`an export of ${name} is told and read`, () => {
    const exported = readExport(`\ufeff${text}`.replace(/^\ufeff(?=\[)/, ""));
    assert.equal(exported.name, name);
    assert.deepEqual(exported.entries[0], first);
    assert.equal(exported.entries.length, n);
  });
}

test("what has no rating is seen, and 0 of Goodreads is none", () => {
  assert.equal(readExport(LETTERBOXD).entries[2].rating, null);
  assert.equal(readExport(GOODREADS).entries[1].rating, null);
});

test("other texts are no export", () => {
  for (const text of ["", "{}", "[]", "[1,2]", "[null]", "no export", "a,b\n1,2\n", '"', 'a"b,c\n']) {
    assert.equal(readExport(text), null, text);
  }
});

test("values in quotes hold commas, quotes and line ends", () => {
  assert.deepEqual(parseCsv('a,"b,""c""\r\nd"\r\n\r\n,e'), [
    ["a", 'b,"c"\r\nd'],
    ["", "e"],
  ]);
});

test("a title is found by itself, without its article, and with a year that is near", () => {
  const items = [
    { id: "1", title: "The Thing", year: 1982, likes: 9 },
    { id: "2", title: "The Thing", year: 2011, likes: 5 },
    { id: "3", title: "Amélie (Le Fabuleux destin)", year: 2001, likes: 7 },
    { id: "4", title: "No Year", year: null, likes: 1 },
  ];
  const found = (title, year) => best(items, { title, year })?.id;
  assert.equal(found("Thing", 2011), "2");
  assert.equal(found("The Thing", 1981), "1");
  assert.equal(found("The Thing", null), "1");
  assert.equal(found("The Thing", 1990), undefined);
  assert.equal(found("amelie", 2001), "3");
  assert.equal(found("No Year", 1950), "4");
  assert.equal(found("Thing from Another World", 1951), undefined);
});
