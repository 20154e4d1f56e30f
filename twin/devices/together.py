"""Several sources that speak of one shop -> one timeline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from twin.timeline import TABLES, TEXTS, Names, Table, Timeline

TIMES = {"intervals": ("start", "end"), "moves": ("start", "end"), "points": ("time",)}
TIMES["orders"] = ("release", "due", "start", "end")


def together(timelines: Sequence[Timeline]) -> Timeline:
    """One timeline of all, on the clock of the first, from the earliest start to the latest end.

    Of a resource that several speak of the first one's intervals count; what is measured, moved and
    ordered is all kept. Raises ValueError where there is none.
    """
    if len(timelines) == 1:
        return timelines[0]
    if not timelines:
        raise ValueError("no timelines")
    first = timelines[0]
    names, known = Names(), dict[str, int]()
    tables: dict[str, list[Table]] = {name: [] for name in TABLES}
    starts, ends = [], []
    for number, one in enumerate(timelines):
        codes = np.array([*(names[text] for text in one.names), -1], "i4")  # -1 stays what it is
        later = (one.epoch - first.epoch).total_seconds()
        starts.append(one.start + later)
        ends.append(one.end + later)
        for code in one.resources:
            known.setdefault(one.names[code], number)
        for name, several in tables.items():
            rows = getattr(one, name).copy()
            for column in TEXTS[name]:
                rows[column] = codes[rows[column]]
            for column in TIMES[name]:
                rows[column] += later
            if name == "intervals":
                own = [names[text] for text, of in known.items() if of == number]
                rows = rows[np.isin(rows["resource"], own)]
            several.append(rows)
    joined = {name: np.concatenate(several) for name, several in tables.items()}
    joined["points"] = joined["points"][np.argsort(joined["points"]["time"], kind="stable")]
    resources = tuple(names[text] for text in known)
    return replace(
        first, names=names.texts(), resources=resources, start=min(starts), end=max(ends), **joined
    )
