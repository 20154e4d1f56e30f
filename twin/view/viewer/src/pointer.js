/** The pointer on the floor: hover, select, and drag a machine in edit mode. */

import { Plane, Raycaster, Vector2, Vector3 } from "three";
import { conflicts, quarterTurn, snap } from "./floor.js";

const CLICK = 5; // px that a click may wander
const HOVER_EVERY = 60; // ms

/** Things that can be selected. */
const SELECTABLE = new Set(["machine", "arm", "person", "vehicle"]);

export class Pointer {
  /**
   * viewer: {canvas, camera, controls, set, editing, machines(), floorSize()} and the callbacks
   * select(thing | null), hover(thing | null), moved(index, done), edited(index, before).
   */
  constructor(viewer) {
    this.viewer = viewer;
    this.ray = new Raycaster();
    this.ground = new Plane(new Vector3(0, 1, 0), 0);
    this.down = null;
    this.drag = null;
    this.hovered = 0;
    const { canvas } = viewer;
    this.stop = new AbortController();
    const listen = (name, call) => canvas.addEventListener(name, call, { signal: this.stop.signal });
    // Capture: a drag of a machine must begin before the orbit controls see the pointer.
    canvas.parentElement.addEventListener("pointerdown", (e) => this.#onDown(e), {
      capture: true,
      signal: this.stop.signal,
    });
    listen("pointermove", (e) => this.#onMove(e));
    listen("pointerup", (e) => this.#onUp(e));
    listen("pointercancel", () => this.cancel());
    listen("pointerleave", () => viewer.hover(null));
  }

  #aim(event) {
    const box = this.viewer.canvas.getBoundingClientRect();
    const at = new Vector2(
      ((event.clientX - box.left) / box.width) * 2 - 1,
      1 - ((event.clientY - box.top) / box.height) * 2,
    );
    this.ray.setFromCamera(at, this.viewer.camera);
  }

  /** The thing under the pointer, or null. */
  pick(event) {
    this.#aim(event);
    const hits = this.ray.intersectObject(this.viewer.set.solids.mesh, false);
    for (const { batchId } of hits) {
      const thing = this.viewer.set.solids.things[batchId];
      if (thing && SELECTABLE.has(thing.kind)) return thing;
    }
    return null;
  }

  #floorPoint(event) {
    this.#aim(event);
    const hit = this.ray.ray.intersectPlane(this.ground, new Vector3());
    return hit && [hit.x, -hit.z];
  }

  #onDown(event) {
    if (event.target !== this.viewer.canvas || event.button !== 0 || !this.viewer.set) return;
    this.down = { x: event.clientX, y: event.clientY };
    if (!this.viewer.editing) return;
    const thing = this.pick(event);
    const point = this.#floorPoint(event);
    if (thing?.kind !== "machine" || !point) return;
    const { at, heading } = this.viewer.machines()[thing.index];
    this.drag = {
      index: thing.index,
      before: { at: [...at], heading },
      grip: [at[0] - point[0], at[1] - point[1]],
      moved: false,
    };
    this.viewer.controls.enabled = false;
    this.viewer.canvas.setPointerCapture(event.pointerId);
  }

  #onMove(event) {
    if (!this.viewer.set) return;
    if (this.drag) return this.#dragTo(event);
    const now = performance.now();
    if (event.buttons || now - this.hovered < HOVER_EVERY) return;
    this.hovered = now;
    this.viewer.hover(this.pick(event));
  }

  #dragTo(event) {
    const far = Math.hypot(event.clientX - this.down.x, event.clientY - this.down.y) > CLICK;
    const point = this.#floorPoint(event);
    if (!point || !(far || this.drag.moved)) return;
    this.drag.moved = true;
    const wanted = point.map((x, axis) => x + this.drag.grip[axis]);
    const machine = this.viewer.machines()[this.drag.index];
    machine.at = event.shiftKey ? wanted.map((x) => snap(x, 0.001)) : wanted.map((x) => snap(x));
    this.viewer.moved(this.drag.index, false);
  }

  #onUp(event) {
    const { down, drag } = this;
    this.down = null;
    if (drag) {
      this.#release();
      if (drag.moved) {
        this.viewer.edited(drag.index, drag.before);
        return;
      }
    }
    if (!down || Math.hypot(event.clientX - down.x, event.clientY - down.y) > CLICK) return;
    this.viewer.select(this.pick(event));
  }

  #release() {
    this.drag = null;
    this.viewer.controls.enabled = true;
  }

  /** Give up a drag: the machine goes back. True if there was one. */
  cancel() {
    if (!this.drag) return false;
    const { index, before } = this.drag;
    Object.assign(this.viewer.machines()[index], before);
    this.#release();
    this.viewer.moved(index, true);
    return true;
  }

  /** Turn the machine that is dragged; true if there is one. */
  turnDragged() {
    if (!this.drag) return false;
    const machine = this.viewer.machines()[this.drag.index];
    machine.heading = quarterTurn(machine.heading);
    this.drag.moved = true;
    this.viewer.moved(this.drag.index, false);
    return true;
  }

  dispose() {
    this.stop.abort();
  }
}

/** The indices of machines that overlap the given one or, if it leaves the floor, its own. */
export function alarmsOf(index, machines, floorSize) {
  const wrong = conflicts(
    machines[index],
    machines.filter((_, i) => i !== index),
    floorSize,
  );
  if (!wrong.length) return new Set();
  return new Set([index, ...machines.keys().filter((i) => wrong.includes(machines[i].name))]);
}
