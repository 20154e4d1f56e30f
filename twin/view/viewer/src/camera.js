/** The camera: orbit by pointer, flights to a machine, the whole floor, or the view from above. */

import { PerspectiveCamera, Vector3 } from "three";
import { OrbitControls } from "three/examples/jsm/controls/OrbitControls.js";

const FLIGHT = 250; // ms
const OVERVIEW = new Vector3(0.22, 0.78, 0.82).normalize(); // from the front, a little from the right
const STEEP = new Vector3(0.06, 1, 0.62).normalize(); // the same for a picture that is higher than wide
const ABOVE = new Vector3(0, 1, 0.0005).normalize();

/** A floor point (z up) in the world (y up). */
export function toWorld(x, y, z = 0, out = new Vector3()) {
  return out.set(x, z, -y);
}

export class Camera {
  /** changed(): called whenever the picture must be drawn again. */
  constructor(element, changed) {
    this.camera = new PerspectiveCamera(30, 1, 0.05, 500);
    this.controls = new OrbitControls(this.camera, element);
    this.controls.enableDamping = false;
    this.controls.zoomToCursor = true;
    this.controls.maxPolarAngle = Math.PI / 2 - 0.04;
    this.controls.addEventListener("change", changed);
    this.controls.addEventListener("start", () => this.#release());
    element.addEventListener("wheel", () => this.#release(), { passive: true });
    this.changed = changed;
    this.flight = null;
    this.whole = false; // whether it shows the whole floor, as long as nobody turns it
    this.calm = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)").matches ?? false;
  }

  #release() {
    this.flight = null;
    this.whole = false;
  }

  /** Take the floor [m] and the height of what stands on it. */
  bind([width, depth], height) {
    this.box = [];
    for (const x of [0, width]) {
      for (const y of [0, depth]) for (const z of [0, height]) this.box.push(toWorld(x, y, z));
    }
    const reach = Math.hypot(width, depth);
    this.controls.minDistance = Math.max(0.3, reach / 60);
    this.controls.maxDistance = reach * 4;
    this.camera.near = reach / 400;
    this.camera.far = reach * 12;
    this.camera.updateProjectionMatrix();
  }

  resize(width, height) {
    this.camera.aspect = width / Math.max(1, height);
    this.camera.updateProjectionMatrix();
  }

  /** The distance and target from which points fill the picture, seen along a direction. */
  #fit(points, direction, margin) {
    const probe = this.camera.clone();
    const target = new Vector3();
    for (const point of points) target.addScaledVector(point, 1 / points.length);
    let distance = Math.max(...points.map((point) => point.distanceTo(target))) * 3;
    for (let round = 0; round < 8; round++) {
      probe.position.copy(target).addScaledVector(direction, distance);
      probe.lookAt(target);
      probe.updateMatrixWorld();
      const seen = points.map((point) => point.clone().project(probe));
      const span = (axis) => {
        const values = seen.map((point) => point[axis]);
        return [Math.min(...values), Math.max(...values)];
      };
      const [[left, right], [low, high]] = [span("x"), span("y")];
      const tall = distance * Math.tan((probe.fov * Math.PI) / 360);
      const [aside, up] = [new Vector3(), new Vector3()];
      probe.matrixWorld.extractBasis(aside, up, new Vector3());
      target.addScaledVector(aside, ((left + right) / 2) * tall * probe.aspect);
      target.addScaledVector(up, ((low + high) / 2) * tall);
      distance *= Math.max((right - left) / 2, (high - low) / 2) / margin;
    }
    return { position: target.clone().addScaledVector(direction, distance), target };
  }

  /** Show the whole floor. */
  overview(now = false) {
    this.#go(this.#fit(this.box, this.camera.aspect < 0.95 ? STEEP : OVERVIEW, 0.93), now);
    this.whole = true;
  }

  /** Show the whole floor from above. */
  above() {
    this.#go(this.#fit(this.box, ABOVE, 0.93), false);
  }

  /** Fly to a thing: its centre (world) and its size [m]; the direction of view stays. */
  focus(centre, size) {
    const direction = this.camera.position.clone().sub(this.controls.target).normalize();
    if (direction.y > 0.93) direction.copy(OVERVIEW);
    const reach = Math.max(0.4, size) * 1.5;
    const points = [-1, 1].flatMap((a) => [
      centre.clone().add(new Vector3(a * reach, 0, 0)),
      centre.clone().add(new Vector3(0, a * reach * 0.7, 0)),
      centre.clone().add(new Vector3(0, 0, a * reach)),
    ]);
    this.#go(this.#fit(points, direction, 0.9), false);
  }

  /** Where it stands and what it looks at, or will at the end of its flight. */
  get #aim() {
    return this.flight ?? { position: this.camera.position, target: this.controls.target };
  }

  /** Where it stands and what it looks at: [x, y, z, x, y, z] in the world [m], to the millimetre. */
  get view() {
    const { position, target } = this.#aim;
    return [...position, ...target].map((x) => Math.round(x * 1000) / 1000);
  }

  set view([a, b, c, x, y, z]) {
    this.#go({ position: new Vector3(a, b, c), target: new Vector3(x, y, z) }, true);
  }

  /** The picture has become `wider` times as wide for its height: what was in it stays in it. */
  reframe(wider) {
    if (!this.box || !(wider > 0)) return;
    if (this.whole) return this.overview(true);
    const { position, target } = this.#aim;
    const away = position.clone().sub(target).divideScalar(wider);
    this.#go({ position: target.clone().add(away), target: target.clone() }, true);
  }

  /** Look exactly as another one does; whether that is new. */
  copy({ camera, controls }) {
    const same = camera.position.equals(this.camera.position) && controls.target.equals(this.controls.target);
    this.controls.minDistance = controls.minDistance;
    this.controls.maxDistance = controls.maxDistance;
    if (same) return false;
    this.#release();
    this.camera.position.copy(camera.position);
    this.controls.target.copy(controls.target);
    this.camera.lookAt(controls.target);
    return true;
  }

  #go({ position, target }, now) {
    this.whole = false;
    if (now || this.calm) {
      this.camera.position.copy(position);
      this.controls.target.copy(target);
      this.controls.update();
      this.flight = null;
      this.changed();
      return;
    }
    this.flight = {
      from: this.camera.position.clone(),
      aim: this.controls.target.clone(),
      position,
      target,
      begun: null,
    };
    this.changed();
  }

  /** Advance a flight; true while it lasts. */
  update(now) {
    if (!this.flight) return false;
    const { from, aim, position, target } = this.flight;
    this.flight.begun ??= now;
    const share = Math.min(1, (now - this.flight.begun) / FLIGHT);
    const eased = share * share * (3 - 2 * share);
    this.camera.position.lerpVectors(from, position, eased);
    this.controls.target.lerpVectors(aim, target, eased);
    if (share >= 1) this.flight = null;
    this.controls.update();
    return true;
  }

  dispose() {
    this.controls.dispose();
  }
}
