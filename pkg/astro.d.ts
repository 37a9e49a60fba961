import type { SiteOptions } from "./site.d.ts";

/**
 * An integration for Astro that puts "read next" into the pages after `astro build`:
 *
 * ```js
 * import foldin from "foldin/astro";
 * export default { integrations: [foldin({ log: "access.log" })] };
 * ```
 *
 * `base` is that of Astro's configuration.
 */
export default function foldin(options?: SiteOptions): {
  name: string;
  hooks: {
    "astro:config:done": (of: { config: { base: string } }) => void;
    "astro:build:done": (of: { dir: URL }) => Promise<void>;
  };
};
