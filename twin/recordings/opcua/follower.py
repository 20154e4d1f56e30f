"""What servers tell, heard in order -> a Timeline, at any time.

One clock: the source's times, as servers stamp what changes. A machine's times never go back: what
comes late counts from the last time that was heard of it. A stamp that is far from its server's
clock is wrong, and the server's clock counts; a server whose clock has been put back goes on from
where it was.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime

from twin.recordings.opcua import meaning as of
from twin.recordings.opcua.changes import Change, Item, Lost, Session, Told
from twin.recordings.opcua.machine import Machine, Point
from twin.recordings.opcua.mapping import Mapping
from twin.recordings.opcua.orders import Orders
from twin.timeline import Names, Quality, State, Timeline, table

WRONG = 1800.0  # [s] between a stamp and its server's clock: local times differ by half an hour

Row = tuple[object, ...]


class Follower:
    """Hears what a server tells, in order of receipt; `timeline` is what it knows so far.

    A recorded file and a live server are heard by the same object, and so give the same timeline.
    `tallies` counts what was late, stamped wrongly, or of no known node.
    """

    def __init__(self, mapping: Mapping | None = None) -> None:
        self.mapping = mapping or Mapping()
        self.tallies: Counter[str] = Counter()
        self._items: dict[str, Item] = {}
        self._machines: dict[str, Machine] = {}
        self._orders = Orders()
        self._begin = math.nan  # [s] since 1970: the first session's
        self._clock = math.nan  # [s] since 1970, on the servers' clock: nothing later is known
        self._ahead = 0.0  # [s] that are added to the server's clock since it was put back
        self._lost: Lost | None = None
        self._found: set[str] = set()  # nodes whose first value of this session was told
        self._session = math.nan  # [s] since 1970, when it began
        self._ticks = False  # whether the server's clock is heard in this session

    def hear(self, told: Told) -> None:
        """What is told next."""
        if isinstance(told, Session):
            self._start(told)
        elif isinstance(told, Lost):
            self._lost = told
            if told.count:
                self.tallies["lost"] += told.count
        elif math.isnan(self._begin):
            self.tallies["before any session"] += 1
        else:
            self._change(told)

    def count(self) -> dict[str, int]:
        """How much was late, wrongly stamped, lost, or of an unknown meaning, by what it was."""
        total = Counter(self.tallies)
        for machine in self._machines.values():
            for words, number in machine.unknown.items():
                total[f"unknown value: {machine.name} {words}"] += number
        for words, number in self._orders.unknown.items():
            total[f"unknown value: {words}"] += number
        return dict(total)

    def timeline(self, run: str = "", layout: str = "") -> Timeline:
        """All that is known by now.

        It runs from the first session to the last time that a server has told. Points: "done" and
        "scrap" (a part), "energy" [J] (a counter), "program", "gap" [s] (nothing is known).
        """
        begin = 0.0 if math.isnan(self._begin) else self._begin
        names = Names(self._machines)
        points = [
            (machine.name, *point)
            for machine in self._machines.values()
            for point in machine.points
        ]
        points.sort(key=lambda point: point[2])
        return Timeline(
            resources=tuple(names[name] for name in self._machines),
            start=0.0,
            end=0.0 if math.isnan(self._begin) else round(self._clock - begin, 6),
            intervals=table("intervals", self._intervals(names, begin)),
            moves=table("moves"),
            orders=table("orders", self._order_rows(names, begin)),
            points=table("points", _coded(names, points, begin)),
            names=names.texts(),
            epoch=datetime.fromtimestamp(begin, UTC),
            origin="recorded",
            run=run,
            layout=layout,
        )

    # --- hearing ---------------------------------------------------------------------------------

    def _start(self, session: Session) -> None:
        time = session.time
        if math.isnan(self._begin):
            self._begin = self._clock = session.received if math.isnan(time) else time
        else:
            lost = self._lost
            length = max(0.0, lost.end - lost.begin) if lost else 0.0
            now = time + self._ahead
            if math.isnan(now):
                now = self._clock + length
            elif now < self._clock:
                self.tallies["clock put back"] += 1
                now = self._clock + length
                self._ahead = now - time
            for machine in self._machines.values():
                machine.lose(self._clock, now)
            self._clock = max(self._clock, now)
        self._session, self._lost, self._ticks = self._clock, None, False
        self._found.clear()
        self._items = {}
        for item in session.items:
            name = self.mapping.machine(item.machine) if item.machine else ""
            if item.machine and not name:
                continue
            self._items[item.node] = Item(item.node, item.role, name)
            if name and name not in self._machines:
                self._machines[name] = Machine(name, self._begin, self.mapping)
                self._machines[name].time = self._clock

    def _change(self, change: Change) -> None:
        item = self._items.get(change.node)
        if item is None:
            self.tallies["of other nodes"] += 1
            return
        if change.has_overflowed:
            self.tallies["overflow"] += 1
        if item.role == of.CLOCK:
            self._tick(change)
            return
        is_news = change.node in self._found
        self._found.add(change.node)
        time = self._time(change, is_news)
        machine = self._machines.get(item.machine)
        if machine:
            if time < machine.time:
                if is_news:
                    self.tallies["late"] += 1
                time = machine.time
            if item.role == of.JOB_LIST:
                if not change.is_bad:
                    job = self._orders.hear(item.node, item.machine, change.value, time, is_news)
                    machine.has_job(job, time)
            else:
                if item.role == of.ORDER and change.value and not change.is_bad:
                    self._orders.at_machine(str(change.value), time)
                machine.hear(item.role, change, time)
        elif item.role == of.JOB_LIST and not change.is_bad:
            self._orders.hear(item.node, "", change.value, time, is_news)
        self._clock = max(self._clock, time)

    def _tick(self, change: Change) -> None:
        """The server's clock tells how long what it told holds."""
        if not isinstance(change.value, int | float) or change.is_bad:
            return
        self._ticks = True
        time = change.value + self._ahead
        if time < self._clock - WRONG:
            self.tallies["clock put back"] += 1
            self._ahead += self._clock - time
        self._clock = max(self._clock, change.value + self._ahead)

    def _time(self, change: Change, is_news: bool) -> float:
        """From when on a value counts: what was found so counts from the session's begin."""
        time = change.told + self._ahead
        if math.isnan(time):
            return self._clock
        if not is_news:
            return max(time, self._session) if time < self._clock + WRONG else self._clock
        if self._ticks and abs(time - self._clock) > WRONG:
            self.tallies["wrong stamp"] += 1
            return self._clock
        return time

    # --- rows ------------------------------------------------------------------------------------

    def _intervals(self, names: Names, begin: float) -> Iterator[Row]:
        for name, machine in self._machines.items():
            code = names[name]
            for state, part, start, end, quality, native in machine.track.intervals():
                if state == State.UNAVAILABLE:
                    part = ""
                yield (
                    *(code, state, names[part]),
                    *(round(start - begin, 6), round(end - begin, 6)),
                    *(quality, names[native]),
                )

    def _order_rows(self, names: Names, begin: float) -> Iterator[Row]:
        for order in self._orders.rows():
            times = (order.release, order.due, order.start, order.end)
            yield (
                *(names[order.id], names[order.product], order.quantity),
                *(round(time - begin, 6) for time in times),
                *(order.outcome, Quality(order.quality)),
            )


def _coded(names: Names, points: list[tuple[str, *Point]], begin: float) -> Iterator[Row]:
    for machine, name, time, value, unit, quality, native in points:
        yield (
            *(names[machine], names[name], round(time - begin, 6), value),
            *(names[unit], quality, names[native]),
        )
