"""A shop's messages, heard one after the other by its mapping -> Timeline, at any time.

Nothing stops because of one bad message: what is not understood is counted in `tallies`, with an
example of each. A state that the mapping does not know is no data, as is one of a machine before
it is heard of first. An old snapshot tells a state only where nothing is known yet.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from twin.layout.schema import Layout
from twin.recordings.messages import Message, parse, read_messages, seconds
from twin.recordings.mqtt_json.clocks import Clocks, When, moment
from twin.recordings.mqtt_json.ledger import Doing, Ledger
from twin.recordings.mqtt_json.mapping import JOULES, Mapping, Topic, found, matches, native
from twin.timeline import Outcome, Quality, State, Timeline

MOST_TOPICS = 10_000  # topics whose meaning and last payload are kept
MOST_TEXT = 300  # signs of a name or a native value
MOST_EXAMPLES = 20  # of each kind that is not understood
LARGEST = 2**31 - 1  # of a quantity
EVENTS = {"finished": Outcome.DONE, "cancelled": Outcome.CANCELLED, "scrapped": Outcome.SCRAPPED}


def read_file(path: Path, mapping: Mapping, layout: Layout | None = None) -> Timeline:
    """Recorded messages as a Timeline, from the first to the last. Raises RecordingError where the
    file is none of recorded messages."""
    follower = Follower(mapping, layout)
    messages = read_messages(path)
    for message in messages:
        follower.hear(message)
    timeline = follower.timeline()
    assert timeline is not None  # a file of no messages is refused
    return timeline


@dataclass
class Tally:
    """How often something was not understood, and what, with an example of each."""

    count: int
    examples: dict[str, str]


class Follower:
    """Hears the messages of a shop in order of their receive time.

    `tallies` are by kind: "topic", "machine", "state", "payload" (not JSON, or too deep), "old"
    (snapshots), "repeated", "value" (no number where one is mapped).
    """

    def __init__(self, mapping: Mapping, layout: Layout | None = None) -> None:
        self.tallies: dict[str, Tally] = {}
        self._mapping = mapping
        self._layout = layout
        self._ledger = Ledger()
        self._clocks = Clocks()
        self._rules: dict[str, tuple[tuple[Topic, dict[str, str]], ...]] = {}
        self._said: dict[str, bytes] = {}
        self._counters: dict[tuple[str, str], float] = {}
        self._epoch: float | None = None
        self._epoch_told = False
        self._run = hashlib.sha256()

    def hear(self, message: Message) -> None:
        """The next message."""
        self._begin(message)
        rules = self._meanings(message.topic)
        if not rules:
            self.miss("topic", message.topic, message.payload)
            return
        try:
            payload = parse(message.body)
        except (ValueError, RecursionError):
            if not any(_plain(rule) for rule, _ in rules):
                self.miss("payload", message.topic, message.payload)
                return
            payload = message.body.decode("utf-8", "replace")  # a plain word
        timed = any(found(payload, rule.time) is not None for rule, _ in rules)
        mark = hashlib.blake2b(message.body, digest_size=16).digest()
        if timed and self._said.get(message.topic) == mark:
            self.miss("repeated", message.topic, message.payload)
            return
        if len(self._said) < MOST_TOPICS or message.topic in self._said:
            self._said[message.topic] = mark
        self._read(message, payload, rules)

    def hear_values(self, message: Message, values: dict[str, object]) -> None:
        """The next message, of which another format has read what it holds: name -> value."""
        self._begin(message)
        rules = self._meanings(message.topic)
        if rules:
            self._read(message, values, rules)
        else:
            self.miss("topic", message.topic, ", ".join(values)[:MOST_TEXT])

    def lose(self, machines: list[str], time: float) -> None:
        """Nothing is known of some machines, as the shop calls them, since a time [s since
        1970]."""
        for told in machines:
            name = self._machine(told)
            if name and self._ledger.doing(name) is not None:
                self._ledger.state(name, Doing(State.UNAVAILABLE), self._since(time))

    def machines_of(self, topic: str) -> list[str]:
        """The machines, as the shop calls them, that a topic alone tells."""
        told = [_machine_told(rule, levels, None) for rule, levels in self._meanings(topic)]
        return [name for name in told if name]

    def timeline(self) -> Timeline | None:
        """All that was heard so far; None before the first message."""
        if self._epoch is None:
            return None
        epoch = datetime.fromtimestamp(self._epoch, UTC)
        name = self._layout.name if self._layout else ""
        return self._ledger.timeline(epoch, self._run.hexdigest()[:12], name)

    # --- a message -------------------------------------------------------------------------------

    def _begin(self, message: Message) -> None:
        self._run.update(f"{message.time}\n{message.topic}\n".encode(errors="replace"))
        self._run.update(message.body)
        if self._epoch is None:
            self._epoch = message.time
        if not self._epoch_told:  # with it, what is told says how far the clock has come
            self._ledger.end = max(self._ledger.end, self._since(message.time))

    def _since(self, time: float) -> float:
        """Seconds from the epoch; rounded, as seconds since 1970 hold no more."""
        return max(0.0, round(time - (self._epoch or 0.0), 6))

    def _read(
        self, message: Message, payload: object, rules: tuple[tuple[Topic, dict[str, str]], ...]
    ) -> None:
        for rule, levels in rules:
            epoch = found(payload, rule.epoch)
            if isinstance(epoch, str):
                self._read_exact(message, payload, rule, levels, epoch)
                continue
            told = moment(found(payload, rule.time), rule.clock)
            source = _machine_told(rule, levels, payload) or message.topic
            when = self._clocks.judge(source, message.time, told)
            if when.old:
                self.miss("old", message.topic, message.payload)
            self._take(payload, rule, levels, replace(when, time=self._since(when.time)))

    def _read_exact(
        self, message: Message, payload: object, rule: Topic, levels: dict[str, str], epoch: str
    ) -> None:
        """Times count from an epoch that is told: they are kept as they are."""
        try:
            begin = seconds(epoch)
        except (ValueError, OverflowError):
            self.miss("value", "epoch", epoch)
            return
        if not self._epoch_told and not len(self._ledger):
            self._epoch, self._epoch_told = begin, True
            self._ledger.end = 0.0
        told = _number(found(payload, rule.time))
        if told is None or begin != self._epoch or abs(told) > 1e10:
            self._take(payload, rule, levels, When(self._since(message.time)))
            return
        # One clock for the whole shop: an order is told only a few times, each on its own topic.
        shop = message.topic.rsplit("/", 2)[0]
        when = self._clocks.judge(shop, message.time, begin + told)
        if when.old:
            self.miss("old", message.topic, message.payload)
        time = told if when.time == begin + told else self._since(when.time)
        self._take(payload, rule, levels, replace(when, time=time))

    def _take(self, payload: object, rule: Topic, levels: dict[str, str], when: When) -> None:
        told = _machine_told(rule, levels, payload)
        name = self._machine(told) if told else ""
        if told and not name:
            self.miss("machine", told, "")
            return
        order = _text(found(payload, rule.order)) or levels.get("order", "")
        if rule.move is not None:
            self._move(payload, rule, name, when)
            return
        if order and not when.old:
            self._order(payload, rule, order, when)
        if not name and not rule.value:
            return
        if rule.state or rule.part or "part" in levels:
            self._state(payload, rule, levels, name, when)
        if not when.old:
            self._points(payload, rule, levels, name, when.time)
        for counter in ("count", "scrap", "energy"):
            self._counter(payload, rule, counter, name, when)

    def _state(
        self, payload: object, rule: Topic, levels: dict[str, str], name: str, when: When
    ) -> None:
        if not name:
            return
        now = self._ledger.doing(name)
        if when.old and now is not None:
            return
        value, part = found(payload, rule.state), found(payload, rule.part)
        if part is None:
            part = levels.get("part")
        if value is None and part is None:
            return
        doing = now or Doing(State.UNAVAILABLE)
        if part is not None:
            doing = replace(doing, part=_text(part))
        if value is not None:
            said = _text(value)
            if rule.each and said == "":
                self._ledger.state(name, None, when.time)
                return
            word = self._mapping.states.get(said) or said.upper()
            known = word in State.__members__
            if not known:
                self.miss("state", f"{name}: {said}", said)
            told = _text(found(payload, rule.native)) if rule.native else said
            doing = replace(
                doing,
                state=State[word] if known else State.UNAVAILABLE,
                quality=Quality.GOOD if known else Quality.UNCERTAIN,
                native=told,
            )
        if rule.quality:
            told = _number(found(payload, rule.quality))
            doing = replace(doing, quality=_quality(told))
        if when.old:
            doing = replace(doing, quality=Quality.UNCERTAIN)
        if doing == now and not rule.each:
            return
        if now is None and when.time > 0 and not rule.each:
            self._ledger.state(name, Doing(State.UNAVAILABLE), 0.0)
        self._ledger.state(name, doing, when.time)

    def _points(
        self, payload: object, rule: Topic, levels: dict[str, str], name: str, time: float
    ) -> None:
        for label, measured in rule.measured.items():
            value = found(payload, measured.path)
            number = _number(value)
            if number is not None:
                self._ledger.point(name, label, time, number, measured.unit)
            elif value is not None:
                self.miss("value", f"{name}: {label}", _text(value))
        if rule.value:
            label = _text(found(payload, rule.name)) or levels.get("item", "")
            value, number = found(payload, rule.value), _number(found(payload, rule.value))
            if label and (number is not None or (rule.name and value is None)):
                self._ledger.point(
                    *(name, label, time, math.nan if number is None else number),
                    _text(found(payload, rule.unit)),
                    _quality(_number(found(payload, rule.quality))),
                    _text(found(payload, rule.native)),
                )
            else:
                self.miss("value", f"{name}: {label}", _text(value))
        alarm = found(payload, rule.alarm)
        if alarm not in (None, "", False, 0):
            self._ledger.point(name, "alarm", time, math.nan, "", Quality.GOOD, _text(alarm))

    def _counter(self, payload: object, rule: Topic, counter: str, name: str, when: When) -> None:
        """The step of a counter becomes a point; one that falls began anew."""
        value = found(payload, getattr(rule, counter))
        if value is None:
            return
        number = _number(value)
        if number is None:
            self.miss("value", f"{name}: {counter}", _text(value))
            return
        last = self._counters.get((name, counter))
        if when.old and last is not None:
            return
        self._counters[name, counter] = number
        if last is None or number == last:
            return
        step = number - last if number > last else number
        if step and counter == "energy":
            joules = step * JOULES[rule.energy_unit]
            self._ledger.point(name, "energy", when.time, joules, "J")
        elif step:
            self._ledger.point(name, counter, when.time, step, "1")

    def _order(self, payload: object, rule: Topic, key: str, when: When) -> None:
        columns: dict[str, object] = {}
        product = _text(found(payload, rule.product))
        if product:
            columns["product"] = product
        quantity = _number(found(payload, rule.quantity))
        if quantity is not None and 0 <= quantity <= LARGEST:
            columns["quantity"] = int(quantity)
        for column in ("due", "release", "start", "end"):
            path = {"start": rule.begun, "end": rule.ended}.get(column, getattr(rule, column, None))
            time = self._time(payload, rule, path)
            if time is not None:
                columns[column] = time
        word = _text(found(payload, rule.event))
        event = rule.events.get(word, word if word in ("released", "started", *EVENTS) else None)
        if event == "released":
            columns.setdefault("release", when.time)
        elif event == "started" and not self._ledger.order_started(key):
            columns.setdefault("start", when.time)
        elif event in EVENTS:
            columns.setdefault("end", when.time)
            columns["outcome"] = EVENTS[event]
        outcome = _text(found(payload, rule.outcome))
        if outcome in Outcome.__members__:
            columns["outcome"] = Outcome[outcome]
        if rule.quality:
            columns["quality"] = _quality(_number(found(payload, rule.quality)))
        self._ledger.order(key, columns, when.time)

    def _move(self, payload: object, rule: Topic, carrier: str, when: When) -> None:
        paths = rule.move
        key = _text(found(payload, paths.id)) if paths else ""
        if when.old or paths is None or not key:
            return
        columns: dict[str, object] = {}
        for column in ("part", "origin", "target", "native"):
            text = _text(found(payload, getattr(paths, column)))
            if text:
                place = column in ("origin", "target")
                columns[column] = (self._machine(text) or text) if place else text
        for column in ("start", "end"):
            time = self._time(payload, rule, getattr(paths, column))
            if time is not None:
                columns[column] = time
        if rule.quality:
            columns["quality"] = _quality(_number(found(payload, rule.quality)))
        self._ledger.move(carrier, key, columns, when.time)

    # --- words -----------------------------------------------------------------------------------

    def _time(self, payload: object, rule: Topic, path: str | None) -> float | None:
        """A time [s from the epoch] that is told beside that of the message."""
        value = found(payload, path)
        if rule.epoch and found(payload, rule.epoch) is not None:
            return _number(value)
        told = moment(value, rule.clock)
        return None if told is None else round(told - (self._epoch or 0.0), 6)

    def _machine(self, told: str) -> str:
        """A machine's name in the layout; "" where it is not followed."""
        name = self._mapping.machines.get(told)
        if name is not None:
            return name
        if self._layout is not None and told.rsplit(".", 1)[0] in self._layout.machines:
            return told
        return "" if self._mapping.machines else told

    def _meanings(self, topic: str) -> tuple[tuple[Topic, dict[str, str]], ...]:
        known = self._rules.get(topic)
        if known is not None:
            return known
        rules: list[tuple[Topic, dict[str, str]]] = []
        for rule in self._mapping.topics:
            said = matches(rule.topic, topic)
            if said is not None:
                rules.append((rule, dict(zip(rule.levels, said, strict=False))))
        if len(self._rules) < MOST_TOPICS:
            self._rules[topic] = tuple(rules)
        return tuple(rules)

    def miss(self, kind: str, what: str, example: str) -> None:
        """Count what is not understood."""
        tally = self.tallies.setdefault(kind, Tally(0, {}))
        tally.count += 1
        if len(tally.examples) < MOST_EXAMPLES:
            tally.examples.setdefault(what[:MOST_TEXT], example[:MOST_TEXT])


def _machine_told(rule: Topic, levels: dict[str, str], payload: object) -> str:
    return rule.machine or levels.get("machine", "") or _text(found(payload, rule.machine_path))


def _plain(rule: Topic) -> bool:
    """Whether a payload that is no JSON may be a plain word."""
    return "." in (rule.state, rule.part, rule.alarm, rule.value, rule.event)


def _text(value: object) -> str:
    if value is None or isinstance(value, dict | list):
        return ""
    return native(value)[:MOST_TEXT]


def _number(value: object) -> float | None:
    """A finite number, also one written as text, and yes and no as 1 and 0."""
    if not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _quality(number: float | None) -> Quality:
    known = number is not None and number in (0, 1, 3)
    return Quality(int(number)) if known and number is not None else Quality.GOOD
