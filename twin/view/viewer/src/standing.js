/**
 * What stands on the floor and can be taken in hand: machines, arms, the places where crews wait, and
 * those where vehicles start. Machines come first, then arms: the order of findings.js.
 */

import { distance } from "./floor.js";

const AWAY = 0.75; // m: who is farther from home than this is taken home by the pointer
const NEAR = 0.45; // m: a press on the floor this near to a home or a start takes hold of it

/** The things of a scene, each {kind, index, name, label, at, heading, size}; machines are the scene's own. */
export function standing(layout) {
  const { machines = [], arms = [], homes = [], vehicles = [] } = layout ?? {};
  return [
    ...machines,
    ...arms.map((arm, index) => ({ arm, index })).filter(({ arm }) => arm.size).map(({ arm, index }) => ({
      kind: "arm", index, name: arm.name, label: arm.label, size: arm.size, heading: arm.heading, reach: arm.reach,
      serves: arm.serves, at: arm.base.position.slice(0, 2),
    })),
    ...homes.map((home, index) => ({ kind: "home", index, ...home, at: [...home.at], heading: 0 })),
    ...vehicles.map((vehicle, index) => ({
      kind: "vehicle", index, name: vehicle.name, label: vehicle.label, home: vehicle.home, at: [...vehicle.at],
      heading: vehicle.heading, size: vehicle.size ?? [0.5, 0.4],
    })),
  ];
}

export const kindOf = ({ kind }) => kind ?? "machine";

/** The thing that a picked one ({kind, name}) stands for: people are of their crew's home. */
export function meant(things, layout, picked) {
  if (!picked) return -1;
  if (picked.kind !== "person") return things.findIndex(({ name }) => name === picked.name);
  const person = (layout.people ?? []).find(({ name }) => name === picked.name);
  return things.findIndex((thing) => thing.kind === "home" && thing.crew === person?.crew);
}

/** The home or start at a point of the floor, where no body is; -1 for none. */
export function markAt(things, point, scale) {
  return things.findIndex((thing) => ["home", "vehicle"].includes(thing.kind) && distance(thing.at, point) < NEAR * scale);
}

/** Where a thing is taken hold of: one that is elsewhere just now follows the pointer home. */
export function heldAt(thing, point, scale) {
  const away = ["home", "vehicle"].includes(thing.kind) && distance(thing.at, point) > AWAY * scale;
  return away ? [...point] : [...thing.at];
}

/** Put a thing at a place; vehicles start at the nearest node or machine. */
export function putAt(thing, { at, heading }, layout) {
  if (thing.kind === "vehicle") {
    const near = places(layout).map(([name, where]) => [name, where, distance(at, where)]).sort((a, b) => a[2] - b[2])[0];
    if (near) [thing.home, thing.at] = [near[0], [...near[1]]];
  } else thing.at = [...at];
  if (thing.kind !== "home") thing.heading = heading;
}

/** Where a vehicle starts next in a direction: the nearest place that lies more that way than aside. */
export function hop(thing, direction, layout) {
  const ways = places(layout).map(([, where]) => {
    const [dx, dy] = [where[0] - thing.at[0], where[1] - thing.at[1]];
    const along = dx * direction[0] + dy * direction[1];
    const aside = Math.abs(dx * direction[1]) + Math.abs(dy * direction[0]);
    return { where, along, aside };
  }).filter(({ along, aside }) => along > 1e-6 && aside <= along);
  return ways.sort((a, b) => a.along + a.aside - b.along - b.aside)[0]?.where ?? thing.at;
}

function places({ nodes = {}, machines = [] }) {
  return [...Object.entries(nodes), ...machines.map(({ name, at }) => [name, at])];
}

/** What the other side is told of a thing. */
export function told(thing) {
  const { name, at, heading, home } = thing;
  const kind = kindOf(thing);
  return { kind, name, at: [...at], heading, ...(kind === "vehicle" ? { home } : {}) };
}

/** Write where a thing stands into the scene that the rest of the viewer reads. */
export function written(thing, layout) {
  const { index, at, heading } = thing;
  if (thing.kind === "arm") {
    const arm = layout.arms[index];
    arm.base.position = [...at, arm.base.position[2]];
    arm.base.quaternion = [Math.cos(heading / 2), 0, 0, Math.sin(heading / 2)];
    arm.heading = heading;
  } else if (thing.kind === "home") {
    layout.homes[index].at = [...at];
    const most = layout.floor.size[0];
    for (const person of layout.people ?? []) {
      if (person.crew === thing.crew) person.home = [Math.min(most, Math.max(0, at[0] + (person.aside ?? 0))), at[1]];
    }
  } else if (thing.kind === "vehicle") {
    Object.assign(layout.vehicles[index], { at: [...at], heading, home: thing.home });
  }
}
