"""Ways through a maze of two joints, whose walls are known."""

from __future__ import annotations

import numpy as np
import pytest

from twin.cells.clearance import denser
from twin.cells.motion import edge_free, find_path, path_clear, turned
from twin.cells.robot import Robot

LOW, HIGH = -3 * np.ones(2), 3 * np.ones(2)
START, GOAL = np.array([-1.0, 0.0]), np.array([1.0, 0.0])


def wall(q: np.ndarray) -> bool:
    """All free but for |x| < 0.3, |y| < 1.2."""
    return not np.any((np.abs(q[:, 0]) < 0.3) & (np.abs(q[:, 1]) < 1.2))


def closed(q: np.ndarray) -> bool:
    return bool(np.all(np.abs(q[:, 0]) >= 0.3))


@pytest.mark.parametrize("seed", range(5))
def test_a_path_leads_around_the_wall(seed: int) -> None:
    path = find_path(START, GOAL, wall, LOW, HIGH, seed, 20_000)
    assert path is not None
    assert np.array_equal(path[0], START) and np.array_equal(path[-1], GOAL)
    assert np.all(path >= LOW) and np.all(path <= HIGH)
    assert wall(denser(path, 0.04))
    # The shortest way around either corner has this length; shortening comes near it.
    shortest = 2 * np.hypot(0.7, 1.2) + 0.6
    assert shortest <= np.sum(np.linalg.norm(np.diff(path, axis=0), axis=1)) + 0.05
    assert np.sum(np.linalg.norm(np.diff(path, axis=0), axis=1)) < 1.5 * shortest


def test_the_same_seed_gives_the_same_path_and_another_another() -> None:
    paths = [find_path(START, GOAL, wall, LOW, HIGH, seed, 20_000) for seed in (1, 1, 2)]
    assert all(path is not None for path in paths)
    assert np.array_equal(paths[0], paths[1])  # type: ignore[arg-type]
    assert not np.array_equal(paths[0], paths[2])  # type: ignore[arg-type]


def test_no_way_ends_at_the_work_limit_and_not_later() -> None:
    asked = 0

    def counted(q: np.ndarray) -> bool:
        nonlocal asked
        asked += len(q)
        return closed(q)

    assert find_path(START, GOAL, counted, LOW, HIGH, 1, 3000) is None
    assert 2900 < asked <= 3000  # an edge is asked about as a whole, or not at all


def test_a_straight_way_is_taken_as_it_is() -> None:
    path = find_path(START, GOAL, lambda q: True, LOW, HIGH, 1, 1000)
    assert path is not None and np.array_equal(path, [START, GOAL])


def test_an_end_that_is_not_free_has_no_path() -> None:
    assert find_path(START, np.zeros(2), wall, LOW, HIGH, 1, 1000) is None


def test_the_second_look_sees_what_the_first_steps_over() -> None:
    """A slit of 0.02 rad lies between two questions 0.05 rad apart."""
    start, goal = np.array([-0.06, 0.0]), np.array([0.84, 0.0])

    def slit(q: np.ndarray) -> bool:
        return not np.any((q[:, 0] > 0.005) & (q[:, 0] < 0.025))

    def clear(q: np.ndarray, spread: np.ndarray) -> np.ndarray:
        return (q[:, 0] + spread[:, 0] <= 0.005) | (q[:, 0] - spread[:, 0] >= 0.025)

    assert edge_free(slit, start, goal, 0.05) or edge_free(slit, start + 0.02, goal, 0.05)
    assert not path_clear(clear, slit, np.array([start, goal]))
    assert not path_clear(clear, slit, np.array([start + 0.02, goal]))


def test_the_second_look_asks_closely_only_where_it_is_near() -> None:
    """One wall beside the way, 0.001 rad off at its nearest."""
    path = np.array([[-1.0, 0.0], [0.0, 0.5], [1.0, 0.0]])
    asked: list[float] = []

    def clear(q: np.ndarray, spread: np.ndarray) -> np.ndarray:
        asked.extend(q[:, 0])
        return q[:, 1] + 3 * spread[:, 1] < 0.501  # as bounds do, it sees more than there is

    def free(q: np.ndarray) -> bool:
        return bool(np.all(q[:, 1] < 0.501))

    assert path_clear(clear, free, path)
    assert len(asked) < 40 and np.mean(np.abs(asked) < 0.3) > 0.4
    assert not path_clear(clear, lambda q: bool(np.all(q[:, 1] < 0.49)), path + np.array([0, 0.03]))


def test_the_nearest_of_several_goals_is_taken_that_can_be_had() -> None:
    beyond, near = np.array([1.0, 0.0]), np.array([-2.0, 1.0])
    path = find_path(START, np.array([beyond, near]), closed, LOW, HIGH, 1, 20_000)
    assert path is not None and np.array_equal(path[-1], near)
    path = find_path(START, np.array([beyond, GOAL + 0.1]), wall, LOW, HIGH, 1, 20_000)
    assert path is not None and path[-1][0] >= 1.0
    assert find_path(START, np.array([np.zeros(2)]), wall, LOW, HIGH, 1, 20_000) is None


def test_whole_turns_within_the_limits_are_the_same_arm(ur5e: Robot) -> None:
    q = np.array([0.1, -2.0, 3.0, 1.0, -6.2, 0.0])
    found = turned(q, ur5e)
    assert len(found) == 2 * 2 * 2 * 2 * 2 * 3
    assert np.all(ur5e.keeps(found))
    assert np.allclose(ur5e.tool(found), ur5e.tool(q))
