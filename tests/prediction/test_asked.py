"""What comes next from where a plant stands: asked in Python and in a shell."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import numpy as np
import pytest

import twin
from tests.view.plants import PLANT
from twin.cells.factory import Factory
from twin.cli import main
from twin.forecast import Forecast
from twin.layout.files import parse
from twin.prediction.forecast import StateForecast
from twin.prediction.text import told
from twin.recordings import parquet
from twin.timeline import Timeline

HOUR = 3600.0


@pytest.fixture(scope="module")
def factory() -> Factory:
    return twin.validate(parse(PLANT, "brackets").layout)


@pytest.fixture(scope="module")
def run(factory: Factory) -> Timeline:
    return twin.simulate(factory, until="16 h", seed=3)


def test_a_timeline_is_gone_on_with_and_nothing_is_a_question_of_the_long_run(
    factory: Factory, run: Timeline
) -> None:
    made = twin.predict(factory, run, at=10 * HOUR, horizon="4 h", replications=50)
    assert isinstance(made, StateForecast) and made.futures == 50
    assert made.begin == 10 * HOUR and made.end == 14 * HOUR
    assert isinstance(twin.predict(factory, replications=10), Forecast)


def test_a_shop_that_is_followed_is_asked_for_its_timeline(factory: Factory, run: Timeline) -> None:
    class Shop:
        def timeline(self) -> Timeline:
            return run.clip(run.start, 10 * HOUR)

    of_shop = twin.predict(factory, Shop(), horizon="4 h", replications=20)
    of_run = twin.predict(factory, run, at=10 * HOUR, horizon="4 h", replications=20)
    assert len(of_shop.orders) == len(of_run.orders) > 0
    for one, other in zip(of_shop.orders, of_run.orders, strict=True):
        assert np.array_equal(one.finishes, other.finishes)  # nothing behind its time is used


def test_it_is_said_in_words_and_as_data(
    tmp_path: Path, factory: Factory, run: Timeline, capsys: pytest.CaptureFixture[str]
) -> None:
    layout, kept = tmp_path / "brackets.yaml", tmp_path / "run"
    layout.write_text(PLANT)
    parquet.write(run, kept)
    asked = ["predict", str(layout), "--after", str(kept), "--at", "10 h", "--horizon", "4 h"]
    assert main([*asked, "--replications", "40"]) == 0
    said = capsys.readouterr().out
    assert "40 futures up to 2026-01-05 14:00" in said and "prediction intervals" in said
    assert main([*asked, "--replications", "40", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    made = twin.predict(factory, run, at=10 * HOUR, horizon="4 h", replications=40)
    assert said == "\n".join(told(made, run)) + "\n"
    assert data["interval"] == "prediction" and len(data["hours"]) == 4
    for one, row in zip(made.orders, data["orders"], strict=True):
        half = one.quantile(0.5)
        told_half = row["finish"]["0.5"]
        if np.isinf(half):
            assert told_half is None
        else:
            later = datetime.fromisoformat(told_half) - run.epoch
            assert later.total_seconds() == pytest.approx(half, abs=1e-5)


def test_what_cannot_be_asked_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layout = tmp_path / "brackets.yaml"
    layout.write_text(PLANT)
    for options, said in (
        (["--at", "4 h"], "name a recording by --after"),
        (["--after", "none", "--until", "4 h"], "are of the long run"),
        (["--after", str(tmp_path / "none")], "none"),
        (["--after", str(layout), "--horizon", "soon"], "soon"),
    ):
        assert main(["predict", str(layout), *options]) == 2
        assert said in capsys.readouterr().err
