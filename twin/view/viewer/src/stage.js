/**
 * What stands where at a time: machine states, people, vehicles, arms, parts. Knows a scene and a
 * timeline, nothing of pixels. `update(t)` changes only what changed since the last call.
 */

import { pointAlong } from "./floor.js";
import { Arm, jointsAt, upright } from "./kinematics.js";
import { Places, SHOWN } from "./places.js";
import { AFTER, ARRIVED, ENTRY, HELD_BACK, layOut, MOVE, WORK } from "./stays.js";
import { groupRows, lastAtOrBefore } from "./timeline.js";
import { TELLING } from "./words.js";

const HAND_HEIGHT = 1.05; // of who carries a part, in a workshop

export class Stage {
  /**
   * options: surface, partSize (see Places), colours: linear rgb of each product of the scene by
   * name, deck: height of a vehicle's deck [m], partScale: of the parts' mesh.
   */
  constructor(scene, timeline, options = {}) {
    this.scene = scene;
    this.timeline = timeline;
    this.options = options;
    this.places = new Places(scene, options);
    this.partScale = options.partScale ?? 1;
    this.handHeight = HAND_HEIGHT * this.places.scale;
    this.arms = (scene.arms ?? []).map((arm) => new Arm(arm));
    this.posed = new Set(); // indices of arms that do not follow the clock
    this.machineState = new Int8Array(scene.machines.length).fill(-1);
    this.partCount = 0;
    this.trolleyCount = 0;
    this.#bindResources();
    this.#bindCarriers();
    this.relocate();
  }

  // --- names of the timeline -> things of the scene ----------------------------------------------

  #bindResources() {
    const { resources, resourceOf, states } = this.timeline;
    const { machines, arms, people, vehicles, stations } = this.places;
    const notMachine = (name) =>
      people.has(name) || vehicles.has(name) || (stations.has(name) && !machines.has(name));
    this.machineOfResource = new Int32Array(resources.length).fill(-1);
    this.placeOfResource = new Int32Array(resources.length);
    this.armOfResource = new Int32Array(resources.length).fill(-1);
    resources.forEach((name, resource) => {
      const place = this.places.resolve(name);
      if (arms.has(name)) this.armOfResource[resource] = arms.get(name);
      else if (!notMachine(name) && place?.machine !== undefined && place.port === undefined) {
        this.machineOfResource[resource] = place.machine;
        this.placeOfResource[resource] = place.place ?? 0;
      }
    });
    this.machineResources = this.scene.machines.map(() => []);
    this.machineOfResource.forEach((machine, resource) => {
      if (machine >= 0) this.machineResources[machine].push(resource);
    });
    this.telling = TELLING.map((name) => states.indexOf(name)).filter((index) => index >= 0);
    this.unavailable = states.indexOf("UNAVAILABLE");
    this.personResource = (this.scene.people ?? []).map((p) => resourceOf.get(p.name) ?? -1);
  }

  #bindCarriers() {
    const { moves, resources, resourceOf } = this.timeline;
    const byCarrier = groupRows(moves.carrier, resources.length);
    const rowsOf = ({ name }) => {
      const carrier = resourceOf.get(name);
      if (carrier === undefined) return new Uint32Array(0);
      return byCarrier.rows.subarray(byCarrier.first[carrier], byCarrier.first[carrier + 1]);
    };
    const track = (rows) => ({
      rows,
      start: Float64Array.from(rows, (row) => moves.start[row]),
      at: new Float64Array(4), // x, y, heading, share of the way (-1 at rest)
      until: -Infinity,
      from: Infinity,
    });
    this.people = (this.scene.people ?? []).map((person) => track(rowsOf(person)));
    this.vehicles = (this.scene.vehicles ?? []).map((vehicle) => track(rowsOf(vehicle)));
    this.armTracks = (this.scene.arms ?? []).map((arm) => ({ ...track(rowsOf(arm)), moved: true }));
    this.walker = new Map(); // carrier -> track of a person or vehicle
    const note = (list, tracks) =>
      (list ?? []).forEach(({ name }, i) => this.walker.set(resourceOf.get(name) ?? -2, tracks[i]));
    note(this.scene.people, this.people);
    note(this.scene.vehicles, this.vehicles);
    this.vehicleCarriers = new Set((this.scene.vehicles ?? []).map((v) => resourceOf.get(v.name)));
  }

  /** Place everything anew: call it after a machine has been moved. */
  relocate() {
    const { timeline, places } = this;
    this.resolved = timeline.places.map((name) => places.resolve(name));
    this.unplaced = timeline.places.filter((_, index) => !this.resolved[index]);
    this.lines = new Map();
    this.spots = new Map();
    this.belts = [];
    const machineOf = (place) => this.resolved[place]?.machine ?? -1;
    this.stays = layOut(timeline, {
      isMachine: (resource) => this.machineOfResource[resource] >= 0,
      isArm: (resource) => resource >= 0 && this.armOfResource[resource] >= 0,
      machineOfResource: (resource) => this.machineOfResource[resource] ?? -1,
      machineOf,
    });
    this.#allocate();
    for (const track of [...this.people, ...this.vehicles, ...this.armTracks]) {
      track.until = -Infinity;
      track.moved = true;
    }
    this.t = NaN;
  }

  /** Show a thing that is dragged (see standing.js) where the scene has it now, until `relocate`. */
  hold({ kind, index, crew }) {
    const { arms, people = [], vehicles = [] } = this.scene;
    if (kind === "arm") {
      this.arms[index] = new Arm(arms[index]);
      this.armTracks[index].moved = true;
    } else if (kind === "vehicle") {
      const { at, heading } = vehicles[index];
      this.vehicles[index].at.set([...at, heading, -1]);
    } else {
      people.forEach((person, i) => person.crew === crew && this.people[i].at.set([...person.home, -Math.PI / 2, -1]));
    }
  }

  /** Hold an arm at joint angles [rad] whatever the clock says; null: it follows the clock again. */
  pose(index, joints) {
    if (joints) {
      this.posed.add(index);
      this.arms[index].pose(joints, 0);
    } else this.posed.delete(index);
    this.armTracks[index].moved = true;
    this.t = NaN; // what is in its gripper goes with it
  }

  #allocate() {
    const { lives } = this.timeline;
    this.byStart = Uint32Array.from(lives.start.keys()).sort((a, b) => lives.start[a] - lives.start[b]);
    const ends = Float64Array.from(lives.end).sort();
    let [alive, most, e] = [0, 0, 0];
    for (const part of this.byStart) {
      while (e < ends.length && ends[e] <= lives.start[part]) [e, alive] = [e + 1, alive - 1];
      most = Math.max(most, ++alive);
    }
    this.capacity = Math.max(1, most);
    this.partMatrices = new Float32Array(this.capacity * 16);
    this.partColours = new Float32Array(this.capacity * 3);
    this.slotPart = new Int32Array(this.capacity).fill(-1);
    this.trolleyMatrices = new Float32Array(16 * Math.max(1, this.scene.machines.length * 2));
    this.partFrom = new Float64Array(lives.rows);
    this.partUntil = new Float64Array(lives.rows);
    this.partMove = new Int32Array(lives.rows);
    this.partSlot = new Int32Array(lives.rows);
    this.partSpot = new Array(lives.rows);
    this.enteredAt = new Float64Array(lives.rows);
    this.#clear();
  }

  #clear() {
    this.active = [];
    this.next = 0;
    this.free = [];
    this.partCount = 0;
    this.partMatrices.fill(0);
    this.slotPart.fill(-1);
    this.partSlot.fill(-1);
    this.partMove.fill(-1);
    this.partSpot.fill(null);
    this.partFrom.fill(Infinity);
    this.partUntil.fill(-Infinity);
    for (const spot of this.spots.values()) if (spot) spot.parts.length = 0; // null: unknown place
    this.dirtySpots = new Set();
  }

  // --- time --------------------------------------------------------------------------------------

  /** Bring everything to t; `changes` says what a view has to draw again. */
  update(t) {
    const changes = { machines: false, parts: false, trolleys: false, arms: false, walkers: false };
    if (t === this.t) return changes;
    if (!(t >= this.t)) this.#clear();
    this.t = t;
    this.#updateMachines(t, changes);
    for (const track of this.people) this.#updateWalker(track, t, changes);
    for (const track of this.vehicles) this.#updateWalker(track, t, changes);
    this.#updateArms(t, changes);
    this.#updateParts(t, changes);
    return changes;
  }

  #updateMachines(t, changes) {
    for (let machine = 0; machine < this.machineState.length; machine++) {
      const state = this.machineStateAt(machine, t);
      if (state !== this.machineState[machine]) {
        this.machineState[machine] = state;
        changes.machines = true;
      }
    }
  }

  /** The state index of a machine at t; -1 if the timeline does not speak of it. */
  machineStateAt(machine, t) {
    const resources = this.machineResources[machine];
    if (!resources.length) return -1;
    if (resources.length === 1) {
      const state = this.timeline.stateAt(resources[0], t);
      return state < 0 ? this.unavailable : state;
    }
    let best = this.telling.length;
    for (const resource of resources) {
      const rank = this.telling.indexOf(this.timeline.stateAt(resource, t));
      if (rank >= 0 && rank < best) best = rank;
    }
    return best < this.telling.length ? this.telling[best] : this.unavailable;
  }

  /** The state's name of a machine, person, vehicle or arm at t; null if nothing is known of it. */
  stateOf(name, t) {
    const machine = this.places.machines.get(name);
    if (machine !== undefined) {
      const state = this.machineStateAt(machine, t);
      return state < 0 ? null : this.timeline.states[state];
    }
    const resource = this.timeline.resourceOf.get(name);
    const state = resource === undefined ? -1 : this.timeline.stateAt(resource, t);
    return state < 0 ? null : this.timeline.states[state];
  }

  /** Share of [from, to] in which a machine's places work; NaN if the timeline has none of it. */
  utilisation(machine, from, to) {
    const resources = this.machineResources[machine];
    let sum = 0;
    for (const resource of resources) sum += this.timeline.busyShare(resource, from, to);
    return sum / resources.length;
  }

  // --- people and vehicles -----------------------------------------------------------------------

  #line(row) {
    const { moves, places } = this.timeline;
    const [origin, target] = [moves.origin[row], moves.target[row]];
    const key = origin * places.length + target;
    let line = this.lines.get(key);
    if (line === undefined) {
      const [a, b] = [this.resolved[origin], this.resolved[target]];
      line = a && b ? this.places.path(a, b, places[origin], places[target]) : null;
      this.lines.set(key, line);
    }
    return line;
  }

  #updateWalker(track, t, changes) {
    const { moves } = this.timeline;
    const { at, rows, start } = track;
    const still = at[3] < 0;
    if (still && t >= track.from && t < track.until) return;
    changes.walkers = true;
    const k = lastAtOrBefore(start, t, 0, rows.length);
    track.from = k < 0 ? -Infinity : start[k];
    track.until = k + 1 < rows.length ? start[k + 1] : Infinity;
    at[3] = -1;
    if (k < 0) return this.#standAtFirst(track);
    const row = rows[k];
    const line = this.#line(row);
    if (!line) return this.#standAtFirst(track);
    const span = Math.min(moves.end[row], this.timeline.end) - moves.start[row];
    const share = span > 0 ? (t - moves.start[row]) / span : 1;
    const facing = at[2];
    pointAlong(line, share, at);
    if (Number.isNaN(at[2])) at[2] = facing;
    if (share < 1) at[3] = share * line.length;
    else {
      track.from = Math.max(track.from, Math.min(t, moves.end[row]));
      this.#face(at, this.resolved[moves.target[row]]);
    }
  }

  /** Before its first move a person is at home, a vehicle where the scene has it. */
  #standAtFirst(track) {
    const person = this.people.indexOf(track);
    const thing =
      person >= 0 ? this.scene.people[person] : this.scene.vehicles[this.vehicles.indexOf(track)];
    [track.at[0], track.at[1]] = person >= 0 ? thing.home : thing.at;
    track.at[2] = thing.heading ?? -Math.PI / 2;
  }

  /** Whoever stands at a machine looks at it. */
  #face(at, place) {
    if (place?.machine === undefined) return;
    const [x, y] = this.scene.machines[place.machine].at;
    if (Math.hypot(x - at[0], y - at[1]) > 1e-3) at[2] = Math.atan2(y - at[1], x - at[0]);
  }

  // --- arms --------------------------------------------------------------------------------------

  #updateArms(t, changes) {
    const { moves, header, tables } = this.timeline;
    this.arms.forEach((arm, index) => {
      const track = this.armTracks[index];
      if (this.posed.has(index)) {
        changes.arms ||= track.moved;
        track.moved = false;
        return;
      }
      const k = lastAtOrBefore(track.start, t, 0, track.rows.length);
      const row = k < 0 ? -1 : track.rows[k];
      const busy = row >= 0 && t < moves.end[row] && moves.program[row] >= 0;
      if (!busy && !track.moved) return;
      changes.arms = true;
      track.moved = busy;
      if (!busy) return arm.pose(arm.home, 0);
      const program = header.programs[moves.program[row]];
      this.joints ??= new Float64Array(16);
      const tau = this.#programTime(row, program, t);
      jointsAt(program, tables.samples.time, tables.joints.angle, tau, this.joints);
      arm.pose(this.joints, 0);
    });
  }

  /** Seconds into a program; a move that took longer (a break in between) plays it more slowly. */
  #programTime(row, program, t) {
    const { start, end } = this.timeline.moves;
    const span = end[row] - start[row];
    const pace = span < Infinity && span > 0 ? program.duration / span : 1;
    return program.from + (t - start[row]) * pace;
  }

  // --- parts -------------------------------------------------------------------------------------

  #updateParts(t, changes) {
    const { lives } = this.timeline;
    while (this.next < this.byStart.length && lives.start[this.byStart[this.next]] <= t) {
      const part = this.byStart[this.next++];
      if (lives.end[part] > t) this.active.push(part);
    }
    const { active, partFrom, partUntil, partMove } = this;
    // Who goes leaves first, so that there is never a part more than the slots were counted for.
    for (let i = active.length - 1; i >= 0; i--) {
      if (t < lives.end[active[i]]) continue;
      this.#leave(active[i]);
      active[i] = active[active.length - 1];
      active.pop();
      changes.parts = true;
    }
    for (const part of active) {
      if (t < partFrom[part] || t >= partUntil[part]) {
        this.#settle(part, t);
        changes.parts = true;
      }
      if (partMove[part] >= 0) {
        this.#carry(part, partMove[part], t);
        changes.parts = true;
      }
    }
    for (const spot of this.belts) if (spot.moving) this.dirtySpots.add(spot);
    if (this.dirtySpots.size) {
      for (const spot of this.dirtySpots) this.#arrange(spot);
      this.dirtySpots.clear();
      changes.parts = true;
    }
    if (changes.parts) changes.trolleys = this.#updateTrolleys();
  }

  /** Find a part's stay at t and put it there. */
  #settle(part, t) {
    this.#leave(part);
    const { stays } = this;
    const index = stays.at(part, t);
    if (index < 0) return;
    this.partFrom[part] = stays.start[index];
    this.partUntil[part] = stays.until(part, index);
    if (stays.kind[index] === MOVE) {
      this.partMove[part] = stays.ref[index];
      return;
    }
    const spot = this.#spotOf(stays.kind[index], stays.ref[index]);
    if (!spot) return;
    this.partSpot[part] = spot;
    this.enteredAt[part] = stays.start[index];
    let i = spot.parts.length;
    while (i > 0 && this.#before(part, spot.parts[i - 1])) i--;
    spot.parts.splice(i, 0, part);
    this.dirtySpots.add(spot);
  }

  /** Who came first stands first; so a seek and a playback end in the same picture. */
  #before(a, b) {
    return this.enteredAt[a] < this.enteredAt[b] || (this.enteredAt[a] === this.enteredAt[b] && a < b);
  }

  #leave(part) {
    const spot = this.partSpot[part];
    if (spot) {
      spot.parts.splice(spot.parts.indexOf(part), 1);
      this.dirtySpots.add(spot);
      this.partSpot[part] = null;
    }
    this.partMove[part] = -1;
    this.#hide(part);
  }

  #hide(part) {
    const slot = this.partSlot[part];
    if (slot < 0) return;
    this.partMatrices.fill(0, slot * 16, slot * 16 + 16);
    this.slotPart[slot] = -1;
    this.partSlot[part] = -1;
    this.free.push(slot);
  }

  #slot(part) {
    let slot = this.partSlot[part];
    if (slot >= 0) return slot;
    slot = this.free.pop() ?? this.partCount++;
    this.partSlot[part] = slot;
    this.slotPart[slot] = part;
    const { lives, products } = this.timeline;
    const colour = this.options.colours?.[products[lives.product[part]]] ?? [0.05, 0.35, 0.2];
    this.partColours.set(colour, slot * 3);
    return slot;
  }

  /** The spot for a kind of stay, made once. */
  #spotOf(kind, ref) {
    const key = `${kind}:${ref}`;
    let spot = this.spots.get(key);
    if (spot === undefined) {
      spot = this.#sharedSpot(kind, ref);
      this.spots.set(key, spot);
    }
    return spot;
  }

  #sharedSpot(kind, ref) {
    if (kind === WORK) {
      const machine = this.machineOfResource[ref];
      return this.#named(`work:${ref}`, () =>
        this.places.workSpot(machine, this.placeOfResource[ref]),
      );
    }
    if (kind === AFTER) return this.#waiting(this.machineOfResource[ref], "out");
    if (kind === ENTRY && ref >= 0) return this.#waiting(this.#firstOfStation(ref), "in");
    if (kind !== ARRIVED && kind !== HELD_BACK && kind !== ENTRY) return null;
    const place = this.resolved[kind === ENTRY ? -2 - ref : ref];
    if (!place) return null;
    if (place.port !== undefined) {
      return this.#named(`port:${place.machine}.${place.port}`, () =>
        this.places.portSpot(place.machine, place.port),
      );
    }
    if (place.machine !== undefined) return this.#waiting(place.machine, "in");
    const [x, y] = place.node ?? place.home;
    return this.#named(`floor:${x},${y}`, () => ({ x, y, z: 0.02, heading: 0 }));
  }

  #waiting(machine, side) {
    const belt = side === "in" ? this.places.beltOf(machine) : null;
    if (belt) return this.#named(`belt:${belt.name}`, () => ({ ...belt, machine }));
    return this.#named(`${side}:${machine}`, () => ({
      ...this.places.waitSpot(machine, side),
      machine,
    }));
  }

  /** Parts that have not begun share the queue in front of their station's first machine. */
  #firstOfStation(resource) {
    const { name, station } = this.scene.machines[this.machineOfResource[resource]];
    const entry = (this.scene.stations ?? []).find((item) => item.name === station);
    return this.places.machines.get(entry?.machines[0] ?? name) ?? this.machineOfResource[resource];
  }

  #named(key, make) {
    let spot = this.spots.get(key);
    if (!spot) {
      spot = { ...make(), parts: [] };
      this.spots.set(key, spot);
      if (spot.belt) this.belts.push(spot);
    }
    return spot;
  }

  #arrange(spot) {
    this.point ??= new Float64Array(4);
    if (spot.belt) return this.#queue(spot);
    spot.parts.forEach((part, i) => {
      if (this.places.stacked(spot, i, this.point)) {
        const [x, y, z] = this.point;
        upright(x, y, z, spot.heading, this.partScale, this.partMatrices, this.#slot(part) * 16);
      } else this.#hide(part);
    });
  }

  /** Parts on a belt: each goes on until it is behind the one before it. */
  #queue(spot) {
    const { places, point, t } = this;
    spot.moving = false;
    spot.parts.forEach((part, i) => {
      const seconds = t - this.enteredAt[part];
      if (!places.onBelt(spot, i, seconds, point)) return this.#hide(part);
      const [x, y, z, heading] = point;
      upright(x, y, z, heading, this.partScale, this.partMatrices, this.#slot(part) * 16);
      spot.moving ||= seconds * spot.belt.speed < places.restOn(spot.belt, i);
    });
  }

  /** A part under way: in a gripper, in somebody's hands, on a vehicle, or along its path. */
  #carry(part, row, t) {
    const { moves, header } = this.timeline;
    const slot = this.#slot(part) * 16;
    const arm = moves.carrier[row] >= 0 ? this.armOfResource[moves.carrier[row]] : -1;
    if (arm >= 0 && moves.program[row] >= 0) {
      const program = header.programs[moves.program[row]];
      const tau = this.#programTime(row, program, t);
      if (tau >= program.grip && tau <= program.release) {
        this.#inGripper(arm, slot, program.tip);
        return;
      }
      const place = tau < program.grip ? moves.origin[row] : moves.target[row];
      return this.#lie(place, slot);
    }
    const track = this.walker.get(moves.carrier[row]);
    if (track) return this.#withCarrier(track, moves.carrier[row], slot);
    const line = this.#line(row);
    if (!line) return;
    this.way ??= new Float64Array(4);
    const span = Math.min(moves.end[row], this.timeline.end) - moves.start[row];
    pointAlong(line, span > 0 ? (t - moves.start[row]) / span : 1, this.way);
    const [x, y, heading] = this.way;
    upright(x, y, this.handHeight, heading || 0, this.partScale, this.partMatrices, slot);
  }

  /** A gripper's tool points down: the part hangs level below its tip. */
  #inGripper(arm, slot, tip) {
    const tool = tip ? this.arms[arm].second : this.arms[arm].tool;
    const heading = Math.atan2(tool[1], tool[0]);
    upright(tool[12], tool[13], tool[14], heading, this.partScale, this.partMatrices, slot);
  }

  #withCarrier(track, carrier, slot) {
    const vehicle = this.vehicleCarriers.has(carrier);
    const [x, y, heading] = track.at;
    const reach = vehicle ? 0 : 0.32;
    const z = vehicle ? (this.options.deck ?? 0.25) : this.handHeight;
    const [px, py] = [x + Math.cos(heading) * reach, y + Math.sin(heading) * reach];
    upright(px, py, z, heading, this.partScale, this.partMatrices, slot);
  }

  #lie(placeIndex, slot) {
    const spot = this.#spotOf(ARRIVED, placeIndex);
    if (!spot) return;
    upright(spot.x, spot.y, spot.z, spot.heading, this.partScale, this.partMatrices, slot);
  }

  /** A trolley stands wherever parts wait beside a machine. */
  #updateTrolleys() {
    const used = [...new Set(this.spots.values())].filter((spot) => spot?.trolley && spot.parts.length);
    const same = used.length === this.usedTrolleys?.length && used.every((s, i) => s === this.usedTrolleys[i]);
    if (same) return false;
    this.usedTrolleys = used;
    this.trolleyCount = used.length;
    used.forEach(({ x, y, heading, scale }, i) =>
      upright(x, y, 0, heading, scale, this.trolleyMatrices, i * 16),
    );
    return true;
  }

  /** Queues too long to be drawn: [{x, y, z, count}]. */
  longQueues() {
    return [...new Set(this.spots.values())]
      .filter((spot) => spot && spot.parts.length > (spot.belt?.places ?? SHOWN))
      .map(({ x, y, z, parts, machine }) => ({ x, y, z, machine, count: parts.length }));
  }

  /** How many parts are on the floor at the present time. */
  get partsPresent() {
    return this.active.length;
  }
}
