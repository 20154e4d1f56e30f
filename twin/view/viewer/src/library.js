/** The panel of assets that can be put on the floor: filter, drag, or Enter. */

import { make } from "./dom.js";
import { PENS } from "./pen.js";

const DRAG = 5; // px from which a press is a drag

export class Library {
  /**
   * viewer: {floorPoint(event) -> [x, y] or null outside of the floor's picture, middle() -> [x, y],
   * preview(footprint | null) -> where it would stand, add({asset, at, heading, station, own}),
   * pen(kind): take the pen for something that is drawn by points,
   * explain(button): somebody asks what the library is}.
   */
  constructor(viewer) {
    this.viewer = viewer;
    this.filter = make("input", { type: "search", "aria-label": "Filter the assets", placeholder: "Mill, bench, rack …" });
    this.station = make("select", { "aria-label": "Station of the new machine" });
    this.list = make("ul", {});
    this.pens = Object.entries(PENS).map(([kind, { word }]) => {
      const button = make("button", { type: "button", "data-pen": kind, "aria-pressed": "false" }, word);
      button.addEventListener("click", () => this.viewer.pen(kind));
      return button;
    });
    this.element = make(
      "section", { class: "library", "aria-label": "Library", hidden: true },
      make("div", { class: "library-head" }, make("h2", {}, "Library"), this.#asker()), this.filter, this.list,
      make("div", { class: "pens", role: "group", "aria-label": "Draw by points" }, "Draw ", ...this.pens),
      make("label", {}, "Joins ", this.station),
      make("p", {}, "Drag one onto the floor, or press Enter. R turns it on the way."),
    );
    this.filter.addEventListener("input", () => this.#showList());
    this.filter.addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        this.dragged = false; // a key is no end of a drag, even right after one
        this.list.querySelector("button:not(:disabled)")?.click();
      } else if (event.key === "ArrowDown") this.list.querySelector("button")?.focus();
    });
    this.element.addEventListener("keydown", (event) => this.#onKey(event));
    this.drag = null;
  }

  #asker() {
    const button = make("button", { type: "button", class: "asker", "aria-label": "What is this: Library", "aria-expanded": "false", "data-term": "library" }, "?");
    button.addEventListener("click", () => this.viewer.explain(button));
    return button;
  }

  /** Take the assets and stations of a scene. */
  bind({ library = [], stations = [] }) {
    this.assets = library;
    const before = this.station.value;
    this.station.replaceChildren(
      make("option", { value: "" }, "no station"),
      make("option", { value: "own" }, "a station of its own"),
      ...stations.map(({ name, label }) => make("option", { value: `in:${name}` }, label || name)),
    );
    this.station.value = before;
    if (this.station.selectedIndex < 0) this.station.selectedIndex = 0;
    this.#showList();
  }

  /** Which kind of thing the pen draws, null where it is not in hand. */
  showPen(kind) {
    for (const button of this.pens) button.setAttribute("aria-pressed", String(button.dataset.pen === kind));
  }

  get open() {
    return !this.element.hidden;
  }

  toggle(on = !this.open) {
    this.element.hidden = !on;
    if (on) this.filter.focus();
    else this.cancel();
  }

  #onKey(event) {
    if (event.key === "Escape") {
      if (!this.cancel()) this.toggle(false);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const items = [...this.list.querySelectorAll("button")];
      const at = items.indexOf(event.target);
      if (at < 0) return;
      (items[at + (event.key === "ArrowDown" ? 1 : -1)] ?? this.filter).focus();
      event.preventDefault();
    } else if (event.key !== "Delete" && event.key !== "Backspace") return; // they are no removals here
    event.stopPropagation();
  }

  #showList() {
    const wanted = this.filter.value.trim().toLowerCase();
    const found = this.assets.filter(({ name, label = "" }) => `${name} ${label}`.toLowerCase().includes(wanted));
    this.list.replaceChildren(...found.map((asset) => make("li", {}, this.#item(asset))));
    if (!found.length) this.list.append(make("li", { class: "none" }, "No asset is called so."));
  }

  #item(asset) {
    const { name, label, size, problem } = asset;
    const note = problem ?? `${name} · ${size[0].toFixed(2)} × ${size[1].toFixed(2)} m`;
    const button = make(
      "button", { type: "button", disabled: Boolean(problem), title: problem ?? "" },
      make("b", {}, label ?? name), make("small", {}, note),
    );
    button.addEventListener("pointerdown", (event) => this.#press(event, asset, button));
    button.addEventListener("pointermove", (event) => this.#move(event));
    button.addEventListener("pointerup", (event) => this.#drop(event));
    button.addEventListener("pointercancel", () => this.cancel());
    button.addEventListener("click", () => this.#clicked(asset));
    return button;
  }

  #press(event, asset, button) {
    if (event.button !== 0) return;
    button.setPointerCapture(event.pointerId);
    this.dragged = false;
    this.drag = { asset, heading: 0, x: event.clientX, y: event.clientY };
  }

  #move(event) {
    const { drag } = this;
    if (!drag) return;
    this.dragged ||= Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > DRAG;
    if (!this.dragged) return;
    drag.last = event;
    const point = this.viewer.floorPoint(event);
    drag.place = this.viewer.preview(point && this.#footprint(drag, point, event.shiftKey));
  }

  #footprint({ asset, heading }, at, free = false) {
    const { name, label, size } = asset;
    return { name: "new", label: label ?? name, at, heading, size, free };
  }

  #drop(event) {
    if (this.drag && this.dragged) {
      this.#move(event);
      const { asset, place } = this.drag;
      this.cancel();
      if (place) this.#add(asset, place);
      setTimeout(() => (this.dragged = false)); // behind the click that some browsers make of it
    } else this.drag = null;
  }

  /** Enter, or a click that was no drag: into the middle of the view. */
  #clicked(asset) {
    if (this.dragged) return;
    const place = this.viewer.preview(this.#footprint({ asset, heading: 0 }, this.viewer.middle()));
    this.viewer.preview(null);
    this.#add(asset, place);
  }

  #add({ name }, { at, heading }) {
    const choice = this.station.value;
    this.viewer.add({
      asset: name, at, heading, own: choice === "own",
      station: choice.startsWith("in:") ? choice.slice(3) : null,
    });
  }

  /** Turn what is dragged; whether something is. */
  turn(angle) {
    if (!this.drag?.last) return false;
    this.drag.heading += angle;
    this.#move(this.drag.last);
    return true;
  }

  /** Give up a drag; true if there was one. */
  cancel() {
    const under = Boolean(this.drag);
    this.drag = null;
    this.viewer.preview(null);
    return under;
  }
}
