/**
 * What may be laid over the floor: ribbons of material and a heat map of traffic, which a whole
 * timeline has left on it, and what has changed since.
 */

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
import { counted as inWords, shapesOf } from "./changes.js";
import { iconButton, make } from "./dom.js";
import { changeGroup } from "./ghosts.js";
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

export function disposeOverlay(drawn) {
  drawn.removeFromParent();
  drawn.traverse(({ geometry, material }) => {
    geometry?.dispose();
    material?.map?.dispose();
    material?.dispose();
  });
}

/** The kinds: what their button says, and what is drawn: {drawn, said, labels}, drawn null if nothing is. */
const KINDS = {
  flow: {
    label: "Flow of material", key: "O",
    icon: "M0.8 3H6 M4.4 1.2 6.4 3 4.4 4.8 M9.2 7H4 M5.6 5.2 3.6 7 5.6 8.8",
    draw({ timeline, stage }) {
      const made = flowMesh(timeline, stage.places);
      return { drawn: made?.mesh, said: made ? `Flow: the widest is ${counted(made.most, "part")}` : "No part goes from one place to another" };
    },
  },
  traffic: {
    label: "Traffic of people and vehicles", key: "P",
    icon: "M1 9C3 9 3 5 5 5S7 1 9 1 M3.6 5H3.7 M6.6 5H6.7",
    draw({ timeline, stage, layout }) {
      const walkers = new Set([...(layout.people ?? []), ...(layout.vehicles ?? [])].map(({ name }) => name));
      const walks = (carrier) => walkers.has(timeline.resources[carrier]);
      const made = trafficMesh(timeline, stage.places, layout.floor.size, walks);
      return { drawn: made?.mesh, said: made ? `Traffic: the brightest was passed ${counted(made.most, "time")}` : "Nobody is on the way" };
    },
  },
  changes: {
    label: "What has changed", key: "D",
    icon: "M1 1H5V5H1Z M6.2 7H9 M7.6 5.6V8.4 M7 2.2H9 M1.6 8H4",
    draw({ changes, side, scale, theme }) {
      const shapes = shapesOf(changes, side);
      const off = shapes.elsewhere ? `, ${shapes.elsewhere} of it not on the floor` : "";
      const words = inWords(shapes);
      return { drawn: changeGroup(shapes, scale, theme), said: words ? `Changed: ${words}${off}` : "Nothing has changed", shapes };
    },
  },
};

/** The overlays of a viewer: which are on, their buttons, and a note of what they say. */
export class Overlays {
  /**
   * ask(): {timeline, stage, layout, content, scale, theme, changes, side}, content the group that lies
   * z-up; drawn(): redraw; labelled(labels): the labels of what has changed, see shapesOf.
   */
  constructor(ask, drawn, labelled) {
    this.ask = ask;
    this.drawn = drawn;
    this.labelled = labelled;
    this.on = new Set();
    this.meshes = new Map();
    this.said = new Map();
    this.note = make("div", { class: "overlay-note", role: "status" });
    this.buttons = Object.entries(KINDS).map(([kind, { label, key, icon }]) => {
      const button = iconButton(icon, label, key, () => this.toggle(kind), { stroked: true });
      button.dataset.overlay = kind;
      button.setAttribute("aria-pressed", "false");
      button.hidden = kind === "changes"; // who shows a shift alone has nothing to compare it with
      return button;
    });
  }

  /** There is something that a kind may show. */
  offer(kind) {
    this.#button(kind).hidden = false;
  }

  #button(kind) {
    return this.buttons.find((button) => button.dataset.overlay === kind);
  }

  /** Lay a kind over the floor, or take it away; without `on` the other way round. */
  toggle(kind, on = !this.on.has(kind)) {
    if (on === this.on.has(kind) || this.#button(kind).hidden) return;
    if (on) this.on.add(kind);
    else this.on.delete(kind);
    for (const button of this.buttons) {
      button.setAttribute("aria-pressed", String(this.on.has(button.dataset.overlay)));
    }
    this.bind([kind]);
    this.toggled?.(kind, on);
  }

  /** Draw what is on for the timeline and floor as they are now; of all kinds, or of some. */
  bind(kinds = Object.keys(KINDS)) {
    const asked = this.ask();
    if (!asked.content) return; // nothing is open yet
    for (const kind of kinds) {
      this.#clear(kind);
      const { drawn = null, said, shapes } = this.on.has(kind) ? KINDS[kind].draw(asked) : {};
      if (kind === "changes") {
        this.shapes = shapes ?? null;
        this.labelled(shapes?.labels ?? []);
      }
      if (said) this.said.set(kind, said);
      if (!drawn) continue;
      asked.content.add(drawn);
      this.meshes.set(kind, drawn);
    }
    this.note.textContent = Object.keys(KINDS).map((kind) => this.said.get(kind)).filter(Boolean).join(" · ");
    this.drawn();
  }

  #clear(kind) {
    if (this.meshes.has(kind)) disposeOverlay(this.meshes.get(kind));
    this.meshes.delete(kind);
    this.said.delete(kind);
  }

  dispose() {
    for (const kind of Object.keys(KINDS)) this.#clear(kind);
  }
}

function counted(count, one) {
  return `${count.toLocaleString("en")} ${one}${count === 1 ? "" : "s"}`;
}
