/**
 * What is wrong with where machines and arms stand, told while they are dragged. The rules and their numbers
 * are those of twin/layout/rules/floor.py; what is asked of physics (a path, a collision) is not
 * asked here.
 */

import { corners, distance, inside, overlaps, penetration, toFloor } from "./floor.js";
import { sharedArea, strip } from "./outlines.js";

const NO_AREA = 1e-6; // m2
const TOUCHING = 1e-3; // m: what overlaps by less stands side by side
export const ELBOW_ROOM = 0.6; // m, free floor that a person wants to stand and turn on
export const WARNINGS = new Set(["aisle", "in-aisle"]); // rules whose findings forbid no forecast

const PLACES = { wall: "in", conveyor: "on" };

/** What is drawn, ready for findingsOf: rectangles of walls, conveyors and aisles; clear zones. */
export function marksOf(drawn) {
  const strips = (...kinds) => drawn.filter(({ kind }) => kinds.includes(kind)).map(({ kind, name, points, width }) => ({
    kind, name, boxes: strip(points, width),
  }));
  return {
    fixtures: strips("wall", "conveyor"),
    aisles: strips("aisle"),
    clear: drawn.filter(({ kind, purpose }) => kind === "zone" && purpose === "keep_clear"),
  };
}

const NO_MARKS = marksOf([]);

/**
 * The findings that have to do with machines and arms that have been moved.
 * moved: Set of indices into machines, behind them into arms; arms: footprints with `name`, `reach`
 * [m], `serves`; marks: see marksOf. `machines` of a finding are those that it is about.
 * Each finding is {rule, machines: [index], text, area?: corners, line?: [from, to]}.
 */
export function findingsOf(moved, machines, arms, floor, marks = NO_MARKS) {
  const found = [];
  const obstacles = [...machines, ...arms];
  for (const index of moved) {
    found.push(...collisions(index, moved, machines, obstacles, floor));
    found.push(...inDrawn(obstacles[index], index < machines.length ? [index] : [], marks));
  }
  const fixtures = marks.fixtures.flatMap(({ boxes }) => boxes);
  for (const index of concerned(moved, machines, obstacles)) {
    const finding = narrow(index, machines, [...obstacles, ...fixtures], floor);
    if (finding) found.push(finding);
  }
  found.push(...outOfReach(moved, machines, arms));
  return found;
}

const called = ({ label, name }) => label || name;

/** Overlaps are told once, off the floor of each machine. */
function* collisions(index, moved, machines, obstacles, floor) {
  const machine = obstacles[index];
  const about = (...indices) => indices.filter((i) => i < machines.length);
  for (let other = 0; other < obstacles.length; other++) {
    if (other === index || (moved.has(other) && other < index)) continue;
    if (far(machine, obstacles[other]) || !overlaps(machine, obstacles[other], TOUCHING)) continue;
    yield {
      rule: "overlap", machines: about(index, other),
      text: `${called(machine)} overlaps ${called(obstacles[other])}`,
    };
  }
  if (!inside(machine, floor, TOUCHING)) {
    yield { rule: "off-floor", machines: about(index), text: `${called(machine)} sticks out over the edge of the floor` };
  }
}

/** What is drawn that a machine or an arm's foot stands in, or reaches into. */
function* inDrawn(machine, machines, { fixtures, aisles, clear }) {
  for (const { kind, name, boxes } of fixtures) {
    const depth = deepest(machine, boxes);
    if (depth > TOUCHING) yield { rule: "overlap", machines, text: `${called(machine)} stands ${length(depth)} ${PLACES[kind]} ${kind} ${name}` };
  }
  for (const { name, boxes } of aisles) {
    const depth = deepest(machine, boxes);
    if (depth > TOUCHING) yield { rule: "in-aisle", machines, area: corners(machine), text: `${called(machine)} reaches ${length(depth)} into aisle ${name}` };
  }
  for (const { name, points } of clear) {
    const inner = { ...machine, size: machine.size.map((x) => Math.max(0, x - 2 * TOUCHING)) };
    if (sharedArea(points, corners(inner)) <= NO_AREA) continue;
    const taken = sharedArea(points, corners(machine)).toFixed(2);
    yield { rule: "keep-clear", machines, text: `${called(machine)} takes ${taken} m2 of zone ${name}, which is to be kept clear` };
  }
}

/** How deep a footprint is in the deepest of some others. */
function deepest(machine, boxes) {
  let most = -Infinity;
  for (const box of boxes) if (!far(machine, box)) most = Math.max(most, penetration(machine, box, TOUCHING));
  return most;
}

const radius = ({ size }) => Math.hypot(size[0], size[1]) / 2;

/** Whether two footprints are too far apart for one to matter to what is `beside` the other. */
function far(a, b, beside = 0) {
  return distance(a.at, b.at) > radius(a) + radius(b) + beside;
}

/** The machines whose standing room a move may have changed: the moved, and those they come near. */
function concerned(moved, machines, obstacles) {
  const list = [...moved];
  const near = (index) => moved.has(index) || list.some((i) => !far(obstacles[i], machines[index], 2 * ELBOW_ROOM));
  return [...machines.keys()].filter((i) => machines[i].attended && machines[i].operator && near(i));
}

/** Who works at a machine has room to stand in, or a finding. */
function narrow(index, machines, obstacles, floor) {
  const machine = machines[index];
  const near = obstacles.filter((other, i) => i !== index && !far(machine, other, 2 * ELBOW_ROOM));
  const out = outwards(machine.operator);
  const room = freeBefore(machine, out, near, floor);
  if (room >= ELBOW_ROOM - TOUCHING) return null;
  return {
    rule: "aisle", machines: [index], area: corners(standingRoom(machine, out, ELBOW_ROOM)),
    text: `Who works at ${called(machine)} has ${length(room)} to stand in; leave ${ELBOW_ROOM} m`,
  };
}

/** The side of a footprint that a point before its middle is on, as a direction. */
function outwards([x, y]) {
  return Math.abs(x) > Math.abs(y) ? [Math.sign(x), 0] : [0, Math.sign(y)];
}

/** How deep [m], up to ELBOW_ROOM, the floor before a side is free, by halving. */
export function freeBefore(machine, out, others, floor) {
  const free = (depth) => {
    const wanted = standingRoom(machine, out, depth);
    return inside(wanted, floor, TOUCHING) && !others.some((other) => overlaps(wanted, other, TOUCHING));
  };
  if (free(ELBOW_ROOM)) return ELBOW_ROOM;
  let [low, high] = [0, ELBOW_ROOM];
  while (high - low > TOUCHING / 4) {
    const middle = (low + high) / 2;
    if (free(middle)) low = middle;
    else high = middle;
  }
  return low;
}

/** The floor before the middle of a side: as wide as a person wants, at most as the side. */
function standingRoom({ at, heading, size }, out, depth) {
  const across = [0, 1].map((axis) => Math.min((1 - Math.abs(out[axis])) * size[axis], ELBOW_ROOM));
  const centre = [0, 1].map((axis) => (out[axis] * (size[axis] + depth)) / 2);
  return {
    at: toFloor(at, heading, centre), heading,
    size: [0, 1].map((axis) => Math.abs(out[axis]) * depth + across[axis]),
  };
}

/** The floor (four corners each) that a machine wants free for its service. */
export function serviceAreas(machine) {
  const directions = { front: [0, -1], back: [0, 1], left: [-1, 0], right: [1, 0] };
  return Object.entries(machine.service ?? {}).map(([side, depth]) => {
    const out = directions[side];
    const { size } = machine;
    return corners({
      at: toFloor(machine.at, machine.heading, [0, 1].map((axis) => (out[axis] * (size[axis] + depth)) / 2)),
      heading: machine.heading,
      size: [0, 1].map((axis) => Math.abs(out[axis]) * depth + (1 - Math.abs(out[axis])) * size[axis]),
    });
  });
}

/** Ports that the routes want an arm to serve, and that are farther from its axis than it reaches. */
function* outOfReach(moved, machines, arms) {
  const all = new Map(machines.map(({ name }, index) => [name, index]));
  for (const [k, arm] of arms.entries()) {
    const told = new Set();
    const own = moved.has(machines.length + k); // then all that it serves may be out of its reach
    for (const served of arm.serves ?? []) {
      const dot = served.lastIndexOf(".");
      const index = all.get(served.slice(0, dot));
      const port = machines[index]?.ports?.[served.slice(dot + 1)];
      if (!port || told.has(index) || !(own || moved.has(index))) continue;
      const point = toFloor(machines[index].at, machines[index].heading, port);
      const away = distance(point, arm.at);
      if (away <= arm.reach + TOUCHING) continue;
      told.add(index);
      yield {
        rule: "reach", machines: [index], line: [arm.at, point],
        text: `${called(machines[index])} is ${length(away)} from ${called(arm)}, which reaches ${length(arm.reach)}`,
      };
    }
  }
}

/** Metres in words. */
export function length(metres) {
  return metres < 1 ? `${Math.round(metres * 1000)} mm` : `${metres.toFixed(2)} m`;
}
