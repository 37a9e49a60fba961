// The order of personal lists under `--half-life`: the cases of crates/foldin-site/src/freshness.rs.

import assert from "node:assert/strict";
import { test } from "node:test";
import { newerFirst } from "../../pkg/src/related/freshness.js";

const item = (id, sources = ["content"]) => ({ id, sources });
const ids = (items) => items.map(({ id }) => id);

test("a page on twice the place goes ahead if it is newer by more than a half-life", () => {
  const order = (date) =>
    ids(
      newerFirst(
        [item("old"), item("new")],
        { halfLife: 10, undated: "2024-05-01" },
        {
          old: { date: "2024-05-01" },
          new: { date },
        },
      ),
    );
  assert.deepEqual(order("2024-05-10"), ["old", "new"]);
  assert.deepEqual(order("2024-05-12"), ["new", "old"]);
});

test("pages without a date are taken for those of the date that the site names", () => {
  const pages = { a: { date: "1970-01-01" }, c: { date: "1970-02-20" }, d: { date: "1970-04-11" } };
  const items = ["a", "b", "c", "d"].map((id) => item(id));
  assert.deepEqual(ids(newerFirst(items, { halfLife: 1, undated: "1970-02-20" }, pages)), ["d", "b", "c", "a"]);
});

test("a page that no source speaks for stays behind the others however new it is", () => {
  const pages = { filler: { date: "2030-01-01" } };
  const items = [item("a"), item("filler", []), item("b")];
  assert.deepEqual(ids(newerFirst(items, { halfLife: 1, undated: "2024-05-01" }, pages)), ["a", "b", "filler"]);
});
