"""What the layout of a page is compared with: chosen by a planner, shown beside it, in rows."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from twin.comparison import Comparison, compare
from twin.errors import LayoutError, nearest
from twin.layout import drafts, files
from twin.layout.schema import Layout
from twin.view import report, words
from twin.view.beside import Beside, Wanted
from twin.view.blobs import Blobs
from twin.view.figures import Json, rings
from twin.view.marks import marks
from twin.view.pages.saving import Behind
from twin.view.workbench import Snapshot, Workbench, span

BEFORE = "before"
SAVED = "saved"
VERSION = "version:"
LAYOUT = "layout:"
MOST = 3  # floors beside the present one: a fourth would be too small to tell machines apart


class Comparing:
    """What one workbench's layout is compared with.

    `choice` names it: "before" (as it was opened, or kept last), "saved" (the file as it is),
    "version:NAME" or "layout:NAME". `is_open`: the floors are looked at side by side. `others`: by
    their choices, what stands beside them, too.
    """

    def __init__(
        self,
        bench: Workbench,
        blobs: Blobs,
        behind: Behind,
        known: Callable[[], Mapping[str, Path]],
        changed: Callable[[], None],
    ) -> None:
        self.behind = behind
        self.choice = BEFORE
        self.is_open = False
        self._bench = bench
        self._blobs = blobs
        self._changed = changed
        self._known = known
        self.others: dict[str, Other] = {}
        self._beside = Beside(blobs, changed)
        self._kept = self._chosen = bench.log.layout
        # Asked for with each drawing of the page, which are many while work goes on.
        self._marked: tuple[Layout, Layout, list[Json]] | None = None
        self._compared: Comparison | None = None

    def close(self) -> None:
        """The page shows another layout, or none."""
        self._beside.close()
        for other in self.others.values():
            other.close()

    # --- what a planner does ---------------------------------------------------------------------

    def act(self, event: Mapping[str, Any]) -> None:
        """What the page asks for: to compare `with` something else, with one `more`, with one
        `less`, and whether they are `open`.

        Raises LayoutError as `choose` does.
        """
        if "with" in event:
            self.choose(str(event["with"]))
        if "more" in event:
            self.add(str(event["more"]))
        if "less" in event:
            self.drop(str(event["less"]))
        self.is_open = bool(event.get("open", True))

    def choose(self, choice: str) -> None:
        """Compare with something else. Raises LayoutError where there is no such thing, or it
        cannot be read."""
        layout = self._layout(choice)
        self.drop(choice)
        self.choice, self._chosen = choice, layout
        self._bench.compare_with(layout)

    def add(self, choice: str) -> None:
        """Have one more floor stand beside. Raises LayoutError as `choose` does, and where as many
        stand there as may."""
        if choice == self.choice or choice in self.others:
            return
        if len(self.others) + 1 >= MOST:
            raise LayoutError(f"{MOST + 1} floors stand side by side, which is the most; close one")
        self.others[choice] = Other(self._layout(choice), Beside(self._blobs, self._changed))

    def drop(self, choice: str) -> None:
        """What was added is looked at no more; nothing where it is not there."""
        if other := self.others.pop(choice, None):
            other.close()

    @property
    def choices(self) -> list[str]:
        """What stands beside, the first of which is what edits are compared with."""
        return [self.choice, *self.others]

    def keep(self) -> None:
        """Compare with the layout as it stands, once its figures are known."""
        self._bench.keep()
        before = self._bench.shown.before
        if before is not None and before.layout == self._bench.log.layout:
            self.choice = BEFORE
            self._kept = self._chosen = before.layout

    def saved(self, behind: Behind) -> None:
        """The layout was written to a file, which is the one compared with where that was asked."""
        self.behind = behind
        if self.choice == SAVED:
            self.choose(SAVED)
        elif SAVED in self.others:
            self.drop(SAVED)
            self.add(SAVED)

    def _layout(self, choice: str) -> Layout:
        kind, colon, name = choice.partition(":")
        if choice == BEFORE:
            return self._kept
        if choice == SAVED:
            return files.open_document(self.behind.path).layout
        if kind + colon == VERSION:
            text = drafts.version_text(self.behind.name, name)
            return files.parse(text, f"version {name}", self.behind.path.parent).layout
        known = self._known()
        if kind + colon != LAYOUT or name not in known:
            raise LayoutError(
                f"nothing to compare with is named {choice!r}; {nearest(name, known)}"
            )
        return files.open_document(known[name]).layout

    # --- what is shown ---------------------------------------------------------------------------

    def against(self, shown: Snapshot) -> Layout:
        """The layout that is compared with."""
        return self._chosen if shown.before is None else shown.before.layout

    def page(self, shown: Snapshot) -> Json:
        """For the page: what may be chosen, what is, and, while it is looked at, what differs."""
        label = _label(self.choice)
        said: Json = {"open": self.is_open and not shown.is_factual, "label": label}
        if not said["open"]:
            return said
        comparison = self._comparison(shown)
        rows = [] if comparison is None else _rows(comparison)
        return {
            **said,
            "choice": self.choice,
            "choices": [{"key": key, "label": _titled(_label(key))} for key in self._choices()],
            "changes": _told(self.marks(shown)),
            "rows": rows,
            "origin": [] if comparison is None else _origin(comparison, label),
            "note": "" if rows else self._why(shown, self._beside),
            "others": [
                self._page_of(choice, other, shown) for choice, other in self.others.items()
            ],
            "full": len(self.others) + 1 >= MOST,
        }

    def _page_of(self, choice: str, other: Other, shown: Snapshot) -> Json:
        comparison = other.comparison(shown)
        rows = [] if comparison is None else _rows(comparison)
        return {
            "key": choice,
            "label": _titled(_label(choice)),
            "changes": _told(other.marks(shown)),
            "rows": rows,
            "note": "" if rows else self._why(shown, other.beside),
        }

    def floors(self, shown: Snapshot) -> Json | None:
        """For the viewer: the floors that stand beside the present one; None where none does."""
        if not self.is_open or shown.is_factual:
            for beside in (self._beside, *(other.beside for other in self.others.values())):
                beside.look(None)
            return None
        self._beside.look(self._wanted(shown))
        first = _floor(self._beside, self.choice) | {"rings": _rings(shown)}
        floors = [first]
        for choice, other in self.others.items():
            other.look(shown)
            floors.append(_floor(other.beside, choice) | {"changes": other.marks(shown)})
        return {"here": "Now", "floors": floors}

    def marks(self, shown: Snapshot) -> list[Json]:
        """For the viewer: what has changed, where it was and is."""
        if shown.is_factual:
            return []
        before, after = self.against(shown), shown.layout
        if self._marked is None or self._marked[0] is not before or self._marked[1] is not after:
            self._marked = (before, after, marks(before, after))
        return self._marked[2]

    # --- how it is worked out --------------------------------------------------------------------

    def _choices(self) -> list[str]:
        versions = [f"{VERSION}{name}" for name in drafts.versions_of(self.behind.name)]
        layouts = [f"{LAYOUT}{name}" for name in self._known() if name != self.behind.name]
        return [BEFORE, SAVED, *versions, *layouts]

    def _wanted(self, shown: Snapshot) -> Wanted:
        """The floor, and figures of both where their own forecasts do not pair."""
        layout, clock = self.against(shown), span(shown.layout)
        before, now = shown.before, shown.outlook
        if before is None or now is None or shown.stale_outlook or _pair(shown):
            return Wanted(layout, clock)
        return Wanted(layout, clock, now.layout, (before.forecast.horizon, now.forecast.horizon))

    def _comparison(self, shown: Snapshot) -> Comparison | None:
        """Both samples over one horizon; None while that is not known."""
        before, now = shown.before, shown.outlook
        if before is None or now is None or shown.stale_outlook or shown.refused:
            return None
        pair = (before.sample, now.sample) if _pair(shown) else self._beside.known.samples
        if pair is None or (pair[0].layout, pair[1].layout) != (before.layout, now.layout):
            return None
        known = self._compared
        if known is None or known.before is not pair[0] or known.after is not pair[1]:
            known = self._compared = compare(*pair)
        return known

    def _why(self, shown: Snapshot, beside: Beside) -> str:
        """Why there are no figures of both."""
        if beside.known.problem:
            return beside.known.problem
        if shown.refused:
            return "Mend the findings first."
        if shown.problem or shown.stopped:
            return "Not known."
        return "Worked out in a moment …"


@dataclass
class Other:
    """One more layout beside the present one: its floor, figures that pair with those of now."""

    layout: Layout
    beside: Beside
    _marked: tuple[Layout, list[Json]] | None = None
    _compared: Comparison | None = None

    def close(self) -> None:
        """It is looked at no more."""
        self.beside.close()

    def look(self, shown: Snapshot) -> None:
        """Have its floor worked out, and the figures once it is known what those of now are of."""
        clock, now = span(shown.layout), shown.outlook
        if now is None or shown.stale_outlook or shown.refused:
            self.beside.look(Wanted(self.layout, clock))
            return
        self.beside.look(Wanted(self.layout, clock, now.layout, (now.forecast.horizon,)))

    def marks(self, shown: Snapshot) -> list[Json]:
        """What is different now, for the viewer."""
        if self._marked is None or self._marked[0] is not shown.layout:
            self._marked = (shown.layout, marks(self.layout, shown.layout))
        return self._marked[1]

    def comparison(self, shown: Snapshot) -> Comparison | None:
        """Both samples over one horizon; None while that is not known."""
        pair = self.beside.known.samples
        if pair is None or shown.stale_outlook or pair[1].layout != shown.layout:
            return None
        known = self._compared
        if known is None or known.before is not pair[0] or known.after is not pair[1]:
            known = self._compared = compare(*pair)
        return known


def _floor(beside: Beside, choice: str) -> Json:
    """A floor for the viewer, its addresses left out while they are not known."""
    floor = beside.known.floor
    urls = floor and {
        "scene_url": floor.scene,
        "glb_url": floor.glb,
        "timeline_url": floor.timeline,
    }
    return {"title": _titled(_label(choice)), **(urls or {})}


def _told(marked: list[Json]) -> list[Json]:
    """What has changed, for a list of words."""
    return [{key: mark[key] for key in ("verb", "text", "name")} for mark in marked]


def _pair(shown: Snapshot) -> bool:
    """Whether the forecasts of both pair as they are."""
    before, now = shown.before, shown.outlook
    return bool(before and now and before.forecast.horizon.pairs_with(now.forecast.horizon))


def _rings(shown: Snapshot) -> list[Json]:
    """What held back the output of what is compared with."""
    if shown.before is None or shown.before_proof is None:
        return []
    layout = shown.before.layout
    return rings(Snapshot(layout, outlook=shown.before, proof=shown.before_proof))


def _label(choice: str) -> str:
    """A choice in words, within a sentence: "version two"."""
    if choice == SAVED:
        return "the saved file"
    kind, _, name = choice.partition(":")
    return f"{kind} {name}".strip()


def _titled(label: str) -> str:
    return label[:1].upper() + label[1:]


def _rows(comparison: Comparison) -> list[Json]:
    made = words.noun(comparison.after.layout)
    rows = []
    for effect in comparison.effects:
        label, before, after, difference, unit = report.row(effect, made)
        told: dict[str, Any] = {"label": label, "before": before, "after": after}
        rows.append({**told, "difference": difference, "unit": unit, "clear": not effect.words})
    return rows


def _origin(comparison: Comparison, label: str) -> list[str]:
    return report.origin(report.Pair(comparison, label, "now"))


def as_json(value: Any) -> str:
    """For a parameter of the viewer."""
    return json.dumps(value, allow_nan=False, ensure_ascii=False)
