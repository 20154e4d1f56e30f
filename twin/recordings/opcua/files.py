"""A recorded file -> Timeline."""

from __future__ import annotations

from pathlib import Path

from twin.errors import RecordingError
from twin.recordings.opcua.changes import read_changes
from twin.recordings.opcua.follower import Follower
from twin.recordings.opcua.mapping import Mapping
from twin.timeline import Timeline


def read_file(path: Path, mapping: Mapping | None = None) -> Timeline:
    """The timeline of a recorded file. Raises RecordingError with file and line."""
    follower = Follower(mapping)
    for told in read_changes(path):
        follower.hear(told)
    timeline = follower.timeline(run=path.name.partition(".")[0])
    if not timeline.resources:
        raise RecordingError(f"{path}: speaks of no machine that is followed")
    return timeline
