import assert from "node:assert/strict";
import { test } from "node:test";
import { aimed, area, away, beside, crosses, holds, longest, middle, ontoSide, outlineOf, sharedArea, strip } from "../src/outlines.js";

const close = (a, b) => a.flat(9).forEach((x, i) => assert.ok(Math.abs(x - b.flat(9)[i]) < 1e-9, `${a} is not ${b}`));
const NOTCHED = [[0, 0], [4, 0], [4, 4], [2, 2], [0, 4]];

test("a strip is mitred at right angles and no farther", () => {
  const [first, second] = strip([[0, 0], [2, 0], [2, 3]], 0.2);
  close([first.at, first.size], [[1.05, 0], [2.1, 0.2]]);
  close([second.at, second.size, [second.heading]], [[2, 1.45], [3.1, 0.2], [Math.PI / 2]]);
  close([strip([[0, 0], [2, 0], [0, 0.1]], 0.2)[0].size], [[2.1, 0.2]]);
});

test("areas, their middles and what lies in them", () => {
  assert.equal(area(NOTCHED), 12);
  assert.equal(area(NOTCHED.toReversed()), -12);
  close([middle([[1, 1], [3, 1], [3, 2], [1, 2]])], [[2, 1.5]]);
  assert.deepEqual([[2, 1], [2, 3], [0.5, 3], [5, 1]].map((at) => holds(NOTCHED, at)), [true, false, true, false]);
  assert.ok(Math.abs(sharedArea(NOTCHED, [[0, 2], [4, 2], [4, 5], [0, 5]]) - 4) < 1e-9);
  assert.equal(sharedArea(NOTCHED, [[9, 9], [10, 9], [10, 10]]), 0);
});

test("an outline that crosses or touches itself", () => {
  assert.equal(crosses(NOTCHED), false);
  assert.equal(crosses([[0, 0], [1, 0], [0, 1]]), false);
  assert.equal(crosses([[1, 1], [3, 3], [3, 1], [1, 3]]), true);
  assert.equal(crosses([[1, 1], [3, 1], [3, 3], [2, 1], [1, 3]]), true); // touches
});

test("a line beside another meets itself at the corners", () => {
  close([beside([[0, 0], [2, 0], [2, 2]], 0.5)], [[[0, 0.5], [1.5, 0.5], [1.5, 2]]]);
  close([beside([[0, 0], [2, 0], [2, 2], [0, 2]], 0.5, true)], [[[0.5, 0.5], [1.5, 0.5], [1.5, 1.5], [0.5, 1.5]]]);
  close([outlineOf({ points: [[0, 0], [2, 0]], width: 1 })], [[[0, 0.5], [2, 0.5], [2, -0.5], [0, -0.5]]]);
  const needle = beside([[0, 0], [2, 0], [0, 0.01]], 0.5);
  assert.ok(Math.hypot(needle[1][0] - 2, needle[1][1]) < 1.1); // no spike
});

test("distances from a line, and its longest stretch", () => {
  assert.equal(away([[0, 0], [2, 0], [2, 3]], [1, 1]), 1);
  assert.equal(away([[0, 0], [2, 0]], [5, 4]), 5);
  close([longest([[0, 0], [2, 0], [2, 3]])], [[2, 1.5]]);
});

test("a corner is put onto the grid, and in line at 0, 45 and 90 degrees", () => {
  assert.deepEqual(aimed(null, [1.04, 2.07]), [1, 2.1]);
  assert.deepEqual(aimed([1.03, 1], [3.02, 1.2]), [3, 1]); // keeps the line, off the grid or not
  assert.deepEqual(aimed([1.03, 1], [1.1, 3.04]), [1.03, 3]);
  assert.deepEqual(aimed([1, 1], [3.1, 2.95]), [3, 3]);
  assert.deepEqual(aimed([1, 1], [0.1, 1.86]), [0.1, 1.9]);
  assert.deepEqual(aimed([1, 1], [3.02, 1.81]), [3, 1.8]);
  assert.deepEqual(aimed([1, 1], [3.0213, 1.0207], true), [3.021, 1.021]);
});

test("a belt ends at the side of a machine", () => {
  const box = { at: [5, 5], heading: 0, size: [2, 1, 1] };
  assert.deepEqual(ontoSide(box, [2, 5.2]), [4, 5.2]);
  assert.deepEqual(ontoSide(box, [5.4, 9]), [5.4, 5.5]);
  assert.deepEqual(ontoSide(box, [5.9, 5.1]), [6, 5.1]); // from within: the nearest side
  assert.deepEqual(ontoSide({ ...box, heading: Math.PI / 2 }, [5, 9]), [5, 6]);
});
