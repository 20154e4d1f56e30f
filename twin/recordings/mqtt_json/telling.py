"""A timeline as messages in one documented form, and the mapping that reads them back.

    twin/<shop>/<resource>/state   resource, state ("": none any more), part, native, quality
    twin/<shop>/<carrier>/move     resource, id, part, from, to, start, end, native, quality
    twin/<shop>/<order>/order      order, product, quantity, release, due, start, end, outcome, ...
    twin/<shop>/<resource>/point   resource, name, value, unit, native, quality

A level `-` is none: by hand, of no resource. Each is a JSON object with "t" [s from "epoch"] and
"epoch" (ISO 8601); other times are [s] from the epoch, too. A move and an order are told again when
they go on: each message holds all that is known by then. A resource is in one state at a time.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

from twin.recordings.messages import Message
from twin.recordings.mqtt_json.mapping import Mapping, Moved, Topic
from twin.timeline import Outcome, State, Timeline

NOBODY = "-"
_KINDS = ("order", "state", "move", "point")
Said = tuple[float, int, str, dict[str, object]]


def mapping_of() -> Mapping:
    """The mapping of what `messages_of` says, of any shop."""
    shared = {"time": "t", "epoch": "epoch", "quality": "quality"}
    machine = {"machine_path": "resource", "native": "native", **shared}
    move = {name: name for name in ("id", "part", "start", "end", "native")}
    topics = (
        {"topic": "twin/+/+/state", "state": "state", "part": "part", "each": True, **machine},
        {
            "topic": "twin/+/+/move",
            "move": Moved(origin="from", target="to", **move),
            **machine,
        },
        {
            "topic": "twin/+/+/order",
            "begun": "start",
            "ended": "end",
            **{n: n for n in ("order", "product", "quantity", "release", "due", "outcome")},
            **shared,
        },
        {
            "topic": "twin/+/+/point",
            **{n: n for n in ("value", "name", "unit")},
            **machine,
        },
    )
    return Mapping(
        twin=1,
        topics=tuple(Topic.model_validate(topic) for topic in topics),
    )


def messages_of(timeline: Timeline, shop: str) -> Iterator[Message]:
    """What a shop of that name would have said, in order of time."""
    begin, epoch = timeline.epoch.timestamp(), timeline.epoch.isoformat()
    said = [*_states(timeline), *_moves(timeline), *_orders(timeline), *_points(timeline)]
    said.sort(key=lambda item: item[:2])
    for line, (time, kind, name, payload) in enumerate(said, start=1):
        topic = f"twin/{_level(shop)}/{_level(name)}/{_KINDS[kind]}"
        told = {"t": time, "epoch": epoch, **payload}
        yield Message(line, begin + time, topic, json.dumps(told, ensure_ascii=False))


def _level(name: str) -> str:
    """A name as one level of a topic, without signs that a broker reads; the payload tells it as
    it is."""
    for sign in "/+#":
        name = name.replace(sign, "_")
    return name or NOBODY


def _states(timeline: Timeline) -> Iterator[Said]:
    rows = timeline.intervals
    following: dict[int, float] = {}  # when each resource's next interval begins
    said: list[Said] = []
    order = sorted(range(len(rows)), key=lambda k: float(rows["start"][k]))
    for row in (rows[k] for k in reversed(order)):
        resource, end = int(row["resource"]), float(row["end"])
        name = timeline.name(resource)
        if not math.isnan(end) and following.get(resource) != end:
            said.append((end, 1, name, {"resource": name, "state": ""}))
        following[resource] = float(row["start"])
        payload: dict[str, object] = {
            "resource": name,
            "state": State(int(row["state"])).name,
            "part": timeline.name(int(row["part"])),
            "native": timeline.name(int(row["native"])),
            "quality": int(row["quality"]),
        }
        said.append((float(row["start"]), 1, name, payload))
    yield from reversed(said)


def _moves(timeline: Timeline) -> Iterator[Said]:
    for number, row in enumerate(timeline.moves):
        name, end = timeline.name(int(row["carrier"])), float(row["end"])
        payload: dict[str, object] = {
            "resource": name,
            "id": number,
            "part": timeline.name(int(row["part"])),
            "from": timeline.name(int(row["origin"])),
            "to": timeline.name(int(row["target"])),
            "start": float(row["start"]),
            "native": timeline.name(int(row["native"])),
            "quality": int(row["quality"]),
        }
        yield float(row["start"]), 2, name, payload
        if not math.isnan(end):
            yield end, 2, name, {**payload, "end": end}


def _orders(timeline: Timeline) -> Iterator[Said]:
    for row in timeline.orders:
        name = timeline.name(int(row["id"]))
        payload: dict[str, object] = {
            "order": name,
            "product": timeline.name(int(row["product"])),
            "quantity": int(row["quantity"]),
            "release": float(row["release"]),
            "quality": int(row["quality"]),
        }
        if not math.isnan(row["due"]):
            payload["due"] = float(row["due"])
        yield float(row["release"]), 0, name, dict(payload)
        if not math.isnan(row["start"]):
            payload["start"] = float(row["start"])
            yield float(row["start"]), 0, name, dict(payload)
        if not math.isnan(row["end"]):
            outcome = Outcome(int(row["outcome"])).name
            end = float(row["end"])
            yield end, 0, name, {**payload, "end": end, "outcome": outcome}


def _points(timeline: Timeline) -> Iterator[Said]:
    for row in timeline.points:
        name = timeline.name(int(row["resource"]))
        payload: dict[str, object] = {
            "resource": name,
            "name": timeline.name(int(row["name"])),
            "value": None if math.isnan(row["value"]) else float(row["value"]),
            "unit": timeline.name(int(row["unit"])),
            "native": timeline.name(int(row["native"])),
            "quality": int(row["quality"]),
        }
        yield float(row["time"]), 3, name, payload
