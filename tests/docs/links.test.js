// Links in the repository's Markdown: every file and anchor that one leads to is there, and so is every path in
// backticks that begins with a folder of the repository.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { anchors, changeLinks, codeSpans, links, slugOf } from "../../docs/vitepress/markdown.js";
import { forgotten, pages, ROOT } from "../../docs/vitepress/pages.js";

/** Decisions and the changelog name files as they were. */
const IS_HISTORY = /^docs\/decisions\/\d|^CHANGELOG\.md$/;
/** Made by builds. */
const IS_BUILT = /^(target|pkg\/wasm|web\/built|tests\/frameworks\/work)\b/;

const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"], { cwd: ROOT });
const files = tracked
  .toString()
  .trim()
  .split("\n")
  .filter((file) => existsSync(join(ROOT, file)));
const read = (file) => readFileSync(join(ROOT, file), "utf8");

test("every relative link in Markdown leads to a file, and to an anchor that is there", () => {
  let checked = 0;
  const broken = files.flatMap((file) => {
    const relativeLinks = links(read(file)).filter(({ address }) => !/^[a-z]+:/.test(address));
    checked += relativeLinks.length;
    return relativeLinks.flatMap(({ address, line }) => {
      const fault = faultOf(file, address);
      return fault ? [`${file}:${line}: ${address}: ${fault}`] : [];
    });
  });
  assert.deepEqual(broken, []);
  assert.ok(files.includes("README.md") && checked > 100, `only ${checked} links were found in ${files.length} files`);
});

test("every path in backticks that begins with a folder of the repository is there", () => {
  const tops = /^(crates|docs|fuzz|pkg|scripts|tests|web|foldin-[a-z-]+)\//;
  let checked = 0;
  const missing = files
    .filter((file) => !IS_HISTORY.test(file))
    .flatMap((file) => {
      const paths = codeSpans(read(file)).filter(({ text }) => tops.test(text) && /^[\w./-]+$/.test(text));
      checked += paths.length;
      return paths.filter(({ text }) => !isThere(text)).map(({ text, line }) => `${file}:${line}: ${text}`);
    });
  assert.deepEqual(missing, []);
  assert.ok(checked > 50, `only ${checked} paths were found`);
});

test("every page of docs/ is in the navigation of the documentation site, at a path of its own", () => {
  assert.deepEqual(forgotten(), []);
  const paths = pages().map(({ path }) => path);
  assert.deepEqual([...new Set(paths)], paths);
});

test("links and anchors are found outside of code alone", () => {
  const text =
    "# A `b`, c & d\n\n[x](y.md#z) `[no](no.md)` [`q`](r(1).md)\n\n```md\n[no](no.md)\n# no\n```\n\n# A `b`, c & d\n";
  assert.deepEqual(links(text), [
    { address: "y.md#z", line: 3 },
    { address: "r(1).md", line: 3 },
  ]);
  assert.deepEqual(anchors(text), ["a-b-c--d", "a-b-c--d-1"]);
  assert.equal(slugOf("9. Für dich_1"), "9-für-dich_1");
  assert.equal(
    changeLinks(text, (address) => `<${address}>`).split("\n")[2],
    "[x](<y.md#z>) `[no](no.md)` [`q`](<r(1).md>)",
  );
});

/** What is wrong with a link; `undefined` if nothing is. */
function faultOf(file, address) {
  const [path, anchor] = address.split("#").map(decodeURIComponent);
  const target = path === "" ? join(ROOT, file) : join(ROOT, dirname(file), path);
  if (relative(ROOT, target).startsWith("..")) return "it leads out of the repository";
  const stat = statSync(target, { throwIfNoEntry: false });
  if (!stat) return "there is no such file";
  if (anchor === undefined) return undefined;
  if (!target.endsWith(".md")) return "only headings of Markdown files have anchors";
  return anchors(readFileSync(target, "utf8")).includes(anchor) ? undefined : "there is no such heading";
}

/** Whether a path is in the repository; one of a crate may leave out `crates/`. */
function isThere(path) {
  return IS_BUILT.test(path) || [path, `crates/${path}`].some((one) => existsSync(join(ROOT, one)));
}
