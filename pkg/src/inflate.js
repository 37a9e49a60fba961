// DEFLATE (RFC 1951) in a gzip file (RFC 1952), for browsers that run the module but have no DecompressionStream, such as
// Firefox 97 to 112. Checksums are those of the model's manifest.

/** Where the lengths of a block's code lengths stand. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
const LONGEST_CODE = 15;
/** Bits of a gzip header's flags. */
const [HEADER_CHECK, EXTRA, NAME, COMMENT] = [2, 4, 8, 16];
const END_OF_BLOCK = 256;

/**
 * The content of a gzip file.
 *
 * @param {Uint8Array} packed
 * @returns {Uint8Array<ArrayBuffer>}
 * @throws {RangeError} for bytes that are no gzip file
 */
export function gunzip(packed) {
  let at = 10;
  let bits = 0;
  let nBits = 0;
  let out = new Uint8Array(4 * packed.length);
  let length = 0;

  const byte = () => {
    if (at >= packed.length) throw new RangeError("the compressed file ends too early");
    return packed[at++];
  };
  /** @param {number} n */
  const take = (n) => {
    while (nBits < n) {
      bits |= byte() << nBits;
      nBits += 8;
    }
    const value = bits & ((1 << n) - 1);
    bits >>>= n;
    nBits -= n;
    return value;
  };
  /** @param {number} value */
  const put = (value) => {
    if (length === out.length) {
      const longer = new Uint8Array(2 * length + 1024);
      longer.set(out);
      out = longer;
    }
    out[length++] = value;
  };
  /** @param {Code} code */
  const symbol = ({ counts, symbols }) => {
    let [value, first, index] = [0, 0, 0];
    for (let n = 1; n <= LONGEST_CODE; n += 1) {
      value |= take(1);
      if (value - counts[n] < first) return symbols[index + (value - first)];
      index += counts[n];
      first = (first + counts[n]) << 1;
      value <<= 1;
    }
    throw new RangeError("the compressed file has an unknown code");
  };
  const stored = () => {
    [bits, nBits] = [0, 0];
    let n = byte() | (byte() << 8);
    at += 2;
    while (n--) put(byte());
  };
  /**
   * @param {Code} literals
   * @param {Code} distances
   */
  const block = (literals, distances) => {
    for (let one = symbol(literals); one !== END_OF_BLOCK; one = symbol(literals)) {
      if (one < END_OF_BLOCK) {
        put(one);
        continue;
      }
      let n = runLength(one - 257, take);
      const back = distance(symbol(distances), take);
      if (back > length) throw new RangeError("the compressed file points before its beginning");
      while (n--) put(out[length - back]);
    }
  };
  const codes = () => {
    const nLiterals = take(5) + 257;
    const nDistances = take(5) + 1;
    const ofLengths = new Array(ORDER.length).fill(0);
    for (let n = take(4) + 4, i = 0; i < n; i += 1) ofLengths[ORDER[i]] = take(3);
    const code = codeOf(ofLengths);
    /** @type {number[]} */
    const lengths = [];
    while (lengths.length < nLiterals + nDistances) {
      const one = symbol(code);
      if (one < 16) lengths.push(one);
      else {
        const value = one === 16 ? (lengths.at(-1) ?? 0) : 0;
        const n = one === 16 ? 3 + take(2) : one === 17 ? 3 + take(3) : 11 + take(7);
        for (let i = 0; i < n; i += 1) lengths.push(value);
      }
    }
    return /** @type {const} */ ([codeOf(lengths.slice(0, nLiterals)), codeOf(lengths.slice(nLiterals))]);
  };

  const flags = packed[3];
  if (flags & EXTRA) at += 2 + (byte() | (byte() << 8));
  for (const text of [NAME, COMMENT]) while (flags & text && byte());
  if (flags & HEADER_CHECK) at += 2;
  for (let isLast = false; !isLast; ) {
    isLast = take(1) === 1;
    const kind = take(2);
    if (kind === 0) stored();
    else if (kind === 1) block(...FIXED());
    else if (kind === 2) block(...codes());
    else throw new RangeError("the compressed file has an unknown kind of block");
  }
  return out.slice(0, length);
}

/**
 * A Huffman code: how many symbols have a code of each length, and the symbols in the order of their codes.
 *
 * @typedef {{ counts: number[], symbols: number[] }} Code
 */

/**
 * @param {number[]} lengths of the symbols' codes; 0 for those without one
 * @returns {Code}
 */
function codeOf(lengths) {
  const counts = new Array(LONGEST_CODE + 1).fill(0);
  for (const n of lengths) if (n) counts[n] += 1;
  const symbols = [...lengths.keys()].filter((one) => lengths[one]).sort((a, b) => lengths[a] - lengths[b] || a - b);
  return { counts, symbols };
}

/** The code of blocks that bring none along. */
const FIXED = () => {
  const lengths = Array.from({ length: 288 }, (_, n) => (n < 144 ? 8 : n < 256 ? 9 : n < 280 ? 7 : 8));
  return /** @type {const} */ ([codeOf(lengths), codeOf(new Array(30).fill(5))]);
};

/**
 * @param {number} n from 0 on
 * @param {(bits: number) => number} take
 */
function runLength(n, take) {
  if (n < 8) return n + 3;
  if (n === 28) return 258;
  const extra = (n >> 2) - 1;
  return ((4 + (n & 3)) << extra) + 3 + take(extra);
}

/**
 * @param {number} n
 * @param {(bits: number) => number} take
 */
function distance(n, take) {
  if (n < 4) return n + 1;
  const extra = (n >> 1) - 1;
  return ((2 + (n & 1)) << extra) + 1 + take(extra);
}
