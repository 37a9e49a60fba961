// Jekyll, with a layout of its own: posts have their date in the path.

import { join } from "node:path";
import { markdown, run, writeAll } from "../files.mjs";

const POST = `<!doctype html><html lang="{{ site.lang }}"><head><meta charset="utf-8">
<title>{{ page.title | escape }} | {{ site.title }}</title><link rel="stylesheet" href="{{ "/style.css" | relative_url }}"></head>
<body><nav><a href="{{ "/" | relative_url }}">Home</a></nav><main><article><h1>{{ page.title | escape }}</h1>
<time datetime="{{ page.date | date_to_xmlschema }}">{{ page.date | date: "%-d %B %Y" }}</time>{{ content }}</article></main>
</body></html>`;
const INDEX = `---\n---\n<!doctype html><html><title>{{ site.title }}</title><main>
{% for post in site.posts %}<h2><a href="{{ post.url | relative_url }}">{{ post.title | escape }}</a></h2>{% endfor %}</main></html>`;

/** Builds a site; returns its folder and the path of an article. */
export async function build(work, articles, { base = "/", language = "en" } = {}) {
  const baseurl = base === "/" ? "" : base.slice(0, -1);
  writeAll(work, {
    "_config.yml": `title: Test site\nlang: ${language}\nbaseurl: "${baseurl}"\npermalink: /:year/:month/:day/:title.html\nfuture: true\n`,
    "_layouts/post.html": POST,
    "index.html": INDEX,
    "style.css": "body { max-width: 40em; margin: auto; font-family: sans-serif }\n",
  });
  for (const article of articles) {
    writeAll(work, { [`_posts/${article.date}-${article.slug}.md`]: markdown(article, "layout: post") });
  }
  await run("jekyll", ["build", "--quiet", "--source", work, "--destination", join(work, "_site")]);
  return {
    folder: join(work, "_site"),
    pathOf: ({ slug, date }) => `${base}${date.replaceAll("-", "/")}/${slug}.html`,
  };
}
