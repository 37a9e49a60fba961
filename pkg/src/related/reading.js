// When a page counts as read.

/** Milliseconds between two looks at the clock. */
const TICK_MS = 500;

/**
 * Calls `done` once, after the page was visible for so many seconds, or scrolled to so large a share of it. A page that
 * needs no scrolling counts by time alone.
 *
 * @param {number} seconds
 * @param {number} share 0 to 1
 * @param {AbortSignal} signal
 * @param {() => void} done
 */
export function whenRead(seconds, share, signal, done) {
  let visibleMs = 0;
  const ending = new AbortController();
  const end = () => {
    ending.abort();
    clearInterval(timer);
  };
  const finish = () => {
    end();
    done();
  };
  const timer = setInterval(() => {
    if (document.visibilityState !== "visible") return;
    visibleMs += TICK_MS;
    if (visibleMs >= seconds * 1000) finish();
  }, TICK_MS);
  const onScroll = () => {
    const { scrollHeight, clientHeight } = document.documentElement;
    const isScrolled = scrollY > 0 && scrollHeight > clientHeight;
    if (isScrolled && scrollY + clientHeight >= share * scrollHeight) finish();
  };
  addEventListener("scroll", onScroll, { passive: true, signal: ending.signal });
  signal.addEventListener("abort", end, { once: true });
}
