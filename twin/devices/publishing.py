"""What a shop would say: a recording or a simulated run, said again over a protocol."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from twin.cells.factory import validate
from twin.errors import DeviceError, TwinError
from twin.layout.files import load
from twin.layout.folders import find_layout
from twin.layout.schema import Layout
from twin.production.plan import merged
from twin.production.run import simulate
from twin.recordings import look_into, parquet
from twin.recordings.messages import is_messages, read_messages
from twin.recordings.mqtt_json import messages_of
from twin.timeline import Timeline

DAY = 86400.0  # [s] of a layout's run


def publish(
    sources: Sequence[str],
    *,
    mqtt: str | None = None,
    opcua: str | None = None,
    mtconnect: int | None = None,
    speed: float = 1.0,
    layout: str | None = None,
    mapping: Path | None = None,
    told: Callable[[str], None] = print,
) -> None:
    """Publish by one of three protocols: to a broker, as a server at an address, or as an agent on
    a port of this computer (0: any); from the beginning to the end, or until Ctrl-C.

    `sources` are the files of one recording, a run's folder, or a layout, of which a day is
    simulated. Raises TwinError where they cannot be said so.
    """
    ended = threading.Event()
    if mqtt is not None:
        _by_mqtt(sources, mqtt, speed, ended, told, layout, mapping)
    elif mtconnect is not None:
        _by_mtconnect(sources, mtconnect, speed, told)
    else:
        from twin.devices import opcua as protocol

        url = opcua or ""
        told(f"{url}: a server of it (Ctrl-C ends it)")
        try:
            protocol.publish(_timeline(sources, layout, mapping), url, speed, ended=ended)
        finally:
            ended.set()


def _by_mqtt(
    sources: Sequence[str],
    url: str,
    speed: float,
    ended: threading.Event,
    told: Callable[[str], None],
    layout: str | None,
    mapping: Path | None,
) -> None:
    """What a file of recorded messages holds as it was said; all else as JSON of our own."""
    from twin.devices.mqtt import address
    from twin.devices.mqtt_publisher import publish as say

    where = address(url)
    if len(sources) == 1 and is_messages(Path(sources[0])):
        messages = read_messages(Path(sources[0]))
    else:
        timeline = _timeline(sources, layout, mapping)
        messages = list(messages_of(timeline, timeline.layout or "shop"))
    if not messages:
        raise DeviceError(f"{', '.join(sources)}: has nothing to say")
    lasts = (messages[-1].time - messages[0].time) / speed
    told(f"{where.source}: {len(messages):,} messages in {lasts:.0f} s (Ctrl-C ends it)")
    try:
        said = say(messages, where, speed, ended)
    finally:
        ended.set()
    told(f"{said:,} messages were said")


def _by_mtconnect(
    sources: Sequence[str], port: int, speed: float, told: Callable[[str], None]
) -> None:
    from twin.devices import shop

    def until(url: str) -> None:
        told(f"{url}: an agent of it (Ctrl-C ends it)")
        threading.Event().wait()

    with ExitStack() as stack:
        paths = [Path(source) for source in sources]
        if not all(path.exists() for path in paths):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="twin-"))) / "run"
            parquet.write(_timeline(sources, None, None), folder)
            paths = [folder]
        shop.publish(paths, port, speed=speed, until=until)


def _timeline(sources: Sequence[str], layout: str | None, mapping: Path | None) -> Timeline:
    """A recording, or a day of a layout that is simulated."""
    paths = [Path(source) for source in sources]
    if all(path.exists() and path.suffix != ".yaml" for path in paths):
        floor = load(find_layout(layout)) if layout else None
        return look_into(paths, floor, mapping).timeline
    if len(sources) != 1:
        missing = next(str(path) for path in paths if not path.exists())
        raise TwinError(f"{missing}: there is no such recording")
    return first_day(load(find_layout(sources[0])))


def first_day(layout: Layout) -> Timeline:
    """A day of a layout that is simulated from an empty plant, from its first opening on."""
    calendar = layout.calendars.get(layout.calendar or "")
    openings = merged(calendar) if calendar is not None else []
    start = openings[0][0] if openings else 0.0
    return simulate(validate(layout), start + DAY, 1).clip(start, start + DAY)
