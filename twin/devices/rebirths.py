"""Nodes of Sparkplug B that are asked for their birth, so that their data can be understood.

The one thing that is ever said to a shop, as the specification wants it (Eclipse Sparkplug 3.0.0,
"Edge Node Command (NCMD)": not retained, quality of service 0). With TWIN_MQTT_SILENT in the
environment nothing is said; a node's data are known from its next birth on then.
"""

from __future__ import annotations

import math
import os
import time
from collections.abc import Callable, Iterable, Mapping

from twin.recordings.sparkplug import SPACE, rebirth

EVERY = 30.0  # [s] between two requests to one node: a birth may be long, and the line slow
SILENT = "TWIN_MQTT_SILENT"


class Rebirths:
    """`wanted` names nodes, "<group>/<node>"; `say` sends a payload to a topic, and tells whether
    it could."""

    def __init__(
        self,
        wanted: Callable[[], Iterable[str]],
        say: Callable[[str, bytes], bool],
        steady: Callable[[], float] = time.monotonic,
        environment: Mapping[str, str] = os.environ,
    ) -> None:
        self._wanted, self._say, self._steady = wanted, say, steady
        self._silent = bool(environment.get(SILENT))
        self._asked: dict[str, float] = {}

    def ask(self) -> None:
        """Asks each node that is wanted, if it was not asked a moment ago."""
        if self._silent:
            return
        now = self._steady()
        for known in sorted(self._wanted()):
            if now - self._asked.get(known, -math.inf) >= EVERY:
                group, _, node = known.partition("/")
                if self._say(f"{SPACE}/{group}/NCMD/{node}", rebirth()):
                    self._asked[known] = now
