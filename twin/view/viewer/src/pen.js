/** Drawing by points: each click is a corner, Enter or a second click ends it, Escape gives it up. */

import { distance, snap } from "./floor.js";
import { length } from "./findings.js";
import { aimed, area, crosses, ontoSide, outlineOf } from "./outlines.js";

const COLOUR = "#2f7fe0";
const NEAR = 0.2; // m: a click so near to a node or a corner means it, in a workshop

/** What the pen draws; width [m]: as the layout has it where none is written. */
export const PENS = {
  wall: { word: "Wall", article: "a wall", width: 0.1 },
  conveyor: { word: "Conveyor", article: "a conveyor, from where parts come to where they go", width: 0.4 },
  aisle: { word: "Aisle", article: "an aisle", width: 1.2 },
  zone: { word: "Zone", article: "a zone", least: 3 },
  road: { word: "Road", article: "a road for vehicles" },
};

export class Pen {
  /**
   * viewer: {guides, scale, nodes: name -> [x, y], drawn: what the scene has of it, machine(index),
   * say(text), label(at, text), unlabel(), changed(), road(places), draw(kind, points, to), done()}.
   */
  constructor(viewer) {
    this.viewer = viewer;
    this.on = false;
    this.kind = "road";
    this.corners = []; // {at, place: a name or the point, machine: a name or null}
  }

  start(kind = this.kind) {
    this.on = true;
    this.kind = kind;
    const { article } = PENS[kind];
    this.viewer.say(
      `Draw ${article}: click its corners. Shift leaves the grid, Backspace takes a corner back, ` +
        "Enter or a double click ends it, Escape gives it up.",
    );
  }

  stop() {
    if (!this.on) return false;
    this.on = false;
    this.corners = [];
    this.#show();
    return true;
  }

  /** The floor has been built anew: what is drawn so far stands on it again. */
  again() {
    if (this.corners.length) this.#show();
  }

  #corner({ point, thing, shift }) {
    const from = this.corners.at(-1)?.at;
    const machine = thing?.kind === "machine" ? this.viewer.machine(thing.index) : null;
    if (this.kind === "road") return this.#stop(point, machine);
    if (machine && this.kind === "conveyor") return { at: ontoSide(machine, from ?? point), machine: machine.name };
    const near = shift ? null : this.#near(point);
    return { at: near ?? aimed(from, point, shift), machine: null };
  }

  /** A place that a road leads to. */
  #stop(point, machine) {
    if (machine) return { at: machine.at, place: machine.name };
    const within = NEAR * this.viewer.scale;
    const node = Object.entries(this.viewer.nodes).find(([, at]) => distance(at, point) < within);
    if (node) return { at: node[1], place: node[0] };
    const at = point.map((x) => snap(x));
    return { at, place: at };
  }

  /** The corner of something drawn already, or the first of this one, that a click means. */
  #near(point) {
    const others = this.viewer.drawn.flatMap(({ points }) => points);
    return others.find((at) => distance(at, point) < (NEAR / 2) * this.viewer.scale) ?? null;
  }

  /** Whether a zone comes back to where it began. */
  #closes({ point }) {
    const [first] = this.corners;
    return this.kind === "zone" && this.corners.length > 2 && distance(first.at, point) < NEAR * this.viewer.scale;
  }

  click(press) {
    if (!press.point) return;
    if ((press.twice && this.corners.length > 1) || this.#closes(press)) return this.#end();
    const corner = this.#corner(press);
    const last = this.corners.at(-1);
    if (last && distance(last.at, corner.at) < 1e-6) return; // a corner is no second one
    this.corners.push(corner);
    this.#show();
  }

  hover(press) {
    if (this.corners.length && press?.point) this.#show(this.#corner(press));
  }

  /** Enter ends it, Backspace takes its last corner back; whether the key meant something. */
  key({ key }) {
    if (key === "Backspace") this.corners.pop();
    else if (key === "Enter") return this.#end();
    else return false;
    this.#show();
    return true;
  }

  #end() {
    const { kind, corners } = this;
    const { least = 2, article } = PENS[kind];
    if (corners.length < least) {
      if (corners.length) this.viewer.say(`${article[0].toUpperCase()}${article.slice(1)} has ${least} corners at least.`);
      return true;
    }
    if (kind === "zone" && crosses(corners.map(({ at }) => at))) {
      this.viewer.say("The outline crosses itself: Backspace takes corners back; put them in order, once round.");
      return true;
    }
    if (kind === "road") this.viewer.road(corners.map(({ place }) => place));
    else this.viewer.draw(kind, corners.map(({ at }) => at), corners.at(-1).machine);
    this.viewer.done();
    return true;
  }

  #show(next) {
    const all = next ? [...this.corners, next] : this.corners;
    const points = all.map(({ at }) => at).filter((at, i, list) => !i || distance(at, list[i - 1]) > 1e-6);
    this.viewer.guides.show("road", { lines: this.#lines(points) }, COLOUR);
    if (points.length > 1) this.#measure(points);
    else this.viewer.unlabel();
    this.viewer.changed();
  }

  /** What is seen of it so far: its line, and its sides where it has a width. */
  #lines(points) {
    const { width } = PENS[this.kind];
    const line = points.slice(1).map((at, i) => [points[i], at]);
    if (points.length < 2) return line;
    if (this.kind === "zone") return [...line, [points.at(-1), points[0]]];
    if (!width) return line;
    const outline = outlineOf({ points, width });
    return [...line, ...outline.map((at, i) => [at, outline[(i + 1) % outline.length]])];
  }

  #measure(points) {
    const [a, b] = points.slice(-2);
    const texts = [length(distance(a, b))];
    if (this.kind === "zone" && points.length > 2) texts.push(`${Math.abs(area(points)).toFixed(1)} m²`);
    else if (points.length > 2) {
      texts.push(`${length(points.slice(1).reduce((sum, at, i) => sum + distance(points[i], at), 0))} in all`);
    }
    this.viewer.label([0, 1].map((axis) => (a[axis] + b[axis]) / 2), texts.join(" · "));
  }
}
