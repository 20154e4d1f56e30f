"""The report on robot cells as files: one page of HTML without scripts, tables, programs."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from twin.cache import write_whole
from twin.cells.factory import Factory
from twin.cells.load import Diagram, Load
from twin.cells.program import URSCRIPT, Program, program, urscript
from twin.cells.report import (
    FAIL,
    PASS,
    UNCHECKED,
    WARNED,
    CellReport,
    JointUse,
    Report,
    Span,
    TransferReport,
    robot_of,
)
from twin.cells.trajectory import table
from twin.cells.transfer import LOW, Motion, Profile, Target, Transfer
from twin.errors import TwinError
from twin.layout.catalog import base_pose
from twin.layout.rules import Finding
from twin.view.exports.markup import Node, document, element

STYLE = Path(__file__).with_name("cells.css")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
CLASSES = {PASS: "pass", WARNED: "warned", FAIL: "fail", UNCHECKED: "unchecked"}
# Rows of the Gantt chart: what it says, and the motions in it.
ROWS = (
    ("moves freely", ("travel",)),
    ("moves straight", ("approach", "retract")),
    ("gripper", ("grip", "release")),
    ("waits", ("wait",)),
)
LEFT, WIDTH, ROW = 110.0, 900.0, 26.0  # of the chart's drawing


def html(report: Report) -> bytes:
    """The report as one page that asks nobody for anything, as UTF-8."""
    head = element(
        "head",
        {},
        element("meta", {"charset": "utf-8"}),
        element("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}),
        element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("title", {}, f"{report.layout}: robot cells"),
        element("style", {}, STYLE.read_text("utf-8")),
    )
    body = element(
        "body",
        {},
        element(
            "header",
            {},
            _titled("h1", f"{report.layout}: robot cells", report.verdict),
            *_reason(report.reason),
            element(
                "p",
                {"class": "hint"},
                f"Version {report.version}; seed: {report.seed}; content ",
                element("code", {}, report.key),
            ),
        ),
        element("main", {}, *(_cell(cell) for cell in report.cells), *_rest(report)),
    )
    return document(head, body)


def _titled(level: str, title: str, verdict: str) -> Node:
    badge = element("span", {"class": f"verdict {CLASSES[verdict]}"}, verdict.upper())
    return element("div", {"class": "title"}, element(level, {}, title), badge)


def _reason(text: str) -> list[Node]:
    return [element("p", {"class": "reason"}, text)] if text else []


def _rest(report: Report) -> list[Node]:
    """What is of no one arm, and what nobody has looked at."""
    parts = []
    if report.findings:
        heading = element("h2", {}, "Also found in the layout")
        parts.append(element("section", {}, heading, _findings(report.findings)))
    if report.unchecked:
        rows = [element("li", {}, line) for line in report.unchecked]
        heading = element("h2", {}, "Not checked")
        parts.append(element("section", {}, heading, element("ul", {}, *rows)))
    return parts


def _findings(findings: Iterable[Finding]) -> Node:
    return element("ul", {}, *(element("li", {}, f"{f.severity}: {f.message}") for f in findings))


# --- a cell --------------------------------------------------------------------------------------


def _cell(cell: CellReport) -> Node:
    title = cell.arm if cell.label == cell.arm else f"{cell.label} ({cell.arm})"
    return element(
        "section",
        {},
        _titled("h2", title, cell.verdict),
        *_reason(cell.reason),
        _pairs(
            ("Arm", cell.asset),
            ("Payload", payload(cell.payload, cell.tool, cell.rating)),
            *(("Load on its joint", said_of_load(load)) for load in cell.loads),
            ("Times rest on", cell.assumption or "nothing: it was not judged"),
            ("Content", cell.key or "not known"),
        ),
        *([load_chart(cell.diagram)] if cell.diagram else []),
        *([_findings(cell.findings)] if len(cell.findings) > 1 else []),
        *([_targets(cell.targets)] if cell.targets else []),
        *(node for one in cell.transfers for node in _transfer(one)),
    )


def payload(carried: float, tool: float, rating: float | None) -> str:
    """What an arm carries and its tool [kg], against its rating [kg] where that is known."""
    load = carried + tool
    of = f", {tool:.3g} kg of it its tool" if tool else ""
    if not rating:
        return f"{load:.3g} kg{of}; the arm's rating is not known"
    return f"{load:.3g} kg of {rating:g} kg, {_percent(load / rating)}{of}"


def said_of_load(load: Load) -> str:
    """What a piece with the tool is about a joint, against what the arm's maker allows."""
    share = _percent(load.value / load.limit)
    of = f"{load.value:.3g} kg m2 of {load.limit:.3g} kg m2, {share}"
    return f"{load.joint}, with {load.piece}: {of}"


TALL = 220.0  # of the load diagram's drawing


def load_chart(found: Diagram) -> Node:
    """A load diagram: the mass that is allowed over how far along the flange's axis it is, a line
    for each distance beside the axis; each piece with the tool is a point."""
    far = found.along[-1]
    heaviest = 1.15 * max(max(map(max, found.most)), *(mass for *_, mass in found.pieces), 0.0)
    wide = WIDTH / 2

    def at(z: float, mass: float) -> tuple[float, float]:
        return LEFT + z / far * (wide - LEFT - 60.0), TALL * (1.0 - mass / heaviest)

    drawn = []
    step = next(s for s in (0.02, 0.05, 0.1, 0.2, 0.5, math.inf) if far / s <= 8)
    for k in range(int(far / step) + 1):
        x = f"{at(k * step, 0.0)[0]:.1f}"
        drawn.append(
            element("line", {"x1": x, "x2": x, "y1": "0", "y2": f"{TALL:.0f}", "class": "axis"})
        )
        place = {"x": x, "y": f"{TALL + 16:.0f}", "text-anchor": "middle"}
        drawn.append(element("text", place, f"{1000 * k * step:.0f} mm"))
    pace = next(s for s in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, math.inf) if heaviest / s <= 6)
    for k in range(int(heaviest / pace) + 1):
        y = at(0.0, k * pace)[1]
        ends = {"x1": f"{LEFT:.0f}", "x2": f"{wide - 60:.0f}", "y1": f"{y:.1f}", "y2": f"{y:.1f}"}
        drawn.append(element("line", {**ends, "class": "axis"}))
        place = {"x": f"{LEFT - 8:.0f}", "y": f"{y + 4:.1f}", "text-anchor": "end"}
        drawn.append(element("text", place, f"{k * pace:g} kg"))
    for beside, masses in zip(found.beside, found.most, strict=True):
        points = [at(z, mass) for z, mass in zip(found.along, masses, strict=True)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        drawn.append(element("polyline", {"points": line, "class": "allowed"}))
        x, y = points[-1]
        drawn.append(
            element("text", {"x": f"{x + 4:.1f}", "y": f"{y + 4:.1f}"}, beside_axis(beside))
        )
    for name, z, beside, mass in found.pieces:
        x, y = at(z, mass)
        title = element("title", {}, f"{name} with the tool: {mass:g} kg, {beside_axis(beside)}")
        place = {"cx": f"{x:.1f}", "cy": f"{y:.1f}", "r": "5", "class": "piece"}
        drawn.append(element("circle", place, title))
        label = {"x": f"{x + 9:.1f}", "y": f"{y - 6:.1f}", "class": "named"}
        drawn.append(element("text", label, f"{name}: {mass:.2g} kg"))
    box = f"0 0 {WIDTH:.0f} {TALL + 22:.0f}"
    return element("svg", {"viewBox": box, "role": "img", "aria-label": spoken_of(found)}, *drawn)


def spoken_of(found: Diagram) -> str:
    """Where each piece with the tool is in a load diagram, in words."""
    return "; ".join(
        f"{name} with the tool: {mass:.3g} kg at {1000 * z:.0f} mm along the flange's axis, "
        f"{1000 * beside:.0f} mm beside it"
        for name, z, beside, mass in found.pieces
    )


def beside_axis(distance: float) -> str:
    """How far from the flange's axis [m], in words."""
    return f"{1000 * distance:.0f} mm off" if distance > 5e-4 else "on the axis"


def _pairs(*pairs: tuple[str, str]) -> Node:
    nodes = []
    for what, said in pairs:
        nodes += [element("dt", {}, what), element("dd", {}, said)]
    return element("dl", {}, *nodes)


def _targets(targets: Sequence[Target]) -> Node:
    head = ("Target", "with", "verdict", "ways to hold it", "nearest joint limit", "manipulability")
    rows = []
    for target in targets:
        reached = target.verdict == "reachable"
        said = [said_of(target), str(target.branches)]
        said += [f"{_degrees(target.margin)} ({target.joint})"] if reached else ["-"]
        said += [f"{target.manipulability:.3f}"] if reached else ["-"]
        rows.append([target.port, target.piece, *said])
    return _table("What it serves", head, rows, words=(2,))


def said_of(target: Target) -> str:
    """What is to be said of a target in a line: how far it is reached straight, or why not."""
    if target.verdict == "reachable":
        return f"reachable, straight over {1000 * target.approach:.0f} mm"
    return f"{target.verdict}: {why_not(target)}"


def why_not(target: Target) -> str:
    """Why a target is not reached, and where the arm gets instead."""
    near = ", ".join(f"{value:.2f}" for value in target.nearest)
    tail = f"; it reaches ({near}) m instead" if near else ""
    return f"{target.message}{tail}"


# --- a transfer ----------------------------------------------------------------------------------


def _transfer(one: TransferReport) -> list[Node]:
    near = one.nearest
    tool = ", ".join(f"{value:.3f}" for value in near.tool)
    pose = ", ".join(f"{math.degrees(angle):.1f}" for angle in near.q)
    least = "nothing within reach of its clearance check"
    if near.other:
        least = (
            f"{1000 * near.clearance:.0f} mm between {near.body} and {near.other} at "
            f"{near.at:.2f} s, tool at ({tool}) m, joints at ({pose}) deg"
        )
    return [
        element("h3", {}, f"{one.way}, with {one.piece or 'nothing'}"),
        _pairs(
            ("Takes", taken(one)),
            ("Least clearance", least),
            ("Largest torque", torque(one.torque)),
            ("Energy", f"{one.energy:.0f} J at the joints, losses apart"),
        ),
        gantt(one.motions, one.duration),
        *(
            [nearness(one.near, one.duration), element("p", {"class": "hint"}, LEFT_OUT)]
            if one.near
            else []
        ),
        _motions(one.motions),
        _joints(one.joints),
    ]


def taken(one: TransferReport) -> str:
    """How long a transfer takes, with the band that its assumptions leave."""
    return f"{one.duration:.2f} s ({one.low:.2f} to {one.high:.2f} s as accelerations are unsure)"


def torque(share: float | None) -> str:
    """The largest share of a joint's torque limit."""
    if share is None:
        return "not checked: not all masses and limits are known"
    return f"{_percent(share)} of a joint's limit"


def gantt(motions: Sequence[Motion], duration: float) -> Node:
    """A chart of a transfer's motions over its time [s], a row a kind."""
    scale = _scale(duration)
    there = {motion.kind for motion in motions}
    rows = [(words, kinds) for words, kinds in ROWS if there & set(kinds)]
    bottom = ROW * len(rows)
    drawn = _seconds(duration, bottom)
    for row, (words, kinds) in enumerate(rows):
        y = row * ROW
        drawn.append(element("text", {"x": "0", "y": f"{y + 17:.0f}"}, words))
        for motion in motions:
            if motion.kind in kinds:
                drawn.append(_bar(motion, y, scale))
    spoken = "; ".join(f"{m.kind} {m.start:.2f} to {m.end:.2f} s" for m in motions)
    box = f"0 0 {WIDTH:.0f} {bottom + 22:.0f}"
    return element("svg", {"viewBox": box, "role": "img", "aria-label": spoken}, *drawn)


def _scale(duration: float) -> float:
    """The width of a second in a drawing of so many [s]."""
    return (WIDTH - LEFT - 10.0) / max(duration, 1e-9)


def _seconds(duration: float, bottom: float) -> list[Node]:
    """The lines of an axis of time [s], and their numbers beneath."""
    drawn, scale = [], _scale(duration)
    step = next(s for s in (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 60, math.inf) if duration / s <= 14)
    for k in range(int(duration / step) + 1):
        x = f"{LEFT + k * step * scale:.1f}"
        line = {"x1": x, "x2": x, "y1": "0", "y2": f"{bottom:.0f}", "class": "axis"}
        text = {"x": x, "y": f"{bottom + 16:.0f}", "text-anchor": "middle"}
        drawn += [element("line", line), element("text", text, f"{k * step:g} s")]
    return drawn


LEFT_OUT = (
    "Least distance over time; left out are its own stand and, on straight ways, the machine that "
    "is served."
)
NEAR = 90.0  # of the drawing of distances


def nearness(near: Profile, duration: float) -> Node:
    """A chart of how near an arm is to anything over a transfer's time [s], with the distance below
    which that is a warning."""
    most = max(0.1, *near.distances)

    def height(distance: float) -> str:
        return f"{NEAR * (1.0 - max(0.0, distance) / most):.1f}"

    scale = _scale(duration)
    way = " ".join(
        f"{LEFT + time * scale:.1f},{height(distance)}"
        for time, distance in zip(near.times, near.distances, strict=True)
    )
    ends = {"x1": f"{LEFT:.0f}", "x2": f"{LEFT + duration * scale:.1f}"}
    least, time, between = min(zip(near.distances, near.times, near.between, strict=True))
    told = f"{1000 * least:.0f} mm between {between}" if between else f"over {1000 * least:.0f} mm"
    spot = {"cx": f"{LEFT + time * scale:.1f}", "cy": height(least), "r": "4", "class": "near"}
    spoken = f"least distance over time: {told} at {time:.2f} s"
    drawn = [
        *_seconds(duration, NEAR),
        element("text", {"x": "0", "y": "14"}, "least distance"),
        element("text", {"x": "0", "y": "30"}, f"to {1000 * most:.0f} mm"),
        element("line", {**ends, "y1": height(LOW), "y2": height(LOW), "class": "low"}),
        element("polyline", {"points": way, "class": "near"}),
        element("circle", spot, element("title", {}, f"{told} at {time:.2f} s")),
    ]
    box = f"0 0 {WIDTH:.0f} {NEAR + 22:.0f}"
    return element("svg", {"viewBox": box, "role": "img", "aria-label": spoken}, *drawn)


def _bar(motion: Motion, y: float, scale: float) -> Node:
    place = {
        "x": f"{LEFT + motion.start * scale:.1f}",
        "y": f"{y + 4:.0f}",
        "width": f"{max(1.0, (motion.end - motion.start) * scale - 1):.1f}",
        "height": f"{ROW - 8:.0f}",
        "rx": "3",
        "class": motion.kind,
    }
    took = motion.end - motion.start
    return element(
        "rect", place, element("title", {}, f"{motion.kind}: {took:.2f} s, {motion.bound}")
    )


def _motions(motions: Sequence[Motion]) -> Node:
    head = ("Motion", "from", "to", "takes", "paced by", "clearance", "between")
    rows = [
        [
            motion.kind,
            f"{motion.start:.2f} s",
            f"{motion.end:.2f} s",
            f"{motion.end - motion.start:.2f} s",
            motion.bound,
            f"{1000 * motion.clearance:.0f} mm" if motion.other else "-",
            f"{motion.body} and {motion.other}" if motion.other else "-",
        ]
        for motion in motions
    ]
    caption = "Its motions; on a straight way, the machine that is served is left out"
    return _table(caption, head, rows, words=(6,))


def _joints(joints: Sequence[JointUse]) -> Node:
    head = ("Joint", "position", "of its range", "speed", "of its limit", "torque", "of its limit")
    rows = []
    for joint in joints:
        turns = joint.unit == "rad"
        unit, torque = ("deg", "Nm") if turns else ("m", "N")
        scale = 180.0 / math.pi if turns else 1.0
        row = [joint.name]
        for span, text, factor in (
            (joint.position, unit, scale),
            (joint.speed, f"{unit}/s", scale),
            (joint.torque, torque, 1.0),
        ):
            row += _span(span, text, factor)
        rows.append(row)
    return _table("Joint use, the part included", head, rows)


def _span(span: Span, unit: str, scale: float) -> tuple[str, str]:
    least, most, lower, upper = (
        _rounded(value * scale) for value in (span.least, span.most, span.lower, span.upper)
    )
    limits = f"±{upper}" if span.lower == -span.upper else f"{lower} to {upper}"
    return f"{least} to {most} {unit}", f"{_percent(span.share)} of {limits}"


def _rounded(value: float) -> str:
    """A decimal, where it is small two; no zero with a sign."""
    return f"{round(value, 1 if abs(value) >= 10 else 2) + 0.0:g}"


def _table(
    caption: str, head: Sequence[str], rows: Iterable[Sequence[str]], words: Sequence[int] = ()
) -> Node:
    def line(tag: str, cells: Sequence[str]) -> Node:
        told = [
            element(tag, {"class": "words"} if k in words else {}, text)
            for k, text in enumerate(cells)
        ]
        return element("tr", {}, *told)

    body = element("tbody", {}, *(line("td", row) for row in rows))
    top = element("thead", {}, line("th", head))
    inner = element("table", {}, element("caption", {}, caption), top, body)
    return element("div", {"class": "wide", "tabindex": "0"}, inner)


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"


def _degrees(angle: float) -> str:
    return f"{math.degrees(angle):.0f} deg"


# --- files ---------------------------------------------------------------------------------------


def write_report(report: Report, path: Path) -> None:
    """The report as a page (.html) or as JSON (.json). Raises TwinError for another ending, and
    where it cannot be written."""
    if path.suffix.lower() == ".html":
        content = html(report)
    elif path.suffix.lower() == ".json":
        content = as_json(report)
    else:
        raise TwinError(f"{path}: its name has to end in .html or .json")
    _write(path, content)


def as_json(report: Report) -> bytes:
    """The report in SI, for programs."""
    return json.dumps(report.as_dict(), indent=1, ensure_ascii=False, allow_nan=False).encode()


def trajectories(factory: Factory) -> dict[str, bytes]:
    """Name -> file: a table (CSV) of each transfer over time."""
    return {
        f"{name}.csv": table(
            one, robot_of(factory.layout, one.arm), base_pose(factory.layout, one.arm)
        ).encode()
        for name, one in _named(factory)
    }


def programs(factory: Factory) -> dict[str, bytes]:
    """Name -> file: each transfer's way points (JSON), and URScript where the arm reads that."""
    made: dict[str, bytes] = {}
    for name, one in _named(factory):
        asset = factory.layout.arms[one.arm].asset
        steps = _program(factory, one)
        made[f"{name}.json"] = json.dumps(steps.as_dict(), indent=1).encode()
        if URSCRIPT.fullmatch(asset):
            made[f"{name}.script"] = urscript(steps, asset).encode()
    return made


def _program(factory: Factory, one: Transfer) -> Program:
    arm = factory.layout.arms[one.arm]
    return program(one, robot_of(factory.layout, one.arm), arm.speed, arm.straight)


def _named(factory: Factory) -> Iterator[tuple[str, Transfer]]:
    """Each transfer with what its files are called: the names of a layout are letters, digits, "_",
    "-" and, between them, a dot. Where two are of the same ports, the second one has a number."""
    count: Counter[str] = Counter()
    for one in factory.motions.values():
        name = f"{one.arm}_{'_to_'.join(one.stops)}"
        count[name] += 1
        yield name if count[name] == 1 else f"{name}_{count[name]}", one


def write_files(files: dict[str, bytes], folder: Path) -> None:
    """Files in a folder, which is made where it is missing. Raises TwinError."""
    for name, content in files.items():
        _write(folder / name, content)


def _write(path: Path, content: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        raise TwinError(f"{path}: cannot be written: {error.strerror}") from error
