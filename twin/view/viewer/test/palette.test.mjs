// The colours of states can be told apart, also by who sees red and green, or blue, differently.
import assert from "node:assert/strict";
import { test } from "node:test";
import { rgb, STATES } from "../src/words.js";

const LEAST = 15; // CIEDE2000

// Linear RGB as a dichromat sees it, severity 1 (Machado, Oliveira, Fernandes 2009,
// doi:10.1109/TVCG.2009.113).
const SIGHT = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deutan: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritan: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};

const product = (m, v) => m.map((row) => row.reduce((sum, x, i) => sum + x * v[i], 0));
const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);

/** CIE L*a*b* (D65) of linear sRGB. */
function lab(colour) {
  const xyz = product(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.072175], [0.0193339, 0.119192, 0.9503041]],
    colour.map((c) => Math.min(1, Math.max(0, c))),
  );
  const [x, y, z] = xyz
    .map((v, i) => v / [0.95047, 1, 1.08883][i])
    .map((v) => (v > 216 / 24389 ? Math.cbrt(v) : ((24389 / 27) * v + 16) / 116));
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIEDE2000 (Sharma, Wu, Dalal 2005, doi:10.1002/col.20070). */
function difference([l1, a1, b1], [l2, a2, b2]) {
  const rad = Math.PI / 180;
  const mean = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const g = 0.5 * (1 - Math.sqrt(mean ** 7 / (mean ** 7 + 25 ** 7)));
  const [p1, p2] = [a1 * (1 + g), a2 * (1 + g)];
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)];
  const hue = (a, b) => (a === 0 && b === 0 ? 0 : (Math.atan2(b, a) / rad + 360) % 360);
  const [h1, h2] = [hue(p1, b1), hue(p2, b2)];
  let dh = h2 - h1;
  if (c1 * c2 === 0) dh = 0;
  else if (dh > 180) dh -= 360;
  else if (dh < -180) dh += 360;
  const [dl, dc] = [l2 - l1, c2 - c1];
  const dH = 2 * Math.sqrt(c1 * c2) * Math.sin((dh / 2) * rad);
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  let h = h1 + h2;
  if (c1 * c2 !== 0) {
    if (Math.abs(h1 - h2) <= 180) h /= 2;
    else h = h < 360 ? (h + 360) / 2 : (h - 360) / 2;
  }
  const t = 1 - 0.17 * Math.cos((h - 30) * rad) + 0.24 * Math.cos(2 * h * rad) +
    0.32 * Math.cos((3 * h + 6) * rad) - 0.2 * Math.cos((4 * h - 63) * rad);
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2);
  const [sc, sh] = [1 + 0.045 * c, 1 + 0.015 * c * t];
  const turn = 30 * Math.exp(-(((h - 275) / 25) ** 2));
  const rt = -2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) * Math.sin(2 * turn * rad);
  return Math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dH / sh) ** 2 + rt * (dc / sc) * (dH / sh));
}

test("the colour difference is that of the published test data", () => {
  // Pairs 1, 7, 17, 25 of Sharma et al.
  for (const [a, b, expected] of [
    [[50, 2.6772, -79.7751], [50, 0, -82.7485], 2.0425],
    [[50, 0, 0], [50, -1, 2], 2.3669],
    [[50, 2.5, 0], [73, 25, -18], 27.1492],
    [[60.2574, -34.0099, 36.2677], [60.4626, -34.1751, 39.4387], 1.2644],
  ]) assert.ok(Math.abs(difference(a, b) - expected) < 1e-3);
});

function nearPairs(states) {
  const near = [];
  const names = Object.keys(states);
  for (const [sight, matrix] of Object.entries(SIGHT)) {
    names.forEach((a, i) =>
      names.slice(i + 1).forEach((b) => {
        const [p, q] = [a, b].map((n) => lab(product(matrix, rgb(states[n].colour).map(linear))));
        const far = difference(p, q);
        if (far < LEAST && Boolean(states[a].hatched) === Boolean(states[b].hatched)) near.push([far, sight, a, b]);
      }),
    );
  }
  return near;
}

test("every pair of states is at least 15 apart for every sight, or one of them is hatched", () => {
  const words = nearPairs(STATES).map(([far, sight, a, b]) => `${a} / ${b}: ${far.toFixed(1)} (${sight})`);
  assert.deepEqual(words, []);
});
