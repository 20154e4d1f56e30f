/** What lies on the floor: the floor itself with its grid, walls, roads, state pads, rings. */

import {
  BufferAttribute,
  BufferGeometry,
  Color,
  DoubleSide,
  InstancedBufferAttribute,
  InstancedBufferGeometry,
  Mesh,
  MeshStandardMaterial,
  PlaneGeometry,
  ShaderMaterial,
} from "three";
import { boxes, vertexMaterial } from "./solids.js";

const WALL = { height: 0.22, thickness: 0.07 }; // in a workshop

/** The floor with a grid (1 m, on a small floor 0.1 m) that a uniform switches. */
export function floorMesh([width, depth]) {
  const geometry = new PlaneGeometry(width, depth).translate(width / 2, depth / 2, 0);
  const material = new MeshStandardMaterial({ roughness: 0.92, metalness: 0 });
  const unit = Math.max(width, depth) < 4 ? 0.1 : 1;
  const uniforms = { uGrid: { value: 1 }, uLine: { value: new Color() } };
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, uniforms);
    shader.vertexShader = shader.vertexShader
      .replace("#include <common>", "#include <common>\nvarying vec2 vFloor;")
      .replace("#include <begin_vertex>", `#include <begin_vertex>\nvFloor = position.xy / ${unit.toFixed(2)};`);
    shader.fragmentShader = shader.fragmentShader
      .replace(
        "#include <common>",
        `#include <common>
        varying vec2 vFloor; uniform float uGrid; uniform vec3 uLine;
        float gridLine(vec2 p, float wide) {
          vec2 d = abs(fract(p - 0.5) - 0.5) / max(fwidth(p) * wide, 1e-6);
          vec2 fade = 1.0 - smoothstep(0.15, 0.5, fwidth(p));
          vec2 on = (1.0 - min(d, 1.0)) * fade;
          return max(on.x, on.y);
        }`,
      )
      .replace(
        "#include <color_fragment>",
        `#include <color_fragment>
        float ruled = max(gridLine(vFloor, 1.0) * 0.55, gridLine(vFloor / 5.0, 1.4));
        diffuseColor.rgb = mix(diffuseColor.rgb, uLine, ruled * uGrid);`,
      );
  };
  const mesh = new Mesh(geometry, material);
  mesh.receiveShadow = true;
  return { mesh, uniforms };
}

/** Low walls around the floor with gaps at the doors. */
export function wallMesh([width, depth], doors, colour, scale) {
  const t = WALL.thickness * scale;
  const height = WALL.height * scale;
  const sides = [
    { length: width, at: (s) => [s, -t / 2], along: 0, near: ([, y]) => y, own: ([x]) => x },
    { length: width, at: (s) => [s, depth + t / 2], along: 0, near: ([, y]) => depth - y, own: ([x]) => x },
    { length: depth, at: (s) => [-t / 2, s], along: 1, near: ([x]) => x, own: ([, y]) => y },
    { length: depth, at: (s) => [width + t / 2, s], along: 1, near: ([x]) => width - x, own: ([, y]) => y },
  ];
  const list = [];
  for (const side of sides) {
    const gaps = doors
      .filter((door) => Math.abs(side.near(door.at)) < 0.3)
      .map((door) => [side.own(door.at) - door.width / 2, side.own(door.at) + door.width / 2])
      .sort((a, b) => a[0] - b[0]);
    let from = -t;
    for (const [a, b] of [...gaps, [side.length + t, side.length + t]]) {
      if (a - from > 0.01) {
        const [x, y] = side.at((from + a) / 2);
        const size = side.along ? [t, a - from, height] : [a - from, t, height];
        list.push([[x, y, height / 2], size, colour, "body"]);
      }
      from = b;
    }
  }
  const mesh = new Mesh(boxes(list), vertexMaterial());
  mesh.castShadow = true;
  mesh.receiveShadow = true;
  return mesh;
}

/** Roads as flat strips, one mesh. */
export function roadMesh(roads, wide) {
  const positions = [];
  for (const [[x1, y1], [x2, y2]] of roads) {
    const length = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [nx, ny] = [(-(y2 - y1) / length) * (wide / 2), ((x2 - x1) / length) * (wide / 2)];
    const corners = [[x1 + nx, y1 + ny], [x1 - nx, y1 - ny], [x2 - nx, y2 - ny], [x2 + nx, y2 + ny]];
    for (const i of [0, 1, 2, 0, 2, 3]) positions.push(corners[i][0], corners[i][1], wide * 0.01);
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(positions), 3));
  geometry.computeVertexNormals();
  const mesh = new Mesh(geometry, new MeshStandardMaterial({ roughness: 1, side: DoubleSide }));
  mesh.receiveShadow = true;
  return mesh;
}

const VERTEX = `
attribute vec3 aPose; attribute vec2 aSize; attribute vec3 aColour; attribute vec4 aMark;
varying vec2 vAt; varying vec2 vSize; varying vec3 vColour; varying vec4 vMark;
uniform float uMargin; uniform float uScale;
void main() {
  // Sizes in the fragments are those of a workshop; everything scales with the room.
  vec2 size = aSize / uScale;
  vec2 unscaled = position.xy * (size + 2.0 * uMargin);
  vec2 own = unscaled * uScale;
  float c = cos(aPose.z), s = sin(aPose.z);
  vAt = unscaled; vSize = size; vColour = aColour; vMark = aMark;
  vec3 at = vec3(aPose.xy + vec2(c * own.x - s * own.y, s * own.x + c * own.y), uHeight);
  gl_Position = projectionMatrix * modelViewMatrix * vec4(at, 1.0);
}`;
const BOX = `
float box(vec2 p, vec2 half_, float r) {
  vec2 q = abs(p) - half_ + r;
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - r;
}`;
// aMark: x hatched, y selected, z in conflict, w opacity
const PAD = `
varying vec2 vAt; varying vec2 vSize; varying vec3 vColour; varying vec4 vMark;
uniform vec3 uSelected; uniform vec3 uWrong; uniform vec3 uRim;
${BOX}
void main() {
  float d = box(vAt, vSize * 0.5 + 0.1, 0.09);
  float w = fwidth(d);
  float fill = 1.0 - smoothstep(-w, w, d);
  float rim = smoothstep(-0.028 - w, -0.028 + w, d) * fill;
  vec3 colour = mix(vColour, uWrong, vMark.z);
  float stripes = abs(fract((vAt.x + vAt.y) * 5.0) - 0.5);
  float ws = fwidth((vAt.x + vAt.y) * 5.0);
  colour = mix(colour, uRim, vMark.x * smoothstep(0.25 - ws, 0.25 + ws, stripes) * 0.55);
  colour = mix(colour, mix(colour, uRim, 0.25), rim);
  float alpha = fill * vMark.w;
  float halo = (1.0 - smoothstep(-w, w, abs(d - 0.06) - 0.022)) * vMark.y;
  colour = mix(colour, uSelected, halo);
  alpha = max(alpha, halo);
  if (alpha < 0.01) discard;
  gl_FragColor = vec4(colour, alpha);
  #include <colorspace_fragment>
}`;
const RING = `
varying vec2 vAt; varying vec2 vSize; varying vec3 vColour; varying vec4 vMark;
uniform float uPulse;
void main() {
  float radius = length(vSize) * 0.5 + 0.16;
  float d = length(vAt) - radius;
  float w = fwidth(d);
  float line = 1.0 - smoothstep(0.035, 0.035 + w, abs(d));
  float glow = exp(-abs(d) * (d > 0.0 ? 6.5 : 9.0)) * (0.5 + 0.16 * uPulse);
  float alpha = max(line, glow) * vMark.w;
  if (alpha < 0.01) discard;
  gl_FragColor = vec4(mix(vColour, vec3(1.0), line * 0.06), alpha);
  #include <colorspace_fragment>
}`;

/** Flat things on the floor, one draw call: pads (rounded rectangles) or rings of light. */
class Marks {
  constructor(capacity, scale, fragment, margin, height, uniforms, order) {
    const plane = new PlaneGeometry(1, 1);
    const geometry = new InstancedBufferGeometry();
    geometry.index = plane.index;
    geometry.setAttribute("position", plane.attributes.position);
    this.columns = {};
    for (const [name, size] of [["aPose", 3], ["aSize", 2], ["aColour", 3], ["aMark", 4]]) {
      const attribute = new InstancedBufferAttribute(new Float32Array(capacity * size), size);
      geometry.setAttribute(name, attribute);
      this.columns[name] = attribute;
    }
    geometry.instanceCount = 0;
    const material = new ShaderMaterial({
      uniforms: { uMargin: { value: margin }, uScale: { value: scale }, ...uniforms },
      vertexShader: VERTEX.replace("uHeight", (height * scale).toFixed(5)),
      fragmentShader: fragment,
      transparent: true,
      depthWrite: false,
      side: DoubleSide,
    });
    this.mesh = new Mesh(geometry, material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = order;
    this.uniforms = material.uniforms;
  }

  set count(count) {
    this.mesh.geometry.instanceCount = count;
  }

  place(i, [x, y], heading, size) {
    this.columns.aPose.setXYZ(i, x, y, heading);
    this.columns.aSize.setXY(i, size[0], size[1]);
    this.columns.aPose.needsUpdate = this.columns.aSize.needsUpdate = true;
  }

  /** colour: linear rgb. */
  colour(i, [r, g, b]) {
    this.columns.aColour.setXYZ(i, r, g, b);
    this.columns.aColour.needsUpdate = true;
  }

  mark(i, hatched, selected, wrong, opacity) {
    this.columns.aMark.setXYZW(i, hatched, selected, wrong, opacity);
    this.columns.aMark.needsUpdate = true;
  }

  dispose() {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
  }
}

export function pads(capacity, scale) {
  return new Marks(capacity, scale, PAD, 0.22, 0.008, {
    uSelected: { value: new Color("#2f7fe0") },
    uWrong: { value: new Color("#d32f2f") },
    uRim: { value: new Color() },
  }, 1);
}

export function rings(capacity, scale) {
  return new Marks(capacity, scale, RING, 1.2, 0.012, { uPulse: { value: 0 } }, 2);
}
