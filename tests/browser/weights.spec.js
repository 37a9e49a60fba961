// The sliders of the sources in the part for developers.

import { callOf, expect, test, unfold } from "./fixtures.js";

test("weights of sources change the list at once, are in the call, and go back", async ({ start, page }) => {
  await start.tap(0, 3);
  const before = await start.ids();
  expect((await callOf(page))[1]).not.toHaveProperty("weights");
  await unfold(page.getByText("For developers"));
  const drawer = page.locator("#developers");
  const content = drawer.getByRole("slider", { name: "Content" });
  await expect(content).toHaveValue("1");
  await content.fill("0");
  await expect.poll(() => start.ids()).not.toEqual(before);
  expect((await callOf(page))[1].weights).toEqual({ content: 0 });
  await expect(drawer.locator(".weight").filter({ hasText: "Content" }).getByRole("status")).toHaveText("0.0");
  // The same in "Why?", whose sum has what the weights change.
  await start.rows.first().getByRole("button", { name: /^Why/ }).click();
  await expect(page.locator("dialog [data-part=weights]")).toBeVisible();
  await page.keyboard.press("Escape");
  await drawer.getByRole("button", { name: "As learned" }).click();
  await expect.poll(() => start.ids()).toEqual(before);
  await expect(content).toHaveValue("1");
});
