"""The shape of a layout: what the planner drew, in SI, with names.

Numbers may be written in SI or as texts with a unit ("12 min"); `basis` says where they come
from. A `basis` text on an object holds for every number in it that has none nearer: "measured",
"sourced" or "guessed", with ": where from" behind it; a mapping gives single fields their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

from twin import units


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
    Angle = float
    Seconds = float
    Speed = float
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
    Angle = _quantity("angle")
    Seconds = _quantity("time", ge=0)
    Speed = _quantity("speed", gt=0)
    Mass = _quantity("mass", ge=0)
    Power = _quantity("power", ge=0)
    Money = _quantity("money", ge=0)
    Wage = _quantity("wage", ge=0)
    EnergyPrice = _quantity("energy price", ge=0)
    Carbon = _quantity("carbon", ge=0)
    Share = _quantity("share", ge=0, le=1)

Point = tuple[Coordinate, Coordinate]

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$", max_length=60)]
Label = Annotated[str, StringConstraints(max_length=120)]
BasisText = Annotated[
    str, StringConstraints(pattern=r"^(measured|sourced|guessed)(: .+)?$", max_length=300)
]
Basis = BasisText | dict[str, BasisText] | None


class Part(BaseModel):
    """What all pieces of a layout share: no unknown keys, no change in place, no NaN."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        allow_inf_nan=False,
        populate_by_name=True,
        use_attribute_docstrings=True,
    )
    basis: Basis = None


# --- values of time ------------------------------------------------------------------------------


class Constant(Part):
    dist: Literal["constant"] = "constant"
    value: Seconds
    """The time itself."""


class Exponential(Part):
    dist: Literal["exponential"]
    mean: Seconds
    """Its mean."""


class Erlang(Part):
    dist: Literal["erlang"]
    shape: int = Field(ge=1)
    mean: Seconds


class Hyperexponential(Part):
    dist: Literal["hyperexponential"]
    probs: tuple[Share, ...] = Field(min_length=1)
    means: tuple[Seconds, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _fits(self) -> Hyperexponential:
        if len(self.probs) != len(self.means) or abs(sum(self.probs) - 1) > 1e-9:
            raise ValueError("needs as many probs as means, and probs that add up to 1")
        return self


class Lognormal(Part):
    """mean and cv are of the time itself, not of its logarithm."""

    dist: Literal["lognormal"]
    mean: Seconds
    cv: float = Field(ge=0)


class Gamma(Part):
    dist: Literal["gamma"]
    mean: Seconds
    cv: float = Field(gt=0)


class Uniform(Part):
    dist: Literal["uniform"]
    low: Seconds
    high: Seconds

    @model_validator(mode="after")
    def _ordered(self) -> Uniform:
        if self.low > self.high:
            raise ValueError("low is above high")
        return self


class Triangular(Part):
    dist: Literal["triangular"]
    low: Seconds
    mode: Seconds
    high: Seconds

    @model_validator(mode="after")
    def _ordered(self) -> Triangular:
        if not self.low <= self.mode <= self.high:
            raise ValueError("needs low <= mode <= high")
        return self


class Weibull(Part):
    dist: Literal["weibull"]
    shape: float = Field(gt=0)
    scale: Seconds


class Empirical(Part):
    """Observed values, each as likely as any other."""

    dist: Literal["empirical"]
    values: tuple[Seconds, ...] = Field(min_length=1)


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
)


def _constant(value: object) -> object:
    return value if isinstance(value, (dict, Part)) else {"dist": "constant", "value": value}


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


class Floor(Part):
    """A rectangle from the origin (0, 0) to `size`; x to the right, y up, seen from above."""

    size: tuple[Length, Length]
    """Width and depth."""
    doors: dict[Name, Door] = {}
    """By name."""


class Machine(Part):
    """One physical machine: an asset at a place on the floor (centre of its footprint)."""

    asset: str
    """What it is: "kind/model" of the catalog."""
    at: Point
    """Middle of its footprint."""
    heading: Angle = 0.0
    """Turned counter-clockwise; at 0 its front looks to -y."""
    places: int = Field(default=1, ge=1, le=64, description="Parts it works at once.")
    label: Label = ""
    """What people call it."""


class Arm(Part):
    """A robot arm; its base stands `height` above the floor."""

    asset: str
    """What it is: "arm/model" of the catalog."""
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
    """The part it carries."""
    speed: Share = 1.0
    """Share of the arm's own limits that the cell allows."""
    price: Money = 0.0
    """Bought new."""
    power: Power = 0.0
    """While it moves."""
    label: Label = ""
    """What people call it."""


class Crew(Part):
    """People who are alike. Without `skills` they have one: the crew's own name."""

    people: int = Field(default=1, ge=0, le=100)
    """How many."""
    skills: tuple[Name, ...] = ()
    """What they can do; phases name a skill."""
    home: Point | None = None
    """Where they wait."""
    walking: Speed | None = None
    """Without it, walking takes no time."""
    calendar: Name | None = None
    """When they work; without it, the layout's."""
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

    clock: Literal["work", "calendar"]
    """Runs while the machine works, or in all open time."""
    every: Time
    """Time to the next one, from the end of the last."""
    lasts: Time
    """Time to repair, in open time."""
    by: Name | None = None
    """The skill of who repairs; without it, it clears by itself."""
    part: Literal["resume", "restart", "scrap"] = "resume"
    """What becomes of the part on the machine."""


class Input(Part):
    """The waiting places in front of a station; without a capacity there is always room."""

    capacity: int | None = Field(default=None, ge=0)
    """Waiting places; without it, always room."""


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


class Station(Part):
    """One or more machines that are alike and share one queue."""

    machines: tuple[Name, ...] = Field(min_length=1)
    """Alike; each is in one station only."""
    input: Input = Input()
    """The places in front."""
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
    throughout). An arm's phase has no time of its own: it takes the validated transfer between
    the port `from` / `to` ("machine.port") and the machine's own.
    """

    time: Time | None = None
    """How long; none for an arm's phase."""
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


def _phase(value: object) -> object:
    if isinstance(value, Phase) or (isinstance(value, dict) and "dist" not in value):
        return value
    return {"time": value}


AnyPhase = Annotated[
    Phase, BeforeValidator(_phase, json_schema_input_type=float | str | AnyTime | Phase)
]


class Branch(Part):
    """Where a part goes with probability `share`: a step's name, "out" or "scrap"."""

    to: str
    """A step, "out" or "scrap"."""
    share: Share
    """Of the parts."""
    at_most: int | None = Field(default=None, ge=1)
    """Times one part may take it."""


class Step(Part):
    """One operation: set up, load, run, unload at a station; the rest goes to the next step."""

    step: Name
    """Its name."""
    at: Name
    """The station."""
    setup: AnyPhase | None = None
    """Before the part is loaded."""
    load: AnyPhase | None = None
    """The part comes in."""
    run: AnyPhase
    """The machine works."""
    unload: AnyPhase | None = None
    """The part goes out."""
    then: tuple[Branch, ...] = ()
    """Where to; the rest goes to the next step."""

    @model_validator(mode="after")
    def _shares(self) -> Step:
        total = sum(branch.share for branch in self.then)
        if total > 1 + 1e-9:
            raise ValueError(f"the shares under 'then' add up to {total:g}, more than 1")
        return self


class Product(Part):
    """What is made; a scrapped part of a product that says "replace" starts again as a new one."""

    route: tuple[Step, ...] = Field(min_length=1)
    """Its steps in order."""
    when_scrapped: Literal["lose", "replace"] = "lose"
    """A lost part is made again, or not."""
    material: Money = 0.0
    """Bought for each part started."""
    colour: Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")] | None = None
    """On the floor."""
    label: Label = ""
    """What people call one of them."""


class Orders(Part):
    """A stream of orders: `quantity` parts of a product, one order `every` so often."""

    product: Name
    """What is wanted."""
    every: Time
    """Time from one order to the next."""
    quantity: int = Field(default=1, ge=1, le=10_000)
    """Parts of each order."""
    first: Seconds | None = None
    """When the first one comes; without it, after one interval."""
    due: Seconds | None = None
    """After its release."""
    calendar: Name | None = None
    """The interval runs in open time only."""


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


class Transport(Part):
    """How parts get from one station to the next: along the roads, else around the machines."""

    speed: Speed = 1.2
    """Of whoever or whatever carries parts."""
    handling: Seconds = 0.0
    """Taking up and putting down, together."""
    nodes: dict[Name, Point] = {}
    """Crossings, by name."""
    roads: tuple[Road, ...] = ()
    """Between them."""
    vehicles: dict[Name, Vehicle] = {}
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

    warm_up: Seconds = 10 * 86400.0
    """Run and forgotten."""
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
    stations: dict[Name, Station]
    """By name, in any order."""
    crews: dict[Name, Crew] = {}
    """By name."""
    products: dict[Name, Product]
    """By name."""
    orders: dict[Name, Orders]
    """By name."""
    transport: Transport = Transport()
    """How parts are carried."""
    economics: Economics = Economics()
    """Prices."""
    study: Study = Study()
    """The question asked of it."""
