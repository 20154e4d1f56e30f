"""A handout -> one page of HTML that asks nobody for anything: the replay, figures, their basis.

Texts and figures are HTML, there even where scripts are forbidden; the replay is the viewer (see
`viewer/src/standalone.js`) over data in the page. The tree is built from elements and serialised
once, so that every name from a layout is text. A policy in its head forbids all requests.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
from pathlib import Path
from typing import Any

from twin.comparison import NO_DIFFERENCE
from twin.errors import TwinError
from twin.view import codec, figures, words
from twin.view.exports import handout as handouts
from twin.view.exports.handout import Handout
from twin.view.exports.markup import Node, document
from twin.view.exports.markup import element as _element
from twin.view.exports.moments import clock, moments
from twin.view.outline import outline
from twin.view.scene import scene
from twin.view.workbench import manifest

SCRIPT = Path(__file__).parents[1] / "dist" / "standalone.js"
STYLE = Path(__file__).with_name("page.css")
TOLD = 5  # gains of each list
Json = dict[str, Any]


def html(handout: Handout) -> bytes:
    """The page, as UTF-8. Raises TwinError where there is nothing to play or figures are missing,
    and where the viewer has not been built."""
    if not handout.is_known or handout.shown.timeline is None:
        raise TwinError("a page shows a shift and its figures, and they are not worked out yet")
    script = _script()
    return document(_head(handout, script), _body(handout, script))


def _script() -> str:
    try:
        return SCRIPT.read_text("utf-8")
    except OSError as error:
        raise TwinError(f"{SCRIPT}: cannot be read ({error.strerror}); install it again") from error


# --- head ----------------------------------------------------------------------------------------


def _head(handout: Handout, script: str) -> Node:
    return _element(
        "head",
        {},
        _element("meta", {"charset": "utf-8"}),
        _element("meta", {"http-equiv": "Content-Security-Policy", "content": _policy(script)}),
        _element("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        _element("title", {}, f"{handout.layout.name}: {handouts.kind(handout)}"),
        _element("style", {}, STYLE.read_text("utf-8")),
    )


def _policy(script: str) -> str:
    """What the page may do: run this one script and style itself; no request, no form, no frame."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    allowed = {
        "default-src": "'none'",
        "script-src": f"'sha256-{digest}'",
        "style-src": "'unsafe-inline'",
        "img-src": "blob: data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    return "; ".join(f"{what} {who}" for what, who in allowed.items())


# --- body ----------------------------------------------------------------------------------------


def _body(handout: Handout, script: str) -> Node:
    return _element(
        "body",
        {},
        _header(handout),
        _element(
            "main",
            {},
            _element(
                "div",
                {"class": "stage"},
                _element("div", {"id": "floor"}),
                _element("p", {"id": "caption", "role": "status"}),
                _element(
                    "noscript",
                    {},
                    _element("p", {}, "The replay needs scripts; the figures do not."),
                ),
            ),
            _element("div", {"class": "strip"}, *(_figure(one) for one in _key_figures(handout))),
        ),
        _element(
            "aside",
            {"aria-label": "What holds it back, moments, basis", "tabindex": "0"},
            *_gains(handout),
            _moments(handout),
            _busy(handout),
            _basis(handout),
        ),
        *_blocks(handout),
        _element("script", {}, script),
    )


def _header(handout: Handout) -> Node:
    return _element(
        "header",
        {},
        _element(
            "div",
            {"class": "title"},
            _element("h1", {}, handout.layout.name),
            _element("span", {"class": "badge"}, handouts.kind(handout)),
            _element("span", {"class": "run"}, f"run {_run(handout)}"),
            _element("button", {"id": "theme", "type": "button", "hidden": ""}, "Dark theme"),
        ),
        _element("p", {"class": "sentence"}, handouts.headline(handout)),
    )


def _run(handout: Handout) -> str:
    """The run that the figures are of."""
    shown = handout.shown
    if shown.outlook is not None:
        return shown.outlook.forecast.run
    return (shown.kpis.run if shown.kpis is not None else "") or "not named"


def _key_figures(handout: Handout) -> list[Json]:
    """The figures at the foot of the planner's page, and who is the busiest."""
    rows = _busiest(handout)
    busiest = [
        {
            "label": "Busiest",
            "value": str(row["share"]).removesuffix(" %"),
            "unit": "% of open time",
            "note": row["label"],
        }
        for row in rows[:1]
    ]
    return [*figures.strip(handout.shown), *busiest]


def _busiest(handout: Handout) -> list[Json]:
    """Stations, people, arms and vehicles by the share of their open time at work."""
    rows = [row for section in outline(handout.shown) for row in section["rows"]]
    known = [row for row in rows if row["fraction"] is not None]
    return sorted(known, key=lambda row: -row["fraction"])


def _figure(one: Json) -> Node:
    return _element(
        "div",
        {"class": "figure"},
        _element("span", {"class": "label"}, str(one["label"])),
        _element(
            "span", {"class": "value"}, _element("b", {}, str(one["value"])), f" {one['unit']}"
        ),
        _element("span", {"class": "note"}, str(one["note"])),
    )


def _section(title: str, *content: Node) -> Node:
    return _element("section", {}, _element("h2", {}, title), *content)


def _gains(handout: Handout) -> list[Node]:
    """The proof: the best of each list, and how many others make no measurable difference."""
    if handout.shown.proof is None:
        return []
    lists = []
    for one in figures.holds(handout.shown)["lists"]:
        rows = [
            _element(
                "li",
                {},
                _element("span", {}, f"{row['label']}{' (rival)' if row['rival'] else ''}"),
                _element("span", {}, _element("b", {}, row["gain"]), f" {row['interval']}"),
            )
            for row in one["rows"][:TOLD]
        ]
        lists.append(_element("h3", {}, one["title"]))
        lists.append(_element("p", {"class": "hint"}, one["note"]))
        lists.append(_element("ol", {"class": "rows"}, *rows))
        lists += [_element("p", {"class": "hint"}, text) for text in _untold(one)]
    return [_section("What holds it back", *lists)]


def _untold(gains: Json) -> list[str]:
    """How many rows of a list are not shown, and why."""
    smaller, unclear = len(gains["rows"][TOLD:]), len(gains["more"])
    texts = [f"{words.plural(smaller, 'smaller gain')} not shown"] if smaller else []
    if unclear:
        texts.append(f"{words.plural(unclear, 'other')}: {NO_DIFFERENCE}")
    return texts


def _busy(handout: Handout) -> Node:
    rows = [
        _element(
            "li",
            {},
            _element("span", {}, str(row["label"])),
            _element("meter", {"max": "1", "value": str(row["fraction"]), "aria-hidden": "true"}),
            _element("b", {}, str(row["share"])),
        )
        for row in _busiest(handout)
    ]
    return _section("Share of open time at work", _element("ul", {"class": "rows busy"}, *rows))


def _moments(handout: Handout) -> Node:
    timeline = handout.shown.timeline
    assert timeline is not None  # `html` looks
    rows = []
    for moment in moments(timeline, handout.layout):
        when = clock(timeline, moment.t)
        told = {"data-t": repr(moment.t), "data-focus": moment.focus, "data-caption": moment.text}
        button = _element(
            "button",
            {"type": "button", "disabled": "", **told},
            _element("b", {}, when),
            f" {moment.text}",
        )
        rows.append(_element("li", {}, button))
    return _section("Moments", _element("ol", {"class": "moments"}, *rows))


def _basis(handout: Handout) -> Node:
    pairs: list[Node] = []
    for what, said in handouts.basis(handout):
        pairs += [_element("dt", {}, what), _element("dd", {}, said)]
    return _section("Where the numbers come from", _element("dl", {}, *pairs))


# --- the viewer's data ---------------------------------------------------------------------------


def _blocks(handout: Handout) -> list[Node]:
    """Data for the script: base64 over gzip, which holds no markup, and JSON without a "<"."""
    timeline = handout.shown.timeline
    assert timeline is not None  # `html` looks
    packed = {
        "scene": manifest(handout.layout, timeline),
        "glb": scene(handout.layout),
        "timeline": codec.encode(timeline, programs=handout.motions),
    }
    blocks = [
        _block(name, "application/gzip", base64.b64encode(gzip.compress(raw, mtime=0)).decode())
        for name, raw in packed.items()
    ]
    rings = json.dumps(figures.rings(handout.shown), allow_nan=False).replace("<", "\\u003c")
    return [*blocks, _block("rings", "application/json", rings)]


def _block(name: str, kind: str, text: str) -> Node:
    return _element("script", {"id": name, "type": kind}, text)
