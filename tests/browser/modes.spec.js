// The page in the modes that a stylesheet for the usual screen forgets: right to left, forced colours, large text, paper,
// and scripts that never come.

import { expect, filled, painted, test } from "./fixtures.js";

/** How far the page can be scrolled sideways. */
function overflow(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
}

/** The views beside the start view are not wider than the screen. */
async function expectOtherViewsToFit(page) {
  for (const view of ["compare", "map", "model", "data"]) {
    await page.evaluate((view) => {
      location.hash = view;
    }, view);
    await filled(page, view);
    expect(await overflow(page), view).toBe(0);
  }
}

async function fromRightToLeft(page) {
  await page.evaluate(() => {
    document.documentElement.dir = "rtl";
  });
}

for (const width of [390, 1440]) {
  test.describe(`at ${width}`, () => {
    test.beforeEach(async ({ page }) => {
      await page.setViewportSize({ width, height: 844 });
      await page.emulateMedia({ reducedMotion: "reduce" });
    });

    test("a page from right to left begins at its content and is not wider than the screen", async ({
      start,
      page,
    }) => {
      await fromRightToLeft(page);
      await start.tap(0, 3);
      expect(await overflow(page)).toBe(0);
      expect(await page.evaluate(() => scrollX)).toBe(0);
      await expect(page.locator(".facts bdi").first()).toBeAttached();
      // The halves of a pick join.
      const gap = await start.picks.first().evaluate((pick) => {
        const [title, remove] = [...pick.children].map((part) => part.getBoundingClientRect());
        return Math.abs(title.left - remove.right);
      });
      expect(gap).toBeLessThan(1);
      await expectOtherViewsToFit(page);
    });

    test("with text of twice the size nothing needs to be scrolled sideways", async ({ start, page }) => {
      await start.tap(0, 3, 5);
      await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
      await painted(page);
      expect(await overflow(page), "start").toBe(0);
      await start.filter.click();
      expect(await overflow(page), "filters").toBe(0);
      // The title of an explanation has room for words.
      await start.rows
        .first()
        .getByRole("button", { name: /^Why\?/ })
        .click();
      const title = page.getByRole("dialog").getByRole("heading", { level: 2 });
      await expect(title).toBeVisible();
      expect((await title.boundingBox()).width).toBeGreaterThan(200);
      await page.keyboard.press("Escape");
      await expect(title).toBeHidden();
      await expectOtherViewsToFit(page);
    });
  });
}

test.describe("with forced colours", () => {
  test.beforeEach(({ page }) => page.emulateMedia({ forcedColors: "active", reducedMotion: "reduce" }));

  /** The background and the colour of an element as they are painted. */
  const colours = (locator) =>
    locator.evaluate((node) => {
      const { backgroundColor, color } = getComputedStyle(node);
      return [backgroundColor, color];
    });

  test("a pressed chip looks unlike the others", async ({ start, page }) => {
    await start.tap(0);
    await start.filter.click();
    const drama = page.getByRole("button", { name: "Drama", exact: true });
    await drama.click();
    await start.settled();
    expect(await colours(drama)).not.toEqual(await colours(page.getByRole("button", { name: "Comedy", exact: true })));
  });

  test("a tapped tile has an outline outside of its cover", async ({ start }) => {
    await start.tap(2);
    const outline = await start.tiles.nth(2).evaluate((tile) => {
      const { outlineStyle, outlineOffset } = getComputedStyle(tile);
      return [outlineStyle, parseFloat(outlineOffset) > 0];
    });
    expect(outline).toEqual(["solid", true]);
  });

  test("the bars of Why are visible", async ({ start, page }) => {
    await start.tap(0, 3);
    await start.rows.first().getByRole("button", { name: /^Why/ }).click();
    const bar = page.locator(".why-bar span").first();
    await expect(bar).toBeVisible();
    const [background] = await colours(bar);
    expect(background).not.toBe((await colours(page.locator(".why")))[0]);
  });
});

test("on paper there is the list without its controls", async ({ start, page }) => {
  await start.tap(0, 3);
  await page.emulateMedia({ media: "print" });
  await expect(start.rows.first().locator("h3")).toBeVisible();
  await expect(start.search).toBeHidden();
  await expect(page.locator("#tiles")).toBeHidden();
  await expect(start.rows.first().locator(".actions")).toBeHidden();
  await expect(start.picks.first()).toBeVisible();
});

test("each view has a title of its own, and its heading takes the focus", async ({ start, page }) => {
  await expect(page).toHaveTitle("For you · foldin");
  await start.tap(0);
  for (const [name, view] of [
    ["Compare", "compare"],
    ["Model", "model"],
    ["For you", "start"],
  ]) {
    await page.getByRole("navigation", { name: "Views" }).getByRole("link", { name }).click();
    await expect(page).toHaveTitle(`${name} · foldin`);
    await expect(page.locator(`#view-${view} h1`)).toBeFocused();
  }
});

test("scripts that never arrive are told of after a while", async ({ page, site }) => {
  await page.route("**/app-*.js", (route) => route.abort());
  await page.goto(site.url);
  const message = page.getByText("This page has not started");
  await expect(message).toBeHidden();
  // The while ends.
  await page.evaluate(() => {
    for (const animation of document.querySelector(".not-started").getAnimations()) animation.finish();
  });
  await expect(message).toBeVisible();
});

test("a page that has started says nothing of the kind", async ({ start, page }) => {
  await start.settled();
  await expect(page.locator(".not-started")).toHaveCount(0);
});
