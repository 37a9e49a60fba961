// The package as others get it: packed, and installed into a folder of its own without a network.

import { execFile } from "node:child_process";
import { cp, mkdtemp, rename, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";
import { CHROMIUM } from "../browser/chromium.js";
import { serveSite } from "../browser/site-server.js";

const run = promisify(execFile);
const HERE = fileURLToPath(new URL(".", import.meta.url));
const PACKAGE = join(HERE, "../../pkg");
export const NODE_MODULES = join(HERE, "../../node_modules");
/** The model that is asked: the folder in FOLDIN_MODEL, or target/test-model. */
export const MODEL = resolve(process.env.FOLDIN_MODEL ?? join(HERE, "../../target/test-model"));

/** Copies all consumers into a folder with the package installed. */
export async function install() {
  const root = await mkdtemp(join(tmpdir(), "foldin-consumers-"));
  await cp(HERE, root, { recursive: true });
  const { stdout } = await run("npm", ["pack", "--silent", "--pack-destination", root, PACKAGE]);
  await rename(join(root, stdout.trim()), join(root, "foldin.tgz"));
  const options = ["--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--omit=optional"];
  await run("npm", ["install", ...options, "./foldin.tgz"], { cwd: root });
  const remove = () => rm(root, { recursive: true, force: true });
  return { root, installed: join(root, "node_modules/foldin"), remove };
}

/** The browser in CHROMIUM, or the one of the distribution. */
export function launch() {
  return chromium.launch(CHROMIUM);
}

/** Serves a folder with the model in it. */
export async function serveWithModel(folder) {
  await symlink(MODEL, join(folder, "model"));
  return serveSite(folder);
}
