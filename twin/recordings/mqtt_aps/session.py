"""A session's messages, heard one after the other -> Timeline, at any time.

What a message means may depend on what is heard later: an order to store a workpiece comes after
the workpiece, and whether a message is an old snapshot shows in its source's usual lag. So what was
asked of such knowledge is kept with the answers; where another answer is right now, the plant goes
back to how it was before that message and hears the rest again. The timeline is thus the same
whenever it is asked for, and costs little more than what is new.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from twin.errors import RecordingError
from twin.layout.schema import Layout
from twin.recordings.lateness import Lateness
from twin.recordings.messages import Message, read_messages
from twin.recordings.mqtt_aps import rows
from twin.recordings.mqtt_aps.modules import Module
from twin.recordings.mqtt_aps.news import Heard, News, mapping, mappings
from twin.recordings.mqtt_aps.orders import Asked, Book, Orders
from twin.recordings.mqtt_aps.plant import SERIALS, VEHICLES
from twin.recordings.mqtt_aps.vehicles import Vehicle
from twin.recordings.tracks import Track
from twin.timeline import Names, Timeline, table

GAP = 10.0  # [s] without any message: the recorder was cut off; the sensors speak every second
STRIDE = 250  # messages from one kept state of the plant to the next


def read_session(path: Path, layout: Layout) -> Timeline:
    """A recorded session as a Timeline over the layout's machines and vehicles.

    It runs from the first to the last message; the epoch is the first one's time. A part is named
    after its order, a product after its colour, with "STORE-" before it where an order only stores
    a workpiece. Native values: of an interval, the action and its state as sent; of a move, the
    workpiece's id. Raises RecordingError where the file is not a session, or of another plant.
    """
    session = Session(layout, str(path))
    for message in read_messages(path):
        session.hear(message)
    session.check()
    return replace(session.timeline(), run=hashlib.sha256(path.read_bytes()).hexdigest()[:12])


@dataclass
class Plant:
    """Modules and vehicles while their messages are heard."""

    modules: dict[str, Module]
    vehicles: dict[str, Vehicle]
    heard: int = 0  # messages
    lost: int = 0  # gaps

    def copy(self) -> Plant:
        """Another one that goes on from here."""
        modules = {name: module.copy() for name, module in self.modules.items()}
        vehicles = {name: vehicle.copy() for name, vehicle in self.vehicles.items()}
        return replace(self, modules=modules, vehicles=vehicles)

    def hear(self, item: News) -> None:
        name = SERIALS.get(item.serial, "")
        resource = self.modules.get(name) or self.vehicles.get(name)
        if resource:
            resource.hear(item)
        elif item.topic == "ccu/pairing/state":
            self._pairing(item)

    def lose(self, time: float) -> None:
        """No data from `time` [s] on."""
        for resource in (*self.modules.values(), *self.vehicles.values()):
            resource.lose(time)
        self.lost += 1

    def _pairing(self, item: News) -> None:
        """The control unit's list of who is connected, and what it takes them to do."""
        payload = mapping(item.payload)
        for entry in mappings(payload.get("modules")) + mappings(payload.get("transports")):
            name = SERIALS.get(str(entry.get("serialNumber")), "")
            word, connected = str(entry.get("available")), entry.get("connected") is not False
            if name in self.modules:
                self.modules[name].available(item.time, word, connected)
            elif name in self.vehicles:
                charging = entry.get("charging") is True
                self.vehicles[name].available(item.time, word, connected, charging)


@dataclass
class _Clock:
    """The times of all messages, of those that are not used, too."""

    epoch: float  # [s] since 1970
    end: float = 0.0  # [s] from the epoch
    gaps: list[tuple[float, float]] = field(default_factory=list)  # silences of all sources

    def tell(self, time: float) -> None:
        if time - self.end > GAP:
            self.gaps.append((self.end, time))
        self.end = time


class Session:
    """Hears messages in order of their receive time; `timeline` is what they came to so far.

    `name` is what messages about errors call the source.
    """

    def __init__(self, layout: Layout, name: str = "the plant") -> None:
        self._layout, self._name = layout, name
        order = [*layout.machines, *layout.transport.vehicles]
        self._resources = [name for name in order if name in SERIALS.values()]
        self._names = Names(self._resources)
        self._serials: set[str] = set()
        self._run = hashlib.sha256()
        self._lateness = Lateness()
        self._asked = Asked()
        self._plant = Plant(
            {n: Module(n, Track(0.0), self._asked) for n in self._resources if n not in VEHICLES},
            {n: Vehicle(n, Track(0.0), self._asked) for n in self._resources if n in VEHICLES},
        )
        self._kept: list[Plant] = [self._plant.copy()]
        self._points: list[tuple[int, rows.Point]] = []
        self._old: frozenset[int] = frozenset()
        self._clock: _Clock | None = None
        self._news, self._book = Heard(name, 0.0), Book(0.0)

    def hear(self, message: Message) -> None:
        """The next message; one that was received before the last is taken to come with it.

        Raises RecordingError where its payload is used and is not JSON; it is left out.
        """
        if self._clock is None:
            self._clock = _Clock(message.time)
            self._news, self._book = Heard(self._name, message.time), Book(message.time)
        said = f"{message.time}\n{message.topic}\n{message.payload}\n"
        self._run.update(said.encode(errors="surrogatepass"))
        item = self._news.read(message)
        # What a broker kept while nobody listened was said before it came.
        told, source = math.nan, message.topic
        if item is not None and not item.topic.endswith("/connection"):
            told, source = message.time - item.lag, item.serial or item.topic
        late = self._lateness.of(source, message.time, told)
        clock = self._clock
        time = max(clock.end, round(message.time - late - clock.epoch, 6))
        clock.tell(time)
        if item is None:
            return
        if time != item.time:
            item = replace(item, time=time, lag=item.lag - (item.time - time))
            message = replace(message, time=clock.epoch + time)
        self._news.hear(message, item)
        self._book.hear(item)
        self._points += [(item.index, point) for point in rows.sensor_rows(item)]
        if item.serial:
            self._serials.add(item.serial)

    def check(self) -> None:
        """Raises RecordingError where it was not of this plant, or of more than the layout has."""
        spoken = {SERIALS[serial] for serial in self._serials if serial in SERIALS}
        if not spoken:
            found = ", ".join(sorted(self._serials)[:6]) or "none at all"
            raise RecordingError(
                f"{self._name}: is not a session of the APS 24V plant: expected topics of the "
                f"modules {', '.join(SERIALS)}; found: {found}"
            )
        missing = sorted(spoken - set(self._resources))
        if missing:
            raise RecordingError(
                f"{self._name}: speaks of {', '.join(missing)}, which the layout "
                f"{self._layout.name!r} does not have; replay it on the layout of its plant, such "
                "as layouts/aps_24v.yaml"
            )

    def timeline(self) -> Timeline:
        """All that was heard so far, up to the last message; UNAVAILABLE before the first."""
        clock = self._clock or _Clock(0.0)
        orders = self._catch_up(clock)
        plant, names = self._plant, self._names
        points = [
            *rows.gap_rows(clock.gaps),
            *(point for index, point in self._points if index not in self._old),
            *rows.module_rows(plant.modules.values()),
            *rows.vehicle_rows(plant.vehicles.values()),
        ]
        # What a vehicle is doing now asks about orders, too; it is asked anew each time.
        self._asked.index = plant.heard
        legs = {n: vehicle.legs + vehicle.under_way() for n, vehicle in plant.vehicles.items()}
        self._asked.forget(plant.heard)
        resources = [plant.modules.get(n) or plant.vehicles[n] for n in self._resources]
        return Timeline(
            resources=tuple(names[name] for name in self._resources),
            start=0.0,
            end=clock.end,
            intervals=rows.coded_intervals(names, resources),
            moves=table("moves", rows.coded_moves(names, legs)),
            orders=table("orders", rows.coded_orders(names, orders)),
            points=table("points", rows.coded_points(names, points)),
            names=names.texts(),
            epoch=datetime.fromtimestamp(clock.epoch, UTC),
            origin="recorded",
            run=self._run.hexdigest()[:12],
            layout=self._layout.name,
        )

    def _catch_up(self, clock: _Clock) -> Orders:
        """Lets the plant hear what is new, and again what means something else now."""
        old = self._news.old()
        orders = self._book.orders(old)
        wrong = [*(old ^ self._old)]
        answered = self._asked.know(orders)
        wrong += [] if answered is None else [answered]
        self._old = old
        if wrong and min(wrong) < self._plant.heard:
            self._go_back(min(wrong))
        plant, gaps = self._plant, clock.gaps
        while plant.heard < len(self._news):
            if plant.heard % STRIDE == 0 and plant.heard > self._kept[-1].heard:
                self._kept = thinned([*self._kept, plant.copy()])
            item = self._news[plant.heard]
            if item.index not in old:
                while plant.lost < len(gaps) and item.time > gaps[plant.lost][0]:
                    plant.lose(gaps[plant.lost][0])
                self._asked.index = item.index
                plant.hear(item)
            plant.heard += 1
        while plant.lost < len(gaps):  # behind the last message that tells anything
            plant.lose(gaps[plant.lost][0])
        return orders

    def _go_back(self, index: int) -> None:
        """The plant as it was before a message."""
        while self._kept[-1].heard > index:
            self._kept.pop()
        self._plant = self._kept[-1].copy()
        self._asked.forget(self._plant.heard)


def thinned(kept: list[Plant]) -> list[Plant]:
    """The first, all of the last ones, and of those between ever fewer the older they are."""
    latest, found = kept[-1].heard, kept[:1]
    for plant, newer in pairwise(kept[1:]):
        older, age = latest - found[-1].heard, latest - newer.heard
        if age <= 8 * STRIDE or older > 1.5 * age:
            found.append(plant)
    return [*found, *kept[1:][-1:]]
