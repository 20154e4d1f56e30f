"""Where layouts, assets and pages lie: the user's folder first, then the package's own.

Nothing is ever written into the package.
"""

from __future__ import annotations

import os
import re
from functools import cache, lru_cache
from pathlib import Path

from twin.errors import LayoutError, nearest

PACKAGE = Path(__file__).resolve().parents[1]
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")


def user_folder() -> Path:
    """The user's own folder: $TWIN_HOME, else `twin` in the home directory; it need not exist."""
    home = os.environ.get("TWIN_HOME")
    return Path(home).expanduser() if home else Path.home() / "twin"


def package_folder(kind: str) -> Path:
    """The package's own "layouts", "assets", "apps", "cases". Raises LayoutError if it has none."""
    for folder in _package_folders(kind):
        return folder
    raise LayoutError(f"{PACKAGE}: the installation has no folder {kind!r}; install it again")


@cache  # an installation stays where it is
def _package_folders(kind: str) -> tuple[Path, ...]:
    """In a wheel they lie inside the package, in a checkout beside it."""
    return tuple(f for f in (PACKAGE / "share" / kind, PACKAGE.parent / kind) if f.is_dir())[:1]


def search_path(kind: str) -> tuple[Path, ...]:
    """The folders that are looked through for "layouts" or "assets", in order."""
    return _search_path(kind, os.environ.get("TWIN_HOME"), os.environ.get("HOME"))


@lru_cache(maxsize=64)  # a check of one floor asks for hundreds of assets
def _search_path(kind: str, *_homes: str | None) -> tuple[Path, ...]:
    return (user_folder() / kind, *_package_folders(kind))


def known_layouts() -> dict[str, Path]:
    """Every layout that has a name, and its file; the user's own hide the package's."""
    found: dict[str, Path] = {}
    for folder in reversed(search_path("layouts")):
        for path in sorted(folder.glob("*.yaml")):
            if NAME.fullmatch(path.stem):
                found[path.stem] = path
    return dict(sorted(found.items()))


def package_layouts() -> list[str]:
    """The names of the layouts that come with the program."""
    folders = _package_folders("layouts")
    return sorted(path.stem for folder in folders for path in folder.glob("*.yaml"))


def named_layout(name: str) -> Path:
    """The file of the layout with this name, in the user's folder or the package's.

    Only a name is taken, never a path: fit for what a browser sends. Raises LayoutError.
    """
    known = known_layouts()
    if name not in known:
        raise LayoutError(f"no layout is named {name!r}; {nearest(name, known)}")
    return known[name]


def find_layout(name_or_path: str | Path) -> Path:
    """The file meant by a layout's name, or by a path. Raises LayoutError if there is none."""
    text = str(name_or_path)
    path = Path(text).expanduser()
    if NAME.fullmatch(text) and not path.is_file():
        return named_layout(text)
    if path.is_dir():
        raise LayoutError(f"{text}: is a folder; name a layout file in it")
    if not path.is_file():
        raise LayoutError(f"{text}: no such file; {nearest(path.stem, known_layouts())}")
    return path


def new_layout(name: str, source: str | Path) -> Path:
    """Copies a layout (name or path) into the user's folder under a new name; returns the file.

    Raises LayoutError if the name is not fit for one or taken: nothing is overwritten.
    """
    return write_new(name, find_layout(source).read_bytes())


def write_new(name: str, content: bytes) -> Path:
    """Writes a new layout of the user's own; returns the file.

    Raises LayoutError if the name is not fit for one or taken: nothing is overwritten.
    """
    if not NAME.fullmatch(name):
        raise LayoutError(
            f"{name!r} is no name for a layout; use letters, digits, - and _, beginning with a "
            "letter or a digit, at most 60 of them"
        )
    folder = user_folder() / "layouts"
    target = folder / f"{name}.yaml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with target.open("xb") as file:
            file.write(content)
    except FileExistsError:
        raise LayoutError(f"{target}: exists already; choose another name") from None
    except OSError as error:
        target.unlink(missing_ok=True)  # a full disk has room for the name, and nothing more
        raise LayoutError(f"{target}: cannot be written: {error.strerror}") from error
    return target


def in_package(path: Path) -> bool:
    """Whether a file belongs to the package's own, which nothing may change."""
    own = [
        folder
        for kind in ("layouts", "assets", "apps", "cases")
        for folder in _package_folders(kind)
    ]
    return any(path.resolve().is_relative_to(folder.resolve()) for folder in own)
