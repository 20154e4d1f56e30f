"""What the browser fetches, as files named by their content: written once, never changed."""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from pathlib import Path

from twin.cache import cache_folder
from twin.errors import TwinError

ROUTE = "blobs"
EXPORTS = "exports"  # files to keep: the server gives them as attachments
KEPT = 30 * 86400.0  # s since a blob was last asked for by this program
ROOM = 500 * 2**20  # bytes in all; the oldest go first


class Blobs:
    """A folder of files that several servers may share: equal content has equal names.

    `route` is where the server has them, and the kind of folder that they are in without `folder`.
    """

    def __init__(self, folder: Path | None = None, route: str = ROUTE) -> None:
        self.folder = folder or cache_folder(route)
        self.route = route
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise TwinError(
                f"{self.folder}: cannot be made ({error.strerror}); set TWIN_CACHE to a folder "
                "that can be written to"
            ) from error

    def put(self, content: bytes, ending: str) -> str:
        """Keep content; its address below the server's root. `ending` is "glb", "json" …"""
        name = f"{hashlib.sha256(content).hexdigest()}.{ending}"
        path = self.folder / name
        try:
            if path.is_file() and path.stat().st_size == len(content):
                os.utime(path)
            else:
                draft = self.folder / f".{name}.{os.getpid()}-{secrets.token_hex(4)}"
                draft.write_bytes(content)
                draft.replace(path)
        except OSError as error:
            raise TwinError(f"{path}: cannot be written: {error.strerror}") from error
        # With a version in the address the server lets the browser keep it for good.
        return f"{self.route}/{name}?v=1"

    def sweep(self, room: int = ROOM, kept: float = KEPT) -> int:
        """Remove what was not used for `kept` [s], then the oldest until `room` [bytes] hold all.

        Returns how many files went. A file that another program holds or has removed is left.
        """
        files = sorted(_ages(self.folder), reverse=True)  # the newest first
        now, total, gone = time.time(), 0, 0
        for used, size, path in files:
            total += size
            if total > room or now - used > kept:
                path.unlink(missing_ok=True)
                gone += 1
        return gone


def _ages(folder: Path) -> list[tuple[float, int, Path]]:
    found = []
    for path in folder.iterdir():
        if path.is_file():
            status = path.stat()
            found.append((status.st_mtime, status.st_size, path))
    return found
