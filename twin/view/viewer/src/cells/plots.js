/** The transfer over its time: motions, least distance, joints against their limits, one cursor. */

import { COLOURS, KINDS, SHOWN, motionAt, nearAt, rowAt, shareOf, stepOf } from "./values.js";

const SVG = "http://www.w3.org/2000/svg";
const LEFT = 104;
const RIGHT = 12;
const ROWS = [[0, "moves freely"], [1, "moves straight"], [2, "gripper"], [3, "waits"]];
const ROW = 15;
const NEAR = 0.02; // m: less is a warning
const TOP = 8;

export function s(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

export class Plots {
  /** ui: the page, which has the film, what is shown of the joints, and seeks. */
  constructor(ui) {
    this.ui = ui;
    this.svg = s("svg", { class: "plots", role: "img", tabindex: 0 });
    this.cursor = s("line", { class: "cursor" });
    this.svg.addEventListener("pointerdown", (event) => {
      this.svg.setPointerCapture(event.pointerId);
      this.#seek(event);
    });
    this.svg.addEventListener("pointermove", (event) => event.buttons && this.#seek(event));
    this.resizer = new ResizeObserver(() => this.draw());
    this.resizer.observe(this.svg);
  }

  #seek(event) {
    const { transfer } = this;
    if (!transfer) return;
    const box = this.svg.getBoundingClientRect();
    const tau = (event.clientX - box.left - LEFT) / this.scale;
    // Not quite to its end, where the next one begins.
    this.ui.seek(transfer.start + Math.min(Math.max(0, tau), transfer.duration - 1e-3));
  }

  show(transfer) {
    this.transfer = transfer;
    this.draw();
  }

  draw() {
    const { clientWidth: width, clientHeight: height } = this.svg;
    if (!width || !height) return;
    this.svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
    const { transfer } = this;
    if (!transfer) return this.svg.replaceChildren();
    this.scale = (width - LEFT - RIGHT) / transfer.duration;
    const x = (tau) => LEFT + tau * this.scale;
    this.rows = ROWS.filter(([row]) => row < 3 || transfer.motions.some(({ kind }) => kind === "wait"));
    const bars = TOP + this.rows.length * ROW;
    const distance = [bars + 10, Math.max(26, (height - bars) * 0.24)];
    const curves = [distance[0] + distance[1] + 12, 0];
    curves[1] = Math.max(30, height - curves[0] - 20);
    this.svg.setAttribute("aria-label", this.#spoken());
    this.svg.replaceChildren(
      ...this.#axis(x, height - 16),
      ...this.#gantt(x),
      ...this.#distance(x, distance),
      ...this.#curves(x, curves),
      this.cursor,
    );
    Object.entries({ y1: TOP, y2: height - 16 }).forEach(([name, value]) => this.cursor.setAttribute(name, value));
    this.at(this.tau ?? 0);
  }

  #spoken() {
    const { motions, duration } = this.transfer;
    const list = motions.map(({ kind, start, end }) => `${kind} ${start.toFixed(1)} to ${end.toFixed(1)} s`);
    return `${duration.toFixed(1)} s: ${list.join(", ")}. ${SHOWN[this.ui.what].words} ${SHOWN[this.ui.what].hint} below.`;
  }

  #axis(x, bottom) {
    const { duration } = this.transfer;
    const step = stepOf(duration, 12);
    return Array.from({ length: Math.floor(duration / step) + 1 }, (_, k) => k * step).flatMap((tau) => [
      s("line", { class: "grid", x1: x(tau), x2: x(tau), y1: TOP, y2: bottom }),
      s("text", { x: x(tau), y: bottom + 13, "text-anchor": "middle" }, `${Number(tau.toFixed(1))} s`),
    ]);
  }

  #gantt(x) {
    const names = this.rows.map(([row, words]) => s("text", { x: 4, y: TOP + row * ROW + 11 }, words));
    const bars = this.transfer.motions.map(({ kind, start, end, bound }) => s("rect", {
      class: kind, x: x(start), width: Math.max(1, (end - start) * this.scale - 1), y: TOP + KINDS[kind].row * ROW + 1, height: ROW - 3, rx: 2,
    }, s("title", {}, `${kind}: ${(end - start).toFixed(2)} s, paced by ${bound}`)));
    return [...names, ...bars];
  }

  /** The least distance over time, or until it is known that of each motion, as a step; the place where a motion is nearest, as a dot. */
  #distance(x, [top, high]) {
    const { motions, near } = this.transfer;
    const most = Math.max(0.1, ...motions.map(({ clearance }) => clearance), ...(near?.distances ?? []));
    const y = (metres) => top + high * (1 - Math.max(0, metres) / most);
    const way = near
      ? near.times.map((tau, i) => [x(tau), y(near.distances[i])])
      : motions.flatMap(({ start, end, clearance }) => [[x(start), y(clearance)], [x(end), y(clearance)]]);
    const nearest = motions.filter(({ kind, between }) => kind === "travel" && between);
    return [
      s("text", { x: 4, y: top + 10 }, "least distance"),
      s("text", { x: 4, y: top + 24, class: "faint" }, `to ${Math.round(most * 1000)} mm`),
      s("line", { class: "limit", x1: LEFT, x2: x(this.transfer.duration), y1: y(NEAR), y2: y(NEAR) }),
      s("polyline", { class: "distance", points: way.map((p) => p.map((v) => v.toFixed(1)).join()).join(" ") }),
      ...nearest.map(({ at, clearance, between }) => s("circle", { class: "distance", cx: x(at), cy: y(clearance), r: 3 },
        s("title", {}, `${Math.round(clearance * 1000)} mm between ${between} at ${at.toFixed(2)} s`))),
    ];
  }

  /** All joints as shares of their limits, which are the upper and the lower edge. */
  #curves(x, [top, high]) {
    const { what, film } = this.ui;
    const y = (share) => top + (high / 2) * (1 - Math.max(-1.05, Math.min(1.05, share)));
    const edge = [1, 0, -1].map((share) => s("line", {
      class: share ? "limit" : "grid", x1: LEFT, x2: x(this.transfer.duration), y1: y(share), y2: y(share),
    }));
    const { times } = this.transfer;
    const lines = film.joints.map((joint, k) => s("polyline", {
      class: "curve", stroke: COLOURS[k % COLOURS.length],
      points: times.map((tau, i) => `${x(tau).toFixed(1)},${y(shareOf(joint, what, this.transfer[what][i][k])).toFixed(1)}`).join(" "),
    }));
    return [
      s("text", { x: 4, y: top + 10 }, SHOWN[what].words.toLowerCase()),
      s("text", { x: LEFT - 4, y: y(1) + 4, "text-anchor": "end", class: "faint" }, "limit"),
      s("text", { x: LEFT - 4, y: y(-1) + 4, "text-anchor": "end", class: "faint" }, "limit"),
      ...edge, ...lines,
    ];
  }

  /** Put the cursor to a time of the transfer [s]. */
  at(tau) {
    this.tau = tau;
    if (!this.transfer || !this.scale) return;
    const x = LEFT + tau * this.scale;
    this.cursor.setAttribute("x1", x);
    this.cursor.setAttribute("x2", x);
  }

  /** What the transfer is at, in words. */
  worded(tau) {
    const motion = motionAt(this.transfer, tau);
    const now = nearAt(this.transfer, tau);
    const near = now ? `, ${now}`
      : motion.between ? `, at least ${Math.round(motion.clearance * 1000)} mm between ${motion.between}` : "";
    return `${motion.kind}, paced by ${motion.bound}${near}`;
  }

  /** Joints, speeds or torques at a time. */
  valuesAt(what, tau) {
    return rowAt(this.transfer.times, this.transfer[what], tau);
  }

  dispose() {
    this.resizer.disconnect();
  }
}
