// Packs the npm packages into target/npm/: foldin itself, and one package with the program for each machine named.
//
//   node scripts/build-npm.mjs                                            foldin alone
//   node scripts/build-npm.mjs linux-x64=target/release/foldin ...        and programs: MACHINE=PATH
//
// A machine is process.platform and process.arch of Node. pkg/wasm must be complete (scripts/build-wasm trainer).

import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../", import.meta.url));
const PACKAGE = join(ROOT, "pkg");
const OUT = join(ROOT, "target/npm");
const LICENCES = ["LICENSE-APACHE", "LICENSE-MIT"];
/** The licences of what the program contains. */
const NOTICES = "LICENSE-THIRD-PARTY.txt";
const { version, license, optionalDependencies } = JSON.parse(readFileSync(join(PACKAGE, "package.json"), "utf8"));

const programs = process.argv.slice(2).map((argument) => {
  const [machine, path] = argument.split("=");
  if (!path || !(`@foldin/cli-${machine}` in optionalDependencies)) {
    fail(
      `'${argument}' is not MACHINE=PATH; machines are ${Object.keys(optionalDependencies).map(machineOf).join(", ")}`,
    );
  }
  if (!existsSync(path)) fail(`there is no ${path}`);
  return { machine, path };
});
if (!existsSync(join(PACKAGE, "train.js"))) fail("pkg has no train.js; run scripts/build-wasm trainer first");

mkdirSync(OUT, { recursive: true });
pack(PACKAGE);
if (programs.length > 0)
  execFileSync("node", ["scripts/notices.mjs", join(OUT, NOTICES), "all", "foldin"], { cwd: ROOT });
for (const { machine, path } of programs) packProgram(machine, path);

function packProgram(machine, path) {
  const [os, cpu] = machine.split("-");
  const folder = mkdtempSync(join(tmpdir(), "foldin-npm-"));
  const program = `bin/foldin${os === "win32" ? ".exe" : ""}`;
  const description = {
    name: `@foldin/cli-${machine}`,
    version,
    description: `The program foldin for ${machine}; install the package foldin, which finds it`,
    license,
    os: [os],
    cpu: [cpu],
    files: [program, ...LICENCES, NOTICES],
    preferUnplugged: true,
  };
  mkdirSync(join(folder, "bin"));
  cpSync(path, join(folder, program));
  chmodSync(join(folder, program), 0o755);
  for (const name of LICENCES) cpSync(join(ROOT, name), join(folder, name));
  cpSync(join(OUT, NOTICES), join(folder, NOTICES));
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(description, null, 2)}\n`);
  writeFileSync(
    join(folder, "README.md"),
    `# ${description.name}\n\nThe program of the package \`foldin\` for ${machine}. Install \`foldin\`, and run \`npx foldin\`.\n`,
  );
  pack(folder);
  rmSync(folder, { recursive: true });
}

function pack(folder) {
  const name = execFileSync("npm", ["pack", "--silent", "--pack-destination", OUT, folder], {
    encoding: "utf8",
  }).trim();
  console.log(`build-npm: target/npm/${name}`);
}

function machineOf(name) {
  return name.slice("@foldin/cli-".length);
}

function fail(message) {
  console.error(`build-npm: ${message}`);
  process.exit(1);
}
