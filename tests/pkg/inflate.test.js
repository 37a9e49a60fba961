// gzip without DecompressionStream, beside what Node makes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { constants, gzipSync } from "node:zlib";
import { gunzip } from "../../pkg/src/inflate.js";

const noise = Uint8Array.from({ length: 70_000 }, (_, n) => (n * 7919 + (n >> 3) * 104_729) % 251);
const words = new TextEncoder().encode("because you liked Alien, Aliens; ".repeat(3000));
const CONTENTS = { nothing: new Uint8Array(), "one byte": Uint8Array.of(7), noise, words };

for (const [name, content] of Object.entries(CONTENTS)) {
  test(`${name} comes out as it went in, however it was compressed`, () => {
    for (const options of [
      { level: 0 },
      { level: 1 },
      { level: 9 },
      { strategy: constants.Z_FIXED },
      { strategy: constants.Z_HUFFMAN_ONLY },
    ]) {
      assert.deepEqual(gunzip(gzipSync(content, options)), content, JSON.stringify(options));
    }
  });
}

test("a name and a comment in the header are passed over", () => {
  const packed = gzipSync(words);
  const text = (word) => [...new TextEncoder().encode(word), 0];
  const named = Uint8Array.of(...packed.slice(0, 3), 8 | 16, ...packed.slice(4, 10), ...text("a"), ...text("bc"));
  assert.deepEqual(gunzip(Uint8Array.of(...named, ...packed.slice(10))), words);
});

test("a file that is cut off, or is none, is an error and no endless loop", () => {
  const packed = gzipSync(noise);
  for (const length of [0, 5, 11, 500, packed.length >> 1]) {
    assert.throws(() => gunzip(packed.slice(0, length)), RangeError, `${length} bytes`);
  }
  assert.throws(() => gunzip(new Uint8Array(100).fill(0xff)), RangeError);
});
