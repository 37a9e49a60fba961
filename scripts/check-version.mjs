#!/usr/bin/env node
// Checks that a tag is the version of the crates, of the npm package, of foldin-spark, and of the newest section of the changelog:
// `node scripts/check-version.mjs v0.2.0`. With --notes it prints that section, for the page of the release.

import { readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const read = (file) => readFileSync(join(ROOT, file), "utf8");

const [tag, option] = process.argv.slice(2);
const version = tag?.match(/^v(\d+\.\d+\.\d+(?:-[\w.]+)?)$/)?.[1];
if (!version || (option !== undefined && option !== "--notes")) {
  console.error(`check-version: "${tag ?? ""}" is no tag of a version; use: node scripts/check-version.mjs v0.2.0`);
  process.exit(2);
}

const [, heading, notes] = read("CHANGELOG.md").match(/^## (.+)\n([\s\S]*?)(?=^## |(?![\s\S]))/m) ?? [];
const found = {
  "Cargo.toml": read("Cargo.toml").match(/^version = "(.+)"$/m)?.[1],
  "pkg/package.json": JSON.parse(read("pkg/package.json")).version,
  "pkg/spark/foldin_spark/__init__.py": read("pkg/spark/foldin_spark/__init__.py").match(
    /^__version__ = "(.+)"$/m,
  )?.[1],
  "CHANGELOG.md": heading?.split(" ")[0],
};
const faults = Object.entries(found)
  .filter(([, other]) => other !== version)
  .map(([file, other]) => `${file} has ${other ?? "no version"}, and the tag is ${tag}`);
if (heading?.includes("unreleased")) faults.push(`CHANGELOG.md says "${heading}": put the date there`);

if (faults.length > 0) {
  for (const fault of faults) console.error(`check-version: ${fault}`);
  process.exit(1);
}
console.log(option === "--notes" ? notes.trim() : `check-version: ${version} everywhere`);
