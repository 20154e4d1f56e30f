"""A handout as a file of the format that its name asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from twin.cache import write_whole
from twin.errors import TwinError
from twin.view.exports import page, sheets
from twin.view.exports.handout import Handout
from twin.view.placed import placed_scene

FORMATS: dict[str, Callable[[Handout], bytes]] = {
    "html": page.html,
    "csv": sheets.csv,
    "xlsx": sheets.xlsx,
    "glb": lambda handout: placed_scene(handout.layout),
}
WITHOUT_FIGURES = ("glb",)  # these need the layout alone


def format_of(path: Path) -> str:
    """The format that a file's name asks for. Raises TwinError where it is none of FORMATS."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        known = ", ".join(f".{one}" for one in FORMATS)
        raise TwinError(f"{path}: its name has to end in one of {known}")
    return ending


def write(handout: Handout, path: Path) -> int:
    """Write a handout, whole or not at all; the size of the file [bytes]. Raises TwinError."""
    content = FORMATS[format_of(path)](handout)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        raise TwinError(f"{path}: cannot be written: {error.strerror}") from error
    return len(content)
