"""The planner's page around viewer and bars, as a Panel component: one JSON text in, events out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import panel as pn
import param
from panel.viewable import Child

from twin.view.terms import told

# shell.css would be fetched once more
STYLES = [Path(__file__).with_name(name) for name in ("page.css", "guide.css", "import.css")]
Event = dict[str, Any]


class Shell(pn.custom.JSComponent):
    """Draws the page from `page` (JSON of twin.view.figures.page and the header).

    `form` is the JSON of twin.view.forms.form, or empty. Every text becomes text, never markup.
    Events reach `on_event` as dicts with a "type": choose, mode, undo, redo, stop, resume, keep,
    crew, fly, open, form, add, edit, charts, theme, save, export, theirs, draft, dismiss, new,
    version, try, against, echo, compare, show, span, import.
    """

    _bundle: ClassVar[Path] = Path(__file__).parent / "dist" / "shell.js"
    _render_policy: ClassVar = "manual"  # the children are mounted once and stay

    sheets: ClassVar = STYLES

    page = param.String(doc="JSON")
    terms = param.String(doc="JSON of twin.view.terms.told")
    form = param.String(doc="JSON; apart from the page, which is drawn far more often")
    pushed = param.Integer(doc="how often `push` was called; nothing is drawn of it")
    viewer = Child()
    bars = Child()
    charts = Child()

    def __init__(self, **params: Any) -> None:
        self._listeners: list[Callable[[Event], None]] = []
        styles = [style.read_text(encoding="utf-8") for style in self.sheets]
        super().__init__(stylesheets=styles, terms=json.dumps(told()), **params)

    def show(self, page: dict[str, Any]) -> None:
        """Draw a page; what has not changed stays as it is."""
        self.page = json.dumps(page, allow_nan=False, ensure_ascii=False)

    def show_form(self, form: dict[str, Any] | None) -> None:
        """Draw a form, or none."""
        self.form = json.dumps(form, allow_nan=False, ensure_ascii=False) if form else ""

    def push(self) -> None:
        """Have what was drawn reach the browser.

        Where a socket is busy, Panel keeps a message until it is free, and forgets to send it if it
        has just sent all others (1.9, panel/io/document.py, _dispatch_msgs): the next message that
        it keeps takes it along.
        """
        with pn.io.hold():
            self.pushed += 1

    def say(self, text: str) -> None:
        """A short note that goes away by itself."""
        self._send_msg({"type": "say", "text": text})

    def answer(self, told: dict[str, Any]) -> None:
        """Tell the dialog that brings a log in what it has asked for."""
        self._send_msg({"type": "import", **told})

    def hand_on(self, url: str, name: str) -> None:
        """Have the browser keep the file at an address of this server, under a name."""
        self._send_msg({"type": "file", "url": url, "name": name})

    def echo(self, number: int) -> None:
        """Answer an "echo" event: one way there and back."""
        self._send_msg({"type": "echo", "number": number})

    def on_event(self, callback: Callable[[Event], None]) -> None:
        """Call `callback` with each event of the page."""
        self._listeners.append(callback)

    @classmethod
    def _patch_datamodel_ref(cls, props: Any, ref: str) -> None:
        # Panel asks at each change for all that the model holds, down to each glyph of each plot,
        # which takes longer than all else that a change takes. What has its tag has been seen.
        if f"__ref:{ref}" not in props.tags:
            super()._patch_datamodel_ref(props, ref)

    def _handle_msg(self, msg: Event) -> None:
        for listener in self._listeners:
            listener(msg)
