"""A file that one program at a time may write: held by a lock of the operating system.

The lock ends with the program that holds it, however that ends: none is ever left behind. The empty
file that it is on lies beside the one that is written, so that programs of other users see it, too.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from twin.errors import LayoutError

PATIENCE = 5.0  # s to wait for another program
PULSE = 0.02  # s between two attempts

if sys.platform == "win32":
    import msvcrt

    def _taken(file: IO[bytes]) -> bool:
        try:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _let_go(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

    def _is_there(file: IO[bytes], path: Path) -> bool:
        return True  # what is open cannot be removed there

else:
    import fcntl

    def _taken(file: IO[bytes]) -> bool:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _let_go(file: IO[bytes]) -> None:
        fcntl.flock(file.fileno(), fcntl.LOCK_UN)

    def _is_there(file: IO[bytes], path: Path) -> bool:
        """Whether the file that is locked is still the one of that name."""
        try:
            named = path.stat()
        except FileNotFoundError:
            return False
        opened = os.fstat(file.fileno())
        return (named.st_dev, named.st_ino) == (opened.st_dev, opened.st_ino)


@contextmanager
def held(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """While it lasts, nobody else holds `path`, in this program or another one.

    Raises LayoutError where another one holds it for `patience` seconds, or no lock can be made.
    """
    lock = path.with_name(f".{path.name}.lock")
    deadline = time.monotonic() + patience
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = lock.open("ab")
        except OSError as error:
            raise LayoutError(f"{path}: cannot be written: {error.strerror}") from error
        if _taken(file):
            if _is_there(file, lock):
                break
            _let_go(file)  # whoever had it has removed it: take the next one
        file.close()
        if time.monotonic() > deadline:
            raise LayoutError(f"{path}: is being written by another program; try again in a moment")
        time.sleep(PULSE)
    try:
        yield
    finally:
        if sys.platform != "win32":
            lock.unlink(missing_ok=True)
        _let_go(file)
        file.close()
        if sys.platform == "win32":
            with suppress(OSError):  # somebody waits for it, and will remove it
                lock.unlink(missing_ok=True)
