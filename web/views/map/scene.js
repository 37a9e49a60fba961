// What the canvas shows: the painted points, and over them labels, rings, likes and the visitor. Draws at the next frame,
// and at every frame while something moves.

import { between } from "./camera.js";
import { readColours } from "./colours.js";
import { levelAt } from "./islands.js";
import { drawLabels, drawNames, placeLabels, placeNames } from "./labels.js";
import { drawHeart, drawRing, drawTrail, drawVisitor } from "./marks.js";
import { createPainter } from "./painter.js";

const FLIGHT_MS = 700;
const WALK_MS = 900;
/** On a flight the points are painted again after this part of it; in between the last image is stretched. */
const REPAINT_STEP = 0.2;
const MAX_PIXEL_RATIO = 2;

/**
 * @param {object} options
 * @param {HTMLElement} options.root the view: its style defines the colours; its `data-zoom`, `data-labels` and
 * `data-names` describe what is drawn
 * @param {HTMLCanvasElement} options.canvas
 * @param {import("./state.js").MapState} options.state
 * @param {object} options.camera
 * @param {HTMLElement[]} options.overlays elements over the canvas, where no label is placed
 * @param {() => void} options.onMove called after every move of the camera
 */
export function createScene({ root, canvas, state, camera, overlays, onMove }) {
  const { x, y, colours, weights, faint } = state;
  const painter = createPainter({ x, y, colour: colours, weight: weights, faint });
  const context = canvas.getContext("2d");
  const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");
  /** Running animations by name: each gets the time, and returns whether it goes on. */
  const animations = new Map();
  let palette;
  /** The camera's position when the points were painted last. */
  let painted = null;
  let isVisible = false;
  let nextFrame = 0;

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    palette = readColours(root);
    repaint();
  });

  const ratio = () => Math.min(MAX_PIXEL_RATIO, devicePixelRatio || 1);
  const toScreen = (place) => [camera.toScreenX(place.x), camera.toScreenY(place.y)];
  const pointToScreen = (point) => toScreen(state.placeOf(point));

  /** Takes over the size of the canvas in the page. */
  function fit() {
    camera.width = canvas.clientWidth;
    camera.height = canvas.clientHeight;
    canvas.width = Math.round(camera.width * ratio());
    canvas.height = Math.round(camera.height * ratio());
  }

  /** Paints all points again, then draws. */
  function repaint() {
    if (!isVisible) return;
    painter.paint(camera, ratio(), palette, (position) => {
      painted = position;
      draw();
    });
  }

  function draw() {
    if (nextFrame || !isVisible) return;
    nextFrame = requestAnimationFrame((now) => {
      nextFrame = 0;
      for (const [name, step] of animations) if (!step(now)) animations.delete(name);
      drawAll();
      if (animations.size) draw();
    });
  }

  function drawAll() {
    const scale = ratio();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (painted) drawPoints(scale);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    const { drawnPlace, trail, recommended, liked, hovered, selected } = state;
    if (drawnPlace) drawTrail(context, [...trail, drawnPlace].map(toScreen), palette);
    for (const point of recommended) ring(point, 7, 2.5, palette.mark);
    for (const point of liked) drawHeart(context, ...pointToScreen(point), palette);
    const visitor = drawnPlace && toScreen(drawnPlace);
    drawText(visitor);
    if (visitor) drawVisitor(context, ...visitor, palette);
    if (hovered >= 0) ring(hovered, 9, 2, palette.ink);
    if (selected >= 0) ring(selected, 11, 3, palette.ink);
  }

  /** Draws the image of the points, moved and stretched to the current position of the camera. */
  function drawPoints(scale) {
    const { layer } = painter;
    const part = camera.zoom / painted.zoom;
    const left = camera.width / 2 + (painted.x - camera.x) * camera.acrossX - (camera.width * part) / 2;
    const top = camera.height / 2 + (painted.y - camera.y) * camera.acrossY - (camera.height * part) / 2;
    const [width, height] = [layer.width * part, layer.height * part];
    context.drawImage(layer, ...[left * scale, top * scale, width, height].map(Math.round));
  }

  function drawText(visitor) {
    const { family } = palette;
    const taken = [
      ...(visitor ? [[visitor[0] - 14, visitor[1] - 12, visitor[0] + 44, visitor[1] + 12]] : []),
      ...overlays.filter((node) => !node.hidden).map(boxOf),
    ];
    const islands = state.islands[levelAt(camera.zoom)] ?? [];
    const names = placeNames({ context, camera, islands, taken, family });
    const labels = placeLabels({
      context,
      camera,
      x,
      y,
      first: state.labelledFirst(),
      count: state.size,
      titleOf: (point) => state.items[point]?.title ?? null,
      passes: (point) => state.isShown(point),
      taken: [...taken, ...names.map(({ box }) => box)],
      family,
    });
    drawLabels(context, labels, palette);
    drawNames(context, names, palette);
    root.dataset.labels = labels.length;
    root.dataset.names = names.map(({ text }) => text).join(", ");
  }

  function ring(point, radius, width, stroke) {
    drawRing(context, ...pointToScreen(point), { radius, width, stroke, paper: palette.paper });
  }

  /** Draws and paints after a move of the camera. */
  function moved() {
    root.dataset.zoom = camera.zoom.toFixed(2);
    draw();
    repaint();
    onMove();
  }

  return {
    draw,
    repaint,
    moved,
    pointToScreen,

    show() {
      isVisible = true;
      palette = readColours(root);
      fit();
      repaint();
    },

    hide() {
      isVisible = false;
      animations.clear();
    },

    /** Follows the size of the canvas in the page; returns whether there is anything to see. */
    resize() {
      if (!isVisible || !canvas.clientWidth) return false;
      fit();
      repaint();
      return true;
    },

    /** Ends a flight of the camera. */
    stop() {
      animations.delete("camera");
    },

    /** Moves the camera in a short flight, or at once if the visitor prefers reduced motion. */
    fly(to) {
      const from = camera.place;
      if (reducedMotion.matches) {
        camera.place = to;
        return moved();
      }
      const begin = performance.now();
      let nextPaint = 0;
      animations.set("camera", (now) => {
        const part = Math.min(1, (now - begin) / FLIGHT_MS);
        camera.place = between(from, to, part);
        if (part === 1) moved();
        else if (part > nextPaint) {
          nextPaint = part + REPAINT_STEP;
          repaint();
        }
        return part < 1;
      });
      draw();
    },

    /** Moves the drawn visitor to the current place. */
    walk() {
      const { drawnPlace: from, place: to } = state;
      animations.delete("visitor");
      if (to && from && !reducedMotion.matches && isVisible) {
        const begin = performance.now();
        animations.set("visitor", (now) => {
          const part = Math.min(1, (now - begin) / WALK_MS);
          state.drawnPlace = part < 1 ? between(from, to, part) : to;
          return part < 1;
        });
      } else {
        state.drawnPlace = to;
      }
      draw();
    },
  };
}

/** The rectangle of an element within its parent: left, top, right, bottom. */
function boxOf(node) {
  return [node.offsetLeft, node.offsetTop, node.offsetLeft + node.offsetWidth, node.offsetTop + node.offsetHeight];
}
