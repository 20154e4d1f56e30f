"""The command line: one verb a function; text for people, JSON for programs.

Exit codes: 0 ok, 1 the input is well formed but its meaning is wrong, 2 it cannot be used,
130 stopped by Ctrl-C.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from twin.cache import write_whole
from twin.errors import FindingsError, RecordingError, RunError, TwinError, nearest

if TYPE_CHECKING:
    from twin.bottlenecks import Proof
    from twin.cells.factory import Factory
    from twin.devices.collector import Status
    from twin.devices.following import Following
    from twin.economics import PartCost
    from twin.exact import Case, Report
    from twin.experiments import Horizon
    from twin.forecast import Forecast
    from twin.kpis import Kpis
    from twin.layout.rules import Finding
    from twin.layout.schema import Layout
    from twin.production.run import Tally
    from twin.timeline import Timeline
    from twin.view.exports.handout import Handout
    from twin.view.live import Live
    from twin.view.report import Pair
    from twin.view.workbench import Snapshot

DEMO = "pcb_line"
DAY = 86400.0
HOUR = 3600.0
STOPPED = 130  # as shells have it after Ctrl-C


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit code. Without arguments they are the program's, which then ends."""
    code = _run(parser().parse_args(arguments))
    if arguments is None and (code == STOPPED or _is_compiling()):
        # Nobody waits for machine code to come back that nobody asks for any more.
        physics = sys.modules.get("twin.cells.process")
        if physics is not None:
            physics.let_go()
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError):
                stream.flush()
        os._exit(code)
    return code


def _is_compiling() -> bool:
    """Whether the engine is being compiled; a command that does without it does not load it."""
    machine_code = sys.modules.get("twin.production.machine_code")
    return machine_code is not None and machine_code.is_compiling()


def _run(options: argparse.Namespace) -> int:
    try:
        return options.verb(options)
    except TwinError as error:
        print(f"twin: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("twin: stopped", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        sys.stderr.close()
        return 0


# --- the parser ----------------------------------------------------------------------------------


def parser() -> argparse.ArgumentParser:
    """All verbs and their options."""
    top = argparse.ArgumentParser(prog="twin", description="A digital twin of micro-factories.")
    verbs = top.add_subparsers(required=True, metavar="VERB")

    def verb(
        name: str, run: Callable[[argparse.Namespace], int], about: str
    ) -> argparse.ArgumentParser:
        made = verbs.add_parser(name, help=about, description=about)
        made.set_defaults(verb=run)
        return made

    new = verb("new", new_layout, "a layout in your own folder, to draw in: a copy, or from a log")
    new.add_argument("name", metavar="NAME")
    origin = new.add_mutually_exclusive_group()
    origin.add_argument("--from", dest="source", default=DEMO, metavar="LAYOUT")
    origin.add_argument("--log", type=Path, metavar="FILE", help="what a shop did: a recording")
    _mapping(new)

    for name, run, about in (
        ("check", check, "check a layout by rules, and its robot cells by physics"),
        ("simulate", simulate, "simulate one run and keep it as a recording"),
        ("bottlenecks", bottlenecks, "prove what holds the output back"),
        ("predict", predict, "forecast what a layout makes"),
    ):
        one = verb(name, run, about)
        _layout(one)
        one.add_argument("--json", action="store_true", help="for programs")
        if name == "simulate":
            one.add_argument("--until", default="5 day", metavar="TIME", help='"8 h", "5 day"')
            one.add_argument("--seed", type=_natural, metavar="N", help="another chance")
            one.add_argument("-o", "--output", type=Path, metavar="FOLDER", help="Parquet files")
            one.add_argument("--from-state", type=Path, metavar="FILE", help="go on from a state")
            one.add_argument("--keep-state", type=Path, metavar="FILE", help="the state at the end")
        elif name == "check":
            one.add_argument(
                "--report", type=Path, metavar="FILE", help="all about the cells: .html or .json"
            )
            one.add_argument(
                "--trajectory", type=Path, metavar="DIR", help="transfers over time, as CSV"
            )
            one.add_argument(
                "--program", type=Path, metavar="DIR", help="way points, as JSON and URScript"
            )
        else:
            one.add_argument(
                "--until", metavar="TIME", help="from an empty plant up to then, not steady state"
            )
            one.add_argument("--replications", type=_several, metavar="N")
            if name == "predict":
                one.add_argument(
                    "--after",
                    metavar="RECORDING",
                    help="from where the shop stands in a recording, not the long run",
                )
                one.add_argument(
                    "--at", metavar="TIME", help='when in it: "4 h" after its begin; its end'
                )
                one.add_argument("--horizon", metavar="TIME", help="how far: 8 h")
                _mapping(one)
                one.add_argument(
                    "--precision",
                    metavar="SHARE",
                    help='"2 %%": as many replications as know the mean output that well, '
                    "at most N",
                )

    compare_ = verb("compare", compare, "what differs between layouts, and what that does")
    compare_.add_argument("before", metavar="A", help="a file, or the name of a known layout")
    compare_.add_argument("after", nargs="+", metavar="B", help="each is compared with A")
    compare_.add_argument(
        "--until", metavar="TIME", help="from an empty plant up to then, not steady state"
    )
    compare_.add_argument("--replications", type=_several, metavar="N")
    compare_.add_argument("--proof", action="store_true", help="what holds back, before and after")
    form = compare_.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="for programs")
    form.add_argument("--markdown", action="store_true", help="for a pull request")

    measure_ = verb("measure", measure, "figures of a recording or of a simulated run")
    _recording(measure_)
    measure_.add_argument("--layout", metavar="LAYOUT", help="where the format asks for one")
    _mapping(measure_)
    measure_.add_argument("--json", action="store_true", help="for programs")

    replay_ = verb("replay", replay, "show a recording on its floor")
    replay_.add_argument("layout", nargs="?", metavar="LAYOUT", help="a file, or a known name")
    _recording(replay_)
    replay_.add_argument("--layout", dest="floor", metavar="LAYOUT", help="the same, said behind")
    _mapping(replay_)
    replay_.add_argument("--json", action="store_true", help="print figures, open no browser")
    _address(replay_)

    connect_ = verb("connect", connect, "follow a shop that is live, on its floor")
    _layout(connect_)
    connect_.add_argument(
        "url", nargs="+", metavar="URL", help="mqtt://..., opc.tcp://..., http://..."
    )
    connect_.add_argument(
        "--mapping",
        type=Path,
        metavar="FILE",
        action="append",
        help="what the shop's words mean; once for all addresses, or once for each (-: none)",
    )
    connect_.add_argument("--journal", type=Path, metavar="FILE", help="all that is heard")
    connect_.add_argument("--text", action="store_true", help="print states, open no page")
    _address(connect_)

    record_ = verb("record", record, "keep what a live source says as a recording")
    record_.add_argument("url", metavar="URL", help="mqtt://..., opc.tcp://..., http://...")
    record_.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")
    record_.add_argument("--for", dest="seconds", metavar="TIME", help='"10 min"; until Ctrl-C')

    publish_ = verb("publish", publish, "say a recording or a simulated run again, live")
    publish_.add_argument("source", nargs="+", metavar="LAYOUT|RECORDING")
    said = publish_.add_mutually_exclusive_group(required=True)
    said.add_argument("--mqtt", metavar="URL", help="to this broker: mqtt://localhost")
    said.add_argument("--opcua", metavar="URL", help="as a server: opc.tcp://localhost:4840")
    said.add_argument("--mtconnect", type=_natural, metavar="PORT", help="as an agent")
    publish_.add_argument("--speed", type=float, default=1.0, help="times as fast as it went")
    publish_.add_argument("--layout", metavar="LAYOUT", help="the floor of the recording")
    _mapping(publish_)

    import_ = verb("import", import_log, "read an event log once and keep it as a recording")
    import_.add_argument("recording", metavar="FILE", help="CSV, Parquet, Excel, XES, OCEL")
    import_.add_argument("--layout", metavar="LAYOUT", help="the floor that it is of")
    import_.add_argument(
        "-o", "--output", type=Path, required=True, metavar="FOLDER", help="Parquet files"
    )
    _mapping(import_)

    export_ = verb("export", export, "hand on a shift as one file: a page, figures, the floor")
    export_.add_argument("source", metavar="LAYOUT|RUN", help="a layout or a recording")
    export_.add_argument(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="FILE",
        help=".html, .csv, .xlsx, .glb; of a recording .events.csv, .xes, .jsonocel, .sqlite, too",
    )
    _mapping(export_)
    export_.add_argument(
        "--until", metavar="TIME", help='how long it plays from the first opening on ("8 h")'
    )
    export_.add_argument("--seed", type=_natural, default=1, metavar="N", help="another chance")
    export_.add_argument("--layout", metavar="LAYOUT", help="the floor of a recording")

    verify_ = verb("verify", verify, "check the engine against cases whose answers are exact")
    verify_.add_argument("file", nargs="?", type=Path, metavar="FILE", help="other cases")
    verify_.add_argument("--json", action="store_true", help="for programs")
    verify_.add_argument("--export", type=Path, metavar="DIR", help="keep the cases' layouts")
    verify_.add_argument("--case", nargs="+", action="extend", metavar="ID", help="only these")
    verify_.add_argument("--fast", action="store_true", help="only those that ask no chance")
    verify_.add_argument("--seed", type=_natural, default=1, help="another seed, other chance")

    program_ = verb("program", program, "what a machine's program takes: G-code, drawing, part")
    program_.add_argument("files", nargs="+", type=Path, metavar="FILE", help="the programs")
    program_.add_argument("--machine", metavar="ASSET", help='for which one: "mill/desktop"')
    program_.add_argument(
        "--set", nargs="+", action="extend", default=[], metavar="NAME=VALUE",
        help='figures of the machine: "rapid=20 m/min", "override=50 %%"',
    )  # fmt: skip
    program_.add_argument("--material", metavar="NAME", help="of the sheet that is cut")
    program_.add_argument("--thickness", metavar="LENGTH", help="of that sheet")
    program_.add_argument(
        "--took", nargs="+", metavar="TIME", help="recorded times of the programs, to fit a figure"
    )
    program_.add_argument("--fit", metavar="NAME", help="the figure: acceleration, calibration")
    program_.add_argument(
        "--strict", action="store_true", help="refuse what is not understood; else it is left out"
    )
    program_.add_argument("--json", action="store_true", help="for programs")

    asset_ = verb("asset", list_assets, "bring a robot of your own: URDF, xacro, folder or zip")
    about = {
        "add": "look at a robot's files, repair them, keep it",
        "list": "all that there are",
        "fit": "how fast an arm's joints are, from a log of 10 rows a second or more",
    }
    asked = asset_.add_subparsers(required=True, metavar="add|list|fit")
    fit_ = asked.add_parser("fit", help=about["fit"], description=about["fit"])
    fit_.add_argument("log", type=Path, metavar="LOG", help="CSV: timestamp, actual_qd_0 ...")
    fit_.set_defaults(verb=fit_arm)
    listed = asked.add_parser("list", help=about["list"], description=about["list"])
    add_ = asked.add_parser("add", help=about["add"], description=about["add"])
    listed.set_defaults(verb=list_assets)
    add_.set_defaults(verb=add_asset)
    add_.add_argument("source", type=Path, metavar="SOURCE", help="a .urdf, .xacro, .zip or folder")
    add_.add_argument("--as", dest="name", metavar="NAME", help="arm/my_robot, tool/my_gripper")
    add_.add_argument("--root", metavar="FILE", help="the robot's file, where there are several")
    add_.add_argument(
        "--package", nargs="+", action="extend", default=[], metavar="NAME=FOLDER",
        help="where package://NAME/ is",
    )  # fmt: skip
    add_.add_argument(
        "--arg", nargs="+", action="extend", default=[], metavar="NAME=VALUE", help="of its xacro"
    )

    serve_ = verb("serve", serve, "open the planner's page")
    serve_.add_argument("layout", nargs="?", default=DEMO, metavar="LAYOUT")
    _address(serve_)

    cells_ = verb("cells", cells, "open the cells page: what an arm reaches, hits, and how fast")
    _layout(cells_)
    cells_.add_argument(
        "arm", nargs="?", default="", metavar="ARM", help="the first one if left out"
    )
    _address(cells_)

    demo_ = verb("demo", demo, "forecast the PCB micro-factory and open it in 3D")
    demo_.add_argument("--check", action="store_true", help="start, fetch, decode, compare, end")
    _address(demo_)
    return top


def _layout(one: argparse.ArgumentParser) -> None:
    one.add_argument("layout", metavar="LAYOUT", help="a file, or the name of a known layout")


def _mapping(one: argparse.ArgumentParser) -> None:
    one.add_argument(
        "--mapping", type=Path, metavar="FILE", help="what a log's columns, or a shop's words, mean"
    )


def _recording(one: argparse.ArgumentParser) -> None:
    one.add_argument("recording", nargs="+", metavar="RECORDING", help="a folder, or files")


def _address(one: argparse.ArgumentParser) -> None:
    one.add_argument("--port", type=_natural, default=5006, help="the next free one if taken")
    one.add_argument("--address", default="localhost", help="where to listen (localhost)")
    one.add_argument("--no-browser", action="store_true", help="only print the address")


def _natural(text: str) -> int:
    try:
        value = int(text)
    except ValueError:
        value = -1
    if not 0 <= value < 2**31:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 0 up")
    return value


def _several(text: str) -> int:
    value = _natural(text)
    if not 2 <= value <= 10_000:
        raise argparse.ArgumentTypeError("an interval needs 2 to 10000 replications")
    return value


# --- verbs ---------------------------------------------------------------------------------------


def new_layout(options: argparse.Namespace) -> int:
    """`twin new NAME --from LAYOUT` or `--log FILE`"""
    from twin.layout.folders import new_layout, write_new

    if options.log:
        path = write_new(options.name, _drafted(options))
    elif options.mapping:
        raise TwinError("--mapping says what the columns of a log mean: name that with --log FILE")
    else:
        path = new_layout(options.name, options.source)
    print(f"{path}\n\nOpen it:  twin serve {options.name}\nCheck it: twin check {options.name}")
    return 0


def _drafted(options: argparse.Namespace) -> bytes:
    """The layout that a log gives; what was left out or guessed in it is printed."""
    from twin.inference import draft_layout
    from twin.recordings.mapping import read_mapping
    from twin.recordings.read import look_into

    mapping = read_mapping(options.mapping) if options.mapping else None
    log = look_into(options.log, mapping=mapping)
    zone = (mapping.time.zone if mapping else None) or "UTC"
    try:
        draft = draft_layout(log.timeline, options.name, zone)
    except RecordingError as error:
        raise RecordingError(f"{options.log}: {error}") from error
    for finding in (*log.findings, *draft.notes):
        print(f"{finding.severity}: {finding.where}: {finding.message}", file=sys.stderr)
    return draft.text.encode()


def list_assets(options: argparse.Namespace) -> int:
    """`twin asset list`"""
    from twin.cells.gate.adding import added
    from twin.layout.catalog import known_assets, load_asset

    own = set(added())
    for name in known_assets():
        print(f"{name:<28} {load_asset(name).label}{' (added)' if name in own else ''}")
    return 0


def add_asset(options: argparse.Namespace) -> int:
    """`twin asset add SOURCE`"""
    from twin.cells.gate.adding import add_robot
    from twin.layout.catalog import asset_folder

    packages = {name: Path(folder) for name, folder in _named(options.package, "--package")}
    passed = add_robot(
        options.source,
        options.name,
        root=options.root,
        packages=packages,
        arguments=dict(_named(options.arg, "--arg")),
    )
    for note in passed.notes:
        print(f"note: {note}")
    for what in passed.unknown:
        print(f"not checked: {what}, as the file does not tell it")
    joints = (
        f"{len(passed.joints)} joints: {', '.join(passed.joints)}" if passed.joints else "a tool"
    )
    print(f"{passed.name}: {joints}\n{asset_folder(passed.name)}")
    return 0


def fit_arm(options: argparse.Namespace) -> int:
    """`twin asset fit LOG`"""
    from twin.cells.joint_log import fit_joints, in_lines, read_joint_log

    print("\n".join(in_lines(fit_joints(read_joint_log(options.log)))))
    return 0


def _named(pairs: Sequence[str], option: str) -> list[tuple[str, str]]:
    """NAME=VALUE, as an option has them."""
    found = [pair.partition("=") for pair in pairs]
    for (name, sign, value), pair in zip(found, pairs, strict=True):
        if not (name and sign and value):
            raise TwinError(f"{option} {pair}: expected NAME=VALUE")
    return [(name, value) for name, _, value in found]


def program(options: argparse.Namespace) -> int:
    """`twin program FILE...`"""
    from twin.programs import report
    from twin.programs.asked import Asked, fitted, told

    asked = Asked(options.machine, tuple(options.set), options.material, options.thickness)
    times = [told(path, asked) for path in options.files]
    for one in times if options.strict else ():
        if one.time.unknown:
            raise FindingsError(f"{one.path}: not understood: {report.in_words(one.time)}")
    fit = None
    if options.took or options.fit:
        took = options.took or []
        fit = fitted(options.files, took, options.fit or "calibration", asked)
    if options.json:
        told_of = [report.as_dict(one) for one in times]
        fit_of = None if fit is None else {"figure": fit.figure, "value": fit.value}
        _print_json({"programs": told_of, "fit": fit_of})
        return 0
    for one in times:
        print("\n".join(report.in_lines(one)))
    if fit is not None:
        print("\n".join(report.fit_in_lines(fit, options.files)))
    return 0


def check(options: argparse.Namespace) -> int:
    """`twin check LAYOUT`"""
    from twin.layout.basis import count_bases

    factory = _factory(options.layout)
    errors = [f for f in factory.findings if f.severity == "error"]
    written = _written_of_cells(options, factory)
    if options.json:
        if not options.report:
            _print_json([_finding(f) for f in factory.findings])
        return 1 if errors else 0
    for finding in factory.findings:
        print(f"{finding.severity}: {finding.where}: {finding.message}")
    counts = count_bases(factory.layout)
    total = sum(counts.values())
    named = ", ".join(f"{n} {basis}" for basis, n in sorted(counts.items()))
    print(f"{factory.layout.name}: {total} numbers: {named}")
    for (arm, *_), transfer in sorted(factory.motions.items()):
        print(
            f"{arm}: {' -> '.join(transfer.stops)} in {transfer.duration:.1f} s, "
            f"clearance {1000 * transfer.clearance:.0f} mm to {transfer.nearest}"
        )
    for line in factory.unchecked:
        print(f"not checked: {line}")
    warnings = len(factory.findings) - len(errors)
    for line in written:
        print(line)
    print(f"{len(errors)} errors, {warnings} warnings")
    return 1 if errors else 0


def _written_of_cells(options: argparse.Namespace, factory: Factory) -> list[str]:
    """Write what is asked for of the robot cells, or print it as JSON; what was written."""
    if not (options.report or options.trajectory or options.program):
        return []
    from twin.view.exports import cells

    said = []
    if options.report or options.trajectory:
        from twin.cells.factory import with_distances

        factory = with_distances(factory)
    if options.report:
        from twin.cells.report import report
        from twin.production.run import program_version

        found = report(factory, program_version())
        cells.write_report(found, options.report)
        if options.json:
            _print_json(found.as_dict())
        said.append(f"{options.report}: {found.verdict}")
    for folder, make in (
        (options.trajectory, cells.trajectories),
        (options.program, cells.programs),
    ):
        if folder:
            files = make(factory)
            cells.write_files(files, folder)
            said.append(f"{folder}: {len(files)} files")
    return said


def simulate(options: argparse.Namespace) -> int:
    """`twin simulate LAYOUT`"""
    from twin.kpis import measure
    from twin.production.run import simulate, state_at
    from twin.recordings import parquet

    factory = _simulated(options.layout, options.until)
    state = _read_state(options.from_state) if options.from_state else None
    with _about(options.layout, options.from_state):
        timeline = simulate(factory, options.until, options.seed, state=state)
    if options.keep_state:
        end = state_at(factory, options.until, options.seed, state=state)
        _write_state(options.keep_state, end)
    if options.output:
        parquet.write(timeline, options.output)
    kpis = measure(timeline)
    if options.json:
        _print_json(_kpis(kpis))
    else:
        _print_kpis(kpis)
        if options.output:
            print(f"kept in {options.output}")
    return 0


def _read_state(path: Path) -> dict[str, Any]:
    """A state that a run has kept."""
    try:
        state = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise TwinError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise TwinError(f"{path}: is no state kept by --keep-state: {error}") from error
    if not isinstance(state, dict):
        raise TwinError(f"{path}: is no state kept by --keep-state: it holds no mapping")
    return state


def _write_state(path: Path, state: dict[str, Any]) -> None:
    """A state, as `_read_state` reads it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, json.dumps(state, allow_nan=False).encode())
    except OSError as error:
        raise TwinError(f"{path}: cannot be written: {error.strerror}") from error


def measure(options: argparse.Namespace) -> int:
    """`twin measure RECORDING...`"""
    from twin.kpis import measure, measure_totals
    from twin.recordings.read import totals

    told = None if options.layout else totals(options.recording, options.mapping)
    if told is not None:
        _print_findings(told.findings)
        kpis = measure_totals(told)
    else:
        kpis = measure(_look_into(options, options.layout))
    if options.json:
        _print_json(_kpis(kpis))
    else:
        _print_kpis(kpis)
    return 0


def _look_into(options: argparse.Namespace, floor: str | None) -> Timeline:
    """The timeline of the recording that is named; what is strange in it is told beside."""
    from twin.recordings import look_into

    layout = _read_layout(floor) if floor else None
    log = look_into(options.recording, layout, options.mapping)
    _print_findings(log.findings)
    return log.timeline


def _print_findings(findings: Sequence[Finding]) -> None:
    """What is strange in what was read, beside what is printed of it."""
    for finding in findings:
        print(f"{finding.severity}: {finding.where}: {finding.message}", file=sys.stderr)


def connect(options: argparse.Namespace) -> int:
    """`twin connect LAYOUT URL`"""
    from twin.devices.sources import connect
    from twin.layout.folders import find_layout

    layout = _read_layout(options.layout)
    name = find_layout(options.layout).stem
    words = [None if str(path) == "-" else path for path in options.mapping or ()]
    mapping = words[0] if len(words) == 1 else words or None
    shop = connect(layout, options.url, options.journal, mapping, name=name)
    if options.text:
        return _print_shop(shop)
    from twin.view.live import Live

    return _open(options, options.layout, None, live=Live(shop))


def _print_shop(shop: Following) -> int:
    """How the sources of a shop stand and what each resource does, once a second."""
    from twin.devices.text import told

    try:
        while True:
            print(told(shop), flush=True)
            shop.wait(1.0)
            time.sleep(1.0)
    finally:
        shop.close()


def record(options: argparse.Namespace) -> int:
    """`twin record URL -o FILE`"""
    from twin import units
    from twin.devices.recorder import record

    seconds = units.parse(options.seconds, "time") if options.seconds else math.inf

    def shown(status: Status) -> bool:
        why = f" ({status.why})" if status.why else ""
        print(f"\r{status.link.value}{why}: {status.received:,} messages", end="", file=sys.stderr)
        return True

    number = record(options.url, options.output, seconds, shown)
    print(f"\n{options.output}: {number:,} messages")
    return 0


def publish(options: argparse.Namespace) -> int:
    """`twin publish LAYOUT|RECORDING... --mqtt URL`"""
    from twin.devices.publishing import publish

    if not 0 < options.speed < math.inf:
        raise TwinError(f"speed {options.speed:g}: a number above 0 is wanted")
    publish(
        options.source,
        mqtt=options.mqtt,
        opcua=options.opcua,
        mtconnect=options.mtconnect,
        speed=options.speed,
        layout=options.layout,
        mapping=options.mapping,
    )
    return 0


def import_log(options: argparse.Namespace) -> int:
    """`twin import FILE --mapping M -o FOLDER`"""
    from twin.recordings import parquet

    timeline = _look_into(options, options.layout)
    parquet.write(timeline, options.output)
    counts = (len(timeline.intervals), len(timeline.moves), len(timeline.orders))
    told = "{:,} intervals, {:,} moves, {:,} orders".format(*counts)
    print(f"{options.output}: {told}, {len(timeline.points):,} points, run {timeline.run}")
    return 0


def bottlenecks(options: argparse.Namespace) -> int:
    """`twin bottlenecks LAYOUT`"""
    from twin.experiments import horizon_of

    factory = _simulated(options.layout, options.until)
    with _about(options.layout):
        proof = _prove(factory, horizon_of(factory, options.until, options.replications))
    if options.json:
        _print_json([g.as_dict() for g in proof.gains])
    else:
        _print_proof(proof)
    return 0


def predict(options: argparse.Namespace) -> int:
    """`twin predict LAYOUT`"""
    if options.after is not None:
        return _predict_after(options)
    for name in ("at", "horizon", "mapping"):
        if getattr(options, name) is not None:
            raise TwinError(f"--{name} is of a forecast from a state: name a recording by --after")
    from twin.economics import part_cost
    from twin.forecast import predict

    factory = _simulated(options.layout, options.until)
    with _about(options.layout), _Bar("forecast") as bar:
        forecast = predict(
            factory,
            options.until,
            replications=options.replications,
            precision=options.precision,
            progress=bar.show,
        )
    if options.json:
        _print_json(_forecast(factory, forecast))
    else:
        _print_forecast(factory.layout, forecast, part_cost(factory, forecast.tallies))
    return 0


def _predict_after(options: argparse.Namespace) -> int:
    """`twin predict LAYOUT --after RECORDING`: what comes next, from where it stands."""
    from twin.prediction.asked import HORIZON, from_state
    from twin.prediction.forecast import REPLICATIONS
    from twin.prediction.text import as_json, told
    from twin.production.run import seconds
    from twin.recordings import look_into

    if options.until or options.precision:
        raise TwinError("--until and --precision are of the long run: leave them out with --after")
    factory = _simulated(options.layout, options.horizon)
    log = look_into([options.after], factory.layout, options.mapping)
    _print_findings(log.findings)
    timeline = log.timeline
    at = None if options.at is None else timeline.start + seconds(options.at)
    with _about(options.layout):
        made = from_state(
            factory,
            timeline,
            at,
            horizon=options.horizon or HORIZON,
            replications=options.replications or REPLICATIONS,
        )
    if options.json:
        _print_json(as_json(made, timeline))
    else:
        print("\n".join(told(made, timeline)))
    return 0


def compare(options: argparse.Namespace) -> int:
    """`twin compare A B [C ...]`"""
    from twin.view import report

    names = [options.before, *options.after]
    pairs = _pairs(names, options.until, options.replications, options.proof)
    if options.json:
        _print_json(_compared(pairs))
    else:
        print(report.markdown(pairs) if options.markdown else report.terminal(pairs))
    return 0


def _pairs(
    names: Sequence[str], until: str | None, replications: int | None, proof: bool
) -> list[Pair]:
    """The first of some layouts against each other one, all over one horizon."""
    from twin.comparison import compare, observe, shared_horizon
    from twin.experiments import horizon_of
    from twin.view.report import Pair

    layouts = [(name, _simulated(name, until)) for name in names]
    horizons = []
    for name, factory in layouts:
        with _about(name):
            horizons.append(horizon_of(factory, until, replications))
    horizon = shared_horizon(horizons)
    samples, proofs = [], []
    for name, factory in layouts:
        with _about(name):
            with _Bar(name) as bar:
                samples.append(observe(factory, horizon, progress=bar.show))
            proofs.append(_prove(factory, horizon, samples[-1].tallies) if proof else None)
    first, *others = zip(names, samples, proofs, strict=True)
    return [
        Pair(compare(first[1], sample), first[0], name, first[2], proved)
        for name, sample, proved in others
    ]


def replay(options: argparse.Namespace) -> int:
    """`twin replay LAYOUT RECORDING...`"""
    from twin.recordings import summary

    floor = options.floor or options.layout
    if options.floor and options.layout:  # then what stands in front is a recording, too
        options.recording = [options.layout, *options.recording]
    if options.json:
        _print_json(summary(_look_into(options, floor)))
        return 0
    if not floor:
        raise TwinError(f"{options.recording[0]}: to show it, name its floor: --layout")
    timeline = _look_into(options, floor)
    if len(options.recording) == 1 and not options.mapping:
        return _open(options, floor, options.recording[0])
    from twin.recordings import parquet

    # The page opens what is named, again and again: what was read is kept for as long.
    with tempfile.TemporaryDirectory(prefix="twin-") as folder:
        kept = Path(folder) / Path(options.recording[0]).name.partition(".")[0]
        parquet.write(timeline, kept)
        return _open(options, floor, str(kept))


def export(options: argparse.Namespace) -> int:
    """`twin export LAYOUT|RUN -o FILE`"""
    from twin.recordings import exports

    if exports.ending_of(options.output):
        return _export_events(options)
    from twin.view.exports import formats

    wanted = formats.format_of(options.output)  # a wrong name is told before all that work
    if _is_recording(options.source, options.layout):
        made = _of_recording(options)
    elif wanted in formats.WITHOUT_FIGURES:
        made = _of_floor(options)
    else:
        made = _of_forecast(options)
    size = formats.write(made, options.output)
    print(f"{options.output}  ({size / 1e6:.2f} MB)")
    return 0


def _export_events(options: argparse.Namespace) -> int:
    """What happened, event by event: of a recording, for other programs."""
    from twin.recordings import exports

    options.recording = options.source
    timeline = _look_into(options, options.layout)
    exports.write(timeline, options.output)
    print(f"{options.output}  ({options.output.stat().st_size / 1e6:.2f} MB)")
    return 0


def _is_recording(source: str, layout: str | None) -> bool:
    """A recording is a folder, or what its layout is named for; all else is a layout."""
    return layout is not None or Path(source).is_dir()


def _of_recording(options: argparse.Namespace) -> Handout:
    from twin.view.exports import handout

    if options.until is not None:
        raise TwinError("--until is for a layout: a recording plays from its start to its end")
    path = Path(options.source)
    floor = _read_layout(options.layout) if options.layout else handout.floor_of(path)
    return handout.of_recording(path, floor)


def _of_floor(options: argparse.Namespace) -> Handout:
    from twin.view.exports import handout

    return handout.of_layout(_read_layout(options.source))


def _of_forecast(options: argparse.Namespace) -> Handout:
    from twin.forecast import predict
    from twin.view.exports import handout

    factory = _simulated(options.source, options.until)
    length = handout.SHIFT if options.until is None else options.until
    with _about(options.source):
        with _Bar("forecast") as bar:
            forecast = predict(factory, progress=bar.show)
        proof = _prove(factory, forecast.horizon, forecast.tallies)
        return handout.of_forecast(factory, forecast, proof, length, options.seed)


def verify(options: argparse.Namespace) -> int:
    """`twin verify [FILE]`"""
    from twin.exact import known_cases, read_cases, verify

    path = options.file or known_cases()
    cases = _chosen(path, read_cases(path), options.case, options.fast)
    if options.export:
        _export(cases, options.export)
    _wait_till_compiled()
    with _Bar("verify", unit="case") as bar:
        report = verify(cases, seed=options.seed, progress=bar.show)
    if options.json:
        _print_json(report.as_dict())
    else:
        _print_report(report)
    return 0 if report.is_right else 1


def serve(options: argparse.Namespace) -> int:
    """`twin serve LAYOUT`"""
    _read_layout(options.layout)  # a mistake in the file is told here, not in the browser
    return _open(options, options.layout, None)


def cells(options: argparse.Namespace) -> int:
    """`twin cells LAYOUT [ARM]`"""
    _read_layout(options.layout)
    return _open(options, options.layout, None, cell=options.arm)


def demo(options: argparse.Namespace) -> int:
    """`twin demo`"""
    if options.check:
        from twin.view.check import check_demo

        problems = check_demo()
        for problem in problems:
            print(f"twin: {problem}", file=sys.stderr)
        print("the demo works" if not problems else f"{len(problems)} problems")
        return 1 if problems else 0
    return _open(options, DEMO, None, _print_known)


def _print_known(shown: Snapshot) -> None:
    """The figures of a page, once they are known."""
    if shown.outlook is not None and shown.proof is not None:
        _print_forecast(shown.layout, shown.outlook.forecast, shown.outlook.cost)
        _print_proof(shown.proof)
        sys.stdout.flush()


def _open(
    options: argparse.Namespace,
    layout: str,
    recording: str | None,
    known: Callable[[Snapshot], None] | None = None,
    cell: str | None = None,
    live: Live | None = None,
) -> int:
    from twin.view.server import serve

    serve(
        layout,
        recording=recording,
        port=options.port,
        address=options.address,
        open_browser=not options.no_browser,
        known=known,
        cell=cell,
        live=live,
    )
    return 0


# --- steps shared by verbs -----------------------------------------------------------------------


def _read_layout(name: str) -> Layout:
    from twin.layout.files import load
    from twin.layout.folders import find_layout

    return load(find_layout(name))


def _factory(name: str) -> Factory:
    from twin.cells.factory import validate

    return validate(_read_layout(name))


@contextmanager
def _about(layout: str, state: Path | None = None) -> Iterator[None]:
    """What goes wrong in a run is said of the files that it is made of."""
    from twin.layout.folders import find_layout

    try:
        yield
    except (FindingsError, RunError) as error:
        start = f" from {state}" if state else ""
        raise type(error)(f"{find_layout(layout)}{start}: {error}") from error


def _simulated(name: str, until: str | None) -> Factory:
    """The factory of a layout that is simulated next: the engine is compiled, where it is not yet,
    while physics looks at the robot cells. A wrong `until` is told before all that."""
    from twin.cells.factory import validate
    from twin.production.machine_code import begin
    from twin.production.run import refuse_errors, seconds

    if until is not None:
        seconds(until)
    layout = _read_layout(name)
    begin(_say_compiling)
    factory = validate(layout)
    with _about(name):
        refuse_errors(factory)
    _wait_till_compiled()
    return factory


def _say_compiling() -> None:
    from twin.production.machine_code import COMPILING

    if sys.stderr.isatty():
        print(f"{COMPILING} ...", file=sys.stderr, flush=True)


def _wait_till_compiled() -> None:
    """Wait for the engine, with a bar on a terminal where it has to be compiled."""
    from twin.production.machine_code import prepare

    with _Bar("") as bar:
        prepare(bar.show_stage)


def _prove(factory: Factory, horizon: Horizon, base: Sequence[Tally] | None = None) -> Proof:
    from twin.bottlenecks import prove

    with _Bar("proof") as bar:
        return prove(factory, horizon, base=base, progress=bar.show)


def _chosen(
    path: Path, cases: Sequence[Case], names: Sequence[str] | None, fast: bool
) -> list[Case]:
    """The cases of some ids, or all; of them only what needs no chance, where it shall be fast."""
    from twin.exact import needs_chance

    known = {case.id for case in cases}
    for name in names or ():
        if name not in known:
            raise TwinError(f"{path}: there is no case {name!r}; {nearest(name, known)}")
    chosen = [case for case in cases if not names or case.id in names]
    chosen = [case for case in chosen if not fast or not needs_chance(case)]
    if not chosen:
        raise TwinError(f"{path}: none of these cases is fast; leave out --fast")
    return chosen


def _export(cases: Sequence[Case], folder: Path) -> None:
    """The documents of cases as files of YAML."""
    from twin.exact import write_documents

    count = sum(len(write_documents(case, folder)) for case in cases)
    print(f"{count} layouts in {folder}", file=sys.stderr)


class _Bar:
    """A progress bar on a terminal; nothing where the output is read by a program.

    Without a label it is there only once something is shown on it.
    """

    def __init__(self, label: str, unit: str = "run") -> None:
        self.label = label
        self.unit = unit
        self.bar: Any = None

    def __enter__(self) -> _Bar:
        if self.label and sys.stderr.isatty():
            self._begun(unit=self.unit)
        return self

    def __exit__(self, *reason: object) -> None:
        if self.bar is not None:
            self.bar.close()

    def show(self, done: int, total: int) -> None:
        """What is done, of how much."""
        if sys.stderr.isatty():
            bar = self._begun()
            bar.total = total
            bar.update(done - bar.n)

    def show_stage(self, stage: str, share: float) -> None:
        """What is being done, and how far all of it is (0..1)."""
        if sys.stderr.isatty():
            bar = self._begun(total=100, bar_format="{desc}: {percentage:3.0f} % |{bar}| {elapsed}")
            bar.set_description_str(stage, refresh=False)
            bar.update(max(0, round(100 * share) - bar.n))

    def _begun(self, **options: Any) -> Any:
        if self.bar is None:
            from tqdm import tqdm

            self.bar = tqdm(desc=self.label, leave=False, file=sys.stderr, **options)
        return self.bar


# --- text and JSON -------------------------------------------------------------------------------


def _print_json(value: object) -> None:
    json.dump(_plain(value), sys.stdout, indent=1, ensure_ascii=False, allow_nan=False)
    print()


def _plain(value: Any) -> Any:
    """The same with null for what is not a number, as JSON has no NaN."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value


def _finding(finding: Finding) -> dict[str, object]:
    from dataclasses import asdict

    return asdict(finding)


def _kpis(kpis: Kpis) -> dict[str, object]:
    return {
        "run": kpis.run,
        "origin": kpis.origin,
        "window": kpis.window,
        "throughput": kpis.throughput,
        "parts": kpis.parts,
        "products": dict(kpis.products),
        "orders": {
            "released": kpis.released,
            "finished": kpis.finished,
            "scrapped": kpis.scrapped,
        },
        "lead_time": {"median": kpis.lead(0.5), "p90": kpis.lead(0.9)},
        "wip": kpis.wip,
        "resources": {
            name: {
                "states": {state.name: seconds for state, seconds in one.states.items()},
                "utilisation": one.utilisation,
                "availability": one.availability,
                "quality": one.quality,
                "oee": one.oee,
                "done": one.done,
                "scrap": one.scrap,
                "rework": one.rework,
            }
            for name, one in kpis.resources.items()
        },
    }


def _print_kpis(kpis: Kpis) -> None:
    print(f"run {kpis.run or '-'} ({kpis.origin}), {kpis.window / HOUR:.1f} h")
    print(f"finished  {kpis.parts} parts of {kpis.finished} orders ({kpis.released} released)")
    if len(kpis.leads):
        print(f"lead time {_span(kpis.lead(0.5))} median, {_span(kpis.lead(0.9))} 90 %")
    print(f"{'':14} {'busy':>7} {'set-up':>7} {'waits':>7} {'down':>7} {'closed':>7}  (share)")
    for name, one in kpis.resources.items():
        seconds = (one.production, one.setup, one.delay, one.down, one.outside)
        shares = " ".join(f"{100 * value / kpis.window:6.1f}%" for value in seconds)
        print(f"{name:14} {shares}")


def _forecast(factory: Factory, forecast: Forecast) -> dict[str, object]:
    from dataclasses import asdict

    from twin.economics import part_cost

    cost = part_cost(factory, forecast.tallies)
    return {
        "run": forecast.run,
        "headline": forecast.headline(),
        "horizon": asdict(forecast.horizon),
        "precision": forecast.precision,
        "notes": forecast.notes(),
        "unit": {"output": "parts/s", "lead_time": "s", "energy": "J", "cost": "EUR"},
        "output": asdict(forecast.output),
        "demand": asdict(forecast.demand),
        "piling": asdict(forecast.piling),
        "piles_up": forecast.piles_up,
        "wip": asdict(forecast.wip),
        "lead_time": {
            "mean": asdict(forecast.lead_mean) if forecast.lead_mean else None,
            "p05": forecast.lead_p05,
            "median": forecast.lead_median,
            "p90": forecast.lead_p90,
            "p95": forecast.lead_p95,
        },
        "energy": asdict(cost.energy) if cost else None,
        "cost": asdict(cost.cost) if cost else None,
        "utilisation": {name: asdict(one) for name, one in forecast.utilisation.items()},
    }


def _compared(pairs: Sequence[Pair]) -> dict[str, object]:
    """As docs/compare.md says."""
    from dataclasses import asdict

    from twin.comparison import INTERVALS

    return {
        "horizon": asdict(pairs[0].comparison.before.horizon),
        "intervals": INTERVALS,
        "pairs": [_pair(pair) for pair in pairs],
    }


def _pair(pair: Pair) -> dict[str, object]:
    from dataclasses import asdict

    compared = pair.comparison
    sides = (("before", pair.before, compared.before), ("after", pair.after, compared.after))
    said: dict[str, object] = {
        side: {"layout": layout, "name": sample.layout.name, "run": sample.run}
        for side, layout, sample in sides
    }
    said["changes"] = list(compared.changes)
    said["figures"] = [
        {**asdict(effect), "measurable": effect.is_measurable, "words": effect.words}
        for effect in compared.effects
    ]
    if pair.proof_before and pair.proof_after:
        said["proofs"] = {
            side: {"verdict": proof.verdict(), "gains": [g.as_dict() for g in proof.gains]}
            for side, proof in (("before", pair.proof_before), ("after", pair.proof_after))
        }
    return said


def _print_forecast(layout: Layout, forecast: Forecast, cost: PartCost | None) -> None:
    nouns = [p.label.lower() + "s" for p in layout.products.values() if p.label]
    noun = nouns[0] if len(nouns) == 1 == len(layout.products) else "parts"
    horizon = forecast.horizon
    print(f"\n{layout.name}: {forecast.headline(noun)}.")
    low, high = _span(forecast.lead_p05), _span(forecast.lead_p95)
    lead = f"median {_span(forecast.lead_median)}; 9 of 10 orders take {low} to {high}"
    steady = forecast.horizon.warm_up > 0
    grows = ", and growing while orders pile up" if steady and forecast.piles_up else ""
    print(f"Lead time: {lead}{grows}.")
    if cost:
        print(
            f"Each: {cost.energy.mean / 3.6e6:.2f} kWh, {cost.cost.mean:.2f} EUR "
            f"(mean ±{cost.cost.half_width:.2f})."
        )
    print(
        f"Looked at {horizon.window / DAY:g} days after {horizon.warm_up / DAY:g} of warm-up, "
        f"{horizon.replications} times; run {forecast.run}."
    )
    for note in forecast.notes():
        print(note)


def _span(seconds: float) -> str:
    """A length of time as people say it: minutes, hours or days."""
    if not math.isfinite(seconds):
        return "unknown"
    if seconds < HOUR:
        return f"{seconds / 60:.1f} min"
    return f"{seconds / HOUR:.1f} h" if seconds < 2 * DAY else f"{seconds / DAY:.1f} days"


def _print_report(report: Report) -> None:
    """A table of all measures, why any is not right, and how many cases are."""
    head = ("family", "case", "measure", "exact", "simulated", "half-width", "verdict")
    rows = [
        (
            row.family,
            row.id,
            row.measure,
            *map(_figure, (row.exact, row.simulated, row.half_width)),
            row.verdict if row.verdict == "passed" else row.verdict.upper(),
        )
        for row in report.rows
    ]
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    for row in (head, *rows):
        cells = [
            text.rjust(width) if 3 <= k <= 5 else text.ljust(width)
            for k, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells).rstrip())
    for row in report.rows:
        if row.reason:
            print(f"{row.id}: {row.measure} {row.reason}")
    counts = ", ".join(f"{report.count(v)} {v}" for v in ("passed", "failed", "unsupported"))
    print(f"cases: {counts}")


def _figure(value: float | str | None) -> str:
    if isinstance(value, str):
        return value
    return "-" if value is None or not math.isfinite(value) else f"{value:.6g}"


def _print_proof(proof: Proof) -> None:
    from twin.bottlenecks import CHANGES

    print(
        "\nWhat holds it back (mean gain in output by paired runs; the intervals of the means of a"
        " list hold together with 95 %):"
    )
    for change in CHANGES:
        print(f"  {change}:")
        rows = [g for g in proof.of(change) if g.low > 0 or g.high < 0]
        for g in rows:
            rival = "  rival" if g.rival and g is not rows[0] else ""
            print(
                f"    {g.label:24} {100 * g.gain:+6.1f} %  "
                f"({100 * g.low:+.1f} to {100 * g.high:+.1f}){rival}"
            )
        others = len(proof.of(change)) - len(rows)
        if others:
            print(f"    {others} others: no measurable difference")
    print(f"{proof.verdict()}\n")


if __name__ == "__main__":
    sys.exit(main())
