// Why an item is recommended, in a few words.

import { fill } from "./dom.js";
import { joined } from "./language.js";

/**
 * @param {import("../../foldin.d.ts").Recommendation} item
 * @param {import("../../element.d.ts").Texts} texts
 * @param {Map<string, import("../../foldin.d.ts").Item>} known
 * @param {string[]} own ids in the attribute `liked`
 * @returns {string}
 */
export function reasonOf({ sources, because }, texts, known, own) {
  const [source = ""] = sources;
  const [first] = because;
  // A source that is the same for everyone is the reason if it comes first.
  if (!first || !(first.share > 0) || /popular|recent|top/.test(source)) {
    return /** @type {Record<string, string>} */ (/** @type {unknown} */ (texts))[source] ?? "";
  }
  // A second title of the same kind is named if its share is at least a quarter of the first.
  const isOwn = own.includes(first.id);
  const titles = because
    .filter(({ id, share }) => share * 4 >= first.share && own.includes(id) === isOwn)
    .slice(0, 2)
    .map(({ id }) => known.get(id)?.title ?? id);
  return fill(isOwn ? texts.goesWith : texts.because, { titles: joined(titles) });
}
