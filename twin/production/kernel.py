"""The compiled loop: parts, machines, people, orders and stock over time.

One file, printable, and it imports nothing of this package. The whole state is one structured
record, the world `w`: a compiled function that is handed a record gets one pointer with constant
offsets, which is many times as fast as handing it arrays. It is written in the small part of Python
that native.py compiles; the same source runs as plain Python (TWIN_INTERPRETED=1), bit for bit the
same, as `math` is used throughout. What the plant means is said in docs/production.md.

One instant, until nothing more happens at that time:
  1. ends: finished phases, trips, repairs, deliveries; then closings, openings; then failures; then
     orders. They set bits and put pieces, so that their order within a rank changes nothing.
  2. moves: from the last station of the flow up, what waits outside comes in, sets go to units.
  3. people and arms, by the rule of their crew.
  4. clocks: what runs now is started, what may not run any longer keeps the time it has left.
  5. booking: who is in another state than before; what lasted no time is never written.

Tables: units work, stations queue before them, parts wait, move and are worked, orders want them,
streams bring orders, stocks count what is alike (material, components, tools), crews of people (and
arms) answer requests, calendars open and close, vehicles carry. Rows refer to each other by number;
-1 is none. Queues are links through the parts.

Chance is a function, not a generator: each draw is a hash of (seed, replication, who, what, how
often), so a change in one place shifts nobody else's draws.
"""

import math
from typing import Any

import numpy as np

World = Any  # the record


def often(function: Any) -> Any:
    """On the way of most events: compiled into the places where it is called."""
    return function


def rare(function: Any) -> Any:
    """Off that way: compiled apart, so that what is often called stays small."""
    return function


Key = np.uint64  # 64 bits that wrap around

# What a resource is doing; the numbers are those of timeline.State (a test compares them).
OFF = 0
IDLE = 2
SETUP = 3
PROCESSING = 4
STARVED = 5
BLOCKED = 6
WAITING_CREW = 7
DOWN = 9
MAINTENANCE = 10
N_STATES = 11

# Phases of a step on a unit, in order; before the first a unit is EMPTY, after the last it HOLDs.
EMPTY = -1
CHANGEOVER = 0  # the station's; the others are the step's: set up, load, run, unload
SETUP_PHASE = 1
LOAD_PHASE = 2
RUN = 3
UNLOAD_PHASE = 4
PHASES = 5
HOLD = 5

# How far a unit is with its phase.
STILL = 0  # no phase
ASKED = 1  # waits for somebody free
COMING = 2  # somebody is on the way
READY = 3  # everybody there; the clock starts at the end of this instant
RUNNING = 4
PAUSED = 5

# Why a unit may not run, load or unload.
BIT_DOWN = 1
BIT_CLOSED = 2
BIT_NO_LOAD = 4
BIT_NO_UNLOAD = 8
STOPS = BIT_DOWN | BIT_CLOSED

# Where a part is.
GONE = 0
OUTSIDE = 1  # before a station or stock that has no room; on a unit, or on none
QUEUED = 2
UNDER_WAY = 3  # carried, on a conveyor, in a delay
ON_UNIT = 4
ABOARD = 5  # waits for, or rides on, a vehicle
UNDECIDED = 6  # between stations that can do its step, until the moves of this instant

# What a vehicle does.
PARKED = 0
TO_PART = 1
AT_STOP = 2  # of its cycle, and waits there
LOADING = 3
WITH_PART = 4
UNLOADING = 5
TO_STOP = 6

# Where a part goes that goes to no step.
OUT = -1
SCRAP = -2

ANY_NUMBER = 1 << 60  # of parts

# Which part is first.
FIFO = 0
LIFO = 1
SPT = 2
LPT = 3
EDD = 4
PRIORITY = 5
WSPT = 6
CRITICAL_RATIO = 7
MOST_WORK = 8
LEAST_WORK = 9
SAME_SETUP = 10

# What the parts of a batch have in common.
SAME_ANYTHING = 0
SAME_PRODUCT = 1
SAME_FAMILY = 2
SAME_ORDER = 3
SAME_FORMULA = 4

# What a calendar does with work at its close.
PAUSE = 0
FINISH = 1
FIT = 2

# Whom a crew goes to.
OLDEST = 0
DOWNSTREAM = 1
URGENT = 2
NEAREST = 3

# How a stream brings parts.
DATED = 0
ALWAYS = 1
CARDS = 2

# What a stream wants.
ONE = 0
MIX = 1
SEQUENCE = 2
LINES = 3
FROM_STOCK = 4

# What a disturbance counts by.
BY_WORK = 0
BY_CALENDAR = 1
BY_CYCLES = 2

# Events, in the order in which they happen within one instant.
E_PHASE = 0
E_LEAVE = 1
E_WALKED = 2
E_TRIP = 3
E_REPAIRED = 4
E_DELIVERY = 5
E_DRIVEN = 6
E_WAITED = 7  # the first of a batch has waited long enough
E_SPOILT = 8
E_CLOSE = 9
E_OPEN = 10
E_RATE = 11
E_FAIL = 12
E_ORDER = 13

# What `run` returns.
DONE = 0
DRAIN = 1  # a log is filling up: take the rows out, then go on
NEED_ROOM = 2  # more parts than places in the table: copy into a larger world, then go on
ZERO_LOOP = 3  # time stands still: parts circle without taking any time
FULL = 4  # a table ran over within one instant
SLICE = 5  # so many events: a look at whether to go on
BAD_TIME = 6  # a formula gave a time that is none

# Kinds of move in the log.
BY_HAND = 0  # origin: machine, target: machine
BY_ARM = 1  # origin: phase row, target: machine
ON_FOOT = 2  # origin: place, target: machine
BY_VEHICLE = 3  # origin: machine, target: machine; part -1: empty
BY_EXCHANGE = 4  # as BY_ARM, of an arm that brought the part when it fetched the last one

# What a point in the log counts.
COUNT_SCRAP = 0
COUNT_REWORK = 1
COUNT_DONE = 2
HANDED_ON = 3  # and above: done, and by hand at once to the machine of that number beyond it

# How an order ended, in the log.
ORDER_OPEN = 0
ORDER_DONE = 1
ORDER_SCRAPPED = 2
ORDER_LOST = 3

# Room in the tables. Numpy maps them when they are touched: what is not used costs nothing. No
# power of two, and no table whose rows repeat every 4,096 bytes: all fields of a unit would fall
# into one set of the cache.
UNITS = 1523
MACHINES = 1213
STATIONS = 1103
PEOPLE = 211
CREWS = 67
SKILLS = 67
CALENDARS = 67
OPENINGS = 2003
DISTURBANCES = 3  # of one station
REQUESTS = 1 + DISTURBANCES  # of one unit: to attend it, and for each repair
DISTS = 12_007
VALUES = 60_013
STEPS = 3001
OPTIONS = 4001  # stations that can do a step
ROUTE = 61  # steps of one product
BRANCHES = 4003
COUNTED = 23  # branches of one product that are counted
NEEDS = 2003
TRANSFERS = 60_013
EXCHANGES = 20_011
PRODUCTS = 503
FAMILIES = 211
STREAMS = 503
WANTS = 20_011
ATTRIBUTES = 8
STOCKS = 211
USERS = 4001
HOLDS = 4  # kinds of tools that one part may hold at once
DELIVERIES = 20_011
CODES = 1009
PRESENTS = 20_011
OPS = 20_011
FLEETS = 23
STOPS_OF_CYCLES = 211
ROADS = 1009
VEHICLES = 103
LOG = 20_011
TRIES = 10_000  # draws of a run that has lasted some time already
ROUNDS = 10_000  # of one instant, before it counts as a loop without time
PACES = 1_400_003  # times from machine to machine

# Distributions.
D_CONSTANT = 0
D_EXPONENTIAL = 1
D_ERLANG = 2
D_HYPEREXPONENTIAL = 3
D_LOGNORMAL = 4
D_GAMMA = 5
D_UNIFORM = 6
D_TRIANGULAR = 7
D_WEIBULL = 8
D_EMPIRICAL = 9
D_FORMULA = 10

# Operations of formulas; the numbers are those of layout.expressions (a test compares them).
STACK = 16  # values that wait at once
LARGEST = 1e300  # beyond it a value counts as none
WHOLE = 4503599627370496.0  # 2 ** 52: from here on every float64 is whole
STEEPEST = 700.0  # logarithm that a power may have: above LARGEST, below where `pow` overflows

# Operations; the numbers are those of layout.expressions (a test compares them).
OP_CONST = 0
OP_LOAD = 1
OP_NEG = 2  # from here on: one operand
OP_NOT = 3
OP_ABS = 4
OP_FLOOR = 5
OP_CEIL = 6
OP_ROUND = 7
OP_SQRT = 8
OP_ADD = 9  # from here on: two
OP_SUB = 10
OP_MUL = 11
OP_DIV = 12
OP_POW = 13
OP_MIN = 14
OP_MAX = 15
OP_LT = 16
OP_LE = 17
OP_GT = 18
OP_GE = 19
OP_EQ = 20
OP_NE = 21
OP_AND = 22
OP_OR = 23
OP_SELECT = 24  # three

# What draws are for, where nobody's name says it.
KEY_ORDER = np.uint64(0)
KEY_EVERY = np.uint64(1)
KEY_WANT = np.uint64(2)
KEY_CHANGEOVER = np.uint64(3)
KEY_ABSENCE = np.uint64(4)
KEY_DELIVERY = np.uint64(5)
KEY_AFTER_IDLE = np.uint64(6)
KEY_LOAD = np.uint64(7)
KEY_UNLOAD = np.uint64(8)


def _rows(*fields: tuple) -> np.dtype:
    return np.dtype(list(fields), align=True)


UNIT = _rows(
    # what most events touch
    ("station", "i8"),
    ("machine", "i8"),
    ("part", "i8"),  # the first of its load
    ("load", "i8"),  # parts on it
    ("option", "i8"),
    ("simple", "i8"),  # all that happens to this load is one run, unattended
    ("clocks", "i8"),  # bit 1 << BY_WORK and so on: what its disturbances count by
    ("visit", "i8"),
    ("phase", "i8"),
    ("stage", "i8"),
    ("bits", "i8"),
    ("version", "i8"),
    ("touched", "i8"),  # 1: to be booked, 2: its clock is to be looked at too
    ("upset", "i8"),  # and the clocks of its disturbances
    ("state", "i8"),
    ("booked_part", "i8"),
    ("attendant", "i8"),
    ("since", "f8"),
    ("due", "f8"),
    ("left", "f8"),
    ("leave_left", "f8"),  # of the attended part; below 0: nobody leaves before the end
    ("resumes", "f8"),  # the run goes on with so much [s]; below 0: it begins
    ("change", "f8"),  # the changeover before this load [s]
    ("started", "f8"),  # when the phase began
    ("emptied", "f8"),  # when its last part went; below 0: it never had one
    ("finished", "i8"),
    ("loads", "i8"),
    ("parts_taken", "i8"),
    ("reserved", "i8"),  # the part on its way to it, where a station has no waiting places
    # the rest
    ("name_key", "u8"),
    ("leave_version", "i8"),
    ("leave_due", "f8"),
    ("skill", "i8"),
    ("again", "i8"),  # the phase starts anew after the repair
    ("rest", "f8"),  # of a phase that was going on when the plant was found [s]; below 0: none
    ("rest_of", "f8"),  # all that it takes [s]
    ("reserved_here", "i8"),
    ("family", "i8"),  # set up for it
    ("changeovers", "i8"),
    ("d_active", "i8", (DISTURBANCES,)),  # it is down with this one
    ("d_repairer", "i8", (DISTURBANCES,)),
    ("d_ready", "i8", (DISTURBANCES,)),  # the repair may go on
    ("d_left", "f8", (DISTURBANCES,)),
    ("d_due", "f8", (DISTURBANCES,)),
    ("d_runs", "i8", (DISTURBANCES,)),
    ("d_version", "i8", (DISTURBANCES,)),
    ("d_count", "i8", (DISTURBANCES,)),
    ("times", "f8", (N_STATES,)),
    ("scrapped", "i8"),
    ("reworked", "i8"),
    ("stretches", "i8"),  # of working or being down without a gap
)
PERSON = _rows(
    ("crew", "i8"),
    ("home", "i8"),
    ("name_key", "u8"),
    ("place", "i8"),
    ("request", "i8"),
    ("version", "i8"),
    ("due", "f8"),  # of the walk
    ("absent", "i8"),
    ("touched", "i8"),
    ("state", "i8"),
    ("booked_part", "i8"),
    ("since", "f8"),
    ("times", "f8", (N_STATES,)),
    ("walked", "f8"),  # time on the way to machines [s]
    ("fetched", "i8"),  # phase row of what an arm that exchanges unloaded last
    ("fetched_unit", "i8"),
    ("fetched_from", "f8"),  # when it began to
    ("fetched_at", "f8"),  # when it had
    ("brought", "i8"),  # the part that it loads now came along
)
REQUEST = _rows(
    ("asked", "f8"),
    ("skill", "i8"),
    ("wanted", "i8"),
    ("listed", "i8"),
    ("next", "i8"),
    ("prev", "i8"),
)
STATION = _rows(
    # what most events touch
    ("first", "i8"),
    ("units", "i8"),
    ("capacity", "i8"),  # below 0: any number
    ("places", "i8"),  # the same, with a large number for any
    ("queued", "i8"),
    ("coming", "i8"),
    ("empties", "i8"),  # units without a part
    ("head", "i8"),
    ("tail", "i8"),
    ("out_head", "i8"),
    ("out_tail", "i8"),
    ("outside", "i8"),  # parts in that list
    ("dirty", "i8"),
    ("plain", "i8"),  # no batches, needs, rules that depend on the moment, or fitting
    ("rule", "i8"),
    ("by_number", "i8"),  # ties go straight to the number
    ("ranked", "i8"),  # its queue is not by the time at which they came
    ("interruptible", "i8"),
    ("disturbances", "i8"),
    ("changes", "i8"),  # it has a changeover
    ("sources", "i8"),  # the first stream that always has work here
    ("calendar", "i8"),
    ("turn_away", "i8"),
    ("travel", "i8"),
    ("fleet", "i8"),
    ("carry_to", "i8"),  # the machine that parts are brought to
    ("pace", "f8"),
    ("batch_wait", "f8"),
    ("waited", "f8"),
    # the rest
    ("travel_key", "u8"),
    ("batch_min", "i8"),
    ("batch_max", "i8"),
    ("batch_same", "i8"),
    ("batch_code", "i8"),
    ("on_change", "i8"),
    ("after_idle", "i8"),
    ("matrix", "i8"),  # row of `changeover`: from x families + to; -1: none
    ("first_change", "i8"),  # row of `changeover`: family; -1: none
    ("change_skill", "i8"),
    ("d_clock", "i8", (DISTURBANCES,)),
    ("d_every", "i8", (DISTURBANCES,)),
    ("d_lasts", "i8", (DISTURBANCES,)),
    ("d_skill", "i8", (DISTURBANCES,)),
    ("d_fate", "i8", (DISTURBANCES,)),  # 0 resume, 1 restart, 2 scrap
    ("d_bits", "i8", (DISTURBANCES,)),
    ("d_planned", "i8", (DISTURBANCES,)),
    ("d_key", "u8", (DISTURBANCES,)),
    ("lost", "i8"),
)
CREW = _rows(
    ("first", "i8"),
    ("count", "i8"),
    ("calendar", "i8"),
    ("on_foot", "i8"),
    ("speed", "f8"),  # 0: walking takes no time
    ("pace", "f8"),
    ("rule", "i8"),
    ("absence", "f8"),
    ("free", "i8"),
    ("offers", "f8", (SKILLS,)),  # speed at a skill; 0: has it not
    ("exchanges", "i8"),  # an arm that may bring the next part when it fetches the last one
)
CALENDAR = _rows(
    ("cycle", "f8"),
    ("first", "i8"),
    ("count", "i8"),
    ("at_close", "i8"),
    ("at", "i8"),  # how many openings are over
    ("closed", "i8"),
    ("due", "f8"),  # next closing or opening
)
DIST = _rows(
    ("kind", "i8"),
    ("a", "f8"),
    ("b", "f8"),
    ("c", "f8"),
    ("first", "i8"),
    ("count", "i8"),
    ("shift", "f8"),
)
STEP = _rows(
    # what most events touch
    ("glides_to", "i8"),  # its parts always go on to this station, by hand and in no time; or -1
    ("special", "i8"),  # it loops, needs or takes
    ("watched", "i8"),  # waiting for it may end by itself
    ("next", "i8"),
    ("first_option", "i8"),
    ("options", "i8"),  # 0: a delay
    ("local", "i8"),  # its number in its route
    ("loops", "i8"),  # its product's
    ("branches", "i8"),
    ("makes", "i8"),
    ("needs", "i8"),
    ("takes", "i8"),
    ("spoils", "f8"),  # below 0: never
    # the rest
    ("product", "i8"),
    ("shortest", "i8"),
    ("delay", "i8"),
    ("delay_key", "u8"),
    ("first_branch", "i8"),
    ("key", "u8"),
    ("first_need", "i8"),
    ("first_take", "i8"),
    ("first_return", "i8"),
    ("returns", "i8"),
)
OPTION = _rows(
    ("step", "i8"),
    ("station", "i8"),
    ("simple", "i8"),  # nothing but an unattended run that always happens, of one part
    ("run_dist", "i8"),
    ("run_key", "u8"),
)
PHASE = _rows(
    ("present", "i8"),
    ("dist", "i8"),
    ("transfer", "i8"),  # row of transfer times, for an arm's phase
    ("first_exchange", "i8"),  # what an arm that has just unloaded the machine needs instead
    ("exchanges", "i8"),
    ("chance", "f8"),
    ("skill", "i8"),
    ("attended", "f8"),  # below 0: throughout
    ("time_key", "u8"),
    ("chance_key", "u8"),
)
BRANCH = _rows(
    ("target", "i8"), ("share", "f8"), ("at_most", "i8"), ("counter", "i8"), ("code", "i8")
)
EXCHANGE = _rows(("fetched", "i8"), ("transfer", "i8"))  # phase row of the unloading, row of times
NEED = _rows(("stock", "i8"), ("pieces", "i8"))
PRODUCT = _rows(
    ("first", "i8"),
    ("steps", "i8"),
    ("family", "i8"),
    ("replace", "i8"),
    ("into", "i8"),
    ("loops", "i8"),  # a part may come to a step more than once
    ("counted", "i8"),
    ("priority", "f8"),
    ("priority_code", "i8"),
    ("weight", "f8"),
    ("weight_code", "i8"),
    ("attribute", "f8", (ATTRIBUTES,)),
    ("exits", "i8"),
)
STREAM = _rows(
    ("release", "i8"),
    ("want", "i8"),
    ("product", "i8"),
    ("first_want", "i8"),
    ("wants", "i8"),
    ("stock", "i8"),  # that orders are taken from, or that its parts are made for
    ("every", "i8"),  # -1: one order only
    ("quantity", "i8"),
    ("pieces", "i8"),  # of one order, over its lines
    ("limit", "i8"),  # orders in all; below 0: no end
    ("calendar", "i8"),
    ("first", "f8"),  # by the clock; below 0: one interval after the start
    ("due_after", "f8"),
    ("own_priority", "i8"),  # 0: the product's
    ("priority", "f8"),
    ("priority_code", "i8"),
    ("own_weight", "i8"),
    ("weight", "f8"),
    ("weight_code", "i8"),
    ("cards", "i8"),  # below 0: no limit
    ("attribute_said", "i8", (ATTRIBUTES,)),  # 0: the product's, 1: a number, 2: drawn
    ("attribute", "f8", (ATTRIBUTES,)),
    ("attribute_dist", "i8", (ATTRIBUTES,)),
    ("attribute_key", "u8", (ATTRIBUTES,)),
    ("key", "u8"),
    ("profile", "i8"),  # first row of rates; -1: none
    ("rates", "i8"),
    ("rate_cycle", "f8"),
    # now
    ("begun", "i8"),
    ("number", "i8"),
    ("due", "f8"),
    ("left", "f8"),
    ("runs", "i8"),
    ("version", "i8"),
    ("inside", "i8"),  # parts in the plant
    ("rate", "f8"),
    ("rate_at", "i8"),
    ("rate_due", "f8"),
    ("wait_head", "i8"),  # orders that wait for cards
    ("wait_tail", "i8"),
)
WANT = _rows(("product", "i8"), ("pieces", "i8"), ("share", "f8"))
STOCK = _rows(
    ("start", "i8"),
    ("capacity", "i8"),  # below 0: any number
    ("at", "i8"),
    ("lot", "i8"),  # 0: up to
    ("up_to", "i8"),
    ("supplier", "i8"),  # distribution of its time; -1: the own shop, or nobody
    ("maker", "i8"),  # the stream of the own shop's orders
    ("loses", "i8"),
    ("key", "u8"),
    ("first_user", "i8"),
    ("users", "i8"),
    # now
    ("level", "i8"),
    ("owed", "i8"),
    ("ordered", "i8"),
    ("deliveries", "i8"),
    ("out_head", "i8"),
    ("out_tail", "i8"),
    ("wait_head", "i8"),
    ("wait_tail", "i8"),
    ("claimed", "i8"),  # by the set that is looked at
    ("dirty", "i8"),
    # books
    ("since", "f8"),
    ("level_area", "f8"),
    ("owed_area", "f8"),
    ("demands", "i8"),
    ("filled", "i8"),
    ("lots", "i8"),
    ("turned_away", "i8"),
)
DELIVERY = _rows(("stock", "i8"), ("pieces", "i8"), ("due", "f8"), ("next", "i8"))
PRESENT = _rows(
    ("stream", "i8"),
    ("product", "i8"),
    ("step", "i8"),
    ("pieces", "i8"),
    ("elapsed", "f8"),  # below 0: they wait
    # where the plant is not empty at the beginning: one part, as it was found
    ("order", "i8"),  # of those found
    ("option", "i8"),
    ("where", "i8"),  # OUTSIDE, QUEUED, UNDER_WAY, ON_UNIT or ABOARD
    ("since", "f8"),
    ("born", "f8"),
    ("fresh", "i8"),
    ("unit", "i8"),
    ("load", "i8"),  # parts of its load, the next rows; 0: it is one of these
    ("done", "i8"),  # it is finished there
    ("set_up", "f8"),  # time spent on it there, setting up and working [s]
    ("worked", "f8"),
    ("machine", "i8"),  # the one it was on last, or -1
    ("vehicle", "i8"),
)
FOUND_ORDER = _rows(
    ("stream", "i8"),
    ("line", "i8"),
    ("product", "i8"),
    ("pieces", "i8"),  # already begun or gone: the next one's number
    ("open", "i8"),
    ("to_make", "i8"),  # of these, still without a card
    ("release", "f8"),
    ("start", "f8"),
    ("due", "f8"),
)
FOUND_UNIT = _rows(
    ("family", "i8"),
    ("emptied", "f8"),
    ("down", "i8", (DISTURBANCES,)),
    ("lasts", "f8", (DISTURBANCES,)),  # the repair, or the time since the last one, so far [s]
)
FOUND_STREAM = _rows(
    ("number", "i8"),  # of the next order
    ("elapsed", "f8"),  # since the last one [s]; below 0: none has come
    ("over", "i8"),  # no more orders are to come
)
FOUND_VEHICLE = _rows(("place", "i8"), ("target", "i8"), ("elapsed", "f8"))
CODE = _rows(("first", "i8"), ("count", "i8"))
FLEET = _rows(
    ("first", "i8"),
    ("count", "i8"),
    ("nearest", "i8"),
    ("load", "i8"),
    ("unload", "i8"),
    ("one_by_one", "i8"),
    ("first_stop", "i8"),  # of its cycle
    ("stops", "i8"),
    ("head", "i8"),  # parts that wait to be fetched
    ("tail", "i8"),
)
STOP = _rows(("origin", "i8"), ("target", "i8"))  # stations
VEHICLE = _rows(
    ("fleet", "i8"),
    ("home", "i8"),
    ("name_key", "u8"),
    ("place", "i8"),  # the machine or crossing it stands at, or left last
    ("next_place", "i8"),
    ("final_place", "i8"),
    ("road", "i8"),  # that it is on, or waits for
    ("waits", "i8"),  # for its road
    ("asked", "f8"),
    ("part", "i8"),
    ("leg", "i8"),
    ("trips", "i8"),
    ("stop", "i8"),  # of its fleet's cycle
    ("began", "f8"),  # of this leg
    ("version", "i8"),
    ("due", "f8"),
    ("touched", "i8"),
    ("state", "i8"),
    ("booked_part", "i8"),
    ("since", "f8"),
    ("times", "f8", (N_STATES,)),
    ("driven", "f8"),  # time on the road [s]
)
PART = _rows(
    # what most events touch
    ("step", "i8"),
    ("option", "i8"),
    ("product", "i8"),
    ("order", "i8"),
    ("next", "i8"),
    ("prev", "i8"),
    ("mate", "i8"),  # the next one of its load
    ("unit", "i8"),  # that holds it, or has its place reserved
    ("where", "i8"),
    ("version", "i8"),
    ("number", "i8"),
    ("machine", "i8"),  # where it is while it is carried
    ("key", "u8"),
    ("entered", "f8"),
    ("rank", "f8"),
    ("left", "f8"),  # of an interrupted run; below 0: none
    ("fresh", "i8"),  # no unit has taken it yet
    ("held_tools", "i8"),
    ("born", "f8"),
    ("held", "f8"),  # when it began to wait outside
    ("priority", "f8"),
    ("weight", "f8"),
    ("piece", "i8"),
    ("due", "f8"),  # of its trip
    ("goal", "i8"),  # the unit that a vehicle brings it to, where that is reserved
    # the rest
    ("tool", "i8", (HOLDS,)),
    ("tools", "i8", (HOLDS,)),
    ("visits", "i2", (ROUTE,)),
    ("taken", "i2", (COUNTED,)),
)
ORDER = _rows(
    ("number", "i8"),  # over all streams; -1: a free row
    ("stream", "i8"),
    ("line", "i8"),  # its number in its stream
    ("pieces", "i8"),  # how many were started, replacements too
    ("open", "i8"),
    ("lost", "i8"),
    ("next", "i8"),
    ("product", "i8"),
    ("key", "u8"),
    ("release", "f8"),
    ("start", "f8"),
    ("due", "f8"),
    ("to_make", "i8"),  # pieces that still wait for a card
    ("attribute", "f8", (ATTRIBUTES,)),
)
# What is written for each event is small: new memory is what a timeline costs. (No table has more
# rows than 16 bits number; the parts of a timeline that fits into memory have numbers of 32 bits.)
# An interval ends where the next one of its resource starts.
LOG_INTERVAL = _rows(("resource", "i2"), ("state", "i2"), ("part", "i4"), ("start", "f8"))
LOG_MOVE = _rows(
    ("kind", "i2"),
    ("carrier", "i2"),
    ("origin", "i2"),
    ("target", "i2"),
    ("part", "i4"),
    ("after", "i4"),  # points written before, as handing on is written there
    ("start", "f8"),
    ("end", "f8"),
)
LOG_ORDER = _rows(
    ("outcome", "i2"),
    ("stream", "i2"),
    ("product", "i4"),
    ("number", "i4"),
    ("line", "i4"),
    ("release", "f8"),
    ("start", "f8"),
    ("due", "f8"),
    ("end", "f8"),
)
LOG_EXIT = _rows(("product", "i4"), ("number", "i4"), ("born", "f8"), ("end", "f8"))
LOG_PART = _rows(("number", "i4"), ("order", "i4"), ("piece", "i8"))
LOG_POINT = _rows(("what", "i2"), ("unit", "i2"), ("part", "i4"), ("time", "f8"))


def world_type(parts: int = 200_003) -> np.dtype:
    """The record for a plant with at most `parts` parts in it at once."""
    heap = 2 * parts + 16 * UNITS
    return np.dtype(
        [
            # what most events touch
            ("now", "f8"),
            ("hole", "i8"),  # the root of the heap is vacant
            ("more", "i8"),  # another event happens now
            ("heap_n", "i8"),
            ("events", "i8"),
            ("dirty_n", "i8"),
            ("dirty_top", "i8"),
            ("aside", "i8"),  # something of what is rarely to be done may be: see `look_aside`
            ("stocks_dirty", "i8"),
            ("crew_dirty", "i8"),
            ("listed", "i8"),  # requests on the lists of the skills
            ("fleet_dirty", "i8"),  # a vehicle, a road or a part to be fetched is free
            ("losers", "i8"),  # stations that may have to turn parts away
            ("back_head", "i8"),  # parts whose leaving makes new ones, by number
            ("passing_n", "i8"),
            ("passing_now", "i8"),
            ("touched_units_n", "i8"),
            ("touched_people_n", "i8"),
            ("touched_vehicles_n", "i8"),
            (
                "cycles_n",
                "i8",
            ),  # fleets with a cycle: they wait for what happens at stations
            ("logging", "i8"),  # 0: only sums, orders and exits, 1: everything
            ("fail", "i8"),
            ("wip", "i8"),
            ("wip_since", "f8"),
            ("wip_area", "f8"),
            ("exits", "i8"),
            ("last_exit", "f8"),
            ("free_part", "i8"),
            ("parts_used", "i8"),
            ("free_order", "i8"),
            ("parts_made", "i8"),
            ("orders_made", "i8"),
            ("starts", "i8"),
            ("ordered", "i8"),
            ("pause", "i8"),  # a log, the events or the parts are filling up
            ("burst", "i8"),  # parts that one instant may bring
            ("slice", "i8"),  # events after which `run` comes back
            ("unsettled", "i8"),  # the plant has just been put at time 0
            # the rest
            ("units_n", "i8"),
            ("people_n", "i8"),
            ("stations_n", "i8"),
            ("crews_n", "i8"),
            ("skills_n", "i8"),
            ("calendars_n", "i8"),
            ("products_n", "i8"),
            ("families_n", "i8"),
            ("streams_n", "i8"),
            ("stocks_n", "i8"),
            ("attributes_n", "i8"),
            ("present_n", "i8"),
            ("found", "i8"),  # the plant is not empty at the beginning, but as it was found
            ("begin", "f8"),  # when it was
            ("found_orders_n", "i8"),
            ("fleets_n", "i8"),
            ("vehicles_n", "i8"),
            ("machines_n", "i8"),
            ("spots_n", "i8"),  # where vehicles go: machines, then crossings
            ("roads_n", "i8"),
            ("seed", "u8"),
            ("fail_row", "i8"),
            ("parts_top", "i8"),  # rows from here on were never used
            ("orders_top", "i8"),
            ("free_delivery", "i8"),
            ("deliveries_top", "i8"),
            ("undecided_head", "i8"),  # parts that several stations can take, by number
            ("undecided_tail", "i8"),
            ("scraps", "i8"),
            ("carries", "i8"),  # of parts, by hand, that take time
            ("carried", "f8"),  # time that they take [s]
            ("lost", "i8"),
            ("booked_from", "f8"),
            ("touched_units", "i8", (UNITS,)),
            ("touched_people", "i8", (PEOPLE,)),
            ("touched_vehicles", "i8", (VEHICLES,)),
            ("passing", "i8", (UNITS,)),
            ("heap_time", "f8", (heap,)),
            ("heap_key", "i8", (heap,)),
            # tables
            ("units", UNIT, (UNITS,)),
            ("people", PERSON, (PEOPLE,)),
            ("requests", REQUEST, (REQUESTS * UNITS,)),
            ("skill_head", "i8", (SKILLS,)),
            ("skill_tail", "i8", (SKILLS,)),
            ("stations", STATION, (STATIONS,)),
            ("crews", CREW, (CREWS,)),
            ("calendars", CALENDAR, (CALENDARS,)),
            ("opening", "f8", (OPENINGS,)),
            ("closing", "f8", (OPENINGS,)),
            ("dists", DIST, (DISTS,)),
            ("values", "f8", (VALUES,)),
            ("weights", "f8", (VALUES,)),
            ("steps", STEP, (STEPS,)),
            ("options", OPTION, (OPTIONS,)),
            ("phases", PHASE, (OPTIONS * PHASES,)),
            ("branches", BRANCH, (BRANCHES,)),
            ("needs", NEED, (NEEDS,)),
            ("exchanges", EXCHANGE, (EXCHANGES,)),
            ("products", PRODUCT, (PRODUCTS,)),
            ("changeover", "f8", (VALUES,)),  # below 0: not said
            ("streams", STREAM, (STREAMS,)),
            ("wants", WANT, (WANTS,)),
            ("rate_from", "f8", (VALUES,)),
            ("rate_value", "f8", (VALUES,)),
            ("stocks", STOCK, (STOCKS,)),
            ("users", "i8", (USERS,)),
            ("deliveries", DELIVERY, (DELIVERIES,)),
            ("present", PRESENT, (PRESENTS,)),
            ("found_orders", FOUND_ORDER, (PRESENTS,)),
            ("found_units", FOUND_UNIT, (UNITS,)),
            ("found_streams", FOUND_STREAM, (STREAMS,)),
            ("found_people", "i8", (PEOPLE,)),  # the machine where somebody is, or -1
            ("found_vehicles", FOUND_VEHICLE, (VEHICLES,)),
            ("codes", CODE, (CODES,)),
            ("op", "i8", (OPS,)),
            ("operand", "f8", (OPS,)),
            ("stack", "f8", (16,)),
            ("edge", "f8", (257,)),  # of the layers under the exponential density
            ("height", "f8", (257,)),  # of the density there
            ("fleets", FLEET, (FLEETS,)),
            ("stops", STOP, (STOPS_OF_CYCLES,)),
            ("vehicles", VEHICLE, (VEHICLES,)),
            ("road_user", "i8", (ROADS,)),  # the vehicle on it, or -1
            ("road_time", "f8", (FLEETS * ROADS,)),  # fleet x roads + road [s]
            ("hop", "i8", (PACES,)),  # from x spots + to: the next spot on the way
            ("hop_road", "i8", (PACES,)),  # and the road there
            ("carry", "f8", (PACES,)),  # machine x stations + station [s]
            ("walk", "f8", (PACES,)),  # place x machines + machine [m]
            ("drive", "f8", (PACES,)),  # (fleet x spots + from) x spots + to [s]
            ("transfer", "f8", (TRANSFERS,)),  # row x machines + machine [s]
            ("parts", PART, (parts,)),
            ("orders", ORDER, (parts,)),
            # logs
            ("log_intervals_n", "i8"),
            ("log_moves_n", "i8"),
            ("log_orders_n", "i8"),
            ("log_exits_n", "i8"),
            ("log_parts_n", "i8"),
            ("log_points_n", "i8"),
            ("points", "i8"),  # rows of that log that have been taken away
            ("log_intervals", LOG_INTERVAL, (LOG,)),
            ("log_moves", LOG_MOVE, (LOG,)),
            ("log_orders", LOG_ORDER, (LOG,)),
            ("log_exits", LOG_EXIT, (LOG,)),
            ("log_parts", LOG_PART, (LOG,)),
            ("log_points", LOG_POINT, (LOG,)),
        ],
        align=True,
    )


# --- chance --------------------------------------------------------------------------------------

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_M1 = np.uint64(0xBF58476D1CE4E5B9)
_M2 = np.uint64(0x94D049BB133111EB)
_S30 = np.uint64(30)
_S27 = np.uint64(27)
_S31 = np.uint64(31)
_S11 = np.uint64(11)
_LAYERS = np.uint64(255)


def mix(x: Key) -> Key:
    """Stir 64 bits (the finaliser of SplitMix64: Steele, Lea, Flood 2014)."""
    x = (x ^ (x >> _S30)) * _M1
    x = (x ^ (x >> _S27)) * _M2
    return x ^ (x >> _S31)


def key_of(seed: Key, who: Key, what: Key, count: int) -> Key:
    """The key of one draw: 64 bits from who draws, what for, and the how manieth time."""
    return mix(mix(seed + who) ^ (what + np.uint64(count) * _GOLDEN))


def piece_key(order_key: Key, piece: int) -> Key:
    """What the draws of one piece of an order depend on."""
    return mix(order_key + np.uint64(piece + 1) * _GOLDEN)


def part_key(key: Key, what: Key, visit: int) -> Key:
    """The key of one draw of a part: what for, and on which visit."""
    return mix(key ^ (what + np.uint64(visit) * _GOLDEN))


def bits_of(key: Key, k: int) -> Key:
    """The k-th 64 bits of a key, which is stirred itself."""
    return key if k == 0 else mix(key + np.uint64(k) * _GOLDEN)


def inside(bits: Key) -> float:
    """A number inside (0, 1), never 0 nor 1, from the upper 53 of 64 bits."""
    return (float(np.int64(bits >> _S11)) + 0.5) * 1.1102230246251565e-16


def uniform(key: Key, k: int) -> float:
    """The k-th number of a key, inside (0, 1)."""
    return inside(bits_of(key, k))


def normal_quantile(p: float) -> float:
    """Inverse of the normal distribution (Wichura 1988, algorithm AS 241, PPND16)."""
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = 2509.0809287301226727 * r + 33430.575583588128105
        top = (top * r + 67265.770927008700853) * r + 45921.953931549871457
        top = (top * r + 13731.693765509461125) * r + 1971.5909503065514427
        top = (top * r + 133.14166789178437745) * r + 3.387132872796366608
        low = 5226.495278852545925 * r + 28729.085735721942674
        low = (low * r + 39307.89580009271061) * r + 21213.794301586595867
        low = (low * r + 5394.1960214247511077) * r + 687.1870074920579083
        low = (low * r + 42.313330701600911252) * r + 1.0
        return q * top / low
    r = math.sqrt(-math.log(p if q < 0 else 1.0 - p))
    if r <= 5.0:
        r -= 1.6
        top = 7.7454501427834140764e-4 * r + 0.0227238449892691845833
        top = (top * r + 0.24178072517745061177) * r + 1.27045825245236838258
        top = (top * r + 3.64784832476320460504) * r + 5.7694972214606914055
        top = (top * r + 4.6303378461565452959) * r + 1.42343711074968357734
        low = 1.05075007164441684324e-9 * r + 5.475938084995344946e-4
        low = (low * r + 0.0151986665636164571966) * r + 0.14810397642748007459
        low = (low * r + 0.68976733498510000455) * r + 1.6763848301838038494
        low = (low * r + 2.05319162663775882187) * r + 1.0
    else:
        r -= 5.0
        top = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5
        top = (top * r + 0.0012426609473880784386) * r + 0.026532189526576123093
        top = (top * r + 0.29656057182850489123) * r + 1.7848265399172913358
        top = (top * r + 5.4637849111641143699) * r + 6.6579046435011037772
        low = 2.04426310338993978564e-15 * r + 1.4215117583164458887e-7
        low = (low * r + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4
        low = (low * r + 0.0148753612908506148525) * r + 0.13692988092273580531
        low = (low * r + 0.59983220655588793769) * r + 1.0
    return -top / low if q < 0 else top / low


@rare
def gamma_variate(key: Key, shape: float) -> float:
    """Gamma of mean `shape` and scale 1 (Marsaglia and Tsang 2000)."""
    k = 0
    boost = 1.0
    if shape < 1.0:
        boost = math.exp(math.log(uniform(key, k)) / shape)
        k += 1
        shape += 1.0
    d = shape - 1.0 / 3.0
    c = 1.0 / math.sqrt(9.0 * d)
    while True:
        x = normal_quantile(uniform(key, k))
        u = uniform(key, k + 1)
        k += 2
        v = 1.0 + c * x
        if v <= 0.0:
            continue
        v = v * v * v
        if math.log(u) < 0.5 * x * x + d - d * v + d * math.log(v):
            return boost * d * v


def settled(x: float) -> float:
    """A value, or NaN if it is beyond what counts as one."""
    if -LARGEST <= x <= LARGEST:
        return x
    return math.nan


def whole_below(x: float) -> float:
    """The largest whole number up to x."""
    if -WHOLE < x < WHOLE:
        return float(math.floor(x))
    return x


def unary(op: int, a: float) -> float:
    """An operation on one value; none on NaN is anything but NaN."""
    if a != a:
        return math.nan
    if op == OP_NEG:
        return -a
    if op == OP_NOT:
        return 1.0 if a == 0.0 else 0.0
    if op == OP_ABS:
        return math.fabs(a)
    if op == OP_FLOOR:
        return whole_below(a)
    if op == OP_CEIL:
        return -whole_below(-a)
    if op == OP_ROUND:  # halves away from zero
        size = math.fabs(a)
        whole = whole_below(size)
        if size - whole >= 0.5:
            whole += 1.0
        return math.copysign(whole, a)
    if op == OP_SQRT and a >= 0.0:
        return math.sqrt(a)
    return math.nan


def power(a: float, b: float) -> float:
    """a ** b among real numbers, or NaN; asks first, as `math.pow` raises when interpreted."""
    if a == 0.0:
        return math.nan if b < 0.0 else math.pow(a, b)
    if a < 0.0 and whole_below(b) != b:
        return math.nan
    if b * math.log(math.fabs(a)) > STEEPEST:
        return math.nan
    return math.pow(a, b)


def arithmetic(op: int, a: float, b: float) -> float:
    """An operation on two numbers; the result may be beyond LARGEST."""
    if op == OP_ADD:
        return a + b
    if op == OP_SUB:
        return a - b
    if op == OP_MUL:
        return a * b
    if op == OP_DIV:
        return a / b if b != 0.0 else math.nan
    if op == OP_POW:
        return power(a, b)
    if op == OP_MIN:
        return b if b < a else a
    if op == OP_MAX:
        return b if b > a else a
    if op == OP_LT:
        return 1.0 if a < b else 0.0
    if op == OP_LE:
        return 1.0 if a <= b else 0.0
    if op == OP_GT:
        return 1.0 if a > b else 0.0
    if op == OP_GE:
        return 1.0 if a >= b else 0.0
    if op == OP_EQ:
        return 1.0 if a == b else 0.0
    if op == OP_NE:
        return 1.0 if a != b else 0.0
    return math.nan


def binary(op: int, a: float, b: float) -> float:
    """An operation on two values; `and` and `or` may know the answer from one of them."""
    if op == OP_AND and (a == 0.0 or b == 0.0):
        return 0.0
    if op == OP_OR and ((a == a and a != 0.0) or (b == b and b != 0.0)):
        return 1.0
    if a != a or b != b:
        return math.nan
    if op == OP_AND:
        return 1.0
    if op == OP_OR:
        return 0.0
    return settled(arithmetic(op, a, b))


@rare
def attribute_of(w: World, p: int, i: int) -> float:
    """Attribute i of part p: its order's own, or its product's."""
    part = w.parts[p]
    order = w.orders[part.order]
    if w.streams[order.stream].attribute_said[i] == 0:
        return w.products[part.product].attribute[i]
    return order.attribute[i]


@rare
def evaluate(w: World, row: int, p: int) -> float:
    """The value of formula `row` for the attributes of part p, in SI, or NaN: a stack machine.

    No operation raises. What has no value is NaN and goes on as such, but for the side that an `if`
    does not choose, false `and` anything and true `or` anything.
    """
    code = w.codes[row]
    stack = w.stack
    top = -1
    for k in range(code.first, code.first + code.count):
        op = w.op[k]
        if op == OP_CONST:
            top += 1
            stack[top] = w.operand[k]
        elif op == OP_LOAD:
            top += 1
            stack[top] = settled(attribute_of(w, p, int(w.operand[k])))
        elif op < OP_ADD:
            stack[top] = unary(op, float(stack[top]))
        elif op < OP_SELECT:
            top -= 1
            stack[top] = binary(op, float(stack[top]), float(stack[top + 1]))
        else:
            top -= 2
            condition = float(stack[top + 1])
            if condition != condition:
                stack[top] = math.nan
            elif condition == 0.0:
                stack[top] = stack[top + 2]
    return float(stack[0])


@often
def exponential(w: World, key: Key) -> float:
    """Exponential of mean 1: the ziggurat of Marsaglia and Tsang (2000), with 256 layers."""
    layer = int(np.int64(key & _LAYERS))
    x = inside(key) * w.edge[layer]
    if x < w.edge[layer + 1]:  # 98.9 % of all
        return x
    return exponential_rest(w, key, layer, x)


@rare
def exponential_rest(w: World, key: Key, layer: int, x: float) -> float:
    """What the first look at the layers leaves open: x [of the layer's width] lies beside it."""
    k = 1
    while True:
        u = uniform(key, k)
        if layer == 0:
            return w.edge[1] - math.log(u)
        if w.height[layer] + u * (w.height[layer + 1] - w.height[layer]) < math.exp(-x):
            return x
        bits = bits_of(key, k + 1)
        layer = int(np.int64(bits & _LAYERS))
        x = inside(bits) * w.edge[layer]
        if x < w.edge[layer + 1]:
            return x
        k += 2


def draw(w: World, row: int, key: Key, p: int) -> float:
    """One time [s] of distribution `row` for a key; formulas ask part p for its attributes."""
    d = w.dists[row]
    kind = d.kind
    if kind == D_CONSTANT:
        return d.a
    if kind == D_EXPONENTIAL:
        return d.shift + d.a * exponential(w, key)
    return draw_other(w, row, key, p)


@rare
def draw_other(w: World, row: int, key: Key, p: int) -> float:
    """The rarer distributions."""
    d = w.dists[row]
    kind = d.kind
    if kind == D_FORMULA:  # a: formula; first: a factor drawn beside it, or -1
        value = evaluate(w, int(d.a), p)
        if d.first >= 0:
            value *= draw_plain(w, d.first, key) + w.dists[d.first].shift
        if not (value >= 0.0 and value < math.inf):
            w.fail = BAD_TIME
            w.fail_row = int(d.a)
            return 0.0
        return value + d.shift
    return draw_plain(w, row, key) + d.shift


@rare
def draw_plain(w: World, row: int, key: Key) -> float:
    """One value of a distribution that is no formula, without its shift."""
    d = w.dists[row]
    kind = d.kind
    u = uniform(key, 0)
    if kind == D_LOGNORMAL:  # a, b: mean and spread of the logarithm
        return math.exp(d.a + d.b * normal_quantile(u))
    if kind == D_UNIFORM:
        return d.a + (d.b - d.a) * u
    if kind == D_ERLANG:
        total = math.log(u)
        for k in range(1, d.count):
            total += math.log(uniform(key, k))
        return -d.a * total / d.count
    if kind == D_GAMMA:  # a: shape, b: scale
        return d.b * gamma_variate(key, d.a)
    if kind == D_WEIBULL:
        return d.b * math.pow(-math.log(u), 1.0 / d.a)
    if kind == D_TRIANGULAR:  # a, b, c: low, mode, high
        width = d.c - d.a
        if u * width < d.b - d.a:
            return d.a + math.sqrt(u * width * (d.b - d.a))
        return d.c - math.sqrt((1.0 - u) * width * (d.c - d.b))
    if kind == D_EXPONENTIAL:
        return -d.a * math.log(u)
    k = d.first
    last = d.first + d.count - 1
    if kind == D_HYPEREXPONENTIAL:
        while k < last and u >= w.weights[k]:
            k += 1
        return -w.values[k] * math.log(uniform(key, 1))
    if kind == D_EMPIRICAL:
        if d.a > 0.0:  # by weights
            while k < last and u >= w.weights[k]:
                k += 1
            return w.values[k]
        return w.values[min(last, d.first + int(u * d.count))]
    return d.a


# --- events --------------------------------------------------------------------------------------

_VERSIONS = (1 << 28) - 1


@often
def push(w: World, time: float, kind: int, entity: int, version: int) -> None:
    """Put an event into the heap, ordered by time, then kind, then entity."""
    key = (kind << 56) | (entity << 28) | (version & _VERSIONS)
    if time <= w.now:
        w.more = 1
    if w.hole:  # the place of the last event that was taken out
        w.hole = 0
        sift_down(w, 0, w.heap_n, time, key)
        return
    i = w.heap_n
    if i > w.heap_time.shape[0] - 8 * UNITS:
        w.pause = 1
        if i == w.heap_time.shape[0] - 2:
            w.fail = FULL
            return
    w.heap_n = i + 1
    w.heap_time[i + 2] = math.nan
    while i > 0:
        up = (i - 1) >> 1
        t = w.heap_time[up]
        if t < time or (t == time and w.heap_key[up] <= key):
            break
        w.heap_time[i] = t
        w.heap_key[i] = w.heap_key[up]
        i = up
    w.heap_time[i] = time
    w.heap_key[i] = key


def sift_down(w: World, i: int, n: int, time: float, key: int) -> None:
    """Put (time, key) into the heap of n events at or below place i; behind them is NaN."""
    while True:
        child = 2 * i + 1
        if child >= n:
            break
        t = w.heap_time[child]
        other = w.heap_time[child + 1]
        if other == t:
            child += w.heap_key[child + 1] < w.heap_key[child]
        else:  # a sum, as nothing can foretell a jump here
            child += other < t
        t = w.heap_time[child]
        if time < t or (time == t and key <= w.heap_key[child]):
            break
        w.heap_time[i] = t
        w.heap_key[i] = w.heap_key[child]
        i = child
    w.heap_time[i] = time
    w.heap_key[i] = key


def fill_hole(w: World) -> None:
    """No vacant root any more."""
    if w.hole:
        w.hole = 0
        n = w.heap_n - 1
        w.heap_n = n
        time = w.heap_time[n]
        w.heap_time[n] = math.nan
        if n > 0:
            sift_down(w, 0, n, time, w.heap_key[n])


def look_ahead(w: World) -> None:
    """Whether another event than the one just taken out happens now."""
    w.more = (w.heap_time[1] <= w.now) | (w.heap_time[2] <= w.now)


@rare
def is_stale(w: World, key: int) -> bool:
    """Whether what the event speaks of has changed since."""
    kind = key >> 56
    entity = (key >> 28) & _VERSIONS
    version = key & _VERSIONS
    if kind == E_PHASE:
        return w.units[entity].version & _VERSIONS != version
    if kind == E_LEAVE:
        return w.units[entity].leave_version & _VERSIONS != version
    if kind == E_REPAIRED or kind == E_FAIL:
        unit = w.units[entity // DISTURBANCES]
        return unit.d_version[entity % DISTURBANCES] & _VERSIONS != version
    if kind == E_WALKED:
        return w.people[entity].version & _VERSIONS != version
    if kind == E_ORDER:
        return w.streams[entity].version & _VERSIONS != version
    if kind == E_TRIP or kind == E_WAITED or kind == E_SPOILT:
        return w.parts[entity].version & _VERSIONS != version
    if kind == E_DRIVEN:
        return w.vehicles[entity].version & _VERSIONS != version
    return False


def clear_behind(w: World, n: int) -> None:
    """The heap has n events from now on; two places behind them are no time, which is neither
    before nor after any."""
    w.heap_n = n
    w.heap_time[n] = math.nan
    w.heap_time[n + 1] = math.nan


@rare
def drop_stale(w: World) -> None:
    """Sort out the events that have been overtaken, so that they cannot fill the heap."""
    fill_hole(w)
    kept = 0
    for i in range(w.heap_n):
        if not is_stale(w, w.heap_key[i]):
            w.heap_time[kept] = w.heap_time[i]
            w.heap_key[kept] = w.heap_key[i]
            kept += 1
    clear_behind(w, kept)
    for i in range(kept // 2 - 1, -1, -1):
        sift_down(w, i, kept, w.heap_time[i], w.heap_key[i])


# --- touched, dirty, logged ----------------------------------------------------------------------


def touch(w: World, u: int) -> None:
    """The unit may be in another state at the end of this instant, and its clock may run."""
    unit = w.units[u]
    if not unit.touched:
        w.touched_units[w.touched_units_n] = u
        w.touched_units_n += 1
    unit.touched = 2


def upset(w: World, u: int) -> None:
    """So it is, and the clocks of its failures and repairs may start or stop then."""
    touch(w, u)
    w.units[u].upset = 1


def touch_person(w: World, p: int) -> None:
    """The person may be in another state at the end of this instant."""
    person = w.people[p]
    if not person.touched:
        person.touched = 1
        w.touched_people[w.touched_people_n] = p
        w.touched_people_n += 1


def stir(w: World, s: int) -> None:
    """Parts may move at or into the station."""
    station = w.stations[s]
    if not station.dirty:
        station.dirty = 1
        w.dirty_n += 1
        if s > w.dirty_top:
            w.dirty_top = s


def stir_stock(w: World, k: int) -> None:
    """The stock has another level, or somebody waits before it."""
    if not w.stocks[k].dirty:
        w.stocks[k].dirty = 1
        w.stocks_dirty += 1
        w.aside = 1


@rare
def log_order(w: World, outcome: int, o: int) -> None:
    """Write down how order o ends."""
    n = w.log_orders_n
    if n == LOG:
        w.fail = FULL
        return
    if n > LOG // 2:
        w.pause = 1
    order = w.orders[o]
    row = w.log_orders[n]
    row.outcome = outcome
    row.stream = order.stream
    row.number = order.number
    row.line = order.line
    row.product = order.product
    row.release = order.release
    row.start = order.start
    row.due = order.due
    row.end = w.now
    w.log_orders_n = n + 1


def log_move(
    w: World, kind: int, carrier: int, origin: int, target: int, part: int, start: float, end: float
) -> None:
    """Write down that something is carried, or somebody walks, from start to end [s]."""
    n = w.log_moves_n
    if n == LOG:
        w.fail = FULL
        return
    if n > LOG // 2:
        w.pause = 1
    row = w.log_moves[n]
    row.kind = kind
    row.carrier = carrier
    row.origin = origin
    row.target = target
    row.part = part
    row.after = w.points + w.log_points_n
    row.start = start
    row.end = end
    w.log_moves_n = n + 1


def log_interval(w: World, resource: int, state: int, part: int, start: float) -> None:
    """Write down that a resource was in a state from `start` [s] until now."""
    n = w.log_intervals_n
    if n == LOG:
        w.fail = FULL
        return
    if n > LOG // 2:
        w.pause = 1
    row = w.log_intervals[n]
    row.resource = resource
    row.state = state
    row.part = part
    row.start = start
    w.log_intervals_n = n + 1


def log_point(w: World, what: int, u: int, part: int) -> None:
    """Write down that something is counted at unit u."""
    n = w.log_points_n
    if n == LOG:
        w.fail = FULL
        return
    if n > LOG // 2:
        w.pause = 1
    row = w.log_points[n]
    row.what = what
    row.unit = u
    row.part = part
    row.time = w.now
    w.log_points_n = n + 1


def count_wip(w: World, change: int) -> None:
    """There are `change` parts more in the plant from now on."""
    w.wip_area += w.wip * (w.now - w.wip_since)
    w.wip_since = w.now
    w.wip += change


def is_closed(w: World, c: int) -> bool:
    """Whether calendar c is closed; without one it never is."""
    return c >= 0 and w.calendars[c].closed == 1


# --- people and arms -----------------------------------------------------------------------------


def asked_before(w: World, a: int, b: int) -> bool:
    """Whether request a is served before b: asked earlier, else further down, else first unit."""
    ra = w.requests[a].asked
    rb = w.requests[b].asked
    if ra != rb:
        return ra < rb
    sa = w.units[a // REQUESTS].station
    sb = w.units[b // REQUESTS].station
    if sa != sb:
        return sa > sb
    return a < b


@rare
def ask(w: World, r: int, skill: int) -> None:
    """Request r waits for somebody with the skill: REQUESTS x unit to attend it, + 1 + k to repair
    its disturbance k."""
    request = w.requests[r]
    request.asked = w.now
    request.skill = skill
    request.wanted = 1
    review(w, r)


@rare
def review(w: World, r: int) -> None:
    """List the request if it may be answered now: nobody comes to a closed or a broken machine,
    but to mend it. It keeps the time at which it was asked."""
    request = w.requests[r]
    bits = w.units[r // REQUESTS].bits
    hindered = bits & BIT_CLOSED if r % REQUESTS > 0 else bits & STOPS
    wanted = request.wanted and not hindered
    if wanted and not request.listed:
        enlist(w, r, request.skill)
    elif request.listed and not wanted:
        delist(w, r)


@rare
def enlist(w: World, r: int, skill: int) -> None:
    """Put request r on the list of its skill, by the order of service."""
    request = w.requests[r]
    request.listed = 1
    after = w.skill_tail[skill]
    while after >= 0 and asked_before(w, r, after):
        after = w.requests[after].prev
    request.prev = after
    if after >= 0:
        request.next = w.requests[after].next
        w.requests[after].next = r
    else:
        request.next = w.skill_head[skill]
        w.skill_head[skill] = r
    if request.next >= 0:
        w.requests[request.next].prev = r
    else:
        w.skill_tail[skill] = r
    w.listed += 1
    w.crew_dirty = 1


@rare
def withdraw(w: World, r: int) -> None:
    """Nobody is needed for request r any longer."""
    w.requests[r].wanted = 0
    review(w, r)


@rare
def delist(w: World, r: int) -> None:
    """Take request r off its list."""
    request = w.requests[r]
    request.listed = 0
    w.listed -= 1
    if request.prev >= 0:
        w.requests[request.prev].next = request.next
    else:
        w.skill_head[request.skill] = request.next
    if request.next >= 0:
        w.requests[request.next].prev = request.prev
    else:
        w.skill_tail[request.skill] = request.prev


def is_off_duty(w: World, p: int) -> bool:
    """Whether the person does not work now: away, or after closing (some finish first)."""
    person = w.people[p]
    if person.absent:
        return True
    c = w.crews[person.crew].calendar
    if not is_closed(w, c):
        return False
    return w.calendars[c].at_close != FINISH or person.request < 0


def is_free(w: World, p: int) -> bool:
    """Whether the person of an open crew can be sent somewhere."""
    return w.people[p].request < 0 and not w.people[p].absent


def walk_time(w: World, p: int, machine: int) -> float:
    """How long the person walks to a machine [s]."""
    person = w.people[p]
    speed = w.crews[person.crew].speed
    if speed > 0.0 and person.place >= 0 and person.place != machine:
        return w.walk[person.place * w.machines_n + machine] / speed
    return 0.0


def nearest_person(w: World, c: int, machine: int) -> int:
    """The free person of crew c who is there first, or -1."""
    crew = w.crews[c]
    best = -1
    for p in range(crew.first, crew.first + crew.count):
        if is_free(w, p) and (best < 0 or walk_time(w, p, machine) < walk_time(w, best, machine)):
            best = p
    return best


def urgency(w: World, r: int) -> float:
    """The smallest priority of the parts on the request's unit; an empty one comes last."""
    p = w.units[r // REQUESTS].part
    least = math.inf
    while p >= 0:
        least = min(least, w.parts[p].priority)
        p = w.parts[p].mate
    return least


def preferred(w: World, c: int, a: int, b: int) -> bool:
    """Whether crew c goes to request a rather than to b."""
    rule = w.crews[c].rule
    if rule == DOWNSTREAM:
        sa = w.units[a // REQUESTS].station
        sb = w.units[b // REQUESTS].station
        if sa != sb:
            return sa > sb
    elif rule == URGENT:
        ua = urgency(w, a)
        ub = urgency(w, b)
        if ua != ub:
            return ua < ub
    elif rule == NEAREST:
        ma = w.units[a // REQUESTS].machine
        mb = w.units[b // REQUESTS].machine
        ta = walk_time(w, nearest_person(w, c, ma), ma)
        tb = walk_time(w, nearest_person(w, c, mb), mb)
        if ta != tb:
            return ta < tb
    return asked_before(w, a, b)


@rare
def chosen_request(w: World, c: int) -> int:
    """The request that crew c answers next, or -1."""
    crew = w.crews[c]
    best = -1
    for skill in range(w.skills_n):
        r = w.skill_head[skill]
        if r < 0 or crew.offers[skill] <= 0.0:
            continue
        if crew.rule == OLDEST:  # the lists are in this order
            if best < 0 or asked_before(w, r, best):
                best = r
            continue
        while r >= 0:
            if best < 0 or preferred(w, c, r, best):
                best = r
            r = w.requests[r].next
    return best


def exchanging(w: World, c: int) -> int:
    """The arm of crew c that has just emptied a unit which now waits for what the arm has brought
    along, or -1."""
    crew = w.crews[c]
    for p in range(crew.first, crew.first + crew.count):
        u = w.people[p].fetched_unit
        if is_free(w, p) and w.people[p].fetched_at == w.now and w.requests[REQUESTS * u].listed:
            own = crew.offers[w.requests[REQUESTS * u].skill] > 0.0
            if own and exchange_time(w, p, u) >= 0.0:
                return p
    return -1


def exchange_time(w: World, p: int, u: int) -> float:
    """How much longer arm p needs for unit u's load than for what it has just unloaded there [s];
    below 0 where it has not brought it along: it was not there yet when the arm set out."""
    unit = w.units[u]
    arm = w.people[p]
    if unit.phase != LOAD_PHASE or arm.fetched_unit != u or arm.fetched_at != w.now:
        return -1.0
    part = w.parts[unit.part]
    always = w.streams[w.orders[part.order].stream].release == ALWAYS
    if part.entered > arm.fetched_from and not always:
        return -1.0
    phase = w.phases[unit.option * PHASES + LOAD_PHASE]
    for k in range(phase.first_exchange, phase.first_exchange + phase.exchanges):
        if w.exchanges[k].fetched == arm.fetched:
            return w.transfer[w.exchanges[k].transfer * w.machines_n + unit.machine]
    return -1.0


@rare
def assign(w: World) -> None:
    """Free people and arms go where their crew's rule sends them."""
    w.crew_dirty = 0
    for c in range(w.crews_n):
        crew = w.crews[c]
        while w.listed > 0 and crew.free > 0 and not is_closed(w, crew.calendar):
            p = -1
            if crew.exchanges:
                p = exchanging(w, c)
            if p >= 0:
                send_person(w, p, REQUESTS * w.people[p].fetched_unit)
                continue
            r = chosen_request(w, c)
            if r < 0:
                break
            if crew.rule == NEAREST:
                p = nearest_person(w, c, w.units[r // REQUESTS].machine)
            else:
                for k in range(crew.first, crew.first + crew.count):
                    if is_free(w, k):
                        p = k
                        break
            if p < 0:  # those who are free are absent
                break
            send_person(w, p, r)


@rare
def dismiss(w: World, p: int) -> None:
    """The person is free again, where he or she stands."""
    person = w.people[p]
    person.request = -1
    person.version += 1  # who is still on the way stops here
    w.crews[person.crew].free += 1
    if w.listed > 0:
        w.crew_dirty = 1
    touch_person(w, p)


@rare
def arrive(w: World, p: int) -> None:
    """The person stands at the unit."""
    r = w.people[p].request
    unit = w.units[r // REQUESTS]
    if r % REQUESTS:
        crew = w.crews[w.people[p].crew]
        unit.d_left[r % REQUESTS - 1] *= crew.pace / crew.offers[w.requests[r].skill]
        unit.d_ready[r % REQUESTS - 1] = 1
        unit.upset = 1
    else:
        unit.stage = READY
        if w.stations[unit.station].interruptible:
            stir(w, unit.station)
    touch(w, r // REQUESTS)


@rare
def send_person(w: World, p: int, r: int) -> None:
    """Person p goes to answer request r."""
    withdraw(w, r)
    u = r // REQUESTS
    unit = w.units[u]
    person = w.people[p]
    crew = w.crews[person.crew]
    walk = walk_time(w, p, unit.machine)
    person.request = r
    crew.free -= 1
    if r % REQUESTS:
        unit.d_repairer[r % REQUESTS - 1] = p
        unit.upset = 1
    else:
        unit.attendant = p
        unit.skill = w.requests[r].skill
        unit.stage = COMING
    if w.logging and crew.on_foot and person.place != unit.machine:
        log_move(w, ON_FOOT, w.units_n + p, person.place, unit.machine, -1, w.now, w.now + walk)
    person.place = unit.machine
    person.walked += walk
    touch_person(w, p)
    touch(w, u)
    if walk > 0.0:
        person.version += 1
        person.due = w.now + walk
        push(w, person.due, E_WALKED, p, person.version)
    else:
        arrive(w, p)


def release_attendant(w: World, u: int) -> None:
    """Who attends the unit, if anybody, is free again."""
    unit = w.units[u]
    if unit.attendant >= 0:
        dismiss(w, unit.attendant)
        unit.attendant = -1
        unit.skill = -1


# --- clocks --------------------------------------------------------------------------------------


def stop_clock(w: World, u: int) -> None:
    """The phase stops here; what is left of it, and of the clocks that run with it, is kept."""
    unit = w.units[u]
    if unit.stage != RUNNING:
        return
    unit.stage = PAUSED
    unit.left = unit.due - w.now
    unit.version += 1
    if unit.leave_left >= 0.0:
        unit.leave_left = unit.leave_due - w.now
        unit.leave_version += 1
    if unit.clocks & (1 << BY_WORK):
        station = w.stations[unit.station]
        for k in range(station.disturbances):
            if station.d_clock[k] != BY_WORK or unit.d_active[k]:
                continue
            unit.d_left[k] = unit.d_due[k] - w.now
            if unit.d_runs[k]:
                unit.d_version[k] += 1
                unit.d_runs[k] = 0


@often
def run_clock(w: World, u: int) -> None:
    """The phase goes on: its end, or the failure by work that comes first."""
    unit = w.units[u]
    unit.stage = RUNNING
    unit.due = w.now + unit.left
    unit.version += 1
    push(w, unit.due, E_PHASE, u, unit.version)
    if unit.leave_left >= 0.0:
        unit.leave_due = w.now + unit.leave_left
        unit.leave_version += 1
        push(w, unit.leave_due, E_LEAVE, u, unit.leave_version)
    if unit.clocks & (1 << BY_WORK):
        station = w.stations[unit.station]
        for k in range(station.disturbances):
            if station.d_clock[k] != BY_WORK:
                continue
            unit.d_due[k] = w.now + unit.d_left[k]
            # At the same time the part is done, and the failure comes after that.
            if unit.d_left[k] < unit.left:
                unit.d_version[k] += 1
                unit.d_runs[k] = 1
                push(w, unit.d_due[k], E_FAIL, u * DISTURBANCES + k, unit.d_version[k])


@often
def start_phase(w: World, u: int) -> None:
    """The clock of a phase begins; its time is drawn here, once."""
    unit = w.units[u]
    unit.started = w.now
    unit.leave_left = -1.0
    part = w.parts[unit.part]
    if unit.simple:
        option = w.options[unit.option]
        unit.left = draw(
            w, option.run_dist, part_key(part.key, option.run_key, unit.visit), unit.part
        )
        unit.left *= w.stations[unit.station].pace
        if unit.resumes >= 0.0:
            unit.left = unit.resumes
    else:
        time_phase(w, u)
    run_clock(w, u)


@rare
def time_phase(w: World, u: int) -> None:
    """How long the unit's phase takes, and how much of it is attended (below 0: all) [s]."""
    unit = w.units[u]
    part = w.parts[unit.part]
    attended = -1.0
    if unit.phase == CHANGEOVER:
        time = unit.change
    else:
        phase = w.phases[unit.option * PHASES + unit.phase]
        attended = phase.attended
        if phase.dist >= 0:
            key = part_key(part.key, phase.time_key, unit.visit)
            time = draw(w, phase.dist, key, unit.part)
        else:
            time = w.transfer[phase.transfer * w.machines_n + unit.machine]
            if unit.attendant >= 0:
                w.people[unit.attendant].brought = 0
                sooner = -1.0
                if phase.exchanges > 0:
                    sooner = exchange_time(w, unit.attendant, u)
                if sooner >= 0.0:
                    w.people[unit.attendant].brought = 1
                    time = sooner
        if unit.phase == RUN:
            time *= w.stations[unit.station].pace
    if unit.attendant >= 0:
        crew = w.crews[w.people[unit.attendant].crew]
        pace = crew.pace / crew.offers[unit.skill]
        if attended < 0.0:
            time *= pace
        else:
            attended *= pace
    if unit.phase == RUN and unit.resumes >= 0.0:
        time = unit.resumes
    if unit.rest >= 0.0:  # it was going on already
        time = unit.rest
        attended = max(0.0, attended - (unit.rest_of - unit.rest)) if attended >= 0.0 else attended
        unit.rest = -1.0
    unit.left = time
    if unit.attendant >= 0 and attended >= 0.0 and attended < time:
        unit.leave_left = attended


@often
def set_clock(w: World, u: int) -> None:
    """Run what may run and stop what may not, after all that happened in this instant."""
    unit = w.units[u]
    if unit.bits & STOPS or (unit.attendant >= 0 and is_off_duty(w, unit.attendant)):
        stop_clock(w, u)
    elif unit.stage == READY:
        start_phase(w, u)
    elif unit.stage == PAUSED:
        run_clock(w, u)
    if unit.upset:
        unit.upset = 0
        set_disturbances(w, u)


@rare
def set_disturbances(w: World, u: int) -> None:
    """The clocks of repairs, and of failures by the calendar."""
    unit = w.units[u]
    station = w.stations[unit.station]
    for k in range(station.disturbances):
        if unit.d_active[k]:
            runs = not unit.bits & BIT_CLOSED and unit.d_ready[k]
            if runs and unit.d_repairer[k] >= 0:
                runs = not is_off_duty(w, unit.d_repairer[k])
            kind = E_REPAIRED
        elif station.d_clock[k] == BY_CALENDAR:
            runs = not unit.bits & BIT_CLOSED
            kind = E_FAIL
        else:
            continue
        if runs and not unit.d_runs[k]:
            unit.d_due[k] = w.now + unit.d_left[k]
            unit.d_version[k] += 1
            push(w, unit.d_due[k], kind, u * DISTURBANCES + k, unit.d_version[k])
        elif unit.d_runs[k] and not runs:
            unit.d_left[k] = unit.d_due[k] - w.now
            unit.d_version[k] += 1
        unit.d_runs[k] = 1 if runs else 0


# --- the life of a load on a unit ----------------------------------------------------------------


@often
def next_phase(w: World, u: int, k: int) -> None:
    """Begin the first phase from k on that happens; after the last one the load is finished."""
    unit = w.units[u]
    touch(w, u)
    if not unit.simple:
        choose_phase(w, u, next_present(w, u, k))
    elif k <= RUN:
        unit.phase = RUN
        unit.stage = READY
    else:
        finish(w, u)


def choose_phase(w: World, u: int, k: int) -> None:
    """Begin phase k of a step that is more than an unattended run; PHASES: none is left."""
    unit = w.units[u]
    if w.stations[unit.station].interruptible:
        stir(w, unit.station)  # who waits may take it over once it runs
    if k == PHASES:
        if unit.phase != EMPTY:
            finish(w, u)
        else:  # nothing at all happens on this visit: on it goes, after all moves
            unit.phase = HOLD
            w.passing[w.passing_n] = u
            w.passing_n += 1
        return
    unit.phase = k
    skill = w.stations[unit.station].change_skill
    if k != CHANGEOVER:
        skill = w.phases[unit.option * PHASES + k].skill
    if skill >= 0 and unit.attendant >= 0 and unit.skill == skill:
        unit.stage = READY
        return
    release_attendant(w, u)
    if skill >= 0:
        unit.stage = ASKED
        ask(w, REQUESTS * u, skill)
    else:
        unit.stage = READY


@rare
def next_present(w: World, u: int, k: int) -> int:
    """The first phase from k on that happens on this visit, or PHASES."""
    unit = w.units[u]
    part = w.parts[unit.part]
    while k < PHASES:
        if k == CHANGEOVER:
            if unit.change > 0.0:
                break
        elif unit.resumes < 0.0 or k >= RUN:  # an interrupted load is set up and loaded already
            phase = w.phases[unit.option * PHASES + k]
            if phase.present:
                if phase.chance >= 1.0:
                    break
                key = part_key(part.key, phase.chance_key, unit.visit)
                if uniform(key, 0) < phase.chance:
                    break
        k += 1
    return k


def count_work(w: World, u: int) -> None:
    """A phase is over: what is left until the unit's failures by work. One that is due at the very
    end lets the part be done, and strikes now."""
    unit = w.units[u]
    station = w.stations[unit.station]
    for k in range(station.disturbances):
        if station.d_clock[k] != BY_WORK or unit.d_active[k]:
            continue
        unit.d_left[k] = unit.d_due[k] - w.now
        if unit.d_runs[k] or unit.d_left[k] <= 0.0:
            unit.d_runs[k] = 0
            unit.d_version[k] += 1
            if unit.d_left[k] <= 0.0:
                push(w, w.now, E_FAIL, u * DISTURBANCES + k, unit.d_version[k])


def on_phase(w: World, u: int) -> None:
    """The unit's phase is over."""
    unit = w.units[u]
    if unit.clocks & (1 << BY_WORK):
        count_work(w, u)
    unit.stage = STILL
    if unit.simple:
        unit.resumes = -1.0
        touch(w, u)
        finish(w, u)
        return
    if unit.leave_left >= 0.0:
        unit.leave_left = unit.leave_due - w.now
        unit.leave_version += 1
    if unit.phase == RUN:
        unit.resumes = -1.0
    if unit.attendant >= 0 and unit.phase != CHANGEOVER:
        row = unit.option * PHASES + unit.phase
        if w.logging and w.phases[row].transfer >= 0:
            number = w.parts[unit.part].number
            carrier = w.units_n + unit.attendant
            kind = BY_EXCHANGE if w.people[unit.attendant].brought else BY_ARM
            log_move(w, kind, carrier, row, unit.machine, number, unit.started, w.now)
        if w.phases[row].transfer >= 0 and unit.phase == UNLOAD_PHASE:
            arm = w.people[unit.attendant]
            arm.fetched = row
            arm.fetched_unit = u
            arm.fetched_from = unit.started
            arm.fetched_at = w.now
        if w.phases[row].attended >= 0.0:
            release_attendant(w, u)
    next_phase(w, u, unit.phase + 1)


def finish(w: World, u: int) -> None:
    """The load is finished: its parts leave, or wait for room where they go next."""
    unit = w.units[u]
    station = w.stations[unit.station]
    unit.phase = HOLD
    unit.stage = STILL
    unit.finished += unit.load
    if not unit.simple:
        release_attendant(w, u)
        if unit.load > 1 or w.steps[w.options[unit.option].step].makes > 1:
            multiply(w, u)
    if unit.clocks & (1 << BY_CYCLES):
        count_cycle(w, u)
    if pass_on(w, u):
        return
    p = unit.part
    while p >= 0:
        after = w.parts[p].mate
        if w.logging:
            log_point(w, COUNT_DONE, u, w.parts[p].number)
        route(w, p)
        p = after
    if is_closed(w, station.calendar):
        unit.bits |= BIT_CLOSED
        upset(w, u)


@rare
def count_cycle(w: World, u: int) -> None:
    """The unit has worked one load more; what is due by that strikes."""
    unit = w.units[u]
    station = w.stations[unit.station]
    for k in range(station.disturbances):
        if station.d_clock[k] == BY_CYCLES and not unit.d_active[k]:
            unit.d_left[k] -= 1.0
            if unit.d_left[k] <= 0.0:
                unit.d_version[k] += 1
                push(w, w.now, E_FAIL, u * DISTURBANCES + k, unit.d_version[k])


@rare
def multiply(w: World, u: int) -> None:
    """Each part of the load becomes as many parts of the same order as its step makes."""
    unit = w.units[u]
    p = unit.part
    while p >= 0:
        part = w.parts[p]
        after = part.mate
        last = p
        for _ in range(w.steps[part.step].makes - 1):
            if w.free_part < 0 and w.parts_top == w.parts.shape[0]:
                w.fail = FULL
                return
            q = twin_of(w, p)
            twin = w.parts[q]
            twin.where = ON_UNIT
            twin.unit = u
            w.parts[last].mate = q
            twin.mate = after
            last = q
            unit.load += 1
        p = after


@rare
def twin_of(w: World, p: int) -> int:
    """One more part of the same order beside part p, which has seen what that has seen."""
    part = w.parts[p]
    q = new_part(w, part.order, part.product)
    twin = w.parts[q]
    w.orders[part.order].open += 1
    k = w.streams[w.orders[part.order].stream].stock
    if k >= 0:  # its stock waits for one piece more
        w.stocks[k].ordered += 1
    twin.step = part.step
    twin.option = part.option
    twin.machine = part.machine
    if w.products[part.product].loops:
        for i in range(w.products[part.product].steps):
            twin.visits[i] = part.visits[i]
        for i in range(w.products[part.product].counted):
            twin.taken[i] = part.taken[i]
    return q


@rare
def next_step(w: World, p: int) -> int:
    """The step, OUT or SCRAP that the part goes to after the step it has done."""
    part = w.parts[p]
    step = w.steps[part.step]
    if step.branches > 0:
        visit = 0
        if w.products[part.product].loops:
            visit = part.visits[step.local] - 1
        chance = uniform(part_key(part.key, step.key, visit), 0)
        for b in range(step.first_branch, step.first_branch + step.branches):
            branch = w.branches[b]
            if branch.code >= 0:
                if evaluate(w, branch.code, p) == 0.0:
                    continue
            elif chance >= branch.share:
                chance -= branch.share
                continue
            if branch.at_most < 0:
                return branch.target
            if part.taken[branch.counter] < branch.at_most:
                part.taken[branch.counter] += 1
                return branch.target
            break
    return step.next


def pass_on(w: World, u: int) -> bool:
    """The plain way of a finished part: straight into the queue of the one station that is next.

    Where nothing else happens now and nobody waits, this is what all moves would come to.
    """
    unit = w.units[u]
    p = unit.part
    part = w.parts[p]
    step = w.steps[part.step]
    s = step.glides_to
    if s < 0 or unit.load != 1 or part.held_tools > 0:
        return False
    if w.dirty_n | w.aside | w.passing_now | w.more:
        return False
    station = w.stations[s]
    if station.out_head >= 0 or station.queued + station.coming >= station.places:
        return False
    if is_closed(w, w.stations[unit.station].calendar):
        return False
    if w.logging:
        what = COUNT_DONE
        if not stands_at(w, unit.machine, s):
            what = HANDED_ON + station.carry_to
        log_point(w, what, u, part.number)
    part.step = step.next
    part.option = w.steps[step.next].first_option
    detach(w, p)
    enter(w, p, s)
    if station.empties > 0 or station.interruptible:
        stir(w, s)
    return True


@rare
def route(w: World, p: int) -> None:
    """Part p has done its step, on a unit or in a delay: where it goes."""
    part = w.parts[p]
    step = w.steps[part.step]
    if part.held_tools > 0:
        for k in range(step.first_return, step.first_return + step.returns):
            give_back(w, p, w.needs[k].stock)
    target = next_step(w, p)
    u = part.unit
    if target >= 0:
        if u >= 0 and w.steps[target].local <= step.local:
            w.units[u].reworked += 1
            if w.logging:
                log_point(w, COUNT_REWORK, u, part.number)
        go_to(w, p, target)
    elif target == SCRAP:
        if u >= 0:
            w.units[u].scrapped += 1
            if w.logging:
                log_point(w, COUNT_SCRAP, u, part.number)
        detach(w, p)
        scrap(w, p)
    elif w.products[part.product].into >= 0:
        wait_for_stock(w, p, w.products[part.product].into)
    else:
        detach(w, p)
        leave(w, p)


def detach(w: World, p: int) -> None:
    """Part p is on no unit any more; the last one of a load leaves the unit empty."""
    part = w.parts[p]
    u = part.unit
    if u < 0:
        return
    unit = w.units[u]
    part.unit = -1
    part.machine = unit.machine
    unit.load -= 1
    if unit.load == 0:
        empty(w, u)
        return
    if unit.part == p:
        unit.part = part.mate
    else:
        q = unit.part
        while w.parts[q].mate != p:
            q = w.parts[q].mate
        w.parts[q].mate = part.mate
    touch(w, u)


def empty(w: World, u: int) -> None:
    """The unit has no part any more and may take another."""
    unit = w.units[u]
    release_attendant(w, u)
    unit.part = -1
    unit.load = 0
    unit.phase = EMPTY
    unit.stage = STILL
    unit.resumes = -1.0
    unit.emptied = w.now
    if is_closed(w, w.stations[unit.station].calendar):
        unit.bits |= BIT_CLOSED  # also where what it was to finish is scrapped
        unit.upset = 1
    w.stations[unit.station].empties += 1
    stir(w, unit.station)
    touch(w, u)


# --- places --------------------------------------------------------------------------------------


def go_to(w: World, p: int, target: int) -> None:
    """Part p goes to step `target`: it waits outside its station, or its delay begins."""
    part = w.parts[p]
    step = w.steps[target]
    part.step = target
    if step.options == 0:
        detach(w, p)
        part.option = -1
        visit = 0
        if w.products[part.product].loops:
            visit = part.visits[step.local]
            part.visits[step.local] += 1
        key = part_key(part.key, step.delay_key, visit)
        travel_for(w, p, draw(w, step.delay, key, p))
        return
    part.option = step.first_option
    if step.options > 1:  # decided when all that ends now has ended
        part.where = UNDECIDED
        part.held = w.now
        w.aside = 1
        w.undecided_head, w.undecided_tail = insert_outside(
            w, p, w.undecided_head, w.undecided_tail
        )
        return
    come_to(w, p)


@rare
def decide(w: World) -> None:
    """Each part that several stations can take goes to one of them, by number."""
    while w.undecided_head >= 0:
        p = w.undecided_head
        w.undecided_head, w.undecided_tail = remove_outside(
            w, p, w.undecided_head, w.undecided_tail
        )
        step = w.steps[w.parts[p].step]
        w.parts[p].option = choose_option(w, step.first_option, step.options, step.shortest)
        come_to(w, p)


def come_to(w: World, p: int) -> None:
    """Part p wants to get to the station of its option."""
    part = w.parts[p]
    s = w.options[part.option].station
    station = w.stations[s]
    if part.unit < 0 and part.machine < 0 and station.capacity < 0 and station.travel < 0:
        enter(w, p, s)  # there is always room, and nobody to be kept waiting
        stir(w, s)
        return
    part.where = OUTSIDE
    part.held = w.now
    station.outside += 1
    w.stations[s].out_head, w.stations[s].out_tail = insert_outside(
        w, p, station.out_head, station.out_tail
    )
    stir(w, s)


def insert_outside(w: World, p: int, head: int, tail: int) -> tuple[int, int]:
    """Put part p into a list of those who wait outside, by time and number; its head and tail."""
    part = w.parts[p]
    after = tail
    while after >= 0:
        other = w.parts[after]
        if other.held < part.held or (other.held == part.held and other.number < part.number):
            break
        after = other.prev
    part.prev = after
    if after >= 0:
        part.next = w.parts[after].next
        w.parts[after].next = p
    else:
        part.next = head
        head = p
    if part.next >= 0:
        w.parts[part.next].prev = p
    else:
        tail = p
    return head, tail


def remove_outside(w: World, p: int, head: int, tail: int) -> tuple[int, int]:
    """Take part p out of a list; its head and tail."""
    part = w.parts[p]
    if part.prev >= 0:
        w.parts[part.prev].next = part.next
    else:
        head = part.next
    if part.next >= 0:
        w.parts[part.next].prev = part.prev
    else:
        tail = part.prev
    return head, tail


@rare
def choose_option(w: World, first: int, options: int, shortest: int) -> int:
    """The station, as a row of options, that a part goes to where several can do its step."""
    if not shortest:
        for k in range(first, first + options):
            s = w.options[k].station
            station = w.stations[s]
            if station.queued + station.coming == 0 and station.out_head < 0:
                if idle_unit(w, s) >= 0:
                    return k
    best = -1
    fewest = math.inf
    for k in range(first, first + options):
        station = w.stations[w.options[k].station]
        there = station.queued + station.coming + station.outside
        for u in range(station.first, station.first + station.units):
            there += w.units[u].load + (1 if w.units[u].reserved >= 0 else 0)
        if there / station.units < fewest:
            fewest = there / station.units
            best = k
    return best


@rare
def travel_for(w: World, p: int, time: float) -> None:
    """Part p is under way for a time [s]."""
    part = w.parts[p]
    part.where = UNDER_WAY
    part.version += 1
    part.due = w.now + time
    push(w, part.due, E_TRIP, p, part.version)


@rare
def on_trip(w: World, p: int) -> None:
    """Part p has arrived, or its delay is over."""
    if w.parts[p].option < 0:
        step = w.parts[p].step
        for _ in range(w.steps[step].makes - 1):
            if w.free_part < 0 and w.parts_top == w.parts.shape[0]:
                w.fail = FULL
                return
            route(w, twin_of(w, p))
        route(w, p)
    else:
        arrive_part(w, p)


@rare
def arrive_part(w: World, p: int) -> None:
    """Part p is at the station of its step: at the unit that has it reserved, or in the queue."""
    part = w.parts[p]
    s = w.options[part.option].station
    if part.unit >= 0:
        part.where = QUEUED
        part.entered = w.now
        part.next = -1
        w.units[part.unit].reserved_here = 1
        stir(w, s)
        watch_waiting(w, p, s)
    else:
        w.stations[s].coming -= 1
        enter(w, p, s)
        stir(w, s)


def enter(w: World, p: int, s: int) -> None:
    """Part p waits at station s from now on, where the station's rule puts it."""
    part = w.parts[p]
    station = w.stations[s]
    part.where = QUEUED
    if part.left < 0.0:
        part.entered = w.now
    part.rank = 0.0
    if station.ranked:
        part.rank = rank_of(w, p, station.rule)
    after = station.tail
    while after >= 0 and is_before(w, p, after, station.by_number):
        after = w.parts[after].prev
    part.prev = after
    if after >= 0:
        part.next = w.parts[after].next
        w.parts[after].next = p
    else:
        part.next = station.head
        station.head = p
    if part.next >= 0:
        w.parts[part.next].prev = p
    else:
        station.tail = p
    station.queued += 1
    if w.steps[part.step].watched and part.left < 0.0:
        watch_waiting(w, p, s)


@rare
def watch_waiting(w: World, p: int, s: int) -> None:
    """How long part p waits at station s before its batch starts with fewer, or it is scrapped."""
    part = w.parts[p]
    if w.stations[s].batch_wait >= 0.0:
        push(w, part.entered + w.stations[s].batch_wait, E_WAITED, p, part.version)
    if w.steps[part.step].spoils >= 0.0:
        push(w, part.entered + w.steps[part.step].spoils, E_SPOILT, p, part.version)


def is_before(w: World, p: int, q: int, by_number: int) -> bool:
    """Whether part p comes before q in a queue."""
    a = w.parts[p]
    b = w.parts[q]
    if a.rank != b.rank:
        return a.rank < b.rank
    if a.entered != b.entered and not by_number:
        return a.entered < b.entered
    return a.number < b.number


@rare
def rank_of(w: World, p: int, rule: int) -> float:
    """What orders the queue by a rule; the smaller, the earlier."""
    part = w.parts[p]
    order = w.orders[part.order]
    if rule == FIFO:
        return part.entered
    if rule == LIFO:
        return -part.entered
    if rule == PRIORITY:
        return part.priority
    if rule == EDD:
        return math.inf if math.isnan(order.due) else order.due
    if rule == MOST_WORK:
        return -work_left(w, p)
    if rule == LEAST_WORK:
        return work_left(w, p)
    if rule == CRITICAL_RATIO or rule == SAME_SETUP:
        return 0.0  # asked when a unit is free
    time = run_time(w, p, part.option)
    if rule == SPT:
        return time
    if rule == LPT:
        return -time
    return -math.inf if time <= 0.0 else -part.weight / time


@rare
def run_time(w: World, p: int, option: int) -> float:
    """The piece's own run time [s] at an option of a step."""
    part = w.parts[p]
    row = w.options[option]
    if row.run_dist < 0:
        return 0.0
    if part.left >= 0.0 and option == part.option:
        return part.left
    local = w.steps[row.step].local
    visit = part.visits[local] if w.products[part.product].loops else 0
    phase = w.phases[option * PHASES + RUN]
    if phase.chance < 1.0:
        if uniform(part_key(part.key, phase.chance_key, visit), 0) >= phase.chance:
            return 0.0
    return draw(w, row.run_dist, part_key(part.key, row.run_key, visit), p)


@rare
def work_left(w: World, p: int) -> float:
    """The piece's run times [s] from its step on, along the route."""
    part = w.parts[p]
    total = run_time(w, p, part.option)
    step = w.steps[part.step].next
    while step >= 0:
        if w.steps[step].options > 0:
            total += run_time(w, p, w.steps[step].first_option)
        step = w.steps[step].next
    return total


def leave_queue(w: World, p: int, s: int) -> None:
    """Part p waits at station s no longer; its place is free."""
    part = w.parts[p]
    station = w.stations[s]
    if part.prev >= 0:
        w.parts[part.prev].next = part.next
    else:
        station.head = part.next
    if part.next >= 0:
        w.parts[part.next].prev = part.prev
    else:
        station.tail = part.prev
    station.queued -= 1
    part.version += 1


def idle_unit(w: World, s: int) -> int:
    """The station's first unit that may take a part, those that are up first, or -1."""
    station = w.stations[s]
    if station.empties == 0:
        return -1
    best = -1
    for u in range(station.first, station.first + station.units):
        unit = w.units[u]
        if unit.phase == EMPTY and unit.reserved < 0:
            if unit.bits == 0:
                return u
            if best < 0 and not unit.bits & (BIT_CLOSED | BIT_NO_LOAD):
                best = u
    return best


@rare
def reserving_unit(w: World, s: int) -> int:
    """The station's first unit whose reserved part is there and may be taken, or -1."""
    station = w.stations[s]
    for u in range(station.first, station.first + station.units):
        unit = w.units[u]
        if unit.reserved_here and unit.phase == EMPTY:
            if not unit.bits & (BIT_CLOSED | BIT_NO_LOAD):
                if station.plain or set_size(w, u, s, unit.reserved) > 0:
                    return u
    return -1


def has_room(w: World, s: int, p: int) -> bool:
    """Whether station s can take part p: a waiting place, or without places a unit.

    A part that comes back to its own station makes room there the moment it is handed over.
    """
    station = w.stations[s]
    if station.capacity < 0:
        return True
    room = station.capacity - station.queued - station.coming
    u = w.parts[p].unit
    if u >= 0 and w.units[u].station == s and w.units[u].load == 1 and w.units[u].bits == 0:
        room += 1
    if room > 0 or station.capacity > 0:
        return room > 0
    for k in range(station.first, station.first + station.units):
        unit = w.units[k]
        if unit.phase == EMPTY and unit.reserved < 0:
            if not unit.bits & (BIT_CLOSED | BIT_NO_LOAD):
                room += 1
    return room > 0


def may_unload(w: World, p: int) -> bool:
    """Whether the machine that holds part p, if any, lets it go."""
    u = w.parts[p].unit
    return u < 0 or not w.units[u].bits & (BIT_CLOSED | BIT_NO_UNLOAD)


def stands_at(w: World, machine: int, s: int) -> bool:
    """Whether a machine is one of the station's."""
    station = w.stations[s]
    for k in range(station.first, station.first + station.units):
        if w.units[k].machine == machine:
            return True
    return False


@rare
def hand_over(w: World, p: int, s: int) -> None:
    """Part p, waiting outside, comes to station s, where there is room."""
    part = w.parts[p]
    station = w.stations[s]
    station.out_head, station.out_tail = remove_outside(w, p, station.out_head, station.out_tail)
    station.outside -= 1
    u = part.unit
    origin = w.units[u].machine if u >= 0 else part.machine  # after a delay: where it was last
    home = (u >= 0 and w.units[u].station == s) or stands_at(w, origin, s)
    if station.fleet >= 0 and u >= 0 and not home:
        part.goal = -1
        if station.capacity == 0:
            part.goal = idle_unit(w, s)
            w.units[part.goal].reserved = p
        else:
            station.coming += 1
        call_vehicle(w, p, station.fleet)
        return
    detach(w, p)
    travel = 0.0
    if origin >= 0 and not home:
        travel = w.carry[origin * w.stations_n + s]
        if travel > 0.0:
            w.carries += 1
            w.carried += travel
        if w.logging:
            number = part.number
            log_move(w, BY_HAND, -1, origin, station.carry_to, number, w.now, w.now + travel)
    if station.travel >= 0:
        visit = 0
        if w.products[part.product].loops:
            visit = part.visits[w.steps[part.step].local]
        key = part_key(part.key, station.travel_key, visit)
        travel += draw(w, station.travel, key, p)
    if station.capacity == 0:
        part.unit = idle_unit(w, s)
        w.units[part.unit].reserved = p
    elif travel <= 0.0:
        enter(w, p, s)
        return
    else:
        station.coming += 1
    if travel > 0.0:
        travel_for(w, p, travel)
    else:
        arrive_part(w, p)


# --- sets ----------------------------------------------------------------------------------------


def take(w: World, u: int, p: int, n: int) -> None:
    """Part p and n - 1 mates, linked, are on unit u from now on; nobody waits for them any more."""
    unit = w.units[u]
    station = w.stations[unit.station]
    part = w.parts[p]
    step = w.steps[part.step]
    unit.part = p
    unit.load = n
    unit.option = part.option
    unit.visit = 0
    station.empties -= 1
    unit.loads += 1
    unit.parts_taken += n
    seize(w, u, p)
    if n > 1 or step.special:
        take_more(w, u, p)
    unit.change = 0.0
    if station.changes:
        unit.change = changeover(w, u, p)
    unit.resumes = part.left
    part.left = -1.0
    unit.simple = 0
    if n == 1 and unit.change <= 0.0:
        unit.simple = w.options[part.option].simple
    next_phase(w, u, CHANGEOVER)


@often
def seize(w: World, u: int, p: int) -> None:
    """Part p is on unit u from now on."""
    part = w.parts[p]
    part.where = ON_UNIT
    part.unit = u
    w.stations[w.units[u].station].waited += w.now - part.entered
    if part.fresh:
        part.fresh = 0
        if math.isnan(w.orders[part.order].start):
            w.orders[part.order].start = w.now


@rare
def take_more(w: World, u: int, p: int) -> None:
    """The mates of part p are on unit u, too; their visits count, and what they need is taken."""
    step = w.steps[w.parts[p].step]
    if step.loops:
        w.units[u].visit = w.parts[p].visits[step.local]
    q = p
    while q >= 0:
        mate = w.parts[q]
        if q != p:
            seize(w, u, q)
        if w.steps[mate.step].loops:
            mate.visits[w.steps[mate.step].local] += 1
        q = mate.mate
    consume(w, p)


@rare
def consume(w: World, p: int) -> None:
    """What the steps of part p and its mates need is taken from stock, and their tools."""
    while p >= 0:
        mate = w.parts[p]
        step = w.steps[mate.step]
        if mate.left < 0.0:
            for k in range(step.first_need, step.first_need + step.needs):
                change_level(w, w.needs[k].stock, -w.needs[k].pieces)
            for k in range(step.first_take, step.first_take + step.takes):
                hold(w, p, w.needs[k].stock, lacking(w, p, k))
                if w.fail:
                    return
        p = mate.mate


@rare
def hold(w: World, p: int, stock: int, pieces: int) -> None:
    """Part p holds so many more tools of a kind."""
    part = w.parts[p]
    if pieces == 0:
        return
    change_level(w, stock, -pieces)
    for k in range(part.held_tools):
        if part.tool[k] == stock:
            part.tools[k] += pieces
            return
    if part.held_tools == HOLDS:
        w.fail = FULL
        return
    part.tool[part.held_tools] = stock
    part.tools[part.held_tools] = pieces
    part.held_tools += 1


@rare
def lacking(w: World, p: int, need: int) -> int:
    """How many tools part p lacks of what a step takes."""
    part = w.parts[p]
    for k in range(part.held_tools):
        if part.tool[k] == w.needs[need].stock:
            return max(0, w.needs[need].pieces - part.tools[k])
    return w.needs[need].pieces


@rare
def give_back(w: World, p: int, stock: int) -> None:
    """Part p returns the tools of one kind, or (below 0) all that it holds."""
    part = w.parts[p]
    kept = 0
    for k in range(part.held_tools):
        if stock < 0 or part.tool[k] == stock:
            change_level(w, part.tool[k], part.tools[k])
        else:
            part.tool[kept] = part.tool[k]
            part.tools[kept] = part.tools[k]
            kept += 1
    part.held_tools = kept


@rare
def changeover_time(w: World, u: int, p: int) -> float:
    """What the unit needs before part p, after what it worked last [s]."""
    unit = w.units[u]
    station = w.stations[unit.station]
    family = w.products[w.parts[p].product].family
    time = 0.0
    if unit.family < 0:
        if station.first_change >= 0:
            time = w.changeover[station.first_change + family]
    else:
        said = -1.0
        if station.matrix >= 0:
            said = w.changeover[station.matrix + unit.family * w.families_n + family]
        if said >= 0.0:
            time = said
        elif family != unit.family and station.on_change >= 0:
            key = key_of(w.seed, unit.name_key, KEY_CHANGEOVER, unit.changeovers)
            time = draw(w, station.on_change, key, p)
    if station.after_idle >= 0 and w.now > unit.emptied:
        key = key_of(w.seed, unit.name_key, KEY_AFTER_IDLE, unit.changeovers)
        time = max(time, draw(w, station.after_idle, key, p))
    return time


@rare
def changeover(w: World, u: int, p: int) -> float:
    """The changeover before part p [s]; the unit is set up for its family."""
    unit = w.units[u]
    time = changeover_time(w, u, p)
    if time > 0.0:
        unit.changeovers += 1
    unit.family = w.products[w.parts[p].product].family
    return time


@rare
def fits_in_batch(w: World, s: int, p: int, q: int) -> bool:
    """Whether part q may be worked together with part p."""
    station = w.stations[s]
    a = w.parts[p]
    b = w.parts[q]
    same = station.batch_same
    if b.left >= 0.0:  # an interrupted part goes on alone
        return False
    if same == SAME_PRODUCT:
        return a.product == b.product
    if same == SAME_FAMILY:
        return w.products[a.product].family == w.products[b.product].family
    if same == SAME_ORDER:
        return a.order == b.order
    if same == SAME_FORMULA:
        x = evaluate(w, station.batch_code, p)
        return x == evaluate(w, station.batch_code, q)
    return True


@rare
def suffices(w: World, step: int) -> bool:
    """Whether stock and tools suffice for a new part at a step."""
    row = w.steps[step]
    for k in range(row.first_need, row.first_need + row.needs):
        if w.stocks[w.needs[k].stock].level < w.needs[k].pieces:
            return False
    for k in range(row.first_take, row.first_take + row.takes):
        if w.stocks[w.needs[k].stock].level < w.needs[k].pieces:
            return False
    return True


@rare
def claim(w: World, p: int) -> bool:
    """Set aside what part p needs from stock and which tools; False if there is not enough."""
    part = w.parts[p]
    if part.left >= 0.0:  # interrupted: it has all it needs
        return True
    step = w.steps[part.step]
    needs = step.first_need + step.needs
    takes = step.first_take + step.takes
    for k in range(step.first_need, needs):
        stock = w.stocks[w.needs[k].stock]
        if stock.level - stock.claimed < w.needs[k].pieces:
            return False
    for k in range(step.first_take, takes):
        stock = w.stocks[w.needs[k].stock]
        if stock.level - stock.claimed < lacking(w, p, k):
            return False
    for k in range(step.first_need, needs):
        w.stocks[w.needs[k].stock].claimed += w.needs[k].pieces
    for k in range(step.first_take, takes):
        w.stocks[w.needs[k].stock].claimed += lacking(w, p, k)
    return True


@rare
def unclaim(w: World, p: int) -> None:
    """What was set aside for part p and its mates is free again."""
    while p >= 0:
        part = w.parts[p]
        step = w.steps[part.step]
        for k in range(step.first_need, step.first_need + step.needs):
            w.stocks[w.needs[k].stock].claimed = 0
        for k in range(step.first_take, step.first_take + step.takes):
            w.stocks[w.needs[k].stock].claimed = 0
        p = part.mate


@rare
def set_size(w: World, u: int, s: int, p: int) -> int:
    """How many parts unit u would take with part p as the first, linked as its mates; 0 if its set
    is not complete."""
    station = w.stations[s]
    part = w.parts[p]
    part.mate = -1
    if not claim(w, p):
        return 0
    n = 1
    last = p
    waits_since = part.entered
    q = part.next if part.left < 0.0 else -1
    while q >= 0 and n < station.batch_max:
        if fits_in_batch(w, s, p, q) and claim(w, q):
            w.parts[last].mate = q
            w.parts[q].mate = -1
            last = q
            n += 1
            waits_since = min(waits_since, w.parts[q].entered)
        q = w.parts[q].next
    unclaim(w, p)
    if n < station.batch_min and part.left < 0.0:
        if station.batch_wait < 0.0 or w.now < waits_since + station.batch_wait:
            return 0
    c = station.calendar
    if c >= 0 and w.calendars[c].at_close == FIT:
        if w.now + load_time(w, u, p) > w.calendars[c].due:
            return 0
    return n


@rare
def load_time(w: World, u: int, p: int) -> float:
    """How long unit u would be busy with part p, if everybody came at once [s]."""
    part = w.parts[p]
    unit = w.units[u]
    station = w.stations[unit.station]
    total = 0.0
    if station.changes:
        total = changeover_time(w, u, p)
    visit = 0
    if w.products[part.product].loops:
        visit = part.visits[w.steps[part.step].local]
    first = SETUP_PHASE
    if part.left >= 0.0:  # interrupted in its run
        total += part.left
        first = RUN + 1
    for k in range(first, PHASES):
        phase = w.phases[part.option * PHASES + k]
        if not phase.present:
            continue
        key = part_key(part.key, phase.chance_key, visit)
        if phase.chance < 1.0 and uniform(key, 0) >= phase.chance:
            continue
        if phase.dist >= 0:
            time = draw(w, phase.dist, part_key(part.key, phase.time_key, visit), p)
        else:
            time = w.transfer[phase.transfer * w.machines_n + unit.machine]
        total += time * station.pace if k == RUN else time
    return total


@rare
def first_complete(w: World, u: int, s: int) -> int:
    """The first part, by the station's rule, whose set is complete, or -1."""
    station = w.stations[s]
    if station.rule == CRITICAL_RATIO or station.rule == SAME_SETUP:
        sort_queue(w, u, s)
    p = station.head
    while p >= 0 and set_size(w, u, s, p) == 0:
        p = w.parts[p].next
    return p


@rare
def sort_queue(w: World, u: int, s: int) -> None:
    """Put the queue into the order of a rule that looks at the moment, or at the unit that asks."""
    station = w.stations[s]
    by_number = station.by_number and station.rule != SAME_SETUP  # that one falls back on fifo
    p = station.head
    while p >= 0:
        part = w.parts[p]
        after = part.next
        part.rank = rank_now(w, u, p, station.rule)
        before = part.prev
        if before >= 0 and is_before(w, p, before, by_number):
            w.parts[before].next = after
            if after >= 0:
                w.parts[after].prev = before
            else:
                station.tail = before
            while before >= 0 and is_before(w, p, before, by_number):
                before = w.parts[before].prev
            part.prev = before
            if before >= 0:
                part.next = w.parts[before].next
                w.parts[before].next = p
            else:
                part.next = station.head
                station.head = p
            w.parts[part.next].prev = p
        p = after


@rare
def rank_now(w: World, u: int, p: int, rule: int) -> float:
    """What orders the queue before unit u at this moment."""
    part = w.parts[p]
    if rule == SAME_SETUP:
        family = w.units[u].family
        return 1.0 if family >= 0 and w.products[part.product].family != family else 0.0
    due = w.orders[part.order].due
    if math.isnan(due):
        return math.inf
    work = work_left(w, p)
    return (due - w.now) / work if work > 0.0 else math.copysign(math.inf, due - w.now)


@rare
def take_set(w: World, u: int, s: int) -> bool:
    """Unit u takes the first complete set that waits at station s; whether there is one."""
    p = first_complete(w, u, s)
    if p < 0:
        return False
    n = set_size(w, u, s, p)
    q = p
    while q >= 0:
        leave_queue(w, q, s)
        q = w.parts[q].mate
    take(w, u, p, n)
    return True


@rare
def interrupt(w: World, s: int) -> bool:
    """The most urgent part whose set is complete takes over the unit with the least urgent one."""
    station = w.stations[s]
    if is_closed(w, station.calendar):
        return False
    best = -1
    least = -math.inf
    for u in range(station.first, station.first + station.units):
        unit = w.units[u]
        if unit.phase == RUN and unit.stage >= READY and not unit.bits & STOPS:
            if w.parts[unit.part].priority >= least:
                best = u
                least = w.parts[unit.part].priority
    p = station.head
    while p >= 0 and best >= 0 and w.parts[p].priority < least:
        if set_size(w, best, s, p) > 0:
            break
        p = w.parts[p].next
    if p < 0 or best < 0 or w.parts[p].priority >= least:
        return False
    unit = w.units[best]
    if unit.stage == READY:
        start_phase(w, best)  # it has all of its run left
    stop_clock(w, best)
    q = unit.part
    other = w.parts[q]
    other.left = unit.left
    if w.products[other.product].loops:
        other.visits[w.steps[other.step].local] -= 1
    other.unit = -1
    empty(w, best)
    leave_queue(w, p, s)
    enter(w, q, s)
    w.parts[p].mate = -1
    take(w, best, p, 1)
    return True


# --- moves ---------------------------------------------------------------------------------------


@often
def move_at(w: World, s: int) -> None:
    """All moves that are possible at station s: those outside come in, then a set to a unit."""
    station = w.stations[s]
    while True:
        p = station.out_head
        while p >= 0 and has_room(w, s, p):
            after = w.parts[p].next
            if may_unload(w, p):
                hand_over(w, p, s)
            p = after
        if station.capacity == 0:
            u = reserving_unit(w, s)
            if u >= 0:
                unit = w.units[u]
                p = unit.reserved
                unit.reserved = -1
                unit.reserved_here = 0
                w.parts[p].mate = -1
                w.parts[p].version += 1
                take(w, u, p, 1)
                continue
        if station.head < 0 and station.sources < 0:
            break
        u = idle_unit(w, s)
        if u < 0:
            if station.interruptible and station.head >= 0 and interrupt(w, s):
                continue
            break
        if station.plain and station.head >= 0:
            p = station.head
            leave_queue(w, p, s)
            w.parts[p].mate = -1
            take(w, u, p, 1)
            if not (station.empties or station.interruptible) and station.out_head < 0:
                break
        elif station.head < 0 or not take_set(w, u, s):
            if station.sources < 0 or not draw_from_source(w, u, s):
                break
    if station.turn_away and station.out_head >= 0:
        w.losers = 1


@rare
def turn_away(w: World) -> None:
    """At the fixpoint of moves, whoever finds no room and may be sent away is lost."""
    w.losers = 0
    for s in range(w.stations_n):
        station = w.stations[s]
        if not station.turn_away:
            continue
        p = station.out_head
        while p >= 0:
            after = w.parts[p].next
            if may_unload(w, p):
                station.out_head, station.out_tail = remove_outside(
                    w, p, station.out_head, station.out_tail
                )
                station.outside -= 1
                detach(w, p)
                station.lost += 1
                w.lost += 1
                lose(w, p, ORDER_LOST)
            p = after


@rare
def look_aside(w: World) -> bool:
    """What comes before the moves at a station: finished parts go into their stocks, then new ones
    come, then the undecided are sent; whether stocks were settled after that."""
    w.aside = 0
    if w.stocks_dirty > 0:
        fill_stocks(w)
    if w.back_head >= 0:
        bring_back(w)
    if w.undecided_head >= 0:
        decide(w)
    if w.stocks_dirty == 0:
        return False
    settle_stocks(w)
    return True


@often
def moves(w: World) -> None:
    """All moves of this instant, the furthest station of the flow first."""
    while True:
        if w.aside and look_aside(w):
            continue
        if w.dirty_n > 0:
            s = w.dirty_top
            while not w.stations[s].dirty:
                s -= 1
            w.dirty_top = s
            w.stations[s].dirty = 0
            w.dirty_n -= 1
            move_at(w, s)
        else:
            if not w.losers:
                w.dirty_top = -1
                return
            turn_away(w)


# --- stock ---------------------------------------------------------------------------------------


@rare
def book_stock(w: World, k: int) -> None:
    """Close what lasted until now of the stock's level and of what it owes."""
    stock = w.stocks[k]
    stock.level_area += stock.level * (w.now - stock.since)
    stock.owed_area += stock.owed * (w.now - stock.since)
    stock.since = w.now


@rare
def change_level(w: World, k: int, change: int) -> None:
    """There are `change` pieces more in the stock."""
    book_stock(w, k)
    w.stocks[k].level += change
    stir_stock(w, k)


@rare
def serve_waiting(w: World, k: int) -> None:
    """Orders that wait for the stock take from it, the first one first."""
    stock = w.stocks[k]
    while stock.wait_head >= 0:
        o = stock.wait_head
        pieces = w.orders[o].open
        if stock.level < pieces:
            return
        book_stock(w, k)
        stock.level -= pieces
        stock.owed -= pieces
        stock.wait_head = w.orders[o].next
        if stock.wait_head < 0:
            stock.wait_tail = -1
        end_order(w, o, ORDER_DONE)


@rare
def demand(w: World, k: int, o: int) -> None:
    """Order o asks stock k for its pieces."""
    stock = w.stocks[k]
    pieces = w.orders[o].open
    stock.demands += 1
    if stock.wait_head < 0 and stock.level >= pieces:
        stock.filled += 1
        change_level(w, k, -pieces)
        end_order(w, o, ORDER_DONE)
    elif stock.loses:
        stock.turned_away += 1
        end_order(w, o, ORDER_LOST)
    else:
        book_stock(w, k)
        stock.owed += pieces
        w.orders[o].next = -1
        if stock.wait_tail >= 0:
            w.orders[stock.wait_tail].next = o
        else:
            stock.wait_head = o
        stock.wait_tail = o
        stir_stock(w, k)


@rare
def refill(w: World, k: int) -> None:
    """Order what brings the position back."""
    stock = w.stocks[k]
    if stock.supplier < 0 and stock.maker < 0:
        return
    position = stock.level + stock.ordered - stock.owed
    while position <= stock.at:
        pieces = stock.lot if stock.lot > 0 else stock.up_to - position
        stock.ordered += pieces
        stock.lots += 1
        position += pieces
        if stock.maker >= 0:
            release(w, stock.maker, pieces)
            continue
        row = w.free_delivery
        if row >= 0:
            w.free_delivery = w.deliveries[row].next
        elif w.deliveries_top < DELIVERIES:
            row = w.deliveries_top
            w.deliveries_top += 1
        else:
            w.fail = FULL
            return
        delivery = w.deliveries[row]
        delivery.stock = k
        delivery.pieces = pieces
        key = key_of(w.seed, stock.key, KEY_DELIVERY, stock.deliveries)
        stock.deliveries += 1
        delivery.due = w.now + draw(w, stock.supplier, key, -1)
        push(w, delivery.due, E_DELIVERY, row, 0)


@rare
def on_delivery(w: World, row: int) -> None:
    """A supplier's lot is there."""
    delivery = w.deliveries[row]
    k = delivery.stock
    w.stocks[k].ordered -= delivery.pieces
    change_level(w, k, delivery.pieces)
    delivery.stock = -1
    delivery.next = w.free_delivery
    w.free_delivery = row
    serve_waiting(w, k)


@rare
def wait_for_stock(w: World, p: int, k: int) -> None:
    """The finished part p waits until stock k has room."""
    part = w.parts[p]
    stock = w.stocks[k]
    part.where = OUTSIDE
    part.option = -1
    part.held = w.now
    stock.out_head, stock.out_tail = insert_outside(w, p, stock.out_head, stock.out_tail)
    stir_stock(w, k)


@rare
def let_in(w: World, k: int) -> None:
    """Finished parts go into stock k while it has room; those of this instant leave as others do
    that leave the plant, without their machine having to hand over."""
    stock = w.stocks[k]
    p = stock.out_head
    while p >= 0 and (stock.capacity < 0 or stock.level < stock.capacity):
        after = w.parts[p].next
        if may_unload(w, p) or w.parts[p].held == w.now:
            stock.out_head, stock.out_tail = remove_outside(w, p, stock.out_head, stock.out_tail)
            detach(w, p)
            book_stock(w, k)
            stock.level += 1
            if w.orders[w.parts[p].order].stream == stock.maker:
                stock.ordered -= 1
            leave(w, p)
            serve_waiting(w, k)
        p = after


@rare
def fill_stocks(w: World) -> None:
    """What is finished goes into the stocks, before anything new is made or decided."""
    for k in range(w.stocks_n):
        if w.stocks[k].dirty:
            let_in(w, k)


@rare
def settle_stocks(w: World) -> None:
    """What waits for stock is served, what waits before it comes in, what it lacks is ordered."""
    for k in range(w.stocks_n):
        stock = w.stocks[k]
        if not stock.dirty:
            continue
        stock.dirty = 0
        w.stocks_dirty -= 1
        serve_waiting(w, k)
        let_in(w, k)
        refill(w, k)
        for i in range(stock.first_user, stock.first_user + stock.users):
            stir(w, w.users[i])


# --- orders and parts ----------------------------------------------------------------------------


@rare
def wanted_product(w: World, k: int, number: int) -> int:
    """The product of order `number` of stream k; of several lines the first."""
    stream = w.streams[k]
    if stream.want == ONE:
        return stream.product
    if stream.want == SEQUENCE:
        return w.wants[stream.first_want + number % stream.wants].product
    row = stream.first_want
    if stream.want == MIX:
        chance = uniform(key_of(w.seed, stream.key, KEY_WANT, number), 0)
        while row < stream.first_want + stream.wants - 1 and chance >= w.wants[row].share:
            row += 1
    return w.wants[row].product


@rare
def new_order(w: World, k: int, pieces: int) -> int:
    """The next order of stream k, of so many pieces; nothing is made yet."""
    stream = w.streams[k]
    o = w.free_order
    if o >= 0:
        w.free_order = w.orders[o].next
    else:
        o = w.orders_top
        if o == w.orders.shape[0]:
            w.fail = FULL
            return 0
        w.orders_top += 1
    order = w.orders[o]
    order.number = w.orders_made
    w.orders_made += 1
    order.stream = k
    order.line = stream.number
    order.key = key_of(w.seed, stream.key, KEY_ORDER, stream.number)
    order.pieces = 0
    order.open = pieces
    order.to_make = pieces
    order.lost = 0
    order.next = -1
    order.release = w.now
    order.start = math.nan
    order.due = w.now + stream.due_after
    order.product = -1
    if stream.want != FROM_STOCK:
        order.product = wanted_product(w, k, stream.number)
    for i in range(w.attributes_n):
        order.attribute[i] = stream.attribute[i]
        if stream.attribute_said[i] == 2:
            key = key_of(w.seed, stream.key, stream.attribute_key[i], stream.number)
            order.attribute[i] = draw(w, stream.attribute_dist[i], key, -1)
    stream.number += 1
    w.ordered += pieces
    return o


@rare
def release(w: World, k: int, pieces: int) -> None:
    """An order of stream k comes in: its parts are made, as far as there are cards for them and
    nobody waits for those before it."""
    o = new_order(w, k, pieces)
    stream = w.streams[k]
    if stream.wait_head < 0:
        make_pieces(w, o)
    if w.orders[o].to_make > 0:
        if stream.wait_tail >= 0:
            w.orders[stream.wait_tail].next = o
        else:
            stream.wait_head = o
        stream.wait_tail = o


@rare
def make_pieces(w: World, o: int) -> None:
    """Make the pieces of order o that cards allow."""
    order = w.orders[o]
    stream = w.streams[order.stream]
    while order.to_make > 0 and (stream.cards < 0 or stream.inside < stream.cards):
        product = order.product
        if stream.want == LINES:
            row = stream.first_want
            behind = order.to_make
            total = 0
            for i in range(stream.wants):
                total += w.wants[stream.first_want + i].pieces
            # Pieces are made line by line; a quantity repeats the lines.
            done = total - 1 - (behind - 1) % total
            while done >= w.wants[row].pieces:
                done -= w.wants[row].pieces
                row += 1
            product = w.wants[row].product
        order.to_make -= 1
        p = new_part(w, o, product)
        go_to(w, p, w.products[product].first)


@rare
def new_part(w: World, o: int, product: int) -> int:
    """One more part of order o, nowhere yet."""
    p = w.free_part
    if p >= 0:
        w.free_part = w.parts[p].next
    else:
        p = w.parts_top
        if p == w.parts.shape[0]:
            w.fail = FULL
            return 0
        w.parts_top += 1
    w.parts_used += 1
    if is_crowded(w):
        w.pause = 1
    part = w.parts[p]
    order = w.orders[o]
    part.product = product
    part.order = o
    part.piece = order.pieces
    order.pieces += 1
    part.number = w.parts_made
    w.parts_made += 1
    w.starts += 1
    part.key = piece_key(order.key, part.piece)
    part.unit = -1
    part.machine = -1
    part.mate = -1
    part.born = w.now
    part.left = -1.0
    part.fresh = 1
    part.entered = w.now
    part.held = w.now
    part.due = w.now
    part.rank = 0.0
    part.goal = -1
    stream = w.streams[order.stream]
    row = w.products[product]
    part.priority = stream.priority if stream.own_priority else row.priority
    code = stream.priority_code if stream.own_priority else row.priority_code
    if code >= 0:
        part.priority = evaluate(w, code, p)
    part.weight = stream.weight if stream.own_weight else row.weight
    code = stream.weight_code if stream.own_weight else row.weight_code
    if code >= 0:
        part.weight = evaluate(w, code, p)
    part.held_tools = 0
    part.version += 1
    if row.loops:
        for k in range(row.steps):
            part.visits[k] = 0
    for k in range(row.counted):
        part.taken[k] = 0
    stream.inside += 1
    if w.logging:
        n = w.log_parts_n
        if n == LOG:
            w.fail = FULL
            return p
        if n > LOG // 2:
            w.pause = 1
        log = w.log_parts[n]
        log.number = part.number
        log.order = order.number
        log.piece = part.piece
        w.log_parts_n = n + 1
    count_wip(w, 1)
    return p


@rare
def draw_from_source(w: World, u: int, s: int) -> bool:
    """A stream that always has work brings one more part to unit u of station s; whether it may."""
    if w.stations[s].batch_min > 1 and w.stations[s].batch_wait != 0.0:
        return False  # one part alone is no set
    for k in range(w.stations[s].sources, w.streams_n):
        stream = w.streams[k]
        if stream.release != ALWAYS or (stream.cards >= 0 and stream.inside >= stream.cards):
            continue
        o = stream.wait_head
        if o < 0 and stream.limit >= 0 and stream.number >= stream.limit:
            continue
        product = w.orders[o].product if o >= 0 else wanted_product(w, k, stream.number)
        step = w.products[product].first
        option = option_at(w, step, s)
        if option < 0 or not suffices(w, step):
            continue
        if o < 0:
            o = new_order(w, k, stream.quantity)
        p = new_part(w, o, product)
        part = w.parts[p]
        part.step = step
        part.option = option
        part.entered = w.now
        part.next = -1
        if set_size(w, u, s, p) < 1:  # it would not be done before closing: nobody made it
            unmake(w, p)
            continue
        w.orders[o].to_make -= 1
        stream.wait_head = o if w.orders[o].to_make > 0 else -1
        if stream.want != ONE:  # the next one may begin elsewhere
            for other in range(w.stations_n):
                if 0 <= w.stations[other].sources <= k:
                    stir(w, other)
        take(w, u, p, 1)
        return True
    return False


def option_at(w: World, step: int, s: int) -> int:
    """The option of a step at station s, or -1."""
    first = w.steps[step].first_option
    for k in range(first, first + w.steps[step].options):
        if w.options[k].station == s:
            return k
    return -1


@rare
def unmake(w: World, p: int) -> None:
    """Part p, the last one made, and its order, if it is the first one of it, never were."""
    o = w.parts[p].order
    order = w.orders[o]
    stream = w.streams[order.stream]
    w.parts_made -= 1
    w.starts -= 1
    if w.logging:
        w.log_parts_n -= 1
    stream.inside -= 1
    count_wip(w, -1)
    free_part_row(w, p)
    order.pieces -= 1
    if order.pieces == 0:
        w.orders_made -= 1
        w.ordered -= order.open
        stream.number -= 1
        order.number = -1
        order.next = w.free_order
        w.free_order = o


@rare
def end_order(w: World, o: int, outcome: int) -> None:
    """Order o is over."""
    order = w.orders[o]
    log_order(w, outcome, o)
    order.number = -1
    order.next = w.free_order
    w.free_order = o


def free_part_row(w: World, p: int) -> None:
    """The row of part p is free."""
    part = w.parts[p]
    part.where = GONE
    part.version += 1
    part.next = w.free_part
    w.free_part = p
    w.parts_used -= 1


@rare
def close_piece(w: World, p: int, outcome: int) -> None:
    """Part p has left for good; with its last piece the order ends, and its card comes back."""
    part = w.parts[p]
    order = w.orders[part.order]
    k = order.stream
    stream = w.streams[k]
    order.open -= 1
    stream.inside -= 1
    if order.open == 0:
        end_order(w, part.order, ORDER_DONE if order.lost < order.pieces else outcome)
    if stream.cards >= 0:
        part.order = -1 - k
        queue_back(w, p)
    else:
        free_part_row(w, p)


@rare
def queue_back(w: World, p: int) -> None:
    """The leaving of part p makes room for another, after the ends of this instant, by number."""
    part = w.parts[p]
    part.where = GONE
    part.version += 1
    w.aside = 1
    before = -1
    q = w.back_head
    while q >= 0 and w.parts[q].number < part.number:
        before = q
        q = w.parts[q].next
    part.next = q
    if before >= 0:
        w.parts[before].next = p
    else:
        w.back_head = p


@rare
def bring_back(w: World) -> None:
    """Replacements of scrapped parts, and what returning cards release."""
    while w.back_head >= 0:
        p = w.back_head
        part = w.parts[p]
        w.back_head = part.next
        o = part.order
        product = part.product
        free_part_row(w, p)
        if o >= 0:
            w.streams[w.orders[o].stream].inside -= 1
            q = new_part(w, o, product)
            go_to(w, q, w.products[product].first)
            continue
        k = -1 - o
        stream = w.streams[k]
        if stream.release == ALWAYS:
            for s in range(w.stations_n):
                if 0 <= w.stations[s].sources <= k:
                    stir(w, s)
        else:
            use_cards(w, k)


@rare
def use_cards(w: World, k: int) -> None:
    """Release what the free cards of stream k allow: who waits for them, then new orders."""
    stream = w.streams[k]
    while stream.inside < stream.cards:
        o = stream.wait_head
        if o >= 0:
            make_pieces(w, o)
            if w.orders[o].to_make == 0:
                stream.wait_head = w.orders[o].next
                if stream.wait_head < 0:
                    stream.wait_tail = -1
        elif stream.release == CARDS and (stream.limit < 0 or stream.number < stream.limit):
            release(w, k, stream.quantity)
        else:
            break


@rare
def leave(w: World, p: int) -> None:
    """Part p leaves the plant, finished."""
    part = w.parts[p]
    count_wip(w, -1)
    w.exits += 1
    w.last_exit = w.now
    w.products[part.product].exits += 1
    if part.held_tools > 0:
        give_back(w, p, -1)
    n = w.log_exits_n
    if n == LOG:
        w.fail = FULL
        return
    if n > LOG // 2:
        w.pause = 1
    row = w.log_exits[n]
    row.product = part.product
    row.number = part.number
    row.born = part.born
    row.end = w.now
    w.log_exits_n = n + 1
    close_piece(w, p, ORDER_DONE)


@rare
def lose(w: World, p: int, outcome: int) -> None:
    """Part p is gone without having been finished."""
    part = w.parts[p]
    count_wip(w, -1)
    give_back(w, p, -1)
    w.orders[part.order].lost += 1
    k = w.streams[w.orders[part.order].stream].stock
    if k >= 0:  # its stock waits for one piece fewer
        w.stocks[k].ordered -= 1
        stir_stock(w, k)
    close_piece(w, p, outcome)


@rare
def scrap(w: World, p: int) -> None:
    """Part p is scrapped; where the product says so, a new piece of its order takes its place."""
    w.scraps += 1
    if w.products[w.parts[p].product].replace:
        count_wip(w, -1)
        give_back(w, p, -1)
        w.orders[w.parts[p].order].lost += 1
        queue_back(w, p)  # its card is its successor's
    else:
        lose(w, p, ORDER_SCRAPPED)


@rare
def on_spoilt(w: World, p: int) -> None:
    """Part p has waited too long."""
    part = w.parts[p]
    s = w.options[part.option].station
    if part.unit >= 0:  # before the unit that was reserved for it
        w.units[part.unit].reserved = -1
        w.units[part.unit].reserved_here = 0
        part.unit = -1
        part.version += 1
    else:
        leave_queue(w, p, s)
    stir(w, s)
    scrap(w, p)


@rare
def on_order(w: World, k: int) -> None:
    """The next order of stream k comes in."""
    if w.stocks_dirty > 0:  # demand finds what is finished in this instant
        fill_stocks(w)
    stream = w.streams[k]
    stream.begun = 1
    stream.runs = 0
    stream.left = -1.0
    if stream.want == FROM_STOCK:
        demand(w, stream.stock, new_order(w, k, stream.quantity))
    else:
        release(w, k, stream.pieces)
    if stream.every >= 0 and (stream.limit < 0 or stream.number < stream.limit):
        key = key_of(w.seed, stream.key, KEY_EVERY, stream.number)
        stream.left = draw(w, stream.every, key, -1)
        run_stream(w, k)


@rare
def run_stream(w: World, k: int) -> None:
    """The clock to the stream's next order runs, if its calendar is open and its rate above 0."""
    stream = w.streams[k]
    if is_closed(w, stream.calendar) or stream.rate <= 0.0:
        return
    stream.due = w.now + stream.left / stream.rate
    stream.runs = 1
    stream.version += 1
    push(w, stream.due, E_ORDER, k, stream.version)


@rare
def stop_stream(w: World, k: int) -> None:
    """The clock to the stream's next order stops; one that is due right now still comes."""
    stream = w.streams[k]
    if stream.runs and stream.due > w.now:
        stream.left = (stream.due - w.now) * stream.rate
        stream.runs = 0
        stream.version += 1


@rare
def on_rate(w: World, k: int) -> None:
    """The stream's demand changes with the hour."""
    stream = w.streams[k]
    stop_stream(w, k)
    stream.rate_at += 1
    stream.rate = w.rate_value[stream.profile + (stream.rate_at - 1) % stream.rates]
    if stream.begun and not stream.runs and stream.left >= 0.0:
        run_stream(w, k)
    schedule_rate(w, k)


def schedule_rate(w: World, k: int) -> None:
    """The next change of a stream's rate."""
    stream = w.streams[k]
    cycle = stream.rate_cycle * (stream.rate_at // stream.rates)
    stream.rate_due = cycle + w.rate_from[stream.profile + stream.rate_at % stream.rates]
    push(w, stream.rate_due, E_RATE, k, 0)


# --- vehicles ------------------------------------------------------------------------------------


@rare
def call_vehicle(w: World, p: int, f: int) -> None:
    """The finished part p waits on its unit for a vehicle of fleet f; its place is reserved."""
    fleet = w.fleets[f]
    w.parts[p].where = ABOARD
    w.fleet_dirty = 1
    fleet.head, fleet.tail = insert_outside(w, p, fleet.head, fleet.tail)


@rare
def touch_vehicle(w: World, v: int) -> None:
    """The vehicle may be in another state at the end of this instant."""
    vehicle = w.vehicles[v]
    if not vehicle.touched:
        vehicle.touched = 1
        w.touched_vehicles[w.touched_vehicles_n] = v
        w.touched_vehicles_n += 1


def drive_time(w: World, v: int, spot: int) -> float:
    """How long the vehicle would drive to a spot [s]."""
    vehicle = w.vehicles[v]
    return w.drive[(vehicle.fleet * w.spots_n + vehicle.place) * w.spots_n + spot]


def machine_of(w: World, p: int) -> int:
    """The machine at which the part waits to be fetched."""
    return w.units[w.parts[p].unit].machine


def wait_until(w: World, v: int, time: float) -> None:
    """What the vehicle does is over after a time [s]."""
    vehicle = w.vehicles[v]
    vehicle.version += 1
    vehicle.due = w.now + time
    push(w, vehicle.due, E_DRIVEN, v, vehicle.version)


@rare
def drive_to(w: World, v: int, spot: int, leg: int) -> None:
    """The vehicle sets out for a spot."""
    vehicle = w.vehicles[v]
    vehicle.leg = leg
    vehicle.began = w.now
    vehicle.final_place = spot
    touch_vehicle(w, v)
    if w.fleets[vehicle.fleet].one_by_one and vehicle.place != spot:
        go_on(w, v)
        return
    if w.logging and vehicle.place != spot:
        log_drive(w, v, vehicle.place, spot, drive_time(w, v, spot))
    time = drive_time(w, v, spot)
    vehicle.driven += time
    vehicle.place = spot
    wait_until(w, v, time)


@rare
def log_drive(w: World, v: int, origin: int, target: int, time: float) -> None:
    """Write down a drive that begins now."""
    p = w.vehicles[v].part
    number = w.parts[p].number if p >= 0 and w.vehicles[v].leg == WITH_PART else -1
    carrier = w.units_n + w.people_n + v
    log_move(w, BY_VEHICLE, carrier, origin, target, number, w.now, w.now + time)


@rare
def go_on(w: World, v: int) -> None:
    """The vehicle takes the next road of its way, or waits until nobody is on it."""
    vehicle = w.vehicles[v]
    way = vehicle.place * w.spots_n + vehicle.final_place
    vehicle.next_place = w.hop[way]
    vehicle.road = w.hop_road[way]
    if w.road_user[vehicle.road] >= 0:
        vehicle.waits = 1
        vehicle.asked = w.now
        return
    w.road_user[vehicle.road] = v
    vehicle.waits = 0
    time = w.road_time[vehicle.fleet * w.roads_n + vehicle.road]
    vehicle.driven += time
    if w.logging:
        log_drive(w, v, vehicle.place, vehicle.next_place, time)
    wait_until(w, v, time)


@rare
def on_driven(w: World, v: int) -> None:
    """The vehicle has arrived, loaded or unloaded."""
    vehicle = w.vehicles[v]
    fleet = w.fleets[vehicle.fleet]
    touch_vehicle(w, v)
    w.fleet_dirty = 1
    if vehicle.road >= 0:  # it leaves its road
        w.road_user[vehicle.road] = -1
        vehicle.road = -1
        vehicle.place = vehicle.next_place
        if vehicle.place != vehicle.final_place:
            go_on(w, v)
            return
    if vehicle.leg == TO_PART:
        begin_loading(w, v)
    elif vehicle.leg == TO_STOP:
        vehicle.leg = AT_STOP
    elif vehicle.leg == LOADING:
        p = vehicle.part
        detach(w, p)
        station = w.stations[w.options[w.parts[p].option].station]
        spot = station.carry_to
        if w.parts[p].goal >= 0:
            spot = w.units[w.parts[p].goal].machine
        drive_to(w, v, spot, WITH_PART)
    elif vehicle.leg == WITH_PART:
        vehicle.leg = UNLOADING
        time = 0.0
        if fleet.unload >= 0:
            key = key_of(w.seed, vehicle.name_key, KEY_UNLOAD, vehicle.trips)
            time = draw(w, fleet.unload, key, -1)
        wait_until(w, v, time)
    else:
        p = vehicle.part
        vehicle.part = -1
        vehicle.leg = PARKED
        vehicle.trips += 1
        if fleet.stops > 0:
            vehicle.stop = (vehicle.stop + 1) % fleet.stops
        w.parts[p].unit = w.parts[p].goal
        arrive_part(w, p)


@rare
def begin_loading(w: World, v: int) -> None:
    """The vehicle takes up the part that it has come for."""
    vehicle = w.vehicles[v]
    vehicle.leg = LOADING
    touch_vehicle(w, v)
    time = 0.0
    load = w.fleets[vehicle.fleet].load
    if load >= 0:
        key = key_of(w.seed, vehicle.name_key, KEY_LOAD, vehicle.trips)
        time = draw(w, load, key, -1)
    wait_until(w, v, time)


@rare
def fetch(w: World, v: int, p: int) -> None:
    """The vehicle is on its way to part p, or takes it up where it stands."""
    vehicle = w.vehicles[v]
    fleet = w.fleets[vehicle.fleet]
    fleet.head, fleet.tail = remove_outside(w, p, fleet.head, fleet.tail)
    vehicle.part = p
    spot = machine_of(w, p)
    if vehicle.place == spot:
        begin_loading(w, v)
    else:
        drive_to(w, v, spot, TO_PART)


@rare
def is_deserted(w: World, s: int) -> bool:
    """Whether nothing can come from station s: no part there, no stream that always has some."""
    station = w.stations[s]
    if station.sources >= 0:
        return False
    return station.empties == station.units and station.queued + station.coming == 0


@rare
def follow_cycle(w: World, v: int) -> bool:
    """A parked or waiting vehicle goes to its next stop, or takes what it waits for."""
    vehicle = w.vehicles[v]
    fleet = w.fleets[vehicle.fleet]
    for _ in range(fleet.stops):
        stop = w.stops[fleet.first_stop + vehicle.stop]
        if vehicle.leg == AT_STOP or not is_deserted(w, stop.origin):
            break
        vehicle.stop = (vehicle.stop + 1) % fleet.stops
    stop = w.stops[fleet.first_stop + vehicle.stop]
    if vehicle.leg == PARKED:
        if is_deserted(w, stop.origin):
            return False
        drive_to(w, v, w.stations[stop.origin].carry_to, TO_STOP)
        return True
    p = fleet.head
    while p >= 0:
        target = w.options[w.parts[p].option].station
        if w.units[w.parts[p].unit].station == stop.origin and target == stop.target:
            fetch(w, v, p)
            return True
        p = w.parts[p].next
    return False


@rare
def dispatch_fleet(w: World, f: int) -> bool:
    """One free vehicle of the fleet goes to fetch a part; whether there was one."""
    fleet = w.fleets[f]
    if fleet.stops > 0:
        for v in range(fleet.first, fleet.first + fleet.count):
            leg = w.vehicles[v].leg
            if (leg in (PARKED, AT_STOP)) and follow_cycle(w, v):
                return True
        return False
    who = -1
    what = -1
    least = math.inf
    p = fleet.head
    while p >= 0:
        for v in range(fleet.first, fleet.first + fleet.count):
            if w.vehicles[v].leg == PARKED:
                time = drive_time(w, v, machine_of(w, p))
                if time < least:
                    least = time
                    who = v
                    what = p
        if not fleet.nearest and who >= 0:
            break
        p = w.parts[p].next
    if who < 0:
        return False
    fetch(w, who, what)
    return True


@rare
def dispatch(w: World) -> bool:
    """Vehicles that wait for a free road go on, free ones are sent; whether one moved."""
    moved = False
    w.fleet_dirty = 0
    while True:
        first = -1
        for v in range(w.vehicles_n):
            vehicle = w.vehicles[v]
            if vehicle.waits and w.road_user[vehicle.road] < 0:
                if first < 0 or vehicle.asked < w.vehicles[first].asked:
                    first = v
        if first < 0:
            break
        go_on(w, first)
        moved = True
    for f in range(w.fleets_n):
        while dispatch_fleet(w, f):
            moved = True
    return moved


def happen(w: World, key: int) -> None:
    """One event."""
    kind = key >> 56
    entity = (key >> 28) & _VERSIONS
    if kind == E_PHASE:
        if w.units[entity].version & _VERSIONS == key & _VERSIONS:
            w.events += 1
            on_phase(w, entity)
        return
    if is_stale(w, key):
        return
    w.events += 1
    if kind == E_LEAVE:
        w.units[entity].leave_left = -1.0
        release_attendant(w, entity)
        touch(w, entity)
    elif kind == E_WALKED:
        arrive(w, entity)
    elif kind == E_TRIP:
        on_trip(w, entity)
    elif kind == E_REPAIRED:
        on_repaired(w, entity // DISTURBANCES, entity % DISTURBANCES)
    elif kind == E_FAIL:
        on_fail(w, entity // DISTURBANCES, entity % DISTURBANCES)
    elif kind == E_ORDER:
        on_order(w, entity)
    elif kind == E_DELIVERY:
        on_delivery(w, entity)
    elif kind == E_WAITED:
        stir(w, w.options[w.parts[entity].option].station)
    elif kind == E_SPOILT:
        on_spoilt(w, entity)
    elif kind == E_RATE:
        on_rate(w, entity)
    elif kind == E_DRIVEN:
        on_driven(w, entity)
    else:
        on_calendar(w, entity, 1 if kind == E_CLOSE else 0)


# --- what stops a unit ---------------------------------------------------------------------------


def set_down_bits(w: World, u: int) -> None:
    """What the unit's disturbances that go on now forbid."""
    unit = w.units[u]
    station = w.stations[unit.station]
    unit.bits &= BIT_CLOSED
    for k in range(station.disturbances):
        if unit.d_active[k]:
            unit.bits |= BIT_DOWN | station.d_bits[k]


def on_fail(w: World, u: int, k: int) -> None:
    """Disturbance k stops the unit."""
    unit = w.units[u]
    station = w.stations[unit.station]
    stop_clock(w, u)
    unit.d_active[k] = 1
    unit.d_runs[k] = 0
    unit.d_version[k] += 1
    for other in range(station.disturbances):
        # Another one that is due by work at this very instant strikes, too.
        if station.d_clock[other] == BY_WORK and not unit.d_active[other]:
            if unit.d_left[other] <= 0.0:
                unit.d_version[other] += 1
                push(w, w.now, E_FAIL, u * DISTURBANCES + other, unit.d_version[other])
    set_down_bits(w, u)
    what = station.d_key[k] + np.uint64(1)
    key = key_of(w.seed, unit.name_key, what, unit.d_count[k])
    unit.d_left[k] = draw(w, station.d_lasts[k], key, -1)
    review(w, REQUESTS * u)
    unit.d_ready[k] = 1
    if station.d_skill[k] >= 0:
        unit.d_ready[k] = 0
        ask(w, REQUESTS * u + 1 + k, station.d_skill[k])
    upset(w, u)
    if unit.phase == EMPTY or unit.phase == HOLD or station.d_fate[k] == 0:
        return
    if station.d_fate[k] == 1:
        if unit.stage == PAUSED:
            unit.again = 1
        return
    if unit.stage == ASKED:
        withdraw(w, REQUESTS * u)
    unit.again = 0
    unit.rest = -1.0
    while unit.part >= 0:
        p = unit.part
        if w.logging:
            log_point(w, COUNT_SCRAP, u, w.parts[p].number)
        unit.scrapped += 1
        detach(w, p)
        scrap(w, p)


def on_repaired(w: World, u: int, k: int) -> None:
    """Disturbance k of the unit is over."""
    unit = w.units[u]
    station = w.stations[unit.station]
    unit.d_active[k] = 0
    unit.d_runs[k] = 0
    unit.d_version[k] += 1
    unit.d_count[k] += 1
    if unit.d_repairer[k] >= 0:
        dismiss(w, unit.d_repairer[k])
        unit.d_repairer[k] = -1
    key = key_of(w.seed, unit.name_key, station.d_key[k], unit.d_count[k])
    unit.d_left[k] = draw(w, station.d_every[k], key, -1)
    set_down_bits(w, u)
    upset(w, u)
    stir_around(w, u)
    if unit.bits & BIT_DOWN:
        return
    review(w, REQUESTS * u)
    if unit.again:  # the draws of this visit give the phase the same time again
        unit.again = 0
        next_phase(w, u, unit.phase)


def stir_around(w: World, u: int) -> None:
    """The unit may load or unload again, or no longer."""
    unit = w.units[u]
    stir(w, unit.station)
    if unit.phase == HOLD:
        p = unit.part
        while p >= 0:
            if w.parts[p].option >= 0:
                stir(w, w.options[w.parts[p].option].station)
            else:
                stir_stock(w, w.products[w.parts[p].product].into)
            p = w.parts[p].mate


@rare
def on_calendar(w: World, c: int, closed: int) -> None:
    """Calendar c closes or opens: its stations, people and orders with it."""
    calendar = w.calendars[c]
    calendar.closed = closed
    if closed:
        calendar.at += 1
    schedule_calendar(w, c)
    for s in range(w.stations_n):
        station = w.stations[s]
        if station.calendar == c:
            stir(w, s)
            for u in range(station.first, station.first + station.units):
                unit = w.units[u]
                if not closed:
                    unit.bits &= ~BIT_CLOSED
                elif calendar.at_close != FINISH or unit.phase == EMPTY or unit.phase == HOLD:
                    unit.bits |= BIT_CLOSED
                for r in range(REQUESTS * u, REQUESTS * (u + 1)):
                    review(w, r)
                upset(w, u)
                stir_around(w, u)
    for i in range(w.crews_n):
        crew = w.crews[i]
        if crew.calendar == c:
            w.crew_dirty = 1
            for p in range(crew.first, crew.first + crew.count):
                if not closed:
                    draw_absence(w, p, calendar.at)
                touch_person(w, p)
                if w.people[p].request >= 0:
                    upset(w, w.people[p].request // REQUESTS)
    for k in range(w.streams_n):
        stream = w.streams[k]
        if stream.calendar == c and stream.begun:
            if closed:
                stop_stream(w, k)
            elif not stream.runs and stream.left >= 0.0:
                run_stream(w, k)


@rare
def draw_absence(w: World, p: int, opening: int) -> None:
    """Whether the person stays away this time; who has begun something comes to finish it."""
    person = w.people[p]
    share = w.crews[person.crew].absence
    person.absent = 0
    if share > 0.0 and person.request < 0:
        # The opening that goes on from before time 0 has the number -1.
        key = key_of(w.seed, person.name_key, KEY_ABSENCE, opening + 1)
        person.absent = 1 if uniform(key, 0) < share else 0


@rare
def schedule_calendar(w: World, c: int) -> None:
    """The next closing or opening of calendar c."""
    calendar = w.calendars[c]
    calendar.due = change_of(w, c)
    push(w, calendar.due, E_OPEN if calendar.closed else E_CLOSE, c, 0)


def change_of(w: World, c: int) -> float:
    """When calendar c, as it is, opens or closes next [s]."""
    calendar = w.calendars[c]
    row = calendar.first + calendar.at % calendar.count
    begin = calendar.cycle * (calendar.at // calendar.count)
    return begin + (w.opening[row] if calendar.closed else w.closing[row])


# --- books ---------------------------------------------------------------------------------------


def state_of(w: World, u: int) -> int:
    """What the unit is doing: a function of its bits and phase, not of its history."""
    unit = w.units[u]
    if unit.bits & STOPS:
        if unit.bits & BIT_CLOSED:
            return OFF
        station = w.stations[unit.station]
        for k in range(station.disturbances):
            if unit.d_active[k] and not station.d_planned[k]:
                return DOWN
        return MAINTENANCE
    # Choices of numbers, as nothing can foretell jumps here.
    phase = unit.phase
    runs = unit.stage == RUNNING  # else: nobody free, on the way, or off duty
    working = SETUP if phase <= SETUP_PHASE else PROCESSING
    busy = working if runs else WAITING_CREW
    waiting = STARVED if phase == EMPTY else BLOCKED
    return waiting if (phase == EMPTY) | (phase == HOLD) else busy


def is_active(state: int) -> bool:
    """Whether a state counts as working or being repaired, for stretches without a gap."""
    return state == PROCESSING or state == SETUP or state == DOWN


@often
def book_unit(w: World, u: int) -> None:
    """Close what lasted until now if the unit is in another state, or has another part."""
    unit = w.units[u]
    state = state_of(w, u)
    if state == unit.state and not w.logging:  # with which part does not matter to sums
        return
    part = w.parts[unit.part].number if unit.part >= 0 else -1
    if state == unit.state and part == unit.booked_part:
        return
    if w.now > unit.since:
        unit.times[unit.state] += w.now - unit.since
        if w.logging:
            log_interval(w, u, unit.state, unit.booked_part, unit.since)
        unit.since = w.now
    if is_active(state) and not is_active(unit.state):
        unit.stretches += 1
    unit.state = state
    unit.booked_part = part


@rare
def book_person(w: World, p: int) -> None:
    """Close what lasted until now if the person does something else."""
    person = w.people[p]
    part = -1
    state = IDLE
    if is_off_duty(w, p):
        state = OFF
    elif person.request >= 0:
        state = PROCESSING
        unit = w.units[person.request // REQUESTS]
        if unit.part >= 0:
            part = w.parts[unit.part].number
    if state == person.state and part == person.booked_part:
        return
    if w.now > person.since:
        person.times[person.state] += w.now - person.since
        if w.logging:
            log_interval(w, w.units_n + p, person.state, person.booked_part, person.since)
        person.since = w.now
    person.state = state
    person.booked_part = part


@rare
def book_vehicle(w: World, v: int) -> None:
    """Close what lasted until now if the vehicle does something else."""
    vehicle = w.vehicles[v]
    state = PROCESSING
    if vehicle.leg == PARKED or vehicle.leg == AT_STOP:
        state = IDLE
    part = -1
    if vehicle.leg >= LOADING and vehicle.part >= 0:
        part = w.parts[vehicle.part].number
    if state == vehicle.state and part == vehicle.booked_part:
        return
    if w.now > vehicle.since:
        vehicle.times[vehicle.state] += w.now - vehicle.since
        if w.logging:
            row = w.units_n + w.people_n + v
            log_interval(w, row, vehicle.state, vehicle.booked_part, vehicle.since)
        vehicle.since = w.now
    vehicle.state = state
    vehicle.booked_part = part


@often
def book(w: World) -> None:
    """Close what lasted until now for all that changed in this instant."""
    for i in range(w.touched_units_n):
        u = w.touched_units[i]
        w.units[u].touched = 0
        book_unit(w, u)
    w.touched_units_n = 0
    if w.touched_people_n | w.touched_vehicles_n:
        book_others(w)


@rare
def book_others(w: World) -> None:
    """The same for people and vehicles."""
    for i in range(w.touched_people_n):
        p = w.touched_people[i]
        w.people[p].touched = 0
        book_person(w, p)
    w.touched_people_n = 0
    for i in range(w.touched_vehicles_n):
        v = w.touched_vehicles[i]
        w.vehicles[v].touched = 0
        book_vehicle(w, v)
    w.touched_vehicles_n = 0


@often
def settle(w: World) -> None:
    """Moves and people to a fixpoint, then clocks."""
    rounds = 0
    while True:
        moves(w)
        if not w.passing_n | w.crew_dirty | w.fleet_dirty | w.cycles_n:
            break
        if w.passing_n > 0:
            rounds += 1
            if rounds > ROUNDS:
                w.fail = ZERO_LOOP
                return
            n = w.passing_n
            w.passing_n = 0
            w.passing_now = 1
            for i in range(n):
                finish(w, w.passing[i])
            w.passing_now = 0
            if w.more:  # a failure by cycles comes before the next load
                return
        elif w.crew_dirty:
            assign(w)
        elif not dispatch(w):
            break
        if w.fail:
            return
    for i in range(w.touched_units_n):
        u = w.touched_units[i]
        if w.units[u].touched == 2:
            w.units[u].touched = 1
            set_clock(w, u)


def is_crowded(w: World) -> bool:
    """Whether the next instant may bring more parts than there is room for."""
    return w.parts.shape[0] - w.parts_used < w.burst


@rare
def settle_first(w: World) -> None:
    """What is there at time 0 settles before all else, unless something happens right then."""
    w.unsettled = 0
    fill_hole(w)
    if w.heap_n > 0 and w.heap_time[0] <= w.now:
        return
    w.more = 0
    settle(w)
    if not w.more:
        book(w)


def run(w: World, until: float) -> int:
    """Let everything happen up to and including time `until` [s]; why it stopped."""
    stop = w.events + w.slice
    if is_crowded(w):
        return NEED_ROOM
    if w.unsettled:
        settle_first(w)
    while True:
        if w.fail:
            return w.fail
        if w.pause:
            w.pause = 0
            fill_hole(w)
            if w.heap_n > w.heap_time.shape[0] - 8 * UNITS:
                drop_stale(w)
            return NEED_ROOM if is_crowded(w) else DRAIN
        if w.events >= stop:
            return SLICE
        fill_hole(w)
        if w.heap_n == 0 or w.heap_time[0] > until:
            break
        w.now = w.heap_time[0]
        rounds = 0
        w.more = 1
        while w.more:
            while w.more:
                fill_hole(w)
                w.hole = 1
                look_ahead(w)
                happen(w, w.heap_key[0])
            settle(w)
            rounds += 1
            if rounds > ROUNDS or w.fail:
                return w.fail if w.fail else ZERO_LOOP
        book(w)
    if until > w.now:
        w.now = until
    return DONE


def forget(w: World) -> None:
    """Start the books anew, as after a warm-up; nothing in the plant changes."""
    for u in range(w.units_n):
        unit = w.units[u]
        unit.since = w.now
        unit.finished = 0
        unit.scrapped = 0
        unit.reworked = 0
        unit.loads = 0
        unit.parts_taken = 0
        unit.stretches = 1 if is_active(unit.state) else 0
        for k in range(N_STATES):
            unit.times[k] = 0.0
    for p in range(w.people_n):
        person = w.people[p]
        person.since = w.now
        person.walked = 0.0
        for k in range(N_STATES):
            person.times[k] = 0.0
    for v in range(w.vehicles_n):
        vehicle = w.vehicles[v]
        vehicle.since = w.now
        vehicle.driven = 0.0
        for k in range(N_STATES):
            vehicle.times[k] = 0.0
    for s in range(w.stations_n):
        w.stations[s].waited = 0.0
        w.stations[s].lost = 0
    for k in range(w.stocks_n):
        stock = w.stocks[k]
        stock.since = w.now
        stock.level_area = 0.0
        stock.owed_area = 0.0
        stock.demands = 0
        stock.filled = 0
        stock.lots = 0
        stock.turned_away = 0
    for k in range(w.products_n):
        w.products[k].exits = 0
    w.exits = 0
    w.scraps = 0
    w.carries = 0
    w.carried = 0.0
    w.lost = 0
    w.starts = 0
    w.ordered = 0
    w.wip_area = 0.0
    w.wip_since = w.now
    w.booked_from = w.now
    w.log_intervals_n = 0
    w.log_moves_n = 0
    w.log_orders_n = 0
    w.log_exits_n = 0
    w.log_parts_n = 0
    w.log_points_n = 0
    w.points = 0


# --- the beginning -------------------------------------------------------------------------------


def start_calendar(w: World, c: int) -> None:
    """The calendar as it is at the beginning."""
    calendar = w.calendars[c]
    calendar.at = 0
    last = w.closing[calendar.first + calendar.count - 1]
    calendar.closed = 0
    if last > calendar.cycle:  # the last opening of a cycle reaches into the next one
        calendar.at = -1
    elif w.opening[calendar.first] > 0.0:
        calendar.closed = 1
    if w.begin > 0.0:
        calendar.at += calendar.count * (int(w.begin / calendar.cycle) - 1)
        while change_of(w, c) <= w.begin:
            if not calendar.closed:
                calendar.at += 1
            calendar.closed = 1 - calendar.closed
    schedule_calendar(w, c)


def start_unit(w: World, u: int) -> None:
    """The unit as it is at time 0: empty, whole."""
    unit = w.units[u]
    station = w.stations[unit.station]
    unit.part = -1
    unit.load = 0
    unit.option = -1
    unit.simple = 0
    unit.visit = 0
    unit.reserved = -1
    unit.reserved_here = 0
    unit.phase = EMPTY
    unit.stage = STILL
    closed = is_closed(w, station.calendar)
    unit.bits = BIT_CLOSED if closed else 0
    unit.version = 0
    unit.leave_version = 0
    unit.leave_left = -1.0
    unit.attendant = -1
    unit.skill = -1
    unit.again = 0
    unit.rest = -1.0
    unit.resumes = -1.0
    unit.family = -1
    unit.changeovers = 0
    unit.emptied = -1.0
    for r in range(REQUESTS * u, REQUESTS * (u + 1)):
        w.requests[r].wanted = 0
        w.requests[r].listed = 0
    for k in range(station.disturbances):
        unit.d_active[k] = 0
        unit.d_repairer[k] = -1
        unit.d_ready[k] = 0
        unit.d_count[k] = 0
        unit.d_version[k] = 0
        unit.d_runs[k] = 0
        key = key_of(w.seed, unit.name_key, station.d_key[k], 0)
        unit.d_left[k] = draw(w, station.d_every[k], key, -1)
    if w.found:
        find_unit(w, u)
    unit.touched = 0
    unit.state = state_of(w, u)
    unit.booked_part = -1
    upset(w, u)


def start_tables(w: World) -> None:
    """Empty queues, full stocks, all rows free."""
    for s in range(w.stations_n):
        station = w.stations[s]
        station.queued = 0
        station.coming = 0
        station.empties = station.units
        station.head = -1
        station.tail = -1
        station.out_head = -1
        station.out_tail = -1
        station.outside = 0
        station.dirty = 0
        stir(w, s)
    for skill in range(w.skills_n):
        w.skill_head[skill] = -1
        w.skill_tail[skill] = -1
    for c in range(w.crews_n):
        w.crews[c].free = w.crews[c].count
    for k in range(w.stocks_n):
        stock = w.stocks[k]
        stock.level = stock.start
        stock.owed = 0
        stock.ordered = 0
        stock.deliveries = 0
        stock.out_head = -1
        stock.out_tail = -1
        stock.wait_head = -1
        stock.wait_tail = -1
        stock.dirty = 0
        stir_stock(w, k)
    for f in range(w.fleets_n):
        w.fleets[f].head = -1
        w.fleets[f].tail = -1
    for r in range(w.roads_n):
        w.road_user[r] = -1
    for v in range(w.vehicles_n):
        vehicle = w.vehicles[v]
        vehicle.place = w.found_vehicles[v].place if w.found else vehicle.home
        vehicle.road = -1
        vehicle.waits = 0
        vehicle.part = -1
        vehicle.leg = PARKED
        vehicle.trips = 0
        vehicle.stop = 0
        vehicle.version = 0
        vehicle.touched = 0
        vehicle.state = IDLE
        vehicle.booked_part = -1
    for o in range(w.orders_top):
        w.orders[o].number = -1
    for p in range(w.parts_top):
        w.parts[p].where = GONE
    w.free_part = -1
    w.parts_used = 0
    w.parts_top = 0
    w.free_order = -1
    w.orders_top = 0
    w.free_delivery = -1
    w.deliveries_top = 0
    w.back_head = -1
    w.undecided_head = -1
    w.undecided_tail = -1


def clear_stream(w: World, k: int) -> None:
    """The stream before anything has come of it."""
    stream = w.streams[k]
    stream.number = 0
    stream.version = 0
    stream.begun = 0
    stream.runs = 0
    stream.left = -1.0
    stream.inside = 0
    stream.wait_head = -1
    stream.wait_tail = -1


def residual(w: World, p: int, u: int, elapsed: float) -> float:
    """What is left of a run that has lasted `elapsed` [s]: drawn given that it is longer.

    Draws are tried until one is longer; a run that never is so long ends at once.
    """
    part = w.parts[p]
    option = w.options[part.option]
    if option.run_dist < 0:
        return 0.0
    key = part_key(part.key, option.run_key, 0)
    for k in range(TRIES):
        pace = w.stations[w.units[u].station].pace
        time = pace * draw(w, option.run_dist, mix(key + np.uint64(k) * _GOLDEN), p)
        if time > elapsed:
            return time - elapsed
    return 0.0


@rare
def rest_of(w: World, dist: int, key: Key, p: int, elapsed: float) -> float:
    """What is left of a time that has lasted `elapsed` [s]: drawn given that it is longer.

    A time that never is so long is over now. (What has no memory needs no tries.)
    """
    d = w.dists[dist]
    if d.kind == D_EXPONENTIAL:
        return max(0.0, d.shift - elapsed) + d.a * exponential(w, key)
    for k in range(TRIES):
        time = draw(w, dist, mix(key + np.uint64(k) * _GOLDEN), p)
        if time > elapsed:
            return time - elapsed
    return 0.0


@rare
def find_unit(w: World, u: int) -> None:
    """What the unit is set up for, and how long it has been up or down."""
    unit = w.units[u]
    station = w.stations[unit.station]
    found = w.found_units[u]
    unit.family = found.family
    unit.emptied = found.emptied
    for k in range(station.disturbances):
        key = key_of(w.seed, unit.name_key, station.d_key[k], 0)
        dist = station.d_every[k]
        if found.down[k]:
            dist = station.d_lasts[k]
            key = key_of(w.seed, unit.name_key, station.d_key[k] + np.uint64(1), 0)
            unit.d_active[k] = 1
            unit.d_ready[k] = 1 if station.d_skill[k] < 0 else 0
        unit.d_left[k] = rest_of(w, dist, key, -1, found.lasts[k])
    bits = unit.bits
    set_down_bits(w, u)
    unit.bits |= bits
    for k in range(station.disturbances):
        if unit.d_active[k] and station.d_skill[k] >= 0:
            ask(w, REQUESTS * u + 1 + k, station.d_skill[k])


@rare
def find_order(w: World, row: int) -> None:
    """An order that is not finished yet; its row is that of the table of those found."""
    found = w.found_orders[row]
    stream = w.streams[found.stream]
    stream.number = found.line
    o = new_order(w, found.stream, found.open)
    order = w.orders[o]
    order.pieces = found.pieces
    order.to_make = found.to_make
    order.product = found.product
    order.release = found.release
    order.start = found.start
    order.due = found.due
    if found.to_make > 0:
        if stream.wait_tail >= 0:
            w.orders[stream.wait_tail].next = o
        else:
            stream.wait_head = o
        stream.wait_tail = o


@rare
def phase_time(w: World, u: int, k: int, again: int) -> float:
    """How long phase k of the unit's load takes by draw number `again`; below 0: it does not
    happen [s]."""
    unit = w.units[u]
    if k == CHANGEOVER:
        return unit.change if unit.change > 0.0 else -1.0
    phase = w.phases[unit.option * PHASES + k]
    if not phase.present:
        return -1.0
    part = w.parts[unit.part]
    other = np.uint64(again) * _GOLDEN
    if phase.chance < 1.0:
        key = part_key(part.key, phase.chance_key, unit.visit)
        if uniform(mix(key + other), 0) >= phase.chance:
            return -1.0
    if phase.dist < 0:
        return w.transfer[phase.transfer * w.machines_n + unit.machine]
    key = part_key(part.key, phase.time_key, unit.visit)
    time = draw(w, phase.dist, mix(key + other), unit.part)
    return time * w.stations[unit.station].pace if k == RUN else time


@rare
def go_into(w: World, u: int, first: int, last: int, elapsed: float) -> None:
    """The unit's load is in that of its phases from `first` to `last` in which it is after
    `elapsed` [s] of them: drawn given that they take longer. What is over goes on behind them."""
    unit = w.units[u]
    for again in range(TRIES):
        total = 0.0
        for k in range(first, last + 1):
            time = phase_time(w, u, k, again)
            if time >= 0.0:
                total += time
                if total > elapsed:
                    unit.rest = total - elapsed
                    unit.rest_of = time
                    choose_phase(w, u, k)
                    return
    next_phase(w, u, last + 1)


@rare
def find_load(w: World, p: int, row: int) -> None:
    """Part p, with those of its load, is on a unit, and has been for some time."""
    found = w.present[row]
    u = found.unit
    unit = w.units[u]
    q = p
    for k in range(1, found.load):
        w.parts[q].mate = p + k
        q = p + k
        w.parts[q].step = found.step
        w.parts[q].option = found.option
    take(w, u, p, found.load)
    if unit.phase == HOLD:  # nothing happens there
        return
    if not found.done and found.set_up <= 0.0 and found.worked <= 0.0:
        return
    if unit.stage == ASKED:
        withdraw(w, REQUESTS * u)
    unit.simple = 0
    unit.stage = STILL
    if found.done:
        unit.phase = HOLD
        while p >= 0:
            after = w.parts[p].mate
            route(w, p)
            p = after
    elif found.worked > 0.0:
        go_into(w, u, LOAD_PHASE, UNLOAD_PHASE, found.worked)
    else:
        go_into(w, u, CHANGEOVER, SETUP_PHASE, found.set_up)


@rare
def find_trip(w: World, p: int, row: int) -> None:
    """Part p is under way to its station, or its delay goes on."""
    found = w.present[row]
    part = w.parts[p]
    elapsed = w.now - found.since
    if part.option < 0:
        step = w.steps[part.step]
        key = part_key(part.key, step.delay_key, 0)
        travel_for(w, p, rest_of(w, step.delay, key, p, elapsed))
        return
    s = w.options[part.option].station
    station = w.stations[s]
    if station.capacity == 0:
        u = idle_unit(w, s)
        if u < 0:
            come_to(w, p)
            return
        part.unit = u
        w.units[u].reserved = p
    else:
        station.coming += 1
    carried = 0.0
    if part.machine >= 0 and not stands_at(w, part.machine, s):
        carried = w.carry[part.machine * w.stations_n + s]
    rest = carried - elapsed
    if station.travel >= 0:
        key = part_key(part.key, station.travel_key, 0)
        rest = max(rest, 0.0) + rest_of(w, station.travel, key, p, max(elapsed - carried, 0.0))
    travel_for(w, p, max(rest, 0.0))


@rare
def find_aboard(w: World, p: int, row: int) -> None:
    """Part p is on a vehicle that drives it to its station."""
    part = w.parts[p]
    v = w.present[row].vehicle
    vehicle = w.vehicles[v]
    s = w.options[part.option].station
    station = w.stations[s]
    spot = station.carry_to
    if station.capacity == 0:
        u = idle_unit(w, s)
        if u < 0:
            come_to(w, p)
            return
        part.goal = u
        w.units[u].reserved = p
        spot = w.units[u].machine
    else:
        station.coming += 1
    part.where = ABOARD
    vehicle.part = p
    vehicle.leg = WITH_PART
    vehicle.began = w.present[row].since
    rest = drive_time(w, v, spot) - w.found_vehicles[v].elapsed
    vehicle.place = spot
    vehicle.final_place = spot
    touch_vehicle(w, v)
    wait_until(w, v, max(rest, 0.0))


@rare
def find_part(w: World, row: int) -> None:
    """A part that is in the plant already, where it was found."""
    found = w.present[row]
    p = new_part(w, found.order, found.product)
    part = w.parts[p]
    part.born = found.born
    part.fresh = found.fresh
    part.machine = found.machine
    part.step = found.step
    part.option = found.option


@rare
def find_place(w: World, p: int, row: int) -> None:
    """Part p is put where it was found."""
    found = w.present[row]
    part = w.parts[p]
    if found.where == ON_UNIT:
        if found.load > 0:
            find_load(w, p, row)
        return
    if found.where == UNDER_WAY:
        find_trip(w, p, row)
        return
    if found.where == ABOARD:
        find_aboard(w, p, row)
        return
    if part.option < 0:  # it chooses among several stations, or begins a delay
        go_to(w, p, found.step)
        return
    s = w.options[part.option].station
    station = w.stations[s]
    places = station.capacity - station.queued - station.coming
    if found.where == QUEUED and (station.capacity < 0 or places > 0):
        enter(w, p, s)
        part.entered = found.since
        stir(w, s)
    else:
        come_to(w, p)


def place_present(w: World, row: int) -> None:
    """Parts that are there at time 0: in their queue, or on a machine for some time already."""
    present = w.present[row]
    for _ in range(present.pieces):
        o = new_order(w, present.stream, 1)
        w.orders[o].to_make = 0
        p = new_part(w, o, present.product)
        if present.elapsed < 0.0:
            go_to(w, p, present.step)
            continue
        part = w.parts[p]
        part.step = present.step
        part.option = w.steps[present.step].first_option
        u = idle_unit(w, w.options[part.option].station)
        if u < 0:  # more of them than machines that are open: it waits
            go_to(w, p, present.step)
            continue
        unit = w.units[u]
        part.entered = w.now
        part.left = residual(w, p, u, present.elapsed)
        part.mate = -1
        unit.family = w.products[part.product].family
        unit.emptied = w.now
        take(w, u, p, 1)


def start_stream(w: World, k: int) -> None:
    """The stream as it is at the beginning: its next order ahead, its cards out."""
    stream = w.streams[k]
    stream.rate = 1.0
    if stream.profile >= 0:
        cycles = int(w.begin / stream.rate_cycle)
        within = w.begin - cycles * stream.rate_cycle
        stream.rate_at = cycles * stream.rates
        for i in range(stream.rates):
            if w.rate_from[stream.profile + i] <= within:
                stream.rate_at += 1
        before = (stream.rate_at - 1 + stream.rates) % stream.rates
        stream.rate = w.rate_value[stream.profile + before]
        schedule_rate(w, k)
    if stream.limit >= 0 and stream.number >= stream.limit:
        return
    if w.found and w.found_streams[k].over:
        return
    if stream.release == CARDS:
        use_cards(w, k)
    elif w.found and stream.release == DATED and w.found_streams[k].elapsed >= 0.0:
        if stream.every >= 0:
            stream.begun = 1
            key = key_of(w.seed, stream.key, KEY_EVERY, stream.number)
            stream.left = rest_of(w, stream.every, key, -1, w.found_streams[k].elapsed)
            run_stream(w, k)
    elif stream.release == DATED and stream.first >= 0.0:
        stream.due = stream.first
        stream.runs = 1
        push(w, stream.first, E_ORDER, k, stream.version)
    elif stream.release == DATED and stream.every >= 0:
        stream.begun = 1
        stream.left = draw(w, stream.every, key_of(w.seed, stream.key, KEY_EVERY, 0), -1)
        run_stream(w, k)


def reseed(w: World, seed: int, replication: int) -> None:
    """All chance from now on depends on a seed and the number of a replication."""
    w.seed = mix(mix(np.uint64(seed) + _GOLDEN) + np.uint64(replication))


def start(w: World, seed: int, replication: int) -> int:
    """The plant at the beginning: empty, but for what the layout says is present, or as it was
    found; 0, or why not."""
    w.now = w.begin
    reseed(w, seed, replication)
    w.fail = 0
    w.pause = 0
    w.dirty_n = 0
    w.dirty_top = -1
    w.aside = 0
    w.stocks_dirty = 0
    w.crew_dirty = 0
    w.listed = 0
    w.fleet_dirty = 0
    w.losers = 0
    w.hole = 0
    clear_behind(w, 0)
    w.parts_made = 0
    w.orders_made = 0
    w.events = 0
    w.wip = 0
    w.touched_units_n = 0
    w.touched_people_n = 0
    w.touched_vehicles_n = 0
    w.passing_n = 0
    w.passing_now = 0
    w.last_exit = 0.0
    start_tables(w)
    for c in range(w.calendars_n):
        start_calendar(w, c)
    for u in range(w.units_n):
        start_unit(w, u)
    for p in range(w.people_n):
        person = w.people[p]
        person.place = person.home
        if w.found and w.found_people[p] >= 0:
            person.place = w.found_people[p]
        person.request = -1
        person.fetched_at = -1.0
        person.version = 0
        person.touched = 0
        person.absent = 0
        c = w.crews[person.crew].calendar
        if c >= 0 and not w.calendars[c].closed:
            draw_absence(w, p, w.calendars[c].at)
        person.state = OFF if is_off_duty(w, p) else IDLE
        person.booked_part = -1
    forget(w)
    for k in range(w.streams_n):
        clear_stream(w, k)
    if w.found:
        for row in range(w.found_orders_n):
            find_order(w, row)
        for row in range(w.present_n):
            find_part(w, row)
        for row in range(w.present_n):  # parts have the numbers of their rows
            find_place(w, row, row)
        for k in range(w.streams_n):
            w.streams[k].number = w.found_streams[k].number
        forget(w)
    else:
        for row in range(w.present_n):
            place_present(w, row)
    for k in range(w.streams_n):
        start_stream(w, k)
    w.unsettled = 1
    return w.fail
