"""One browser's session of a page: what it does comes in its own turn, what threads ask, too."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from bokeh.document import Document as Page
from tornado.ioloop import IOLoop

from twin.errors import TwinError
from twin.view.shell import Event, Shell

AROUND = 1500  # ms between two looks at whether what was drawn is on its way still


class Session:
    """Events of a page's parts are acted upon by methods `_on_<type>`; `draw` shows what is so, but
    after those that are `quiet`: they change nothing that it shows."""

    quiet: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, shell: Shell, page: Page) -> None:
        self.shell = shell
        self.document = page
        self._drawn: dict[str, Any] = {}
        self._due = threading.Lock()  # held while a drawing is asked for and not yet begun
        # The server's loop, once a browser is connected and told of changes; what it asks before
        # then has to wait.
        self._loop: IOLoop | None = None
        self._early: list[Event] = []
        self._on_its_way = False  # whether something was drawn since the last look around

    def draw(self) -> None:
        """Bring the page up to what is known."""
        self._on_its_way = True

    def go_live(self) -> None:
        """A browser is connected: from now on, it is told of what is new."""
        self._loop = IOLoop.current()
        self.document.add_periodic_callback(self.look_around, AROUND)
        self.changed()
        for event in self._early:
            self.receive(event)
        self._early.clear()

    @property
    def is_live(self) -> bool:
        """Whether a browser is connected and told of changes."""
        return self._loop is not None

    def look_around(self) -> None:
        """Now and then: what has been drawn may be on its way still."""
        if self._on_its_way:
            self._on_its_way = False
            self.shell.push()

    def changed(self) -> None:
        """From any thread: draw soon, once however often it is called."""
        if self._loop is not None and self._due.acquire(blocking=False):
            self.soon(self._draw_now)

    def _draw_now(self) -> None:
        self._due.release()
        self.draw()

    def soon(self, act: Callable[[], None]) -> None:
        """From any thread: act in the page's own turn, as long as a browser is connected.

        The document is asked in the loop's thread: what another thread asks of it at the moment
        when it ends to keep back what is new is lost, and with it every drawing after.
        """
        if self._loop is not None:
            self._loop.add_callback(self.document.add_next_tick_callback, act)

    def receive(self, event: Event) -> None:
        """An event of the page: acted upon in its own turn, with its lock."""
        act = getattr(self, f"_on_{event.get('type')}", None)
        if act is not None and self._loop is None:
            self._early.append(event)
        elif act is not None:
            self.document.add_next_tick_callback(partial(self._act, act, event))

    def _act(self, act: Callable[[Event], None], event: Event) -> None:
        """What somebody did wrong comes back in words."""
        try:
            act(event)
        except TwinError as error:
            self.shell.say(str(error))
        except (KeyError, TypeError, ValueError):
            self.shell.say("The page sent something that cannot be understood; load it again.")
        if event.get("type") not in self.quiet:
            self.draw()

    def once(self, what: str, value: Any, show: Callable[[Any], None]) -> None:
        """Show a value unless it is what is shown already."""
        if self._drawn.get(what) != value:
            self._drawn[what] = value
            show(value)
