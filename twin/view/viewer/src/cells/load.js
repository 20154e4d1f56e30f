/** A load diagram: the mass that an arm may carry over how far along its flange's axis that is. */

import { s } from "./plots.js";
import { stepOf } from "./values.js";

const [LEFT, WIDTH, HEIGHT] = [44, 340, 150];
const RIGHT = 74; // where the lines are named
const LINE = 12; // of their names

/** Heights of names, from above, that do not lie on one another: each at its line or as little below as can be. */
export function parted(heights) {
  let free = -Infinity;
  return heights.map((height) => (free = Math.max(height, free + LINE)));
}

/** load: {along, lines: [{name, most}], pieces: [{name, along, mass}], spoken}, in m and kg. */
export function loadChart({ along, lines, pieces, spoken }) {
  const far = along.at(-1);
  const heaviest = 1.15 * Math.max(...lines.flatMap(({ most }) => most), ...pieces.map(({ mass }) => mass));
  const x = (metres) => LEFT + (metres / far) * (WIDTH - LEFT - RIGHT);
  const y = (mass) => 8 + HEIGHT * (1 - mass / heaviest);
  const steps = (most, count) => {
    const step = stepOf(most, count);
    return Array.from({ length: Math.floor(most / step + 1e-9) + 1 }, (_, k) => k * step);
  };
  const bottom = y(0);
  const ends = lines.map(({ most }) => y(most.at(-1)));
  const order = ends.map((_, i) => i).sort((a, b) => ends[a] - ends[b]);
  const names = parted(order.map((i) => ends[i]));
  return s("svg", { class: "load-chart", viewBox: `0 0 ${WIDTH} ${HEIGHT + 28}`, role: "img", "aria-label": spoken },
    ...steps(far, 5).flatMap((metres) => [
      s("line", { class: "grid", x1: x(metres), x2: x(metres), y1: 8, y2: bottom }),
      s("text", { x: x(metres), y: bottom + 15, "text-anchor": "middle" }, `${Math.round(metres * 1000)} mm`),
    ]),
    ...steps(heaviest, 5).flatMap((mass) => [
      s("line", { class: "grid", x1: LEFT, x2: x(far), y1: y(mass), y2: y(mass) }),
      s("text", { x: LEFT - 5, y: y(mass) + 4, "text-anchor": "end" }, `${Number(mass.toFixed(1))} kg`),
    ]),
    ...lines.map(({ most }) => s("polyline", {
      class: "allowed", points: along.map((metres, i) => `${x(metres).toFixed(1)},${y(most[i]).toFixed(1)}`).join(" "),
    })),
    ...order.map((i, row) => s("text", { x: x(far) + 4, y: names[row] + 4 }, lines[i].name)),
    ...pieces.map(({ name, along: metres, mass }) => s("circle", { class: "piece", cx: x(metres), cy: y(mass), r: 5 },
      s("title", {}, `${name} with the tool: ${mass.toFixed(2)} kg`))));
}
