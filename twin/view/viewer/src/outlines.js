/**
 * Lines and areas drawn by their corners, as twin/layout/outlines.py has them: strips of a width,
 * areas, what lies in them. Metres, seen from above.
 */

import { distance, snap, SNAP } from "./floor.js";

const SHARPEST = 1; // tangent of half the turn, beyond which a corner is not drawn out any further
const STRAIGHT = (7 * Math.PI) / 180; // what is nearer to 0, 45, 90 degrees than this, is so

/** The footprints {at, heading, size} that a line of a width covers, one a stretch. */
export function strip(points, width) {
  const headings = points.slice(1).map((b, i) => Math.atan2(b[1] - points[i][1], b[0] - points[i][0]));
  const more = headings.map((heading, i) => (i ? mitre(headings[i - 1], heading) * (width / 2) : 0));
  return headings.map((heading, i) => {
    const [before, after] = [more[i], more[i + 1] ?? 0];
    const [a, b] = [points[i], points[i + 1]];
    const along = [Math.cos(heading), Math.sin(heading)];
    return {
      at: [0, 1].map((axis) => (a[axis] + b[axis]) / 2 + (along[axis] * (after - before)) / 2),
      heading,
      size: [distance(a, b) + before + after, width],
    };
  });
}

function mitre(before, after) {
  const turn = Math.abs(Math.atan2(Math.sin(after - before), Math.cos(after - before)));
  return Math.min(SHARPEST, Math.tan(Math.min(turn, 3) / 2));
}

/** The area [m2] in an outline, negative where it runs clockwise. */
export function area(points) {
  return points.reduce((sum, [x, y], i) => {
    const [nx, ny] = points[(i + 1) % points.length];
    return sum + (x * ny - nx * y) / 2;
  }, 0);
}

/** The middle of an area. */
export function middle(points) {
  const whole = area(points);
  if (Math.abs(whole) < 1e-9) return points[0];
  return [0, 1].map((axis) => points.reduce((sum, a, i) => {
    const b = points[(i + 1) % points.length];
    return sum + ((a[axis] + b[axis]) * (a[0] * b[1] - b[0] * a[1])) / (6 * whole);
  }, 0));
}

/** The area [m2] that an outline shares with a convex one that runs counter-clockwise. */
export function sharedArea(points, convex) {
  let left = points;
  for (let i = 0; i < convex.length && left.length; i++) left = cut(left, convex[i], convex[(i + 1) % convex.length]);
  return Math.abs(area(left));
}

const side = (a, b, c) => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);

/** What of an outline lies on the left of the line from a to b. */
function cut(points, a, b) {
  const kept = [];
  points.forEach((p, i) => {
    const q = points[(i + 1) % points.length];
    const [here, there] = [side(a, b, p), side(a, b, q)];
    if (here >= 0) kept.push(p);
    if ((here > 0 && there < 0) || (here < 0 && there > 0)) {
      const share = here / (here - there);
      kept.push([p[0] + share * (q[0] - p[0]), p[1] + share * (q[1] - p[1])]);
    }
  });
  return kept;
}

/** Whether two sides of an outline that are not next to each other cross or touch. */
export function crosses(points) {
  const sides = points.map((a, i) => [a, points[(i + 1) % points.length]]);
  const apart = (a, b, c, d) => Math.sign(side(a, b, c)) * Math.sign(side(a, b, d)) > 0;
  const clear = (a, b, c, d) => [0, 1].some((k) =>
    Math.max(a[k], b[k]) < Math.min(c[k], d[k]) || Math.max(c[k], d[k]) < Math.min(a[k], b[k]));
  return sides.some(([a, b], i) => sides.some(([c, d], k) => {
    if (k <= i + 1 || (i === 0 && k === sides.length - 1)) return false;
    return !clear(a, b, c, d) && !apart(a, b, c, d) && !apart(c, d, a, b);
  }));
}

/** Whether a point lies in an outline (even-odd). */
export function holds(points, [x, y]) {
  let inside = false;
  points.forEach(([ax, ay], i) => {
    const [bx, by] = points[(i + 1) % points.length];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  });
  return inside;
}

/** How far a point is from a line. */
export function away(points, point) {
  let best = Infinity;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const span = dx * dx + dy * dy;
    const share = span ? Math.min(1, Math.max(0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / span)) : 0;
    best = Math.min(best, distance(point, [a[0] + share * dx, a[1] + share * dy]));
  }
  return best;
}

/** The middle of the longest stretch of a line. */
export function longest(points) {
  let best = 1;
  for (let i = 2; i < points.length; i++) {
    if (distance(points[i - 1], points[i]) > distance(points[best - 1], points[best])) best = i;
  }
  return [0, 1].map((axis) => (points[best - 1][axis] + points[best][axis]) / 2);
}

/**
 * The corners of a line that runs beside another, `by` to its left, mitred where it turns; a
 * needle's point is cut off. closed: the last corner joins the first.
 */
export function beside(points, by, closed = false) {
  const last = points.length - 1;
  const normals = points.map((a, i) => {
    const b = points[i === last ? 0 : i + 1];
    const length = distance(a, b) || 1;
    return [-(b[1] - a[1]) / length, (b[0] - a[0]) / length];
  });
  return points.map(([x, y], i) => {
    const before = i || closed ? normals[i ? i - 1 : last] : normals[0];
    const after = i < last || closed ? normals[i] : before;
    const sum = [before[0] + after[0], before[1] + after[1]];
    const bend = Math.max(0.5, 1 + before[0] * after[0] + before[1] * after[1]);
    return [x + (sum[0] / bend) * by, y + (sum[1] / bend) * by];
  });
}

/** The outline of what is drawn: of a zone its own, of a line of a width both of its sides. */
export function outlineOf({ points, width }) {
  if (!width) return points;
  return [...beside(points, width / 2), ...beside(points, -width / 2).reverse()];
}

/**
 * Where a corner goes that is put at a point: onto a line at 0, 45 or 90 degrees from `from` if it
 * is near one, and onto the grid; `free`: to the millimetre.
 */
export function aimed(from, point, free = false) {
  if (free) return point.map((x) => snap(x, 0.001));
  if (!from || distance(from, point) < SNAP / 2) return point.map((x) => snap(x));
  const [dx, dy] = [point[0] - from[0], point[1] - from[1]];
  const angle = Math.atan2(dy, dx);
  const eighth = Math.round(angle / (Math.PI / 4));
  if (Math.abs(angle - (eighth * Math.PI) / 4) > STRAIGHT) return point.map((x) => snap(x));
  if (eighth % 4 === 0) return [snap(point[0]), from[1]];
  if (eighth % 2 === 0) return [from[0], snap(point[1])];
  const step = snap((Math.abs(dx) + Math.abs(dy)) / 2);
  return [snap(from[0] + Math.sign(dx) * step, 0.0001), snap(from[1] + Math.sign(dy) * step, 0.0001)];
}

/** The place of the side of a footprint that is nearest to a point. */
export function ontoSide({ at, heading, size }, point) {
  const [c, s] = [Math.cos(heading), Math.sin(heading)];
  const [dx, dy] = [point[0] - at[0], point[1] - at[1]];
  const own = [c * dx + s * dy, c * dy - s * dx];
  const half = size.slice(0, 2).map((x) => x / 2);
  const out = own.map((x, axis) => Math.abs(x) - half[axis]);
  if (out[0] <= 0 && out[1] <= 0) {
    const axis = out[0] > out[1] ? 0 : 1;
    own[axis] = (Math.sign(own[axis]) || 1) * half[axis];
  } else own.forEach((x, axis) => (own[axis] = Math.min(half[axis], Math.max(-half[axis], x))));
  return [at[0] + c * own[0] - s * own[1], at[1] + s * own[0] + c * own[1]].map((x) => snap(x, 0.001));
}
