"""Parts and the orders they belong to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.against.chance import PartKey
from tests.against.oracle.formulas import number
from twin.layout import schema

if TYPE_CHECKING:
    from tests.against.oracle.station import Station
    from tests.against.oracle.stock import Store
    from tests.against.oracle.unit import Unit


@dataclass(eq=False)
class Order:
    """A wish for parts: how many there are (replacements too), how many still to come."""

    stream: str
    index: int
    release: float | None  # None: with its first part
    wishes: list[str]  # the products, part by part
    due_after: float | None = None
    priority: schema.Value | None = None
    weight: schema.Value | None = None
    attributes: dict[str, float] = field(default_factory=dict)
    refills: Store | None = None  # the stock it is made for by the own shop
    pieces: int = 0
    pending: int = 0
    out: int = 0

    def __post_init__(self) -> None:
        self.pending = len(self.wishes)

    @property
    def due(self) -> float:
        """Its date; none is never."""
        if self.due_after is None or self.release is None:
            return float("inf")
        return self.release + self.due_after


@dataclass(eq=False)
class Part:
    """One physical piece on its way through its product's route."""

    key: PartKey
    name: str  # of the product
    product: schema.Product
    order: Order
    attributes: dict[str, float]
    release: float = 0.0
    step: int = 0
    visits: Counter[int] = field(default_factory=Counter)  # by step, those that are over
    taken: Counter[tuple[int, int]] = field(default_factory=Counter)  # by (step, branch)
    tools: Counter[str] = field(default_factory=Counter)  # what it holds
    left: float | None = None  # of its run, where it was interrupted [s]

    # Where it is: on a unit, or in a station's queue, or on its way there, or outside.
    unit: Unit | None = None
    last: Unit | None = None  # where a way begins that it has to go
    bound: Unit | None = None  # the unit that is reserved for it, where there are no places
    station: Station | None = None  # in whose queue, or on whose unit
    entered: float = 0.0  # the time of entering that queue
    stay: int = 0  # counts the queues it stood in, so that a timer knows its own

    # Where it wants to go, since when; undecided if alternatives are still to be chosen from.
    goal: Station | Store | None = None
    since: float = 0.0

    @property
    def number(self) -> int:
        return self.key.number

    @property
    def here(self) -> schema.Step:
        return self.product.route[self.step]

    @property
    def visit(self) -> int:
        return self.visits[self.step]

    @property
    def family(self) -> str:
        return self.product.family or self.name

    @property
    def priority(self) -> float:
        own = self.order.priority
        return number(self.product.priority if own is None else own, self.attributes)

    @property
    def weight(self) -> float:
        own = self.order.weight
        return number(self.product.weight if own is None else own, self.attributes)

    @property
    def may_leave(self) -> bool:
        """Whether nothing keeps it where it is: it stands outside, or its unit hands over."""
        return self.unit is None or self.unit.hands_over
