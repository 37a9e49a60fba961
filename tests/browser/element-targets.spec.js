// The elements as frameworks and pages in the wild treat them: any property is written, any attribute is wrong, any
// template comes, and the list stays.

import { counted, expect, inPage, picks, popularIds, ready, rows, test, titles } from "./element-page.js";
import { holdTimeouts } from "./held-timeouts.js";

const element = (page) => page.locator("foldin-recommendations").first();
/** What was reported as left out. */
const warnings = (page) => page.evaluate(() => window.warnings);

test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    window.warnings = [];
    addEventListener("foldin-warning", ({ detail }) => window.warnings.push(detail.error.message));
  });
});

test("anything may be assigned to every property of both elements, and nothing throws", async ({ page, open }) => {
  await open(`<foldin-recommendations k="3"></foldin-recommendations><foldin-picker></foldin-picker>`);
  await ready(page);
  const { names, refused } = await page.evaluate(() => {
    const circular = {};
    circular.self = circular;
    const values = [3, "3", true, false, null, undefined, {}, [], ["a"], circular, () => {}, Symbol("s"), NaN, 10n];
    const names = [];
    const refused = [];
    for (const host of document.querySelectorAll("foldin-recommendations, foldin-picker")) {
      for (let prototype = Object.getPrototypeOf(host); prototype !== HTMLElement.prototype; ) {
        for (const name of Object.getOwnPropertyNames(prototype)) {
          if (name === "constructor" || name.endsWith("Callback")) continue;
          names.push(name);
          // A module is in strict mode: what gives `false` here throws there.
          refused.push(...values.filter((value) => !Reflect.set(host, name, value)).map(() => name));
          delete host[name];
        }
        prototype = Object.getPrototypeOf(prototype);
      }
      for (const { name } of [...host.attributes]) host.removeAttribute(name);
    }
    return { names, refused };
  });
  expect(refused).toEqual([]);
  for (const name of ["k", "src", "texts", "liked", "profileKey", "controls", "state", "profile"]) {
    expect(names).toContain(name);
  }
  await ready(page);
  await expect(rows(page)).toHaveCount(6);
  await ready(page, "foldin-picker");
});

test("properties set before the element is defined, and after, are its attributes", async ({ page, open }) => {
  await open(`<p id="here"></p>`);
  await page.evaluate(() => {
    const late = document.createElement("foldin-recommendations");
    Object.assign(late, { id: "late", k: "4", texts: '{"popularHeading": "Geliebt"}', liked: [], heading: null });
    document.querySelector("#here").append(late);
  });
  await ready(page, "#late");
  await expect(rows(page, "#late")).toHaveCount(4);
  await expect(page.locator("#late").getByRole("heading")).toHaveText("Geliebt");
  expect(
    await page.evaluate(() => [document.querySelector("#late").k, document.querySelector("#late").texts.empty]),
  ).toEqual([4, "Nothing to recommend here."]);
  await page.evaluate(() => {
    // As if it had been set by a framework before the definition arrived.
    const host = document.createElement("foldin-recommendations");
    Object.defineProperty(host, "k", { value: 2, writable: true, configurable: true, enumerable: true });
    host.id = "early";
    document.querySelector("#here").append(host);
  });
  await ready(page, "#early");
  await expect(rows(page, "#early")).toHaveCount(2);
});

for (const lang of ["en_US", "auto", "C", "en-", "x", "de_DE.UTF-8", "\u200b"]) {
  test(`lang="${lang}" costs nothing, before and after a like`, async ({ page, open }) => {
    await open(`<foldin-picker></foldin-picker><foldin-recommendations></foldin-recommendations>`);
    await page.evaluate((lang) => (document.documentElement.lang = lang), lang);
    await ready(page);
    await ready(page, "foldin-picker");
    await picks(page).first().click();
    await expect(element(page).getByRole("heading")).toHaveText("Recommended for you");
    await ready(page);
    expect(await counted(page, "error")).toBe(0);
  });
}

for (const [attributes, word] of [
  [`texts='{heading:"x"}'`, "texts is not JSON"],
  [`texts="[object Object]"`, "texts is not JSON"],
  [`genres="No such genre"`, "No such genre"],
  [`years="the eighties"`, "the eighties"],
  [`k="0"`, "k is"],
  [`diversity="50%"`, "50%"],
  [`strategy="magic"`, "magic"],
  [`href="javascript:alert('{title}')"`, "javascript:"],
]) {
  test(`${attributes} is reported, and the list stays`, async ({ page, open }) => {
    await open(`<foldin-recommendations ${attributes}></foldin-recommendations>`);
    await ready(page);
    await expect(rows(page)).toHaveCount(6);
    expect(await rows(page).getByRole("link").count()).toBe(0);
    const reported = await warnings(page);
    expect(reported.some((message) => message.includes(word) && message.includes("foldin-recommendations"))).toBe(true);
    expect(new Set(reported).size).toBe(reported.length);
    expect(await counted(page, "error")).toBe(0);
  });
}

test("a template may be text, a framework's children, several nodes or empty", async ({ page, open }) => {
  await open(`<foldin-recommendations id="text" k="2"><template>{title}, {year}</template></foldin-recommendations>
    <foldin-recommendations id="many" k="2"><template><b>{title}</b><i>{year}</i></template></foldin-recommendations>
    <foldin-recommendations id="empty" k="2"><template> </template></foldin-recommendations>`);
  for (const id of ["#text", "#many", "#empty"]) await ready(page, id);
  const { items } = await inPage(page, "(foldin) => foldin.recommend({}, { k: 2 })");
  const texts = items.map(({ title, year }) => `${title}, ${year}`);
  await expect(rows(page, "#text")).toHaveText(texts);
  await expect(rows(page, "#many").locator("b")).toHaveText(items.map(({ title }) => title));
  expect(await titles(page, "#empty")).toEqual(items.map(({ title }) => title));
  expect(await warnings(page)).toEqual([expect.stringContaining("<template> is empty")]);
  await page.evaluate(() => {
    const host = document.createElement("foldin-recommendations");
    Object.assign(host, { id: "made", k: 2 });
    const template = document.createElement("template");
    const card = document.createElement("article");
    card.textContent = "{title}";
    // React and Vue append to the template itself.
    template.append(card);
    host.append(template);
    document.querySelector("main").append(host);
  });
  await ready(page, "#made");
  await expect(rows(page, "#made").locator("article")).toHaveText(items.map(({ title }) => title));
});

test("a title in a template never becomes code", async ({ page, open }) => {
  await open(`<foldin-recommendations k="1"><template>
      <article id="item-{id}" class="card" data-id="{id}" data-on-click="{title}" onmouseover="{title}" x-on:click="go('{id}')" @click="{title}" style="color: {title}">
        <script>window.ran = "{title}";</script><style>.x { content: "{title}" }</style>
        <a class="bad" href="javascript:go('{title}')">{title}</a><a class="good" href="films/{id}.html">{title}</a>
        <svg><a class="svg" href="javascript:'{id}'"><text>{title}</text></a></svg><form action="{url}"><button formaction="{url}"></button></form>
      </article></template></foldin-recommendations>`);
  await ready(page);
  const { items } = await inPage(page, "(foldin) => foldin.recommend({}, { k: 1 })");
  const [{ id, title }] = items;
  const card = page.locator("article.card");
  await expect(card).toHaveAttribute("data-id", id);
  await expect(card).toHaveAttribute("id", `item-${id}`);
  await expect(card.locator("a.good")).toHaveAttribute("href", `films/${id}.html`);
  for (const bad of ["a.bad", "a.svg"]) expect(await card.locator(bad).getAttribute("href")).toBe(null);
  const html = await card.evaluate((node) => node.outerHTML);
  for (const untouched of [
    `data-on-click="{title}"`,
    `onmouseover="{title}"`,
    `x-on:click="go('{id}')"`,
    `@click="{title}"`,
    `style="color: {title}"`,
    `content: "{title}"`,
    `action="{url}"`,
    `formaction="{url}"`,
  ]) {
    expect(html).toContain(untouched);
  }
  expect(html).not.toContain("<script");
  expect(await page.evaluate(() => window.ran)).toBe(undefined);
  await expect(card.locator("a.good")).toHaveText(title);
  const reported = (await warnings(page)).join("\n");
  for (const word of ["<script>", "data-on-click", "onmouseover", "x-on:click", "@click", "style", "formaction"]) {
    expect(reported).toContain(word);
  }
});

test("the page's style sheets shape the copies of a template, and leave the rest alone", async ({ page, open }) => {
  await open(
    `<foldin-recommendations k="2" controls><template><article class="card"><p>{title}</p></article></template></foldin-recommendations>`,
    {
      "site.css":
        ".card { border: 3px solid; } @media all { .card p { color: rgb(1, 2, 3) } } button { border: 9px solid }",
    },
  );
  await ready(page);
  const style = (selector, property) =>
    page
      .locator(selector)
      .first()
      .evaluate((node, property) => getComputedStyle(node)[property], property);
  expect(await style("article.card", "borderTopWidth")).toBe("3px");
  expect(await style("article.card p", "color")).toBe("rgb(1, 2, 3)");
  expect(await style("foldin-recommendations button", "borderTopWidth")).toBe("1px");
  expect(await page.evaluate(() => document.querySelector("foldin-recommendations").childElementCount)).toBe(1);
});

test("nothing of the element shows on the host, but its state in CSS", async ({ page, open }) => {
  await open(`<foldin-recommendations></foldin-recommendations>`);
  await ready(page);
  const host = await element(page).evaluate((node) => [node.getAttributeNames(), node.matches(":state(ready)")]);
  expect(host).toEqual([[], true]);
});

test("a router that changes the page's address changes neither model nor profile", async ({ page, open }) => {
  const { site } = await open(
    `<foldin-picker></foldin-picker><foldin-recommendations src="model/manifest.json"></foldin-recommendations>`,
  );
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await ready(page);
  await ready(page, "foldin-picker");
  await page.evaluate(() => history.pushState(null, "", "films/12/"));
  await picks(page).first().click();
  await expect(element(page).getByRole("heading")).toHaveText("Recommended for you");
  await page.evaluate(() => document.querySelector("foldin-recommendations").setAttribute("k", "2"));
  await expect(rows(page)).toHaveCount(2);
  expect(asked.filter((url) => url.includes("/films/"))).toEqual([]);
  expect(await counted(page, "error")).toBe(0);
  const keys = await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("foldin:profile")));
  expect(keys).toEqual([`foldin:profile:${new URL("model/", site.url).pathname}`]);
});

test("forget me works in a sandboxed frame", async ({ page, open }) => {
  const { site } = await open(`<p></p>`, {
    "frame.html": `<!doctype html><iframe sandbox="allow-scripts allow-same-origin" src="inner.html"></iframe>`,
    "inner.html": `<!doctype html><script type="module" src="foldin/element.js"></script><foldin-picker></foldin-picker>`,
  });
  await page.goto(`${site.url}frame.html`);
  const picker = page.frameLocator("iframe").locator("foldin-picker");
  const tile = picker.getByRole("list").getByRole("button").first();
  await tile.click();
  await expect(tile).toHaveAttribute("aria-pressed", "true");
  await picker.getByRole("button", { name: "Forget me" }).click();
  await picker.getByRole("group").getByRole("button", { name: "Forget me" }).click();
  await expect(tile).toHaveAttribute("aria-pressed", "false");
});

test("what is stored but cannot be used is dropped with a note, and the rest stays", async ({ page, open }) => {
  await page.addInitScript(() => {
    const events = [
      { id: "x", type: "rated", stars: 1e39 },
      { id: "y", type: "liked" },
    ];
    localStorage.setItem("mine", JSON.stringify({ format: "foldin-profile", version: 1, events }));
  });
  await open(
    `<foldin-picker profile-key="mine"></foldin-picker><foldin-recommendations profile-key="mine"></foldin-recommendations>`,
  );
  await ready(page);
  await expect(page.locator("foldin-picker").getByRole("status")).toHaveText(/could not be read and were left out/);
  expect(await page.evaluate(() => document.querySelector("foldin-picker").profile.ids())).toEqual(["y"]);
  await expect(page.getByRole("button", { name: "Forget me" })).toBeVisible();
});

test("models that no element shows any more are closed, and their workers with them", async ({ page, open }) => {
  await holdTimeouts(page, 10_000);
  await open(`<foldin-recommendations></foldin-recommendations>`);
  await ready(page);
  for (let n = 0; n < 5; n += 1) {
    await page.evaluate(
      (n) => (document.querySelector("foldin-recommendations").src = `model/manifest.json?v=${n}`),
      n,
    );
    await expect.poll(() => counted(page, "ready")).toBe(n + 2);
  }
  expect(page.workers()).toHaveLength(6);
  await page.evaluate(() => endTimeouts());
  await expect.poll(() => page.workers().length).toBe(1);
  const nCaches = () => page.evaluate(async () => (await caches.keys()).filter((name) => /^foldin:/.test(name)).length);
  await expect.poll(nCaches).toBe(1);
  await page.evaluate(() => document.querySelector("foldin-recommendations").remove());
  await page.evaluate(() => endTimeouts());
  await expect.poll(() => page.workers().length).toBe(0);
});

test("an element that comes back in time finds its model as it was", async ({ page, open }) => {
  await holdTimeouts(page, 10_000);
  await open(`<foldin-recommendations></foldin-recommendations>`);
  await ready(page);
  await page.evaluate(() => {
    window.host = document.querySelector("foldin-recommendations");
    window.host.remove();
  });
  await page.evaluate(() => document.querySelector("main").append(window.host));
  await ready(page);
  await page.evaluate(() => endTimeouts());
  await page.evaluate(() => window.host.setAttribute("k", "2"));
  await expect(rows(page)).toHaveCount(2);
  expect([page.workers().length, await counted(page, "ready"), await popularIds(page, 1)]).toEqual([
    1,
    1,
    expect.any(Array),
  ]);
});

test("the elements load with the options of the page", async ({ page, open }) => {
  await page.route("**/assets/*", async (route) => {
    const url = route.request().url().replace("assets/my.wasm", "foldin/wasm/foldin_bg.wasm");
    await route.fulfill({ response: await route.fetch({ url }) });
  });
  await page.route("**/foldin_bg.wasm", (route) => route.fulfill({ status: 404 }));
  await open(`<script type="module" src="options.js"></script>`, {
    "options.js": `import { setLoadOptions } from "./foldin/element.js";
      setLoadOptions({ wasm: "assets/my.wasm", worker: false });
      document.querySelector("main").append(document.createElement("foldin-recommendations"));`,
  });
  await ready(page);
  expect(page.workers()).toEqual([]);
});
