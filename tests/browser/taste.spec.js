// What a tap changes, and where a visitor sees it: the bar of a phone, tiles that follow, dislikes, live why, a list for
// two, and the call for developers.

import { callOf, expect, model, ready, test, unfold } from "./fixtures.js";

test.describe("on a phone", () => {
  test.beforeEach(async ({ page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ reducedMotion: "reduce" });
  });

  test("the bar shows the first new titles, and others after another tap", async ({ start, page }) => {
    const bar = page.locator("#jump");
    const texts = [];
    let before = [];
    for (const n of [1, 4, 7]) {
      await start.tap(n);
      const [ids, titles] = [await start.ids(), await start.titles()];
      const fresh = titles.filter((_, at) => !before.includes(ids[at])).slice(0, 3);
      await expect(bar).toContainText(`New: ${fresh.join(", ")}`);
      await expect(bar.locator(".cover")).toHaveCount(fresh.length);
      await expect(bar).toBeInViewport();
      texts.push(await bar.textContent());
      before = ids;
    }
    expect(new Set(texts).size).toBe(3);
  });

  test("a button leads back up from the list to the titles", async ({ start, page }) => {
    const up = page.getByRole("button", { name: "Titles to tap" });
    await start.tap(1);
    await expect(up).toBeHidden();
    await page.locator("#jump").click();
    await expect(start.rows.first()).toBeInViewport();
    // At the end of the page there is one way only.
    await page.locator("#about").scrollIntoViewIfNeeded();
    await expect(up).toBeVisible();
    await expect(page.locator("#jump")).toBeHidden();
    await up.click();
    await expect(start.tiles.first()).toBeInViewport();
    await expect(up).toBeHidden();
  });
});

test("tapped tiles make room for titles close to the taste, and the last one can be taken back", async ({
  start,
  page,
}) => {
  const before = await start.tileIds();
  await start.tap(0);
  await start.tap(3);
  await expect.poll(async () => (await start.tileIds())[0]).not.toBe(before[0]);
  const after = await start.tileIds();
  expect(after.slice(1)).toEqual(before.slice(1));
  expect(before).not.toContain(after[0]);
  await expect(start.tiles.nth(3)).toHaveAttribute("aria-pressed", "true");
  await start.tiles.nth(3).click();
  await expect(start.picks).toHaveCount(1);
  // A title from the seeds of this profile.
  const seeds = await model(
    page,
    async (foldin, [liked, exclude]) =>
      (await foldin.seeds({ k: 1, profile: { liked }, exclude })).items.map(({ id }) => id),
    [[before[0], before[3]], before],
  );
  expect(seeds).toEqual([after[0]]);
});

test.describe("what is not wanted", () => {
  test("a dislike alone leaves out titles like it", async ({ start, page }) => {
    await start.tap(0);
    await start.picks.first().locator(".pick").click();
    await start.popover.getByRole("button", { name: /^Dislike/ }).click();
    await expect(start.heading).toHaveText("Popular, without what you dislike");
    const ids = await start.ids();
    const [disliked] = await start.pickIds();
    const { popular, similar } = await model(
      page,
      async (foldin, id) => ({
        popular: (
          await foldin.recommend({ disliked: [id] }, { k: 11, diversity: foldin.info.freeDiversity })
        ).items.map((item) => item.id),
        similar: (await foldin.similar(id, { by: "content", k: 40 })).items.map((item) => item.id),
      }),
      disliked,
    );
    expect(ids.filter((id) => similar.includes(id))).toEqual([]);
    if (popular.some((id) => similar.includes(id))) expect(ids).not.toEqual(popular);
  });

  test("a genre is left out, and a genre is never both wanted and not", async ({ start, page }) => {
    await start.tap(0, 3);
    await start.filter.click();
    const [genre] = (await start.rows.first().locator(".facts").textContent()).split(" · ").slice(1);
    await page.getByRole("button", { name: `No ${genre}`, exact: true }).click();
    await expect(start.filter).toContainText(`no ${genre}`);
    await start.settled();
    for (const facts of await start.rows.locator(".facts").allTextContents()) {
      expect(facts.split(" · ")).not.toContain(genre);
    }
    await page.getByRole("button", { name: genre, exact: true }).click();
    await expect(page.getByRole("button", { name: `No ${genre}`, exact: true })).toHaveAttribute(
      "aria-pressed",
      "false",
    );
    await start.settled();
    for (const facts of await start.rows.locator(".facts").allTextContents()) expect(facts).toContain(genre);
  });
});

test("hidden gems leave out the best known titles, by keyboard too, and come back after a reload", async ({
  start,
  page,
}) => {
  await start.tap(0, 3);
  const gems = page.getByRole("slider", { name: "Hidden gems" });
  await expect(gems).toHaveAttribute("aria-valuetext", "well known titles too");
  await gems.focus();
  for (const places of [1, 2]) {
    await gems.press("ArrowRight");
    await expect(gems).toHaveValue(String(places));
  }
  const text = await gems.getAttribute("aria-valuetext");
  const n = Number(/^without the (\d+) best known titles$/.exec(text)[1]);
  const known = await model(page, async (foldin, k) => (await foldin.popular({ k })).items.map(({ id }) => id), n);
  const ids = await start.ids();
  expect(ids.length).toBeGreaterThan(0);
  expect(ids.filter((id) => known.includes(id))).toEqual([]);
  await page.reload();
  await ready(page);
  await expect(gems).toHaveValue("2");
  expect(await start.ids()).toEqual(ids);
  await start.reset.click();
  await expect(gems).toHaveValue("0");
});

test("one like does not drown another, and the slider has a middle", async ({ start, page }) => {
  const shares = await model(page, async (foldin) => {
    const liked = ["spirited-away", "alien"];
    const list = async (diversity) => (await foldin.recommend({ liked }, { k: 11, diversity })).items;
    const first = ({ because }) => because[0]?.id;
    const [closest, free, middle] = [await list(0), await list(foldin.info.freeDiversity), await list(0.7)];
    const ids = new Set(closest.map(({ id }) => id));
    return {
      closest: closest.filter((item) => first(item) === "alien").length,
      free: free.filter((item) => first(item) === "alien").length,
      kept: middle.filter(({ id }) => ids.has(id)).length,
    };
  });
  expect(shares.closest).toBeLessThan(3);
  expect(shares.free).toBeGreaterThanOrEqual(3);
  expect(shares.kept).toBeLessThanOrEqual(8);
  await expect(start.heading).toBeVisible();
});

test("pointing at a pick shows how far it has moved each row, by keyboard too", async ({ start, page }) => {
  await start.tap(0, 4);
  const marks = start.rows.locator(".since");
  const before = await start.ids();
  const pick = start.picks.first();
  const title = await pick.locator(".pick-title").textContent();
  await pick.hover();
  await expect(marks.first()).toHaveText(/^(new|up \d+|down \d+) since /);
  for (const text of await marks.allTextContents()) expect(text).toContain(`since ${title}`);
  expect(await start.ids()).toEqual(before);
  await page.mouse.move(0, 0);
  await expect(marks).toHaveCount(0);
  await pick.locator(".pick").focus();
  await expect(marks.first()).toBeVisible();
  await expect(page.locator("#announcer")).toContainText(`Without ${title} the list`);
  await start.variety.focus();
  await expect(marks).toHaveCount(0);
});

test("a link opens as one list for two, which nothing stores or sends", async ({ start, page, requests }) => {
  await start.tap(0);
  const own = await start.pickIds();
  const stored = await start.stored();
  const theirs = (await start.tileIds()).slice(5, 7);
  const nRequests = requests.length;
  await page.evaluate((liked) => {
    location.hash = `liked=${liked}`;
  }, theirs);
  await start.dialog.getByRole("button", { name: "See a list for the two of you" }).click();
  await expect(start.heading).toHaveText("For the two of you");
  const ids = await start.ids();
  for (const id of [...own, ...theirs]) expect(ids).not.toContain(id);
  const places = await start.rows.evaluateAll((rows) =>
    rows.map((row) =>
      [...row.textContent.matchAll(/([\d,]+)(?:st|nd|rd|th) for (?:you|the other)/g)].map(([, n]) => Number(n)),
    ),
  );
  const worse = places.map((both) => Math.max(...both));
  expect(places.every((both) => both.length === 2)).toBe(true);
  expect(worse).toEqual(worse.toSorted((a, b) => a - b));
  expect(await start.stored()).toEqual(stored);
  expect(requests.slice(nRequests).filter((url) => !/\.(js|svg)$/.test(url))).toEqual([]);
  await start.note.getByRole("button", { name: "Back to my own list" }).click();
  await expect(start.heading).toHaveText("For you");
  expect(await start.pickIds()).toEqual(own);
});

test("developers get the very call that made the list", async ({ start, page }) => {
  await start.tap(0, 3);
  await start.filter.click();
  await page.getByRole("button", { name: "Drama", exact: true }).click();
  const ids = await start.ids();
  await unfold(page.getByText("For developers: the call behind this list"));
  await expect(page.getByRole("region", { name: "The call" })).toBeVisible();
  const [profile, request] = await callOf(page);
  const answer = await model(
    page,
    async (foldin, [profile, request]) => (await foldin.recommend(profile, request)).items.map(({ id }) => id),
    [profile, request],
  );
  expect(answer).toEqual(ids);
  await expect(page.locator("#call-facts")).toContainText(/ms on this device/);
  await expect(page.getByRole("region", { name: "The tags" })).toContainText('src="foldin/element.js"');
  await expect(page.locator("#developers")).toContainText("npm install foldin");
});

test("a returning visitor finds the same list, and the bar is not new", async ({ start, page }) => {
  await start.tap(0, 3);
  const ids = await start.ids();
  await page.reload();
  await ready(page);
  expect(await start.ids()).toEqual(ids);
});
