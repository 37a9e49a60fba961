#!/usr/bin/env node
// Fails where the top modules of a crate import each other in a circle: `node scripts/check-cycles.mjs [CRATE...]`.
//
// A top module is a file or folder directly in `src`. It uses another where a path in its code begins with `crate::`, or
// with as many `super::` as lead to the root, and goes on with that module or with a name that the root re-exports from
// it. Tests may use anything.

import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join, relative } from "node:path";

const root = join(import.meta.dirname, "..", "crates");
const named = process.argv.slice(2);
const crates = (named.length > 0 ? named : readdirSync(root)).filter((name) => rootOf(name));

let failed = false;
for (const name of crates) {
  const uses = usesOf(name);
  const cycle = findCycle(uses);
  if (cycle) {
    console.error(`${name}: the modules import each other in a circle: ${cycle.join(" -> ")}`);
    for (let n = 1; n < cycle.length; n++) {
      console.error(`  ${cycle[n - 1]} uses ${cycle[n]} in ${uses.get(cycle[n - 1]).get(cycle[n])}`);
    }
    failed = true;
  } else {
    console.log(`${name}: ${uses.size} top modules, no cycle`);
  }
}
process.exitCode = failed ? 1 : 0;

/** The file that a crate begins with. */
function rootOf(crate) {
  const files = ["lib.rs", "main.rs"].map((file) => join(root, crate, "src", file));
  return files.find((file) => statSync(file, { throwIfNoEntry: false }));
}

/** Of every top module the others that it uses, each with the first place: Map(module, Map(module, place)). */
function usesOf(crate) {
  const src = join(root, crate, "src");
  const entries = readdirSync(src).filter((entry) => !["lib.rs", "main.rs"].includes(entry));
  const modules = new Set(entries.map((entry) => basename(entry, ".rs")));
  const reexported = reexports(readFileSync(rootOf(crate), "utf8"), modules);
  const uses = new Map([...modules].sort().map((module) => [module, new Map()]));
  for (const entry of entries) {
    const module = basename(entry, ".rs");
    for (const file of rustFiles(join(src, entry))) {
      for (const { name, line } of namesAtRoot(code(readFileSync(file, "utf8")), depth(relative(src, file)))) {
        const used = modules.has(name) ? name : reexported.get(name);
        if (used && used !== module && !uses.get(module).has(used)) {
          uses.get(module).set(used, `${relative(src, file)}:${line}`);
        }
      }
    }
  }
  return uses;
}

function rustFiles(path) {
  if (statSync(path).isFile()) return path.endsWith(".rs") ? [path] : [];
  const isTest = (entry) => entry === "tests" || entry === "tests.rs";
  return readdirSync(path)
    .filter((entry) => !isTest(entry))
    .flatMap((entry) => rustFiles(join(path, entry)));
}

/** The text without comments and without what is compiled for tests alone; lines keep their numbers. */
function code(text) {
  const plain = text.replace(/\/\/.*$/gm, "");
  const tests = plain.search(/^#\[cfg\(test\)\]\s*(pub(\(crate\))? )?mod \w+ \{/m);
  return tests < 0 ? plain : plain.slice(0, tests);
}

/** How many modules a file is below the root. */
function depth(file) {
  const parts = file.split("/");
  return parts.at(-1) === "mod.rs" ? parts.length - 1 : parts.length;
}

/** The names that follow the root of the crate in paths, each with its line. */
function* namesAtRoot(text, depth) {
  const toRoot = new RegExp(`\\bcrate::|(?<![\\w:])(?:super::){${depth}}(?!super::)`, "g");
  for (const found of text.matchAll(toRoot)) {
    const line = text.slice(0, found.index).split("\n").length;
    for (const name of namesAt(text.slice(found.index + found[0].length))) yield { name, line };
  }
}

/** The first name of a path, or of each path of a group in braces. */
function namesAt(text) {
  if (!text.startsWith("{")) return [firstWord(text)];
  let depth = 0;
  let end = 0;
  do {
    if (text[end] === "{") depth++;
    if (text[end] === "}") depth--;
    end++;
  } while (depth > 0 && end < text.length);
  return text
    .slice(1, end - 1)
    .replace(/\{[^{}]*\}/g, "")
    .split(",")
    .map(firstWord);
}

function firstWord(text) {
  return text.trim().match(/^\w+/)?.[0] ?? "";
}

/** Which module each name comes from that the crate's root re-exports. */
function reexports(text, modules) {
  const names = new Map();
  for (const [, module, list] of code(text).matchAll(/pub(?:\(crate\))? use (?:self::|crate::)?(\w+)::([^;]+);/g)) {
    if (!modules.has(module)) continue;
    for (const name of list.matchAll(/\w+/g)) names.set(name[0], module);
  }
  return names;
}

/** A circle as a list of modules that ends where it begins. */
function findCycle(uses) {
  const done = new Set();
  const walk = (module, path) => {
    const at = path.indexOf(module);
    if (at >= 0) return [...path.slice(at), module];
    if (done.has(module)) return undefined;
    for (const used of uses.get(module).keys()) {
      const cycle = walk(used, [...path, module]);
      if (cycle) return cycle;
    }
    done.add(module);
    return undefined;
  };
  for (const module of uses.keys()) {
    const cycle = walk(module, []);
    if (cycle) return cycle;
  }
  return undefined;
}
