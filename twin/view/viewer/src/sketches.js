/**
 * Lines and points in the room, by layers that are switched on and off: the way of a tool, targets,
 * what an arm reaches or sweeps. All is given in the floor's metres, z up.
 */

import {
  BoxGeometry, BufferAttribute, BufferGeometry, CatmullRomCurve3, Color, Float32BufferAttribute, Group, InstancedMesh,
  Matrix4, Mesh, MeshBasicMaterial, MeshLambertMaterial, SphereGeometry, TubeGeometry, Vector3,
} from "three";

const SIDES = 6; // of a line's tube

/** Without points that stand where the one before does, through which no curve can be laid. */
export function apart(points, least = 1e-4) {
  return points.filter((point, i) => i === 0 || Math.hypot(...point.map((x, k) => x - points[i - 1][k])) > least);
}

function tube({ points, colour, radius = 0.004 }) {
  const way = apart(points).map((point) => new Vector3(...point));
  const geometry = way.length < 2
    ? new BufferGeometry().setAttribute("position", new Float32BufferAttribute([], 3))
    : new TubeGeometry(new CatmullRomCurve3(way, false, "centripetal"), Math.min(600, way.length * 2), radius, SIDES);
  return new Mesh(geometry, new MeshBasicMaterial({ color: colour }));
}

function cloud(points, { shape = "ball", opacity = 1 }) {
  const geometry = shape === "box" ? new BoxGeometry(2, 2, 2) : new SphereGeometry(1, 14, 10);
  const material = new MeshBasicMaterial({ transparent: opacity < 1, opacity, depthWrite: opacity === 1 });
  const mesh = new InstancedMesh(geometry, material, points.length);
  const [matrix, tint] = [new Matrix4(), new Color()];
  points.forEach(({ at, radius = 0.02, colour }, i) => {
    mesh.setMatrixAt(i, matrix.makeScale(radius, radius, radius).setPosition(...at));
    mesh.setColorAt(i, tint.set(colour));
  });
  mesh.frustumCulled = false;
  return mesh;
}

/** The bytes of base64, as numbers of a typed array. */
function numbers(text, Kind) {
  return new Kind(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer);
}

/** A closed surface: points as float32, triangles as uint32, both in base64. */
function skin({ points, triangles, colour, opacity }) {
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(numbers(points, Float32Array), 3));
  geometry.setIndex(new BufferAttribute(numbers(triangles, Uint32Array), 1));
  geometry.computeVertexNormals();
  return new Mesh(geometry, new MeshLambertMaterial({ color: colour, transparent: true, opacity, depthWrite: false }));
}

export class Sketches {
  constructor() {
    this.group = new Group();
    this.layers = {};
    this.hidden = new Set();
  }

  /** layers: {name: {lines: [{points, colour, radius}], points: [{at, colour, radius}], shape, opacity,
   * surface: {points, triangles, colour, opacity}}}. */
  show(layers) {
    this.#clear();
    this.layers = layers ?? {};
    for (const [name, layer] of Object.entries(this.layers)) {
      const group = new Group();
      group.name = name;
      group.visible = !this.hidden.has(name);
      for (const line of layer.lines ?? []) group.add(tube(line));
      if (layer.points?.length) group.add(cloud(layer.points, layer));
      if (layer.surface) group.add(skin(layer.surface));
      this.group.add(group);
    }
  }

  /** Show a layer, or hide it. */
  toggle(name, on) {
    if (on) this.hidden.delete(name);
    else this.hidden.add(name);
    for (const group of this.group.children) if (group.name === name) group.visible = on;
  }

  #clear() {
    for (const layer of [...this.group.children]) {
      layer.traverse((mesh) => {
        mesh.geometry?.dispose();
        mesh.material?.dispose();
        if (mesh.isInstancedMesh) mesh.dispose();
      });
      this.group.remove(layer);
    }
  }

  dispose() {
    this.#clear();
  }
}
