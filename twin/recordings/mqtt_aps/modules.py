"""One module: its action states, told twice and repeatedly -> one track of states."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from twin.recordings.mqtt_aps.news import News, mapping, mappings
from twin.recordings.mqtt_aps.orders import Asked
from twin.recordings.mqtt_aps.plant import (
    AVAILABLE,
    ENDS,
    INPUT,
    LAST,
    RUNNING,
    SINKS,
    STEPS,
    WAITING,
)
from twin.recordings.tracks import Track
from twin.timeline import Quality, State


@dataclass
class Module:
    """A module while its messages are heard."""

    name: str
    track: Track
    orders: Asked
    known: bool = False  # it has spoken since the start or the last gap
    action: str = ""  # the id of its last action
    step: int = -1  # how far that is; -1 before the first
    ended_by: str = ""  # the topic that told the action's end
    part: str = ""  # which it keeps
    stopped: bool = False  # by a fault or a pause, which its messages tell as long as it lasts
    rejects: list[float] = field(default_factory=list)  # [s] when it found a part bad
    alarms: list[tuple[float, str]] = field(default_factory=list)

    def copy(self) -> Module:
        """Another one that goes on from here."""
        track, rejects, alarms = self.track.copy(), self.rejects.copy(), self.alarms.copy()
        return replace(self, track=track, rejects=rejects, alarms=alarms)

    def lose(self, time: float) -> None:
        """No data from `time` [s] on."""
        self.track.lose(time)
        self.known, self.stopped = False, False
        self.action, self.step, self.ended_by, self.part = "", -1, "", ""

    def available(self, time: float, word: str, connected: bool) -> None:
        """What the control unit says of it; counts while it has not spoken itself."""
        if not connected:
            self.lose(time)
        elif not self.known and word in AVAILABLE:
            self.track.change(time, AVAILABLE[word], native=word, quality=Quality.INFERRED)

    def hear(self, news: News) -> None:
        """A message of its own."""
        if news.topic.endswith("/connection"):
            self._connection(news.time, str(mapping(news.payload).get("connectionState")))
        elif news.topic.endswith("/state"):
            self._state(news)

    def _connection(self, time: float, word: str) -> None:
        if word != "ONLINE":
            self.lose(time)
        elif self.track.now[0] == State.UNAVAILABLE:
            self.track.change(time, State.IDLE, native=word, quality=Quality.INFERRED)

    def _state(self, news: News) -> None:
        payload = mapping(news.payload)
        fault, action = gravest(payload.get("errors")), mapping(payload.get("actionState"))
        if fault or payload.get("paused") is True:
            self.known = self.stopped = True
            state = State.DOWN if fault else State.HELD
            self.track.change(news.time, state, self.part, fault or "paused")
            return
        if self.stopped or not self.known:
            self.stopped = False
            self._rest(news.time, "")
        self.known = True
        if action.get("command"):
            # Without a command it only acknowledges an order; the gateway tells the rest.
            self._act(news, action)

    def _act(self, news: News, action: dict[str, Any]) -> None:
        name, command = str(action.get("id")), str(action["command"])
        word = str(action.get("state"))
        begins = word in STEPS and (name != self.action or self.ended_by == news.topic)
        if begins:
            self.action, self.step, self.ended_by = name, -1, ""
        if word in STEPS:
            if not self.ended_by and STEPS[word] >= self.step:
                self._go(news, command, word)
        elif word in ENDS:
            self._end(news, name, command, action)
        else:
            self.alarms.append((news.time, f"unknown action state {word!r}"))

    def _go(self, news: News, command: str, word: str) -> None:
        self.step = STEPS[word]
        part = self._worked(news, command)
        if word == "PAUSED":
            self.track.change(news.time, State.HELD, part, f"{command} {word}")
        elif self.step == RUNNING:
            self.track.change(news.time, State.PROCESSING, part, f"{command} {word}")
        else:  # accepted and not begun: the module gets ready, which only INITIALIZING says
            quality = Quality.INFERRED if self.step == WAITING else Quality.GOOD
            self.track.change(news.time, State.SETUP, part, f"{command} {word}", quality)

    def _worked(self, news: News, command: str) -> str:
        if command in INPUT:
            return self.orders.arriving(news.time) or self.part
        return self.orders.part(mapping(news.payload).get("orderId")) or self.part

    def _end(self, news: News, name: str, command: str, action: dict[str, Any]) -> None:
        if name == self.action and self.ended_by:
            return  # told before, on the other topic
        if name != self.action and self.step >= 0 and not self.ended_by:
            return  # the late end of an action that another has followed
        self.action, self.ended_by = name, news.topic
        if action.get("state") == "FAILED":
            self.track.change(news.time, State.DOWN, self.part, f"{command} FAILED")
            return
        gone = command == "DROP" or (command == "PICK" and self.name in SINKS)
        rejected = command == "CHECK_QUALITY" and action.get("result") == "FAILED"
        if rejected:
            self.rejects.append(news.time)
        self.part = "" if gone or rejected else self._worked(news, command)
        self._rest(news.time, command)

    def _rest(self, time: float, command: str) -> None:
        """Between two actions."""
        if not self.part:
            self.track.change(time, State.IDLE)
        else:
            state = State.BLOCKED if command in LAST else State.HELD
            self.track.change(time, state, self.part, quality=Quality.INFERRED)


def gravest(errors: object) -> str:
    """The type of a fatal error; empty where there is none (an empty object is no error)."""
    for error in mappings(errors):
        if error.get("errorLevel") == "FATAL":
            return str(error.get("errorType") or "FATAL")
    return ""
