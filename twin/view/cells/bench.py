"""A workbench whose chain ends with physics: scene, verdicts, the transfers of one arm."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from twin.cells import process
from twin.cells.factory import Factory
from twin.errors import Cancelled, LayoutError, nearest
from twin.layout.files import Document
from twin.layout.schema import Layout
from twin.view.blobs import Blobs
from twin.view.cells import figures
from twin.view.cells.film import film
from twin.view.workbench import Workbench, floor_of, scene_blobs, validated


def offered_arm(layout: Layout, arm: str) -> str:
    """The arm of this name, for "" the first. Raises LayoutError naming those that there are."""
    if not layout.arms:
        raise LayoutError(f"{layout.name}: there is no arm in this layout; add one to `arms` first")
    if arm and arm not in layout.arms:
        raise LayoutError(f"{layout.name}: there is no arm {arm!r}; {nearest(arm, layout.arms)}")
    return arm or next(iter(layout.arms))


def _load(factory: Factory, arm: str) -> figures.Json | None:
    try:
        return figures.load(factory, arm)
    except LayoutError:
        return None  # its files cannot be used: a finding says so


class CellBench(Workbench):
    """One layout under edit, of which one arm is looked at. `factory` is what physics last said,
    of the layout as it stands unless `is_stale`, `loads` what then hangs on the arms' flanges."""

    def __init__(
        self,
        document: Document,
        blobs: Blobs,
        changed: Callable[[], None] = lambda: None,
        *,
        arm: str,
    ) -> None:
        super().__init__(document, blobs, changed)
        self.arm = arm
        self.factory: Factory | None = None
        self.loads: dict[str, figures.Json | None] = {}

    @property
    def is_stale(self) -> bool:
        """Whether what is known is of another layout than the one that stands."""
        return self.factory is None or self.factory.layout != self.log.layout

    def look_at(self, arm: str) -> None:
        """Show another arm of the layout."""
        self.arm = arm
        self.start()

    def _show_forecast(self, report: Any) -> None:
        layout = self.shown.layout
        manifest, glb = scene_blobs(self.blobs, layout, None)
        if self.shown.floor is None:  # physics may take a while: the floor is there to look at
            empty = film(Factory(layout), self.arm)
            report(floor=floor_of(self.blobs, layout, empty, None), timeline=empty)
        else:
            report(floor=replace(self.shown.floor, scene=manifest, glb=glb))
        factory = validated(layout, report.cancelled)
        shown = film(factory, self.arm)
        floor = floor_of(self.blobs, layout, shown, factory)
        loads = {arm: _load(factory, arm) for arm in layout.arms}
        with self._lock:
            if report.cancelled.is_set():
                raise Cancelled
            self.factory, self.loads = factory, loads
            report(floor=floor, timeline=shown, findings=factory.findings, checked=True, stage="")
        process.make_ready()  # for the next edit
