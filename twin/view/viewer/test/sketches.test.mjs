import assert from "node:assert/strict";
import { test } from "node:test";
import { apart, Sketches } from "../src/sketches.js";

const way = { points: [[0, 0, 1], [0, 0, 1], [1, 0, 1]], colour: "#ff0000" };
const spots = [{ at: [1, 2, 3], colour: "#00ff00", radius: 0.05 }, { at: [2, 2, 3], colour: "#0000ff" }];

test("points on one another are one", () => {
  assert.deepEqual(apart(way.points), [[0, 0, 1], [1, 0, 1]]);
  assert.deepEqual(apart([]), []);
});

test("layers are drawn, hidden and replaced", () => {
  const sketches = new Sketches();
  sketches.show({ way: { lines: [way] }, targets: { points: spots } });
  assert.deepEqual(sketches.group.children.map(({ name, visible }) => [name, visible]), [["way", true], ["targets", true]]);
  assert.equal(sketches.group.children[1].children[0].count, 2);
  sketches.toggle("way", false);
  sketches.show({ way: { lines: [way, { points: [[0, 0, 0]], colour: "#fff" }] } });
  assert.deepEqual(sketches.group.children.map(({ name, visible }) => [name, visible]), [["way", false]]);
  sketches.toggle("way", true);
  assert.equal(sketches.group.children[0].visible, true);
  sketches.show(null);
  assert.equal(sketches.group.children.length, 0);
});

test("a surface comes as bytes", () => {
  const text = (array) => btoa(String.fromCharCode(...new Uint8Array(array.buffer)));
  const points = text(new Float32Array([0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1]));
  const triangles = text(new Uint32Array([0, 2, 1, 0, 1, 3, 0, 3, 2, 1, 2, 3]));
  const sketches = new Sketches();
  sketches.show({ swept: { surface: { points, triangles, colour: "#2f7fc4", opacity: 0.3 } } });
  const { geometry, material } = sketches.group.children[0].children[0];
  assert.deepEqual([...geometry.attributes.position.array.slice(3, 6)], [1, 0, 0]);
  assert.deepEqual([...geometry.index.array.slice(0, 3)], [0, 2, 1]);
  assert.ok(material.transparent && !material.depthWrite);
  sketches.dispose();
});
