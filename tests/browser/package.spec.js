// The package, called by hand in the page.

import { expect, ready, test } from "./fixtures.js";

test.beforeEach(async ({ page, site }) => {
  await page.goto(site.url);
  await ready(page);
  await page.evaluate(async () => {
    window.foldinPackage = await import(new URL("foldin/foldin.js", document.baseURI).href);
    window.foldin = await window.foldinPackage.load("model/manifest.json");
    window.errorOf = async (call) => {
      try {
        return { answered: await call() };
      } catch (error) {
        return { foldin: error instanceof window.foldinPackage.FoldinError, code: error.code, message: error.message };
      }
    };
  });
});

test("recommend, similar, search and popular answer with items and the time they took", async ({ page }) => {
  const answers = await page.evaluate(async () => {
    const [first, second, third] = (await foldin.popular({ k: 3 })).items;
    const profile = { liked: [first.id, second.id], disliked: [third.id] };
    const recommended = await foldin.recommend(profile, { k: 3, strategy: "taste" });
    const similar = await foldin.similar(first.id, { k: 4 });
    const byGenres = await foldin.similar(first.id, { by: "genres", k: 4 });
    const found = await foldin.search(first.title, { k: 2 });
    return { first, second, third, recommended, similar, byGenres, found };
  });
  const { first, second, third, recommended, similar, byGenres, found } = answers;
  expect(recommended.items).toHaveLength(3);
  for (const item of recommended.items) {
    expect(item).toMatchObject({ id: expect.any(String), title: expect.any(String), sources: ["taste"] });
    expect([first.id, second.id, third.id]).not.toContain(item.id);
    expect(item.because.map(({ id }) => id).sort()).toEqual([first.id, second.id].sort());
    const total = item.because.reduce((sum, { contribution }) => sum + contribution, 0);
    expect(total).toBeCloseTo(item.score, 2);
  }
  expect(similar.items).toHaveLength(4);
  for (const { items } of [similar, byGenres]) {
    const scores = items.map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
  }
  expect(similar.items.map(({ id }) => id)).not.toContain(first.id);
  expect(byGenres.items[0].genres.some((genre) => first.genres.includes(genre))).toBe(true);
  expect(found.items[0].id).toBe(first.id);
  for (const { ms } of [recommended, similar, byGenres, found]) expect(ms).toBeGreaterThanOrEqual(0);
});

test("by default every source takes part, and reasons say which", async ({ page }) => {
  const { recommended, hybrid, plain, liked } = await page.evaluate(async () => {
    const liked = (await foldin.popular({ k: 3 })).items.map(({ id }) => id);
    const recommended = (await foldin.recommend({ liked })).items;
    const hybrid = (await foldin.recommend({ liked }, { strategy: "hybrid" })).items;
    const plain = (await foldin.recommend({ liked }, { reasons: false })).items;
    return { recommended, hybrid, plain, liked };
  });
  expect(hybrid).toEqual(recommended);
  expect(plain.map(({ id, score }) => [id, score])).toEqual(recommended.map(({ id, score }) => [id, score]));
  expect(recommended).toHaveLength(10);
  for (const { sources, because } of recommended) {
    expect(sources.length).toBeGreaterThan(0);
    expect(new Set(sources).size).toBe(sources.length);
    for (const { id } of because) expect(liked).toContain(id);
    const shares = because.reduce((sum, { share }) => sum + Math.abs(share), 0);
    if (because.length) expect(shares).toBeCloseTo(1, 3);
  }
  for (const { because } of plain) expect(because).toEqual([]);
});

test("diversity keeps the first, and makes the others less alike", async ({ page }) => {
  const { plain, varied, same } = await page.evaluate(async () => {
    const liked = (await foldin.popular({ k: 3 })).items.map(({ id }) => id);
    const ids = async (request) => (await foldin.recommend({ liked }, request)).items.map(({ id }) => id);
    return { plain: await ids({}), varied: await ids({ diversity: 0.8 }), same: await ids({ diversity: 0 }) };
  });
  expect(same).toEqual(plain);
  expect(varied[0]).toBe(plain[0]);
  expect(varied).not.toEqual(plain);
});

test("stars are predicted from the visitor's own, and stand beside recommendations", async ({ page }) => {
  const outcome = await page.evaluate(async () => {
    const [first, second, third] = (await foldin.popular({ k: 3 })).items;
    const predicted = (profile) => errorOf(() => foldin.predict(third.id, profile));
    const pairs = [[second.id, 0.5], [first.id, 5]];
    const profiles = [undefined, { liked: [first.id] }, { ratings: pairs }, { ratings: Object.fromEntries(pairs) }];
    const listed = await foldin.recommend({ ratings: pairs }, { only: [third.id] });
    return { answers: await Promise.all(profiles.map(predicted)), listed: listed.items[0].stars };
  });
  const [ofAll, liking, pairs, object] = outcome.answers;
  if (ofAll.answered) {
    expect(ofAll.answered.stars).toBeGreaterThan(0);
    expect(ofAll.answered.ms).toBeGreaterThanOrEqual(0);
    expect(liking.answered.stars).toBe(ofAll.answered.stars);
    expect(pairs.answered.stars).not.toBe(ofAll.answered.stars);
    expect(object.answered.stars).toBeCloseTo(pairs.answered.stars, 4);
    expect(outcome.listed).toBe(pairs.answered.stars);
  } else {
    expect(ofAll).toMatchObject({ foldin: true, code: "not-in-model" });
    expect(outcome.listed).toBeNull();
  }
});

test("seeds are asked page by page, without what is known or was asked", async ({ page }) => {
  const { first, next, few } = await page.evaluate(async () => {
    const first = (await foldin.seeds()).items;
    const ids = first.map(({ id }) => id);
    const next = (await foldin.seeds({ k: 5, profile: { liked: ids.slice(0, 1) }, exclude: ids })).items;
    const few = (await foldin.seeds({ k: 5, only: ids.slice(0, 3), profile: { seen: ids.slice(0, 1) } })).items;
    return { first, next, few };
  });
  const ids = first.map(({ id }) => id);
  expect(new Set(ids).size).toBe(24);
  expect(first[0]).toMatchObject({ title: expect.any(String), likes: expect.any(Number) });
  expect(next).toHaveLength(5);
  for (const { id } of next) expect(ids).not.toContain(id);
  expect(few.map(({ id }) => id).sort()).toEqual(ids.slice(1, 3).sort());
});

test("filters hold, and k asked is k given", async ({ page }) => {
  const { genre, items, listed } = await page.evaluate(async () => {
    const [first, second, third] = (await foldin.popular({ k: 3 })).items;
    const genre = second.genres[0];
    const where = { genres: [genre], years: [1900, 2100] };
    const { items } = await foldin.recommend({ liked: [first.id] }, { k: 4, where });
    const listed = await foldin.recommend({ liked: [first.id] }, { only: [third.id, second.id, "no such item"] });
    return { genre, items, listed: listed.items.map(({ id }) => id).sort().join() === [second.id, third.id].sort().join() };
  });
  expect(items).toHaveLength(4);
  for (const item of items) {
    expect(item.genres).toContain(genre);
    expect(item.year).not.toBeNull();
  }
  expect(listed).toBe(true);
});

test("info tells what was loaded, and cannot be changed", async ({ page }) => {
  const { info, manifest, frozen } = await page.evaluate(async () => ({
    info: foldin.info,
    manifest: await (await fetch("model/manifest.json")).json(),
    frozen: [foldin.info, foldin.info.genres, foldin.info.bytes].every(Object.isFrozen),
  }));
  const entry = manifest.versions.find(({ version }) => version === manifest.current);
  expect(info).toMatchObject({
    version: manifest.current,
    data: entry.trainedOn.data,
    simulated: entry.trainedOn.simulated,
    users: entry.trainedOn.users,
    items: entry.trainedOn.items,
    likes: entry.trainedOn.likes,
    metrics: entry.metrics ?? null,
    bytes: { score: entry.files.score.bytes, show: entry.files.show.bytes, wasm: expect.any(Number) },
  });
  expect(info.factors).toBeGreaterThan(0);
  expect(info.genres.length).toBeGreaterThan(0);
  expect(info.program).toMatch(/^foldin /);
  expect(frozen).toBe(true);
});

test("wrong calls are rejected with a code, and a message that names what is wrong", async ({ page }) => {
  const errors = await page.evaluate(async () => ({
    unknownItem: await errorOf(() => foldin.recommend({ liked: ["no such item"] })),
    unknownSimilar: await errorOf(() => foldin.similar("no such item")),
    zero: await errorOf(() => foldin.recommend({}, { k: 0 })),
    profileField: await errorOf(() => foldin.recommend({ likes: [] })),
    requestField: await errorOf(() => foldin.recommend({}, { limit: 3 })),
    filterField: await errorOf(() => foldin.recommend({}, { where: { genre: ["x"] } })),
    genre: await errorOf(() => foldin.recommend({}, { where: { genres: ["no such genre"] } })),
    strategy: await errorOf(() => foldin.recommend({}, { strategy: "tast" })),
    by: await errorOf(() => foldin.similar("1", { by: "mood" })),
    optionField: await errorOf(() => foldin.search("a", { limit: 3 })),
    seedsField: await errorOf(() => foldin.seeds({ liked: ["1"] })),
    popularStrategy: await errorOf(() => foldin.popular({ strategy: "taste" })),
    number: await errorOf(() => foldin.similar(1)),
    pair: await errorOf(() => foldin.recommend({ ratings: [["1", "5"]] })),
    diversity: await errorOf(() => foldin.recommend({}, { diversity: 2 })),
    predictNumber: await errorOf(() => foldin.predict(1)),
    predictItem: await errorOf(() => foldin.predict("no such item")),
    text: await errorOf(() => foldin.search(undefined)),
    loadField: await errorOf(() => foldinPackage.load("model/manifest.json", { wroker: true })),
    user: await errorOf(() => foldin.recommendUser("1")),
  }));
  for (const [name, error] of Object.entries(errors)) expect(error.foldin, name).toBe(true);
  expect(errors.unknownItem).toMatchObject({ code: "unknown-item", message: expect.stringContaining("no such item") });
  expect(errors.unknownSimilar.code).toBe("unknown-item");
  expect(errors.zero).toMatchObject({ code: "invalid-value", message: expect.stringContaining("k is 0") });
  expect(errors.profileField).toMatchObject({ code: "invalid-value", message: expect.stringContaining('"likes"') });
  expect(errors.requestField).toMatchObject({ code: "invalid-value", message: expect.stringContaining('"limit"') });
  expect(errors.filterField).toMatchObject({ code: "invalid-value", message: expect.stringContaining('"genre"') });
  expect(errors.genre).toMatchObject({ code: "unknown-genre", message: expect.stringContaining("no such genre") });
  expect(errors.strategy).toMatchObject({ code: "invalid-value", message: expect.stringContaining("hybrid, taste, neighbours") });
  expect(errors.by).toMatchObject({ code: "invalid-value", message: expect.stringContaining("taste, content, genres") });
  expect(errors.optionField).toMatchObject({ code: "invalid-value", message: expect.stringContaining('"limit"') });
  expect(errors.popularStrategy).toMatchObject({ code: "invalid-value", message: expect.stringContaining('"strategy"') });
  expect(errors.number).toMatchObject({ code: "invalid-value", message: "id is 1; expected a string" });
  expect(errors.pair).toMatchObject({ code: "invalid-value", message: expect.stringContaining('["1","5"]') });
  expect(errors.diversity).toMatchObject({ code: "invalid-value", message: expect.stringContaining("from 0 to 1") });
  expect(errors.predictNumber).toMatchObject({ code: "invalid-value", message: "id is 1; expected a string" });
  expect(["unknown-item", "not-in-model"]).toContain(errors.predictItem.code);
  expect(errors.text).toMatchObject({ code: "invalid-value", message: expect.stringContaining("text is undefined") });
  expect(errors.loadField).toMatchObject({ code: "invalid-value", message: expect.stringContaining('"wroker"') });
  expect(errors.user).toMatchObject({ code: "not-in-model" });
});

test("known users are loaded only when asked for", async ({ page }) => {
  const outcome = await page.evaluate(async () => {
    const manifest = await (await fetch("model/manifest.json")).json();
    const holdsUsers = Boolean(manifest.versions.find(({ version }) => version === manifest.current).files.users);
    const loaded = await errorOf(async () => {
      const withUsers = await foldinPackage.load("model/manifest.json", { users: true });
      const unknown = await errorOf(() => withUsers.recommendUser("no such user"));
      return { bytes: withUsers.info.bytes.users, unknown };
    });
    return { holdsUsers, loaded };
  });
  if (outcome.holdsUsers) {
    expect(outcome.loaded.answered.bytes).toBeGreaterThan(0);
    expect(outcome.loaded.answered.unknown).toMatchObject({ foldin: true, code: "unknown-user" });
  } else {
    const message = expect.stringContaining("--with-users");
    expect(outcome.loaded).toMatchObject({ foldin: true, code: "not-in-model", message });
  }
});

test("a closed model says that it is closed, and leaves others alone", async ({ page }) => {
  const outcome = await page.evaluate(async () => {
    const other = await foldinPackage.load("model/manifest.json");
    foldin.close();
    foldin.close();
    return { closed: await errorOf(() => foldin.search("a")), other: (await other.popular({ k: 2 })).items.length };
  });
  expect(outcome.closed).toMatchObject({ foldin: true, code: "closed" });
  expect(outcome.other).toBe(2);
});

test("two models loaded at once share the wasm module, which is started once", async ({ page, site }) => {
  await page.addInitScript(() => {
    const { instantiate } = WebAssembly;
    window.starts = 0;
    WebAssembly.instantiate = (...what) => {
      window.starts += 1;
      return instantiate(...what);
    };
  });
  // Both get it at the same moment.
  const waiting = [];
  await page.route("**/foldin_bg.wasm", (route) => {
    waiting.push(route);
    if (waiting.length === 2) waiting.forEach((each) => each.continue());
  });
  await page.goto(`${site.url}style.css`);
  const lengths = await page.evaluate(async () => {
    const { load } = await import(new URL("foldin/foldin.js", location.href).href);
    const both = await Promise.all([load("model/manifest.json"), load("model/manifest.json")]);
    return Promise.all(both.map(async (foldin) => (await foldin.popular({ k: 3 })).items.length));
  });
  expect(lengths).toEqual([3, 3]);
  expect(waiting).toHaveLength(2);
  expect(await page.evaluate(() => window.starts)).toBe(1);
});

test("an abort ends loading with the signal's own error", async ({ page }) => {
  const outcome = await page.evaluate(async () => {
    const abort = async (after, reason) => {
      const controller = new AbortController();
      const onProgress = ({ type, file }) => {
        if (type === after && file === "score file") controller.abort(reason);
      };
      if (!after) controller.abort(reason);
      try {
        await foldinPackage.load("model/manifest.json", { signal: controller.signal, onProgress });
        return "loaded";
      } catch (error) {
        return error?.name ?? error;
      }
    };
    return [await abort(null), await abort("initiate"), await abort("done"), await abort("initiate", "my own reason")];
  });
  expect(outcome).toEqual(["AbortError", "AbortError", "AbortError", "my own reason"]);
});

test("progress goes from initiate to ready, and no file grows beyond its length", async ({ page }) => {
  const events = await page.evaluate(async () => {
    const events = [];
    await foldinPackage.load("model/manifest.json", { onProgress: (event) => events.push(event) });
    return events;
  });
  expect(events.at(-1)).toEqual({ type: "ready" });
  for (const file of ["manifest", "score file", "show file"]) {
    const types = events.filter((event) => event.file === file).map(({ type }) => type);
    expect(types.filter((type, n) => type !== types[n - 1])).toEqual(["initiate", "download", "progress", "done"]);
    const loaded = events.filter((event) => event.file === file).map(({ loaded }) => loaded);
    expect(loaded).toEqual([...loaded].sort((a, b) => a - b));
    const last = events.findLast((event) => event.file === file);
    expect(last.loaded).toBe(last.total);
  }
});

test("how long a recommendation takes", async ({ page }, testInfo) => {
  const { median, slowest, items } = await page.evaluate(async () => {
    const liked = (await foldin.popular({ k: 20 })).items.map(({ id }) => id);
    const times = [];
    for (let n = 0; n < 200; n += 1) times.push((await foldin.recommend({ liked }, { k: 10 })).ms);
    times.sort((a, b) => a - b);
    return { median: times[100], slowest: times[199], items: foldin.info.items };
  });
  const text = `recommend, 20 likes, ${items} items, 200 calls: median ${median.toFixed(2)} ms, slowest ${slowest.toFixed(2)} ms`;
  console.log(`    ${text}`);
  testInfo.annotations.push({ type: "measured", description: text });
});
