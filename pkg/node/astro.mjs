// foldin/astro: an integration that puts "read next" into the pages after a build.

import { fileURLToPath } from "node:url";
import { site } from "./site.mjs";

/** @type {typeof import("../astro.d.ts").default} */
export default function foldin(options = {}) {
  let base = "/";
  return {
    name: "foldin",
    hooks: {
      "astro:config:done": ({ config }) => {
        base = config.base;
      },
      "astro:build:done": ({ dir }) => site(fileURLToPath(dir), { base, ...options }),
    },
  };
}
