// MkDocs, with its default theme, whose pages have all other pages in their navigation; without the syntax highlighting
// that the theme loads from another host.

import { join } from "node:path";
import { run, writeAll } from "../files.mjs";

/** Builds a site; returns its folder and the path of an article. */
export async function build(work, articles, { base = "/", language = "en" } = {}) {
  writeAll(work, {
    "mkdocs.yml": `site_name: Test site\nsite_url: https://example.org${base}\ntheme:\n  name: mkdocs\n  locale: ${language}\n  highlightjs: false\n`,
    "docs/index.md": "# Test site\n",
    "docs/style.css": "",
  });
  for (const { slug, title, paragraphs } of articles) {
    writeAll(work, { [`docs/posts/${slug}.md`]: `# ${title}\n\n${paragraphs.join("\n\n")}\n` });
  }
  await run("mkdocs", [
    "build",
    "--quiet",
    "--config-file",
    join(work, "mkdocs.yml"),
    "--site-dir",
    join(work, "site"),
  ]);
  return { folder: join(work, "site"), pathOf: ({ slug }) => `${base}posts/${slug}/` };
}
