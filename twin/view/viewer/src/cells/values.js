/** What an arm's film says at a time of its clock; knows no element and no pixel. */

/** Okabe and Ito's colours for those who see colours otherwise, one a joint. */
export const COLOURS = ["#0b7ec2", "#d55e00", "#009e73", "#c467a0", "#c58a00", "#4aa6dd", "#7a6ff0", "#8a8a8a"];
export const KINDS = {
  travel: { row: 0, words: "moves freely" },
  approach: { row: 1, words: "moves straight" },
  retract: { row: 1, words: "moves straight" },
  grip: { row: 2, words: "gripper" },
  release: { row: 2, words: "gripper" },
  wait: { row: 3, words: "waits" },
};
export const SHOWN = {
  q: { words: "Position", unit: "°", hint: "of each joint's range" },
  speed: { words: "Speed", unit: "°/s", hint: "of each joint's limit" },
  torque: { words: "Torque", unit: "Nm", hint: "of each joint's limit" },
};
const DEGREES = 180 / Math.PI;

/** The transfer that the clock is in: its index, and the time in it [s]; -1 where there is none. */
export function transferAt(film, t) {
  const list = film?.transfers ?? [];
  let index = -1;
  for (let i = 0; i < list.length; i++) if (list[i].start <= t + 1e-9) index = i;
  return { index, tau: index < 0 ? 0 : Math.min(t - list[index].start, list[index].duration) };
}

/** A row of samples at a time, linear in between. */
export function rowAt(times, rows, tau) {
  let low = 0;
  let high = times.length - 1;
  while (low < high - 1) {
    const middle = (low + high) >>> 1;
    if (times[middle] <= tau) low = middle;
    else high = middle;
  }
  const span = times[high] - times[low];
  const share = span > 0 ? Math.min(1, Math.max(0, (tau - times[low]) / span)) : 0;
  return rows[low].map((value, k) => value + (rows[high][k] - value) * share);
}

/** A value as a share of its limit, -1 to 1: of a position, from the middle of its range. */
export function shareOf(joint, what, value) {
  if (what !== "q") return joint[what] > 0 ? value / joint[what] : 0;
  const half = (joint.upper - joint.lower) / 2;
  return half > 0 ? (value - (joint.upper + joint.lower) / 2) / half : 0;
}

/** A value in the unit that people read: degrees, mm, Nm, N. */
export function worded(joint, what, value) {
  const fixed = (number, digits) => number.toFixed(digits).replace(/^-(0\.?0*)$/, "$1"); // no zero with a sign
  if (what === "torque") return `${fixed(value, 1)} ${joint.slides ? "N" : "Nm"}`;
  const tail = what === "speed" ? "/s" : "";
  return joint.slides ? `${fixed(value * 1000, 0)} mm${tail}` : `${fixed(value * DEGREES, what === "speed" ? 0 : 1)}°${tail}`;
}

/** The motion that a transfer is in at a time. */
export function motionAt(transfer, tau) {
  return transfer.motions.find(({ end }) => tau <= end + 1e-9) ?? transfer.motions.at(-1);
}

/** How near the arm is to what at a time, in words; "" where that is not known or nothing is near. */
export function nearAt(transfer, tau) {
  const { near } = transfer;
  if (!near) return "";
  let index = 0;
  while (index < near.times.length - 1 && near.times[index + 1] <= tau + 1e-9) index++;
  return near.between[index] ? `${Math.round(near.distances[index] * 1000)} mm between ${near.between[index]}` : "";
}

/** A film without what is worked out after it: the distances over time. */
export const bare = (film) => JSON.stringify(film, (key, value) => (key === "near" ? undefined : value));

/** Steps of an axis of `span`, about `count` of them. */
export function stepOf(span, count = 8) {
  const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60];
  return steps.find((step) => span / step <= count) ?? 120;
}
