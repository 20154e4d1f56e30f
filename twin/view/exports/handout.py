"""What there is to hand on of a factory: a shift that is played, its figures, and their basis."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from twin.active_periods import bottleneck_history
from twin.bottlenecks import Proof
from twin.cells.factory import Factory, Transfer
from twin.economics import part_cost
from twin.errors import RecordingError, TwinError, nearest
from twin.forecast import Forecast
from twin.kpis import measure
from twin.layout import files, folders
from twin.layout.basis import count_bases
from twin.layout.schema import Layout
from twin.production.run import seconds, simulate
from twin.recordings import parquet
from twin.recordings.read import read
from twin.timeline import Timeline
from twin.view import figures, words
from twin.view.codec import Key
from twin.view.live import SHOWN, Seen, last
from twin.view.workbench import SHOWN_SEED, Outlook, Snapshot, span, validated

SHIFT = 8 * 3600.0  # s that are played where nobody says how many


@dataclass(frozen=True)
class Handout:
    """What a page shows, and the motions of its robot arms, keyed as those of a Factory."""

    shown: Snapshot
    motions: Mapping[Key, Transfer] = field(default_factory=dict)

    @property
    def layout(self) -> Layout:
        return self.shown.layout

    @property
    def is_known(self) -> bool:
        """Whether all figures are there and are those of the layout as it stands."""
        shown = self.shown
        made = shown.outlook is not None and shown.proof is not None
        fresh = not (shown.stale_outlook or shown.stale_proof)
        return shown.timeline is not None and (shown.kpis is not None or (made and fresh))


def of_layout(layout: Layout) -> Handout:
    """The floor by itself: no figures, nothing that is played."""
    return Handout(Snapshot(layout))


def of_page(shown: Snapshot) -> Handout:
    """What a page shows at one moment; of a followed shop, its last hours as a recording."""
    if shown.live is not None:
        shown = _kept(shown, shown.live)
    made = Handout(shown)
    if shown.is_replay or not made.is_known:
        return made
    return Handout(shown, validated(shown.layout).motions)


def _kept(shown: Snapshot, live: Seen) -> Snapshot:
    """What is handed on does not go on: it says what was, up to this moment."""
    hours = replace(last(live.timeline, SHOWN), origin="recorded")
    return replace(
        shown, live=None, recording=hours.run, timeline=hours, kpis=measure(hours), problem=""
    )


def of_forecast(
    factory: Factory,
    forecast: Forecast,
    proof: Proof,
    length: float | str = SHIFT,
    seed: int = SHOWN_SEED,
) -> Handout:
    """A forecast, and one simulated shift that is played: `length` [s] from the first opening of an
    empty plant on. Raises RunError where there is no such time, FindingsError where the factory has
    an error finding."""
    start, _ = span(factory.layout)
    end = start + seconds(length)
    outlook = Outlook(factory.layout, forecast, part_cost(factory, forecast.tallies))
    shown = Snapshot(
        factory.layout,
        findings=factory.findings,
        timeline=simulate(factory, end, seed).clip(start, end),
        outlook=outlook,
        proof=proof,
        checked=True,
    )
    return Handout(shown, factory.motions)


def of_run(factory: Factory, run: Timeline) -> Handout:
    """One run with the figures of its own."""
    shown = Snapshot(factory.layout, timeline=run, kpis=measure(run), recording=run.run)
    return Handout(shown, factory.motions)


def of_recording(path: Path, layout: Layout) -> Handout:
    """A recording on its floor, with the figures of its own. Raises RecordingError."""
    timeline = read(path, layout)
    kpis = measure(timeline)
    return Handout(Snapshot(layout, timeline=timeline, kpis=kpis, recording=str(path)))


def floor_of(path: Path) -> Layout:
    """The layout that a recording names, among those that are known by name.

    Raises RecordingError where the format names none or it is not known: then the user has to.
    """
    if not path.is_dir():
        raise RecordingError(
            f"{path}: to show a file, name the layout it was recorded on: --layout"
        )
    wanted = parquet.read(path).layout
    known: dict[str, Layout] = {}
    for file in folders.known_layouts().values():
        try:
            layout = files.load(file)
        except TwinError:
            continue  # a layout that cannot be read is not the one, and is told when it is opened
        known[layout.name] = layout
    if wanted not in known:
        raise RecordingError(
            f"{path}: was made on the layout {wanted!r}, which is not known here; "
            f"{nearest(wanted, known)} Name its file: --layout"
        )
    return known[wanted]


# --- what the figures rest on --------------------------------------------------------------------


def kind(handout: Handout) -> str:
    """The badge: what is seen, in a word or two."""
    shown = handout.shown
    if shown.kpis is None:
        return "PREDICTED"
    return {
        "simulated": "SIMULATED RUN",
        "recorded": "REPLAY",
        "synthetic": "REPLAY · synthetic",
    }.get(shown.kpis.origin, shown.kpis.origin.upper())


def basis(handout: Handout) -> list[tuple[str, str]]:
    """Where the figures come from, as (what, in words): runs, intervals, run ids, the layout."""
    shown = handout.shown
    told = _of_forecast(shown.outlook) if shown.outlook is not None else _of_record(shown)
    if shown.timeline is not None and shown.timeline.run:
        told.append(("Run that is played", shown.timeline.run))
    counts = count_bases(handout.layout)
    named = ", ".join(f"{count} {basis}" for basis, count in counts.items())
    told.append(("Numbers of the layout", f"{sum(counts.values())}: {named}"))
    return told


def _of_forecast(made: Outlook) -> list[tuple[str, str]]:
    horizon = made.forecast.horizon
    start = f"{words.duration(horizon.warm_up)} of warm-up" if horizon.warm_up else "an empty start"
    return [
        (
            "Figures",
            f"predicted: {horizon.replications} simulated runs of {words.duration(horizon.window)}"
            f" each, after {start}",
        ),
        (
            "Intervals",
            "a mean's (within, ±) holds the model's mean with 95 %; 9 of 10 orders is where the"
            " next order falls; the gains of one list hold together with 95 %",
        ),
        ("What is played", "one simulated shift of many that are possible, from an empty plant on"),
        ("Run of the forecast", made.forecast.run),
        *(("Note", note) for note in made.forecast.notes()),
    ]


def _of_record(shown: Snapshot) -> list[tuple[str, str]]:
    origin = shown.kpis.origin if shown.kpis is not None else "unknown"
    said = {
        "recorded": "recorded in a real factory: counted, not estimated",
        "synthetic": "a simulated run, shipped as a recording: counted in it",
        "simulated": "counted in one simulated run, which is one of many that are possible",
    }
    return [
        ("Figures", said.get(origin, "of a recording whose origin is not known")),
        ("Intervals", "none: this is one record; 9 of 10 orders is how these orders fell"),
    ]


def headline(handout: Handout) -> str:
    """What the factory makes and what holds it back; of a record, who worked longest on end."""
    shown = handout.shown
    if shown.kpis is None or shown.timeline is None:
        return figures.sentence(shown)
    made = words.plural(
        shown.kpis.parts, figures.singular(shown.layout), figures.noun(shown.layout)
    )
    said = f"{made} in {words.duration(shown.kpis.window)}."
    holder = _longest_bottleneck(shown.timeline, shown.layout)
    return f"{said} {holder}" if holder else said


def _longest_bottleneck(timeline: Timeline, layout: Layout) -> str:
    """Who was the momentary bottleneck for the longest time, by active periods: each machine and
    person by itself. What a change would bring this does not say."""
    history = bottleneck_history(timeline)
    times = {name: alone + history.shifting[name] for name, alone in history.sole.items()}
    name = max(times, key=lambda one: times[one], default="")
    if not name or times[name] <= 0:
        return ""
    share = words.percent(min(1.0, times[name] / (timeline.end - timeline.start)))
    return (
        f"{figures.label_of(layout, name)} was at work without a pause the longest, and so the"
        f" momentary bottleneck for {share} of the time (by active periods)."
    )
