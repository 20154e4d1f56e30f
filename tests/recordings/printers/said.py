"""What printers say, as their documentation has it, written by hand; read as rows."""

import json
from datetime import UTC, datetime

from twin.recordings.messages import Message
from twin.recordings.printers import Printers
from twin.timeline import TABLES, Outcome, Quality, State

EPOCH = 1_795_000_000.0  # [s] since 1970


class Shop:
    """Printers that speak; times in seconds from the first message."""

    def __init__(self, *machines):
        self.follower = Printers(machines)
        self.messages = []

    def say(self, second, what, payload, machine="mini"):
        topic = f"printers/{machine}/{what}"
        body = payload if isinstance(payload, str) else json.dumps(payload)
        message = Message(len(self.messages) + 1, EPOCH + second, topic, body)
        self.messages.append(message)
        self.follower.hear(message)
        return self

    def gap(self, begin, end, machine="mini"):
        told = {"begin": EPOCH + begin, "end": EPOCH + end, "count": None}
        return self.say(end, "gap", told, machine)

    def timeline(self):
        return self.follower.timeline()


def states(timeline, machine="mini"):
    """(state, start, native, quality) of each interval; they must tile the clock."""
    rows = timeline.intervals[timeline.intervals["resource"] == timeline.code(machine)]
    assert (rows["start"][1:] == rows["end"][:-1]).all()
    assert rows["start"][0] == 0.0
    return [
        (
            *(State(row["state"]).name, round(float(row["start"]), 3)),
            *(timeline.name(row["native"]), Quality(row["quality"]).name),
        )
        for row in rows
    ]


def parts(timeline, machine="mini"):
    """The part of each interval in turn."""
    rows = timeline.intervals[timeline.intervals["resource"] == timeline.code(machine)]
    return [timeline.name(row["part"]) for row in rows]


def orders(timeline):
    """(name, product, start, end, outcome, quality) of each order."""
    return [
        (
            *(timeline.name(row["id"]), timeline.name(row["product"])),
            *(round(float(row["start"]), 3), round(float(row["end"]), 3)),
            *(Outcome(row["outcome"]).name, Quality(row["quality"]).name),
        )
        for row in timeline.orders
    ]


def points(timeline, name):
    """(time, value, native) of each point of a name."""
    code = timeline.code(name) if name in timeline.names else -2
    return [
        (round(float(row["time"]), 3), round(float(row["value"]), 6), timeline.name(row["native"]))
        for row in timeline.points[timeline.points["name"] == code]
    ]


def written(folder, messages):
    """A file of recorded messages: a line each."""
    path = folder / "session.log"
    lines = [
        json.dumps(
            {
                "topic": message.topic,
                "payload": message.payload,
                "timestamp": datetime.fromtimestamp(message.time, UTC).isoformat(),
            }
        )
        for message in messages
    ]
    path.write_text("\n".join(lines) + "\n")
    return path


def same(one, other):
    """Whether two timelines say the same to the last bit; their runs are named differently."""
    tables = [str([*getattr(t, name)]) for name in TABLES for t in (one, other)]
    told = [(t.names, t.resources, t.start, t.end, t.epoch) for t in (one, other)]
    return tables[::2] == tables[1::2] and told[0] == told[1]
