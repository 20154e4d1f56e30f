"""The floor of the layout that is compared with, and figures of both where theirs do not pair.

Worked out in a thread of its own, apart from the workbench's chain: only while somebody looks, over
the clock of the floor that it stands beside.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from twin.comparison import Sample, shared_horizon
from twin.errors import TwinError
from twin.experiments import Cancelled, Horizon, horizon_of
from twin.layout.schema import Layout
from twin.production import machine_code
from twin.view.blobs import Blobs
from twin.view.workbench import (
    Floor,
    ends_with_process,
    floor_of,
    sampled,
    shown_days,
    unknown,
    validated,
)


@dataclass(frozen=True)
class Wanted:
    """What is to be worked out.

    layout: of the floor. clock: what it plays, from and until [s]. after: the layout that it is
    compared with where their own forecasts do not pair, with the horizons of both; where there is
    one alone, the floor's own is found out.
    """

    layout: Layout
    clock: tuple[float, float]
    after: Layout | None = None
    horizons: tuple[Horizon, ...] = ()


@dataclass(frozen=True)
class Known:
    """What has been worked out. samples: of `layout` and `after`, over one horizon."""

    floor: Floor | None = None
    samples: tuple[Sample, Sample] | None = None
    problem: str = ""


class Beside:
    """`changed` is called, from any thread, whenever `known` is new."""

    def __init__(self, blobs: Blobs, changed: Callable[[], None]) -> None:
        self.known = Known()
        self._blobs = blobs
        self._changed = changed
        self._wanted: Wanted | None = None
        self._lock = threading.Lock()
        self._cancelled = threading.Event()
        self._thread: threading.Thread | None = None
        ends_with_process(self)

    def look(self, wanted: Wanted | None) -> None:
        """Work this out, unless it is what is at work or known; None: nothing any more."""
        with self._lock:
            if wanted == self._wanted:
                return
            self._cancelled.set()
            self._cancelled = cancelled = threading.Event()
            # A floor stays until there is another one of the same layout; figures do not.
            same = wanted and self._wanted and wanted.layout == self._wanted.layout
            self.known = Known(self.known.floor if same else None)
            self._wanted = wanted
            if wanted is not None:
                self._thread = threading.Thread(
                    target=self._work, args=(wanted, cancelled), name="beside", daemon=True
                )
                self._thread.start()

    def close(self) -> None:
        """Stop all work; nothing is reported any more."""
        self._changed = lambda: None
        self.look(None)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait [s] until all is worked out; whether it is."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout)
        return thread is None or not thread.is_alive()

    def _work(self, wanted: Wanted, cancelled: threading.Event) -> None:
        try:
            factory = validated(wanted.layout, cancelled)
            if any(finding.severity == "error" for finding in factory.findings):
                empty = unknown(wanted.layout, wanted.clock)
                floor = floor_of(self._blobs, wanted.layout, empty, factory)
                self._tell(cancelled, Known(floor, problem=_REFUSED))
                return
            machine_code.prepare(cancelled=cancelled)
            timeline = shown_days(factory, wanted.clock)
            floor = floor_of(self._blobs, wanted.layout, timeline, factory)
            self._tell(cancelled, Known(floor))
            if wanted.after is not None:
                horizons = wanted.horizons
                if len(horizons) == 1:
                    horizons = (*horizons, horizon_of(factory, cancelled=cancelled))
                horizon = shared_horizon(horizons)
                pair = (
                    sampled(factory, horizon, cancelled),
                    sampled(validated(wanted.after, cancelled), horizon, cancelled),
                )
                self._tell(cancelled, Known(floor, pair))
        except Cancelled:
            return
        except TwinError as error:
            self._tell(cancelled, Known(self.known.floor, problem=str(error)))

    def _tell(self, cancelled: threading.Event, known: Known) -> None:
        with self._lock:
            if cancelled.is_set():
                return  # something else is looked at by now
            self.known = known
        self._changed()


_REFUSED = "It has findings to be mended, so that nothing is known of what it makes."
