// Hugo, with layouts of a few lines: its output has tag pages, feeds, a site map and pages of lists.

import { join } from "node:path";
import { directionOf } from "../content.mjs";
import { markdown, run, writeAll } from "../files.mjs";

const BASE = `<!doctype html><html lang="{{ site.Language.Lang }}" dir="DIRECTION"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{{ .Title }} | {{ site.Title }}</title>
<link rel="canonical" href="{{ .Permalink }}"><link rel="stylesheet" href="{{ "style.css" | relURL }}">
</head><body><header><nav><a href="{{ "/" | relURL }}">{{ site.Title }}</a></nav></header>
<main>{{ block "main" . }}{{ end }}</main><footer>Made by Hugo</footer></body></html>`;
const SINGLE = `{{ define "main" }}<article><h1>{{ .Title }}</h1>
<time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2 January 2006" }}</time>{{ .Content }}
{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a> {{ end }}</article>{{ end }}`;
const LIST = `{{ define "main" }}<h1>{{ .Title }}</h1>{{ range .Pages }}<h2><a href="{{ .RelPermalink }}">{{ .LinkTitle }}</a></h2>{{ end }}{{ end }}`;

/** Builds a site; returns its folder and the path of an article. */
export async function build(work, articles, { base = "/", language = "en" } = {}) {
  writeAll(work, {
    "hugo.toml": `baseURL = "https://example.org${base}"\ntitle = "Test site"\ndefaultContentLanguage = "${language}"\n`,
    "layouts/_default/baseof.html": BASE.replace("DIRECTION", directionOf(language)),
    "layouts/_default/single.html": SINGLE,
    "layouts/_default/list.html": LIST,
    "layouts/404.html": `{{ define "main" }}<h1>Not found</h1>{{ end }}`,
    "static/style.css": "body { max-width: 40em; margin: auto; font-family: sans-serif }\n",
  });
  for (const article of articles) {
    writeAll(work, { [`content/posts/${article.slug}.md`]: markdown(article, `aliases: ["/old/${article.slug}/"]`) });
  }
  await run("hugo", ["--quiet", "--source", work]);
  return { folder: join(work, "public"), pathOf: ({ slug }) => `${base}posts/${slug}/` };
}
