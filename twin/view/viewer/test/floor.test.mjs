import assert from "node:assert/strict";
import { test } from "node:test";
import * as floor from "../src/floor.js";

const near = (a, b, slack = 1e-9) => assert.ok(Math.abs(a - b) < slack, `${a} is not ${b}`);
const place = (x, y, heading = 0, size = [1, 0.5]) => ({ at: [x, y], heading, size });

test("snapping leaves no dust of binary fractions", () => {
  assert.equal(floor.snap(0.30000000000000004), 0.3);
  assert.equal(floor.snap(2.349), 2.3);
  assert.equal(floor.snap(-0.07), -0.1);
  assert.equal(floor.snap(1.2344, 0.001), 1.234);
  for (let x = -3; x < 3; x += 0.0173) assert.equal(floor.snap(floor.snap(x)), floor.snap(x));
});

test("four quarter turns are none, exactly", () => {
  let heading = 0;
  const seen = [];
  for (let i = 0; i < 4; i++) seen.push((heading = floor.quarterTurn(heading)));
  assert.deepEqual(seen, [Math.PI / 2, Math.PI, -Math.PI / 2, 0]);
  near(floor.quarterTurn(0.3), 0.3 + Math.PI / 2);
});

test("overlap is symmetric and follows the rotated footprint", () => {
  const a = place(0, 0);
  for (const [b, expected] of [
    [place(0.9, 0), true],
    [place(1.0, 0), false], // they touch
    [place(0.8, 0, Math.PI / 2), false], // turned, it is only half as wide
    [place(0.7, 0, Math.PI / 2), true],
    [place(0.55, 0.55, Math.PI / 4), true],
    [place(0.9, 0.7, Math.PI / 4), false], // their boxes overlap, they do not
  ]) {
    assert.equal(floor.overlaps(a, b), expected, JSON.stringify(b));
    assert.equal(floor.overlaps(b, a), expected);
  }
});

test("overlap equals a search by points inside both", () => {
  const inside = ({ at, heading, size }, [x, y]) => {
    const [dx, dy] = floor.toFloor([0, 0], -heading, [x - at[0], y - at[1]]);
    return Math.abs(dx) < size[0] / 2 && Math.abs(dy) < size[1] / 2;
  };
  let both = 0;
  for (let k = 0; k < 60; k++) {
    const [a, b] = [place(0, 0, k * 0.7), place(0.2 + (k % 12) * 0.1, (k % 7) * 0.1, k * 1.3)];
    let found = false;
    for (let x = -1; x < 2 && !found; x += 0.02) {
      for (let y = -1; y < 2 && !found; y += 0.02) found = inside(a, [x, y]) && inside(b, [x, y]);
    }
    if (found) assert.ok(floor.overlaps(a, b, 0));
    if (!floor.overlaps(a, b, 0)) assert.ok(!found);
    both += found;
  }
  assert.ok(both > 5 && both < 55);
});

test("conflicts name the overlapped and the floor", () => {
  const others = [{ name: "mill", ...place(2, 2) }, { name: "oven", ...place(5, 2) }];
  assert.deepEqual(floor.conflicts(place(2.5, 2), others, [8, 4]), ["mill"]);
  assert.deepEqual(floor.conflicts(place(7.8, 2), others, [8, 4]), ["floor"]);
  assert.deepEqual(floor.conflicts(place(0.5, 0.25), others, [8, 4]), []); // in the very corner
});

test("a point runs along a polyline at even speed", () => {
  const line = floor.polyline([[0, 0], [2, 0], [2, 2]]);
  assert.equal(line.length, 4);
  const at = (share) => [...floor.pointAlong(line, share, [])];
  assert.deepEqual(at(0).slice(0, 2), [0, 0]);
  assert.deepEqual(at(0.25), [1, 0, 0]);
  assert.deepEqual(at(0.75), [2, 1, Math.PI / 2]);
  assert.deepEqual(at(1).slice(0, 2), [2, 2]);
  assert.deepEqual(at(7).slice(0, 2), [2, 2]);
  assert.ok(Number.isNaN(floor.pointAlong(floor.polyline([[1, 1]]), 0.5, [])[2]));
});

test("turning several goes about the middle of them all, and four turns are none", () => {
  const start = [place(1, 1, 0, [1, 1]), place(3, 1, 0, [1, 1])];
  const once = floor.turned(start, Math.PI / 2);
  assert.deepEqual(once.map(({ at }) => at), [[2, 0], [2, 2]]);
  assert.deepEqual(floor.turned([place(1, 1)], -Math.PI / 2), [{ at: [1, 1], heading: -Math.PI / 2 }]);
  let now = start;
  for (let i = 0; i < 4; i++) now = floor.turned(now, Math.PI / 2).map((p, k) => ({ ...start[k], ...p }));
  assert.deepEqual(now, start);
});

test("the rectangle around turned footprints", () => {
  assert.deepEqual(floor.bounds([place(1, 1), place(3, 2, 0, [1, 1])]), { low: [0.5, 0.75], high: [3.5, 2.5] });
  const { low, high } = floor.bounds([place(1, 1, Math.PI / 2)]);
  near(low[0], 0.75);
  near(high[1], 1.5);
});

test("a box takes what has its middle in it, from whichever corner it is drawn", () => {
  const all = [place(1, 1), place(2, 2), place(5, 5)];
  assert.deepEqual(floor.within(all, [3, 3], [0, 0]), [0, 1]);
  assert.deepEqual(floor.within(all, [4, 6], [6, 4]), [2]);
});

test("edges align with edges and middles with middles, the nearest first", () => {
  const other = floor.bounds([place(5, 5, 0, [2, 1])]); // x 4..6, y 4.5..5.5
  const at = (x, y) => floor.aligned(floor.bounds([place(x, y, 0, [1, 1])]), [other]);
  const left = at(4.45, 2); // its left edge at 3.95
  near(left.shift[0], 0.05);
  assert.equal(left.shift[1], null);
  assert.deepEqual(left.guides.map((line) => line.map(([x]) => x)), [[4, 4]]);
  near(at(5.03, 2).shift[0], -0.03); // middles
  near(at(6.47, 2).shift[0], 0.03); // side by side
  const corner = at(3.46, 5.02);
  near(corner.shift[0], 0.04);
  near(corner.shift[1], -0.02);
  assert.equal(corner.guides.length, 2);
  assert.deepEqual(at(4.7, 2).shift, [null, null]); // nothing is near
  assert.deepEqual(at(4.45, 0.2).shift[0] !== null, true);
  assert.deepEqual(floor.aligned(floor.bounds([place(4.45, 20, 0, [1, 1])]), [other]).guides, []);
});

test("the way between two is the shortest, from side to side", () => {
  const gap = floor.between(place(0, 0, 0, [1, 1]), place(3, 0.2, 0, [1, 1]));
  near(gap.distance, 2);
  near(gap.to[0] - gap.from[0], 2);
  near(floor.between(place(0, 0, Math.PI / 4, [1, 1]), { at: [2, 0] }).distance, 2 - Math.SQRT1_2);
  assert.equal(floor.between(place(0, 0), place(0.2, 0)).distance, 0);
  near(floor.between({ at: [0, 0] }, { at: [3, 4] }).distance, 5);
});

test("a dragged group keeps its shape: the held one meets the grid, or all are aligned", () => {
  const starts = [place(1, 1, 0, [1, 1]), place(2.23, 1.11, 0, [1, 1])];
  const far = floor.fitted(starts, starts[1], [0.52, 0.31], [], false);
  near(starts[1].at[0] + far.shift[0], 2.8);
  near(starts[1].at[1] + far.shift[1], 1.4);
  assert.deepEqual(floor.fitted(starts, starts[1], [0.5234, 0.3], [], true).shift, [0.523, 0.3]);
  const other = floor.bounds([place(1.57, 4, 0, [1, 1])]);
  const aligned = floor.fitted(starts, starts[1], [0.52, 0.31], [other], false);
  near(starts[0].at[0] + aligned.shift[0], 1.57);
  assert.equal(aligned.guides.length, 1);
});

test("copies come to stand where nothing is in the way", () => {
  const one = { name: "a", ...place(1, 1, 0, [1, 1]) };
  assert.deepEqual(floor.beside([one], [one], [8, 4]), [1, 0]);
  const right = { name: "b", ...place(2.2, 1, 0, [1, 1]) };
  assert.deepEqual(floor.beside([one], [one, right], [8, 4]), [0, 1]); // to the left is no floor
});
