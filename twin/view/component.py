"""The 3D viewer as a Panel component: parameters are its state, messages its events."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, ClassVar

import panel as pn
import param

BUNDLE = Path(__file__).parent / "dist" / "viewer.js"
Event = dict[str, Any]
Placed = tuple[str, Iterable[float], float]  # name, at [m], heading [rad]


class Viewer(pn.custom.JSComponent):
    """A factory floor in 3D that plays a timeline by itself.

    It fetches scene.json, scene.glb and the timeline blob from the three addresses and owns the
    clock. Events reach the callbacks of `on_event` as dicts with a "type": ready (counts), select
    (kind, name), tick (t [s], at most four a second), pong (id), error (message); and, each with
    the version of the layout that it is meant for: move (kind, name, at [m], heading [rad], for a
    vehicle its home), move_many (things: the same of each), duplicate (things: of each copy the
    kind and name of its original, at, heading), remove (things: kind and name), place (asset, at,
    heading, station or None, own_station); road (places: names, or points [m], and version). Of
    what is drawn by points: draw (kind, points [m], to: the machine it ends at, or None), redraw
    (kind, name, points), erase (kind, name), each with the version; it is selected as "wall:north".
    Mount it once per page and send it messages; do not rebuild it.
    """

    # Only the bundle: with `_esm` set, Panel would leave it aside and ask a CDN in development.
    _bundle: ClassVar[str | os.PathLike[str] | None] = BUNDLE

    scene_url = param.String(doc="address of scene.json")
    glb_url = param.String(doc="address of scene.glb")
    timeline_url = param.String(doc="address of the timeline blob")
    theme = param.Selector(default="light", objects=["light", "dark", "auto"])
    colour_by = param.Selector(default="state", objects=["state", "utilisation"])
    window = param.Selector(
        default="hour", objects=["hour", "all"], doc="of the utilisation: last hour, or so far"
    )
    selected = param.String(doc="name of the selected machine, arm, person or vehicle")
    playing = param.Boolean(default=True)
    speed = param.Number(default=60.0, bounds=(0.1, 1800.0), doc="times real time")
    edit = param.Boolean(default=False, doc="what stands on the floor can be dragged")
    version = param.Integer(default=0, doc="of the layout that is shown; a move names it")
    beside = param.String(
        doc="JSON of the floors compared with (see viewer/src/beside.js), and what this one is"
        " called then (here); null closes them"
    )
    changes = param.String(doc="JSON of twin.view.marks: what has changed, where it was and is")
    purpose = param.Selector(
        default="floor", objects=["floor", "cell"], doc="a day on a floor, or seconds of one arm"
    )
    sketch = param.String(doc="JSON of viewer/src/sketches.js: lines and points in the room")

    def __init__(self, **params: Any) -> None:
        self._listeners: list[Callable[[Event], None]] = []
        super().__init__(**params)

    # Panel's own `on_event` is for events of DOM nodes that Python names; here there are none.
    def on_event(self, callback: Callable[[Event], None]) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Call `callback` with each event of the viewer."""
        self._listeners.append(callback)

    def _handle_msg(self, data: Event) -> None:
        for listener in self._listeners:
            listener(data)

    def reload(
        self, scene_url: str, glb_url: str, timeline_url: str, keep_clock: bool = True
    ) -> None:
        """Show another scene and timeline; the clock and the camera stay where they are."""
        urls = {"scene_url": scene_url, "glb_url": glb_url, "timeline_url": timeline_url}
        self._send_msg({"type": "reload", **urls, "keep_clock": keep_clock})

    def go_on(self, timeline: bytes, heard: bool) -> None:
        """A followed shop has gone on: the blob of what is known of it by now, and whether all its
        sources are heard."""
        self._send_msg({"type": "live", "timeline": timeline, "heard": heard})

    def reject(self, things: Iterable[Placed], version: int) -> None:
        """Take back an edit: each (name, at [m], heading [rad]) stands there again.

        `version` is that of the layout as it is.
        """
        back = [{"name": name, "at": list(at), "heading": turn} for name, at, turn in things]
        self._send_msg({"type": "reject", "things": back, "version": version})

    def choose(self, names: Iterable[str]) -> None:
        """Select machines, which the next scene may bring; the last one is `selected`."""
        self._send_msg({"type": "choose", "names": list(names)})

    def show_bottlenecks(self, bottlenecks: Iterable[Mapping[str, Any]]) -> None:
        """Rings of light: each a mapping with `machines`, `people` (names) and `text`."""
        self._send_msg({"type": "bottlenecks", "bottlenecks": [dict(b) for b in bottlenecks]})

    def fly(self, name: str) -> None:
        """Move the camera to a machine, arm, person, vehicle or station."""
        self._send_msg({"type": "fly", "name": name})

    def seek(self, t: float) -> None:
        """Set the clock to t [s] from the timeline's epoch."""
        self._send_msg({"type": "seek", "t": t})

    def picture(self, name: str) -> None:
        """Have the browser keep a picture (PNG) of the floor as it is seen now, under a name."""
        self._send_msg({"type": "picture", "name": name})

    def ping(self, ident: int) -> None:
        """Ask for a "pong" event with the same id: one round trip."""
        self._send_msg({"type": "ping", "id": ident})
