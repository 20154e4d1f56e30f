/** Everything with a body (machines, arm links, people, vehicles, trolleys) in one draw call. */

import {
  BatchedMesh,
  BoxGeometry,
  BufferAttribute,
  BufferGeometry,
  Color,
  Matrix3,
  Matrix4,
  MeshStandardMaterial,
  Vector3,
} from "three";

// Roughness and metalness of the materials that assets name.
const SURFACES = {
  body: [0.55, 0.05],
  dark: [0.7, 0.1],
  accent: [0.45, 0.05],
  glass: [0.08, 0.35],
  metal: [0.35, 0.7],
};

// What smooth surfaces mirror: a bright ceiling with rows of lamps above a grey floor. Written out
// rather than sampled from a filtered environment, which takes seconds to make without a GPU.
const HALL = `
vec3 hallMirror(vec3 r, float rough) {
  float soft = 0.04 + rough * 0.6;
  float lamps = smoothstep(0.25 - soft, 0.25 + soft, cos(r.x / max(r.y, 0.2) * 6.0));
  float above = smoothstep(-soft, 0.25 + soft, r.y);
  vec3 sky = mix(vec3(0.34, 0.34, 0.35), vec3(0.8, 0.83, 0.88), above);
  return sky + vec3(0.9) * lamps * smoothstep(0.5 - soft, 0.6 + soft, r.y);
}`;
const SHINE = `
vec3 toEye = normalize(vViewPosition);
vec3 mirrored = inverseTransformDirection(reflect(-toEye, normal), viewMatrix);
float grazing = pow(1.0 - max(dot(normal, toEye), 0.0), 5.0);
vec3 base = mix(vec3(0.04), diffuseColor.rgb, metalnessFactor);
vec3 fresnel = base + (max(vec3(1.0 - roughnessFactor), base) - base) * grazing;
outgoingLight += hallMirror(mirrored, roughnessFactor) * fresnel * uShine;
#include <opaque_fragment>`;

/** How strongly surfaces mirror the hall; shared by all materials. */
export const shine = { value: 0.7 };

/** A standard material whose colour, roughness and metalness come with each vertex. */
export function vertexMaterial() {
  const material = new MeshStandardMaterial({ vertexColors: true });
  material.onBeforeCompile = (shader) => {
    shader.uniforms.uShine = shine;
    shader.vertexShader = shader.vertexShader
      .replace("#include <common>", "#include <common>\nattribute vec2 surface;\nvarying vec2 vSurface;")
      .replace("#include <begin_vertex>", "#include <begin_vertex>\nvSurface = surface;");
    shader.fragmentShader = shader.fragmentShader
      .replace("#include <common>", `#include <common>\nvarying vec2 vSurface;\nuniform float uShine;${HALL}`)
      .replace("#include <roughnessmap_fragment>", "float roughnessFactor = vSurface.x;")
      .replace("#include <metalnessmap_fragment>", "float metalnessFactor = vSurface.y;")
      .replace("#include <opaque_fragment>", SHINE);
  };
  return material;
}

/** All meshes below a node as one geometry in the node's frame, with colours and surfaces. */
export function mergeNode(node) {
  node.updateWorldMatrix(true, true);
  const toNode = node.matrixWorld.clone().invert();
  const arrays = { position: [], normal: [], color: [], surface: [] };
  const index = [];
  node.traverse((mesh) => {
    if (mesh.isMesh) appendMesh(mesh, toNode.clone().multiply(mesh.matrixWorld), arrays, index);
  });
  return build(arrays, index);
}

function appendMesh(mesh, matrix, arrays, index) {
  const geometry = mesh.geometry;
  if (!geometry.attributes.normal) geometry.computeVertexNormals();
  const { position, normal } = geometry.attributes;
  const base = arrays.position.length / 3;
  const turn = new Matrix3().getNormalMatrix(matrix);
  const [point, direction] = [new Vector3(), new Vector3()];
  const material = mesh.material;
  const colour = material.color ?? new Color(0.8, 0.8, 0.8);
  const key = Object.keys(SURFACES).find((name) => material.name?.startsWith(name));
  const surface = SURFACES[key] ?? [Math.max(0.3, material.roughness ?? 0.6), 0.05];
  for (let i = 0; i < position.count; i++) {
    point.fromBufferAttribute(position, i).applyMatrix4(matrix);
    direction.fromBufferAttribute(normal, i).applyMatrix3(turn).normalize();
    arrays.position.push(point.x, point.y, point.z);
    arrays.normal.push(direction.x, direction.y, direction.z);
    arrays.color.push(colour.r, colour.g, colour.b);
    arrays.surface.push(surface[0], surface[1]);
  }
  const count = geometry.index ? geometry.index.count : position.count;
  for (let i = 0; i < count; i++) index.push(base + (geometry.index ? geometry.index.getX(i) : i));
}

function build(arrays, index) {
  const geometry = new BufferGeometry();
  for (const [name, values] of Object.entries(arrays)) {
    const size = name === "surface" ? 2 : 3;
    geometry.setAttribute(name, new BufferAttribute(new Float32Array(values), size));
  }
  geometry.setIndex(new BufferAttribute(new Uint32Array(index), 1));
  return geometry;
}

/** Boxes [centre, size, colour hex, surface key] as one geometry. */
export function boxes(list) {
  const arrays = { position: [], normal: [], color: [], surface: [] };
  const index = [];
  for (const [centre, size, hex, key] of list) {
    const geometry = new BoxGeometry(...size);
    const mesh = { geometry, material: { color: new Color(hex), name: key } };
    appendMesh(mesh, new Matrix4().makeTranslation(...centre), arrays, index);
    geometry.dispose();
  }
  return build(arrays, index);
}

/** A small trolley on which parts wait: its top is at 0.72 m. */
export function trolleyGeometry() {
  const legs = [-1, 1].flatMap((a) =>
    [-1, 1].map((b) => [[a * 0.19, b * 0.13, 0.36], [0.025, 0.025, 0.68], "#7c8590", "metal"]),
  );
  return boxes([
    [[0, 0, 0.7], [0.46, 0.34, 0.03], "#aeb6bf", "body"],
    [[0, 0, 0.25], [0.42, 0.3, 0.02], "#8b949e", "metal"],
    ...legs,
  ]);
}

/** The height of a geometry's top at x, y (its own frame); 0 beside it. */
export function surfaceHeight(geometry, x, y) {
  const { position } = geometry.attributes;
  const { index } = geometry;
  let top = 0;
  for (let i = 0; i < index.count; i += 3) {
    const [a, b, c] = [index.getX(i), index.getX(i + 1), index.getX(i + 2)];
    const [ax, ay] = [position.getX(a), position.getY(a)];
    const [bx, by] = [position.getX(b) - ax, position.getY(b) - ay];
    const [cx, cy] = [position.getX(c) - ax, position.getY(c) - ay];
    const area = bx * cy - by * cx;
    if (Math.abs(area) < 1e-9) continue;
    const u = ((x - ax) * cy - (y - ay) * cx) / area;
    const v = (bx * (y - ay) - by * (x - ax)) / area;
    if (u < 0 || v < 0 || u + v > 1) continue;
    const z = position.getZ(a) * (1 - u - v) + position.getZ(b) * u + position.getZ(c) * v;
    top = Math.max(top, z);
  }
  return top;
}

/** The batch: instances of geometries, each standing for a thing {kind, index, name}. */
export class Solids {
  constructor(geometries, instances) {
    const vertices = geometries.reduce((sum, g) => sum + g.attributes.position.count, 0);
    const indices = geometries.reduce((sum, g) => sum + g.index.count, 0);
    this.mesh = new BatchedMesh(Math.max(1, instances), vertices, indices, vertexMaterial());
    this.mesh.perObjectFrustumCulled = false;
    this.mesh.sortObjects = false;
    this.mesh.frustumCulled = false;
    this.mesh.castShadow = true;
    this.mesh.receiveShadow = true;
    this.ids = new Map(geometries.map((geometry) => [geometry, this.mesh.addGeometry(geometry)]));
    this.things = [];
    this.matrix = new Matrix4();
  }

  /** Add an instance; returns its id. */
  add(geometry, thing, tint = new Color(1, 1, 1)) {
    const id = this.mesh.addInstance(this.ids.get(geometry));
    this.mesh.setColorAt(id, tint);
    this.things[id] = thing;
    return id;
  }

  /** Put an instance at a 4x4 column-major matrix inside a longer array. */
  place(id, array, offset = 0) {
    this.mesh.setMatrixAt(id, this.matrix.fromArray(array, offset));
  }

  dispose() {
    this.mesh.material.dispose();
    this.mesh.dispose();
  }
}
