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


def format_of(name: str | Path) -> str:
    """The format that a file's name asks for. Raises TwinError where it is none of FORMATS."""
    ending = Path(name).suffix.lower().removeprefix(".")
    if ending not in FORMATS:
        known = ", ".join(f".{one}" for one in FORMATS)
        raise TwinError(f"{name}: its name has to end in one of {known}")
    return ending


def content(handout: Handout, ending: str) -> bytes:
    """A handout in one of FORMATS. Raises TwinError where it lacks what the format shows."""
    return FORMATS[ending](handout)


def write(handout: Handout, path: Path) -> int:
    """Write a handout, whole or not at all; the size of the file [bytes]. Raises TwinError."""
    made = content(handout, format_of(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, made)
    except OSError as error:
        raise TwinError(f"{path}: cannot be written: {error.strerror}") from error
    return len(made)
