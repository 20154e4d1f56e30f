"""A log of the oracle -> the measures that the exact cases name, over a window of time."""

from __future__ import annotations

from tests.against.log import Log
from twin.timeline import State

SHARES = {
    "busy": State.PROCESSING,
    "blocked": State.BLOCKED,
    "starved": State.STARVED,
    "down": State.DOWN,
    "setup": State.SETUP,
    "waiting": State.WAITING_CREW,
}


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def shares(log: Log, stations: dict[str, list[str]], start: float) -> dict[str, float]:
    """busy[S], blocked[S] ... from `start` [s] to the end: shares of time, per unit."""
    station = {unit: name for name, units in stations.items() for unit in units}
    result = {f"{share}[{name}]": 0.0 for share in SHARES for name in stations}
    names = {state: share for share, state in SHARES.items()}
    for interval in log.intervals:
        inside = interval.end - max(interval.start, start)
        if inside > 0 and interval.state in names:
            name = station[interval.resource]
            whole = (log.end - start) * len(stations[name])
            result[f"{names[interval.state]}[{name}]"] += inside / whole
    return result


def measures(
    log: Log, stations: dict[str, list[str]], start: float, saturated: bool
) -> dict[str, float]:
    """All measures from `start` [s] to the end of the log; stations: name -> its units.

    The time in the system begins with the release, or, if the first station never lacks parts,
    when the part is put on its first unit.
    """
    window = log.end - start
    begin = dict(enumerate(log.releases))
    if saturated:
        begin = {}
        for stay in log.stays:
            begin.setdefault(stay.part, stay.taken)
    gone = {part: time for time, part in [*log.exits, *log.scrapped]}
    leads = [(part, time - begin[part]) for time, part in log.exits if time >= start]
    scrapped = sum(time >= start for time, _ in log.scrapped)
    present = (
        min(gone.get(part, log.end), log.end) - max(time, start) for part, time in begin.items()
    )
    result = shares(log, stations, start)
    result["throughput"] = len(leads) / window
    result["scrap_rate"] = scrapped / window
    result["yield"] = len(leads) / max(1, len(leads) + scrapped)
    result["wip"] = sum(max(0.0, time) for time in present) / window
    result["lead_time"] = _mean([lead for _, lead in leads])
    for stream in {key.stream for key in log.parts}:
        own = [lead for part, lead in leads if log.parts[part].stream == stream]
        if own:
            result[f"lead_time[{stream.removesuffix('-orders')}]"] = _mean(own)
    for name in stations:
        waits = [s.taken - s.entered for s in log.stays if s.station == name and s.taken >= start]
        if waits:
            result[f"wait[{name}]"] = _mean(waits)
    return result
