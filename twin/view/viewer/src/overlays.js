/** What a whole timeline has left on the floor: ribbons of material, a heat map of traffic. */

import {
  BufferAttribute,
  BufferGeometry,
  DataTexture,
  DoubleSide,
  LinearFilter,
  Mesh,
  MeshBasicMaterial,
  PlaneGeometry,
  RGBAFormat,
  SRGBColorSpace,
  UnsignedByteType,
} from "three";
import { materialFlows, ribbon, traffic } from "./flows.js";
import { cividis } from "./words.js";

const WIDEST = 0.45; // m in a workshop, of the thickest ribbon
const THINNEST = 0.04;
const HEIGHT = 0.02;
const LOUDEST = 0.78; // opacity of the busiest cell

/** Ribbons as wide as what they carry, one mesh: {mesh, most}; null where nothing goes anywhere. */
export function flowMesh(timeline, places) {
  const flows = materialFlows(timeline, places);
  if (!flows.length) return null;
  const most = flows[0].count;
  const positions = [];
  for (const { line, count } of flows.toReversed()) {
    const wide = places.scale * Math.max(THINNEST, (WIDEST * count) / most);
    for (const [x, y] of ribbon(line.points, wide)) positions.push(x, y, HEIGHT * places.scale);
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(positions), 3));
  const material = new MeshBasicMaterial({
    color: "#2f7fc4", transparent: true, opacity: 0.55, side: DoubleSide, depthWrite: false,
  });
  return { mesh: ordered(new Mesh(geometry, material)), most };
}

/** How often each spot of the floor was passed, one mesh: {mesh, most}; null where nobody walks. */
export function trafficMesh(timeline, places, floorSize, walks) {
  const { columns, rows, size, counts, most } = traffic(timeline, places, floorSize, walks);
  if (!most) return null;
  const pixels = new Uint8Array(4 * columns * rows);
  counts.forEach((count, cell) => {
    const share = Math.sqrt(count / most); // few passages are to be seen, too
    const colour = cividis(share).map((part) => Math.round(255 * part));
    pixels.set([...colour, count ? Math.round(255 * LOUDEST * (0.35 + 0.65 * share)) : 0], 4 * cell);
  });
  const texture = new DataTexture(pixels, columns, rows, RGBAFormat, UnsignedByteType);
  texture.colorSpace = SRGBColorSpace;
  texture.magFilter = texture.minFilter = LinearFilter;
  texture.needsUpdate = true;
  const [width, depth] = [columns * size, rows * size];
  const plane = new PlaneGeometry(width, depth).translate(width / 2, depth / 2, HEIGHT * places.scale);
  const material = new MeshBasicMaterial({ map: texture, transparent: true, depthWrite: false });
  return { mesh: ordered(new Mesh(plane, material)), most };
}

function ordered(mesh) {
  mesh.renderOrder = 1; // over the floor, below what stands on it
  return mesh;
}

export function disposeOverlay(mesh) {
  mesh.removeFromParent();
  mesh.geometry.dispose();
  mesh.material.map?.dispose();
  mesh.material.dispose();
}
