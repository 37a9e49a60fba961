// Eleventy, with Nunjucks layouts: no canonical links and no feeds, as in its own starting guide.

import { join } from "node:path";
import { markdown, run, writeAll } from "../files.mjs";

const POST = `<!doctype html><html lang="{{ language }}"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{{ title }} – Test site</title>
<link rel="stylesheet" href="{{ "/style.css" | url }}"></head><body><nav><a href="{{ "/" | url }}">Home</a></nav>
<main><h1>{{ title }}</h1><p><time datetime="{{ date.toISOString() }}">{{ date.toDateString() }}</time></p>
{{ content | safe }}</main><footer>Made by Eleventy</footer></body></html>`;
const INDEX = `---\npermalink: /index.html\n---\n<!doctype html><html lang="en"><title>Test site</title><main><h1>All</h1>
{% for post in collections.all %}{% if post.data.title %}<h2><a href="{{ post.url | url }}">{{ post.data.title }}</a></h2>{% endif %}{% endfor %}</main></html>`;
const CONFIG = `export default function (config) { config.addPassthroughCopy("style.css"); }
export const config = { pathPrefix: BASE, htmlTemplateEngine: "njk" };`;

/** Builds a site; returns its folder and the path of an article. */
export async function build(work, articles, { base = "/", language = "en", tools }) {
  writeAll(work, {
    "eleventy.config.js": CONFIG.replace("BASE", JSON.stringify(base)),
    "package.json": `{ "type": "module" }`,
    "_includes/post.njk": POST,
    "_data/language.json": JSON.stringify(language),
    "index.njk": INDEX,
    "style.css": "body { max-width: 40em; margin: auto; font-family: sans-serif }\n",
  });
  for (const article of articles)
    writeAll(work, { [`posts/${article.slug}.md`]: markdown(article, "layout: post.njk") });
  await run(process.execPath, [join(tools, "node_modules/@11ty/eleventy/cmd.cjs"), "--quiet"], { cwd: work });
  return { folder: join(work, "_site"), pathOf: ({ slug }) => `${base}posts/${slug}/` };
}
