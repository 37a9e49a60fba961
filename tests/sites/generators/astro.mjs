// Astro, with one dynamic route over a file of articles.

import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { run, writeAll } from "../files.mjs";

const ROUTE = `---
import articles from "../../articles.json";
export const getStaticPaths = () => articles.map((article) => ({ params: { slug: article.slug }, props: article }));
const { title, date, tags, paragraphs } = Astro.props;
---
<!doctype html><html lang="LANGUAGE"><head><meta charset="utf-8"><title>{title} · Test site</title>
<meta property="article:published_time" content={date}>{tags.map((tag) => <meta property="article:tag" content={tag} />)}
<link rel="stylesheet" href={import.meta.env.BASE_URL + "style.css"}></head>
<body><main><article><h1>{title}</h1>{paragraphs.map((text) => <p>{text}</p>)}</article></main></body></html>`;

/** Builds a site; returns its folder and the path of an article. */
export async function build(work, articles, { base = "/", language = "en", tools }) {
  writeAll(work, {
    "package.json": `{ "type": "module" }`,
    "astro.config.mjs": `export default { base: ${JSON.stringify(base)}, devToolbar: { enabled: false } };\n`,
    "src/articles.json": JSON.stringify(articles),
    "src/pages/posts/[slug].astro": ROUTE.replace("LANGUAGE", language),
    "public/style.css": "body { max-width: 40em; margin: auto; font-family: sans-serif }\n",
  });
  symlinkSync(join(tools, "node_modules"), join(work, "node_modules"));
  const env = { ...process.env, ASTRO_TELEMETRY_DISABLED: "1" };
  await run(process.execPath, [join(tools, "node_modules/astro/astro.js"), "build", "--silent"], { cwd: work, env });
  return { folder: join(work, "dist"), pathOf: ({ slug }) => `${base}posts/${slug}/` };
}
