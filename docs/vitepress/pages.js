// The pages of the documentation site: which files of the repository they are made from, and where each stands in the
// navigation. A Markdown file in docs/ that is not listed here is an error, so that no page is forgotten.

import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { headings } from "./markdown.js";

export const ROOT = join(import.meta.dirname, "..", "..");

/** Groups of the navigation, each with `[file, title]`. Without a title, the page's own is used. */
const GROUPS = [
  ["Start", [["README.md", "What foldin is"]]],
  [
    "Guides",
    [
      ["docs/site.md", "“Read next” for a website"],
      ["docs/add-to-a-site.md"],
      ["docs/frameworks.md", "Bundlers and frameworks"],
      ["docs/python.md", "Python"],
      ["docs/data.md"],
      ["docs/spark.md"],
      ["docs/vectors.md"],
      ["docs/train-in-the-browser.md"],
      ["docs/privacy.md"],
    ],
  ],
  [
    "Reference",
    [
      ["docs/command-line.md"],
      ["pkg/README.md", "The JavaScript package"],
      ["docs/file-format.md"],
      ["docs/glossary.md"],
    ],
  ],
  ["Measurements", [["docs/benchmarks.md"], ["docs/protocols.md"], ["docs/security-testing.md", "Security testing"]]],
  [
    "Project",
    [
      ["ARCHITECTURE.md"],
      ["docs/decisions/README.md"],
      ["CONTRIBUTING.md"],
      ["docs/releasing.md"],
      ["SECURITY.md"],
      ["CHANGELOG.md"],
    ],
  ],
];
/** The groups with their pages: `{ text, pages: [{ file, path, text }] }`. */
export function groups() {
  return GROUPS.map(([text, entries]) => ({
    text,
    pages: entries.map(([file, title]) => page(file, title)),
  }));
}

/** The decisions, which have a navigation of their own. */
export function decisions() {
  const names = readdirSync(join(ROOT, "docs/decisions")).filter((name) => /^\d{4}-.*\.md$/.test(name));
  return names.sort().map((name) => page(`docs/decisions/${name}`));
}

/** All pages. */
export function pages() {
  return [...groups().flatMap((group) => group.pages), ...decisions()];
}

/** The Markdown files in docs/ that no page is made from. */
export function forgotten() {
  const known = new Set(pages().map(({ file }) => file));
  return ["docs", "docs/decisions"]
    .flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => `${folder}/${name}`))
    .filter((file) => file.endsWith(".md") && !known.has(file));
}

function page(file, title) {
  return { file, path: pathOf(file), text: title ?? headings(readFileSync(join(ROOT, file), "utf8"))[0].title };
}

/** Where the page of a file is, without an ending. */
function pathOf(file) {
  if (file === "README.md") return "index";
  if (file === "pkg/README.md") return "javascript";
  const path = file.replace(/^docs\//, "").replace(/\.md$/, "");
  return path.replace(/README$/, "index").replace(/^[A-Z]+$/, (name) => name.toLowerCase());
}

/** The language of a file's code, for its colours. */
export function languageOf(file) {
  const ending = basename(file).split(".").at(-1);
  return { rs: "rust", ts: "ts", js: "js", mjs: "js", toml: "toml", json: "json", yml: "yaml" }[ending] ?? "text";
}
