// Paints all points into the pixels of a picture. Tens of thousands of calls of a canvas take a tenth of a second;
// blending small masks of coverage by hand takes some milliseconds, and can pause between slices, so that the page
// never stands still.

/** A slice of work, in milliseconds. */
const SLICE = 6;
const LARGEST = 24;

/** Whether a point of the unit square around 0 belongs to a shape: one a genre, so that colour is not all. */
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

const masks = new Map();

/** How much of each pixel a shape of this radius covers, 0 to 255. */
function mask(shape, radius) {
  const key = shape * 1000 + radius * 4;
  if (!masks.has(key)) {
    const reach = Math.ceil(radius);
    const side = 2 * reach + 1;
    const cover = new Uint8Array(side * side);
    for (let row = 0; row < side; row++) {
      for (let column = 0; column < side; column++) {
        let inside = 0;
        for (let sub = 0; sub < 16; sub++) {
          const x = (column - reach + ((sub & 3) - 1.5) / 4) / radius;
          const y = (row - reach + ((sub >> 2) - 1.5) / 4) / radius;
          if (SHAPES[shape](x, y)) inside += 1;
        }
        cover[row * side + column] = Math.round((inside / 16) * 255);
      }
    }
    masks.set(key, { reach, side, cover });
  }
  return masks.get(key);
}

/**
 * @param {object} points
 * @param {Float32Array} points.x
 * @param {Float32Array} points.y
 * @param {Uint8Array} points.colour which of the colours; with the shape of the same number, 255 for none of them
 * @param {Uint8Array} points.weight how large, 0 to 255
 * @param {Uint8Array} points.faint 1 where it is filtered out
 */
export function createPainter(points) {
  const layer = document.createElement("canvas");
  const context = layer.getContext("2d");
  let picture = null;
  let isPainting = false;
  let again = null;

  /** Paints what the camera sees now; when it is done, `done` is told where the camera was. */
  async function paint(camera, ratio, colours, done) {
    if (isPainting) {
      again = [camera, ratio, colours, done];
      return;
    }
    isPainting = true;
    await nextTask();
    const { place } = camera;
    const width = Math.max(1, Math.round(camera.width * ratio));
    const height = Math.max(1, Math.round(camera.height * ratio));
    if (picture?.width !== width || picture.height !== height) picture = new ImageData(width, height);
    const pixels = new Uint32Array(picture.data.buffer).fill(0);
    const scaleX = camera.acrossX * ratio;
    const scaleY = camera.acrossY * ratio;
    const offsetX = width / 2 - place.x * scaleX;
    const offsetY = height / 2 - place.y * scaleY;
    const growth = ratio * place.zoom ** 0.4;
    const { x, y, colour, weight, faint } = points;
    let until = performance.now() + SLICE;
    // The faint ones lie beneath, and the most liked on top.
    for (const faintness of [1, 0]) {
      for (let n = x.length - 1; n >= 0; n--) {
        if ((n & 255) === 0 && performance.now() > until) {
          await nextTask();
          until = performance.now() + SLICE;
        }
        if (faint[n] !== faintness) continue;
        const px = Math.round(x[n] * scaleX + offsetX);
        const py = Math.round(y[n] * scaleY + offsetY);
        if (px < -LARGEST || py < -LARGEST || px > width + LARGEST || py > height + LARGEST) continue;
        const radius = Math.min(LARGEST, Math.round((1.3 + (weight[n] / 255) * 3.2) * growth * 2) / 2);
        const known = colour[n] < SHAPES.length;
        stamp(
          pixels,
          width,
          height,
          px,
          py,
          mask(known ? colour[n] : 0, radius),
          known ? colours.genres[colour[n]] : colours.none,
          faintness ? 26 : 200,
        );
      }
    }
    if (layer.width !== width || layer.height !== height) Object.assign(layer, { width, height });
    context.putImageData(picture, 0, 0);
    isPainting = false;
    done(place);
    if (again) {
      const next = again;
      again = null;
      paint(...next);
    }
  }

  return { layer, paint };
}

/** Blends a colour (0xBBGGRR) into pixels that may be empty yet, by a mask and an opacity. */
function stamp(pixels, width, height, px, py, { reach, side, cover }, colour, opacity) {
  const top = Math.max(0, reach - py);
  const bottom = Math.min(side, height + reach - py);
  const left = Math.max(0, reach - px);
  const right = Math.min(side, width + reach - px);
  const [red, green, blue] = [colour & 255, (colour >> 8) & 255, (colour >> 16) & 255];
  for (let row = top; row < bottom; row++) {
    let at = (py - reach + row) * width + px - reach + left;
    for (let column = left; column < right; column++, at++) {
      const alpha = (cover[row * side + column] * opacity) >> 8;
      if (alpha === 0) continue;
      const below = pixels[at];
      const belowAlpha = below >>> 24;
      if (belowAlpha === 0) {
        pixels[at] = ((alpha << 24) | colour) >>> 0;
        continue;
      }
      // Colour over colour, not multiplied by alpha, as pictures are kept.
      const both = alpha + ((belowAlpha * (255 - alpha)) >> 8);
      const part = alpha / both;
      const r = (below & 255) + (red - (below & 255)) * part;
      const g = ((below >> 8) & 255) + (green - ((below >> 8) & 255)) * part;
      const b = ((below >> 16) & 255) + (blue - ((below >> 16) & 255)) * part;
      pixels[at] = ((both << 24) | (b << 16) | (g << 8) | r) >>> 0;
    }
  }
}

/** After whatever else waits: input, and the next frame. */
export function nextTask() {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
