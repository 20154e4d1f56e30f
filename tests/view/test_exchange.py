"""An exchange is played as one motion, in which two parts have ways of their own."""

from __future__ import annotations

import numpy as np

from twin.cells.factory import validate
from twin.layout import files, folders
from twin.layout.schema import Orders
from twin.production.run import simulate
from twin.view import codec
from twin.view.cells.film import film, transfers_of

MILL = folders.package_folder("layouts") / "mill_exchange.yaml"


def test_what_is_fetched_and_what_is_brought_play_one_motion_after_the_other() -> None:
    factory = validate(files.load(MILL))
    (whole,) = factory.exchanges.values()
    busy = files.load(MILL).model_copy(
        update={"orders": {"blocks": _always(factory.layout.orders["blocks"])}}
    )
    factory = validate(busy)
    timeline = simulate(factory, until=3000.0, seed=1)
    blob = codec.decode(codec.encode(timeline, programs=factory.motions))
    moves, programs = blob.tables["moves"], blob.header["programs"]
    along = [k for k, p in enumerate(moves["program"]) if p >= 0 and programs[p]["plays"] == 2]
    assert len(along) >= 10
    for k in along:
        brought = programs[moves["program"][k]]
        before = np.flatnonzero(moves["end"] == moves["start"][k])
        (fetched,) = (programs[moves["program"][j]] for j in before if moves["program"][j] >= 0)
        assert fetched["plays"] == 1 and fetched["from"] == 0.0
        assert brought["from"] == fetched["duration"]  # it goes on where the other has stopped
        assert brought["from"] + brought["duration"] == whole.duration
        assert fetched["sample"] == brought["sample"]  # of the same motion
        assert (fetched["tip"], brought["tip"]) == (1, 0)


def test_the_film_of_a_cell_shows_it_as_a_whole() -> None:
    factory = validate(files.load(MILL))
    played = film(factory, "cobot")
    blob = codec.decode(codec.encode(played, programs=factory.motions))
    assert [one.exchange for one in transfers_of(factory, "cobot")] == [False, False, True]
    programs = [blob.header["programs"][k] for k in blob.tables["moves"]["program"]]
    assert [one["plays"] for one in programs] == [0, 0, 3, 3]
    whole = transfers_of(factory, "cobot")[-1]
    for program, carry in zip(programs[2:], whole.carries, strict=True):
        assert (program["grip"], program["release"]) == (carry.grip, carry.release)
        assert (program["from"], program["duration"]) == (0.0, whole.duration)


def _always(orders: Orders) -> Orders:
    return orders.model_copy(update={"every": None, "release": "always"})
