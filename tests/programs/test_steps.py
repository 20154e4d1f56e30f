"""A step that names a program takes the time that its machine needs for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from twin.cells.factory import validate
from twin.cli import main
from twin.errors import LayoutError
from twin.layout import files
from twin.layout.basis import basis_of, count_bases
from twin.layout.edits import Log, SetField
from twin.layout.schema import Constant, Layout
from twin.programs.steps import programs_key
from twin.view.forms.sheet import form

SHOP = """twin: 1
name: Plates
floor: {size: [6 m, 5 m]}
machines:
  quick: {asset: mill/desktop, at: [2 m, 3 m], capability: {acceleration: 1 m/s/s, feed: 1 m/s}}
  slow:
    asset: mill/desktop
    at: [4 m, 3 m]
    capability: {calibration: 2, acceleration: 1, feed: 1}
stations:
  mill: {machines: [quick]}
  old: {machines: [slow]}
products:
  plate:
    route:
      - {step: mill, at: mill, run: {program: parts/plate.nc}, or_at: {old: {}}}
orders:
  plates: {product: plate, every: 1 h}
"""
PROGRAM = "G21 G90 G1 X100 F600\n"
SECONDS = 0.1 / 0.01 + 0.01


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    (tmp_path / "parts").mkdir()
    (tmp_path / "parts" / "plate.nc").write_text(PROGRAM)
    path = tmp_path / "shop.yaml"
    path.write_text(SHOP)
    return path


def seconds(layout: Layout) -> list[float]:
    step = layout.products["plate"].route[0]
    phases = [step.run, step.or_at["old"].run]
    times = [phase.time for phase in phases if phase is not None]
    return [time.value for time in times if isinstance(time, Constant)]


def test_a_program_becomes_a_time_on_each_machine(shop: Path) -> None:
    layout = files.load(shop)
    factory = validate(layout)
    assert not factory.findings
    assert seconds(factory.layout) == pytest.approx([SECONDS, 2 * SECONDS])
    path = "products/plate/route/0/run/time/value"
    basis = "computed from parts/plate.nc with 8 guessed figures of the machine"
    assert basis_of(factory.layout, path) == basis
    assert count_bases(factory.layout)["computed"] == 2
    assert layout.products["plate"].route[0].run is not None  # as it was written
    assert layout.products["plate"].route[0].run.program == "parts/plate.nc"


def test_another_program_is_another_plant(shop: Path) -> None:
    layout = files.load(shop)
    before, key = programs_key(layout), validate(layout).key
    (shop.parent / "parts" / "plate.nc").write_text(PROGRAM.replace("100", "200"))
    assert programs_key(layout) != before and validate(layout).key != key
    assert seconds(validate(layout).layout)[0] == pytest.approx(SECONDS + 10)


def test_what_is_wrong_with_a_program_is_found(shop: Path) -> None:
    layout = files.load(shop)
    program = shop.parent / "parts" / "plate.nc"
    program.write_text(PROGRAM + "G12.1\nM999\n")
    found = validate(layout).findings
    assert {(f.rule, f.severity) for f in found} == {("program/unknown", "warning")}
    assert "G12.1, M999" in found[0].message
    program.write_text("G1 X100\n")
    assert "1 cutting moves before any feed" in validate(layout).findings[0].message
    program.unlink()
    found = [f for f in validate(layout).findings if f.severity == "error"]
    assert [f.where for f in found] == [
        "products/plate/route/0/run",
        "products/plate/route/0/or_at/old/run",
    ]
    assert "plate.nc: is not in" in found[0].message
    homeless = files.parse(SHOP).layout
    assert "comes from no file" in validate(homeless).findings[0].message


def test_programs_lie_beside_their_layout(shop: Path) -> None:
    for name in ("../plate.nc", "/etc/passwd", "C:plate.nc", "a\\\\plate.nc"):
        shop.write_text(SHOP.replace("parts/plate.nc", f'"{name}"'))
        with pytest.raises(LayoutError, match="leads out of the folder"):
            files.load(shop)
    shop.write_text(SHOP)
    elsewhere = shop.parent.parent / "elsewhere.nc"
    elsewhere.write_text(PROGRAM)
    (shop.parent / "parts" / "plate.nc").unlink()
    (shop.parent / "parts" / "plate.nc").symlink_to(elsewhere)
    assert "leads out of" in validate(files.load(shop)).findings[0].message


def test_a_program_and_a_time_are_one_too_many(shop: Path) -> None:
    for phase in ("{program: a.nc, time: 5 min}", "{time: 5 min, thickness: 2 mm}"):
        shop.write_text(SHOP.replace("{program: parts/plate.nc}", phase))
        with pytest.raises(LayoutError, match="program"):
            files.load(shop)


def test_a_form_tells_what_a_program_takes(shop: Path) -> None:
    path = ("products", "plate", "route", 0, "run")
    log = Log(files.open_document(shop))

    def drawn() -> dict[str, object]:
        shown = form(log.document, ("products", "plate"))
        assert shown is not None
        (found,) = (f for f in flat(shown["fields"]) if f["path"] == [*path, "program"])
        return found

    assert drawn()["text"] == "parts/plate.nc"
    assert "It takes 10.0 s (cutting 10.0 s;" in str(drawn()["help"])
    # A time takes the place of the program, and the program that of the time, in any way written.
    log.do(SetField((*path, "time"), "5 min"))
    assert "program" not in log.document.text and not drawn()["text"]
    log.do(SetField((*path, "program"), "parts/plate.nc"))
    assert "5 min" not in log.document.text
    shop.write_text(SHOP.replace("{program: parts/plate.nc}", "5 min"))
    log = Log(files.open_document(shop))
    log.do(SetField((*path, "program"), "parts/plat.nc"))
    assert "run: {program: parts/plat.nc}" in log.document.text
    assert "Not computed" in str(drawn()["help"])


def flat(fields: list[dict]) -> list[dict]:
    """All fields of a form, those inside of others, too."""
    inside = [one for field in fields for one in flat(field.get("fields", []))]
    items = [one for field in fields for item in field.get("items", []) for one in flat([item])]
    return [*fields, *inside, *items]


def test_the_shell_tells_and_fits(shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(shop.parent / "parts" / "plate.nc")
    asked = ["program", path, "--machine", "mill/desktop", "--set", "acceleration=1 m/s/s"]
    assert main([*asked, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["programs"][0]
    assert told["seconds"] == pytest.approx(SECONDS)
    assert told["basis"] == "computed from plate.nc"
    assert told["figures"]["acceleration"] == {"value": 1.0, "basis": "given"}
    assert told["figures"]["rapid"]["basis"].startswith("guessed")
    assert main([*asked, "--took", "20.02 s", "--fit", "calibration"]) == 0
    said = capsys.readouterr().out
    assert "calibration = 2 in SI" in said and "off by +0.0 %" in said
    (shop.parent / "parts" / "plate.nc").write_text(PROGRAM + "M999\n")
    assert main(asked) == 0
    assert "not understood, and left out: M999" in capsys.readouterr().out
    assert main([*asked, "--strict"]) == 1
    assert "M999" in capsys.readouterr().err
    for wrong, message in (
        (["--machine", "mill/desktp"], "desktop"),
        (["--set", "acceleration=fast"], "acceleration"),
        (["--set", "speed=3"], "has no 'speed'"),
        (["--took", "1 s", "2 s"], "1 programs, but 2 times"),
        (["--took", "1 s", "--fit", "rapid"], "do not depend on 'rapid'"),
    ):
        assert main(["program", path, *wrong]) == 2
        assert message in capsys.readouterr().err
