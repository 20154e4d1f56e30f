"""A file that comes through the browser, piece by piece, into a folder of its own among the user's.

What the browser calls it is shown and nothing else: it becomes no path. Only its ending counts.
"""

from __future__ import annotations

import re
import shutil
import tempfile
from pathlib import Path
from time import time

from twin.errors import RecordingError
from twin.layout.folders import user_folder
from twin.recordings.log import SUFFIXES

LARGEST = 500_000_000  # bytes of a log that comes through the browser
LARGEST_PIECE = 4_000_000
_PREFIX = "twin-"
_FORGOTTEN = 86_400.0  # s after which what a crash has left is swept up


class Upload:
    """The file while it comes, and as long as it is looked at; `drop` removes it."""

    def __init__(self, name: str, size: int) -> None:
        """Raises RecordingError where it is too large, no log by its name, or has no place."""
        self.name = re.sub(r"[\x00-\x1f\x7f]", " ", name)[-100:]
        self.size, self.got = size, 0
        ending = _ending(self.name)
        if size > LARGEST:
            raise RecordingError(
                f"{self.name}: larger than {LARGEST / 1e6:.0f} MB; read it where it lies, with "
                "twin import"
            )
        if size <= 0:
            raise RecordingError(f"{self.name}: is empty")
        home = user_folder() / "imports"
        try:
            home.mkdir(parents=True, exist_ok=True)
            _sweep(home)
            self._folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=home))
        except OSError as error:
            raise RecordingError(f"{home}: cannot be written: {error.strerror or error}") from error
        self.path = self._folder / f"log{ending}"

    @property
    def is_whole(self) -> bool:
        """Whether all of it is there."""
        return self.got == self.size

    def add(self, content: bytes) -> None:
        """Its next piece. Raises RecordingError where it is larger than was said, or the disk is
        full."""
        self.got += len(content)
        if len(content) > LARGEST_PIECE or self.got > self.size:
            raise RecordingError(f"{self.name}: is larger than the browser said; choose it again")
        try:
            with self.path.open("ab") as file:
                file.write(content)
        except OSError as error:
            said = error.strerror or error
            raise RecordingError(f"{self.name}: cannot be kept: {said}") from error

    def drop(self) -> None:
        """Remove it; what another program still holds is swept up later."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def plain(self, text: str) -> str:
        """A message with the file's name in the place of where it lies."""
        return text.replace(str(self.path), self.name).replace(f"{self._folder}", "")


def _ending(name: str) -> str:
    found = [ending.lower() for ending in Path(name.replace("\\", "/")).suffixes[-2:]]
    if found[-1:] == [".gz"] and found[0] in SUFFIXES:
        return "".join(found)
    if not found or found[-1] not in SUFFIXES:
        raise RecordingError(
            f"{name}: is no log by its name; it ends in one of {', '.join(SUFFIXES)}, or in .gz "
            "behind that"
        )
    return found[-1]


def _sweep(home: Path) -> None:
    for folder in home.glob(f"{_PREFIX}*"):
        if time() - folder.stat().st_mtime > _FORGOTTEN:
            shutil.rmtree(folder, ignore_errors=True)
