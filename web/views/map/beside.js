// The position of a box beside a point, within the visible area and without covering the point.

/** Distances from the point and from the edge of the visible area, in pixels. */
const FROM_POINT = 20;
const FROM_EDGE = 8;

/**
 * @param {[number, number]} point
 * @param {{ width: number, height: number }} size
 * @param {{ left: number, top: number, right: number, bottom: number }} sight
 * @returns {{ left: number, top: number }}
 */
export function beside([x, y], { width, height }, sight) {
  const [leftmost, rightmost] = [sight.left + FROM_EDGE, sight.right - FROM_EDGE - width];
  const [highest, lowest] = [sight.top + FROM_EDGE, sight.bottom - FROM_EDGE - height];
  const within = (value, low, high) => Math.max(low, Math.min(high, value));
  const right = x + FROM_POINT;
  const left = x - FROM_POINT - width;
  if (right <= rightmost) return { left: right, top: within(y - height / 2, highest, lowest) };
  if (left >= leftmost) return { left, top: within(y - height / 2, highest, lowest) };
  const below = y + FROM_POINT;
  const above = y - FROM_POINT - height;
  return {
    left: within(x - width / 2, leftmost, rightmost),
    top: below <= lowest ? below : above >= highest ? above : within(below, highest, lowest),
  };
}
