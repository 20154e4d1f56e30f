"""Timeline -> a folder of four Parquet files -> Timeline, by DuckDB.

intervals, moves, orders and points stand in a file each. Codes are written as the texts that they
stand for (NULL for none) and an unknown time or value as NULL, so that any reader of Parquet can
use the files alone. What holds for the whole timeline stands, as JSON, in each file's key-value
metadata under "twin"; a folder whose files do not agree on it is refused.
"""

from __future__ import annotations

import json
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from twin.errors import RecordingError
from twin.recordings.tables import Head, columns, open_database, put, sql_type, take
from twin.timeline import TABLES, Outcome, Quality, State, Table, Timeline

FORMAT = 1
# Columns whose numbers stand for words, and those that there are.
CODES = {"state": frozenset(State), "outcome": frozenset(Outcome), "quality": frozenset(Quality)}


def write(timeline: Timeline, folder: Path) -> None:
    """Writes a timeline as `folder`, whole or not at all.

    A folder that holds such a timeline is replaced. Raises RecordingError where something else
    stands in its place, or it cannot be written.
    """
    folder = Path(folder)
    if folder.exists() and not is_recording(folder):
        raise RecordingError(
            f"{folder}: is there already and is not a recording; name another folder"
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # In the same folder, so that a rename puts it in place at once.
        with tempfile.TemporaryDirectory(prefix=".twin-", dir=folder.parent) as beside:
            made = Path(beside) / "new"
            made.mkdir()
            _write_tables(timeline, made)
            _put(made, folder, Path(beside) / "old")
    except (OSError, UnicodeError, duckdb.Error) as error:
        raise RecordingError(f"{folder}: cannot be written: {error}") from error


def read(folder: Path) -> Timeline:
    """The timeline in a folder that `write` made.

    Names get new codes: the resources first, in their order, then the others, sorted. Raises
    RecordingError where a file is missing, is not of this format or does not belong to the others.
    """
    folder = Path(folder)
    missing = [name for name in TABLES if not _file(folder, name).is_file()]
    if missing:
        wanted = ", ".join(f"{name}.parquet" for name in missing)
        raise RecordingError(f"{folder}: is not a recording: {wanted} is missing")
    try:
        with open_database() as database:
            return _read(database, folder)
    except duckdb.Error as error:
        raise RecordingError(f"{folder}: cannot be read as Parquet: {error}") from error


def is_recording(folder: Path) -> bool:
    """Whether a folder holds the four files of a timeline and nothing else."""
    files = {f"{name}.parquet" for name in TABLES}
    return Path(folder).is_dir() and {entry.name for entry in Path(folder).iterdir()} == files


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.parquet"


# --- writing -------------------------------------------------------------------------------------


def _put(made: Path, folder: Path, old: Path) -> None:
    """Puts `made` in the place of `folder`; if that fails, what was there comes back."""
    replaced = folder.exists()
    if replaced:
        folder.rename(old)
    try:
        made.rename(folder)
    except OSError:
        if replaced:
            old.rename(folder)
        raise


def _write_tables(timeline: Timeline, folder: Path) -> None:
    with open_database() as database:
        put(database, timeline)
        database.execute("SET VARIABLE twin = ?", [json.dumps(_metadata(timeline))])
        for name in TABLES:
            database.execute(_copy_out(name), [str(_file(folder, name))])


def _copy_out(name: str) -> str:
    """The statement that writes one table; it holds nothing but this module's own words."""
    query = f"SELECT * EXCLUDE (row) FROM {name} ORDER BY row"
    options = "FORMAT parquet, COMPRESSION zstd, KV_METADATA {twin: getvariable('twin')}"
    return f"COPY ({query}) TO ? ({options})"


def _metadata(timeline: Timeline) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "run": timeline.run,
        "layout": timeline.layout,
        "origin": timeline.origin,
        "epoch": timeline.epoch.isoformat(),
        "start": timeline.start,
        "end": timeline.end,
        "resources": [timeline.names[code] for code in timeline.resources],
    }


# --- reading -------------------------------------------------------------------------------------


def _read(database: duckdb.DuckDBPyConnection, folder: Path) -> Timeline:
    metadata = _one_metadata(database, folder)
    for name in TABLES:
        _copy_in(database, folder, name)
    head = Head(
        resources=tuple(metadata["resources"]),
        start=float(metadata["start"]),
        end=float(metadata["end"]),
        epoch=datetime.fromisoformat(metadata["epoch"]),
        origin=metadata["origin"],
        run=metadata["run"],
        layout=metadata["layout"],
    )
    timeline = take(database, head)
    for name in TABLES:
        _check_codes(_file(folder, name), getattr(timeline, name))
    return timeline


def _one_metadata(database: duckdb.DuckDBPyConnection, folder: Path) -> dict[str, Any]:
    """The metadata that the four files share, of the right shape."""
    found = [_file_metadata(database, _file(folder, name)) for name in TABLES]
    if any(metadata != found[0] for metadata in found):
        raise RecordingError(f"{folder}: its files belong to different recordings")
    metadata = found[0]
    wanted = {"run": str, "layout": str, "origin": str, "epoch": str, "resources": list}
    wanted |= {"start": (int, float), "end": (int, float)}
    wrong = [key for key, kind in wanted.items() if not isinstance(metadata.get(key), kind)]
    if not wrong and not _are_names(metadata["resources"]):
        wrong = ["resources"]
    if wrong:
        raise RecordingError(f"{folder}: its metadata is damaged: {', '.join(wrong)}")
    try:
        datetime.fromisoformat(metadata["epoch"])
    except ValueError as error:
        raise RecordingError(f"{folder}: its metadata is damaged: epoch: {error}") from error
    return metadata


def _are_names(names: list[object]) -> bool:
    return all(isinstance(name, str) for name in names) and len(set(names)) == len(names)


def _file_metadata(database: duckdb.DuckDBPyConnection, file: Path) -> dict[str, Any]:
    rows = database.execute(
        "SELECT decode(value) FROM parquet_kv_metadata(?) WHERE decode(key) = 'twin'", [str(file)]
    ).fetchall()
    try:
        metadata = json.loads(rows[0][0]) if rows else None
    except ValueError:
        metadata = None
    if not isinstance(metadata, dict):
        raise RecordingError(f"{file}: is not a file of a recording: it has no 'twin' metadata")
    if metadata.get("format") != FORMAT:
        version = metadata.get("format")
        raise RecordingError(f"{file}: is of format {version!r}; this program reads {FORMAT}")
    return metadata


def _copy_in(database: duckdb.DuckDBPyConnection, folder: Path, name: str) -> None:
    file = str(_file(folder, name))
    described = database.execute("DESCRIBE SELECT * FROM read_parquet(?)", [file]).fetchall()
    types = {row[0]: row[1] for row in described}
    wanted = {key: sql_type(name, key) for key in columns(name)}
    if types != wanted:
        shown = ", ".join(f"{key} {kind}" for key, kind in wanted.items())
        raise RecordingError(f"{file}: has other columns than a table of {name}: {shown}")
    database.execute(
        f"CREATE TABLE {name} AS SELECT *, file_row_number AS row "
        "FROM read_parquet(?, file_row_number = true)",
        [file],
    )


def _check_codes(file: Path, rows: Table) -> None:
    for key, known in CODES.items():
        if key in (rows.dtype.names or ()):
            strange = ~np.isin(rows[key], sorted(known))
            if strange.any():
                at = int(np.argmax(strange))
                raise RecordingError(f"{file}: row {at + 1}: there is no {key} {rows[key][at]}")
