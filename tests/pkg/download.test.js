// What is said when a host does not give a file: the status first, and the advice that fits the kind of file.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { download } from "../../pkg/src/download.js";
import { FoldinError } from "../../pkg/src/error.js";

const PAGE = "<!doctype html><title>Not what you asked for</title>";
const BYTES = Buffer.from("the bytes of a file");
const sha256 = createHash("sha256").update(BYTES).digest("hex");

let server;
let answer;
let nAsked;
before(async () => {
  server = createServer((request, response) => {
    nAsked += 1;
    answer(response, request);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
});
after(() => {
  server.closeAllConnections();
  server.close();
});

/** Downloads a file of this kind; gives its text, or the error. */
async function outcome(name, { path = "/file", ...file } = {}) {
  nAsked = 0;
  const url = new URL(path, `http://127.0.0.1:${server.address().port}`);
  try {
    const none = Promise.resolve(undefined);
    const bytes = await download({ name, url, ...file }, none, new AbortController().signal, () => {});
    return new TextDecoder().decode(bytes);
  } catch (error) {
    assert.ok(error instanceof FoldinError, String(error));
    return error;
  }
}

const page = (status) => (response) => response.writeHead(status, { "content-type": "text/html" }).end(PAGE);

for (const [status, code, tries, words] of [
  [500, "http", 3, /try again later/i],
  [503, "http", 3, /try again later/i],
  [502, "http", 3, /try again later/i],
  [403, "http", 1, /access rules/],
  [401, "http", 1, /login/],
  [404, "not-found", 1, /foldin train.*\.foldin/],
  [410, "not-found", 1, /foldin train/],
]) {
  test(`HTTP ${status} with a web page is told as ${status}`, async () => {
    answer = page(status);
    const error = await outcome("score file");
    assert.equal(error.code, code);
    assert.equal(error.status, status);
    assert.match(error.message, new RegExp(`HTTP status ${status}`));
    assert.match(error.message, words);
    assert.equal(nAsked, tries);
  });
}

test("a web page with status 200 in place of a file is told as such", async () => {
  answer = page(200);
  for (const name of ["score file", "show file", "wasm module"]) {
    const error = await outcome(name, { bytes: BYTES.length, sha256 });
    assert.equal(error.code, "not-found");
    assert.match(error.message, /a web page instead of the file/);
  }
  const unchecked = await outcome("score file");
  assert.equal(unchecked.code, "not-found");
});

test("the right bytes are taken, whatever the host calls them", async () => {
  answer = (response) => response.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(BYTES);
  assert.equal(await outcome("score file", { bytes: BYTES.length, sha256 }), String(BYTES));
});

test("a file that the site has compressed itself is taken, whether the host decompresses it or not", async () => {
  const packed = gzipSync(BYTES);
  const file = { bytes: BYTES.length, sha256 };
  answer = (response) => response.end(packed);
  assert.equal(await outcome("score file", file), String(BYTES));
  answer = (response) => response.writeHead(200, { "content-encoding": "gzip" }).end(packed);
  assert.equal(await outcome("score file", file), String(BYTES));
  for (const damaged of [packed.subarray(0, 20), packed.subarray(0, 2), Buffer.from(packed).fill(7, 12, 20)]) {
    answer = (response) => response.end(damaged);
    const error = await outcome("score file", file);
    assert.match(error.code, /network|wrong-length|damaged/);
    assert.equal(nAsked, 3);
  }
});

test("a missing wasm module is blamed on bundler and package, not on the training", async () => {
  answer = page(404);
  const { message } = await outcome("wasm module");
  assert.match(message, /bundler/);
  assert.match(message, /option "wasm"/);
  assert.match(message, /optimizeDeps/);
  assert.doesNotMatch(message, /foldin train/);
});

test("a wasm module of another version is blamed on mixed versions", async () => {
  answer = (response) => response.end("another module");
  const { code, message } = await outcome("wasm module", { bytes: BYTES.length, sha256 });
  assert.equal(code, "wrong-length");
  assert.match(message, /different versions/);
});

test("a length that is not true takes no memory", async () => {
  answer = (response) => response.end(BYTES);
  const { code } = await outcome("score file", { bytes: 2 ** 32 });
  assert.equal(code, "wrong-length");
});

test("a host that says when to come again is asked again then, or not at all if that is long", async () => {
  let n = 0;
  answer = (response) => {
    n += 1;
    if (n === 1) response.writeHead(429, { "retry-after": "1" }).end();
    else response.end(BYTES);
  };
  assert.equal(await outcome("score file"), String(BYTES));
  answer = (response) => response.writeHead(429, { "retry-after": "3600" }).end();
  const error = await outcome("score file");
  assert.deepEqual([error.code, error.status, nAsked], ["http", 429, 1]);
});

test("a host that never answers is given up with a message, after one try", async (t) => {
  answer = () => {};
  const { setInterval: real } = globalThis;
  // Seconds that pass quickly.
  t.mock.method(globalThis, "setInterval", (tick) => real(tick, 5));
  const error = await outcome("score file");
  assert.equal(error.code, "network");
  assert.match(error.message, /the score file .* no answer for 30 seconds/);
  assert.equal(nAsked, 1);
});

test("a file on disk is named as such: a folder, a missing file", async () => {
  const folder = await outcome("manifest", { path: new URL(".", import.meta.url).href });
  assert.equal(folder.code, "not-found");
  assert.match(folder.message, /that is a folder; name the file manifest\.json/);
  const missing = await outcome("manifest", { path: new URL("none.json", import.meta.url).href });
  assert.equal(missing.code, "not-found");
});
