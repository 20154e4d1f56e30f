"""A log that a planner brings: it comes piece by piece, is looked at, mapped, tried and kept."""

from __future__ import annotations

import logging
import threading
from base64 import b64decode
from collections.abc import Callable
from functools import partial
from typing import Any

import duckdb

from twin.errors import RecordingError, TwinError
from twin.layout.schema import Layout
from twin.recordings import saved
from twin.recordings.mapping import Sheet
from twin.view import imports, preview
from twin.view.imports import Json
from twin.view.shell import Event
from twin.view.uploads import Upload

_log = logging.getLogger(__name__)
UNFORESEEN = "The program failed on this file; what went wrong stands where it was started."


class Importing:
    """What the dialog of one session asks for, each in a thread; the newest question counts.

    `answer` tells the dialog, `soon` has something done in the page's own turn, `kept` is called
    with the name of what was kept, `drawn` where a layout of the same name came of it.
    """

    def __init__(
        self,
        layout: Callable[[], Layout],
        answer: Callable[[Json], None],
        soon: Callable[[Callable[[], None]], None],
        kept: Callable[[str], None],
        drawn: Callable[[str], None],
    ) -> None:
        self._layout, self._answer, self._soon = layout, answer, soon
        self._then = {"kept": kept, "drawn": drawn}
        self._upload: Upload | None = None
        self._number = 0
        self._turn = threading.Lock()  # a large log is read once at a time

    def act(self, event: Event) -> None:
        """What the dialog asks; what is wrong comes back to it in words."""
        acts = {
            "begin": self._begin, "piece": self._piece, "look": self._look, "words": self._words,
            "preview": self._preview, "keep": self._keep, "draw": self._draw,
            "cancel": self._cancel,
        }  # fmt: skip
        self._number += 1
        try:
            acts[str(event["do"])](event)
        except TwinError as error:
            self._answer({"error": self._plain(str(error))})

    def close(self) -> None:
        """The session has ended, or the dialog was closed: nothing stays behind."""
        self._number += 1
        if self._upload is not None:
            self._upload.drop()
        self._upload = None

    # --- the file --------------------------------------------------------------------------------

    def _begin(self, event: Event) -> None:
        self.close()
        self._upload = Upload(str(event["name"]), int(event["size"]))
        self._answer({"got": 0})

    def _piece(self, event: Event) -> None:
        upload = self._there()
        try:
            upload.add(b64decode(event["content"], validate=True))
        except ValueError:
            self.close()
            raise RecordingError(f"{upload.name}: did not arrive whole; choose it again") from None
        except RecordingError:
            self.close()
            raise
        if upload.is_whole:
            self._work(partial(imports.columns, upload.path, self._layout()), "columns")
        else:
            self._answer({"got": upload.got})

    def _cancel(self, event: Event) -> None:
        self.close()

    def _there(self) -> Upload:
        if self._upload is None:
            raise RecordingError("The file is not there any more; choose it again.")
        return self._upload

    # --- questions -------------------------------------------------------------------------------

    def _look(self, event: Event) -> None:
        """Once more, with another word on how the file is written."""
        fields = {"columns": {"time": "any", "part": "any"}, "log": _fields(event["log"])}
        sheet: Sheet = saved.checked(fields).log
        self._work(partial(imports.columns, self._there().path, self._layout(), sheet), "columns")

    def _words(self, event: Event) -> None:
        mapping, path = saved.checked(_fields(event["fields"])), self._there().path
        self._work(partial(imports.vocabulary, path, mapping, self._layout()), "words")

    def _preview(self, event: Event) -> None:
        mapping, path = saved.checked(_fields(event["fields"])), self._there().path
        self._work(partial(preview.preview, path, mapping, self._layout()), "preview")

    def _keep(self, event: Event) -> None:
        name, path = str(event["name"]).strip(), self._there().path
        mapping, layout = saved.checked(_fields(event["fields"])), self._layout()

        def keep() -> str:
            imports.keep(name, path, mapping, layout)
            return name

        self._work(keep, "kept")

    def _draw(self, event: Event) -> None:
        """A first layout out of the log, and the log as a recording of its floor."""
        name, path = str(event["name"]).strip(), self._there().path
        mapping = saved.checked(_fields(event["fields"]))

        def draw() -> str:
            imports.keep_with_floor(name, path, mapping)
            return name

        self._work(draw, "drawn")

    def _work(self, make: Callable[[], Any], what: str) -> None:
        number = self._number
        work = (make, what, number)
        threading.Thread(target=self._run, args=work, name="import", daemon=True).start()

    def _run(self, make: Callable[[], Any], what: str, number: int) -> None:
        with self._turn:
            if number != self._number:
                return
            try:
                told = {what: make()}
            except TwinError as error:
                told = {"error": self._plain(str(error))}
            except (duckdb.Error, OSError, MemoryError) as error:
                told = {"error": self._plain(f"It cannot be read: {error}"[:600])}
            except Exception:
                # Nobody foresaw it: it goes to the server's own log, and the dialog does not wait.
                _log.exception("a log that was brought: %s", what)
                told = {"error": UNFORESEEN}
        self._soon(partial(self._tell, told, number))

    def _tell(self, told: Json, number: int) -> None:
        is_newest = number == self._number
        for what in self._then.keys() & told.keys():
            if is_newest:
                self.close()
            self._then[what](told[what])
        if is_newest:
            self._answer(told)

    def _plain(self, text: str) -> str:
        return self._upload.plain(text) if self._upload else text


def _fields(value: object) -> Json:
    if not isinstance(value, dict):
        raise TypeError("expected fields of a mapping")
    return value
