"""What the topics of a shop mean: a small YAML file, read as layouts are.

    twin: 1
    machines: {M-01: mill}                     # the shop's names -> the layout's
    states: {RUN: PROCESSING, WAIT: STARVED, "3": DOWN}
    topics:
      - topic: shop/+/state
        levels: [machine]                      # what each + stands for
        state: status.mode                     # a path into the JSON payload
        part: job.piece
        time: ts
        clock: milliseconds
      - topic: shop/+/temperature              # the payload itself is the value: "."
        levels: [machine]
        measured: {temperature: {path: ., unit: Cel}}
      - topic: shop/orders
        order: id
        event: what
        events: {REL: released, BEG: started, END: finished}

A path is a key, or keys (and places in lists, from 0) with dots between them; a key that holds dots
itself is found first. A payload that lacks a path says nothing about it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from twin.errors import LayoutError, RecordingError
from twin.layout.files import read_text
from twin.layout.tree import grow
from twin.layout.validation import validated
from twin.recordings.mapping import StateName

Route = Annotated[str, Field(min_length=1, max_length=300)]
Level = Literal["machine", "item", "order", "part", "product", ""]
Clock = Literal["iso", "seconds", "milliseconds"]
Event = Literal["released", "started", "finished", "cancelled", "scrapped"]
JOULES = {"J": 1.0, "kJ": 1e3, "MJ": 1e6, "Wh": 3600.0, "kWh": 3.6e6}
ALL = "."  # the path of the payload itself


def native(value: object) -> str:
    """A value of a payload as the text that mappings compare it with."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer():
        return f"{value:.0f}"
    return str(value)


Native = Annotated[str, BeforeValidator(native)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Measured(_Strict):
    """A value that is measured, and its unit as it is to be shown."""

    path: Route
    unit: str = ""


class Moved(_Strict):
    """Paths of a move; it is told when it begins and, under the same `id`, when it ends."""

    id: Route
    part: Route | None = None
    origin: Route | None = None
    target: Route | None = None
    start: Route | None = None
    end: Route | None = None
    native: Route | None = None


class Topic(_Strict):
    """What messages on some topics say.

    `levels` says what each + stands for; `machine` is the machine's name where no level is it.
    `count`, `scrap` and `energy` are counters. `value` is a value that is measured, named by the
    level "item" or by the path `name`. `each`: every message begins an interval anew.
    `epoch` is a path to the ISO time from which the times, in seconds, count.
    """

    topic: Route
    levels: tuple[Level, ...] = ()
    machine: str = ""
    machine_path: Route | None = None
    state: Route | None = None
    native: Route | None = None
    quality: Route | None = None
    each: bool = False
    part: Route | None = None
    order: Route | None = None
    product: Route | None = None
    count: Route | None = None
    scrap: Route | None = None
    energy: Route | None = None
    energy_unit: Literal["J", "kJ", "MJ", "Wh", "kWh"] = "J"
    measured: dict[str, Measured] = {}
    value: Route | None = None
    name: Route | None = None
    unit: Route | None = None
    alarm: Route | None = None
    time: Route | None = None
    clock: Clock = "iso"
    epoch: Route | None = None
    event: Route | None = None
    events: dict[Native, Event] = {}
    quantity: Route | None = None
    due: Route | None = None
    release: Route | None = None
    begun: Route | None = None
    ended: Route | None = None
    outcome: Route | None = None
    move: Moved | None = None

    @model_validator(mode="after")
    def _sound(self) -> Topic:
        words = self.topic.split("/")
        if any(word != "+" and "+" in word for word in words):
            raise ValueError("a + stands for a whole level, such as shop/+/state")
        if "#" in self.topic and (words[-1] != "#" or self.topic.count("#") > 1):
            raise ValueError("a # stands for all that follows, at the end only: shop/#")
        if len(self.levels) > words.count("+"):
            raise ValueError(
                f"'levels' names {len(self.levels)} levels, but the topic has {words.count('+')} +"
            )
        return self


class Mapping(_Strict):
    """What a shop says on which topics; `machines` and `states` map its words to ours."""

    twin: Literal[1]
    machines: dict[Native, str] = {}
    states: dict[Native, StateName] = {}
    topics: Annotated[tuple[Topic, ...], Field(min_length=1, max_length=1000)]


def read_mapping(path: Path) -> Mapping:
    """The mapping in a file. Raises RecordingError with file, line and column."""
    try:
        text = read_text(path)
        return validated(grow(text, str(path)), Mapping, str(path), text)
    except LayoutError as error:
        raise RecordingError(str(error)) from error


def found(payload: object, path: str | None) -> object | None:
    """What stands at a path of a payload; None where nothing does."""
    if path is None or path == ALL:
        return payload if path else None
    here = payload
    if isinstance(here, dict) and path in here:
        return here[path]
    for key in path.split("."):
        if isinstance(here, dict):
            here = here.get(key)
        elif isinstance(here, list) and key.isdecimal() and len(key) < 9 and int(key) < len(here):
            here = here[int(key)]
        else:
            return None
    return here


def matches(pattern: str, topic: str) -> tuple[str, ...] | None:
    """What stands at each + of a pattern; None where the topic is another one."""
    words, told = pattern.split("/"), topic.split("/")
    if words[-1] == "#":
        words, told = words[:-1], told[: len(words) - 1]
    if len(words) != len(told):
        return None
    pairs = list(zip(words, told, strict=True))
    if any(word not in ("+", said) for word, said in pairs):
        return None
    return tuple(said for word, said in pairs if word == "+")
