"""A shop that speaks MTConnect: a recording or a simulated run, said again by an agent."""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from twin.devices.agent import BUFFER, Agent, serving
from twin.errors import RecordingError, TwinError
from twin.recordings import parquet
from twin.recordings.mtconnect import files, is_mtconnect, model, telling
from twin.recordings.mtconnect.observations import Observation, Told

AT_ONCE = 2000  # observations between two looks at the clock


def said_by(paths: Sequence[Path]) -> tuple[list[model.Device], Iterator[Observation]]:
    """The device model and the observations of a recording: files of MTConnect, or a run's folder.

    Raises RecordingError where it is neither.
    """
    if len(paths) == 1 and parquet.is_recording(paths[0]):
        timeline = parquet.read(paths[0])
        # People and vehicles have no controller; places of a machine are devices of their own.
        machines = [
            name for code in timeline.resources if "#" not in (name := timeline.names[code])
        ]
        return telling.model_of(machines), telling.told_of(timeline, machines)
    for path in paths:
        if not is_mtconnect(path):
            raise RecordingError(f"{path}: is no recording of MTConnect, and no folder of a run")
    beside = sorted({path.parent / files.MODEL for path in paths})
    devices = [device for file in beside if file.is_file() for device in model.read_file(file)]
    names = [device.name for device in devices]
    told = (each for path in sorted(paths) for each in _of_file(path, names))
    return devices, told


def _of_file(path: Path, names: list[str]) -> Iterator[Observation]:
    told: Iterable[Told | model.Device] = files.told_in(path, files.device_of(path, names))
    return (each for each in told if isinstance(each, Observation))


def play(agent: Agent, told: Iterable[Observation], speed: float, stop: threading.Event) -> None:
    """Has an agent say observations, `speed` times as fast as they were told; 0: at once.

    Where the time of a recording goes back, it goes on without a pause. `stop` ends it.
    """
    told = iter(told)
    if speed <= 0:
        while not stop.is_set() and (several := list(islice(told, AT_ONCE))):
            agent.say(several)
        return
    begin, first, last = time.monotonic(), None, None
    waiting: list[Observation] = []
    for each in told:
        if first is None or last is None or each.time < last - 1.0:
            begin, first = time.monotonic(), each.time
        last = max(each.time, last or each.time) if each.time > first else each.time
        due = begin + (each.time - first) / speed
        if waiting and due > time.monotonic():
            agent.say(waiting)
            waiting = []
        if stop.wait(max(0.0, due - time.monotonic())):
            return
        waiting.append(each)
        if len(waiting) >= AT_ONCE:
            agent.say(waiting)
            waiting = []
    agent.say(waiting)


def publish(
    paths: Sequence[Path],
    port: int = 0,
    address: str = "127.0.0.1",
    speed: float = 1.0,
    buffer: int = BUFFER,
    until: Callable[[str], object] = lambda _: None,
) -> None:
    """Serves a recording while `until`, which is given the agent's URL, has not come back.

    `speed` and what raises are those of `play`, `said_by` and `serving`.
    """
    devices, told = said_by(paths)
    agent = Agent(devices, buffer)
    stop = threading.Event()
    with serving(agent, port, address) as url:
        player = threading.Thread(target=play, args=(agent, told, speed, stop))
        player.start()
        try:
            until(url)
        finally:
            stop.set()
            player.join()


def main(arguments: Sequence[str] | None = None) -> int:
    """`python -m twin.devices.shop RECORDING...`: serve it until the standard input ends."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recording", nargs="+", type=Path)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--address", default="127.0.0.1")
    parser.add_argument("--speed", type=float, default=1.0, help="0: as fast as it can be read")
    parser.add_argument("--buffer", type=int, default=BUFFER)
    options = parser.parse_args(arguments)

    def until_the_end(url: str) -> None:
        print(url, flush=True)
        sys.stdin.read()

    try:
        publish(
            options.recording,
            options.port,
            options.address,
            options.speed,
            options.buffer,
            until_the_end,
        )
    except TwinError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
