// Which of several versions a visitor gets: always the same one, decided here and told to nobody.

const SEED_KEY = "foldin:visitor";

/**
 * The variant of a visitor, by weighted rendezvous hashing (Thaler and Ravishankar 1998; Schindelhauer and Schomaker
 * 2005): each variant draws an exponential number from the visitor's seed and its own name, at the rate of its share,
 * and the smallest wins. When shares change, visitors move only to variants that gained beside the others.
 *
 * @param {{ version: string, share: number }[]} variants
 * @param {string} [visitor] by default a random one that this browser keeps
 * @returns {string | undefined} nothing where nothing can be kept
 */
export function chooseVariant(variants, visitor = keptSeed()) {
  if (visitor === undefined) return undefined;
  const draws = variants.map(({ version, share }) => [-Math.log(uniform(`${visitor} ${version}`)) / share, version]);
  return draws.reduce((best, draw) => (draw[0] < best[0] ? draw : best))[1];
}

/** Above 0 and below 1: FNV-1a, and the last steps of MurmurHash3, for names that differ in one letter. */
function uniform(text) {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (((hash ^ (hash >>> 16)) >>> 0) + 0.5) / 2 ** 32;
}

function keptSeed() {
  try {
    let seed = localStorage.getItem(SEED_KEY);
    if (!seed) {
      seed = Math.random().toString(36).slice(2);
      localStorage.setItem(SEED_KEY, seed);
    }
    return seed;
  } catch {
    return undefined;
  }
}
