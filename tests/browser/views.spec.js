// The views Compare, Map and Model, and the explanation Why, as a visitor uses them.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, exposeSources, filled, OFFLINE, test } from "./fixtures.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Asks the model itself, in the page but apart from it: a function of the model and of one argument. */
async function ask(page, question, argument) {
  const foldin = await page.evaluateHandle(async () => {
    const { load } = await import(new URL("foldin/foldin.js", document.baseURI).href);
    window.asked ??= await load("model/manifest.json", { worker: false });
    return window.asked;
  });
  return foldin.evaluate(question, argument);
}

/** Opens a view, with the `n` most liked titles as likes; gives their ids. */
async function enter(page, site, view, n = 4) {
  await page.goto(site.url);
  const liked = await ask(
    page,
    async (foldin, n) => (await foldin.popular({ k: Math.max(1, n) })).items.slice(0, n).map(({ id }) => id),
    n,
  );
  await page.evaluate((liked) => {
    const key = `foldin:profile:${new URL(".", location.href).pathname}`;
    const events = liked.map((id) => ({ id, type: "liked" }));
    if (events.length) localStorage.setItem(key, JSON.stringify({ format: "foldin-profile", version: 1, events }));
  }, liked);
  await page.goto(`${site.url}?#${view}`);
  await expect(page.locator(`#view-${view} h1`)).toBeVisible();
  return liked;
}

async function expectNoViolation(page) {
  await page.evaluate(AXE);
  const violations = await page.evaluate(async () =>
    (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`),
  );
  expect(violations).toEqual([]);
}

async function expectNoScrollingSideways(page) {
  expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(
    0,
  );
}

/** Waits until "Why" shows everything. */
async function explained(page) {
  await expect(page.getByRole("dialog")).toBeVisible();
  await expect(page.locator(".why-sources li").first()).toBeVisible();
  // The suggestions come last.
  await expect(page.locator(".why-adder .chip").first()).toBeVisible();
}

/** Whether "Why" has its entry in the history, which comes and goes a little later than the dialog. */
function hasEntry(page) {
  return page.evaluate(() => Boolean(history.state?.isOver));
}

async function closeWhy(page) {
  await expect.poll(() => hasEntry(page)).toBe(true);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect.poll(() => hasEntry(page)).toBe(false);
}

test.afterEach(async ({ complaints, requests, site }) => {
  expect(complaints).toEqual([]);
  expect(requests.filter((url) => !url.startsWith(site.url) && !/^(data|blob):/.test(url))).toEqual([]);
});

test.describe("Compare", () => {
  /** The lists, once all have arrived. */
  const lists = async (page) => {
    await filled(page, "compare");
    return page.locator(".compare-list[data-strategy]").evaluateAll((nodes) =>
      nodes.map((node) => ({
        strategy: node.dataset.strategy,
        ids: [...node.querySelectorAll("li")].map((row) => row.dataset.id),
      })),
    );
  };

  test("the lists are those of the model, with the time of each", async ({ page, site }) => {
    const liked = await enter(page, site, "compare");
    await expect(page.locator(".compare-list[data-strategy=hybrid] li")).toHaveCount(10);
    const shown = await lists(page);
    expect(shown.map(({ strategy }) => strategy)).toEqual(
      expect.arrayContaining(["hybrid", "taste", "popular", "diverse"]),
    );
    for (const { strategy, ids } of shown) {
      const request = strategy === "diverse" ? { diversity: 0.5 } : { strategy };
      const own = await ask(
        page,
        async (foldin, [liked, request]) => (await foldin.recommend({ liked }, request)).items.map(({ id }) => id),
        [liked, request],
      );
      expect(ids, strategy).toEqual(own);
    }
    for (const text of await page.locator(".compare-list[data-strategy] .compare-ms").allTextContents())
      expect(text).toMatch(/ms$/);
  });

  test("a title shows in how many lists it is, and pointing at it highlights its copies", async ({ page, site }) => {
    await enter(page, site, "compare");
    await expect(page.locator(".compare-list[data-strategy=hybrid] li")).toHaveCount(10);
    const shown = await lists(page);
    const marks = await page
      .locator(".compare-list[data-strategy] li")
      .evaluateAll((rows) =>
        rows.map((row) => [
          row.dataset.id,
          Number(row.querySelector(".compare-copies")?.textContent.match(/\d+/)[0] ?? 1),
        ]),
      );
    expect(marks.length).toBeGreaterThan(10);
    for (const [id, mark] of marks) expect(mark).toBe(shown.filter(({ ids }) => ids.includes(id)).length);

    const [id, n] = marks.find(([, mark]) => mark > 1);
    await page.locator(`.compare-list [data-id="${id}"]`).first().hover();
    await expect(page.locator(".compare-list li.lit")).toHaveCount(n);
    expect(await page.locator(".compare-list li.lit").evaluateAll((rows) => rows.map((row) => row.dataset.id))).toEqual(
      Array(n).fill(id),
    );
    await page.mouse.move(0, 0);
    await expect(page.locator(".compare-list li.lit")).toHaveCount(0);
    // The keyboard highlights them too, and keeps them highlighted.
    await page.locator(`.compare-list [data-id="${id}"] .compare-copies`).first().focus();
    await expect(page.locator(".compare-list li.lit")).toHaveCount(n);
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.locator(".compare-lists").focus();
    await expect(page.locator(".compare-list li.lit")).toHaveCount(n);
    await expect(page.locator(".compare-where")).toContainText(" in Hybrid");
  });

  test("the table shows how many titles each two lists share", async ({ page, site }) => {
    await enter(page, site, "compare");
    await expect(page.locator(".compare-list[data-strategy=hybrid] li")).toHaveCount(10);
    const shown = await lists(page);
    await page.getByText("All pairs of lists").click();
    for (const a of shown) {
      for (const b of shown) {
        if (a === b) continue;
        const both = a.ids.filter((id) => b.ids.includes(id)).length;
        await expect(page.locator(`[data-shared="${a.strategy} ${b.strategy}"]`)).toHaveText(`${both}`);
      }
    }
  });

  test("ways and lengths are chosen, and one list always stays", async ({ page, site }) => {
    await enter(page, site, "compare");
    const ways = page.getByRole("group", { name: "Ways to recommend" });
    const others = ways.getByRole("button", { pressed: true }).filter({ hasNotText: "Hybrid" });
    while (await others.count()) await others.first().click();
    await expect(page.locator(".compare-list[data-strategy]")).toHaveCount(1);
    await ways.getByRole("button", { name: "Hybrid" }).click();
    await filled(page, "compare");
    await expect(page.locator(".compare-list[data-strategy]")).toHaveCount(1);
    await page.getByRole("group", { name: "Titles per list" }).getByRole("button", { name: "20" }).click();
    await expect(page.locator(".compare-list[data-strategy=hybrid] li")).toHaveCount(20);
  });

  test("without a like it says so, and leads to the first view", async ({ page, site }) => {
    await enter(page, site, "compare", 0);
    await expect(page.locator(".compare-notice")).toContainText("You have not picked anything yet");
    await page.getByRole("button", { name: "Pick some titles" }).click();
    await expect(page.locator("#view-start")).toBeVisible();
  });

  test("a user of the data is shown with their history, and an unknown id is an error", async ({ page, site }) => {
    await enter(page, site, "compare");
    const hasUsers = await ask(page, (foldin) => foldin.info.hasUsers);
    if (!hasUsers) {
      await expect(page.getByRole("group", { name: "Whose taste" })).toHaveCount(0);
      return;
    }
    await page.getByRole("button", { name: "A user of the data" }).click();
    const field = page.getByRole("combobox", { name: "Id of a user" });
    await expect(field).not.toHaveValue("");
    const id = await field.inputValue();
    await expect(page.locator("#compare-history-name")).toHaveText(`User ${id}`);
    const { history, list } = await ask(
      page,
      async (foldin, id) => ({
        history: await foldin.userProfile(id),
        list: (await foldin.recommendUser(id)).items.map(({ id }) => id),
      }),
      id,
    );
    await expect(page.locator(".compare-history li")).toHaveCount(
      (history.liked?.length ?? 0) + (history.ratings?.length ?? 0),
    );
    expect((await lists(page)).find(({ strategy }) => strategy === "hybrid").ids).toEqual(list);

    await field.fill("nobody has this id");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("alert")).toContainText("no user “nobody has this id”");
    const ids = await ask(page, (foldin) => foldin.userIds());
    const example = /looks like “(.+?)”/.exec(await page.getByRole("alert").textContent())[1];
    expect(ids).toContain(example);
    await expect(field).toHaveAttribute("placeholder", `for example ${example}`);
    // The lists are still those of the user before, and other choices keep that user.
    await expect(page.locator("#compare-history-name")).toHaveText(`User ${id}`);
    await page.getByRole("group", { name: "Titles per list" }).getByRole("button", { name: "5", exact: true }).click();
    await expect(page.locator(".compare-list[data-strategy=hybrid] li")).toHaveCount(5);
    await expect(page.locator("#compare-history-name")).toHaveText(`User ${id}`);
    await expect(page.getByRole("alert").filter({ hasText: "nobody" })).toHaveCount(0);
    await field.fill("nobody has this id");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("alert")).toContainText("no user “nobody has this id”");
    await field.fill(example.slice(0, -1));
    const offered = await page
      .locator("#compare-users option")
      .evaluateAll((options) => options.map(({ value }) => value));
    expect(offered).toContain(example);
    for (const one of offered) expect(ids.filter((id) => id.includes(example.slice(0, -1)))).toContain(one);
    await field.fill(id);
    await page.keyboard.press("Enter");
    await expect(page.getByRole("alert").filter({ hasText: "nobody" })).toHaveCount(0);
    await page.getByRole("button", { name: "Mine" }).click();
    await expect(page.locator("#compare-history-name")).toHaveText("Your likes");
  });

  test("without a network the users of the data are missing, and no other lists are shown in their place", async ({
    page,
    site,
    complaints,
  }) => {
    await enter(page, site, "compare");
    test.skip(!(await ask(page, (foldin) => foldin.info.hasUsers)), "the model of this site has no users");
    await expect(page.locator(".compare-list[data-strategy=hybrid] li")).toHaveCount(10);
    const lists = page.locator(".compare-list");
    complaints.expected = OFFLINE;
    await page.context().setOffline(true);
    await page.getByRole("button", { name: "A user of the data" }).click();
    await expect(page.getByRole("alert")).toContainText("not stored on this device yet: connect once");
    await expect(lists).toHaveCount(0);
    await page.getByRole("combobox", { name: "Id of a user" }).fill("somebody");
    await page.keyboard.press("Enter");
    await filled(page, "compare");
    await expect(lists).toHaveCount(0);
    await page.getByRole("button", { name: "Mine" }).click();
    await expect(page.locator("#compare-history-name")).toHaveText("Your likes");
    await expect(page.getByRole("alert")).toHaveText("");
    await page.getByRole("button", { name: "A user of the data" }).click();
    await expect(page.getByRole("alert")).toContainText("connect once");
    await page.context().setOffline(false);
    // Connected again, any choice shows a user.
    await page.getByRole("group", { name: "Titles per list" }).getByRole("button", { name: "5", exact: true }).click();
    await expect(page.locator("#compare-history-name")).toContainText("User ");
    await expect(page.locator(".compare-list[data-strategy=hybrid] li")).toHaveCount(5);
  });
});

test.describe("Map", () => {
  const isThere = (page) => ask(page, (foldin) => foldin.info.map);
  const data = (page, name) => page.locator("#view-map").getAttribute(`data-${name}`);
  /** Of the 48 items nearest to the visitor, of one genre or of all, the titles of the 12 best known; the nearest first. */
  const nearestTitles = (page, genre = null) =>
    ask(
      page,
      async (foldin, genre) => {
        // Who likes what `enter` has put there, not what the page says of their place in four digits.
        const liked = (await foldin.popular({ k: 4 })).items.map(({ id }) => id);
        const place = await foldin.place({ liked });
        const { ids, x, y } = await foldin.map();
        const far = (n) => (x[n] - place.x) ** 2 + (y[n] - place.y) ** 2;
        const sorted = [...ids.keys()].sort((a, b) => far(a) - far(b));
        const items = await foldin.items(sorted.map((n) => ids[n]));
        const some = genre === null ? items : items.filter(({ genres }) => genres.includes(genre));
        const near = some.slice(0, 48);
        const bestKnown = near.toSorted((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)).slice(0, 12);
        return near.filter((item) => bestKnown.includes(item)).map(({ title }) => title);
      },
      genre,
    );

  test.beforeEach(async ({ page, site }) => {
    await page.emulateMedia({ reducedMotion: "reduce" });
    await enter(page, site, "map");
    if (await isThere(page)) return filled(page, "map");
    await expect(page.locator("#view-map")).toContainText("has no map");
    test.skip(true, "the model of this site has no map");
  });

  test("pointing at a title shows a tooltip, and a tap opens its card", async ({ page }) => {
    const canvas = page.locator(".map-canvas");
    const box = await canvas.boundingBox();
    // The most liked title is where the model places it.
    const { x, y, item } = await ask(page, async (foldin) => {
      const { ids, x, y } = await foldin.map();
      return { x: x[0], y: y[0], item: (await foldin.items([ids[0]]))[0] };
    });
    const [px, py] = [28 + x * (box.width - 56), 28 + y * (box.height - 56)];
    await canvas.hover({ position: { x: px, y: py } });
    const tip = page.locator(".map-tip");
    await expect(tip).toBeVisible();
    await expect(tip).toContainText(item.title);
    for (const genre of item.genres) await expect(tip).toContainText(genre);
    await canvas.click({ position: { x: px, y: py } });
    await expect(page.locator(".map-card h2")).toContainText(item.title);
    await page.getByRole("button", { name: "Similar" }).click();
    await expect(page.locator(".map-similar button").first()).toBeVisible();
    await page.locator(".map-card").getByRole("button", { name: "Close" }).click();
    await expect(page.locator(".map-card")).toBeHidden();
  });

  for (const [width, height] of [
    [390, 844],
    [1440, 900],
  ]) {
    test(`a card is whole and visible beside its point at ${width}`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      const canvas = page.locator(".map-canvas");
      const card = page.locator(".map-card");
      const all = await ask(page, async (foldin) => {
        const { x, y } = await foldin.map();
        return { x: [...x], y: [...y] };
      });
      await expect(card).toBeHidden();
      // The canvas is drawn in its own size.
      const misfit = ({ width, height, clientWidth, clientHeight }) => [width - clientWidth, height - clientHeight];
      await expect.poll(() => canvas.evaluate(misfit)).toEqual([0, 0]);
      const box = await canvas.boundingBox();
      expect(box.height).toBeLessThan(height);
      let tried = 0;
      const ends = (values) => [values.indexOf(Math.min(...values)), values.indexOf(Math.max(...values))];
      for (const n of [...ends(all.x), ...ends(all.y)]) {
        const point = [box.x + 28 + all.x[n] * (box.width - 56), box.y + 28 + all.y[n] * (box.height - 56)];
        // Some are below the fold or under the buttons.
        const isFree = await page.evaluate(([x, y]) => document.elementFromPoint(x, y)?.matches(".map-canvas"), point);
        if (!isFree) continue;
        tried += 1;
        const before = await page.evaluate(() => scrollY);
        await page.mouse.click(...point);
        await expect(card).toBeVisible();
        await expect(card.getByRole("button", { name: "Like" })).toBeVisible();
        const at = await card.boundingBox();
        expect(await page.evaluate(() => scrollY)).toBe(before);
        expect(at.y).toBeGreaterThanOrEqual(Math.max(0, box.y));
        expect(at.y + at.height).toBeLessThanOrEqual(Math.min(height, box.y + box.height));
        expect(at.x).toBeGreaterThanOrEqual(box.x);
        expect(at.x + at.width).toBeLessThanOrEqual(box.x + box.width);
        // It does not cover its point, and is not cut off.
        const isOver = point[0] > at.x && point[0] < at.x + at.width && point[1] > at.y && point[1] < at.y + at.height;
        expect(isOver).toBe(false);
        expect(await card.evaluate((node) => node.scrollHeight - node.clientHeight)).toBeLessThanOrEqual(1);
        await card.getByRole("button", { name: "Close" }).click();
      }
      expect(tried).toBeGreaterThan(1);
    });
  }

  test("the titles near the visitor are the best known around, and liked ones are marked", async ({ page }) => {
    const nearest = await nearestTitles(page);
    const rows = page.locator(".map-near button");
    await expect(rows).toContainText(nearest);
    await rows.first().click();
    const like = page.locator(".map-card").getByRole("button", { name: "Like", exact: false });
    if ((await like.getAttribute("aria-pressed")) === "false") await like.click();
    // The like moves the visitor a little, so it is looked for by its title.
    await expect(rows.filter({ hasText: nearest[0] }).first()).toContainText("you like it");
  });

  test("wheel, buttons and keys zoom", async ({ page }) => {
    const canvas = page.locator(".map-canvas");
    const zoom = async () => Number(await data(page, "zoom"));
    await canvas.hover();
    await page.mouse.wheel(0, -400);
    await expect.poll(zoom).toBeGreaterThan(1.2);
    const before = await zoom();
    await page.getByRole("button", { name: "Zoom in" }).click();
    await expect.poll(zoom).toBeGreaterThan(before);
    await canvas.focus();
    await page.keyboard.press("+");
    const near = await zoom();
    await page.keyboard.press("-");
    await expect.poll(zoom).toBeLessThan(near);
    await page.keyboard.press("0");
    await expect.poll(zoom).toBe(1);
    await page.keyboard.press("+");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await expect(page.locator(".map-card")).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(canvas).toBeFocused();
  });

  test("a search flies to a title", async ({ page }) => {
    const item = await ask(page, async (foldin) => (await foldin.popular({ k: 30 })).items[29]);
    await page.getByRole("searchbox", { name: "Fly to a title" }).fill(item.title);
    await expect(page.locator(".map-found button").first()).toContainText(item.title);
    await page.keyboard.press("Enter");
    await expect(page.locator(".map-card h2")).toContainText(item.title);
    await expect.poll(async () => Number(await data(page, "zoom"))).toBeGreaterThan(4);
  });

  test("the visitor is where the model places them, and moves after a like", async ({ page }) => {
    const place = (page) => data(page, "place");
    const liked = await ask(page, async (foldin) => (await foldin.popular({ k: 4 })).items.map(({ id }) => id));
    const expectedPlace = (likes) =>
      ask(
        page,
        async (foldin, liked) => {
          const { x, y } = await foldin.place({ liked });
          return `${x.toFixed(4)} ${y.toFixed(4)}`;
        },
        likes,
      );
    await expect.poll(() => place(page)).toBe(await expectedPlace(liked));
    const item = await ask(page, async (foldin) => (await foldin.popular({ k: 60 })).items[59]);
    await page.getByRole("searchbox", { name: "Fly to a title" }).fill(item.title);
    await page.locator(".map-found button").first().click();
    await page.locator(".map-card").getByRole("button", { name: "Like" }).click();
    await expect(page.locator(".map-card").getByRole("button", { name: "Liked" })).toHaveAttribute(
      "aria-pressed",
      "true",
    );
    const title = await page.locator(".map-card h2").textContent();
    expect(title).toContain(item.title);
    await expect.poll(() => place(page)).toBe(await expectedPlace([...liked, item.id]));
  });

  test("genres filter the map and the list beside it", async ({ page }) => {
    await expect(page.locator(".map-near li")).toHaveCount(12);
    const genre = page.getByRole("list", { name: "Show only these genres" }).getByRole("button").first();
    const name = (await genre.textContent()).trim();
    await genre.click();
    await expect(genre).toHaveAttribute("aria-pressed", "true");
    await expect(page.locator(".map-near button")).toContainText(await nearestTitles(page, name));
    await page.locator(".map-near button").first().click();
    await expect(page.locator(".map-card")).toContainText(name);
  });
});

test.describe("Why", () => {
  const number = (text) => Number(text.replace("\u2212", "-").replaceAll(",", ""));

  async function open(page, site, place = 1) {
    const liked = await enter(page, site, "compare");
    const row = page.locator(".compare-list[data-strategy=hybrid] li").nth(place);
    const id = await row.getAttribute("data-id");
    await row.locator(".compare-title").click();
    await explained(page);
    return { id, liked };
  }

  test("blend and trees add up to the score of the list, and features to the blend", async ({ page, site }) => {
    const { id, liked } = await open(page, site);
    const recommended = await ask(
      page,
      async (foldin, [liked, id]) => (await foldin.recommend({ liked })).items.find((item) => item.id === id),
      [liked, id],
    );
    const part = async (name) => number(await page.locator(`.why-sum [data-part=${name}]`).textContent());
    const sign = (await page.locator(".why-sum .why-sign").first().textContent()) === "+" ? 1 : -1;
    const score = await part("score");
    expect(score).toBeCloseTo(recommended.score, 2);
    expect((await part("blend")) + sign * (await part("trees"))).toBeCloseTo(score, 1);
    await page.getByText("All features, one by one").click();
    const adds = await page.locator(".why-adds").allTextContents();
    expect(adds.length).toBeGreaterThan(5);
    expect(adds.map(number).reduce((sum, value) => sum + value, 0)).toBeCloseTo(await part("blend"), 1);
    await expect(page.locator(".why-verdict")).toContainText("2nd of");
  });

  test("switching off a pick changes the score, and going back restores it", async ({ page, site }) => {
    const { id, liked } = await open(page, site);
    const before = await page.locator(".why-sum [data-part=score]").textContent();
    const pick = page.locator(".why-picks .chip[data-id]").first();
    const off = await pick.getAttribute("data-id");
    expect(liked).toContain(off);
    await pick.focus();
    await page.keyboard.press("Space");
    await expect(pick).toHaveAttribute("aria-pressed", "false");
    await expect(pick).toBeFocused();
    const without = await ask(page, async (foldin, [liked, id]) => foldin.explain(id, { liked }, {}), [
      liked.filter((one) => one !== off),
      id,
    ]);
    await expect(page.locator(".why-sum [data-part=score]")).toHaveText(
      without.score.toLocaleString("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 }).replace("-", "\u2212"),
    );
    expect(await page.locator(".why-sum [data-part=score]").textContent()).not.toBe(before);
    await expect(page.locator(".why-change")).toContainText("Without");
    await page.getByRole("button", { name: "Back to the real picks" }).click();
    await expect(page.locator(".why-sum [data-part=score]")).toHaveText(before);
    await expect(page.locator(".why-change")).toBeHidden();
    // The profile itself has not changed.
    await closeWhy(page);
    await expect(page.locator(".compare-history li")).toHaveCount(liked.length);
  });

  test("another like can be tried", async ({ page, site }) => {
    await open(page, site);
    const before = await page.locator(".why-sum [data-part=score]").textContent();
    const field = page.getByRole("searchbox", { name: "Try another title as a pick" });
    const item = await ask(page, async (foldin) => (await foldin.popular({ k: 40 })).items[39]);
    await field.fill(item.title);
    await page.locator(".why-adder .chip").filter({ hasText: item.title }).first().click();
    await expect(page.locator(".why-change")).toContainText(`With ${item.title}`);
    expect(await page.locator(".why-sum [data-part=score]").textContent()).not.toBe(before);
  });

  test("a title that is not recommended is explained as well", async ({ page, site }) => {
    const liked = await enter(page, site, "compare");
    const { id, place } = await ask(
      page,
      async (foldin, liked) => {
        const all = (await foldin.popular({ k: 1_000_000 })).items;
        const { id } = all.at(-1);
        return { id, place: (await foldin.explain(id, { liked }, {})).place };
      },
      liked,
    );
    await exposeSources(page, "why.js", "settings.js");
    await page.evaluate(async (id) => {
      const { openWhy, defaultSettings } = window.underTest;
      const { Profile } = await import(new URL("foldin/profile.js", document.baseURI).href);
      const foldin = window.asked;
      const app = { foldin, profile: new Profile(), settings: defaultSettings(), request: () => ({}) };
      openWhy({ ...app, itemsOf: (ids) => foldin.items(ids) }, id);
    }, id);
    const verdict = page.locator(".why-verdict");
    await expect(verdict).toContainText(place === null ? "not among the" : " of ");
  });

  test("the browser's Back closes it, and another Back leaves the view", async ({ page, site }) => {
    await enter(page, site, "start");
    await page.getByRole("link", { name: "Compare" }).click();
    const title = page.locator(".compare-list[data-strategy=hybrid] .compare-title").first();
    const dialog = page.getByRole("dialog");
    await title.click();
    await expect(dialog).toBeVisible();
    await expect.poll(() => hasEntry(page)).toBe(true);
    await page.goBack();
    await expect(dialog).toHaveCount(0);
    await expect(page.locator("#view-compare")).toBeVisible();
    // Closed in another way, it leaves no entry in the history.
    for (let turn = 0; turn < 2; turn++) {
      await title.click();
      await expect(dialog).toBeVisible();
      await closeWhy(page);
    }
    await expect(page.locator("#view-compare")).toBeVisible();
    await page.goBack();
    await expect(page.locator("#view-start")).toBeVisible();
  });

  test("its sentences name no pick with almost no share", async ({ page, site }) => {
    await enter(page, site, "compare");
    // A title whose main source has almost all of its score from one pick.
    const { id, liked, first, second } = await ask(page, async (foldin) => {
      const popular = (await foldin.popular({ k: 40 })).items;
      for (let from = 0; from < 20; from++) {
        const liked = [popular[from], popular[from + 10], popular[from + 20]];
        const titles = new Map(liked.map(({ id, title }) => [id, title]));
        const profile = { liked: [...titles.keys()] };
        for (const strategy of ["content", "neighbours", "hybrid"]) {
          for (const { id } of (await foldin.recommend(profile, { k: 20, strategy, reasons: false })).items) {
            const { sources } = await foldin.explain(id, profile, {});
            const [main] = sources.sort((a, b) => b.part - a.part);
            const [first, second] = main.because.filter(({ contribution }) => contribution > 0);
            if (main.part > 0 && second?.share < 0.05)
              return { id, liked: profile.liked, first: titles.get(first.id), second: titles.get(second.id) };
          }
        }
      }
      throw new Error("this model has no such title");
    });
    await exposeSources(page, "why.js");
    await page.evaluate(
      async ([id, liked]) => {
        const { openWhy } = window.underTest;
        const { Profile } = await import(new URL("foldin/profile.js", document.baseURI).href);
        const foldin = window.asked;
        const app = { foldin, profile: new Profile(), itemsOf: (ids) => foldin.items(ids), request: () => ({}) };
        openWhy(app, id, { liked });
      },
      [id, liked],
    );
    const sentence = page.locator(".why-headline p").first();
    await expect(sentence).toContainText(first);
    await expect(sentence).not.toContainText(`and ${second}`);
  });
});

test.describe("Model", () => {
  test("its metrics are those of metrics.json, or it says that nothing was measured", async ({ page, site }) => {
    await enter(page, site, "model");
    await filled(page, "model");
    const info = await ask(page, (foldin) => foldin.info);
    await expect(page.locator("#view-model .key-figures")).toContainText(info.items.toLocaleString("en"));
    await expect(page.locator("#view-model .key-figures")).toContainText(info.likes.toLocaleString("en"));
    if (info.simulated) await expect(page.locator("#view-model .panel")).toContainText("simulated");
    else await expect(page.locator("#view-model")).not.toContainText("simulated");
    if (!info.reports?.metrics) {
      if (!info.metrics) await expect(page.locator("#view-model")).toContainText("This model was not measured");
      return;
    }
    const measured = await page.evaluate(
      async (url) => (await fetch(url)).json(),
      new URL(info.reports.metrics, info.modelUrl).href,
    );
    const { systems } = measured.protocols[0];
    for (const { name, metrics } of systems) {
      for (const metric of ["ndcg@10", "recall@20", "coverage@10", "ild@10"]) {
        const cell = page.locator(`[data-system="${name}"] [data-metric="${metric}"]`);
        const { mean, low, high } = metrics[metric];
        const interval = low === undefined ? "" : `${low.toFixed(3)} to ${high.toFixed(3)}`;
        await expect(cell).toHaveText(`${mean.toFixed(3)}${interval}`);
      }
    }
    await page.getByText("The curve as a table").click();
    const last = measured.coldStart.at(-1);
    const ours = last.systems.find(({ name }) => name === "foldin")["ndcg@10"];
    const row = page
      .getByRole("row")
      .filter({ has: page.getByRole("rowheader", { name: `${last.shown}`, exact: true }) });
    await expect(row).toContainText(ours.mean.toFixed(3));
    for (const [name, path] of Object.entries(info.reports)) {
      const link = page.locator(`.model-reports a[href$="${path}"]`);
      await expect(link, name).toHaveCount(1);
    }
  });

  test("without a network it says what is missing, until all metrics were fetched once", async ({
    page,
    site,
    complaints,
  }) => {
    await enter(page, site, "start");
    const info = await ask(page, (foldin) => foldin.info);
    test.skip(!info.reports?.metrics || !info.metrics, "the model of this site was not measured");
    const view = page.locator("#view-model");
    const values = view.locator("[data-metric]");
    const path = `**/${info.reports.metrics}`;
    // Failed requests are expected here.
    complaints.expected = /net::ERR_/;
    const open = async () => {
      await page.goto(`${site.url}?again#model`);
      await page.reload();
      await filled(page, "model");
    };
    await page.route(path, (route) => route.abort());
    await open();
    await expect(view.locator(".model-incomplete")).toContainText("The details could not be fetched");
    await expect(view).not.toContainText("best single source");
    await expect(view).not.toContainText("intervals");
    const few = await values.count();
    await page.unroute(path);
    await open();
    await expect(view.locator(".model-incomplete")).toHaveCount(0);
    await expect(view).toContainText("best single source");
    const all = await values.allTextContents();
    expect(all.length).toBeGreaterThan(few);
    await page.route(path, (route) => route.abort());
    await open();
    await expect(view.locator(".model-incomplete")).toHaveCount(0);
    expect(await values.allTextContents()).toEqual(all);
    const note = view.locator(".model-reports").locator("..").getByRole("status");
    await expect(note).toBeHidden();
    await page.context().setOffline(true);
    await expect(note).toContainText("needs a connection");
    await page.context().setOffline(false);
    await expect(note).toBeHidden();
  });
});

for (const scheme of ["light", "dark"]) {
  for (const width of [390, 1280]) {
    test(`the views keep their width and pass axe at ${width} in ${scheme}`, async ({ page, site }) => {
      test.slow();
      await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      await page.setViewportSize({ width, height: 844 });
      await enter(page, site, "compare");
      await filled(page, "compare");
      await page.getByText("All pairs of lists").click();
      await expectNoScrollingSideways(page);
      await expectNoViolation(page);
      await page.locator(".compare-list[data-strategy=hybrid] .compare-title").first().click();
      await explained(page);
      // The dialog is drawn again without the pick, all of it at once.
      const pick = page.locator(".why-picks .chip[data-id]").first();
      await pick.click();
      await expect(pick).toHaveAttribute("aria-pressed", "false");
      const closed = page.locator(".why details:not([open]) > summary");
      while (await closed.count()) await closed.first().click();
      await expectNoScrollingSideways(page);
      await expectNoViolation(page);
      await closeWhy(page);
      await page.getByRole("link", { name: "Model" }).click();
      await filled(page, "model");
      await expectNoScrollingSideways(page);
      await expectNoViolation(page);
      await page.getByRole("link", { name: "Map" }).click();
      await filled(page, "map");
      if (await ask(page, (foldin) => foldin.info.map)) {
        await page.locator(".map-near button").first().click();
        await expect(page.locator(".map-card")).toBeVisible();
      }
      await expectNoScrollingSideways(page);
      await expectNoViolation(page);
    });
  }
}
