// Input on the map: drag, pinch, wheel, tap, keys.

/** Pixels that a pointer may move during a tap. */
const MAX_TAP_MOVE = 6;
/** Pixels that an arrow key moves the map. */
const KEY_STEP = 60;

/**
 * @param {HTMLElement} node
 * @param {object} on `pan(dx, dy)`, `zoom(px, py, factor)`, `hover(px, py)`, `leave()`, `tap(px, py, isCoarse)`,
 * `open()`, `home()`, `keyed()` after a key, `canLeave(factor)`: whether the wheel scrolls the page instead
 */
export function listen(node, on) {
  const fingers = new Map();
  let moved = 0;
  const local = (event) => {
    const box = node.getBoundingClientRect();
    return [event.clientX - box.left, event.clientY - box.top];
  };

  node.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    node.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, local(event));
    moved = fingers.size > 1 ? Infinity : 0;
  });
  node.addEventListener("pointermove", (event) => {
    const [px, py] = local(event);
    const before = fingers.get(event.pointerId);
    if (!before) return on.hover(px, py);
    const [dx, dy] = [px - before[0], py - before[1]];
    if (fingers.size === 2) {
      const [other] = [...fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
      const distance = (at) => Math.hypot(at[0] - other[0], at[1] - other[1]);
      on.pan(dx / 2, dy / 2);
      on.zoom((px + other[0]) / 2, (py + other[1]) / 2, distance([px, py]) / Math.max(1, distance(before)));
    } else {
      moved += Math.hypot(dx, dy);
      if (moved > MAX_TAP_MOVE) on.pan(dx, dy);
      else return;
    }
    fingers.set(event.pointerId, [px, py]);
  });
  node.addEventListener("pointerup", (event) => {
    const wasDown = fingers.delete(event.pointerId);
    if (wasDown && moved <= MAX_TAP_MOVE) on.tap(...local(event), event.pointerType !== "mouse");
  });
  node.addEventListener("pointercancel", (event) => fingers.delete(event.pointerId));
  node.addEventListener("pointerleave", () => on.leave());
  node.addEventListener(
    "wheel",
    (event) => {
      const pixels = event.deltaY * [1, 16, 400][event.deltaMode];
      const factor = Math.exp(-Math.max(-120, Math.min(120, pixels)) * (event.ctrlKey ? 0.01 : 0.0025));
      if (on.canLeave(factor)) return;
      event.preventDefault();
      on.zoom(...local(event), factor);
    },
    { passive: false },
  );
  node.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const keys = {
      ArrowLeft: () => on.pan(KEY_STEP, 0),
      ArrowRight: () => on.pan(-KEY_STEP, 0),
      ArrowUp: () => on.pan(0, KEY_STEP),
      ArrowDown: () => on.pan(0, -KEY_STEP),
      "+": () => on.zoom(node.clientWidth / 2, node.clientHeight / 2, 1.5),
      "=": () => on.zoom(node.clientWidth / 2, node.clientHeight / 2, 1.5),
      "-": () => on.zoom(node.clientWidth / 2, node.clientHeight / 2, 1 / 1.5),
      0: () => on.home(),
      Enter: () => on.open(),
      " ": () => on.open(),
    };
    if (!keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
    on.keyed();
  });
}
