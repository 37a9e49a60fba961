// What is drawn over the points: the visitor, the path to their position, likes, and rings.

import { drawLabels } from "./labels.js";

/** Draws a ring around a point, with an edge of the paper's colour. */
export function drawRing(context, px, py, { radius, width, stroke, paper }) {
  context.beginPath();
  context.arc(px, py, radius, 0, 2 * Math.PI);
  context.lineWidth = width + 2.5;
  context.strokeStyle = paper;
  context.stroke();
  context.lineWidth = width;
  context.strokeStyle = stroke;
  context.stroke();
}

/** Draws a heart on a title that the visitor likes. */
export function drawHeart(context, px, py, { mark, paper }) {
  context.font = "17px sans-serif";
  context.textBaseline = "middle";
  context.textAlign = "center";
  context.lineWidth = 4;
  context.strokeStyle = paper;
  context.fillStyle = mark;
  context.strokeText("♥", px, py);
  context.fillText("♥", px, py);
  context.textAlign = "start";
}

/** Draws the path of the visitor, older parts fainter. */
export function drawTrail(context, points, { mark }) {
  context.strokeStyle = context.fillStyle = mark;
  context.lineWidth = 2;
  context.setLineDash([2, 5]);
  for (let step = 1; step < points.length; step++) {
    context.globalAlpha = 0.25 + (0.6 * step) / points.length;
    context.beginPath();
    context.moveTo(...points[step - 1]);
    context.lineTo(...points[step]);
    context.stroke();
    context.beginPath();
    context.arc(...points[step - 1], 3, 0, 2 * Math.PI);
    context.fill();
  }
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** Draws the visitor. */
export function drawVisitor(context, px, py, colours) {
  context.beginPath();
  context.arc(px, py, 10, 0, 2 * Math.PI);
  context.fillStyle = colours.mark;
  context.fill();
  context.lineWidth = 3;
  context.strokeStyle = colours.paper;
  context.stroke();
  context.beginPath();
  context.arc(px, py, 3.5, 0, 2 * Math.PI);
  context.fillStyle = colours.paper;
  context.fill();
  drawLabels(context, [{ text: "You", left: px + 14, top: py, isFirst: true }], colours);
}
