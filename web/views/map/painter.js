// Paints all points into an image, pixel by pixel: tens of thousands of canvas calls take a tenth of a second, blending
// small masks takes some milliseconds. It pauses after every slice of work, so that the page stays responsive.

import { SHAPES } from "./shapes.js";

/** Milliseconds of work between two pauses. */
const SLICE_MS = 6;
/** The largest radius of a point, in pixels. */
const MAX_RADIUS = 24;

const masks = new Map();

/** The coverage of each pixel by a shape of this radius, 0 to 255. */
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
 * @param {Uint8Array} points.colour number of the colour and of the shape; 255 for none of them
 * @param {Uint8Array} points.weight size, 0 to 255
 * @param {Uint8Array} points.faint 1 if it is filtered out
 */
export function createPainter(points) {
  const layer = document.createElement("canvas");
  const context = layer.getContext("2d");
  let picture = null;
  let isPainting = false;
  let again = null;

  /** Paints what the camera sees, then calls `done` with the camera's position of that moment. */
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
    let until = performance.now() + SLICE_MS;
    // Faint points first, the most liked last, so that these are on top.
    for (const faintness of [1, 0]) {
      for (let n = x.length - 1; n >= 0; n--) {
        if ((n & 255) === 0 && performance.now() > until) {
          await nextTask();
          until = performance.now() + SLICE_MS;
        }
        if (faint[n] !== faintness) continue;
        const px = Math.round(x[n] * scaleX + offsetX);
        const py = Math.round(y[n] * scaleY + offsetY);
        if (px < -MAX_RADIUS || py < -MAX_RADIUS || px > width + MAX_RADIUS || py > height + MAX_RADIUS) continue;
        const radius = Math.min(MAX_RADIUS, Math.round((1.3 + (weight[n] / 255) * 3.2) * growth * 2) / 2);
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

/** Blends a colour (0xBBGGRR) into pixels that may be transparent, with a mask and an opacity. */
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
      // Image data are not premultiplied by alpha.
      const both = alpha + ((belowAlpha * (255 - alpha)) >> 8);
      const part = alpha / both;
      const r = (below & 255) + (red - (below & 255)) * part;
      const g = ((below >> 8) & 255) + (green - ((below >> 8) & 255)) * part;
      const b = ((below >> 16) & 255) + (blue - ((below >> 16) & 255)) * part;
      pixels[at] = ((both << 24) | (b << 16) | (g << 8) | r) >>> 0;
    }
  }
}

/** Resolves in a new task, after pending input and frames. */
export function nextTask() {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
