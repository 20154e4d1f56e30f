"""A physics-based digital twin of micro-factories.

layout  = twin.load("layouts/pcb_line.yaml")
factory = twin.validate(layout)
run     = twin.simulate(factory, until="8 h", seed=1)
print(twin.measure(run).throughput)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from twin.bottlenecks import find_bottlenecks
    from twin.cells.factory import validate
    from twin.devices.sources import connect
    from twin.errors import TwinError
    from twin.kpis import measure
    from twin.layout.files import load
    from twin.layout.rules import check
    from twin.prediction.asked import predict
    from twin.production.run import simulate
    from twin.recordings.read import read
    from twin.timeline import State, Timeline
    from twin.view.exports.formats import export

__all__ = [
    "State",
    "Timeline",
    "TwinError",
    "check",
    "connect",
    "export",
    "find_bottlenecks",
    "load",
    "measure",
    "predict",
    "read",
    "simulate",
    "validate",
]

_HOMES = {
    "State": "twin.timeline",
    "Timeline": "twin.timeline",
    "TwinError": "twin.errors",
    "check": "twin.layout.rules",
    "connect": "twin.devices.sources",
    "export": "twin.view.exports.formats",
    "find_bottlenecks": "twin.bottlenecks",
    "load": "twin.layout.files",
    "measure": "twin.kpis",
    "predict": "twin.prediction.asked",
    "read": "twin.recordings.read",
    "simulate": "twin.production.run",
    "validate": "twin.cells.factory",
}


def __getattr__(name: str) -> object:
    # Imported when first asked for: a message about a typing error should not wait for a compiler.
    if name not in _HOMES:
        raise AttributeError(f"module 'twin' has no {name!r}; it has {', '.join(__all__)}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
