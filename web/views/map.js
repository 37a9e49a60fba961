// Map: all titles as points, close to each other if the same people like them, and the visitor among them. The list
// beside the map makes the same readable without the canvas.

import { element } from "../dom.js";
import { count, titleAndYear } from "../labels.js";
import { createCamera } from "./map/camera.js";
import { createCard } from "./map/card.js";
import { createFiller } from "./map/fill.js";
import { createFinder, REACH } from "./map/finder.js";
import { listen } from "./map/gestures.js";
import { createIndex } from "./map/index.js";
import { createKey, createLegend } from "./map/legend.js";
import { createNearList } from "./map/near-list.js";
import { nextTask } from "./map/painter.js";
import { createScene } from "./map/scene.js";
import { searchField } from "./map/search.js";
import { MapState } from "./map/state.js";
import { createTip } from "./map/tip.js";
import { askForVisitor } from "./map/visitor.js";
import { createZoomButtons } from "./map/zoom-buttons.js";

/** Milliseconds after a move until the list beside the map follows. */
const LIST_DELAY_MS = 300;
const WHOLE_MAP = { x: 0.5, y: 0.5, zoom: 1 };

export async function createView(root, app) {
  const { foldin } = app;
  root.classList.add("map");
  root.append(element("h1", {}, "The map of taste."));
  if (!foldin.info.map) {
    root.append(...withoutMap(app));
    return { show() {}, update() {}, hide() {} };
  }

  const state = new MapState(await foldin.map());
  // A task of its own, so that the page stays responsive.
  await nextTask();
  const index = createIndex(state.x, state.y);
  await nextTask();

  const camera = createCamera();
  const find = createFinder(index, camera, state);
  const canvas = element("canvas", {
    class: "map-canvas",
    tabindex: "0",
    role: "application",
    "aria-roledescription": "map",
    "aria-label":
      "Map of all titles. Arrow keys move it, plus and minus zoom, 0 shows all, Enter opens the title in the centre.",
  });
  const tip = createTip();
  const card = createCard({
    canvas,
    camera,
    isLiked: ({ id }) => app.profile.signalOf(id)?.type === "liked",
    toggleLike: ({ id }) =>
      app.profile.signalOf(id)?.type === "liked" ? app.profile.remove(id) : app.profile.like(id),
    explain: (item) => app.explain(item),
    findSimilar,
    goTo: ({ id }) => goTo(state.pointOf(id)),
    onClose() {
      state.selected = -1;
      scene.draw();
    },
  });
  const buttons = createZoomButtons({
    zoom: (factor) => scene.fly({ x: camera.x, y: camera.y, zoom: camera.zoom * factor }),
    showAll: () => scene.fly(WHOLE_MAP),
    showVisitor: () => state.place && scene.fly({ ...state.place, zoom: Math.max(4, camera.zoom) }),
  });
  const scene = createScene({
    root,
    canvas,
    state,
    camera,
    overlays: [buttons.node, card.node],
    onMove: updateListSoon,
  });
  const legend = createLegend(state, () => {
    scene.repaint();
    updateList();
  });
  const filler = createFiller({ foldin, state, onGenres: legend.show, onProgress: scene.repaint });
  const nearList = createNearList(state, goTo);
  const search = searchField(
    async (text) => (await foldin.search(text, { k: 6 })).items,
    (item) => goTo(state.pointOf(item.id)),
    app.announce,
  );
  const frame = element("div", { class: "map-frame" }, canvas, tip.node, buttons.node, card.node);
  root.append(
    element(
      "p",
      { class: "lead" },
      `${count(state.size, "title")}. Titles that the same people like are close together. Each like moves you a ` +
        "little towards it.",
    ),
    element(
      "div",
      { class: "map-layout" },
      element("div", { class: "map-top" }, search, legend.node),
      frame,
      createKey(),
      nearList.node,
    ),
  );

  let nUpdates = 0;
  let listTimer = 0;

  new ResizeObserver(() => {
    if (scene.resize() && state.selected >= 0) card.place();
  }).observe(canvas);
  listen(canvas, {
    pan(dx, dy) {
      scene.stop();
      camera.pan(dx, dy);
      hover(-1);
      scene.moved();
    },
    zoom(px, py, factor) {
      scene.stop();
      camera.zoomAt(px, py, factor);
      scene.moved();
    },
    hover: (px, py) => hover(find.at(px, py, REACH.pointer)),
    leave: () => hover(-1),
    tap: (px, py, isCoarse) => select(find.at(px, py, isCoarse ? REACH.touch : REACH.click)),
    keyed: () => hover(find.inCentre(), true),
    open: () => select(find.inCentre(), true),
    home: () => scene.fly(WHOLE_MAP),
    canLeave: (factor) => camera.zoom <= 1 && factor < 1,
  });
  canvas.addEventListener("focus", () => canvas.matches(":focus-visible") && hover(find.inCentre(), true));
  canvas.addEventListener("blur", () => hover(-1));

  return {
    show() {
      scene.show();
      filler.run().then(() => {
        root.dataset.filled = "true";
      }, app.fail);
      return update();
    },
    update,
    hide() {
      scene.hide();
      filler.pause();
    },
  };

  /** Follows the profile: the visitor's place, marks and lists. */
  async function update() {
    nUpdates += 1;
    const turn = nUpdates;
    const visitor = await askForVisitor(app);
    if (turn !== nUpdates) return;
    state.setVisitor(visitor);
    const { place } = visitor;
    root.dataset.place = place ? `${place.x.toFixed(4)} ${place.y.toFixed(4)}` : "";
    buttons.visitor.hidden = place === null;
    scene.walk();
    await showCard();
    await updateList();
    scene.draw();
  }

  async function itemOf(point) {
    if (!state.items[point]) [state.items[point]] = await foldin.items([state.ids[point]]);
    return state.items[point];
  }

  async function hover(point, isAnnounced = false) {
    if (point === state.hovered && point < 0) return;
    state.hovered = point;
    canvas.classList.toggle("pointing", point >= 0);
    scene.draw();
    if (point < 0) return tip.hide();
    const item = await itemOf(point);
    if (point !== state.hovered) return;
    tip.show(item, scene.pointToScreen(point), camera);
    if (!isAnnounced) return;
    const status = state.recommended.includes(point) ? "recommended" : "";
    app.announce([titleAndYear(item), ...item.genres, status].filter(Boolean).join(", "));
  }

  /** Shows the card of the selected point, if there is one. */
  async function showCard() {
    const point = state.selected;
    if (point < 0) return;
    const item = await itemOf(point);
    if (point === state.selected) card.show(item);
  }

  /** Opens the card of a point; of none (-1), closes the card. */
  async function select(point, takesFocus = false) {
    if (point < 0) return card.close();
    state.selected = point;
    await showCard();
    tip.hide();
    card.place(scene.pointToScreen(point));
    scene.draw();
    if (takesFocus) card.focus();
  }

  /** Opens a title's card and flies to its point, which the card then does not cover. */
  async function goTo(point) {
    frame.scrollIntoView({ block: "nearest" });
    await select(point, true);
    const zoom = Math.max(6, camera.zoom);
    // A wide card leaves no space beside it: the point moves above the centre, and the card below.
    const isWide = card.node.offsetWidth > camera.width / 2;
    const up = isWide ? 0.3 * camera.height : 0;
    card.place([camera.width / 2, camera.height / 2 - up]);
    const { x, y } = state.placeOf(point);
    scene.fly({ x, y: y + (up * camera.zoom) / (camera.acrossY * zoom), zoom });
  }

  async function findSimilar({ id }) {
    const { items } = await foldin.similar(id, { k: 5 });
    return items.length ? items : (await foldin.similar(id, { k: 5, by: "genres" })).items;
  }

  async function updateList() {
    const points = state.pointsNear(index, camera.place);
    nearList.show(await app.itemsOf(points.map((point) => state.ids[point])));
  }

  /** Without a visitor the list follows the centre of the map. */
  function updateListSoon() {
    if (state.place) return;
    clearTimeout(listTimer);
    listTimer = setTimeout(updateList, LIST_DELAY_MS);
  }
}

function withoutMap(app) {
  const back = element(
    "button",
    { type: "button", class: "button", click: () => app.go("start") },
    "Back to your titles",
  );
  return [
    element("p", { class: "lead" }, "This model has no map. All other views work without it."),
    element("p", { class: "map-none" }, back),
  ];
}
