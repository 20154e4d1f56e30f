/** What a whole timeline has left on the floor: ribbons of material, a heat map of traffic. */

import {
  BufferAttribute,
  BufferGeometry,
  DataTexture,
  DoubleSide,
  LinearFilter,
  Mesh,
  MeshBasicMaterial,
  PlaneGeometry,
  RGBAFormat,
  SRGBColorSpace,
  UnsignedByteType,
} from "three";
import { iconButton, make } from "./dom.js";
import { materialFlows, ribbon, traffic } from "./flows.js";
import { cividis } from "./words.js";

const WIDEST = 0.45; // m in a workshop, of the thickest ribbon
const THINNEST = 0.04;
const HEIGHT = 0.02;
const LOUDEST = 0.78; // opacity of the busiest cell

/** Ribbons as wide as what they carry, one mesh: {mesh, most}; null where nothing goes anywhere. */
export function flowMesh(timeline, places) {
  const flows = materialFlows(timeline, places);
  if (!flows.length) return null;
  const most = flows[0].count;
  const positions = [];
  for (const { line, count } of flows.toReversed()) {
    const wide = places.scale * Math.max(THINNEST, (WIDEST * count) / most);
    for (const [x, y] of ribbon(line.points, wide)) positions.push(x, y, HEIGHT * places.scale);
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(positions), 3));
  const material = new MeshBasicMaterial({
    color: "#2f7fc4", transparent: true, opacity: 0.55, side: DoubleSide, depthWrite: false,
  });
  return { mesh: ordered(new Mesh(geometry, material)), most };
}

/** How often each spot of the floor was passed, one mesh: {mesh, most}; null where nobody walks. */
export function trafficMesh(timeline, places, floorSize, walks) {
  const { columns, rows, size, counts, most } = traffic(timeline, places, floorSize, walks);
  if (!most) return null;
  const pixels = new Uint8Array(4 * columns * rows);
  counts.forEach((count, cell) => {
    const share = Math.sqrt(count / most); // few passages are to be seen, too
    const colour = cividis(share).map((part) => Math.round(255 * part));
    pixels.set([...colour, count ? Math.round(255 * LOUDEST * (0.35 + 0.65 * share)) : 0], 4 * cell);
  });
  const texture = new DataTexture(pixels, columns, rows, RGBAFormat, UnsignedByteType);
  texture.colorSpace = SRGBColorSpace;
  texture.magFilter = texture.minFilter = LinearFilter;
  texture.needsUpdate = true;
  const [width, depth] = [columns * size, rows * size];
  const plane = new PlaneGeometry(width, depth).translate(width / 2, depth / 2, HEIGHT * places.scale);
  const material = new MeshBasicMaterial({ map: texture, transparent: true, depthWrite: false });
  return { mesh: ordered(new Mesh(plane, material)), most };
}

function ordered(mesh) {
  mesh.renderOrder = 1; // over the floor, below what stands on it
  return mesh;
}

export function disposeOverlay(mesh) {
  mesh.removeFromParent();
  mesh.geometry.dispose();
  mesh.material.map?.dispose();
  mesh.material.dispose();
}

const KINDS = {
  flow: { label: "Flow of material", key: "O", icon: "M0.8 3H6 M4.4 1.2 6.4 3 4.4 4.8 M9.2 7H4 M5.6 5.2 3.6 7 5.6 8.8" },
  traffic: { label: "Traffic of people and vehicles", key: "P", icon: "M1 9C3 9 3 5 5 5S7 1 9 1 M3.6 5H3.7 M6.6 5H6.7" },
};

/** The overlays of a viewer: which are on, their buttons, and a note of what their widest means. */
export class Overlays {
  /** ask(): {timeline, stage, layout, content}, content the group that lies z-up; drawn(): redraw. */
  constructor(ask, drawn) {
    this.ask = ask;
    this.drawn = drawn;
    this.on = new Set();
    this.meshes = new Map();
    this.note = make("div", { class: "overlay-note", role: "status" });
    this.buttons = Object.entries(KINDS).map(([kind, { label, key, icon }]) => {
      const button = iconButton(icon, label, key, () => this.toggle(kind), { stroked: true });
      button.dataset.overlay = kind;
      button.setAttribute("aria-pressed", "false");
      return button;
    });
  }

  toggle(kind) {
    if (!this.on.delete(kind)) this.on.add(kind);
    for (const button of this.buttons) {
      button.setAttribute("aria-pressed", String(this.on.has(button.dataset.overlay)));
    }
    this.bind();
  }

  /** Draw what is on for the timeline and floor as they are now. */
  bind() {
    for (const mesh of this.meshes.values()) disposeOverlay(mesh);
    this.meshes.clear();
    const said = [];
    const { timeline, stage, layout, content } = this.ask();
    if (!content) return; // nothing is open yet
    if (this.on.has("flow")) {
      const made = flowMesh(timeline, stage.places);
      this.#add("flow", made, content);
      said.push(made ? `Flow: the widest is ${counted(made.most, "part")}` : "No part goes from one place to another");
    }
    if (this.on.has("traffic")) {
      const walkers = new Set([...(layout.people ?? []), ...(layout.vehicles ?? [])].map(({ name }) => name));
      const walks = (carrier) => walkers.has(timeline.resources[carrier]);
      const made = trafficMesh(timeline, stage.places, layout.floor.size, walks);
      this.#add("traffic", made, content);
      said.push(made ? `Traffic: the brightest was passed ${counted(made.most, "time")}` : "Nobody is on the way");
    }
    this.note.textContent = said.join(" · ");
    this.drawn();
  }

  #add(kind, made, content) {
    if (!made) return;
    content.add(made.mesh);
    this.meshes.set(kind, made.mesh);
  }

  dispose() {
    for (const mesh of this.meshes.values()) disposeOverlay(mesh);
    this.meshes.clear();
  }
}

function counted(count, one) {
  return `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;
}
