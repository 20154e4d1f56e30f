"""The compiled loop: parts, machines, people and orders over time.

One file, printable, and it imports nothing of this package. The whole state is one structured
record, the world `w`: a compiled function that is handed a record gets one pointer with constant
offsets, which is many times as fast as handing it arrays. The same source runs interpreted
(NUMBA_DISABLE_JIT=1), bit for bit the same, as `math` is used throughout.

One instant, until nothing more happens at that time:
  1. ends: finished phases, trips, repairs; then closings, openings; then failures; then orders.
     They set bits and put pieces, so that their order within a rank changes nothing.
  2. moves: from the last station of the flow up, blocked pieces on and waiting pieces in.
  3. people and arms, to whom waits longest.
  4. clocks: what runs now is started, what may not run any longer keeps the time it has left.
  5. booking: who is in another state than before; what lasted no time is never written.

Chance is a function, not a generator: each draw is a hash of (seed, replication, who, what, how
often), so a change in one place shifts nobody else's draws.
"""

import math
from typing import Any

import numpy as np
from numba import njit

# What a resource is doing; the numbers are those of timeline.State (a test compares them).
OFF = 0
IDLE = 2
SETUP = 3
PROCESSING = 4
STARVED = 5
BLOCKED = 6
WAITING_CREW = 7
DOWN = 9
N_STATES = 11

# Phases of a step on a unit, in order; before the first a unit is EMPTY, after the last it HOLDs.
EMPTY = -1
PHASES = 4  # set up, load, run, unload
SETUP_PHASE = 0
RUN_PHASE = 2
HOLD = 4

# How far a unit is with its phase.
STILL = 0  # no phase
ASKED = 1  # waits for somebody free
COMING = 2  # somebody is on the way
READY = 3  # everybody there; the clock starts at the end of this instant
RUNNING = 4
PAUSED = 5

# Why a unit may not run.
BIT_DOWN = 1
BIT_CLOSED = 2

# Where a part goes that goes to no step.
OUT = -1
SCRAP = -2

# Events, in the order in which they happen within one instant.
E_PHASE = 0
E_LEAVE = 1
E_WALKED = 2
E_TRIP = 3
E_REPAIRED = 4
E_CLOSE = 5
E_OPEN = 6
E_FAIL = 7
E_ORDER = 8

# What `run` returns.
DONE = 0
DRAIN = 1  # a log is filling up: take the rows out, then go on
NEED_ROOM = 2  # more parts than places in the table: copy into a larger world, then go on
ZERO_LOOP = 3  # time stands still: parts circle without taking any time
FULL = 4  # a table ran over within one instant

# Kinds of move in the log.
BY_HAND = 0  # origin: machine, target: machine
BY_ARM = 1  # origin: phase row, target: machine
ON_FOOT = 2  # origin: place, target: machine

# What a point in the log counts.
COUNT_SCRAP = 0
COUNT_REWORK = 1
COUNT_DONE = 2

# Happenings of an order in the log.
ORDER_RELEASED = 0
ORDER_STARTED = 1
ORDER_DONE = 2
ORDER_SCRAPPED = 3

# Room in the tables. No power of two, and no table whose rows repeat every 4,096 bytes: all
# fields of a unit would fall into one set of the cache.
UNITS = 203
MACHINES = 151
STATIONS = 101
PEOPLE = 103
CREWS = 53
SKILLS = 53
PLACES = MACHINES + CREWS
CALENDARS = 17
OPENINGS = 211
DISTURBANCES = 3  # of one station
REQUESTS = 1 + DISTURBANCES  # of one unit: to attend it, and for each repair
DISTS = 1201
VALUES = 10_007
STEPS = 401
ROUTE = 61  # steps of one product
BRANCHES = 803
COUNTED = 23  # branches of one product that are counted
TRANSFERS = 103
PRODUCTS = 53
STREAMS = 101
LOG = 20_011
ROUNDS = 10_000  # of one instant, before it counts as a loop without time

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


def world_type(parts: int = 20_507) -> np.dtype:
    """The record for a plant with at most `parts` parts in it at once."""

    def rows(*fields: tuple) -> np.dtype:
        return np.dtype(list(fields), align=True)

    unit = rows(
        # the plan
        ("station", "i8"),
        ("machine", "i8"),
        ("name_key", "u8"),
        # now
        ("part", "i8"),
        ("visit", "i8"),
        ("phase", "i8"),
        ("stage", "i8"),
        ("bits", "i8"),
        ("version", "i8"),
        ("leave_version", "i8"),
        ("started", "f8"),  # when the phase began
        ("due", "f8"),
        ("left", "f8"),
        ("leave_due", "f8"),
        ("leave_left", "f8"),  # of the attended part; below 0: nobody leaves before the end
        ("attendant", "i8"),
        ("skill", "i8"),
        ("again", "i8"),  # the phase starts anew after the repair
        ("d_active", "i8", (DISTURBANCES,)),  # it is down with this one
        ("d_repairer", "i8", (DISTURBANCES,)),
        ("d_ready", "i8", (DISTURBANCES,)),  # the repair may go on
        ("d_left", "f8", (DISTURBANCES,)),
        ("d_due", "f8", (DISTURBANCES,)),
        ("d_runs", "i8", (DISTURBANCES,)),
        ("d_version", "i8", (DISTURBANCES,)),
        ("d_count", "i8", (DISTURBANCES,)),
        ("reserved", "i8"),  # the part on its way to it, where a station has no waiting places
        ("reserved_here", "i8"),
        ("target", "i8"),
        ("held", "f8"),
        ("blocked_next", "i8"),
        ("blocked_prev", "i8"),
        # books
        ("touched", "i8"),
        ("state", "i8"),
        ("booked_part", "i8"),
        ("since", "f8"),
        ("times", "f8", (N_STATES,)),
        ("done", "i8"),
        ("scrapped", "i8"),
        ("reworked", "i8"),
    )
    person = rows(
        ("crew", "i8"),
        ("place", "i8"),
        ("home", "i8"),
        ("request", "i8"),
        ("version", "i8"),
        ("touched", "i8"),
        ("state", "i8"),
        ("booked_part", "i8"),
        ("since", "f8"),
        ("times", "f8", (N_STATES,)),
    )
    request = rows(
        ("asked", "f8"),
        ("skill", "i8"),
        ("wanted", "i8"),
        ("listed", "i8"),
        ("next", "i8"),
        ("prev", "i8"),
    )
    station = rows(
        ("first", "i8"),
        ("count", "i8"),
        ("capacity", "i8"),
        ("calendar", "i8"),
        ("pace", "f8"),
        ("disturbances", "i8"),
        ("d_calendar", "i8", (DISTURBANCES,)),  # 1: runs in open time, 0: while working
        ("d_every", "i8", (DISTURBANCES,)),
        ("d_lasts", "i8", (DISTURBANCES,)),
        ("d_skill", "i8", (DISTURBANCES,)),
        ("d_fate", "i8", (DISTURBANCES,)),  # 0 resume, 1 restart, 2 scrap
        ("d_key", "u8", (DISTURBANCES,)),
        ("queued", "i8"),
        ("coming", "i8"),
        ("head", "i8"),
        ("tail", "i8"),
        ("blocked_head", "i8"),
        ("blocked_tail", "i8"),
        ("dirty", "i8"),
    )
    crew = rows(
        ("first", "i8"),
        ("count", "i8"),
        ("calendar", "i8"),
        ("on_foot", "i8"),
        ("speed", "f8"),  # 0: walking takes no time
        ("pace", "f8"),
        ("free", "i8"),
        ("offers", "i1", (SKILLS,)),
    )
    calendar = rows(
        ("cycle", "f8"),
        ("first", "i8"),
        ("count", "i8"),
        ("at", "i8"),  # how many openings are over
        ("closed", "i8"),
    )
    dist = rows(
        ("kind", "i8"),
        ("a", "f8"),
        ("b", "f8"),
        ("c", "f8"),
        ("first", "i8"),
        ("count", "i8"),
    )
    phase = rows(
        ("present", "i8"),
        ("dist", "i8"),
        ("transfer", "i8"),  # row of transfer times, for an arm's phase
        ("chance", "f8"),
        ("skill", "i8"),
        ("attended", "f8"),  # below 0: throughout
        ("time_key", "u8"),
        ("chance_key", "u8"),
    )
    step = rows(
        ("station", "i8"),
        ("first_branch", "i8"),
        ("branches", "i8"),
        ("next", "i8"),
        ("local", "i8"),  # its number in its route
        ("key", "u8"),
    )
    branch = rows(("target", "i8"), ("share", "f8"), ("at_most", "i8"), ("counter", "i8"))
    product = rows(("first", "i8"), ("replace", "i8"), ("exits", "i8"))
    stream = rows(
        ("product", "i8"),
        ("every", "i8"),
        ("quantity", "i8"),
        ("calendar", "i8"),
        ("first", "f8"),  # by the clock; below 0: one interval after the start
        ("key", "u8"),
        ("begun", "i8"),
        ("number", "i8"),
        ("due", "f8"),
        ("left", "f8"),
        ("version", "i8"),
    )
    part = rows(
        ("product", "i8"),
        ("step", "i8"),
        ("order", "i8"),
        ("next", "i8"),
        ("prev", "i8"),
        ("number", "i8"),
        ("key", "u8"),
        ("unit", "i8"),  # that has it reserved
        ("entered", "f8"),
        ("visits", "i2", (ROUTE,)),
        ("taken", "i2", (COUNTED,)),
    )
    order = rows(
        ("number", "i8"),  # over all streams
        ("stream", "i8"),
        ("pieces", "i8"),  # how many were started, replacements too
        ("open", "i8"),
        ("lost", "i8"),
        ("next", "i8"),
        ("line", "i8"),  # its number in its stream
        ("release", "f8"),
        ("start", "f8"),
    )
    log_interval = rows(
        ("resource", "i8"), ("state", "i8"), ("part", "i8"), ("start", "f8"), ("end", "f8")
    )
    log_move = rows(
        ("kind", "i8"),
        ("carrier", "i8"),
        ("origin", "i8"),
        ("target", "i8"),
        ("part", "i8"),
        ("start", "f8"),
        ("end", "f8"),
    )
    log_order = rows(
        ("what", "i8"), ("stream", "i8"), ("number", "i8"), ("line", "i8"), ("time", "f8")
    )
    log_part = rows(("number", "i8"), ("order", "i8"), ("piece", "i8"))
    log_point = rows(("what", "i8"), ("unit", "i8"), ("part", "i8"), ("time", "f8"))
    heap = 2 * parts + 16 * UNITS
    return np.dtype(
        [
            # how many of each there are
            ("units_n", "i8"),
            ("people_n", "i8"),
            ("stations_n", "i8"),
            ("crews_n", "i8"),
            ("skills_n", "i8"),
            ("calendars_n", "i8"),
            ("products_n", "i8"),
            ("streams_n", "i8"),
            ("burst", "i8"),  # parts that one instant may bring
            ("logging", "i8"),  # 0: only sums and orders, 1: everything
            # now
            ("now", "f8"),
            ("seed", "u8"),
            ("fail", "i8"),
            ("dirty_n", "i8"),
            ("dirty_top", "i8"),
            ("crew_dirty", "i8"),
            ("free_part", "i8"),
            ("free_parts", "i8"),
            ("free_order", "i8"),
            ("parts_made", "i8"),
            ("orders_made", "i8"),
            ("events", "i8"),
            # books
            ("wip", "i8"),
            ("wip_since", "f8"),
            ("wip_area", "f8"),
            ("exits", "i8"),
            ("scraps", "i8"),
            ("starts", "i8"),
            ("booked_from", "f8"),
            ("touched_units_n", "i8"),
            ("touched_people_n", "i8"),
            ("touched_units", "i8", (UNITS,)),
            ("passing_n", "i8"),
            ("passing", "i8", (UNITS,)),
            ("touched_people", "i8", (PEOPLE,)),
            ("heap_n", "i8"),
            ("heap_time", "f8", (heap,)),
            ("heap_key", "i8", (heap,)),
            # tables
            ("units", unit, (UNITS,)),
            ("people", person, (PEOPLE,)),
            ("requests", request, (REQUESTS * UNITS,)),
            ("skill_head", "i8", (SKILLS,)),
            ("skill_tail", "i8", (SKILLS,)),
            ("stations", station, (STATIONS,)),
            ("crews", crew, (CREWS,)),
            ("calendars", calendar, (CALENDARS,)),
            ("opening", "f8", (OPENINGS,)),
            ("closing", "f8", (OPENINGS,)),
            ("dists", dist, (DISTS,)),
            ("values", "f8", (VALUES,)),
            ("weights", "f8", (VALUES,)),
            ("steps", step, (STEPS,)),
            ("phases", phase, (STEPS * PHASES,)),
            ("branches", branch, (BRANCHES,)),
            ("products", product, (PRODUCTS,)),
            ("streams", stream, (STREAMS,)),
            ("carry", "f8", (MACHINES, STATIONS)),  # [s]
            ("carry_to", "i8", (STATIONS,)),  # the machine a station's parts are brought to
            ("walk", "f8", (PLACES, MACHINES)),  # [m]
            ("transfer", "f8", (TRANSFERS, MACHINES)),  # [s]
            ("parts", part, (parts,)),
            ("orders", order, (parts,)),
            # logs
            ("log_intervals_n", "i8"),
            ("log_moves_n", "i8"),
            ("log_orders_n", "i8"),
            ("log_parts_n", "i8"),
            ("log_points_n", "i8"),
            ("log_intervals", log_interval, (LOG,)),
            ("log_moves", log_move, (LOG,)),
            ("log_orders", log_order, (LOG,)),
            ("log_parts", log_part, (LOG,)),
            ("log_points", log_point, (LOG,)),
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


@njit(cache=True)
def mix(x: Any) -> Any:
    """Stir 64 bits (the finaliser of SplitMix64: Steele, Lea, Flood 2014)."""
    x = (x ^ (x >> _S30)) * _M1
    x = (x ^ (x >> _S27)) * _M2
    return x ^ (x >> _S31)


@njit(cache=True)
def key_of(seed: Any, who: Any, what: Any, count: int) -> Any:
    """The key of one draw: 64 bits from who draws, what for, and the how manieth time."""
    return mix(mix(mix(seed + who) + what) + np.uint64(count) * _GOLDEN)


@njit(cache=True)
def uniform(key: Any, k: int) -> float:
    """The k-th number of a key, inside (0, 1): never 0 nor 1."""
    bits = mix(key + np.uint64(k + 1) * _GOLDEN) >> _S11
    return (float(np.int64(bits)) + 0.5) * 1.1102230246251565e-16


@njit(cache=True)
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


@njit(cache=True)
def gamma_variate(key: Any, shape: float) -> float:
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


@njit(cache=True)
def draw(w: Any, row: int, key: Any) -> float:
    """One time [s] of distribution `row` for a key."""
    d = w.dists[row]
    kind = d.kind
    if kind == D_CONSTANT:
        return d.a
    u = uniform(key, 0)
    if kind == D_EXPONENTIAL:
        return -d.a * math.log(u)
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
    if kind == D_HYPEREXPONENTIAL:
        k = d.first
        last = d.first + d.count - 1
        while k < last and u >= w.weights[k]:
            k += 1
        return -w.values[k] * math.log(uniform(key, 1))
    return w.values[d.first + min(d.count - 1, int(u * d.count))]


# --- events --------------------------------------------------------------------------------------

_VERSIONS = (1 << 28) - 1


@njit(cache=True)
def push(w: Any, time: float, kind: int, entity: int, version: int) -> None:
    """Put an event into the heap, ordered by time, then kind, then entity."""
    if w.heap_n == w.heap_time.shape[0]:
        w.fail = FULL
        return
    key = (kind << 56) | (entity << 28) | (version & _VERSIONS)
    i = w.heap_n
    w.heap_n = i + 1
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


@njit(cache=True)
def sift_down(w: Any, i: int, n: int, time: float, key: int) -> None:
    """Put (time, key) into the heap of n events at or below place i."""
    while True:
        child = 2 * i + 1
        if child >= n:
            break
        t = w.heap_time[child]
        k = w.heap_key[child]
        if child + 1 < n:
            t2 = w.heap_time[child + 1]
            k2 = w.heap_key[child + 1]
            if t2 < t or (t2 == t and k2 < k):
                child += 1
                t = t2
                k = k2
        if time < t or (time == t and key <= k):
            break
        w.heap_time[i] = t
        w.heap_key[i] = k
        i = child
    w.heap_time[i] = time
    w.heap_key[i] = key


@njit(cache=True)
def pop(w: Any) -> int:
    """Take the first event out of the heap; its key."""
    key = w.heap_key[0]
    n = w.heap_n - 1
    w.heap_n = n
    if n > 0:
        sift_down(w, 0, n, w.heap_time[n], w.heap_key[n])
    return key


@njit(cache=True)
def is_stale(w: Any, key: int) -> bool:
    """Whether what the event speaks of has changed since."""
    kind = key >> 56
    entity = (key >> 28) & _VERSIONS
    version = key & _VERSIONS
    if kind == E_PHASE:
        return w.units[entity].version & _VERSIONS != version
    if kind == E_LEAVE:
        return w.units[entity].leave_version & _VERSIONS != version
    if kind in (E_REPAIRED, E_FAIL):
        unit = w.units[entity // DISTURBANCES]
        return unit.d_version[entity % DISTURBANCES] & _VERSIONS != version
    if kind == E_WALKED:
        return w.people[entity].version & _VERSIONS != version
    if kind == E_ORDER:
        return w.streams[entity].version & _VERSIONS != version
    return False


@njit(cache=True)
def drop_stale(w: Any) -> None:
    """Sort out the events that have been overtaken, so that they cannot fill the heap."""
    kept = 0
    for i in range(w.heap_n):
        if not is_stale(w, w.heap_key[i]):
            w.heap_time[kept] = w.heap_time[i]
            w.heap_key[kept] = w.heap_key[i]
            kept += 1
    w.heap_n = kept
    for i in range(kept // 2 - 1, -1, -1):
        sift_down(w, i, kept, w.heap_time[i], w.heap_key[i])


# --- touched, dirty, logged ----------------------------------------------------------------------


@njit(cache=True)
def touch(w: Any, u: int) -> None:
    """The unit may be in another state at the end of this instant."""
    unit = w.units[u]
    if not unit.touched:
        unit.touched = 1
        w.touched_units[w.touched_units_n] = u
        w.touched_units_n += 1


@njit(cache=True)
def touch_person(w: Any, p: int) -> None:
    """The person may be in another state at the end of this instant."""
    person = w.people[p]
    if not person.touched:
        person.touched = 1
        w.touched_people[w.touched_people_n] = p
        w.touched_people_n += 1


@njit(cache=True)
def stir(w: Any, s: int) -> None:
    """Parts may move at or into the station."""
    station = w.stations[s]
    if not station.dirty:
        station.dirty = 1
        w.dirty_n += 1
    if s > w.dirty_top:
        w.dirty_top = s


@njit(cache=True)
def log_order(w: Any, what: int, o: int) -> None:
    """Write down what happens to order o."""
    n = w.log_orders_n
    if n == LOG:
        w.fail = FULL
        return
    order = w.orders[o]
    row = w.log_orders[n]
    row.what = what
    row.stream = order.stream
    row.number = order.number
    row.line = order.line
    row.time = w.now
    w.log_orders_n = n + 1


@njit(cache=True)
def log_move(
    w: Any, kind: int, carrier: int, origin: int, target: int, part: int, start: float, end: float
) -> None:
    """Write down that something is carried, or somebody walks, from start to end [s]."""
    if not w.logging:
        return
    n = w.log_moves_n
    if n == LOG:
        w.fail = FULL
        return
    row = w.log_moves[n]
    row.kind = kind
    row.carrier = carrier
    row.origin = origin
    row.target = target
    row.part = part
    row.start = start
    row.end = end
    w.log_moves_n = n + 1


@njit(cache=True)
def log_interval(w: Any, resource: int, state: int, part: int, start: float) -> None:
    """Write down that a resource was in a state from `start` [s] until now."""
    n = w.log_intervals_n
    if n == LOG:
        w.fail = FULL
        return
    row = w.log_intervals[n]
    row.resource = resource
    row.state = state
    row.part = part
    row.start = start
    row.end = w.now
    w.log_intervals_n = n + 1


@njit(cache=True)
def log_point(w: Any, what: int, u: int, part: int) -> None:
    """Write down that something is counted at unit u."""
    if not w.logging:
        return
    n = w.log_points_n
    if n == LOG:
        w.fail = FULL
        return
    row = w.log_points[n]
    row.what = what
    row.unit = u
    row.part = part
    row.time = w.now
    w.log_points_n = n + 1


@njit(cache=True)
def count_wip(w: Any, change: int) -> None:
    """There are `change` parts more in the plant from now on."""
    w.wip_area += w.wip * (w.now - w.wip_since)
    w.wip_since = w.now
    w.wip += change


# --- people and arms -----------------------------------------------------------------------------


@njit(cache=True)
def asked_before(w: Any, a: int, b: int) -> bool:
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


@njit(cache=True)
def ask(w: Any, r: int, skill: int) -> None:
    """Request r waits for somebody with the skill: REQUESTS x unit to attend it, + 1 + k to repair
    its disturbance k."""
    request = w.requests[r]
    request.asked = w.now
    request.skill = skill
    request.wanted = 1
    review(w, r)


@njit(cache=True)
def review(w: Any, r: int) -> None:
    """List the request if it may be answered now: nobody comes to a closed or a broken machine,
    but to mend it. It keeps the time at which it was asked."""
    request = w.requests[r]
    repair = r % REQUESTS > 0
    hindered = w.units[r // REQUESTS].bits & (BIT_CLOSED if repair else BIT_CLOSED | BIT_DOWN)
    wanted = request.wanted and not hindered
    if wanted and not request.listed:
        enlist(w, r, request.skill)
    elif request.listed and not wanted:
        delist(w, r)


@njit(cache=True)
def enlist(w: Any, r: int, skill: int) -> None:
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
    w.crew_dirty = 1


@njit(cache=True)
def withdraw(w: Any, r: int) -> None:
    """Nobody is needed for request r any longer."""
    w.requests[r].wanted = 0
    review(w, r)


@njit(cache=True)
def delist(w: Any, r: int) -> None:
    """Take request r off its list."""
    request = w.requests[r]
    request.listed = 0
    if request.prev >= 0:
        w.requests[request.prev].next = request.next
    else:
        w.skill_head[request.skill] = request.next
    if request.next >= 0:
        w.requests[request.next].prev = request.prev
    else:
        w.skill_tail[request.skill] = request.prev


@njit(cache=True)
def is_off_duty(w: Any, p: int) -> bool:
    """Whether the person's calendar is closed."""
    c = w.crews[w.people[p].crew].calendar
    return c >= 0 and w.calendars[c].closed == 1


@njit(cache=True)
def free_person(w: Any, skill: int) -> int:
    """The first free person or arm with the skill, or -1."""
    for c in range(w.crews_n):
        crew = w.crews[c]
        if crew.offers[skill] and crew.free > 0:
            if crew.calendar >= 0 and w.calendars[crew.calendar].closed:
                continue
            for p in range(crew.first, crew.first + crew.count):
                if w.people[p].request < 0:
                    return p
    return -1


@njit(cache=True)
def dismiss(w: Any, p: int) -> None:
    """The person is free again, where he or she stands."""
    person = w.people[p]
    person.request = -1
    person.version += 1  # who is still on the way stops here
    w.crews[person.crew].free += 1
    w.crew_dirty = 1
    touch_person(w, p)


@njit(cache=True)
def arrive(w: Any, p: int) -> None:
    """The person stands at the unit."""
    r = w.people[p].request
    unit = w.units[r // REQUESTS]
    if r % REQUESTS:
        unit.d_ready[r % REQUESTS - 1] = 1
    else:
        unit.stage = READY
    touch(w, r // REQUESTS)


@njit(cache=True)
def send_person(w: Any, p: int, r: int) -> None:
    """Person p goes to answer request r."""
    withdraw(w, r)
    u = r // REQUESTS
    unit = w.units[u]
    person = w.people[p]
    crew = w.crews[person.crew]
    person.request = r
    crew.free -= 1
    if r % REQUESTS:
        unit.d_repairer[r % REQUESTS - 1] = p
    else:
        unit.attendant = p
        unit.skill = w.requests[r].skill
        unit.stage = COMING
    origin = person.place
    person.place = unit.machine
    walk = 0.0
    if crew.speed > 0.0 and origin >= 0:
        walk = w.walk[origin, unit.machine] / crew.speed
    if crew.on_foot and origin != unit.machine:
        log_move(w, ON_FOOT, w.units_n + p, origin, unit.machine, -1, w.now, w.now + walk)
    touch_person(w, p)
    touch(w, u)
    if walk > 0.0:
        person.version += 1
        push(w, w.now + walk, E_WALKED, p, person.version)
    else:
        arrive(w, p)


@njit(cache=True)
def assign(w: Any) -> None:
    """Free people and arms go to who waits longest, over all skills."""
    w.crew_dirty = 0
    while True:
        best = -1
        who = -1
        for skill in range(w.skills_n):
            r = w.skill_head[skill]
            if r >= 0 and (best < 0 or asked_before(w, r, best)):
                p = free_person(w, skill)
                if p >= 0:
                    best = r
                    who = p
        if best < 0:
            return
        send_person(w, who, best)


@njit(cache=True)
def release_attendant(w: Any, u: int) -> None:
    """Who attends the unit, if anybody, is free again."""
    unit = w.units[u]
    if unit.attendant >= 0:
        dismiss(w, unit.attendant)
        unit.attendant = -1
        unit.skill = -1


# --- clocks --------------------------------------------------------------------------------------


@njit(cache=True)
def stop_clock(w: Any, u: int) -> None:
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
    station = w.stations[unit.station]
    for k in range(station.disturbances):
        if not station.d_calendar[k] and not unit.d_active[k]:
            unit.d_left[k] = unit.d_due[k] - w.now
            unit.d_version[k] += 1


@njit(cache=True)
def run_clock(w: Any, u: int) -> None:
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
    station = w.stations[unit.station]
    for k in range(station.disturbances):
        if not station.d_calendar[k]:
            unit.d_due[k] = w.now + unit.d_left[k]
            unit.d_version[k] += 1
            if unit.d_left[k] < unit.left:  # at the same time the part is done
                push(w, unit.d_due[k], E_FAIL, u * DISTURBANCES + k, unit.d_version[k])


@njit(cache=True)
def phase_time(w: Any, u: int) -> tuple[float, float]:
    """How long the unit's phase takes, and how much of it is attended (below 0: all) [s]."""
    unit = w.units[u]
    part = w.parts[unit.part]
    phase = w.phases[part.step * PHASES + unit.phase]
    if phase.transfer >= 0:
        time = w.transfer[phase.transfer, unit.machine]
    else:
        time = draw(w, phase.dist, key_of(w.seed, part.key, phase.time_key, unit.visit))
    if unit.phase == RUN_PHASE:
        time *= w.stations[unit.station].pace
    attended = -1.0
    if unit.attendant >= 0:
        pace = w.crews[w.people[unit.attendant].crew].pace
        if phase.attended < 0.0:
            time *= pace
        elif phase.attended * pace < time:
            attended = phase.attended * pace
    return time, attended


@njit(cache=True)
def start_phase(w: Any, u: int) -> None:
    """The clock of a phase begins; its time is drawn here, once."""
    unit = w.units[u]
    time, attended = phase_time(w, u)
    unit.started = w.now
    unit.left = time
    unit.leave_left = attended
    run_clock(w, u)


@njit(cache=True)
def set_clocks(w: Any, u: int) -> None:
    """Run what may run and stop what may not, after all that happened in this instant."""
    unit = w.units[u]
    away = unit.attendant >= 0 and is_off_duty(w, unit.attendant)
    if unit.bits or away:
        stop_clock(w, u)
    elif unit.stage == READY:
        start_phase(w, u)
    elif unit.stage == PAUSED:
        run_clock(w, u)
    station = w.stations[unit.station]
    for k in range(station.disturbances):
        if unit.d_active[k]:
            runs = not unit.bits & BIT_CLOSED and unit.d_ready[k]
            if runs and unit.d_repairer[k] >= 0:
                runs = not is_off_duty(w, unit.d_repairer[k])
            kind = E_REPAIRED
        elif station.d_calendar[k]:
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


# --- the life of a part on a unit ----------------------------------------------------------------


@njit(cache=True)
def next_phase(w: Any, u: int, p: int) -> None:
    """Begin the first phase from p on that happens; after the last one the part is finished."""
    unit = w.units[u]
    part = w.parts[unit.part]
    while p < PHASES:
        phase = w.phases[part.step * PHASES + p]
        if phase.present:
            if phase.chance >= 1.0:
                break
            if uniform(key_of(w.seed, part.key, phase.chance_key, unit.visit), 0) < phase.chance:
                break
        p += 1
    touch(w, u)
    if p == PHASES and unit.phase != EMPTY:
        finish(w, u)
        return
    if p == PHASES:  # nothing at all happens on this visit: on it goes, after all moves
        unit.phase = HOLD
        w.passing[w.passing_n] = u
        w.passing_n += 1
        return
    unit.phase = p
    skill = w.phases[part.step * PHASES + p].skill
    if skill >= 0 and unit.attendant >= 0 and unit.skill == skill:
        unit.stage = READY
        return
    release_attendant(w, u)
    if skill >= 0:
        unit.stage = ASKED
        ask(w, REQUESTS * u, skill)
    else:
        unit.stage = READY


@njit(cache=True)
def on_phase(w: Any, u: int) -> None:
    """The unit's phase is over."""
    unit = w.units[u]
    part = w.parts[unit.part]
    phase = w.phases[part.step * PHASES + unit.phase]
    stop_clock(w, u)
    station = w.stations[unit.station]
    for k in range(station.disturbances):
        # A failure due at the very end: the part is done, and the unit fails now.
        if not station.d_calendar[k] and not unit.d_active[k] and unit.d_left[k] <= 0.0:
            unit.d_version[k] += 1
            push(w, w.now, E_FAIL, u * DISTURBANCES + k, unit.d_version[k])
    if phase.transfer >= 0:
        carrier = w.units_n + unit.attendant
        row = part.step * PHASES + unit.phase
        log_move(w, BY_ARM, carrier, row, unit.machine, part.number, unit.started, w.now)
    if phase.attended >= 0.0:
        release_attendant(w, u)
    unit.stage = STILL
    next_phase(w, u, unit.phase + 1)


@njit(cache=True)
def next_step(w: Any, u: int) -> int:
    """The step, OUT or SCRAP that the finished part goes to."""
    unit = w.units[u]
    part = w.parts[unit.part]
    step = w.steps[part.step]
    if step.branches > 0:
        chance = uniform(key_of(w.seed, part.key, step.key, unit.visit), 0)
        for b in range(step.first_branch, step.first_branch + step.branches):
            branch = w.branches[b]
            if chance < branch.share:
                if branch.at_most < 0:
                    return branch.target
                if part.taken[branch.counter] < branch.at_most:
                    part.taken[branch.counter] += 1
                    return branch.target
                break
            chance -= branch.share
    return step.next


@njit(cache=True)
def finish(w: Any, u: int) -> None:
    """The part is finished at this unit: it leaves, or waits for room where it goes next."""
    unit = w.units[u]
    p = unit.part
    part = w.parts[p]
    release_attendant(w, u)
    unit.phase = HOLD
    unit.stage = STILL
    target = next_step(w, u)
    unit.done += 1
    log_point(w, COUNT_DONE, u, part.number)
    if target == OUT:
        empty(w, u)
        leave(w, p)
    elif target == SCRAP:
        empty(w, u)
        unit.scrapped += 1
        log_point(w, COUNT_SCRAP, u, part.number)
        scrap(w, p)
    else:
        if w.steps[target].local <= w.steps[part.step].local:
            unit.reworked += 1
            log_point(w, COUNT_REWORK, u, part.number)
        unit.target = target
        unit.held = w.now
        queue_blocked(w, u, w.steps[target].station)


@njit(cache=True)
def empty(w: Any, u: int) -> None:
    """The unit has no part any more and may take another."""
    unit = w.units[u]
    release_attendant(w, u)
    unit.part = -1
    unit.phase = EMPTY
    unit.stage = STILL
    stir(w, unit.station)
    touch(w, u)


@njit(cache=True)
def queue_blocked(w: Any, u: int, s: int) -> None:
    """Unit u waits until its part has room at station s: first blocked, first served."""
    unit = w.units[u]
    station = w.stations[s]
    number = w.parts[unit.part].number
    after = station.blocked_tail
    while after >= 0:
        other = w.units[after]
        if other.held < unit.held or w.parts[other.part].number < number:
            break
        after = other.blocked_prev
    unit.blocked_prev = after
    if after >= 0:
        unit.blocked_next = w.units[after].blocked_next
        w.units[after].blocked_next = u
    else:
        unit.blocked_next = station.blocked_head
        station.blocked_head = u
    if unit.blocked_next >= 0:
        w.units[unit.blocked_next].blocked_prev = u
    else:
        station.blocked_tail = u
    stir(w, s)


@njit(cache=True)
def unqueue_blocked(w: Any, u: int, s: int) -> None:
    """Unit u waits for room at station s no longer."""
    unit = w.units[u]
    station = w.stations[s]
    if unit.blocked_prev >= 0:
        w.units[unit.blocked_prev].blocked_next = unit.blocked_next
    else:
        station.blocked_head = unit.blocked_next
    if unit.blocked_next >= 0:
        w.units[unit.blocked_next].blocked_prev = unit.blocked_prev
    else:
        station.blocked_tail = unit.blocked_prev


@njit(cache=True)
def enter(w: Any, p: int, s: int) -> None:
    """Part p waits at station s from now on, behind those that came before."""
    part = w.parts[p]
    station = w.stations[s]
    part.entered = w.now
    after = station.tail
    while after >= 0:
        other = w.parts[after]
        if other.entered < part.entered or other.number < part.number:
            break
        after = other.prev
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
    stir(w, s)


@njit(cache=True)
def idle_unit(w: Any, s: int) -> int:
    """The station's first unit that may take a part, or -1."""
    station = w.stations[s]
    for u in range(station.first, station.first + station.count):
        unit = w.units[u]
        if unit.phase == EMPTY and unit.bits == 0 and unit.reserved < 0:
            return u
    return -1


@njit(cache=True)
def reserving_unit(w: Any, s: int) -> int:
    """The station's first unit whose reserved part is there and may be taken, or -1."""
    station = w.stations[s]
    for u in range(station.first, station.first + station.count):
        unit = w.units[u]
        if unit.reserved_here and unit.phase == EMPTY and unit.bits == 0:
            return u
    return -1


@njit(cache=True)
def has_room(w: Any, s: int, u: int) -> bool:
    """Whether station s can take the part of unit u: a waiting place, or without places a unit.

    A part that comes back to its own station makes room there the moment it is handed over.
    """
    station = w.stations[s]
    if station.capacity < 0:
        return True
    room = station.capacity - station.queued - station.coming
    if w.units[u].station == s:
        room += 1
    if station.capacity > 0:
        return room > 0
    for k in range(station.first, station.first + station.count):
        unit = w.units[k]
        if unit.phase == EMPTY and unit.bits == 0 and unit.reserved < 0:
            room += 1
    return room > 0


@njit(cache=True)
def take_first(w: Any, u: int, s: int) -> None:
    """Unit u takes the first part that waits at station s; its place is free at once."""
    station = w.stations[s]
    p = station.head
    part = w.parts[p]
    station.head = part.next
    if part.next >= 0:
        w.parts[part.next].prev = -1
    else:
        station.tail = -1
    station.queued -= 1
    take(w, u, p)


@njit(cache=True)
def take(w: Any, u: int, p: int) -> None:
    """Part p is on unit u from now on."""
    unit = w.units[u]
    part = w.parts[p]
    unit.part = p
    local = w.steps[part.step].local
    unit.visit = part.visits[local]
    part.visits[local] += 1
    order = w.orders[part.order]
    if math.isnan(order.start):
        order.start = w.now
        if w.logging:
            log_order(w, ORDER_STARTED, part.order)
    next_phase(w, u, 0)


@njit(cache=True)
def hand_over(w: Any, u: int, s: int) -> None:
    """The finished part of unit u goes to station s."""
    unit = w.units[u]
    p = unit.part
    part = w.parts[p]
    unqueue_blocked(w, u, s)
    part.step = unit.target
    empty(w, u)
    travel = 0.0
    if unit.station != s:
        travel = w.carry[unit.machine, s]
        target = w.carry_to[s]
        log_move(w, BY_HAND, -1, unit.machine, target, part.number, w.now, w.now + travel)
    part.unit = -1
    if w.stations[s].capacity == 0:
        part.unit = idle_unit(w, s)
        w.units[part.unit].reserved = p
    else:
        w.stations[s].coming += 1
    if travel > 0.0:
        push(w, w.now + travel, E_TRIP, p, 0)
    else:
        arrive_part(w, p)


@njit(cache=True)
def arrive_part(w: Any, p: int) -> None:
    """Part p is at the station of its step: at the unit that has it reserved, or in the queue."""
    part = w.parts[p]
    s = w.steps[part.step].station
    if part.unit >= 0:
        w.units[part.unit].reserved_here = 1
        stir(w, s)
    else:
        w.stations[s].coming -= 1
        enter(w, p, s)


@njit(cache=True)
def move_at(w: Any, s: int) -> None:
    """All moves that are possible at station s: blocked parts in, then the first to a unit."""
    station = w.stations[s]
    while True:
        b = station.blocked_head
        while b >= 0:
            after = w.units[b].blocked_next
            if not w.units[b].bits & BIT_CLOSED and has_room(w, s, b):
                hand_over(w, b, s)
            b = after
        u = reserving_unit(w, s) if station.capacity == 0 else -1
        if u >= 0:
            unit = w.units[u]
            p = unit.reserved
            unit.reserved = -1
            unit.reserved_here = 0
            take(w, u, p)
            continue
        u = idle_unit(w, s) if station.head >= 0 else -1
        if u < 0:
            return
        take_first(w, u, s)


@njit(cache=True)
def moves(w: Any) -> None:
    """All moves of this instant, the furthest station of the flow first."""
    while w.dirty_n > 0:
        s = w.dirty_top
        while not w.stations[s].dirty:
            s -= 1
        w.stations[s].dirty = 0
        w.dirty_n -= 1
        w.dirty_top = s
        move_at(w, s)


# --- orders and parts ----------------------------------------------------------------------------


@njit(cache=True)
def make_part(w: Any, p: int, o: int) -> None:
    """Table row p becomes a new part of order o and waits at its first step."""
    part = w.parts[p]
    order = w.orders[o]
    stream = w.streams[order.stream]
    part.product = stream.product
    part.order = o
    piece = order.pieces
    order.pieces += 1
    part.number = w.parts_made
    w.parts_made += 1
    w.starts += 1
    part.key = key_of(np.uint64(0), stream.key, np.uint64(piece), order.line)
    part.step = w.products[stream.product].first
    for k in range(ROUTE):
        part.visits[k] = 0
    for k in range(COUNTED):
        part.taken[k] = 0
    if w.logging:
        n = w.log_parts_n
        if n == LOG:
            w.fail = FULL
            return
        row = w.log_parts[n]
        row.number = part.number
        row.order = order.number
        row.piece = piece
        w.log_parts_n = n + 1
    count_wip(w, 1)
    enter(w, p, w.steps[part.step].station)


@njit(cache=True)
def on_order(w: Any, k: int) -> None:
    """The next order of stream k comes in."""
    stream = w.streams[k]
    if w.free_parts < stream.quantity:
        w.fail = FULL
        return
    o = w.free_order
    order = w.orders[o]
    w.free_order = order.next
    order.number = w.orders_made
    w.orders_made += 1
    order.stream = k
    order.pieces = 0
    order.open = stream.quantity
    order.lost = 0
    order.line = stream.number
    order.release = w.now
    order.start = math.nan
    log_order(w, ORDER_RELEASED, o)
    stream.number += 1
    stream.begun = 1
    for _ in range(stream.quantity):
        p = w.free_part
        w.free_part = w.parts[p].next
        w.free_parts -= 1
        make_part(w, p, o)
    stream.left = draw(w, stream.every, key_of(w.seed, stream.key, np.uint64(0), stream.number))
    run_stream(w, k)


@njit(cache=True)
def run_stream(w: Any, k: int) -> None:
    """The clock to the stream's next order runs, if its calendar is open."""
    stream = w.streams[k]
    if stream.calendar >= 0 and w.calendars[stream.calendar].closed:
        return
    stream.due = w.now + stream.left
    stream.version += 1
    push(w, stream.due, E_ORDER, k, stream.version)


@njit(cache=True)
def close_piece(w: Any, p: int) -> None:
    """Part p has left for good; with its last piece the order ends."""
    part = w.parts[p]
    o = part.order
    order = w.orders[o]
    order.open -= 1
    if order.open == 0:
        log_order(w, ORDER_SCRAPPED if order.lost == order.pieces else ORDER_DONE, o)
        order.next = w.free_order
        w.free_order = o
    part.next = w.free_part
    w.free_part = p
    w.free_parts += 1


@njit(cache=True)
def leave(w: Any, p: int) -> None:
    """Part p leaves the plant, finished."""
    count_wip(w, -1)
    w.exits += 1
    w.products[w.parts[p].product].exits += 1
    close_piece(w, p)


@njit(cache=True)
def scrap(w: Any, p: int) -> None:
    """Part p is lost; where the product says so, a new piece of its order takes its place."""
    part = w.parts[p]
    count_wip(w, -1)
    w.scraps += 1
    if w.products[part.product].replace:
        make_part(w, p, part.order)
    else:
        w.orders[part.order].lost += 1
        close_piece(w, p)


# --- what happens --------------------------------------------------------------------------------


@njit(cache=True)
def on_fail(w: Any, u: int, k: int) -> None:
    """Disturbance k stops the unit."""
    unit = w.units[u]
    station = w.stations[unit.station]
    stop_clock(w, u)
    unit.bits |= BIT_DOWN
    unit.d_active[k] = 1
    unit.d_runs[k] = 0
    unit.d_version[k] += 1
    what = station.d_key[k] + np.uint64(1)
    key = key_of(w.seed, unit.name_key, what, unit.d_count[k])
    unit.d_left[k] = draw(w, station.d_lasts[k], key)
    review(w, REQUESTS * u)
    unit.d_ready[k] = 1
    if station.d_skill[k] >= 0:
        unit.d_ready[k] = 0
        ask(w, REQUESTS * u + 1 + k, station.d_skill[k])
    touch(w, u)
    if unit.phase == EMPTY or unit.phase == HOLD or station.d_fate[k] == 0:
        return
    if station.d_fate[k] == 1:
        if unit.stage == PAUSED:
            unit.again = 1
    else:
        if unit.stage == ASKED:
            withdraw(w, REQUESTS * u)
        unit.again = 0
        p = unit.part
        log_point(w, COUNT_SCRAP, u, w.parts[p].number)
        unit.scrapped += 1
        empty(w, u)
        scrap(w, p)


@njit(cache=True)
def on_repaired(w: Any, u: int, k: int) -> None:
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
    unit.d_left[k] = draw(w, station.d_every[k], key)
    touch(w, u)
    for other in range(station.disturbances):
        if unit.d_active[other]:
            return
    unit.bits &= ~BIT_DOWN
    review(w, REQUESTS * u)
    stir(w, unit.station)
    if unit.again:  # the draws of this visit give the phase the same time again
        unit.again = 0
        next_phase(w, u, unit.phase)


@njit(cache=True)
def on_calendar(w: Any, c: int, closed: int) -> None:
    """Calendar c closes or opens: its stations, people and orders with it."""
    calendar = w.calendars[c]
    calendar.closed = closed
    if closed:
        calendar.at += 1
    row = calendar.first + calendar.at % calendar.count
    begin = calendar.cycle * (calendar.at // calendar.count)
    if closed:
        push(w, begin + w.opening[row], E_OPEN, c, 0)
    else:
        push(w, begin + w.closing[row], E_CLOSE, c, 0)
    for s in range(w.stations_n):
        station = w.stations[s]
        if station.calendar == c:
            stir(w, s)
            for u in range(station.first, station.first + station.count):
                unit = w.units[u]
                unit.bits = unit.bits | BIT_CLOSED if closed else unit.bits & ~BIT_CLOSED
                for r in range(REQUESTS * u, REQUESTS * (u + 1)):
                    review(w, r)
                touch(w, u)
                if unit.phase == HOLD:
                    stir(w, w.steps[unit.target].station)
    for i in range(w.crews_n):
        if w.crews[i].calendar == c:
            w.crew_dirty = 1
            for p in range(w.crews[i].first, w.crews[i].first + w.crews[i].count):
                touch_person(w, p)
                if w.people[p].request >= 0:
                    touch(w, w.people[p].request // REQUESTS)
    for k in range(w.streams_n):
        stream = w.streams[k]
        if stream.calendar == c and stream.begun:
            if not closed:
                run_stream(w, k)
            elif stream.due > w.now:  # one that is due right now still comes
                stream.left = stream.due - w.now
                stream.version += 1


@njit(cache=True)
def happen(w: Any, key: int) -> None:
    """One event."""
    if is_stale(w, key):
        return
    w.events += 1
    kind = key >> 56
    entity = (key >> 28) & _VERSIONS
    if kind == E_PHASE:
        on_phase(w, entity)
    elif kind == E_LEAVE:
        w.units[entity].leave_left = -1.0
        release_attendant(w, entity)
        touch(w, entity)
    elif kind == E_WALKED:
        arrive(w, entity)
    elif kind == E_TRIP:
        arrive_part(w, entity)
    elif kind == E_REPAIRED:
        on_repaired(w, entity // DISTURBANCES, entity % DISTURBANCES)
    elif kind == E_FAIL:
        on_fail(w, entity // DISTURBANCES, entity % DISTURBANCES)
    elif kind == E_ORDER:
        on_order(w, entity)
    else:
        on_calendar(w, entity, 1 if kind == E_CLOSE else 0)


# --- books ---------------------------------------------------------------------------------------


@njit(cache=True)
def state_of(w: Any, u: int) -> int:
    """What the unit is doing: a function of its bits and phase, not of its history."""
    unit = w.units[u]
    if unit.bits & BIT_CLOSED:
        return OFF
    if unit.bits & BIT_DOWN:
        return DOWN
    if unit.phase == EMPTY:
        return STARVED
    if unit.phase == HOLD:
        return BLOCKED
    if unit.stage != RUNNING:  # nobody free, on the way, or off duty
        return WAITING_CREW
    return SETUP if unit.phase == SETUP_PHASE else PROCESSING


@njit(cache=True)
def book(w: Any) -> None:
    """Close what lasted until now for all that changed in this instant."""
    for i in range(w.touched_units_n):
        u = w.touched_units[i]
        unit = w.units[u]
        unit.touched = 0
        state = state_of(w, u)
        part = w.parts[unit.part].number if unit.part >= 0 else -1
        if state != unit.state or part != unit.booked_part:
            if w.now > unit.since:
                unit.times[unit.state] += w.now - unit.since
                if w.logging:
                    log_interval(w, u, unit.state, unit.booked_part, unit.since)
                unit.since = w.now
            unit.state = state
            unit.booked_part = part
    w.touched_units_n = 0
    for i in range(w.touched_people_n):
        p = w.touched_people[i]
        person = w.people[p]
        person.touched = 0
        part = -1
        state = IDLE
        if is_off_duty(w, p):
            state = OFF
        elif person.request >= 0:
            state = PROCESSING
            unit = w.units[person.request // REQUESTS]
            if unit.part >= 0:
                part = w.parts[unit.part].number
        if state != person.state or part != person.booked_part:
            if w.now > person.since:
                person.times[person.state] += w.now - person.since
                if w.logging:
                    log_interval(w, w.units_n + p, person.state, person.booked_part, person.since)
                person.since = w.now
            person.state = state
            person.booked_part = part
    w.touched_people_n = 0


@njit(cache=True)
def settle(w: Any) -> None:
    """Moves and people to a fixpoint, then clocks."""
    rounds = 0
    while w.dirty_n > 0 or w.crew_dirty or w.passing_n > 0:
        moves(w)
        if w.passing_n > 0:
            rounds += 1
            if rounds > ROUNDS:
                w.fail = ZERO_LOOP
                return
            for i in range(w.passing_n):
                finish(w, w.passing[i])
            w.passing_n = 0
        elif w.crew_dirty:
            assign(w)
    for i in range(w.touched_units_n):
        set_clocks(w, w.touched_units[i])


@njit(cache=True, nogil=True)
def run(w: Any, until: float) -> int:
    """Let everything happen up to and including time `until` [s]; why it stopped.

    To be called again after DRAIN and NEED_ROOM: it goes on where it was.
    """
    heap_limit = w.heap_time.shape[0] - 8 * UNITS
    while w.heap_n > 0 and w.heap_time[0] <= until:
        if w.free_parts < w.burst:
            return NEED_ROOM
        if w.heap_n > heap_limit:
            drop_stale(w)
        w.now = w.heap_time[0]
        rounds = 0
        while w.heap_n > 0 and w.heap_time[0] <= w.now:
            while w.heap_n > 0 and w.heap_time[0] <= w.now:
                happen(w, pop(w))
            settle(w)
            if w.fail:
                return w.fail
            rounds += 1
            if rounds > ROUNDS:
                return ZERO_LOOP
        book(w)
        if w.fail:
            return w.fail
        if (
            w.log_intervals_n > LOG // 2
            or w.log_moves_n > LOG // 2
            or w.log_orders_n > LOG // 2
            or w.log_parts_n > LOG // 2
            or w.log_points_n > LOG // 2
        ):
            return DRAIN
    if until > w.now:
        w.now = until
    return DONE


@njit(cache=True, nogil=True)
def forget(w: Any) -> None:
    """Start the books anew, as after a warm-up; nothing in the plant changes."""
    for u in range(w.units_n):
        unit = w.units[u]
        unit.since = w.now
        unit.done = 0
        unit.scrapped = 0
        unit.reworked = 0
        for k in range(N_STATES):
            unit.times[k] = 0.0
    for p in range(w.people_n):
        person = w.people[p]
        person.since = w.now
        for k in range(N_STATES):
            person.times[k] = 0.0
    for k in range(w.products_n):
        w.products[k].exits = 0
    w.exits = 0
    w.scraps = 0
    w.starts = 0
    w.wip_area = 0.0
    w.wip_since = w.now
    w.booked_from = w.now
    w.log_intervals_n = 0
    w.log_moves_n = 0
    w.log_orders_n = 0
    w.log_parts_n = 0
    w.log_points_n = 0


@njit(cache=True)
def start_calendar(w: Any, c: int) -> None:
    """The calendar as it is at time 0."""
    calendar = w.calendars[c]
    calendar.at = 0
    last = w.closing[calendar.first + calendar.count - 1]
    if w.opening[calendar.first] <= 0.0:
        calendar.closed = 0
        push(w, w.closing[calendar.first], E_CLOSE, c, 0)
    elif last > calendar.cycle:  # the last opening of a cycle reaches into the next one
        calendar.at = -1
        calendar.closed = 0
        push(w, last - calendar.cycle, E_CLOSE, c, 0)
    else:
        calendar.closed = 1
        push(w, w.opening[calendar.first], E_OPEN, c, 0)


@njit(cache=True)
def start_unit(w: Any, u: int) -> None:
    """The unit as it is at time 0: empty, whole."""
    unit = w.units[u]
    station = w.stations[unit.station]
    unit.part = -1
    unit.visit = 0
    unit.reserved = -1
    unit.reserved_here = 0
    unit.phase = EMPTY
    unit.stage = STILL
    closed = station.calendar >= 0 and w.calendars[station.calendar].closed
    unit.bits = BIT_CLOSED if closed else 0
    unit.version = 0
    unit.leave_version = 0
    unit.leave_left = -1.0
    unit.attendant = -1
    unit.skill = -1
    unit.again = 0
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
        unit.d_left[k] = draw(w, station.d_every[k], key)
    unit.touched = 0
    unit.state = OFF if closed else STARVED
    unit.booked_part = -1
    touch(w, u)


@njit(cache=True)
def start_tables(w: Any) -> None:
    """Empty queues, everybody at home, all rows free."""
    for s in range(w.stations_n):
        station = w.stations[s]
        station.queued = 0
        station.coming = 0
        station.head = -1
        station.tail = -1
        station.blocked_head = -1
        station.blocked_tail = -1
        station.dirty = 0
    for skill in range(w.skills_n):
        w.skill_head[skill] = -1
        w.skill_tail[skill] = -1
    for c in range(w.crews_n):
        w.crews[c].free = w.crews[c].count
    n = w.parts.shape[0]
    for p in range(n):
        w.parts[p].next = p + 1 if p + 1 < n else -1
        w.orders[p].next = p + 1 if p + 1 < n else -1
    w.free_part = 0
    w.free_order = 0
    w.free_parts = n


@njit(cache=True, nogil=True)
def start(w: Any, seed: int, replication: int) -> None:
    """The empty plant at time 0."""
    w.now = 0.0
    w.seed = mix(mix(np.uint64(seed) + _GOLDEN) + np.uint64(replication))
    w.fail = 0
    w.dirty_n = 0
    w.dirty_top = 0
    w.crew_dirty = 0
    w.heap_n = 0
    w.parts_made = 0
    w.orders_made = 0
    w.events = 0
    w.wip = 0
    w.touched_units_n = 0
    w.touched_people_n = 0
    w.passing_n = 0
    start_tables(w)
    for c in range(w.calendars_n):
        start_calendar(w, c)
    for u in range(w.units_n):
        start_unit(w, u)
    for p in range(w.people_n):
        person = w.people[p]
        person.place = person.home
        person.request = -1
        person.version = 0
        person.touched = 0
        person.state = OFF if is_off_duty(w, p) else IDLE
        person.booked_part = -1
    for k in range(w.streams_n):
        stream = w.streams[k]
        stream.number = 0
        stream.version = 0
        stream.begun = 0
        if stream.first >= 0.0:
            push(w, stream.first, E_ORDER, k, stream.version)
        else:
            stream.begun = 1
            key = key_of(w.seed, stream.key, np.uint64(0), 0)
            stream.left = draw(w, stream.every, key)
            run_stream(w, k)
    settle(w)
    forget(w)
    book(w)
