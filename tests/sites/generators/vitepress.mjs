// VitePress, with its default theme. It renders the page again in the browser, so the list stands in an element of the
// theme, where the framework leaves what it finds, and which has the theme's styles of headings and links (`vp-doc`).

import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { markdown, run, writeAll } from "../files.mjs";

const THEME = `import { h } from "vue";
import DefaultTheme from "vitepress/theme";
export default {
  extends: DefaultTheme,
  Layout: () => h(DefaultTheme.Layout, null, { "doc-after": () => h("div", { class: "vp-doc", innerHTML: "<foldin-related></foldin-related>" }) }),
};
`;

/** Builds a site; returns its folder and the path of an article. */
export async function build(work, articles, { base = "/", language = "en", tools }) {
  const config = { base, lang: language, title: "Test site", vue: { template: { compilerOptions: {} } } };
  writeAll(work, {
    "package.json": `{ "type": "module" }`,
    ".vitepress/config.mjs": `export default ${JSON.stringify(config)};\n`,
    ".vitepress/theme/index.js": THEME,
    "index.md": "# Test site\n",
    "public/style.css": "",
  });
  for (const article of articles) {
    const body = markdown(article).replace("---\n\n", `---\n\n# ${article.title}\n\n`);
    writeAll(work, { [`posts/${article.slug}.md`]: body });
  }
  symlinkSync(join(tools, "node_modules"), join(work, "node_modules"));
  await run(process.execPath, [join(tools, "node_modules/vitepress/bin/vitepress.js"), "build", work]);
  return { folder: join(work, ".vitepress/dist"), pathOf: ({ slug }) => `${base}posts/${slug}.html` };
}
