// The visible part of the map: its centre and its zoom.

const MARGIN = 28;
export const MAX_ZOOM = 64;

export function createCamera() {
  const camera = {
    x: 0.5,
    y: 0.5,
    zoom: 1,
    width: 1,
    height: 1,
    /** Pixels across the whole map. */
    get acrossX() {
      return Math.max(1, camera.width - 2 * MARGIN) * camera.zoom;
    },
    get acrossY() {
      return Math.max(1, camera.height - 2 * MARGIN) * camera.zoom;
    },
    toScreenX: (x) => (x - camera.x) * camera.acrossX + camera.width / 2,
    toScreenY: (y) => (y - camera.y) * camera.acrossY + camera.height / 2,
    toMapX: (px) => (px - camera.width / 2) / camera.acrossX + camera.x,
    toMapY: (py) => (py - camera.height / 2) / camera.acrossY + camera.y,
    /** The position, to store and to restore. */
    get place() {
      const { x, y, zoom } = camera;
      return { x, y, zoom };
    },
    set place(place) {
      camera.zoom = Math.max(1, Math.min(MAX_ZOOM, place.zoom));
      // The centre stays on the map; the whole map cannot be moved.
      const reach = 0.5 * (1 - 1 / camera.zoom) + 0.1 * (camera.zoom > 1);
      camera.x = Math.max(0.5 - reach, Math.min(0.5 + reach, place.x));
      camera.y = Math.max(0.5 - reach, Math.min(0.5 + reach, place.y));
    },
    pan(dx, dy) {
      camera.place = { x: camera.x - dx / camera.acrossX, y: camera.y - dy / camera.acrossY, zoom: camera.zoom };
    },
    /** Zooms by a factor; the place under this pixel stays there. */
    zoomAt(px, py, factor) {
      const [x, y] = [camera.toMapX(px), camera.toMapY(py)];
      const zoom = Math.max(1, Math.min(MAX_ZOOM, camera.zoom * factor));
      const part = camera.zoom / zoom;
      camera.place = { x: x + (camera.x - x) * part, y: y + (camera.y - y) * part, zoom };
    },
  };
  return camera;
}

/** A position on the way between two, from 0 to 1. The zoom is interpolated by its logarithm, so that it feels even. */
export function between(from, to, part) {
  const eased = part < 0.5 ? 4 * part ** 3 : 1 - (2 - 2 * part) ** 3 / 2;
  const mix = (a, b) => a + (b - a) * eased;
  return {
    x: mix(from.x, to.x),
    y: mix(from.y, to.y),
    zoom: Math.exp(mix(Math.log(from.zoom ?? 1), Math.log(to.zoom ?? 1))),
  };
}
