"""Nodes and devices by Sparkplug B, heard by the mapping of a shop -> Timeline.

Their topics spBv1.0/<group>/<kind>/<node>[/<device>] stand in the mapping without the kind, as
spBv1.0/<group>/<node>[/<device>], and paths are names of metrics. A birth names all metrics and
their aliases; data before it, or after a message is missed, asks for another (`wants_rebirth`).
What a node tells of its own death counts only where it is of the life that its last birth began.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from twin.errors import RecordingError
from twin.layout.schema import Layout
from twin.recordings import mqtt_json
from twin.recordings.messages import Message, read_messages
from twin.recordings.mqtt_json.follower import Tally
from twin.recordings.mqtt_json.mapping import Mapping, Topic
from twin.recordings.sparkplug.payload import Metric, Payload, decode
from twin.timeline import Timeline

SPACE = "spBv1.0"
BIRTHS, DATA, DEATHS = ("NBIRTH", "DBIRTH"), ("NDATA", "DDATA"), ("NDEATH", "DDEATH")
BD_SEQ = "bdSeq"
TIME = "(time)"  # a metric's own time under this path, where the mapping asks for none
MOST_NODES = 10_000


@dataclass
class _Node:
    """A node: which life it leads, which message comes next, what its aliases mean."""

    alive: bool = False
    life: object = None  # bdSeq of the last birth
    seq: int | None = None
    aliases: dict[str, dict[int, str]] = field(default_factory=dict[str, dict[int, str]])
    times: dict[tuple[str, str], float] = field(default_factory=dict[tuple[str, str], float])


class Follower:
    """Hears messages in order of their receive time.

    `wants_rebirth` names the nodes, "<group>/<node>", that are to be asked for their birth: a
    collector sends `rebirth()` to spBv1.0/<group>/NCMD/<node>, seldom. `tallies` are those of the
    mapping's follower, and "payload", "unborn" (data before a birth), "missed" (messages),
    "death" (of another life), "historical", "alias" (that no birth gave).
    """

    def __init__(self, mapping: Mapping, layout: Layout | None = None) -> None:
        timed = [topic if topic.time else _timed(topic) for topic in mapping.topics]
        self._inner = mqtt_json.Follower(
            mapping.model_copy(update={"topics": tuple(timed)}), layout
        )
        self._nodes: dict[str, _Node] = {}
        self.wants_rebirth: set[str] = set()

    @property
    def tallies(self) -> dict[str, Tally]:
        """How often what was not understood."""
        return self._inner.tallies

    def hear(self, message: Message) -> None:
        """The next message; topics of STATE, of commands and of others are passed over."""
        words = message.topic.split("/")
        if len(words) not in (4, 5) or words[0] != SPACE or words[1] == "STATE":
            return
        group, kind, name, *device = words[1:]
        if kind not in (*BIRTHS, *DATA, *DEATHS) or kind.startswith("D") != bool(device):
            return
        try:
            payload = decode(message.body)
        except RecordingError as error:
            self._inner.miss("payload", message.topic, str(error))
            return
        known = f"{group}/{name}"
        if known not in self._nodes and len(self._nodes) >= MOST_NODES:
            self._inner.miss("topic", message.topic, "too many nodes")
            return
        node = self._nodes.setdefault(known, _Node())
        topic = "/".join((SPACE, group, name, *device))
        if kind == "NDEATH":
            self._die(node, known, payload, message)
            return
        if kind == "NBIRTH":
            self._be_born(node, known, payload)
        elif not node.alive or (kind != "DBIRTH" and topic not in node.aliases):
            self._inner.miss("unborn", message.topic, "")
            self.wants_rebirth.add(known)
            return
        elif not self._in_turn(node, known, payload, message.topic):
            return
        if kind == "DDEATH":
            node.aliases.pop(topic, None)
            self._inner.lose(self._inner.machines_of(topic), message.time)
            return
        if kind in BIRTHS:
            named = {m.alias: m.name for m in payload.metrics if m.alias is not None and m.name}
            node.aliases[topic] = named
        self._tell(node, topic, payload, message)

    def timeline(self) -> Timeline | None:
        """All that was heard so far; None before the first message."""
        return self._inner.timeline()

    def _be_born(self, node: _Node, known: str, payload: Payload) -> None:
        node.alive, node.seq = True, payload.seq
        node.aliases.clear()
        node.life = next((m.value for m in payload.metrics if m.name == BD_SEQ), None)
        self.wants_rebirth.discard(known)

    def _die(self, node: _Node, known: str, payload: Payload, message: Message) -> None:
        life = next((m.value for m in payload.metrics if m.name == BD_SEQ), None)
        if not node.alive or life != node.life:
            self._inner.miss("death", message.topic, f"bdSeq {life}, born with {node.life}")
            return
        node.alive = False
        for topic in node.aliases:
            self._inner.lose(self._inner.machines_of(topic), message.time)
        self.wants_rebirth.discard(known)

    def _in_turn(self, node: _Node, known: str, payload: Payload, topic: str) -> bool:
        """Whether a message is used: one that was heard already is not. A gap is counted."""
        last, node.seq = node.seq, payload.seq
        if payload.seq is None or last is None:
            return True
        if payload.seq == last:
            self._inner.miss("repeated", topic, "")
            return False
        missed = (payload.seq - last - 1) % 256
        if missed:
            self._inner.miss("missed", topic, f"{missed} messages before seq {payload.seq}")
            self.wants_rebirth.add(known)
        return True

    def _tell(self, node: _Node, topic: str, payload: Payload, message: Message) -> None:
        """The metrics by name; those of different times are told apart, in their order."""
        by_time: dict[float | None, dict[str, object]] = {}
        aliases = node.aliases.get(topic, {})
        for metric in payload.metrics:
            name = metric.name or aliases.get(-1 if metric.alias is None else metric.alias, "")
            if not name:
                self._inner.miss("alias", topic, str(metric.alias))
                continue
            time = metric.time if metric.time is not None else payload.time
            if self._is_news(node, topic, name, metric, time):
                by_time.setdefault(time, {})[name] = metric.value
        for time, values in sorted(by_time.items(), key=lambda item: item[0] or 0.0):
            told = values if time is None else {TIME: time, **values}
            self._inner.hear_values(replace(message, topic=topic), told)

    def _is_news(
        self, node: _Node, topic: str, name: str, metric: Metric, time: float | None
    ) -> bool:
        """A historical value is no news: what is newer may be known."""
        latest = node.times.get((topic, name))
        if metric.historical and (time is None or (latest is not None and time <= latest)):
            self._inner.miss("historical", topic, name)
            return False
        if time is not None:
            node.times[topic, name] = max(time, latest or time)
        return True


def _timed(topic: Topic) -> Topic:
    return topic.model_copy(update={"time": TIME, "clock": "seconds"})


def read_file(path: Path, mapping: Mapping, layout: Layout | None = None) -> Timeline:
    """Recorded messages as a Timeline. Raises RecordingError where none is of Sparkplug B."""
    follower = Follower(mapping, layout)
    for message in read_messages(path):
        follower.hear(message)
    timeline = follower.timeline()
    if timeline is None:
        raise RecordingError(f"{path}: holds no message of Sparkplug B that could be read")
    return timeline
