"""The steps of undo and redo as a draft keeps them: each text by what is new in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

STEPS = 200  # at most that a draft keeps
LARGEST = 50_000_000  # characters of all texts together that a draft may unfold to


@dataclass(frozen=True)
class History:
    """The texts of a layout in the order in which they were made; it stands at one of them."""

    texts: tuple[str, ...]
    at: int

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to undo or redo."""
        return len(self.texts) < 2


def recent(history: History) -> History:
    """The last STEPS steps up to where it stands, and what of the undone ones there is room for."""
    first = max(0, history.at - STEPS)
    return History(history.texts[first : first + STEPS + 1], history.at - first)


def packed(history: History) -> dict[str, Any]:
    """The history for JSON: its first text, and of each other one what is new in it."""
    texts = history.texts
    steps = [_step(before, after) for before, after in pairwise(texts)]
    return {"first": texts[0], "at": history.at, "steps": steps}


def unpacked(content: Any) -> History | None:
    """What `packed` made; None for anything else."""
    try:
        texts = [str(content["first"])]
        size = len(texts[0])
        for begin, end, new in content["steps"]:
            before = texts[-1]
            if not (0 <= int(begin) <= int(end) <= len(before)):
                return None
            texts.append(before[: int(begin)] + str(new) + before[int(end) :])
            size += len(texts[-1])
            if size > LARGEST or len(texts) > STEPS + 1:
                return None
        at = int(content["at"])
    except (KeyError, TypeError, ValueError):
        return None
    return History(tuple(texts), at) if 0 <= at < len(texts) else None


def _step(before: str, after: str) -> list[int | str]:
    """From where to where in a text what is replaced, and by what."""
    most = min(len(before), len(after))
    head = _alike(most, lambda n: before[:n] == after[:n])
    tail = _alike(most - head, lambda n: n == 0 or before[-n:] == after[-n:])
    return [head, len(before) - tail, after[head : len(after) - tail]]


def _alike(most: int, holds: Callable[[int], bool]) -> int:
    """The largest number up to `most` for which something holds that holds for all smaller ones."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if holds(middle):
            low = middle
        else:
            high = middle - 1
    return low
