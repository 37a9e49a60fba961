// The documentation site. scripts/docs sets DOCS_PAGES (what stage.js wrote), DOCS_OUT, DOCS_BASE and DOCS_API.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { slugOf } from "../markdown.js";
import { decisions, groups } from "../pages.js";

const { DOCS_PAGES, DOCS_OUT, DOCS_BASE = "/", DOCS_API } = process.env;
if (!DOCS_PAGES || !DOCS_OUT) throw new Error("build the documentation with scripts/docs");

const item = ({ path, text }) => ({ text, link: `/${path.replace(/(^|\/)index$/, "$1")}` });
const [start, guides, reference, measurements, project] = groups();
/** Beside the pages, and not made by the generator: loaded in full, like every page here. */
const beside = (text, path) => ({ text, link: `/${path}`, target: "_self" });
const api = DOCS_API ? [beside("The Rust crates", "api/foldin_core/index.html")] : [];
const types = [
  "foldin",
  "element",
  "recommendations",
  "picker",
  "related",
  "profile",
  "train",
  "service-worker",
  "react",
  "vue",
]
  .filter((name) => existsSync(join(DOCS_PAGES, `source/pkg/${name}.d.ts.md`)))
  .map((name) => ({ text: `${name}.d.ts`, link: `/source/pkg/${name}.d.ts.html` }));

export default {
  title: "foldin",
  description: "Recommendations for sites without a backend",
  lang: "en",
  base: DOCS_BASE,
  srcDir: DOCS_PAGES,
  outDir: DOCS_OUT,
  cacheDir: `${DOCS_PAGES}-cache`,
  metaChunk: true,
  head: [["link", { rel: "icon", href: `${DOCS_BASE}icon.svg` }]],
  // Each page is loaded in full: see theme/index.js.
  router: { prefetchLinks: false },
  markdown: {
    anchor: { slugify: slugOf },
    // Braces in the texts are braces.
    attrs: { disable: true },
  },
  themeConfig: {
    outline: [2, 3],
    docFooter: { prev: false, next: false },
    nav: [
      item({ ...guides.pages[0], text: "Guides" }),
      item({ ...reference.pages[0], text: "Reference" }),
      item({ ...measurements.pages[0], text: "Measurements" }),
      beside("Demo", "demo/"),
    ],
    sidebar: [
      { text: start.text, items: [...start.pages.map(item), beside("Live demo", "demo/")] },
      { text: guides.text, items: guides.pages.map(item) },
      {
        text: reference.text,
        items: [...reference.pages.map(item), { text: "Types of the package", items: types, collapsed: true }, ...api],
      },
      { text: measurements.text, items: measurements.pages.map(item) },
      {
        text: project.text,
        items: project.pages.map((page) =>
          page.path === "decisions/index"
            ? { ...item(page), items: decisions().map(item), collapsed: true }
            : item(page),
        ),
      },
    ],
  },
  // The title without the mark that the generator puts behind headings.
  transformHead: ({ pageData }) => [["meta", { property: "og:title", content: pageData.title }]],
  transformHtml(html, _, { pageData }) {
    const { source } = pageData.frontmatter;
    const isSearched = !source || pageData.relativePath.endsWith(".d.ts.md");
    const searched = isSearched ? html.replace("<main ", "<main data-pagefind-body ") : html;
    return source ? searched.replace("<body>", "<body data-foldin-ignore>") : searched;
  },
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith("foldin-") } } },
};
