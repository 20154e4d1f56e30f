/**
 * What has changed on a floor, as shapes: where a thing was, where it is, the way between. The marks
 * come from Python (twin/view/marks.py) with the words of the difference. Knows no pixels.
 */

import { corners } from "./floor.js";

// Never by colour alone: each has a sign of its own, and its words.
export const VERBS = {
  added: { colour: "#1f8a4c", dark: "#4cc27e", word: "added", sign: "M5 1V9 M1 5H9" },
  removed: { colour: "#c62f2f", dark: "#f2766b", word: "removed", sign: "M1 5H9" },
  moved: { colour: "#7a3fd0", dark: "#b894ff", word: "moved", sign: "M1 5H8.5 M5.5 2 8.5 5 5.5 8" },
  changed: { colour: "#b26a00", dark: "#f0b04a", word: "changed", sign: "M1 3.5C2.5 1.5 4 1.5 5 3S7.5 4.5 9 2.5 M1 7.5C2.5 5.5 4 5.5 5 7S7.5 8.5 9 6.5" },
};
const MOST_LINES = 3; // of words at one place
const ARROW = 0.34; // m, the head of an arrow in a workshop

/**
 * The shapes of marks on one floor. side: "after" for the present floor, "before" for the one that it
 * is compared with: what stands there is framed, what stands only on the other is a ghost.
 * {solids, ghosts: [{at, heading, size, verb}], ways: [{from, to, verb}],
 *  labels: [{key, at, height, verb, texts}], counts: {verb: n}, elsewhere: n}
 */
export function shapesOf(marks, side) {
  const found = { solids: [], ghosts: [], ways: [], labels: [], counts: {}, elsewhere: 0 };
  const labels = new Map();
  const framed = new Set();
  for (const { verb, text, short = text, body, was, now } of marks) {
    found.counts[verb] = (found.counts[verb] ?? 0) + 1;
    const [here, there] = side === "after" ? [now, was] : [was, now];
    const shown = here.length ? here : there;
    if (!shown.length) {
      found.elsewhere++;
      continue;
    }
    for (const place of here) {
      // Once: what happened to the thing itself comes first, and says more than what is told of it.
      if (framed.has(spot(place))) continue;
      framed.add(spot(place));
      found.solids.push({ ...place, verb: body ? verb : "changed" });
    }
    if (body && (verb === "moved" || !here.length)) found.ghosts.push(...there.map((place) => ({ ...place, verb })));
    if (verb === "moved" && was[0] && now[0] && apart(was[0], now[0])) found.ways.push({ from: was[0].at, to: now[0].at, verb });
    // What is yet to come is told on the floor where it is.
    if (here.length || side === "after") say(labels, shown[0], verb, short);
  }
  found.labels = [...labels.values()];
  return found;
}

function apart(a, b) {
  return Math.hypot(a.at[0] - b.at[0], a.at[1] - b.at[1]) > 1e-6;
}

function spot({ at }) {
  return at.map((x) => x.toFixed(3)).join();
}

/** One label a place; the first thing that is told of it gives its sign. */
function say(labels, place, verb, text) {
  const { at, size } = place;
  const key = spot(place);
  const label = labels.get(key);
  if (!label) labels.set(key, { key, at, height: size[2], verb, texts: [text] });
  else if (label.texts.length < MOST_LINES) label.texts.push(text);
  else {
    label.more = (label.more ?? 0) + 1;
    label.texts[MOST_LINES] = `and ${label.more} more`;
  }
}

/** How much of what, in a few words: "2 moved, 1 added"; empty where nothing has changed. */
export function counted({ counts }) {
  return Object.entries(VERBS).filter(([verb]) => counts[verb]).map(([verb, { word }]) => `${counts[verb]} ${word}`).join(", ");
}

/** The edges of a box on the floor: pairs of points [x, y, z]. */
export function edges({ at, heading, size }) {
  const base = corners({ at, heading, size });
  const up = (z) => base.map(([x, y]) => [x, y, z]);
  const [low, high] = [up(0), up(size[2])];
  return base.flatMap((_, i) => {
    const next = (i + 1) % base.length;
    return [[low[i], low[next]], [high[i], high[next]], [low[i], high[i]]];
  });
}

/** The sides and the top of a box on the floor: four corners [x, y, z] each. */
export function faces({ at, heading, size }) {
  const base = corners({ at, heading, size });
  const sides = base.map((a, i) => {
    const b = base[(i + 1) % base.length];
    return [[...a, 0], [...b, 0], [...b, size[2]], [...a, size[2]]];
  });
  return [...sides, base.map((corner) => [...corner, size[2]])];
}

/** A sign that lies on the floor beside a thing: strokes [from, to] in its own half metre. */
export function signStrokes({ at, heading, size, verb }, scale) {
  const strokes = { added: [[-1, 0, 1, 0], [0, -1, 0, 1]], removed: [[-1, 0, 1, 0]] }[verb] ?? [];
  const half = 0.16 * scale;
  const away = size[1] / 2 + 0.3 * scale; // in front of it
  const [c, s] = [Math.cos(heading), Math.sin(heading)];
  const middle = [at[0] + s * away, at[1] - c * away];
  return strokes.map(([x1, y1, x2, y2]) => [
    [middle[0] + half * x1, middle[1] + half * y1], [middle[0] + half * x2, middle[1] + half * y2],
  ]);
}

/** The strokes of an arrow along the floor: its shaft in dashes, and its head. */
export function arrow({ from, to }, scale) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const length = Math.hypot(dx, dy);
  const head = Math.min(ARROW * scale, 0.45 * length);
  const at = (along, aside) => [from[0] + (dx * along - dy * aside) / length, from[1] + (dy * along + dx * aside) / length];
  const shaft = length - head * 0.5;
  const count = Math.max(1, Math.round(shaft / (0.26 * scale)));
  const dashes = Array.from({ length: count }, (_, i) => [
    at((shaft * i) / count, 0), at((shaft * (i + (i + 1 < count ? 0.6 : 1))) / count, 0),
  ]);
  return [...dashes, [at(length - head, head * 0.55), to], [at(length - head, -head * 0.55), to]];
}
