/** Colours of the two themes, and the light of the hall. */

import { Color, DirectionalLight, HemisphereLight } from "three";

export const THEMES = {
  light: {
    floor: "#d9dde2", line: "#b9c0c8", wall: "#c3c9d0", cut: "#7f8894", road: "#c4cbd3", rim: "#3f4a56",
    neutral: "#cfd4da", ring: "#f0720c", hall: 2.0, key: 1.7, shine: 0.75, padOpacity: 0.92,
    paint: {
      fill: 0.16, way: "#ffffff", aisle: "#d39a12", work: "#3d7ab8", storage: "#8a6a3a", goods: "#2c8a66",
      inspection: "#7059a8", rest: "#5b8690", keep_clear: "#c43d33",
    },
  },
  dark: {
    floor: "#454a51", line: "#5f6670", wall: "#565d66", cut: "#8b94a0", road: "#3b434c", rim: "#e4e9ee",
    neutral: "#3d454e", ring: "#ff9a3d", hall: 1.5, key: 1.4, shine: 0.5, padOpacity: 0.92,
    paint: {
      fill: 0.2, way: "#8a94a0", aisle: "#e3b13a", work: "#6aa6e0", storage: "#c09a62", goods: "#5cbf98",
      inspection: "#a48fe0", rest: "#8bb9c4", keep_clear: "#ee6a5f",
    },
  },
};

/** The light of sky and floor from all sides. */
export function hallLight() {
  return new HemisphereLight(new Color("#f4f8ff"), new Color("#8d8a86"), 2);
}

/** The key light, its shadow fitted to a floor of the given size (world is y-up). */
export function keyLight([width, depth]) {
  const light = new DirectionalLight(new Color("#fff6ea"), 2);
  const reach = Math.hypot(width, depth) / 2 + 1;
  light.position.set(width / 2 - reach * 0.55, reach * 1.5, -depth / 2 + reach * 0.75);
  light.target.position.set(width / 2, 0, -depth / 2);
  light.castShadow = true;
  light.shadow.mapSize.set(2048, 2048);
  const { camera } = light.shadow;
  camera.left = camera.bottom = -reach;
  camera.right = camera.top = reach;
  camera.near = 0.1;
  camera.far = reach * 4;
  light.shadow.bias = -0.0004;
  light.shadow.normalBias = 0.012 * Math.max(1, reach / 7);
  light.shadow.radius = 4;
  return light;
}
