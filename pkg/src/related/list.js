// The rows of the list: the same HTML as `foldin site` writes.

/** @typedef {import("./site.js").LoadedSite} LoadedSite */

/**
 * @param {LoadedSite} site
 * @param {import("../../foldin.d.ts").Item} item
 * @param {boolean} isCard whether picture and date are shown
 */
export function rowOf(site, { id, title }, isCard) {
  const row = document.createElement("li");
  const link = document.createElement("a");
  link.href = site.hrefOf(id);
  const { image, date } = (isCard && site.file.pages[id]) || {};
  if (image) {
    const picture = document.createElement("img");
    Object.assign(picture, { src: site.href(image), alt: "", loading: "lazy", width: 320, height: 180 });
    link.append(picture);
  }
  link.append(title);
  row.append(link);
  if (date) {
    const time = document.createElement("time");
    time.dateTime = date;
    time.textContent = date;
    row.append(" ", time);
  }
  return row;
}

/**
 * Replaces the items of a list. Where the page came with a list, what is below must not move: the list keeps its height,
 * and rows that would make it higher are left out.
 *
 * @param {HTMLElement} list
 * @param {HTMLElement[]} rows
 * @param {boolean} keepsHeight
 */
export function replaceItems(list, rows, keepsHeight) {
  const { height } = list.getBoundingClientRect();
  list.replaceChildren(...rows);
  if (!keepsHeight || height === 0) return;
  list.style.minBlockSize = `${height}px`;
  while (list.children.length > 1 && list.getBoundingClientRect().height > height + 0.5)
    list.lastElementChild?.remove();
}
