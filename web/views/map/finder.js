// Finds the point at a pixel of the canvas.

/** Radii in pixels within which a pointer, a click or a finger finds a point. */
export const REACH = { pointer: 12, click: 14, touch: 26 };
/** The radii tried, one after the other, to find the point closest to the centre. */
const CENTRE_REACHES = [20, 60, 200, 800];

/**
 * @param {object} index
 * @param {object} camera
 * @param {import("./state.js").MapState} state
 */
export function createFinder(index, camera, state) {
  const isShown = (point) => state.isShown(point);

  /** The point at a pixel, within a radius in pixels; -1 if there is none. */
  function at(px, py, reach) {
    const [x, y] = [camera.toMapX(px), camera.toMapY(py)];
    return index.nearest(x, y, reach / camera.acrossX, reach / camera.acrossY, isShown);
  }

  /** The point closest to the centre of the canvas; -1 if there is none. */
  function inCentre() {
    for (const reach of CENTRE_REACHES) {
      const point = at(camera.width / 2, camera.height / 2, reach);
      if (point >= 0) return point;
    }
    return -1;
  }

  return { at, inCentre };
}
