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

/** Whether two footprints overlap by more than `slack` (separating axes of two rectangles). */
export function overlaps(a, b, slack = 1e-3) {
  const [first, second] = [corners(a), corners(b)];
  for (const heading of [a.heading, a.heading + Math.PI / 2, b.heading, b.heading + Math.PI / 2]) {
    const [c, s] = [Math.cos(heading), Math.sin(heading)];
    const span = (points) => points.map(([x, y]) => c * x + s * y);
    const [p, q] = [span(first), span(second)];
    const depth = Math.min(Math.max(...p), Math.max(...q)) - Math.max(Math.min(...p), Math.min(...q));
    if (depth <= slack) return false;
  }
  return true;
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
