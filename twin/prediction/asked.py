"""`twin.predict`: what a layout makes in the long run, or what comes next in its shop as it is."""

from __future__ import annotations

import threading
from typing import Any, Protocol, overload

from twin import forecast as steady
from twin.cells.factory import Factory
from twin.prediction.forecast import REPLICATIONS, StateForecast, forecast
from twin.prediction.observed import standing_at
from twin.production.plan import plan
from twin.timeline import Timeline

HORIZON = "8 h"


class Shop(Protocol):
    """A shop that is followed (twin.connect)."""

    def timeline(self) -> Timeline:
        """What happened up to now."""
        ...


@overload
def predict(factory: Factory, source: Timeline | Shop, **options: Any) -> StateForecast: ...


@overload
def predict(
    factory: Factory, source: float | str | None = None, **options: Any
) -> steady.Forecast: ...


def predict(
    factory: Factory, source: Timeline | Shop | float | str | None = None, **options: Any
) -> StateForecast | steady.Forecast:
    """With a timeline or a shop that is followed: what becomes of its open orders, from where it
    stands (see `from_state`, for its options, too). Without: the steady output of a layout, or what
    it makes from empty up to a time (see twin.forecast.predict)."""
    if source is None or isinstance(source, float | int | str):
        return steady.predict(factory, source, **options)
    timeline = source if isinstance(source, Timeline) else source.timeline()
    return from_state(factory, timeline, **options)


def from_state(
    factory: Factory,
    timeline: Timeline,
    at: float | None = None,
    *,
    horizon: float | str = HORIZON,
    replications: int = REPLICATIONS,
    seed: int = 1,
    cancelled: threading.Event | None = None,
) -> StateForecast:
    """What happens from where a plant stands at a time of a timeline [s], its end if left out, up
    to a horizon [s, or a text such as "4 h"] after it; nothing behind that time is used.

    Raises FindingsError where the factory has an error finding, RecordingError where the timeline
    is not of this plant, RunError where the plant cannot stand like that.
    """
    time = timeline.end if at is None else at
    standing = standing_at(factory.layout, plan(factory), timeline, time)
    return forecast(
        factory, standing, horizon, replications=replications, seed=seed, cancelled=cancelled
    )
