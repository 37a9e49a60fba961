// What the visitor wants to see: the list, its storage, and its files.

import assert from "node:assert/strict";
import { test } from "node:test";
import { webAddress } from "../../web/links.js";
import { usableItems, Watchlist } from "../../web/watchlist.js";
import { asCsv, asText } from "../../web/watchlist-exports.js";

const ALIEN = { id: "alien", title: "Alien", year: 1979 };
const AMELIE = { id: "amelie", title: "Amélie", year: null };

function storageOf(text) {
  const stored = new Map(text === undefined ? [] : [["key", text]]);
  return {
    stored,
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => stored.set(key, value),
    removeItem: (key) => stored.delete(key),
  };
}

function listOf(storage = storageOf()) {
  return new Watchlist({ key: "key", storage });
}

test("titles stand the newest first, each once, and survive a reload", () => {
  const storage = storageOf();
  const list = listOf(storage);
  list.add({ ...ALIEN, genres: ["Horror"], score: 1 });
  list.add(AMELIE);
  list.add(ALIEN);
  assert.deepEqual(list.items(), [AMELIE, ALIEN]);
  assert.deepEqual(listOf(storage).items(), [AMELIE, ALIEN]);
});

test("an empty list leaves nothing in the browser", () => {
  const storage = storageOf();
  const list = listOf(storage);
  list.add(ALIEN, AMELIE);
  list.remove("alien");
  list.remove("nothing");
  assert.deepEqual(list.items(), [AMELIE]);
  list.clear();
  assert.equal(storage.stored.size, 0);
});

test("what a model does not have is dropped and named", () => {
  const list = listOf();
  list.add(ALIEN, AMELIE);
  assert.deepEqual(list.keepOnly(["amelie", "other"]), [ALIEN]);
  assert.deepEqual(list.items(), [AMELIE]);
  assert.deepEqual(list.keepOnly(["amelie"]), []);
});

test("a list of another tab is taken over, and says so", () => {
  const storage = storageOf();
  const [here, there] = [listOf(storage), listOf(storage)];
  let nChanges = 0;
  here.addEventListener("change", () => {
    nChanges += 1;
  });
  there.add(ALIEN);
  here.refresh();
  here.refresh();
  assert.equal(here.has("alien"), true);
  assert.equal(nChanges, 1);
});

test("a tab that was not told yet of another one's change keeps it", () => {
  const storage = storageOf();
  const [one, other] = [listOf(storage), listOf(storage)];
  one.add(ALIEN);
  other.add(AMELIE);
  one.remove("alien");
  assert.deepEqual(
    [one, listOf(storage)].map((list) => list.items()),
    [[AMELIE], [AMELIE]],
  );
});

test("what is stored and cannot be used is left out", () => {
  assert.equal(listOf(storageOf("no json")).size, 0);
  assert.equal(listOf(storageOf('{"id":"a"}')).size, 0);
  assert.deepEqual(usableItems([ALIEN, null, { id: 1, title: "One" }, { id: "b" }, { ...AMELIE, year: "2001" }]), [
    ALIEN,
    AMELIE,
  ]);
  assert.deepEqual(usableItems(undefined), []);
});

test("without storage the list lasts as long as the page", () => {
  const full = storageOf();
  full.setItem = () => {
    throw new Error("full");
  };
  const list = listOf(full);
  list.add(ALIEN);
  assert.equal(list.size, 1);
});

test("the list as CSV has quotes where they are needed, and no formulas", () => {
  const items = [
    { ...ALIEN, url: "https://films.example/1" },
    { id: "b", title: 'The "Good", the Bad', year: null, url: null },
    { id: "=1+1", title: "=SUM(A1)", year: 2000, url: null },
  ];
  assert.equal(
    asCsv(items),
    "Title,Year,Id,Link\r\nAlien,1979,alien,https://films.example/1\r\n" +
      '"The ""Good"", the Bad",,b,\r\n\'=SUM(A1),2000,\'=1+1,\r\n',
  );
});

test("the list as text has a title a line", () => {
  const items = [
    { ...ALIEN, url: "https://films.example/1" },
    { ...AMELIE, url: null },
  ];
  assert.equal(asText(items), "Alien (1979)  https://films.example/1\nAmélie\n");
});

test("only addresses of the web are linked", () => {
  assert.equal(webAddress("https://films.example/a b").href, "https://films.example/a%20b");
  for (const url of ["javascript:alert(1)", "data:text/html,x", "/films/1", "", null, undefined]) {
    assert.equal(webAddress(url), null);
  }
});
