"""The shipped board line against a plain SimPy model of the same description."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.against.board_line import boards_a_day
from tests.plants import document
from twin.cells.factory import Factory, validate
from twin.experiments import Horizon, output, replicate
from twin.layout.schema import Layout
from twin.production.plan import Variant

DAY = 86400.0


@pytest.fixture(scope="module")
def factory() -> Factory:
    """The line without walking and all but without carrying: the plain model has neither."""
    raw = document("pcb_line")
    for crew in raw["crews"].values():
        del crew["walking"]
    raw["transport"] = {"speed": 10}
    return validate(Layout.model_validate(raw))


@pytest.mark.parametrize(
    ("variant", "changes"),
    [
        (Variant(), {}),
        (Variant(more={"setup": 1}), {"people": 2}),
        (Variant(more={"place": 1}), {"placers": 1}),
    ],
    ids=["as it is", "two set-up people", "six placers"],
)
def test_output_against_a_plain_model(
    factory: Factory, variant: Variant, changes: dict[str, Any]
) -> None:
    plain = np.array([boards_a_day(seed, **changes) for seed in range(6)])
    ours = output(replicate(factory, Horizon(10 * DAY, 50 * DAY, 12), [variant])[0]) * DAY
    spread = np.hypot(plain.std(ddof=1) / 6**0.5, ours.std(ddof=1) / 12**0.5)
    # The arm's loading, which the plain model leaves out, delays the testers only.
    assert abs(plain.mean() - ours.mean()) < 4 * spread
