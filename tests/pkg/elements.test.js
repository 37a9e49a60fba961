// What the elements make of attributes, texts, addresses and languages, without a browser.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fillAddress } from "../../pkg/src/elements/address.js";
import { ATTRIBUTES, defineProperties } from "../../pkg/src/elements/attributes.js";
import { readK, readRequest } from "../../pkg/src/elements/filters.js";
import { joined, language, rounded } from "../../pkg/src/elements/language.js";
import { readTexts, TEXTS } from "../../pkg/src/elements/texts.js";

globalThis.location = new URL("https://example.org/recipes/page.html");
globalThis.document = { baseURI: location.href, documentElement: { lang: "" } };

/** An element as far as attributes go. */
class Host {
  attributes = new Map();
  getAttribute = (name) => this.attributes.get(name) ?? null;
  hasAttribute = (name) => this.attributes.has(name);
  setAttribute = (name, value) => this.attributes.set(name, value);
  removeAttribute = (name) => this.attributes.delete(name);
}
defineProperties(Host.prototype);

function hostWith(attributes) {
  const host = new Host();
  for (const [name, value] of Object.entries(attributes)) host.setAttribute(name, value);
  return host;
}

const INFO = {
  genres: ["Comedy", "Film Noir", "Sci-Fi"],
  strategies: ["hybrid", "popular", "taste"],
  freeDiversity: 0.2,
};

/** The request of these attributes, and what is reported. */
function requestOf(attributes) {
  const warnings = [];
  const request = readRequest(hostWith(attributes), INFO, (problem) => warnings.push(problem));
  return { ...request, warnings };
}

test("properties write attributes, whatever they are given, and never throw", () => {
  const circular = {};
  circular.self = circular;
  const throwing = {
    toString() {
      throw new Error("no text");
    },
  };
  const values = [3, "3", true, 0, Number.NaN, 1n, Symbol("s"), [], ["a", "b"], {}, circular, [throwing], () => {}];
  for (const name of ["src", "profileKey", "heading", "loading", "strategy", "href", "years", "liked", "genres"]) {
    for (const value of [...values, Object.create(null), throwing]) {
      const host = new Host();
      host[name] = value;
      assert.equal(host.attributes.size, 1, `${name} = ${typeof value}`);
      assert.notEqual(host[name], undefined);
      for (const nothing of [null, undefined, false]) {
        host[name] = nothing;
        assert.equal(host.attributes.size, 0);
      }
    }
  }
});

test("properties are read as what they mean", () => {
  const host = hostWith({ liked: "a, b,,c", diversity: "0.3", "profile-key": "mine", src: "m.json" });
  assert.deepEqual([host.liked, host.genres, host.diversity, host.profileKey], [["a", "b", "c"], [], 0.3, "mine"]);
  host.years = [1980, 1999];
  host.genres = ["Comedy", "Sci-Fi"];
  assert.deepEqual([host.getAttribute("years"), host.getAttribute("genres")], ["1980-1999", "Comedy,Sci-Fi"]);
  assert.equal(host.controls, false);
  host.controls = true;
  assert.equal(host.controls, true);
  // React 18 writes properties of custom elements as attributes.
  host.setAttribute("controls", "false");
  assert.equal(host.controls, false);
});

for (const [k, expected] of [
  ["3", 3],
  ["1", 1],
  ["0", 6],
  ["-1", 6],
  ["1.5", 6],
  ["many", 6],
  ["", 6],
  ["1e9", 1000],
]) {
  test(`k="${k}" shows ${expected}`, () => {
    const warnings = [];
    assert.equal(
      readK(hostWith({ k }), 6, (problem) => warnings.push(problem)),
      expected,
    );
    assert.equal(warnings.length, expected === 6 ? 1 : 0);
  });
}

for (const [years, expected] of [
  ["1980-1999", [1980, 1999]],
  ["1980–1999", [1980, 1999]],
  [" 1980 — 1999 ", [1980, 1999]],
  ["1999-1980", [1980, 1999]],
  ["1979", [1979, 1979]],
  ["1980-", [1980, 9999]],
  ["-1999", [0, 1999]],
  ["", undefined],
]) {
  test(`years="${years}" is understood`, () => {
    const { where, warnings } = requestOf({ years });
    assert.deepEqual([where.years, warnings], [expected, []]);
  });
}

for (const [name, value] of [
  ["years", "the eighties"],
  ["years", "1980-1999-2000"],
  ["years", "null"],
  ["genres", "horror"],
  ["diversity", "50%"],
  ["diversity", "2"],
  ["diversity", "NaN"],
  ["strategy", "magic"],
]) {
  test(`${name}="${value}" is left out and reported with its value`, () => {
    const { strategy, diversity, where, warnings } = requestOf({ [name]: value });
    assert.deepEqual([strategy, diversity, where], ["hybrid", 0.2, { genres: [] }]);
    assert.equal(warnings.length, 1);
    assert.ok(warnings[0].includes(`"${value}"`) && warnings[0].startsWith(name), warnings[0]);
  });
}

test("of several genres the known ones count, however they are written", () => {
  const { where, warnings } = requestOf({ genres: "film noir, horror ,COMEDY" });
  assert.deepEqual(where.genres, ["Film Noir", "Comedy"]);
  assert.equal(warnings.length, 1);
});

for (const [texts, nWarnings] of [
  ["{heading:'x'}", 1],
  ["[object Object]", 1],
  ["null", 1],
  ["[]", 1],
  ["7", 1],
  ['{"heading": 7, "empty": null}', 2],
  ['{"headline": "x"}', 1],
  ['{"__proto__": {"heading": "x"}}', 1],
  [null, 0],
  ["", 0],
]) {
  test(`texts ${texts} give the English ones, and ${nWarnings} warnings`, () => {
    const warnings = [];
    assert.deepEqual(
      readTexts(texts, (problem) => warnings.push(problem)),
      TEXTS,
    );
    assert.equal(warnings.length, nWarnings);
  });
}

test("texts that are given replace the English ones", () => {
  const { heading, empty } = readTexts('{"heading": "Für dich"}', assert.fail);
  assert.deepEqual([heading, empty], ["Für dich", TEXTS.empty]);
});

for (const lang of ["en_US", "auto", "C", "en-", "de_DE.UTF-8", "", "x", "klingon-", "zh-Hant_TW", "\u0000", "de"]) {
  test(`lang="${lang}" shows a list and a number`, () => {
    document.documentElement.lang = lang;
    assert.match(joined(["a", "b"]), /a.+b/);
    assert.match(rounded(2.51), /2.5/);
    if (lang === "de") assert.equal(joined(["a", "b"]), "a und b");
    if (lang === "en_US") assert.equal(language(), "en-US");
  });
}

for (const [pattern, id, expected] of [
  ["{id}", "/posts/2024/post-1/", "/posts/2024/post-1/"],
  ["{id}.html", "a/b c", "a/b%20c.html"],
  ["recipes/{id}.html", "leek-soup", "recipes/leek-soup.html"],
  ["{id}", "a?b#c%", "a%3Fb%23c%25"],
  ["{url}", "/caf%C3%A9/?x=1", "/caf%C3%A9/?x=1"],
  ["{url}", "https://example.com/a", "https://example.com/a"],
  ["{id}", "//evil.example/x", "/evil.example/x"],
  ["/{id}", "/evil.example/x", "/evil.example/x"],
  ["/{id}", "//evil.example/x", "/evil.example/x"],
  ["/blog/{id}", "/2024/leek/", "/blog/2024/leek/"],
  ["{id}", "\\\\evil.example", "%5C%5Cevil.example"],
  ["{id}", "javascript:alert(1)", "javascript%3Aalert(1)"],
  ["{url}", "javascript:alert(1)", undefined],
  ["{url}", " \tjava\nscript:alert(1)", undefined],
  ["{url}", "JAVASCRIPT:alert(1)", undefined],
  ["{url}", "data:text/html,<script>alert(1)</script>", undefined],
  ["{url}", "vbscript:x", undefined],
  ["{url}", "blob:https://example.org/x", undefined],
  ["javascript:show('{id}')", "x", undefined],
  ["{url}", "https://[", undefined],
]) {
  test(`href="${pattern}" of ${JSON.stringify(id)} gives ${expected ?? "no link"}`, () => {
    assert.equal(fillAddress(pattern, { id, url: id }), expected);
  });
}

test("custom-elements.json describes every attribute, and no other", async () => {
  const { modules } = JSON.parse(await readFile(new URL("../../pkg/custom-elements.json", import.meta.url)));
  const described = modules.flatMap(({ declarations }) => declarations[0].attributes.map(({ name }) => name));
  assert.deepEqual([...new Set(described)].sort(), [...ATTRIBUTES].sort());
});
