"""Free ways between two configurations: RRT-Connect, shortened, looked at again more finely.

Kuffner and LaValle, RRT-Connect: an efficient approach to single-query path planning, ICRA 2000.
The search knows only whether a configuration is free; its work is limited in questions asked, not
in seconds, and its chance has a seed: the same question gets the same answer everywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import product

import numpy as np
from numpy.typing import NDArray

from twin.cells.robot import Array, Robot

STEP = 0.5  # rad: how far a tree grows at once
EDGE = 0.05  # rad: between the configurations that are asked about on an edge
FINE = 0.01  # rad: the shortest stretch that the second look is not sure of
SHORTCUTS = 60  # tries
# Whether the arm is sure to be free around each of some configurations: (n, dof), (n, dof) -> (n,)
Clear = Callable[[Array, Array], NDArray[np.bool_]]
Free = Callable[[Array], bool]  # whether all of some configurations (n, dof) are free


class OutOfChecks(Exception):
    """The work limit is used up."""


class Questions:
    """Counts the configurations that `free` is asked about; raises OutOfChecks beyond `limit`."""

    def __init__(self, free: Free, limit: int) -> None:
        self._free = free
        self.limit = limit
        self.asked = 0

    def __call__(self, q: Array) -> bool:
        if self.asked + len(q) > self.limit:
            raise OutOfChecks
        self.asked += len(q)
        return self._free(q)


def edge_free(free: Free, a: Array, b: Array, step: float = EDGE) -> bool:
    """Whether the straight way from a to b (dof,) is free, asked every `step` [rad]; a is not."""
    count = max(1, int(np.ceil(np.max(np.abs(b - a)) / step)))
    shares = np.arange(1, count + 1) / count
    # The far end and the middle first: a blocked way is found with fewer questions.
    order = [count - 1, *sorted(range(count - 1), key=lambda k: abs(k - count // 2))]
    return free(a + shares[order, None] * (b - a))


def path_clear(clear: Clear, free: Free, path: Array) -> bool:
    """Whether a path (k, dof) is free all along, and not only at points that lie close.

    Stretches of an edge are halved until `clear` is sure of each around its middle; where one is
    as short as FINE, its middle must be `free`.
    """
    first, last = path[:-1], path[1:]
    while len(first):
        middle, half = (first + last) / 2, np.abs(last - first) / 2
        longest = np.max(half, axis=1)
        short = longest <= FINE / 2
        if np.any(short) and not free(middle[short]):
            return False
        left = ~short
        near = left & (longest <= STEP / 4)  # a longer one would hardly ever be sure
        left[near] = ~clear(middle[near], half[near])
        first, middle, last = first[left], middle[left], last[left]
        first, last = np.concatenate([first, middle]), np.concatenate([middle, last])
    return True


def find_path(
    start: Array, goal: Array, free: Free, lower: Array, upper: Array, seed: int, checks: int
) -> Array | None:
    """Way points (k, dof) of a free path, k >= 2, or None if none is found within `checks`.

    None does not say that there is none. `goal` is a configuration (dof,) or several that are all
    as good (m, dof), of which the nearest is tried first; `start` must be free itself. Angles are
    drawn within a quarter turn around the way to the nearest, once a quarter of the checks are used
    up within a whole turn, and always within the limits.
    """
    questions = Questions(free, checks)
    random = np.random.default_rng(seed)
    goals = np.atleast_2d(goal)
    goals = goals[np.argsort(np.max(np.abs(goals - start), axis=1), kind="stable")]
    try:
        goals = goals[[questions(q[None]) for q in goals]]
        if not len(goals) or not questions(start[None]):
            return None
        if edge_free(questions, start, goals[0]):
            return np.array([start, goals[0]])

        def draw() -> Array:
            around = np.pi / 2 if questions.asked < checks / 4 else 2 * np.pi
            low = np.maximum(lower, np.minimum(start, goals[0]) - around)
            return random.uniform(low, np.minimum(upper, np.maximum(start, goals[0]) + around))

        path = _connect(start, goals, questions, draw)
    except OutOfChecks:
        return None
    return _shortened(path, questions, random)


def turned(goal: Array, robot: Robot) -> Array:
    """A configuration (dof,) and all that differ from it by whole turns of joints, within the
    limits (m, dof)."""
    options = []
    for angle, joint in zip(goal, robot.joints, strict=True):
        turns = angle + 2 * np.pi * np.arange(-2, 3) * (not joint.prismatic)
        options.append(np.unique(turns[(turns >= joint.lower) & (turns <= joint.upper)]))
    return np.array(list(product(*options)))


class _Tree:
    def __init__(self, roots: Array) -> None:
        self.nodes = np.concatenate([roots, np.empty((64, roots.shape[1]))])
        self.parents = [-1] * len(roots)

    def add(self, q: Array, parent: int) -> int:
        index = len(self.parents)
        if index == len(self.nodes):
            self.nodes = np.concatenate([self.nodes, np.empty_like(self.nodes)])
        self.nodes[index] = q
        self.parents.append(parent)
        return index

    def nearest(self, q: Array) -> int:
        return int(np.argmin(np.sum((self.nodes[: len(self.parents)] - q) ** 2, axis=1)))

    def branch(self, index: int) -> list[Array]:
        """From the node to its root."""
        found = []
        while index >= 0:
            found.append(self.nodes[index].copy())
            index = self.parents[index]
        return found


def _extend(tree: _Tree, at: int, target: Array, free: Free) -> tuple[int, bool]:
    """One step from node `at` to the target: the new node (or -1) and whether it arrived."""
    here = tree.nodes[at]
    way = target - here
    length = float(np.max(np.abs(way)))
    arrives = length <= STEP
    q = target if arrives else here + way * (STEP / length)
    if not edge_free(free, here, q):
        return -1, False
    return tree.add(q, at), arrives


def _connect(start: Array, goals: Array, free: Free, draw: Callable[[], Array]) -> Array:
    """Grows two trees towards each other until they meet; only OutOfChecks ends it otherwise."""
    here, there = _Tree(start[None]), _Tree(goals)
    forward = True
    while True:
        drawn = draw()
        new, _ = _extend(here, here.nearest(drawn), drawn, free)
        if new >= 0:
            target = here.nodes[new].copy()
            at, arrived = there.nearest(target), False
            while at >= 0 and not arrived:
                met = at
                at, arrived = _extend(there, met, target, free)
            if arrived:
                way = [*here.branch(new)[::-1], *there.branch(at)[1:]]
                return np.array(way if forward else way[::-1])
        here, there, forward = there, here, not forward


def _shortened(path: Array, free: Questions, random: np.random.Generator) -> Array:
    """Replaces stretches between two drawn points of the path by straight ones where free."""
    try:
        for _ in range(SHORTCUTS):
            if len(path) < 3:
                break
            path = _shortcut(path, free, random)
    except OutOfChecks:
        pass  # a path that could be shorter is still a path
    return path


def _shortcut(path: Array, free: Free, random: np.random.Generator) -> Array:
    lengths = np.max(np.abs(np.diff(path, axis=0)), axis=1)
    marks = np.concatenate([[0.0], np.cumsum(lengths)])
    # Half of the tries join way points, which removes corners; half join points between them.
    drawn = random.uniform(0.0, marks[-1], 2)
    if random.random() < 0.5:
        drawn = random.choice(marks, 2, replace=False)
    first, last = np.sort(drawn)
    a, b = _point(path, marks, first), _point(path, marks, last)
    before, after = path[marks < first - 1e-9], path[marks > last + 1e-9]
    shorter = np.concatenate([before, [a, b], after])
    saved = len(path) - len(shorter)
    straight = float(np.max(np.abs(b - a)))
    if saved < 0 or (saved == 0 and straight > last - first - 1e-3):
        return path
    return shorter if edge_free(free, a, b) else path


def _point(path: Array, marks: Array, mark: float) -> Array:
    index = int(np.clip(np.searchsorted(marks, mark, side="right") - 1, 0, len(path) - 2))
    share = (mark - marks[index]) / max(marks[index + 1] - marks[index], 1e-12)
    return path[index] + share * (path[index + 1] - path[index])
