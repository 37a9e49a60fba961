// Makes the pages of a site of which only the log is left: one for each address that was answered with a page. All that
// a page has is its address, whose words are its title.
//
//   node blog-site.mjs LOG FOLDER

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const [log, folder] = process.argv.slice(2);
const LINE = /"GET ([^ ?]+)[^"]*" (\d+) /;
const FILE = /\.(?!html?$|php$)[a-z0-9]{2,5}$/i;
const paths = new Set();
for (const line of readFileSync(log, "latin1").split("\n")) {
  const [, path, status] = LINE.exec(line) ?? [];
  if (status === "200" && !FILE.test(path) && !/[%&*<>]|\/\/|\.\./.test(path)) paths.add(path.replace(/\/$/, ""));
}
for (const path of paths) {
  const title = path
    .split(/[^a-zA-Z0-9]+/)
    .filter(Boolean)
    .join(" ");
  const file = join(
    folder,
    /\.(html?|php)$/.test(path) ? `${path}.html`.replace(/\.html\.html$/, ".html") : `${path}/index.html`,
  );
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `<!doctype html><html lang="en"><title>${title}</title><main><h1>${title}</h1></main></html>\n`);
}
console.log(`${paths.size} pages`);
