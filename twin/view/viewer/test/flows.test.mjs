import assert from "node:assert/strict";
import { test } from "node:test";
import { materialFlows, ribbon, traffic } from "../src/flows.js";
import { Places } from "../src/places.js";

const machine = (name, x) => ({
  name, station: name, at: [x, 1], heading: 0, size: [0.5, 0.5, 1], places: 1, ports: { nest: [0, 0, 1] },
  operator: [0, -0.5],
});
const scene = {
  machines: [machine("mill", 1), machine("oven", 5), machine("pack", 9)],
  people: [{ name: "ann", home: [1, 4.5] }],
  stations: [],
  paths: { "mill|oven": [[3, 2.5]] },
};
const places = new Places(scene);
const names = ["mill", "oven", "pack", "home:ann", "mill.nest", "nowhere"];

/** Moves as columns: rows of [part, carrier, origin, target]. */
function timeline(rows) {
  const column = (k) => Int32Array.from(rows, (row) => row[k]);
  return {
    places: names,
    moves: { rows: rows.length, part: column(0), carrier: column(1), origin: column(2), target: column(3) },
  };
}

test("material that goes the same way is one flow, whoever carries it and from whichever port", () => {
  const flows = materialFlows(timeline([
    [0, -1, 0, 1], [1, 2, 4, 1], [2, -1, 0, 1], [0, -1, 1, 2],
    [-1, 0, 0, 1], // somebody walks without a part
    [3, -1, 0, 4], // within one machine
    [4, -1, 0, 5], // to a name that is not on the floor
  ]), places);
  assert.deepEqual(flows.map(({ count }) => count), [3, 1]);
  assert.deepEqual(flows[0].line.points, [[1, 0.5], [3, 2.5], [5, 0.5]]); // along the way on the floor
});

test("there and back are two flows", () => {
  const flows = materialFlows(timeline([[0, -1, 0, 1], [1, -1, 1, 0]]), places);
  assert.equal(flows.length, 2);
});

test("traffic counts each passage of a cell once, and only of those who move on the floor", () => {
  const rows = [[-1, 0, 3, 0], [-1, 0, 3, 0], [5, 1, 0, 2]];
  const { columns, rows: deep, size, counts, most } = traffic(
    timeline(rows), places, [10, 5], (carrier) => carrier === 0,
  );
  assert.equal(size, 0.25);
  assert.deepEqual([columns, deep], [40, 20]);
  assert.equal(most, 2);
  const at = (x, y) => counts[Math.floor(y / size) * columns + Math.floor(x / size)];
  assert.equal(at(1.01, 2.5), 2); // straight down from home to the mill
  assert.equal(at(5, 2.5), 0);
  const cells = counts.filter((count) => count > 0).length;
  assert.ok(cells >= 16 && cells <= 18, `4 m in cells of 0.25 m: ${cells}`);
});

test("a large floor has no more cells than are drawn in a wink", () => {
  const { columns, rows } = traffic(timeline([]), places, [400, 300], () => true);
  assert.ok(columns * rows <= 41_000);
});

test("a ribbon is as wide as it is told, keeps to the right, and its arrow ends where the way ends", () => {
  const corners = ribbon([[0, 0], [4, 0]], 0.4);
  const ys = corners.map(([, y]) => y);
  assert.ok(Math.abs(Math.max(...corners.map(([x]) => x)) - 4) < 1e-9);
  const body = corners.slice(0, 6).map(([, y]) => y);
  assert.ok(Math.abs(Math.max(...body) - Math.min(...body) - 0.4) < 1e-9);
  assert.ok(Math.max(...body) < 0, "to the right of the way from left to right is below it");
  assert.ok(Math.max(...ys) > Math.max(...body), "the arrow is wider");
});
