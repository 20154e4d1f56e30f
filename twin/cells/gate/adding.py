"""A robot becomes an asset of the user's own: what passes the gate is kept, with the gate's report.

What is refused leaves nothing behind. The gate runs in a process of its own, as readers of meshes
can fail in ways that nothing catches, and macros can go on for ever.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from ruamel.yaml import YAML

from twin.cells import process
from twin.cells.robot import Array, Body
from twin.errors import LayoutError, RunError
from twin.layout import folders
from twin.layout.catalog import ASSET_NAME, Asset

TIMEOUT = 300.0  # s
PASSED = "gate.json"  # the gate's report, beside the asset


@dataclass(frozen=True)
class Passed:
    """What the gate did: the asset's name, the robot's own, its joints, what was noted, and what
    cannot be checked as nobody knows it."""

    name: str
    robot: str
    source: str
    joints: tuple[str, ...]
    notes: tuple[str, ...]
    unknown: tuple[str, ...]


def add_robot(
    source: Path,
    name: str | None = None,
    *,
    root: str | None = None,
    packages: Mapping[str, Path] | None = None,
    arguments: Mapping[str, str] | None = None,
    cancelled: threading.Event | None = None,
) -> Passed:
    """Keep a robot (a .urdf, a .xacro, a folder or a .zip) as the asset `name` ("arm/model") in the
    user's folder; without a name, the robot's own.

    `root` names its file, where there are several; `packages` are folders of "package://NAME/...";
    `arguments` are those of its xacro. Raises LayoutError where it is refused or the name is taken.
    """
    if name is not None and not (ASSET_NAME.fullmatch(name) and name.split("/")[0] in KINDS):
        raise LayoutError(f"{name!r} is no name for a robot; write one like {KINDS[0]}/my_robot")
    with tempfile.TemporaryDirectory(prefix="twin-gate-") as room:
        order, target = Path(room) / "order.json", Path(room) / "passed"
        asked = {
            "source": str(Path(source).expanduser().absolute()),
            "room": str(Path(room) / "unpacked"),
            "name": name,
            "root": root,
            "packages": {
                k: str(Path(v).expanduser().absolute()) for k, v in (packages or {}).items()
            },
            "arguments": dict(arguments or {}),
        }
        order.write_text(json.dumps(asked), encoding="utf-8")
        ended = cancelled or threading.Event()
        try:
            code, errors = process.run("gate", order, target, ended, TIMEOUT)
        except subprocess.TimeoutExpired:
            raise LayoutError(f"{source}: the gate was not done after {TIMEOUT:.0f} s") from None
        if code == LayoutError.exit_code and errors.strip():
            raise LayoutError(errors.strip())
        if code != 0:
            last = errors.strip().splitlines()[-1:] or [f"code {code}"]
            raise RunError(f"{source}: its files end the gate's process: {last[0]}")
        passed = read_passed(target)
        _keep(target, passed.name)
        return passed


KINDS = ("arm", "tool")


def added() -> list[str]:
    """The assets of the user's own that came through the gate."""
    own = folders.user_folder() / "assets"
    return sorted("/".join(path.parts[-3:-1]) for path in own.glob(f"*/*/{PASSED}"))


def read_passed(folder: Path) -> Passed:
    """The gate's report on an asset in a folder."""
    raw = json.loads((folder / PASSED).read_text("utf-8"))
    told = (tuple(raw[key]) for key in ("joints", "notes", "unknown"))
    return Passed(raw["name"], raw["robot"], raw["source"], *told)


def _keep(made: Path, name: str) -> None:
    """Put an asset where the user's own are, whole or not at all."""
    target = folders.user_folder() / "assets" / name
    if target.exists():
        raise LayoutError(f"{target}: exists already; choose another name with --as")
    beside = target.with_name(f".{target.name}.part")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(beside, ignore_errors=True)
        shutil.copytree(made, beside)
        beside.rename(target)
    except OSError as error:
        shutil.rmtree(beside, ignore_errors=True)
        raise LayoutError(f"{target}: cannot be written: {error.strerror}") from error


# --- in the gate's own process -------------------------------------------------------------------


def pass_through(text: str, target: Path) -> None:
    """What the order in `text` (JSON, see add_robot) asks for, as a folder `target`."""
    from twin.cells.gate.expand import expanded  # xacro and readers of meshes load a good second
    from twin.cells.gate.repair import repaired, same_speeds, written
    from twin.cells.gate.source import opened

    asked = json.loads(text)
    room = Path(asked["room"])
    room.mkdir()
    packages = {name: Path(folder) for name, folder in asked["packages"].items()}
    source = opened(Path(asked["source"]), room, asked["root"], packages)
    if source.root.suffix.lower() == ".xacro":
        urdf = expanded(source, asked["arguments"])
    else:
        try:
            urdf = source.root.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise LayoutError(f"{source.root}: cannot be read: {error}") from error
    made = repaired(urdf, source)
    same_speeds(made)
    named = made.root.get("name", "robot")
    name = asked["name"] or f"{KINDS[0]}/{_fit(named)}"
    target.mkdir()
    path = written(made, target, name.split("/")[1])
    try:
        placed, joints = _read(path, name)
    except LayoutError as error:  # of the file that the user knows
        raise LayoutError(str(error).replace(str(path), str(source.root))) from None
    told = tuple(made.notes), tuple(sorted(made.unknown))
    passed = Passed(name, named, Path(asked["source"]).name, joints, *told)
    _describe(target, placed, passed)
    (target / PASSED).write_text(json.dumps(asdict(passed), indent=1), encoding="utf-8")


def _fit(name: str) -> str:
    """A robot's name as that of an asset."""
    return re.sub(r"[^a-z0-9_]+", "_", name.lower()).strip("_")[:40] or "robot"


def _read(path: Path, name: str) -> tuple[list[tuple[Body, Array]], tuple[str, ...]]:
    """The bodies of an arm or a tool with their frames, each joint at 0 or near it, and its joints,
    by those who read it later."""
    from twin.cells.tool import load_tool
    from twin.cells.urdf import load_robot

    if name.startswith("tool/"):
        return [(load_tool(path).body, np.eye(4))], ()
    robot = load_robot(path)
    q = np.clip(np.zeros(robot.dof), robot.lower, robot.upper)
    frames = [np.eye(4), *robot.frames(q)]
    return list(zip(robot.bodies, frames, strict=True)), tuple(j.name for j in robot.joints)


def _describe(folder: Path, placed: list[tuple[Body, Array]], passed: Passed) -> None:
    """asset.yaml: what the catalogue wants to know of a robot."""
    low, high = _extents(placed[:1])  # what stands on the floor
    tall = _extents(placed)[1][2]
    x, y, z = (round(float(max(edge, 0.01)), 3) for edge in (*(high - low)[:2], tall))
    document = {
        "asset": 1,
        "label": passed.robot[:60],
        "size": [f"{edge} m" for edge in (x, y, z)],
        "urdf": f"{passed.name.split('/')[1]}.urdf",
        "operator": None,
        "options": {"notes": list(passed.notes), "unknown": list(passed.unknown)},
        "grade": "D",
        "licence": "see where it came from",
        "derivation": f"Came through the gate from {passed.source}; {PASSED} says what was done.",
    }
    Asset.model_validate(document)
    with (folder / "asset.yaml").open("w", encoding="utf-8") as file:
        YAML().dump(document, file)


def _extents(placed: list[tuple[Body, Array]]) -> tuple[Array, Array]:
    """The least and the largest corner (3,) [m] of bodies."""
    corners = [np.zeros((1, 3))]
    for body, frame in placed:
        for solid in body.solids:
            at = frame @ solid.origin
            corners.append(solid.corners @ at[:3, :3].T + at[:3, 3])
    every = np.vstack(corners)
    return every.min(axis=0), every.max(axis=0)
