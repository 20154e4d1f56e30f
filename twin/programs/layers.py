"""What is made layer by layer at a fixed time each: resin by light, powder by laser or binder.

A part's file says how high it is; a file that is sliced for a resin printer (.sl1) says its layers
and exposures itself.
"""

from __future__ import annotations

import math
import zipfile
from pathlib import Path

import numpy as np

from twin.programs.capability import POWDER, Figures
from twin.programs.program_time import ProgramTime, unreadable

MESHES = (".stl", ".3mf", ".obj", ".ply")
SLICED = (".sl1", ".sl1s")
MILLIMETRE = 1e-3
LARGEST_SETTINGS = 1 << 20  # bytes
LARGEST_MESH = 400 << 20  # bytes
SETTINGS = "config.ini"
# What a sliced file says -> the machine's figure that it replaces.
SAID = {
    "layerHeight": ("layer", MILLIMETRE),
    "expTime": ("exposure", 1.0),
    "expTimeFirst": ("first_exposure", 1.0),
    "numFade": ("first_layers", 1.0),
}


def time_layers(path: Path, machine: Figures) -> ProgramTime:
    """The time of a part on a printer of resin or powder. Raises ProgramError."""
    if path.suffix.lower() in SLICED:
        layers, told = _sliced(path)
        values = {**machine.values, **told}
    else:
        values = machine.values
        layers = math.ceil(_height(path) / values["layer"] - 1e-6)
    found = ProgramTime()
    found.counts["layers"] = layers
    if machine.process == POWDER:
        _powder(found, layers, values)
    else:
        _resin(found, layers, values)
    return found


def _resin(found: ProgramTime, layers: int, values: dict[str, float]) -> None:
    """The first layers are lit longer; where the exposure fades, it does so evenly to the
    others'."""
    first = min(int(values["first_layers"]), layers)
    found.parts["exposure"] = first * values["first_exposure"]
    found.parts["exposure"] += (layers - first) * values["exposure"]
    found.parts["lift"] = layers * values["lift"]


def _powder(found: ProgramTime, layers: int, values: dict[str, float]) -> None:
    """Warm-up, layers, and a cool-down that is the longer the longer the powder was built up."""
    found.parts["warm-up"] = values["warm_up"]
    found.parts["exposure"] = layers * values["exposure"]
    found.parts["recoating"] = layers * values["recoat"]
    built = found.parts["exposure"] + found.parts["recoating"]
    found.parts["cool-down"] = values["cooling"] * built


def _height(path: Path) -> float:
    """How high a part stands [m]; its file is in millimetres, as printers take it."""
    if _size(path) > LARGEST_MESH:
        raise unreadable(path, f"is larger than {LARGEST_MESH >> 20} MB; simplify the part")
    import trimesh  # a third of a second that only parts pay for

    try:
        loaded = trimesh.load(path, force="mesh")
        bounds = np.asarray(loaded.bounds, dtype=np.float64)
    except Exception as error:  # each of trimesh's readers raises whatever it meets
        raise unreadable(path, f"is no mesh that can be read: {error}") from error
    if bounds.shape != (2, 3) or not np.isfinite(bounds).all() or bounds[1, 2] <= bounds[0, 2]:
        raise unreadable(path, "has no height; is it a part?")
    return float(bounds[1, 2] - bounds[0, 2]) * MILLIMETRE


def _size(path: Path) -> int:
    """How much is to be read of a file: of an archive (.3mf) what it holds, unpacked."""
    if not zipfile.is_zipfile(path):
        return path.stat().st_size
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise unreadable(path, f"is a broken archive: {error}") from error


def _sliced(path: Path) -> tuple[int, dict[str, float]]:
    """Layers, and what else the settings in a sliced file say."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(SETTINGS) as file:
            text = file.read(LARGEST_SETTINGS).decode("utf-8", errors="replace")
    except (zipfile.BadZipFile, KeyError, OSError, NotImplementedError, RuntimeError) as error:
        raise unreadable(path, f"is no sliced part with a {SETTINGS} in it") from error
    pairs = (line.partition("=") for line in text.splitlines())
    told = {name.strip(): value.strip() for name, _, value in pairs}
    layers = sum(_number(path, told, name) for name in ("numFast", "numSlow") if name in told)
    if layers < 1:
        raise unreadable(path, f"its {SETTINGS} says no layers (numFast, numSlow)")
    said = {
        figure: _number(path, told, name) * factor
        for name, (figure, factor) in SAID.items()
        if name in told
    }
    return int(layers), said


def _number(path: Path, told: dict[str, str], name: str) -> float:
    try:
        value = float(told[name])
    except ValueError:
        value = math.nan
    if not 0.0 <= value < 1e7:
        raise unreadable(path, f"its {SETTINGS} says {name} = {told[name][:40]!r}, no number")
    return value
