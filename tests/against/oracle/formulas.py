"""Formulas of attributes: priorities, weights, times, conditions, likeness.

A small reader of its own, by way of Python's syntax tree: numbers, quantities ("2 min"), names,
+ - * / **, comparisons, and, or, not, a if b else c, and a few functions. What has no value
(a division by zero) is NaN, and so is what is worked out from it.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from twin import units
from twin.layout import schema

WORDS = {"and", "or", "not", "if", "else"}
QUANTITY = re.compile(r"(?<![\w.])(\d+(?:\.\d*)?(?:e[+-]?\d+)?|\.\d+)\s*([A-Za-zµ€°%][\w²³/€°%]*)?")
BINARY: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
}
FUNCTIONS: dict[str, Any] = {
    "abs": abs,
    "ceil": math.ceil,
    "floor": math.floor,
    "max": max,
    "min": min,
    "round": round,
    "sqrt": math.sqrt,
}


def evaluate(text: str, attributes: Mapping[str, float]) -> float:
    """The value of a formula in SI; true is 1, false is 0, no value is NaN."""
    return _value(_tree(text), attributes)


def number(value: schema.Value, attributes: Mapping[str, float]) -> float:
    """A number, or what its formula gives."""
    return evaluate(value, attributes) if isinstance(value, str) else value


def time_of(time: schema.AnyTime, drawn: float, attributes: Mapping[str, float]) -> float:
    """A time [s] from its draw, which for a formula is the factor beside it.

    Decided: a negative time is none.
    """
    if isinstance(time, schema.Formula):
        return max(0.0, evaluate(time.formula, attributes) * drawn)
    return drawn


@cache
def _tree(text: str) -> ast.expr:
    def si(match: re.Match[str]) -> str:
        digits, unit = match[1], match[2]
        if unit is None or unit in WORDS:
            return match[0]
        for dimension in units.DIMENSIONS:
            try:
                return repr(units.parse(f"{digits} {unit}", dimension))
            except ValueError:
                continue
        raise ValueError(f"{unit!r} in {text!r} is no unit")

    return ast.parse(QUANTITY.sub(si, text.strip()), mode="eval").body


def _value(node: ast.expr, names: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=value) if isinstance(value, (int, float)):
            return float(value)
        case ast.Name(id=name):
            return names[name]
        case ast.UnaryOp(op=op, operand=inner):
            value = _value(inner, names)
            if isinstance(op, ast.Not):
                return math.nan if math.isnan(value) else float(not value)
            return -value if isinstance(op, ast.USub) else value
        case ast.BinOp(left=left, op=op, right=right):
            return _apply(BINARY[type(op)], _value(left, names), _value(right, names))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _apply(BINARY[type(op)], _value(left, names), _value(right, names))
        case ast.BoolOp(op=op, values=inner):
            return _logic([_value(each, names) for each in inner], float(isinstance(op, ast.Or)))
        case ast.IfExp(test=test, body=body, orelse=other):
            asked = _value(test, names)
            return asked if math.isnan(asked) else _value(body if asked else other, names)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            return _apply(FUNCTIONS[name], *(_value(each, names) for each in arguments))
    raise ValueError(f"{ast.dump(node)} has no meaning in a formula")


def _logic(values: list[float], settles: float) -> float:
    """`settles` is the truth of one side that decides alone: 1 for "or", 0 for "and"."""
    truths = [value if math.isnan(value) else float(bool(value)) for value in values]
    if settles in truths:
        return settles
    return math.nan if any(math.isnan(truth) for truth in truths) else 1.0 - settles


def _apply(function: Callable[..., float], *values: float) -> float:
    if any(math.isnan(value) for value in values):
        return math.nan
    try:
        result = function(*values)
    except (ArithmeticError, ValueError):
        return math.nan
    return math.nan if isinstance(result, complex) else float(result)
