"""The planner's page: joins a workbench, the shell and the viewer for one session."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import panel as pn
from bokeh.document import Document as Page

from twin.errors import LayoutError, TwinError, nearest
from twin.layout import files, folders
from twin.layout.arrange import (
    AddRoad,
    Copy,
    DuplicateMachines,
    MoveMachines,
    RemoveMachines,
    free_names,
)
from twin.layout.catalog import load_asset
from twin.layout.edits import AddMachine, Command, MoveMachine, ResizeCrew
from twin.timeline import Timeline
from twin.view import figures
from twin.view.bars import Bars
from twin.view.blobs import EXPORTS, Blobs
from twin.view.charts import Charts
from twin.view.component import Viewer
from twin.view.exports import formats, handout
from twin.view.figures import Choice
from twin.view.shell import Event, Shell
from twin.view.workbench import Snapshot, Workbench, recordings_of

DEFAULT = "pcb_line"
PURPOSE = "Factory twin"
AT_HAND = 0.3  # s that a new page waits for results that other pages have left


@dataclass(frozen=True)
class Shelf:
    """The layouts and recordings that a page may open: by name, never by a path from a browser."""

    layouts: Mapping[str, Path] = field(default_factory=dict)  # given beside those on disk
    recordings: Mapping[str, Path] = field(default_factory=dict)
    first: str = DEFAULT
    replay_first: bool = False

    def known(self) -> dict[str, Path]:
        return {**folders.known_layouts(), **self.layouts}

    def path(self, name: str) -> Path:
        """The file of a layout; raises LayoutError where no layout is named so."""
        known = self.known()
        if name not in known:
            raise LayoutError(f"no layout is named {name!r}; {nearest(name, known)}")
        return known[name]


def shelf(layout: str | Path | None = None, recording: str | Path | None = None) -> Shelf:
    """What a server offers: a layout by name or path comes first, and a recording with it."""
    given: dict[str, Path] = {}
    first = DEFAULT
    if layout is not None:
        path = folders.find_layout(layout)
        first = path.stem
        if folders.known_layouts().get(first) != path:
            given[first] = path
    records = {Path(recording).name: Path(recording)} if recording is not None else {}
    return Shelf(given, records, first, bool(records))


class Planner:
    """One session of the page."""

    def __init__(self, shelf: Shelf, blobs: Blobs, page: Page) -> None:
        self.shelf = shelf
        self.blobs = blobs
        self.document = page
        self.viewer = Viewer(sizing_mode="stretch_both", theme="auto")
        self.bars = Bars()
        self.charts = Charts(self.viewer.seek)
        self.charts_open = False  # what nobody looks at is not worked out
        self.shell = Shell(
            viewer=self.viewer,
            bars=pn.pane.Bokeh(self.bars.figure, sizing_mode="stretch_width"),
            charts=pn.Column(
                *(
                    pn.pane.Bokeh(one, sizing_mode="stretch_width")
                    for one in (self.charts.gantt, self.charts.history, self.charts.leads)
                ),
                sizing_mode="stretch_width",
            ),
            sizing_mode="stretch_both",
        )
        self.viewer.on_event(self._receive)
        self.shell.on_event(self._receive)
        self.bench: Workbench | None = None
        self.name = ""
        self.recordings: dict[str, Path] = {}
        self.trouble = ""
        self.chosen: Choice | None = None
        self._drawn: dict[str, Any] = {}
        self._due = threading.Lock()  # held while a drawing is asked for and not yet begun
        # Whether a browser is connected and told of changes; what it asks before then has to wait.
        self._live = False
        self._early: list[Event] = []

    # --- layouts ---------------------------------------------------------------------------------

    def open(self, name: str, recording: str = "") -> None:
        """Show another layout, in a replay of `recording` where it is one of its own."""
        document = files.open_document(self.shelf.path(name))
        if self.bench is not None:
            self.bench.close()
        self.name, self.trouble, self._drawn = name, "", {}
        self.viewer.selected, self.chosen = "", None
        self.recordings = {**recordings_of(document.layout), **self._given(name)}
        self.bench = Workbench(
            document, self.blobs, self._changed, recording=self.recordings.get(recording)
        )
        self.bench.start()
        self._remember()

    def _given(self, name: str) -> Mapping[str, Path]:
        return self.shelf.recordings if name == self.shelf.first else {}

    def fail(self, text: str) -> None:
        """Show an error where no layout can be shown."""
        self.trouble = text
        self.draw()

    def _remember(self) -> None:
        """Layout and mode stand in the address, so that it can be shared and survives a restart.

        The viewer keeps time, camera and selection behind the "#" (viewer/src/address.js).
        """
        location, bench = pn.state.location, self.bench
        if location is None or bench is None:
            return
        recording = bench.shown.recording
        query = {"layout": self.name}
        if recording:
            query["replay"] = Path(recording).name
        location.search = f"?{urlencode(query)}"

    def close(self) -> None:
        """The session has ended."""
        if self.bench is not None:
            self.bench.close()

    # --- drawing ---------------------------------------------------------------------------------

    def _changed(self) -> None:
        """Called from the workbench's thread: draw soon, once however often it is called."""
        if self._live and self._due.acquire(blocking=False):
            self.document.add_next_tick_callback(self._draw_now)

    def _draw_now(self) -> None:
        self._due.release()
        self.draw()

    def go_live(self) -> None:
        """A browser is connected: from now on, it is told of what is new."""
        self._live = True
        self._remember()  # what was written before has been overwritten by the browser's own
        self._changed()
        for event in self._early:
            self._receive(event)
        self._early.clear()

    def draw(self) -> None:
        """Bring shell, viewer and bars up to the workbench's snapshot."""
        if self.bench is None:
            self.shell.show({"header": self._header(), "problem": self.trouble, "mode": "predict"})
            return
        shown = self.bench.shown
        page = figures.page(shown, self.chosen)
        page["header"] = self._header()
        page["problem"] = self.trouble or page["problem"]
        page["answered"] = None if shown.stale_outlook else self.bench.log.version
        with pn.io.hold():
            self.shell.show(page)
            self._once("bars", figures.bars(shown), self.bars.show)
            if self.charts_open and shown.timeline is not None:
                self._draw_charts(shown, shown.timeline)
            if shown.floor is not None:
                self.viewer.param.update(
                    scene_url=shown.floor.scene,
                    glb_url=shown.floor.glb,
                    timeline_url=shown.floor.timeline,
                    version=self.bench.log.version,
                )
            if self._live:  # a message reaches only who is there
                self._once("rings", figures.rings(shown), self.viewer.show_bottlenecks)

    def _draw_charts(self, shown: Snapshot, timeline: Timeline) -> None:
        forecast = None if shown.outlook is None or shown.is_replay else shown.outlook.forecast
        of = (timeline.run, timeline.layout, timeline.start, forecast and forecast.run)
        rows = figures.timeline_rows(shown.layout)
        tallies = forecast.tallies if forecast else ()
        self._once("charts", of, lambda _: self.charts.show(timeline, rows, tallies))

    def _once(self, what: str, value: Any, show: Callable[[Any], None]) -> None:
        """Show a value unless it is what is shown already."""
        if self._drawn.get(what) != value:
            self._drawn[what] = value
            show(value)

    def _header(self) -> dict[str, Any]:
        known = self.shelf.known()
        bench = self.bench
        log = bench.log if bench else None
        return {
            "layouts": [{"name": name, "label": name.replace("_", " ")} for name in known],
            "layout": self.name,
            "title": bench.shown.layout.name if bench else PURPOSE,
            "edited": bool(bench and bench.is_edited),
            "undo": bool(log and log.done),
            "redo": bool(log and log.undone),
            "recordings": list(self.recordings),
            "replay": Path(bench.shown.recording).name if bench and bench.shown.recording else "",
            "edit": self.viewer.edit,
        }

    # --- events ----------------------------------------------------------------------------------

    def _receive(self, event: Event) -> None:
        """An event of shell or viewer: acted upon in the page's own turn, with its lock."""
        if event.get("type") == "echo":
            self.shell.echo(int(event["number"]))
            return
        act = getattr(self, f"_on_{event.get('type')}", None)
        if act is not None and not self._live:
            self._early.append(event)
        elif act is not None:
            self.document.add_next_tick_callback(partial(self._act, act, event))

    def _act(self, act: Callable[[Event], None], event: Event) -> None:
        """What a planner did wrong comes back in words."""
        try:
            act(event)
        except TwinError as error:
            self.shell.say(str(error))
        except (KeyError, TypeError, ValueError):
            self.shell.say("The page sent something that cannot be understood; load it again.")
        self.draw()

    def _on_choose(self, event: Event) -> None:
        self.open(str(event["layout"]))

    def _on_mode(self, event: Event) -> None:
        if self.bench is None:
            return
        if event["mode"] != "replay":
            self.bench.predict()
        elif self.recordings:
            asked = str(event.get("recording") or next(iter(self.recordings)))
            if asked not in self.recordings:
                raise TwinError(
                    f"no recording is named {asked!r}; {nearest(asked, self.recordings)}"
                )
            self.bench.replay(self.recordings[asked])
            self.viewer.edit = False
        self._remember()

    def _on_undo(self, event: Event) -> None:
        if self.bench is not None and self.bench.log.done:
            self.bench.undo()

    def _on_redo(self, event: Event) -> None:
        if self.bench is not None and self.bench.log.undone:
            self.bench.redo()

    def _on_stop(self, event: Event) -> None:
        if self.bench is not None:
            self.bench.stop()

    def _on_resume(self, event: Event) -> None:
        if self.bench is not None and self.bench.shown.stopped:
            self.bench.start()

    def _on_keep(self, event: Event) -> None:
        if self.bench is not None:
            self.bench.keep()

    def _on_crew(self, event: Event) -> None:
        if self.bench is not None and not self.bench.shown.is_replay:
            self.bench.do(ResizeCrew(str(event["name"]), int(event["people"])))

    def _on_move(self, event: Event) -> None:
        move = _move(event)
        self._arrange(move, event, [move.name])

    def _on_move_many(self, event: Event) -> None:
        moves = tuple(_move(thing) for thing in event["things"])
        self._arrange(MoveMachines(moves), event, [move.name for move in moves])

    def _on_duplicate(self, event: Event) -> None:
        if self.bench is None:
            return
        originals = [_move(thing) for thing in event["things"]]
        taken: set[str] = set()
        copies: list[Copy] = []
        for like in originals:
            free = free_names(self.bench.log.layout, like.name)
            name = next(name for name in free if name not in taken)
            taken.add(name)
            copies.append(Copy(like.name, name, like.at, like.heading or 0.0))
        self._arrange(DuplicateMachines(tuple(copies)), event)
        self._choose_new([copy.name for copy in copies])

    def _on_remove(self, event: Event) -> None:
        self._arrange(RemoveMachines(tuple(str(name) for name in event["names"])), event)
        self._choose_new([])

    def _on_add(self, event: Event) -> None:
        if self.bench is None:
            return
        asset, station = str(event["asset"]), event.get("station")
        x, y = (float(value) for value in event["at"])
        load_asset(asset)  # an unknown one is told by its own name, before it is in the file
        name = next(free_names(self.bench.log.layout, asset))
        command = AddMachine(
            name,
            asset,
            (x, y),
            float(event["heading"]),
            str(station) if station else None,
            bool(event.get("own_station")),
        )
        self._arrange(command, event)
        self._choose_new([name])

    def _on_road(self, event: Event) -> None:
        self._arrange(AddRoad(tuple(_place(place) for place in event["places"])), event)

    def _arrange(self, command: Command, event: Event, moved: Iterable[str] = ()) -> None:
        """An edit of the viewer, or its refusal: then what has been `moved` goes back."""
        bench = self.bench
        if bench is None:
            return
        try:
            if bench.shown.is_replay:
                raise TwinError("A recording's floor cannot be changed; switch to PREDICT first.")
            bench.do(command, version=event.get("version"))
        except TwinError:
            layout = bench.log.layout
            things = {**layout.machines, **layout.arms}
            back = [(n, things[n].at, things[n].heading) for n in moved if n in things]
            self.viewer.reject(back, bench.log.version)
            raise

    def _choose_new(self, names: list[str]) -> None:
        """Select the machines that an edit has brought, or nothing."""
        self.chosen = Choice("machine", names[-1]) if names else None
        self.viewer.choose(names)

    def _on_select(self, event: Event) -> None:
        name = str(event.get("name") or "")
        self.chosen = Choice(str(event.get("kind")), name) if name else None

    def _on_fly(self, event: Event) -> None:
        kind, focus = str(event["kind"]), str(event["focus"])
        self.chosen = Choice(kind, str(event["name"]))
        self.viewer.selected = focus
        self.viewer.fly(focus)

    def _on_ready(self, event: Event) -> None:
        """The viewer shows another floor, and has forgotten what is ringed on it."""
        self._drawn.pop("rings", None)

    def _on_charts(self, event: Event) -> None:
        self.charts_open = bool(event["open"])

    def _on_tick(self, event: Event) -> None:
        if self.charts_open:
            self.charts.at(float(event["t"]))

    def _on_edit(self, event: Event) -> None:
        self.viewer.edit = bool(event["on"])

    def _on_theme(self, event: Event) -> None:
        theme = "dark" if event["theme"] == "dark" else "light"
        self.viewer.theme = theme
        self.bars.paint(theme)
        self.charts.paint(theme)

    def _on_save(self, event: Event) -> None:
        if self.bench is None:
            return
        path = self.bench.save_as(str(event["name"]).strip())
        self.shell.say(f"Saved as {path}")
        self.name = path.stem
        self._remember()

    def _on_export(self, event: Event) -> None:
        """Hand on what is shown at this moment; the browser itself takes the picture."""
        if self.bench is None:
            return
        ending = str(event["format"])
        if ending == "png":
            self.viewer.picture(f"{self.name}.png")
            return
        work = (self.bench.shown, f"{self.name}.{ending}")
        threading.Thread(target=self._hand_on, args=work, name="export", daemon=True).start()

    def _hand_on(self, shown: Snapshot, name: str) -> None:
        """In a thread of its own: make a file of the format that its name asks for."""
        try:
            content = formats.content(handout.of_page(shown), formats.format_of(name))
            url = Blobs(route=EXPORTS).put(content, formats.format_of(name))
            tell = partial(self.shell.hand_on, url, name)
        except TwinError as error:
            tell = partial(self.shell.say, str(error))
        self.document.add_next_tick_callback(tell)

    def _on_error(self, event: Event) -> None:
        self.shell.say(f"The 3D view: {event.get('message', 'failed')}")


def _move(thing: Mapping[str, Any]) -> MoveMachine:
    """What the viewer says of one machine: its name, where it stands, how it is turned."""
    x, y = (float(value) for value in thing["at"])
    return MoveMachine(str(thing["name"]), (x, y), float(thing["heading"]))


def _place(place: object) -> str | tuple[float, float]:
    """What the viewer says of a place: a name, or a point [m]."""
    if isinstance(place, str):
        return place
    if not isinstance(place, list):
        raise TypeError(f"expected a name or a point, not {place!r}")
    x, y = place
    return float(x), float(y)


def planner(shelf: Shelf, blobs: Blobs) -> Shell:
    """The page of a new session; the address may name a layout and a recording."""
    page = pn.state.curdoc
    if page is None:
        raise TwinError("the planner's page needs a server: twin serve")
    session = Planner(shelf, blobs, page)
    asked = {
        key: values[0].decode("utf-8", "replace")
        for key, values in pn.state.session_args.items()
        if values
    }
    first = next(iter(shelf.recordings), "") if shelf.replay_first else ""
    try:
        session.open(asked.get("layout", shelf.first), asked.get("replay", first))
    except TwinError as error:
        session.fail(str(error))
    pn.state.on_session_destroyed(lambda _: session.close())
    if session.bench is not None:
        session.bench.wait_for_floor(AT_HAND)
    session.draw()
    pn.state.onload(session.go_live)
    return session.shell
