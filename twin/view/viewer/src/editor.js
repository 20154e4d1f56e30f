/**
 * Editing what stands on the floor (standing.js): what is chosen, and what is done to it. A change is shown at
 * once and told; the answer is a new scene, or a refusal that takes it back.
 */

import { beside, bounds, corners, distance, fitted, snap, SNAP, toFloor, turned } from "./floor.js";
import { findingsOf, length, serviceAreas, WARNINGS } from "./findings.js";
import { Boxing, Moving, Reshaping } from "./gestures.js";
import { outlineOf } from "./outlines.js";
import { heldAt, hop, kindOf, markAt, meant, putAt, standing, told, written } from "./standing.js";
import { Version } from "./version.js";

export const COLOURS = { guide: "#d6249f", wrong: "#d32f2f", narrow: "#d9730d", room: "#2f7fe0", box: "#2f7fe0", places: "#7a8794" };
const QUARTER = Math.PI / 2;
const HANDLE = 0.07; // m, half the size of the mark of a corner, in a workshop
const PORT = 0.05; // m, half the size of the mark of a port, in a workshop
const FAR = 1; // m, of a nudge with shift
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
const MOST_TOLD = 2; // findings in words
const ROUND = 48; // corners of the circle that an arm reaches

export class Editor {
  /**
   * viewer: {on, layout, marks (see findings.js), line: what is selected of the scene's `drawn`, or
   * null, hits(line, press), guides, scale} and what it is told: placed(things), settled(),
   * select(name | null), marked(): others are chosen or stand wrong, drawn(): the guides are others,
   * redrawn(): lines have other corners, measure(at | null, text), say(text),
   * note(thing | null, texts), emit(message).
   */
  constructor(viewer) {
    this.viewer = viewer;
    this.version = new Version();
    this.names = new Set(); // chosen; some may come with the next scene
    this.alarms = new Set(); // indices of machines that stand wrong
    this.things = []; // all that can be taken in hand, machines first
    this.gesture = null;
    this.pending = null; // {line, before}: what a refusal brings back
  }

  /** A scene has come. */
  bind(layout) {
    this.things = standing(layout);
  }

  /** The feet of the arms, as footprints. */
  get arms() {
    return this.things.filter(({ kind }) => kind === "arm");
  }

  get machines() {
    return this.viewer.layout?.machines ?? [];
  }

  // --- what is chosen ----------------------------------------------------------------------------

  /** The names of the chosen things that there are, in the order in which they were chosen. */
  get chosen() {
    const there = new Set(this.things.map(({ name }) => name));
    return [...this.names].filter((name) => there.has(name));
  }

  get chosenThings() {
    return this.indices.map((index) => this.things[index]);
  }

  /** Their indices. */
  get indices() {
    return this.chosen.map((name) => this.#indexOf(name));
  }

  #indexOf(name) {
    return this.things.findIndex((thing) => thing.name === name);
  }

  /** What is chosen where a thing of the floor is: people stand for the place where they wait. */
  #nameOf(picked) {
    return this.things[meant(this.things, this.viewer.layout, picked)]?.name ?? null;
  }

  /** Choose things by name; the last one is the one whose figures are shown. */
  choose(names) {
    const list = [...new Set(names)];
    this.viewer.select(list.at(-1) ?? null);
    this.names = new Set(list);
    this.refresh();
  }

  /** One thing, or none, has been selected without the others. */
  only(picked) {
    const name = picked && this.#nameOf(picked);
    this.names = new Set(name ? [name] : []);
    this.refresh();
  }

  #toggle(name) {
    const names = this.chosen.filter((other) => other !== name);
    this.choose(names.length === this.chosen.length ? [...names, name] : names);
  }

  // --- pointer -----------------------------------------------------------------------------------

  /** The gesture that a press begins, or null. */
  begin(press) {
    if (!this.viewer.on || !press.point) return null;
    this.gesture = this.#reshaping(press) ?? this.#gesture(press);
    return this.gesture;
  }

  /** What is selected of the lines is moved, by a corner or as a whole. */
  #reshaping(press) {
    const { line } = this.viewer;
    if (!line) return null;
    const { point, reach, thing } = press;
    const near = Math.max(reach, HANDLE * this.viewer.scale);
    const away = line.points.map((corner) => distance(corner, point));
    const corner = away.indexOf(Math.min(...away));
    if (away[corner] <= near) return new Reshaping(this, line, corner, point);
    return !thing && this.viewer.hits(line, press) ? new Reshaping(this, line, null, point) : null;
  }

  #gesture({ point, thing, shift }) {
    if (!thing && shift) return new Boxing(this, point);
    const held = thing ? meant(this.things, this.viewer.layout, thing) : markAt(this.things, point, this.viewer.scale);
    if (held < 0) return null;
    const others = shift || this.names.has(this.things[held].name) ? this.indices.filter((index) => index !== held) : [];
    return new Moving(this, [...others, held], held, point);
  }

  /** A click that selects in a way of its own; false where it is to select one thing. */
  click({ thing, shift }) {
    if (!this.viewer.on || !shift) return false;
    const name = thing && this.#nameOf(thing);
    if (name) this.#toggle(name);
    return true;
  }

  // --- keyboard ----------------------------------------------------------------------------------

  /** A key while the floor is edited; whether it meant something. */
  key({ key, shiftKey, ctrlKey, metaKey }) {
    if (!this.viewer.on) return false;
    const name = key.length === 1 ? key.toLowerCase() : key;
    const actions = ctrlKey || metaKey
      ? { a: () => this.chooseAll(), d: () => this.duplicate() }
      : { r: () => this.turn(shiftKey ? -1 : 1), Delete: () => this.remove(), Backspace: () => this.remove() };
    const held = this.chosen.length || this.viewer.line;
    const action = actions[name] ?? (ARROWS[key] && held && !ctrlKey && (() => this.nudge(ARROWS[key], shiftKey)));
    if (!action) return false;
    action();
    return true;
  }

  chooseAll() {
    this.choose(this.things.map(({ name }) => name));
  }

  /** Show a line with other corners; `corner`: the one that is held, whose stretches are measured. */
  reshape(line, points, corner) {
    line.points = points;
    this.viewer.redrawn();
    this.#showLine();
    const ends = corner === null ? [] : [points[corner - 1], points[corner + 1]].filter(Boolean);
    const text = ends.map((end) => length(distance(end, points[corner]))).join(" · ");
    this.viewer.measure(text ? points[corner] : null, text);
  }

  /** A line has got other corners: tell of it. */
  reshaped(line, before) {
    this.viewer.measure(null);
    this.settle();
    const { kind, name, points } = line;
    if (String(points) === String(before)) return;
    this.pending = { line, before };
    this.#tell("redraw", { kind, name, points });
  }

  /** A step along the grid, or `far`: a metre; a vehicle starts at the next place that way. */
  nudge(direction, far) {
    const { line } = this.viewer;
    if (line) {
      const before = line.points;
      const by = direction.map((x) => x * (far ? FAR : SNAP));
      this.reshape(line, before.map((at) => at.map((x, axis) => snap(x + by[axis], 0.0001))), null);
      this.reshaped(line, before);
      return;
    }
    const things = this.chosenThings;
    const held = things.find(({ kind }) => kind !== "vehicle");
    const by = held && direction.map((x, axis) =>
      x ? snap(held.at[axis] + x * (far ? FAR : SNAP), far ? 0.001 : SNAP) - held.at[axis] : 0);
    this.#change(things.map((thing) => ({
      at: thing.kind === "vehicle" ? hop(thing, direction, this.viewer.layout) : thing.at.map((x, axis) => snap(x + by[axis], 0.0001)),
      heading: thing.heading,
    })));
  }

  /** A quarter turn, 1 counter-clockwise, of what is dragged or chosen. */
  turn(quarters) {
    if (this.gesture?.turn(quarters * QUARTER)) return;
    this.#change(turned(this.placesOf(this.indices), quarters * QUARTER));
  }

  #change(places) {
    const { indices } = this;
    if (!indices.length) return;
    const before = this.placesOf(indices);
    this.put(indices, places);
    this.done(indices, before);
  }

  /** What a message chooses: things by name, some of which the next scene may bring. */
  expect(names) {
    this.names = new Set(names);
    this.refresh();
  }

  /** Copies of the chosen beside them; their names come with the next scene. */
  duplicate() {
    const places = this.placesOf(this.indices);
    if (!places.length) return;
    const solid = this.chosenThings.filter((thing) => ["machine", "arm"].includes(kindOf(thing)));
    const [dx, dy] = solid.length ? beside(solid, [...this.machines, ...this.arms], this.viewer.layout.floor.size) : [0, 0];
    this.#tell("duplicate", {
      things: this.chosenThings.map((thing, i) => ({
        ...told(thing), at: [snap(places[i].at[0] + dx, 0.001), snap(places[i].at[1] + dy, 0.001)],
      })),
    });
  }

  /** Take the chosen off the floor; of people one, of their crew. */
  remove() {
    const { line } = this.viewer;
    const things = this.chosenThings.map((thing) => ({ kind: kindOf(thing), name: thing.name }));
    if (line) this.#tell("erase", { kind: line.kind, name: line.name });
    else if (things.length) this.#tell("remove", { things });
  }

  /** Put an asset of the catalogue on the floor. station: a name, or null; own: one of its own. */
  add({ asset, at, heading, station, own }) {
    this.#tell("place", { asset, at, heading, station, own_station: own });
  }

  /** Draw a road; places: names of nodes and machines, or points. */
  road(places) {
    this.#tell("road", { places });
  }

  /** Draw a wall, a conveyor, an aisle or a zone; to: the machine that it ends at, or null. */
  draw(kind, points, to) {
    this.#tell("draw", { kind, points, to });
  }

  // --- places ------------------------------------------------------------------------------------

  placesOf(indices) {
    return indices.map((index) => {
      const { at, heading, size } = this.things[index];
      return { at: [...at], heading, size };
    });
  }

  /** Where a drag of a thing begins that is taken hold of at a point. */
  takenAt(index, point) {
    return heldAt(this.things[index], point, this.viewer.scale);
  }

  /** Show things at places [{at, heading}], with what is wrong there. */
  put(indices, places, guides = []) {
    const { layout } = this.viewer;
    indices.forEach((index, i) => {
      putAt(this.things[index], places[i], layout);
      written(this.things[index], layout);
    });
    this.viewer.guides.show("guides", { lines: guides, dashed: true }, COLOURS.guide);
    this.viewer.placed(indices.map((index) => this.things[index]));
    this.look(indices, this.machines);
  }

  /** Things have got new places: tell of those that are not where they were. */
  done(indices, before) {
    this.settle();
    this.choose(indices.map((index) => this.things[index].name));
    const things = indices.filter((index, i) => {
      const { at, heading } = this.things[index];
      return heading !== before[i].heading || at.some((x, axis) => x !== before[i].at[axis]);
    }).map((index) => told(this.things[index]));
    if (things.length === 1) this.#tell("move", things[0]);
    else if (things.length) this.#tell("move_many", { things });
  }

  /** A gesture is over. */
  settle() {
    this.gesture = null;
    this.viewer.guides.clear("guides");
    this.viewer.settled();
    this.refresh();
  }

  #tell(type, content) {
    this.viewer.emit({ type, ...content, version: this.version.take() });
  }

  /** An edit was refused: things stand where they stood, on the version that there is. */
  reject({ things = [], version }) {
    if (version !== undefined) this.version.refused(version);
    if (this.pending) this.reshape(this.pending.line, this.pending.before, null);
    this.pending = null;
    const there = things.filter(({ name }) => this.#indexOf(name) >= 0);
    this.put(there.map(({ name }) => this.#indexOf(name)), there);
    this.settle();
  }

  // --- what is seen of it ------------------------------------------------------------------------

  /** A scene has come, edit mode was switched, or something else is chosen. */
  refresh() {
    if (!this.viewer.layout) return;
    this.viewer.marked();
    this.#showLine();
    this.look(this.viewer.on ? this.indices : [], this.machines);
  }

  /** The outline of the line that is selected, and its corners where they can be moved. */
  #showLine() {
    const { line, guides, on, scale } = this.viewer;
    if (!line) {
      guides.clear("line");
      return guides.clear("corners");
    }
    const outline = outlineOf(line);
    guides.show("line", { lines: outline.map((at, i) => [at, outline[(i + 1) % outline.length]]) }, COLOURS.room);
    const size = [2 * HANDLE * scale, 2 * HANDLE * scale];
    guides.show("corners", { areas: on ? line.points.map((at) => corners({ at, heading: 0, size })) : [] }, COLOURS.guide);
  }

  /**
   * Where a footprint that is held over the floor would stand, drawn with what is wrong there;
   * null when it is let go. `free`: to the millimetre.
   */
  preview(footprint) {
    const { guides } = this.viewer;
    if (!footprint) {
      guides.clear("preview");
      guides.clear("guides");
      this.refresh();
      return null;
    }
    const others = this.machines.map((machine) => bounds([machine]));
    const way = fitted([footprint], footprint, [0, 0], others, footprint.free);
    const placed = { ...footprint, at: footprint.at.map((x, axis) => snap(x + way.shift[axis], 0.0001)) };
    guides.show("preview", { areas: [corners(placed)] }, COLOURS.room);
    guides.show("guides", { lines: way.guides, dashed: true }, COLOURS.guide);
    this.look([this.machines.length], [...this.machines, placed], true);
    this.viewer.drawn();
    return placed;
  }

  showBox(corners) {
    this.viewer.guides.show("box", { areas: corners ? [corners] : [] }, COLOURS.box);
    if (!corners) this.gesture = null;
    this.viewer.drawn();
  }

  /**
   * Draw and tell what is wrong with some of the things, and the room that they want. `added`: the
   * last of the machines is none of the scene's.
   */
  look(indices, machines, added = false) {
    const { layout, guides, marks } = this.viewer;
    const { arms } = this;
    const bodies = indices.filter((index) => index < machines.length + arms.length);
    const found = findingsOf(new Set(bodies), machines, arms, layout.floor.size, marks);
    const things = added ? [machines.at(-1)] : indices.map((index) => this.things[index]);
    const bad = found.filter(({ rule }) => !WARNINGS.has(rule));
    this.#alarm(new Set(bad.flatMap((finding) => finding.machines).filter((index) => this.machines[index])));
    guides.show("wrong", { lines: bad.flatMap(({ line }) => (line ? [line] : [])) }, COLOURS.wrong);
    guides.show("narrow", { areas: found.flatMap(({ area }) => (area ? [area] : [])) }, COLOURS.narrow);
    guides.show("room", {
      areas: [
        ...things.filter((thing) => kindOf(thing) === "machine").flatMap((machine) => [...serviceAreas(machine), ...this.#ports(machine)]),
        ...things.filter((thing) => kindOf(thing) !== "machine").map(corners),
      ],
      lines: things.filter(({ kind }) => kind === "arm").flatMap(reached),
    }, COLOURS.room);
    guides.show("places", { areas: this.viewer.on ? this.#marks() : [] }, COLOURS.places);
    const texts = found.slice(0, MOST_TOLD).map(({ text }) => text);
    if (found.length > MOST_TOLD) texts.push(`and ${found.length - MOST_TOLD} more`);
    this.viewer.note(things.at(-1) ?? null, texts);
  }

  /** The floor where people wait and vehicles start. */
  #marks() {
    return this.things.filter(({ kind }) => kind === "home" || kind === "vehicle").map(corners);
  }

  /** Machines are coloured anew only where others stand wrong now: a drag has no time for more. */
  #alarm(alarms) {
    const same = alarms.size === this.alarms.size && [...alarms].every((index) => this.alarms.has(index));
    this.alarms = alarms;
    if (!same) this.viewer.marked();
  }

  /** The marks of a machine's ports on the floor below them. */
  #ports({ at, heading, ports }) {
    const size = [2 * PORT * this.viewer.scale, 2 * PORT * this.viewer.scale];
    return Object.values(ports ?? {}).map((port) => corners({ at: toFloor(at, heading, port), heading: heading + QUARTER / 2, size }));
  }
}

/** The circle on the floor that an arm reaches, as lines. */
function reached({ at, reach }) {
  const corner = (i) => [at[0] + reach * Math.cos((2 * Math.PI * i) / ROUND), at[1] + reach * Math.sin((2 * Math.PI * i) / ROUND)];
  return Array.from({ length: ROUND }, (_, i) => [corner(i), corner(i + 1)]);
}
