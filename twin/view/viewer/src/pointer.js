/** The pointer on the floor: what is under it, clicks, and gestures that begin with a press. */

import { Matrix4, Plane, Raycaster, Vector2, Vector3 } from "three";

const CLICK = 5; // px that a click may wander
const REACH = 7; // px
const TWICE = 400; // ms between two clicks that are one
const HOVER_EVERY = 60; // ms

/** Things that can be selected. */
const SELECTABLE = new Set(["machine", "arm", "person", "vehicle"]);

export class Pointer {
  /**
   * viewer: {canvas, camera, controls, set} and what it is asked and told, each with a press
   * {point: [x, y] on the floor or null, at(z): the point at a height, reach: what so many metres
   * away is still under the pointer, thing or null, shift, twice: the second click of two, face():
   * that of a machine under it}:
   * begin(press) -> a gesture {to(press), drop(), cancel()} or null, which leaves it to the camera;
   * click(press), hover(press | null).
   */
  constructor(viewer) {
    this.viewer = viewer;
    this.ray = new Raycaster();
    this.placed = new Matrix4();
    this.ground = new Plane(new Vector3(0, 1, 0), 0);
    this.down = null;
    this.gesture = null;
    this.hovered = 0;
    this.waiting = [];
    const { canvas } = viewer;
    this.stop = new AbortController();
    const listen = (name, call) => canvas.addEventListener(name, call, { signal: this.stop.signal });
    // Capture: a gesture must begin before the orbit controls see the pointer.
    canvas.parentElement.addEventListener("pointerdown", (e) => this.#onDown(e), {
      capture: true,
      signal: this.stop.signal,
    });
    listen("pointermove", (e) => this.#onMove(e));
    listen("pointerup", (e) => this.#onUp(e));
    listen("pointercancel", () => this.cancel());
    listen("pointerleave", () => {
      clearTimeout(this.trailing);
      viewer.hover(null);
    });
  }

  #aim({ clientX, clientY }) {
    // Asking for it makes the browser lay the page out, for which a drag has no time.
    const box = this.gesture ? this.box : this.viewer.canvas.getBoundingClientRect();
    const at = new Vector2(
      ((clientX - box.left) / box.width) * 2 - 1,
      1 - ((clientY - box.top) / box.height) * 2,
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

  /** The face of a machine under the pointer: {name, point [m], normal}, z up; null without one. */
  face(event) {
    this.#aim(event);
    const { mesh, things } = this.viewer.set.solids;
    for (const { batchId, point, face } of this.ray.intersectObject(mesh, false)) {
      const thing = things[batchId];
      if (thing && thing.kind !== "machine") continue;
      if (!thing || !face) return null;
      mesh.getMatrixAt(batchId, this.placed);
      const normal = face.normal.clone().transformDirection(this.placed);
      return { name: thing.name, point: [point.x, -point.z, point.y], normal: normal.toArray() };
    }
    return null;
  }

  /** The point [m] of the floor under {clientX, clientY}, or at a height; null above the horizon. */
  floorPoint(event, z = 0) {
    this.#aim(event);
    this.ground.constant = -z;
    const hit = this.ray.ray.intersectPlane(this.ground, new Vector3());
    return hit && [hit.x, -hit.z];
  }

  #press(event) {
    const point = this.floorPoint(event);
    const { clientX, clientY, shiftKey: shift } = event;
    const beside = point && this.floorPoint({ clientX: clientX + REACH, clientY });
    const reach = beside ? Math.hypot(beside[0] - point[0], beside[1] - point[1]) : 0;
    const at = (z) => this.floorPoint(event, z);
    return { point, at, reach, thing: this.pick(event), shift, face: () => this.face(event) };
  }

  #onDown(event) {
    if (event.target !== this.viewer.canvas || event.button !== 0 || !this.viewer.set) return;
    this.cancel(); // a second finger is no second gesture
    this.down = { x: event.clientX, y: event.clientY };
    this.moved = false;
    this.box = this.viewer.canvas.getBoundingClientRect();
    this.gesture = this.viewer.begin(this.#press(event));
    if (!this.gesture) return;
    this.viewer.controls.enabled = false;
    this.viewer.canvas.setPointerCapture(event.pointerId);
  }

  #wandered(event) {
    return Math.hypot(event.clientX - this.down.x, event.clientY - this.down.y) > CLICK;
  }

  #onMove(event) {
    if (!this.viewer.set) return;
    if (this.gesture) {
      this.moved ||= this.#wandered(event);
      const point = this.moved && this.floorPoint(event);
      if (point) this.gesture.to({ point, shift: event.shiftKey, at: (z) => this.floorPoint(event, z) });
      return;
    }
    clearTimeout(this.trailing);
    if (event.buttons) return;
    const wait = HOVER_EVERY - (performance.now() - this.hovered);
    if (wait <= 0) return this.#hover(event);
    this.trailing = setTimeout(() => this.#hover(event), wait); // where it comes to rest counts
  }

  #onUp(event) {
    const { gesture, moved, down } = this;
    if (gesture) this.#release();
    if (gesture && moved) gesture.drop();
    else {
      gesture?.cancel();
      if (down && !this.#wandered(event)) this.#click(event);
    }
    this.down = null;
  }

  #click(event) {
    const { clientX: x, clientY: y, timeStamp: now } = event; // of the hand, however late it is drawn
    const last = this.clicked;
    const twice = Boolean(last) && now - last.now < TWICE && Math.hypot(x - last.x, y - last.y) < CLICK;
    this.clicked = twice ? null : { x, y, now };
    this.viewer.click({ ...this.#press(event), twice });
  }

  #hover(event) {
    if (!this.viewer.set || this.gesture) return;
    this.hovered = performance.now();
    this.viewer.hover(this.#press(event));
  }

  #release() {
    this.gesture = null;
    this.viewer.controls.enabled = true;
    for (const go of this.waiting.splice(0)) go();
  }

  /** Give up the gesture; true if there was one. */
  cancel() {
    const { gesture } = this;
    if (!gesture) return false;
    this.#release();
    this.down = null;
    gesture.cancel();
    return true;
  }

  /** Until no gesture is under way: what it has hold of must not be replaced under it. */
  async free() {
    while (this.gesture) await new Promise((go) => this.waiting.push(go));
  }

  dispose() {
    clearTimeout(this.trailing);
    this.gesture = null;
    for (const go of this.waiting.splice(0)) go();
    this.stop.abort();
  }
}
