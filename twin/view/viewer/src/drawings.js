/** Walls, conveyors, aisles and zones as bodies and paint: three meshes, however many there are. */

import {
  BufferAttribute,
  BufferGeometry,
  Color,
  DoubleSide,
  Group,
  Mesh,
  MeshStandardMaterial,
  ShapeUtils,
  Vector2,
} from "three";
import { distance } from "./floor.js";
import { beside } from "./outlines.js";
import { vertexMaterial } from "./solids.js";

const CUT = 0.9; // m: walls are cut off here, in a workshop, so that the floor behind is seen
const EDGE = 0.06; // m, the painted line along an aisle or around a zone, in a workshop
const LEGS = 1.2; // m between two pairs of legs, at most
const ARROWS = 0.8; // m between two marks of a belt's direction
const RAIL = 0.03;
const BELT = { rail: "#aab2bb", belt: "#353b42", leg: "#68717b", arrow: "#98a1ab" };

/** Triangles with hard edges, colours and surfaces, as vertexMaterial draws them. */
class Bodies {
  constructor() {
    this.arrays = { position: [], normal: [], color: [], surface: [] };
  }

  /** A flat face: corners in order round it, seen from outside counter-clockwise. */
  face(corners, colour, [rough, metal] = [0.6, 0.05]) {
    const [a, b, c] = corners;
    const [u, v] = [b.map((x, i) => x - a[i]), c.map((x, i) => x - a[i])];
    const normal = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    const length = Math.hypot(...normal) || 1;
    for (let i = 1; i + 1 < corners.length; i++) {
      for (const corner of [a, corners[i], corners[i + 1]]) {
        this.arrays.position.push(...corner);
        this.arrays.normal.push(...normal.map((x) => x / length));
        this.arrays.color.push(...colour);
        this.arrays.surface.push(rough, metal);
      }
    }
  }

  /** A bar along a line: from one height to another, from one distance to its left to another. */
  bar(points, right, left, low, high, side, top = side, surface) {
    const [r, l] = [beside(points, right), beside(points, left)];
    const at = ([x, y], z) => [x, y, z];
    for (let i = 1; i < points.length; i++) {
      const [r0, r1, l0, l1] = [r[i - 1], r[i], l[i - 1], l[i]];
      this.face([at(r0, high), at(r1, high), at(l1, high), at(l0, high)], top, surface);
      this.face([at(r0, low), at(r1, low), at(r1, high), at(r0, high)], side, surface);
      this.face([at(l1, low), at(l0, low), at(l0, high), at(l1, high)], side, surface);
      if (low > 0) this.face([at(l0, low), at(l1, low), at(r1, low), at(r0, low)], side, surface);
    }
    const [n, m] = [points.length - 1, 0];
    this.face([at(l[m], low), at(r[m], low), at(r[m], high), at(l[m], high)], side, surface);
    this.face([at(r[n], low), at(l[n], low), at(l[n], high), at(r[n], high)], side, surface);
  }

  geometry() {
    const geometry = new BufferGeometry();
    for (const [name, values] of Object.entries(this.arrays)) {
      geometry.setAttribute(name, new BufferAttribute(new Float32Array(values), name === "surface" ? 2 : 3));
    }
    return geometry;
  }
}

const linear = (hex) => new Color(hex).toArray();

function walls(list, scale, theme) {
  const bodies = new Bodies();
  const [side, top] = [theme.wall, theme.cut].map(linear);
  for (const { points, width, height } of list) {
    const high = Math.min(height, CUT * scale);
    bodies.bar(points, -width / 2, width / 2, 0, high, side, top, [0.85, 0]);
  }
  return bodies.geometry();
}

function conveyors(list) {
  const bodies = new Bodies();
  const [rail, belt, leg, arrow] = [BELT.rail, BELT.belt, BELT.leg, BELT.arrow].map(linear);
  for (const { points, width, height } of list) {
    const [half, bar] = [width / 2, Math.min(RAIL, width / 8)];
    const thick = Math.min(0.06, height / 6);
    bodies.bar(points, -half + bar, half - bar, height - thick, height, belt, belt, [0.9, 0]);
    for (const side of [-1, 1]) {
      const [a, b] = side < 0 ? [-half, -half + bar] : [half - bar, half];
      bodies.bar(points, a, b, height - 2.4 * thick, height + 0.3 * thick, rail, rail, [0.4, 0.6]);
    }
    for (const { at, along } of stands(points, LEGS)) {
      const across = [-along[1], along[0]];
      const foot = (by) => [at[0] + across[0] * by, at[1] + across[1] * by];
      const ends = (middle, long) => [-1, 1].map((s) => [middle[0] + along[0] * long * s, middle[1] + along[1] * long * s]);
      for (const side of [-1, 1]) {
        bodies.bar(ends(foot(side * (half - bar)), bar), -bar, bar, 0, height - 2 * thick, leg, leg, [0.5, 0.4]);
      }
      bodies.bar(ends(at, bar / 2), -half + bar, half - bar, height * 0.3, height * 0.3 + bar, leg, leg, [0.5, 0.4]);
    }
    for (const { at, along } of stands(points, ARROWS)) {
      const across = [-along[1], along[0]];
      const wing = Math.min(0.12, half * 0.5);
      const z = height + 0.002;
      const tip = [at[0] + along[0] * wing * 0.7, at[1] + along[1] * wing * 0.7, z];
      const back = (s) => [at[0] - along[0] * wing * 0.4 + across[0] * wing * s, at[1] - along[1] * wing * 0.4 + across[1] * wing * s, z];
      bodies.face([tip, back(1), back(-1)], arrow, [0.9, 0]);
    }
  }
  return bodies.geometry();
}

/** Places along a line, some way off its corners and no farther apart than `most`. */
function stands(points, most) {
  return points.slice(1).flatMap((b, i) => {
    const a = points[i];
    const length = distance(a, b);
    const count = Math.max(1, Math.ceil(length / most));
    const along = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
    return Array.from({ length: count }, (_, k) => {
      const way = ((k + 0.5) / count) * length;
      return { at: [a[0] + along[0] * way, a[1] + along[1] * way], along };
    });
  });
}

/** Paint: aisles as bands between two lines, zones as areas with a line around. */
function paint(list, theme, scale) {
  const [high, wide] = [0.004 * scale, EDGE * scale];
  const arrays = { position: [], normal: [], color: [], hatch: [] };
  const triangle = (corners, [r, g, b], alpha, hatched) => {
    const turned = (corners[1][0] - corners[0][0]) * (corners[2][1] - corners[0][1])
      < (corners[1][1] - corners[0][1]) * (corners[2][0] - corners[0][0]);
    for (const [x, y] of turned ? corners.toReversed() : corners) {
      arrays.position.push(x, y, high);
      arrays.normal.push(0, 0, 1);
      arrays.color.push(r, g, b, alpha);
      arrays.hatch.push(hatched ? 1 / scale : 0);
    }
  };
  const band = (points, right, left, colour, alpha, closed = false) => {
    const [r, l] = [beside(points, right, closed), beside(points, left, closed)];
    for (let i = closed ? 0 : 1; i < points.length; i++) {
      const k = i ? i - 1 : points.length - 1;
      triangle([r[k], r[i], l[i]], colour, alpha);
      triangle([r[k], l[i], l[k]], colour, alpha);
    }
  };
  for (const { kind, points, width, purpose } of list) {
    const colour = linear(theme.paint[kind === "aisle" ? "aisle" : purpose] ?? theme.paint.work);
    if (kind === "aisle") {
      const edge = Math.min(wide, width / 6);
      band(points, -width / 2 + edge, width / 2 - edge, linear(theme.paint.way), theme.paint.fill);
      for (const [a, b] of [[-width / 2, -width / 2 + edge], [width / 2 - edge, width / 2]]) band(points, a, b, colour, 0.9);
      continue;
    }
    const faces = ShapeUtils.triangulateShape(points.map(([x, y]) => new Vector2(x, y)), []);
    const hatched = purpose === "keep_clear";
    for (const face of faces) triangle(face.map((i) => points[i]), colour, hatched ? 0.5 : theme.paint.fill, hatched);
    band(points, -wide / 2, wide / 2, colour, 0.9, true);
  }
  const geometry = new BufferGeometry();
  for (const [name, values] of Object.entries(arrays)) {
    geometry.setAttribute(name, new BufferAttribute(new Float32Array(values), { color: 4, hatch: 1 }[name] ?? 3));
  }
  return geometry;
}

/** Flat, lit as the floor, with its opacity in each vertex; hatched, so finely, where one says so. */
function paintMaterial() {
  const material = new MeshStandardMaterial({
    vertexColors: true, transparent: true, depthWrite: false, roughness: 0.95, side: DoubleSide,
    polygonOffset: true, polygonOffsetFactor: -2, polygonOffsetUnits: -2,
  });
  material.onBeforeCompile = (shader) => {
    shader.vertexShader = shader.vertexShader
      .replace("#include <common>", "#include <common>\nattribute float hatch;\nvarying vec3 vHatch;")
      .replace("#include <begin_vertex>", "#include <begin_vertex>\nvHatch = vec3(position.xy, hatch);");
    shader.fragmentShader = shader.fragmentShader
      .replace("#include <common>", "#include <common>\nvarying vec3 vHatch;")
      .replace("#include <color_fragment>", `#include <color_fragment>
        float across = (vHatch.x + vHatch.y) * 2.5 * vHatch.z;
        float soft = fwidth(across);
        float stripe = smoothstep(0.25 - soft, 0.25 + soft, abs(fract(across) - 0.5));
        if (vHatch.z > 0.0) diffuseColor.a *= 0.25 + 0.75 * stripe;`);
  };
  return material;
}

export class Drawings {
  /** scale: of the room, see roomScale. */
  constructor(scale) {
    this.scale = scale;
    this.list = [];
    this.group = new Group();
    this.walls = new Mesh(new BufferGeometry(), vertexMaterial());
    this.belts = new Mesh(new BufferGeometry(), vertexMaterial());
    this.paint = new Mesh(new BufferGeometry(), paintMaterial());
    for (const mesh of [this.walls, this.belts]) mesh.castShadow = mesh.receiveShadow = true;
    this.paint.receiveShadow = true;
    this.paint.renderOrder = -1;
    for (const mesh of this.meshes) {
      mesh.visible = false;
      this.group.add(mesh);
    }
  }

  get meshes() {
    return [this.walls, this.belts, this.paint];
  }

  /** Show what a scene has as `drawn`. */
  show(list, theme = this.theme) {
    this.list = list;
    this.theme = theme;
    const shown = JSON.stringify([list, theme]);
    if (!theme || shown === this.shown) return; // a machine that was moved changes nothing of it
    this.shown = shown;
    const of = (...kinds) => list.filter(({ kind }) => kinds.includes(kind));
    this.#put(this.walls, of("wall"), (some) => walls(some, this.scale, theme));
    this.#put(this.belts, of("conveyor"), conveyors);
    this.#put(this.paint, [...of("zone"), ...of("aisle")], (some) => paint(some, theme, this.scale));
  }

  #put(mesh, list, make) {
    mesh.geometry.dispose();
    mesh.visible = list.length > 0;
    mesh.geometry = mesh.visible ? make(list) : new BufferGeometry();
  }

  dispose() {
    for (const mesh of this.meshes) {
      mesh.geometry.dispose();
      mesh.material.dispose();
    }
  }
}

/** The height up to which a thing is drawn [m]. */
export function heightOf({ kind, height }, scale) {
  if (kind === "wall") return Math.min(height, CUT * scale);
  return kind === "conveyor" ? height : 0;
}

