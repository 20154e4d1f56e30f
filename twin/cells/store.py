"""Judged cells on disk, by content: one file each, a checksum and an npz with words as JSON in it.

What cannot be read is as good as not there: the cell is judged again.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import asdict
from importlib import metadata
from pathlib import Path

import numpy as np

from twin.cells.cell import Cell
from twin.cells.transfer import Solution, Transfer
from twin.layout.folders import PACKAGE
from twin.layout.rules import Finding

# What a result hangs on besides the cell: the programs that make it. A fork of PyBullet has the
# same import name.
_PROGRAMS = ("numpy", "scipy", "ruckig", "pybullet", "pybullet-arm64", "trimesh")
_CHECKSUM = 32  # bytes of SHA-256
_SOURCES = ("cells", "layout/shapes", "layout/catalog.py", "pose.py", "units.py")


def cell_key(cell: Cell) -> str:
    """SHA-256 (hex) of all that the result depends on: cell, the arm's files, the programs."""
    digest = hashlib.sha256(cell.text().encode())
    folder = Path(cell.urdf).parent
    _feed(digest, folder, sorted(path for path in folder.rglob("*") if path.is_file()))
    root = PACKAGE
    for name in _SOURCES:
        found = [root / name] if name.endswith(".py") else sorted((root / name).rglob("*.py"))
        _feed(digest, root, found)
    digest.update(json.dumps({name: _version(name) for name in _PROGRAMS}).encode())
    return digest.hexdigest()


def _feed(digest: hashlib._Hash, folder: Path, paths: Iterable[Path]) -> None:
    for path in paths:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(folder).as_posix()}:{len(content)}:".encode())
        digest.update(content)


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def cache_folder() -> Path:
    """$TWIN_CACHE, else the platform's folder for a user's caches."""
    if named := os.environ.get("TWIN_CACHE"):
        return Path(named) / "cells"
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "twin" / "cells"


def stored(key: str) -> Solution | None:
    """The solution kept under a key, or None."""
    return read_solution(cache_folder() / f"{key}.cell")


def keep(key: str, solution: Solution) -> None:
    """Keeps a solution; a folder that cannot be written to only costs the time of the next run."""
    folder = cache_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_solution(folder / f"{key}.cell", solution)
    except OSError as error:
        print(f"twin: cells are not kept: {folder}: {error.strerror}", file=sys.stderr)


def write_solution(path: Path, solution: Solution) -> None:
    """One file, whole or not at all: written beside its place and then moved there."""
    words = {
        "transfers": [
            {k: v for k, v in asdict(transfer).items() if k not in ("times", "path")}
            for transfer in solution.transfers
        ],
        "findings": [asdict(finding) for finding in solution.findings],
    }
    arrays: dict[str, np.ndarray] = {"words": np.frombuffer(json.dumps(words).encode(), np.uint8)}
    for index, transfer in enumerate(solution.transfers):
        arrays[f"times{index}"], arrays[f"path{index}"] = transfer.times, transfer.path
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)  # type: ignore[arg-type]  # keywords are arrays
    content = packed.getvalue()
    handle, name = tempfile.mkstemp(dir=path.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(content).digest() + content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def read_solution(path: Path) -> Solution | None:
    """What write_solution wrote, or None where the file is absent or damaged."""
    try:
        raw = path.read_bytes()
        if hashlib.sha256(raw[_CHECKSUM:]).digest() != raw[:_CHECKSUM]:
            return None
        with np.load(io.BytesIO(raw[_CHECKSUM:]), allow_pickle=False) as file:
            words = json.loads(file["words"].tobytes())
            transfers = tuple(
                _transfer(row, file[f"times{index}"], file[f"path{index}"])
                for index, row in enumerate(words["transfers"])
            )
            return Solution(transfers, tuple(Finding(**row) for row in words["findings"]))
    except (OSError, EOFError, KeyError, TypeError, ValueError):
        return None


def _transfer(row: dict[str, object], times: np.ndarray, path: np.ndarray) -> Transfer:
    fits = times.ndim == 1 and path.ndim == 2 and len(times) == len(path) > 1
    if not (fits and np.all(np.isfinite(times)) and np.all(np.isfinite(path))):
        raise ValueError("not the samples of a motion")
    return Transfer(times=times, path=path, **row)  # type: ignore[arg-type]  # checked by use
