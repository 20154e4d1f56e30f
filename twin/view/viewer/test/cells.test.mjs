import assert from "node:assert/strict";
import { test } from "node:test";
import { parted } from "../src/cells/load.js";
import { bare, motionAt, nearAt, rowAt, shareOf, stepOf, transferAt, worded } from "../src/cells/values.js";

const film = { transfers: [{ start: 0, duration: 4 }, { start: 4, duration: 2 }] };
const turning = { lower: -Math.PI, upper: Math.PI, speed: 2, torque: 100, slides: false };
const sliding = { lower: 0, upper: 0.4, speed: 1, torque: 50, slides: true };

test("the clock is in one transfer", () => {
  assert.deepEqual(transferAt(film, 0), { index: 0, tau: 0 });
  assert.deepEqual(transferAt(film, 4), { index: 1, tau: 0 });
  assert.deepEqual(transferAt(film, 9), { index: 1, tau: 2 });
  assert.deepEqual(transferAt({ transfers: [] }, 1), { index: -1, tau: 0 });
  assert.deepEqual(transferAt(null, 1), { index: -1, tau: 0 });
});

test("between samples, values are on a line", () => {
  const [times, rows] = [[0, 1, 3], [[0, 0], [1, 2], [3, 2]]];
  assert.deepEqual(rowAt(times, rows, 0.5), [0.5, 1]);
  assert.deepEqual(rowAt(times, rows, 2), [2, 2]);
  assert.deepEqual(rowAt(times, rows, 9), [3, 2]);
  assert.deepEqual(rowAt(times, rows, -1), [0, 0]);
});

test("shares are of the range for positions, of the limit for the rest", () => {
  assert.equal(shareOf(turning, "q", Math.PI), 1);
  assert.equal(shareOf(sliding, "q", 0.2), 0);
  assert.equal(shareOf(sliding, "q", 0), -1);
  assert.equal(shareOf(turning, "torque", -50), -0.5);
  assert.equal(shareOf({ ...turning, torque: 0 }, "torque", 5), 0);
});

test("people read degrees and millimetres", () => {
  assert.equal(worded(turning, "q", Math.PI / 2), "90.0°");
  assert.equal(worded(sliding, "q", 0.25), "250 mm");
  assert.equal(worded(turning, "speed", Math.PI), "180°/s");
  assert.equal(worded(turning, "torque", 1.26), "1.3 Nm");
  assert.equal(worded(sliding, "torque", 1), "1.0 N");
  assert.equal(worded(turning, "torque", -0.01), "0.0 Nm");
  assert.equal(worded(turning, "speed", -0.001), "0°/s");
});

test("a motion is the one that has not ended", () => {
  const motions = [{ kind: "travel", end: 1 }, { kind: "grip", end: 2 }];
  assert.equal(motionAt({ motions }, 0.5).kind, "travel");
  assert.equal(motionAt({ motions }, 1.5).kind, "grip");
  assert.equal(motionAt({ motions }, 7).kind, "grip");
});

test("an axis has about as many steps as asked for", () => {
  assert.equal(stepOf(12, 12), 1);
  assert.equal(stepOf(0.6), 0.1);
  assert.equal(stepOf(1e4), 120);
});

test("how near the arm is, is said at each time, and only where that is known", () => {
  const near = { times: [0, 1, 2], distances: [0.05, 0.1, 0.6], between: ["wrist and rack", "hand and rack", ""] };
  assert.equal(nearAt({ near }, 0.5), "50 mm between wrist and rack");
  assert.equal(nearAt({ near }, 1), "100 mm between hand and rack");
  assert.equal(nearAt({ near }, 2), "");
  assert.equal(nearAt({ near: null }, 1), "");
  assert.equal(nearAt({}, 1), "");
});

test("a film is the same whether its distances have come or not", () => {
  const film = { arm: "cobot", transfers: [{ start: 0, near: null }] };
  assert.equal(bare(film), bare({ ...film, transfers: [{ start: 0, near: { times: [1] } }] }));
  assert.notEqual(bare(film), bare({ ...film, arm: "other" }));
});

test("names of lines that end together stand below one another", () => {
  assert.deepEqual(parted([10, 12, 60]), [10, 22, 60]);
  assert.deepEqual(parted([]), []);
});
