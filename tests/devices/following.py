"""A collector that is watched while it follows, and the follower that reads its journal."""

import time
from contextlib import contextmanager

from twin.devices import printers
from twin.recordings.printers import Printers

LONG = 60.0  # [s] to wait for what must come; nothing is judged by how long it took


def wait(condition, what="what was waited for"):
    """Waits until a condition holds."""
    end = time.monotonic() + LONG
    while not condition():
        assert time.monotonic() < end, f"{what} did not come"
        time.sleep(0.01)


@contextmanager
def running(collector):
    collector.start()
    try:
        yield collector
    finally:
        collector.stop()


def followed(journal):
    """The follower of all that stands in a journal."""
    follower = Printers()
    for entry in journal.read(most=10**6):
        follower.hear(printers.message(entry))
    return follower


def has(journal, state, machine="mini"):
    """Whether the last state that a journal tells of is this one, by its native word."""
    timeline = followed(journal).timeline()
    rows = timeline.intervals
    return len(rows) > 0 and timeline.name(rows[-1]["native"]) == state
