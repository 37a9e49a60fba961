// The program from cargo: the crates as a registry gets them, unpacked elsewhere, installed, and run in an empty folder.
// The libraries that foldin is made with come from target/ and the local registry cache; foldin itself is compiled
// without optimisation, since nothing is learned here that would take time.
// node --test tests/install/cargo.test.mjs

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { events } from "./events.mjs";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));

test("cargo install from the packed crates", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "foldin-cargo-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await run(join(ROOT, "scripts/package-crates"));
  const packages = join(ROOT, "target/package");
  for (const name of (await readdir(packages)).filter((name) => name.endsWith(".crate"))) {
    await run("tar", ["xzf", join(packages, name), "-C", folder]);
  }
  const crates = (await readdir(folder)).filter((name) => name.startsWith("foldin-"));
  const program = crates.find((name) => /^foldin-\d/.test(name));
  const config = [];
  for (const crate of crates) {
    const name = crate.replace(/-\d.*/, "");
    for (const licence of ["LICENSE-APACHE", "LICENSE-MIT", "README.md"]) await stat(join(folder, crate, licence));
    if (name !== "foldin") config.push("--config", `patch.crates-io.${name}.path="${join(folder, crate)}"`);
    config.push("--config", `profile.test.package.${name}.opt-level=0`);
  }
  const options = ["--offline", "--profile", "test", "--root", folder, "--path", join(folder, program)];
  const profile = { CARGO_PROFILE_TEST_OPT_LEVEL: "2", CARGO_PROFILE_TEST_DEBUG: "line-tables-only" };
  const env = { ...process.env, ...profile, CARGO_TARGET_DIR: join(ROOT, "target") };
  await run("cargo", ["install", ...options, ...config], { cwd: folder, env, maxBuffer: 1 << 26 });

  await writeFile(join(folder, "events.csv"), events());
  const foldin = (...args) => run(join(folder, "bin/foldin"), args, { cwd: folder });
  await foldin("train", "events.csv", "--no-auto", "--quiet");
  await foldin("build", "--out", "site");
  const site = await readdir(join(folder, "site"), { recursive: true });
  const wanted = [
    "index.html",
    "foldin/train.js",
    "foldin/wasm/foldin_train_bg.wasm",
    "foldin/LICENSE-THIRD-PARTY.txt",
  ];
  for (const name of wanted) assert.ok(site.includes(name), `${name} is not in ${site.join(" ")}`);
});
