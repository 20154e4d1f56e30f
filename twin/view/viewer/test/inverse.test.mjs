import assert from "node:assert/strict";
import { test } from "node:test";
import { follow } from "../src/inverse.js";
import { Arm } from "../src/kinematics.js";

const h = Math.SQRT1_2;
const [up, down, none] = [[h, h, 0, 0], [h, -h, 0, 0], [1, 0, 0, 0]];
const joint = (position, quaternion = none) => ({ origin: { position, quaternion }, axis: [0, 0, 1] });
/** An arm of the UR5e's lengths. */
const make = () => new Arm({
  name: "arm", base: { position: [1, 2, 0.8], quaternion: none },
  joints: [joint([0, 0, 0.1625]), joint([0, 0, 0], up), joint([-0.425, 0, 0]), joint([-0.3922, 0, 0.1333]), joint([0, -0.0997, 0], up), joint([0, 0.0996, 0], down)],
  tool: { position: [0, 0, 0.15], quaternion: none },
});
const limits = Array.from({ length: 6 }, () => ({ lower: -2 * Math.PI, upper: 2 * Math.PI }));
const tip = (arm) => [...arm.tool.slice(12, 15)];
const along = (arm) => [...arm.tool.slice(8, 11)];

test("the arm comes to where other angles would have it, its tool along the same way", () => {
  const [arm, other] = [make(), make()];
  for (let k = 0; k < 20; k++) {
    const goal = [0.3 * k, -1.2 - 0.02 * k, 1.4, -1.7, -1.3 + 0.03 * k, 0.5];
    other.pose(goal, 0);
    const { joints, missed } = follow(arm, goal.map((q) => q + 0.25), tip(other), along(other), limits);
    assert.ok(missed < 1e-4, `${k}: ${missed}`);
    arm.pose(joints, 0);
    tip(arm).forEach((x, i) => assert.ok(Math.abs(x - tip(other)[i]) < 2e-4));
    along(arm).forEach((x, i) => assert.ok(Math.abs(x - along(other)[i]) < 2e-4));
  }
});

test("what is out of reach is missed by how far it is, within the limits", () => {
  const arm = make();
  const tight = limits.map(() => ({ lower: -2, upper: 2 }));
  const { joints, missed } = follow(arm, [0, -1, 1, -1, -1, 0], [4, 2, 1], [0, 0, -1], tight);
  assert.ok(missed > 1.5);
  joints.forEach((q) => assert.ok(Math.abs(q) <= 2));
});

test("a tool that points the other way finds round", () => {
  const arm = make();
  const start = [0, -1.2, 1.4, -1.7, -1.4, 0];
  arm.pose(start, 0);
  const away = along(arm).map((x) => -x);
  const { missed } = follow(arm, start, tip(arm), away, limits);
  assert.ok(missed < 1, String(missed)); // it has set out, at least
});

test("joints that slide go where they are drawn to", () => {
  const slide = (axis) => ({ origin: { position: [0, 0, 0], quaternion: none }, axis, slides: true });
  const gantry = new Arm({
    name: "gantry", base: { position: [0, 0, 2], quaternion: none }, joints: [slide([1, 0, 0]), slide([0, 1, 0]), slide([0, 0, 1])],
    tool: { position: [0, 0, -0.2], quaternion: none },
  });
  const room = Array.from({ length: 3 }, () => ({ lower: -1, upper: 1 }));
  const { joints, missed } = follow(gantry, [0, 0, 0], [0.5, -0.25, 1.5], [0, 0, 1], room);
  assert.ok(missed < 1e-3, String(missed));
  joints.forEach((q, k) => assert.ok(Math.abs(q - [0.5, -0.25, -0.3][k]) < 1e-3));
});
