/** `foldin site` as a function: puts "read next" on the pages of a built website. In Node alone. */

/** The options of the program: `foldin site --help` describes each. Names of files are relative to the working directory. */
export interface SiteOptions {
  /** Access logs, also compressed, in any order. Without them the pages alone are learned from. */
  log?: string | string[];
  /** Page views from an analytics tool instead of logs. */
  events?: string | string[];
  /** Which column of `events` holds what: `user=COLUMN,item=COLUMN,time=COLUMN`. Default: told by the names. */
  columns?: string;
  /** The path that the folder is served below, such as `/blog/`. Default: what canonical links say, else `/`. */
  base?: string;
  /** Where the list goes: a CSS selector, or `marker` for `<foldin-related>` alone. */
  inject?: string;
  /** Leave the pages as they are; write the model only. */
  noInject?: boolean;
  /** File to write the lists to, for templates. */
  related?: string;
  /** File of counts to learn from and to add to; it holds no visitor. */
  counts?: string;
  /** How many pages a list has, at least 1. Default: 6. */
  k?: number;
  /** Prefer newer pages: the weight of a page halves in so many days since its date, 1 to 36500. Default: age does not count. */
  halfLife?: number;
  /** Show pictures and dates in the lists. */
  cards?: boolean;
  /** Make visited pages work without a network, by a service worker. */
  offline?: boolean;
  /** Tell apart addresses that differ in their query only. */
  queries?: boolean;
  /** Fewest people behind everything that the model learns from visits: 1 to 100. Default: 3. */
  minSupport?: number;
  /** Print problems alone. */
  quiet?: boolean;
}

/**
 * Learns from the pages of a folder and perhaps from visits, and puts the lists into the pages. What the program says goes
 * to standard error.
 *
 * @throws {Error} if there is no program for this machine, or it ends with an error
 */
export function site(folder: string, options?: SiteOptions): Promise<void>;
