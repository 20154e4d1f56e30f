"""Files of MTConnect, of any number of machines and days -> Timeline."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from twin.errors import RecordingError
from twin.recordings.messages import GZIP_MAGIC, Bounded
from twin.recordings.mtconnect import model, shdr, streams
from twin.recordings.mtconnect.follower import Follower
from twin.recordings.mtconnect.mapping import Mapping
from twin.recordings.mtconnect.observations import Damaged, News, Snapshot, Told
from twin.timeline import Timeline

MOST_BYTES = 2 * 2**30  # of one file, unpacked; a busy machine tells some 10 MB a day
SNIFFED = 2**16  # bytes by which a file is known
MODEL = "Devices.xml"
# A file of which more is not understood than is (and more than a few lines) is of another format.
DAMAGED = 20


def is_mtconnect(path: Path) -> bool:
    """Whether a file is one of SHDR lines or of an agent's documents, by its content."""
    try:
        with _opened(path) as file:
            head = file.read(SNIFFED).decode("utf-8", "replace")
    except (OSError, EOFError, zlib.error, RecordingError):
        return False
    if head.lstrip("\ufeff \r\n\t").startswith("<"):
        return "MTConnectStreams" in head
    lines = [line for line in head.splitlines() if line and not line.startswith("*")]
    # The first one, not any: a table with bars between its columns begins with their names.
    return bool(lines) and shdr.looks_like(lines[0])


def read_files(paths: Sequence[Path], mapping: Mapping | None = None) -> Timeline:
    """The timeline that files tell, heard in the order of their names.

    A device model beside them (Devices.xml) is taken in, or the one that the mapping names. Whose
    a file of SHDR is, its lines say, or its name: it holds a device of the mapping or of the
    model, or begins with one. Raises RecordingError where one cannot be read.
    """
    mapping = mapping or Mapping()
    follower = Follower(mapping, _models(paths, mapping))
    names = sorted({*follower.devices(), *mapping.machines.values()}, key=len, reverse=True)
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(_digest(path))
        _hear(follower, path, device_of(path, names))
    timeline = follower.timeline(run=digest.hexdigest()[:12])
    if not timeline.resources:
        raise RecordingError(f"{_shown(paths)}: {_no_machine(follower, mapping)}")
    return timeline


def device_of(path: Path, names: Iterable[str]) -> str:
    """Whose a file is, by its name: the first of `names` that stands in it, else how it begins."""
    stem = path.name.partition(".")[0]
    known = list(names)
    for name in known:
        if name.casefold() in stem.casefold():
            return name
    return known[0] if len(known) == 1 else stem.partition("-")[0] or stem


def told_in(path: Path, device: str) -> Iterator[Told | model.Device]:
    """What a file tells, in its order. Raises RecordingError where it cannot be read."""
    number = 0
    try:
        with _opened(path) as file:
            if file.peek(64).lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
                yield from _documents(path, file)
                return
            lines = io.TextIOWrapper(file, "utf-8", "replace", newline="\n")
            for told in shdr.read(lines, device):
                number += 1
                yield told
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        place = f"{path}: behind observation {number:,}"
        raise RecordingError(f"{place}: the gzip stream is cut off or damaged ({error})") from error
    except OSError as error:
        raise RecordingError(f"{path}: cannot be read: {error.strerror or error}") from error


def _no_machine(follower: Follower, mapping: Mapping) -> str:
    items = ", ".join(follower.items()[:12])
    if not items:
        machines = ", ".join(mapping.machines.values())
        return (
            f"tells nothing of the mapping's machines ({machines})" if machines else "tells nothing"
        )
    return (
        "no item tells the execution of a machine; name it in a mapping, such as "
        f"'items: {{Status: EXECUTION}}'; heard are {items}"
    )


def _shown(paths: Sequence[Path]) -> str:
    return str(paths[0]) if len(paths) == 1 else f"{paths[0]} and {len(paths) - 1} more"


def _digest(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError as error:
        raise RecordingError(f"{path}: cannot be read: {error.strerror or error}") from error


def _hear(follower: Follower, path: Path, device: str) -> None:
    good = bad = 0
    for told in told_in(path, device):
        if isinstance(told, model.Device):
            follower.learn([told])
            continue
        if isinstance(told, Damaged):
            bad += 1
            if bad > DAMAGED and bad > good:
                raise RecordingError(
                    f"{path}: {told.what}: expected a line such as "
                    "2018-10-03T09:32:34.936Z|execution|ACTIVE"
                )
            told = Damaged(f"{path.name}: {told.what}")
        else:
            good += 1
        follower.hear(told)


def _documents(path: Path, file: io.BufferedReader) -> Iterator[Told | model.Device]:
    """One document; of /current, where no two observations are of one item, it is a snapshot."""
    document = streams.read_document(iter(lambda: file.read(2**16), b""), str(path))
    yield from document.devices
    items = [(told.device, told.item) for _, told in document.observations if not told.condition]
    yield from map(Damaged, document.damaged)
    is_current = len(set(items)) == len(items)
    if is_current:
        yield Snapshot(document.header.made)
    for _, told in document.observations:
        yield told
    if is_current:
        yield News()


def _models(paths: Sequence[Path], mapping: Mapping) -> list[model.Device]:
    if mapping.devices:
        return model.read_file(Path(mapping.devices))
    beside = sorted({path.parent / MODEL for path in paths})
    return [device for file in beside if file.is_file() for device in model.read_file(file)]


@contextmanager
def _opened(path: Path) -> Iterator[io.BufferedReader]:
    with path.open("rb") as file:
        packed = file.peek(2)[:2] == GZIP_MAGIC
        source = gzip.GzipFile(fileobj=file) if packed else file
        # A gzip file reads as a raw file does, which its type does not say.
        yield io.BufferedReader(Bounded(source, path, MOST_BYTES))  # type: ignore[arg-type]
