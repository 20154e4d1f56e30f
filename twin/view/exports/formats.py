"""A handout as a file of the format that its name asks for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from twin.cache import write_whole
from twin.cells.factory import Factory
from twin.errors import TwinError
from twin.timeline import Timeline
from twin.view.exports import page, sheets
from twin.view.exports.handout import Handout, of_run
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


def export(factory: Factory, run: Timeline, path: str | Path) -> None:
    """Hand on one run of a factory with its own figures, as FORMATS says: `path` ends in .html,
    .csv, .xlsx or .glb. Raises TwinError where it is none of these or cannot be written."""
    write(of_run(factory, run), Path(path))


def write(handout: Handout, path: Path) -> int:
    """Write a handout, whole or not at all; the size of the file [bytes]. Raises TwinError."""
    made = content(handout, format_of(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, made)
    except OSError as error:
        raise TwinError(f"{path}: cannot be written: {error.strerror}") from error
    return len(made)
