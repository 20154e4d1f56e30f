"""The rules of the house that no linter knows: names, documentation, what a file may hold."""

from __future__ import annotations

import ast
import inspect
import re
import subprocess
from pathlib import Path

import pytest

import twin

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted((ROOT / "twin").rglob("*.py"))
# Words that say nothing about what a thing is. ("base" and "service" are not among them: an arm has
# a base, and a machine a side from which it is served.)
EMPTY_WORDS = {
    *("util", "utils", "helper", "helpers", "manager", "handler"),
    *("core", "common", "misc", "engine", "data", "info"),
}
EMPTY_STARTS = ("get_", "compute_")
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def words(name: str) -> set[str]:
    """The words of a snake_case or CamelCase name."""
    return {word.lower() for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def says_nothing(name: str) -> bool:
    return bool(words(name) & EMPTY_WORDS) or name.lstrip("_").startswith(EMPTY_STARTS)


def definitions(path: Path) -> list[Definition]:
    return [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, Definition)]


@pytest.mark.parametrize(
    ("name", "empty"),
    [
        *[("get_plan", True), ("PlanManager", True), ("_core_loop", True), ("HTTPHandler", True)],
        *[("scoreboard", False), ("forget_part", False), ("database", False), ("Plan", False)],
    ],
)
def test_empty_words_are_found_as_words(name: str, empty: bool) -> None:
    assert says_nothing(name) == empty


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_names_say_what_a_thing_is(path: Path) -> None:
    names = [path.stem, *(node.name for node in definitions(path))]
    assert not [name for name in names if says_nothing(name)]


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_is_public_is_typed_and_documented(path: Path) -> None:
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree), "the file does not say what its subject is"
    for node in tree.body:
        overload = any(ast.unparse(d) == "overload" for d in getattr(node, "decorator_list", ()))
        if overload:
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name[0] != "_":
            assert ast.get_docstring(node), f"{node.name} has no docstring"
            arguments = node.args.posonlyargs + node.args.args + node.args.kwonlyargs
            untyped = [each.arg for each in arguments if each.annotation is None]
            assert not untyped and node.returns, f"{node.name} is not typed: {untyped}"


def test_the_names_that_twin_offers_exist_and_are_documented() -> None:
    assert list(twin.__all__) == sorted(twin.__all__)
    for name in twin.__all__:
        offered = getattr(twin, name)
        if callable(offered):
            assert inspect.getdoc(offered), name


def test_no_file_is_large_or_names_a_place_of_one_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    home = re.compile(r"(?:^|[^\w.])/(?:root|home|Users)/\w")
    for name in filter(None, listed.stdout.split("\0")):
        content = (ROOT / name).read_bytes()
        assert len(content) < 1_500_000, f"{name} is large"
        if b"\0" not in content and not name.startswith("twin/view/dist/"):
            found = home.search(content.decode())
            assert not found, f"{name} names {found and found.group()}"
