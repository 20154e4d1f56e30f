"""One vehicle: where it says it is -> moves from node to node, and one track of states."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import Any

from twin.recordings.mqtt_aps.modules import gravest
from twin.recordings.mqtt_aps.news import News, mapping, mappings
from twin.recordings.mqtt_aps.orders import Asked
from twin.recordings.mqtt_aps.plant import AVAILABLE, NODES
from twin.recordings.tracks import Track
from twin.timeline import Quality, State


@dataclass(frozen=True)
class Leg:
    """From one node to the next; `end` [s] is NaN while it lasts."""

    part: str
    workpiece: str
    origin: str
    target: str
    start: float
    end: float
    quality: Quality


@dataclass
class Vehicle:
    """A vehicle while its messages are heard."""

    name: str
    track: Track
    orders: Asked
    known: bool = False
    node: str = ""  # the last it was at
    left: float = math.nan  # [s] when it began to go on from there
    sure: bool = False  # ... and whether that was seen
    route: list[str] = field(default_factory=list)  # the nodes of its order
    aboard: tuple[str, ...] = ()  # ids of workpieces
    legs: list[Leg] = field(default_factory=list)
    volts: list[tuple[float, float]] = field(default_factory=list)  # (time [s], battery [V])

    def copy(self) -> Vehicle:
        """Another one that goes on from here."""
        track, legs, volts = self.track.copy(), self.legs.copy(), self.volts.copy()
        return replace(self, track=track, legs=legs, volts=volts)

    def lose(self, time: float) -> None:
        """No data from `time` [s] on; a leg that it is on then is left out, for its end is."""
        self.track.lose(time)
        self.known, self.node, self.left = False, "", math.nan
        self.route, self.aboard = [], ()

    def available(self, time: float, word: str, connected: bool, charging: bool) -> None:
        """What the control unit says of it; counts while it has not spoken itself."""
        if not connected:
            self.lose(time)
        elif not self.known and charging:
            self.track.change(time, State.MAINTENANCE, native=word, quality=Quality.INFERRED)
        elif not self.known and word in AVAILABLE:
            self.track.change(time, AVAILABLE[word], native=word, quality=Quality.INFERRED)

    def hear(self, news: News) -> None:
        """A message of its own."""
        payload = mapping(news.payload)
        if news.topic.endswith("/order"):
            self.route = [str(node.get("id")) for node in mappings(payload.get("nodes"))]
        elif news.topic.endswith("/connection"):
            if payload.get("connectionState") != "ONLINE":
                self.lose(news.time)
        elif news.topic.endswith("/state"):
            self._battery(payload, news.time)
            self._place(payload, news.time)
            self._load(payload)
            self._state(payload, news.time)
            self.known = True

    def under_way(self) -> list[Leg]:
        """The legs that it is still on, which have no end yet."""
        if math.isnan(self.left) or self.node not in self.route[:-1]:
            return []
        ahead = self.route[self.route.index(self.node) + 1]
        return self._legs(NODES.get(ahead, ""), self.left, math.nan)

    def _place(self, payload: dict[str, Any], time: float) -> None:
        node, action = str(payload.get("lastNodeId") or ""), _action(payload)
        turned = action.get("command") == "TURN" and action.get("state") == "FINISHED"
        if node != self.node:
            if self.node in NODES and node in NODES and not math.isnan(self.left):
                self.legs += self._legs(NODES[node], self.left, time)
            self.node, self.sure = node, self.known
            self.left = time if payload.get("driving") else math.nan
        elif not payload.get("driving"):
            self.left = math.nan
        elif math.isnan(self.left) or (turned and self._turning()):
            self.left, self.sure = time, self.known

    def _turning(self) -> bool:
        return self.track.now[2] == "TURN RUNNING"

    def _legs(self, target: str, start: float, end: float) -> list[Leg]:
        """One for each part that it has aboard."""
        quality = Quality.GOOD if self.sure else Quality.UNCERTAIN
        parts = [(self.orders.carrying(w, start), w) for w in self.aboard] or [("", "")]
        return [
            Leg(part, workpiece, NODES[self.node], target, start, end, quality)
            for part, workpiece in parts
        ]

    def _load(self, payload: dict[str, Any]) -> None:
        """While it waits to be given or relieved of a part, the load it tells is the next one."""
        if "load" in payload and not (payload.get("waitingForLoadHandling") and self.known):
            ids = [load.get("loadId") for load in mappings(payload["load"])]
            self.aboard = tuple(str(i) for i in ids if i)

    def _state(self, payload: dict[str, Any], time: float) -> None:
        part = self.orders.carrying(self.aboard[0], time) if self.aboard else ""
        fault = gravest(payload.get("errors"))
        if fault:
            self.track.change(time, State.DOWN, part, fault)
        elif payload.get("paused") is True:
            self.track.change(time, State.HELD, part, "paused")
        elif payload.get("waitingForLoadHandling"):
            self._handed(payload, time, part)
        elif payload.get("driving"):
            self.track.change(time, State.PROCESSING, part, _manoeuvre(payload))
        elif mapping(payload.get("batteryState")).get("charging"):
            self.track.change(time, State.MAINTENANCE, part, "charging")
        elif part:
            self.track.change(time, State.BLOCKED, part, quality=Quality.INFERRED)
        else:
            self.track.change(time, State.IDLE)

    def _handed(self, payload: dict[str, Any], time: float, part: str) -> None:
        """Docked: it waits to be given a part if it tells of more than it has aboard."""
        loads = [load for load in mappings(payload.get("load")) if load.get("loadType")]
        state = State.STARVED if len(loads) > len(self.aboard) else State.BLOCKED
        self.track.change(time, state, part, "waitingForLoadHandling", Quality.INFERRED)

    def _battery(self, payload: dict[str, Any], time: float) -> None:
        volts = mapping(payload.get("batteryState")).get("currentVoltage")
        if isinstance(volts, (int, float)) and (not self.volts or self.volts[-1][1] != volts):
            self.volts.append((time, float(volts)))


def _action(payload: dict[str, Any]) -> dict[str, Any]:
    """The action it is in; one that it was told to do at once stands in the list alone."""
    action, several = mapping(payload.get("actionState")), mappings(payload.get("actionStates"))
    return action or (several[-1] if several else {})


def _manoeuvre(payload: dict[str, Any]) -> str:
    """The manoeuvre under way, "TURN RUNNING" or "DOCK RUNNING"; else DRIVE."""
    action = _action(payload)
    if action.get("state") == "RUNNING" and action.get("command"):
        return f"{action['command']} RUNNING"
    return "DRIVE"
