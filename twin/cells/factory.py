"""A layout that physics has looked at: its transfers, findings and key.

PyBullet is not imported here: each cell is judged in a process of its own, and only if its content
is new.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from math import hypot
from pathlib import Path
from typing import TypeVar

import numpy as np

from twin.cells import process
from twin.cells.cell import Cell, cell_of, tool_path, urdf_path, wanted, with_tool
from twin.cells.maps import ReachMap, plane, read_map
from twin.cells.store import cell_key, keep, read_solution, stored
from twin.cells.transfer import Profile, Solution, Transfer
from twin.cores import on_all_cores
from twin.errors import LayoutError, nearest
from twin.layout import rules
from twin.layout.catalog import at_once, load_asset
from twin.layout.paths import Distances, distances
from twin.layout.rules import Finding
from twin.layout.schema import Layout
from twin.programs.steps import timed

__all__ = ["NOT_CHECKED", "Factory", "Transfer", "validate"]

TIMEOUT = 600.0  # s for one cell, which takes some seconds; its work is limited in checks
NOT_CHECKED = (
    "people, cables, other arms, and parts in the way of an arm that lie elsewhere than at the "
    "ports of its own routes",
    "the turn of a part about the tool (any is taken; where it lies it is taken to lie square with "
    "its machine), and its size where its product does not say it (a board of 100 x 100 x 10 mm is "
    "assumed)",
    "the arms' accelerations, which makers do not publish (180 deg/s2 is assumed)",
    "deflection, the controller's own look-ahead, and safety distances to people",
)
ROOM = 0.2  # m around the chain: its housings and the part in the gripper
K = TypeVar("K")
Progress = Callable[[int, int, str], None]  # cells judged, of how many, the last one's arm


@dataclass(frozen=True)
class Factory:
    """What production runs on; programs have become times in its layout. `transfers` are keyed
    (arm, origin, target), of several pieces that go the same way the one that takes longest;
    `exchanges` (arm, origin, into, out, target): a part is brought from the first port into the
    second, another one out of the third to the last.

    `unchecked` says in words what physics did not look at; `solutions` is all that it found, by
    arm.
    """

    layout: Layout
    transfers: dict[tuple[str, str, str], Transfer] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    key: str = ""
    unchecked: tuple[str, ...] = ()
    solutions: dict[str, Solution] = field(default_factory=dict)
    exchanges: dict[tuple[str, str, str, str, str], Transfer] = field(default_factory=dict)

    @property
    def motions(self) -> dict[tuple[str, ...], Transfer]:
        """All transfers and exchanges, by their keys."""
        return {**self.transfers, **self.exchanges}

    @cached_property
    def ways(self) -> Distances:
        """The ways between all places of the layout: one look serves all variants of it."""
        return distances(self.layout)


@at_once()
def validate(
    layout: Layout,
    *,
    progress: Progress | None = None,
    cancelled: threading.Event | None = None,
) -> Factory:
    """The layout with what its rules and physics say of it.

    Cells that were judged before come from the cache. An "error" among the findings forbids a
    forecast. Raises LayoutError where an asset's file cannot be read, and no rule says so, and
    Cancelled once `cancelled` is set.
    """
    findings = list(rules.check(layout))
    layout, of_programs = timed(layout)
    findings += of_programs
    refused = any(finding.severity == "error" for finding in findings)
    pairs, problems = wanted(layout)
    if not refused:
        findings += [_finding("cell/port", *problem.split(": ", 1)) for problem in problems]
    cells = []
    for name in layout.arms:
        try:
            cells.append(_cell(layout, name, pairs[name]))
        except LayoutError as error:
            if not refused:
                raise
            findings.append(
                _finding("cell/unjudged", f"arms/{name}", f"{name} not judged: {error}")
            )
    findings += _shared(cells)
    keys = [cell_key(cell) for cell in cells]
    solutions = _solutions(cells, keys, progress, cancelled)
    transfers: dict[tuple[str, str, str], Transfer] = {}
    exchanges: dict[tuple[str, str, str, str, str], Transfer] = {}
    for transfer in (each for solution in solutions for each in solution.transfers):
        if transfer.exchange:
            brought, fetched = transfer.carries
            ends = brought.origin, brought.target, fetched.origin, fetched.target
            _longest(exchanges, (transfer.arm, *ends), transfer)
        else:
            _longest(transfers, (transfer.arm, transfer.origin, transfer.target), transfer)
    for solution in solutions:
        findings += solution.findings
    text = "\n".join([layout.model_dump_json(), *keys])
    key = hashlib.sha256(text.encode()).hexdigest()
    found = {cell.arm: solution for cell, solution in zip(cells, solutions, strict=True)}
    unchecked = NOT_CHECKED if cells else ()
    return Factory(layout, transfers, tuple(findings), key, unchecked, found, exchanges)


def _longest(found: dict[K, Transfer], way: K, transfer: Transfer) -> None:
    """Keep the transfer under its way, unless one that takes longer is there."""
    if way not in found or found[way].duration < transfer.duration:
        found[way] = transfer


def reach_around(
    layout: Layout,
    name: str,
    height: float,
    *,
    direction: tuple[float, float, float] = (0.0, 0.0, -1.0),
    step: float = 0.1,
    cancelled: threading.Event | None = None,
) -> ReachMap:
    """Where arm `name` can hold its tool along `direction`, on the plane `height` [m] above the
    floor, each `step` [m].

    Raises LayoutError where the arm is not there or its files cannot be used, RunError where its
    physics fails, Cancelled once `cancelled` is set.
    """
    if name not in layout.arms:
        raise LayoutError(f"there is no arm {name!r}; {nearest(name, layout.arms)}")
    cell = _cell(layout, name, [])
    points = plane(np.array(cell.at), cell.reach, height, step)
    asked = {"cell": cell.text(), "points": points.tolist(), "direction": direction}
    return read_map(process.ask("map", json.dumps(asked), f"the map of {name}", cancelled, TIMEOUT))


def with_distances(
    factory: Factory,
    arms: Iterable[str] | None = None,
    *,
    cancelled: threading.Event | None = None,
) -> Factory:
    """The same, where each transfer of these arms, or of all, has how `near` it comes to anything;
    what is known already is not asked for again.

    Raises as distances_over_time does.
    """
    named = factory.solutions if arms is None else arms
    asked = [
        name
        for name in named
        if name in factory.solutions
        and any(one.near is None for one in factory.solutions[name].transfers)
    ]

    def look(name: str, ended: threading.Event) -> list[Profile]:
        found = factory.solutions[name].transfers
        return distances_over_time(factory, name, found, cancelled=ended)

    told: dict[int, Transfer] = {}  # by the identity of the transfer without
    for name, profiles in zip(asked, on_all_cores(look, asked, cancelled), strict=True):
        for one, near in zip(factory.solutions[name].transfers, profiles, strict=True):
            told[id(one)] = replace(one, near=near)
    return replace(
        factory,
        transfers={way: told.get(id(one), one) for way, one in factory.transfers.items()},
        exchanges={way: told.get(id(one), one) for way, one in factory.exchanges.items()},
        solutions={
            name: replace(s, transfers=tuple(told.get(id(one), one) for one in s.transfers))
            for name, s in factory.solutions.items()
        },
    )


def distances_over_time(
    factory: Factory,
    name: str,
    transfers: Sequence[Transfer],
    *,
    cancelled: threading.Event | None = None,
) -> list[Profile]:
    """Of transfers of arm `name`, how near it is to anything but its own stand at their times.

    On its straight ways and at its ports the machine that is served is left out. Raises LayoutError
    where the arm's files cannot be used, RunError where its physics fails, Cancelled once
    `cancelled` is set.
    """
    if not transfers:
        return []
    cell = _cell(factory.layout, name, wanted(factory.layout)[0][name])
    orders = [_moments(transfer) for transfer in transfers]
    asked = {"cell": cell.text(), "transfers": orders}
    what = f"the distances of {name}"
    made = json.loads(process.ask("near", json.dumps(asked), what, cancelled, TIMEOUT))
    return [Profile(*(tuple(one[k]) for k in ("times", "distances", "between"))) for one in made]


def _moments(transfer: Transfer) -> dict[str, object]:
    """A transfer's configurations, with what it holds, whom it serves and what it has done then."""
    times = transfer.times.tolist()
    return {
        "times": times,
        "path": transfer.path.tolist(),
        "held": [transfer.held(time) for time in times],
        "apart": [transfer.served(time) for time in times],
        "events": [[event.port, event.kind, event.piece] for event in transfer.events],
        "done": [transfer.done(time) for time in times],
    }


def _finding(rule: str, where: str, message: str) -> Finding:
    return Finding(rule, where, "error", message)


def _cell(layout: Layout, name: str, pairs: list[tuple[str, str]]) -> Cell:
    arm = layout.arms[name]
    robot = with_tool(urdf_path(arm.asset, load_asset(arm.asset)), tool_path(arm))
    return cell_of(layout, name, pairs, robot.length + ROOM)


def _shared(cells: list[Cell]) -> list[Finding]:
    """Arms that could meet: each is judged as if it were alone."""
    found = []
    for a, b in combinations(cells, 2):
        away = hypot(a.at[0] - b.at[0], a.at[1] - b.at[1])
        if away < a.reach + b.reach:
            message = (
                f"{a.arm} and {b.arm} stand {away:.2f} m apart and can meet within "
                f"{a.reach + b.reach:.2f} m; that they wait for each other is not checked"
            )
            where = f"arms/{a.arm}"
            limit = a.reach + b.reach
            found.append(Finding("cell/shared", where, "warning", message, away, limit, "m"))
    return found


def _solutions(
    cells: list[Cell],
    keys: list[str],
    progress: Progress | None,
    cancelled: threading.Event | None,
) -> list[Solution]:
    """In the order of the cells; each new one in its own process, as many at once as cores."""
    found: dict[str, Solution | None] = {key: stored(key) for key in keys}
    new = {key: cell for key, cell in zip(keys, cells, strict=True) if found[key] is None}
    done = len(cells) - len(new)
    if progress and done:
        progress(done, len(cells), "")
    lock = threading.Lock()

    def judge(key: str, ended: threading.Event) -> None:
        nonlocal done
        judged, lasting = _judged(new[key], ended)
        with lock:
            if lasting:
                keep(key, judged)
            found[key] = judged
            done += 1
            if progress:
                progress(done, len(cells), new[key].arm)

    on_all_cores(judge, new, cancelled)
    return [solution for key in keys if (solution := found[key]) is not None]


def _judged(cell: Cell, ended: threading.Event) -> tuple[Solution, bool]:
    """The solution of a cell from a process of its own, and whether it is worth keeping; Cancelled
    once `ended` is set."""
    with tempfile.TemporaryDirectory(prefix="twin-cell-") as folder:
        source, target = Path(folder) / "cell.json", Path(folder) / "result.cell"
        source.write_text(cell.text(), encoding="utf-8")
        try:
            code, errors = process.run("judge", source, target, ended, TIMEOUT)
        except subprocess.TimeoutExpired:
            return _crashed(cell, f"was not done after {TIMEOUT:.0f} s"), False
        if code == LayoutError.exit_code and errors.strip():
            message = f"{cell.arm} not judged: {errors.strip()}"
            return Solution((), (_finding("cell/robot", f"arms/{cell.arm}", message),)), False
        solution = read_solution(target) if code == 0 else None
        if solution is None:
            return _crashed(cell, process.ending(code, errors)), False
        return solution, True


def _crashed(cell: Cell, how: str) -> Solution:
    message = (
        f"the physics of {cell.arm} {how}; nothing is known of its transfers, try again "
        "or simplify what stands around it"
    )
    return Solution((), (_finding("cell/crashed", f"arms/{cell.arm}", message),))
