"""Whether two sets of figures are the same but for the last bits of their sums."""

from __future__ import annotations

import pytest

from twin.kpis import Kpis


def same_figures(one: Kpis, other: Kpis) -> bool:
    """Asserts that they are; True."""
    for key in ("window", "finished", "released", "scrapped", "parts", "origin", "run", "products"):
        assert getattr(one, key) == getattr(other, key), key
    assert one.wip == pytest.approx(other.wip)
    assert sorted(one.leads) == pytest.approx(sorted(other.leads))
    assert list(one.resources) == list(other.resources)
    for name, its in one.resources.items():
        there = other.resources[name]
        assert dict(its.states) == pytest.approx(dict(there.states), abs=1e-3), name
        assert (its.done, its.scrap, its.rework) == (there.done, there.scrap, there.rework), name
    return True
