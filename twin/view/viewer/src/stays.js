/** Where each part is, and since when: one list of stays a part, without overlaps. */

import { groupRows, lastAtOrBefore } from "./timeline.js";

export const ENTRY = 0; // waits before its first event; ref = resource or place (see below)
export const WORK = 1; // in a machine; ref = resource
export const AFTER = 2; // behind a machine that is done with it; ref = resource
export const ARRIVED = 3; // where a move put it; ref = place
export const MOVE = 4; // under way; ref = row of moves
export const HELD_BACK = 5; // where an arm will fetch it; ref = place
export const NOWHERE = 6; // nothing says where

/**
 * Lay out the stays of all parts.
 *
 * isMachine(resource): whether a resource is a machine of the scene. machineOf(place): its index,
 * or -1. isArm(resource): whether it is an arm. A move outranks an interval at the same time; a
 * part that an arm will fetch elsewhere lies there until the arm grips it, even though the
 * receiving machine already waits with it in its books.
 */
export function layOut(timeline, { isMachine, machineOf, machineOfResource, isArm }) {
  const { intervals, moves, lives } = timeline;
  const count = lives.rows;
  const held = groupRows(intervals.part, count);
  const moved = groupRows(moves.part, count);
  const first = new Uint32Array(count + 1);
  const starts = [];
  const kinds = [];
  const refs = [];
  const typical = typicalEntries(timeline, held, moved, isMachine);
  for (let part = 0; part < count; part++) {
    first[part] = starts.length;
    const events = eventsOf(part, intervals, moves, held, moved, isMachine);
    const stays = sweep(events, intervals, moves);
    fetchFromPort(stays, moves, { machineOf, machineOfResource, isArm });
    const [kind, ref] = events.length
      ? entryOf(events[0], intervals, moves)
      : (typical.get(lives.product[part]) ?? [NOWHERE, -1]);
    if (!stays.length || stays[0].start > lives.start[part]) {
      const early = stays.length && stays[0].kind === HELD_BACK;
      starts.push(lives.start[part]);
      kinds.push(early ? HELD_BACK : kind === NOWHERE ? NOWHERE : ENTRY);
      refs.push(early ? stays[0].ref : kind === MOVE ? -2 - ref : ref);
    }
    for (const stay of stays) {
      starts.push(stay.start);
      kinds.push(stay.kind);
      refs.push(stay.ref);
    }
  }
  first[count] = starts.length;
  return new Stays(first, Float64Array.from(starts), Uint8Array.from(kinds), Int32Array.from(refs));
}

/** All stays, one part behind the other; an ENTRY's ref is a resource, or -2 - place. */
export class Stays {
  constructor(first, start, kind, ref) {
    this.first = first;
    this.start = start;
    this.kind = kind;
    this.ref = ref;
  }

  /** The stay of a part at t (an index), or -1 before its first. */
  at(part, t) {
    const low = this.first[part];
    const index = lastAtOrBefore(this.start, t, low, this.first[part + 1]);
    return index < low ? -1 : index;
  }

  /** When a stay is over: the next one's start, or Infinity. */
  until(part, index) {
    return index + 1 < this.first[part + 1] ? this.start[index + 1] : Infinity;
  }
}

/** A part's events as {start, end, move, row}, by start; a move behind an interval that starts with it. */
function eventsOf(part, intervals, moves, held, moved, isMachine) {
  const events = [];
  for (let i = held.first[part]; i < held.first[part + 1]; i++) {
    const row = held.rows[i];
    if (!isMachine(intervals.resource[row])) continue;
    events.push({ start: intervals.start[row], end: intervals.end[row], move: false, row });
  }
  for (let i = moved.first[part]; i < moved.first[part + 1]; i++) {
    const row = moved.rows[i];
    events.push({ start: moves.start[row], end: moves.end[row], move: true, row });
  }
  return events.sort((a, b) => a.start - b.start || a.move - b.move || a.row - b.row);
}

/** Events that may overlap -> stays that do not. */
function sweep(events, intervals, moves) {
  const edges = new Set();
  for (const { start, end } of events) {
    edges.add(start);
    if (end < Infinity) edges.add(end);
  }
  const stays = [];
  let open = [];
  let done = null;
  let next = 0;
  for (const t of Float64Array.from(edges).sort()) {
    while (next < events.length && events[next].start <= t) open.push(events[next++]);
    for (const event of open) if (event.end <= t && !(done && later(done, event))) done = event;
    open = open.filter((event) => event.end > t);
    const moving = open.findLast((event) => event.move);
    const stay = stayOf(moving ?? open[open.length - 1] ?? null, done, intervals, moves);
    const last = stays[stays.length - 1];
    if (!last || last.kind !== stay.kind || last.ref !== stay.ref) stays.push({ start: t, ...stay });
  }
  return stays;
}

/** Whether event a says more recently than b where the part is. */
function later(a, b) {
  return a.end > b.end || (a.end === b.end && a.move && !b.move);
}

function stayOf(event, done, intervals, moves) {
  if (event) {
    return event.move
      ? { kind: MOVE, ref: event.row }
      : { kind: WORK, ref: intervals.resource[event.row] };
  }
  return done.move
    ? { kind: ARRIVED, ref: moves.target[done.row] }
    : { kind: AFTER, ref: intervals.resource[done.row] };
}

/** Let a part lie at the port where an arm will fetch it, not at the machine it is meant for. */
function fetchFromPort(stays, moves, { machineOf, machineOfResource, isArm }) {
  for (let j = 1; j < stays.length; j++) {
    if (stays[j].kind !== MOVE || !isArm(moves.carrier[stays[j].ref])) continue;
    const row = stays[j].ref;
    const target = machineOf(moves.target[row]);
    if (target < 0 || target === machineOf(moves.origin[row])) continue;
    for (let i = j - 1; i >= 0 && stays[i].kind !== MOVE; i--) {
      const { kind, ref } = stays[i];
      const there = kind === ARRIVED ? machineOf(ref) : machineOfResource(ref);
      if (there !== target) break;
      stays[i] = { start: stays[i].start, kind: HELD_BACK, ref: moves.origin[row] };
    }
  }
}

function entryOf(event, intervals, moves) {
  return event.move ? [MOVE, moves.origin[event.row]] : [ENTRY, intervals.resource[event.row]];
}

/** Where parts of each product usually begin: for those that still wait for their first event. */
function typicalEntries(timeline, held, moved, isMachine) {
  const { intervals, moves, lives } = timeline;
  const found = new Map();
  for (let part = 0; part < lives.rows; part++) {
    if (found.has(lives.product[part])) continue;
    const [event] = eventsOf(part, intervals, moves, held, moved, isMachine);
    if (event) found.set(lives.product[part], entryOf(event, intervals, moves));
  }
  return found;
}
