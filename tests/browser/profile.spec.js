// `foldin/profile`: the visitor's profile, stored in the browser.

import { test as base, expect } from "@playwright/test";
import { serveOwn } from "./own-site.js";

const FILES = { "index.html": `<!doctype html><title>profile</title><link rel="icon" href="data:,">` };

const test = base.extend({
  site: [
    async ({}, use) => {
      const site = await serveOwn(FILES);
      await use(site);
      await site.close();
    },
    { scope: "worker" },
  ],
  /** A page with the class `Profile` in its window. */
  own: async ({ page, site }, use) => {
    await open(page, site);
    await use(page);
  },
});

async function open(page, site) {
  await page.goto(site.url);
  await page.evaluate(async () => {
    Object.assign(window, await import(new URL("foldin/profile.js", document.baseURI).href));
  });
}

test("an item has one signal, the newest, and ids go from the oldest to the newest", async ({ own }) => {
  const result = await own.evaluate(() => {
    const profile = new Profile({ key: null });
    profile.like("a").dislike("b").rate("c", 4.5).markSeen("d").dislike("a").remove("b");
    return [
      profile.ids(),
      profile.size,
      profile.signalOf("a"),
      profile.signalOf("c"),
      profile.signalOf("b"),
      profile.toRequest(),
    ];
  });
  expect(result).toEqual([
    ["c", "d", "a"],
    3,
    { type: "disliked" },
    { type: "rated", stars: 4.5 },
    null,
    { liked: [], disliked: ["a"], ratings: [["c", 4.5]], seen: ["d"] },
  ]);
});

test("changes can be taken back one by one, forgetting cannot", async ({ own }) => {
  const sizes = await own.evaluate(() => {
    const profile = new Profile({ key: "undo" });
    const sizes = [profile.undo()];
    profile.like("a").like("b").remove("a");
    sizes.push(profile.ids().join(), profile.undo(), profile.ids().join(), profile.undo(), profile.ids().join());
    profile.like("c").clear();
    sizes.push(profile.canUndo, profile.undo(), profile.size, localStorage.getItem("undo"));
    profile.like("d").like("e").keepOnly(["e", "f"]);
    return [...sizes, profile.ids().join(), profile.canUndo];
  });
  expect(sizes).toEqual([false, "b", true, "a,b", true, "a", false, false, 0, null, "e", false]);
});

test("it is there at the next visit, each key for itself, and each folder of pages too", async ({
  page,
  own,
  site,
}) => {
  await own.evaluate(() => {
    new Profile({ key: "one" }).like("a");
    new Profile().rate("b", 3);
  });
  await open(page, site);
  const found = await page.evaluate(() => [
    new Profile({ key: "one" }).ids(),
    new Profile({ key: "two" }).ids(),
    new Profile().signalOf("b"),
    localStorage.getItem("foldin:profile:/some/where/") !== null,
  ]);
  expect(found).toEqual([["a"], [], { type: "rated", stars: 3 }, true]);
});

test("one key is one object on a page, and a profile without a key is its own", async ({ own }) => {
  expect(
    await own.evaluate(() =>
      ["same", null].map((key) => {
        const [one, other] = [new Profile({ key }), new Profile({ key })];
        return one === other;
      }),
    ),
  ).toEqual([true, false]);
});

test("another tab's change arrives, with an event", async ({ own, context, site }) => {
  await own.evaluate(() => {
    window.shared = new Profile({ key: "tabs" }).like("mine");
    window.changes = 0;
    window.shared.addEventListener("change", () => (window.changes += 1));
  });
  const other = await context.newPage();
  await open(other, site);
  await other.evaluate(() => new Profile({ key: "tabs" }).like("theirs"));
  await expect.poll(() => own.evaluate(() => window.shared.ids())).toEqual(["mine", "theirs"]);
  expect(await own.evaluate(() => [window.changes, window.shared.canUndo])).toEqual([1, false]);
  await other.evaluate(() => localStorage.clear());
  await expect.poll(() => own.evaluate(() => window.shared.size)).toBe(0);
});

test("what is not a stored profile counts as an empty one", async ({ own }) => {
  const sizes = await own.evaluate(() => {
    const event = (fields) => JSON.stringify({ format: "foldin-profile", version: 1, events: [fields] });
    const broken = [
      "",
      "{",
      "null",
      "[]",
      "7",
      event(null),
      event({ id: 1, type: "liked" }),
      event({ id: "a", type: "hated" }),
    ];
    broken.push(event({ id: "a", type: "rated" }), event({ id: "a", type: "rated", stars: -1 }));
    return broken.map((text, n) => {
      localStorage.setItem(`broken${n}`, text);
      const profile = new Profile({ key: `broken${n}` });
      return [profile.size, profile.like("b").size];
    });
  });
  for (const pair of sizes) expect(pair).toEqual([0, 1]);
});

test("where storage is refused or full, it works until the page is left", async ({ own }) => {
  const result = await own.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
    const full = new Profile({ key: "full" }).like("a").like("b");
    dispatchEvent(new Event("storage"));
    Object.defineProperty(window, "localStorage", {
      get() {
        throw new DOMException("blocked", "SecurityError");
      },
    });
    const blocked = new Profile({ key: "blocked" }).like("c").dislike("d");
    dispatchEvent(new Event("pageshow"));
    return [full.ids(), full.undo(), full.ids(), blocked.ids(), new Profile({ key: "blocked" }).size];
  });
  expect(result).toEqual([["a", "b"], true, ["a"], ["c", "d"], 2]);
});

test("an exported profile comes in again, as newer than what is there", async ({ own }) => {
  const ids = await own.evaluate(() => {
    const text = new Profile({ key: null }).like("a").rate("b", 2).export();
    const profile = new Profile({ key: null }).dislike("a").like("c");
    profile.import(text);
    const merged = [profile.ids(), profile.signalOf("a").type];
    profile.undo();
    return [...merged, profile.ids()];
  });
  expect(ids).toEqual([["c", "a", "b"], "liked", ["a", "c"]]);
});

test("a text that is no profile is refused with a sentence, and nothing is lost", async ({ own }) => {
  const outcomes = await own.evaluate(() => {
    const profile = new Profile({ key: "refuse" }).like("a");
    const texts = ["", "[]", "{}", `{"format":"foldin-profile","version":9,"events":[]}`];
    texts.push(`{"format":"foldin-profile","version":1,"events":[{"id":"b","type":"liked"},{"id":"c"}]}`);
    return texts.map((text) => {
      try {
        profile.import(text);
        return "taken";
      } catch ({ name, code, message }) {
        return [name, code, message.endsWith("Nothing was changed"), profile.ids()];
      }
    });
  });
  for (const outcome of outcomes) expect(outcome).toEqual(["FoldinError", "invalid-profile", true, ["a"]]);
});

test("ids and stars of the wrong kind are refused", async ({ own }) => {
  const codes = await own.evaluate(() => {
    const profile = new Profile({ key: null });
    const calls = [
      () => profile.like(7),
      () => profile.rate("a"),
      () => profile.rate("a", NaN),
      () => profile.rate("a", -1),
    ];
    return calls.map((call) => {
      try {
        call();
        return "taken";
      } catch ({ code }) {
        return code;
      }
    });
  });
  expect(codes).toEqual(Array(4).fill("invalid-value"));
});

test("of more than 10,000 events the newest stay", async ({ own }) => {
  const { size, first } = await own.evaluate(() => {
    const events = Array.from({ length: 10_500 }, (_, n) => ({ id: `item-${n}`, type: "liked" }));
    const profile = new Profile({ key: "many" });
    profile.import(JSON.stringify({ format: "foldin-profile", version: 1, events }));
    profile.like("one more");
    return { size: profile.size, first: profile.ids()[0] };
  });
  expect([size, first]).toEqual([10_000, "item-501"]);
});

test("a link holds the ids of likes alone, whatever is in them, and gives them back", async ({ own }) => {
  const { link, back, others } = await own.evaluate(() => {
    const ids = ["a", "b,c", "d&e=f", "g h%", "ü/#?"];
    const profile = new Profile({ key: null }).dislike("no").rate("stars", 5).markSeen("seen");
    for (const id of ids) profile.like(id);
    const link = profile.toLink("https://example.org/page?x=1#old");
    const of = (url) => Profile.fromLink(url).ids();
    const others = [
      of("https://example.org/"),
      of("https://example.org/#liked="),
      of("https://example.org/#liked=a,%E0%A4%A,b"),
    ];
    return { link, back: Profile.fromLink(new URL(link)).toRequest(), others };
  });
  expect(link).toBe("https://example.org/page?x=1#liked=a,b%2Cc,d%26e%3Df,g%20h%25,%C3%BC%2F%23%3F");
  expect(back).toEqual({ liked: ["a", "b,c", "d&e=f", "g h%", "ü/#?"], disliked: [], ratings: [], seen: [] });
  expect(others).toEqual([[], [], ["a", "b"]]);
});

test("a long profile's link holds the newest 100 likes", async ({ own }) => {
  const ids = await own.evaluate(() => {
    const profile = new Profile({ key: null });
    for (let n = 0; n < 150; n += 1) profile.like(`item-${n}`);
    return Profile.fromLink(profile.toLink()).ids();
  });
  expect(ids).toHaveLength(100);
  expect([ids[0], ids[99]]).toEqual(["item-50", "item-149"]);
});
