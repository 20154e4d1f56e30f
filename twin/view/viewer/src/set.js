/** The three.js picture of a stage: builds all objects of a scene and copies the stage into them. */

import {
  Color,
  DynamicDrawUsage,
  Group,
  InstancedBufferAttribute,
  InstancedMesh,
  Scene,
  Vector3,
} from "three";
import { toWorld } from "./camera.js";
import { Guides } from "./guides.js";
import { Drawings, heightOf } from "./drawings.js";
import { longest, middle } from "./outlines.js";
import { floorMesh, pads, rings, roadMesh, wallMesh } from "./ground.js";
import { distance, roomScale } from "./floor.js";
import { upright } from "./kinematics.js";
import { hallLight, keyLight, THEMES } from "./look.js";
import { boxes, mergeNode, shine, Solids, surfaceHeight, trolleyGeometry, vertexMaterial } from "./solids.js";
import { cividis, rgb, STATES } from "./words.js";

const TINT = 0.2;

/** sRGB components 0..1 as a linear [r, g, b]. */
function linear(components) {
  return new Color().setRGB(...components, "srgb").toArray();
}

/** Turn a geometry's colours to greys up to white, so that a product's colour shows as it is. */
function bleach(geometry) {
  const { color } = geometry.attributes;
  let most = 1e-6;
  const grey = (i) => 0.3 * color.getX(i) + 0.55 * color.getY(i) + 0.15 * color.getZ(i);
  for (let i = 0; i < color.count; i++) most = Math.max(most, grey(i));
  for (let i = 0; i < color.count; i++) {
    const level = 0.45 + 0.55 * Math.sqrt(grey(i) / most);
    color.setXYZ(i, level, level, level);
  }
}

/** Geometries by node name out of a loaded GLB. */
export class Models {
  constructor(gltf) {
    this.root = gltf.scene;
    this.root.updateMatrixWorld(true);
    this.merged = new Map();
  }

  /** The merged geometry of a node; a plain box where the file has none of that name. */
  geometry(name, size = [0.5, 0.5, 0.5]) {
    let geometry = this.merged.get(name);
    if (geometry) return geometry;
    const node = this.root.getObjectByName(name);
    geometry = node ? mergeNode(node) : null;
    if (!geometry?.index.count) {
      console.warn(`The scene file has no mesh "${name}"; a box stands for it.`);
      geometry = boxes([[[0, 0, size[2] / 2], size, "#b4bac1", "body"]]);
    }
    this.merged.set(name, geometry);
    return geometry;
  }

  dispose() {
    for (const geometry of this.merged.values()) geometry.dispose();
    this.root.traverse((mesh) => {
      if (!mesh.isMesh) return;
      mesh.geometry.dispose();
      mesh.material.dispose();
    });
  }
}

export class FloorSet {
  /** layout: scene.json; models: Models. */
  constructor(layout, models) {
    this.layout = layout;
    this.scale = roomScale(layout.machines);
    this.models = models;
    this.scene = new Scene();
    this.content = new Group();
    this.content.rotation.x = -Math.PI / 2; // the content is z-up, the world y-up
    this.scene.add(this.content);
    this.light = keyLight(layout.floor.size);
    this.hall = hallLight();
    this.scene.add(this.light, this.light.target, this.hall);
    this.#buildGround();
    this.#buildSolids();
    this.stateColours = Object.fromEntries(
      Object.entries(STATES).map(([name, { colour }]) => [name, linear(rgb(colour))]),
    );
    this.matrix = new Float64Array(16);
    this.rgb = [0, 0, 0];
  }

  #buildGround() {
    const { floor, doors, roads, machines, people } = this.layout;
    this.floor = floorMesh(floor.size);
    this.walls = wallMesh(floor.size, doors ?? [], "#ffffff", Math.min(1, Math.max(...floor.size) / 8));
    this.pads = pads(Math.max(1, machines.length), this.scale);
    this.rings = rings(Math.max(1, machines.length + (people?.length ?? 0)), this.scale);
    this.guides = new Guides(floor.size, this.scale);
    this.drawings = new Drawings(this.scale);
    this.content.add(
      this.floor.mesh, this.walls, this.drawings.group, this.pads.mesh, this.rings.mesh, this.guides.mesh,
    );
    if (roads?.length) {
      const wide = Math.min(0.9, Math.max(0.05, Math.min(...floor.size) / 14));
      this.roads = roadMesh(roads, wide);
      this.content.add(this.roads);
    }
  }

  #assetGeometry(thing) {
    const node = this.layout.assets[thing.asset]?.node ?? `asset_${thing.asset}`;
    return this.models.geometry(node, thing.size);
  }

  #buildSolids() {
    const { machines, arms = [], people = [], vehicles = [] } = this.layout;
    const planned = [];
    machines.forEach((m, index) =>
      planned.push([this.#assetGeometry(m), { kind: "machine", index, name: m.name }]),
    );
    arms.forEach((arm, index) => {
      const nodes = [arm.base_node, ...arm.joints.map((joint) => joint.link_node)];
      nodes.forEach((node, link) =>
        planned.push([
          this.models.geometry(node, [0.1, 0.1, 0.1]),
          { kind: "arm", index, link, name: arm.name },
        ]),
      );
    });
    people.forEach((p, index) =>
      planned.push([this.models.geometry(p.node ?? "person", [0.4, 0.3, 1.75]), { kind: "person", index, name: p.name }]),
    );
    vehicles.forEach((v, index) =>
      planned.push([this.#assetGeometry(v), { kind: "vehicle", index, name: v.name }]),
    );
    const trolley = trolleyGeometry();
    for (let i = 0; i < machines.length * 2; i++) planned.push([trolley, { kind: "trolley", index: i }]);
    this.solids = new Solids([...new Set(planned.map(([geometry]) => geometry))], planned.length);
    this.ids = { machine: [], arm: arms.map(() => []), person: [], vehicle: [], trolley: [] };
    for (const [geometry, thing] of planned) {
      const id = this.solids.add(geometry, thing);
      if (thing.kind === "arm") this.ids.arm[thing.index][thing.link] = id;
      else this.ids[thing.kind][thing.index] = id;
      if (thing.kind === "trolley") this.solids.mesh.setVisibleAt(id, false);
    }
    trolley.dispose();
    this.content.add(this.solids.mesh);
  }

  /** The height of a machine's top at a point of its own frame. */
  surface = (machine, x, y) => {
    const height = surfaceHeight(this.#assetGeometry(this.layout.machines[machine]), x, y);
    return height || this.layout.machines[machine].size[2];
  };

  /** The size of a part [m] (3) as it is drawn. */
  get partSize() {
    const geometry = this.models.geometry(this.layout.part_node ?? "part", [0.16, 0.1, 0.03]);
    geometry.computeBoundingBox();
    return geometry.boundingBox.getSize(new Vector3()).multiplyScalar(this.scale).toArray();
  }

  /** The height of a vehicle's deck [m]. */
  get deck() {
    const [vehicle] = this.layout.vehicles ?? [];
    return vehicle ? surfaceHeight(this.#assetGeometry(vehicle), 0, 0) : 0.25;
  }

  /** Linear colours of the products by name. */
  get productColours() {
    const entries = (this.layout.products ?? []).map(({ name, colour }) => [
      name,
      linear(rgb(colour ?? "#1b7f4d")),
    ]);
    return Object.fromEntries(entries);
  }

  /** Take a stage: parts are drawn straight from its arrays. */
  bind(stage) {
    this.stage = stage;
    this.redraw();
    if (this.parts) {
      this.content.remove(this.parts);
      this.parts.dispose();
    }
    const geometry = this.models.geometry(this.layout.part_node ?? "part", [0.16, 0.1, 0.03]);
    bleach(geometry);
    // The material stays: with its last one, its program would go, and to link it anew takes long.
    this.parts = new InstancedMesh(geometry, this.parts?.material ?? vertexMaterial(), 0);
    this.parts.instanceMatrix = new InstancedBufferAttribute(stage.partMatrices, 16);
    this.parts.instanceMatrix.setUsage(DynamicDrawUsage);
    this.parts.instanceColor = new InstancedBufferAttribute(stage.partColours, 3);
    this.parts.castShadow = true;
    this.parts.frustumCulled = false;
    this.content.add(this.parts);
    this.placeMachines();
  }

  /** What is drawn by points has other corners. */
  redraw() {
    this.drawings.show(this.layout.drawn ?? []);
  }

  /** The point of the floor that stands for a thing that is drawn, and its height there. */
  middleOf({ kind, points, height }) {
    const at = kind === "zone" ? this.#freeOf(points) : longest(points);
    return { at, height: heightOf({ kind, height }, this.scale) };
  }

  /** The middle of a zone; where a machine stands on it, that of its longest free side. */
  #freeOf(points) {
    const sides = points.map((a, i) => [a, points[(i + 1) % points.length]]);
    sides.sort(([a, b], [c, d]) => distance(c, d) - distance(a, b) || a[1] + b[1] - c[1] - d[1]);
    const tried = [middle(points), ...sides.map(([a, b]) => longest([a, b]))];
    const taken = (at) => this.layout.machines.some(({ at: [x, y], size }) => Math.hypot(at[0] - x, at[1] - y) < Math.hypot(size[0], size[1]) / 2);
    return tried.find((at) => !taken(at)) ?? tried[0];
  }

  placeMachines() {
    this.layout.machines.forEach((_, index) => this.placeMachine(index));
  }

  placeMachine(index) {
    const { at, heading, size } = this.layout.machines[index];
    upright(at[0], at[1], 0, heading, 1, this.matrix, 0);
    this.solids.place(this.ids.machine[index], this.matrix);
    this.pads.place(index, at, heading, size);
    this.pads.count = this.layout.machines.length;
  }

  /** Copy what changed in the stage into the GPU's buffers. */
  apply(changes) {
    const { stage, solids, ids } = this;
    if (changes.parts) {
      this.parts.count = stage.partCount;
      this.parts.instanceMatrix.needsUpdate = true;
      this.parts.instanceColor.needsUpdate = true;
    }
    if (changes.trolleys) {
      ids.trolley.forEach((id, i) => {
        solids.mesh.setVisibleAt(id, i < stage.trolleyCount);
        if (i < stage.trolleyCount) solids.place(id, stage.trolleyMatrices, i * 16);
      });
    }
    if (changes.arms) {
      stage.arms.forEach((arm, index) =>
        ids.arm[index].forEach((id, link) => solids.place(id, arm.links, link * 16)),
      );
    }
    if (changes.walkers) {
      stage.people.forEach(({ at }, i) => this.#walker(ids.person[i], at, true));
      stage.vehicles.forEach(({ at }, i) => this.#walker(ids.vehicle[i], at, false));
    }
  }

  /** A person's model looks along -y (its front), a vehicle's along +x. */
  #walker(id, [x, y, heading, walked], person) {
    const bob = person && walked >= 0 ? Math.abs(Math.sin(walked * 4.2)) * 0.03 : 0;
    upright(x, y, bob, person ? heading + Math.PI / 2 : heading, 1, this.matrix, 0);
    this.solids.place(id, this.matrix);
  }

  /**
   * Colour the machines. utilisation: null for states, else (machine) => share or NaN.
   * alarms, selected: Sets of machine indices in conflict, and chosen.
   */
  colour(utilisation, alarms, selected) {
    const theme = this.theme;
    const tint = new Color();
    this.layout.machines.forEach((_, index) => {
      const state = this.stage.machineState[index];
      const name = state < 0 ? null : this.stage.timeline.states[state];
      let colour = name ? this.stateColours[name] : this.neutral;
      if (utilisation) {
        const share = utilisation(index);
        colour = Number.isNaN(share) ? this.neutral : linear(cividis(share, this.rgb));
      }
      const hatched = !utilisation && name && STATES[name].hatched ? 1 : 0;
      const quiet = colour === this.neutral;
      this.pads.colour(index, colour);
      this.pads.mark(
        index, hatched, selected.has(index) ? 1 : 0, alarms.has(index) ? 1 : 0,
        quiet && !alarms.has(index) ? 0.45 : theme.padOpacity,
      );
      const peak = Math.max(...colour, 1e-3);
      tint.setRGB(...colour.map((c) => 1 - TINT + TINT * (c / peak)));
      if (quiet) tint.setRGB(1, 1, 1);
      this.solids.mesh.setColorAt(this.ids.machine[index], tint);
    });
  }

  /** Rings of light: [{at, heading, size}]. */
  showRings(list) {
    list.forEach(({ at, heading = 0, size }, i) => {
      this.rings.place(i, at, heading, size);
      this.rings.colour(i, new Color(this.theme.ring).toArray());
      this.rings.mark(i, 0, 0, 0, 1);
    });
    this.rings.count = list.length;
  }

  applyTheme(name) {
    this.theme = THEMES[name];
    const { floor, line, wall, road, rim, neutral, hall, key } = this.theme;
    this.floor.mesh.material.color.set(floor);
    this.floor.uniforms.uLine.value.set(line);
    this.walls.material.color.set(wall);
    this.drawings.show(this.drawings.list, this.theme);
    this.roads?.material.color.set(road);
    this.pads.uniforms.uRim.value.set(rim);
    this.neutral = new Color(neutral).toArray();
    this.hall.intensity = hall;
    shine.value = this.theme.shine;
    this.light.intensity = key;
  }

  set grid(on) {
    this.floor.uniforms.uGrid.value = on ? 1 : 0;
  }

  /** The centre (world) and the reach [m] of a thing by kind and index. */
  extent(kind, index) {
    if (kind === "machine") {
      const { at, size } = this.layout.machines[index];
      return { centre: toWorld(at[0], at[1], size[2] / 2), reach: Math.max(...size) };
    }
    if (kind === "arm") {
      const { base: { position }, reach = 1 } = this.layout.arms[index];
      return { centre: toWorld(position[0], position[1], position[2] + 0.2), reach };
    }
    const drawn = this.layout.drawn?.[index];
    if (drawn && kind === drawn.kind) {
      const { at, height } = this.middleOf(drawn);
      return { centre: toWorld(at[0], at[1], height / 2), reach: Math.max(1, ...drawn.points.map((p) => distance(p, at))) };
    }
    const track = kind === "person" ? this.stage.people[index] : this.stage.vehicles[index];
    const tall = kind === "person" ? 1.75 : this.deck + 0.1;
    return { centre: toWorld(track.at[0], track.at[1], tall / 2), reach: tall };
  }

  /** The height of the tallest thing [m]. */
  get height() {
    return Math.max(0.2, ...this.layout.machines.map(({ size }) => size[2]));
  }

  dispose() {
    for (const thing of [this.pads, this.rings, this.guides, this.solids, this.drawings]) thing.dispose();
    for (const mesh of [this.floor.mesh, this.walls, this.roads]) {
      mesh?.geometry.dispose();
      mesh?.material.dispose();
    }
    this.parts?.material.dispose();
    this.parts?.dispose();
    this.light.dispose();
    this.models.dispose();
    this.scene.clear();
  }
}
