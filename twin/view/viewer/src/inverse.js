/**
 * Inverse kinematics of a serial arm (see kinematics.js) by damped least squares (Wampler, IEEE
 * Trans. Systems, Man and Cybernetics 16(1), 1986): for following a hand, not for verdicts.
 */

const DAMPING = 1e-4;
const STEPS = 80;
const NEAR = 1e-4; // m and rad
const LARGEST = 0.3; // rad, of a joint in one step

const cross = ([a, b, c], [x, y, z]) => [b * z - c * y, c * x - a * z, a * y - b * x];
const dot = (a, b) => a.reduce((sum, x, k) => sum + x * b[k], 0);
const column = (matrix, k) => [...matrix.slice(k * 4, k * 4 + 3)];

/** What is missing from the arm's tool to a point and a direction: [m, m, m, rad, rad, rad]. */
function missing(arm, point, direction) {
  const along = column(arm.tool, 2);
  const turn = cross(along, direction);
  // At half a turn there is no axis: any across will do.
  const back = dot(along, direction) < 0 && Math.hypot(...turn) < 1e-6 ? column(arm.tool, 0).map((x) => x * Math.PI) : turn;
  return [...point.map((x, k) => x - arm.tool[12 + k]), ...back];
}

/** Columns of the Jacobian, the turn about the tool's own axis left free. */
function jacobian(arm) {
  const along = column(arm.tool, 2);
  const tip = column(arm.tool, 3);
  return arm.axes.map(([x, y, z], k) => {
    const link = arm.links.subarray((k + 1) * 16, (k + 2) * 16);
    const axis = [0, 1, 2].map((row) => link[row] * x + link[4 + row] * y + link[8 + row] * z);
    const lever = tip.map((value, row) => value - link[12 + row]);
    if (arm.slides[k]) return [...axis, 0, 0, 0];
    const free = dot(axis, along);
    return [...cross(axis, lever), ...axis.map((value, row) => value - free * along[row])];
  });
}

/** x of A x = b, A (6 x 6) symmetric and positive; both are used up. */
function solve(a, b) {
  const n = b.length;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const share = a[j][i] / a[i][i];
      for (let k = i; k < n; k++) a[j][k] -= share * a[i][k];
      b[j] -= share * b[i];
    }
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) b[i] -= a[i][k] * b[k];
    b[i] /= a[i][i];
  }
  return b;
}

/**
 * Joint angles [rad] near `joints` with the tool at a point [m] and along a direction (unit), its
 * turn about itself left free; {joints, missed}: how far it stays away [m and rad together]. The arm
 * is left in that pose. limits: [{lower, upper}] of each joint.
 */
export function follow(arm, joints, point, direction, limits) {
  const q = [...joints];
  let away = Infinity;
  for (let step = 0; step <= STEPS; step++) {
    arm.pose(q, 0);
    const wanted = missing(arm, point, direction);
    away = Math.hypot(...wanted);
    if (away < NEAR || step === STEPS) break;
    const columns = jacobian(arm);
    const square = wanted.map((_, i) => wanted.map((_, j) => dot(columns.map((c) => c[i]), columns.map((c) => c[j])) + (i === j ? DAMPING : 0)));
    const pull = solve(square, [...wanted]);
    columns.forEach((each, k) => {
      const turn = Math.min(LARGEST, Math.max(-LARGEST, dot(each, pull)));
      q[k] = Math.min(limits[k].upper, Math.max(limits[k].lower, q[k] + turn));
    });
  }
  return { joints: q, missed: away };
}
