"""What the cells page says and draws of one arm: JSON for its page, sketches for its viewer."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from typing import Any

import numpy as np

from twin.cells.factory import Factory
from twin.cells.load import diagram, loads_of
from twin.cells.maps import VERDICTS, ReachMap
from twin.cells.report import findings_of, judged_cell, robot_of, verdict
from twin.cells.robot import Array, Robot
from twin.cells.swept import Surface
from twin.cells.trajectory import speeds
from twin.cells.transfer import Profile, Target, Transfer
from twin.layout.catalog import base_pose, load_asset, port_pose
from twin.layout.schema import Layout
from twin.pose import apply
from twin.view.cells.film import starts, transfers_of
from twin.view.exports.cells import beside_axis, said_of_load, spoken_of, why_not
from twin.view.words import plural

Json = dict[str, Any]
# Of targets and of ways, the same on light and dark floors.
REACHED, NOT_REACHED, NEAREST = "#1fa35f", "#d8342b", "#e0982f"
FREE, STRAIGHT = "#2f7fc4", "#8b5fd6"


def targets(factory: Factory, arm: str) -> list[Json]:
    """What an arm serves: where each port is [m], whether it is reached, what is to be said of it,
    and the joints there [rad], [] where none are known."""
    solution = factory.solutions.get(arm)
    found = solution.targets if solution else ()
    pieces = {one.piece for one in found}
    return [_target(factory.layout, one, len(pieces) > 1) for one in found]


def _target(layout: Layout, one: Target, several: bool) -> Json:
    machine, _, name = one.port.partition(".")
    reached = one.verdict == "reachable"
    more = []
    if reached:
        more = [
            plural(one.branches, "way"),
            f"{np.degrees(one.margin):.0f}° left at {one.joint}",
            f"manipulability {one.manipulability:.2f}",
        ]
    return {
        "port": one.port,
        "name": f"{one.port} with {one.piece}" if several and one.piece else one.port,
        "reached": reached,
        "verdict": one.verdict,
        "text": "" if reached else why_not(one),
        "more": ", ".join(more),
        "q": list(one.q),
        "taught": machine in layout.machines and name in layout.machines[machine].ports,
    }


def transfer_rows(factory: Factory, arm: str) -> list[Json]:
    """The transfers of an arm in a line each, with when they begin on the film's clock [s]."""
    shown = transfers_of(factory, arm)
    known = "torque" not in load_asset(factory.layout.arms[arm].asset).options.get("unknown", ())
    return [
        {
            "way": one.way,
            "start": start,
            "end": start + one.duration,
            "takes": f"{one.duration:.1f} s",
            "band": f"{one.low:.1f} to {one.high:.1f} s",
            "clearance": f"{1000 * one.clearance:.0f} mm to {one.nearest}" if one.nearest else "",
            "torque": f"{100 * one.torque:.0f} % torque" if known else "torque not checked",
            "energy": f"{one.energy:.0f}\u00a0J",
        }
        for one, start in zip(shown, starts(shown), strict=True)
    ]


def said(factory: Factory, arm: str) -> Json:
    """The verdict on an arm in a word and a line, and all that was found of it."""
    word, reason = verdict(factory, arm)
    found = findings_of(factory.findings, arm)
    shown = transfers_of(factory, arm)
    if not reason and shown:
        slowest = max(shown, key=lambda one: one.duration)
        reason = (
            f"All {len(targets(factory, arm))} targets are reached; the slowest transfer takes "
            f"{slowest.duration:.1f} s, {' to '.join(slowest.stops)}."
        )
    return {
        "word": word,
        "reason": reason,
        "findings": [{"severity": f.severity, "text": f.message} for f in found],
        "unchecked": list(factory.unchecked),
    }


def series(factory: Factory, arm: str) -> Json:
    """What is drawn over the clock: of each joint its limits; of each transfer its motions, and
    joints, speeds and torques at its times; how near it is to anything over it, where known."""
    robot = robot_of(factory.layout, arm)
    share = factory.layout.arms[arm].speed
    shown = transfers_of(factory, arm)
    return {
        "arm": arm,
        "joints": [
            {
                "name": joint.name,
                "slides": joint.prismatic,
                "lower": joint.lower,
                "upper": joint.upper,
                "speed": joint.velocity * share,
                "torque": joint.effort,
            }
            for joint in robot.joints
        ],
        "transfers": [
            {
                "start": start,
                "duration": one.duration,
                "times": _short(one.times),
                "q": _short(one.path),
                "speed": _short(speeds(one)),
                "torque": _short(one.effort),
                "motions": [
                    {
                        "kind": motion.kind,
                        "start": motion.start,
                        "end": motion.end,
                        "bound": motion.bound,
                        "clearance": motion.clearance,
                        "between": f"{motion.body} and {motion.other}" if motion.other else "",
                        "at": motion.at,
                    }
                    for motion in one.motions
                ],
                "near": None if one.near is None else _near(one.near),
            }
            for one, start in zip(shown, starts(shown), strict=True)
        ],
    }


def load(factory: Factory, arm: str) -> Json | None:
    """What hangs on an arm's flange against what its maker allows, in words and as a diagram of
    masses [kg] over distances along the flange's axis [m]; None where the maker tells no more than
    a mass."""
    if arm not in factory.solutions:
        return None
    cell = judged_cell(factory.layout, arm, robot_of(factory.layout, arm))
    found = diagram(cell)
    if found is None:
        return None
    return {
        "loads": [
            {"text": said_of_load(one), "over": one.value > one.limit} for one in loads_of(cell)
        ],
        "spoken": spoken_of(found),
        "along": _short(np.array(found.along)),
        "lines": [
            {"name": beside_axis(beside), "most": _short(np.array(most))}
            for beside, most in zip(found.beside, found.most, strict=True)
        ],
        "pieces": [
            {"name": name, "along": round(along, 4), "mass": round(mass, 4)}
            for name, along, _, mass in found.pieces
        ],
    }


def _near(profile: Profile) -> Json:
    return {
        "times": _short(np.array(profile.times)),
        "distances": _short(np.array(profile.distances)),
        "between": list(profile.between),
    }


def _short(values: Array) -> list[Any]:
    return np.round(values, 4).tolist()


def working_height(factory: Factory, arm: str) -> float:
    """The height [m] at which an arm mostly works: the median of its targets; half a metre above
    its base where it has none."""
    solution = factory.solutions.get(arm)
    heights = [
        float(port_pose(factory.layout, one.port)[0][2])
        for one in (solution.targets if solution else ())
    ]
    return float(np.median(heights)) if heights else factory.layout.arms[arm].height + 0.5


# --- what is drawn in the room -------------------------------------------------------------------


def sketch(factory: Factory, arm: str) -> Json:
    """Layers for the viewer (viewer/src/sketches.js): targets, the ways of the tool; all [m] in the
    world."""
    layers: Json = {"targets": _spots(factory, arm)}
    shown = transfers_of(factory, arm)
    if shown:
        robot = robot_of(factory.layout, arm)
        layers["way"] = {"lines": [line for one in shown for line in _ways(factory, robot, one)]}
    return layers


def _spots(factory: Factory, arm: str) -> Json:
    """A ball at each target, a line the way the tool comes; where it is not reached, also a ball at
    the nearest place that is."""
    points, lines = [], []
    solution = factory.solutions.get(arm)
    for one in solution.targets if solution else ():
        at, direction = port_pose(factory.layout, one.port)
        colour = REACHED if one.verdict == "reachable" else NOT_REACHED
        points.append({"at": _place(at), "radius": 0.022, "colour": colour})
        above = at - 0.1 * direction
        lines.append({"points": [_place(above), _place(at)], "colour": colour, "radius": 0.006})
        if one.nearest:
            near = list(one.nearest)
            points.append({"at": _place(near), "radius": 0.018, "colour": NEAREST})
            lines.append({"points": [_place(at), _place(near)], "colour": NEAREST})
    return {"points": points, "lines": lines}


def _ways(factory: Factory, robot: Robot, one: Transfer) -> list[Json]:
    """The way of the tool, motion by motion."""
    base = base_pose(factory.layout, one.arm)
    tips = apply(base, robot.tool(one.path)[:, :3, 3])
    lines = []
    for motion in one.motions:
        inside = (one.times >= motion.start - 1e-9) & (one.times <= motion.end + 1e-9)
        if motion.kind in ("travel", "approach"):
            colour = FREE if motion.kind == "travel" else STRAIGHT
            lines.append({"points": [_place(tip) for tip in tips[inside]], "colour": colour})
    return lines


def skin(found: Surface, colour: str) -> Json:
    """What an arm sweeps or reaches as a layer: a closed surface, its numbers as little-endian
    bytes in base64: points as float32 [m], the triangles' corners as uint32."""
    points, corners = found.points.astype("<f4"), found.triangles.astype("<u4")
    surface = {
        "points": b64encode(points.tobytes()).decode(),
        "triangles": b64encode(corners.tobytes()).decode(),
        "colour": colour,
        "opacity": 0.3,
    }
    return {"surface": surface}


def reach(found: ReachMap) -> Json:
    """A map of reach as a layer: a point where the tool can be held, in red where it hits something
    there, in amber where it can only be held otherwise; what is too far is left out."""
    colours = {"reachable": REACHED, "collision": NOT_REACHED, "orientation": NEAREST}
    named = [VERDICTS[number] for number in found.verdicts.tolist()]
    points = [
        {"at": _place(at), "radius": 0.016, "colour": colours[name]}
        for at, name in zip(found.points.tolist(), named, strict=True)
        if name in colours
    ]
    return {"points": points}


def _place(point: Iterable[float]) -> list[float]:
    return [round(float(x), 3) for x in point]
