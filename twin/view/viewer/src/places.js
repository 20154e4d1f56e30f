/** Where the names of a timeline are on the floor of a scene. Metres, z up. */

import { distance, pointAlong, polyline, roomScale, toFloor } from "./floor.js";

const TROLLEY_TOP = 0.72;
const GAP = 0.015; // between waiting parts
const SHOWN = 12; // waiting parts that are drawn; the others are a number

/** Places by name, at the machines' present positions. */
export class Places {
  /** surface(machine, x, y): height of a machine's top there, in its own frame. */
  constructor(scene, { surface, partSize = [0.16, 0.1, 0.03] } = {}) {
    this.scene = scene;
    this.partSize = partSize;
    this.scale = roomScale(scene.machines);
    this.surface = surface ?? ((machine) => scene.machines[machine].size[2]);
    const indexed = (list) => new Map((list ?? []).map((item, index) => [item.name, index]));
    this.machines = indexed(scene.machines);
    this.arms = indexed(scene.arms);
    this.people = indexed(scene.people);
    this.vehicles = indexed(scene.vehicles);
    this.stations = indexed(scene.stations);
  }

  /**
   * What a name means: {machine, place | port}, {node}, {home}, {vehicle}; null for an unknown one.
   */
  resolve(name) {
    if (this.machines.has(name)) return { machine: this.machines.get(name) };
    if (name in (this.scene.nodes ?? {})) return { node: this.scene.nodes[name] };
    if (name.startsWith("home:") && this.people.has(name.slice(5))) {
      return { home: this.scene.people[this.people.get(name.slice(5))].home };
    }
    const dot = name.lastIndexOf(".");
    const machine = dot > 0 ? this.machines.get(name.slice(0, dot)) : undefined;
    if (machine !== undefined) {
      const rest = name.slice(dot + 1);
      if (rest in (this.scene.machines[machine].ports ?? {})) return { machine, port: rest };
      const place = Number(rest);
      const { places } = this.scene.machines[machine];
      return Number.isInteger(place) && place >= 1 && place <= places
        ? { machine, place: place - 1 }
        : { machine };
    }
    const station = this.stations.get(name);
    const first = station === undefined ? undefined : this.scene.stations[station].machines[0];
    if (this.machines.has(first)) return { machine: this.machines.get(first) };
    if (this.vehicles.has(name)) return { node: this.scene.vehicles[this.vehicles.get(name)].at };
    return null;
  }

  /** Where a person or a vehicle stands for a place: [x, y]. */
  spot(place) {
    if (place.node) return place.node;
    if (place.home) return place.home;
    const { at, heading, size, operator } = this.scene.machines[place.machine];
    return toFloor(at, heading, operator ?? [0, -size[1] / 2 - 0.25 * this.scale]);
  }

  /** The way on the floor between two places, as a polyline. */
  path(origin, target, originName, targetName) {
    const named = (place, name) =>
      place.machine === undefined ? name : this.scene.machines[place.machine].name;
    const [a, b] = [this.spot(origin), this.spot(target)];
    const paths = this.scene.paths ?? {};
    const [from, to] = [named(origin, originName), named(target, targetName)];
    const back = paths[`${to}|${from}`];
    const way = paths[`${from}|${to}`] ?? (back ? back.toReversed() : []);
    const points = [a, ...way, b].filter((p, i, all) => i === 0 || distance(p, all[i - 1]) > 1e-6);
    return polyline(points);
  }

  /** Where parts lie in a machine's place: {x, y, z, heading, scale}. */
  workSpot(machine, place = 0) {
    const { at, heading, size, ports, places } = this.scene.machines[machine];
    const nest = places === 1 ? ports?.nest : undefined;
    const offset = places > 1 ? ((place + 0.5) / places - 0.5) * 0.8 : 0;
    const own = size[0] >= size[1] ? [offset * size[0], 0] : [0, offset * size[1]];
    const [x, y] = toFloor(at, heading, nest ?? own);
    return { x, y, z: nest ? nest[2] : this.surface(machine, own[0], own[1]) + 0.01, heading };
  }

  /** Where parts wait before a machine ("in") or after it ("out"): on a trolley in front of it. */
  waitSpot(machine, side) {
    const { at, heading, size } = this.scene.machines[machine];
    const { scale } = this;
    const sideways = Math.max(0.3 * scale, size[0] / 2 - 0.2 * scale) * (side === "in" ? -1 : 1);
    const [x, y] = toFloor(at, heading, [sideways, -size[1] / 2 - 0.27 * scale]);
    return { x, y, z: TROLLEY_TOP * scale, heading, scale, trolley: true };
  }

  /** The belt that brings parts to a machine's station, ready for a queue; null without one. */
  beltOf(machine) {
    const { station } = this.scene.machines[machine];
    const { conveyor } = this.scene.stations?.[this.stations.get(station)] ?? {};
    const belt = (this.scene.drawn ?? []).find(({ kind, name }) => kind === "conveyor" && name === conveyor);
    if (!belt) return null;
    const line = polyline(belt.points);
    const [x, y] = belt.points.at(-1);
    return { x, y, z: belt.height + 0.005, heading: 0, name: conveyor, belt: { ...belt, line } };
  }

  /**
   * The place of the i-th of the parts on a belt, which entered it some seconds ago: written as x, y,
   * z, heading into out; whether there is room for it.
   */
  onBelt({ z, belt }, i, seconds, out) {
    const end = this.restOn(belt, i);
    if (end < 0) return false;
    pointAlong(belt.line, Math.min(end, Math.max(0, seconds) * belt.speed) / belt.line.length, out);
    [out[2], out[3]] = [z, out[2]];
    return true;
  }

  /** How far along a belt the i-th part in its queue comes to rest [m]; below 0 for none. */
  restOn({ line, spacing, places }, i) {
    if (i >= places) return -1;
    return Math.max(0, line.length - (i + 0.5) * Math.min(spacing, line.length / places));
  }

  /** Where a port is. */
  portSpot(machine, port) {
    const { at, heading, ports } = this.scene.machines[machine];
    const [x, y] = toFloor(at, heading, ports[port]);
    return { x, y, z: ports[port][2], heading };
  }

  /** The place of the i-th of several parts at a spot, written as x, y, z into out; false if not shown. */
  stacked(spot, i, out) {
    if (i >= SHOWN) return false;
    const [px, py, pz] = this.partSize;
    let [columns, rows] = [1, 1];
    if (spot.trolley) {
      columns = Math.max(1, Math.min(3, Math.floor((0.42 * spot.scale) / (px + GAP))));
      rows = Math.max(1, Math.min(2, Math.floor((0.3 * spot.scale) / (py + GAP))));
    }
    const layer = Math.floor(i / (columns * rows));
    const own = i % (columns * rows);
    const shift = [
      ((own % columns) - (columns - 1) / 2) * (px + GAP),
      (Math.floor(own / columns) - (rows - 1) / 2) * (py + GAP),
    ];
    [out[0], out[1]] = toFloor([spot.x, spot.y], spot.heading, shift);
    out[2] = spot.z + layer * (pz + 0.012);
    return true;
  }
}

export { SHOWN };
