// foldin/eleventy: a plugin that puts "read next" into the pages after a build.

import { site } from "./site.mjs";

/** @type {typeof import("../eleventy.d.ts").default} */
export default function foldin(config, options = {}) {
  let base = "/";
  config.on("eleventy.before", () => {
    base = config.pathPrefix ?? base;
  });
  // While pages are written (`--serve`, `--watch`), nothing is learned.
  config.on("eleventy.after", async ({ directories, dir, runMode }) => {
    if (runMode === "build") await site(directories?.output ?? dir.output, { base, ...options });
  });
}
