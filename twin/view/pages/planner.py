"""The planner's page: joins a workbench, the shell and the viewer for one session."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import panel as pn
from bokeh.document import Document as Page

from twin.errors import LayoutError, TwinError, nearest
from twin.layout import files, folders, starters
from twin.layout.edits import MoveMachine, ResizeCrew
from twin.view import figures
from twin.view.bars import Bars
from twin.view.blobs import Blobs
from twin.view.component import Viewer
from twin.view.figures import Choice
from twin.view.outline import outline
from twin.view.pages.editing import Editing, keys_of
from twin.view.shell import Event, Shell
from twin.view.workbench import Workbench, recordings_of

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
        self.shell = Shell(
            viewer=self.viewer,
            bars=pn.pane.Bokeh(self.bars.figure, sizing_mode="stretch_width"),
            sizing_mode="stretch_both",
        )
        self.viewer.on_event(self._receive)
        self.shell.on_event(self._receive)
        self.bench: Workbench | None = None
        self.name = ""
        self.recordings: dict[str, Path] = {}
        self.trouble = ""
        self.chosen: Choice | None = None
        self.editing = Editing()
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
        self.editing.open(None)
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
        """Layout and mode stand in the address, so that it can be shared and survives a restart."""
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
        page["outline"] = outline(shown)
        page["open"] = self.editing.path
        page["assets"] = starters.machine_assets()
        page["problem"] = self.trouble or page["problem"]
        with pn.io.hold():
            self.shell.show(page)
            self.shell.show_form(self.editing.form(self.bench.log.document, shown.is_replay))
            self._once("bars", figures.bars(shown), self.bars.show)
            if shown.floor is not None:
                self.viewer.param.update(
                    scene_url=shown.floor.scene,
                    glb_url=shown.floor.glb,
                    timeline_url=shown.floor.timeline,
                    version=self.bench.log.version,
                )
            if self._live:  # a message reaches only who is there
                self._once("rings", figures.rings(shown), self.viewer.show_bottlenecks)

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
        self._editable().do(ResizeCrew(str(event["name"]), int(event["people"])))

    def _on_move(self, event: Event) -> None:
        if self.bench is None:
            return
        name = str(event["name"])
        x, y = (float(value) for value in event["at"])
        heading, version = float(event["heading"]), event.get("version")
        try:
            if self.bench.shown.is_replay:
                raise TwinError("A recording's floor cannot be changed; switch to PREDICT first.")
            self.bench.do(MoveMachine(name, (x, y), heading), version=version)
        except TwinError:
            layout = self.bench.log.layout
            thing = layout.machines.get(name) or layout.arms.get(name)
            if thing is not None:
                self.viewer.reject(name, thing.at, thing.heading)
            raise

    def _on_select(self, event: Event) -> None:
        kind, name = str(event.get("kind")), str(event.get("name") or "")
        self.chosen = Choice(kind, name) if name else None
        self.editing.select(kind, name)

    def _on_fly(self, event: Event) -> None:
        kind, name, focus = str(event["kind"]), str(event["name"]), str(event["focus"])
        self.chosen = Choice(kind, name)
        if event.get("path") is None:
            self.editing.select(kind, name)
        else:
            self.editing.open(keys_of(event["path"]))
        self.viewer.selected = focus
        if focus:
            self.viewer.fly(focus)

    def _on_open(self, event: Event) -> None:
        self.editing.open(keys_of(event["path"]))

    def _on_form(self, event: Event) -> None:
        self.editing.act(event, self._editable())

    def _on_add(self, event: Event) -> None:
        self.editing.add(event, self._editable())

    def _editable(self) -> Workbench:
        """The layout under edit; raises TwinError where nothing can be changed."""
        if self.bench is None:
            raise TwinError("There is no layout to change; open one first.")
        if self.bench.shown.is_replay:
            raise TwinError("A recording's floor cannot be changed; switch to PREDICT first.")
        return self.bench

    def _on_ready(self, event: Event) -> None:
        """The viewer shows another floor, and has forgotten what is ringed on it."""
        self._drawn.pop("rings", None)

    def _on_edit(self, event: Event) -> None:
        self.viewer.edit = bool(event["on"])

    def _on_theme(self, event: Event) -> None:
        theme = "dark" if event["theme"] == "dark" else "light"
        self.viewer.theme = theme
        self.bars.paint(theme)

    def _on_save(self, event: Event) -> None:
        if self.bench is None:
            return
        path = self.bench.save_as(str(event["name"]).strip())
        self.shell.say(f"Saved as {path}")
        self.name = path.stem
        self._remember()

    def _on_error(self, event: Event) -> None:
        self.shell.say(f"The 3D view: {event.get('message', 'failed')}")


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
