// The shapes of points, one for each coloured genre, so that colour is not the only difference.

/** Whether a point of the square from -1 to 1 belongs to the shape. */
export const SHAPES = [
  (x, y) => x * x + y * y <= 1,
  (x, y) => Math.max(Math.abs(x), Math.abs(y)) <= 0.86,
  (x, y) => Math.abs(x) + Math.abs(y) <= 1.15,
  (x, y) => y <= 0.8 && y >= 1.75 * Math.abs(x) - 1,
  (x, y) => -y <= 0.8 && -y >= 1.75 * Math.abs(x) - 1,
  (x, y) => Math.min(Math.abs(x), Math.abs(y)) <= 0.4 && Math.max(Math.abs(x), Math.abs(y)) <= 1,
  (x, y) => Math.abs(Math.abs(x) - Math.abs(y)) <= 0.5 && Math.max(Math.abs(x), Math.abs(y)) <= 0.95,
  (x, y) => x * x + y * y <= 1 && x * x + y * y >= 0.3,
];
