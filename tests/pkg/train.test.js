// foldin/train in Node: from data in any form to a model that is loaded from memory, in a thread and without one.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { FoldinError, load } from "../../pkg/foldin.js";
import { read, train, zip } from "../../pkg/train.js";
import { eventsCsv, itemsCsv, records, SETTINGS } from "./films.js";

const EVENTS = eventsCsv();
const ITEMS = itemsCsv();

/** The error that a promise is rejected with. */
async function rejection(promise) {
  const error = await promise.then(
    () => null,
    (error) => error,
  );
  assert.ok(error, "nothing was thrown");
  return error;
}

test("a model is learned, has the files of a model folder, and is loaded from memory", async () => {
  const told = [];
  const trained = await train({
    events: EVENTS,
    items: ITEMS,
    name: "films",
    settings: SETTINGS,
    onProgress: (each) => told.push(each),
  });
  const names = Object.keys(trained.files).map((path) => path.replace(/-[0-9a-f]{12}/, ""));
  const inVersion = [
    "card.html",
    "config.toml",
    "data.html",
    "metadata.json",
    "metrics.json",
    "score.foldin",
    "show.foldin",
  ];
  assert.deepEqual(names.sort(), ["manifest.json", ...inVersion.map((name) => `v1.0.0/${name}`)]);
  assert.deepEqual(JSON.parse(new TextDecoder().decode(trained.files["manifest.json"])), trained.manifest);
  assert.deepEqual(trained.doubts, []);
  assert.match(trained.privacy.sentence, /^at least 3 people behind every entry/);
  assert.match(trained.modelCard, /<h1>films v1\.0\.0<\/h1>/);
  assert.match(trained.settings, /\[als\]\nfactors = 16/);
  assert.equal(trained.reading.users, 400);

  const phases = told.filter(({ type }) => type === "phase").map(({ phase }) => phase);
  assert.deepEqual(phases, ["searching", "learning", "ranking", "measuring", "mapping"]);
  const { metrics } = told.find(({ type }) => type === "measured");
  assert.ok(metrics.foldin["ndcg@10"] > metrics.popularity["ndcg@10"]);
  const ours = trained.metrics.protocols[0].systems.find(({ name }) => name === "foldin");
  assert.equal(ours.metrics["ndcg@10"].mean.toFixed(3), metrics.foldin["ndcg@10"].toFixed(3));

  const sources = new Set();
  // Twice: the bytes are still there.
  for (const _ of [1, 2]) {
    const foldin = await load(trained, {
      onProgress: ({ source, file }) => file?.endsWith("file") && sources.add(source),
    });
    assert.deepEqual([foldin.info.source, foldin.info.data, foldin.info.version], ["memory", "films", "v1.0.0"]);
    const { items } = await foldin.recommend({ liked: ["m0", "m1"] }, { k: 5 });
    assert.equal(items.filter(({ genres }) => genres[0] === "Comedy").length, 5);
    foldin.close();
  }
  assert.deepEqual([...sources], ["memory"]);
});

test("on this thread and in one of its own, the same bytes are learned", async () => {
  const [own, here] = await Promise.all(
    [true, false].map((worker) => train({ events: EVENTS, items: ITEMS, settings: SETTINGS, worker })),
  );
  for (const [path, bytes] of Object.entries(own.files)) {
    // Times of day and of the phases.
    if (/metadata\.json|card\.html/.test(path)) continue;
    assert.deepEqual(here.files[path], bytes, path);
  }
});

test("data come as text, bytes, blobs, files, folders, archives and records", async () => {
  const bytes = new TextEncoder().encode(EVENTS);
  const named = { name: "mine.csv", data: EVENTS };
  const archive = await zip({ "films/events.csv": EVENTS, "films/items.csv": ITEMS, "films/README.md": "# Films" });
  for (const [what, events, expected] of [
    ["text", EVENTS, {}],
    ["an ArrayBuffer", bytes.buffer.slice(0), {}],
    ["a part of a buffer", new Uint8Array([0, ...bytes, 0]).subarray(1, bytes.length + 1), {}],
    ["a Blob", new Blob([EVENTS]), {}],
    ["a named text", named, { name: "mine" }],
    ["gzip", { name: "mine.csv.gz", data: gzipSync(EVENTS) }, { name: "mine" }],
    ["a folder", [named, { name: "items.csv", data: ITEMS }], { hasTitles: true }],
    ["an archive of a folder", archive, { hasTitles: true }],
    ["records", records(), {}],
  ]) {
    const reading = await read({ events });
    assert.deepEqual([reading.users, reading.likeThreshold, reading.highestRating], [400, 4, 5], what);
    const hasTitles = /^Film \d/.test(reading.mostLiked[0].title);
    assert.equal(hasTitles, expected.hasTitles ?? false, what);
    if (expected.name) assert.equal(reading.name, expected.name, what);
  }
  assert.equal(bytes.length, EVENTS.length, "what was passed is still there");
});

test("columns are told, and can be corrected", async () => {
  const events = eventsCsv("who,what,points,day");
  const error = await rejection(read({ events: { name: "votes.csv", data: events } }));
  assert.ok(error instanceof FoldinError);
  assert.equal(error.code, "unreadable-data");
  assert.deepEqual([error.file, error.columns], ["votes.csv", ["who", "what", "points", "day"]]);
  assert.match(error.message, /data\.columns "user=who,item=what/);
  const settings = { data: { columns: "user=who,item=what,rating=points", threshold: 3 } };
  const { columns, users, likeThreshold } = await read({ events, settings });
  assert.equal(users, 400);
  assert.equal(likeThreshold, 3);
  assert.deepEqual(columns[0].roles, { user: "who", item: "what", rating: "points", time: "day", event: null });
});

for (const worker of [true, false]) {
  const where = worker ? "in a thread" : "on this thread";
  test(`a signal ends a training ${where}`, async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    const seen = [];
    const onProgress = ({ type }) => {
      seen.push(type);
      if (type === "searchStarted") controller.abort(reason);
    };
    const { signal } = controller;
    assert.equal(await rejection(train({ events: EVENTS, signal, onProgress, worker })), reason);
    assert.equal(seen.at(-1), "searchStarted");
    assert.equal(await rejection(train({ events: EVENTS, signal, worker })), reason);
  });

  test(`what the callback throws ends a training ${where}`, async () => {
    const thrown = new TypeError("no");
    const onProgress = ({ type }) => {
      if (type === "trial") throw thrown;
    };
    assert.equal(await rejection(train({ events: EVENTS, onProgress, worker })), thrown);
  });

  test(`data without a like have nothing to learn ${where}`, async () => {
    const settings = { data: { threshold: 9 } };
    const error = await rejection(train({ events: EVENTS, settings, worker }));
    assert.deepEqual([error.name, error.code], ["FoldinError", "nothing-to-learn"]);
    assert.match(error.message, /no rating reaches the threshold 9 \(the highest is 5\); lower data\.threshold/);
  });
}

for (const [what, options, words] of [
  ["an option that there is not", { events: EVENTS, config: {} }, 'options has a field "config"'],
  ["no events", {}, "options.events is undefined; expected a File"],
  ["an empty list", { events: [] }, "options.events is []; expected"],
  ["a list of numbers", { events: [1, 2] }, "options.events[0] is 1; expected a record"],
  ["a record with a cycle", { events: [cyclic()] }, "options.events[0] cannot be written as JSON"],
  ["a setting that there is not", { events: EVENTS, settings: { als: { factor: 8 } } }, "factors"],
  [
    "a setting out of range",
    { events: EVENTS, settings: { privacy: { minSupport: 0 } } },
    "min-support is 0; expected",
  ],
  ["a wrong worker", { events: EVENTS, worker: "yes" }, 'options.worker is "yes"'],
]) {
  test(`${what} is refused by its name`, async () => {
    const error = await rejection(train(options));
    assert.equal(error.code, "invalid-value");
    assert.ok(error.message.includes(words), error.message);
  });
}

test("a file that is missing in a model in memory is named", async () => {
  const manifest = {
    format: 1,
    current: "v1",
    versions: [{ version: "v1", files: { score: { path: "v1/a" }, show: { path: "v1/b" } } }],
  };
  const files = { "manifest.json": new TextEncoder().encode(JSON.stringify(manifest)) };
  assert.match((await rejection(load({ files }))).message, /the score file is missing: model\.files has no "v1\/a"/);
  assert.match((await rejection(load({ files: {} }))).message, /no "manifest\.json"/);
  assert.equal((await rejection(load({ files: { "manifest.json": "{}" } }))).code, "invalid-value");
});

function cyclic() {
  const record = {};
  record.self = record;
  return record;
}
