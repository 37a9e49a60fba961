// Charts of the view Model, as SVG in the page's own colours. Each shows the numbers of a table beside it, so for screen
// readers it is one image with a sentence.

import { svg } from "../../dom.js";

const WIDTH = 560;
const ROW = 30;

/**
 * A row for each system: its value as a dot, its 95 % interval as a line.
 *
 * @param {{ name: string, mean: number, low?: number, high?: number, isOurs?: boolean }[]} rows
 * @param {string} label the content of the chart, for screen readers
 * @param {(value: number) => string} write
 */
export function dots(rows, label, write) {
  const left = 108;
  const right = 52;
  const height = rows.length * ROW + 26;
  const end = niceEnd(Math.max(...rows.map((row) => row.high ?? row.mean)));
  const x = (value) => left + (value / end) * (WIDTH - left - right);
  return picture(
    label,
    height,
    ...ticks(end, (tick) => gridLine(x(tick), 4, height - 22, write(tick))),
    ...rows.flatMap((row, n) => {
      const y = n * ROW + 20;
      return [
        svg(
          "text",
          { class: row.isOurs ? "chart-name ours" : "chart-name", x: left - 12, y: y + 4, "text-anchor": "end" },
          row.name,
        ),
        row.low === undefined
          ? null
          : svg("line", {
              class: row.isOurs ? "chart-range ours" : "chart-range",
              x1: x(row.low),
              x2: x(row.high),
              y1: y,
              y2: y,
            }),
        svg("circle", {
          class: row.isOurs ? "chart-dot ours" : "chart-dot",
          cx: x(row.mean),
          cy: y,
          r: row.isOurs ? 6 : 4.5,
        }),
        svg("text", { class: "chart-value", x: WIDTH - right + 10, y: y + 4 }, write(row.mean)),
      ];
    }),
  );
}

/**
 * A line for each system over evenly spaced steps, with the 95 % interval of our own as a band.
 *
 * @param {string[]} steps
 * @param {{ name: string, values: { mean: number, low?: number, high?: number }[], isOurs?: boolean }[]} lines
 */
export function curve(steps, lines, { label, axis, write }) {
  const [left, right, top, bottom] = [44, 96, 14, 44];
  const height = 280;
  const all = lines.flatMap(({ values }) => values.map(({ high, mean }) => high ?? mean));
  const end = niceEnd(Math.max(...all));
  const x = (n) => left + (steps.length > 1 ? n / (steps.length - 1) : 0.5) * (WIDTH - left - right);
  const y = (value) => height - bottom - (value / end) * (height - top - bottom);
  const path = (points) => points.map(([px, py], n) => `${n ? "L" : "M"}${px},${py}`).join("");
  // Names at the ends of the lines are moved apart.
  const ends = lines.map((line) => ({ line, y: y(line.values.at(-1).mean) })).sort((a, b) => a.y - b.y);
  ends.forEach((one, n) => {
    if (n && one.y - ends[n - 1].y < 16) one.y = ends[n - 1].y + 16;
  });
  return picture(
    label,
    height,
    ...ticks(end, (tick) => [
      svg("line", { class: "chart-grid", x1: left, x2: WIDTH - right, y1: y(tick), y2: y(tick) }),
      svg("text", { class: "chart-tick", x: left - 8, y: y(tick) + 4, "text-anchor": "end" }, write(tick)),
    ]),
    ...steps.map((step, n) =>
      svg("text", { class: "chart-tick", x: x(n), y: height - bottom + 18, "text-anchor": "middle" }, step),
    ),
    svg("text", { class: "chart-tick", x: (left + WIDTH - right) / 2, y: height - 6, "text-anchor": "middle" }, axis),
    ...lines
      .filter(({ isOurs, values }) => isOurs && values.every(({ low }) => low !== undefined))
      .map(({ values }) => {
        const there = values.map(({ high }, n) => [x(n), y(high)]);
        const back = values.map(({ low }, n) => [x(n), y(low)]).reverse();
        return svg("path", { class: "chart-band", d: `${path([...there, ...back])}Z` });
      }),
    ...lines.flatMap(({ values, isOurs }, n) => [
      svg("path", {
        class: `chart-line ${isOurs ? "ours" : `other-${n}`}`,
        d: path(values.map(({ mean }, at) => [x(at), y(mean)])),
      }),
      ...values.map(({ mean }, at) =>
        svg("circle", { class: isOurs ? "chart-dot ours" : "chart-dot", cx: x(at), cy: y(mean), r: isOurs ? 4 : 3 }),
      ),
    ]),
    ...ends.map(({ line, y: at }) =>
      svg(
        "text",
        { class: line.isOurs ? "chart-name ours" : "chart-name", x: WIDTH - right + 10, y: at + 4 },
        line.name,
      ),
    ),
  );
}

/** Bars of one colour. */
export function bars(rows, label, write) {
  const left = 108;
  const right = 84;
  const height = rows.length * ROW + 8;
  const most = Math.max(...rows.map(({ value }) => value));
  return picture(
    label,
    height,
    ...rows.flatMap(({ name, value }, n) => [
      svg("text", { class: "chart-name", x: left - 12, y: n * ROW + 22, "text-anchor": "end" }, name),
      svg("rect", {
        class: "chart-bar",
        x: left,
        y: n * ROW + 8,
        width: Math.max(1, (value / most) * (WIDTH - left - right)),
        height: 20,
      }),
      svg(
        "text",
        { class: "chart-value", x: left + (value / most) * (WIDTH - left - right) + 8, y: n * ROW + 22 },
        write(value),
      ),
    ]),
  );
}

function picture(label, height, ...children) {
  return svg(
    "svg",
    { class: "chart", viewBox: `0 0 ${WIDTH} ${height}`, role: "img", "aria-label": label },
    ...children,
  );
}

function gridLine(x, top, bottom, text) {
  return [
    svg("line", { class: "chart-grid", x1: x, x2: x, y1: top, y2: bottom }),
    svg("text", { class: "chart-tick", x, y: bottom + 16, "text-anchor": "middle" }, text),
  ];
}

function ticks(end, draw) {
  return [0, 1, 2, 3, 4].flatMap((n) => draw((end * n) / 4));
}

/** The first round number of at least `value` whose quarters are round too. */
function niceEnd(value) {
  const power = 10 ** Math.floor(Math.log10(value || 1));
  return power * ([1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10].find((step) => step * power >= value) ?? 10);
}
