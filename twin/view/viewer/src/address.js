/**
 * The address keeps what is looked at, behind the "#": time, camera and selection, so that a link
 * shows the same and a reload goes on. What stands before the "#" (layout, recording) is Python's.
 */

const EVERY = 1000; // ms; a browser may refuse more than three changes a second

/** "#t=...&camera=...&selected=..." of {t, camera, selected}. */
export function written({ t, camera, selected }) {
  const fields = new URLSearchParams({ t, camera: camera.join("_") });
  if (selected) fields.set("selected", selected);
  return `#${fields}`;
}

/** What such a text says; what is missing or makes no sense is left out. */
export function read(hash) {
  const fields = new URLSearchParams(hash.replace(/^#/, ""));
  const view = {};
  const t = numbers(fields.get("t"));
  const camera = numbers(fields.get("camera"));
  if (t.length === 1) [view.t] = t;
  if (camera.length === 6) view.camera = camera;
  if (fields.get("selected")) view.selected = fields.get("selected");
  return view;
}

function numbers(text) {
  const values = text ? text.split("_").map(Number) : [];
  return values.every(Number.isFinite) ? values : [];
}

/**
 * Keep a viewer's view in the address of this page. `restore` shows, once, what the address said
 * when the page was opened, and the address follows from then on; `forget` ends it.
 */
export function keepInAddress(viewer) {
  const opened = read(location.hash);
  let timer;
  const follow = () => {
    const hash = viewer.view && written(viewer.view);
    // The page around it changes the address too, and does not know of this part: so look each time.
    if (hash && hash !== location.hash) history.replaceState(history.state, "", hash);
  };
  const goThere = () => (viewer.view = read(location.hash)); // somebody has put another one there
  return {
    restore() {
      if (timer) return;
      viewer.view = opened;
      timer = setInterval(follow, EVERY);
      addEventListener("hashchange", goThere);
    },
    forget() {
      clearInterval(timer);
      removeEventListener("hashchange", goThere);
    },
  };
}
