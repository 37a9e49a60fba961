import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { textsOf } from "../../pkg/src/related/texts.js";

test("the element says in every language what foldin site writes into pages", () => {
  const source = readFileSync(new URL("../../crates/foldin-site/src/inject/texts.rs", import.meta.url), "utf8");
  const written = [...source.matchAll(/"(\w\w)" => "(.+?)"/g)].map(([, language, heading]) => [language, heading]);
  assert.equal(written.length, 11);
  for (const [language, heading] of [...written, ["en", "Read next"], ["xx", "Read next"]]) {
    assert.equal(textsOf(language).heading, heading, language);
  }
});
