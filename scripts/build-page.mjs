// Bundles the page: the sources in web/ into web/built/, which `foldin build` puts into a site. A first visit then asks
// for few files: a script and a stylesheet for the first view, and the package. What other views need comes later, as one
// script and one stylesheet more.
//
//   node scripts/build-page.mjs

import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const SOURCES = fileURLToPath(new URL("../web/", import.meta.url));
const PACKAGE = fileURLToPath(new URL("../pkg/", import.meta.url));
const BUILT = join(SOURCES, "built");
/** Files that are taken as they are. */
const AS_THEY_ARE = ["icon.svg", "manifest.webmanifest"];
/** Kept where nothing is built yet, so that the program compiles. */
const KEPT = ".gitkeep";

mkdirSync(BUILT, { recursive: true });
for (const name of readdirSync(BUILT)) if (name !== KEPT) rmSync(join(BUILT, name), { recursive: true });

const common = {
  absWorkingDir: SOURCES,
  outdir: "built",
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  logLevel: "warning",
  plugins: [packageIsBeside()],
};
await build({ ...common, entryPoints: ["service-worker.js", "styles/page.css", "styles/later.css"] });
// Names with a hash: no browser puts scripts of two versions together, however long a host lets it keep them.
const { metafile } = await build({
  ...common,
  entryPoints: ["app.js"],
  splitting: true,
  metafile: true,
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
});
const app = outputOf("app.js");
await mergeShared();
for (const name of AS_THEY_ARE) cpSync(join(SOURCES, name), join(BUILT, name));
writePage();

/**
 * The package is not bundled: the page loads it from the folder beside it, as any other site does. Only the profile, which
 * is small and stands alone, comes with the page's own script, and is no request of its own.
 */
function packageIsBeside() {
  return {
    name: "the package is beside the page",
    setup({ onResolve }) {
      onResolve({ filter: /\/foldin\/[a-z-]+\.js$/ }, ({ path }) => {
        const name = path.split("/").at(-1);
        return name === "profile.js" ? { path: join(PACKAGE, name) } : { path: `./foldin/${name}`, external: true };
      });
    },
  };
}

/** The output that a source became. */
function outputOf(source) {
  return Object.keys(metafile.outputs).find((name) => metafile.outputs[name].entryPoint === source);
}

/**
 * Puts what the first view shares with the others into the script of the first view, which is there before they are: one
 * request less.
 */
async function mergeShared() {
  const shared = metafile.outputs[app].imports.filter(isOwn).map(({ path }) => path);
  if (shared.length !== 1) throw new Error(`expected one shared script, not ${shared.length}: ${shared.join(", ")}`);
  const [from, to] = [shared[0], app].map((name) => `./${inSite(name)}`);
  const merged = await build({
    stdin: { contents: `export * from "${from}"; import "${to}";`, resolveDir: BUILT },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    write: false,
    external: ["./foldin/*", ...metafile.outputs[app].imports.filter(isLater).map(({ path }) => `./${inSite(path)}`)],
  });
  writeFileSync(join(BUILT, inSite(app)), merged.outputFiles[0].contents);
  rmSync(join(BUILT, inSite(shared[0])));
  for (const { path } of metafile.outputs[app].imports.filter(isLater)) {
    const script = join(BUILT, inSite(path));
    writeFileSync(script, readFileSync(script, "utf8").replaceAll(`"${from}"`, `"${to}"`));
  }
}

/** Whether an import is of the page's own script, before it runs. */
function isOwn({ kind, external }) {
  return kind === "import-statement" && !external;
}

function isLater({ kind }) {
  return kind === "dynamic-import";
}

/** The page with the name of its script, and a preload of what that imports of the package. */
function writePage() {
  const script = (name) => `<script type="module" src="${name}"></script>`;
  const preload = `<link rel="modulepreload" href="foldin/foldin.js">\n    `;
  const page = readFileSync(join(SOURCES, "index.html"), "utf8");
  const built = page.replace(script("app.js"), `${preload}${script(inSite(app))}`);
  if (built === page) throw new Error("index.html has no script app.js");
  writeFileSync(join(BUILT, "index.html"), built);
}

function inSite(path) {
  return path.replace(/^(built|\.)\//, "");
}
