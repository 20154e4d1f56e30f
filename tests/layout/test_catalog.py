"""Assets by name, and where they stand: against points worked out by hand."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from tests.layout.conftest import write_asset
from tests.layout.sketches import drawn
from twin.errors import LayoutError
from twin.layout import catalog
from twin.layout.schema import Layout


def turned(heading: str) -> Layout:
    """The shelf as a test/wide machine at (5, 4), turned by a heading."""
    return drawn(
        (
            "asset: test/alone\n    at: [9, 7]",
            f"asset: test/wide\n    at: [5, 4]\n    heading: {heading}",
        )
    )


def test_an_asset_is_read_from_the_users_folder() -> None:
    asset = catalog.load_asset("test/wide")
    assert asset.size == (2.0, 1.0, 1.0)
    assert asset.service == {"right": 0.5}
    assert catalog.load_asset("test/wide") is asset


def test_an_asset_is_read_again_when_its_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    write_asset(tmp_path, "test/x", "size: [1, 1, 1]")
    assert catalog.load_asset("test/x").size[0] == 1.0
    path = catalog.asset_folder("test/x") / "asset.yaml"
    path.write_text(path.read_text().replace("[1, 1, 1]", "[2, 1, 1]"))
    os.utime(path, ns=(1, 1))
    assert catalog.load_asset("test/x").size[0] == 2.0


@pytest.mark.parametrize(
    "name", ["../../etc", "test/../test/cube", "/etc/x", "test", "a/b/c", "test/cub\n"]
)
def test_no_name_leads_out_of_the_folders(name: str) -> None:
    with pytest.raises(LayoutError, match="there is no asset"):
        catalog.load_asset(name)


def test_an_unknown_asset_is_told_its_nearest() -> None:
    with pytest.raises(LayoutError, match="did you mean 'placer/desktop'"):
        catalog.load_asset("placer/destop")


def test_a_malformed_asset_names_file_and_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TWIN_HOME", str(tmp_path))
    write_asset(tmp_path, "test/x", "size: [1, 1 kg, 1]\nservice: {top: 1}\ncolor: red")
    with pytest.raises(LayoutError) as caught:
        catalog.load_asset("test/x")
    text = str(caught.value)
    assert "asset.yaml:5:11: size/1: 'kg' is not a length" in text
    assert "asset.yaml:6:11: service: 'top'" in text
    assert "asset.yaml:7:1: unknown key 'color'" in text


def test_the_footprint_begins_at_the_front_left_and_turns_with_the_heading() -> None:
    straight = catalog.footprint(turned("0"), "shelf")
    assert np.allclose(straight, [(4, 3.5), (6, 3.5), (6, 4.5), (4, 4.5)])
    quarter = catalog.footprint(turned("90 deg"), "shelf")
    assert np.allclose(quarter, [(5.5, 3), (5.5, 5), (4.5, 5), (4.5, 3)])


def test_who_attends_stands_before_the_front() -> None:
    assert np.allclose(catalog.operator_spot(turned("0"), "shelf"), (5, 4 - 0.5 - 0.35))
    assert np.allclose(catalog.operator_spot(turned("180 deg"), "shelf"), (5, 4 + 0.5 + 0.35))
    assert np.allclose(catalog.operator_spot(turned("90 deg"), "shelf"), (5.85, 4))
    assert catalog.operator_spot(drawn(), "shelf") is None


def test_a_port_and_its_approach_in_the_world() -> None:
    at, approach = catalog.port_pose(turned("90 deg"), "shelf.mouth")
    assert np.allclose(at, (5.5, 4.5, 0.9))
    assert np.allclose(approach, (-1, 0, 0))


@pytest.mark.parametrize(
    ("port", "words"),
    [
        ("shelf.mout", "did you mean 'mouth'"),
        ("shef.mouth", "did you mean 'shelf'"),
        ("shelf", "write it as 'machine.port'"),
    ],
)
def test_a_port_that_is_not_there(port: str, words: str) -> None:
    with pytest.raises(LayoutError, match=words):
        catalog.port_pose(turned("0"), port)


def test_the_service_area_lies_before_its_side() -> None:
    (area,) = catalog.service_areas(turned("0"), "shelf").values()
    assert np.allclose(area, [(6, 3.5), (6.5, 3.5), (6.5, 4.5), (6, 4.5)])
    (area,) = catalog.service_areas(turned("180 deg"), "shelf").values()
    assert np.allclose(sorted(map(tuple, area)), [(3.5, 3.5), (3.5, 4.5), (4, 3.5), (4, 4.5)])


def test_an_arm_has_a_footprint_and_stands_on_its_stand() -> None:
    layout = drawn(
        ("stations:", "arms: {a: {asset: arm/ur5e, at: [5, 4], height: 0.8}}\nstations:")
    )
    assert np.allclose(catalog.footprint(layout, "a").mean(axis=0), (5, 4))
    assert np.allclose(catalog.base_pose(layout, "a").position, (5, 4, 0.8))
