// What was stored by another version of the page, or by anything else, never keeps the page from working; and taps that
// are faster than the model are all heard.

import { expect, ready, test } from "./fixtures.js";

const HOSTILE_SETTINGS = [
  '{"genres":null}',
  '{"diversity":"x","genres":null}',
  '{"genres":[1,{}],"years":"1990"}',
  '{"years":[null,5],"diversity":1e9}',
  "[]",
  "7",
];

for (const stored of HOSTILE_SETTINGS) {
  test(`the settings ${stored} are replaced by the defaults`, async ({ page, site }) => {
    await page.addInitScript((text) => sessionStorage.setItem("foldin:settings", text), stored);
    await page.goto(site.url);
    await ready(page);
    await page.locator("#tiles button").first().click();
    await expect(page.locator("#list > li").first()).toBeVisible();
    await expect(page.getByRole("alert")).toBeHidden();
    await expect(page.getByRole("button", { name: "Reset" })).toBeHidden();
  });
}

test("a stored pick that cannot be used is told of, the others stay, and one can start afresh", async ({
  start,
  page,
}) => {
  await start.tap(0);
  const kept = await start.pickIds();
  await page.evaluate(() => {
    const key = Object.keys(localStorage).find((key) => key.startsWith("foldin:profile:"));
    const profile = JSON.parse(localStorage.getItem(key));
    const text = JSON.stringify({ ...profile, events: [...profile.events, { id: "x", type: "rated", stars: 0 }] });
    localStorage.setItem(key, text.replace('"stars":0', '"stars":1e39'));
  });
  await page.reload();
  await ready(page);
  await expect(start.note).toContainText("1 stored pick could not be used");
  expect(await start.pickIds()).toEqual(kept);
  await start.note.getByRole("button", { name: "Start afresh" }).click();
  await ready(page);
  await expect(start.picks).toHaveCount(0);
  expect(await start.stored()).toBeNull();
});

test("where the page does not load, one can start afresh", async ({ page, site, complaints }) => {
  complaints.expected = /404|not-found|no file|manifest/;
  await page.addInitScript(() => {
    if (!sessionStorage.getItem("seen")) localStorage.setItem(`foldin:profile:${location.pathname}`, "{");
    sessionStorage.setItem("seen", "1");
  });
  let isBroken = true;
  await page.route("**/manifest.json", (route) => (isBroken ? route.fulfill({ status: 404 }) : route.continue()));
  await page.goto(site.url);
  const afresh = page.getByRole("alert").getByRole("button", { name: "Start afresh" });
  await expect(afresh).toBeVisible();
  isBroken = false;
  await afresh.click();
  await ready(page);
  expect(await page.evaluate(() => localStorage.getItem(`foldin:profile:${location.pathname}`))).toBeNull();
});

test("many taps in one moment are all counted, and leave no error", async ({ start, page }) => {
  await page.evaluate(() => {
    const tiles = [...document.querySelectorAll("#tiles button")];
    for (const round of [0, 1, 2]) for (const tile of tiles.slice(round, 6)) tile.click();
  });
  await start.settled();
  // Those that were tapped an odd number of times.
  await expect(start.picks).not.toHaveCount(0);
  await expect(page.getByRole("alert")).toBeHidden();
  expect(await page.evaluate(() => document.querySelectorAll("#tiles [aria-pressed=true]").length)).toBeGreaterThan(0);
});

test("picks that come and go while the model answers are no error", async ({ start, page }) => {
  await start.tap(0);
  await page.evaluate(async () => {
    const { Profile } = await import(new URL("foldin/profile.js", document.baseURI).href);
    const profile = new Profile();
    const ids = [...document.querySelectorAll("#tiles button")].map((tile) => tile.dataset.id);
    for (let n = 0; n < 60; n++) {
      profile.like(ids[n % 12]);
      // Within one task, and across frames.
      if (n % 3) await new Promise(requestAnimationFrame);
      profile.remove(ids[n % 12]);
    }
    profile.like(ids[1]);
  });
  await start.settled();
  await expect(start.picks).toHaveCount(1);
  await expect(page.getByRole("alert")).toBeHidden();
});

test("Enter is kept while the titles are still on their way", async ({ start, page }) => {
  const wanted = await start.titleOf(start.tiles.nth(0));
  await page.evaluate((text) => {
    const input = document.querySelector("#search");
    input.focus();
    input.value = text;
    input.dispatchEvent(new Event("input"));
    input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
  }, wanted);
  await expect(start.picks.locator(".pick-title")).toHaveText([wanted]);
  await expect(start.search).toHaveValue("");
});
