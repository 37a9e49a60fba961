// foldin/site: `foldin site` as a function, for build scripts and plugins in Node.

import { spawn } from "node:child_process";
import { program } from "./program.mjs";

/** @type {typeof import("../site.d.ts").site} */
export function site(folder, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program(), ["site", ...argumentsOf(options), "--", folder], {
      stdio: ["ignore", "ignore", "inherit"],
      windowsHide: true,
    });
    child.on("error", reject);
    child.on("exit", (status) => {
      if (status === 0) resolve();
      else reject(new Error(`foldin site ${folder} ended with status ${status}; the lines above say why`));
    });
  });
}

/**
 * `{ minSupport: 5, log: ["a", "b"], cards: true }` as `--min-support=5 --log=a --log=b --cards`.
 *
 * @param {import("../site.d.ts").SiteOptions} options
 */
function argumentsOf(options) {
  return Object.entries(options).flatMap(([name, value]) => {
    const flag = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    if (value === undefined || value === false) return [];
    return value === true ? [flag] : [value].flat().map((one) => `${flag}=${one}`);
  });
}
