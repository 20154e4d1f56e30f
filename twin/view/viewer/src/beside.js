/**
 * Floors side by side under one clock and one camera. The viewer leads: its frames draw the others,
 * which have no clock, bar or keys of their own. Who looks about on one of them moves the leader's
 * camera, and its next frame theirs: nothing goes in circles.
 */

import { shared } from "./clock.js";
import { make } from "./dom.js";

export class Beside {
  /** lead: the Viewer that leads; open(root): another Viewer, which follows it. */
  constructor(lead, open) {
    this.lead = lead;
    this.open = open;
    this.floors = new Map(); // key -> {viewer, root, urls, changes}
  }

  get viewers() {
    return [...this.floors.values()].map(({ viewer }) => viewer);
  }

  get isOpen() {
    return this.floors.size > 0;
  }

  /**
   * Show floors beside the leader's: [{title, scene_url, glb_url, timeline_url, rings, changes}],
   * addresses left out while they are not known, rings as of showBottlenecks, changes as of showChanges
   * where they are not the leader's; `here` is what the leader's is called. An empty list closes them.
   */
  show(list, here = "") {
    const before = this.#shape();
    const opened = this.floors.size;
    for (const key of [...this.floors.keys()]) if (key >= list.length) this.#close(key);
    list.forEach((floor, key) => this.#show(key, floor));
    const { lead } = this;
    lead.root.classList.toggle("paired", this.isOpen);
    lead.root.classList.toggle("quartered", this.floors.size > 1);
    lead.entitle(this.isOpen ? here : "");
    if (opened !== this.floors.size) {
      lead.resize();
      lead.camera.reframe(this.#shape() / before);
      if (this.isOpen !== opened > 0) this.#overlay();
    }
    lead.bindClock();
    lead.changed();
  }

  /** Width over height of the leader's picture. */
  #shape() {
    const { clientWidth, clientHeight } = this.lead.stageBox;
    return clientWidth / Math.max(1, clientHeight);
  }

  /** Who compares wants to see what has changed; afterwards it is as it was before. */
  #overlay() {
    const { overlays } = this.lead;
    if (this.isOpen) this.wasOn = overlays.on.has("changes");
    overlays.toggle("changes", this.isOpen || this.wasOn);
  }

  #show(key, { title, scene_url: sceneUrl, glb_url: glbUrl, timeline_url: timelineUrl, rings = [], changes }) {
    const { lead } = this;
    let floor = this.floors.get(key);
    if (!floor) {
      const root = make("div");
      lead.stageBox.before(root);
      floor = { root, viewer: this.open(root), urls: "" };
      floor.viewer.notice.textContent = "Opening the floor …";
      this.floors.set(key, floor);
      this.#alike(floor.viewer);
    }
    floor.viewer.entitle(title);
    floor.viewer.showBottlenecks(rings);
    if (JSON.stringify(changes) !== JSON.stringify(floor.changes)) {
      floor.changes = changes;
      floor.viewer.showChanges(changes ?? lead.changes);
    }
    const urls = [sceneUrl, glbUrl, timelineUrl].join();
    if (!sceneUrl || floor.urls === urls) return;
    floor.urls = urls;
    floor.viewer.load({ sceneUrl, glbUrl, timelineUrl, keepClock: true });
  }

  /** What is set on the leader is set on a new floor, too. */
  #alike(viewer) {
    const { theme, colourBy, window } = this.lead.settings;
    viewer.configure({ theme, colourBy, window, playing: false });
    viewer.showChanges(this.lead.changes);
    viewer.gridOn = this.lead.gridOn;
    for (const kind of this.lead.overlays.on) viewer.overlays.toggle(kind, true);
  }

  #close(key) {
    const { viewer, root } = this.floors.get(key);
    this.floors.delete(key);
    viewer.dispose();
    root.remove();
  }

  /** What is selected on the leader's floor is selected on the others. */
  mirror() {
    if (!this.isOpen) return;
    const { selected, tools } = this.lead;
    const said = JSON.stringify([selected?.name, tools.editor.chosen]);
    if (said === this.mirrored) return;
    this.mirrored = said;
    for (const viewer of this.viewers) viewer.mirror(selected?.name ?? "", tools.editor.chosen);
  }

  /** A floor has come: what is selected on the leader's is selected there, and one clock is for all. */
  ready(viewer) {
    viewer.mirror(this.lead.selected?.name ?? "", this.lead.tools.editor.chosen);
    this.lead.bindClock();
    this.lead.invalidate();
  }

  /** Of the leader's closed hours those in which nothing works on the other floors either. */
  closed(spans) {
    return this.viewers.filter(({ ownClosed }) => ownClosed).reduce((left, { ownClosed }) => shared(left, ownClosed), spans);
  }

  /** What has changed, on each floor: from what it shows to what the leader's shows. */
  showChanges() {
    for (const { viewer, changes } of this.floors.values()) viewer.showChanges(changes ?? this.lead.changes);
  }

  /** Somebody has looked about on one of the floors. */
  lookedFrom(viewer) {
    if (this.lead.camera.copy(viewer.camera)) this.lead.moved();
  }

  /** The leader's frame: draw the others, those of them that look different now. */
  draw(now, moving) {
    for (const viewer of this.viewers) viewer.follow(now, moving);
  }

  /** Somebody has selected a thing, or nothing, on one of the floors. */
  selected(viewer, thing) {
    this.lead.select(this.lead.find(thing?.name), true);
    if (thing) viewer.mirror(thing.name, []); // it may stand on that floor alone
  }

  each(act) {
    this.viewers.forEach(act);
  }

  dispose() {
    for (const key of [...this.floors.keys()]) this.#close(key);
  }
}
