"""The blob says what the timeline says, within a millisecond, and says so for good."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.view import films
from twin.cells.factory import Transfer
from twin.errors import RecordingError, TwinError
from twin.timeline import Names, State, Timeline, table
from twin.view import codec

GOLDEN = Path(__file__).parent / "golden"


def golden_text(decoded: codec.Decoded) -> str:
    """What a reader in another language must find in the golden blob."""
    tables = {
        name: {column: values.tolist() for column, values in columns.items()}
        for name, columns in decoded.tables.items()
    }
    content = {"header": decoded.header, "tables": tables}
    return json.dumps(content, indent=1).replace("NaN", "null") + "\n"


def texts(timeline: Timeline, codes: np.ndarray) -> list[str]:
    return [timeline.name(code) for code in codes.tolist()]


def read(decoded: codec.Decoded, listed: str, codes: np.ndarray) -> list[str]:
    names = decoded.header[listed]
    return [names[code] if code >= 0 else "" for code in codes.tolist()]


def ranked(named: list[tuple[str, ...]], table: Any, tick: float) -> list[int]:
    """Rows by their texts, then start and end in ticks: rows of one tick are alike."""
    ticks = [np.rint(np.nan_to_num(table[c], nan=np.inf) / tick) for c in ("start", "end")]
    return sorted(range(len(named)), key=lambda i: (named[i], ticks[0][i], ticks[1][i]))


def assert_same(timeline: Timeline, decoded: codec.Decoded) -> None:
    """Every interval and move is there, with the same texts, and times within a tick."""
    tick = decoded.header["tick"]
    for name, listed in (
        ("intervals", {"resource": "resources", "part": "parts"}),
        ("moves", {"part": "parts", "carrier": "resources", "origin": "places"}),
    ):
        rows, columns = getattr(timeline, name), decoded.tables[name]
        assert len(rows) == decoded.rows(name)
        mine = list(zip(*(texts(timeline, rows[c]) for c in listed), strict=True))
        theirs = list(zip(*(read(decoded, h, columns[c]) for c, h in listed.items()), strict=True))
        order, there = ranked(mine, rows, tick), ranked(theirs, columns, tick)
        assert [mine[i] for i in order] == [theirs[i] for i in there]
        for column in ("start", "end"):
            np.testing.assert_allclose(
                rows[column][order], columns[column][there], atol=tick / 2 + 1e-9
            )


def test_golden_blobs_are_what_encode_writes() -> None:
    timeline, programs = films.small()
    blob = codec.encode(timeline, programs=programs)
    assert blob == (GOLDEN / "small.twin").read_bytes()
    shift = codec.encode(films.shift(60, stations=4, arms=1))
    assert shift == (GOLDEN / "shift.twin").read_bytes()
    assert golden_text(codec.decode(blob)) == (GOLDEN / "small.json").read_text()


def test_small_timeline_comes_back() -> None:
    timeline, programs = films.small()
    decoded = codec.decode(codec.encode(timeline, programs=programs))
    assert_same(timeline, decoded)
    assert decoded.header["origin"] == "simulated"
    assert decoded.header["states"][State.BLOCKED] == "BLOCKED"
    moves = decoded.tables["moves"]
    followed = moves["program"] == 0
    assert read(decoded, "places", moves["origin"][followed]) == ["mill.nest"]
    assert followed.sum() == 1


def test_parts_live_from_release_to_the_end_of_their_order() -> None:
    timeline, programs = films.small()
    decoded = codec.decode(codec.encode(timeline, programs=programs))
    parts = dict(zip(decoded.header["parts"], range(99), strict=False))
    # o2 wants two: one is at work, one still waits; o3 waits as a whole.
    assert set(parts) == {"o1", "o2/1", "o2/2", "o3"}
    start, end = decoded.tables["parts"]["start"], decoded.tables["parts"]["end"]
    assert (start[parts["o1"]], end[parts["o1"]]) == (0.0, 180.0)
    assert start[parts["o2/2"]] == 95.0 and np.isnan(end[parts["o2/2"]])
    assert start[parts["o3"]] == 0.0  # released before the clock begins
    products = read(decoded, "products", decoded.tables["parts"]["product"])
    assert products[parts["o2/2"]] == "board" and products[parts["o3"]] == "frame"


def test_part_without_an_order_leaves_after_its_last_event() -> None:
    timeline, _ = films.small()
    decoded = codec.decode(codec.encode(replace(timeline, orders=table("orders"))))
    parts = decoded.tables["parts"]
    row = decoded.header["parts"].index("o1")
    assert (parts["start"][row], parts["end"][row]) == (10.0, 170.0)
    assert np.isnan(parts["end"][decoded.header["parts"].index("o2/1")])
    assert parts["order"].tolist() == [-1, -1]


def test_intervals_are_sorted_for_binary_search() -> None:
    timeline, _ = films.small()
    columns = codec.decode(codec.encode(timeline)).tables["intervals"]
    order = np.lexsort((columns["start"], columns["resource"]))
    assert order.tolist() == list(range(len(order)))


def test_dense_program_is_thinned_but_keeps_its_shape_grip_and_end() -> None:
    times = np.linspace(0.0, 4.0, 4001)
    path = np.stack([np.sin(times), np.cos(2 * times)], axis=-1)
    transfer = Transfer("a", "p", "q", times, path, 1.2345, 2.3456, 0.1, "")
    key = ("a", "p", "q")
    at, joints = codec.decode(codec.encode(films.small()[0], programs={key: transfer})).program(0)
    assert len(at) < 200 and at[-1] == pytest.approx(4.0)
    for mark in (1.2345, 2.3456):
        assert np.abs(at - mark).min() < 1e-6
    expected = np.stack([np.interp(times, at, column) for column in joints.T], axis=-1)
    assert np.abs(expected - path).max() < 1e-3  # rad


def test_a_shift_of_a_thousand_parts_stays_small() -> None:
    timeline = films.shift(1000)
    blob = codec.encode(timeline)
    assert len(timeline.intervals) == 30_000
    assert len(blob) < 1.5e6
    assert_same(timeline, codec.decode(blob))


def test_a_quarter_of_a_year_takes_a_coarser_tick() -> None:
    timeline = replace(films.small()[0], end=90 * 86400.0)
    decoded = codec.decode(codec.encode(timeline))
    assert decoded.header["tick"] == 0.002
    assert_same(timeline, decoded)


def test_columns_are_aligned() -> None:
    timeline, programs = films.small()
    blob = codec.encode(timeline, programs=programs)
    offset = int.from_bytes(blob[12:16], "little")
    entries = codec.decode(blob).header["tables"].values()
    places = [place for entry in entries for _, place in entry["columns"].values()]
    assert offset % 8 == 0 and all(place % 8 == 0 for place in places)


@pytest.mark.parametrize(
    ("blob", "what"),
    [
        (b"", "does not begin with 'TWIN'"),
        (b"PK\x03\x04" + b"\0" * 40, "does not begin with 'TWIN'"),
        (b"TWIN\x09\0\0\0" + b"\0" * 40, "version 9"),
    ],
)
def test_what_is_no_blob_is_refused(blob: bytes, what: str) -> None:
    with pytest.raises(RecordingError, match=what):
        codec.decode(blob)


@pytest.mark.parametrize("share", [0.05, 0.3, 0.99])
def test_a_blob_that_is_cut_off_is_refused(share: float) -> None:
    timeline, programs = films.small()
    blob = codec.encode(timeline, programs=programs)
    with pytest.raises(RecordingError, match="cut off"):
        codec.decode(blob[: int(len(blob) * share)])


def test_an_unknown_state_is_refused() -> None:
    timeline, _ = films.small()
    timeline.intervals["state"][0] = 77
    with pytest.raises(TwinError, match="unknown state 77"):
        codec.encode(timeline)


def test_an_empty_timeline_is_a_blob_without_rows() -> None:
    empty = Timeline(
        (), (), 0.0, 60.0, table("intervals"), table("moves"), table("orders"), table("points")
    )
    decoded = codec.decode(codec.encode(empty))
    assert [decoded.rows(name) for name in ("intervals", "moves", "orders", "parts")] == [0] * 4


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    names = Names(["spare", "m0", "m1", "m2"])
    part = st.sampled_from([-1, names["p"], names["q/1"]])
    time = st.floats(0, 1e6, allow_nan=False)
    span = st.tuples(time, time, st.booleans()).map(
        lambda s: (min(s[:2]), float("nan") if s[2] else max(s[:2]))
    )
    row = st.tuples(st.integers(1, 3), st.integers(0, 10), part, span)
    rows = [(r, s, p, *t, 0, -1) for r, s, p, t in draw(st.lists(row, max_size=30))]
    move = st.tuples(part, st.integers(-1, 3), st.integers(0, 3), st.integers(0, 3), span)
    moves = [(p, c, o, g, *t, 0, -1) for p, c, o, g, t in draw(st.lists(move, max_size=30))]
    intervals = table("intervals", rows)
    return Timeline(
        names.texts(), (1, 2), 0.0, 1e6, intervals, table("moves", moves),
        table("orders"), table("points"),
    )  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(timelines())
def test_any_timeline_comes_back(timeline: Timeline) -> None:
    decoded = codec.decode(codec.encode(timeline))
    assert decoded.header["resources"][:2] == ["m0", "m1"]
    assert_same(timeline, decoded)


def test_programs_of_others_are_kept_but_not_followed() -> None:
    timeline, programs = films.small()
    (transfer,) = programs.values()
    decoded = codec.decode(codec.encode(timeline, programs={("x", "y", "z"): transfer}))
    assert (decoded.tables["moves"]["program"] == -1).all()
    assert len(decoded.header["programs"]) == 1
