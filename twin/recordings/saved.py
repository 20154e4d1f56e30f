"""Mappings of a user's own: `<user folder>/mappings/<name>.yaml`, written once, found again for
each log that has the columns which they name."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from twin.errors import LayoutError, RecordingError
from twin.layout.folders import NAME, user_folder
from twin.layout.tree import grow
from twin.layout.validation import validated
from twin.recordings.log import wanted
from twin.recordings.mapping import Clock, Columns, Mapping, Measured, Sheet, read_mapping

_MODELS: tuple[type[BaseModel], ...] = (Mapping, Sheet, Clock, Columns, Measured)
_FIELDS = frozenset(name for model in _MODELS for name in model.model_fields)


def mapping_path(name: str) -> Path:
    """The file of a mapping; raises RecordingError where the name is fit for none."""
    if not NAME.fullmatch(name):
        raise RecordingError(
            f"{name!r} is no name: use letters, digits, - and _, beginning with a letter or a "
            "digit, at most 60 of them"
        )
    return user_folder() / "mappings" / f"{name}.yaml"


def checked(fields: dict[str, Any]) -> Mapping:
    """The mapping that some fields make, as they would stand in its file.

    Raises RecordingError with all that is wrong, in words.
    """
    text = json.dumps({"mapping": 1, **fields}, ensure_ascii=False)
    try:
        return validated(grow(text, "mapping"), Mapping, "mapping", text)
    except LayoutError as error:
        told = "; ".join(f"{at}: {said}" if at else said for at, said in error.problems)
        raise RecordingError(told or str(error)) from error


def text_of(mapping: Mapping) -> str:
    """A mapping as the text of its file; what is as if nothing was told is left out."""
    told = mapping.model_dump(mode="json", exclude_defaults=True)
    yaml = YAML()
    yaml.width = 10_000
    out = io.StringIO()
    head = {"mapping": 1, **({"name": mapping.name} if mapping.name else {})}
    yaml.dump(_quoted({**head, **told}), out)
    return out.getvalue()


def _quoted(value: Any) -> Any:
    """What a log calls things stands in quotes: none of it is a number, a list or a comment."""
    if isinstance(value, dict):
        return {
            key if key in _FIELDS else DoubleQuotedScalarString(key): _quoted(each)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_quoted(each) for each in value]
    return DoubleQuotedScalarString(value) if isinstance(value, str) else value


def write_mapping(name: str, mapping: Mapping) -> Path:
    """Writes a mapping of the user's own; one that says the same stays as it is.

    Raises RecordingError where another one has this name, or it cannot be written.
    """
    path = mapping_path(name)
    if path.exists() and _told(path) == mapping:
        return path
    content = text_of(mapping).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            try:
                file.write(content)
                file.flush()
            except OSError:
                path.unlink(missing_ok=True)  # a full disk has room for the name, nothing more
                raise
    except FileExistsError:
        raise RecordingError(f"{path}: is there already; choose another name") from None
    except OSError as error:
        raise RecordingError(f"{path}: cannot be written: {error.strerror or error}") from error
    return path


def fitting(columns: Iterable[str]) -> dict[str, Mapping]:
    """The user's own mappings that name none but these columns, the newest first."""
    known = {column.strip() for column in columns}
    files = [p for p in (user_folder() / "mappings").glob("*.yaml") if NAME.fullmatch(p.stem)]
    found: dict[str, Mapping] = {}
    for path in sorted(files, key=lambda path: path.stat().st_mtime, reverse=True):
        mapping = _told(path)
        if mapping is not None and {name.strip() for name in wanted(mapping)} <= known:
            found[path.stem] = mapping
    return found


def _told(path: Path) -> Mapping | None:
    """The mapping in a file; None where it holds none, which is then no one's to offer."""
    try:
        return read_mapping(path)
    except RecordingError:
        return None
