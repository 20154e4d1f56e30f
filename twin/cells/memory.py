"""What was found out about an arm before, and what of it still holds though something has moved.

A cell is judged by asking a scene about obstacles. Each result is noted with what it follows from:
its inputs, other results, and how much nearer every single obstacle could have come to all that was
asked about without mattering, its slack. After an edit a result is taken over if no obstacle has
moved by more than that; else the question is put again about what has moved alone, and if nothing
comes of it, the result stays, and all that follows from it. What comes out is what would come out
of a cell that nobody has seen before, bit for bit.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from twin import cache
from twin.cells.forks import forked
from twin.cells.robot import Array
from twin.cells.scene import Obstacle, Scene
from twin.cells.store import parted

ROOM = 8_000_000  # bytes of arrays in a file


@dataclass(frozen=True)
class Found:
    """A result as words (fit for JSON) and arrays."""

    words: Any
    arrays: tuple[Array, ...] = ()


@dataclass(frozen=True)
class Kind:
    """How results of one kind are made of their inputs, the arm and what the scene answers, and of
    nothing else.

    `stands`: whether a result stays what it is, given what comes out where there is nothing but
    what has moved, and the names of that; such a one may follow from others only if they do not
    hang on obstacles. Without it the question is put again as a whole.
    """

    make: Callable[..., Found]
    stands: Callable[[Found, Found, frozenset[str]], bool] | None = None


@dataclass(frozen=True)
class _Entry:
    kind: str
    inputs: tuple[Any, ...]
    found: Found
    slack: Array  # (obstacles,) [m], of what was asked on the way, other entries apart
    plain: bool  # whether nothing was in the way of anything that was asked
    follows: tuple[str, ...]  # keys of entries

    @property
    def given(self) -> list[Array]:
        """The arrays among its inputs."""
        return [value for value in self.inputs if isinstance(value, np.ndarray)]


@dataclass
class _Making:
    """What is noted while a result is made."""

    slack: Array
    hits: int
    follows: list[str] = field(default_factory=list)


class Memory:
    """Results of one arm at one place among the obstacles of `scene`, by kind and inputs.

    `processes`: in how many at once `ahead` may work.
    """

    def __init__(
        self,
        scene: Scene,
        obstacles: Iterable[Obstacle],
        kinds: Mapping[str, Kind],
        processes: int = 1,
    ) -> None:
        self._processes = processes
        self._scene = scene
        self._kinds = kinds
        self._corners = {
            item.name: np.array([box.corners for box in item.boxes]) for item in obstacles
        }
        self._kept: dict[str, _Entry] = {}
        self._shifts = np.zeros(len(self._corners))
        self._moved: frozenset[str] = frozenset()
        self._new: dict[str, _Entry] = {}  # all that holds for sure
        self._making: list[_Making] = []

    def recall(self, kind: str, *inputs: Any) -> Found:
        """The result of a kind for its inputs (arrays, numbers, words), made if it is not known."""
        key = _key(kind, inputs)
        if not self._holds(key):
            self._new[key] = self._made(kind, inputs)
        if self._making:
            self._making[-1].follows.append(key)
        return self._new[key].found

    def known(self, kind: str, *inputs: Any) -> Found | None:
        """The result of a kind, if it is there and holds; nothing is made anew but what it stands
        on."""
        key = _key(kind, inputs)
        return self._new[key].found if self._holds(key) else None

    def ahead(
        self,
        kind: str,
        asked: Sequence[tuple[Any, ...]],
        meanwhile: Callable[[], None] = lambda: None,
    ) -> None:
        """Works out what is going to be recalled of a kind, for these inputs each, in several
        processes; `meanwhile` is called while others are still at work. Neighbours stay together,
        as they have most in common. Where a process fails, `recall` asks anew."""
        wanted = {_key(kind, inputs): inputs for inputs in asked}
        left = {key: inputs for key, inputs in wanted.items() if key not in self._new}
        count = min(self._processes, len(left))
        if count < 2:
            return
        shares: list[list[tuple[Any, ...]]] = [[] for _ in range(count)]
        for is_kept in (False, True):  # to look at what is kept takes less than to make it
            some = [inputs for key, inputs in left.items() if (key in self._kept) is is_kept]
            for share, (a, b) in zip(shares, pairwise(_ends(len(some), count)), strict=True):
                share += some[a:b]
        first, *others = shares
        outcomes = [forked(partial(self._share, kind, share)) for share in others]
        for inputs in first:
            self.recall(kind, *inputs)
        meanwhile()
        for outcome in outcomes:
            content = outcome()
            for key, entry in () if content is None else _unpacked(content):
                self._kept.pop(key, None)
                self._new.setdefault(key, entry)

    def _share(self, kind: str, asked: Sequence[tuple[Any, ...]]) -> bytes:
        """What becomes known by recalling these."""
        known = set(self._new)
        for inputs in asked:
            self.recall(kind, *inputs)
        return _packed({key: entry for key, entry in self._new.items() if key not in known})

    def _made(self, kind: str, inputs: tuple[Any, ...]) -> _Entry:
        scene = self._scene
        outside, hits = scene.slack, scene.hits
        scene.slack = np.full(len(outside), np.inf)
        making = _Making(scene.slack, hits)
        self._making.append(making)
        found = self._kinds[kind].make(*inputs)
        self._making.pop()
        plain = scene.hits == hits
        given = inputs if self._kinds[kind].stands else ()  # nobody asks for others'
        made = _Entry(kind, given, found, scene.slack, plain, tuple(making.follows))
        scene.slack = outside
        return made

    def _holds(self, key: str) -> bool:
        """Whether an entry is known and holds; one that has to be made anew on the way is."""
        if key in self._new:
            return True
        entry = self._kept.pop(key, None)
        if entry is None:
            return False
        if not all([self._holds(other) for other in entry.follows]):
            return False
        if np.any((self._shifts > 0.0) & (entry.slack <= self._shifts)):
            again = self._again(entry)
            if again is None:
                return False
            entry = again
        else:
            entry = replace(entry, slack=entry.slack - self._shifts)
        self._new[key] = entry
        return True

    def _again(self, entry: _Entry) -> _Entry | None:
        """The entry, if it stands among what has moved; None where it has to be made anew."""
        stands = self._kinds[entry.kind].stands
        if stands is None or not entry.plain:
            return None
        with self._scene.only(self._moved):
            made = self._made(entry.kind, entry.inputs)
        if not (made.plain and stands(entry.found, made.found, self._moved)):
            return None
        slack = np.where(self._shifts > 0.0, made.slack, entry.slack)
        return replace(entry, slack=slack)

    # --- on disk ---------------------------------------------------------------------------------

    def read(self, path: Path) -> None:
        """Take over what a file has; a damaged one has nothing."""
        content = cache.kept(path)
        if content is None:
            return
        try:
            with np.load(io.BytesIO(content), allow_pickle=False) as file:
                names = json.loads(file["names"].tobytes())
                before = {name: file[f"corners{k}"] for k, name in enumerate(names)}
                if set(self._corners) != set(before):
                    return  # nobody has asked about what is new here
                order = [names.index(name) for name in self._corners]
                for key, entry in _unpacked(file["entries"].tobytes()):
                    self._kept[key] = replace(entry, slack=entry.slack[order])
        except (OSError, EOFError, KeyError, TypeError, ValueError, StopIteration):
            self._kept.clear()
            return
        shifts = {name: _shift(before[name], now) for name, now in self._corners.items()}
        self._shifts = np.array(list(shifts.values()))
        self._moved = frozenset(name for name, shift in shifts.items() if shift > 0.0)

    def write(self, path: Path) -> None:
        """Keep what holds for sure, as far as there is room; a folder that cannot be written to
        only costs time."""
        entries, room = {}, ROOM
        for key, entry in self._new.items():
            room -= sum(array.nbytes for array in (*entry.given, *entry.found.arrays))
            if room < 0:
                break
            entries[key] = entry
        content = io.BytesIO()
        corners = {f"corners{k}": value for k, value in enumerate(self._corners.values())}
        names = np.frombuffer(json.dumps(list(self._corners)).encode(), np.uint8)
        packed = np.frombuffer(_packed(entries), np.uint8)
        np.savez(content, names=names, entries=packed, **corners)  # type: ignore[arg-type]
        cache.keep(path, content.getvalue())


_ARRAY = ["array"]  # stands for one in a list of inputs


def _packed(entries: Mapping[str, _Entry]) -> bytes:
    """Entries as bytes. One array for all of theirs: of a file of a thousand, each would be opened
    and read by itself."""
    flat: list[Array] = []
    rows = []
    for key, entry in entries.items():
        inputs = [_ARRAY if isinstance(v, np.ndarray) else v for v in entry.inputs]
        spans = (len(entry.given), len(entry.found.arrays))
        flat += [*entry.given, *entry.found.arrays]
        rows.append((key, entry.kind, inputs, entry.found.words, spans, entry.plain, entry.follows))
    words = json.dumps({"entries": rows, "shapes": [array.shape for array in flat]})
    content = io.BytesIO()
    np.savez(
        content,
        words=np.frombuffer(words.encode(), np.uint8),
        slack=np.array([entry.slack for entry in entries.values()]),
        arrays=np.concatenate([np.zeros(0), *map(np.ravel, flat)]),
    )
    return content.getvalue()


def _unpacked(content: bytes) -> Iterator[tuple[str, _Entry]]:
    """The inverse of _packed; ValueError and the like where it is none."""
    with np.load(io.BytesIO(content), allow_pickle=False) as file:
        words, slack = json.loads(file["words"].tobytes()), file["slack"]
        arrays = iter(parted(file["arrays"], words["shapes"]))
    for k, (key, kind, inputs, said, spans, plain, follows) in enumerate(words["entries"]):
        given = iter([next(arrays) for _ in range(spans[0])])
        taken = tuple(next(given) if value == _ARRAY else value for value in inputs)
        found = Found(said, tuple(next(arrays) for _ in range(spans[1])))
        yield key, _Entry(kind, taken, found, slack[k], plain, tuple(follows))


def _ends(items: int, shares: int) -> list[int]:
    """Where each of some shares of as many items begins, and the last one ends."""
    return [items * k // shares for k in range(shares + 1)]


def _shift(before: Array, now: Array) -> float:
    """How far [m] a corner of an obstacle has moved."""
    if now.shape != before.shape:
        return np.inf
    return float(np.max(np.linalg.norm(now - before, axis=-1), initial=0.0))


def _key(kind: str, inputs: tuple[Any, ...]) -> str:
    digest = hashlib.blake2b(kind.encode(), digest_size=16)
    for value in inputs:
        content = value.tobytes() if isinstance(value, np.ndarray) else json.dumps(value).encode()
        digest.update(f"{len(content)}:".encode())
        digest.update(content)
    return digest.hexdigest()
