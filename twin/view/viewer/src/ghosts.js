/** The shapes of what has changed (see changes.js) as three.js objects: ghosts, frames and arrows. */

import { BufferAttribute, BufferGeometry, Color, DoubleSide, Group, Mesh, MeshBasicMaterial } from "three";
import { arrow, edges, faces, signStrokes, VERBS } from "./changes.js";
import { corners } from "./floor.js";

const WIDE = 0.05; // m of a stroke on the floor, in a workshop
const EDGE = 0.035; // m of a ghost's edge
const AROUND = 0.16; // m that a frame stands out
const VEIL = 0.16; // opacity of a ghost's sides
const HEIGHT = 0.025; // m of strokes above the floor

/** Triangles with a colour and an opacity at each corner. */
class Triangles {
  constructor() {
    this.position = [];
    this.colour = [];
  }

  quad(points, [r, g, b], opacity) {
    for (const i of [0, 1, 2, 0, 2, 3]) {
      this.position.push(...points[i]);
      this.colour.push(r, g, b, opacity);
    }
  }

  /** A stroke along the floor. */
  stroke([x1, y1], [x2, y2], wide, z, colour) {
    const length = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [nx, ny] = [(-(y2 - y1) / length) * (wide / 2), ((x2 - x1) / length) * (wide / 2)];
    this.quad([[x1 + nx, y1 + ny, z], [x1 - nx, y1 - ny, z], [x2 - nx, y2 - ny, z], [x2 + nx, y2 + ny, z]], colour, 1);
  }

  /** A bar in space: two ribbons that cross, so that it is seen from all sides. */
  bar(a, b, wide, colour) {
    const along = [0, 1, 2].map((i) => b[i] - a[i]);
    const upright = Math.hypot(along[0], along[1]) < 1e-9;
    const length = Math.hypot(...along) || 1;
    const across = upright ? [1, 0, 0] : [-along[1] / length, along[0] / length, 0];
    for (const side of [across, upright ? [0, 1, 0] : [0, 0, 1]]) {
      const by = side.map((x) => (x * wide) / 2);
      const moved = (p, sign) => p.map((x, i) => x + sign * by[i]);
      this.quad([moved(a, 1), moved(a, -1), moved(b, -1), moved(b, 1)], colour, 1);
    }
  }

  mesh(options) {
    const geometry = new BufferGeometry();
    geometry.setAttribute("position", new BufferAttribute(new Float32Array(this.position), 3));
    geometry.setAttribute("color", new BufferAttribute(new Float32Array(this.colour), 4));
    const mesh = new Mesh(geometry, new MeshBasicMaterial({
      vertexColors: true, transparent: true, depthWrite: false, side: DoubleSide, forceSinglePass: true, toneMapped: false, ...options,
    }));
    mesh.frustumCulled = false;
    return mesh;
  }
}

/** Shapes of changes as a group that lies z-up; null where there are none on this floor. */
export function changeGroup({ solids, ghosts, ways }, scale, theme) {
  if (!solids.length && !ghosts.length) return null;
  const linear = Object.fromEntries(Object.entries(VERBS).map(([verb, { colour, dark }]) => [verb, new Color(theme === "dark" ? dark : colour).toArray()]));
  const [flat, tall] = [new Triangles(), new Triangles()];
  const stroke = ([from, to], verb) => flat.stroke(from, to, WIDE * scale, HEIGHT * scale, linear[verb]);
  for (const solid of solids) {
    const wider = solid.size.map((x) => x + 2 * AROUND * scale);
    const frame = corners({ ...solid, size: wider });
    frame.forEach((from, i) => stroke([from, frame[(i + 1) % frame.length]], solid.verb));
  }
  for (const ghost of ghosts) {
    for (const side of faces(ghost)) tall.quad(side, linear[ghost.verb], VEIL);
    for (const [from, to] of edges(ghost)) tall.bar(from, to, EDGE * scale, linear[ghost.verb]);
  }
  for (const thing of [...solids, ...ghosts]) for (const line of signStrokes(thing, scale)) stroke(line, thing.verb);
  for (const way of ways) for (const line of arrow(way, scale)) stroke(line, way.verb);
  const group = new Group();
  const over = flat.mesh({ depthTest: false });
  over.renderOrder = 9;
  group.add(tall.mesh({}), over);
  return group;
}
