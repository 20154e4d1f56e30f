import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { decode, groupRows, lastAtOrBefore, Timeline } from "../src/timeline.js";

const golden = new URL("../../../../tests/view/golden/", import.meta.url);
const bytes = readFileSync(new URL("small.twin", golden));
const buffer = () => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
const expected = JSON.parse(readFileSync(new URL("small.json", golden), "utf8"));

/** A pseudo-random number generator, so that a failure can be repeated. */
export function random(seed) {
  let x = seed;
  return () => ((x = (x * 1103515245 + 12345) % 2147483648) / 2147483648);
}

test("the golden blob reads as Python reads it", () => {
  const timeline = new Timeline(buffer());
  assert.deepEqual(timeline.header.resources, expected.header.resources);
  assert.deepEqual(timeline.parts, expected.header.parts);
  for (const [name, mine] of [
    ["intervals", timeline.intervals], ["moves", timeline.moves], ["parts", timeline.lives],
  ]) {
    for (const [column, values] of Object.entries(expected.tables[name])) {
      assert.equal(mine[column].length, values.length);
      values.forEach((value, row) => {
        if (value === null) assert.equal(mine[column][row], Infinity);
        else assert.ok(Math.abs(mine[column][row] - value) < 1e-6, `${name}.${column}[${row}]`);
      });
    }
  }
  const { time } = decode(buffer()).tables.samples;
  assert.deepEqual([...time], expected.tables.samples.time);
});

test("what is no timeline is refused in words", () => {
  assert.throws(() => decode(new ArrayBuffer(8)), /does not begin with 'TWIN'/);
  const other = buffer();
  new DataView(other).setUint32(4, 9, true);
  assert.throws(() => decode(other), /version 9/);
});

test("states at a time equal a search through all rows, in any order of asking", () => {
  const timeline = new Timeline(buffer());
  const { resource, start, end, state } = timeline.intervals;
  const next = random(7);
  for (let k = 0; k < 2000; k++) {
    const r = Math.floor(next() * timeline.resources.length);
    const t = k % 2 ? next() * 220 - 10 : k / 10;
    let brute = -1;
    for (let row = 0; row < state.length; row++) {
      if (resource[row] === r && start[row] <= t && t < end[row]) brute = state[row];
    }
    assert.equal(timeline.stateAt(r, t), brute, `${timeline.resources[r]} at ${t}`);
  }
});

test("work in a window equals the sum over all rows", () => {
  const timeline = new Timeline(buffer());
  const { resource, start, end, state } = timeline.intervals;
  const next = random(11);
  for (let k = 0; k < 500; k++) {
    const r = Math.floor(next() * timeline.resources.length);
    const [from, to] = [next() * 200, next() * 200].sort((a, b) => a - b);
    let brute = 0;
    for (let row = 0; row < state.length; row++) {
      const name = timeline.states[state[row]];
      if (resource[row] !== r || (name !== "PROCESSING" && name !== "SETUP")) continue;
      brute += Math.max(0, Math.min(to, end[row]) - Math.max(from, start[row]));
    }
    assert.ok(Math.abs(timeline.busyShare(r, from, to) * (to - from) - brute) < 1e-6);
  }
});

test("shares of adjacent windows add up", () => {
  const timeline = new Timeline(buffer());
  const mill = timeline.resourceOf.get("mill");
  const work = (a, b) => timeline.busyShare(mill, a, b) * (b - a);
  assert.ok(Math.abs(work(0, 47) + work(47, 200) - work(0, 200)) < 1e-9);
  assert.equal(timeline.busyShare(mill, 50, 50), 0);
});

test("closed hours are where all are off", () => {
  const timeline = new Timeline(buffer());
  const mill = timeline.resourceOf.get("mill");
  assert.deepEqual(timeline.closedSpans([mill]), [[0, 10]]);
  assert.deepEqual(timeline.closedSpans(), []); // the oven idles
});

test("the states of a legend are those that occur, and gaps", () => {
  const timeline = new Timeline(buffer());
  const of = (...names) => [...timeline.statesOf(names.map((name) => timeline.resourceOf.get(name)))].sort();
  assert.deepEqual(of("oven.2"), ["IDLE"]);
  assert.deepEqual(of("oven.1", "oven.2"), ["DOWN", "IDLE", "PROCESSING"]);
  assert.deepEqual(of("setup-1"), ["PROCESSING", "UNAVAILABLE"]); // nothing known before and after
});

test("lastAtOrBefore and groupRows agree with plain loops", () => {
  const values = [1, 1, 2, 5, 5, 9];
  for (let x = 0; x <= 10; x++) {
    let last = -1;
    values.forEach((value, i) => value <= x && (last = i));
    assert.equal(lastAtOrBefore(values, x, 0, values.length), last);
  }
  const { first, rows } = groupRows([2, -1, 0, 2, 0], 3);
  assert.deepEqual([...first], [0, 2, 2, 4]);
  assert.deepEqual([...rows], [2, 4, 0, 3]);
});
