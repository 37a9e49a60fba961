// Bundles the sources in pkg/src into pkg/: one file per entry of the package, so that no browser ever runs modules of
// two versions together. pkg/wasm must be there (scripts/build-wasm runs this script at its end). Without the trainer's
// module there, the package has no foldin/train.
//
//   node scripts/build-package.mjs [--version 1.2.3] [--out FOLDER]    (for tests of updates: another version, elsewhere)

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const PACKAGE = fileURLToPath(new URL("../pkg/", import.meta.url));
const SOURCES = join(PACKAGE, "src");

/** Entries that stand alone: they run on static hosts too. */
const ALONE = [
  "foldin",
  "element",
  "recommendations",
  "picker",
  "profile",
  "related",
  "offline",
  "service-worker",
  "worker",
];
/** Those of the trainer, and its module. */
const TRAINER = ["train", "train-worker"];
const TRAINER_MODULE = "../wasm/foldin_train.js";
/** Entries for bundlers only: they import the others, so that an application has each of them once. */
const TOGETHER = ["react", "vue"];

const { values: options } = parseArgs({ options: { version: { type: "string" }, out: { type: "string" } } });
const version = options.version ?? JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8")).version;
const outdir = resolve(options.out ?? PACKAGE);
const hasTrainer = existsSync(join(SOURCES, TRAINER_MODULE));
const alone = hasTrainer ? [...ALONE, ...TRAINER] : ALONE;
const name = `${version} ${hashOfSources()}`;

const common = {
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  outdir,
  logLevel: "warning",
  // Tells a browser's old copy of a script from the host's new one: see pkg/src/newer-scripts.js.
  banner: { js: `/*! foldin ${name} */` },
  define: { FOLDIN_BUILD: JSON.stringify(name) },
};
const paths = (names) => names.map((name) => join(SOURCES, `${name}.js`));
// Those of an earlier build would belong to another module.
for (const name of TRAINER) rmSync(join(outdir, `${name}.js`), { force: true });
await build({ ...common, entryPoints: paths(alone) });
await build({ ...common, entryPoints: paths(TOGETHER), external: ["react", "vue"], plugins: [entriesAreImported()] });
for (const name of alone) keepImportFromBundlers(join(outdir, `${name}.js`));

/** The import of newer scripts is for the browser alone. The minifier drops the comments that say so. */
function keepImportFromBundlers(path) {
  const marked = readFileSync(path, "utf8").replace(
    /\bimport\((?=`)/g,
    "import(/* webpackIgnore: true */ /* @vite-ignore */ ",
  );
  writeFileSync(path, marked);
}

/** The same sources and the same module have the same name. */
function hashOfSources() {
  const hash = createHash("sha256").update(version);
  const files = readdirSync(SOURCES, { recursive: true }).filter((name) => name.endsWith(".js"));
  const modules = ["../wasm/foldin.js", ...(hasTrainer ? [TRAINER_MODULE] : [])];
  for (const file of [...files.sort(), ...modules]) hash.update(readFileSync(join(SOURCES, file)));
  return hash.digest("hex").slice(0, 8);
}

function entriesAreImported() {
  return {
    name: "entries are imported",
    setup({ onResolve }) {
      onResolve({ filter: /\/(foldin|profile)\.js$/ }, ({ path }) => ({
        path: `./${path.split("/").at(-1)}`,
        external: true,
      }));
    },
  };
}
