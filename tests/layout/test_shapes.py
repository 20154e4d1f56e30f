"""Parametric shapes: solids, options, boxes for physics."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from twin.errors import LayoutError
from twin.layout.catalog import Asset
from twin.layout.shapes import FAMILIES, boxes, collision_boxes, part, pedestal, shape
from twin.layout.shapes.solids import ball, block, prism, rod

NOMINAL = {
    "belt": (2.4, 0.5, 0.9),
    "bench": (1.4, 0.7, 1.45),
    "chamber": (0.9, 0.8, 1.7),
    "charger_module": (0.3, 0.3, 0.2),
    "dock_module": (0.3, 0.3, 0.3),
    "drill_module": (0.3, 0.3, 0.3),
    "filament_printer": (0.5, 0.55, 1.45),
    "granite_gauge": (1.2, 1.3, 2.1),
    "high_bay": (0.3, 0.3, 0.4),
    "inspection": (0.9, 0.9, 1.5),
    "inspection_module": (0.3, 0.3, 0.3),
    "laser_cutter": (3.2, 2.0, 1.9),
    "line_vehicle": (0.2, 0.18, 0.13),
    "mill": (1.0, 0.9, 1.75),
    "mill_module": (0.3, 0.3, 0.3),
    "mobile_robot": (0.9, 0.6, 0.35),
    "person": (0.3, 0.55, 1.75),
    "pick_and_place": (0.8, 0.7, 1.4),
    "press_brake": (2.2, 1.3, 2.2),
    "rack": (1.2, 0.5, 1.8),
    "resin_printer": (0.55, 0.6, 1.5),
    "stencil_printer": (0.6, 0.65, 1.3),
    "tester": (0.6, 0.6, 1.1),
    "tray_stand": (0.45, 0.45, 0.92),
    "tunnel_oven": (1.9, 0.7, 1.3),
    "weld_booth": (1.8, 1.4, 2.0),
}


def asset(family: str | None, size=(1.0, 1.0, 1.0), **options) -> Asset:
    return Asset(
        asset=1, label="x", size=size, shape=family, options=options, licence="-", derivation="-"
    )


def test_every_family_has_a_nominal_size():
    assert set(NOMINAL) == set(FAMILIES)


@pytest.mark.parametrize("family", sorted(NOMINAL))
@pytest.mark.parametrize("stretch", [(1.2, 1.0, 1.0), (1.0, 1.2, 1.0), (1.0, 1.0, 1.08)])
def test_a_family_fills_the_size_it_is_given(family: str, stretch: tuple[float, ...]):
    size = np.array(NOMINAL[family]) * stretch
    corners = np.array([p.mesh.bounds for p in shape(asset(family, tuple(size)))])
    low, high = corners[:, 0].min(axis=0), corners[:, 1].max(axis=0)
    assert (low >= np.array([-size[0] / 2, -size[1] / 2, 0]) - 1e-6).all()
    assert (high <= np.array([size[0] / 2, size[1] / 2, size[2]]) + 1e-6).all()
    if family not in ("person", "tray_stand"):  # a person's girth and a tray's height are fixed
        assert (high - low >= 0.95 * size).all()


def test_options_change_the_drawing():
    size = NOMINAL["pick_and_place"]
    few, many = (shape(asset("pick_and_place", size, feeders=n)) for n in (6, 12))
    assert len(many) > len(few)
    solder, pack = (
        shape(asset("bench", NOMINAL["bench"], work=w)) for w in ("soldering", "packing")
    )
    assert len(solder) != len(pack) or solder[-1].material != pack[-1].material


def test_unknown_names_are_answered_with_the_nearest():
    with pytest.raises(LayoutError, match="did you mean 'mill'"):
        shape(asset("mil"))
    with pytest.raises(LayoutError, match="no option 'feeder'; did you mean 'feeders'"):
        shape(asset("pick_and_place", feeder=3))
    with pytest.raises(LayoutError, match="did you mean 'packing'"):
        shape(asset("bench", work="paking"))


def test_wrong_options_are_refused_in_words():
    with pytest.raises(LayoutError, match="feeders"):
        shape(asset("pick_and_place", NOMINAL["pick_and_place"], feeders="many"))
    with pytest.raises(LayoutError, match="feeders"):
        shape(asset("pick_and_place", NOMINAL["pick_and_place"], feeders=100_000))
    with pytest.raises(LayoutError, match="1 to 40"):
        shape(asset("rack", NOMINAL["rack"], columns=0))


def test_an_asset_of_another_kind_has_no_pieces():
    assert shape(asset(None)) == []
    assert collision_boxes(asset(None)) == []


lengths = st.floats(0.01, 2.0)


@settings(max_examples=40, deadline=None)
@given(st.tuples(lengths, lengths, lengths), st.floats(0.0, 0.1))
def test_a_block_has_its_corners_extent_and_at_most_its_volume(size, chamfer):
    piece = block((0, 0, 0), size, chamfer=chamfer)
    np.testing.assert_allclose(piece.mesh.bounds, [[0, 0, 0], size], atol=1e-9)
    assert piece.mesh.is_watertight
    full = float(np.prod(size))
    cut = min(chamfer, 0.4 * min(size))
    # Twelve edges lose at most half a square of the cut each.
    assert full - 2 * cut**2 * sum(size) - 1e-9 <= piece.mesh.volume <= full + 1e-9


@settings(max_examples=40, deadline=None)
@given(lengths, lengths, st.integers(6, 24))
def test_a_rod_has_the_volume_of_its_prism(radius, length, sides):
    piece = rod((0, 0, 0), (0, 0, length), radius, sides=sides)
    area = sides / 2 * np.sin(2 * np.pi / sides) * radius**2
    assert piece.mesh.volume == pytest.approx(area * length, rel=1e-6)


def test_prism_and_ball_lie_where_they_are_drawn():
    outline = [(0.0, 0.0), (1.0, 0.0), (0.0, 2.0)]
    for along, bounds in (("x", (3, 1, 2)), ("y", (1, 3, 2)), ("z", (1, 2, 3))):
        piece = prism(outline, 0.0, 3.0, along=along)
        np.testing.assert_allclose(piece.mesh.bounds, [[0, 0, 0], bounds], atol=1e-12)
        assert piece.mesh.volume == pytest.approx(3.0)
    sphere = ball((1, 2, 3), (0.5, 0.5, 0.5), subdivisions=2).mesh
    np.testing.assert_allclose(sphere.center_mass, [1, 2, 3], atol=1e-9)
    assert 0.9 < sphere.volume / (4 / 3 * np.pi * 0.125) < 1.0


def test_boxes_leave_a_gap_open_and_join_what_is_one():
    apart = boxes([block((0, 0, 0), (1, 1, 0.1)), block((0, 0, 1), (1, 1, 1.1))])
    assert len(apart) == 2
    stacked = boxes([block((0, 0, 0), (1, 1, 1)), block((0, 0, 1), (1, 1, 1.5))])
    assert len(stacked) == 1
    np.testing.assert_allclose(stacked[0], [(0.5, 0.5, 0.75), (0.5, 0.5, 0.75)])
    detail = boxes([block((0, 0, 0), (1, 1, 1)), block((0.4, -0.005, 0.4), (0.6, 0.1, 0.6))])
    assert len(detail) == 1


def test_boxes_do_not_swallow_a_narrow_gap_beside_something_large():
    """Joining is measured by the smaller box, or a large cabinet would take in what is near it."""
    cabinet, wall = block((0, 0, 0), (1, 1, 1)), block((0, 0.3, 1.0), (0.05, 0.35, 1.3))
    assert len(boxes([cabinet, wall])) == 2


@pytest.mark.parametrize("height", [0.1, 0.8, 1.2])
def test_a_pedestal_stands_on_the_floor_and_reaches_the_base(height: float):
    corners = np.array([piece.mesh.bounds for piece in pedestal(height)])
    assert corners[:, 0, 2].min() == pytest.approx(0)
    assert corners[:, 1, 2].max() == pytest.approx(height)


def test_an_arm_on_the_floor_has_no_pedestal():
    assert pedestal(0.0) == []


def test_the_part_stands_on_its_origin():
    corners = np.array([piece.mesh.bounds for piece in part()])
    np.testing.assert_allclose(corners[:, 0].min(axis=0), [-0.05, -0.04, 0], atol=1e-9)
