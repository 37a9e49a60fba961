// Map: the whole catalogue as a map of taste, and where the visitor stands on it. What people like together lies close
// together. Everything that can be seen here can also be read: the titles near the visitor are a list beside it.

import { count, element, titleAndYear, unseen } from "../dom.js";
import { beside } from "./map/beside.js";
import { between, createCamera } from "./map/camera.js";
import { cardOf, similarTitles } from "./map/card.js";
import { listen } from "./map/gestures.js";
import { createIndex } from "./map/index.js";
import { drawLabels, placeLabels } from "./map/labels.js";
import { drawHeart, drawRing, drawTrail, drawVisitor } from "./map/marks.js";
import { SHAPES, createPainter, nextTask } from "./map/painter.js";
import { searchField } from "./map/search.js";
import { swatch } from "./map/swatch.js";

/** Items asked for at once while the map fills with titles and colours. */
const CHUNK = 400;
const N_RECOMMENDED = 12;
const N_NEAR = 12;
/** So many of the visitor's earlier places are drawn. */
const TRAIL = 8;
const FLIGHT_MS = 700;
const WALK_MS = 900;

export async function createView(root, app) {
  const { foldin } = app;
  root.classList.add("map");
  root.append(element("h1", {}, "The map of taste."));
  if (!foldin.info.map) {
    root.append(
      element("p", { class: "lead" }, "This model came without a map. The other rooms know your taste all the same."),
      element(
        "p",
        { class: "map-none" },
        element("button", { type: "button", class: "button", click: () => app.go("start") }, "Back to your titles"),
      ),
    );
    return { show() {}, update() {}, hide() {} };
  }

  const { ids, x, y } = await foldin.map();
  const n = ids.length;
  // Each in a task of its own: together they would hold the page up.
  await nextTask();
  const index = createIndex(x, y);
  await nextTask();
  const numberOf = new Map(ids.map((id, at) => [id, at]));
  /** Filled chunk by chunk, the most liked first. */
  const items = new Array(n).fill(null);
  const colour = new Uint8Array(n).fill(255);
  const weight = new Uint8Array(n);
  const faint = new Uint8Array(n);
  const camera = createCamera();
  const painter = createPainter({ x, y, colour, weight, faint });
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const dark = matchMedia("(prefers-color-scheme: dark)");

  /** Genres with a colour and a shape of their own, the most frequent first. */
  let coloured = [];
  const wanted = new Set();
  let liked = [];
  let recommended = [];
  /** Where the visitor stands, and stood; `null` without a like. */
  let here = null;
  let trail = [];
  let hovered = -1;
  let selected = -1;
  /** The pixel beside which the card stands. */
  let cardPoint = [0, 0];
  let painted = null;
  let isShown = false;
  let isFilling = false;
  let turns = 0;
  const flights = new Map();
  let nextFrame = 0;
  let nearTimer = 0;
  let colours;

  const canvas = element("canvas", {
    class: "map-canvas",
    tabindex: "0",
    role: "application",
    "aria-roledescription": "map",
    "aria-label":
      "Map of all titles. Arrow keys move it, plus and minus zoom, 0 shows all, Enter opens the title in the middle.",
  });
  const context = canvas.getContext("2d");
  const tip = element("p", { class: "map-tip", "aria-hidden": "true", hidden: true });
  const card = element("section", { class: "map-card", "aria-label": "Title", tabindex: "-1", hidden: true });
  const legend = element("ul", { class: "map-legend", role: "list", "aria-label": "Show only these genres" });
  const nearHeading = element("h2", {}, "Titles near you");
  const nearSays = element("p", { class: "small muted" });
  const near = element("ol", { class: "map-near", role: "list" });
  const zoomButton = (name, sign, act) =>
    element(
      "button",
      { type: "button", class: "button", "aria-label": name, title: name, click: act },
      element("span", { "aria-hidden": "true" }, sign),
    );
  const buttons = element(
    "div",
    { class: "map-zoom" },
    zoomButton("Zoom in", "+", () => zoomStep(1.8)),
    zoomButton("Zoom out", "\u2212", () => zoomStep(1 / 1.8)),
    zoomButton("Show all", "⤢", () => fly({ x: 0.5, y: 0.5, zoom: 1 })),
    zoomButton("Go to where you are", "◎", () => here && fly({ ...here, zoom: Math.max(4, camera.zoom) })),
  );
  const visitor = buttons.lastChild;
  const key = (mark, says) =>
    element("span", { class: "map-key" }, element("span", { class: `map-mark ${mark}` }), says);
  const marks = element(
    "p",
    { class: "map-marks small", "aria-hidden": "true" },
    key("you", "you"),
    key("liked", "you like it"),
    key("lit", "recommended"),
    key("other", "other genres"),
  );
  const frame = element("div", { class: "map-frame" }, canvas, tip, buttons, card);
  root.append(
    element(
      "p",
      { class: "lead" },
      `${count(n, "title")}: what the same people like lies close together. Your place is among ` +
        "what you like: each like moves you a little towards it.",
    ),
    element(
      "div",
      { class: "map-room" },
      element(
        "div",
        { class: "map-top" },
        searchField(search, (item) => goTo(numberOf.get(item.id)), app.announce),
        legend,
      ),
      frame,
      marks,
      element("div", { class: "map-side" }, nearHeading, nearSays, near),
    ),
  );

  new ResizeObserver(() => {
    if (!isShown || !canvas.clientWidth) return;
    fit();
    if (selected >= 0) placeCard();
    repaint();
  }).observe(canvas);
  dark.addEventListener("change", () => {
    readColours();
    repaint();
  });
  listen(canvas, {
    pan(dx, dy) {
      flights.delete("camera");
      camera.pan(dx, dy);
      hover(-1);
      moved();
    },
    zoom(px, py, factor) {
      flights.delete("camera");
      camera.zoomAt(px, py, factor);
      moved();
    },
    hover: (px, py) => hover(at(px, py, 12)),
    leave: () => hover(-1),
    tap(px, py, isCoarse) {
      const found = at(px, py, isCoarse ? 26 : 14);
      if (found >= 0) select(found);
      else closeCard();
    },
    keyed: () => hover(inTheMiddle(), true),
    open: () => select(inTheMiddle(), true),
    home: () => fly({ x: 0.5, y: 0.5, zoom: 1 }),
    canLeave: (factor) => camera.zoom <= 1 && factor < 1,
  });
  canvas.addEventListener("focus", () => canvas.matches(":focus-visible") && hover(inTheMiddle(), true));
  canvas.addEventListener("blur", () => hover(-1));

  return {
    show() {
      isShown = true;
      readColours();
      fit();
      repaint();
      fill();
      return update();
    },
    update,
    hide() {
      isShown = false;
      flights.clear();
    },
  };

  /** Follows the profile: place, marks and lists. */
  async function update() {
    const turn = ++turns;
    const request = app.profile.toRequest();
    const likes = app.profile.ids().filter(app.likes);
    // Where the visitor stood is where the earlier likes alone would have put them.
    const earlier = [];
    for (let size = Math.max(1, request.liked.length - TRAIL); size < request.liked.length; size++) {
      earlier.push(foldin.place({ liked: request.liked.slice(0, size) }));
    }
    const [places, place, answer] = await Promise.all([
      Promise.all(earlier),
      foldin.place(request),
      foldin.recommend(request, { ...app.request(), k: N_RECOMMENDED, reasons: false }),
    ]);
    if (turn !== turns) return;
    liked = likes.map((id) => numberOf.get(id)).filter((at) => at !== undefined);
    recommended = place === null ? [] : answer.items.map(({ id }) => numberOf.get(id)).filter((at) => at !== undefined);
    trail = places.filter(Boolean);
    visitor.hidden = place === null;
    walkTo(place);
    if (selected >= 0) showCard();
    await showNear();
    draw();
  }

  function walkTo(place) {
    const from = here;
    flights.delete("visitor");
    if (place && from && !calm.matches && isShown) {
      const begin = performance.now();
      flights.set("visitor", (now) => {
        const part = Math.min(1, (now - begin) / WALK_MS);
        const on = between(from, place, part);
        here = part < 1 ? { x: on.x, y: on.y } : place;
        return part < 1;
      });
    } else {
      here = place;
    }
    root.dataset.place = place ? `${place.x.toFixed(4)} ${place.y.toFixed(4)}` : "";
    draw();
  }

  /** Asks for all items, bit by bit: colours and titles come in from the most liked on. */
  async function fill() {
    if (isFilling) return;
    isFilling = true;
    let nextPaint = 0;
    for (let begin = 0; begin < n; begin += CHUNK) {
      const asked = ids.slice(begin, begin + CHUNK);
      const answer = await foldin.items(asked);
      const mostLikes = Math.max(1, items[0]?.likes ?? answer[0]?.likes ?? 1);
      for (const item of answer) {
        const at = numberOf.get(item.id);
        items[at] = item;
        weight[at] = Math.round(255 * Math.sqrt(item.likes / mostLikes));
      }
      if (begin === 0) chooseGenres(answer);
      for (const item of answer) dress(numberOf.get(item.id));
      if (begin >= nextPaint) {
        repaint();
        nextPaint = Math.max(CHUNK, 2 * begin);
      }
      await nextTask();
      // Another room is looked at: go on when this one is again.
      while (!isShown) await new Promise((resolve) => setTimeout(resolve, 200));
    }
    repaint();
    root.dataset.filled = "true";
  }

  /** The genres that most of the best liked titles have get a colour and a shape. */
  function chooseGenres(some) {
    const frequency = new Map();
    for (const { genres } of some) for (const genre of genres) frequency.set(genre, (frequency.get(genre) ?? 0) + 1);
    const all = [...foldin.info.genres].sort((a, b) => (frequency.get(b) ?? 0) - (frequency.get(a) ?? 0));
    coloured = all.slice(0, SHAPES.length);
    legend.replaceChildren(...all.map((genre) => legendChip(genre)));
    legend.hidden = all.length === 0;
    readColours();
  }

  /**
   * The colour of a point is that of its rarest coloured genre, which says most about it; among those asked for, where
   * some are.
   */
  function dress(at) {
    const isIn = passes(at);
    faint[at] = isIn ? 0 : 1;
    if (!items[at]) return;
    let best = -1;
    for (const genre of items[at].genres) {
      if (!isIn || wanted.size === 0 || wanted.has(genre)) best = Math.max(best, coloured.indexOf(genre));
    }
    colour[at] = best < 0 ? 255 : best;
  }

  function passes(at) {
    return wanted.size === 0 || (items[at]?.genres.some((genre) => wanted.has(genre)) ?? false);
  }

  function legendChip(genre) {
    const place = coloured.indexOf(genre);
    const toggle = (event) => {
      if (!wanted.delete(genre)) wanted.add(genre);
      event.currentTarget.setAttribute("aria-pressed", `${wanted.has(genre)}`);
      for (let at = 0; at < n; at++) dress(at);
      repaint();
      showNear();
    };
    return element(
      "li",
      {},
      element(
        "button",
        { type: "button", class: "chip", "aria-pressed": "false", click: toggle },
        place < 0 ? null : swatch(place),
        genre,
      ),
    );
  }

  function readColours() {
    const style = getComputedStyle(root);
    const value = (name) => style.getPropertyValue(name).trim();
    colours = {
      genres: SHAPES.map((_, place) => packed(value(`--genre-${place}`))),
      none: packed(value("--genre-none")),
      ink: value("--ink"),
      paper: value("--raised"),
      mark: value("--mark"),
      accent: value("--accent"),
      family: style.fontFamily,
    };
  }

  function fit() {
    camera.width = canvas.clientWidth;
    camera.height = canvas.clientHeight;
    canvas.width = Math.round(camera.width * ratio());
    canvas.height = Math.round(camera.height * ratio());
  }

  function ratio() {
    return Math.min(2, devicePixelRatio || 1);
  }

  function moved() {
    root.dataset.zoom = camera.zoom.toFixed(2);
    draw();
    repaint();
    if (!here) nearSoon();
  }

  function nearSoon() {
    clearTimeout(nearTimer);
    nearTimer = setTimeout(showNear, 300);
  }

  function repaint() {
    if (!isShown) return;
    painter.paint(camera, ratio(), colours, (place) => {
      painted = place;
      draw();
    });
  }

  /** Draws at the next frame, and at every one while something flies. */
  function draw() {
    if (nextFrame || !isShown) return;
    nextFrame = requestAnimationFrame((now) => {
      nextFrame = 0;
      for (const [name, fly] of flights) if (!fly(now)) flights.delete(name);
      compose();
      if (flights.size) draw();
    });
  }

  function compose() {
    const scale = ratio();
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    if (painted) drawLayer(scale);
    context.setTransform(scale, 0, 0, scale, 0, 0);
    if (here) drawTrail(context, [...trail, here].map(onScreen), colours);
    for (const at of recommended) ring(at, 7, 2.5, colours.mark);
    for (const at of liked) drawHeart(context, ...onScreen(pointOf(at)), colours);
    const you = here && onScreen(here);
    const labels = placeLabels({
      context,
      camera,
      x,
      y,
      first: [...new Set([...(selected >= 0 ? [selected] : []), ...liked, ...recommended.slice(0, 5)])],
      count: n,
      titleOf: (at) => items[at]?.title ?? null,
      passes: (at) => !faint[at],
      taken: [
        ...(you ? [[you[0] - 14, you[1] - 12, you[0] + 44, you[1] + 12]] : []),
        boxOf(buttons),
        ...(card.hidden ? [] : [boxOf(card)]),
      ],
      family: colours.family,
    });
    drawLabels(context, labels, colours);
    root.dataset.labels = labels.length;
    if (you) drawVisitor(context, ...you, colours);
    if (hovered >= 0) ring(hovered, 9, 2, colours.ink);
    if (selected >= 0) ring(selected, 11, 3, colours.ink);
  }

  function ring(at, radius, width, stroke) {
    drawRing(context, ...onScreen(pointOf(at)), { radius, width, stroke, paper: colours.paper });
  }

  function pointOf(at) {
    return { x: x[at], y: y[at] };
  }

  function onScreen(place) {
    return [camera.toScreenX(place.x), camera.toScreenY(place.y)];
  }

  async function search(text) {
    return (await foldin.search(text, { k: 6 })).items;
  }

  /** The points as they were painted last, moved to where the camera is by now. */
  function drawLayer(scale) {
    const { layer } = painter;
    const part = camera.zoom / painted.zoom;
    const left = camera.width / 2 + (painted.x - camera.x) * camera.acrossX - (camera.width * part) / 2;
    const top = camera.height / 2 + (painted.y - camera.y) * camera.acrossY - (camera.height * part) / 2;
    context.drawImage(
      layer,
      Math.round(left * scale),
      Math.round(top * scale),
      Math.round(layer.width * part),
      Math.round(layer.height * part),
    );
  }

  /** Moves the camera in a short flight, or at once where motion is not wanted. */
  function fly(to) {
    const from = camera.place;
    if (calm.matches) {
      camera.place = to;
      return moved();
    }
    const begin = performance.now();
    let nextPaint = 0;
    flights.set("camera", (now) => {
      const part = Math.min(1, (now - begin) / FLIGHT_MS);
      camera.place = between(from, to, part);
      // On the way the last picture is stretched; it is painted anew now and then, and when the flight is over.
      if (part === 1) moved();
      else if (part > nextPaint) {
        nextPaint = part + 0.2;
        repaint();
      }
      return part < 1;
    });
    draw();
  }

  function zoomStep(factor) {
    fly({ x: camera.x, y: camera.y, zoom: camera.zoom * factor });
  }

  /** The point at a pixel, or -1. */
  function at(px, py, radius) {
    const [radiusX, radiusY] = [radius / camera.acrossX, radius / camera.acrossY];
    return index.nearest(camera.toMapX(px), camera.toMapY(py), radiusX, radiusY, (found) => !faint[found]);
  }

  function inTheMiddle() {
    for (const radius of [20, 60, 200, 800]) {
      const found = at(camera.width / 2, camera.height / 2, radius);
      if (found >= 0) return found;
    }
    return -1;
  }

  async function itemOf(found) {
    if (!items[found]) [items[found]] = await foldin.items([ids[found]]);
    return items[found];
  }

  async function hover(found, isSpoken = false) {
    if (found === hovered && found < 0) return;
    hovered = found;
    canvas.classList.toggle("pointing", found >= 0);
    draw();
    if (found < 0) {
      tip.hidden = true;
      return;
    }
    const item = await itemOf(found);
    if (found !== hovered) return;
    const genres = item.genres.join(", ");
    tip.replaceChildren(
      element("strong", {}, item.title),
      item.year === null ? "" : ` ${item.year}`,
      element("br"),
      genres,
    );
    tip.hidden = false;
    const [px, py] = [camera.toScreenX(x[found]), camera.toScreenY(y[found])];
    const left = Math.min(px + 14, camera.width - tip.offsetWidth - 4);
    const top = py + tip.offsetHeight + 16 > camera.height ? py - tip.offsetHeight - 12 : py + 14;
    tip.style.transform = `translate(${Math.max(4, left)}px, ${top}px)`;
    if (isSpoken)
      app.announce(
        `${titleAndYear(item)}${genres && `, ${genres}`}${recommended.includes(found) ? ", recommended" : ""}`,
      );
  }

  async function select(found, takesFocus = false) {
    if (found < 0) return;
    selected = found;
    await showCard();
    tip.hidden = true;
    placeCard(onScreen(pointOf(found)));
    draw();
    if (takesFocus) card.focus({ preventScroll: true });
  }

  /** Puts the card beside a point, into what of the map is in sight. */
  function placeCard(point = cardPoint) {
    cardPoint = point;
    const box = canvas.getBoundingClientRect();
    const sight = {
      left: 0,
      right: camera.width,
      top: Math.max(0, -box.top),
      bottom: Math.min(camera.height, innerHeight - box.top),
    };
    card.style.maxHeight = `${sight.bottom - sight.top - 16}px`;
    const { left, top } = beside(point, { width: card.offsetWidth, height: card.offsetHeight }, sight);
    card.style.left = `${left}px`;
    card.style.top = `${top}px`;
  }

  async function showCard() {
    const item = await itemOf(selected);
    const { id } = item;
    const isLiked = app.profile.signalOf(id)?.type === "liked";
    card.replaceChildren(
      ...cardOf(item, {
        isLiked,
        like: () => (isLiked ? app.profile.remove(id) : app.profile.like(id)),
        why: () => app.explain(item),
        similar: (list) => showSimilar(item, list),
        close: closeCard,
      }),
    );
    const hadFocus = document.activeElement === document.body;
    card.hidden = false;
    card.onkeydown = (event) => event.key === "Escape" && closeCard();
    if (hadFocus) card.focus({ preventScroll: true });
  }

  async function showSimilar(item, list) {
    let answer = await foldin.similar(item.id, { k: 5 });
    if (!answer.items.length) answer = await foldin.similar(item.id, { k: 5, by: "genres" });
    list.replaceChildren(...similarTitles(answer.items, (other) => goTo(numberOf.get(other.id))));
    placeCard();
    draw();
  }

  function closeCard() {
    if (card.hidden) return;
    const hadFocus = card.contains(document.activeElement);
    card.hidden = true;
    selected = -1;
    if (hadFocus) canvas.focus();
    draw();
  }

  /** Opens a title's card and flies to it: to where the card does not cover it. */
  async function goTo(found) {
    frame.scrollIntoView({ block: "nearest" });
    await select(found, true);
    const zoom = Math.max(6, camera.zoom);
    // Beside a wide card there is no room: the title then flies to above the middle, and the card lies below.
    const isCovered = card.offsetWidth > camera.width / 2;
    const up = isCovered ? 0.3 * camera.height : 0;
    placeCard([camera.width / 2, camera.height / 2 - up]);
    fly({ x: x[found], y: y[found] + (up * camera.zoom) / (camera.acrossY * zoom), zoom });
  }

  /** What of the map something covers. */
  function boxOf(node) {
    return [node.offsetLeft, node.offsetTop, node.offsetLeft + node.offsetWidth, node.offsetTop + node.offsetHeight];
  }

  /** The list beside the map: what lies around the visitor, or around what is looked at. */
  async function showNear() {
    const [centreX, centreY] = here ? [here.x, here.y] : [camera.x, camera.y];
    const target = here && root.dataset.place ? root.dataset.place.split(" ").map(Number) : [centreX, centreY];
    // Points have their numbers in the order of likes: around nobody's place, the best known say most.
    const around = index.around(target[0], target[1], here ? N_NEAR : N_NEAR * 6, (at) => !faint[at]);
    const chosen = here ? around : around.sort((a, b) => a - b).slice(0, N_NEAR);
    const found = await app.itemsOf(chosen.map((at) => ids[at]));
    nearHeading.textContent = here ? "Titles near you" : "In the middle of the map";
    nearSays.textContent = here
      ? "The nearest to your place first."
      : "You have no place yet: like something, and you appear where the people are who like it too.";
    near.replaceChildren(
      ...found.map((item) => {
        const at = numberOf.get(item.id);
        const isRecommended = recommended.includes(at);
        const sign = liked.includes(at) ? ["♥", "you like it"] : isRecommended ? ["◯", "recommended"] : null;
        return element(
          "li",
          {},
          element(
            "button",
            { type: "button", class: "map-goto", click: () => goTo(at) },
            element("span", {}, item.title, " ", item.year === null ? null : element("small", {}, `${item.year}`)),
            sign &&
              element(
                "span",
                { class: "map-sign" },
                element("span", { "aria-hidden": "true" }, sign[0]),
                unseen(sign[1]),
              ),
          ),
        );
      }),
    );
  }
}

/** `#rrggbb` as pixels have it on all machines that matter: 0xBBGGRR. */
function packed(hex) {
  const [red, green, blue] = [1, 3, 5].map((from) => Number.parseInt(hex.slice(from, from + 2), 16) || 0);
  return (blue << 16) | (green << 8) | red;
}
