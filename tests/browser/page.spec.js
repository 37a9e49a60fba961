// The first view as a visitor uses it, from the first tap to an exported profile.

import { readFile, writeFile } from "node:fs/promises";
import {
  callOf,
  expect,
  exposeSources,
  keptForOffline,
  model,
  OFFLINE,
  painted,
  ready,
  settled,
  test,
} from "./fixtures.js";

const N = 11;
/** How a reason begins that names picks. */
const PERSONAL = /^(because you liked|similar theme to|people who liked|often next after) /;

test.describe("the first tap", () => {
  test("an empty page offers the seeds, and says that there are no recommendations yet", async ({ start, page }) => {
    expect(await start.tileIds()).toEqual(
      await model(page, async (foldin) => (await foldin.seeds({ k: 12 })).items.map(({ id }) => id)),
    );
    await expect(start.rows).toHaveCount(0);
    await expect(page.getByText("Nothing here yet")).toBeVisible();
    await expect(start.picks).toHaveCount(0);
    await expect(start.undo).toBeDisabled();
    await expect(page.locator("#filters")).toBeHidden();
    await expect(start.status).toContainText("titles ready on this device");
  });

  test("three taps change the list, give reasons that name them, and are not recommended", async ({ start }) => {
    const picked = [];
    for (const n of [0, 3, 5]) {
      picked.push(await start.titleOf(start.tiles.nth(n)));
      await start.tap(n);
      await expect(start.picks).toHaveCount(picked.length);
    }
    await expect(start.heading).toHaveText("For you");
    await expect(start.rows).toHaveCount(N);
    const titles = await start.titles();
    for (const title of picked) expect(titles).not.toContain(title);
    const reasons = await start.rows.locator(".reason").allTextContents();
    const personal = reasons.filter((reason) => PERSONAL.test(reason));
    expect(personal.length).toBeGreaterThan(0);
    for (const reason of personal) expect(picked.some((title) => reason.includes(title))).toBe(true);
  });

  test("the list, its stars, facts and reasons are the model's own answer", async ({ start, page }) => {
    await start.tap(0, 3, 5);
    const liked = (await start.pickIds()).toReversed();
    const items = await model(
      page,
      async (foldin, [liked, request]) => (await foldin.recommend({ liked }, request)).items,
      [liked, (await callOf(page))[1]],
    );
    const { simulated } = await model(page, (foldin) => foldin.info);
    expect(await start.ids()).toEqual(items.map(({ id }) => id));
    for (const [n, item] of items.entries()) {
      const row = start.rows.nth(n);
      await expect(row.locator("h3")).toHaveText(item.title);
      await expect(row.locator(".facts")).toContainText(
        [...(item.year ? [item.year] : []), ...item.genres].join(" · "),
      );
      const stars = row.locator(".stars");
      if (item.stars === null || simulated) await expect(stars).toHaveCount(0);
      else
        await expect(stars).toHaveText(
          `${item.stars.toFixed(1)} average${item.stars.toFixed(1)} stars: the average of all people; rate some titles to see predictions for you. `,
        );
      const [main] = item.sources;
      const expected =
        main === undefined || main === "popular"
          ? /^(popular with everyone|liked by|little known yet)/
          : ({ recent: "popular lately", "top-rated": "among the best rated" }[main] ??
            /^(because you liked|similar theme to|people who liked|often next after|close to your taste)/);
      await expect(row.locator(".reason")).toHaveText(expected);
    }
  });

  test("a second tap takes the pick back", async ({ start }) => {
    await start.tap(1);
    await start.tiles.nth(1).click();
    await expect(start.picks).toHaveCount(0);
    await expect(start.tiles.nth(1)).toHaveAttribute("aria-pressed", "false");
    await expect(start.rows).toHaveCount(0);
    expect(await start.stored()).toBeNull();
  });

  test("other titles are offered, close to the picks and without one that was shown before", async ({
    start,
    page,
  }) => {
    const tiles = await start.tileIds();
    await start.tap(2);
    const others = page.getByRole("button", { name: "Show others" });
    await others.focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => start.tileIds()).not.toEqual(tiles);
    await expect(others).toBeFocused();
    const expected = await model(
      page,
      async (foldin, [liked, exclude]) =>
        (await foldin.seeds({ k: 12, profile: { liked: [liked] }, exclude })).items.map(({ id }) => id),
      [tiles[2], tiles],
    );
    expect(await start.tileIds()).toEqual(expected);
    expect(expected.filter((id) => tiles.includes(id))).toEqual([]);
    await expect(start.picks).toHaveCount(1);
  });

  test("on a phone the tiles that were hidden are offered later", async ({ start, page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const tiles = await start.tileIds();
    await expect(start.tiles.nth(9)).toBeHidden();
    await page.getByRole("button", { name: "Show others" }).click();
    await expect.poll(() => start.tileIds()).not.toEqual(tiles);
    const next = await start.tileIds();
    expect(next.filter((id) => tiles.slice(0, 9).includes(id))).toEqual([]);
  });

  test("on a phone a button leads from the tiles down to the recommendations", async ({ start, page }) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ reducedMotion: "reduce" });
    const jump = page.getByRole("button", { name: `${N} recommendations for you` });
    await expect(page.getByRole("button", { name: "Tap a title: recommendations appear here" })).toBeInViewport();
    await expect(page.getByRole("button", { name: "Tap a title: recommendations appear here" })).toBeDisabled();
    await expect(jump).toBeHidden();
    await start.tap(1);
    await expect(start.rows.first()).not.toBeInViewport();
    await jump.click();
    await expect(start.rows.first()).toBeInViewport();
    await expect(jump).toBeHidden();
  });

  test("the same item has the same cover wherever it stands, and titles are whole", async ({ start, page }) => {
    const looks = (root) =>
      root.locator(".cover").evaluate((cover) => {
        const title = cover.querySelector(".cover-title");
        const marks = cover.querySelector("svg").outerHTML.replace(/(cover|year)-\d+/g, "$1");
        return [cover.className, marks, title.textContent, title.style.getPropertyValue("--size")];
      });
    const before = await looks(start.tiles.nth(4));
    await page.reload();
    await ready(page);
    expect(await looks(start.tiles.nth(4))).toEqual(before);
    const items = await model(page, async (foldin) => (await foldin.seeds({ k: 12 })).items);
    for (const [n, { title, year }] of items.entries()) {
      await expect(start.tiles.nth(n)).toHaveAccessibleName(year === null ? title : `${title} ${year}`);
    }
  });
});

test.describe("more than a like", () => {
  test("a recommendation is liked from the list, and the focus goes to the one in its place", async ({ start }) => {
    await start.tap(0);
    const [, second] = await start.ids();
    await start.rows
      .nth(1)
      .getByRole("button", { name: /^Like / })
      .click();
    await expect(start.picks.first()).toHaveAttribute("data-id", second);
    expect(await start.ids()).not.toContain(second);
    await expect(start.rows.nth(1).getByRole("button", { name: /^Like / })).toBeFocused();
  });

  test("stars, a dislike and a hidden title are signals of their own, and change the recommendations", async ({
    start,
    page,
  }) => {
    await start.tap(0);
    const events = [{ id: (await start.pickIds())[0], type: "liked" }];
    for (const [name, signal, words] of [
      ["4 stars", { type: "rated", stars: 4 }, "4 stars"],
      ["Dislike fewer titles like it", { type: "disliked" }, "disliked"],
      ["Seen it, or not interested hides only this title", { type: "seen" }, "hidden"],
    ]) {
      const [id] = await start.ids();
      await start.rate(start.rows.first(), name);
      await expect(start.picks.first()).toHaveAttribute("data-id", id);
      await expect(start.picks.first().locator(".pick")).toContainText(words);
      await expect.poll(() => start.ids()).not.toContain(id);
      await expect(start.toast.getByRole("button", { name: "Undo" })).toBeFocused();
      events.push({ id, ...signal });
    }
    expect(await start.stored()).toEqual(events);
    const of = (type) => events.filter((event) => event.type === type).map(({ id }) => id);
    const ratings = events.filter(({ stars }) => stars).map(({ id, stars }) => [id, stars]);
    const profile = { liked: of("liked"), disliked: of("disliked"), ratings, seen: of("seen") };
    const expected = await model(
      page,
      async (foldin, [profile, request]) => (await foldin.recommend(profile, request)).items.map(({ id }) => id),
      [profile, (await callOf(page))[1]],
    );
    expect(await start.ids()).toEqual(expected);
  });

  test("a toast shows what was done with a recommendation, and undoes it, as does Ctrl+Z", async ({ start, page }) => {
    await start.tap(0);
    const before = await start.ids();
    const title = (await start.titles())[1];
    const undo = start.toast.getByRole("button", { name: "Undo" });
    await expect(undo).toBeHidden();
    await start.rate(start.rows.nth(1), /^Dislike/);
    await expect(start.toast.getByRole("status")).toHaveText(`Disliked ${title}.`);
    await expect(undo).toBeInViewport();
    await expect(start.picks).toHaveCount(2);
    await expect(undo).toBeFocused();
    await page.keyboard.press("Enter");
    await expect.poll(() => start.ids()).toEqual(before);
    await expect(start.picks).toHaveCount(1);
    await expect(undo).toBeHidden();
    await expect(start.rows.nth(1)).toBeFocused();

    await start.rate(start.rows.nth(1), "1 star");
    await expect(start.toast.getByRole("status")).toHaveText(`Gave ${title} 1 star.`);
    await page.keyboard.press("Control+z");
    await expect.poll(() => start.ids()).toEqual(before);
    await expect(start.picks).toHaveCount(1);

    // After another change the toast disappears.
    await start.rate(start.rows.nth(1), /^Seen it/);
    await expect(start.toast.getByRole("status")).toHaveText(`Hid ${title}.`);
    await start.tap(4);
    await expect(undo).toBeHidden();
    await start.search.fill("th");
    await page.keyboard.press("Control+z");
    await start.settled();
    await expect(start.picks).toHaveCount(3);
  });

  test("stars are called an average until the visitor has given some, and are hidden where people are simulated", async ({
    start,
    page,
  }) => {
    const { simulated } = await model(page, (foldin) => foldin.info);
    const expectAverage = async () => {
      if (simulated) await expect(start.rows.locator(".stars")).toHaveCount(0);
      else await expect(label).toHaveText("average");
    };
    await start.tap(0);
    const label = start.rows.locator(".stars small").first();
    await expectAverage();
    await start.rate(start.rows.first(), "4 stars");
    await expect(label).toHaveText("for you");
    await expect(start.rows.locator(".stars").first()).toHaveAttribute("title", /from your ratings$/);
    await start.undo.click();
    await expectAverage();
  });

  test("a pick's signal is changed and removed by its chip, and the focus stays among the chips", async ({ start }) => {
    await start.tap(1, 4);
    const [newest, oldest] = await start.pickIds();
    await start.picks.first().locator(".pick").click();
    await expect(start.popover.getByRole("button", { name: "Like more titles like it" })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
    await start.popover.getByRole("button", { name: "2 stars" }).click();
    await expect(start.picks.first().locator(".pick")).toContainText("2 stars");
    await expect(start.picks.first().locator(".pick")).toBeFocused();
    expect(await start.stored()).toContainEqual({ id: newest, type: "rated", stars: 2 });
    await start.picks
      .first()
      .getByRole("button", { name: /^Remove / })
      .click();
    await expect(start.picks).toHaveCount(1);
    await expect(start.picks.first().getByRole("button", { name: /^Remove / })).toBeFocused();
    expect(await start.pickIds()).toEqual([oldest]);
    await start.picks
      .first()
      .getByRole("button", { name: /^Remove / })
      .click();
    await expect(start.rows).toHaveCount(0);
    await expect(start.page.locator("#results")).toBeFocused();
  });

  test("undo takes back one step at a time", async ({ start }) => {
    await start.tap(1);
    const one = await start.ids();
    await start.tap(4);
    await start.rate(start.rows.first(), "5 stars");
    await expect(start.picks).toHaveCount(3);
    await start.undo.click();
    await expect(start.picks).toHaveCount(2);
    await start.undo.click();
    await expect(start.picks).toHaveCount(1);
    await expect.poll(() => start.ids()).toEqual(one);
    await start.undo.click();
    await expect(start.picks).toHaveCount(0);
    await expect(start.undo).toBeDisabled();
  });

  test("with dislikes only, the list has popular titles, and says so", async ({ start }) => {
    await start.tap(0);
    await start.picks.first().locator(".pick").click();
    await start.popover.getByRole("button", { name: /^Dislike/ }).click();
    await expect(start.heading).toHaveText("Popular, without what you dislike");
    await expect(start.rows.first().locator(".reason")).toContainText("popular with everyone");
    await expect(start.status).toContainText("looked through in");
  });

  test("many picks stay behind a button", async ({ start, page }) => {
    await start.tap(0, 1, 2, 3, 4);
    await expect(start.picks).toHaveCount(3);
    await page.getByRole("button", { name: "2 more" }).click();
    await expect(start.picks).toHaveCount(5);
    await expect(start.picks.nth(3).locator(".pick")).toBeFocused();
    expect(await start.pickIds()).toEqual((await start.stored()).map(({ id }) => id).toReversed());
  });
});

test.describe("looking closer", () => {
  test("a row says why in one sentence, and the names of sources are left to Why", async ({ start, page }) => {
    await start.tap(0, 3);
    await expect(start.rows.first().locator(".reason")).toHaveCount(1);
    for (const text of await start.rows.allTextContents()) expect(text).not.toMatch(/found by|Neighbours|EASE/);
    await start.rows.first().getByRole("button", { name: /^Why/ }).click();
    await expect(page.locator(".why-headline")).toContainText("moved it up most");
  });

  test("one saga does not fill the list, until variety is switched off", async ({ start, page }) => {
    // A saga of which the closest titles to one of its own are more than three, in the model that the site has.
    const saga = await model(
      page,
      async (foldin, [names, k]) => {
        for (const name of names) {
          const [first] = (await foldin.search(name, { k: 1 })).items;
          if (!first) continue;
          const { items } = await foldin.recommend({ liked: [first.id] }, { k, diversity: 0 });
          if (items.filter(({ title }) => title.startsWith(name)).length > 3) return name;
        }
      },
      [["Harry Potter", "Star Wars", "Star Trek", "The Lord of the Rings", "Lord of the Rings", "Pokemon", "Alien"], N],
    );
    test.skip(!saga, "this model puts no more than three of a saga into a list by itself");
    await start.search.fill(saga);
    await start.options.filter({ hasText: saga }).first().click();
    const ofSaga = async () => (await start.titles()).filter((title) => title.startsWith(saga)).length;
    await expect(start.rows).toHaveCount(N);
    expect(await ofSaga()).toBeLessThanOrEqual(3);
    await start.variety.focus();
    await page.keyboard.press("Home");
    await expect(start.variety).toHaveAttribute("aria-valuetext", "only what is closest to my taste");
    await expect.poll(ofSaga).toBeGreaterThan(3);
  });

  test("one like does not drown another", async ({ start }) => {
    for (const title of ["Spirited Away", "Alien"]) {
      await start.search.fill(title);
      await start.options.filter({ hasText: title }).first().click();
    }
    await start.settled();
    const reasons = (await start.rows.locator(".reason").allTextContents()).join(" | ");
    expect(reasons).toContain("Spirited Away");
    expect(reasons).toContain("Alien");
  });

  test("similar titles open in place, can be liked there, and close again", async ({ start, page }) => {
    await start.tap(0);
    const row = start.rows.nth(2);
    const [, , id] = await start.ids();
    const similar = row.getByRole("button", { name: /^Similar/ });
    await similar.click();
    await expect(similar).toHaveAttribute("aria-expanded", "true");
    const strip = row.locator(".similar .tile");
    const expected = await model(
      page,
      async (foldin, [id, liked]) =>
        (await foldin.similar(id, { k: 9 })).items
          .map(({ id }) => id)
          .filter((id) => id !== liked)
          .slice(0, 8),
      [id, (await start.pickIds())[0]],
    );
    await expect(row.getByRole("heading", { name: /^Similar to / })).toBeInViewport();
    expect(await strip.evaluateAll((nodes) => nodes.map((node) => node.dataset.id))).toEqual(expected);
    await similar.click();
    await expect(strip).toHaveCount(0);
    await expect(similar).toHaveAttribute("aria-expanded", "false");
    await similar.click();
    await strip.first().focus();
    await page.keyboard.press("Escape");
    await expect(strip).toHaveCount(0);
    await expect(similar).toBeFocused();
    await similar.click();
    const free = row.locator('.similar .tile[aria-pressed="false"]').first();
    const liked = await free.getAttribute("data-id");
    await free.click();
    await expect(start.picks.first()).toHaveAttribute("data-id", liked);
    // The strip stays open while the list around it changes.
    await expect(page.locator(`.similar .tile[data-id="${liked}"]`)).toHaveAttribute("aria-pressed", "true");
    await expect(page.locator(`.similar .tile[data-id="${liked}"]`)).toBeFocused();
  });

  test("more are shown on demand, and the first stay", async ({ start }) => {
    await start.tap(0);
    const before = await start.ids();
    await start.more.click();
    await expect(start.rows).toHaveCount(N + 10);
    expect((await start.ids()).slice(0, N)).toEqual(before);
  });

  test("a like from deep in the list leaves its length and its place", async ({ start, page }) => {
    await start.tap(0);
    await start.more.click();
    await expect(start.rows).toHaveCount(N + 10);
    await start.more.click();
    await expect(start.rows).toHaveCount(N + 20);
    const id = (await start.ids())[20];
    const like = start.rows.nth(20).getByRole("button", { name: /^Like / });
    // In the middle: rows of the next list may be higher or lower.
    await like.evaluate((button) => button.scrollIntoView({ block: "center" }));
    await like.focus();
    const before = await page.evaluate(() => scrollY);
    expect(before).toBeGreaterThan(500);
    await page.keyboard.press("Enter");
    await expect(start.picks.first()).toHaveAttribute("data-id", id);
    await expect.poll(() => start.ids()).not.toContain(id);
    await expect(start.rows).toHaveCount(N + 20);
    // Rows above may have become higher or lower, but the page does not scroll to its beginning.
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(before / 2);
    await expect(like).toBeFocused();
    await expect(like).toBeInViewport();
    // New settings start a new list.
    await start.variety.fill("0.5");
    await expect(start.rows).toHaveCount(N);
  });

  test("a popover closes with its view, and on Escape", async ({ start, page }) => {
    const button = page.getByRole("button", { name: "Your profile" });
    await button.click();
    await expect(start.popover).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(start.popover).toBeHidden();
    await expect(button).toBeFocused();
    await button.click();
    await expect(start.popover).toBeVisible();
    await page.evaluate(() => (location.hash = "model"));
    await expect(page.locator("#view-model h1")).toBeVisible();
    await expect(start.popover).toBeHidden();
  });

  test("the status line tells the time, the size, and that data are simulated", async ({ start, page }) => {
    const info = await model(page, (foldin) => foldin.info);
    await start.tap(0);
    const line = `^${info.items.toLocaleString("en")} titles scored in (less than 1|[\\d.,]+)\\sms on this device · (works offline · )?${info.simulated ? "simulated data · " : ""}model of\\s[\\d.,]+\\s[kM]B$`;
    await expect(start.status).toHaveText(new RegExp(line));
    const about = page.locator("#about");
    if (info.simulated) {
      await expect(start.status).toContainText("simulated data");
      await expect(about).toContainText("simulated");
      await expect(page.locator("#demo")).toContainText("simulated people");
    } else {
      await expect(page.locator("#demo")).toBeEmpty();
      await expect(start.status).not.toContainText("simulated");
    }
    await expect(about).toContainText(info.version);
  });
});

test.describe("settings", () => {
  test("variety changes the list at once, by keyboard too, and keeps the first", async ({ start, page }) => {
    await start.tap(0, 3);
    await expect(start.variety).toHaveAccessibleDescription("Close to my taste to Surprise me");
    await expect(start.reset).toBeHidden();
    const before = await start.ids();
    await start.variety.focus();
    await page.keyboard.press("End");
    await expect(start.variety).toHaveValue("1");
    await expect.poll(() => start.ids()).not.toEqual(before);
    expect((await start.ids())[0]).toBe(before[0]);
    await expect(start.rows).toHaveCount(N);
    await expect(start.variety).toHaveAttribute("aria-valuetext", "surprise me");
    await start.reset.click();
    await expect(start.variety).toHaveValue("0.25");
    await expect.poll(() => start.ids()).toEqual(before);
  });

  test("genres and decades narrow the list, and reset widens it again", async ({ start, page }) => {
    await start.tap(0, 3);
    const before = await start.ids();
    await start.filter.click();
    await page.getByRole("button", { name: "Comedy", exact: true }).click();
    await start.settled();
    for (const facts of await start.rows.locator(".facts").allTextContents()) expect(facts).toContain("Comedy");
    await page.getByRole("combobox", { name: "From the" }).selectOption("1980s");
    await page.getByRole("combobox", { name: "to the" }).selectOption("1990s");
    await expect(start.filter).toContainText("Comedy, from 1980 to 1999");
    const expectYears = async (first, last) => {
      await start.settled();
      const facts = await start.rows.locator(".facts").allTextContents();
      for (const year of facts.map((text) => Number(text.match(/\d{4}/)[0]))) {
        expect(year).toBeGreaterThanOrEqual(first);
        expect(year).toBeLessThanOrEqual(last);
      }
    };
    await expectYears(1980, 1999);
    await expect(start.rows).toHaveCount(N);
    // The other end changes if the two contradict each other.
    await page.getByRole("combobox", { name: "to the" }).selectOption("1970s");
    await expect(page.getByRole("combobox", { name: "From the" })).toHaveValue("1970");
    await expectYears(1970, 1979);
    await start.reset.click();
    await expect.poll(() => start.ids()).toEqual(before);
    await expect(start.filter).toContainText("all genres, all years");
  });

  test("variety and filters outlive a reload, and leave the recommendations in sight", async ({ start, page }) => {
    await page.setViewportSize({ width: 1280, height: 800 });
    await start.tap(0, 3);
    await start.filter.click();
    await page.evaluate(() => scrollTo(0, 0));
    await expect(start.rows.first()).toBeInViewport();
    await page.getByRole("button", { name: "Comedy", exact: true }).click();
    await expect(start.filter).toContainText("Comedy");
    const before = await start.ids();
    await start.variety.fill("0.8");
    await expect.poll(() => start.ids()).not.toEqual(before);
    const list = await start.ids();
    await page.reload();
    await ready(page);
    await expect(start.variety).toHaveValue("0.8");
    await expect(start.filter).toContainText("Comedy");
    await expect.poll(() => start.ids()).toEqual(list);
  });

  test("filters that match nothing say so", async ({ start, page }) => {
    await start.tap(0);
    // The decades arrive after the view.
    await expect(page.locator("#filters select").nth(1).locator("option")).not.toHaveCount(1);
    await page.evaluate(() => {
      // Few data sets have a decade without titles: one is made up.
      const select = [...document.querySelectorAll("#filters select")][1];
      select.options[1].value = "1200";
    });
    await start.filter.click();
    await page.getByRole("combobox", { name: "to the" }).selectOption("1200");
    await expect(page.getByText("Nothing matches these filters")).toBeVisible();
    await expect(start.heading).toHaveText("For you");
    await expect(start.more).toBeHidden();
    await start.reset.click();
    await expect(start.rows).toHaveCount(N);
  });
});

test.describe("searching", () => {
  test("with the keyboard alone a title is found, picked, rated and removed", async ({ start, page }) => {
    const wanted = await start.titleOf(start.tiles.nth(0));
    await page.keyboard.press("Tab");
    await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.locator("main")).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(start.search).toBeFocused();
    await expect(start.search).toHaveAttribute("aria-expanded", "false");

    // At once: typed letter by letter, the options of each prefix would come and go.
    const letters = wanted.slice(0, 3);
    await page.keyboard.insertText(letters);
    await expect(start.options.first()).toBeVisible();
    await expect(start.search).toHaveAttribute("aria-expanded", "true");
    await expect(start.options.first()).toHaveAttribute("aria-selected", "true");
    const count = await start.options.count();
    await page.keyboard.press("ArrowDown");
    const marked = start.options.nth(1 % count);
    await expect(marked).toHaveAttribute("aria-selected", "true");
    await expect(start.search).toHaveAttribute("aria-activedescendant", await marked.getAttribute("id"));
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await expect(start.options.nth(count - 1)).toHaveAttribute("aria-selected", "true");

    await page.keyboard.press("Escape");
    await expect(start.options).toHaveCount(0);
    await expect(start.search).toHaveValue(letters);
    await page.keyboard.press("Escape");
    await expect(start.search).toHaveValue("");

    await page.keyboard.insertText(wanted);
    await expect(start.options.first()).toContainText(wanted);
    await page.keyboard.press("Enter");
    await expect(start.picks.locator(".pick-title")).toHaveText([wanted]);
    await expect(start.search).toBeFocused();
    await expect(start.search).toHaveValue("");
    await expect(start.rows).toHaveCount(N);
    await start.settled();

    // Over the tiles to the tools, the chip, the settings, and the first recommendation.
    for (let n = 0; n < 12 + 2; n++) await page.keyboard.press("Tab");
    await expect(start.undo).toBeFocused();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await expect(start.picks.first().locator(".pick")).toBeFocused();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await expect(start.variety).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(page.getByRole("slider", { name: "Hidden gems" })).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(start.filter).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(start.rows.first().getByRole("heading").getByRole("link")).toBeFocused();
    for (const name of [/^Like /, /^Want to see /, /^Rate, dislike or hide /]) {
      await page.keyboard.press("Tab");
      await expect(start.rows.first().getByRole("button", { name })).toBeFocused();
    }
    const [first] = await start.ids();
    await page.keyboard.press("Enter");
    await expect(start.popover.getByRole("button", { name: "1 star" })).toBeFocused();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await expect(start.picks.first()).toHaveAttribute("data-id", first);
    await expect(start.picks.first()).toContainText("2 stars");

    await start.picks.first().locator(".remove").focus();
    await page.keyboard.press("Enter");
    await expect(start.picks).toHaveCount(1);
    await page.keyboard.press("Enter");
    await expect(start.rows).toHaveCount(0);
  });

  test("the search forgives a typing error and says when there is nothing", async ({ start, page }) => {
    const words = (await start.tiles.allTextContents()).flatMap((title) => title.match(/[a-z]{6,}/gi) ?? []);
    const word = words.find((word) => word[2] !== word[3]);
    await start.search.fill(word.slice(0, 2) + word[3] + word[2] + word.slice(4));
    await expect(start.options.filter({ hasText: word }).first()).toBeVisible();
    await start.search.fill("qqzzxxqq");
    await expect(page.locator("#none-found")).toContainText(/^This catalogue of [\d,]+ titles? has nothing like it/);
    await expect(start.options).toHaveCount(0);
    const genre = page.locator("#none-found").getByRole("button").first();
    const name = await genre.textContent();
    await genre.click();
    await expect(start.search).toBeFocused();
    await expect(start.search).toHaveValue(name);
    await expect(start.options.first()).toBeVisible();
  });

  test("genres, years and names are found too", async ({ start, page }) => {
    const { genre, year, tag } = await model(page, async (foldin) => {
      const { items } = await foldin.popular({ k: 300 });
      const tags = items.flatMap((item) => item.tags).filter((tag) => /^\p{Lu}\p{L}+ \p{Lu}\p{L}+$/u.test(tag));
      return { genre: foldin.info.genres[0], year: items[0].year, tag: tags[0] ?? null };
    });
    for (const text of [genre, `${year}`, ...(tag ? [tag] : [])]) {
      await start.search.fill(text);
      await expect(start.options.first(), text).toBeVisible();
    }
    await start.search.fill(`${year}`);
    await expect(start.options.filter({ hasText: `(${year})` }).first()).toBeVisible();
  });
});

test.describe("a profile", () => {
  test("survives a reload in its order, without what the model does not have", async ({ start, page }) => {
    await start.tap(7, 2);
    const [picks, list] = [await start.pickIds(), await start.ids()];
    await page.evaluate(() => {
      const key = Object.keys(localStorage).find((key) => key.startsWith("foldin:profile:"));
      const profile = JSON.parse(localStorage.getItem(key));
      profile.events.unshift({ id: "gone-since-then", type: "liked" });
      localStorage.setItem(key, JSON.stringify(profile));
    });
    await page.reload();
    await ready(page);
    await expect(start.rows).toHaveCount(N);
    expect(await start.pickIds()).toEqual(picks);
    expect(await start.ids()).toEqual(list);
    // The other one has made room for a title close to the taste.
    await expect(start.tiles.nth(2)).toHaveAttribute("aria-pressed", "true");
  });

  test("is exported as a file, and imported where another visitor is", async ({ start, page, browser, site }, info) => {
    await start.tap(1, 5);
    await start.rate(start.rows.first(), "5 stars");
    await expect(start.picks).toHaveCount(3);
    const [download] = await Promise.all([page.waitForEvent("download"), start.profile(/^Export/)]);
    expect(download.suggestedFilename()).toBe("foldin-profile.json");
    const file = info.outputPath("profile.json");
    await download.saveAs(file);
    const exported = JSON.parse(await readFile(file, "utf8"));
    expect(exported).toEqual({ format: "foldin-profile", version: 1, events: await start.stored() });

    exported.events.push({ id: "not-in-this-model", type: "liked" });
    await writeFile(file, JSON.stringify(exported));
    const elsewhere = await browser.newPage();
    await elsewhere.goto(site.url);
    await ready(elsewhere);
    const importing = async (path) => {
      const chooser = elsewhere.waitForEvent("filechooser");
      await elsewhere.getByRole("button", { name: "Your profile" }).click();
      await elsewhere.getByRole("button", { name: /^Import/ }).click();
      await (await chooser).setFiles(path);
    };
    await importing(file);
    await expect(elsewhere.locator("#note")).toHaveText("Imported 3 titles; this model does not have 1 more.");
    await expect(elsewhere.locator("#list > li h3")).toHaveText(await start.titles());

    await writeFile(file, "no profile");
    await importing(file);
    await expect(elsewhere.locator("#note")).toContainText(
      "Nothing was imported: this file is neither an exported profile nor",
    );
    await expect(elsewhere.locator("#list > li h3")).toHaveText(await start.titles());
    await elsewhere.getByRole("button", { name: "Undo" }).click();
    await expect(elsewhere.locator("#list > li")).toHaveCount(0);
    await elsewhere.close();
  });

  test("is shared as a link with the ids of likes alone", async ({ start, page, context, browser, site }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await start.tap(1, 5);
    await start.rate(start.rows.first(), /^Dislike/);
    await expect(start.picks).toHaveCount(3);
    const liked = (await start.stored()).filter(({ type }) => type === "liked").map(({ id }) => id);
    await start.profile(/^Share/);
    await expect(start.note).toContainText("Copied a link to 2 titles");
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toBe(`${site.url}#liked=${liked.map(encodeURIComponent)}`);

    const elsewhere = await browser.newPage();
    await elsewhere.goto(`${link},not-in-this-model`);
    await ready(elsewhere);
    await expect(elsewhere.locator("#picks > li")).toHaveCount(2);
    await expect(elsewhere.locator("#note")).toHaveText("From the link: 2 titles; this model does not have 1 more.");
    expect(new URL(elsewhere.url()).hash).toBe("#start");
    await elsewhere.close();
  });

  test("is asked about before a link changes it", async ({ start, page, site }) => {
    await start.tap(0);
    const [own] = await start.pickIds();
    const other = (await start.tileIds())[6];
    const open = () => page.evaluate((id) => (location.hash = `liked=${encodeURIComponent(id)}`), other);
    for (const [answer, expected] of [
      ["Keep mine", [own]],
      ["Add to mine", [other, own]],
      ["Replace mine", [other]],
    ]) {
      await open();
      await expect(start.dialog).toContainText("holds 1 title");
      await start.dialog.getByRole("button", { name: answer }).click();
      await expect(start.dialog).toHaveCount(0);
      await expect.poll(() => start.pickIds()).toEqual(expected);
    }
    // A link to the same picks asks nothing.
    await open();
    await expect.poll(() => new URL(page.url()).hash).toBe("#start");
    await expect(start.dialog).toHaveCount(0);
    expect(page.url()).toBe(`${site.url}#start`);
    // Nor does a link without a title of this model.
    await page.evaluate(() => (location.hash = "liked=of-another-model"));
    await expect(start.note).toContainText("does not have any of the titles in this link");
    await expect(start.dialog).toHaveCount(0);
    expect(await start.pickIds()).toEqual([other]);
  });

  test("is forgotten for good, in storage too, once that was confirmed", async ({ start }) => {
    await start.tap(2);
    await start.profile(/^Forget me/);
    await start.dialog.getByRole("button", { name: "Keep it" }).click();
    await expect(start.picks).toHaveCount(1);
    await start.profile(/^Forget me/);
    await start.dialog.getByRole("button", { name: "Forget me" }).click();
    await expect(start.picks).toHaveCount(0);
    await expect(start.rows).toHaveCount(0);
    await expect(start.undo).toBeDisabled();
    expect(await start.stored()).toBeNull();
  });

  test("is the same in two tabs", async ({ start, page, context, site }) => {
    const other = await context.newPage();
    await other.goto(site.url);
    await ready(other);
    await start.tap(3);
    await expect(other.locator("#list > li h3")).toHaveText(await start.titles());
    // What another tab adds is left out if the model does not have it.
    await page.evaluate(() => {
      window.told = new Promise((resolve) => addEventListener("storage", resolve, { once: true }));
    });
    await other.evaluate(() => {
      const key = Object.keys(localStorage).find((key) => key.startsWith("foldin:profile:"));
      const profile = JSON.parse(localStorage.getItem(key));
      profile.events.push({ id: "of-another-model", type: "liked" });
      localStorage.setItem(key, JSON.stringify(profile));
    });
    await page.evaluate(() => window.told.then(() => {}));
    await expect.poll(async () => (await start.stored()).length).toBe(1);
    await start.settled();
    await expect(start.rows).toHaveCount(N);
    await other.close();
    await page.bringToFront();
  });

  test("lives as long as the page where the browser refuses storage", async ({ page, site }) => {
    await page.addInitScript(() => {
      const refuse = () => {
        throw new DOMException("refused", "SecurityError");
      };
      Object.defineProperty(window, "localStorage", { get: refuse });
    });
    await page.goto(site.url);
    await ready(page);
    await page.locator("#tiles button").first().click();
    await expect(page.locator("#list > li")).toHaveCount(N);
  });
});

test.describe("a slow network", () => {
  test("shows what is loading and how much, in every view, and opens the view that was asked for", async ({
    page,
    site,
  }) => {
    let go;
    const gate = new Promise((resolve) => (go = resolve));
    await page.route("**/score*.foldin", (route) => gate.then(() => route.continue()));
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(site.url);
    await expect(page.getByRole("button", { name: /^Loading [\d.]+\s[kM]B, once$/ })).toBeInViewport();
    await expect(page.getByRole("progressbar")).toBeVisible();
    await page.getByRole("link", { name: "Model" }).click();
    await expect(page.locator("#waiting")).toHaveText(/^Loading [\d.]+\s[kM]B, once\. This view opens by itself\.$/);
    go();
    await expect(page.locator("#view-model h1")).toBeVisible();
    await expect(page.locator("#waiting")).toBeHidden();
    await page.getByRole("link", { name: "For you" }).click();
    await ready(page);
    await expect(page.getByRole("button", { name: "Tap a title: recommendations appear here" })).toBeVisible();
  });

  test("shows a plain message to visitors, and the details to the operator", async ({ page, site }) => {
    await page.route("**/manifest.json", (route) => route.fulfill({ status: 404 }));
    await page.goto(`${site.url}#model`);
    const alert = page.getByRole("alert");
    await expect(alert).toContainText("This did not load");
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
    await expect(page.locator("#error-message")).toBeHidden();
    await alert.getByText("Details for the operator of this site").click();
    await expect(page.locator("#error-message")).toContainText("manifest.json");
  });
});

test.describe("the network", () => {
  test("after loading no request leaves the page", async ({ start, page, context, requests, site }) => {
    await expect(start.status).toContainText("works offline");
    await page.clock.install();
    const atReady = requests.length;
    const everywhere = [];
    context.on("request", (request) => everywhere.push(request.url()));
    expect(requests.some((url) => url.endsWith(".foldin"))).toBe(true);
    await start.tap(0, 2, 4);
    await start.search.fill("th");
    await start.options
      .filter({ hasNot: page.locator(".picked") })
      .first()
      .click();
    await start.rows
      .nth(3)
      .getByRole("button", { name: /^Like / })
      .click();
    await start.rows
      .nth(1)
      .getByRole("button", { name: /^Similar/ })
      .click();
    await start.rate(start.rows.first(), /^Dislike/);
    await start.variety.fill("0.5");
    const tiles = await start.tileIds();
    await page.getByRole("button", { name: "Show others" }).click();
    await expect.poll(() => start.tileIds()).not.toEqual(tiles);
    await start.profile(/^Forget me/);
    await start.dialog.getByRole("button", { name: "Forget me" }).click();
    await expect(start.rows).toHaveCount(0);
    await start.settled();
    // Nor does one follow later. A request of the test's own comes after all that the page may have made.
    await page.clock.runFor("10:00");
    const last = `${site.url}icon.svg?last`;
    await page.evaluate((url) => fetch(url).then(() => {}), last);
    expect([...new Set([...requests.slice(atReady), ...everywhere])]).toEqual([last]);
  });

  test("without it the page opens again with all it had, and says so", async ({ start, page, context, complaints }) => {
    await start.tap(1, 4);
    const list = await start.ids();
    await expect(start.status).toContainText("works offline");
    await keptForOffline(page);
    // That there is no network is all that the browser may report.
    complaints.expected = OFFLINE;
    await context.setOffline(true);
    await expect(page.locator(".badge")).toHaveText("offline");
    // Across a reload Chromium sometimes forgets what it emulates of this property, though not of the network.
    await page.addInitScript(() => {
      window.isOnline = false;
      Object.defineProperty(navigator, "onLine", { get: () => window.isOnline });
    });
    await page.reload();
    await ready(page);
    await expect(start.rows).toHaveCount(N);
    expect(await start.ids()).toEqual(list);
    await expect(page.locator(".badge")).toHaveText("offline");
    await start.tap(6);
    await context.setOffline(false);
    await page.evaluate(() => {
      window.isOnline = true;
      dispatchEvent(new Event("online"));
    });
    await expect(page.locator(".badge")).toHaveCount(0);
  });

  test("the manifest of the app names an icon that is there", async ({ page, site }) => {
    const manifest = await (await page.request.get(`${site.url}manifest.webmanifest`)).json();
    expect(manifest.name).toContain("foldin");
    for (const { src } of manifest.icons) expect((await page.request.get(new URL(src, site.url).href)).ok()).toBe(true);
    expect(new URL(manifest.start_url, site.url).href).toBe(site.url);
  });
});

test.describe("the layout", () => {
  for (const width of [320, 390, 768, 820, 1280, 1440]) {
    test(`at a width of ${width} nothing needs to be scrolled sideways, and what is tapped is large enough`, async ({
      start,
      page,
    }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ reducedMotion: "reduce" });
      await start.tap(1, 3, 6);
      await start.rows
        .nth(1)
        .getByRole("button", { name: /^Similar/ })
        .click();
      await expect(page.locator(".similar")).toBeVisible();
      await start.filter.click();
      await start.search.fill("the");
      await expect(start.options.first()).toBeVisible();
      const { wide, small } = await page.evaluate(() => {
        const boxes = [
          ...document.querySelectorAll("button, input:not([type=file]), select, summary, nav a, [role=option]"),
        ]
          .filter((node) => node.checkVisibility())
          .map((node) => [
            node.getAttribute("aria-label") ?? (node.textContent || node.id),
            node.getBoundingClientRect(),
            node,
          ]);
        const scrolled = (node) => node.closest(".similar, .picks, .genres") !== null;
        return {
          wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
          small: boxes
            .filter(
              ([, box, node]) => Math.min(box.height, box.width) < 43.9 || (box.right > innerWidth && !scrolled(node)),
            )
            .map(([name, box]) => `${name} ${Math.round(box.width)} x ${Math.round(box.height)}`),
        };
      });
      expect(wide).toBe(0);
      expect(small).toEqual([]);
    });
  }

  test("neither loading nor coming back moves what is there already", async ({ page, site }) => {
    await page.addInitScript(() => {
      let shift = 0;
      const add = (entries) => {
        for (const { hadRecentInput, value } of entries) if (!hadRecentInput) shift += value;
      };
      const observer = new PerformanceObserver((list) => add(list.getEntries()));
      observer.observe({ type: "layout-shift", buffered: true });
      window.totalShift = () => {
        add(observer.takeRecords());
        return shift;
      };
    });
    let gate;
    await page.route("**/*.foldin", (route) => gate.then(() => route.continue()));
    for (const width of [390, 820, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      for (const nth of ["first", "second"]) {
        let go;
        gate = new Promise((resolve) => (go = resolve));
        await page.goto("about:blank");
        await page.goto(site.url, { waitUntil: "commit" });
        // The empty page is painted before the model comes.
        const nPaints = () => page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length);
        await expect.poll(nPaints).toBe(1);
        go();
        await ready(page);
        await expect(page.locator("#status")).toContainText("works offline");
        await painted(page);
        expect(await page.evaluate(() => window.totalShift()), `${nth} visit at ${width}`).toBeLessThan(0.01);
        if (nth === "first") await page.locator("#tiles button").first().click();
        else await page.evaluate(() => localStorage.clear());
        await settled(page);
      }
    }
  });

  test("covers keep their title inside, and hold without a year, without genres, and in other scripts", async ({
    start,
    page,
  }) => {
    await exposeSources(page, "covers.js");
    const outside = await page.evaluate(async () => {
      const { cover } = window.underTest;
      const titles = [
        "A",
        "It",
        "Ponyo",
        "Spirited Away",
        "Guy: Gypsy Joy",
        "Supercalifragilisticexpialidocious",
        "千と千尋の神隠し",
        "Сталкер",
        "قصة طويلة جدا عن لا شيء",
        "Women on the Verge of a Nervous Breakdown (Mujeres al borde de un ataque de nervios)",
        "<b>bold</b> & co",
        "x".repeat(300),
      ];
      const root = document.querySelector("#tiles");
      const made = titles.flatMap((title, n) => [
        cover({ id: `${n}`, title, year: null, genres: [] }),
        cover({ id: `${n}`, title, year: -44, genres: ["No such genre", "(no genres listed)"] }),
        cover({ id: `${n}`, title, year: 2025, genres: ["Horror"] }),
      ]);
      root.replaceChildren(...made);
      await new Promise((resolve) => requestAnimationFrame(resolve));
      return made.flatMap((node, n) => {
        const [box, title] = [node.getBoundingClientRect(), node.querySelector(".cover-title")];
        const text = title.getBoundingClientRect();
        const inside = text.left >= box.left && text.right <= box.right && text.bottom <= box.top + box.height * 0.56;
        // What hangs below a line is inside of what is cut off; only long titles are cut at all. Other scripts' faces have boxes far larger than their ink.
        const range = document.createRange();
        range.selectNodeContents(title);
        const hangs =
          /^[ -~]{1,39}$/.test(title.textContent) &&
          Math.max(...[...range.getClientRects()].map(({ bottom }) => bottom)) > text.bottom + 0.5;
        if (hangs) return [["hangs", title.textContent, text.bottom]];
        const whole = title.textContent === titles[Math.floor(n / 3)];
        const proportion = Math.abs(box.height / box.width - 1.5) < 0.02;
        return inside && whole && proportion
          ? []
          : [[title.textContent.slice(0, 40), text.bottom - box.top, box.height]];
      });
    });
    expect(outside).toEqual([]);
    await expect(start.tiles).toHaveCount(0);
  });
});
