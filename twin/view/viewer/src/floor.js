/** The floor as geometry: snapping, footprints, overlaps, distances. Metres and radians, z up. */

export const SNAP = 0.1;

/** Round to the next multiple of `step`, without the dust of binary fractions. */
export function snap(value, step = SNAP) {
  return Number((Math.round(value / step) * step).toFixed(6));
}

/** A heading in (-pi, pi]. */
export function wrap(angle) {
  const turned = angle - 2 * Math.PI * Math.floor((angle + Math.PI) / (2 * Math.PI));
  return turned === -Math.PI ? Math.PI : turned;
}

/** The heading after a quarter turn counter-clockwise, exact for the four right angles. */
export function quarterTurn(heading) {
  const quarters = heading / (Math.PI / 2);
  const near = Math.round(quarters);
  const exact = Math.abs(quarters - near) < 1e-6 ? near : quarters;
  return wrap((exact + 1) * (Math.PI / 2));
}

/** A point of a machine's own frame on the floor. */
export function toFloor(at, heading, [x, y]) {
  const c = Math.cos(heading);
  const s = Math.sin(heading);
  return [at[0] + c * x - s * y, at[1] + s * x + c * y];
}

/** The four corners of a footprint, counter-clockwise. */
export function corners({ at, heading, size }) {
  const [x, y] = [size[0] / 2, size[1] / 2];
  return [[-x, -y], [x, -y], [x, y], [-x, y]].map((corner) => toFloor(at, heading, corner));
}

/** Whether two footprints overlap by more than `slack`. */
export function overlaps(a, b, slack = 1e-3) {
  return penetration(a, b, slack) > slack;
}

/**
 * How far two footprints must at least move apart to be free (separating axes of two rectangles);
 * what is not above `enough` need not be exact.
 */
export function penetration(a, b, enough = -Infinity) {
  const [first, second] = [corners(a), corners(b)];
  let least = Infinity;
  for (const heading of [a.heading, a.heading + Math.PI / 2, b.heading, b.heading + Math.PI / 2]) {
    const [c, s] = [Math.cos(heading), Math.sin(heading)];
    const span = (points) => points.map(([x, y]) => c * x + s * y);
    const [p, q] = [span(first), span(second)];
    const depth = Math.min(Math.max(...p) - Math.min(...q), Math.max(...q) - Math.min(...p));
    least = Math.min(least, depth);
    if (least <= enough) return least;
  }
  return least;
}

/** Whether a footprint lies on a floor of the given size (from the origin). */
export function inside(footprint, [width, depth], slack = 1e-3) {
  return corners(footprint).every(
    ([x, y]) => x >= -slack && y >= -slack && x <= width + slack && y <= depth + slack,
  );
}

/** What is wrong with standing here: names of overlapped footprints, "floor" if it sticks out. */
export function conflicts(footprint, others, floor) {
  const wrong = others.filter((other) => overlaps(footprint, other)).map((other) => other.name);
  return inside(footprint, floor) ? wrong : [...wrong, "floor"];
}

/** How large things beside machines are drawn, 1 in a workshop, less among training models. */
export function roomScale(machines) {
  const widths = machines.map(({ size }) => Math.min(size[0], size[1], size[2] / 2)).sort((a, b) => a - b);
  const middle = widths[widths.length >> 1] ?? 0.6;
  return Math.min(1, Math.max(0.2, middle / 0.5));
}

/** The distance between two points [m]. */
export function distance([a, b], [c, d]) {
  return Math.hypot(c - a, d - b);
}

/** A polyline with the lengths along it, ready for pointAlong. */
export function polyline(points) {
  const along = [0];
  for (let i = 1; i < points.length; i++) along.push(along[i - 1] + distance(points[i - 1], points[i]));
  return { points, along, length: along[along.length - 1] };
}

/** Where `share` (0..1) of a polyline lies: writes x, y, heading into out. */
export function pointAlong(line, share, out) {
  const { points, along, length } = line;
  const wanted = Math.min(1, Math.max(0, share)) * length;
  let i = 1;
  while (i < along.length - 1 && along[i] < wanted) i++;
  if (along.length < 2 || length === 0) {
    [out[0], out[1]] = points[0];
    out[2] = NaN; // no direction
    return out;
  }
  while (i > 1 && along[i] === along[i - 1]) i--;
  const [a, b] = [points[i - 1], points[i]];
  const span = along[i] - along[i - 1];
  const part = span > 0 ? (wanted - along[i - 1]) / span : 0;
  out[0] = a[0] + (b[0] - a[0]) * part;
  out[1] = a[1] + (b[1] - a[1]) * part;
  out[2] = Math.atan2(b[1] - a[1], b[0] - a[0]);
  return out;
}

// --- several at once -------------------------------------------------------------------------------

/** The upright rectangle around footprints: {low: [x, y], high: [x, y]}. */
export function bounds(footprints) {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (const footprint of footprints) {
    const [x, y] = halfShadow(footprint);
    low[0] = Math.min(low[0], footprint.at[0] - x);
    low[1] = Math.min(low[1], footprint.at[1] - y);
    high[0] = Math.max(high[0], footprint.at[0] + x);
    high[1] = Math.max(high[1], footprint.at[1] + y);
  }
  return { low, high };
}

/** Half the width and depth of the upright rectangle around a footprint. */
function halfShadow({ heading, size }) {
  const [c, s] = [Math.abs(Math.cos(heading)), Math.abs(Math.sin(heading))];
  return [(c * size[0] + s * size[1]) / 2, (s * size[0] + c * size[1]) / 2];
}

/** Places after a turn by `angle` about the middle of them all; one alone turns on its own middle. */
export function turned(places, angle) {
  const { low, high } = bounds(places);
  const middle = places.length === 1 ? places[0].at : [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2];
  return places.map(({ at, heading }) => ({
    at: toFloor(middle, angle, [at[0] - middle[0], at[1] - middle[1]]).map((x) => snap(x, 0.001)),
    heading: angle > 0 ? quarterTurn(heading) : quarterBack(heading),
  }));
}

/** The heading after a quarter turn clockwise. */
export function quarterBack(heading) {
  return quarterTurn(quarterTurn(quarterTurn(heading)));
}

/** The indices of footprints whose middle lies in the upright rectangle between two corners. */
export function within(footprints, [x1, y1], [x2, y2]) {
  const among = (x, a, b) => x >= Math.min(a, b) && x <= Math.max(a, b);
  return [...footprints.keys()].filter((i) => {
    const [x, y] = footprints[i].at;
    return among(x, x1, x2) && among(y, y1, y2);
  });
}

// --- alignment -------------------------------------------------------------------------------------

export const ALIGN = 0.08; // m: what is nearer to being aligned than this, is
const NEIGHBOUR = 4; // m: what is farther away aligns nothing

/**
 * What a group has to be shifted by to be aligned with its neighbours, and the lines that show it.
 * Edges align with edges, middles with middles, on each axis with the nearest.
 * group, others: {low, high}; returns {shift: [dx | null, dy | null], guides: [[from, to], ...]}.
 */
export function aligned(group, others, tolerance = ALIGN) {
  const shift = [null, null];
  const guides = [];
  for (const axis of [0, 1]) {
    const best = nearestLine(group, others, axis, tolerance);
    if (!best) continue;
    shift[axis] = best.shift;
    guides.push({ axis, ...best });
  }
  return { shift, guides: guides.map((guide) => guideLine(group, guide, shift)) };
}

function nearestLine(group, others, axis, tolerance) {
  const cross = 1 - axis;
  let best = null;
  for (const other of others) {
    const gap = Math.max(other.low[cross] - group.high[cross], group.low[cross] - other.high[cross], 0);
    if (gap > NEIGHBOUR) continue;
    const middle = (box) => (box.low[axis] + box.high[axis]) / 2;
    const pairs = [
      [group.low[axis], other.low[axis]], [group.high[axis], other.high[axis]],
      [group.low[axis], other.high[axis]], [group.high[axis], other.low[axis]],
      [middle(group), middle(other)],
    ];
    for (const [own, line] of pairs) {
      const away = Math.abs(line - own);
      const better = !best || away < best.away - 1e-9 || (away < best.away + 1e-9 && gap < best.gap);
      if (away <= tolerance && better) best = { shift: line - own, away, gap, line, other };
    }
  }
  return best;
}

/** A line through both, a little longer than they are. */
function guideLine(group, { axis, line, other }, shift) {
  const cross = 1 - axis;
  const by = shift[cross] ?? 0;
  const from = Math.min(group.low[cross] + by, other.low[cross]) - 0.3;
  const to = Math.max(group.high[cross] + by, other.high[cross]) + 0.3;
  return axis === 0 ? [[line, from], [line, to]] : [[from, line], [to, line]];
}

// --- distances -------------------------------------------------------------------------------------

/** The shortest way between two footprints or points: {from, to, distance [m]}; 0 if they overlap. */
export function between(a, b) {
  const [first, second] = [outline(a), outline(b)];
  if (first.length > 1 && second.length > 1 && overlaps(a, b, 0)) {
    return { from: a.at, to: b.at, distance: 0 };
  }
  let best = { distance: Infinity };
  const look = (points, edges, swap) => {
    for (const point of points) {
      for (let i = 0; i < edges.length; i++) {
        const foot = nearestOn(point, edges[i], edges[(i + 1) % edges.length]);
        const away = distance(point, foot);
        if (away < best.distance - 1e-12) {
          best = { from: swap ? foot : point, to: swap ? point : foot, distance: away };
        }
      }
    }
  };
  look(first, second, false);
  look(second, first, true);
  return best;
}

function outline(thing) {
  return thing.size ? corners(thing) : [thing.at];
}

function nearestOn(point, a, b) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const length = dx * dx + dy * dy;
  if (!length) return a;
  const share = ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length;
  const t = Math.min(1, Math.max(0, share));
  return [a[0] + t * dx, a[1] + t * dy];
}

// --- where things go -------------------------------------------------------------------------------

/**
 * The shift [m] of a group that is dragged by `delta`: onto the grid by the one that is held, but
 * aligned with neighbours where they are nearer; `free`: to the millimetre.
 * starts: places before the drag; held: the one under the pointer; others: bounds of what stands.
 */
export function fitted(starts, held, delta, others, free) {
  if (free) return { shift: delta.map((x) => snap(x, 0.001)), guides: [] };
  const { low, high } = bounds(starts);
  const group = { low: low.map((x, i) => x + delta[i]), high: high.map((x, i) => x + delta[i]) };
  const { shift, guides } = aligned(group, others);
  return {
    shift: shift.map((by, i) => (by === null ? snap(held.at[i] + delta[i]) - held.at[i] : delta[i] + by)),
    guides,
  };
}

/** The shift [m] that puts copies of some machines beside them, where nothing is in the way. */
export function beside(places, standing, floor) {
  const { low, high } = bounds(places);
  const [width, depth] = [0, 1].map((axis) => Math.ceil((high[axis] - low[axis]) / SNAP - 1e-6) * SNAP);
  const ways = [1, 2, 3].flatMap((n) => [[n * width, 0], [-n * width, 0], [0, n * depth], [0, -n * depth]]);
  const free = ([dx, dy]) => places.every((place) => {
    const copy = { ...place, at: [place.at[0] + dx, place.at[1] + dy] };
    return conflicts(copy, standing, floor).length === 0;
  });
  return (ways.find(free) ?? [3 * SNAP, -3 * SNAP]).map((x) => snap(x));
}
