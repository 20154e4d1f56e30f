"""What a machine can, in figures: its own, else its asset's, else those of its kind, each with its
basis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from twin.layout.catalog import load_asset
from twin.layout.schema import Capability, Layout

GUESSED = "guessed: the default of its kind"
FACTORS = ("override", "calibration")  # as the machine is set, not what it can
MACHINING, FILAMENT, RESIN, POWDER, CUTTING = "machining", "filament", "resin", "powder", "cutting"

# Figures of a small machine of each kind, in SI; all of them are guesses.
DEFAULTS: dict[str, dict[str, float]] = {
    MACHINING: {
        "rapid": 0.4,
        "feed": 0.2,
        "acceleration": 2.0,
        "corner": 10e-6,
        "tool_change": 6.0,
        "spindle": 2.0,
        "home": 0.25,
        "homing": 0.0,
    },
    FILAMENT: {
        "rapid": 0.3,
        "feed": 0.3,
        "acceleration": 2.0,
        "corner": 20e-6,
        "tool_change": 30.0,
        "warm_up": 180.0,
        "homing": 15.0,
    },
    RESIN: {
        "layer": 50e-6,
        "exposure": 2.5,
        "first_exposure": 30.0,
        "first_layers": 5,
        "lift": 6.0,
    },
    POWDER: {"layer": 100e-6, "exposure": 10.0, "recoat": 10.0, "warm_up": 7200.0, "cooling": 1.0},
    CUTTING: {
        "rapid": 1.0,
        "feed": 0.5,
        "acceleration": 5.0,
        "corner": 50e-6,
        "pierce": 0.5,
        "cut": 0.05,
    },
}
# The process of an asset, by its kind and model.
PROCESSES = {
    "mill": MACHINING,
    "drill": MACHINING,
    "printer/resin": RESIN,
    "printer/powder": POWDER,
    "printer": FILAMENT,
    "cutter": CUTTING,
}


Cut = tuple[float, float, float | None]


@dataclass(frozen=True)
class Figures:
    """What a machine of a process can: SI numbers by name, the basis of each, and for a cutter, by
    material, how thick the sheets are [m], how fast they are cut [m/s] and pierced [s]."""

    process: str
    values: dict[str, float]
    bases: dict[str, str]
    sheets: dict[str, tuple[Cut, ...]]

    def __getitem__(self, name: str) -> float:
        return self.values[name]


def process_of(asset: str) -> str | None:
    """The process of an asset "kind/model"; None if nothing is known of its kind."""
    return PROCESSES.get(asset) or PROCESSES.get(asset.partition("/")[0])


def default_figures(process: str, **own: float) -> Figures:
    """The guesses of a process, but for what is given."""
    values = {**DEFAULTS[process], "override": 1.0, "calibration": 1.0, **own}
    bases = {name: "given" if name in own else GUESSED for name in values}
    return Figures(process, values, bases, {})


def figures_of_asset(asset: str, process: str | None = None) -> Figures:
    """What an asset can. Raises LayoutError where there is none of this name."""
    stated = load_asset(asset).capability
    return _figures(((stated, f"asset {asset}"),), process or _process(asset, stated))


def figures_of(layout: Layout, machine: str, process: str | None = None) -> Figures:
    """What a machine of a layout can: as it says, else its asset, else as its kind."""
    placed = layout.machines[machine]
    stated = load_asset(placed.asset).capability
    own = placed.capability
    named = own.process if own is not None else None
    return _figures(
        ((own, f"machine {machine}"), (stated, f"asset {placed.asset}")),
        process or named or _process(placed.asset, stated),
    )


def _process(asset: str, stated: Capability | None) -> str:
    told = stated.process if stated is not None else None
    return told or process_of(asset) or MACHINING


def _figures(stated: tuple[tuple[Capability | None, str], ...], process: str) -> Figures:
    base = default_figures(process)
    values, bases, sheets = {**base.values}, {**base.bases}, {}
    for capability, where in reversed(stated):
        for name, value, basis in _said(capability):
            values[name], bases[name] = value, f"{basis} ({where})"
        if capability is not None:
            for material, cuts in capability.materials.items():
                sheets[material] = tuple((c.thickness, c.speed, c.pierce) for c in cuts)
    return Figures(process, values, bases, sheets)


def _said(capability: Capability | None) -> Iterator[tuple[str, float, str]]:
    if capability is None:
        return
    for name in sorted(capability.model_fields_set - {"process", "materials", "basis"}):
        value = getattr(capability, name)
        if value is not None:
            basis = capability.basis
            told = basis.get(name, "guessed") if isinstance(basis, dict) else basis or "guessed"
            yield name, float(value), told
