/** Rigid transforms as 4x4 column-major matrices, and the forward kinematics of serial arms. */

/** Write the matrix of a position and a quaternion wxyz into out[offset..offset + 16]. */
export function fromPose(position, [w, x, y, z], out = new Float64Array(16), offset = 0) {
  out[offset] = 1 - 2 * (y * y + z * z);
  out[offset + 1] = 2 * (x * y + w * z);
  out[offset + 2] = 2 * (x * z - w * y);
  out[offset + 3] = 0;
  out[offset + 4] = 2 * (x * y - w * z);
  out[offset + 5] = 1 - 2 * (x * x + z * z);
  out[offset + 6] = 2 * (y * z + w * x);
  out[offset + 7] = 0;
  out[offset + 8] = 2 * (x * z + w * y);
  out[offset + 9] = 2 * (y * z - w * x);
  out[offset + 10] = 1 - 2 * (x * x + y * y);
  out[offset + 11] = 0;
  out[offset + 12] = position[0];
  out[offset + 13] = position[1];
  out[offset + 14] = position[2];
  out[offset + 15] = 1;
  return out;
}

/** out = a * b for rigid 4x4 matrices, each at its offset; out must not be a or b. */
export function multiply(a, i, b, j, out, k) {
  for (let column = 0; column < 4; column++) {
    const [x, y, z] = [b[j + column * 4], b[j + column * 4 + 1], b[j + column * 4 + 2]];
    const w = column === 3 ? 1 : 0;
    for (let row = 0; row < 3; row++) {
      out[k + column * 4 + row] =
        a[i + row] * x + a[i + 4 + row] * y + a[i + 8 + row] * z + a[i + 12 + row] * w;
    }
    out[k + column * 4 + 3] = w;
  }
}

/** An upright pose on the floor with a uniform scale, written at an offset. */
export function upright(x, y, z, heading, scale, out, offset) {
  const c = Math.cos(heading) * scale;
  const s = Math.sin(heading) * scale;
  out[offset] = c;
  out[offset + 1] = s;
  out[offset + 2] = 0;
  out[offset + 3] = 0;
  out[offset + 4] = -s;
  out[offset + 5] = c;
  out[offset + 6] = 0;
  out[offset + 7] = 0;
  out[offset + 8] = 0;
  out[offset + 9] = 0;
  out[offset + 10] = scale;
  out[offset + 11] = 0;
  out[offset + 12] = x;
  out[offset + 13] = y;
  out[offset + 14] = z;
  out[offset + 15] = 1;
}

/** An arm of the scene: writes the poses of its links (base first) and of its tool tip. */
export class Arm {
  constructor(scene) {
    this.name = scene.name;
    this.dof = scene.joints.length;
    this.home = Float64Array.from({ length: this.dof }, (_, i) => scene.home?.[i] ?? 0);
    this.base = fromPose(scene.base.position, scene.base.quaternion);
    this.origins = scene.joints.map(({ origin }) => fromPose(origin.position, origin.quaternion));
    this.axes = scene.joints.map(({ axis }) => {
      const length = Math.hypot(...axis);
      return axis.map((x) => x / length);
    });
    this.slides = scene.joints.map(({ slides }) => Boolean(slides));
    const tool = scene.tool ?? { position: [0, 0, 0], quaternion: [1, 0, 0, 0] };
    this.toolFrame = fromPose(tool.position, tool.quaternion);
    this.secondFrame = scene.second ? fromPose(scene.second.position, scene.second.quaternion) : this.toolFrame;
    this.links = new Float64Array(16 * (this.dof + 1));
    this.tool = new Float64Array(16);
    this.second = new Float64Array(16); // of a double gripper's other tip
    this.frame = new Float64Array(16);
    this.turn = new Float64Array(16);
    this.pose(this.home, 0);
  }

  /** Forward kinematics for the joints at joints[offset..offset + dof] [rad, m where they slide]. */
  pose(joints, offset) {
    this.links.set(this.base, 0);
    for (let i = 0; i < this.dof; i++) {
      multiply(this.links, i * 16, this.origins[i], 0, this.frame, 0);
      const value = joints[offset + i];
      const way = this.slides[i] ? value : 0;
      const half = this.slides[i] ? 0 : value / 2;
      const s = Math.sin(half);
      const [x, y, z] = this.axes[i];
      fromPose([x * way, y * way, z * way], [Math.cos(half), x * s, y * s, z * s], this.turn);
      multiply(this.frame, 0, this.turn, 0, this.links, (i + 1) * 16);
    }
    multiply(this.links, this.dof * 16, this.toolFrame, 0, this.tool, 0);
    multiply(this.links, this.dof * 16, this.secondFrame, 0, this.second, 0);
  }
}

/** Joint angles of a sampled program `t` seconds after its start, linear between samples. */
export function jointsAt(program, times, angles, t, out) {
  const { sample, samples, joint, dof } = program;
  let low = 0;
  let high = samples - 1;
  while (low < high - 1) {
    const middle = (low + high) >>> 1;
    if (times[sample + middle] <= t) low = middle;
    else high = middle;
  }
  const [a, b] = [times[sample + low], times[sample + high]];
  const share = b > a ? Math.min(1, Math.max(0, (t - a) / (b - a))) : 0;
  for (let i = 0; i < dof; i++) {
    const from = angles[joint + low * dof + i];
    out[i] = from + (angles[joint + high * dof + i] - from) * share;
  }
  return out;
}
