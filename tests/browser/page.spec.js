// The page as a visitor has it.

import { expect, ready, test } from "./fixtures.js";

test("an empty profile shows popular items", async ({ visit }) => {
  await expect(visit.heading).toHaveText("Popular with everyone");
  await expect(visit.rows).toHaveCount(10);
  for (const row of await visit.rows.all()) await expect(row).toContainText("popular with everyone");
  await expect(visit.tiles).toHaveCount(12);
  await expect(visit.picks).toHaveCount(0);
  await expect(visit.variety).toBeDisabled();
});

test("the tiles are the seeds, and others are asked about without one that was seen before", async ({ visit, page }) => {
  const tiles = await visit.tileIds();
  await visit.tiles.nth(2).click();
  const others = page.getByRole("button", { name: "Show others" });
  await others.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => visit.tileIds()).not.toEqual(tiles);
  await expect(others).toBeFocused();
  const next = await visit.tileIds();
  const expected = await page.evaluate(async (picked) => {
    const { load } = await import(new URL("foldin/foldin.js", document.baseURI).href);
    const foldin = await load("model/manifest.json");
    const ids = async (options) => (await foldin.seeds({ k: 12, ...options })).items.map(({ id }) => id);
    const first = await ids({});
    return { first, next: await ids({ profile: { liked: [first[picked]] }, exclude: first }) };
  }, 2);
  expect(tiles).toEqual(expected.first);
  expect(next).toEqual(expected.next);
  expect(next.filter((id) => tiles.includes(id))).toEqual([]);
  await expect(visit.picks).toHaveCount(1);
});

test("on a phone the tiles that were not shown are asked about later", async ({ visit, page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const tiles = await visit.tileIds();
  await page.getByRole("button", { name: "Show others" }).click();
  await expect.poll(() => visit.tileIds()).not.toEqual(tiles);
  const next = await visit.tileIds();
  expect(next.filter((id) => tiles.slice(0, 8).includes(id))).toEqual([]);
});

test("stars stand beside each recommendation where the model has them, and are told to screen readers", async ({
  visit,
  page,
}) => {
  await visit.tiles.nth(1).click();
  await expect(visit.heading).toHaveText("For you");
  const stars = await page.evaluate(async () => {
    const { load } = await import(new URL("foldin/foldin.js", document.baseURI).href);
    const foldin = await load("model/manifest.json");
    const liked = JSON.parse(Object.values(localStorage)[0]);
    return (await foldin.recommend({ liked }, { k: 10 })).items.map(({ stars }) => stars);
  });
  const shown = await visit.rows.evaluateAll((rows) => rows.map((row) => row.querySelector(".stars")?.textContent ?? null));
  const expected = stars.map((stars) => (stars === null ? null : stars.toFixed(1)));
  expect(shown.map((text) => text?.match(/^★\s([\d.]+)\1 stars expected\. $/)[1] ?? null)).toEqual(expected);
});

test("the reason is popularity where that is the main one, and a pick otherwise", async ({ visit, page }) => {
  for (const n of [0, 3, 5]) await visit.tiles.nth(n).click();
  await expect(visit.picks).toHaveCount(3);
  const items = await page.evaluate(async () => {
    const { load } = await import(new URL("foldin/foldin.js", document.baseURI).href);
    const liked = JSON.parse(Object.values(localStorage)[0]);
    return (await (await load("model/manifest.json")).recommend({ liked }, { k: 10 })).items;
  });
  const reasons = await visit.rows.locator(".reason").allTextContents();
  items.forEach(({ sources: [main], because }, n) => {
    if (main === "popular" || !because.length) expect(reasons[n]).toMatch(/^(popular with everyone|not liked)/);
    else if (main === "recent") expect(reasons[n]).toBe("popular lately");
    else if (main === "top-rated") expect(reasons[n]).toBe("among the best rated");
    else expect(reasons[n]).toMatch(/^(because you liked|near to your taste)/);
  });
});

test("variety changes the list at once, by keyboard too, and keeps the first", async ({ visit, page, requests }) => {
  for (const n of [0, 3]) await visit.tiles.nth(n).click();
  await expect(visit.picks).toHaveCount(2);
  await expect(visit.variety).toBeEnabled();
  await expect(visit.variety).toHaveAccessibleDescription("Close to my taste to Surprise me");
  const before = await visit.titles();
  const nRequests = requests.length;
  await visit.variety.focus();
  await page.keyboard.press("End");
  await expect(visit.variety).toHaveValue("1");
  await expect.poll(() => visit.titles()).not.toEqual(before);
  expect((await visit.titles())[0]).toBe(before[0]);
  await expect(visit.rows).toHaveCount(10);
  await page.keyboard.press("Home");
  await expect.poll(() => visit.titles()).toEqual(before);
  expect(requests).toHaveLength(nRequests);
});

test("three picks change the list, give reasons that name them, and are not recommended", async ({ visit }) => {
  const before = await visit.titles();
  const picked = [];
  for (const n of [0, 3, 5]) {
    const earlier = await visit.titles();
    const tile = visit.tiles.nth(n);
    picked.push(await tile.textContent());
    await tile.click();
    await expect(tile).toHaveAttribute("aria-pressed", "true");
    await expect(visit.picks).toHaveCount(picked.length);
    await expect.poll(() => visit.titles()).not.toEqual(earlier);
  }
  await expect(visit.heading).toHaveText("For you");
  await expect(visit.rows).toHaveCount(10);
  const after = await visit.titles();
  expect(after).not.toEqual(before);
  for (const title of picked) expect(after).not.toContain(title);
  const reasons = await visit.rows.locator(".reason").allTextContents();
  const personal = reasons.filter((reason) => reason.startsWith("because you liked "));
  expect(personal.length).toBeGreaterThan(0);
  for (const reason of personal) expect(picked.some((title) => reason.includes(title))).toBe(true);
});

test("removing the picks brings the popular list back, and the focus stays where one is", async ({ visit, page }) => {
  const popular = await visit.titles();
  await visit.tiles.nth(1).click();
  await visit.tiles.nth(4).click();
  await expect(visit.picks).toHaveCount(2);
  await expect(visit.heading).toHaveText("For you");
  await visit.picks.nth(0).click();
  await expect(visit.picks).toHaveCount(1);
  await expect(visit.picks.nth(0)).toBeFocused();
  await visit.picks.nth(0).click();
  await expect(visit.heading).toHaveText("Popular with everyone");
  expect(await visit.titles()).toEqual(popular);
  await expect(page.locator("#results")).toBeFocused();
  await expect(visit.tiles.nth(1)).toHaveAttribute("aria-pressed", "false");
});

test("starting over forgets everything, in storage too", async ({ visit, page }) => {
  const popular = await visit.titles();
  const startOver = page.getByRole("button", { name: "Start over" });
  await expect(startOver).toBeHidden();
  await visit.tiles.nth(2).click();
  await startOver.click();
  await expect(visit.picks).toHaveCount(0);
  await expect(visit.heading).toHaveText("Popular with everyone");
  expect(await visit.titles()).toEqual(popular);
  expect(await page.evaluate(() => localStorage.length)).toBe(0);
});

test("a recommendation is picked from the list, and the focus goes to the one in its place", async ({ visit }) => {
  const [first, second, third] = await visit.titles();
  await visit.rows.nth(1).getByRole("button", { name: `Pick ${second}` }).click();
  await expect(visit.picks).toHaveText([`${second}×`]);
  expect(first).not.toEqual(third);
  expect(await visit.titles()).not.toContain(second);
  await expect(visit.rows.nth(1).getByRole("button")).toBeFocused();
});

test("with the keyboard alone a title is found, picked and removed", async ({ visit, page }) => {
  const wanted = (await visit.tiles.nth(0).textContent()).trim();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the recommendations" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(visit.search).toBeFocused();
  await expect(visit.search).toHaveAttribute("aria-expanded", "false");

  const letters = wanted.slice(0, 3);
  await page.keyboard.type(letters);
  const options = page.getByRole("option");
  await expect(options.first()).toBeVisible();
  await expect(visit.search).toHaveAttribute("aria-expanded", "true");
  await expect(options.first()).toHaveAttribute("aria-selected", "true");
  const count = await options.count();
  await page.keyboard.press("ArrowDown");
  const marked = options.nth(1 % count);
  await expect(marked).toHaveAttribute("aria-selected", "true");
  await expect(visit.search).toHaveAttribute("aria-activedescendant", await marked.getAttribute("id"));
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(options.nth(count - 1)).toHaveAttribute("aria-selected", "true");

  await page.keyboard.press("Escape");
  await expect(options).toHaveCount(0);
  await expect(visit.search).toHaveValue(letters);
  await page.keyboard.press("Escape");
  await expect(visit.search).toHaveValue("");

  await page.keyboard.type(wanted);
  await expect(options.first()).toContainText(wanted);
  await page.keyboard.press("Enter");
  await expect(visit.picks).toHaveText([`${wanted}×`]);
  await expect(visit.heading).toHaveText("For you");
  await expect(visit.search).toBeFocused();
  await expect(visit.search).toHaveValue("");

  // Back from the recommendations to the chip, which stands before them.
  await visit.rows.first().getByRole("button").focus();
  await page.keyboard.press("Shift+Tab");
  await expect(visit.variety).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await expect(visit.picks.first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(visit.heading).toHaveText("Popular with everyone");
});

test("the search forgives a typing error and says when there is nothing", async ({ visit, page }) => {
  const words = (await visit.tiles.allTextContents()).flatMap((title) => title.match(/[a-z]{6,}/gi) ?? []);
  const word = words.find((word) => word[2] !== word[3]);
  await visit.search.fill(word.slice(0, 2) + word[3] + word[2] + word.slice(4));
  await expect(page.getByRole("option").filter({ hasText: word }).first()).toBeVisible();
  await visit.search.fill("qqzzxxqq");
  await expect(page.getByText("No such title")).toBeVisible();
  await expect(page.getByRole("option")).toHaveCount(0);
});

test("after loading no request leaves the page", async ({ visit, page, requests }) => {
  await page.waitForLoadState("networkidle");
  const atReady = requests.length;
  expect(requests.some((url) => url.endsWith(".foldin"))).toBe(true);
  for (const n of [0, 2, 4]) await visit.tiles.nth(n).click();
  await visit.search.fill("th");
  await page.getByRole("option").filter({ hasNot: page.locator(".picked") }).first().click();
  await visit.rows.nth(3).getByRole("button").click();
  await expect(visit.picks).toHaveCount(5);
  await visit.picks.first().click();
  await page.getByRole("button", { name: "Start over" }).click();
  await expect(visit.heading).toHaveText("Popular with everyone");
  await page.waitForTimeout(300);
  expect(requests.slice(atReady)).toEqual([]);
});

test("a reload keeps the picks and their order, and drops what the model does not have", async ({ visit, page }) => {
  await visit.tiles.nth(7).click();
  await visit.tiles.nth(2).click();
  await expect(visit.picks).toHaveCount(2);
  const picks = await visit.picks.allTextContents();
  const titles = await visit.titles();
  await page.evaluate(() => {
    const [key] = Object.keys(localStorage);
    localStorage.setItem(key, JSON.stringify(["gone-since-then", ...JSON.parse(localStorage.getItem(key))]));
  });
  await page.reload();
  await ready(page);
  await expect(visit.picks).toHaveText(picks);
  await expect(visit.tiles.nth(7)).toHaveAttribute("aria-pressed", "true");
  expect(await visit.titles()).toEqual(titles);
});

test("a browser that refuses storage still recommends", async ({ page, site }) => {
  await page.addInitScript(() => {
    const refuse = () => {
      throw new DOMException("refused", "SecurityError");
    };
    Object.defineProperty(window, "localStorage", { get: refuse });
  });
  await page.goto(site.url);
  await ready(page);
  await page.locator("#tiles button").first().click();
  await expect(page.locator("#results-heading")).toHaveText("For you");
});

test("the status line tells the time, the size, and that data are simulated", async ({ visit, page }) => {
  const info = await page.evaluate(async () => {
    const { load } = await import(new URL("foldin/foldin.js", document.baseURI).href);
    return (await load("model/manifest.json")).info;
  });
  await visit.tiles.first().click();
  const items = info.items.toLocaleString("en");
  await expect(visit.status).toHaveText(
    new RegExp(`^${items} titles scored in (less than 1|[\\d.,]+) ms on this device · model\\s[\\d.,]+\\s[kM]B`),
  );
  const about = page.locator("#about");
  if (info.simulated) {
    await expect(visit.status).toContainText("simulated data");
    await expect(about).toContainText("simulated");
  } else {
    await expect(visit.status).not.toContainText("simulated");
  }
  await expect(about).toContainText(info.version);
});

for (const width of [320, 360, 768, 1280]) {
  test(`at a width of ${width} nothing needs to be scrolled sideways, and what is tapped is large enough`, async ({
    visit,
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    for (const n of [1, 3, 6]) await visit.tiles.nth(n).click();
    await visit.search.fill("the");
    await expect(page.getByRole("option").first()).toBeVisible();
    const { wide, small } = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll("button, input, [role=option]")]
        .filter((node) => node.checkVisibility())
        .map((node) => [node.textContent || node.id, node.getBoundingClientRect()]);
      return {
        wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        small: boxes.filter(([, box]) => box.height < 44 || box.width < 44 || box.right > innerWidth).map(([name]) => name),
      };
    });
    expect(wide).toBe(0);
    expect(small).toEqual([]);
  });
}

test("loading moves nothing that is there already", async ({ page, site }) => {
  await page.addInitScript(() => {
    window.shift = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.shift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  // Slow enough for the empty page to be painted first.
  await page.route("**/*.foldin", async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await route.continue();
  });
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(site.url);
    await ready(page);
    await page.waitForTimeout(200);
    expect(await page.evaluate(() => window.shift), `at ${width}`).toBeLessThan(0.02);
  }
});

for (const scheme of ["light", "dark"]) {
  test(`text has a contrast of 4.5 to 1 in ${scheme} colours`, async ({ visit, page }) => {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
    for (const n of [1, 3]) await visit.tiles.nth(n).click();
    await visit.search.fill("the");
    await expect(page.getByRole("option").first()).toBeVisible();
    const poor = await page.evaluate(() => {
      const rgb = (text) => text.match(/[\d.]+/g).map(Number);
      const light = (text) => {
        const [r, g, b] = rgb(text).map((value) => {
          const part = value / 255;
          return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const paper = (node) => {
        for (let at = node; at; at = at.parentElement) {
          const colour = getComputedStyle(at).backgroundColor;
          if (rgb(colour)[3] !== 0) return colour;
        }
        return "rgb(255, 255, 255)";
      };
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      const poor = [];
      while (walker.nextNode()) {
        const node = walker.currentNode.parentElement;
        if (!walker.currentNode.textContent.trim() || !node.checkVisibility()) continue;
        const [a, b] = [light(getComputedStyle(node).color), light(paper(node))].sort((x, y) => y - x);
        const contrast = (a + 0.05) / (b + 0.05);
        if (contrast < 4.5) poor.push(`${walker.currentNode.textContent.trim()}: ${contrast.toFixed(2)}`);
      }
      return poor;
    });
    expect(poor).toEqual([]);
  });
}
