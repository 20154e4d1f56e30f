"""Two readers of YAML, a quick one and one that says what is wrong, see the same in a text."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from tests.plants import LAYOUTS
from twin.layout import tree

TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(LAYOUTS.glob("*.yaml"))}
PIECES = st.sampled_from([*" \n:,-[]{}\"'#&*!|>%@`?ab01.~=/\\é😀", "\n  ", "- ", ": ", "---\n"])


def slowly(text: str) -> tuple[tree.Node, list[tree.Problem]]:
    problems: list[tree.Problem] = []
    events = YAML(typ="safe", pure=True).parse(text)
    return tree._Grower(text, problems).document(events), problems


@pytest.mark.parametrize("name", TEXTS)
def test_shipped_layouts_have_the_same_tree(name: str) -> None:
    assert yaml.__with_libyaml__
    quick, problems = tree._grown(TEXTS[name])
    assert (quick, list(problems)) == slowly(TEXTS[name])


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_so_have_texts_that_somebody_has_typed_into(data: st.DataObject) -> None:
    """As far as both read them: what they refuse is not the same to the letter."""
    text = data.draw(st.sampled_from(list(TEXTS.values())))
    start = data.draw(st.integers(0, len(text) - 1))
    text = text[start : start + data.draw(st.integers(10, 300))].partition("\n")[2]
    for _ in range(data.draw(st.integers(0, 2))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(PIECES) + text[at + data.draw(st.integers(0, 1)) :]
    try:
        expected = slowly(text)
        found = list(tree._quick(text))
    except (YAMLError, yaml.YAMLError, ValueError):
        assume(False)  # one of them does not read it at all
        raise
    assert found
    quick, problems = tree._grown(text)
    assert (quick, list(problems)) == expected


def test_tabs_and_old_breaks_are_left_to_the_slow_one() -> None:
    for text in ("a:\t1\n", "a: b\x85c\n", "a: \u2028b\n"):
        with pytest.raises(yaml.YAMLError, match="other reader"):
            tree._quick(text)
