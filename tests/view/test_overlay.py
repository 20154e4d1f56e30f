"""Overlays: worked out where they are asked for, once, and what is void is not taken."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.plants import shipped
from twin.cells.factory import Factory
from twin.errors import Cancelled, RunError
from twin.view.figures import Json
from twin.view.pages.overlay import Overlay


class Desk:
    """An overlay whose work waits for the test, and the page's turn that the test takes."""

    def __init__(self) -> None:
        self.turns: queue.Queue[Callable[[], None]] = queue.Queue()
        self.asked: list[threading.Event] = []
        self.answers: queue.Queue[Json | Exception] = queue.Queue()
        self.changes, self.said = 0, list[str]()
        self.overlay = Overlay(self.work, self.turns.put, self.note, self.said.append)

    def work(self, factory: Factory, arm: str, cancelled: threading.Event) -> Json:
        self.asked.append(cancelled)
        answer = self.answers.get(timeout=10)
        if isinstance(answer, Exception):
            raise answer
        return answer

    def note(self) -> None:
        self.changes += 1

    def turn(self) -> None:
        self.turns.get(timeout=10)()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def factory() -> Factory:
    return Factory(shipped("pcb_line").layout, key="one")


def test_nothing_is_worked_out_before_it_is_switched_on(desk: Desk, factory: Factory) -> None:
    desk.overlay.look(factory, "cobot")
    assert not desk.asked and desk.overlay.told == {"drawn": False, "working": False}
    desk.overlay.switch(True)
    desk.overlay.look(factory, "cobot")
    desk.overlay.look(factory, "cobot")
    assert desk.overlay.told == {"drawn": False, "working": True}
    desk.answers.put({"points": []})
    desk.turn()
    assert desk.overlay.layer == '{"points":[]}' and desk.changes == 1
    desk.overlay.switch(False)
    desk.overlay.switch(True)
    desk.overlay.look(factory, "cobot")
    assert len(desk.asked) == 1 and desk.overlay.layer


def test_what_is_of_another_layout_is_ended_and_not_taken(desk: Desk, factory: Factory) -> None:
    desk.overlay.switch(True)
    desk.overlay.look(factory, "cobot")
    desk.overlay.look(replace(factory, key="two"), "cobot")
    desk.answers.put({"points": [1]})
    desk.answers.put({"points": [1]})
    desk.turn()
    desk.turn()
    assert len(desk.asked) == 2 and desk.changes == 1
    assert sorted(event.is_set() for event in desk.asked) == [False, True]
    desk.overlay.end()
    assert desk.overlay.layer == ""


def test_switched_off_it_is_ended(desk: Desk, factory: Factory) -> None:
    desk.overlay.switch(True)
    desk.overlay.look(factory, "cobot")
    desk.overlay.switch(False)
    desk.answers.put(Cancelled())
    assert desk.overlay.told == {"drawn": False, "working": False}
    assert desk.turns.empty() and not desk.said


def test_what_goes_wrong_is_said_and_it_may_be_asked_again(desk: Desk, factory: Factory) -> None:
    desk.overlay.switch(True)
    desk.overlay.look(factory, "cobot")
    desk.answers.put(RunError("the swept volume of cobot was ended by signal SIGSEGV"))
    desk.turn()
    assert desk.said == ["the swept volume of cobot was ended by signal SIGSEGV"]
    assert not desk.overlay.on and not desk.overlay.told["working"]
    desk.overlay.switch(True)
    desk.overlay.look(factory, "cobot")
    desk.answers.put({})
    desk.turn()
    assert desk.overlay.told["drawn"]
