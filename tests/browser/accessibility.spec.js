// The whole page through axe-core, view by view, in light and dark, on a phone and on a desktop.

import { createRequire } from "node:module";
import { expect, filled, ready, test, unfold } from "./fixtures.js";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds wrong, as lines to read. */
async function violations(page) {
  // By the test's own way in: the page's policy lets no other script run, and that stays so.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(await source());
  return page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, { runOnly: tags });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary}`),
    );
  }, TAGS);
}

let axe;
async function source() {
  const { readFile } = await import("node:fs/promises");
  axe ??= await readFile(AXE, "utf8");
  return axe;
}

for (const scheme of ["light", "dark"]) {
  for (const width of [390, 1280]) {
    test.describe(`${scheme} at ${width}`, () => {
      test.beforeEach(async ({ page }) => {
        await page.setViewportSize({ width, height: 844 });
        await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
      });

      test("loading, empty and broken", async ({ page, site }) => {
        let go;
        const gate = new Promise((resolve) => (go = resolve));
        await page.route("**/*.foldin", (route) => gate.then(() => route.continue()));
        await page.goto(site.url);
        expect(await violations(page), "loading").toEqual([]);
        go();
        await ready(page);
        expect(await violations(page), "empty").toEqual([]);
        await page.route("**/manifest.json", (route) => route.fulfill({ status: 404 }));
        await page.goto("about:blank");
        await page.goto(site.url);
        await expect(page.getByRole("alert")).toBeVisible();
        await page.getByText("Details for the operator of this site").click();
        expect(await violations(page), "broken").toEqual([]);
      });

      test("with picks, filters, menus and questions", async ({ start, page }) => {
        await start.tap(1, 3, 6, 8);
        await start.filter.click();
        await page.getByRole("button", { name: "Drama", exact: true }).click();
        await start.settled();
        await start.rows
          .nth(1)
          .getByRole("button", { name: /^Similar/ })
          .click();
        await expect(page.locator(".similar")).toBeVisible();
        expect(await violations(page), "list").toEqual([]);
        await start.rate(start.rows.nth(2), /^Dislike/);
        await expect(start.toast.getByRole("button", { name: "Undo" })).toBeVisible();
        expect(await violations(page), "toast").toEqual([]);
        await start.search.fill("the");
        await expect(start.options.first()).toBeVisible();
        expect(await violations(page), "search").toEqual([]);
        await start.search.fill("qqzzxxqq");
        await expect(page.locator("#none-found").getByRole("button").first()).toBeVisible();
        expect(await violations(page), "nothing found").toEqual([]);
        await start.search.fill("");
        await unfold(page.getByText("For developers: the call behind this list"));
        expect(await violations(page), "for developers").toEqual([]);
        await start.rows.nth(1).getByRole("button", { name: /^Rate/ }).click();
        await expect(start.popover).toBeVisible();
        expect(await violations(page), "menu").toEqual([]);
        await page.keyboard.press("Escape");
        await start.profile(/^Forget me/);
        await expect(start.dialog).toBeVisible();
        expect(await violations(page), "question").toEqual([]);
      });

      for (const view of ["compare", "map", "model"]) {
        test(`the view ${view}`, async ({ start, page }) => {
          await start.tap(1, 3);
          await page.evaluate((view) => {
            location.hash = view;
          }, view);
          await filled(page, view);
          expect(await violations(page)).toEqual([]);
        });
      }
    });
  }
}

test("the titles on all covers have a contrast of 4.5 to 1 with their ground", async ({ page, site }) => {
  await page.goto(`${site.url}styles/page.css`);
  const css = await page.evaluate(() => document.body.textContent);
  const colours = [...css.matchAll(/\.g-(\w+) ?\{\s*--ground: ?(#\w+);\s*--print: ?(#\w+)/g)];
  expect(colours.length).toBeGreaterThan(15);
  const light = (hex) => {
    const whole = hex.length === 4 ? hex.replace(/\w/g, "$&$&") : hex;
    const [r, g, b] = [1, 3, 5].map((at) => {
      const part = parseInt(whole.slice(at, at + 2), 16) / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  for (const [, genre, ground, print] of colours) {
    const [a, b] = [light(ground), light(print)].sort((x, y) => y - x);
    expect((a + 0.05) / (b + 0.05), genre).toBeGreaterThanOrEqual(4.5);
  }
});
