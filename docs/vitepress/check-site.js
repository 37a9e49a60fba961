// Checks a built site: `node docs/vitepress/check-site.js FOLDER [BASE]`. Every link leads to a file of the site and
// to an anchor that is there, each page has a list of what to read next, and nothing is loaded from another host.

import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

const [folder, base = "/"] = process.argv.slice(2);
const HOST = "https://site.invalid";
/** Made by others, and checked there. */
const FOREIGN = ["api", "pagefind"];
/** No page of the documentation: it comes with the demo. */
const IS_DEMO = /^demo\//;

const files = readdirSync(folder, { recursive: true }).filter((file) => !FOREIGN.includes(file.split("/")[0]));
const pages = files.filter((file) => file.endsWith(".html"));
const texts = new Map(pages.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
const faults = [...pages.flatMap(faultsOf), ...files.filter((file) => file.endsWith(".css")).flatMap(loadsOfStyle)];

const isArticle = (file) => !IS_DEMO.test(file) && !/^(404|index)\.html$|^source\//.test(file);
const listless = pages.filter((file) => isArticle(file) && !/<ul class="foldin-related-list"/.test(texts.get(file)));
// Tables of contents are no articles: nothing leads on from them, and nothing to them.
const LISTS = ["decisions/index.html"];
for (const file of listless.filter((file) => !LISTS.includes(file))) faults.push(`${file} has no list to read next`);
if (!existsSync(join(folder, "pagefind/pagefind.js"))) faults.push("pagefind/ is missing: there is no search");

for (const fault of faults) console.error(`docs: ${fault}`);
if (faults.length > 0) process.exit(1);
console.log(`docs: all links of ${pages.length} pages lead somewhere`);

function faultsOf(file) {
  const html = texts.get(file);
  const here = new URL(base + file, HOST);
  const found = [];
  for (const [tag, name] of html.matchAll(/<([a-z][a-z0-9-]*)\b[^>]*>/g)) {
    const address = attribute(tag, "href") ?? attribute(tag, "src");
    if (address === undefined || /^(data|mailto|javascript):/.test(address)) continue;
    const url = URL.canParse(address, here) ? new URL(address, here) : undefined;
    if (!url) found.push(`${file}: ${address} is no address`);
    else if (url.origin !== HOST) {
      if (name !== "a") found.push(`${file} loads ${address} from another host`);
    } else found.push(...faultOfTarget(file, address, url));
  }
  return found;
}

function faultOfTarget(file, address, url) {
  const path = decodeURIComponent(url.pathname);
  if (!path.startsWith(base)) return [`${file}: ${address} leaves the site, which is at ${base}`];
  const target = fileAt(path.slice(base.length));
  if (target === undefined) return [`${file}: ${address} leads nowhere`];
  const anchor = decodeURIComponent(url.hash.slice(1));
  const isChecked = anchor && texts.has(target) && !IS_DEMO.test(target);
  if (isChecked && !texts.get(target).includes(` id="${anchor}"`)) return [`${file}: ${address} has no such anchor`];
  return [];
}

/** The file that a host serves at a path: of a folder, its index. */
function fileAt(path) {
  const file = path === "" || path.endsWith("/") ? `${path}index.html` : path;
  return statSync(join(folder, file), { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

function attribute(tag, name) {
  return tag.match(new RegExp(`\\s${name}="([^"]*)"`))?.[1].replaceAll("&amp;", "&");
}

function loadsOfStyle(file) {
  const css = readFileSync(join(folder, file), "utf8");
  return [...css.matchAll(/url\(["']?(https?:|\/\/)[^)]*\)|@import[^;]*https?:[^;]*/g)].map(
    ([load]) => `${file} loads ${load} from another host`,
  );
}
