/**
 * The clock that the viewer owns: play, pause, speed, seek; closed hours pass in a wink. Where a shop
 * is followed its end is now, which goes on, and the clock with it unless somebody looks back.
 */

export const SPEEDS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1200, 1800];
const SLOW = [0.1, 0.25, 0.5, 1, 2, 5, 10]; // for what is over in seconds
const AHEAD = 1.5; // s that it goes on beyond what is known of a shop, until more is

export class Clock {
  /**
   * closed: spans [from, to] in which nothing works; playing leaps over them. short: all is over in
   * seconds, so that it may go slower than real time, and at its end it begins again.
   */
  constructor(start, end, closed = [], short = false) {
    this.short = short;
    this.start = start;
    this.end = end;
    this.closed = closed;
    this.speed = 60;
    this.playing = false;
    this.live = false;
    this.following = false;
    this.t = this.#opened(start);
  }

  /** What is known of a shop goes from `start` to `end`; who follows it is at the end. */
  goOn(start, end) {
    if (!this.live) Object.assign(this, { live: true, following: true, playing: true });
    this.start = start;
    this.end = end;
    if (this.following || this.t > end) this.t = end;
    else if (this.t < start) this.t = start;
  }

  /** To now, and on with it. */
  catchUp() {
    if (!this.live) return;
    this.t = this.end;
    this.following = this.playing = true;
  }

  /** The given time, or the end of the closed span that it lies in. */
  #opened(t) {
    for (const [from, to] of this.closed) if (t >= from && t < to && to < this.end) return to;
    return t;
  }

  /** The speeds to choose from, in times of real time. */
  get speeds() {
    return this.short ? SLOW : SPEEDS;
  }

  play() {
    if (this.live && this.t >= this.end) return this.catchUp();
    if (this.t >= this.end) this.t = this.#opened(this.start);
    this.playing = true;
  }

  pause() {
    this.playing = this.following = false;
  }

  toggle() {
    if (this.playing) this.pause();
    else this.play();
  }

  /** Any speed from 1, on a short clock a tenth, to 1800 times real time. */
  setSpeed(speed) {
    const number = Number(speed);
    if (Number.isFinite(number)) this.speed = Math.min(1800, Math.max(this.speeds[0], number));
  }

  faster() {
    this.speed = this.speeds.find((speed) => speed > this.speed) ?? this.speeds[this.speeds.length - 1];
  }

  slower() {
    this.speed = this.speeds.findLast((speed) => speed < this.speed) ?? this.speeds[0];
  }

  seek(t) {
    if (!Number.isFinite(t)) return;
    this.t = Math.min(this.end, Math.max(this.start, t));
    if (this.live) this.following = this.playing && this.t >= this.end;
  }

  step(seconds) {
    this.seek(this.t + seconds);
  }

  /** Let `elapsed` real seconds pass; true while the time moves. */
  advance(elapsed) {
    if (!this.playing) return false;
    if (this.following) {
      this.t = Math.max(this.t, Math.min(this.t + elapsed, this.end + AHEAD));
      return true;
    }
    this.t = this.#opened(this.t + Math.max(0, elapsed) * this.speed);
    if (this.t >= this.end && this.short && this.end > this.start) {
      this.t = this.start + ((this.t - this.start) % (this.end - this.start));
    } else if (this.t >= this.end) {
      this.t = this.end;
      this.playing = this.following = this.live;
    }
    return true;
  }
}

/** The spans of time that two lists of spans [from, to] have in common. */
export function shared(first, second) {
  return first.flatMap(([a, b]) =>
    second.map(([c, d]) => [Math.max(a, c), Math.min(b, d)]).filter(([from, to]) => from < to));
}
