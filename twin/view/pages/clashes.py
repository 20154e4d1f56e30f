"""Two at one layout: what others do to it is told at once, with a choice, and nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping

from twin.errors import LayoutError
from twin.view.figures import Json
from twin.view.pages import notice, saving
from twin.view.pages.saving import Behind, Rival

FILE, RIVAL = "clash", "rival"  # keys of the two notices
MINE = notice.action("Keep mine under another name", "dialog", name="save")


class Clashes:
    """Watches the file behind a page, and who else is at work on it."""

    def __init__(self, behind: Behind, notices: dict[str, Json]) -> None:
        self._behind = behind
        self._notices = notices
        self._known: set[str] = set()  # rivals that have been told of
        self._theirs: dict[str, str] = {}  # what is offered, by the key of its notice

    def look(self) -> bool:
        """Tell of what is new; whether something is."""
        return any([self._look_at_file(), self._look_at_others()])

    def meet(self, theirs: str) -> None:
        """Tell of a file in which another text stands than was read."""
        behind = self._behind
        actions = [notice.action("Load theirs", "theirs", key=FILE)]
        if behind.is_edited:
            actions.insert(0, MINE)
        if _readable(theirs):
            actions.append(notice.action("Compare", "against", key=FILE))
        self._theirs[FILE] = theirs
        text = saving.told(behind.path, behind.base, theirs)
        self._tell(FILE, text, actions, {})

    def offered(self, key: str) -> str:
        """The text that a notice is about. Raises LayoutError where there is none any more."""
        if key not in self._theirs:
            raise LayoutError("there is nothing to load any more")
        return self._theirs[key]

    def settled(self, key: str) -> None:
        """The planner has chosen."""
        self._theirs.pop(key, None)
        self._notices.pop(key, None)

    def _look_at_file(self) -> bool:
        theirs = self._behind.stirred()
        if theirs is None:
            return False
        if theirs in (self._behind.base, self._behind.text):
            there = FILE in self._notices
            self.settled(FILE)
            return there
        self.meet(theirs)
        return True

    def _look_at_others(self) -> bool:
        if not self._behind.is_edited:
            return False
        new = [one for one in self._behind.rivals() if one.mark not in self._known]
        if not new:
            return False
        self._known |= {one.mark for one in new}
        rival = new[0]
        self._theirs[RIVAL] = rival.text
        actions = [
            MINE,
            notice.action("Take theirs", "theirs", key=RIVAL),
            notice.action("Compare", "against", key=RIVAL),
            notice.action("Go on with mine", "dismiss", key=RIVAL),
        ]
        self._tell(RIVAL, _said(rival, self._behind.is_own), actions, self._sides(rival))
        return True

    def _sides(self, rival: Rival) -> Mapping[str, list[str]]:
        base = self._behind.base
        try:
            theirs, mine = saving.changes(base, rival.text), saving.changes(base, self._behind.text)
        except LayoutError:
            return {}
        return {"Theirs": theirs, "Yours": mine}

    def _tell(
        self, key: str, text: str, actions: list[Json], sides: Mapping[str, list[str]]
    ) -> None:
        listed = [{"title": title, "texts": texts} for title, texts in sides.items()]
        self._notices[key] = {"key": key, "text": text, "actions": actions, "sides": listed}


def _said(rival: Rival, own: bool) -> str:
    head = f"{rival.who.capitalize()} has unsaved work on this layout."
    if own:
        return f"{head} Nothing is lost, but only one of you can save to the file."
    return f"{head} Nothing is lost: each of you saves under a name of your own."


def _readable(text: str) -> bool:
    try:
        saving.changes(text, text)
    except LayoutError:
        return False
    return True
