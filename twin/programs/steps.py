"""The steps of a layout that name a program -> the same steps with the time that it takes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from twin.errors import LayoutError, ProgramError
from twin.layout.rules.finding import Finding
from twin.layout.schema import Alternative, Constant, Layout, Phase, Product, Step
from twin.layout.tree import Keys
from twin.programs.capability import figures_of
from twin.programs.program_time import NO_FEED
from twin.programs.report import Told, in_words
from twin.programs.timing import time_program

PHASES = ("setup", "load", "run", "unload")


def timed(layout: Layout) -> tuple[Layout, list[Finding]]:
    """The layout with a time in the place of each program, "computed from FILE" with so many
    guessed figures of the machine, and what is wrong with the programs: an error where there is no
    time, a warning where a part of a program was not understood, or says no feed."""
    if not any(named(layout)):
        return layout, []
    findings: list[Finding] = []
    products = {
        name: _product(layout, f"products/{name}", product, findings)
        for name, product in layout.products.items()
    }
    return layout.model_copy(update={"products": products}), findings


def named(layout: Layout) -> Iterator[tuple[Phase, str]]:
    """All phases that name a program, and the station of each."""
    for product in layout.products.values():
        for step in product.route:
            for station, owner in ((step.at, step), *step.or_at.items()):
                for kind in PHASES:
                    phase = getattr(owner, kind)
                    if phase is not None and phase.program is not None and station is not None:
                        yield phase, station


def program_file(layout: Layout, program: str) -> Path:
    """The file of a program that a layout names. Raises ProgramError where it lies elsewhere than
    beside the layout, or not at all."""
    if layout.folder is None:
        raise ProgramError(
            f"{program}: the layout comes from no file, so nothing lies beside it; save it first"
        )
    folder = layout.folder.resolve()
    path = (folder / program).resolve()
    if not path.is_relative_to(folder):
        raise ProgramError(f"{program}: leads out of {folder}; copy the file into it")
    if not path.is_file():
        raise ProgramError(f"{program}: is not in {folder}; put it there, or mend its name")
    return path


def programs_key(layout: Layout) -> str:
    """A name for the content of all programs that a layout names: SHA-256 (hex); "" without any."""
    names = sorted({str(phase.program) for phase, _ in named(layout)})
    if not names:
        return ""
    digest = hashlib.sha256()
    for name in names:
        digest.update(name.encode())
        try:
            with program_file(layout, name).open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
        except (ProgramError, OSError):
            digest.update(b"absent")
    return digest.hexdigest()


def _product(layout: Layout, where: str, product: Product, findings: list[Finding]) -> Product:
    route = tuple(
        _step(layout, f"{where}/route/{index}", step, findings)
        for index, step in enumerate(product.route)
    )
    return product.model_copy(update={"route": route})


def _step(layout: Layout, where: str, step: Step, findings: list[Finding]) -> Step:
    own = _phases(layout, where, step.at, step, findings)
    others = {}
    for station, other in step.or_at.items():
        # A step's program takes another time on another machine.
        inherited = {
            kind: getattr(step, kind)
            for kind in PHASES
            if getattr(other, kind) is None and _names_program(getattr(step, kind))
        }
        whole = other.model_copy(update=inherited)
        told = _phases(layout, f"{where}/or_at/{station}", station, whole, findings)
        others[station] = whole.model_copy(update=told)
    if not own and not any(other is not step.or_at[name] for name, other in others.items()):
        return step
    return step.model_copy(update={**own, "or_at": others})


def _names_program(phase: Phase | None) -> bool:
    return phase is not None and phase.program is not None


def _phases(
    layout: Layout,
    where: str,
    station: str | None,
    owner: Step | Alternative,
    findings: list[Finding],
) -> dict[str, Phase]:
    """The phases of a step, or of an alternative, that name programs, with times instead."""
    found = {}
    for kind in PHASES:
        phase = getattr(owner, kind)
        if station is not None and _names_program(phase):
            found[kind] = _phase(layout, f"{where}/{kind}", station, phase, findings)
    return found


def _phase(
    layout: Layout, where: str, station: str, phase: Phase, findings: list[Finding]
) -> Phase:
    program = str(phase.program)
    seconds, basis = 0.0, f"computed from {program}"  # an error lets nothing run
    try:
        told = time_on_station(layout, station, phase)
    except (ProgramError, LayoutError) as error:
        findings.append(Finding("program", where, "error", str(error)))
    else:
        seconds = told.seconds
        if told.guessed:
            basis += f" with {len(told.guessed)} guessed figures of the machine"
        if told.time.counts[NO_FEED]:
            message = f"{program}: {told.time.counts[NO_FEED]} {NO_FEED}; taken as fast as can be"
            findings.append(Finding("program/feed", where, "warning", message))
        if told.time.unknown:
            message = f"{program}: not understood, and left out: {in_words(told.time)}"
            findings.append(Finding("program/unknown", where, "warning", message))
    time = Constant(value=seconds, basis=basis)
    return phase.model_copy(
        update={"time": time, "program": None, "material": None, "thickness": None}
    )


def told_at(layout: Layout, path: Keys) -> Told:
    """What the program takes of the phase at a path, "products/plate/route/0/run". Raises
    ProgramError and LayoutError."""
    _, product, _, index, *rest = path
    step = layout.products[str(product)].route[int(index)]
    if rest[0] == "or_at":
        return time_on_station(
            layout, str(rest[1]), getattr(step.or_at[str(rest[1])], str(rest[2]))
        )
    return time_on_station(layout, str(step.at), getattr(step, str(rest[0])))


def time_on_station(layout: Layout, station: str, phase: Phase) -> Told:
    """What a phase's program takes on the first machine of a station. Raises ProgramError and
    LayoutError."""
    if station not in layout.stations:
        raise LayoutError(f"there is no station {station!r}")
    name = layout.stations[station].machines[0]
    if name not in layout.machines:
        raise LayoutError(f"station {station!r} has no machine {name!r}")
    machine = figures_of(layout, name)
    path = program_file(layout, str(phase.program))
    time = time_program(path, machine, (phase.material, phase.thickness))
    return Told(path, time, machine, layout.machines[name].asset)
