/** Joins the viewer to Panel: parameters are state, messages are events. */

import { keepInAddress } from "./address.js";
import { Viewer } from "./viewer.js";

// Parameter of the Python component -> setting of the viewer.
const SETTINGS = {
  theme: "theme", colour_by: "colourBy", window: "window", selected: "selected",
  playing: "playing", speed: "speed", edit: "edit", version: "version", purpose: "purpose",
};
const PARAMETERS = Object.fromEntries(Object.entries(SETTINGS).map(([a, b]) => [b, a]));
const URLS = ["scene_url", "glb_url", "timeline_url"];

export function render({ model, el }) {
  const root = document.createElement("div");
  let quiet = false;
  const viewer = new Viewer(root, { emit });

  function emit(message) {
    if (message.type === "settings") {
      quiet = true; // what the viewer itself has changed need not come back to it
      for (const [setting, value] of Object.entries(message)) {
        if (setting in PARAMETERS) model[PARAMETERS[setting]] = value;
      }
      quiet = false;
      return;
    }
    if (message.type === "select") {
      quiet = true;
      model.selected = message.name;
      quiet = false;
    }
    if (message.type === "ready") address.restore();
    // The page around it may want to know, too, what is done on the floor.
    root.dispatchEvent(new CustomEvent("twin-told", { bubbles: true, composed: true, detail: message }));
    if (message.type !== "explain") model.send_msg(message); // that one is for the page alone
  }

  const address = keepInAddress(viewer);
  const settings = (names) => Object.fromEntries(names.map((name) => [SETTINGS[name], model[name]]));
  viewer.configure(settings(Object.keys(SETTINGS)));
  for (const name of Object.keys(SETTINGS)) {
    model.on(name, () => quiet || viewer.configure(settings([name])));
  }
  const load = () => {
    const [sceneUrl, glbUrl, timelineUrl] = URLS.map((name) => model[name]);
    if (sceneUrl && glbUrl && timelineUrl) viewer.load({ sceneUrl, glbUrl, timelineUrl, keepClock: true });
  };
  const told = {
    changes: (changes) => viewer.showChanges(changes ?? []),
    sketch: (layers) => viewer.sketch(layers ?? {}),
    beside: (told) => viewer.beside.show(told?.floors ?? [], told?.here),
  };
  for (const [name, tell] of Object.entries(told)) {
    const heard = () => tell(model[name] ? JSON.parse(model[name]) : null);
    model.on(name, heard);
    heard();
  }
  let pending = 0;
  // Three addresses that change together mean one load.
  for (const name of URLS) {
    model.on(name, () => {
      clearTimeout(pending);
      pending = setTimeout(load, 0);
    });
  }
  model.on("msg:custom", (message) => viewer.receive(message));
  model.on("lifecycle:remove", () => {
    clearTimeout(pending);
    address.forget();
    viewer.dispose();
  });
  load();
  return root;
}

export default { render };
