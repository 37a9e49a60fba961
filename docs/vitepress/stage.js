// Writes the pages of the documentation site, as Markdown for the generator: `node docs/vitepress/stage.js FOLDER`.
//
// Links between files of the repository become links between pages. A file that a page links to and that is no page
// itself, such as a source file, becomes a page that shows it; pictures are copied.

import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { changeLinks } from "./markdown.js";
import { forgotten, languageOf, pages, ROOT } from "./pages.js";

const [folder] = process.argv.slice(2);
if (!folder) throw new Error("say where the pages are to be written: node docs/vitepress/stage.js FOLDER");
const missing = forgotten();
if (missing.length > 0) throw new Error(`add ${missing.join(", ")} to docs/vitepress/pages.js`);

const PICTURE = /\.(png|svg|jpg|webp)$/;
const listed = new Map(pages().map((page) => [page.file, page.path]));
const shown = new Set();

rmSync(folder, { recursive: true, force: true });
for (const [file, path] of listed)
  write(
    `${path}.md`,
    changeLinks(read(file), (address) => move(address, file, path)),
  );
// Listing a folder adds the files in it.
for (const file of shown) write(`${sourcePath(file)}.md`, sourcePage(file));
write("public/icon.svg", read("web/icon.svg"));
console.log(`docs: ${listed.size} pages, and ${shown.size} files that they link to`);

/** The address of a link in the page at `path`, where it was `address` in `file`. */
function move(address, file, path) {
  if (/^[a-z]+:|^#/.test(address)) return address;
  const [target, anchor] = address.split("#");
  const linked = posix.normalize(posix.join(posix.dirname(file), target)).replace(/\/$/, "");
  if (PICTURE.test(linked)) {
    write(posix.join("public", linked), readFileSync(join(ROOT, linked)));
    return `/${linked}`;
  }
  if (!listed.has(linked)) shown.add(linked);
  const to = listed.has(linked) ? listed.get(linked) : sourcePath(linked);
  return posix.relative(posix.dirname(path), `${to}.md`) + (anchor ? `#${anchor}` : "");
}

function sourcePath(file) {
  return `source/${file}`;
}

/** A page that shows a file, or lists the files of a folder. It takes no part in the search or in what to read next. */
function sourcePage(file) {
  const front = "---\nsource: true\n---\n\n";
  if (statSync(join(ROOT, file)).isFile()) {
    const text = read(file);
    const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
    return `${front}# ${file}\n\n${fence}${languageOf(file)}\n${text}${text.endsWith("\n") ? "" : "\n"}${fence}\n`;
  }
  const names = readdirSync(join(ROOT, file)).filter((name) => statSync(join(ROOT, file, name)).isFile());
  for (const name of names) shown.add(`${file}/${name}`);
  const here = posix.dirname(sourcePath(file));
  const rows = names.sort().map((name) => {
    return `- [${name}](${posix.relative(here, `${sourcePath(`${file}/${name}`)}.md`)})`;
  });
  return `${front}# ${file}\n\n${rows.join("\n")}\n`;
}

function read(file) {
  return readFileSync(join(ROOT, file), "utf8");
}

function write(path, content) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}
