"""Timeline -> one binary blob that the viewer reads without a copy, and back.

    "TWIN" | version u32 | header length u32 | data offset u32 | header (JSON) | columns

Columns are little-endian and start at multiples of 8 bytes from the data offset. A time in a u32
column counts ticks of `header["tick"]` seconds from `header["start"]` (1 ms, coarser where the
clock is longer than 49 days); OPEN is an end that has not come yet. Texts are indices into the
header's lists; -1 is none. Arm motion is a reference to a sampled program, not a sample per frame.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from twin.cells.transfer import Carry, Transfer
from twin.errors import RecordingError, TwinError
from twin.timeline import EXCHANGE, State, Timeline

MAGIC = b"TWIN"
VERSION = 1
OPEN = 0xFFFF_FFFF
PROGRAM_RATE = 40.0  # samples a second; linear between them errs by about 1 mm at a cobot's reach
_HEAD = struct.Struct("<4sIII")
_TICKS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)  # ms
Key = tuple[str, ...]
WHOLE = "exchange as a whole"  # native of both parts' moves where an exchange is played by itself
Column = NDArray[Any]


@dataclass(frozen=True)
class Decoded:
    """A blob, read. Times are in seconds from the epoch, NaN where the end has not come yet.

    tables: name -> column name -> array (rows,). `intervals`, `moves`, `orders`, `parts` hold
    indices into `header["resources" | "places" | "products"]`; `samples` holds all programs behind
    one another: time [s] (n,) and joint angles [rad] flattened (sum of n * dof,).
    """

    header: dict[str, Any]
    tables: dict[str, dict[str, Column]]

    def rows(self, table: str) -> int:
        """How many rows a table has."""
        return int(self.header["tables"][table]["rows"])

    def program(self, index: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Times [s] (n,) and joint angles [rad] (n, dof) of one arm program."""
        entry = self.header["programs"][index]
        first, count, dof = entry["sample"], entry["samples"], entry["dof"]
        times = self.tables["samples"]["time"][first : first + count]
        joints = self.tables["joints"]["angle"][entry["joint"] : entry["joint"] + count * dof]
        return times.astype(float), joints.reshape(count, dof).astype(float)


def encode(timeline: Timeline, *, programs: Mapping[Key, Transfer] | None = None) -> bytes:
    """The blob of a timeline.

    programs: validated transfers keyed (arm, origin, target); a move with that carrier, origin
    and target refers to it; and exchanges keyed as those of a Factory, which a part that was
    brought along refers to, and the move before it. TwinError where the timeline holds what the
    format cannot say.
    """
    transfers = programs or {}
    tick = _tick(timeline.end - timeline.start)
    resources, resource_of = _codes(
        timeline, timeline.resources, timeline.intervals["resource"], timeline.moves["carrier"]
    )
    places, place_of = _codes(timeline, (), timeline.moves["origin"], timeline.moves["target"])
    products, product_of = _codes(timeline, (), timeline.orders["product"])
    part_names, part_of, parts = _parts(timeline, product_of, tick)
    entries, samples = _programs(transfers)
    tables = {
        "intervals": _intervals(timeline, resource_of, part_of, tick),
        "moves": _moves(timeline, resource_of, part_of, place_of, entries, tick),
        "orders": _orders(timeline, product_of),
        "parts": parts,
        **samples,
    }
    header = {
        "run": timeline.run,
        "layout": timeline.layout,
        "origin": timeline.origin,
        "epoch": timeline.epoch.astimezone(UTC).isoformat(),
        "start": timeline.start,
        "end": timeline.end,
        "tick": tick,
        "states": [state.name for state in State],
        "resources": resources,
        "places": places,
        "products": products,
        "parts": part_names,
        "orders": [timeline.name(code) for code in timeline.orders["id"].tolist()],
        "programs": entries,
    }
    return _pack(header, tables)


def decode(blob: bytes) -> Decoded:
    """Read a blob; RecordingError where it is none, of another version or cut off."""
    if len(blob) < _HEAD.size or blob[:4] != MAGIC:
        raise RecordingError("timeline blob: it does not begin with 'TWIN'; encode writes one")
    _, version, length, offset = _HEAD.unpack_from(blob)
    if version != VERSION:
        raise RecordingError(f"timeline blob: version {version}; this program reads {VERSION}")
    try:
        header = json.loads(blob[_HEAD.size : _HEAD.size + length])
        tables = {name: _columns(blob, offset, entry) for name, entry in header["tables"].items()}
    except (ValueError, KeyError, TypeError) as error:
        raise RecordingError(f"timeline blob: cut off or damaged ({error})") from error
    for name in ("intervals", "moves", "parts"):
        for column in ("start", "end"):
            ticks = tables[name][column]
            seconds = header["start"] + ticks * float(header["tick"])
            tables[name][column] = np.where(ticks == OPEN, np.nan, seconds)
    return Decoded(header, tables)


# --- texts and times -----------------------------------------------------------------------------


def _codes(
    timeline: Timeline, first: Iterable[int], *columns: Column
) -> tuple[list[str], NDArray[np.int64]]:
    """The texts that columns use, those of `first` in front, and code -> index (-1 -> -1)."""
    used = np.unique(np.concatenate([np.asarray(c, np.int64) for c in columns]))
    order = dict.fromkeys([*map(int, first), *used[used >= 0].tolist()])
    codes = np.fromiter(order, np.int64, len(order))
    if len(codes) > 0xFFFF:
        raise TwinError(f"{len(codes)} resources or places; the viewer knows at most 65535")
    index = np.full(len(timeline.names) + 1, -1, np.int64)  # the last one answers for code -1
    index[codes] = np.arange(len(codes))
    return [timeline.names[code] for code in order], index


def _tick(span: float) -> float:
    """The finest tick [s] with which `span` [s] fits in 32 bits."""
    for tick in _TICKS:
        if span * 1000.0 / tick < OPEN - 1:
            return tick / 1000.0
    raise TwinError(f"a timeline of {span:g} s is too long to be shown; clip it first")


def _ticks(timeline: Timeline, seconds: ArrayLike, tick: float) -> NDArray[np.uint32]:
    """Seconds -> ticks from the start, cut to the clock; NaN -> OPEN."""
    times = np.asarray(seconds, float)
    last = np.rint((timeline.end - timeline.start) / tick)
    ticks = np.clip(np.rint((times - timeline.start) / tick), 0, last)
    return np.where(np.isnan(times), OPEN, ticks).astype(np.uint32)


def _short(codes: Column) -> Column:
    """Codes in as few bytes as they need: most timelines have fewer than 32768 parts."""
    fits = codes.max(initial=-1) <= np.iinfo(np.int16).max
    return codes.astype("<i2" if fits else "<i4")


# --- tables --------------------------------------------------------------------------------------


def _intervals(
    timeline: Timeline, resource_of: Column, part_of: Column, tick: float
) -> dict[str, Column]:
    """Sorted by resource, then start: a state at a time is one binary search away."""
    rows = timeline.intervals
    rows = rows[np.lexsort((rows["start"], resource_of[rows["resource"]]))]
    states = rows["state"]
    if len(states) and not 0 <= states.min() <= states.max() <= max(State):
        raise TwinError(f"unknown state {int(states.max())} in a timeline; known: {list(State)}")
    return {
        "resource": resource_of[rows["resource"]].astype("<u2"),
        "state": states.astype("u1"),
        "part": _short(part_of[rows["part"]]),
        "start": _ticks(timeline, rows["start"], tick),
        "end": _ticks(timeline, rows["end"], tick),
    }


def _moves(
    timeline: Timeline,
    resource_of: Column,
    part_of: Column,
    place_of: Column,
    programs: list[dict[str, Any]],
    tick: float,
) -> dict[str, Column]:
    """Sorted by start; `program` is the arm program that a move follows."""
    rows = timeline.moves[np.argsort(timeline.moves["start"], kind="stable")]
    key = np.stack([rows["carrier"], rows["origin"], rows["target"]], axis=-1)
    program = np.full(len(rows), -1, "<i2")
    texts = {text: code for code, text in enumerate(timeline.names)}
    plays = _exchanged(rows, texts)
    for index, entry in enumerate(programs):
        names = entry["arm"], entry["origin"], entry["target"]
        if all(name in texts for name in names):
            same = (key == [texts[name] for name in names]).all(axis=-1)
            program[same & (plays == entry["plays"])] = index
    return {
        "part": _short(part_of[rows["part"]]),
        "carrier": _short(resource_of[rows["carrier"]]),
        "origin": _short(place_of[rows["origin"]]),
        "target": _short(place_of[rows["target"]]),
        "program": program,
        "start": _ticks(timeline, rows["start"], tick),
        "end": _ticks(timeline, rows["end"], tick),
    }


def _orders(timeline: Timeline, product_of: Column) -> dict[str, Column]:
    """Order times stay in seconds: a release may lie before the clock, a due date behind it."""
    rows = timeline.orders
    times = {name: rows[name].astype("<f8") for name in ("release", "due", "start", "end")}
    return {
        "product": product_of[rows["product"]].astype("<i4"),
        "quantity": rows["quantity"].astype("<i4"),
        "outcome": rows["outcome"].astype("u1"),
        **times,
    }


def _parts(
    timeline: Timeline, product_of: Column, tick: float
) -> tuple[list[str], NDArray[np.int64], dict[str, Column]]:
    """Every part that is seen or still waits to be: names, code -> index, and its table.

    A part is there from its order's release to its order's end; without an order, from its first
    event to its last one.
    """
    events = [timeline.intervals, timeline.moves]
    seen = np.unique(np.concatenate([rows["part"] for rows in events]).astype(np.int64))
    seen = seen[seen >= 0]
    part_of = np.full(len(timeline.names) + 1, -1, np.int64)
    part_of[seen] = np.arange(len(seen))
    rows = {timeline.names[int(code)]: row for row, code in enumerate(timeline.orders["id"])}
    names = [timeline.names[code] for code in seen.tolist()]
    names += _unseen(timeline, names)
    order = np.array([_owner(name, rows) for name in names], np.int64)

    start = np.full(len(names), np.inf)
    end = np.full(len(names), -np.inf)
    for table in events:
        held = table[table["part"] >= 0]
        part = part_of[held["part"]]
        np.minimum.at(start, part, held["start"])
        np.maximum.at(end, part, np.where(np.isnan(held["end"]), np.inf, held["end"]))
    owned = order >= 0
    if owned.any():
        its = timeline.orders[order[owned]]
        start[owned] = np.fmin(start[owned], its["release"])
        over = np.where(np.isnan(its["end"]), np.inf, its["end"])
        end[owned] = np.maximum(end[owned], over)
    product = np.full(len(names), -1, np.int64)
    product[owned] = product_of[timeline.orders["product"][order[owned]]]
    return (
        names,
        part_of,
        {
            "order": order.astype("<i4"),
            "product": product.astype("<i4"),
            "start": _ticks(timeline, start, tick),
            "end": _ticks(timeline, np.where(end > timeline.end, np.nan, end), tick),
        },
    )


def _owner(part: str, orders: Mapping[str, int]) -> int:
    """The row of a part's order: the order has its name, or its name without "/k"; -1 if none."""
    return orders.get(part, orders.get(part.rpartition("/")[0], -1))


def _unseen(timeline: Timeline, seen: Iterable[str]) -> list[str]:
    """Parts of orders that are released and open, but that no interval or move names yet."""
    orders = timeline.orders
    waiting = orders[np.isnan(orders["end"]) & (orders["release"] < timeline.end)]
    known = set(seen)
    started = {name.rpartition("/")[0] for name in known}
    names: list[str] = []
    for code, quantity in zip(waiting["id"].tolist(), waiting["quantity"].tolist(), strict=True):
        order = timeline.names[code]
        if quantity > 1 or order in started:
            names += [f"{order}/{k}" for k in range(1, quantity + 1)]
        else:
            names.append(order)
    return [name for name in names if name not in known]


def _programs(
    transfers: Mapping[Key, Transfer],
) -> tuple[list[dict[str, Any]], dict[str, dict[str, Column]]]:
    """The header's entries of arm programs and their samples, behind one another."""
    entries: list[dict[str, Any]] = []
    times: list[Column] = []
    joints: list[Column] = []
    sample = joint = 0
    for key, transfer in transfers.items():
        at, angles = _sampled(transfer)
        place = {
            "sample": sample,
            "samples": len(at),
            "joint": joint,
            "dof": angles.shape[1],
        }
        entries += [{**entry, **place} for entry in _played(key, transfer, transfers)]
        times.append(at)
        joints.append(angles.ravel())
        sample, joint = sample + len(at), joint + angles.size
    empty = [np.zeros(0)]
    return entries, {
        "samples": {"time": np.concatenate(times or empty).astype("<f4")},
        "joints": {"angle": np.concatenate(joints or empty).astype("<f4")},
    }


ALONE, FETCHED, BROUGHT, TOGETHER = range(4)  # which part of a motion a move plays


def _played(key: Key, transfer: Transfer, others: Mapping[Key, Transfer]) -> list[dict[str, Any]]:
    """The programs of a transfer: the part's way, when it is in which gripper, and which stretch
    of the motion [s] its move plays; of an exchange as it happens in production, where a part is
    fetched and then the next one is loaded, and as a whole."""

    def program(plays: int, carry: Carry, begin: float, end: float) -> dict[str, Any]:
        return {
            "arm": key[0],
            "origin": carry.origin,
            "target": carry.target,
            "grip": float(carry.grip),
            "release": float(carry.release),
            "tip": carry.tip,
            "plays": plays,
            "from": begin,
            "duration": end - begin,
        }

    end = transfer.duration
    if len(key) == 3:
        whole = transfer.piece, *key[1:], transfer.grip, transfer.release
        return [program(ALONE, Carry(*whole), 0.0, end)]
    brought, fetched = transfer.carries
    alone = others[transfer.arm, fetched.origin, fetched.target].duration
    return [
        program(FETCHED, fetched, 0.0, min(alone, end)),
        program(BROUGHT, brought, min(alone, end), end),
        program(TOGETHER, fetched, 0.0, end),
        program(TOGETHER, brought, 0.0, end),
    ]


def _exchanged(rows: Column, texts: Mapping[str, int]) -> NDArray[np.int64]:
    """Which part of a motion each move plays: a part that was brought along, or the one that its
    arm had fetched just before."""
    found = np.full(len(rows), ALONE)
    brought = rows["native"] == texts.get(EXCHANGE, -2)
    found[brought] = BROUGHT
    before = {(int(row["carrier"]), float(row["start"])) for row in rows[brought]}
    for k in np.flatnonzero(~brought & (rows["carrier"] >= 0)) if before else ():
        if (int(rows["carrier"][k]), float(rows["end"][k])) in before:
            found[k] = FETCHED
    found[rows["native"] == texts.get(WHOLE, -2)] = TOGETHER
    return found


def _sampled(transfer: Transfer) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A transfer at no more than PROGRAM_RATE, with its grip, release and end kept."""
    times = np.asarray(transfer.times, float)
    path = np.asarray(transfer.path, float)
    count = int(np.ceil((times[-1] - times[0]) * PROGRAM_RATE)) + 1
    if len(times) <= count:
        return times, path
    grid = np.linspace(times[0], times[-1], count)
    marks = np.clip([transfer.grip, transfer.release], times[0], times[-1])
    grid = np.unique(np.concatenate([grid, marks]))
    return grid, np.stack([np.interp(grid, times, column) for column in path.T], axis=-1)


# --- bytes ---------------------------------------------------------------------------------------


def _pack(header: dict[str, Any], tables: Mapping[str, Mapping[str, Column]]) -> bytes:
    """Header and columns as one blob; fills in header["tables"]."""
    chunks: list[bytes] = []
    offset = 0
    header["tables"] = {}
    for name, columns in tables.items():
        entry: dict[str, Any] = {"rows": len(next(iter(columns.values()))), "columns": {}}
        for column, values in columns.items():
            little = np.ascontiguousarray(values, values.dtype.newbyteorder("<"))
            content = little.tobytes()
            entry["columns"][column] = [f"{little.dtype.kind}{little.dtype.itemsize}", offset]
            chunks.append(content + b"\0" * (-len(content) % 8))
            offset += len(chunks[-1])
        header["tables"][name] = entry
    text = json.dumps(header, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()
    text += b" " * (-(len(text) + _HEAD.size) % 8)
    head = _HEAD.pack(MAGIC, VERSION, len(text), _HEAD.size + len(text))
    return b"".join([head, text, *chunks])


def _columns(blob: bytes, offset: int, entry: Mapping[str, Any]) -> dict[str, Column]:
    """The columns of one table, copied out of the blob."""
    return {
        name: np.frombuffer(blob, np.dtype(f"<{kind}"), entry["rows"], offset + place).copy()
        for name, (kind, place) in entry["columns"].items()
    }
