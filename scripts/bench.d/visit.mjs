// What the benchmarks of a first visit have in common.

/** What Chromium's developer tools call fast 4G: 9 Mbit/s less a tenth, and 165 ms until an answer begins. */
export const FAST_4G = { offline: false, latency: 165, downloadThroughput: 1_012_500, uploadThroughput: 168_750 };

/** In the page: taps the first title as soon as it is there, and notes when something is recommended. */
export function tapTheFirst() {
  let tapped = false;
  new MutationObserver((_, observer) => {
    const tile = document.querySelector("#tiles button");
    if (tile && !tapped) {
      tapped = true;
      tile.click();
    }
    if (!document.querySelector("#list h3")) return;
    window.doneAt = performance.now();
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}
