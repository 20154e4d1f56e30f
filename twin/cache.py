"""What is kept on disk because making it anew takes time: by content, whole or not at all.

A file that cannot be read is as good as not there; one that cannot be written only costs the time
of the next run.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
from pathlib import Path

_CHECKSUM = 32  # bytes of SHA-256


def cache_folder(kind: str) -> Path:
    """The folder of one kind of things, in $TWIN_CACHE, else in the platform's for a user's."""
    if named := os.environ.get("TWIN_CACHE"):
        return Path(named) / kind
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "twin" / kind


def kept(path: Path) -> bytes | None:
    """What was kept in a file, or None where it is absent or damaged."""
    try:
        raw = path.read_bytes()
    except OSError:
        return None
    content = raw[_CHECKSUM:]
    return content if hashlib.sha256(content).digest() == raw[:_CHECKSUM] else None


def keep(path: Path, content: bytes) -> None:
    """Keep something in a file; says so on stderr where it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write(path, content)
    except OSError as error:
        folder = path.parent
        print(f"twin: {folder.name} are not kept: {folder}: {error.strerror}", file=sys.stderr)


def write(path: Path, content: bytes) -> None:
    """A file that `kept` reads, whole or not at all. It does not wait for the disk: what a loss of
    power leaves of it has another checksum, and is as good as not there."""
    write_whole(path, hashlib.sha256(content).digest() + content, lasting=False)


def write_whole(path: Path, content: bytes, *, lasting: bool = True) -> None:
    """One file, whole or not at all: written beside its place and then moved there. `lasting`: it
    is on the disk when this comes back."""
    draft = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}")
    try:
        with draft.open("xb") as file:
            file.write(content)
            if lasting:
                file.flush()
                os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
