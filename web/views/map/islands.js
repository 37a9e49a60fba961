// Names for the parts of the map: what the titles of a part have in common, and the rest of the map has not, a genre or
// a decade. Zoomed in, smaller parts get names of their own.

/** Parts across the map, at each level. */
const ACROSS = [4, 8, 16, 32];
/** The zoom from which on each further level is shown. */
const FROM_ZOOM = [1.8, 4, 9];
/** A part with fewer titles has nothing in common but chance. */
const FEWEST = 8;
/** A name holds for at least this part of the titles, and for this many times more than on the whole map. */
const LEAST_SHARE = 0.4;
const LEAST_LIFT = 1.5;

/** @typedef {{ name: string, x: number, y: number, size: number }} Island its size is the number of titles */

/** The level to show at a zoom. */
export function levelAt(zoom) {
  return FROM_ZOOM.filter((from) => zoom >= from).length;
}

/**
 * @param {{ x: Float32Array, y: Float32Array, items: ({ genres: string[], year: number | null } | null)[] }} map
 * @returns {Island[][]} by level, the largest first
 */
export function nameIslands({ x, y, items }) {
  const all = new Part();
  for (const item of items) if (item) all.add(item, 0, 0);
  return ACROSS.map((across) => {
    const parts = new Map();
    items.forEach((item, point) => {
      if (!item) return;
      const [column, row] = [x[point], y[point]].map((at) => Math.min(across - 1, Math.floor(at * across)));
      const place = row * across + column;
      if (!parts.has(place)) parts.set(place, new Part());
      parts.get(place).add(item, x[point], y[point]);
    });
    const named = new Map();
    for (const [place, part] of parts) {
      const name = part.nameBeside(all);
      if (name) named.set(place, { name, part });
    }
    return joined(named, across).sort((a, b) => b.size - a.size);
  });
}

/** Some titles: how many there are of each name, and where their middle is. */
class Part {
  size = 0;
  #names = new Map();
  #x = 0;
  #y = 0;

  add(item, x, y) {
    this.size += 1;
    this.#x += x;
    this.#y += y;
    for (const name of namesOf(item)) this.#names.set(name, (this.#names.get(name) ?? 0) + 1);
  }

  join(other) {
    this.size += other.size;
    this.#x += other.#x;
    this.#y += other.#y;
  }

  get middle() {
    return { x: this.#x / this.size, y: this.#y / this.size };
  }

  /** The name that tells most about this part of all titles; `null` where none tells enough. */
  nameBeside(all) {
    if (this.size < FEWEST) return null;
    let best = null;
    let most = 0;
    for (const [name, count] of this.#names) {
      const share = count / this.size;
      const lift = share / (all.#names.get(name) / all.size);
      // Its part in the divergence of this part from the whole (Kullback and Leibler).
      const tells = share * Math.log(lift);
      if (share >= LEAST_SHARE && lift >= LEAST_LIFT && tells > most) [best, most] = [name, tells];
    }
    return best;
  }
}

function namesOf({ genres, year }) {
  return year === null ? genres : [...genres, `${Math.floor(year / 10) * 10}s`];
}

/** Parts of one name that touch are one island, with its name in the middle. */
function joined(named, across) {
  const islands = [];
  const met = new Set();
  for (const [place, { name }] of named) {
    if (met.has(place)) continue;
    const whole = new Part();
    const open = [place];
    met.add(place);
    while (open.length) {
      const next = open.pop();
      whole.join(named.get(next).part);
      const column = next % across;
      const beside = [next - across, next + across];
      if (column > 0) beside.push(next - 1);
      if (column < across - 1) beside.push(next + 1);
      for (const other of beside) {
        if (met.has(other) || named.get(other)?.name !== name) continue;
        met.add(other);
        open.push(other);
      }
    }
    islands.push({ name, ...whole.middle, size: whole.size });
  }
  return islands;
}
