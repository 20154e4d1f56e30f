"""The file behind an edited layout: saved to, watched for changes of others, and its drafts.

Nothing is overwritten that the planner has not seen: who saves says which text was read, and a
file with another one in it is a clash that the planner decides.
"""

from __future__ import annotations

from pathlib import Path

from twin.errors import LayoutError
from twin.layout import drafts, files, folders
from twin.layout.changes import difference
from twin.layout.drafts import Draft

LISTED = 4  # changes of the other one that a clash names


class Clash(LayoutError):
    """The file holds something else than what was opened; `theirs` is its text now."""

    def __init__(self, message: str, theirs: str) -> None:
        super().__init__(message)
        self.theirs = theirs


class Behind:
    """The file that a layout was read from, and the draft of what has become of it since."""

    def __init__(self, name: str, path: Path, base: str, mark: str = "") -> None:
        self.name = name
        self.path = path
        self.base = base
        self.mark = mark
        self._written: Draft | None = None

    @property
    def is_own(self) -> bool:
        """Whether the file may be written to: it is not one of the program's."""
        return not folders.in_package(self.path)

    def taken_up(self) -> str | None:
        """The text of the draft, whose base becomes this one's; None where there is none."""
        draft = drafts.read_draft(drafts.draft_path(self.name, self.mark)) if self.mark else None
        if draft is None:
            return None
        self.base, self._written = draft.base, draft
        return draft.text

    def keep(self, text: str) -> None:
        """Keep a text as the draft; none is needed where it is what the file holds.

        A draft that another page has written is left alone: this one gets a mark of its own.
        Raises LayoutError where it cannot be written.
        """
        draft = Draft(self.base, text)
        if draft == self._written or (self._written is None and text == self.base):
            return
        if text == self.base:
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

    def save(self, text: str) -> None:
        """Write a text to the file. Raises Clash where another text stands there by now, and
        LayoutError where it cannot be written."""
        theirs = files.read_text(self.path)
        if theirs not in (self.base, text):
            raise Clash(_told(self.path, self.base, theirs), theirs)
        files.save(files.parse(text, str(self.path)), self.path)
        self.base = text
        self.forget()

    def load_theirs(self) -> str:
        """The text that the file holds now, which becomes the base. Raises LayoutError."""
        theirs = files.parse(files.read_text(self.path), str(self.path)).text
        self.base = theirs
        return theirs


def _told(path: Path, base: str, theirs: str) -> str:
    """What somebody else has done to a file, in words."""
    head = f"{path.name} has been changed on disk since you opened it"
    try:
        texts = difference(files.parse(base).layout, files.parse(theirs).layout)
    except LayoutError as error:
        return f"{head}, and cannot be read now: {error}"
    listed = "; ".join(texts[:LISTED]) or "only its wording"
    more = f" and {len(texts) - LISTED} more" if len(texts) > LISTED else ""
    return f"{head}: {listed}{more}."
