"""The cells page around its viewer, as a Panel component."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import param

from twin.view.shell import STYLES, Shell

VIEW = Path(__file__).parent  # Panel serves a bundle from the folder of its class


class CellShell(Shell):
    """Draws verdicts, transfers, joints and what they do over time, from `page` (JSON of
    twin.view.cells.figures and the header) and `film` (JSON of its `series`).

    Events reach `on_event` as dicts with a "type": arm, undo, redo, edit, teach, forget,
    overlay, theme, save, report.
    """

    _bundle: ClassVar[Path] = VIEW / "dist" / "cells.js"
    sheets: ClassVar = [*STYLES[:1], VIEW / "cells.css"]

    film = param.String(doc="JSON; apart from the page, which is drawn far more often")
