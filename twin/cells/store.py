"""Judged cells on disk, by content: one file each, an npz with words as JSON in it.

What cannot be read is as good as not there: the cell is judged again.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from functools import cache as once
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np

from twin import cache
from twin.cells.cell import Cell
from twin.cells.transfer import Carry, Motion, Solution, Target, Transfer
from twin.layout.folders import PACKAGE
from twin.layout.rules import Finding

# What a result hangs on besides the cell: the programs that make it. A fork of PyBullet has the
# same import name.
_PROGRAMS = ("numpy", "scipy", "ruckig", "pybullet", "pybullet-arm64", "trimesh")
ARRAYS = ("times", "path", "effort")  # of a transfer
_SOURCES = ("cells", "layout/shapes", "layout/catalog.py", "pose.py", "units.py")


def cell_key(cell: Cell) -> str:
    """SHA-256 (hex) of all that the result depends on: cell, the arm's files, the programs."""
    digest = hashlib.sha256(cell.text().encode())
    for folder in {Path(path).parent: None for path in (cell.urdf, cell.tool) if path}:
        _feed(digest, folder, sorted(path for path in folder.rglob("*") if path.is_file()))
    digest.update(programs())
    return digest.hexdigest()


def memory_file(cell: Cell) -> Path:
    """Where is kept what was found out about an arm, whatever stands around it."""
    key = cell_key(replace(cell, machines={}, ports={}, pairs=(), loads=(), exchanges=()))
    return cache.cache_folder("arms") / f"{key}.memory"


def _feed(digest: hashlib._Hash, folder: Path, paths: Iterable[Path]) -> None:
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}:{len(content)}:".encode())
        digest.update(content)


@once  # what runs is what was imported
def programs() -> bytes:
    """A digest of the programs that make a result: this one and what it stands on."""
    digest = hashlib.sha256()
    for name in _SOURCES:
        path = PACKAGE / name
        _feed(digest, PACKAGE, [path] if path.is_file() else sorted(path.rglob("*.py")))
    digest.update(json.dumps({name: _version(name) for name in _PROGRAMS}).encode())
    return digest.digest()


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def stored(key: str) -> Solution | None:
    """The solution kept under a key, or None."""
    return read_solution(_file(key))


def keep(key: str, solution: Solution) -> None:
    """Keeps a solution; a folder that cannot be written to only costs the time of the next run."""
    cache.keep(_file(key), _packed(solution))


def _file(key: str) -> Path:
    return cache.cache_folder("cells") / f"{key}.cell"


def write_solution(path: Path, solution: Solution) -> None:
    """One file, whole or not at all."""
    cache.write(path, _packed(solution))


def _packed(solution: Solution) -> bytes:
    transfers = [packed_transfer(transfer) for transfer in solution.transfers]
    words: dict[str, Any] = {
        "transfers": [row for row, _ in transfers],
        "findings": [asdict(finding) for finding in solution.findings],
        "targets": [asdict(target) for target in solution.targets],
    }
    flat = [part for _, parts in transfers for part in parts]
    words["shapes"] = [part.shape for part in flat]
    # One array for all: each of a file would be opened and read by itself.
    numbers = np.concatenate([np.zeros(0), *map(np.ravel, flat)])
    said = np.frombuffer(json.dumps(words).encode(), np.uint8)
    content = io.BytesIO()
    np.savez(content, words=said, numbers=numbers)  # to press it costs more than it saves
    return content.getvalue()


def packed_transfer(transfer: Transfer) -> tuple[dict[str, Any], tuple[np.ndarray, ...]]:
    """A transfer as words that are fit for JSON, and its arrays."""
    row = {name: value for name, value in vars(transfer).items() if name not in ARRAYS}
    row["motions"] = [asdict(motion) for motion in transfer.motions]
    row["carries"] = [asdict(carry) for carry in transfer.carries]
    return row, tuple(getattr(transfer, name) for name in ARRAYS)


def read_solution(path: Path) -> Solution | None:
    """The solution kept in a file, or None where the file is absent or damaged."""
    content = cache.kept(path)
    if content is None:
        return None
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            words, numbers = json.loads(file["words"].tobytes()), file["numbers"]
        arrays = parted(numbers, words["shapes"])
        count = len(ARRAYS)
        return Solution(
            tuple(
                read_transfer(row, *arrays[count * k : count * (k + 1)])
                for k, row in enumerate(words["transfers"])
            ),
            tuple(Finding(**row) for row in words["findings"]),
            tuple(read_target(row) for row in words["targets"]),
        )
    except (OSError, EOFError, KeyError, TypeError, ValueError):
        return None


def parted(numbers: np.ndarray, shapes: Sequence[Sequence[int]]) -> list[np.ndarray]:
    """The arrays of these shapes that lie one after the other. ValueError where they do not."""
    sizes = [int(np.prod(shape)) for shape in shapes]
    if sum(sizes) != len(numbers):
        raise ValueError("other numbers than shapes")
    ends = np.cumsum([0, *sizes])
    return [numbers[a:b].reshape(s) for a, b, s in zip(ends, ends[1:], shapes, strict=False)]


def read_transfer(
    row: dict[str, Any], times: np.ndarray, path: np.ndarray, effort: np.ndarray
) -> Transfer:
    """The inverse of packed_transfer. ValueError where it is none."""
    fits = times.ndim == 1 and path.ndim == 2 and len(times) == len(path) == len(effort) > 1
    if not (fits and all(np.all(np.isfinite(array)) for array in (times, path, effort))):
        raise ValueError("not the samples of a motion")
    motions = tuple(Motion(**motion) for motion in row["motions"])
    carries = tuple(Carry(**carry) for carry in row["carries"])
    row = {**row, "motions": motions, "carries": carries}
    return Transfer(times=times, path=path, effort=effort, **row)


def read_target(row: dict[str, Any]) -> Target:
    """A target from its words."""
    return Target(**{**row, "q": tuple(row["q"]), "nearest": tuple(row["nearest"])})
