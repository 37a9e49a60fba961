// A way on from a recommendation: its address, and the list of what the visitor wants to see.

import { readFile } from "node:fs/promises";
import { expect, ready, test } from "./fixtures.js";

/** The button that opens the list. */
function listButton(page) {
  return page.getByRole("button", { name: /^Want to see: / });
}

async function download(page, name) {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.locator("#popover").getByRole("button", { name }).click(),
  ]);
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
}

test("a title leads to more about it, without telling where the visitor came from", async ({ start }) => {
  await start.tap(0);
  const link = start.rows.first().getByRole("heading").getByRole("link");
  await expect(link).toHaveAttribute("href", /^https:\/\//);
  await expect(link).toHaveAttribute("rel", "noopener noreferrer");
  await expect(link).toHaveAttribute("target", "_blank");
  await expect(link).toHaveAttribute("title", /^opens \S+ in a new tab$/);
  // Who made it.
  await expect(start.rows.first().locator(".tags")).not.toBeEmpty();
});

test("what a visitor wants to see is kept, exported and forgotten", async ({ start, page, site }) => {
  await start.tap(0, 3);
  await expect(listButton(page)).toBeHidden();
  const titles = await start.titles();
  const before = await start.ids();
  for (const n of [1, 0])
    await start.rows
      .nth(n)
      .getByRole("button", { name: /^Want to see/ })
      .click();
  const want = start.rows.first().getByRole("button", { name: `Want to see ${titles[0]}`, exact: true });
  await expect(want).toHaveAttribute("aria-pressed", "true");
  await expect(want).toBeFocused();
  // It changes no recommendation.
  expect(await start.ids()).toEqual(before);

  await page.goto(site.url);
  await ready(page);
  await expect(listButton(page)).toHaveAccessibleName("Want to see: 2 titles");
  await listButton(page).click();
  const wanted = page.getByRole("list", { name: "Want to see" }).getByRole("listitem");
  await expect(wanted.locator("bdi")).toHaveText([titles[0], titles[1]]);
  const csv = await download(page, /^Save as CSV/);
  expect(csv.name).toBe("want-to-see.csv");
  expect(csv.text).toMatch(/^Title,Year,Id,Link\r\n/);
  expect(csv.text.trimEnd().split("\r\n")).toHaveLength(3);
  const text = await download(page, /^Save as text/);
  expect(text.text.split("\n")[1]).toContain(titles[1]);

  await wanted
    .first()
    .getByRole("button", { name: /^Remove/ })
    .click();
  await expect(wanted).toHaveCount(1);
  await expect(want).toHaveAttribute("aria-pressed", "false");
  await page.keyboard.press("Escape");

  await start.profile(/^Forget me/);
  await start.dialog.getByRole("button", { name: "Forget me" }).click();
  await expect(listButton(page)).toBeHidden();
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.includes("watchlist")))).toEqual([]);
});

test("an exported profile holds what the visitor wants to see", async ({ start, page }) => {
  await start.tap(0);
  await start.rows
    .first()
    .getByRole("button", { name: /^Want to see/ })
    .click();
  await page.getByRole("button", { name: "Your profile" }).click();
  const { text } = await download(page, /^Export/);
  const [{ id, title }] = JSON.parse(text).wanted;
  await start.profile(/^Forget me/);
  await start.dialog.getByRole("button", { name: "Forget me" }).click();
  await expect(start.picks).toHaveCount(0);
  await page.getByRole("button", { name: "Your profile" }).click();
  const [chooser] = await Promise.all([
    page.waitForEvent("filechooser"),
    start.popover.getByRole("button", { name: /^Import/ }).click(),
  ]);
  await chooser.setFiles({ name: "profile.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await expect(start.note).toHaveText("Imported 1 title, and 1 to see.");
  await listButton(page).click();
  await expect(page.getByRole("list", { name: "Want to see" })).toContainText(title);
  expect(id).toBeTruthy();
});

test("what a new model does not have is taken off the list, and named", async ({ start, page, site }) => {
  await start.tap(0);
  await start.rows
    .first()
    .getByRole("button", { name: /^Want to see/ })
    .click();
  const title = (await start.titles())[0];
  await page.evaluate(() => {
    const key = Object.keys(localStorage).find((name) => name.startsWith("foldin:watchlist:"));
    const gone = { id: "gone", title: "A Lost Film", year: 1927 };
    localStorage.setItem(key, JSON.stringify([...JSON.parse(localStorage.getItem(key)), gone]));
  });
  await page.goto(site.url);
  await ready(page);
  await expect(start.note).toContainText("A Lost Film");
  await listButton(page).click();
  await expect(page.getByRole("list", { name: "Want to see" }).locator("bdi")).toHaveText([title]);
});
