/**
 * A replay in one file: the viewer over data that stands in the page itself, and what the page's
 * buttons do. Texts and figures are there without this script.
 */

import { Viewer } from "./viewer.js";

const SPEED = 120; // times real time: a shift in four minutes
const matches = (query) => matchMedia(query).matches;

/** The bytes of a block of base64 over gzip. */
async function unpacked(id) {
  const text = atob(document.getElementById(id).textContent);
  const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).arrayBuffer();
}

/** The theme: the reader's system decides until the button is pressed. */
function followTheme(viewer) {
  const root = document.documentElement;
  const button = document.getElementById("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const show = (theme) => {
    root.dataset.theme = theme;
    button.textContent = theme === "dark" ? "Light theme" : "Dark theme";
    viewer.configure({ theme });
  };
  const system = () => show(dark.matches ? "dark" : "light");
  dark.addEventListener("change", system);
  button.addEventListener("click", () => {
    dark.removeEventListener("change", system);
    show(root.dataset.theme === "dark" ? "light" : "dark");
  });
  button.hidden = false;
  system();
}

/** Moments: a press goes there; the last one before the clock is marked and told over the floor. */
function followMoments(viewer) {
  const caption = document.getElementById("caption");
  const moments = [...document.querySelectorAll("[data-t]")].map((button) => ({
    button, t: Number(button.dataset.t), focus: button.dataset.focus, text: button.dataset.caption,
  }));
  for (const { button, t, focus } of moments) {
    button.disabled = false;
    button.addEventListener("click", () => {
      viewer.seek(t);
      if (focus) {
        viewer.configure({ selected: focus });
        viewer.fly(focus);
      }
    });
  }
  let shown;
  return (t) => {
    const now = moments.findLast((moment) => moment.t <= t);
    if (now === shown) return;
    shown?.button.removeAttribute("aria-current");
    now?.button.setAttribute("aria-current", "step");
    caption.textContent = now?.text ?? "";
    shown = now;
  };
}

async function open() {
  const place = document.getElementById("floor").attachShadow({ mode: "open" });
  const root = document.createElement("div");
  place.append(root);
  let tell = () => {};
  const viewer = new Viewer(root, {
    emit: (message) => {
      if (message.type === "tick") tell(message.t);
      if (message.type === "ready") tell(viewer.clock.t);
    },
  });
  viewer.configure({ speed: SPEED, playing: !matches("(prefers-reduced-motion: reduce)") });
  tell = followMoments(viewer);
  followTheme(viewer);
  const [scene, glb, timeline] = await Promise.all(["scene", "glb", "timeline"].map(unpacked));
  await viewer.load({ scene: JSON.parse(new TextDecoder().decode(scene)), glb, timeline });
  viewer.showBottlenecks(JSON.parse(document.getElementById("rings").textContent));
}

open().catch((error) => {
  console.error(error);
  document.getElementById("floor").remove(); // its buttons would do nothing
  document.getElementById("caption").textContent =
    "This browser cannot show the floor in 3D. All figures are on this page.";
});
