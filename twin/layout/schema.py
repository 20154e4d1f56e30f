"""The shape of a layout: what the planner drew, in SI, with names.

Numbers may be written in SI or as texts with a unit ("12 min"); `basis` says where they come
from. A `basis` text on an object holds for every number in it that has none nearer: "measured",
"sourced" or "guessed", with ": where from" behind it; a mapping gives single fields their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PrivateAttr,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from twin import units
from twin.layout import expressions, outlines


@dataclass(frozen=True)
class Dimension:
    """Marks a field with its dimension (a key of units.DIMENSIONS), for forms and field tables."""

    name: str


def _quantity(dimension: str, **bounds: float) -> Any:
    si, example = units.DIMENSIONS[dimension]
    text = f"{dimension}{f' in {si}' if si else ''}, or a text such as {example!r}"
    schema = {"anyOf": [{"type": "number"}, {"type": "string"}], "description": text}
    return Annotated[
        float,
        Field(**bounds),  # type: ignore[arg-type]  # ge, gt, le: pydantic's own keywords
        BeforeValidator(lambda value: units.parse(value, dimension)),
        WithJsonSchema(schema),
        Dimension(dimension),
    ]


if TYPE_CHECKING:  # a quantity in a model is a float in SI; pydantic sees what stands below
    Coordinate = float
    Length = float
    Extent = float
    Angle = float
    Seconds = float
    Speed = float
    Acceleration = float
    Mass = float
    Power = float
    Money = float
    Wage = float
    EnergyPrice = float
    Carbon = float
    Share = float
else:
    Coordinate = _quantity("length")
    Length = _quantity("length", ge=0)
    Extent = _quantity("length", gt=0)  # of what cannot be without it
    Angle = _quantity("angle")
    Seconds = _quantity("time", ge=0)
    Speed = _quantity("speed", gt=0)
    Acceleration = _quantity("acceleration", gt=0)
    Mass = _quantity("mass", ge=0)
    Power = _quantity("power", ge=0)
    Money = _quantity("money", ge=0)
    Wage = _quantity("wage", ge=0)
    EnergyPrice = _quantity("energy price", ge=0)
    Carbon = _quantity("carbon", ge=0)
    Share = _quantity("share", ge=0, le=1)

Point = tuple[Coordinate, Coordinate]


def _line(points: tuple[Point, ...]) -> tuple[Point, ...]:
    outlines.refuse_repeats(points)
    return points


def _outline(points: tuple[Point, ...]) -> tuple[Point, ...]:
    outlines.refuse_crossings(points)
    return points


# What is drawn by its corners: a line from the first to the last, or the outline of an area.
Line = Annotated[tuple[Point, ...], Field(min_length=2, max_length=100), AfterValidator(_line)]
Outline = Annotated[
    tuple[Point, ...], Field(min_length=3, max_length=100), AfterValidator(_outline)
]


def _free(name: str) -> str:
    if name in expressions.RESERVED:
        raise ValueError(f"{name!r} has a meaning of its own in formulas; choose another name")
    return name


def _readable(text: str) -> str:
    expressions.parse(text)
    return text


Attribute = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40),
    AfterValidator(_free),
]
Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=60)]
Label = Annotated[str, StringConstraints(max_length=120)]
BasisText = Annotated[
    str,
    StringConstraints(
        pattern=r"^(measured|sourced|guessed)(: .+)?$|^computed( from .+)?$", max_length=300
    ),
]


def _below(text: str) -> str:
    path = PurePosixPath(text)
    if path.is_absolute() or ".." in path.parts or "\\" in text or ":" in text:
        raise ValueError(
            f"{text!r} leads out of the folder of the layout; write the file's path from there, "
            "such as 'parts/plate.nc'"
        )
    return text


# A file beside the layout, or in a folder there.
FileBeside = Annotated[str, StringConstraints(min_length=1, max_length=300), AfterValidator(_below)]
Basis = BasisText | dict[str, BasisText] | None
# Computed from an order's attributes; `twin.layout.expressions` says how it is written.
Expression = Annotated[
    str,
    StringConstraints(min_length=1, max_length=expressions.LONGEST),
    AfterValidator(_readable),
]
Value = float | Expression


class Part(BaseModel):
    """What all pieces of a layout share: no unknown keys, no change in place, no NaN."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        populate_by_name=True,
        use_attribute_docstrings=True,
        defer_build=True,  # a quarter of a second that only whoever reads a layout pays for
    )
    basis: Basis = None


# --- values of time ------------------------------------------------------------------------------


class Constant(Part):
    """The same every time."""

    dist: Literal["constant"] = "constant"
    value: Seconds
    """The time itself."""


class Drawn(Part):
    """What all distributions share."""

    shift: Seconds = 0.0
    """Added to every value."""


class Exponential(Drawn):
    dist: Literal["exponential"]
    mean: Seconds
    """Its mean."""


class Erlang(Drawn):
    dist: Literal["erlang"]
    shape: int = Field(ge=1)
    mean: Seconds


class Hyperexponential(Drawn):
    dist: Literal["hyperexponential"]
    probs: tuple[Share, ...] = Field(min_length=1)
    means: tuple[Seconds, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits(self) -> Hyperexponential:
        if len(self.probs) != len(self.means) or abs(sum(self.probs) - 1) > 1e-9:
            raise ValueError("needs as many probs as means, and probs that add up to 1")
        return self


class Lognormal(Drawn):
    """mean and cv are of the time itself, not of its logarithm."""

    dist: Literal["lognormal"]
    mean: Seconds
    cv: float = Field(ge=0)


class Gamma(Drawn):
    dist: Literal["gamma"]
    mean: Seconds
    cv: float = Field(gt=0)


class Uniform(Drawn):
    dist: Literal["uniform"]
    low: Seconds
    high: Seconds

    @model_validator(mode="after")
    def _ordered(self) -> Uniform:
        if self.low > self.high:
            raise ValueError("low is above high")
        return self


class Triangular(Drawn):
    dist: Literal["triangular"]
    low: Seconds
    mode: Seconds
    high: Seconds

    @model_validator(mode="after")
    def _ordered(self) -> Triangular:
        if not self.low <= self.mode <= self.high:
            raise ValueError("needs low <= mode <= high")
        return self


class Weibull(Drawn):
    dist: Literal["weibull"]
    shape: float = Field(gt=0)
    scale: Seconds


class Empirical(Drawn):
    """Observed values, each as likely as any other, or by `weights`."""

    dist: Literal["empirical"]
    values: tuple[Seconds, ...] = Field(min_length=1)
    weights: tuple[Annotated[float, Field(gt=0)], ...] = ()
    """One for each value; without them, all alike."""

    @model_validator(mode="after")
    def _fits(self) -> Empirical:
        if self.weights and len(self.weights) != len(self.values):
            raise ValueError("needs as many weights as values")
        return self


class Formula(Part):
    """A time computed from the attributes of the order: "2 min + 0.5 min * length"."""

    dist: Literal["formula"] = "formula"
    formula: Expression
    """What it is, in seconds or with units."""
    times: Exponential | Erlang | Lognormal | Gamma | Uniform | Triangular | Weibull | None = Field(
        default=None, discriminator="dist", description="A factor drawn beside it."
    )


AnyTime = (
    Constant
    | Exponential
    | Erlang
    | Hyperexponential
    | Lognormal
    | Gamma
    | Uniform
    | Triangular
    | Weibull
    | Empirical
    | Formula
)


def _constant(value: object) -> object:
    if isinstance(value, dict) and "formula" in value:
        return {"dist": "formula", **value}
    return value if isinstance(value, (dict, Part)) else {"dist": "constant", "value": value}


AnyDrawn = Annotated[
    Exponential
    | Erlang
    | Hyperexponential
    | Lognormal
    | Gamma
    | Uniform
    | Triangular
    | Weibull
    | Empirical,
    Field(discriminator="dist"),
]
# A time: a plain value ("12 min") or a distribution by name ({dist: lognormal, ...}).
Time = Annotated[
    AnyTime,
    Field(discriminator="dist"),
    BeforeValidator(_constant, json_schema_input_type=float | str | AnyTime),
]


# --- the floor -----------------------------------------------------------------------------------


class Door(Part):
    """An opening in the outline of the floor; the square in front of it must stay free."""

    at: Point
    """The middle of the opening, on the outline."""
    width: Length = 1.0
    """How wide it is; as much must stay free inside."""


class Wall(Part):
    """A wall on the floor: people go round it, and no machine stands in it."""

    points: Line
    """Its corners in order, in the middle of its thickness."""
    thickness: Extent = 0.1
    """Half of it on each side of the line."""
    height: Extent = 2.5
    """Above the floor."""
    label: Label = ""
    """What people call it."""


class Aisle(Part):
    """A way that is painted on the floor and must stay free of machines."""

    points: Line
    """Its corners in order, in the middle of its width."""
    width: Extent = 1.2
    """Half of it on each side of the line."""
    label: Label = ""
    """What people call it."""


class Zone(Part):
    """An area that is painted on the floor, for a purpose."""

    points: Outline
    """Its corners in order, once round; the last one joins the first."""
    purpose: Literal["work", "storage", "goods", "inspection", "rest", "keep_clear"] = "work"
    """What it is for; nothing may stand in one that is to be kept clear."""
    label: Label = ""
    """What people call it."""


class Floor(Part):
    """A rectangle from the origin (0, 0) to `size`; x to the right, y up, seen from above."""

    size: tuple[Length, Length]
    """Width and depth."""
    doors: dict[Name, Door] = {}
    """By name."""
    walls: dict[Name, Wall] = {}
    """By name."""
    aisles: dict[Name, Aisle] = {}
    """By name."""
    zones: dict[Name, Zone] = {}
    """By name."""


class Frame(Part):
    """A port that was taught: where a part is put, and how a gripper comes to it."""

    at: tuple[Coordinate, Coordinate, Coordinate]
    """In the frame of its machine: to the right of who stands in front, to the back, up."""
    approach: tuple[float, float, float] = (0.0, 0.0, -1.0)
    """The direction in which the tool points when it arrives, in the same frame."""
    clear: Length = 0.1
    """How far the tool comes and leaves in a straight line."""


class Sheet(Part):
    """How fast a sheet is cut."""

    thickness: Extent
    """Of the sheet."""
    speed: Speed
    """Along the cut."""
    pierce: Seconds | None = None
    """To get through at the start of a cut; without it, the machine's."""


class Capability(Part):
    """What a machine can: the figures that turn its programs into times. What is not said is its
    asset's, else a guess for its kind."""

    process: Literal["machining", "filament", "resin", "powder", "cutting"] | None = None
    """How it works; without it, as its asset's kind."""
    rapid: Speed | None = None
    """Of each axis where nothing is cut."""
    override: Annotated[Share, Field(gt=0)] | None = None
    """Share of `rapid` that the operator leaves it."""
    feed: Speed | None = None
    """The most along a path, whatever a program asks for."""
    acceleration: Acceleration | None = None
    """Along a path."""
    corner: Length | None = None
    """How far it may cut a corner to pass it without standing still."""
    tool_change: Seconds | None = None
    """Another tool, from chip to chip, or another filament."""
    spindle: Seconds | None = None
    """Until it turns, or stands."""
    home: Length | None = None
    """How high above the work it goes to be at home."""
    homing: Seconds | None = None
    """To find where its axes are."""
    warm_up: Seconds | None = None
    """Of nozzle and bed, or of the powder, before it begins."""
    layer: Extent | None = None
    """Height of one layer, where the program does not say."""
    exposure: Seconds | None = None
    """Of one layer: light or laser."""
    first_exposure: Seconds | None = None
    """Of each of the first layers."""
    first_layers: int | None = Field(default=None, ge=0, description="That are exposed longer.")
    lift: Seconds | None = None
    """Between two layers of resin: up, down, settled."""
    recoat: Seconds | None = None
    """Between two layers of powder: a new one is spread."""
    cooling: float | None = Field(default=None, ge=0)
    """Of powder, as a multiple of the time of its layers."""
    cut: Speed | None = None
    """Along a cut, where the material is not said."""
    pierce: Seconds | None = None
    """To get through at the start of a cut."""
    materials: dict[Name, tuple[Sheet, ...]] = {}
    """Sheets by material, of growing thickness."""
    calibration: float | None = Field(default=None, gt=0)
    """What recorded times are, as a multiple of what is computed."""


class Machine(Part):
    """One physical machine: an asset at a place on the floor (centre of its footprint)."""

    asset: str
    """What it is: "kind/model" of the catalog."""
    at: Point
    """Middle of its footprint."""
    heading: Angle = 0.0
    """Turned counter-clockwise; at 0 its front looks to -y."""
    places: int = Field(default=1, ge=1, le=64, description="Parts it works at once.")
    ports: dict[Name, Frame] = {}
    """Ports of its own, beside those of its asset."""
    capability: Capability | None = None
    """What it can, where that is not its asset's."""
    label: Label = ""
    """What people call it."""


_Positive = Annotated[float, Field(gt=0)]


class JointLimits(Part):
    """What an arm's joints do in truth, one number a joint from the base on: rad and s (m for one
    that slides), as `twin asset fit` finds them in a log."""

    speed: tuple[_Positive, ...] = ()
    """The highest [rad/s]; without it, as in the asset."""
    acceleration: tuple[_Positive, ...] = ()
    """The highest [rad/s2]; without it, as in the asset."""
    jerk: tuple[_Positive, ...] = ()
    """The highest [rad/s3]; without it, as in the asset."""


class Arm(Part):
    """A robot arm; its base stands `height` above the floor."""

    asset: str
    """What it is: "arm/model" of the catalog."""
    tool: str | None = None
    """What is on its flange: "tool/model" of the catalog; without it, what its asset has there."""
    at: Point
    """Middle of its base."""
    heading: Angle = 0.0
    """Turned counter-clockwise."""
    height: Length = 0.0
    """Of its base above the floor."""
    home: tuple[Angle, ...] = ()
    """Joint angles it waits at; without them, the asset's."""
    grip: Seconds = 0.5
    """Closing or opening the gripper."""
    payload: Mass = 0.0
    """What it carries, where the product does not say."""
    speed: Share = 1.0
    """Share of the arm's own limits that the cell allows."""
    limits: JointLimits | None = None
    """What was measured of its joints, instead of what its asset says; times then lie close
    together."""
    serves: tuple[str, ...] = ()
    """Ports ("machine.port") it shall reach beside those that routes ask for."""
    straight: Annotated[Speed, Field(gt=0)] = 0.25
    """The tool's speed on straight lines, to a port and away from it."""
    times: Literal["nominal", "uncertain"] = "nominal"
    """Its transfers take what its nominal limits say, or, drawn once a run, any time between what
    the fastest and the slowest known arms of its kind would take."""
    rule: Literal["oldest", "downstream", "urgent"] = "oldest"
    """Which machine it tends first: longest waiting, last in the flow, most urgent part."""
    price: Money = 0.0
    """Bought new."""
    power: Power = 0.0
    """While it moves."""
    exchange: bool = False
    """With a double gripper: it brings the next part along when it fetches the last one."""
    label: Label = ""
    """What people call it."""


class Crew(Part):
    """People who are alike. Without `skills` they have one: the crew's own name."""

    people: int = Field(default=1, ge=0, le=100)
    """How many."""
    skills: tuple[Name, ...] | dict[Name, Annotated[float, Field(gt=0)]] = ()
    """What they can do; phases name a skill. As a mapping, with their speed at it."""
    home: Point | None = None
    """Where they wait."""
    walking: Speed | None = None
    """Without it, walking takes no time."""
    calendar: Name | None = None
    """When they work; without it, the layout's."""
    rule: Literal["oldest", "downstream", "urgent", "nearest"] = "oldest"
    """Whom a free person goes to: longest waiting, last in the flow, most urgent, nearest."""
    absence: Share = 0.0
    """Share of the openings of their calendar that a person stays away."""
    wage: Wage = 0.0
    """With all that comes on top, for each person."""
    label: Label = ""
    """What people call one of them."""


class Calendar(Part):
    """Open times [s] in a repeating cycle that begins on Monday 00:00; work pauses when closed."""

    cycle: Annotated[Seconds, Field(gt=0)] = 86400.0
    """After this time it repeats."""
    open: tuple[tuple[Seconds, Seconds], ...] = Field(min_length=1)
    """Openings: from, to."""
    at_close: Literal["pause", "finish", "fit"] = "pause"
    """Work pauses, or is finished first, or starts only if it ends before closing."""

    @model_validator(mode="after")
    def _ordered(self) -> Calendar:
        last = 0.0
        for begin, end in self.open:
            if not last <= begin < end <= self.cycle:
                raise ValueError("open times must be in order, not overlap and lie in the cycle")
            last = end
        return self


# --- stations and what stops them ----------------------------------------------------------------


class Disturbance(Part):
    """What stops a machine. `every` runs from the end of the last one, on the given clock."""

    clock: Literal["work", "calendar", "cycles"]
    """Runs while the machine works, in all open time, or counts finished parts."""
    every: Time
    """Time (or number of parts) to the next one, from the end of the last."""
    lasts: Time
    """Time to repair, in open time."""
    by: Name | None = None
    """The skill of who repairs; without it, it clears by itself."""
    part: Literal["resume", "restart", "scrap"] = "resume"
    """What becomes of the part on the machine."""
    may_load: bool = False
    """An empty machine takes a part meanwhile."""
    may_unload: bool = True
    """A finished part may leave meanwhile."""
    planned: bool = False
    """Maintenance, not a failure."""


class Conveyor(Part):
    """A belt on the floor that takes parts to the station that names it as its input.

    Its length over its speed is the `travel` there; its length over the spacing, rounded down but
    at least 1, is the `capacity`. People go round it, and no machine stands on it.
    """

    points: Line
    """Its corners in order, in the middle of its width, from where parts come to where they go."""
    width: Extent = 0.4
    """Half of it on each side of the line."""
    height: Extent = 0.75
    """Of the belt above the floor."""
    speed: Speed = 0.2
    """Of the belt."""
    spacing: Extent = 0.3
    """From the middle of one part to that of the next where they queue."""
    label: Label = ""
    """What people call it."""


class Input(Part):
    """The waiting places in front of a station; without a capacity there is always room."""

    capacity: int | None = Field(default=None, ge=0)
    """Waiting places; without it, always room."""
    when_full: Literal["hold", "turn_away"] = "hold"
    """Who comes waits outside, or is lost."""
    travel: Time | None = None
    """From entering to being ready, as on a conveyor."""
    conveyor: Name | None = None
    """Instead of capacity and travel: the conveyor that brings parts here."""

    @model_validator(mode="after")
    def _said_once(self) -> Input:
        if self.conveyor is not None and (self.capacity is not None or self.travel is not None):
            raise ValueError("the conveyor says 'capacity' and 'travel'; leave these two out")
        return self


class Batch(Part):
    """Parts that are worked together, as in an oven."""

    min: int = Field(default=1, ge=1, le=1000, description="Starts with no fewer.")
    max: int = Field(default=1, ge=1, le=1000, description="Takes no more.")
    same: Literal["anything", "product", "family", "order"] | Expression = "anything"
    """What they must have in common."""
    wait_at_most: Seconds | None = None
    """After this time of the first one it starts with fewer."""

    @model_validator(mode="after")
    def _ordered(self) -> Batch:
        if self.min > self.max:
            raise ValueError("min is above max")
        return self


class Changeover(Part):
    """What a machine needs before a part of another family, or after it stood empty."""

    on_change: Time | None = None
    """Before a part of another family than the last."""
    matrix: dict[Name, dict[Name, Seconds]] = {}
    """From a family to another; what is missing takes `on_change`, else no time."""
    first: Seconds | dict[Name, Seconds] = 0.0
    """Before the very first part, by family."""
    after_idle: Time | None = None
    """Before the first part after the machine stood empty."""
    by: Name | None = None
    """The skill of who does it; without it, nobody is needed."""


class PowerUse(Part):
    """Electrical power of one machine by state [W]; what is not given counts as idle."""

    processing: Power = 0.0
    """At work."""
    setup: Power | None = None
    """Being set up; without it, idle."""
    idle: Power = 0.0
    """Waiting, blocked, down."""
    off: Power = 0.0
    """Outside the calendar."""


Rank = Literal[
    "fifo",
    "lifo",
    "spt",
    "lpt",
    "edd",
    "priority",
    "wspt",
    "critical_ratio",
    "most_work",
    "least_work",
    "same_setup",
]


class Station(Part):
    """One or more machines that are alike and share one queue."""

    machines: tuple[Name, ...] = Field(min_length=1)
    """Alike; each is in one station only."""
    input: Input = Input()
    """The places in front."""
    rule: Rank = "fifo"
    """Which part is taken first."""
    ties: Literal["arrival", "number"] = "arrival"
    """Among equals: who came first, or straight the smaller number."""
    interruptible: bool = False
    """A more urgent part takes the machine over; the other goes on later (rule: priority)."""
    batch: Batch = Batch()
    """Parts worked together."""
    changeover: Changeover | None = None
    """Before another family, or after standing empty."""
    served_by: Name | None = None
    """The fleet or arm that brings parts here."""
    disturbances: dict[Name, Disturbance] = {}
    """By name."""
    calendar: Name | None = None
    """When it is open; without it, the layout's."""
    power: PowerUse = PowerUse()
    """Of each machine."""
    price: Money = 0.0
    """Of each machine."""
    label: Label = ""
    """What people call it."""


# --- products and orders -------------------------------------------------------------------------


class Phase(Part):
    """One phase of a step.

    `by` is who attends it, a skill or an arm; `attended` is how long from its start (without it,
    throughout). An arm's phase takes the validated transfer between the port `from` / `to`
    ("machine.port") and the machine's own.
    """

    time: Time | None = None
    """How long; for an arm's phase, what was measured or is in a catalogue, instead of physics."""
    program: FileBeside | None = None
    """Instead of a time: the machine's program, a file beside the layout (G-code, a drawing to be
    cut, a part to be printed), whose time is computed."""
    material: Name | None = None
    """Of the sheet that the program cuts: one of the machine's `materials`."""
    thickness: Extent | None = None
    """Of that sheet."""
    chance: Share = 1.0
    """That it happens at all, drawn for each part."""
    by: Name | None = None
    """Who attends it: a skill or an arm; without it, nobody."""
    attended: Seconds | None = None
    """From its start; without it, throughout."""
    from_: str | None = Field(
        default=None, alias="from", description="The port an arm takes the part from."
    )
    to: str | None = None
    """The port an arm puts the part to."""
    via: str | None = None
    """The port where an arm puts the part down on its way and grips it anew, as `regrasp` of its
    piece says."""

    @model_validator(mode="after")
    def _said_once(self) -> Phase:
        if self.program is not None and (self.time is not None or self.ports):
            raise ValueError("the program says how long; leave out 'time' and ports")
        if self.program is None and (self.material is not None or self.thickness is not None):
            raise ValueError("'material' and 'thickness' go with a 'program'")
        return self

    @property
    def ports(self) -> dict[str, str]:
        """The ports that it names, by field."""
        named = {"from": self.from_, "to": self.to, "via": self.via}
        return {key: port for key, port in named.items() if port is not None}


def _phase(value: object) -> object:
    if isinstance(value, Phase) or (isinstance(value, dict) and not {"dist", "formula"} & {*value}):
        return value
    return {"time": value}


AnyPhase = Annotated[
    Phase, BeforeValidator(_phase, json_schema_input_type=float | str | AnyTime | Phase)
]


class Branch(Part):
    """Where a part goes with probability `share`: a step's name, "out" or "scrap"."""

    to: str
    """A step, "out" or "scrap"."""
    share: Share = 1.0
    """Of the parts."""
    when: Expression | None = None
    """Only where this is true of the order; the branches are tried in turn."""
    at_most: int | None = Field(default=None, ge=1)
    """Times one part may take it."""


class Alternative(Part):
    """Another station that can do a step; a phase that is not given is the step's own."""

    setup: AnyPhase | None = None
    """As of the step, here."""
    load: AnyPhase | None = None
    """As of the step, here."""
    run: AnyPhase | None = None
    """As of the step, here."""
    unload: AnyPhase | None = None
    """As of the step, here."""


class Step(Part):
    """One operation: set up, load, run, unload at a station; the rest goes to the next step.

    With `delay` instead of `at` and `run` it is a wait that needs no station: cooling, an approval.
    """

    step: Name
    """Its name."""
    at: Name | None = None
    """The station."""
    delay: Time | None = None
    """Instead of a station: a time that passes, for any number of parts at once."""
    or_at: dict[Name, Alternative] = {}
    """Other stations that can do it, with their own phases."""
    choose: Literal["first_free", "shortest_queue"] = "first_free"
    """Among them: the first idle one in this order (else the shortest queue), or always that."""
    setup: AnyPhase | None = None
    """Before the part is loaded."""
    load: AnyPhase | None = None
    """The part comes in."""
    run: AnyPhase | None = None
    """The machine works."""
    unload: AnyPhase | None = None
    """The part goes out."""
    needs: dict[Name, Annotated[int, Field(ge=1)]] = {}
    """Pieces of stocks that go into each part."""
    takes: dict[Name, Annotated[int, Field(ge=1)]] = {}
    """Tools that the part holds from here on."""
    returns: tuple[Name, ...] = ()
    """Tools that it gives back when this step is over."""
    makes: int = Field(default=1, ge=1, le=1000, description="Parts that come out for one.")
    waits_at_most: Seconds | None = None
    """A part that waits longer for this step is scrapped."""
    then: tuple[Branch, ...] = ()
    """Where to; the rest goes to the next step."""

    @model_validator(mode="after")
    def _shares(self) -> Step:
        total = sum(branch.share for branch in self.then if branch.when is None)
        if total > 1 + 1e-9:
            raise ValueError(f"the shares under 'then' add up to {total:g}, more than 1")
        if (self.at is None) == (self.delay is None):
            raise ValueError("needs either 'at' (a station) or 'delay' (a time)")
        if self.at is not None and self.run is None:
            raise ValueError("needs 'run': how long the station works")
        return self

    @property
    def stations(self) -> tuple[str, ...]:
        """The stations that can do it, its own first; none for a delay."""
        return () if self.at is None else (self.at, *self.or_at)


_Edge = Annotated[Length, Field(gt=0)]
Edges = tuple[_Edge, _Edge, _Edge]  # of a block


class Regrasp(Part):
    """How an arm holds a piece once it has put it down and gripped it anew."""

    size: Edges | None = None
    """Along the gripper's x and y, and along the way in which it comes to a port; without it, as
    before."""
    beyond: Annotated[Length, Field(ge=0)] = 0.0
    """How far it stands out beyond the tips of the gripper, towards the port."""
    aside: tuple[Coordinate, Coordinate] = (0.0, 0.0)
    """How far its middle lies beside the gripper's, along the gripper's x and y."""
    turn: Angle = 0.0
    """How it is turned in the gripper, about the way in which that comes."""


class Piece(Part):
    """How large and heavy one of a product is, for the arms that carry it: a block, as it hangs in
    the gripper."""

    size: Edges
    """Along the gripper's x and y, and along the way in which it comes to a port."""
    mass: Mass | None = None
    """Without it, the arm's `payload`."""
    beyond: Annotated[Length, Field(ge=0)] = 0.0
    """How far it stands out beyond the tips of the gripper, towards the port."""
    aside: tuple[Coordinate, Coordinate] = (0.0, 0.0)
    """How far its middle lies beside the gripper's, along the gripper's x and y."""
    turn: Angle = 0.0
    """How it is turned in the gripper, about the way in which that comes."""
    regrasp: Regrasp | None = None
    """How it is held after the port `via` of a transfer; without it, as before."""


class Product(Part):
    """What is made; a scrapped part of a product that says "replace" starts again as a new one."""

    route: tuple[Step, ...] = Field(min_length=1)
    """Its steps in order."""
    family: Name | None = None
    """What machines are set up for; without it, the product itself."""
    priority: Value = 0.0
    """The smaller, the more urgent."""
    weight: Value = 1.0
    """What a delay costs, against others."""
    attributes: dict[Attribute, float] = {}
    """What expressions may speak of; orders may give their own."""
    piece: Piece | None = None
    """Its size and mass in the hand of an arm; without it, those of a small printed board."""
    into: Name | None = None
    """The stock that finished pieces go to."""
    when_scrapped: Literal["lose", "replace"] = "lose"
    """A lost part is made again, or not."""
    material: Money = 0.0
    """Bought for each part started."""
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")] | None = None
    """On the floor."""
    label: Label = ""
    """What people call one of them."""


class Profile(Part):
    """Demand by the hour or weekday: how fast the time between orders runs."""

    cycle: Annotated[Seconds, Field(gt=0)] = 604800.0
    """After this time it repeats; it begins on Monday 00:00."""
    rates: tuple[tuple[Seconds, Annotated[float, Field(ge=0)]], ...] = Field(min_length=1)
    """From a time on, a factor; before the first one, the last one holds."""

    @model_validator(mode="after")
    def _ordered(self) -> Profile:
        times = [time for time, _ in self.rates]
        if any(a >= b for a, b in zip(times, [*times[1:], self.cycle], strict=True)):
            raise ValueError("times of rates must be in order and lie in the cycle")
        if not any(rate > 0 for _, rate in self.rates):
            raise ValueError("one of the rates must be above 0")
        return self


class Orders(Part):
    """A stream of orders: `quantity` parts of a product, one order `every` so often.

    What is wanted is said in one of four ways: `product`, `mix`, `sequence` or `lines`; or the
    order is taken `from_stock`.
    """

    product: Name | None = None
    """What is wanted."""
    mix: dict[Name, Share] = {}
    """Products by chance, for each order."""
    sequence: tuple[Name, ...] = ()
    """Products in turn, order by order."""
    lines: dict[Name, Annotated[int, Field(ge=1)]] = {}
    """Products and how many of each: one order, done when all are."""
    from_stock: Name | None = None
    """Taken from a stock instead of made."""
    every: Time | None = None
    """Time from one order to the next; without it there is one, or as `release` says."""
    profile: Profile | None = None
    """Busy and quiet hours."""
    quantity: int = Field(default=1, ge=1, le=10_000)
    """Parts of each order."""
    first: Seconds | None = None
    """When the first one comes; without it, after one interval."""
    count: int | None = Field(default=None, ge=1)
    """Orders in all; without it, no end."""
    due: Seconds | None = None
    """After its release."""
    priority: Value | None = None
    """The smaller, the more urgent; without it, the product's."""
    weight: Value | None = None
    """What a delay costs; without it, the product's."""
    attributes: dict[Attribute, float | AnyDrawn] = {}
    """Numbers, or drawn for each order."""
    release: Literal["dated", "always", "cards"] = "dated"
    """By date; always one more when the first machine is free; or one for each that leaves."""
    cards: int | None = Field(default=None, ge=1)
    """Parts of this stream that may be in the plant at once."""
    calendar: Name | None = None
    """The interval runs in open time only."""

    @model_validator(mode="after")
    def _said(self) -> Orders:
        ways = [
            name
            for name in ("product", "mix", "sequence", "lines", "from_stock")
            if getattr(self, name)
        ]
        if len(ways) != 1:
            raise ValueError(
                "needs one of 'product', 'mix', 'sequence', 'lines' and 'from_stock'; it has "
                + (" and ".join(ways) or "none")
            )
        if self.mix and abs(sum(self.mix.values()) - 1) > 1e-9:
            raise ValueError(f"the shares of 'mix' add up to {sum(self.mix.values()):g}, not 1")
        if self.release == "dated" and self.every is None and (self.count or 1) > 1:
            raise ValueError("needs 'every': the time from one order to the next")
        if self.release == "cards" and self.cards is None:
            raise ValueError("needs 'cards': how many parts may be in the plant at once")
        if self.release != "dated" and (self.from_stock or self.lines or self.every is not None):
            raise ValueError(f"release {self.release!r} goes with a product, without 'every'")
        return self

    @property
    def products(self) -> tuple[str, ...]:
        """All products it may want."""
        one = (self.product,) if self.product else ()
        return tuple(dict.fromkeys([*one, *self.mix, *self.sequence, *self.lines]))

    @property
    def pieces(self) -> int:
        """Parts of one order."""
        return sum(self.lines.values()) * self.quantity if self.lines else self.quantity


class Refill(Part):
    """How a stock returns: a lot of `lot` once the position is down to `at`, or up to `up_to`.

    The position is what is on hand, plus what is ordered, less what is owed.
    """

    at: int
    """Ordered at this position or below."""
    lot: int | None = Field(default=None, ge=1)
    """How many at a time."""
    up_to: int | None = None
    """Or: as many as bring the position up to this."""
    takes: Time | None = None
    """From ordering to delivery by a supplier."""
    makes: Name | None = None
    """Instead of a supplier: the product that the own shop makes for it."""

    @model_validator(mode="after")
    def _said(self) -> Refill:
        if (self.lot is None) == (self.up_to is None):
            raise ValueError("needs either 'lot' or 'up_to'")
        if (self.takes is None) == (self.makes is None):
            raise ValueError("needs either 'takes' (a supplier's time) or 'makes' (a product)")
        if self.up_to is not None and self.up_to <= self.at:
            raise ValueError("'up_to' must be above 'at'")
        return self


class Stock(Part):
    """Pieces that are alike and only counted: material, components, finished goods."""

    start: int = Field(default=0, ge=0, description="There at the beginning.")
    capacity: int | None = Field(default=None, ge=1)
    """What has room; without it, any number."""
    refill: Refill | None = None
    """How it returns."""
    short: Literal["wait", "lose"] = "wait"
    """An order that finds too few waits, or is lost."""
    price: Money = 0.0
    """Of one piece."""
    label: Label = ""
    """What people call it."""


class Tool(Part):
    """Fixtures, plates, moulds: as many parts as there are tools can be under way with one."""

    count: int = Field(default=1, ge=1, description="How many there are.")
    price: Money = 0.0
    """Of one."""
    label: Label = ""
    """What people call it."""


class Present(Part):
    """Parts that are there at time 0; with `elapsed` one is on a machine, worked for so long."""

    orders: Name
    """The stream they belong to."""
    product: Name | None = None
    """Which one, where the stream wants several."""
    step: Name
    """Where they stand."""
    count: int = Field(default=1, ge=1, description="How many.")
    elapsed: Seconds | None = None
    """How long its run has lasted; without it they wait."""


# --- transport, money, study ---------------------------------------------------------------------


class Road(Part):
    """A stretch that vehicles use, between two nodes or machines."""

    ends: tuple[str, str]
    """Two nodes or machines."""
    length: Length | None = None
    """Without it, the straight line."""


class Vehicle(Part):
    """An automated vehicle and where it starts."""

    asset: str
    """"vehicle/model" of the catalog."""
    home: str
    """A node or a machine."""
    heading: Angle = 0.0
    """Turned counter-clockwise; at 0 it looks to +x."""
    label: Label = ""
    """What people call it."""


class Fleet(Part):
    """Vehicles that are alike and carry parts to the stations that are `served_by` it."""

    vehicles: tuple[Name, ...] = Field(min_length=1)
    """Of `transport/vehicles`."""
    rule: Literal["oldest", "nearest"] = "oldest"
    """Which request a free one takes."""
    load: Time | None = None
    """Taking up."""
    unload: Time | None = None
    """Putting down."""
    speed: Speed | None = None
    """Without it, the transport's."""
    travel: dict[str, dict[str, Seconds]] = {}
    """Times from a station to another, instead of the way along the roads."""
    one_by_one: bool = False
    """A road holds one vehicle at a time."""
    cycle: tuple[str, ...] = ()
    """Carries in this order only, again and again: "in > press", "press > mill", "mill > out"."""


class Transport(Part):
    """How parts get from one station to the next: along the roads, else around the machines."""

    speed: Speed | None = 1.2
    """Of whoever or whatever carries parts; null: at once."""
    handling: Seconds = 0.0
    """Taking up and putting down, together."""
    nodes: dict[Name, Point] = {}
    """Crossings, by name."""
    roads: tuple[Road, ...] = ()
    """Between them."""
    vehicles: dict[Name, Vehicle] = {}
    """By name."""
    fleets: dict[Name, Fleet] = {}
    """By name."""


class Economics(Part):
    """Prices that turn a timeline into cost and carbon."""

    electricity: EnergyPrice = 0.25 / 3.6e6
    """Price of electrical energy."""
    grid: Carbon = 0.35 / 3.6e6
    """Carbon dioxide of electrical energy."""
    machine_life: Seconds = 6 * 365.25 * 86400.0
    """Over which a price is spread."""
    work_days: float = Field(default=250.0, gt=0, le=366)
    """A year."""


class Study(Part):
    """The question asked of a layout that starts empty: its steady output after warm-up."""

    warm_up: Seconds | None = None
    """Run and forgotten before it is observed; without it, as long as runs show to be needed."""
    window: Annotated[Seconds, Field(gt=0)] = 50 * 86400.0
    """Observed after it."""
    replications: int = Field(default=20, ge=2, le=10_000)
    """Independent runs."""
    seed: int = Field(default=1, ge=0)
    """Another seed, other chance."""


def _version(value: int) -> int:
    if value != 1:
        raise ValueError(f"layout version {value} is not known; this program reads version 1")
    return value


class Layout(Part):
    """A micro-factory: floor, machines, people, products, orders."""

    twin: Annotated[int, AfterValidator(_version)]
    """Version of this format: 1."""
    name: Label
    """What people call it."""
    about: str = ""
    """A sentence on what it makes."""
    floor: Floor
    """Its outline."""
    calendars: dict[Name, Calendar] = {}
    """By name."""
    calendar: Name | None = None
    """Of all stations, crews and orders that name none."""
    machines: dict[Name, Machine]
    """By name."""
    arms: dict[Name, Arm] = {}
    """By name."""
    conveyors: dict[Name, Conveyor] = {}
    """By name."""
    stations: dict[Name, Station]
    """By name, in any order."""
    crews: dict[Name, Crew] = {}
    """By name."""
    products: dict[Name, Product]
    """By name."""
    orders: dict[Name, Orders]
    """By name."""
    stocks: dict[Name, Stock] = {}
    """By name."""
    tools: dict[Name, Tool] = {}
    """By name."""
    present: tuple[Present, ...] = ()
    """What is there at time 0; without it the plant starts empty."""
    transport: Transport = Transport()
    """How parts are carried."""
    economics: Economics = Economics()
    """Prices."""
    study: Study = Study()
    """The question asked of it."""
    _folder: Path | None = PrivateAttr(default=None)

    @property
    def folder(self) -> Path | None:
        """Where its file lies, and so the programs that it names; None if it comes from no file."""
        return self._folder

    def __eq__(self, other: object) -> bool:
        """Whether it says the same, wherever its file lies."""
        return isinstance(other, Layout) and self.__dict__ == other.__dict__

    def stand_in(self, folder: Path | None) -> None:
        """Say where its file lies."""
        self._folder = folder
