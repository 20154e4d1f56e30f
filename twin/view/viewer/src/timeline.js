/**
 * The decoder of timeline blobs (written by twin/view/codec.py) and questions asked of them.
 * Times are seconds from the epoch; -1 is "none"; an end that has not come yet is Infinity.
 */

const MAGIC = 0x4e495754; // "TWIN", little-endian
const VERSION = 1;
const OPEN = 0xffffffff;
const ARRAYS = {
  u1: Uint8Array,
  u2: Uint16Array,
  u4: Uint32Array,
  i1: Int8Array,
  i2: Int16Array,
  i4: Int32Array,
  f4: Float32Array,
  f8: Float64Array,
};

/** Parse a blob: its header, and its columns as views on the buffer. */
export function decode(buffer) {
  const view = new DataView(buffer);
  if (buffer.byteLength < 16 || view.getUint32(0, true) !== MAGIC) {
    throw new Error("This is not a timeline: it does not begin with 'TWIN'.");
  }
  const version = view.getUint32(4, true);
  if (version !== VERSION) {
    throw new Error(`The timeline has version ${version}; this viewer reads ${VERSION}.`);
  }
  const length = view.getUint32(8, true);
  const offset = view.getUint32(12, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, 16, length)));
  const tables = {};
  for (const [name, entry] of Object.entries(header.tables)) {
    const columns = { rows: entry.rows };
    for (const [column, [kind, place]] of Object.entries(entry.columns)) {
      columns[column] = new ARRAYS[kind](buffer, offset + place, entry.rows);
    }
    tables[name] = columns;
  }
  return { header, tables };
}

/** The last index in [low, high) with values[index] <= x; low - 1 if there is none. */
export function lastAtOrBefore(values, x, low, high) {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (values[middle] <= x) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Offsets (groups + 1) and row numbers grouped by a code column; order within a group is kept. */
export function groupRows(codes, groups) {
  const first = new Uint32Array(groups + 1);
  for (let row = 0; row < codes.length; row++) if (codes[row] >= 0) first[codes[row] + 1]++;
  for (let group = 0; group < groups; group++) first[group + 1] += first[group];
  const next = first.slice(0, groups);
  const rows = new Uint32Array(first[groups]);
  for (let row = 0; row < codes.length; row++) {
    if (codes[row] >= 0) rows[next[codes[row]]++] = row;
  }
  return { first, rows };
}

/** What happened, ready to be asked about any time. */
export class Timeline {
  constructor(buffer) {
    const { header, tables } = decode(buffer);
    this.header = header;
    this.tables = tables;
    this.start = header.start;
    this.end = header.end;
    this.resources = header.resources;
    this.places = header.places;
    this.parts = header.parts;
    this.products = header.products;
    this.states = header.states;
    this.resourceOf = new Map(this.resources.map((name, index) => [name, index]));
    this.intervals = this.#timed("intervals");
    this.moves = this.#timed("moves");
    this.lives = this.#timed("parts");
    this.first = groupRows(this.intervals.resource, this.resources.length).first;
    this.cursor = new Uint32Array(this.resources.length);
    this.cursor.set(this.first.subarray(0, this.resources.length));
    this.busySums = this.#busySums();
  }

  /** A table with its u32 ticks as Float64 seconds. */
  #timed(name) {
    const columns = { ...this.tables[name] };
    for (const column of ["start", "end"]) {
      const ticks = columns[column];
      const seconds = new Float64Array(columns.rows);
      for (let row = 0; row < columns.rows; row++) {
        seconds[row] = ticks[row] === OPEN ? Infinity : this.start + ticks[row] * this.header.tick;
      }
      columns[column] = seconds;
    }
    return columns;
  }

  /** Seconds of work before each interval of its resource, so that any window is a difference. */
  #busySums() {
    const { resource, state, start, end, rows } = this.intervals;
    const working = this.states.map((name) => name === "PROCESSING" || name === "SETUP");
    const sums = new Float64Array(rows);
    for (let row = 1; row < rows; row++) {
      if (resource[row] !== resource[row - 1]) continue;
      const before = row - 1;
      const stop = Math.min(end[before], start[row]);
      sums[row] = sums[before] + (working[state[before]] ? stop - start[before] : 0);
    }
    this.working = working;
    return sums;
  }

  /** The row of the interval that a resource is in at t, or -1. O(1) when time runs forward. */
  intervalAt(resource, t) {
    const { start, end } = this.intervals;
    const low = this.first[resource];
    const high = this.first[resource + 1];
    if (low === high) return -1;
    let row = this.cursor[resource];
    if (!(start[row] <= t && (row + 1 === high || t < start[row + 1]))) {
      const next = row + 1;
      const follows = next < high && start[next] <= t && (next + 1 === high || t < start[next + 1]);
      row = follows ? next : lastAtOrBefore(start, t, low, high);
      if (row < low) return -1;
      this.cursor[resource] = row;
    }
    return t < end[row] ? row : -1;
  }

  /** The state's index at t; -1 where nothing is known. */
  stateAt(resource, t) {
    const row = this.intervalAt(resource, t);
    return row < 0 ? -1 : this.intervals.state[row];
  }

  /** The names of the states that some resources are ever in; a gap is UNAVAILABLE. */
  statesOf(resources) {
    const { start, end, state } = this.intervals;
    const found = new Set();
    for (const resource of resources) {
      let known = this.start;
      for (let row = this.first[resource]; row < this.first[resource + 1]; row++) {
        found.add(this.states[state[row]]);
        if (start[row] > known + 2 * this.header.tick) found.add("UNAVAILABLE");
        known = end[row];
      }
      if (known < this.end - 2 * this.header.tick) found.add("UNAVAILABLE");
    }
    return found;
  }

  /** Seconds of work of a resource before t. */
  busyBefore(resource, t) {
    const { start, end, state } = this.intervals;
    const low = this.first[resource];
    const row = lastAtOrBefore(start, t, low, this.first[resource + 1]);
    if (row < low) return 0;
    const inside = this.working[state[row]] ? Math.min(t, end[row]) - start[row] : 0;
    return this.busySums[row] + Math.max(0, inside);
  }

  /** Share of the window [from, to] in which a resource works; 0 for an empty window. */
  busyShare(resource, from, to) {
    const begin = Math.max(from, this.start);
    const stop = Math.min(to, this.end);
    if (stop <= begin) return 0;
    return (this.busyBefore(resource, stop) - this.busyBefore(resource, begin)) / (stop - begin);
  }

  /** The spans [from, to] in which all of some resources are OFF, in order. */
  closedSpans(resources = this.resources.keys()) {
    const { state, start, end } = this.intervals;
    const off = this.states.indexOf("OFF");
    const edges = [];
    const present = new Set();
    for (const resource of resources) {
      for (let row = this.first[resource]; row < this.first[resource + 1]; row++) {
        present.add(resource); // one without intervals has nothing to say
        if (state[row] === off && end[row] > start[row]) {
          edges.push([start[row], 1], [Math.min(end[row], this.end), -1]);
        }
      }
    }
    edges.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const spans = [];
    let count = 0;
    for (const [time, step] of edges) {
      if (step < 0 && count === present.size) spans[spans.length - 1][1] = time;
      count += step;
      if (step > 0 && count === present.size) {
        const last = spans[spans.length - 1];
        if (last && last[1] >= time) last[1] = Infinity;
        else spans.push([time, Infinity]);
      }
    }
    return spans.map(([from, to]) => [from, Math.min(to, this.end)]);
  }
}
