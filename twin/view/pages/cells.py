"""The cells page: what one arm reaches, hits, carries, and how long it takes; judged anew as its
cell is changed."""

from __future__ import annotations

import re
import tempfile
import threading
from base64 import b64decode
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import panel as pn
from bokeh.document import Document as Page

from twin.cells.factory import Factory, reach_around, with_distances
from twin.cells.gate.adding import Passed, add_robot
from twin.cells.overlays import reached_by, swept_by
from twin.cells.report import report
from twin.errors import Cancelled, LayoutError, TwinError
from twin.layout import files
from twin.layout.catalog import has_asset, known_assets, load_asset
from twin.layout.edits import Command, SetField
from twin.layout.folders import NAME
from twin.layout.frames import Forget, Teach
from twin.production.run import program_version
from twin.view.blobs import EXPORTS, Blobs
from twin.view.cells import figures
from twin.view.cells.bench import CellBench, offered_arm
from twin.view.cells.film import transfers_of
from twin.view.cellshell import CellShell
from twin.view.component import Viewer
from twin.view.exports import cells as exports
from twin.view.figures import Json
from twin.view.pages import arranging
from twin.view.pages.overlay import Overlay, as_text
from twin.view.pages.planner import Shelf
from twin.view.pages.saving import Behind, Clash
from twin.view.pages.session import Session
from twin.view.shell import Event, Shell

REPORTS = ("html", "json")
LARGEST = 12_000_000  # bytes of a robot that comes through the browser


class Cells(Session):
    """One session of the page."""

    def __init__(self, shelf: Shelf, blobs: Blobs, page: Page) -> None:
        self.viewer = Viewer(sizing_mode="stretch_both", theme="auto", speed=1.0, purpose="cell")
        super().__init__(CellShell(viewer=self.viewer, sizing_mode="stretch_both"), page)
        self.shelf = shelf
        self.blobs = blobs
        self.viewer.on_event(self.receive)
        self.shell.on_event(self.receive)
        self.bench: CellBench | None = None
        self.behind: Behind | None = None
        self.name = ""
        self.trouble = ""
        self.layers: dict[str, str] = {}  # what is drawn in the room anyhow, each as JSON
        self.overlays = {
            name: Overlay(work, self.soon, self.changed, self.shell.say)
            for name, work in (("swept", _swept), ("reach", _reach), ("volume", _volume))
        }
        self._near_ended = threading.Event()

    # --- layouts ---------------------------------------------------------------------------------

    def open(self, name: str, arm: str = "", mark: str = "") -> None:
        """Show an arm of a layout, the first where none is named, with the draft of that mark where
        there is one. Raises LayoutError where there is no such arm."""
        path = self.shelf.path(name)
        document = files.open_document(path)
        arm = offered_arm(document.layout, arm)
        self.close()
        self._drawn.clear()
        self.name, self.trouble = name, ""
        self.behind = Behind(name, path, document.text, mark, self._is_looked_at)
        self.bench = CellBench(document, self.blobs, self.changed, arm=arm)
        draft = self.behind.taken_up()
        if draft is not None and draft.history is not None:
            self.bench.log.restore(draft.history)
        self.bench.start()
        self.remember()

    def close(self) -> None:
        """The session has ended, or shows another layout."""
        if self.bench is not None:
            self.bench.close()
        self._near_ended.set()
        for overlay in self.overlays.values():
            overlay.end()
        if self.behind is not None:
            self.behind.close()

    def remember(self, *_: object) -> None:
        """Layout and arm stand in the address, so that it can be shared."""
        location = pn.state.location
        if location is not None and self.bench is not None:
            query = {"layout": self.name, "arm": self.bench.arm}
            if self.behind is not None and self.behind.mark:
                query["draft"] = self.behind.mark
            location.search = f"?{urlencode(query)}"

    def fail(self, text: str) -> None:
        """Show an error where no cell can be shown."""
        self.trouble = text

    def _is_looked_at(self) -> bool:
        session = getattr(self.document.session_context, "session", None)
        return session is not None and session.connection_count > 0

    def go_live(self) -> None:
        """A browser is connected."""
        super().go_live()
        self.remember()

    # --- drawing ---------------------------------------------------------------------------------

    def draw(self) -> None:
        """Bring shell and viewer up to what is known of the cell."""
        super().draw()
        bench = self.bench
        if bench is None:
            self.shell.show({"header": None, "problem": self.trouble})
            return
        shown, factory = bench.shown, bench.factory
        page: Json = {
            "header": self._header(bench),
            "progress": shown.stage,
            "problem": shown.problem,
            "stale": bench.is_stale,
            "machines": list(bench.log.layout.machines),
        }
        if factory is not None and bench.arm in factory.layout.arms:
            page |= {
                "said": figures.said(factory, bench.arm),
                "targets": figures.targets(factory, bench.arm),
                "transfers": figures.transfer_rows(factory, bench.arm),
                "load": bench.loads.get(bench.arm),
            }
        with pn.io.hold():
            if factory is not None and bench.arm in factory.layout.arms:
                self.once("film", (factory.key, bench.arm), lambda _: self._draw_film(bench))
                page["overlays"] = self._lay_over(bench, factory)
                page["layers"] = [*self.layers, *page["overlays"]]
            self.shell.show(page)
            if shown.floor is not None:
                self.viewer.param.update(
                    scene_url=shown.floor.scene,
                    glb_url=shown.floor.glb,
                    timeline_url=shown.floor.timeline,
                    version=bench.log.version,
                )

    def _draw_film(self, bench: CellBench) -> None:
        assert bench.factory is not None  # `draw` looks
        try:
            self._fill(figures.series(bench.factory, bench.arm))
        except LayoutError:
            self.shell.param.update(film="")  # its files cannot be read: a finding says so
        else:
            work = (bench.factory, bench.arm, self._nearing())
            threading.Thread(target=self._near, args=work, name="near", daemon=True).start()
        drawn = figures.sketch(bench.factory, bench.arm)
        self.layers = {name: as_text(layer) for name, layer in drawn.items()}

    def _draw_layers(self, layers: dict[str, str]) -> None:
        self.viewer.sketch = (
            "{" + ",".join(f'"{name}":{text}' for name, text in layers.items()) + "}"
        )

    def _fill(self, film: Json) -> None:
        self.shell.param.update(film=as_text(film))

    def _nearing(self) -> threading.Event:
        """What ends the work on distances that is begun now; that which was on is ended."""
        self._near_ended.set()
        self._near_ended = threading.Event()
        return self._near_ended

    def _near(self, factory: Factory, arm: str, ended: threading.Event) -> None:
        """In a thread of its own: how near the arm comes over its transfers, once that is known."""
        try:
            found = with_distances(factory, [arm], cancelled=ended)
        except Cancelled:
            return
        except TwinError as error:
            self.soon(partial(self.shell.say, str(error)))
            return
        film = figures.series(found, arm)
        self.soon(lambda: None if ended.is_set() else self._fill(film))

    # --- what is laid over the cell --------------------------------------------------------------

    def _lay_over(self, bench: CellBench, factory: Factory) -> Json:
        """Draw those overlays that are known, have those worked out that are asked for; what the
        page is told of each."""
        offered = dict(self.overlays)
        if not transfers_of(factory, bench.arm):
            offered.pop("swept").end()
        for overlay in offered.values():
            if bench.is_stale:
                overlay.end()
            else:
                overlay.look(factory, bench.arm)
        known = {name: one.layer for name, one in offered.items() if one.layer}
        self.once("layers", self.layers | known, self._draw_layers)
        return {name: one.told for name, one in offered.items()}

    def _on_overlay(self, event: Event) -> None:
        self.overlays[str(event["name"])].switch(bool(event["on"]))

    def _header(self, bench: CellBench) -> Json:
        arms = bench.log.layout.arms
        return {
            "title": bench.log.layout.name,
            "layout": self.name,
            "factory": self._factory_page(),
            "arms": [{"name": name, "label": arm.label or name} for name, arm in arms.items()],
            "arm": bench.arm,
            "model": arms[bench.arm].asset if bench.arm in arms else "",
            "models": [
                {"name": name, "label": load_asset(name).label}
                for name in known_assets()
                if name.startswith("arm/")
            ],
            "edited": bench.is_edited,
            "own": bool(self.behind and self.behind.is_own),
            "undo": bool(bench.log.done),
            "redo": bool(bench.log.undone),
            "edit": self.viewer.edit,
        }

    def _factory_page(self) -> str:
        """The address of the planner's page of this layout, with what is not saved yet."""
        query = {"layout": self.name}
        if self.behind is not None and self.behind.mark:
            query["draft"] = self.behind.mark
        return f"planner?{urlencode(query)}"

    # --- events ----------------------------------------------------------------------------------

    def _editable(self) -> CellBench:
        if self.bench is None:
            raise TwinError("There is no cell to change; open a layout with an arm first.")
        return self.bench

    def _on_arm(self, event: Event) -> None:
        bench = self._editable()
        arm = offered_arm(bench.log.layout, str(event["name"]))
        bench.look_at(arm)
        self.viewer.fly(arm)
        self.remember()

    def _on_model(self, event: Event) -> None:
        """Another arm of the catalogue in the place of this one."""
        self._replace_arm(str(event["name"]))

    def _replace_arm(self, model: str) -> None:
        if not model.startswith("arm/") or not has_asset(model):
            raise TwinError(f"there is no arm {model!r} in the catalogue")
        self._do(SetField(("arms", self._editable().arm, "asset"), model))

    def _on_bring(self, event: Event) -> None:
        """A robot of the user's own: looked at and kept by the gate, then in this one's place."""
        self._editable()
        given = re.sub(r"[^A-Za-z0-9_.-]", "_", str(event["file"]))[-60:].lstrip(".")
        if len(event["content"]) > LARGEST * 4 / 3 + 4:
            raise TwinError(
                f"{given}: larger than {LARGEST / 1e6:.0f} MB; bring it with twin asset add"
            )
        try:
            content = b64decode(event["content"], validate=True)
        except ValueError:
            raise TwinError(f"{given}: did not arrive whole; try again") from None
        name = str(event.get("name") or "").strip()
        work = (given, content, f"arm/{name}" if name else None)
        threading.Thread(target=self._bring, args=work, name="bring", daemon=True).start()
        self.shell.say(f"Looking at {given} …")

    def _bring(self, given: str, content: bytes, name: str | None) -> None:
        """In a thread of its own."""
        try:
            with tempfile.TemporaryDirectory(prefix="twin-brought-") as folder:
                path = Path(folder) / given
                path.write_bytes(content)
                passed = add_robot(path, name)
        except (TwinError, OSError) as error:
            told = str(error).replace(folder, "").replace(f"/{given}", given)
            self.soon(partial(self.shell.say, f"Not taken: {told}"))
            return
        self.soon(partial(self._brought, passed))

    def _brought(self, passed: Passed) -> None:
        self._act(lambda _: self._replace_arm(passed.name), {})
        assumed = f"; {len(passed.notes)} things assumed, see its findings" if passed.notes else ""
        self.shell.say(f"{passed.name} is kept, with {len(passed.joints)} joints{assumed}.")

    def _on_undo(self, event: Event) -> None:
        if self._editable().log.done:
            self._editable().undo()

    def _on_redo(self, event: Event) -> None:
        if self._editable().log.undone:
            self._editable().redo()

    def _on_teach(self, event: Event) -> None:
        """A target that the arm shall reach, or a tray of them."""
        bench = self._editable()
        name = str(event["name"]).strip()
        if not NAME.fullmatch(name):
            raise TwinError(f"{name!r} is no name: use letters, digits, - and _")
        x, y, z = (float(value) for value in event["at"])
        dx, dy, dz = (float(value) for value in event["approach"])
        px, py = (float(value) for value in event["pitch"])
        taught = Teach(
            bench.arm,
            str(event["machine"]),
            name,
            (x, y, z),
            (dx, dy, dz),
            float(event["clear"]),
            int(event["rows"]),
            int(event["columns"]),
            (px, py),
        )
        self._do(taught)
        self.shell.say(f"{taught.machine}.{name} is taught; Undo takes it back.")

    def _on_forget(self, event: Event) -> None:
        self._do(Forget(str(event["port"])))

    def _on_edit(self, event: Event) -> None:
        self.viewer.edit = bool(event["on"])

    def _on_theme(self, event: Event) -> None:
        self.viewer.theme = "dark" if event["theme"] == "dark" else "light"

    def _on_move(self, event: Event) -> None:
        self._arrange([event], event)

    def _on_move_many(self, event: Event) -> None:
        self._arrange(event["things"], event)

    def _arrange(self, things: Iterable[Any], event: Event) -> None:
        """Put things where the viewer shows them, or have them go back."""
        bench, listed = self._editable(), list(things)
        try:
            self._do(arranging.moved(listed), event.get("version"))
        except TwinError:
            names = [str(thing["name"]) for thing in listed]
            self.viewer.reject(arranging.standing(bench.log.layout, names), bench.log.version)
            raise

    def _do(self, command: Command, version: int | None = None) -> None:
        self._editable().do(command, version=version)

    def _act(self, act: Callable[[Event], None], event: Event) -> None:
        """Unsaved work is kept after each event, as the planner's page keeps it."""
        super()._act(act, event)
        if self.bench is None or self.behind is None:
            return
        mark = self.behind.mark
        try:
            self.behind.keep(self.bench.log.text(), self.bench.log.history)
        except LayoutError as error:
            self.shell.say(f"Your changes are not kept as a draft: {error}")
        if self.behind.mark != mark:
            self.remember()

    def _on_save(self, event: Event) -> None:
        """Save to the layout's own file; one of the program's needs a name of the user's own."""
        bench, behind = self._editable(), self.behind
        if behind is not None and behind.is_own:
            try:
                behind.save(bench.log.text())
            except Clash as clash:
                raise TwinError(f"Not saved: {clash}") from clash
            bench.saved()
            self.shell.say(f"Saved to {behind.path}")
            return
        path = bench.save_as(str(event.get("name") or "").strip())
        if behind is not None:
            behind.forget()
            behind.close()
        self.name = path.stem
        self.behind = Behind(path.stem, path, bench.log.text(), "", self._is_looked_at)
        self.shell.say(f"Saved as {path}")
        self.remember()

    def _on_report(self, event: Event) -> None:
        """Hand the report on as a file."""
        bench, ending = self._editable(), str(event["format"])
        if bench.factory is None or bench.is_stale:
            raise TwinError("The cell is being judged; ask again in a moment.")
        if ending not in REPORTS:
            raise TwinError(f"a report is one of {', '.join(REPORTS)}, not {ending!r}")
        work = (bench.factory, ending)
        threading.Thread(target=self._hand_on, args=work, name="report", daemon=True).start()

    def _hand_on(self, factory: Factory, ending: str) -> None:
        """In a thread of its own."""
        try:
            found = report(with_distances(factory), program_version())
        except TwinError as error:
            self.soon(partial(self.shell.say, f"No report: {error}"))
            return
        made = exports.html(found) if ending == "html" else exports.as_json(found)
        url = Blobs(route=EXPORTS).put(made, ending)
        self.soon(partial(self.shell.hand_on, url, f"{self.name}-cells.{ending}"))

    def _on_error(self, event: Event) -> None:
        self.shell.say(f"The 3D view: {event.get('message', 'failed')}")


def _swept(factory: Factory, arm: str, cancelled: threading.Event) -> Json:
    shown = transfers_of(factory, arm)
    return figures.skin(swept_by(factory, arm, shown, cancelled=cancelled), figures.FREE)


def _reach(factory: Factory, arm: str, cancelled: threading.Event) -> Json:
    height = figures.working_height(factory, arm)
    return figures.reach(reach_around(factory.layout, arm, height, cancelled=cancelled))


def _volume(factory: Factory, arm: str, cancelled: threading.Event) -> Json:
    return figures.skin(reached_by(factory, arm, cancelled=cancelled), figures.REACHED)


def cells(shelf: Shelf, blobs: Blobs) -> Shell:
    """The page of a new session; the address may name a layout and an arm."""
    page = pn.state.curdoc
    if page is None:
        raise TwinError("the cells page needs a server: twin cells")
    session = Cells(shelf, blobs, page)
    asked = {
        key: values[0].decode("utf-8", "replace")
        for key, values in pn.state.session_args.items()
        if values
    }
    try:
        session.open(asked.get("layout", shelf.first), asked.get("arm", ""), asked.get("draft", ""))
    except TwinError as error:
        session.fail(str(error))
    pn.state.on_session_destroyed(lambda _: session.close())
    session.draw()
    pn.state.onload(session.go_live)
    return session.shell
