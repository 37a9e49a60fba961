// Manifests that no trainer writes: each is refused with a FoldinError that names what is wrong.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FoldinError } from "../../pkg/src/error.js";
import { readManifest } from "../../pkg/src/manifest.js";

const HTTP = "https://example.org/model/manifest.json";
const FILES = { score: { path: "v1/score.foldin", bytes: 3 }, show: { path: "v1/show.foldin" } };
const GOOD = { format: 1, current: "v1", versions: [{ version: "v1", files: FILES }], variants: [] };

function read(manifest, url = HTTP) {
  return readManifest(new TextEncoder().encode(JSON.stringify(manifest)), new URL(url), {});
}

/** A manifest whose score file has these fields. */
function withScore(fields) {
  return { ...GOOD, versions: [{ version: "v1", files: { ...FILES, score: { ...FILES.score, ...fields } } }] };
}

test("a sound manifest gives its version and the addresses of its files", () => {
  const { entry, variant, files } = read(GOOD);
  assert.equal(entry.version, "v1");
  assert.equal(variant, null);
  assert.deepEqual(
    [...new Set(files)],
    ["https://example.org/model/v1/score.foldin", "https://example.org/model/v1/show.foldin"],
  );
});

for (const [what, manifest, words] of [
  ["a variant that is null", { ...GOOD, variants: [null] }, "variant undefined"],
  ["a variant that is a number", { ...GOOD, variants: [7] }, "variant undefined"],
  ["a share that is infinite", { ...GOOD, variants: [{ version: "v1", share: "1e999" }] }, "share above 0"],
  ["variants that are an object", { ...GOOD, variants: {} }, "not a list"],
  ["a version without files", { ...GOOD, versions: [{ version: "v1", files: null }] }, "no score file"],
  ["versions that are null", { ...GOOD, versions: [null] }, "not among"],
  [
    "a file that is null",
    { ...GOOD, versions: [{ version: "v1", files: { ...FILES, users: null } }] },
    "no users file",
  ],
  ["a path that is a number", withScore({ path: 7 }), "no score file"],
  ["a file of 1e12 bytes", withScore({ bytes: 1e12 }), "1000000000000 bytes"],
  ["a file of -1 bytes", withScore({ bytes: -1 }), "-1 bytes"],
  ["a file of 1.5 bytes", withScore({ bytes: 1.5 }), "1.5 bytes"],
  ["a file of null bytes", withScore({ bytes: null }), "null bytes"],
  ["a checksum that is no text", withScore({ sha256: {} }), "sha256 is no text"],
  ["a path that is no address", withScore({ path: "https://[" }), "another place"],
  ["a file of the reader's disk", withScore({ path: "file:///etc/passwd" }), "another place, file:///etc/passwd"],
  ["a file of another host", withScore({ path: "//intranet/secret" }), "another place"],
  ["a file of another port", withScore({ path: "https://example.org:8080/a" }), "another place"],
  ["a file without encryption", withScore({ path: "http://example.org/a" }), "another place"],
  ["a file in a data URL", withScore({ path: "data:,x" }), "another place"],
]) {
  test(`${what} is refused`, () => {
    assert.throws(
      () => read(manifest),
      (error) => error instanceof FoldinError && error.code === "not-a-manifest" && error.message.includes(words),
    );
  });
}

test("a manifest on disk names files on disk, and no others", () => {
  const url = "file:///home/me/model/manifest.json";
  assert.deepEqual(read(GOOD, url).files[0], "file:///home/me/model/v1/score.foldin");
  assert.throws(() => read(withScore({ path: "https://example.org/a" }), url), /another place/);
});

test("variants and reports that are null count as none", () => {
  assert.equal(read({ ...GOOD, variants: null }).variant, null);
});
