"""The file behind an edited layout: saved to, watched for changes of others, and its drafts.

Nothing is overwritten that the planner has not seen: who saves says which text was read, and a
file with another one in it is a clash that the planner decides. Reading, comparing and writing
are one step that no other program gets between (`layout/locks.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import time
from weakref import WeakSet

from twin.errors import LayoutError
from twin.layout import drafts, files, folders
from twin.layout.changes import difference
from twin.layout.drafts import Draft
from twin.layout.history import History, recent
from twin.layout.locks import held

STALE = 86400.0  # s that the steps of saved work are kept
LISTED = 4  # changes of the other one that a clash names
_OPEN: WeakSet[Behind] = WeakSet()  # of this server


class Clash(LayoutError):
    """The file holds something else than what was opened; `theirs` is its text now."""

    def __init__(self, message: str, theirs: str) -> None:
        super().__init__(message)
        self.theirs = theirs


@dataclass(frozen=True)
class Rival:
    """Somebody else's unsaved work on the same file: whose, in words, and the text."""

    mark: str
    who: str
    text: str


class Behind:
    """The file that a layout was read from, and the draft of what has become of it since.

    `looked_at`: whether somebody looks at the page; one whose tab was closed lives on for a while.
    """

    def __init__(
        self,
        name: str,
        path: Path,
        base: str,
        mark: str = "",
        looked_at: Callable[[], bool] = lambda: True,
    ) -> None:
        self._looked_at = looked_at
        self.name = name
        self.path = path
        self.base = base
        self.mark = mark
        self.text = base  # as the planner sees it
        self._written: Draft | None = None
        self._state = _state(path)
        # Drafts from before, as they were: they are offered when a layout is opened.
        self._before = {(draft, _state(draft)) for draft in drafts.drafts_of(name)}
        _OPEN.add(self)

    def close(self) -> None:
        """Nobody looks at it any more."""
        _OPEN.discard(self)

    @property
    def is_own(self) -> bool:
        """Whether the file may be written to: it is not one of the program's."""
        return not folders.in_package(self.path)

    @property
    def is_edited(self) -> bool:
        """Whether there is work that is not in the file as it was read."""
        return self.text != self.base

    # --- the draft -------------------------------------------------------------------------------

    def taken_up(self) -> Draft | None:
        """The draft, whose base becomes this one's; None where there is none."""
        draft = drafts.read_draft(drafts.draft_path(self.name, self.mark)) if self.mark else None
        if draft is None or (not draft.is_work and draft.base != self.base):
            return None  # saved long since, and others have gone on
        self.base, self._written = draft.base, draft
        self.text = draft.text
        self._state = None  # another text than the draft began with may stand in the file by now
        return draft

    def keep(self, text: str, history: History | None = None) -> None:
        """Keep a text as the draft, with the last steps that led to it.

        None is needed where the text is what the file holds and nothing can be undone or redone. A
        draft that another page has written is left alone: this one gets a mark of its own. Raises
        LayoutError where it cannot be written.
        """
        self.text = text
        steps = None if history is None or history.is_empty else recent(history)
        draft = Draft(self.base, text, steps)
        if draft == self._written:
            return
        if text == self.base and steps is None:
            self.forget()
            return
        there = drafts.read_draft(drafts.draft_path(self.name, self.mark)) if self.mark else None
        if not self.mark or (there is not None and there != self._written):
            self.mark = drafts.new_mark()
        drafts.write_draft(drafts.draft_path(self.name, self.mark), draft)
        self._written = draft

    def forget(self) -> None:
        """Drop the draft."""
        if self.mark and self._written is not None:
            drafts.drop_draft(drafts.draft_path(self.name, self.mark))
        self._written = None

    # --- the file --------------------------------------------------------------------------------

    def save(self, text: str) -> None:
        """Write a text to the file. Raises Clash where another text stands there by now, and
        LayoutError where it cannot be written."""
        document = files.parse(text, str(self.path))
        with held(self.path):
            theirs = self._there()
            if theirs not in (self.base, text):
                raise Clash(told(self.path, self.base, theirs), theirs)
            files.save(document, self.path)
        self.base = self.text = text
        self._state = _state(self.path)
        self.forget()

    def _there(self) -> str:
        """The text of the file; what was read, where somebody has removed it: nobody's work is
        lost by writing it anew."""
        return files.read_text(self.path) if self.path.exists() else self.base

    def load_theirs(self) -> str:
        """The text that the file holds now, which becomes the base. Raises LayoutError."""
        theirs = files.parse(files.read_text(self.path), str(self.path)).text
        self.base = theirs
        return theirs

    # --- others ----------------------------------------------------------------------------------

    def stirred(self) -> str | None:
        """What the file holds, where somebody has written to it since this was asked last; None
        where nobody has. Cheap: it is read only where its state is another one."""
        state = _state(self.path)
        if state == self._state:
            return None
        self._state = state
        try:
            return self._there()
        except LayoutError:
            self._state = None  # it is being written: look again
            return None

    def rivals(self) -> list[Rival]:
        """Others at work on the same file: pages of this server, and drafts that another one of the
        same user has begun since this file was opened."""
        # A page that was loaded again lives on for a while, under the same mark.
        pages = [p for p in self._pages() if p.is_edited and p.mark != self.mark]
        found = [Rival(p.mark or str(id(p)), "another tab", p.text) for p in pages]
        ours = {self.mark, *self.live_marks()}
        closed = {page.mark for page in _OPEN} - ours
        for path in drafts.drafts_of(self.name):
            mark = mark_of(path)
            if mark in ours or (path, _state(path)) in self._before:
                continue
            draft = drafts.read_draft(path)
            if draft is not None and draft.is_work and draft.text != self.base:
                who = "a tab that was closed" if mark in closed else "another program"
                found.append(Rival(mark, who, draft.text))
        return found

    def live_marks(self) -> set[str]:
        """The marks of other pages of this server that show the same file."""
        return {page.mark for page in self._pages() if page.mark}

    def _pages(self) -> list[Behind]:
        others = [one for one in list(_OPEN) if one is not self and one.path == self.path]
        return [one for one in others if one._looked_at()]


def mark_of(draft: Path) -> str:
    """The mark in the name of a draft's file."""
    return draft.name.split(".")[-2]


def left_behind(layout: str, live: set[str]) -> list[Path]:
    """The drafts of a layout that hold unsaved work and that no page is at, the newest first.

    Those that are nothing but old steps of saved work are dropped after a day.
    """
    found = []
    for path in drafts.drafts_of(layout):
        draft = drafts.read_draft(path)
        if draft is None or mark_of(path) in live:
            continue
        if draft.is_work:
            found.append(path)
        elif time() - path.stat().st_mtime > STALE:
            drafts.drop_draft(path)
    return found


def _state(path: Path) -> tuple[int, int, int] | None:
    """What a write changes: when it was, how large and which file it is; None without a file."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino


def changes(base: str, text: str) -> list[str]:
    """What a text has changed, in a few words each. Raises LayoutError where one cannot be read."""
    texts = list(difference(files.parse(base).layout, files.parse(text).layout))
    more = [f"and {len(texts) - LISTED} more"] if len(texts) > LISTED else []
    return [*texts[:LISTED], *more] or ["only its wording"]


def told(path: Path, base: str, theirs: str) -> str:
    """What somebody else has done to a file, in words."""
    head = f"{path.name} has been changed on disk since you opened it"
    try:
        texts = changes(base, theirs)
    except LayoutError as error:
        return f"{head}, and cannot be read now: {error}"
    return f"{head}: {'; '.join(texts)}."
