"""The model behind one page: an edited layout and all that is known of it, worked out as it goes.

Each edit starts the same chain anew in a thread: scene, physics, timeline, forecast, proof. What
a newer edit makes void stops. Results are kept by content, for all pages of a server.
"""

from __future__ import annotations

import json
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from time import monotonic
from typing import Any, Protocol, TypeVar
from weakref import WeakSet

import numpy as np
from numpy.typing import NDArray

from twin.bottlenecks import Proof, prove
from twin.cells import process
from twin.cells.factory import Factory, validate
from twin.comparison import Sample, observe
from twin.economics import PartCost, Prices
from twin.errors import TwinError
from twin.experiments import Cancelled, Horizon
from twin.forecast import Forecast, predict
from twin.kpis import Kpis, measure
from twin.layout import files, folders, paths
from twin.layout.edits import Command, Log
from twin.layout.files import Document
from twin.layout.locks import held
from twin.layout.rules import Finding
from twin.layout.schema import Layout
from twin.production import machine_code
from twin.production.plan import merged, plan
from twin.production.run import simulate
from twin.programs.steps import programs_key
from twin.recordings.read import read
from twin.timeline import State, Timeline, table
from twin.view import codec
from twin.view.blobs import Blobs
from twin.view.live import Live, Seen
from twin.view.scene import scene, scene_manifest

DAY = 86400.0
SHOWN_DAYS = 5  # of a layout with shifts, from its first opening
SHOWN_HOURS = 8  # of a layout that never closes
SHOWN_SEED = 1
PULSE = 0.8  # s between two reports of progress
PATIENCE = 2.0  # s for all work to end
FIGURES = 1.0  # s between two looks at the figures of a shop that is followed

T = TypeVar("T")


@dataclass(frozen=True)
class Floor:
    """What the viewer fetches: addresses below the server's root."""

    scene: str
    glb: str
    timeline: str


@dataclass(frozen=True)
class Outlook:
    """A forecast with what it costs, and the layout it is of."""

    layout: Layout
    forecast: Forecast
    cost: PartCost | None

    @cached_property
    def times(self) -> dict[str, NDArray[np.float64]]:
        """Unit or person -> time in each state over all replications (states,) [s]."""
        tallies = self.forecast.tallies
        total = np.concatenate(
            [sum(t.unit_times for t in tallies), sum(t.people_times for t in tallies)]
        )
        return dict(zip(self.forecast.utilisation, total, strict=True))

    @cached_property
    def sample(self) -> Sample:
        """Its replications, to be compared with those of another layout."""
        forecast = self.forecast
        names = tuple(forecast.utilisation)
        units = len(forecast.tallies[0].unit_times)
        return Sample(
            self.layout,
            forecast.horizon,
            forecast.run,
            names[:units],
            names[units:],
            forecast.tallies,
        )


@dataclass(frozen=True)
class Snapshot:
    """All that a page shows at one moment.

    `stage` says in words what is being worked out, `share` how far it is (0..1); both empty when
    all is known. `outlook` and `proof` are of `layout` unless `stale_outlook`, `stale_proof`.
    `before` and `before_proof` are what an edit is compared with; a proof that is being worked out
    grows row by row. In a replay, `kpis` takes the place of all three; where a shop is followed,
    too, over the last `span`, and `live` is what is known of it.
    `checked` says that the findings are known, `stopped` that the rest is not, for it was
    stopped. `problem` is an error's text.
    """

    layout: Layout
    findings: tuple[Finding, ...] = ()
    floor: Floor | None = None
    timeline: Timeline | None = None
    kpis: Kpis | None = None
    outlook: Outlook | None = None
    before: Outlook | None = None
    proof: Proof | None = None
    before_proof: Proof | None = None
    recording: str | None = None
    live: Seen | None = None
    span: str = "hour"
    stale_outlook: bool = False
    stale_proof: bool = False
    stage: str = ""
    share: float | None = None
    stopped: bool = False
    checked: bool = False
    problem: str = ""

    @property
    def is_replay(self) -> bool:
        return self.recording is not None

    @property
    def is_factual(self) -> bool:
        """Whether it shows what happened or happens, which no edit changes."""
        return self.is_replay or self.live is not None

    @property
    def is_proven(self) -> bool:
        """Whether all changes of the layout have been tried."""
        return self.proof is not None and not self.stale_proof and not self.proof.untried

    @property
    def refused(self) -> bool:
        """Whether a finding forbids a forecast."""
        return any(finding.severity == "error" for finding in self.findings)


class Memory:
    """The last results by what they depend on. Who asks for one in the making waits for it."""

    def __init__(self, room: int) -> None:
        self._room = room
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._making: set[Hashable] = set()
        self._turn = threading.Condition()

    def knows(self, key: Hashable) -> bool:
        """Whether something is kept under `key`."""
        with self._turn:
            return key in self._kept

    def recall(
        self,
        key: Hashable,
        make: Callable[[], T],
        cancelled: threading.Event | None = None,
    ) -> T:
        """What is kept under `key`, or what `make` makes of it now, in one thread at a time.

        Raises Cancelled where `cancelled` is set while another thread makes it.
        """
        with self._turn:
            while key in self._making:
                if cancelled is not None and cancelled.is_set():
                    raise Cancelled
                self._turn.wait(PULSE)
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            self._making.add(key)
        try:
            made = make()
            with self._turn:
                self._kept[key] = made
                while len(self._kept) > self._room:
                    self._kept.popitem(last=False)
            return made
        finally:
            with self._turn:
                self._making.discard(key)
                self._turn.notify_all()


class Work(Protocol):
    """Something that works in a thread of its own."""

    def close(self) -> None:
        """Stop; nothing is reported any more."""
        ...

    def wait(self, timeout: float | None = None) -> bool:
        """Wait [s] until the thread is at its end; whether it is."""
        ...


_MEMORY = Memory(64)
_OPEN: WeakSet[Work] = WeakSet()


def ends_with_process(work: Work) -> None:
    """Have `close_all` end this work, too."""
    _OPEN.add(work)


def close_all() -> None:
    """Stop all work for the pages of this process, which ends; what it has begun to write, and the
    processes that physics runs in, go first."""
    works = list(_OPEN)
    for work in works:
        work.close()
    process.let_go()
    deadline = monotonic() + PATIENCE
    for work in works:
        work.wait(max(0.0, deadline - monotonic()))


class Workbench:
    """One layout under edit. `changed` is called, from any thread, whenever `shown` is new."""

    def __init__(
        self,
        document: Document,
        blobs: Blobs,
        changed: Callable[[], None] = lambda: None,
        *,
        recording: Path | None = None,
    ) -> None:
        self.log = Log(document)
        self.blobs = blobs
        self._saved = self.log.text()
        self._changed = changed
        self._recording = recording
        self._live: Live | None = None
        self._rival: Layout | None = None
        self._lock = threading.RLock()
        self._cancelled = threading.Event()
        self._thread: threading.Thread | None = None
        self._floor_known = threading.Event()
        self.shown = Snapshot(self.log.layout, recording=recording and str(recording))
        ends_with_process(self)

    # --- what a planner does ---------------------------------------------------------------------

    def start(self, seen: bool = False) -> None:
        """Work out, in a thread, all that is not known of the layout as it stands; its floor may be
        `seen` already."""
        with self._lock:
            self._cancelled.set()
            self._cancelled = cancelled = threading.Event()
            self.shown = replace(
                self.shown,
                layout=self.log.layout,
                recording=self._recording and str(self._recording),
                live=self._live and self._live.seen,
                stale_outlook=True,
                stale_proof=True,
                stage=self._first_stage(),
                share=None,
                stopped=False,
                problem="",
            )
            self._thread = threading.Thread(
                target=self._work, args=(cancelled, seen), name="workbench", daemon=True
            )
            self._thread.start()

    def _first_stage(self) -> str:
        if self._live is not None:
            return "" if self._live.seen else _CONNECTING
        return _CHECKING if self._recording is None else _READING

    def stop(self) -> None:
        """End what is being worked out; what is shown stays, and `start` goes on."""
        with self._lock:
            if self.shown.stage:
                self._cancelled.set()
                self.shown = replace(self.shown, stage="", share=None, stopped=True)
        self._changed()

    def do(self, command: Command, version: int | None = None, seen: bool = False) -> None:
        """An edit; raises TwinError where it is refused, and then nothing has changed. What it does
        to the floor may be `seen` already, by who has done it there."""
        self.log.do(command, version=version)
        self.start(seen)

    def undo(self) -> None:
        """Take back the last edit; raises TwinError where there is none."""
        self.log.undo()
        self.start()

    def redo(self) -> None:
        """Do again what was taken back; raises TwinError where there is nothing."""
        self.log.redo()
        self.start()

    def keep(self) -> None:
        """From now on, edits are compared with the layout as it stands."""
        with self._lock:
            if self.shown.outlook is not None and not self.shown.stale_outlook:
                self._rival = None
                proof = self.shown.proof if self.shown.is_proven else None
                self.shown = replace(self.shown, before=self.shown.outlook, before_proof=proof)
        self._changed()

    def replay(self, recording: Path) -> None:
        """Show a recording on this floor."""
        self._recording, self._live = recording, None
        self.start()

    def follow(self, live: Live) -> None:
        """Show what happens in a shop on this floor."""
        self._recording, self._live = None, live
        self.start()

    @property
    def is_following(self) -> bool:
        """Whether a shop is followed, though nothing may be known of it yet."""
        return self._live is not None

    def look_at(self, span: str) -> None:
        """Have the figures of a followed shop be over this span, a key of `live.SPANS`."""
        with self._lock:
            self.shown = replace(self.shown, span=span)
        if self._live is not None:
            self.start()

    def predict(self) -> None:
        """Back from a recording or a shop to the forecast."""
        self._recording = self._live = None
        self.start()

    def compare_with(self, layout: Layout) -> None:
        """From now on, edits are compared with another layout, which is forecast first."""
        with self._lock:
            self._rival = layout
            self.shown = replace(self.shown, before=None, before_proof=None)
        self.start()

    def saved(self) -> None:
        """The layout as it stands has been written to its file."""
        self._saved = self.log.text()

    def save_as(self, name: str) -> Path:
        """Write the layout as a new one of the user's own; raises TwinError where it cannot be."""
        if not folders.NAME.fullmatch(name):
            raise TwinError(
                f"{name!r} is no name for a layout; use letters, digits, - and _, beginning with "
                "a letter or a digit"
            )
        path = folders.user_folder() / "layouts" / f"{name}.yaml"
        text = self.log.text()
        with held(path):
            if path.exists():
                raise TwinError(f"{path}: exists already; choose another name")
            files.save(files.parse(text, str(path)), path)
        self._saved = text
        return path

    @property
    def is_edited(self) -> bool:
        """Whether the layout differs from the file it was opened from or last written to."""
        return self.log.text() != self._saved

    def close(self) -> None:
        """Stop all work; nothing is reported any more."""
        with self._lock:
            self._cancelled.set()
            self._changed = lambda: None

    def wait_for_floor(self, timeout: float) -> bool:
        """Wait [s] until the viewer has something to show; whether it has."""
        return self._floor_known.wait(timeout)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait [s] until all is worked out; whether it is."""
        thread = self._thread
        if thread is not None:
            thread.join(timeout)
        return thread is None or not thread.is_alive()

    # --- the chain -------------------------------------------------------------------------------

    def _work(self, cancelled: threading.Event, seen: bool) -> None:
        report = _Report(self, cancelled, seen)
        try:
            if self._live is not None:
                self._show_live(report, self._live)
            elif self._recording is not None:
                self._show_recording(report, self._recording)
            else:
                self._show_forecast(report)
        except Cancelled:
            return
        except TwinError as error:
            self._fail(report, str(error))
        except Exception as error:
            # A fault of the program itself: the page says so, the server's log has its place.
            self._fail(report, f"The program failed here: {type(error).__name__}: {error}")
            raise

    def _fail(self, report: _Report, text: str) -> None:
        try:
            report(problem=text, stage="", share=None)
        except Cancelled:
            return  # a newer edit has made the question, and so its failure, void

    def _show_recording(self, report: _Report, path: Path) -> None:
        report(stage=_READING, share=None)
        layout = self.shown.layout
        timeline = read(path, layout)
        kpis = measure(timeline)
        floor = floor_of(self.blobs, layout, timeline, None)
        report(
            floor=floor,
            timeline=timeline,
            kpis=kpis,
            outlook=None,
            proof=None,
            findings=(),
            checked=True,
            stage="",
        )

    def _show_live(self, report: _Report, live: Live) -> None:
        """Until it is cancelled: what the viewer plays comes to it apart, and more often."""
        shown: Seen | None = None
        while True:
            seen = live.seen
            if seen is None:
                report(problem=live.problem)
            elif seen is not shown or live.problem != self.shown.problem:
                more = self._of_live(report, seen) if shown is None else {}
                shown = seen
                report(
                    timeline=seen.timeline,
                    kpis=seen.kpis(self.shown.span, self.shown.layout),
                    live=seen,
                    problem=live.problem,
                    **more,
                )
            report.cancelled.wait(FIGURES if seen else PULSE)

    def _of_live(self, report: _Report, seen: Seen) -> dict[str, Any]:
        """What is shown of a shop from the first look on: its floor, and nothing of a forecast."""
        manifest, glb = scene_blobs(self.blobs, self.shown.layout, seen.timeline)
        floor = Floor(manifest, glb, self.blobs.put(seen.blob, "bin"))
        nothing: dict[str, Any] = {"outlook": None, "proof": None, "findings": ()}
        return {"floor": floor, "checked": True, "stage": "", **nothing}

    def _show_forecast(self, report: _Report) -> None:
        layout = self.shown.layout
        edited = self.shown.outlook is not None
        if not report.seen:
            # An asset that is none is said before physics begins; what came or went is shown.
            manifest, glb = scene_blobs(self.blobs, layout, self.shown.timeline)
            if self.shown.floor is not None:
                report(floor=replace(self.shown.floor, scene=manifest, glb=glb))
        report.soon(stage=_CHECKING, share=None, kpis=None)
        if self.shown.floor is None and not _MEMORY.knows(_factory_key(layout)):
            # Physics and the engine may take a while, once: the floor is there to look at.
            timeline = unknown(layout)
            report(floor=floor_of(self.blobs, layout, timeline, None), timeline=timeline)
        factory = validated(layout, report.cancelled)
        report.soon(findings=factory.findings, checked=True)
        if any(finding.severity == "error" for finding in factory.findings):
            timeline = unknown(layout)
            floor = floor_of(self.blobs, layout, timeline, factory)
            report(floor=floor, timeline=timeline, stage="", share=None)
            return
        machine_code.prepare(report.compiling, report.cancelled)
        # What an edit does is asked first; what is new is looked at first.
        for step in (_predict, _play) if edited else (_play, _predict):
            step(factory, report)
        report.soon(stage=_PROVING, share=0.0)
        proof = _proof(factory, report, report.proven)
        report(proof=proof, stale_proof=False)
        before = self._proof_before(report) or proof
        report(before_proof=before, stage="", share=None)
        if layout.arms:
            process.make_ready()  # for the next edit

    def before(self, report: _Report) -> Outlook | None:
        """What the layout is compared with: a version that was asked for, or what was shown."""
        rival, before = self._rival, self.shown.before
        if rival is None or (before is not None and before.layout == rival):
            return before
        factory = validated(rival, report.cancelled)
        if any(finding.severity == "error" for finding in factory.findings):
            raise TwinError("The version cannot be compared with: it has findings to be mended.")
        return _outlook(factory, report)

    def _proof_before(self, report: _Report) -> Proof | None:
        """The proof of what the layout is compared with; None where that is the layout itself."""
        if self._rival is None or self.shown.before_proof is not None:
            return self.shown.before_proof
        report(stage=_PROVING_BEFORE, share=0.0)
        return _proof(validated(self._rival, report.cancelled), report)


_CHECKING = "Checking the floor and the robot cells"
_READING = "Reading the recording"
_CONNECTING = "Connecting to the shop"
_PROVING = "Trying each change"
_PROVING_BEFORE = "Trying each change of what it is compared with"


class _Report:
    """Changes the snapshot of a workbench as long as its work is not void; else Cancelled. What
    the edit has done to the floor may be `seen` already."""

    def __init__(self, bench: Workbench, cancelled: threading.Event, seen: bool) -> None:
        self.bench = bench
        self.cancelled = cancelled
        self.seen = seen
        self._next = monotonic() + PULSE  # whoever has asked for the work draws what it is at
        self._due: threading.Timer | None = None

    def __call__(self, **changes: Any) -> None:
        with self.bench._lock:
            self._change(changes)
            self.bench._changed()

    def _change(self, changes: Mapping[str, Any]) -> None:
        if self.cancelled.is_set():
            raise Cancelled
        self.bench.shown = replace(self.bench.shown, **changes)
        if self.bench.shown.floor is not None:
            self.bench._floor_known.set()

    def progress(self, done: int, total: int) -> None:
        """Replications done, of how many; told now and then."""
        if not self.cancelled.is_set():
            self.soon(share=done / total)

    def proven(self, proof: Proof) -> None:
        """What has been tried so far; told now and then."""
        self.soon(proof=proof, stale_proof=False)

    def compiling(self, stage: str, share: float) -> None:
        """What the compiler is at, and how far all of it is; told now and then."""
        self.soon(stage=f"{machine_code.COMPILING}: {stage}", share=share)

    def soon(self, **changes: Any) -> None:
        """Change what is shown; who draws it hears of it once a pulse, or with what comes before:
        drawing takes time from what is being worked out, and more where the processor draws."""
        with self.bench._lock:
            self._change(changes)
            now = monotonic()
            if now >= self._next:
                self._tell()
            elif self._due is None:
                self._due = threading.Timer(self._next - now, self._late)
                self._due.daemon = True
                self._due.start()

    def _late(self) -> None:
        with self.bench._lock:
            self._due = None
            if not self.cancelled.is_set():
                self._tell()

    def _tell(self) -> None:
        self._next = monotonic() + PULSE
        self.bench._changed()


# --- the links of the chain --------------------------------------------------------------------


def scene_blobs(blobs: Blobs, layout: Layout, timeline: Timeline | None) -> tuple[str, str]:
    """Addresses of scene.json and scene.glb of a layout, with the ways that a timeline takes."""
    models = [machine.asset for machine in layout.machines.values()]
    models += [vehicle.asset for vehicle in layout.transport.vehicles.values()]
    arms = [(arm.asset, arm.height) for arm in layout.arms.values()]
    shape = ("glb", str(blobs.folder), *models, *arms, *layout.floor.size)
    glb = _MEMORY.recall(shape, lambda: blobs.put(scene(layout), "glb"))
    return blobs.put(manifest(layout, timeline), "json"), glb


def manifest(layout: Layout, timeline: Timeline | None) -> bytes:
    """scene.json, with the ways over the floor that a timeline's moves take: all that there are
    would be megabytes for some hundred machines."""
    drawn = {} if timeline is None else _ways(paths.distances(layout), timeline)
    placed = {**scene_manifest(layout), "paths": drawn}
    return json.dumps(placed, allow_nan=False, separators=(",", ":")).encode()


def _ways(ways: paths.Distances, timeline: Timeline) -> dict[str, list[list[float]]]:
    """The corners [m] of the way of each move, by "origin|target": machines or places, once there
    and back. A person's own home is where the crew's is."""
    drawn = {}
    ends = np.unique(timeline.moves[["origin", "target"]])
    for codes in ends[(ends["origin"] >= 0) & (ends["target"] >= 0)].tolist():
        names = sorted(timeline.name(code) for code in codes)
        homes = [name.partition("#")[0] for name in names]
        if all(ways.knows(home) for home in homes):
            a, b = (ways.place(home) for home in homes)
            keys = (n if "#" in n else place for n, place in zip(names, (a, b), strict=True))
            drawn["|".join(keys)] = np.round(ways.path(a, b), 3).tolist()
    return drawn


def floor_of(blobs: Blobs, layout: Layout, timeline: Timeline, factory: Factory | None) -> Floor:
    """The three blobs of a floor and what happens on it."""
    manifest, glb = scene_blobs(blobs, layout, timeline)
    motions = factory.motions if factory is not None else None
    return Floor(manifest, glb, blobs.put(codec.encode(timeline, programs=motions), "bin"))


def span(layout: Layout) -> tuple[float, float]:
    """The clock that is shown of a layout [s]: some days from its first shift on, or some hours."""
    calendar = layout.calendars.get(layout.calendar or "")
    openings = merged(calendar) if calendar is not None else []
    if not openings:
        return 0.0, SHOWN_HOURS * 3600.0
    return openings[0][0], SHOWN_DAYS * DAY


def validated(layout: Layout, cancelled: threading.Event | None = None) -> Factory:
    """What rules and physics say of a layout, once for all pages."""
    return _MEMORY.recall(
        _factory_key(layout), lambda: validate(layout, cancelled=cancelled), cancelled
    )


def _factory_key(layout: Layout) -> Hashable:
    return "factory", files.layout_key(layout), programs_key(layout)


def shown_days(factory: Factory, clock: tuple[float, float] | None = None) -> Timeline:
    """What the viewer plays: the first days of an empty plant, from the first opening on, or what
    happens between two times [s]."""
    start, end = clock or span(factory.layout)
    run = _MEMORY.recall(("timeline", factory.key, end), lambda: simulate(factory, end, SHOWN_SEED))
    return run.clip(start, end)


def unknown(layout: Layout, clock: tuple[float, float] | None = None) -> Timeline:
    """A clock on which nothing is known: the floor of a layout that cannot be simulated."""
    start, end = clock or span(layout)
    names = [
        name if machine.places == 1 else f"{name}.{k + 1}"
        for name, machine in layout.machines.items()
        for k in range(machine.places)
    ]
    rows = [(i, State.UNAVAILABLE, -1, start, end, 0, -1) for i in range(len(names))]
    return Timeline(
        names=tuple(names),
        resources=tuple(range(len(names))),
        start=start,
        end=end,
        intervals=table("intervals", rows),
        moves=table("moves"),
        orders=table("orders"),
        points=table("points"),
        layout=layout.name,
        origin="unknown",
    )


def sampled(factory: Factory, horizon: Horizon, cancelled: threading.Event | None = None) -> Sample:
    """The replications of a layout over a horizon that need not be its own, once for all pages."""
    return _MEMORY.recall(
        ("sample", factory.key, horizon),
        lambda: observe(factory, horizon, cancelled=cancelled),
        cancelled,
    )


def _play(factory: Factory, report: _Report) -> None:
    """Show the days that the viewer plays."""
    report.soon(stage="Simulating the days that are shown", share=None)
    timeline = shown_days(factory)
    report(floor=floor_of(report.bench.blobs, factory.layout, timeline, factory), timeline=timeline)


def _predict(factory: Factory, report: _Report) -> None:
    """Show the forecast; the first one is what edits are compared with."""
    report.soon(stage="Forecasting", share=0.0)
    outlook = _outlook(factory, report)
    before = report.bench.before(report) or outlook
    report(outlook=outlook, before=before, stale_outlook=False)


def _outlook(factory: Factory, report: _Report) -> Outlook:
    def make() -> Outlook:
        made = predict(factory, progress=report.progress, cancelled=report.cancelled)
        tables = plan(factory)
        prices = Prices(factory.layout, tables.units, tables.people)
        return Outlook(factory.layout, made, prices.per_part(list(made.tallies)))

    return _MEMORY.recall(("outlook", factory.key), make, report.cancelled)


def _proof(
    factory: Factory, report: _Report, found: Callable[[Proof], None] | None = None
) -> Proof:
    def make() -> Proof:
        forecast = _outlook(factory, report).forecast  # known by now
        return prove(
            factory,
            forecast.horizon,
            base=forecast.tallies,
            progress=report.progress,
            cancelled=report.cancelled,
            found=found,
        )

    return _MEMORY.recall(("proof", factory.key), make, report.cancelled)


def recordings_of(layout: Layout) -> dict[str, Path]:
    """Recordings, the user's own and the package's, that can be replayed on a layout."""
    found: dict[str, Path] = {}
    own = folders.user_folder() / "recordings"
    for folder in (*(f / "recordings" for f in reversed(folders.search_path("layouts"))), own):
        if not folder.is_dir():
            continue
        for path in sorted(folder.iterdir()):
            if not path.name.startswith(".") and _speaks_of(path, layout):
                found[path.name] = path
    return found


def _speaks_of(path: Path, layout: Layout) -> bool:
    """Whether a recording can be read and is of machines that the layout has."""
    names = frozenset(layout.machines)

    def look() -> bool:
        try:
            read(path, layout)
        except TwinError:
            return False  # another plant's, or no recording: not offered
        return True

    return _MEMORY.recall(("speaks", str(path), path.stat().st_mtime, names), look)
