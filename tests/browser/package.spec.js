// The package, called by hand in a bare page: what it answers. How it loads is in loading.spec.js, how it fails in
// failures.spec.js.

import { expect, test } from "./bare-site.js";

test.beforeEach(({ foldin }) => foldin);

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
    const predicted = (profile) => outcome(() => foldin.predict(third.id, profile));
    const pairs = [
      [second.id, 0.5],
      [first.id, 5],
    ];
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
    const sorted = (items) => items.map(({ id }) => id).sort();
    return { genre, items, listed: [sorted(listed.items), sorted([second, third])] };
  });
  expect(items).toHaveLength(4);
  for (const item of items) {
    expect(item.genres).toContain(genre);
    expect(item.year).not.toBeNull();
  }
  expect(listed[0]).toEqual(listed[1]);
});

test("info tells what was loaded, and cannot be changed", async ({ page, site, model: { manifest, entry } }) => {
  const { info, frozen } = await page.evaluate(async () => ({
    info: foldin.info,
    frozen: [foldin.info, foldin.info.genres, foldin.info.strategies, foldin.info.bytes].every(Object.isFrozen),
  }));
  expect(info).toMatchObject({
    version: manifest.current,
    data: entry.trainedOn.data,
    simulated: entry.trainedOn.simulated,
    users: entry.trainedOn.users,
    items: entry.trainedOn.items,
    likes: entry.trainedOn.likes,
    metrics: entry.metrics ?? null,
    reports: entry.reports ?? {},
    variant: null,
    source: "network",
    worker: true,
    modelUrl: `${site.url}model/`,
    hasUsers: Boolean(entry.files.users),
    strategies: expect.arrayContaining(["hybrid", "popular"]),
    stars: expect.any(Boolean),
    map: expect.any(Boolean),
    bytes: { score: entry.files.score.bytes, show: entry.files.show.bytes, wasm: expect.any(Number) },
  });
  expect(info.factors).toBeGreaterThan(0);
  expect(info.genres.length).toBeGreaterThan(0);
  expect(info.program).toMatch(/^foldin /);
  expect(frozen).toBe(true);
});

test("wrong calls are rejected with a code, and a message that names what is wrong", async ({ page }) => {
  const errors = await page.evaluate(async () => ({
    unknownItem: await outcome(() => foldin.recommend({ liked: ["no such item"] })),
    unknownSimilar: await outcome(() => foldin.similar("no such item")),
    zero: await outcome(() => foldin.recommend({}, { k: 0 })),
    profileField: await outcome(() => foldin.recommend({ likes: [] })),
    requestField: await outcome(() => foldin.recommend({}, { limit: 3 })),
    filterField: await outcome(() => foldin.recommend({}, { where: { genre: ["x"] } })),
    genre: await outcome(() => foldin.recommend({}, { where: { genres: ["no such genre"] } })),
    strategy: await outcome(() => foldin.recommend({}, { strategy: "tast" })),
    by: await outcome(() => foldin.similar("1", { by: "mood" })),
    optionField: await outcome(() => foldin.search("a", { limit: 3 })),
    seedsField: await outcome(() => foldin.seeds({ liked: ["1"] })),
    popularStrategy: await outcome(() => foldin.popular({ strategy: "taste" })),
    number: await outcome(() => foldin.similar(1)),
    pair: await outcome(() => foldin.recommend({ ratings: [["1", "5"]] })),
    diversity: await outcome(() => foldin.recommend({}, { diversity: 2 })),
    predictNumber: await outcome(() => foldin.predict(1)),
    predictItem: await outcome(() => foldin.predict("no such item")),
    text: await outcome(() => foldin.search(undefined)),
    loadField: await outcome(() => load("model/manifest.json", { wroker: true })),
    loadWorker: await outcome(() => load("model/manifest.json", { worker: "yes" })),
    loadVariant: await outcome(() => load("model/manifest.json", { variant: 1 })),
    userNumber: await outcome(() => foldin.recommendUser(1)),
    strategies: await outcome(() => foldin.compare({}, "taste")),
    comparedStrategy: await outcome(() => foldin.compare({}, ["taste"], { strategy: "taste" })),
    questions: await outcome(() => foldin.batch({ profile: {} })),
    questionField: await outcome(() => foldin.batch([{}, { profiles: {} }])),
    both: await outcome(() => foldin.batch([{ user: "1", profile: {} }])),
    inBatch: await outcome(() => foldin.batch([{}, { request: { k: 0 } }])),
    ids: await outcome(() => foldin.items("1")),
    idNumber: await outcome(() => foldin.items(["1", 2])),
    explained: await outcome(() => foldin.explain("no such item")),
  }));
  for (const [name, error] of Object.entries(errors)) expect(error.foldin, name).toBe(true);
  const expectError = (error, code, words) =>
    expect(error).toMatchObject({ code, message: expect.stringContaining(words) });
  expectError(errors.unknownItem, "unknown-item", "no such item");
  expect(errors.unknownSimilar.code).toBe("unknown-item");
  expectError(errors.zero, "invalid-value", "k is 0");
  expectError(errors.profileField, "invalid-value", '"likes"');
  expectError(errors.requestField, "invalid-value", '"limit"');
  expectError(errors.filterField, "invalid-value", '"genre"');
  expectError(errors.genre, "unknown-genre", "no such genre");
  expectError(errors.strategy, "invalid-value", "hybrid, taste, neighbours");
  expectError(errors.by, "invalid-value", "taste, content, genres");
  expectError(errors.optionField, "invalid-value", '"limit"');
  expectError(errors.popularStrategy, "invalid-value", '"strategy"');
  expectError(errors.number, "invalid-value", "id is 1; expected a string");
  expectError(errors.pair, "invalid-value", '["1","5"]');
  expectError(errors.diversity, "invalid-value", "from 0 to 1");
  expectError(errors.predictNumber, "invalid-value", "id is 1; expected a string");
  expect(["unknown-item", "not-in-model"]).toContain(errors.predictItem.code);
  expectError(errors.text, "invalid-value", "text is undefined");
  expectError(errors.loadField, "invalid-value", '"wroker"');
  expectError(errors.loadWorker, "invalid-value", '"yes"');
  expectError(errors.loadVariant, "invalid-value", "options.variant is 1; expected a string");
  expect(["invalid-value", "not-in-model"]).toContain(errors.userNumber.code);
  expectError(errors.strategies, "invalid-value", 'strategies is "taste"; expected an array');
  expectError(errors.comparedStrategy, "invalid-value", '"strategy"');
  expectError(errors.questions, "invalid-value", "expected an array");
  expect(errors.questionField.message).toMatch(/^questions\[1\]: .*"profiles"/);
  expect(["invalid-value", "not-in-model"]).toContain(errors.both.code);
  expect(errors.inBatch.message).toMatch(/^questions\[1\]: .*k is 0/);
  expectError(errors.ids, "invalid-value", 'ids is "1"; expected an array');
  expectError(errors.idNumber, "invalid-value", "ids[1] is 2; expected a string");
  expect(errors.explained.code).toBe("unknown-item");
});

test("what is no plain data is refused with its place, on both sides of the worker", async ({ page }) => {
  const answers = await page.evaluate(async () => {
    const onMainThread = await load("model/manifest.json", { worker: false });
    const cyclic = {};
    cyclic.liked = [cyclic];
    class Visitor {}
    const messages = async (foldin) => {
      const values = [new Map(), new Set(), new Visitor(), cyclic, { liked: [() => {}] }, { liked: [1n] }, []];
      const outcomes = await Promise.all(values.map((profile) => outcome(() => foldin.recommend(profile))));
      return outcomes.map(({ code, message }) => `${code}: ${message}`);
    };
    return { inWorker: await messages(foldin), onMainThread: await messages(onMainThread), worker: foldin.info.worker };
  });
  expect(answers.worker).toBe(true);
  expect(answers.inWorker).toEqual(answers.onMainThread);
  const expected = [
    "profile is a Map; expected a plain object or an array",
    "profile is a Set; expected a plain object or an array",
    "profile is a Visitor; expected a plain object or an array",
    "nested too deeply, or contains itself",
    "profile.liked[0] is function; expected plain data",
    "profile.liked[0] is bigint; expected plain data",
    "profile is []; expected an object",
  ];
  for (const [n, message] of answers.inWorker.entries()) {
    expect(message).toContain("invalid-value: ");
    expect(message).toContain(expected[n]);
  }
});

test("proxies, as frameworks make them of their state, are read as what they stand for", async ({ page }) => {
  const [plain, proxied] = await page.evaluate(async () => {
    const liked = (await foldin.popular({ k: 2 })).items.map(({ id }) => id);
    const state = new Proxy({ liked: new Proxy(liked, {}) }, {});
    return [(await foldin.recommend({ liked })).items, (await foldin.recommend(state)).items];
  });
  expect(proxied).toEqual(plain);
});

test("a k of any size and 10,000 likes are answered, or refused", async ({ page }) => {
  const { all, wrong, many, stranger } = await page.evaluate(async () => {
    const { items: catalogue } = await foldin.popular({ k: 1e6 });
    const ids = catalogue.map(({ id }) => id);
    const all = (await foldin.recommend({ liked: ids.slice(0, 1) }, { k: 1e6 })).items.length;
    const refused = [0, -1, 1.5, NaN, "5", null].map((k) => outcome(() => foldin.recommend({}, { k })));
    const wrong = await Promise.all(refused);
    const liked = Array.from({ length: 10_000 }, (_, n) => ids[n % ids.length]);
    const many = (await foldin.recommend({ liked }, { k: 5 })).items.length;
    const stranger = await outcome(() => foldin.recommend({ liked: [...ids.slice(0, 3), "of another model"] }));
    return { all: [all, ids.length, foldin.info.items], wrong, many, stranger };
  });
  expect(all).toEqual([all[2] - 1, all[2], all[2]]);
  for (const [n, k] of ["0", "-1", "1.5", "not a number", '"5"'].entries()) {
    const message = expect.stringContaining(`k is ${k}`);
    expect(wrong[n]).toMatchObject({ foldin: true, code: "invalid-value", message });
  }
  // As in JSON, null is what is not there.
  expect(wrong[5].answered.items).toHaveLength(10);
  expect(many).toBeLessThanOrEqual(5);
  expect(stranger).toMatchObject({ code: "unknown-item", message: expect.stringContaining("of another model") });
});

test("a batch answers each question as if it were asked alone", async ({ page }) => {
  const { batch, alone } = await page.evaluate(async () => {
    const [first, second] = (await foldin.popular({ k: 2 })).items.map(({ id }) => id);
    const questions = [{ profile: { liked: [first] } }, { profile: { liked: [second] }, request: { k: 3 } }, {}];
    const batch = await foldin.batch(questions);
    const alone = [];
    for (const { profile, request } of questions) alone.push((await foldin.recommend(profile, request)).items);
    return { batch, alone };
  });
  expect(batch.answers.map(({ items }) => items)).toEqual(alone);
  for (const { ms } of [batch, ...batch.answers]) expect(ms).toBeGreaterThanOrEqual(0);
});

test("strategies are compared side by side, diverse among them", async ({ page }) => {
  const { compared, hybrid, diverse, all, strategies } = await page.evaluate(async () => {
    const liked = (await foldin.popular({ k: 3 })).items.map(({ id }) => id);
    const request = { k: 6, where: { years: [1900, 2100] } };
    return {
      compared: await foldin.compare({ liked }, ["hybrid", "diverse", "popular"], request),
      hybrid: (await foldin.recommend({ liked }, request)).items,
      diverse: (await foldin.recommend({ liked }, { ...request, diversity: 0.5 })).items,
      all: (await foldin.compare({ liked })).lists,
      strategies: foldin.info.strategies,
    };
  });
  const [first, second, third] = compared.lists;
  expect(compared.lists.map(({ strategy }) => strategy)).toEqual(["hybrid", "diverse", "popular"]);
  expect(first.items).toEqual(hybrid);
  expect(second.items).toEqual(diverse);
  expect(third.items.every(({ sources }) => sources[0] === "popular")).toBe(true);
  for (const { ms } of [compared, ...compared.lists]) expect(ms).toBeGreaterThanOrEqual(0);
  // By default all that the model can do.
  expect(all.map(({ strategy }) => strategy)).toEqual([...strategies, "diverse"]);
  for (const { items } of all) expect(items).toHaveLength(10);
});

test("items are told in the order asked, without those that the model does not have", async ({ page }) => {
  const { items, expected } = await page.evaluate(async () => {
    const [first, second] = (await foldin.seeds({ k: 2 })).items;
    return { items: await foldin.items([second.id, "no such item", first.id]), expected: [second, first] };
  });
  expect(items).toEqual(expected);
});

test("a recommendation is explained by its sources and features, which add up to its score", async ({ page }) => {
  const { recommended, explanation } = await page.evaluate(async () => {
    const liked = (await foldin.popular({ k: 3 })).items.map(({ id }) => id);
    const [recommended] = (await foldin.recommend({ liked })).items;
    return { recommended, explanation: await foldin.explain(recommended.id, { liked }) };
  });
  expect(explanation.item).toEqual(recommended);
  expect(explanation.place).toBe(1);
  expect(explanation.candidates).toBeGreaterThan(10);
  expect(explanation.blend + explanation.trees).toBeCloseTo(explanation.score, 3);
  expect(explanation.sources.length).toBeGreaterThan(0);
});

test("the map has a place for every item, and for the visitor", async ({ page }) => {
  const { map, place, nowhere, info } = await page.evaluate(async () => {
    const liked = (await foldin.popular({ k: 2 })).items.map(({ id }) => id);
    const { info } = foldin;
    const map = await outcome(async () => {
      const { ids, x, y } = await foldin.map();
      return { ids, x: [...x], y: [...y], typed: x instanceof Float32Array };
    });
    const [place, nowhere] = await Promise.all([{ liked }, {}].map((profile) => outcome(() => foldin.place(profile))));
    return { map, place, nowhere, info };
  });
  if (!info.map) {
    for (const answer of [map, place]) expect(answer).toMatchObject({ foldin: true, code: "not-in-model" });
    return;
  }
  const { ids, x, y, typed } = map.answered;
  expect([ids.length, x.length, y.length, typed]).toEqual([info.items, info.items, info.items, true]);
  const inside = (value) => value >= 0 && value <= 1;
  expect([...x, ...y].every(inside)).toBe(true);
  expect([place.answered.x, place.answered.y].every(inside)).toBe(true);
  expect(nowhere.answered).toBeNull();
});

test("health and stats say what is loaded, what was asked, and how long it took", async ({ page }) => {
  const { health, stats, info } = await page.evaluate(async () => {
    for (const text of ["a", "b", "c"]) await foldin.search(text);
    await outcome(() => foldin.search(1));
    return { health: await foldin.health(), stats: await foldin.stats(), info: foldin.info };
  });
  const { version, items, users, likes, factors, bytes } = info;
  expect(health).toMatchObject({ status: "ok", version, variant: null, items, worker: true });
  expect(stats).toMatchObject({ version, items, users, likes, factors, bytes });
  const { count, median, p95 } = stats.calls.search;
  expect(count).toBe(3);
  expect(median).toBeGreaterThanOrEqual(0);
  expect(p95).toBeGreaterThanOrEqual(median);
  expect(stats.memory).toBeGreaterThan(bytes.score);
});

test("a closed model rejects waiting and later calls, and leaves other models alone", async ({ page }) => {
  const outcomes = await page.evaluate(async () => {
    const other = await load("model/manifest.json");
    const waiting = outcome(() => foldin.search("a"));
    foldin.close();
    foldin.close();
    const later = await Promise.all(
      ["search", "recommendUser", "stats", "map"].map((call) => outcome(() => foldin[call]("a"))),
    );
    return { rejected: [await waiting, ...later], other: (await other.popular({ k: 2 })).items.length };
  });
  for (const rejected of outcomes.rejected) expect(rejected).toMatchObject({ foldin: true, code: "closed" });
  expect(outcomes.other).toBe(2);
});
