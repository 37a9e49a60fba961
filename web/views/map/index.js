// A grid over the map, to find points by their position among tens of thousands.

const CELLS = 128;

/**
 * @param {Float32Array} x 0 to 1
 * @param {Float32Array} y 0 to 1
 */
export function createIndex(x, y) {
  const cellOf = (px, py) => clamp(Math.floor(py * CELLS)) * CELLS + clamp(Math.floor(px * CELLS));
  // A counting sort by cell: the points of cell c are points[start[c] .. start[c + 1]].
  const start = new Uint32Array(CELLS * CELLS + 1);
  for (let n = 0; n < x.length; n++) start[cellOf(x[n], y[n]) + 1] += 1;
  for (let cell = 0; cell < CELLS * CELLS; cell++) start[cell + 1] += start[cell];
  const next = start.slice();
  const points = new Uint32Array(x.length);
  for (let n = 0; n < x.length; n++) points[next[cellOf(x[n], y[n])]++] = n;

  /** Calls `visit` with every point of the cells that touch a rectangle. */
  function within(left, top, right, bottom, visit) {
    const [fromColumn, toColumn] = [clamp(Math.floor(left * CELLS)), clamp(Math.floor(right * CELLS))];
    const [fromRow, toRow] = [clamp(Math.floor(top * CELLS)), clamp(Math.floor(bottom * CELLS))];
    for (let row = fromRow; row <= toRow; row++) {
      const end = start[row * CELLS + toColumn + 1];
      for (let at = start[row * CELLS + fromColumn]; at < end; at++) visit(points[at]);
    }
  }

  return {
    within,
    /**
     * The nearest point that passes, within an ellipse of these radii; -1 if there is none. Among points at about the
     * same distance, the more popular one is preferred, which has the smaller number.
     */
    nearest(px, py, radiusX, radiusY, passes = () => true) {
      let best = -1;
      let bestDistance = 1;
      within(px - radiusX, py - radiusY, px + radiusX, py + radiusY, (n) => {
        const distance = ((x[n] - px) / radiusX) ** 2 + ((y[n] - py) / radiusY) ** 2;
        const isNearer = distance < bestDistance - 0.02 || (distance < bestDistance + 0.02 && n < best);
        if ((isNearer || (best < 0 && distance <= 1)) && passes(n)) {
          best = n;
          bestDistance = Math.min(distance, bestDistance);
        }
      });
      return best;
    },
    /** The `k` nearest points, the nearest first, by searches in growing circles. */
    around(px, py, k, passes = () => true) {
      for (let radius = 0.02; ; radius *= 2) {
        const found = [];
        within(px - radius, py - radius, px + radius, py + radius, (n) => {
          const distance = (x[n] - px) ** 2 + (y[n] - py) ** 2;
          if (distance <= radius * radius && passes(n)) found.push({ n, distance });
        });
        if (found.length >= k || radius > 1.5) {
          return found
            .sort((a, b) => a.distance - b.distance)
            .slice(0, k)
            .map(({ n }) => n);
        }
      }
    },
  };
}

function clamp(cell) {
  return Math.max(0, Math.min(CELLS - 1, cell));
}
