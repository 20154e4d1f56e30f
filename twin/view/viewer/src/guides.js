/** Lines and areas drawn over the floor for a moment: guides, findings, service sides, a measure. */

import { BufferAttribute, BufferGeometry, Color, DoubleSide, DynamicDrawUsage, Mesh, MeshBasicMaterial } from "three";

const HEIGHT = 0.02; // above the floor, in a workshop
const FILL = 0.22; // opacity of an area
const FINEST = 700; // the longer side of the floor over the width of a line

/** One draw call; every subject has a layer of its own that it shows and clears. */
export class Guides {
  /** floorSize [m]; scale: of the room, see roomScale. */
  constructor([width, depth], scale) {
    this.wide = Math.max(0.012 * scale, Math.max(width, depth) / FINEST);
    this.height = HEIGHT * scale;
    this.layers = new Map();
    const material = new MeshBasicMaterial({
      vertexColors: true, transparent: true, depthTest: false, depthWrite: false, side: DoubleSide, toneMapped: false,
    });
    this.mesh = new Mesh(new BufferGeometry(), material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = 10;
    this.mesh.visible = false;
    this.#grow(64);
  }

  /** lines: [[from, to], ...]; areas: four corners each, drawn with an outline; colour: CSS hex. */
  show(layer, { lines = [], areas = [], dashed = false }, colour) {
    if (!lines.length && !areas.length) return this.clear(layer);
    this.layers.set(layer, { lines, areas, dashed, colour: new Color(colour).toArray() });
    this.#draw();
  }

  clear(layer) {
    if (this.layers.delete(layer)) this.#draw();
  }

  #draw() {
    this.quads = [];
    for (const { lines, areas, dashed, colour } of this.layers.values()) {
      for (const corners of areas) {
        this.quads.push([corners, colour, FILL]);
        corners.forEach((from, i) => this.#line(from, corners[(i + 1) % corners.length], colour));
      }
      for (const [from, to] of lines) dashed ? this.#dashes(from, to, colour) : this.#line(from, to, colour);
    }
    this.#write();
  }

  #line([x1, y1], [x2, y2], colour) {
    const length = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [nx, ny] = [(-(y2 - y1) / length) * (this.wide / 2), ((x2 - x1) / length) * (this.wide / 2)];
    this.quads.push([[[x1 + nx, y1 + ny], [x1 - nx, y1 - ny], [x2 - nx, y2 - ny], [x2 + nx, y2 + ny]], colour, 1]);
  }

  #dashes(from, to, colour) {
    const count = Math.min(40, Math.max(1, Math.round(Math.hypot(to[0] - from[0], to[1] - from[1]) / (this.wide * 8))));
    const at = (share) => [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
    for (let i = 0; i < count; i++) this.#line(at(i / count), at((i + 0.6) / count), colour);
  }

  #write() {
    if (this.quads.length > this.room) this.#grow(this.quads.length * 2);
    const { position, color } = this.mesh.geometry.attributes;
    this.quads.forEach(([corners, [r, g, b], opacity], quad) => {
      [0, 1, 2, 0, 2, 3].forEach((corner, i) => {
        const [x, y] = corners[corner];
        position.setXYZ(quad * 6 + i, x, y, this.height);
        color.setXYZW(quad * 6 + i, r, g, b, opacity);
      });
    });
    position.needsUpdate = color.needsUpdate = true;
    this.mesh.geometry.setDrawRange(0, this.quads.length * 6);
    this.mesh.visible = this.quads.length > 0;
  }

  #grow(room) {
    this.room = room;
    this.mesh.geometry.dispose();
    this.mesh.geometry = new BufferGeometry();
    for (const [name, size] of [["position", 3], ["color", 4]]) {
      const attribute = new BufferAttribute(new Float32Array(room * 6 * size), size);
      attribute.setUsage(DynamicDrawUsage);
      this.mesh.geometry.setAttribute(name, attribute);
    }
  }

  dispose() {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}
