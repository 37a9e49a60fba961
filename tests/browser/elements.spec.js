// <foldin-recommendations> and <foldin-picker> on bare pages of sites that know nothing of foldin.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { counted, expect, forget, inPage, picks, popularIds, ready, rows, test, titles } from "./element-page.js";
import { painted } from "./fixtures.js";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

test("two tags show recommendations under a strict policy, and complain about nothing", async ({ page, open }) => {
  const { complaints, site } = await open(
    `<foldin-recommendations src="model/manifest.json"></foldin-recommendations>`,
  );
  await ready(page);
  await expect(rows(page)).toHaveCount(6);
  await expect(page.getByRole("heading", { name: "Popular with everyone" })).toBeVisible();
  const expected = await inPage(
    page,
    "async (foldin) => (await foldin.recommend({}, { k: 6 })).items.map(({ title }) => title)",
  );
  expect(await titles(page)).toEqual(expected);
  expect(await page.evaluate(() => window.events)).toEqual([
    ["ready", "foldin-recommendations"],
    ["results", "foldin-recommendations"],
  ]);
  expect(complaints).toEqual([]);
  expect(site.url).toContain("127.0.0.1");
});

test("likes of the page count for their element alone, with reasons and links", async ({ page, open }) => {
  await open(`<foldin-recommendations id="plain" k="3"></foldin-recommendations>`);
  const [id] = await popularIds(page, 1);
  const { item, items } = await inPage(
    page,
    `async (foldin) => ({
      item: (await foldin.items(["${id}"]))[0],
      items: (await foldin.recommend({ liked: ["${id}"] }, { k: 4, diversity: 0.3 })).items,
    })`,
  );
  await page.evaluate((id) => {
    const element = document.createElement("foldin-recommendations");
    for (const [name, value] of Object.entries({
      id: "own",
      liked: `${id}, no-such-item`,
      k: "4",
      diversity: "0.3",
      href: "films/{id}.html",
      heading: "More like this",
    })) {
      element.setAttribute(name, value);
    }
    document.querySelector("main").append(element);
  }, id);
  await ready(page, "#own");
  await expect(page.getByRole("heading", { name: "More like this" })).toBeVisible();
  expect(await titles(page, "#own")).toEqual(items.map(({ title }) => title));
  const link = rows(page, "#own").first().getByRole("link");
  await expect(link).toHaveAttribute("href", `films/${encodeURIComponent(items[0].id)}.html`);
  const personal = items.findIndex(({ sources }) => !["popular", "recent", "top-rated"].includes(sources[0]));
  if (personal >= 0) await expect(rows(page, "#own").nth(personal)).toContainText(`goes with ${item.title}`);
  await expect(page.locator("#plain").getByRole("heading")).toHaveText("Popular with everyone");
});

test("a change of an attribute shows another list", async ({ page, open }) => {
  await open(`<foldin-recommendations k="3"></foldin-recommendations>`);
  await ready(page);
  const set = (name, value) =>
    page.evaluate(
      ([name, value]) => document.querySelector("foldin-recommendations").setAttribute(name, value),
      [name, value],
    );
  await set("k", "5");
  await expect(rows(page)).toHaveCount(5);
  await set("years", "1990-1999");
  await expect
    .poll(() => rows(page).locator("[part=title]").allTextContents())
    .toEqual(Array(5).fill(expect.stringMatching(/ 199\d$/)));
  const [genre] = await inPage(page, "(foldin) => foldin.info.genres");
  await set("genres", genre);
  await expect(rows(page).first().locator("[part=about]")).toContainText(genre);
  // What the model does not know costs the filter, not the list.
  await set("genres", "No such genre");
  await expect.poll(() => counted(page, "warning")).toBe(1);
  await ready(page);
  await expect(rows(page)).toHaveCount(5);
  await set("genres", genre);
  await expect(rows(page).first().locator("[part=about]")).toContainText(genre);
});

test("a pick changes every list on the page and is there at the next visit", async ({ page, open }) => {
  const { site, complaints } = await open(`<foldin-picker k="8"></foldin-picker>
    <foldin-recommendations id="one"></foldin-recommendations>
    <foldin-recommendations id="two" k="2"></foldin-recommendations>`);
  await ready(page, "#one");
  await ready(page, "foldin-picker");
  expect(await picks(page).count()).toBe(8);
  const manifests = await page.evaluate(
    () => performance.getEntriesByType("resource").filter(({ name }) => /manifest\.json/.test(name)).length,
  );
  expect(manifests).toBe(1);
  const picked = await picks(page).first().textContent();
  await picks(page).first().click();
  await expect(picks(page).first()).toHaveAttribute("aria-pressed", "true");
  for (const id of ["#one", "#two"]) {
    await expect(page.locator(id).getByRole("heading")).toHaveText("Recommended for you");
    await expect(page.locator(id).getByRole("status")).toContainText("recommendations, first");
  }
  await expect(page.locator("#one")).toContainText(`because you liked ${picked}`);
  expect(await counted(page, "change")).toBe(1);
  const before = await titles(page, "#one");

  await page.goto(site.url);
  await expect(page.locator("#one").getByRole("heading")).toHaveText("Recommended for you");
  expect(await titles(page, "#one")).toEqual(before);
  await picks(page).and(page.locator("[aria-pressed=true]")).click();
  await expect(page.locator("#one").getByRole("heading")).toHaveText("Popular with everyone");
  expect(complaints).toEqual([]);
});

test("another tab's pick arrives", async ({ page, open, context }) => {
  const { site } = await open(`<foldin-picker></foldin-picker><foldin-recommendations></foldin-recommendations>`);
  await ready(page);
  const other = await context.newPage();
  await other.goto(site.url);
  await other.locator("foldin-picker").getByRole("list").getByRole("button").first().click();
  await expect(page.locator("foldin-recommendations").getByRole("heading")).toHaveText("Recommended for you");
});

test("with profile-key none nothing is stored, and the page is still one", async ({ page, open }) => {
  await open(`<foldin-picker profile-key="none"></foldin-picker>
    <foldin-recommendations profile-key="none"></foldin-recommendations>
    <foldin-recommendations id="keyed" profile-key="my-site"></foldin-recommendations>`);
  await ready(page, "foldin-picker");
  await ready(page, "#keyed");
  const own = page.locator("foldin-recommendations").first();
  for (const n of [0, 1]) {
    const before = await titles(page, "foldin-recommendations:not([id])");
    await picks(page).nth(n).click();
    await expect(own.getByRole("heading")).toHaveText("Recommended for you");
    await expect.poll(() => titles(page, "foldin-recommendations:not([id])")).not.toEqual(before);
  }
  // All elements ask one model, which answers in turn: an answer to the first pick would be here by now.
  expect(await counted(page, "results", "keyed")).toBe(1);
  await expect(page.locator("#keyed").getByRole("heading")).toHaveText("Popular with everyone");
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => /profile|my-site/.test(key)))).toEqual([]);
});

test("blocked storage and a broken stored profile disturb nothing", async ({ page, open }) => {
  await page.addInitScript(() => localStorage.setItem("mine", "{ broken"));
  const { complaints } = await open(`<foldin-picker profile-key="mine"></foldin-picker>`);
  await ready(page, "foldin-picker");
  await page.evaluate(
    () =>
      (Storage.prototype.setItem = () => {
        throw new DOMException("full", "QuotaExceededError");
      }),
  );
  await picks(page).first().click();
  await expect(picks(page).first()).toHaveAttribute("aria-pressed", "true");
  await picks(page).nth(1).click();
  await expect(page.locator("foldin-picker [aria-pressed=true]")).toHaveCount(2);
  expect(complaints).toEqual([]);
});

for (const key of ["", "Enter"]) {
  test(`text typed before the model has loaded is searched as soon as it is there${key && `, and ${key} is kept`}`, async ({
    page,
    open,
  }) => {
    let release;
    const held = new Promise((resolve) => {
      release = resolve;
    });
    await page.route("**/model/manifest.json", async (route) => {
      await held;
      await route.continue();
    });
    await open(`<foldin-picker></foldin-picker>`);
    const input = page.getByRole("combobox");
    await input.pressSequentially("alien");
    if (key) await input.press(key);
    await expect(page.locator("foldin-picker")).toHaveJSProperty("state", "loading");
    await expect(page.getByRole("option")).toHaveCount(0);
    release();
    if (key) {
      await expect(page.locator("foldin-picker [aria-pressed=true]")).toHaveText(/alien/i);
      await expect(input).toHaveValue("");
    } else {
      await expect(page.getByRole("option").first()).toHaveText(/alien/i);
    }
  });
}

test("the picker's search is a combobox for the keyboard", async ({ page, open }) => {
  await open(`<foldin-picker></foldin-picker><foldin-recommendations></foldin-recommendations>`);
  await ready(page, "foldin-picker");
  const [{ title }] = await inPage(page, "async (foldin) => (await foldin.popular({ k: 40 })).items.slice(-1)");
  const search = page.getByRole("combobox");
  await search.focus();
  // At once: typed letter by letter, the options of each prefix would come and go.
  await page.keyboard.insertText(title);
  const options = page.getByRole("option");
  await expect(options.first()).toContainText(title);
  await expect(search).toHaveAttribute("aria-expanded", "true");
  await expect(search).toHaveAttribute("aria-activedescendant", "option-0");
  const many = (await options.count()) > 1;
  await page.keyboard.press("ArrowDown");
  await expect(search).toHaveAttribute("aria-activedescendant", many ? "option-1" : "option-0");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(search).toHaveValue("");
  await expect(search).toBeFocused();
  await expect(options).toHaveCount(0);
  await expect(page.locator("foldin-picker [aria-pressed=true]")).toHaveText(title);
  await page.keyboard.type("t");
  await expect(options.first()).toBeVisible();
  await page.keyboard.press("Backspace");
  await expect(options).toHaveCount(0);
  await page.keyboard.insertText("qqqqqqqq");
  await expect(page.getByText("No title found")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("No title found")).toBeHidden();
  await expect(search).toHaveValue("");
});

test("like, dislike and seen take an item off the list, and the focus stays", async ({ page, open }) => {
  await open(`<foldin-recommendations controls profile-key="p"></foldin-recommendations>`);
  await ready(page);
  for (const [name, type] of [
    ["Like", "liked"],
    ["Not for me", "disliked"],
    ["Seen already", "seen"],
  ]) {
    const [title] = await titles(page);
    await rows(page)
      .first()
      .getByRole("button", { name: `${name}: ${title}` })
      .or(
        rows(page)
          .first()
          .getByRole("button", { name: `${name} ${title}` }),
      )
      .focus();
    await page.keyboard.press("Enter");
    await expect.poll(() => titles(page)).not.toContain(title);
    const focused = await page.evaluate(() =>
      document.activeElement.shadowRoot.activeElement.getAttribute("aria-label"),
    );
    expect(focused).toContain((await titles(page))[0]);
    expect(focused).toContain(name);
    const events = await page.evaluate(() => JSON.parse(localStorage.getItem("p")).events);
    expect(events.at(-1).type).toBe(type);
  }
});

test("a click on an item tells the page, which may take it over", async ({ page, open }) => {
  await open(`<foldin-recommendations href="#{id}"></foldin-recommendations>`);
  await ready(page);
  await page.evaluate(() =>
    addEventListener("foldin-select", (event) => {
      event.preventDefault();
      window.selected = event.detail.item.title;
    }),
  );
  const [title] = await titles(page);
  await rows(page).first().getByRole("link").click();
  expect(await page.evaluate(() => window.selected)).toBe(title);
  expect(await page.evaluate(() => location.hash)).toBe("");
});

test("export, import and forget me", async ({ page, open }) => {
  await open(`<foldin-picker profile-key="p"></foldin-picker>`);
  await ready(page, "foldin-picker");
  for (const n of [0, 2]) {
    await picks(page).nth(n).click();
    await expect(picks(page).nth(n)).toHaveAttribute("aria-pressed", "true");
  }
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export" }).click(),
  ]);
  const text = readFileSync(await download.path(), "utf8");
  expect(JSON.parse(text)).toMatchObject({
    format: "foldin-profile",
    version: 1,
    events: [{ type: "liked" }, { type: "liked" }],
  });
  // What is stored also counts the changes of each page, which an export does not.
  const stored = () =>
    page.evaluate(() => {
      const { changes, ...profile } = JSON.parse(localStorage.getItem("p")) ?? {};
      return changes ? JSON.stringify(profile) : null;
    });
  expect(await stored()).toBe(text);

  await page.getByRole("button", { name: "Forget me" }).click();
  await expect(page.getByText("This cannot be undone.")).toBeVisible();
  await page.getByRole("button", { name: "Keep them" }).click();
  await expect(page.getByText("This cannot be undone.")).toBeHidden();
  await expect(page.getByRole("button", { name: "Forget me" })).toBeFocused();
  expect(await stored()).toBe(text);
  await forget(page);
  expect(await stored()).toBe(null);
  await expect(page.locator("foldin-picker [aria-pressed=true]")).toHaveCount(0);

  const file = page.locator("foldin-picker input[type=file]");
  await file.setInputFiles({ name: "a.json", mimeType: "application/json", buffer: Buffer.from("[]") });
  await expect(page.locator("foldin-picker").getByRole("status")).toHaveText("This file holds no picks.");
  expect(await stored()).toBe(null);
  expect(await counted(page, "error")).toBe(1);
  await file.setInputFiles({ name: "a.json", mimeType: "application/json", buffer: Buffer.from(text) });
  await expect(page.locator("foldin-picker [aria-pressed=true]")).toHaveCount(2);
  await expect(page.locator("foldin-picker").getByRole("status")).toHaveText("");
  expect(await stored()).toBe(text);
});

test("slots, a template and texts are the site's own", async ({ page, open }) => {
  await open(`<foldin-recommendations k="2" liked="no-such-item" texts='{"popularHeading": "Beliebt", "popular": "mögen alle"}'>
    <template><article class="card" onclick="window.hacked = '{title}'"><h3><a href="film/{id}">{title}</a></h3><p title="{title}">{year}, {reason}, {unknown}</p></article></template>
    </foldin-recommendations>
    <foldin-recommendations id="own" src="none.json"><h3 slot="heading">My own heading</h3><p slot="error">Not now.</p></foldin-recommendations>
    <foldin-recommendations id="empty" years="1700-1701"><p slot="empty">Nothing from then.</p></foldin-recommendations>`);
  const own = page.locator("#own");
  await expect(own.getByText("Not now.")).toBeVisible();
  await expect(own.getByRole("heading")).toHaveText("My own heading");
  await expect(own.getByText("There are no recommendations now.")).toBeHidden();
  await expect(page.getByText("Nothing from then.")).toBeVisible();
  await expect(page.locator("#empty")).toHaveJSProperty("state", "empty");

  await ready(page);
  await expect(page.getByRole("heading", { name: "Beliebt" })).toBeVisible();
  const [first] = await inPage(page, "async (foldin) => (await foldin.recommend({}, { k: 2 })).items");
  const card = page.locator("article.card").first();
  await expect(card.getByRole("link")).toHaveText(first.title);
  await expect(card.getByRole("link")).toHaveAttribute("href", `film/${encodeURIComponent(first.id)}`);
  await expect(card.locator("p")).toHaveText(`${first.year ?? ""}, mögen alle, {unknown}`);
  await expect(card.locator("p")).toHaveAttribute("title", first.title);
  await expect(card).toHaveAttribute("onclick", "window.hacked = '{title}'");
  await page.evaluate(() =>
    document.querySelector("foldin-recommendations").setAttribute("texts", '{ "popularHeading": "Geliebt" }'),
  );
  await expect(page.getByRole("heading", { name: "Geliebt" })).toBeVisible();
  await expect(page.locator("article.card")).toHaveCount(2);
});

test("found titles can be read on a page that is dark by its own colours", async ({ page, open }) => {
  await open(`<foldin-picker></foldin-picker>`, { "site.css": "body { background: #111; color: #eee }" });
  await ready(page, "foldin-picker");
  await page.getByRole("combobox").fill("the");
  await expect(page.getByRole("option").first()).toBeVisible();
  await page.evaluate(AXE);
  const { violations } = await page.evaluate(() => window.axe.run({ runOnly: ["color-contrast"] }));
  expect(violations).toEqual([]);
});

test("six items stand in even rows, whatever the width", async ({ page, open }) => {
  await open(`<foldin-recommendations></foldin-recommendations>`);
  await ready(page);
  for (const [width, columns] of [
    [1900, 3],
    [1280, 3],
    [800, 3],
    [600, 2],
    [375, 1],
  ]) {
    await page.setViewportSize({ width, height: 800 });
    const inFirstRow = () =>
      rows(page).evaluateAll((all) => {
        const tops = all.map((row) => row.getBoundingClientRect().top);
        return tops.filter((top) => top === tops[0]).length;
      });
    await expect.poll(inFirstRow, { message: `columns at ${width}` }).toBe(columns);
  }
});

test("a template's items have no box but their own", async ({ page, open }) => {
  await open(`<foldin-recommendations k="2"><template><b>{title}</b></template></foldin-recommendations>`);
  await ready(page);
  const row = rows(page).first();
  expect(await row.evaluate((row) => getComputedStyle(row).borderTopWidth)).toBe("0px");
  const [outer, inner] = [
    await row.boundingBox(),
    await page.locator("foldin-recommendations b").first().boundingBox(),
  ];
  expect(outer.height).toBe(inner.height);
});

test("an error is told to the page and offers another try", async ({ page, open }) => {
  const { site } = await open(`<foldin-recommendations src="later/manifest.json"></foldin-recommendations>`);
  const element = page.locator("foldin-recommendations");
  await expect(element).toHaveJSProperty("state", "error");
  await expect(element).toContainText("There are no recommendations now.");
  expect(await counted(page, "error")).toBe(1);
  const { mkdir, readFile } = await import("node:fs/promises");
  const manifest = await (await fetch(`${site.url}model/manifest.json`)).text();
  await mkdir(`${site.directory}/later`);
  await site.write("later/manifest.json", manifest.replaceAll('"path": "', '"path": "../model/'));
  expect(await readFile(`${site.directory}/later/manifest.json`, "utf8")).toContain("../model/");
  await element.getByRole("button", { name: "Try again" }).click();
  await ready(page);
});

test("a lazy element loads when it is near, and nothing moves when it is filled", async ({ page, open }) => {
  const manifests = [];
  page.on(
    "request",
    (request) => /manifest\.json/.test(request.url()) && manifests.push(new URL(request.url()).search),
  );
  await open(
    `<foldin-recommendations id="eager" src="model/manifest.json?eager" k="1"></foldin-recommendations>
    <p class="high"></p><foldin-recommendations id="lazy" loading="lazy" k="4"></foldin-recommendations><p id="below">below</p>`,
    { "site.css": ".high { height: 3000px }" },
  );
  // The browser tells observers in the order in which they were made, so the element has been told before this one.
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        new IntersectionObserver(resolve, { rootMargin: "300px" }).observe(document.querySelector("#lazy"));
      }),
  );
  await ready(page, "#eager");
  await expect(page.locator("#lazy")).toHaveJSProperty("state", "loading");
  expect(manifests).toEqual(["?eager"]);

  let go;
  const gate = new Promise((resolve) => (go = resolve));
  await page.route("**/manifest.json", (route) => gate.then(() => route.continue()));
  await page.evaluate(() => {
    window.shift = 0;
    const add = (entries) => {
      for (const { value } of entries) window.shift += value;
    };
    window.observer = new PerformanceObserver((list) => add(list.getEntries()));
    window.observer.observe({ type: "layout-shift" });
    window.totalShift = () => {
      add(window.observer.takeRecords());
      return window.shift;
    };
  });
  await page.locator("#below").scrollIntoViewIfNeeded();
  await expect.poll(() => manifests).toEqual(["?eager", ""]);
  await painted(page);
  const before = await page.locator("#below").boundingBox();
  go();
  await ready(page, "#lazy");
  await painted(page);
  expect(await page.locator("#below").boundingBox()).toEqual(before);
  expect(await page.evaluate(() => window.totalShift())).toBeLessThan(0.001);
});

test("moved, removed and put back it goes on, and removed it does not listen", async ({ page, open }) => {
  await open(`<foldin-picker></foldin-picker><foldin-recommendations id="moved"></foldin-recommendations>
    <foldin-recommendations id="other"></foldin-recommendations><div id="elsewhere"></div>`);
  await ready(page, "#moved");
  await ready(page, "#other");
  await page.evaluate(() => document.querySelector("#elsewhere").append(document.querySelector("#moved")));
  await ready(page, "#moved");
  await page.evaluate(() => {
    window.moved = document.querySelector("#moved");
    window.moved.remove();
    window.heard = 0;
    // Its events reach the window no more.
    window.moved.addEventListener("foldin-results", () => (window.heard += 1));
  });
  for (const n of [0, 1]) {
    const before = await titles(page, "#other");
    await picks(page).nth(n).click();
    await expect.poll(() => titles(page, "#other")).not.toEqual(before);
  }
  // All elements ask one model, which answers in turn: an answer to the first pick would be here by now.
  expect(await page.evaluate(() => [window.heard, window.moved.profile])).toEqual([0, undefined]);
  await page.evaluate(() => document.querySelector("#elsewhere").append(window.moved));
  await ready(page, "#moved");
  await expect(page.locator("#moved").getByRole("heading")).toHaveText("Recommended for you");
});

for (const colorScheme of ["light", "dark"]) {
  test(`axe finds nothing to mend in either element, ${colorScheme}`, async ({ page, open }) => {
    await page.emulateMedia({ colorScheme });
    await open(
      `<foldin-picker></foldin-picker><foldin-recommendations controls href="{id}"></foldin-recommendations>`,
      {
        "site.css": ":root { color-scheme: light dark }",
      },
    );
    await ready(page, "foldin-picker");
    await picks(page).first().click();
    await expect(page.getByRole("heading", { name: "Recommended for you" })).toBeVisible();
    await page.getByRole("combobox").fill("the");
    await expect(page.getByRole("option").first()).toBeVisible();
    // By the debugger, which the page's policy does not bind.
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => window.axe.run());
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
}
