"""Layout files: text -> Document -> text; what a planner wrote stays as it was written."""

from __future__ import annotations

import errno
import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twin.cache import write_whole
from twin.errors import LayoutError
from twin.layout import folders
from twin.layout.schema import Layout
from twin.layout.tree import LARGEST, Node, grow
from twin.layout.validation import validated

# No room on the disk, or no more than a user may have of it (Windows knows no such limit).
FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


@dataclass(frozen=True)
class Document:
    """A layout and the text it was read from; `name` is what messages call the text, `folder` where
    its file lies."""

    name: str
    text: str
    tree: Node
    layout: Layout
    folder: Path | None = None


def load(path: str | Path) -> Layout:
    """The layout in a file, or of a name. Raises LayoutError listing everything wrong with it."""
    return open_document(path).layout


def open_document(path: str | Path) -> Document:
    """The document in a file, or of a layout's name. Raises LayoutError."""
    file = folders.find_layout(path)
    return parse(read_text(file), str(file), file.parent)


def read_text(path: Path) -> str:
    """The text of a file that is small enough to be one of ours. Raises LayoutError."""
    try:
        with path.open("rb") as file:
            content = file.read(4 * LARGEST + 1)
        if len(content) > 4 * LARGEST:
            raise LayoutError(f"{path}: is larger than {4 * LARGEST:,} bytes; is this the file?")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LayoutError(f"{path}: is not UTF-8 text (byte {error.start}); save it so") from None
    except OSError as error:
        raise LayoutError(f"{path}: cannot be read: {error.strerror}") from error


def parse(text: str, name: str = "layout", folder: Path | None = None) -> Document:
    """The document in a text of YAML; `name` is what messages call it, `folder` where its file
    lies, and with it the programs that it names. Raises LayoutError."""
    tree = grow(text, name)
    layout = validated(tree, Layout, name, text)
    layout.stand_in(folder)
    return Document(name, text, tree, layout, folder)


def dump(document: Document) -> str:
    """The text of a document: every comment, order and unit as the planner wrote them."""
    return document.text


def save(document: Document, path: Path) -> None:
    """Writes a document to a file whole or not at all. Raises LayoutError.

    A file of the package is refused: `new_layout` makes a copy that is the user's own.
    """
    if folders.in_package(path):
        raise LayoutError(f"{path}: belongs to the program; save it under a name of your own")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, document.text.encode())
    except OSError as error:
        raise unwritten(path, error) from error


def unwritten(path: Path, error: OSError) -> LayoutError:
    """What is said where a file cannot be written, and what to do about it."""
    advice = "; make room, then try again" if error.errno in FULL else ""
    return LayoutError(f"{path}: cannot be written: {error.strerror}{advice}")


def layout_key(layout: Layout) -> str:
    """A name for what a layout means: SHA-256 (hex) of its validated content.

    Comments and the way a quantity is written ("1 min", 60) do not count; order does, for machines
    of a station are chosen in their order.
    """
    content = json.dumps(layout.model_dump(mode="json", by_alias=True), separators=(",", ":"))
    return hashlib.sha256(content.encode()).hexdigest()


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a layout file, for editors."""
    schema = Layout.model_json_schema(by_alias=True)
    _close(schema)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def _close(schema: Any) -> None:
    """Forbids names that are none: pydantic says what fits a pattern, not that nothing else may."""
    if isinstance(schema, dict):
        if "patternProperties" in schema:
            schema.setdefault("additionalProperties", False)
        for item in schema.values():
            _close(item)
    elif isinstance(schema, list):
        for item in schema:
            _close(item)
