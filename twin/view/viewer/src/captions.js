/** What the labels over a floor say: names, states, figures, queues, and what has changed. */

import { Vector3 } from "three";
import { toWorld } from "./camera.js";
import { VERBS } from "./changes.js";
import { STATES } from "./words.js";

export class Captions {
  /** viewer: the Viewer whose labels, floor and timeline these are. */
  constructor(viewer) {
    this.viewer = viewer;
  }

  get labels() {
    return this.viewer.labels;
  }

  /** A label for everything that has a name; those before are gone. */
  place() {
    const { layout, set } = this.viewer;
    const { machines, arms = [], doors = [], people = [] } = layout;
    this.labels.remove((key) => !key.startsWith("change:"));
    machines.forEach((machine) => {
      const [x, y] = machine.at;
      this.labels.set(`machine:${machine.name}`, {
        text: machine.label || machine.name,
        kind: "machine",
        point: toWorld(x, y, machine.size[2] + 0.14 * set.scale),
        priority: machine.station ? 10 : 4,
      });
    });
    arms.forEach((arm) => {
      const [x, y, z] = arm.base.position;
      this.labels.set(`arm:${arm.name}`, {
        text: arm.label || arm.name, kind: "arm", point: toWorld(x, y, z + 0.95), priority: 8,
      });
    });
    people.forEach((person) => {
      this.labels.set(`person:${person.name}`, {
        text: person.label || person.name, kind: "person", point: toWorld(...person.home, 1.95), priority: 6,
      });
    });
    this.drawn();
    doors.forEach((door) => {
      this.labels.set(`door:${door.name}`, {
        text: door.name, kind: "quiet", point: toWorld(...door.at, 0.05), priority: 1,
      });
    });
  }

  /** What people call it that is drawn by points; of a zone without a name, what it is for. */
  drawn() {
    const { layout, set } = this.viewer;
    for (const line of layout.drawn ?? []) {
      const text = line.label || (line.purpose ?? (line.kind === "conveyor" ? line.name : "")).replace("_", " ");
      if (!text) continue;
      const { at, height } = set.middleOf(line);
      this.labels.set(`${line.kind}:${line.kind}:${line.name}`, {
        text, kind: "quiet", point: toWorld(...at, height + 0.05), priority: 2,
      });
    }
  }

  /** A thing stands elsewhere (see standing.js); people and vehicles are followed all the time. */
  follow(thing) {
    const { kind = "machine", name, at } = thing;
    const label = this.labels.labels.get(`${kind}:${name}`);
    const { layout, set } = this.viewer;
    if (label && kind === "machine") toWorld(...at, thing.size[2] + 0.14 * set.scale, label.point);
    if (label && kind === "arm") toWorld(...at, layout.arms[thing.index].base.position[2] + 0.95, label.point);
  }

  /** Bring all labels to the time of the clock. share: (machine) => its use, or null for states. */
  update(share) {
    const { layout, stage, timeline, clock } = this.viewer;
    const { machines, people = [] } = layout;
    machines.forEach((machine, index) => {
      const state = stage.machineState[index];
      const name = state < 0 ? null : timeline.states[state];
      const use = share ? share(index) : NaN;
      const figure = Number.isNaN(use) ? undefined : `${Math.round(use * 100)} %`;
      this.#change(`machine:${machine.name}`, machine.label || machine.name, name, figure);
    });
    people.forEach((person, index) => {
      const resource = stage.personResource[index];
      const state = resource < 0 ? -1 : timeline.stateAt(resource, clock.t);
      this.#change(`person:${person.name}`, person.label || person.name, timeline.states[state]);
      const label = this.labels.labels.get(`person:${person.name}`);
      const { at } = stage.people[index];
      if (label) toWorld(at[0], at[1], 1.95, label.point);
    });
    this.#count();
  }

  /** The state as a mark and, on demand, in words; a figure instead where one is coloured by it. */
  #change(key, text, state, figure) {
    const label = this.labels.labels.get(key);
    if (!label) return;
    const mark = state ? STATES[state] : null;
    const detail = figure ?? mark?.words ?? "";
    this.labels.set(key, { ...label, text, detail, mark: figure ? null : mark });
  }

  #count() {
    const { set, stage } = this.viewer;
    const queues = stage.longQueues();
    const wanted = new Map(queues.map((queue) => [`count:${queue.x},${queue.y}`, queue]));
    this.labels.remove((key) => key.startsWith("count:") && !wanted.has(key));
    for (const [key, { x, y, z, count }] of wanted) {
      const point = toWorld(x, y, z + 0.32 * set.scale);
      this.labels.set(key, { text: `${count} waiting`, kind: "count", point, priority: 30 });
    }
  }

  /** What has changed, in words at its place: the labels of shapesOf (see changes.js). */
  tell(changes) {
    this.labels.remove((key) => key.startsWith("change:"));
    for (const { key, at, height, verb, texts } of changes) {
      const { colour, dark, sign } = VERBS[verb];
      this.labels.set(`change:${key}`, {
        text: texts.join("\n"),
        kind: `altered ${verb}`,
        point: toWorld(...at, height + 0.62 * this.viewer.set.scale),
        priority: 50,
        mark: { shape: sign, colour: this.viewer.root.dataset.theme === "dark" ? dark : colour, stroked: true },
      });
    }
  }

  /** Put the labels where their points are on the picture. */
  lay() {
    const { camera, stageBox } = this.viewer;
    const { clientWidth: width, clientHeight: height } = stageBox;
    camera.camera.updateMatrixWorld();
    this.probe ??= new Vector3();
    this.labels.layOut((point) => {
      this.probe.copy(point).project(camera.camera);
      return {
        x: ((this.probe.x + 1) / 2) * width,
        y: ((1 - this.probe.y) / 2) * height,
        behind: this.probe.z > 1,
      };
    }, width, height);
  }
}
