/**
 * What a press on the floor begins in edit mode: things that are dragged, a box that is drawn, a
 * line that is moved or gets another corner.
 */

import { ALIGN, bounds, fitted, snap, turned, within } from "./floor.js";
import { kindOf } from "./standing.js";

const subtract = (a, b) => a.map((x, axis) => x - b[axis]);

/** Things that follow the pointer together. */
export class Moving {
  /** indices: of the machines; held: the index of the one under the pointer; point: where it is. */
  constructor(editor, indices, held, point) {
    this.editor = editor;
    this.indices = indices;
    this.before = editor.placesOf(indices); // what giving up brings back
    this.held = indices.indexOf(held);
    // What the pointer's way is added to; a turn changes them.
    this.starts = this.before.map((place, i) => (i === this.held ? { ...place, at: editor.takenAt(held, point) } : place));
    this.point = point;
    this.at = point;
    const moved = new Set(indices);
    // Bodies align with bodies; a place on the floor has no edges to align.
    const body = (thing) => ["machine", "arm"].includes(kindOf(thing));
    this.others = body(editor.things[held])
      ? editor.things.filter((thing, i) => !moved.has(i) && kindOf(thing) === "machine").map((machine) => bounds([machine])) : [];
  }

  to({ point, shift }) {
    this.at = point;
    const { indices, starts, held, others } = this;
    const delta = subtract(point, this.point);
    const way = fitted(starts, starts[held], delta, others, shift);
    const places = starts.map(({ at, heading }) => ({
      at: at.map((x, axis) => Number((x + way.shift[axis]).toFixed(4))),
      heading,
    }));
    this.editor.put(indices, places, way.guides);
  }

  /** A turn by `angle` on the way. */
  turn(angle) {
    const sizes = this.indices.map((index) => this.editor.things[index].size);
    this.starts = turned(this.starts, angle).map((place, i) => ({ ...place, size: sizes[i] }));
    this.to({ point: this.at, shift: false });
    return true;
  }

  drop() {
    this.editor.done(this.indices, this.before);
  }

  cancel() {
    this.editor.put(this.indices, this.before);
    this.editor.settle();
  }
}

/** A wall, conveyor, aisle or zone that follows the pointer: one corner of it, or all of it. */
export class Reshaping {
  /** line: of the scene's `drawn`; corner: an index, null for all of it. */
  constructor(editor, line, corner, point) {
    this.editor = editor;
    this.line = line;
    this.corner = corner;
    this.point = point;
    this.before = line.points;
  }

  to({ point, shift }) {
    const { before, corner } = this;
    if (corner === null) {
      const by = [0, 1].map((axis) => {
        const moved = before[0][axis] + point[axis] - this.point[axis];
        return snap(moved, shift ? 0.001 : undefined) - before[0][axis];
      });
      return this.#show(before.map((at) => at.map((x, axis) => snap(x + by[axis], 0.0001))));
    }
    const at = shift ? point.map((x) => snap(x, 0.001)) : this.#beside(point);
    this.#show(before.map((old, i) => (i === corner ? at : old)));
  }

  /** On the grid, and in line with the corners next to it where it is near to that. */
  #beside(point) {
    const { before, corner, line } = this;
    const count = before.length;
    const around = line.kind === "zone"
      ? [before[(corner + count - 1) % count], before[(corner + 1) % count]]
      : [before[corner - 1], before[corner + 1]].filter(Boolean);
    return point.map((x, axis) => around.map((other) => other[axis]).find((y) => Math.abs(x - y) <= ALIGN) ?? snap(x));
  }

  #show(points) {
    this.editor.reshape(this.line, points, this.corner);
  }

  turn() {
    return false;
  }

  drop() {
    this.editor.reshaped(this.line, this.before);
  }

  cancel() {
    this.editor.reshape(this.line, this.before, null);
    this.editor.settle();
  }
}

/** A rectangle on the floor that selects what it holds, beside what is selected already. */
export class Boxing {
  constructor(editor, point) {
    this.editor = editor;
    this.from = point;
    this.to({ point });
  }

  to({ point }) {
    this.point = point;
    const { from, editor } = this;
    editor.showBox([from, [point[0], from[1]], point, [from[0], point[1]]]);
  }

  turn() {
    return false;
  }

  drop() {
    const { editor } = this;
    editor.showBox(null);
    const found = within(editor.things, this.from, this.point).map((index) => editor.things[index].name);
    editor.choose([...editor.chosen, ...found]);
  }

  cancel() {
    this.editor.showBox(null);
  }
}
