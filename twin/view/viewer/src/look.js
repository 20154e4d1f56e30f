/** Colours of the two themes, and the light of the hall. */

import {
  Color,
  DataTexture,
  DirectionalLight,
  EquirectangularReflectionMapping,
  FloatType,
  LinearFilter,
  PMREMGenerator,
  RGBAFormat,
} from "three";

export const THEMES = {
  light: {
    floor: "#d9dde2", line: "#b9c0c8", wall: "#c3c9d0", road: "#c4cbd3", rim: "#3f4a56",
    neutral: "#cfd4da", ring: "#f0720c", environment: 0.5, key: 1.55, padOpacity: 0.92,
  },
  dark: {
    floor: "#30363e", line: "#454d57", wall: "#434b55", road: "#3b434c", rim: "#e4e9ee",
    neutral: "#3d454e", ring: "#ff9a3d", environment: 0.36, key: 1.35, padOpacity: 0.92,
  },
};

/** A soft hall as environment: bright ceiling with two rows of lamps, pale walls, grey floor. */
export function environment(renderer) {
  const [width, height] = [64, 32];
  const texels = new Float32Array(width * height * 4);
  for (let row = 0; row < height; row++) {
    const up = Math.sin(((row + 0.5) / height - 0.5) * Math.PI);
    for (let column = 0; column < width; column++) {
      const around = Math.cos((column / width) * 4 * Math.PI);
      const lamp = up > 0.55 && up < 0.85 && around > 0.3 ? 2.4 : 0;
      const sky = up > 0 ? 0.75 + 0.55 * up : 0.42 + 0.2 * (1 + up);
      texels.set([sky + lamp, sky * 1.01 + lamp, sky * 1.03 + lamp, 1], (row * width + column) * 4);
    }
  }
  const texture = new DataTexture(texels, width, height, RGBAFormat, FloatType);
  texture.mapping = EquirectangularReflectionMapping;
  texture.minFilter = texture.magFilter = LinearFilter;
  texture.needsUpdate = true;
  const generator = new PMREMGenerator(renderer);
  const target = generator.fromEquirectangular(texture);
  generator.dispose();
  texture.dispose();
  return target;
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
