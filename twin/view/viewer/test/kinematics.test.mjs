import assert from "node:assert/strict";
import { test } from "node:test";
import { Arm, fromPose, jointsAt, multiply, upright } from "../src/kinematics.js";

const near = (a, b, slack = 1e-9) => assert.ok(Math.abs(a - b) < slack, `${a} is not ${b}`);
const none = [1, 0, 0, 0];
const planar = {
  name: "two links",
  base: { position: [1, 2, 0.5], quaternion: none },
  joints: [
    { origin: { position: [0, 0, 0], quaternion: none }, axis: [0, 0, 1] },
    { origin: { position: [0.4, 0, 0], quaternion: none }, axis: [0, 0, 2] },
  ],
  tool: { position: [0.3, 0, 0], quaternion: none },
  home: [0.1, -0.2],
};

test("a planar arm's tip is where trigonometry says", () => {
  const arm = new Arm(planar);
  for (let k = 0; k < 50; k++) {
    const [a, b] = [k * 0.37, k * -0.61];
    arm.pose([9, a, b], 1);
    near(arm.tool[12], 1 + 0.4 * Math.cos(a) + 0.3 * Math.cos(a + b));
    near(arm.tool[13], 2 + 0.4 * Math.sin(a) + 0.3 * Math.sin(a + b));
    near(arm.tool[14], 0.5);
  }
});

test("a UR5e's tip equals its Denavit-Hartenberg chain", () => {
  // Link frames as in a URDF: about z of each joint; alpha turns about x in between.
  const [a2, a3, d1, d4, d5, d6] = [-0.425, -0.3922, 0.1625, 0.1333, 0.0997, 0.0996];
  const h = Math.SQRT1_2;
  const about = { up: [h, h, 0, 0], down: [h, -h, 0, 0] };
  const joint = (position, quaternion = none) => ({ origin: { position, quaternion }, axis: [0, 0, 1] });
  const arm = new Arm({
    name: "ur5e",
    base: { position: [0, 0, 0], quaternion: none },
    joints: [
      joint([0, 0, d1]), joint([0, 0, 0], about.up), joint([a2, 0, 0]), joint([a3, 0, d4]),
      joint([0, -d5, 0], about.up), joint([0, d6, 0], about.down),
    ],
    home: [],
  });
  const dh = [[0, d1, 90], [a2, 0, 0], [a3, 0, 0], [0, d4, 90], [0, d5, -90], [0, d6, 0]];
  for (let k = 0; k < 20; k++) {
    const q = dh.map((_, i) => Math.sin(k * 1.7 + i * 2.3) * 3);
    arm.pose(q, 0);
    let chain = fromPose([0, 0, 0], none);
    dh.forEach(([a, d, degrees], i) => {
      const [c, s] = [Math.cos(q[i]), Math.sin(q[i])];
      const [ca, sa] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
      const step = [c, s, 0, 0, -s * ca, c * ca, sa, 0, s * sa, -c * sa, ca, 0, a * c, a * s, d, 1];
      const next = new Float64Array(16);
      multiply(chain, 0, step, 0, next, 0);
      chain = next;
    });
    for (const i of [12, 13, 14]) near(arm.tool[i], chain[i]);
  }
});

test("link poses stay rigid", () => {
  const arm = new Arm(planar);
  arm.pose([0.7, 1.1], 0);
  for (let link = 0; link < 3; link++) {
    const m = arm.links.subarray(link * 16, link * 16 + 16);
    near(Math.hypot(m[0], m[1], m[2]), 1);
    near(m[0] * m[4] + m[1] * m[5] + m[2] * m[6], 0);
    near(m[15], 1);
  }
});

test("a program is linear between its samples and holds at its ends", () => {
  const program = { sample: 1, samples: 3, joint: 2, dof: 2 };
  const times = Float32Array.from([99, 0, 1, 3]);
  const angles = Float32Array.from([9, 9, 0, 10, 1, 20, 3, 0]);
  const at = (t) => jointsAt(program, times, angles, t, [0, 0]);
  assert.deepEqual(at(0.5), [0.5, 15]);
  assert.deepEqual(at(1), [1, 20]);
  assert.deepEqual(at(2), [2, 10]);
  assert.deepEqual(at(-4), [0, 10]);
  assert.deepEqual(at(40), [3, 0]);
});

test("an upright pose turns counter-clockwise from above", () => {
  const out = new Float64Array(32);
  upright(1, 2, 3, Math.PI / 2, 2, out, 16);
  near(out[16], 0);
  near(out[17], 2); // x points to +y
  assert.deepEqual([...out.slice(28, 32)], [1, 2, 3, 1]);
});

test("a joint slides along its axis, turned by those before it", () => {
  const still = { position: [0, 0, 0], quaternion: [1, 0, 0, 0] };
  const arm = new Arm({
    base: still,
    joints: [
      { origin: still, axis: [0, 0, 1] },
      { origin: { position: [1, 0, 0], quaternion: [1, 0, 0, 0] }, axis: [1, 0, 0], slides: true },
    ],
  });
  arm.pose([Math.PI / 2, 0.5], 0);
  assert.ok(Math.abs(arm.tool[12]) < 1e-12);
  assert.ok(Math.abs(arm.tool[13] - 1.5) < 1e-12);
});
