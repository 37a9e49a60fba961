// The visitor's ratings from another site become their profile here.

import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, model, test } from "./fixtures.js";

test("ratings of Letterboxd are found by title and year, and what is not there is named", async ({ start, page }) => {
  const known = await model(page, async (foldin) => (await foldin.popular({ k: 4 })).items);
  const quoted = (text) => `"${text.replaceAll('"', '""')}"`;
  const line = ({ title, year }, rating) => `2024-01-01,${quoted(title)},${year ?? ""},https://boxd.it/x,${rating}`;
  const lines = [
    "Date,Name,Year,Letterboxd URI,Rating",
    line(known[0], 5),
    line(known[1], 0.5),
    line(known[2], ""),
    line({ title: "No Such Film At All", year: 1931 }, 4),
  ];
  const folder = await mkdtemp(join(tmpdir(), "foldin-ratings-"));
  try {
    const file = join(folder, "ratings.csv");
    await writeFile(file, `${lines.join("\n")}\n`);
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Your profile" }).click();
    await page.getByRole("button", { name: /^Import/ }).click();
    await (await chooser).setFiles(file);
    await expect(start.note).toContainText("From Letterboxd: 3 titles.");
    await start.note.getByText("1 title not found").click();
    await expect(start.note.getByRole("listitem")).toHaveText("No Such Film At All (1931)");
    const types = (await start.stored()).map(({ id, type, stars }) => [id, type, stars]);
    expect(types).toContainEqual([known[0].id, "rated", 5]);
    expect(types).toContainEqual([known[1].id, "rated", 0.5]);
    expect(types).toContainEqual([known[2].id, "seen", undefined]);
    await start.undo.click();
    await expect(start.picks).toHaveCount(0);
  } finally {
    await rm(folder, { recursive: true });
  }
});
