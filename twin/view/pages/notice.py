"""Notices: what a page has to tell until somebody decides, and the buttons to decide with."""

from __future__ import annotations

from pathlib import Path
from time import time
from typing import Any

from twin.view import words


def action(label: str, event: str, **detail: Any) -> dict[str, Any]:
    """A button of a notice: its words, and the event that it sends."""
    return {"label": label, "type": event, "detail": detail}


def ago(path: Path) -> str:
    """How long ago a file was written: "5 min ago"."""
    seconds = time() - path.stat().st_mtime
    return "just now" if seconds < 60 else f"{words.duration(seconds)} ago"
