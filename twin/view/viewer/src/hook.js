/** What tests, tools and the page around it may ask of the viewer's element, as its property `twin`. */

import { toWorld } from "./camera.js";

export function hookOf(viewer) {
  return {
    stats: viewer.stats,
    get clock() {
      return viewer.clock;
    },
    get stage() {
      return viewer.stage;
    },
    get layout() {
      return viewer.layout;
    },
    get view() {
      return viewer.view;
    },
    get alarms() {
      return [...viewer.tools.editor.alarms].map((index) => viewer.layout.machines[index].name).sort();
    },
    get chosen() {
      return viewer.tools.editor.chosen;
    },
    get selected() {
      return viewer.selected?.name ?? "";
    },
    get overlays() {
      return [...viewer.overlays.meshes.keys()].sort();
    },
    /** The shapes of what has changed that are drawn; null where they are not (see changes.js). */
    get changes() {
      return viewer.overlays.shapes;
    },
    get drawn() {
      return [...viewer.set.guides.layers.keys()].sort();
    },
    /** The hooks of the floors that stand beside this one. */
    get beside() {
      return viewer.beside.viewers.map(({ root }) => root.twin);
    },
    stateAt: (name, t) => viewer.stage.stateOf(name, t),
    screenOf: (name) => screenOf(viewer, name),
    screenAt: (x, y) => onScreen(viewer, toWorld(x, y)),
    colourOf: (name) => colourOf(viewer, name),
    /** Names of the layers in the room that are to be seen (see sketches.js). */
    get layers() {
      return viewer.sketches.group.children.filter(({ visible }) => visible).map(({ name }) => name);
    },
    /** The triangles of every layer in the room, of those too that are hidden. */
    get sketched() {
      return Object.fromEntries(viewer.sketches.group.children.map((layer) => [layer.name, trianglesOf(layer)]));
    },
    /** What an embedder says (see Viewer.receive), for a page that stands around the viewer. */
    tell: (message) => viewer.receive(message),
    seek: (t) => viewer.seek(t),
    render: () => viewer.renderNow(),
    benchmark: (frames, step) => benchmark(viewer, frames, step),
  };
}

function trianglesOf(layer) {
  return layer.children.reduce((sum, { geometry, count = 1 }) => sum + (count * (geometry.index?.count ?? 0)) / 3, 0);
}

/** Where a thing is on the page: {x, y} in CSS pixels, or null. */
function screenOf(viewer, name) {
  const thing = viewer.find(name);
  return thing && onScreen(viewer, viewer.set.extent(thing.kind, thing.index).centre.clone());
}

/** Where a point of the world is on the page: {x, y} in CSS pixels. */
function onScreen({ camera, canvas }, point) {
  camera.camera.updateMatrixWorld();
  const at = point.project(camera.camera);
  const box = canvas.getBoundingClientRect();
  return { x: box.left + ((at.x + 1) / 2) * box.width, y: box.top + ((1 - at.y) / 2) * box.height };
}

/** The linear colour of a machine's pad. */
function colourOf(viewer, name) {
  const thing = viewer.find(name);
  const { array } = viewer.set.pads.columns.aColour;
  return thing?.kind === "machine" ? [...array.slice(thing.index * 3, thing.index * 3 + 3)] : null;
}

/** JavaScript per frame [ms] while `step` seconds of the floor's time pass each frame. */
function benchmark(viewer, frames = 600, step = 1) {
  const { clock } = viewer;
  const { playing } = clock;
  clock.pause();
  const times = [];
  for (let i = 0; i < frames; i++) {
    const t = clock.t + step;
    clock.seek(t < clock.end ? t : clock.start);
    const begun = performance.now();
    viewer.bringTo(begun);
    times.push(performance.now() - begun);
  }
  if (playing) clock.play();
  times.sort((a, b) => a - b);
  const mean = times.reduce((sum, ms) => sum + ms, 0) / frames;
  return { mean, median: times[frames >> 1], p99: times[Math.floor(frames * 0.99)] };
}
