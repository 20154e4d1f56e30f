"""Layout files: what is read, what is refused and how, what is written."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from tests.layout.sketches import SMALL, bend
from twin.errors import LayoutError
from twin.layout import files, folders
from twin.layout.files import parse
from twin.layout.tree import DEEPEST, LARGEST


def problems(text: str) -> list[str]:
    with pytest.raises(LayoutError) as caught:
        parse(text, "f.yaml")
    return str(caught.value).splitlines()


def test_a_document_keeps_its_text_and_its_quantities_are_si() -> None:
    document = parse(SMALL, "small.yaml")
    assert files.dump(document) == SMALL
    saw = document.layout.machines["saw"]
    assert (saw.at, saw.asset) == ((2.0, 2.5), "test/cube")
    assert document.layout.machines["press"].at == (6.0, 2.5)
    assert document.layout.calendars["day"].open == ((8 * 3600.0, 16 * 3600.0),)


# Each: the text changed, what it becomes, the text that stands where the message points, the path,
# and words of the message.
SHARE, RUN = "products/bracket/route/1/then/0/share", "products/bracket/route/1/run"
WRONG = [
    (
        "press: {",
        "press: {colour: red, ",
        "colour: red",
        "machines/press",
        "unknown key 'colour'; ",
    ),
    ("    asset: test/alone", "    aset: test/alone", "aset:", "machines/shelf", "mean 'asset'?"),
    ("6000 mm", "6000 kg", "6000 kg", "machines/press/at/0", "'kg' is not a length"),
    ("6000 mm", "6000 mmm", "6000 mmm", "machines/press/at/0", "unknown unit 'mmm'"),
    ("1500 EUR", "-1 EUR", "-1 EUR", "stations/cut/price", "'-1 EUR' is out of range"),
    ("2.50 m", ".nan", ".nan", "machines/saw/at/1", "expected a finite number, not nan"),
    ("2.50 m", ".inf", ".inf", "machines/saw/at/1", "expected a finite number, not inf"),
    ("2.50 m", "1e999 m", "1e999 m", "machines/saw/at/1", "expected a finite number"),
    ("2.50 m", "", "[2 m, ]", "machines/saw/at", "has 1 of 2 values"),
    ("people: 1,", "people: true,", "true,", "crews/people/people", "whole number, not true"),
    ("people: 1,", "people: 1.5,", "1.5,", "crews/people/people", "whole number, not 1.5"),
    ("people: 1,", "people: ,", " , home", "crews/people/people", "whole number, not nothing"),
    ("[saw]", "saw", "saw,", "stations/cut/machines", "expected a list of text, not 'saw'"),
    ("[saw]", "[]", "[]", "stations/cut/machines", "at least 1"),
    ("[9, 7]", "[9]", "[9]", "machines/shelf/at", "has 1 of 2 values"),
    ("[9, 7]", "[9, 7, 1]", "[9, 7, 1]", "machines/shelf/at", "has 3 values"),
    ("name: Small", "name: 7", "7", "name", "put it in quotes: '7'"),
    ("twin: 1", "twin: 9", "9", "twin", "this program reads version 1"),
    ("exponential", "expnential", "{dist", "orders/usual/every", "did you mean 'exponential'?"),
    ("share: 5 %", "share: 500 %", "500 %", SHARE, "at most 1"),
    ("share: 5 %", "share: 5 m", "5 m", SHARE, "not a share"),
    ("  cut:", "  cu t:", "cu t:", "stations", "'cu t' is no name"),
    ("run: 4 min", "run: -4 min", "-4 min", RUN, "at least 0"),
    ("run: 4 min", "runn: 4 min", "runn:", "products/bracket/route/1", "did you mean 'run'?"),
    ("run: 4 min, ", "", "{step: form", "products/bracket/route/1", "needs 'run': how long"),
    ("run: 4 min", "run: {formula: 2 min *}", "2 min *", f"{RUN}/formula", "a value must come"),
    (
        "machines: [saw],",
        "machines: [saw], batch: {same: a +},",
        "a +",
        "stations/cut/batch/same",
        "column 4: a value must come here",
    ),
    (
        "product: bracket,",
        "product: bracket, priority: a +,",
        "a +",
        "orders/usual/priority",
        "column 4: a value must come here",
    ),
    (
        "product: bracket,",
        "product: bracket, attributes: {max: 2},",
        "max",
        "orders/usual/attributes",
        "'max' has a meaning of its own in formulas",
    ),
    ('["08:00", "16:00"]', '["16:00", "08:00"]', "{open", "calendars/day", "must be in order"),
    ("name: Small", "name: Small\nbasis: foo", "foo", "basis", "'measured', 'sourced' or"),
    ("[9, 7]", "[9, 7]\n    basis: {att: measured}", "att:", "machines/shelf/basis", "mean 'at'?"),
]


@pytest.mark.parametrize(("old", "new", "there", "path", "words"), WRONG)
def test_what_is_wrong_is_said_with_its_place(
    old: str, new: str, there: str, path: str, words: str
) -> None:
    assert SMALL.count(old) == 1
    text = SMALL.replace(old, new)
    about = [line for line in problems(text) if f": {path}: " in line and words in line]
    assert about, problems(text)
    line, column = map(int, about[0].split(":")[1:3])
    assert text.splitlines()[line - 1][column - 1 :].startswith(there)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "f.yaml:1:1: the file is empty"),
        ("# nothing but a comment\n", "f.yaml:1:1: the file is empty"),
        ("- 1\n- 2\n", "f.yaml:1:1: the file is not a mapping"),
        ("twin: 1\nname: [a, b\n", "f.yaml:3:1: malformed YAML"),
        ("twin: 1\n name: x\n", "f.yaml:2:6: malformed YAML"),
        ("twin: 1\n\tname: x\n", "indent with spaces"),
        ("twin: 1\nna\x00me: x\n", "f.yaml:2:3: a character that no text has, U+0000"),
        ("a: &x 1\nb: *x\n", "f.yaml:1:4: a: anchors and aliases"),
        ("a: !!python/object:os.system x\n", "f.yaml:1:4: a: tags (!) are not read"),
        ("a: !x {b: 1}\n", "f.yaml:1:4: a: tags (!) are not read"),
        ("a: 1\nb: {c: 1, c: 2}\n", "f.yaml:2:11: b: 'c' is written twice"),
        ("a: 1\n---\nb: 1\n", "f.yaml:2:1: a second document begins"),
        ("? [a]\n: 1\n", "f.yaml:1:3: a key must be a plain name"),
        ("a: *unknown\n", "f.yaml:1:4: a: anchors and aliases"),
        ("a: " + "[" * 2000, f"nested deeper than {DEEPEST} levels"),
        ("{a: " * 2000, f"nested deeper than {DEEPEST} levels"),
        ("a" * (LARGEST + 1), "Is this a layout file?"),
    ],
)
def test_what_is_not_plain_data_is_refused(text: str, expected: str) -> None:
    assert any(expected in line for line in problems(text)), problems(text)


def test_aliases_that_unfold_into_gigabytes_are_refused_at_once() -> None:
    laughs = "\n".join(f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 9)}]" for i in range(1, 12))
    found = problems("l0: &l0 [ha]\n" + laughs)
    assert all("anchors and aliases" in line or " more" in line for line in found)


def test_every_problem_is_listed_in_the_order_of_the_file() -> None:
    text = SMALL.replace("6000 mm", "x").replace("share: 5 %", "share: -1")
    found = problems(text)
    lines = [int(re.match(r"f\.yaml:(\d+):", line)[1]) for line in found]
    assert lines == [12, 26]


def test_yaml_is_of_version_1_2() -> None:
    """`no` and `on` are words, 08:30 is a text, 010 is ten."""
    layout = bend(("name: Small", "name: no"), ("people: 1", "people: 010")).layout
    assert (layout.name, layout.crews["people"].people) == ("no", 10)


def test_no_part_of_a_file_is_run(tmp_path: Path) -> None:
    witness = tmp_path / "ran"
    problems(f"twin: !!python/object/apply:os.mkdir ['{witness}']\n")
    problems(SMALL.replace("6000 mm", f"6 __import__('os').mkdir('{witness}')"))
    assert not witness.exists()


@pytest.mark.parametrize("unit", ["m*9**9**9**9", "m^9^9^9", "(" * 900 + "m", "m*" * 400_000 + "m"])
def test_a_unit_is_no_sum_to_work_out(unit: str) -> None:
    found = problems(SMALL.replace("6000 mm", f"6 {unit}"))
    assert "cannot read the unit" in found[0]
    assert len(found[0]) < 200


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\xff\xfe\x00", "is not UTF-8"), (b"twin: 1\nname: \x80", "is not UTF-8 text (byte 14)")],
)
def test_a_file_that_is_no_text(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    with pytest.raises(LayoutError, match=re.escape(words)):
        files.load(path)


def test_a_missing_file_a_folder_and_an_unknown_name(tmp_path: Path) -> None:
    with pytest.raises(LayoutError, match="no such file"):
        files.load(tmp_path / "none.yaml")
    with pytest.raises(LayoutError, match="is a folder"):
        files.load(tmp_path)
    with pytest.raises(LayoutError, match="did you mean 'pcb_line'"):
        files.load("pcb_lin")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "mine" / "a.yaml"
    document = parse(SMALL)
    files.save(document, path)
    assert path.read_text() == SMALL
    assert path.stat().st_mode & stat.S_IRUSR
    path.parent.joinpath("b.yaml").mkdir()
    with pytest.raises(LayoutError, match="cannot be written"):
        files.save(document, path.parent / "b.yaml")
    assert sorted(p.name for p in path.parent.iterdir()) == ["a.yaml", "b.yaml"]


def test_line_ends_survive(tmp_path: Path) -> None:
    path = tmp_path / "dos.yaml"
    path.write_bytes(SMALL.replace("\n", "\r\n").encode())
    document = files.open_document(path)
    files.save(document, path)
    assert path.read_bytes() == SMALL.replace("\n", "\r\n").encode()


def test_the_packages_own_files_are_never_written() -> None:
    own = folders.package_folder("layouts") / "pcb_line.yaml"
    before = own.read_bytes()
    for path in (own, own.parent / "new.yaml", own.parent / ".." / "layouts" / "pcb_line.yaml"):
        with pytest.raises(LayoutError, match="belongs to the program"):
            files.save(parse(SMALL), path)
    assert own.read_bytes() == before


def test_a_key_is_of_the_meaning_not_of_the_writing() -> None:
    plain = files.layout_key(parse(SMALL).layout)
    assert re.fullmatch("[0-9a-f]{64}", plain)
    assert files.layout_key(bend(("6000 mm", "6 m"), ("# metres", "")).layout) == plain
    assert files.layout_key(bend(("6000 mm", "6001 mm")).layout) != plain
    assert files.layout_key(bend(("test/alone", "test/cube")).layout) != plain
