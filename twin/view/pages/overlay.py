"""A layer of the room that is worked out only where somebody asks for it."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from functools import partial

from twin.cells.factory import Factory
from twin.errors import Cancelled, TwinError
from twin.view.figures import Json

Work = Callable[[Factory, str, threading.Event], Json]


def as_text(value: Json) -> str:
    """A value as JSON without blanks."""
    return json.dumps(value, allow_nan=False, separators=(",", ":"))


class Overlay:
    """What `work` makes of an arm of a factory, in a thread of its own, while it is switched on.

    Everything but the work is called from the page's own turn: what comes of it comes there by
    `soon`, and is not taken where something else is asked for by then. `layer` is what is known,
    as JSON, "" for nothing; `changed` is called once that is so, `say` with what went wrong.
    """

    def __init__(
        self,
        work: Work,
        soon: Callable[[Callable[[], None]], None],
        changed: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        self.work = work
        self.layer = ""
        self.on = False
        self._soon, self._changed, self._say = soon, changed, say
        self._of: object = None  # what the layer is of, or what is being worked out
        self._ended: threading.Event | None = None  # while it is worked out

    def switch(self, on: bool) -> None:
        """Ask for it, or no longer."""
        self.on = on
        if not on and self._ended is not None:
            self.end()

    def look(self, factory: Factory, arm: str) -> None:
        """It is to be of this arm: have it worked out where it is asked for and not known."""
        of = (factory.key, arm)
        if of != self._of:
            self.end()
        if not self.on or of == self._of:
            return
        self._of, self._ended = of, threading.Event()
        work = (factory, arm, self._ended)
        threading.Thread(target=self._run, args=work, name="overlay", daemon=True).start()

    def end(self) -> None:
        """What is known is of something else by now: forget it, and end the work on it."""
        if self._ended is not None:
            self._ended.set()
        self._of, self._ended, self.layer = None, None, ""

    @property
    def told(self) -> Json:
        """What the page is told of it."""
        return {"drawn": bool(self.layer), "working": self._ended is not None}

    def _run(self, factory: Factory, arm: str, ended: threading.Event) -> None:
        """In a thread of its own."""
        try:
            layer = as_text(self.work(factory, arm, ended))
        except Cancelled:
            return
        except TwinError as error:
            self._soon(partial(self._failed, ended, str(error)))
        else:
            self._soon(partial(self._done, ended, layer))

    def _done(self, ended: threading.Event, layer: str) -> None:
        if ended is self._ended:
            self.layer, self._ended = layer, None
            self._changed()

    def _failed(self, ended: threading.Event, text: str) -> None:
        if ended is self._ended:
            self.on = False
            self.end()
            self._say(text)
            self._changed()
