import type { SiteOptions } from "./site.d.ts";

/**
 * A plugin for Eleventy that puts "read next" into the pages after a build:
 *
 * ```js
 * import foldin from "foldin/eleventy";
 * export default (config) => config.addPlugin(foldin, { log: "access.log" });
 * ```
 *
 * It does nothing while Eleventy serves or watches.
 */
export default function foldin(
  config: {
    pathPrefix?: string;
    // biome-ignore lint/suspicious/noExplicitAny: Eleventy has no types.
    on(event: string, listener: (argument: any) => void | Promise<void>): unknown;
  },
  options?: SiteOptions,
): void;
