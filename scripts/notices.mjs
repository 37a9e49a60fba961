// Writes the licences of all crates that are compiled into a program or a module, as those licences ask for.
//
//   node scripts/notices.mjs OUTPUT TARGET CRATE [CRATE ...] [-- ARGUMENTS OF CARGO TREE]
//
// TARGET is a target triple, or `all`.

import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const separator = process.argv.indexOf("--");
const further = separator < 0 ? [] : process.argv.slice(separator + 1);
const [output, target, ...crates] = process.argv.slice(2, separator < 0 ? undefined : separator);

const tree = (name) =>
  execFileSync(
    "cargo",
    ["tree", "-p", name, "--target", target, "-e", "normal", "--prefix", "none", "-f", "{p}\t{l}", ...further],
    { encoding: "utf8", maxBuffer: 1 << 26 },
  );
/** Name and version, to licence; what lies in the repository is foldin's own. */
const used = new Map();
for (const line of crates.flatMap((name) => tree(name).split("\n"))) {
  const [, name, version, rest] = /^(\S+) v(\S+)([^\t]*)/.exec(line) ?? [];
  if (name && !rest.includes("/")) used.set(`${name}-${version}`, line.split("\t")[1].replace(/ \(\*\)$/, ""));
}

const registries = join(process.env.CARGO_HOME ?? join(homedir(), ".cargo"), "registry/src");
const folders = readdirSync(registries).map((name) => join(registries, name));
/** The words of a licence, to its text and the crates that come with it. */
const texts = new Map();
const without = [];
for (const crate of [...used.keys()].sort()) {
  const found = licencesOf(crate);
  if (found.length === 0) without.push(crate);
  for (const text of found) {
    const words = text.split(/\s+/).join(" ");
    const { crates } = texts.get(words) ?? texts.set(words, { text, crates: [] }).get(words);
    crates.push(crate);
  }
}

const line = "=".repeat(80);
const parts = [...texts.values()].map(({ text, crates }) => `${line}\n${crates.join(", ")}\n${line}\n\n${text}\n`);
const listed = without.map((crate) => `  ${crate}: ${used.get(crate)}\n`).join("");
writeFileSync(
  output,
  `foldin contains the work of others: ${used.size} packages, under the licences below.\n\n` +
    (listed && `These name their licence without a copy of its text:\n${listed}\n`) +
    parts.join("\n"),
);
console.log(`notices: ${output} has ${used.size} packages, ${texts.size} texts`);

function licencesOf(crate) {
  for (const folder of folders) {
    let names;
    try {
      names = readdirSync(join(folder, crate));
    } catch {
      continue;
    }
    const licences = names.filter((name) => /^(licen[cs]e|copying|notice|unlicense)/i.test(name)).sort();
    return chosen(licences, used.get(crate)).flatMap((name) => {
      try {
        return [
          readFileSync(join(folder, crate, name), "utf8")
            .replaceAll("\r\n", "\n")
            .trim(),
        ];
      } catch {
        return []; // a folder of licences
      }
    });
  }
  return [];
}

/** Of a crate that offers MIT among others, that licence alone and its notices. */
function chosen(licences, expression) {
  const offersMit = /\bMIT\b/.test(expression) && !/\bAND\b/.test(expression);
  const mit = licences.filter((name) => /mit|notice/i.test(name));
  return offersMit && mit.some((name) => /mit/i.test(name)) ? mit : licences;
}
