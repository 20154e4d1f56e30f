import assert from "node:assert/strict";
import { test } from "node:test";
import { declutter, within } from "../src/labels.js";
import { random } from "./timeline.test.mjs";

test("labels that are shown never overlap, and none is hidden without a more important reason", () => {
  const next = random(3);
  const boxes = Array.from({ length: 60 }, () => ({
    x: next() * 600, y: next() * 400, width: 40 + next() * 80, height: 20, priority: Math.floor(next() * 4),
  }));
  const shown = declutter(boxes, 0);
  const meet = (a, b) =>
    Math.abs(a.x - b.x) < (a.width + b.width) / 2 && Math.abs(a.y - b.y) < (a.height + b.height) / 2;
  boxes.forEach((a, i) => {
    const reasons = boxes.filter((b, j) => j !== i && shown[j] && meet(a, b));
    if (shown[i]) assert.equal(reasons.length, 0);
    else assert.ok(reasons.some((b) => b.priority >= a.priority));
  });
  assert.ok(shown.some(Boolean) && !shown.every(Boolean));
});

test("a label at the edge of the picture is moved in, and stays where it is elsewhere", () => {
  assert.equal(within(10, 100, 500), 52);
  assert.equal(within(495, 100, 500), 448);
  assert.equal(within(250, 100, 500), 250);
  assert.equal(within(10, 600, 500), 250); // it does not fit at all
});
