/** Labels over the floor: DOM texts that follow points and never overlap. */

import { icon, make } from "./dom.js";

/**
 * Which of some boxes may be shown without overlap, the important first.
 * boxes: [{x, y, width, height, priority}] with x, y the centre of the lower edge; returns booleans.
 */
export function declutter(boxes, gap = 2) {
  const order = boxes.map((_, i) => i).sort((a, b) => boxes[b].priority - boxes[a].priority || a - b);
  const shown = new Array(boxes.length).fill(false);
  const taken = [];
  for (const i of order) {
    const { x, y, width, height } = boxes[i];
    const box = [x - width / 2 - gap, y - height - gap, x + width / 2 + gap, y + gap];
    const free = taken.every((t) => box[2] <= t[0] || box[0] >= t[2] || box[3] <= t[1] || box[1] >= t[3]);
    if (!free) continue;
    shown[i] = true;
    taken.push(box);
  }
  return shown;
}

/** Where a label of a width has to be for all of it to be in the picture. */
export function within(x, wide, room, gap = 2) {
  const half = wide / 2 + gap;
  return room < 2 * half ? room / 2 : Math.min(Math.max(x, half), room - half);
}

const MOST = 100; // labels, but for those that tell of something
const TELLING = 50; // their least priority

/** The layer of labels; each has a world point, a priority and maybe an icon and a second text. */
export class Labels {
  constructor(layer) {
    this.layer = layer;
    this.labels = new Map();
  }

  /** Make or change a label; `point` is a THREE.Vector3 in the world that the caller may move. */
  set(key, { text, detail = "", kind, point, priority, mark = null }) {
    let label = this.labels.get(key);
    if (!label) {
      if (this.labels.size >= MOST && priority < TELLING) return;
      const words = make("span", { class: "words" });
      const extra = make("span", { class: "detail" });
      const badge = make("span", { class: "mark" });
      const element = make("div", { class: `label ${kind}` }, badge, words, extra);
      element.style.visibility = "hidden";
      this.layer.append(element);
      label = { element, words, extra, badge, shown: false, measured: false };
      this.labels.set(key, label);
    }
    if (label.text !== text) {
      label.words.textContent = label.text = text;
      label.measured = false;
    }
    if (label.detail !== detail) {
      label.extra.textContent = label.detail = detail;
      label.measured = false;
    }
    if (label.markKey !== mark?.shape) {
      label.markKey = mark?.shape;
      label.badge.replaceChildren(
        ...(mark ? [icon(mark.shape, { colour: mark.colour, stroked: mark.stroked })] : []),
      );
      label.measured = false;
    }
    Object.assign(label, { point, priority, kind });
  }

  /** Raise a label above the others (hovered, selected) or let it go back. */
  emphasise(key, on) {
    const label = this.labels.get(key);
    if (!label || label.raised === on) return;
    label.raised = on;
    label.element.classList.toggle("raised", on);
    label.measured = false;
  }

  remove(test) {
    for (const [key, label] of this.labels) {
      if (!test(key)) continue;
      label.element.remove();
      this.labels.delete(key);
    }
  }

  /** Put all labels where their points are on the screen; project(point) -> {x, y, behind}. */
  layOut(project, width, height) {
    const all = [...this.labels.values()];
    for (const label of all) {
      if (label.measured) continue;
      label.width = label.element.offsetWidth;
      label.height = label.element.offsetHeight;
      label.measured = label.width > 0;
    }
    const boxes = all.map((label) => {
      const { x, y, behind } = project(label.point);
      const outside = behind || x < -40 || y < 0 || x > width + 40 || y > height;
      // A label that is shown keeps its place against an equal one: no flicker on the way.
      const priority = label.priority + (label.raised ? 100 : 0) + (label.shown ? 0.5 : 0);
      return { x: outside ? x : within(x, label.width, width), y, width: label.width, height: label.height, priority, outside };
    });
    const candidates = boxes.map((box, i) => ({ box, label: all[i] })).filter(({ box }) => !box.outside);
    const shown = declutter(candidates.map(({ box }) => box));
    const visible = new Set();
    candidates.forEach(({ box, label }, i) => {
      if (!shown[i]) return;
      visible.add(label);
      const at = `translate(${Math.round(box.x - box.width / 2)}px, ${Math.round(box.y - box.height)}px)`;
      if (label.at !== at) label.element.style.transform = label.at = at;
    });
    for (const label of all) {
      const on = visible.has(label);
      if (label.shown === on) continue;
      label.shown = on;
      label.element.style.visibility = on ? "visible" : "hidden";
    }
  }
}
