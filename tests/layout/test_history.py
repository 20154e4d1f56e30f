"""The steps of undo and redo as a draft keeps them."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from twin.layout.history import STEPS, History, packed, recent, unpacked

TEXTS = st.lists(st.text("ab\n\u00fc", max_size=12), min_size=1, max_size=8)


@given(TEXTS, st.data())
def test_what_is_packed_is_unpacked(texts: list[str], data: st.DataObject) -> None:
    history = History(tuple(texts), data.draw(st.integers(0, len(texts) - 1)))
    assert unpacked(json.loads(json.dumps(packed(history)))) == history


def test_only_what_is_new_is_kept() -> None:
    long = "x" * 10_000
    content = packed(History((long + "a" + long, long + "b" + long), 1))
    assert content["steps"] == [[10_000, 10_001, "b"]]


@pytest.mark.parametrize("at", [0, 100, 250, 499])
def test_at_most_so_many_steps_around_where_it_stands(at: int) -> None:
    texts = tuple(str(k) for k in range(500))
    kept = recent(History(texts, at))
    assert len(kept.texts) <= STEPS + 1 and kept.texts[kept.at] == str(at)
    assert kept.at == min(at, STEPS)


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        {"first": "a", "at": 3, "steps": []},
        {"first": "a", "at": 0, "steps": [[0, 9, ""]]},
        {"first": "a", "at": 0, "steps": [[1, 0, ""]]},
        {"first": "a", "at": 0, "steps": [["x", 1, ""]]},
        {"first": "a", "at": 0, "steps": 7},
        {"first": "", "at": 0, "steps": [[0, 0, "a"]] * (STEPS + 1)},
    ],
)
def test_what_is_no_history_is_none(content: Any) -> None:
    assert unpacked(content) is None
