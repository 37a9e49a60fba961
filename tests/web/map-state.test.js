// The state of the map: colours, filter, visitor, and the list beside the map.

import assert from "node:assert/strict";
import { test } from "node:test";
import { beside } from "../../web/views/map/beside.js";
import { between, createCamera } from "../../web/views/map/camera.js";
import { toPixel } from "../../web/views/map/colours.js";
import { createFinder } from "../../web/views/map/finder.js";
import { createIndex } from "../../web/views/map/index.js";
import { MapState } from "../../web/views/map/state.js";

const ITEMS = [
  { id: "a", likes: 400, genres: ["Drama"] },
  { id: "b", likes: 100, genres: ["Drama", "Comedy"] },
  { id: "c", likes: 25, genres: ["Comedy", "Western"] },
  { id: "d", likes: 4, genres: [] },
];
const GENRES = ["Comedy", "Drama", "Noir", "Western"];

function createState() {
  return new MapState({
    ids: ITEMS.map(({ id }) => id),
    x: Float32Array.from([0.1, 0.2, 0.8, 0.9]),
    y: Float32Array.from([0.1, 0.1, 0.5, 0.9]),
  });
}

function filledState() {
  const state = createState();
  state.addItems(ITEMS);
  state.rankGenres(GENRES, ITEMS);
  return state;
}

test("genres are ranked by frequency, and a point has the colour of its rarest one", () => {
  const state = createState();
  state.addItems(ITEMS);
  assert.deepEqual(state.rankGenres(GENRES, ITEMS), ["Comedy", "Drama", "Western", "Noir"]);
  assert.deepEqual([...state.colours], [1, 1, 2, 255]);
});

test("weights follow the square root of likes", () => {
  assert.deepEqual([...filledState().weights], [255, 128, 64, 26]);
});

test("later chunks are weighted by the most liked item of the first", () => {
  const state = createState();
  state.addItems(ITEMS.slice(0, 1));
  state.addItems(ITEMS.slice(1));
  assert.deepEqual([...state.weights], [255, 128, 64, 26]);
});

test("chosen genres hide other points and give the colour", () => {
  const state = filledState();
  assert.equal(state.toggleGenre("Comedy"), true);
  assert.deepEqual([...state.faint], [1, 0, 0, 1]);
  assert.deepEqual([...state.colours].slice(1, 3), [0, 0]);
  assert.equal(state.isShown(0), false);
  assert.equal(state.toggleGenre("Comedy"), false);
  assert.deepEqual([...state.faint], [0, 0, 0, 0]);
  assert.deepEqual([...state.colours], [1, 1, 2, 255]);
});

test("the visitor's items become points; unknown ones are left out", () => {
  const state = filledState();
  state.setVisitor({ liked: ["b", "x"], recommended: ["c"], place: { x: 0.2, y: 0.1 }, trail: [] });
  assert.deepEqual(
    [0, 1, 2].map((point) => state.statusOf(point)),
    [null, "liked", "recommended"],
  );
  state.selected = 3;
  assert.deepEqual(state.labelledFirst(), [3, 1, 2]);
});

test("without a place nothing is marked as recommended", () => {
  const state = filledState();
  state.setVisitor({ liked: [], recommended: ["c"], place: null, trail: [] });
  assert.deepEqual(state.recommended, []);
});

test("the list has the nearest points of the visitor, or the best known around the centre", () => {
  const state = filledState();
  const index = createIndex(state.x, state.y);
  state.setVisitor({ liked: ["d"], recommended: [], place: { x: 0.9, y: 0.9 }, trail: [] });
  assert.deepEqual(state.pointsNear(index, { x: 0, y: 0 }), [3, 2, 1, 0]);
  state.setVisitor({ liked: [], recommended: [], place: null, trail: [] });
  assert.deepEqual(state.pointsNear(index, { x: 0.9, y: 0.9 }), [0, 1, 2, 3]);
  state.toggleGenre("Western");
  assert.deepEqual(state.pointsNear(index, { x: 0, y: 0 }), [2]);
});

test("the camera stays on the map, and zooms about a pixel", () => {
  const camera = createCamera();
  Object.assign(camera, { width: 856, height: 456 });
  camera.place = { x: 5, y: 0.5, zoom: 1 };
  assert.deepEqual(camera.place, { x: 0.5, y: 0.5, zoom: 1 });
  const [x, y] = [camera.toMapX(500), camera.toMapY(200)];
  camera.zoomAt(500, 200, 4);
  assert.equal(camera.zoom, 4);
  assert.ok(Math.abs(camera.toScreenX(x) - 500) < 1e-6 && Math.abs(camera.toScreenY(y) - 200) < 1e-6);
  camera.zoomAt(500, 200, 1000);
  assert.equal(camera.zoom, 64);
});

test("a flight begins and ends at its positions, with the zoom interpolated by its logarithm", () => {
  const [from, to] = [
    { x: 0, y: 0.2, zoom: 1 },
    { x: 1, y: 0.4, zoom: 16 },
  ];
  assert.deepEqual(between(from, to, 0), from);
  const end = between(from, to, 1);
  assert.ok(Math.abs(end.zoom - 16) < 1e-9 && end.x === 1);
  assert.ok(Math.abs(between(from, to, 0.5).zoom - 4) < 1e-9);
});

test("a pixel finds its point, only among those shown and within reach", () => {
  const state = filledState();
  const camera = createCamera();
  Object.assign(camera, { width: 856, height: 856 });
  const find = createFinder(createIndex(state.x, state.y), camera, state);
  const pixel = [camera.toScreenX(0.8), camera.toScreenY(0.5)];
  assert.equal(find.at(pixel[0] + 5, pixel[1], 12), 2);
  assert.equal(find.at(pixel[0] + 50, pixel[1], 12), -1);
  state.toggleGenre("Drama");
  assert.equal(find.at(...pixel, 12), -1);
  camera.place = { x: 0.2, y: 0.1, zoom: 4 };
  assert.equal(find.inCentre(), 1);
});

test("a card stands beside its point, inside the visible part", () => {
  const visible = { left: 0, top: 0, right: 400, bottom: 300 };
  const size = { width: 100, height: 80 };
  assert.deepEqual(beside([50, 100], size, visible), { left: 70, top: 60 });
  assert.deepEqual(beside([350, 100], size, visible), { left: 230, top: 60 });
  assert.deepEqual(beside([50, 290], size, visible), { left: 70, top: 212 });
  const wide = { width: 380, height: 80 };
  assert.deepEqual(beside([200, 100], wide, visible), { left: 10, top: 120 });
  assert.deepEqual(beside([200, 250], wide, visible), { left: 10, top: 150 });
});

test("colours are in the order of image data", () => {
  assert.equal(toPixel("#102030"), 0x302010);
});
