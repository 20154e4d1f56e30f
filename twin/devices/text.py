"""How a followed shop stands, in lines of text for a shell."""

from __future__ import annotations

import math
import time

from twin.devices.following import Following
from twin.errors import RecordingError
from twin.timeline import State


def told(shop: Following) -> str:
    """Its sources with the age of what they said, and what each resource does now."""
    lines = []
    for status in shop.status():
        age = status.age(time.time())
        heard = "nothing heard yet" if math.isnan(age) else f"heard {age:.0f} s ago"
        why = f": {status.why}" if status.why else ""
        counts = "".join(f", {number} {what}" for what, number in status.counts.items() if number)
        lines.append(
            f"{status.source}  {status.link.value}{why}  {heard}, {status.received} messages, "
            f"{status.gaps} gaps{counts}"
        )
    try:
        timeline = shop.timeline()
    except RecordingError as error:
        return "\n".join([*lines, f"  {error}"])
    rows = timeline.intervals[~(timeline.intervals["end"] < timeline.end)]
    for code in timeline.resources:
        its = rows[rows["resource"] == code]
        if len(its):
            row = its[its["start"].argmax()]
            state = State(int(row["state"])).name.lower()
            lasts = timeline.end - float(row["start"])
            part = timeline.name(int(row["part"]))
            lines.append(f"  {timeline.name(int(code)):<16} {state:<12} {lasts:8.0f} s  {part}")
    return "\n".join(lines)
