"""The planner's page: joins a workbench, the shell and the viewer for one session."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import panel as pn
from bokeh.document import Document as Page

from twin.errors import LayoutError, TwinError, nearest
from twin.layout import drafts, files, folders, starters
from twin.layout.arrange import AddRoad, Draw, Redraw, free_names, home_of
from twin.layout.catalog import load_asset
from twin.layout.changes import Points
from twin.layout.drafts import Draft
from twin.layout.edits import AddMachine, Command, ReplaceText, ResizeCrew
from twin.layout.schema import Layout
from twin.layout.things import RemoveThing
from twin.timeline import Timeline
from twin.view import figures, now
from twin.view.bars import Bars
from twin.view.blobs import EXPORTS, Blobs
from twin.view.charts import Charts
from twin.view.component import Viewer
from twin.view.exports import formats, handout
from twin.view.figures import Choice, Json
from twin.view.live import SPANS, Live, Seen
from twin.view.outline import outline
from twin.view.pages import arranging, clashes, notice, saving
from twin.view.pages.clashes import Clashes
from twin.view.pages.comparing import VERSION, Comparing, as_json
from twin.view.pages.editing import Editing, keys_of
from twin.view.pages.importing import Importing
from twin.view.pages.saving import Behind, Clash
from twin.view.pages.session import Session
from twin.view.pages.welcome import welcome
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
    live: Live | None = None  # the shop of the first layout, if it is followed

    def known(self) -> dict[str, Path]:
        return {**folders.known_layouts(), **self.layouts}

    def path(self, name: str) -> Path:
        """The file of a layout; raises LayoutError where no layout is named so."""
        known = self.known()
        if name not in known:
            raise LayoutError(f"no layout is named {name!r}; {nearest(name, known)}")
        return known[name]


def shelf(
    layout: str | Path | None = None,
    recording: str | Path | None = None,
    live: Live | None = None,
) -> Shelf:
    """What a server offers: a layout by name or path comes first, and a recording or its shop with
    it."""
    given: dict[str, Path] = {}
    first = DEFAULT
    if layout is not None:
        path = folders.find_layout(layout)
        first = path.stem
        if folders.known_layouts().get(first) != path:
            given[first] = path
    records = {Path(recording).name: Path(recording)} if recording is not None else {}
    return Shelf(given, records, first, bool(records), live)


class Planner(Session):
    """One session of the page."""

    quiet = frozenset({"tick", "ready", "import"})

    def __init__(self, shelf: Shelf, blobs: Blobs, page: Page) -> None:
        self.shelf = shelf
        self.blobs = blobs
        self.viewer = Viewer(sizing_mode="stretch_both", theme="auto")
        self.bars = Bars()
        self.charts = Charts(self.viewer.seek)
        self.charts_open = False  # what nobody looks at is not worked out
        shell = Shell(
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
        super().__init__(shell, page)
        self.viewer.on_event(self.receive)
        self.shell.on_event(self.receive)
        self.bench: Workbench | None = None
        self.name = ""
        self.recordings: dict[str, Path] = {}
        self.assets: list[str] = []
        self.trouble = ""
        self.chosen: Choice | None = None
        self.editing = Editing()
        self.behind: Behind | None = None
        self.comparing: Comparing | None = None
        self.clashes: Clashes | None = None
        self.importing = Importing(
            self._floor, self.shell.answer, self.soon, self._brought, self._drawn_up
        )
        self.notices: dict[str, Json] = {}
        self._page: Json = {}
        self._page_of: tuple[Snapshot, int] | None = None  # and how much had been asked for by then
        self._asked = 0

    # --- layouts ---------------------------------------------------------------------------------

    def open(self, name: str, recording: str = "", mark: str = "", live: bool = False) -> None:
        """Show another layout, in a replay of `recording` where it is one of its own, or `live`
        where its shop is followed, with the draft of that mark where there is one."""
        path = self.shelf.path(name)
        document = files.open_document(path)
        behind = Behind(name, path, document.text, mark, self._is_looked_at)
        draft = behind.taken_up()
        self.close()
        self.name, self.trouble, self._drawn = name, "", {}
        self.viewer.selected, self.chosen = "", None
        self.editing.open(None)
        self.notices.clear()
        self.assets = starters.machine_assets()
        self.recordings = {**recordings_of(document.layout), **self._given(name)}
        self.bench = Workbench(
            document, self.blobs, self.changed, recording=self.recordings.get(recording)
        )
        self._stand_on(behind)
        if draft is not None:
            self._take_up(draft)
        else:
            self._offer_draft()
        self.comparing = Comparing(self.bench, self.blobs, behind, self.shelf.known, self._redraw)
        if live and self._shop is not None:
            self._follow(self._shop)
        else:
            self.bench.start()
        self._remember()

    @property
    def _shop(self) -> Live | None:
        """The shop of the layout that is open, if it is followed."""
        return self.shelf.live if self.name == self.shelf.first else None

    def _follow(self, live: Live) -> None:
        if self.bench is not None:
            self.bench.follow(live)
            self.viewer.edit = False
            live.listen(self._heard)

    def _heard(self, seen: Seen) -> None:
        """From another thread: the shop has gone on."""
        self.soon(partial(self._go_on, seen))

    def _go_on(self, seen: Seen) -> None:
        if self.bench is not None and self.bench.shown.live is not None:
            self.viewer.go_on(seen.blob, seen.is_heard)

    def _follow_no_more(self) -> None:
        if self.shelf.live is not None:
            self.shelf.live.forget(self._heard)

    def _stand_on(self, behind: Behind) -> None:
        """From now on, it is this file that is saved to and watched."""
        if self.behind is not None:
            self.behind.close()
        self.behind = behind
        self.clashes = Clashes(behind, self.notices)

    def _take_up(self, draft: Draft) -> None:
        """Go on with a draft; one that cannot be read is said, and stays where it is."""
        assert self.bench is not None  # `open` has made it
        try:
            if draft.history is not None:
                self.bench.log.restore(draft.history)
            elif draft.is_work:
                self.bench.log.do(ReplaceText(draft.text))
        except LayoutError as error:
            self._notify("draft", f"The draft of unsaved work cannot be read: {error}")

    def _offer_draft(self) -> None:
        if self.behind is None:
            return
        found = saving.left_behind(self.name, self.behind.live_marks())
        if found:
            mark = saving.mark_of(found[0])
            take = notice.action("Take it up", "draft", mark=mark, keep=True)
            drop = notice.action("Throw it away", "draft", mark=mark, keep=False)
            text = f"There is unsaved work on this layout, last changed {notice.ago(found[0])}."
            self._notify("draft", text, take, drop)

    def _notify(self, key: str, text: str, *actions: Json) -> None:
        """Show a notice until it is acted upon or dismissed."""
        self.notices[key] = {"key": key, "text": text, "actions": list(actions)}

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
        if self.behind is not None and self.behind.mark:
            query["draft"] = self.behind.mark
        if bench.is_following:
            query["live"] = "1"
        elif recording:
            query["replay"] = Path(recording).name
        elif self.comparing is not None and self.comparing.is_open:
            query["beside"] = ",".join(self.comparing.choices)
        location.search = f"?{urlencode(query)}"

    def insist(self, *_: object) -> None:
        """The browser has put its own address in the place of what was written before it came."""
        if "layout=" not in str(pn.state.location and pn.state.location.search):
            self._remember()

    def close(self) -> None:
        """The session has ended, or shows another layout."""
        self.importing.close()
        self._follow_no_more()
        if self.bench is not None:
            self.bench.close()
        if self.comparing is not None:
            self.comparing.close()
        if self.behind is not None:
            self.behind.close()

    # --- drawing ---------------------------------------------------------------------------------

    def go_live(self) -> None:
        """A browser is connected."""
        self._remember()  # what was written before has been overwritten by the browser's own
        super().go_live()

    def _is_looked_at(self) -> bool:
        """Whether a browser is connected; a session outlives its tab for a while."""
        session = getattr(self.document.session_context, "session", None)
        return session is not None and session.connection_count > 0

    def look_around(self) -> None:
        """Others may have written to the file, or begun to work on it."""
        if self.clashes is not None and self.clashes.look():
            self.draw()
        else:
            super().look_around()

    def _redraw(self) -> None:
        """From any thread: draw soon, though the workbench has nothing new."""
        self._asked += 1
        self.changed()

    def _draw_now(self) -> None:
        """Mostly the workbench is only further than it was: then that alone is worked out."""
        bench, before = self.bench, self._page_of
        if bench is None or before is None or before[1] != self._asked:
            return super()._draw_now()
        shown = bench.shown
        if not _only_further(before[0], shown):
            return super()._draw_now()
        self._due.release()
        super().draw()
        self._page = {**self._page, "progress": figures.progress(shown)}
        self.shell.show(self._page)

    def draw(self) -> None:
        """Bring shell, viewer and bars up to the workbench's snapshot."""
        super().draw()
        asked = self._asked
        self._page_of = None
        if self.bench is None or self.comparing is None:
            self.shell.show({"header": self._header(), "problem": self.trouble, "mode": "predict"})
            return
        shown = self.bench.shown
        page = figures.page(shown, self.chosen)
        page["header"] = self._header()
        if shown.live is not None:
            page |= {"badge": now.badge(shown.live), "live": now.now(shown, shown.live)}
        page["cell"] = self._cell_of(shown)
        page["outline"] = outline(shown)
        page["notices"] = list(self.notices.values())
        page["versions"] = list(drafts.versions_of(self.name))
        page["welcome"] = None if shown.is_factual else welcome(shown.layout)
        page["open"] = self.editing.path
        page["assets"] = self.assets
        page["problem"] = self.trouble or page["problem"]
        page["compare"] = self.comparing.page(shown)
        page["answered"] = None if shown.stale_outlook else self.bench.log.version
        with pn.io.hold():
            self.shell.show(page)
            self.shell.show_form(self.editing.form(self.bench.log.document, shown.is_factual))
            self.once("bars", figures.bars(shown), self.bars.show)
            if self.charts_open and shown.timeline is not None:
                self._draw_charts(shown, shown.timeline)
            if shown.floor is not None:
                self.viewer.param.update(
                    scene_url=shown.floor.scene,
                    glb_url=shown.floor.glb,
                    timeline_url=shown.floor.timeline,
                    version=self.bench.log.version,
                    beside=as_json(self.comparing.floors(shown)),
                    changes=as_json(self.comparing.marks(shown)),
                )
            self._ring(shown)
        self._page, self._page_of = page, (shown, asked)

    def _ring(self, shown: Snapshot) -> None:
        if self.is_live:  # a message reaches only who is there
            self.once("rings", figures.rings(shown), self.viewer.show_bottlenecks)

    def _cell_of(self, shown: Snapshot) -> str:
        """The address of the cell of the arm that is selected, with what is not saved yet; "" where
        there is none."""
        chosen = self.chosen
        if chosen is None or chosen.kind != "arm" or shown.is_factual:
            return ""
        query = {"layout": self.name, "arm": chosen.name}
        if self.behind is not None and self.behind.mark:
            query["draft"] = self.behind.mark
        return f"cells?{urlencode(query)}"

    def _draw_charts(self, shown: Snapshot, timeline: Timeline) -> None:
        forecast = None if shown.outlook is None or shown.is_factual else shown.outlook.forecast
        of = (timeline.run, timeline.layout, timeline.start, forecast and forecast.run)
        rows = figures.timeline_rows(shown.layout)
        tallies = forecast.tallies if forecast else ()
        self.once("charts", of, lambda _: self.charts.show(timeline, rows, tallies))

    def _header(self) -> dict[str, Any]:
        known = self.shelf.known()
        bench = self.bench
        log = bench.log if bench else None
        return {
            "layouts": [{"name": name, "label": name.replace("_", " ")} for name in known],
            "layout": self.name,
            "title": bench.shown.layout.name if bench else PURPOSE,
            "edited": bool(bench and bench.is_edited),
            "own": bool(self.behind and self.behind.is_own),
            "undo": bool(log and log.done),
            "redo": bool(log and log.undone),
            "recordings": list(self.recordings),
            "replay": Path(bench.shown.recording).name if bench and bench.shown.recording else "",
            "edit": self.viewer.edit,
            "live": self._shop is not None,
        }

    # --- events ----------------------------------------------------------------------------------

    def receive(self, event: Event) -> None:
        """An event of shell or viewer; one that measures the way there and back is answered."""
        if event.get("type") == "echo":
            self.shell.echo(int(event["number"]))
        else:
            super().receive(event)

    def _act(self, act: Callable[[Event], None], event: Event) -> None:
        """Unsaved work is kept after each event."""

        def act_and_keep(event: Event) -> None:
            act(event)
            if event.get("type") not in self.quiet:
                self._keep_draft()

        super()._act(act_and_keep, event)

    def _on_choose(self, event: Event) -> None:
        self.open(str(event["layout"]))

    def _on_mode(self, event: Event) -> None:
        if self.bench is None:
            return
        self._follow_no_more()
        if event["mode"] == "live" and self._shop is not None:
            self._follow(self._shop)
        elif event["mode"] != "replay":
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

    def _on_import(self, event: Event) -> None:
        self.importing.act(event)

    def _floor(self) -> Layout:
        """What a log that is brought in is of."""
        if self.bench is None:
            raise TwinError("There is no layout to replay it on; open one first.")
        return self.bench.log.layout

    def _brought(self, name: str) -> None:
        """A log has become a recording: it is replayed."""
        if self.bench is not None:
            self.recordings = {**recordings_of(self.bench.log.layout), **self._given(self.name)}
            self._act(self._on_mode, {"type": "mode", "mode": "replay", "recording": name})

    def _drawn_up(self, name: str) -> None:
        """A log has become a layout, and a recording of it: both are shown."""
        self._act(lambda _: self.open(name, recording=name), {"type": "drawn"})

    def _on_span(self, event: Event) -> None:
        """Over which time the figures of a followed shop are."""
        span = str(event["span"])
        if self.bench is not None and span in SPANS:
            self.bench.look_at(span)

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
        if self.comparing is not None:
            self.comparing.keep()

    def _on_compare(self, event: Event) -> None:
        """Show what the layout is compared with beside it, or something else, or nothing more."""
        if self.comparing is not None:
            self._editable()
            self.comparing.act(event)
            self._remember()

    def go_on_comparing(self, choices: str) -> None:
        """What the address asked to see side by side; what is gone by now is said."""
        first, *others = choices.split(",")
        try:
            self._on_compare({"with": first})
            for other in others:
                self._on_compare({"more": other})
        except TwinError as error:
            self._notify("beside", f"It cannot be compared with what the address names: {error}")

    def _on_show(self, event: Event) -> None:
        """Fly to a thing on the floor that a change is about."""
        self.viewer.fly(str(event["name"]))

    def _on_crew(self, event: Event) -> None:
        self._editable().do(ResizeCrew(str(event["name"]), int(event["people"])))

    def _on_move(self, event: Event) -> None:
        self._arrange(arranging.moved([event]), event, [str(event["name"])])

    def _on_move_many(self, event: Event) -> None:
        things = event["things"]
        self._arrange(arranging.moved(things), event, [str(thing["name"]) for thing in things])

    def _on_duplicate(self, event: Event) -> None:
        if self.bench is not None:
            command, names = arranging.duplicated(self.bench.log.layout, event["things"])
            self._arrange(command, event)
            self._choose_new(names)

    def _on_remove(self, event: Event) -> None:
        self._arrange(arranging.removed(event["things"]), event)
        self._choose_new([])

    def _on_place(self, event: Event) -> None:
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

    def _on_draw(self, event: Event) -> None:
        """A wall, an aisle, a zone or a conveyor has been drawn; its form opens."""
        if self.bench is None:
            return
        kind, layout = str(event["kind"]), self.bench.log.layout
        name = next(free_names(layout, f"{kind}/"))
        drawn = Draw(kind, name, _points(event["points"]))
        machine = str(event.get("to") or "")
        self._arrange(starters.led_to(layout, drawn, machine), event)
        self._choose_drawn(kind, name)

    def _on_redraw(self, event: Event) -> None:
        kind, name = str(event["kind"]), str(event["name"])
        self._arrange(Redraw(kind, name, _points(event["points"])), event)

    def _on_erase(self, event: Event) -> None:
        kind, name = str(event["kind"]), str(event["name"])
        self._arrange(RemoveThing((*home_of(kind), name)), event)
        self.editing.open(None)
        self._choose_new([])

    def _choose_drawn(self, kind: str, name: str) -> None:
        """Select what has been drawn, which the next scene brings, and open its form."""
        focus = f"{kind}:{name}"
        self.chosen = Choice(kind, name)
        self.editing.select(kind, focus)
        self.viewer.choose([focus])

    def _arrange(self, command: Command, event: Event, moved: Iterable[str] = ()) -> None:
        """An edit of the viewer, or its refusal: then what has been `moved` there goes back."""
        bench, things = self.bench, list(moved)
        if bench is None:
            return
        try:
            if bench.shown.is_factual:
                raise TwinError(
                    "What happened or happens cannot be changed; switch to PREDICT first."
                )
            bench.do(command, version=event.get("version"), seen=bool(things))
        except TwinError:
            self.viewer.reject(arranging.standing(bench.log.layout, things), bench.log.version)
            raise

    def _choose_new(self, names: list[str]) -> None:
        """Select the things that an edit has brought, or nothing."""
        self.chosen = self._choice(names[-1]) if names else None
        self.viewer.choose(names)

    def _choice(self, name: str) -> Choice:
        """What a name on the floor means."""
        layout = self.bench.log.layout if self.bench else None
        if layout is not None and name in layout.arms:
            return Choice("arm", name)
        if layout is not None and name in layout.transport.vehicles:
            return Choice("vehicle", name)
        return Choice("person" if "#" in name else "machine", name)

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
        if self.bench.shown.is_factual:
            raise TwinError(_FIXED)
        return self.bench

    def _on_ready(self, event: Event) -> None:
        """The viewer shows another floor, and has forgotten what is ringed on it."""
        self._drawn.pop("rings", None)
        if self.bench is not None:
            self._ring(self.bench.shown)

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

    # --- files -----------------------------------------------------------------------------------

    def _keep_draft(self) -> None:
        """Unsaved work is kept after each event; that it cannot be is said until it can."""
        if self.bench is None or self.behind is None:
            return
        mark = self.behind.mark
        try:
            self.behind.keep(self.bench.log.text(), self.bench.log.history)
            self.notices.pop("kept", None)
        except LayoutError as error:
            self._notify("kept", f"Your changes are not kept as a draft: {error}")
        if self.behind.mark != mark:
            self._remember()
        if self.clashes is not None:
            self.clashes.look()

    def _on_save(self, event: Event) -> None:
        """Save to the layout's own file, or under a new name."""
        bench, behind = self._editable(), self.behind
        if event.get("name") is None and behind is not None and behind.is_own:
            self._save(bench, behind)
            return
        path = bench.save_as(str(event["name"]).strip())
        if behind is not None:
            behind.forget()
        self.name = path.stem
        self.notices.clear()
        text = bench.log.text()
        self._stand_on(Behind(path.stem, path, text, looked_at=self._is_looked_at))
        if self.comparing is not None and self.behind is not None:
            self.comparing.saved(self.behind)
        self.shell.say(f"Saved as {path}")
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
        self.soon(tell)

    def _save(self, bench: Workbench, behind: Behind) -> None:
        try:
            behind.save(bench.log.text())
        except Clash as clash:
            if self.clashes is not None:
                self.clashes.meet(clash.theirs)
            return
        except LayoutError as error:
            again = notice.action("Try again", "save")
            self._notify("clash", f"Not saved, and nothing is lost: {error}", again)
            return
        self.notices.pop("clash", None)
        bench.saved()
        if self.comparing is not None:
            self.comparing.saved(behind)
        self.shell.say(f"Saved to {behind.path}")

    def _on_theirs(self, event: Event) -> None:
        """Take what others have made of it; undo brings one's own work back."""
        bench, key = self._editable(), str(event.get("key", clashes.FILE))
        if self.behind is None or self.clashes is None:
            return
        if key == clashes.FILE:
            bench.do(ReplaceText(self.behind.load_theirs()))
            bench.saved()
        else:
            bench.do(ReplaceText(self.clashes.offered(key)))
        self.clashes.settled(key)
        self.shell.say("Theirs is loaded; Undo brings yours back.")

    def _on_against(self, event: Event) -> None:
        """Compare what is shown with what others have made of it; the choice stays."""
        bench = self._editable()
        if self.clashes is not None:
            text = self.clashes.offered(str(event["key"]))
            bench.compare_with(files.parse(text, "theirs", bench.log.layout.folder).layout)
            self.shell.say("The figures below show what yours does, compared with theirs.")

    def _on_draft(self, event: Event) -> None:
        mark = str(event["mark"])
        if event["keep"]:
            self.open(self.name, mark=mark)
        else:
            drafts.drop_draft(drafts.draft_path(self.name, mark))
            self.notices.pop("draft", None)

    def _on_dismiss(self, event: Event) -> None:
        key = str(event["key"])
        self.notices.pop(key, None)
        if self.clashes is not None:
            self.clashes.settled(key)

    def _on_new(self, event: Event) -> None:
        """An empty layout of the user's own, under a name made of what was typed."""
        label = str(event["name"]).strip()
        name = starters.named(label, self.shelf.known(), "factory")
        folders.write_new(name, starters.empty_layout(label or name).encode())
        self.open(name)

    def _on_version(self, event: Event) -> None:
        """Keep the layout as a version, open one, or compare with one."""
        bench, name = self._editable(), str(event["name"]).strip()
        if event["do"] == "keep":
            drafts.keep_version(self.name, name, bench.log.text())
            self.shell.say(f"Kept as version {name}")
        elif event["do"] == "open":
            bench.do(ReplaceText(drafts.version_text(self.name, name)))
            self.shell.say(f"Version {name} is open; Undo brings back what was here.")
        else:
            self._on_compare({"with": f"{VERSION}{name}"})

    def _on_try(self, event: Event) -> None:
        """One more of what holds the output back, compared with the layout as it was."""
        bench = self._editable()
        self._on_keep(event)
        bench.do(starters.one_more(bench.log.layout, str(event["kind"]), str(event["name"])))

    def _on_error(self, event: Event) -> None:
        self.shell.say(f"The 3D view: {event.get('message', 'failed')}")


_FIXED = "What happened or happens cannot be changed; switch to PREDICT first."


def _place(place: object) -> str | tuple[float, float]:
    """What the viewer says of a place: a name, or a point [m]."""
    if isinstance(place, str):
        return place
    if not isinstance(place, list):
        raise TypeError(f"expected a name or a point, not {place!r}")
    x, y = place
    return float(x), float(y)


def _points(points: Iterable[Iterable[float]]) -> Points:
    """What the viewer says of a line: its corners [m]."""
    return tuple((float(x), float(y)) for x, y in points)


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
        session.open(
            asked.get("layout", shelf.first),
            asked.get("replay", first),
            asked.get("draft", ""),
            live=shelf.live is not None and ("live" in asked or not asked.get("layout")),
        )
        if asked.get("beside"):
            session.go_on_comparing(asked["beside"])
    except TwinError as error:
        session.fail(str(error))
    pn.state.on_session_destroyed(lambda _: session.close())
    if pn.state.location is not None:
        pn.state.location.param.watch(session.insist, "search")
    if session.bench is not None:
        session.bench.wait_for_floor(AT_HAND)
    session.draw()
    pn.state.onload(session.go_live)
    return session.shell


def _only_further(before: Snapshot, now: Snapshot) -> bool:
    """Whether of a snapshot nothing has changed but how far the work is."""
    same = replace(before, stage=now.stage, share=now.share)
    return bool(before.stage) == bool(now.stage) and all(
        getattr(same, one.name) is getattr(now, one.name) for one in fields(Snapshot)
    )
