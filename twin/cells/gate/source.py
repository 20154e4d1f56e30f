"""What a user brings, as a folder: a file, a folder or a zip, and the packages that are in it."""

from __future__ import annotations

import re
import shutil
import stat
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from twin.errors import LayoutError, nearest

LARGEST = 200_000_000  # bytes of all files together
MOST = 4_000  # files
RATIO = 200  # of a file in a zip to what it takes there: more is a trap
PACKAGE = "package://"
DEEP = 4  # folders above a file in which the package that it belongs to is looked for
ROBOTS = (".urdf", ".xacro")


@dataclass(frozen=True)
class Source:
    """A robot's root file, the folder that nothing leads out of, and the packages by name."""

    root: Path
    folder: Path
    packages: dict[str, Path]

    def file(self, name: str, beside: Path) -> Path:
        """The file that a URDF in `beside` calls `name`. Raises LayoutError with what was tried."""
        if name.startswith("file://"):
            name = name.removeprefix("file://")
        if name.startswith(PACKAGE):
            package, _, inner = name.removeprefix(PACKAGE).partition("/")
            if package not in self.packages:
                known = ", ".join(sorted(self.packages)) or "none"
                raise LayoutError(
                    f"{name!r}: package {package!r} is not known; known are: {known}; name its "
                    f"folder with --package {package}=FOLDER"
                )
            tried = [self.packages[package] / inner]
        elif "://" in name:
            raise LayoutError(f"{name!r}: expected a file name or {PACKAGE}NAME/FILE")
        else:
            tried = [beside / name, self.folder / name]
        for path in tried:
            if path.is_file() and self.holds(path):
                return path
        raise LayoutError(f"{name!r} is not there; tried {', '.join(map(str, tried))}")

    def holds(self, path: Path) -> bool:
        """Whether a path, with all links followed, lies in one of the folders."""
        real = path.resolve()
        return any(
            real.is_relative_to(folder.resolve())
            for folder in (self.folder, *self.packages.values())
        )


def opened(
    source: Path, room: Path, root: str | None = None, packages: Mapping[str, Path] | None = None
) -> Source:
    """A file, a folder or a zip (unpacked into the empty folder `room`) as a Source.

    `root` names the robot's file in it, where there are several. Raises LayoutError.
    """
    source = Path(source)
    named = {name: Path(folder) for name, folder in (packages or {}).items()}
    for name, folder in named.items():
        if not folder.is_dir():
            raise LayoutError(f"package {name}: {folder} is no folder")
    if source.is_dir():
        _bounded(source)
        return _found(source, root, named)
    if not source.is_file():
        raise LayoutError(f"{source}: there is no such file or folder")
    if source.suffix.lower() == ".zip":
        _unpack(source, room)
        inner = [path for path in room.iterdir() if path.name != "__MACOSX"]
        folder = inner[0] if len(inner) == 1 and inner[0].is_dir() else room
        return _found(folder, root, named)
    if source.suffix.lower() not in ROBOTS:
        raise LayoutError(f"{source}: expected a .urdf, a .xacro, a folder or a .zip")
    folder = source.parent
    for above in [*source.parents][:DEEP]:
        if (above / "package.xml").is_file():
            folder = above
            break
    beside = {} if folder == source.parent else dict(_packages(folder))
    return Source(source, folder, beside | named)


def _found(folder: Path, root: str | None, named: Mapping[str, Path]) -> Source:
    packages = dict(_packages(folder)) | dict(named)
    robots = sorted(p for p in folder.rglob("*") if p.suffix.lower() in ROBOTS and p.is_file())
    if root is not None:
        chosen = [p for p in robots if str(p.relative_to(folder)) == root or p.name == root]
        if len(chosen) != 1:
            names = [str(p.relative_to(folder)) for p in robots]
            raise LayoutError(f"{folder.name}: no one file {root!r}; {nearest(root, names)}")
        return Source(chosen[0], folder, packages)
    names = ", ".join(str(p.relative_to(folder)) for p in robots)
    for kind in ROBOTS:
        some = [p for p in robots if p.suffix.lower() == kind and _is_robot(p)]
        if len(some) == 1:
            return Source(some[0], folder, packages)
        if some:
            raise LayoutError(f"{folder.name}: has several robots: {names}; name one with --root")
    raise LayoutError(f"{folder.name}: has no URDF or xacro of a robot with a name")


def _is_robot(path: Path) -> bool:
    """Whether a file is a robot, and not a part that others include: those have no name."""
    try:
        start = path.read_text("utf-8", errors="replace")[:20_000]
    except OSError:
        return False
    return re.search(r"<robot\b[^>]*\bname\s*=", start) is not None


def _packages(folder: Path) -> Iterator[tuple[str, Path]]:
    """Packages in a folder: by their package.xml, else by the names of the folders at its top."""
    yield folder.name, folder
    for inner in sorted(p for p in folder.iterdir() if p.is_dir()):
        yield inner.name, inner
    for manifest in sorted(folder.rglob("package.xml")):
        try:
            name = ET.fromstring(manifest.read_bytes()).findtext("name", "").strip()
        except (ET.ParseError, OSError):
            continue  # some other file of that name
        if name:
            yield name, manifest.parent


def _bounded(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    total = sum(path.stat().st_size for path in files)
    if len(files) > MOST or total > LARGEST:
        raise LayoutError(
            f"{folder}: {len(files)} files of {total / 1e6:.0f} MB; at most {MOST} of "
            f"{LARGEST / 1e6:.0f} MB: bring the robot's own folder"
        )


def _unpack(source: Path, room: Path) -> None:
    try:
        with zipfile.ZipFile(source) as packed:
            entries = packed.infolist()
            total = sum(entry.file_size for entry in entries)
            if len(entries) > MOST or total > LARGEST:
                raise LayoutError(
                    f"{source}: {len(entries)} files of {total / 1e6:.0f} MB; at most {MOST} of "
                    f"{LARGEST / 1e6:.0f} MB"
                )
            for entry in entries:
                _unpack_one(source, packed, entry, room)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise LayoutError(f"{source}: cannot be unpacked: {error}") from error


def _unpack_one(source: Path, packed: zipfile.ZipFile, entry: zipfile.ZipInfo, room: Path) -> None:
    name = entry.filename
    parts = Path(name.replace("\\", "/")).parts
    if Path(name).is_absolute() or ".." in parts or ":" in name or "\0" in name or not parts:
        raise LayoutError(f"{source}: entry {name!r} leads out of the zip")
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise LayoutError(f"{source}: entry {name!r} is a link; pack the file itself")
    if entry.file_size > 1_000_000 and entry.file_size > RATIO * max(1, entry.compress_size):
        raise LayoutError(f"{source}: entry {name!r} grows more than {RATIO} times")
    target = room.joinpath(*parts)
    if entry.is_dir():
        target.mkdir(parents=True, exist_ok=True)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with packed.open(entry) as content, target.open("xb") as file:
        shutil.copyfileobj(content, file)  # never more than the entry says: zipfile checks it
