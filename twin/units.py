"""Quantities with units -> SI numbers; the only place that knows units other than SI.

Money counts as a base dimension of its own (EUR), a share as a plain number (8 % = 0.08).
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Any

from twin.errors import TwinError

# Dimension -> (SI unit, an example for messages).
DIMENSIONS: dict[str, tuple[str, str]] = {
    "length": ("m", "450 mm"),
    "time": ("s", "12 min"),
    "angle": ("rad", "90 deg"),
    "speed": ("m/s", "1.2 m/s"),
    "acceleration": ("m/s/s", "2 m/s/s"),
    "mass": ("kg", "200 g"),
    "power": ("W", "1.5 kW"),
    "money": ("EUR", "3000 EUR"),
    "wage": ("EUR/s", "32 EUR/h"),
    "energy price": ("EUR/J", "0.25 EUR/kWh"),
    "carbon": ("kg/J", "0.35 kg/kWh"),
    "share": ("", "8 %"),
}

LONGEST_UNIT = 30  # characters
_ARITHMETIC = re.compile(r"[\d()\[\]{}]|\*\*|\^")
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_QUANTITY = re.compile(r"\s*([-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)\s*(.*?)\s*")


@cache
def _registry() -> Any:
    # Pint takes a third of a second to import: only files with units in them pay for it.
    import pint

    registry = pint.UnitRegistry()
    registry.define("EUR = [money]")
    return registry


@cache
def _factor(unit: str, dimension: str) -> float:
    """SI value of one `unit`; only linear units without an offset are allowed."""
    import pint

    si, example = DIMENSIONS[dimension]
    # Pint works out what stands there: "m*9**9**9" would keep it busy for ever.
    if len(unit) > LONGEST_UNIT or _ARITHMETIC.search(unit):
        raise ValueError(f"cannot read the unit {unit[:LONGEST_UNIT]!r}; write e.g. {example!r}")
    try:
        return float(_registry().Quantity(1.0, unit).to(si).magnitude)
    except pint.UndefinedUnitError as error:
        raise ValueError(f"unknown unit {unit!r}; write for example {example!r}") from error
    except pint.DimensionalityError as error:
        raise ValueError(f"{unit!r} is not a {dimension}; write for example {example!r}") from error
    except Exception as error:  # pint's parser raises whatever its tokenizer raises
        raise ValueError(f"cannot read the unit {unit!r}; write e.g. {example!r}") from error


def parse(value: object, dimension: str) -> float:
    """A number in SI, or a text with a unit, as a number in SI.

    `dimension` is a key of DIMENSIONS. A time may also be a time of day, "08:30".
    Raises ValueError with a message for the user (pydantic adds the place).
    """
    if dimension not in DIMENSIONS:
        raise TwinError(f"unknown dimension {dimension!r}")
    example = DIMENSIONS[dimension][1]
    if isinstance(value, bool) or not isinstance(value, (int, float, str)):
        raise ValueError(f"expected a {dimension}, for example {example!r}, not {value!r}")
    if isinstance(value, str):
        clock = _CLOCK.fullmatch(value.strip())
        if clock and dimension == "time":
            hours, minutes, seconds = (int(g or 0) for g in clock.groups())
            if minutes > 59 or seconds > 59 or hours > 24:
                raise ValueError(f"{value!r} is not a time of day")
            return hours * 3600.0 + minutes * 60.0 + seconds
        match = _QUANTITY.fullmatch(value)
        if not match:
            raise ValueError(f"expected a {dimension}, for example {example!r}, not {value!r}")
        number, unit = float(match[1]), match[2]
        if dimension == "share":
            if unit not in ("", "%"):
                raise ValueError(f"{value!r} is not a share; write for example {example!r}")
            result = number / 100.0 if unit == "%" else number
        else:
            result = number * _factor(unit, dimension) if unit else number
    else:
        result = float(value)
    if not math.isfinite(result):
        raise ValueError(f"expected a finite number, not {value!r}")
    return result


def in_si(unit: str) -> tuple[float, str]:
    """What one `unit` is in SI, and the name of the SI unit; (1.0, unit) where it is none of
    DIMENSIONS: what is measured keeps the unit that it was told in."""
    if not unit:
        return 1.0, ""
    for dimension, (si, _) in DIMENSIONS.items():
        if dimension not in ("share", "money", "wage", "energy price", "carbon"):
            try:
                return _factor(unit, dimension), si
            except ValueError:  # of another dimension, or unknown
                continue
    return 1.0, unit
