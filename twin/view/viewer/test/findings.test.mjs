import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { findingsOf, freeBefore, length, marksOf, serviceAreas } from "../src/findings.js";

const FLOOR = [10, 8];
const machine = (name, x, y, more = {}) => ({
  name, at: [x, y], heading: 0, size: [1, 0.5, 1], attended: true, operator: [0, -0.6], ports: {}, ...more,
});
const rules = (found) => found.map(({ rule }) => rule);

test("an overlap is told once, of two that were moved too, and with an arm's foot", () => {
  const machines = [machine("a", 2, 4), machine("b", 2.5, 4)];
  const [overlap, ...rest] = findingsOf(new Set([0, 1]), machines, [], FLOOR);
  assert.deepEqual([overlap.rule, overlap.machines, overlap.text], ["overlap", [0, 1], "a overlaps b"]);
  assert.deepEqual(rest, []);
  const arms = [{ name: "cobot", label: "Cobot", at: [2, 4], heading: 0.3, size: [0.3, 0.3], reach: 1, serves: [] }];
  const [foot] = findingsOf(new Set([0]), machines.slice(0, 1), arms, FLOOR);
  assert.deepEqual([foot.machines, foot.text], [[0], "a overlaps Cobot"]);
});

test("what stands still is not blamed, and far machines are left alone", () => {
  const machines = [machine("a", 2, 4), machine("b", 2.5, 4), machine("c", 8, 6)];
  assert.deepEqual(findingsOf(new Set([2]), machines, [], FLOOR), []);
});

test("off the floor", () => {
  const found = findingsOf(new Set([0]), [machine("a", 9.8, 4, { attended: false })], [], FLOOR);
  assert.deepEqual(rules(found), ["off-floor"]);
});

test("who works at a machine has 0.6 m, also at one that another comes near to", () => {
  const machines = [machine("a", 2, 4), machine("b", 2, 3.1)]; // 0.4 m between them
  const found = findingsOf(new Set([1]), machines, [], FLOOR);
  assert.deepEqual([rules(found), found[0].machines, found[0].area.length], [["aisle"], [0], 4]);
  assert.match(found[0].text, /^Who works at a has 40[01] mm to stand in; leave 0\.6 m$/);
  assert.deepEqual(findingsOf(new Set([1]), [{ ...machines[0], attended: false }, machines[1]], [], FLOOR), []);
  assert.deepEqual(findingsOf(new Set([1]), [machines[0], { ...machines[1], at: [2, 2.9] }], [], FLOOR), []);
});

test("the wall takes room as a machine does", () => {
  const [found] = findingsOf(new Set([0]), [machine("a", 2, 0.5)], [], FLOOR);
  assert.match(found.text, /has 25[01] mm to stand in/);
  assert.ok(Math.abs(freeBefore(machine("a", 2, 0.5), [0, -1], [], FLOOR) - 0.25) < 2e-3);
  assert.equal(freeBefore(machine("a", 2, 0.5), [0, 1], [], FLOOR), 0.6);
});

test("a port that the routes want served is within the arm's reach", () => {
  const arms = [{
    name: "cobot", at: [2, 5], heading: 0, size: [0.3, 0.3], reach: 0.85, serves: ["a.in", "a.out", "b.in"],
  }];
  const ports = { in: [0, 0, 0.9], out: [0.4, 0, 0.9] };
  const near = machine("a", 2, 4.3, { ports, attended: false });
  assert.deepEqual(findingsOf(new Set([0]), [near], arms, FLOOR), []);
  const [found, ...rest] = findingsOf(new Set([0]), [{ ...near, at: [2, 3.5] }], arms, FLOOR);
  assert.equal(found.text, "a is 1.50 m from cobot, which reaches 850 mm");
  assert.deepEqual([found.line, rest], [[[2, 5], [2, 3.5]], []]);
  const turned = { ...near, at: [2.7, 4.7], heading: Math.PI };
  assert.deepEqual(findingsOf(new Set([0]), [turned], arms, FLOOR), []);
});

test("an arm that is moved tells of all that it no longer reaches, and of what it stands on", () => {
  const ports = { in: [0, 0, 0.9] };
  const machines = [machine("a", 2, 4, { ports, attended: false }), machine("b", 5, 4, { ports, attended: false })];
  const arms = [{ name: "cobot", at: [5, 4.2], heading: 0, size: [0.3, 0.3], reach: 1, serves: ["a.in", "b.in"] }];
  const found = findingsOf(new Set([2]), machines, arms, FLOOR);
  assert.deepEqual(found.map(({ rule, machines: about }) => [rule, about]), [["overlap", [1]], ["reach", [0]]]);
  assert.equal(found[1].text, "a is 3.01 m from cobot, which reaches 1.00 m");
  assert.deepEqual(findingsOf(new Set([1]), machines, arms, FLOOR).map(({ rule }) => rule), ["overlap"]);
  const [off] = findingsOf(new Set([2]), machines, [{ ...arms[0], at: [0, 7], serves: [] }], FLOOR);
  assert.deepEqual([off.rule, off.machines, off.text], ["off-floor", [], "cobot sticks out over the edge of the floor"]);
});

test("the room to serve a machine turns with it", () => {
  const [front] = serviceAreas(machine("a", 2, 4, { service: { front: 0.6 }, heading: Math.PI / 2 }));
  const xs = front.map(([x]) => x);
  assert.ok(Math.abs(Math.min(...xs) - 2.25) < 1e-9 && Math.abs(Math.max(...xs) - 2.85) < 1e-9);
  assert.deepEqual(serviceAreas(machine("a", 2, 4)), []);
});

test("a hall of 300 machines is looked at in time for a frame", () => {
  const machines = Array.from({ length: 300 }, (_, i) => machine(`m${i}`, 1 + (i % 20) * 2, 1 + Math.floor(i / 20) * 1.5));
  let looked = 0;
  const watched = machines.map((each) => new Proxy(each, { get: (it, key) => (key === "size" && looked++, it[key]) }));
  findingsOf(new Set([150]), watched, [], [60, 40]);
  assert.ok(looked < 5000, `${looked} looks at a footprint`); // counts, for a clock would tell of the machine
});

test("walls, belts, aisles and clear zones are told of, and a wall takes elbow room", () => {
  const drawn = [
    { kind: "wall", name: "n", points: [[1, 3], [3, 3], [3, 5]], width: 0.2 },
    { kind: "conveyor", name: "b", points: [[5, 1], [8, 1]], width: 0.4 },
    { kind: "aisle", name: "main", points: [[0, 6], [10, 6]], width: 1 },
    { kind: "zone", name: "z", purpose: "keep_clear", points: [[8, 3], [10, 3], [10, 5], [8, 5]] },
    { kind: "zone", name: "work", purpose: "work", points: [[0, 0], [10, 0], [10, 8], [0, 8]] },
  ];
  const marks = marksOf(drawn);
  const at = (x, y, more) => findingsOf(new Set([0]), [machine("a", x, y, more)], [], FLOOR, marks);
  const texts = (...place) => at(...place, { attended: false }).map(({ text }) => text);
  assert.deepEqual(texts(2, 3.3), ["a stands 50 mm in wall n"]);
  assert.deepEqual(texts(6, 0.9), ["a stands 350 mm on conveyor b"]);
  assert.deepEqual(texts(5, 5.5), ["a reaches 250 mm into aisle main"]);
  assert.deepEqual(texts(7.8, 4), ["a takes 0.15 m2 of zone z, which is to be kept clear"]);
  assert.deepEqual(texts(7.5, 4), []); // side by side
  const [narrow] = at(2, 3.75); // 0.4 m before its front
  assert.match(narrow.text, /^Who works at a has 40[01] mm/);
});

test("lengths are told as the findings below the page tell them", () => {
  assert.deepEqual([length(0.4204), length(1.5)], ["420 mm", "1.50 m"]);
});

test("what Python's rules find is found here: golden floors", () => {
  const floors = JSON.parse(readFileSync(new URL("../../../../tests/view/golden/floors.json", import.meta.url)));
  for (const { floor, machines, arms, drawn, found } of floors) {
    const all = new Set([...machines, ...arms].keys());
    const rows = findingsOf(all, machines, arms, floor, marksOf(drawn)).map(({ rule, machines: [index], text }) => {
      if (/ (stands|reaches|takes) /.test(text)) return ["drawn", text];
      if (rule === "overlap") return [rule, ...text.split(" overlaps ").sort()];
      return rule === "aisle" ? [rule, machines[index].name, Number(text.match(/(\d+) mm to stand/)[1])] : [rule, text.split(" sticks")[0]];
    });
    const key = (row) => row.slice(0, row[0] === "aisle" ? 2 : 3).join();
    assert.deepEqual(rows.map(key).sort(), found.map(key).sort());
    for (const [rule, name, room] of rows.filter(([rule]) => rule === "aisle")) {
      const [, , theirs] = found.find((row) => row[0] === rule && row[1] === name);
      assert.ok(Math.abs(theirs - room) <= 1, `${name}: ${room} mm here, ${theirs} mm there`);
    }
  }
});
