"""What is kept for a planner besides layout files: drafts of unsaved work, and named versions.

All of it lies in the user's folder. A draft is `drafts/<layout>.<mark>.json` and holds the text
that was opened (`base`), what it has become, and the steps between for undo and redo. A version is
a layout file like any other, `layouts/<layout>.versions/<name>.yaml`.
"""

from __future__ import annotations

import json
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from twin.cache import write_whole
from twin.errors import LayoutError, nearest
from twin.layout import folders
from twin.layout.files import read_text, unwritten
from twin.layout.history import History, packed, unpacked
from twin.layout.locks import held

MARK = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True)
class Draft:
    """Unsaved work on a layout: the text it began with, and the text as it stands.

    `history` has the steps that undo and redo go.
    """

    base: str
    text: str
    history: History | None = None

    @property
    def is_work(self) -> bool:
        """Whether there is anything that is not in the file it began with."""
        return self.text != self.base


def new_mark() -> str:
    """What tells the draft of one page from those of others on the same layout."""
    return secrets.token_hex(4)


def draft_path(layout: str, mark: str) -> Path:
    """The file of a draft. Raises LayoutError for a name or a mark that is none."""
    if not folders.NAME.fullmatch(layout) or not MARK.fullmatch(mark):
        raise LayoutError(f"no draft is called {layout!r}, {mark!r}")
    return folders.user_folder() / "drafts" / f"{layout}.{mark}.json"


def write_draft(path: Path, draft: Draft) -> None:
    """Keep a draft, whole or not at all. Raises LayoutError where it cannot be written."""
    content: dict[str, object] = {"base": draft.base, "text": draft.text}
    if draft.history is not None:
        content["history"] = packed(draft.history)
    _write(path, json.dumps(content, ensure_ascii=False))


def read_draft(path: Path) -> Draft | None:
    """The draft in a file; None where there is none, or it is damaged."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        history = unpacked(content.get("history"))
        text = str(content["text"])
        if history is not None and history.texts[history.at] != text:
            history = None
        return Draft(str(content["base"]), text, history)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # a draft that cannot be read is as good as none: the layout file is whole


def drop_draft(path: Path) -> None:
    """Forget a draft that is saved or not wanted. Raises LayoutError where it cannot be removed."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise LayoutError(f"{path}: cannot be removed: {error.strerror}") from error


def drafts_of(layout: str) -> list[Path]:
    """The drafts of a layout, the newest first."""
    found = folders.user_folder().glob(f"drafts/{layout}.*.json")
    marked = [path for path in found if MARK.fullmatch(path.name.split(".")[-2])]
    return sorted(marked, key=lambda path: path.stat().st_mtime, reverse=True)


# --- versions ------------------------------------------------------------------------------------


def versions_folder(layout: str) -> Path:
    """Where the versions of a layout lie, beside the user's layouts."""
    return folders.user_folder() / "layouts" / f"{layout}.versions"


def versions_of(layout: str) -> dict[str, Path]:
    """The versions of a layout by name, the newest first."""
    found = [p for p in versions_folder(layout).glob("*.yaml") if folders.NAME.fullmatch(p.stem)]
    return {p.stem: p for p in sorted(found, key=lambda p: p.stat().st_mtime, reverse=True)}


def keep_version(layout: str, name: str, text: str) -> Path:
    """Keep a text as a version. Raises LayoutError for a name that is none or taken."""
    if not folders.NAME.fullmatch(name):
        raise LayoutError(f"{name!r} is no name for a version; use letters, digits, - and _")
    path = versions_folder(layout) / f"{name}.yaml"
    with held(path):
        if path.exists():
            raise LayoutError(f"there is a version {name!r} already; choose another name")
        _write(path, text)
    return path


def version_text(layout: str, name: str) -> str:
    """The text of a version. Raises LayoutError where there is none of that name."""
    known = versions_of(layout)
    if name not in known:
        raise LayoutError(f"no version is named {name!r}; {nearest(name, known)}")
    return read_text(known[name])


def _write(path: Path, content: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content.encode())
    except OSError as error:
        raise unwritten(path, error) from error
