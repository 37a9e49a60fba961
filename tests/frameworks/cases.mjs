// The bundlers and frameworks of the matrix: what each installs, which files it has, and how it is built. A case with
// `dev` is a development server, one with `run` a program of its own; all others are built into `dist`.

const MAIN = `import "foldin/element";
import { load } from "foldin";

const foldin = await load("/model/manifest.json");
const { items } = await foldin.popular({ k: 3 });
Object.assign(document.body.dataset, { items: items.length, worker: foldin.info.worker });
`;
const ELEMENT = `<foldin-recommendations src="/model/manifest.json" k="3"></foldin-recommendations>`;
const page = (script) =>
  `<!doctype html><html lang="en"><title>foldin</title><link rel="icon" href="data:,"><body>${ELEMENT}${script}</body></html>`;
const MODULE_PAGE = page(`<script type="module" src="./main.js"></script>`);
const BUILT = { "index.html": MODULE_PAGE, "main.js": MAIN };

/** What the guide says for bundlers that copy no files. */
const COPY = `cp node_modules/foldin/worker.js dist/ && mkdir -p dist/wasm && cp node_modules/foldin/wasm/foldin_bg.wasm dist/wasm/ && cp index.html dist/`;
/** What the guide says for the development servers of Vite 5 to 7. */
const EXCLUDE = `export default { optimizeDeps: { exclude: ["foldin"] } };`;

function vite(version, dev) {
  const files = { ...BUILT, ...(dev && version < 8 && { "vite.config.js": EXCLUDE }) };
  const command = dev ? { dev: "npx vite --port PORT --strictPort" } : { build: "npx vite build --target esnext" };
  return { name: `vite ${version}${dev ? " (development)" : ""}`, packages: [`vite@${version}`], files, ...command };
}

const REACT_MAIN = `import "foldin/element";
import { useRecommendations } from "foldin/react";
import { createElement as h, StrictMode } from "react";
import { createRoot } from "react-dom/client";

function App() {
  const { state, items, foldin } = useRecommendations({ src: "/model/manifest.json", k: 3 });
  if (state === "ready") Object.assign(document.body.dataset, { items: items.length, worker: foldin.info.worker });
  return h("foldin-recommendations", { src: "/model/manifest.json", k: 3, controls: false, texts: { retry: "Again" } });
}
createRoot(document.querySelector("#root")).render(h(StrictMode, null, h(App)));
`;
const ROOT_PAGE = `<!doctype html><html lang="en"><title>foldin</title><link rel="icon" href="data:,"><body><div id="root"></div><script type="module" src="./main.js"></script></body></html>`;

function react(version) {
  return {
    name: `react ${version}`,
    packages: ["vite@8", `react@${version}`, `react-dom@${version}`],
    files: { "index.html": ROOT_PAGE, "main.js": REACT_MAIN },
    build: "npx vite build --target esnext",
  };
}

export const CASES = [
  vite(5, false),
  vite(7, false),
  vite(8, false),
  vite(5, true),
  vite(7, true),
  vite(8, true),
  {
    name: "webpack 5",
    packages: ["webpack@5", "webpack-cli"],
    files: { "index.html": page(`<script defer src="main.js"></script>`), "src/index.js": MAIN },
    build: "npx webpack --mode production --output-public-path / && cp index.html dist/",
  },
  {
    name: "rollup 4",
    packages: ["rollup@4", "@rollup/plugin-node-resolve"],
    files: BUILT,
    build: `npx rollup main.js --plugin node-resolve --format es --file dist/main.js && ${COPY}`,
  },
  {
    name: "esbuild",
    packages: ["esbuild"],
    files: BUILT,
    build: `npx esbuild main.js --bundle --format=esm --outdir=dist && ${COPY}`,
  },
  {
    name: "parcel 2",
    packages: ["parcel@2"],
    files: BUILT,
    build: "npx parcel build index.html --no-cache --no-source-maps",
  },
  {
    name: "next 16",
    packages: ["next@16", "react@19", "react-dom@19"],
    files: {
      "next.config.mjs": `export default { output: "export", distDir: "dist" };`,
      "app/layout.js": `export default function Layout({ children }) { return <html lang="en"><body>{children}</body></html>; }`,
      "app/page.js": `"use client";
import "foldin/element";
import { useRecommendations } from "foldin/react";

export default function Page() {
  const { state, items, foldin } = useRecommendations({ src: "/model/manifest.json", k: 3 });
  if (state === "ready") Object.assign(document.body.dataset, { items: items.length, worker: foldin.info.worker });
  return <foldin-recommendations src="/model/manifest.json" k={3} />;
}`,
    },
    build: "npx next build",
  },
  {
    name: "astro 5",
    packages: ["astro@5"],
    files: {
      "src/pages/index.astro": page(`<script>${MAIN}</script>`),
    },
    build: "npx astro build --silent",
  },
  react(18),
  react(19),
  {
    name: "vue 3",
    packages: ["vite@8", "@vitejs/plugin-vue", "vue@3"],
    files: {
      "index.html": ROOT_PAGE,
      "vite.config.js": `import vue from "@vitejs/plugin-vue";
export default {
  plugins: [vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith("foldin-") } } })],
};`,
      "main.js": `import { createApp } from "vue"; import App from "./App.vue"; createApp(App).mount("#root");`,
      "App.vue": `<script setup>
import "foldin/element";
import { useRecommendations } from "foldin/vue";
import { watchEffect } from "vue";
const recommendations = useRecommendations({ src: "/model/manifest.json", k: 3 });
watchEffect(() => {
  const { state, items, foldin } = recommendations.value;
  if (state === "ready") Object.assign(document.body.dataset, { items: items.length, worker: foldin.info.worker });
});
</script>
<template>
  <foldin-recommendations src="/model/manifest.json" :k="3" :controls="false"><template><b>{title}</b></template></foldin-recommendations>
</template>`,
    },
    build: "npx vite build --target esnext",
  },
  {
    name: "vitest 4",
    packages: ["vitest@4", "jsdom", "happy-dom"],
    files: Object.fromEntries(
      ["node", "jsdom", "happy-dom"].map((environment) => [
        `${environment}.test.js`,
        `// @vitest-environment ${environment}
import { load } from "foldin";
import { FoldinRecommendations } from "foldin/element";
import { expect, test } from "vitest";

test("imports and loads in ${environment}", async () => {
  expect(FoldinRecommendations).toBeTypeOf("function");
  const foldin = await load(new URL(\`file://\${process.env.FOLDIN_MODEL}/manifest.json\`));
  expect((await foldin.popular({ k: 3 })).items).toHaveLength(3);
});
`,
      ]),
    ),
    run: "npx vitest run",
  },
];
