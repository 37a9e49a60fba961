// Time-outs that end when the test ends them, so that the speed of the machine does not matter.

/** Replaces `setTimeout` in a window or worker: delays of `from` milliseconds or more are held back. */
function hold(from) {
  const { setTimeout, clearTimeout } = self;
  const held = new Map();
  let last = 0;
  self.setTimeout = (run, ms, ...rest) => {
    if (!(ms >= from)) return setTimeout(run, ms, ...rest);
    // Negative, so that it is never the id of a real one.
    last -= 1;
    held.set(last, () => run(...rest));
    return last;
  };
  self.clearTimeout = (id) => {
    if (!held.delete(id)) clearTimeout(id);
  };
  self.heldTimeouts = () => held.size;
  self.endTimeouts = () => {
    const ended = [...held.values()];
    held.clear();
    for (const run of ended) run();
  };
}

/** The patience of the package and its service worker is three seconds or more; its waits between tries are shorter. */
const PATIENCE = 3000;

/** Holds time-outs back in every document that the page opens from now on. */
export function holdTimeouts(page, from = PATIENCE) {
  return page.addInitScript(hold, from);
}

/** The same as the first lines of a worker's script. */
export const HOLD_TIMEOUTS = `(${hold})(${PATIENCE});\n`;
