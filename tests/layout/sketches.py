"""Small layouts as text, to be bent by tests."""

from __future__ import annotations

from twin.layout.files import Document, parse
from twin.layout.schema import Layout

SMALL = """\
twin: 1
name: Small
floor:
  size: [10, 8]          # metres
  doors:
    gate: {at: [0, 4], width: 1 m}
calendars:
  day: {open: [["08:00", "16:00"]]}
calendar: day
machines:
  saw:   {asset: test/cube, at: [2 m, 2.50 m], heading: 0 deg}   # old shop
  press: {asset: test/cube, at: [6000 mm, 2500 mm]}
  shelf:
    asset: test/alone
    at: [9, 7]
stations:
  cut: {machines: [saw], price: 1500 EUR}
  form:
    machines: [press]
crews:
  people: {people: 1, home: [4, 5], walking: 1.2 m/s}
products:
  bracket:
    route:
      - {step: cut, at: cut, run: {time: 3 min, by: people}}
      - {step: form, at: form, run: 4 min, then: [{to: scrap, share: 5 %}]}
orders:
  usual: {product: bracket, every: {dist: exponential, mean: 5 min}}
"""


def bend(*pairs: tuple[str, str]) -> Document:
    """SMALL with each (old, new) text replaced; the old one must be there exactly once."""
    text = SMALL
    for old, new in pairs:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the sketch"
        text = text.replace(old, new)
    return parse(text, "small.yaml")


def drawn(*pairs: tuple[str, str]) -> Layout:
    """The layout of `bend`."""
    return bend(*pairs).layout
