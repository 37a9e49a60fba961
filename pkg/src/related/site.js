// The site around an element: its model, and the addresses of its pages wherever the site is served.

import { encodePath } from "../elements/address.js";
import { load } from "../foldin.js";

/** @typedef {import("../../foldin.d.ts").Foldin} Foldin */
/** @typedef {import("../../foldin.d.ts").Item} Item */

/**
 * The content of `pages.json`.
 *
 * @typedef {object} PagesFile
 * @property {string} base the path that the addresses were under when the model was made
 * @property {string[]} languages of the pages, if there are several
 * @property {import("./freshness.js").Freshness} [freshness] if newer pages come first
 * @property {Record<string, { url?: string, image?: string, date?: string }>} pages what is known of a page beside its
 * title, by its id
 */

/** @type {Map<string, Site>} */
const sites = new Map();

/**
 * The folder of the script that pages load.
 *
 * @type {URL | undefined}
 */
let own;

/** @param {URL} folder */
export function setFolder(folder) {
  own = folder;
}

/** A site whose model is loaded when it is first needed. */
export class Site {
  /** @type {Promise<LoadedSite> | undefined} */
  #loading;

  /**
   * The site whose folder `foldin` is at an address; by default the one that this script is of.
   *
   * @param {string | null} src
   */
  static at(src) {
    const folder = src === null && own ? own : new URL(src ?? "foldin/", document.baseURI);
    const site = sites.get(folder.href) ?? new Site(folder);
    sites.set(folder.href, site);
    return site;
  }

  /** @param {URL} folder */
  constructor(folder) {
    this.folder = folder;
    /** Where the pages are. */
    this.root = new URL("..", folder);
  }

  /** Loads the model once; a failure may be followed by another try. */
  load() {
    this.#loading ??= this.#load().catch((error) => {
      this.#loading = undefined;
      throw error;
    });
    return this.#loading;
  }

  async #load() {
    const [foldin, response] = await Promise.all([
      load(new URL("model/manifest.json", this.folder)),
      fetch(new URL("pages.json", this.folder)),
    ]);
    if (!response.ok) throw new Error(`${response.url} is missing (${response.status}); run foldin site again`);
    return new LoadedSite(this.root, foldin, /** @type {PagesFile} */ (await response.json()));
  }
}

/** A site with its model. */
export class LoadedSite {
  /**
   * @param {URL} root
   * @param {Foldin} foldin
   * @param {PagesFile} file
   */
  constructor(root, foldin, file) {
    this.root = root;
    this.foldin = foldin;
    this.file = file;
  }

  /**
   * The address of a path of the site where it is served now.
   *
   * @param {string} path
   */
  href(path) {
    const { base } = this.file;
    return path.startsWith(base) ? new URL(encodePath(path.slice(base.length)) || "./", this.root).href : path;
  }

  /**
   * The address of a page.
   *
   * @param {string} id
   */
  hrefOf(id) {
    return this.href(this.file.pages[id]?.url ?? id);
  }

  /**
   * The id of the page at an address, as `foldin site` would write it.
   *
   * @param {string} address
   */
  idOf(address) {
    const path = decodeURI(new URL(address).pathname);
    const root = decodeURI(this.root.pathname);
    return path.startsWith(root)
      ? this.file.base + path.slice(root.length).replace(/(^|\/)index\.html?$/, "$1")
      : undefined;
  }

  /**
   * The ids that the model has, in their order.
   *
   * @param {string[]} ids
   */
  async known(ids) {
    const items = await this.foldin.items(ids);
    const known = new Set(items.map(({ id }) => id));
    return ids.filter((id) => known.has(id));
  }

  /**
   * What is asked for: pages in the language of this one.
   *
   * @param {number} k
   * @param {string} language
   */
  request(k, language) {
    const isOneOfSeveral = this.file.languages.includes(language);
    return isOneOfSeveral ? { k, where: { genres: [`lang:${language}`] } } : { k };
  }
}
