/** What goes where in a whole timeline: flows of material, and traffic of people and vehicles. */

const CELL = 0.25; // m, of the traffic's grid
const CELLS = 40_000; // at most

/** A move's ends as places of the floor, or null where a name is not on it. */
function ends(moves, row, resolved) {
  const [origin, target] = [resolved[moves.origin[row]], resolved[moves.target[row]]];
  return origin && target && origin !== target ? [origin, target] : null;
}

/** What two moves must share to be one flow: the machine, whatever its port or place, or the point. */
function key(place) {
  if (place.machine !== undefined) return `m${place.machine}`;
  return String(place.node ?? place.home);
}

/**
 * Flows of material, the thickest first: [{line, count}], line a polyline on the floor (see
 * floor.js), count the parts that went along it. However they were carried.
 */
export function materialFlows({ moves, places: names }, places) {
  const resolved = names.map((name) => places.resolve(name));
  const found = new Map();
  for (let row = 0; row < moves.rows; row++) {
    const pair = moves.part[row] >= 0 ? ends(moves, row, resolved) : null;
    if (!pair || key(pair[0]) === key(pair[1])) continue;
    const between = `${key(pair[0])}>${key(pair[1])}`;
    const flow = found.get(between);
    if (flow) flow.count++;
    else found.set(between, { row, count: 1 });
  }
  const flows = [...found.values()].map(({ row, count }) => {
    const [origin, target] = [moves.origin[row], moves.target[row]];
    return { line: places.path(resolved[origin], resolved[target], names[origin], names[target]), count };
  });
  return flows.filter(({ line }) => line.length > 0).sort((a, b) => b.count - a.count);
}

/**
 * How often people and vehicles passed each cell of the floor: {columns, rows, size, counts, most},
 * counts row by row from the corner at the origin. `walks(carrier)`: whether it moves on the floor.
 */
export function traffic({ moves, places: names }, places, [width, depth], walks) {
  const size = Math.max(CELL, Math.sqrt((width * depth) / CELLS));
  const [columns, rows] = [Math.ceil(width / size), Math.ceil(depth / size)];
  const counts = new Uint32Array(columns * rows);
  const resolved = names.map((name) => places.resolve(name));
  const ways = new Map();
  for (let row = 0; row < moves.rows; row++) {
    if (moves.carrier[row] < 0 || !walks(moves.carrier[row])) continue;
    const pair = ends(moves, row, resolved);
    if (!pair) continue;
    const between = `${moves.origin[row]}>${moves.target[row]}`;
    const way = ways.get(between) ?? { row, pair, count: 0 };
    way.count++;
    ways.set(between, way);
  }
  let most = 0;
  for (const { row, pair, count } of ways.values()) {
    const line = places.path(...pair, names[moves.origin[row]], names[moves.target[row]]);
    for (const cell of passed(line.points, size, columns, rows)) {
      counts[cell] += count;
      most = Math.max(most, counts[cell]);
    }
  }
  return { columns, rows, size, counts, most };
}

/** The cells that a polyline passes, each once. */
function passed(points, size, columns, rows) {
  const cells = new Set();
  for (let i = 1; i < points.length; i++) {
    const [[x1, y1], [x2, y2]] = [points[i - 1], points[i]];
    const steps = Math.max(1, Math.ceil((2 * Math.hypot(x2 - x1, y2 - y1)) / size));
    for (let step = 0; step <= steps; step++) {
      const column = Math.floor((x1 + ((x2 - x1) * step) / steps) / size);
      const row = Math.floor((y1 + ((y2 - y1) * step) / steps) / size);
      if (column >= 0 && row >= 0 && column < columns && row < rows) cells.add(row * columns + column);
    }
  }
  return cells;
}

/**
 * The outline of a ribbon along a polyline, as triangles: flat [x, y] pairs. It keeps to the right
 * of its line, so that there and back lie side by side, and ends in an arrow.
 */
export function ribbon(points, wide) {
  const corners = [];
  const last = points.length - 1;
  const head = Math.min(2.2 * wide, 0.6 * Math.hypot(points[last][0] - points[last - 1][0], points[last][1] - points[last - 1][1]));
  for (let i = 1; i <= last; i++) {
    const [[x1, y1], [x2, y2]] = [points[i - 1], points[i]];
    const length = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [ux, uy] = [(x2 - x1) / length, (y2 - y1) / length];
    const [nx, ny] = [uy, -ux]; // to the right
    const end = i === last ? length - head : length + wide / 2; // corners are closed by overlapping
    const at = (along, across) => [x1 + ux * along + nx * across, y1 + uy * along + ny * across];
    const [a, b, c, d] = [at(0, 0.1 * wide), at(end, 0.1 * wide), at(end, 1.1 * wide), at(0, 1.1 * wide)];
    corners.push(a, b, c, a, c, d);
    if (i === last) corners.push(at(end, -0.4 * wide), at(length, 0.6 * wide), at(end, 1.6 * wide));
  }
  return corners;
}
