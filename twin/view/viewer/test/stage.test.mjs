import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { SHOWN } from "../src/places.js";
import { Stage } from "../src/stage.js";
import { Timeline } from "../src/timeline.js";

/** The timeline of a golden file. */
function timeline(name = "small") {
  const bytes = readFileSync(new URL(`../../../../tests/view/golden/${name}.twin`, import.meta.url));
  return new Timeline(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

const none = [1, 0, 0, 0];
const joint = (x) => ({ origin: { position: [x, 0, 0], quaternion: none }, axis: [0, 0, 1] });
const scene = () => ({
  floor: { size: [8, 6] },
  machines: [
    { name: "mill", station: "mill", at: [2, 1], heading: 0, size: [1, 1, 1.5], places: 1,
      ports: { nest: [0, -0.2, 0.9] }, operator: [0, -0.8] },
    { name: "oven", station: "bake", at: [5, 3], heading: Math.PI / 2, size: [2, 1, 1.2], places: 2,
      ports: { in: [-0.9, 0, 0.8] }, operator: null },
    { name: "shelf", station: null, at: [7, 5], heading: 0, size: [1, 0.5, 1], places: 1, ports: {} },
  ],
  arms: [{
    name: "cobot", base: { position: [3, 2, 0.5], quaternion: none }, joints: [joint(0), joint(0.5)],
    tool: { position: [0.4, 0, 0], quaternion: none }, home: [0, 0],
  }],
  people: [{ name: "setup-1", home: [1, 4] }],
  vehicles: [{ name: "agv", at: [6, 1], heading: 0.3 }],
  nodes: { 1: [7, 2] },
  paths: { "oven|1": [[6, 3]] },
  stations: [{ name: "mill", machines: ["mill"] }, { name: "bake", machines: ["oven"] }],
  products: [],
});
const make = () => new Stage(scene(), timeline(), { surface: () => 1 });

/** Where a part is drawn: [x, y, z] rounded to mm, or null. */
function where(stage, name) {
  const slot = stage.partSlot[stage.timeline.parts.indexOf(name)];
  if (slot < 0) return null;
  const at = [...stage.partMatrices.slice(slot * 16 + 12, slot * 16 + 15)];
  return at.map((x) => Math.round(x * 1000) / 1000);
}
const spotOf = (track) => [...track.at.slice(0, 2)].map((x) => Math.round(x * 1e6) / 1e6);
function at(stage, t, name) {
  stage.update(t);
  return where(stage, name);
}

test("a part goes its way: queue, machine, gripper, port, oven, vehicle, node, gone", () => {
  const stage = make();
  const nest = [2, 0.8, 0.9];
  const queue = at(stage, 5, "o1");
  assert.ok(queue[1] < 0.5 && queue[0] < 2, `in front of the mill, to the left: ${queue}`);
  assert.deepEqual(at(stage, 20, "o1"), nest);
  assert.deepEqual(at(stage, 65, "o1"), nest); // finished, but blocked in the machine
  assert.deepEqual(at(stage, 72, "o1"), nest); // the arm is on its way
  const carried = at(stage, 75, "o1");
  const tip = [...stage.arms[0].tool.slice(12, 15)].map((x) => Math.round(x * 1000) / 1000);
  assert.deepEqual(carried, tip);
  const inPort = [5, 2.1, 0.8];
  assert.deepEqual(at(stage, 78, "o1"), inPort); // let go, the arm goes home
  assert.deepEqual(at(stage, 85, "o1"), inPort); // waits for the oven
  assert.deepEqual(at(stage, 100, "o1"), [5, 2.6, 1.01]); // the first of two places along it
  const driven = at(stage, 160, "o1");
  assert.deepEqual(driven.slice(0, 2), [...stage.vehicles[0].at.slice(0, 2)].map((x) => Math.round(x * 1000) / 1000));
  assert.deepEqual(at(stage, 175, "o1").slice(0, 2), [7, 2]);
  assert.equal(at(stage, 181, "o1"), null);
});

test("parts that wait on a belt go along it, round its corner, one behind the other", () => {
  const drawn = [{
    kind: "conveyor", name: "b", points: [[0, 0], [0.3, 0], [0.3, 0.6]], height: 0.5, speed: 0.05, spacing: 0.2, places: 4,
  }];
  const stations = [{ name: "mill", machines: ["mill"], conveyor: "b" }, { name: "bake", machines: ["oven"] }];
  const stage = new Stage({ ...scene(), drawn, stations }, timeline(), { surface: () => 1 });
  const begun = stage.timeline.lives.start[stage.timeline.parts.indexOf("o1")];
  assert.deepEqual(at(stage, begun + 2, "o1"), [0.1, 0, 0.505]);
  assert.deepEqual(at(stage, begun + 8, "o1"), [0.3, 0.1, 0.505]); // every frame anew, though nothing happens
  assert.deepEqual(at(stage, begun + 4, "o1"), [0.2, 0, 0.505]); // and back
  assert.equal(stage.trolleyCount, 0);
  const { belt } = [...stage.spots.values()].find((spot) => spot?.belt);
  const rests = [0, 1, 3, 4].map((i) => Math.round(1000 * stage.places.restOn(belt, i)) / 1000);
  assert.deepEqual(rests, [0.8, 0.6, 0.2, -1]); // the fifth has no room
  const out = new Float64Array(4);
  assert.ok(stage.places.onBelt({ z: 0.505, belt }, 0, 1e9, out));
  assert.deepEqual([...out].map((x) => Math.round(x * 1000) / 1000), [0.3, 0.5, 0.505, 1.571]);
});

test("parts that nothing names yet wait where their product begins", () => {
  const stage = make();
  assert.ok(at(stage, 96, "o2/1"), "released, waits at node 1");
  assert.deepEqual(where(stage, "o2/1").slice(0, 2), [7, 2]);
  const other = at(stage, 96, "o2/2");
  assert.ok(other[1] < 0.5, `as all boards, in front of the mill: ${other}`);
  assert.equal(where(stage, "o3"), null); // no frame has ever begun: nothing says where
});

test("people walk to their work and look at it; vehicles follow the paths", () => {
  const stage = make();
  stage.update(0);
  assert.deepEqual([...stage.people[0].at.slice(0, 2)], [1, 4]);
  stage.update(7);
  const [x, y, , walked] = stage.people[0].at;
  assert.ok(Math.abs(x - 1.5) < 1e-9 && Math.abs(y - 2.1) < 1e-9, "half way");
  assert.ok(walked > 0);
  stage.update(50);
  assert.deepEqual(spotOf(stage.people[0]), [2, 0.2]);
  assert.ok(Math.abs(stage.people[0].at[2] - Math.PI / 2) < 1e-9);
  assert.ok(stage.people[0].at[3] < 0);
  assert.deepEqual([...stage.vehicles[0].at.slice(0, 3)], [6, 1, 0.3]);
  stage.update(160);
  const [, vy] = stage.vehicles[0].at;
  assert.ok(vy > 2.2, "by way of the corner of its path");
  stage.update(199);
  assert.deepEqual([...stage.vehicles[0].at.slice(0, 2)], [7, 2]);
});

test("the arm is at home, moves, and is at home again", () => {
  const stage = make();
  stage.update(60);
  const home = [...stage.arms[0].tool];
  stage.update(75);
  assert.notDeepEqual([...stage.arms[0].tool], home);
  stage.update(90);
  assert.deepEqual([...stage.arms[0].tool], home);
});

test("machines show the most telling state of their places", () => {
  const stage = make();
  assert.equal(stage.stateOf("oven", 100), "PROCESSING"); // one works, one idles
  assert.equal(stage.stateOf("oven", 160), "DOWN");
  assert.equal(stage.stateOf("oven", 50), "IDLE");
  assert.equal(stage.stateOf("mill", 5), "OFF");
  assert.equal(stage.stateOf("shelf", 5), null);
  assert.equal(stage.stateOf("setup-1", 20), "PROCESSING");
  assert.ok(Math.abs(stage.utilisation(1, 0, 200) - 60 / 400) < 1e-9);
  assert.ok(Number.isNaN(stage.utilisation(2, 0, 200)));
});

/** All that a stage shows, without its memory. */
function picture(stage) {
  const things = [...stage.people, ...stage.vehicles].map((track) => [...track.at]);
  const parts = stage.timeline.parts.map((name) => where(stage, name));
  const arms = stage.arms.map((arm) => [...arm.tool]);
  return { things, parts, arms, machines: [...stage.machineState], trolleys: stage.trolleyCount };
}

test("a seek shows what playing there shows, forwards and backwards", () => {
  const played = make();
  const jumped = make();
  const pictures = [];
  for (let t = 0; t <= 200; t += 0.5) {
    played.update(t);
    pictures.push([t, picture(played)]);
  }
  let x = 5;
  for (let k = 0; k < 300; k++) {
    x = (x * 1103515245 + 12345) % 2147483648;
    const [t, expected] = pictures[x % pictures.length];
    jumped.update(t);
    assert.deepEqual(picture(jumped), expected, `at ${t}`);
  }
});

test("an update without a change costs nothing to draw", () => {
  const stage = make();
  stage.update(40);
  assert.deepEqual(new Set(Object.values(stage.update(40))), new Set([false]));
  const { parts, arms, trolleys, machines } = stage.update(41);
  assert.deepEqual([parts, arms, trolleys, machines], [false, false, false, false]);
});

test("a moved machine takes its parts, its operator and its paths along", () => {
  const stage = make();
  stage.update(20);
  stage.scene.machines[0].at = [3, 2];
  stage.relocate();
  assert.deepEqual(at(stage, 20, "o1"), [3, 1.8, 0.9]);
  assert.deepEqual(spotOf(stage.people[0]), [3, 1.2]);
});

test("a long queue shows its first parts and counts all", () => {
  const stage = make();
  const spot = stage.places.waitSpot(0, "in");
  const out = [0, 0, 0];
  const seen = new Set();
  for (let i = 0; i < SHOWN; i++) {
    assert.ok(stage.places.stacked(spot, i, out));
    seen.add(out.map((x) => x.toFixed(4)).join());
  }
  assert.equal(seen.size, SHOWN);
  assert.equal(stage.places.stacked(spot, SHOWN, out), false);
});

test("names of places are understood or reported", () => {
  const stage = make();
  const { places } = stage;
  assert.deepEqual(places.resolve("oven.2"), { machine: 1, place: 1 });
  assert.deepEqual(places.resolve("mill.nest"), { machine: 0, port: "nest" });
  assert.deepEqual(places.resolve("bake"), { machine: 1 });
  assert.deepEqual(places.resolve("home:setup-1"), { home: [1, 4] });
  assert.equal(places.resolve("nowhere"), null);
  assert.deepEqual(stage.unplaced, []);
});

test("every living part is somewhere, once, however the time leaps", () => {
  const machines = [0, 1, 2, 3].map((i) => ({
    name: `m${i}`, station: null, at: [2 * i + 1, 1], heading: 0, size: [1, 1, 1], places: 1, ports: {},
  }));
  const hall = { floor: { size: [9, 4] }, machines, stations: [] };
  const played = new Stage(hall, timeline("shift"), { surface: () => 1 });
  const stage = new Stage(hall, timeline("shift"), { surface: () => 1 });
  const { lives, moves, intervals } = stage.timeline;
  let [x, most] = [9, 0];
  for (let k = 0; k < 400; k++) {
    x = (x * 1103515245 + 12345) % 2147483648;
    const t = (x / 2147483648) * stage.timeline.end;
    stage.update(t);
    const alive = [...lives.start.keys()].filter((p) => lives.start[p] <= t && t < lives.end[p]);
    most = Math.max(most, alive.length);
    const queued = stage.longQueues().reduce((sum, { count }) => sum + count - SHOWN, 0);
    const slots = alive.map((part) => stage.partSlot[part]).filter((slot) => slot >= 0);
    assert.equal(slots.length, alive.length - queued);
    assert.equal(new Set(slots).size, slots.length);
    assert.ok(Math.max(-1, ...slots) < stage.capacity);
    const shown = [...stage.slotPart].filter((part) => part >= 0);
    assert.deepEqual(new Set(shown), new Set(alive.filter((part) => stage.partSlot[part] >= 0)));
    // A part in a machine's books lies on that machine.
    for (let row = 0; row < intervals.rows; row++) {
      if (intervals.start[row] > t || t >= intervals.end[row]) continue;
      const slot = stage.partSlot[intervals.part[row]];
      const moving = [...moves.part.keys()].some(
        (m) => moves.part[m] === intervals.part[row] && moves.start[m] <= t && t < moves.end[m],
      );
      if (slot < 0 || moving) continue;
      const machine = stage.machineOfResource[intervals.resource[row]];
      assert.ok(Math.abs(stage.partMatrices[slot * 16 + 12] - machines[machine].at[0]) < 0.6);
    }
  }
  assert.equal(most, stage.capacity);
  for (let t = 0; t < 6000; t += 7) played.update(t);
  played.update(6000);
  stage.update(6000);
  assert.deepEqual(picture(stage), picture(played));
});

test("an arm that is held stands still whatever the clock says, and its part with it", () => {
  const stage = make();
  stage.update(75);
  const moving = [...stage.arms[0].tool.slice(12, 15)];
  stage.pose(0, [0, Math.PI / 2]);
  assert.equal(stage.update(75).arms, true);
  const held = [...stage.arms[0].tool.slice(12, 15)];
  assert.deepEqual(held.map((x) => Math.round(x * 1000) / 1000), [3.5, 2.4, 0.5]);
  assert.deepEqual(where(stage, "o1"), [3.5, 2.4, 0.5]);
  stage.update(76);
  assert.deepEqual([...stage.arms[0].tool.slice(12, 15)], held);
  stage.pose(0, null);
  stage.update(75);
  assert.deepEqual([...stage.arms[0].tool.slice(12, 15)], moving);
});
