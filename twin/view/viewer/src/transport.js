/** The bar below the floor: play, speed, time, scrubber with days and closed hours, legend. */

import { icon, iconButton, make } from "./dom.js";
import { cividis, dateText, dayMarks, STATES, timeText } from "./words.js";

const PLAY = "M2 0.5 L9.5 5 L2 9.5Z";
const PAUSE = "M1.5 0.5H4V9.5H1.5Z M6 0.5H8.5V9.5H6Z";
const SLOWER = "M5 1V9L0.5 5Z M9.5 1V9L5 5Z";
const FASTER = "M0.5 1 5 5 0.5 9Z M5 1 9.5 5 5 9Z";

export const MODES = [
  { colourBy: "state", window: "", text: "State", hint: "Colour by what each machine is doing" },
  { colourBy: "utilisation", window: "hour", text: "Use, last hour", hint: "Share of the last hour at work" },
  { colourBy: "utilisation", window: "all", text: "Use so far", hint: "Share of the time at work since the start" },
];

/** actions: play(), slower(), faster(), speed(x), seek(t), catchUp(), colour(colourBy, window). */
export class Transport {
  constructor(actions) {
    this.actions = actions;
    this.play = iconButton(PLAY, "Play", "space", () => actions.play());
    this.play.classList.add("play");
    this.speeds = make("select", { "aria-label": "Speed", title: "Times real time (J slower, L faster)" });
    this.speeds.addEventListener("change", () => actions.speed(Number(this.speeds.value)));
    this.time = make("output", { class: "time", "aria-label": "Time on the floor" });
    this.clockText = make("span", {});
    this.clockNote = make("small", {});
    this.time.append(this.clockText, this.clockNote);
    this.range = make("input", { type: "range", "aria-label": "Time", min: 0, max: 1, step: 1, value: 0 });
    this.range.addEventListener("input", () => actions.seek(Number(this.range.value)));
    this.marks = make("div", { class: "marks", "aria-hidden": "true" });
    this.track = make("div", { class: "track" }, this.range, this.marks);
    this.legend = make("div", { class: "legend" });
    this.modes = make("span", { class: "modes", role: "group", "aria-label": "Colour the machines by" });
    for (const mode of MODES) {
      const button = make("button", { type: "button", title: mode.hint }, mode.text);
      button.addEventListener("click", () => actions.colour(mode.colourBy, mode.window));
      this.modes.append(button);
    }
    this.entries = make("span", { style: "display: contents" });
    this.legend.append(this.modes, this.entries);
    const slower = iconButton(SLOWER, "Slower", "J", () => actions.slower());
    const faster = iconButton(FASTER, "Faster", "L", () => actions.faster());
    this.catchUp = make("button", { type: "button", class: "catch-up", title: "Back to what happens now" }, "Catch up");
    this.catchUp.addEventListener("click", () => actions.catchUp());
    this.catchUp.hidden = true;
    this.paces = [slower, this.speeds, faster];
    const row = make("div", { class: "transport" }, this.play, slower, this.speeds, faster, this.time, this.track, this.catchUp);
    this.element = make("div", { class: "bar" }, row, this.legend);
  }

  /** Take a new clock: its bounds, days and closed hours. */
  bind(clock, epoch) {
    this.epoch = epoch;
    this.grain = clock.short ? 0.01 : 1; // s
    Object.assign(this.range, { min: clock.start, max: clock.end, step: this.grain });
    this.speeds.replaceChildren(...clock.speeds.map((speed) => make("option", { value: speed }, `${speed}×`)));
    this.shownSpeed = this.shownSecond = undefined;
    const span = Math.max(1e-9, clock.end - clock.start);
    const share = (t) => `${(((t - clock.start) / span) * 100).toFixed(3)}%`;
    const closed = clock.closed.map(([from, to]) => {
      const mark = make("span", { class: "closed" });
      mark.style.left = share(from);
      mark.style.width = `${(((to - from) / span) * 100).toFixed(3)}%`;
      return mark;
    });
    const days = clock.short ? [] : dayMarks(epoch, clock.start, clock.end);
    const every = Math.ceil(days.length / 14);
    const shown = days.filter((_, i) => i % every === 0);
    const texts = shown.map(({ t, text }) => {
      const mark = make("span", { class: "day" }, text);
      mark.style.left = share(t);
      mark.style.maxWidth = share(clock.start + every * 86400); // no word runs into the next
      return mark;
    });
    this.marks.replaceChildren(...closed, ...texts);
    this.showClock(clock);
  }

  /** A shop that is followed has gone on; days are marked anew when it shows: once a minute. */
  goOn(clock, epoch) {
    if (epoch !== this.epoch || !(clock.end - this.marked < 60)) {
      this.marked = clock.end;
      this.bind(clock, epoch);
    } else {
      Object.assign(this.range, { min: clock.start, max: clock.end });
      this.shownSecond = undefined;
      this.showClock(clock);
    }
  }

  showClock(clock) {
    this.catchUp.hidden = !clock.live || clock.following;
    for (const one of this.paces) one.hidden = clock.following; // what happens now has its own
    const text = clock.short ? `${clock.t.toFixed(2)} s` : timeText(this.epoch, clock.t, clock.speed <= 10 || clock.following);
    if (text !== this.shownText) {
      this.clockText.textContent = this.shownText = text;
      this.time.title = clock.short ? `of ${clock.end.toFixed(2)} s` : `${dateText(this.epoch, clock.t)}${clock.live ? "" : " (UTC)"}`;
      this.range.setAttribute("aria-valuetext", text);
    }
    const second = Math.round(clock.t / this.grain) * this.grain;
    if (second !== this.shownSecond) this.range.value = String((this.shownSecond = second));
    if (this.playing !== clock.playing) {
      this.playing = clock.playing;
      this.play.replaceChildren(icon(clock.playing ? PAUSE : PLAY));
      this.play.setAttribute("aria-label", clock.playing ? "Pause" : "Play");
      this.play.title = clock.playing ? "Pause (space)" : "Play (space)";
      this.clockNote.textContent = clock.playing ? "" : "paused";
    }
    if (this.shownSpeed !== clock.speed) this.#showSpeed(clock.speed);
  }

  #showSpeed(speed) {
    this.shownSpeed = speed;
    if (![...this.speeds.options].some((o) => Number(o.value) === speed)) {
      this.speeds.append(make("option", { value: speed }, `${speed}×`));
    }
    this.speeds.value = String(speed);
  }

  /** The legend of the present colours: the states that occur and the parts, or the ramp. */
  showLegend(colourBy, window, states, products) {
    [...this.modes.children].forEach((button, i) => {
      const on = MODES[i].colourBy === colourBy && (!MODES[i].window || MODES[i].window === window);
      button.setAttribute("aria-pressed", String(on));
    });
    const entries = colourBy === "state" ? states.map(stateEntry) : [rampEntry()];
    this.entries.replaceChildren(...entries, ...products.map(productEntry));
  }
}

function stateEntry(state) {
  const { colour, words, shape, stroked } = STATES[state];
  return make("span", { class: "entry" }, icon(shape, { colour, stroked }), words);
}

function rampEntry() {
  const ramp = make("span", { class: "ramp" });
  const stops = Array.from({ length: 9 }, (_, i) =>
    `rgb(${cividis(i / 8).map((c) => Math.round(c * 255)).join(",")})`,
  );
  ramp.style.background = `linear-gradient(90deg, ${stops.join(",")})`;
  return make("span", { class: "entry" }, "0 %", ramp, "100 % of the time at work");
}

function productEntry({ name, label, colour }) {
  const swatch = make("span", { class: "swatch" });
  swatch.style.background = colour;
  return make("span", { class: "entry" }, swatch, label || name);
}
