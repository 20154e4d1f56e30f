/**
 * The viewer: a floor in 3D with its clock, labels and transport bar. It knows three.js, but not
 * who embeds it: give it an element, `load` a scene and a timeline, listen to what it emits.
 */

import { NeutralToneMapping, PCFShadowMap, WebGLRenderer } from "three";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
import { Beside } from "./beside.js";
import { Bottlenecks } from "./bottlenecks.js";
import { Camera } from "./camera.js";
import { Captions } from "./captions.js";
import { Clock } from "./clock.js";
import { download, iconButton, make } from "./dom.js";
import { hookOf } from "./hook.js";
import { Labels } from "./labels.js";
import { Overlays } from "./overlays.js";
import { pictureOf } from "./picture.js";
import { Pointer } from "./pointer.js";
import { FloorSet, Models } from "./set.js";
import { Sketches } from "./sketches.js";
import { Stage } from "./stage.js";
import { STYLE } from "./style.js";
import { Timeline } from "./timeline.js";
import { Tools } from "./tools.js";
import { Transport } from "./transport.js";
import { badge, STATES } from "./words.js";

const TICK_EVERY = 250; // ms
const HEAT_EVERY = 100; // ms
const HOUR = 3600;
const SLOW = 70; // ms between frames that count as slow
const WATCHED = 1000; // ms of frames that are looked at for that
// From fast to slow: the most pixels a CSS pixel, frames between shadows, pause after a frame in
// times of what one takes: where the processor draws, half of it is left to the engine.
const PACES = [
  { pixels: 2, shadows: 2, pause: 0 },
  { pixels: 1, shadows: 6, pause: 0 },
  { pixels: 1, shadows: 24, pause: 1 },
];
const ICONS = {
  home: "M1 5 5 1.3 9 5 M2.3 4.2V9H7.7V4.2",
  top: "M1.5 1.5H8.5V8.5H1.5Z M5 1.5V8.5 M1.5 5H8.5",
  focus: "M1 3.2V1H3.2 M6.8 1H9V3.2 M9 6.8V9H6.8 M3.2 9H1V6.8 M5 4.6V5.4 M4.6 5H5.4",
  grid: "M1 3.3H9 M1 6.6H9 M3.3 1V9 M6.6 1V9",
};

export class Viewer {
  /**
   * root: an empty element; emit(message): what the embedder is told. lead: the viewer beside whose
   * floor this one stands, under its clock, camera and keys (see beside.js).
   */
  constructor(root, { emit = () => {}, lead = null } = {}) {
    this.root = root;
    this.emit = emit;
    this.lead = lead;
    this.settings = {
      theme: "light", colourBy: "state", window: "hour", selected: "", playing: true, speed: 60,
      edit: false, version: 0, purpose: "floor",
    };
    this.stats = { drawCalls: 0, updateMs: 0, machines: 0, arms: 0, parts: 0, intervals: 0, frames: 0 };
    this.changes = [];
    this.captions = new Captions(this);
    this.bottlenecks = new Bottlenecks(this);
    this.sketches = new Sketches();
    this.beside = new Beside(this, (floor) => this.#follower(floor));
    this.pace = 0;
    this.intervals = [];
    this.disposed = false;
    this.tools = new Tools(this);
    this.stop = new AbortController();
    this.#buildDom();
    this.#buildRenderer();
    this.#listen();
    this.root.twin = hookOf(this);
  }

  // --- making ------------------------------------------------------------------------------------

  #buildDom() {
    this.root.className = "twin-viewer";
    if (!this.lead) this.root.tabIndex = 0;
    this.root.setAttribute("role", "region");
    this.root.setAttribute("aria-label", "Factory floor in 3D");
    this.root.dataset.theme = "light";
    const style = make("style");
    style.textContent = STYLE;
    this.canvas = make("canvas", { "aria-hidden": "true" });
    this.layer = make("div", { class: "labels", "aria-hidden": "true" });
    this.title = make("strong", { class: "floor-title" });
    this.badge = make("span", { class: "badge", role: "status" });
    this.notice = make("div", { class: "notice", role: "alert" });
    const tool = (name, label, key, action) =>
      iconButton(ICONS[name], label, key, action, { stroked: true });
    this.gridButton = tool("grid", "Grid", "G", () => this.toggleGrid());
    this.gridButton.setAttribute("aria-pressed", "true");
    this.overlays = new Overlays(
      () => ({
        timeline: this.timeline, stage: this.stage, layout: this.layout, content: this.set?.content,
        scale: this.set?.scale, theme: this.root.dataset.theme, changes: this.changes, side: this.lead ? "before" : "after",
      }),
      () => this.moved(),
      (labels) => this.captions.tell(labels),
    );
    this.overlays.toggled = (kind, on) => this.beside.each((viewer) => viewer.overlays.toggle(kind, on));
    const tools = make(
      "div", { class: "corner right", role: "toolbar", "aria-label": "View" },
      tool("home", "Whole floor", "H", () => this.camera.overview()),
      tool("top", "From above", "T", () => this.camera.above()),
      tool("focus", "Fly to the selected", "F", () => this.focusSelected()),
      this.gridButton,
      ...this.overlays.buttons,
      this.tools.rulerButton,
    );
    const named = make("div", { class: "corner left" }, this.title, this.badge);
    this.stageBox = make("div", { class: "stage" }, this.canvas, this.layer, named, this.notice);
    this.labels = new Labels(this.layer);
    if (this.lead) {
      this.root.replaceChildren(this.stageBox);
      return;
    }
    named.append(this.tools.bar);
    this.notice.before(tools, this.tools.library.element, this.tools.spoken, this.tools.hint, this.overlays.note);
    this.transport = new Transport({
      play: () => this.togglePlay(),
      slower: () => this.changeSpeed((clock) => clock.slower()),
      faster: () => this.changeSpeed((clock) => clock.faster()),
      speed: (speed) => this.changeSpeed((clock) => clock.setSpeed(speed)),
      seek: (t) => this.seek(t),
      catchUp: () => this.catchUp(),
      colour: (colourBy, window) => this.chooseColour(colourBy, window),
    });
    this.root.replaceChildren(style, make("div", { class: "floors" }, this.stageBox), this.transport.element);
  }

  #follower(root) {
    const emit = (message) => message.type === "error" && this.emit(message);
    return new Viewer(root, { emit, lead: this });
  }

  /** What this floor is called, where another one stands beside it. */
  entitle(title) {
    this.title.textContent = title;
    this.root.setAttribute("aria-label", this.lead ? `Factory floor in 3D: ${title}` : "Factory floor in 3D");
  }

  #buildRenderer() {
    this.renderer = new WebGLRenderer({ canvas: this.canvas, antialias: true, alpha: true });
    this.renderer.toneMapping = NeutralToneMapping;
    this.renderer.shadowMap.enabled = true;
    this.renderer.shadowMap.type = PCFShadowMap;
    this.renderer.shadowMap.autoUpdate = false;
    this.renderer.setClearColor(0, 0);
    // To ask a program for its errors waits for all that is to be drawn before it: seconds, where
    // drawing is done in software.
    this.renderer.debug.checkShaderErrors = false;
    this.camera = new Camera(this.canvas, () => {
      this.moved();
      this.lead?.beside.lookedFrom(this);
    });
  }

  #listen() {
    const { signal } = this.stop;
    this.resizer = new ResizeObserver(() => this.resize());
    this.resizer.observe(this.stageBox);
    this.canvas.addEventListener("webglcontextlost", (event) => {
      if (!this.disposed) event.preventDefault(); // so that the browser may give it back
    }, { signal });
    this.canvas.addEventListener("webglcontextrestored", () => {
      this.shadowsChanged = true;
      this.invalidate();
    }, { signal });
    document.addEventListener("visibilitychange", () => this.invalidate(), { signal });
    if (!this.lead) {
      document.addEventListener("keydown", (event) => this.#onKey(event), { signal });
      this.root.addEventListener("pointerdown", () => this.root.focus({ preventScroll: true }), { signal });
    }
    this.pointer = new Pointer(this.#pointerPort());
  }

  #pointerPort() {
    const viewer = this;
    return {
      canvas: this.canvas,
      camera: this.camera.camera,
      controls: this.camera.controls,
      get set() {
        return viewer.set;
      },
      begin: (press) => this.#takenByHand(press) ?? this.tools.begin(press),
      click: (press) => this.#picked(press) || this.tools.click(press) || this.select(press.thing, true),
      hover: (press) => {
        this.tools.hover(press);
        this.#hover(press?.thing ?? null);
      },
    };
  }

  // --- loading -----------------------------------------------------------------------------------

  /**
   * Show a scene and a timeline. Each of scene (JSON), glb and timeline (ArrayBuffer) may come as
   * itself or as sceneUrl, glbUrl, timelineUrl. keepClock: the time, play and camera stay.
   */
  async load({ scene, glb, timeline, sceneUrl, glbUrl, timelineUrl, keepClock = false }) {
    const ticket = (this.ticket = {});
    if (!this.set) this.notice.textContent = "Opening the floor …";
    const had = this.shown ?? {};
    const same = { glb: glbUrl && glbUrl === had.glbUrl, timeline: timelineUrl && timelineUrl === had.timelineUrl };
    try {
      const asked = [
        scene ?? fetchAs(sceneUrl, "json"),
        same.timeline ? this.timeline : (timeline ? Promise.resolve(timeline) : fetchAs(timelineUrl, "arrayBuffer")).then((blob) => new Timeline(blob)),
        same.glb ? null : openGlb(glb, glbUrl),
      ];
      const [fetched, played, opened] = await Promise.all(asked);
      const layout = structuredClone(fetched);
      // What only stands elsewhere needs no new bodies.
      const keep = same.glb && likeBodies(this.layout, layout);
      const gltf = keep ? null : opened ?? (await openGlb(glb, glbUrl));
      await this.pointer.free();
      if (this.disposed || ticket !== this.ticket) return; // a later load has overtaken this one
      this.#show(layout, gltf, played, keepClock);
      this.shown = { glbUrl, timelineUrl };
    } catch (error) {
      if (this.disposed || ticket !== this.ticket) return;
      this.#fail(error);
    }
  }

  #fail(error) {
    console.error(error);
    this.notice.dataset.kind = "error";
    this.notice.textContent = `The floor cannot be shown. ${error.message}`;
    this.emit({ type: "error", message: error.message });
  }

  #show(layout, gltf, timeline, keepClock) {
    const sameFloor = this.layout && String(this.layout.floor.size) === String(layout.floor.size);
    this.layout = layout;
    this.timeline = timeline;
    if (gltf) this.#buildSet(gltf);
    else this.set.layout = layout;
    this.#stageIt();
    this.set.content.add(this.sketches.group);
    this.#startClock(timeline, keepClock);
    this.resize();
    this.camera.bind(layout.floor.size, this.set.height);
    if (this.lead) this.camera.copy(this.lead.camera);
    else if (!(keepClock && sameFloor)) this.camera.overview(true);
    this.tools.bind(layout, Boolean(keepClock && sameFloor));
    this.overlays.bind();
    this.captions.place();
    this.#showBadge();
    this.#showLegend();
    this.#countStats();
    this.bottlenecks.show();
    this.focusOn(this.find(this.settings.selected), false);
    this.tools.editor.refresh();
    this.notice.textContent = "";
    delete this.notice.dataset.kind;
    this.renderNow(); // at once, so that ready means drawn, and what is new can be pointed at
    this.root.dataset.ready = "true";
    this.emit({ type: "ready", counts: { ...this.stats } });
    this.lead?.beside.ready(this);
    this.invalidate();
  }

  #stageIt() {
    this.stage = new Stage(this.layout, this.timeline, {
      surface: this.set.surface, partSize: this.set.partSize, colours: this.set.productColours,
      deck: this.set.deck, partScale: this.set.scale,
    });
    this.set.bind(this.stage);
  }

  /** The timeline's epoch [ms since 1970], told as UTC: a shop that is followed has the time of the wall. */
  get epoch() {
    const { origin, epoch } = this.timeline.header;
    const time = Date.parse(epoch);
    return origin === "live" ? time - 60000 * new Date(time).getTimezoneOffset() : time;
  }

  /** A shop that is followed has gone on: the blob of what is known of it by now; is it `heard`? */
  goOn(buffer, heard) {
    this.heard = heard;
    if (!this.set || !this.clock) return; // the floor is on its way, and brings the same
    this.timeline = new Timeline(buffer);
    this.#stageIt();
    this.clock.goOn(this.timeline.start, this.timeline.end);
    this.transport.goOn(this.clock, this.epoch);
    if (this.overlays.on.size) this.overlays.bind();
    this.#showBadge();
    this.#showLegend();
    this.#countStats();
    this.root.dataset.known = this.timeline.end;
    this.stale = true;
    this.invalidate();
  }

  catchUp() {
    this.clock?.catchUp();
    if (this.clock) this.#clockSet({ playing: this.clock.playing });
  }

  #buildSet(gltf) {
    this.set?.dispose();
    this.set = new FloorSet(this.layout, new Models(gltf));
    this.set.applyTheme(this.root.dataset.theme);
    this.set.grid = this.gridOn;
  }

  #startClock(timeline, keepClock) {
    const before = this.clock;
    this.ownClosed = timeline.closedSpans(this.stage.machineResources.flat());
    this.clock = new Clock(timeline.start, timeline.end, this.ownClosed, this.settings.purpose === "cell");
    this.stale = true;
    if (this.lead) return this.clock.seek(this.lead.clock.t);
    this.clock.setSpeed(before?.speed ?? this.settings.speed);
    if (before && keepClock) this.clock.seek(before.t);
    if (timeline.header.origin === "live") {
      this.clock.goOn(timeline.start, timeline.end);
      if (before?.live && !before.following) {
        this.clock.seek(before.t);
        if (!before.playing) this.clock.pause();
      }
    } else if (before && keepClock ? before.playing : this.settings.playing) this.clock.play();
    this.bindClock();
  }

  /** Playing leaps over the hours in which nothing works on any of the floors. */
  bindClock() {
    if (!this.clock) return;
    this.clock.closed = this.beside.closed(this.ownClosed);
    this.transport.bind(this.clock, this.epoch);
  }

  #countStats() {
    Object.assign(this.stats, {
      machines: this.layout.machines.length,
      arms: this.layout.arms?.length ?? 0,
      parts: this.timeline.parts.length,
      intervals: this.timeline.intervals.rows,
      moves: this.timeline.moves.rows,
      unplaced: this.stage.unplaced,
    });
  }

  #showBadge() {
    const { text, kind, hint } = badge(this.timeline.header.origin, { clock: this.clock, epoch: this.epoch, heard: this.heard });
    this.badge.textContent = text;
    this.badge.dataset.kind = kind;
    const { run } = this.timeline.header;
    this.badge.title = run ? `${hint}; run ${run}` : hint;
  }

  // --- what the embedder sets --------------------------------------------------------------------

  /** Change settings: theme, colourBy, window, selected, playing, speed, edit, version, purpose. */
  configure(changed) {
    Object.assign(this.settings, changed);
    if ("theme" in changed) this.#applyTheme();
    if ("colourBy" in changed || "window" in changed) this.#showLegend();
    if ("purpose" in changed) this.root.dataset.purpose = changed.purpose;
    if ("edit" in changed) this.tools.switch(this.settings.edit);
    if ("version" in changed) this.tools.editor.version.heard(changed.version);
    const { theme, colourBy, window } = this.settings;
    if ("theme" in changed || "colourBy" in changed || "window" in changed) {
      this.beside.each((viewer) => viewer.configure({ theme, colourBy, window }));
    }
    if (this.clock && !this.lead) {
      if ("speed" in changed) this.clock.setSpeed(changed.speed);
      if ("playing" in changed && changed.playing !== this.clock.playing) this.clock.toggle();
      if ("selected" in changed) this.select(this.find(changed.selected), false);
      this.transport.showClock(this.clock);
    }
    this.stale = true;
    this.invalidate();
  }

  #applyTheme() {
    const { theme } = this.settings;
    const dark = globalThis.matchMedia?.("(prefers-color-scheme: dark)").matches;
    const name = theme === "auto" ? (dark ? "dark" : "light") : theme === "dark" ? "dark" : "light";
    this.root.dataset.theme = name;
    this.set?.applyTheme(name);
    this.bottlenecks.show();
    if (this.overlays.on.has("changes")) this.overlays.bind(["changes"]);
    this.stale = true;
  }

  /** Rings of light and a label: [{machines: [...], people: [...], text}]. */
  showBottlenecks(list) {
    this.bottlenecks.show(list);
  }

  /** What has changed (twin/view/marks.py), to be laid over the floor where that is asked for. */
  showChanges(list) {
    this.changes = list;
    this.overlays.offer("changes");
    this.beside.showChanges();
    this.overlays.bind(["changes"]);
  }

  /** Lines and points in the room (see sketches.js). */
  sketch(layers) {
    this.sketches.show(layers);
    this.moved();
  }

  /** Hold an arm at joint angles [rad], or let it follow the clock again (null). */
  pose(name, joints) {
    const arm = this.find(name);
    if (arm?.kind !== "arm") return;
    if (joints && this.clock.playing) this.togglePlay();
    this.stage.pose(arm.index, joints);
    this.shadowsChanged = true;
    this.moved();
  }

  /** The next click on a machine says which face it was: a "picked" message (see pointer.js). */
  #picked({ face }) {
    if (!this.picking) return false;
    const found = face();
    if (!found) return true; // beside all machines: look again
    this.pick(false);
    this.emit({ type: "picked", ...found });
    return true;
  }

  /** An arm that is led by hand: where its tool is drawn to at its height, "led" messages say. */
  #takenByHand({ thing, at }) {
    if (!this.leading || thing?.kind !== "arm" || this.settings.edit) return null;
    const [x, y, z] = this.stage.arms[thing.index].tool.slice(12, 15);
    const held = at(z);
    const tell = (to) => this.emit({ type: "led", name: thing.name, to });
    return {
      to: ({ at: draw }) => {
        const point = held && draw(z);
        if (point) tell([x + point[0] - held[0], y + point[1] - held[1], z]);
      },
      drop: () => {},
      cancel: () => this.disposed || tell([x, y, z]),
    };
  }

  pick(on) {
    this.picking = on;
    this.root.dataset.picking = String(on);
  }

  /**
   * A message of the embedder: reload, live, reject, choose, bottlenecks, fly, seek, pose, layer,
   * play, pick, lead, picture, ping.
   */
  receive(message) {
    const { type } = message;
    if (type === "ping") this.emit({ type: "pong", id: message.id });
    else if (type === "reload") {
      this.load({
        sceneUrl: message.scene_url, glbUrl: message.glb_url, timelineUrl: message.timeline_url,
        keepClock: message.keep_clock ?? true,
      });
    } else if (type === "reject") this.tools.editor.reject(message);
    else if (type === "choose") this.#expect(message.names);
    else if (type === "bottlenecks") this.showBottlenecks(message.bottlenecks ?? []);
    else if (type === "fly") this.fly(message.name);
    else if (type === "seek") this.seek(message.t);
    else if (type === "pick") this.pick(message.on);
    else if (type === "lead") this.leading = message.on;
    else if (type === "pose") this.pose(message.name, message.joints);
    else if (type === "live") this.goOn(message.timeline, message.heard);
    else if (type === "play") {
      if (this.clock && this.clock.playing !== message.on) this.togglePlay();
    } else if (type === "layer") {
      this.sketches.toggle(message.name, message.on);
      this.moved();
    }
    else if (type === "picture") pictureOf([...this.beside.viewers, this]).then((picture) => download(picture, message.name));
    else console.warn(`unknown message "${type}"`);
  }

  // --- the clock ---------------------------------------------------------------------------------

  togglePlay() {
    if (!this.clock) return;
    this.clock.toggle();
    this.#clockSet({ playing: this.clock.playing });
  }

  changeSpeed(change) {
    if (!this.clock) return;
    change(this.clock);
    this.#clockSet({ speed: this.clock.speed });
  }

  #clockSet(changed) {
    Object.assign(this.settings, changed);
    this.transport.showClock(this.clock);
    this.#showBadge();
    this.emit({ type: "settings", ...changed });
    this.#tick(true);
    this.invalidate();
  }

  seek(t) {
    if (!this.clock) return;
    this.clock.seek(t);
    this.transport.showClock(this.clock);
    this.#showBadge();
    this.invalidate();
  }

  /** Tell the time at most four times a second, and the last time always. */
  #tick(now = false) {
    const wait = TICK_EVERY - (performance.now() - (this.lastTick ?? -Infinity));
    if (now || wait <= 0) {
      clearTimeout(this.trailing);
      this.trailing = undefined;
      this.lastTick = performance.now();
      this.emit({ type: "tick", t: this.clock.t });
    } else this.trailing ??= setTimeout(() => !this.disposed && this.#tick(true), wait);
  }

  // --- colours, selection, bottlenecks -----------------------------------------------------------

  chooseColour(colourBy, window) {
    const changed = window ? { colourBy, window } : { colourBy };
    this.configure(changed);
    this.emit({ type: "settings", ...changed });
  }

  #showLegend() {
    if (!this.timeline) return;
    const present = this.timeline.statesOf(this.stage.machineResources.flat());
    const states = Object.keys(STATES).filter((name) => present.has(name));
    const seen = new Set(); // variants of one colour are one entry
    const products = (this.layout.products ?? []).filter(
      ({ colour }) => colour && !seen.has(colour) && seen.add(colour),
    );
    this.root.dataset.colour = this.settings.colourBy;
    this.transport?.showLegend(this.settings.colourBy, this.settings.window, states, products);
  }

  /** The thing of a name: {kind, index, name}, or null. */
  find(name) {
    if (!name || !this.layout) return null;
    const [sort, own] = name.split(":"); // "wall:north": what is drawn by points
    const line = own ? (this.layout.drawn ?? []).findIndex((each) => each.kind === sort && each.name === own) : -1;
    if (line >= 0) return this.lineThing(line);
    for (const [kind, list] of [
      ["machine", this.layout.machines], ["arm", this.layout.arms], ["person", this.layout.people],
      ["vehicle", this.layout.vehicles],
    ]) {
      const index = (list ?? []).findIndex((thing) => thing.name === name);
      if (index >= 0) return { kind, index, name };
    }
    return null;
  }

  /** What is drawn, by its index in the scene, as a thing that can be selected. */
  lineThing(index) {
    const { kind, name } = this.layout.drawn[index];
    return { kind, index, name: `${kind}:${name}` };
  }

  /** What is selected of what is drawn by points, as the scene has it; or null. */
  get line() {
    const line = this.selected && this.layout?.drawn?.[this.selected.index];
    return line && line.kind === this.selected.kind ? line : null;
  }

  /** Select one thing alone, or nothing. */
  select(thing, tell) {
    if (this.lead && tell) return this.lead.beside.selected(this, thing);
    this.focusOn(thing, tell);
    this.tools.editor.only(thing);
  }

  /** What is selected on the floor beside this one: a thing by name, and machines. */
  mirror(name, chosen) {
    this.focusOn(this.find(name), false);
    this.tools.editor.expect(chosen.length ? chosen : [name]);
  }

  /** The thing whose figures are shown; what is chosen beside it stays so. */
  focusOn(thing, tell) {
    this.selected = thing;
    const name = thing?.name ?? "";
    for (const key of this.labels.labels.keys()) {
      this.labels.emphasise(key, this.#raised(key));
    }
    if (tell && name !== this.settings.selected) {
      this.settings.selected = name;
      this.emit({ type: "select", kind: thing?.kind ?? null, name });
    }
    this.stale = this.viewChanged = true;
    this.invalidate();
  }

  #raised(key) {
    return [this.selected, this.hovering].some((thing) => thing && key === `${thing.kind}:${thing.name}`);
  }

  /** Things by name, some of which the next scene may bring. */
  #expect(names) {
    const [name = ""] = names.slice(-1);
    this.focusOn(this.find(name), false);
    this.settings.selected = name;
    this.emit({ type: "settings", selected: name });
    this.tools.editor.expect(names);
  }

  #hover(thing) {
    if (thing?.name === this.hovering?.name) return;
    const before = this.hovering;
    this.hovering = thing;
    this.canvas.style.cursor = thing ? (this.settings.edit ? "grab" : "pointer") : "";
    for (const item of [before, thing]) {
      if (item) this.labels.emphasise(`${item.kind}:${item.name}`, this.#raised(`${item.kind}:${item.name}`));
    }
    this.viewChanged = true;
    this.invalidate();
  }

  focusSelected() {
    if (this.selected) this.fly(this.selected.name);
    else this.camera.overview();
  }

  fly(name) {
    // What only stands on the floor beside this one is looked at from here, too.
    for (const viewer of [this, ...this.beside.viewers]) {
      const thing = viewer.find(name) ?? viewer.#stationThing(name);
      if (!thing) continue;
      const { centre, reach } = viewer.set.extent(thing.kind, thing.index);
      this.camera.focus(centre, reach);
      return;
    }
  }

  #stationThing(name) {
    const station = (this.layout?.stations ?? []).find((item) => item.name === name);
    return station ? this.find(station.machines[0]) : null;
  }

  // --- what the tools ask for ---------------------------------------------------------------------

  /** Show things (see standing.js) where the layout has them now. */
  placed(things) {
    for (const thing of things) {
      this.captions.follow(thing);
      if (thing.kind) {
        this.stage.hold(thing);
        this.set.apply({ arms: thing.kind === "arm", walkers: thing.kind !== "arm" });
      } else this.set.placeMachine(this.layout.machines.indexOf(thing));
    }
    if (this.bottlenecks.ringed.length) this.bottlenecks.place();
    this.shadowsChanged = true;
    this.moved();
  }

  /** What is drawn by points has other corners. */
  redrawn() {
    this.set.redraw();
    this.captions.drawn();
    this.shadowsChanged = true;
    this.moved();
  }

  /** Things have come to rest: what lies and walks about them follows. */
  relocate() {
    this.stage.relocate();
    this.set.bind(this.stage);
    this.overlays.bind();
    this.changed();
  }

  /** Something has another colour or text. */
  changed() {
    this.stale = true;
    this.beside.mirror();
    this.moved();
  }

  /** Something is elsewhere, or drawn over the floor. */
  moved() {
    this.viewChanged = true;
    this.invalidate();
  }

  // --- keyboard ----------------------------------------------------------------------------------

  get gridOn() {
    return this.gridButton.getAttribute("aria-pressed") === "true";
  }

  set gridOn(on) {
    this.gridButton.setAttribute("aria-pressed", String(on));
    if (this.set) this.set.grid = on;
    this.invalidate();
  }

  toggleGrid() {
    this.gridOn = !this.gridOn;
    this.beside.each((viewer) => (viewer.gridOn = this.gridOn));
  }

  /** Keys count while the viewer has the focus, or nothing has. */
  #onKey(event) {
    if (event.altKey || event.defaultPrevented || !this.clock) return;
    const [target] = event.composedPath();
    const within = event.composedPath().includes(this.root);
    if (!within && target !== document.body && target !== document.documentElement) return;
    const control = target instanceof HTMLElement && target !== this.root && target.tagName;
    if (["INPUT", "SELECT", "TEXTAREA"].includes(control) || (control === "BUTTON" && [" ", "Enter"].includes(event.key))) {
      if (!(control === "INPUT" && target.type === "range" && !event.key.startsWith("Arrow") && event.key !== "Home" && event.key !== "End")) return;
    }
    if (this.#act(event)) event.preventDefault();
  }

  #act(event) {
    const { key, shiftKey } = event;
    if (this.tools.key(event)) return true;
    if (event.ctrlKey || event.metaKey) return false;
    if (key.startsWith("Arrow")) return this.#step(key, shiftKey);
    const actions = {
      " ": () => this.togglePlay(),
      k: () => this.togglePlay(),
      j: () => this.changeSpeed((clock) => clock.slower()),
      l: () => this.changeSpeed((clock) => clock.faster()),
      f: () => this.focusSelected(),
      t: () => this.camera.above(),
      h: () => this.camera.overview(),
      g: () => this.toggleGrid(),
      o: () => this.overlays.toggle("flow"),
      p: () => this.overlays.toggle("traffic"),
      d: () => this.overlays.toggle("changes"),
      escape: () => this.tools.giveUp() || this.select(null, true),
    };
    const action = actions[key.toLowerCase()];
    action?.();
    return Boolean(action);
  }

  /** Arrows step the time, where they do not nudge machines. */
  #step(key, far) {
    const dx = { ArrowLeft: -1, ArrowRight: 1 }[key];
    if (!dx) return false;
    const step = this.clock.short ? 0.04 : 60;
    this.clock.step(dx * (far ? 10 * step : step));
    this.transport.showClock(this.clock);
    this.#tick();
    this.invalidate();
    return true;
  }

  // --- handing on --------------------------------------------------------------------------------

  /** What is looked at: {t [s], camera (see camera.js), selected}; null before a floor is shown. */
  get view() {
    if (!this.clock) return null;
    return { t: Math.round(this.clock.t), camera: this.camera.view, selected: this.settings.selected };
  }

  /** Look at what `view` has told; what is missing stays as it is. */
  set view({ t, camera, selected }) {
    if (t !== undefined) this.seek(t);
    if (camera) this.camera.view = camera;
    if (selected && this.find(selected)) this.select(this.find(selected), true);
  }

  // --- drawing -----------------------------------------------------------------------------------

  /** How often and how finely is drawn: the same for all floors of a frame. */
  get #rhythm() {
    return PACES[(this.lead ?? this).pace];
  }

  resize() {
    const { clientWidth: width, clientHeight: height } = this.stageBox;
    if (!width || !height) return;
    const ratio = Math.min(this.#rhythm.pixels, globalThis.devicePixelRatio || 1);
    const size = `${width} ${height} ${ratio}`;
    if (size === this.size) return; // setting it, even to what it is, waits for all that is drawn
    this.size = size;
    this.renderer.setPixelRatio(ratio);
    this.renderer.setSize(width, height, false);
    this.camera.resize(width, height);
    this.viewChanged = true;
    if (this.root.dataset.ready) this.renderNow(); // at once: a resized canvas is empty
  }

  /** Draw this floor with the next frame; without a reason nothing is drawn. */
  invalidate() {
    this.dirty = true;
    (this.lead ?? this).#askForFrame();
  }

  #askForFrame() {
    if (this.frame || this.later || this.disposed) return;
    const { pause } = this.#rhythm;
    // What is said of a floor on which nothing moves can wait a little longer.
    const busy = this.clock?.playing || this.pointer.gesture ? 1 : 2;
    const rest = pause ? this.drawn + pause * busy * this.frameTime - performance.now() : 0;
    if (rest > 0) {
      this.later = setTimeout(() => {
        this.later = 0;
        this.#askForFrame();
      }, rest);
    } else this.frame = requestAnimationFrame((now) => this.#onFrame(now));
  }

  #onFrame(now) {
    this.frame = 0;
    if (this.disposed || !this.set) return;
    if (document.hidden) {
      this.lastFrame = undefined; // visibilitychange asks for the next frame
      return;
    }
    this.#adapt(now - (this.lastFrame ?? now));
    const elapsed = Math.min(1, (now - (this.lastFrame ?? now)) / 1000);
    const moving = this.#isKnown() && this.clock.advance(elapsed);
    const flying = this.camera.update(now);
    if (moving || this.dirty) this.#draw(now);
    this.beside.draw(now, moving);
    if (this.told !== this.clock.playing || this.followed !== this.clock.following) {
      this.followed = this.clock.following;
      this.#showBadge();
      this.told = this.clock.playing;
      if (this.settings.playing !== this.told) this.#clockSet({ playing: this.told });
    }
    const again = moving || flying;
    this.lastFrame = again ? now : undefined;
    if (again) this.invalidate();
  }

  /** Whether anything happens on this floor or one beside it; where nothing is known, time stands. */
  #isKnown() {
    return [this, ...this.beside.viewers].some(({ timeline }) => timeline && timeline.header.origin !== "unknown");
  }

  /** A frame of the floor that leads: draw this one where it looks different now. */
  follow(now, moving) {
    if (!this.set || this.disposed) return;
    if (this.camera.copy(this.lead.camera)) this.moved();
    this.clock.seek(this.lead.clock.t);
    if (moving || this.dirty || this.clock.t !== this.stage.t) this.#draw(now);
  }

  /** Draw less where drawing is slow (no graphics processor): shadows seldom, then fewer frames. */
  #adapt(interval) {
    if (!interval || this.pace === PACES.length - 1) return;
    const seen = this.intervals;
    seen.push(interval);
    if (seen.length < 5 || seen.reduce((sum, one) => sum + one) < WATCHED) return;
    this.intervals = [];
    this.frameTime = seen.sort((a, b) => a - b)[seen.length >> 1]; // one that was held up is not slow
    if (this.frameTime < SLOW) return;
    this.pace++;
    for (const viewer of [this, ...this.beside.viewers]) viewer.resize();
  }

  #draw(now) {
    const begun = (this.drawn = performance.now());
    this.dirty = false;
    this.bringTo(now);
    this.stats.updateMs += 0.1 * (performance.now() - begun - this.stats.updateMs);
    this.renderer.render(this.set.scene, this.camera.camera);
    this.stats.drawCalls = this.renderer.info.render.calls;
    this.stats.triangles = this.renderer.info.render.triangles;
    this.stats.frames++;
  }

  /** Everything that JavaScript does for a frame, but for the drawing itself. */
  bringTo(now) {
    const { t } = this.clock;
    const ticked = t !== this.stage.t;
    const changes = this.stage.update(t);
    this.set.apply(changes);
    const heat = this.settings.colourBy === "utilisation";
    const due = heat && ticked && now - (this.heated ?? -Infinity) >= HEAT_EVERY;
    if (changes.machines || this.stale || due) {
      this.heated = now;
      this.set.colour(heat ? this.#share(t) : null, this.tools.editor.alarms, this.#selectedMachines());
    }
    if (changes.walkers && this.bottlenecks.walks) this.bottlenecks.place();
    if (ticked && !this.lead) {
      this.transport.showClock(this.clock);
      this.#tick();
    }
    const worded = changes.machines || changes.walkers || changes.parts || this.stale;
    const rested = now - (this.labelled ?? -Infinity) >= HEAT_EVERY;
    if (worded && (this.viewChanged || this.stale || rested)) {
      this.labelled = now;
      this.captions.update(heat ? this.#share(t) : null);
      this.viewChanged = true;
    }
    if (this.viewChanged) this.captions.lay();
    // Shadows cost a second pass: not every frame needs one while things move.
    const moved = changes.walkers || changes.arms || changes.parts || changes.trolleys;
    this.shadowsChanged ||= moved;
    // Where the processor draws, a floor that is worked on has none that are new before it rests.
    const { clock, pointer } = this.lead ?? this;
    const rests = !clock.playing && !(this.#rhythm.pause && pointer.gesture);
    if (this.shadowsChanged && (this.stats.frames % this.#rhythm.shadows === 0 || this.stale || rests)) {
      this.renderer.shadowMap.needsUpdate = true;
      this.shadowsChanged = false;
    }
    this.stale = this.viewChanged = false;
  }

  #selectedMachines() {
    return new Set(this.tools.editor.indices.filter((index) => index < this.layout.machines.length));
  }

  /** (machine) => its share of work in the chosen window before t. */
  #share(t) {
    const from = this.settings.window === "all" ? this.timeline.start : t - HOUR;
    const begin = Math.max(this.timeline.start, from);
    const to = Math.max(t, begin + 1);
    return (machine) => this.stage.utilisation(machine, begin, to);
  }

  /** Draw now, not at the next frame. */
  renderNow() {
    if (this.set && !this.disposed) this.#draw(performance.now());
  }

  dispose() {
    if (this.disposed) return;
    this.disposed = true;
    cancelAnimationFrame(this.frame);
    clearTimeout(this.trailing);
    clearTimeout(this.later);
    this.stop.abort();
    this.beside.dispose();
    this.resizer.disconnect();
    this.pointer.dispose();
    this.overlays.dispose();
    this.sketches.dispose();
    this.camera.dispose();
    this.set?.dispose();
    this.renderer.dispose();
    this.renderer.forceContextLoss();
    delete this.root.twin;
    this.root.replaceChildren();
    this.set = this.stage = this.timeline = this.layout = this.clock = this.lead = null;
  }
}

async function fetchAs(url, kind) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`${new URL(url, location.href).pathname} answers ${answer.status}.`);
  return answer[kind]();
}

async function openGlb(buffer, url) {
  return new GLTFLoader().parseAsync(buffer ?? (await fetchAs(url, "arrayBuffer")), "");
}

/** Whether two scenes have the same bodies, wherever their machines stand. */
function likeBodies(a, b) {
  const bodies = ({ floor, doors, assets, machines, arms, people, vehicles, roads, products }) => JSON.stringify([
    floor, doors, assets, machines.map(({ name, asset, size }) => [name, asset, size]),
    (arms ?? []).map(({ name, asset, base_node, joints }) => [name, asset, base_node, joints]),
    (people ?? []).map(({ name, node }) => [name, node]), (vehicles ?? []).map(({ name, asset }) => [name, asset]),
    roads, products,
  ]);
  return bodies(a) === bodies(b);
}
