// The text on the map, without overlaps: names of its parts, and titles, the most liked first. Zoomed in, more of the
// visible points get one.

const FONT_SIZE = 13;
const HEIGHT = 18;
const GAP = 4;
/** Square pixels per label. */
const PIXELS_PER_LABEL = 11_000;
/** The most letters of a label. */
const MAX_LENGTH = 26;
/** Names of parts: their letters, and the most of them at once. */
const NAME_SIZE = 15;
const NAME_SPACING = 2;
const MOST_NAMES = 8;
/** The most visible points tried. */
const MAX_TRIES = 3000;

/**
 * @param {object} options
 * @param {Iterable<number>} options.first points that are labelled first, however popular
 * @param {number} options.count the number of points
 * @param {(n: number) => string | null} options.titleOf `null` while it is unknown
 * @param {(n: number) => boolean} options.passes
 * @param {number[][]} options.taken rectangles without labels: left, top, right, bottom
 */
export function placeLabels({ context, camera, x, y, first, count, titleOf, passes, taken, family }) {
  const most = Math.round((camera.width * camera.height) / PIXELS_PER_LABEL);
  const placed = [];
  const boxes = [...taken];
  const tried = new Set();
  context.font = `${FONT_SIZE}px ${family}`;
  const attempt = (n, isFirst) => {
    const px = camera.toScreenX(x[n]);
    const py = camera.toScreenY(y[n]);
    if (px < 0 || py < 0 || px > camera.width || py > camera.height) return false;
    const title = titleOf(n);
    if (title === null) return true;
    const text = title.length > MAX_LENGTH ? `${title.slice(0, MAX_LENGTH - 1).trimEnd()}…` : title;
    const width = widthOf(context, text);
    // To the right of its point, or to the left if there is no space.
    const aside = isFirst ? 13 : 9;
    for (const left of [px + aside, px - aside - width]) {
      const box = [left - GAP, py - HEIGHT / 2, left + width + GAP, py + HEIGHT / 2];
      if (box[0] < 0 || box[2] > camera.width || boxes.some((other) => overlap(box, other))) continue;
      boxes.push(box);
      placed.push({ n, text, left, top: py, isFirst });
      break;
    }
    return true;
  };
  for (const n of first) {
    tried.add(n);
    attempt(n, true);
  }
  let tries = 0;
  for (let n = 0; n < count && placed.length < most && tries < MAX_TRIES; n++) {
    if (!tried.has(n) && passes(n) && attempt(n, false)) tries += 1;
  }
  return placed;
}

/**
 * Places the names of parts of the map, which come before titles.
 *
 * @param {object} options
 * @param {import("./islands.js").Island[]} options.islands the largest first
 * @param {number[][]} options.taken rectangles without names
 * @returns {{ text: string, left: number, top: number, box: number[] }[]}
 */
export function placeNames({ context, camera, islands, taken, family }) {
  const placed = [];
  styleNames(context, family);
  for (const { name, x, y } of islands) {
    if (placed.length === MOST_NAMES) break;
    const text = name.toLocaleUpperCase();
    const width = widthOf(context, text);
    const [left, top] = [camera.toScreenX(x) - width / 2, camera.toScreenY(y)];
    const box = [left - GAP, top - HEIGHT / 2 - GAP, left + width + GAP, top + HEIGHT / 2 + GAP];
    const isInside = box[0] >= 0 && box[1] >= 0 && box[2] <= camera.width && box[3] <= camera.height;
    const isFree = [...taken, ...placed.map((other) => other.box)].every((other) => !overlap(box, other));
    if (isInside && isFree) placed.push({ text, left, top, box });
  }
  context.letterSpacing = "0px";
  return placed;
}

export function drawNames(context, names, { ink, paper, family }) {
  styleNames(context, family);
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 5;
  context.strokeStyle = paper;
  context.fillStyle = ink;
  for (const { text, left, top } of names) {
    context.strokeText(text, left, top);
    context.fillText(text, left, top);
  }
  context.letterSpacing = "0px";
}

function styleNames(context, family) {
  context.font = `700 ${NAME_SIZE}px ${family}`;
  context.letterSpacing = `${NAME_SPACING}px`;
}

export function drawLabels(context, labels, { ink, paper, family }) {
  context.textBaseline = "middle";
  context.lineJoin = "round";
  context.lineWidth = 4;
  context.strokeStyle = paper;
  context.fillStyle = ink;
  for (const { text, left, top, isFirst } of labels) {
    context.font = `${isFirst ? "600 " : ""}${FONT_SIZE}px ${family}`;
    context.strokeText(text, left, top);
    context.fillText(text, left, top);
  }
}

const widths = new Map();

function widthOf(context, text) {
  const key = `${context.font} ${text}`;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width + 4);
  return widths.get(key);
}

function overlap(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}
