import assert from "node:assert/strict";
import { test } from "node:test";
import { arrow, counted, edges, faces, shapesOf, signStrokes, VERBS } from "../src/changes.js";

const place = (x, y, heading = 0) => ({ at: [x, y], heading, size: [1, 0.5, 2] });
const mark = (verb, was, now, body = true, text = verb) => ({ verb, text, short: `${text}!`, body, was, now });
const MOVED = mark("moved", [place(1, 1)], [place(4, 5)]);
const ADDED = mark("added", [], [place(2, 2)]);
const REMOVED = mark("removed", [place(3, 3)], []);
const spots = (list) => list.map(({ at, verb }) => [...at, verb]);

test("what moved is framed where it is, a ghost where it was, with the way between", () => {
  const { solids, ghosts, ways } = shapesOf([MOVED], "after");
  assert.deepEqual(spots(solids), [[4, 5, "moved"]]);
  assert.deepEqual(spots(ghosts), [[1, 1, "moved"]]);
  assert.deepEqual(ways, [{ from: [1, 1], to: [4, 5], verb: "moved" }]);
});

test("on the floor compared with it is the other way round, and the way leads to where it is now", () => {
  const { solids, ghosts, ways } = shapesOf([MOVED], "before");
  assert.deepEqual(spots(solids), [[1, 1, "moved"]]);
  assert.deepEqual(spots(ghosts), [[4, 5, "moved"]]);
  assert.deepEqual(ways, [{ from: [1, 1], to: [4, 5], verb: "moved" }]);
});

test("what came is framed on the one floor and a ghost on the other, what went the other way round", () => {
  const after = shapesOf([ADDED, REMOVED], "after");
  assert.deepEqual([spots(after.solids), spots(after.ghosts)], [[[2, 2, "added"]], [[3, 3, "removed"]]]);
  const before = shapesOf([ADDED, REMOVED], "before");
  assert.deepEqual([spots(before.solids), spots(before.ghosts)], [[[3, 3, "removed"]], [[2, 2, "added"]]]);
});

test("who only turned has a ghost and no way", () => {
  const { ghosts, ways } = shapesOf([mark("moved", [place(1, 1)], [place(1, 1, 1)])], "after");
  assert.equal(ghosts.length, 1);
  assert.deepEqual(ways, []);
});

test("a change that is not of the thing itself is told and framed, and makes no ghost", () => {
  const gone = mark("removed", [place(3, 3)], [], false, "station saw removed");
  const { solids, ghosts, labels } = shapesOf([gone, mark("changed", [place(2, 2)], [place(2, 2)], false)], "after");
  assert.deepEqual(spots(solids), [[2, 2, "changed"]]);
  assert.deepEqual(ghosts, []);
  assert.deepEqual(labels.map(({ texts }) => texts), [["station saw removed!"], ["changed!"]]);
});

test("what is told of one place is one label, the thing itself first, and not too long", () => {
  const more = [1, 2, 3, 4].map((k) => mark("changed", [place(1, 1)], [place(4, 5)], false, `c${k}`));
  const { labels, solids } = shapesOf([MOVED, ...more], "after");
  assert.equal(labels.length, 1);
  assert.equal(labels[0].verb, "moved");
  assert.deepEqual(labels[0].texts, ["moved!", "c1!", "c2!", "and 2 more"]);
  assert.deepEqual(spots(solids), [[4, 5, "moved"]]);
});

test("what is on no floor is counted", () => {
  const shapes = shapesOf([MOVED, mark("changed", [], [], false), mark("changed", [], [], false)], "after");
  assert.equal(shapes.elsewhere, 2);
  assert.equal(counted(shapes), "1 moved, 2 changed");
  assert.equal(counted(shapesOf([], "after")), "");
});

test("no two verbs share a sign, a word or a colour", () => {
  for (const key of ["sign", "word", "colour", "dark"]) {
    assert.equal(new Set(Object.values(VERBS).map((verb) => verb[key])).size, 4);
  }
});

test("a box has twelve edges and is open below", () => {
  const box = place(1, 2, Math.PI / 2);
  assert.equal(edges(box).length, 12);
  assert.equal(faces(box).length, 5);
  const xs = edges(box).flat().map(([x]) => x);
  assert.ok(Math.abs(Math.min(...xs) - 0.75) < 1e-12 && Math.abs(Math.max(...xs) - 1.25) < 1e-12); // turned
  assert.ok(faces(box).some((face) => face.every(([, , z]) => z === 2)));
});

test("plus and minus lie in front of a thing; what moved has its arrow instead", () => {
  assert.equal(signStrokes({ ...place(0, 0), verb: "added" }, 1).length, 2);
  const [[from, to]] = signStrokes({ ...place(0, 0), verb: "removed" }, 1);
  assert.ok(from[1] < -0.25 && from[1] === to[1]);
  assert.deepEqual(signStrokes({ ...place(0, 0), verb: "moved" }, 1), []);
});

test("an arrow begins where a thing was and ends where it is", () => {
  const strokes = arrow({ from: [0, 0], to: [3, 4] }, 1);
  assert.deepEqual(strokes[0][0], [0, 0]);
  assert.deepEqual(strokes.slice(-2).map(([, to]) => to), [[3, 4], [3, 4]]);
  for (const stroke of arrow({ from: [1, 1], to: [1.01, 1] }, 1)) for (const [x] of stroke) assert.ok(x >= 1 && x <= 1.01 + 1e-9);
});
