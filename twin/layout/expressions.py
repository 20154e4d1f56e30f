"""Small formulas over an order's attributes: "2 min + 0.5 min * length" -> a straight line of code.

A formula may hold numbers, quantities ("450 mm"), names of attributes, + - * / **, one comparison
at a time, and, or, not, `a if condition else b`, and the functions below; nothing else is read, and
nothing is ever run as Python. All values are float64 in SI; true is 1, false is 0.

What has no value (a division by zero, the root of a negative number, anything beyond 1e300) is NaN,
and whatever is worked out from it, a comparison too, has no value either. Only three things get
over it, so that a formula can guard itself: the side that an `if` does not choose, false `and`
anything, true `or` anything. Thus a mistake reaches the result and is seen there, and compiled code
needs no exceptions. A part without names that has no value is refused here.

The code is postfix without jumps: both sides of `and`, `or` and `if` are worked out. It runs in
`production`, which repeats the numbers of the operations (a test compares them).
"""

from __future__ import annotations

import math
import operator
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from twin import units

LONGEST = 500  # characters of a formula
DEEPEST = 40  # operands, brackets, signs and branches within each other
MOST = 200  # operations of its code
STACK = 16  # values that wait at once
LARGEST = 1e300  # beyond it a value counts as none

# Operations, by the number of values they take from the stack: none, one, two, three.
CONST, LOAD = 0, 1  # push the value; push the attribute whose index is the value
NEG, NOT, ABS, FLOOR, CEIL, ROUND, SQRT = range(2, 9)
ADD, SUB, MUL, DIV, POW, MIN, MAX, LT, LE, GT, GE, EQ, NE, AND, OR = range(9, 24)
SELECT = 24  # a, condition, b -> a if condition else b

FUNCTIONS = {
    "abs": ABS,
    "ceil": CEIL,
    "floor": FLOOR,
    "max": MAX,
    "min": MIN,
    "round": ROUND,
    "sqrt": SQRT,
}
KEYWORDS = frozenset({"and", "or", "not", "if", "else"})
RESERVED = KEYWORDS | FUNCTIONS.keys()
NAME = r"^[A-Za-z][A-Za-z0-9_]*$"
"""What an attribute may be called, unless it is RESERVED, so that a formula can name it."""


class ExpressionError(ValueError):
    """A formula cannot be read; the message names the column, what is wrong, what is allowed."""


class Code(NamedTuple):
    """A formula as flat tables, to be run on a stack of STACK values."""

    ops: np.ndarray
    """Operations, int64 (n,)."""
    values: np.ndarray
    """float64 (n,): of CONST its value in SI, of LOAD the index of the attribute, otherwise 0."""


@dataclass(frozen=True)
class Expression:
    """A formula that has been read; `parse` makes it."""

    text: str
    """As the planner wrote it."""
    names: tuple[str, ...]
    """The attributes it uses, by first use."""
    columns: tuple[int, ...]
    """Where each of them stands first, from 1."""
    steps: tuple[tuple[int, float], ...]
    """Operation and value, in postfix order; the value of LOAD is an index into `names`."""

    @property
    def constant(self) -> float | None:
        """Its value in SI if it is the same for every order, otherwise None."""
        return self.steps[0][1] if len(self.steps) == 1 and self.steps[0][0] == CONST else None

    def code(self, names: Sequence[str]) -> Code:
        """Its tables for orders whose attributes are `names`, in this order.

        Raises ExpressionError if it uses an attribute that is not among them.
        """
        for name, column in zip(self.names, self.columns, strict=True):
            if name not in names:
                raise _error(column, f"unknown attribute {name!r}; {_known('attributes', names)}")
        index = [names.index(name) for name in self.names]
        values = [index[int(value)] if op == LOAD else value for op, value in self.steps]
        return Code(np.array([op for op, _ in self.steps], np.int64), np.array(values, np.float64))


def parse(text: str) -> Expression:
    """Reads a formula.

    Raises ExpressionError, a ValueError (pydantic adds the place), with a message for the user.
    """
    if len(text) > LONGEST:
        raise _error(LONGEST + 1, f"longer than {LONGEST} characters ({len(text)})")
    reader = _Reader(_tokens(text))
    reader.expression(LOWEST)
    reader.end()
    return Expression(text, tuple(reader.names), tuple(reader.names.values()), tuple(reader.steps))


def _error(column: int, what: str) -> ExpressionError:
    return ExpressionError(f"column {column}: {what}")


def _known(what: str, names: Sequence[str]) -> str:
    return f"{what}: {', '.join(sorted(names))}" if names else f"there are no {what}"


# --- tokens --------------------------------------------------------------------------------------


class _Token(NamedTuple):
    kind: str  # number, word, sign, end
    text: str
    column: int  # from 1
    value: float = 0.0  # of a number, in SI


# ASCII only, spelt out: \d, \w and \s take what looks alike in other scripts.
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)"
    r"|(?P<word>[A-Za-z_][A-Za-z0-9_]*)"
    r"|(?P<sign>\*\*|[<>=!]=|[-+*/()<>,])"
)
_SPACE = re.compile(r"[ \t\r\n]*")
_UNIT = re.compile(r"[ \t\r\n]*(%|[A-Za-z_][A-Za-z0-9_]*)")
_HINTS = {
    "=": "to compare, write ==",
    "&": "write and",
    "|": "write or",
    "!": "write not",
    "^": "for a power, write **",
    ".": "attributes have plain names",
    "%": "a share needs a number before it, such as 8 %",
    '"': "attributes are numbers, not texts",
    "'": "attributes are numbers, not texts",
}


def _tokens(text: str) -> list[_Token]:
    tokens = []
    at = _SPACE.match(text).end()  # type: ignore[union-attr]  # no space is a match, too
    while at < len(text):
        match = _TOKEN.match(text, at)
        if not match:
            raise _error(at + 1, _stranger(text[at]))
        kind = str(match.lastgroup)
        end = match.end()
        value = 0.0
        if kind == "number":
            unit = _UNIT.match(text, end)
            # A word behind a number is its unit, "min" too: two values never stand side by side.
            if unit and unit[1] not in KEYWORDS:
                end = unit.end()
            value = _value(match[0], unit[1] if end > match.end() and unit else "", at + 1)
        tokens.append(_Token(kind, text[at:end], at + 1, value))
        at = _SPACE.match(text, end).end()  # type: ignore[union-attr]
    tokens.append(_Token("end", "the end", len(text) + 1))
    return tokens


def _stranger(character: str) -> str:
    """Says that a character is not known; look-alikes of other scripts by their name."""
    hint = _HINTS.get(character, "allowed: numbers, names, + - * / ** ( ) , < <= > >= == !=")
    name = "" if character.isascii() else f" ({unicodedata.name(character, 'no letter')})"
    return f"{character!r}{name} is not known here; {hint}"


def _value(number: str, unit: str, column: int) -> float:
    """A number or a quantity in SI, the same bits as in a field of the layout."""
    dimension = _dimension(unit) if unit else "length"
    if dimension is None:
        examples = "mm, m, s, min, h, deg, g, kg, kW, EUR, %"
        raise _error(
            column, f"unknown unit {unit!r}; e.g. {examples}; to multiply, write {number} * {unit}"
        )
    try:
        value = units.parse(f"{number} {unit}".rstrip(), dimension)
    except ValueError as error:
        raise _error(column, str(error)) from error
    if abs(value) > LARGEST:
        raise _error(column, f"{number} {unit}".rstrip() + f" is beyond {LARGEST:g}")
    return value


@lru_cache(maxsize=256)
def _dimension(unit: str) -> str | None:
    """The dimension that a unit word is of, a key of units.DIMENSIONS; None if it is no unit."""
    if unit[0] == "_":
        return None
    # Shares first: Pint takes 8 % for an angle, too, with other last bits.
    for dimension in sorted(units.DIMENSIONS, key=lambda each: each != "share"):
        try:
            units.parse(f"1 {unit}", dimension)
        except ValueError:
            continue
        return dimension
    return None


# --- grammar -------------------------------------------------------------------------------------

# How tightly an operator binds, as in Python.
LOWEST, DISJUNCTION, CONJUNCTION, NEGATION, COMPARISON, SUM, PRODUCT, SIGN, POWER = range(9)
_OPERATORS = {
    "or": (DISJUNCTION, OR),
    "and": (CONJUNCTION, AND),
    **{"<": (COMPARISON, LT), "<=": (COMPARISON, LE), ">": (COMPARISON, GT)},
    **{">=": (COMPARISON, GE), "==": (COMPARISON, EQ), "!=": (COMPARISON, NE)},
    **{"+": (SUM, ADD), "-": (SUM, SUB), "*": (PRODUCT, MUL), "/": (PRODUCT, DIV)},
    "**": (POWER, POW),
}


def _rounded(x: float) -> float:
    """Halves away from zero, as spreadsheets do it."""
    whole = math.floor(abs(x))
    return math.copysign(whole + (abs(x) - whole >= 0.5), x)


# What each operation makes of numbers; used for parts without names only.
_MEANING: dict[int, Callable[..., Any]] = {
    **{NEG: operator.neg, NOT: operator.not_, ABS: abs, FLOOR: math.floor, CEIL: math.ceil},
    **{ROUND: _rounded, SQRT: math.sqrt, ADD: operator.add, SUB: operator.sub},
    **{MUL: operator.mul, DIV: operator.truediv, POW: math.pow, MIN: min, MAX: max},
    **{LT: operator.lt, LE: operator.le, GT: operator.gt, GE: operator.ge},
    **{EQ: operator.eq, NE: operator.ne, AND: lambda a, b: a != 0 and b != 0},
    **{OR: lambda a, b: a != 0 or b != 0, SELECT: lambda a, condition, b: a if condition else b},
}


def _operands(op: int) -> int:
    """How many values an operation takes."""
    return 1 if op < ADD else 2 if op < SELECT else 3


class _Reader:
    """Reads tokens by the binding of their operators and writes postfix code as it goes.

    No tree is built: a tree of a long sum would be as deep as the sum is long.
    """

    def __init__(self, tokens: list[_Token]) -> None:
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.height = 0  # of the stack, after the last step
        self.steps: list[tuple[int, float]] = []
        self.names: dict[str, int] = {}  # name -> column of its first use

    # -- tokens

    @property
    def token(self) -> _Token:
        return self.tokens[self.at]

    def advance(self) -> _Token:
        token = self.token
        self.at += 1
        return token

    def accept(self, text: str) -> bool:
        """Steps over a sign or keyword if it comes next."""
        if self.token.text != text:
            return False
        self.at += 1
        return True

    def expect(self, text: str, reason: str) -> None:
        if not self.accept(text):
            raise self.unexpected(f"{text!r} {reason}")

    def unexpected(self, wanted: str) -> ExpressionError:
        token = self.token
        shown = token.text if token.kind == "end" else repr(token.text[:40])
        return _error(token.column, f"{wanted} must come here, not {shown}")

    def end(self) -> None:
        if self.token.kind == "end":
            return
        hint = "; decimals are written with a point" if self.token.text == "," else ""
        raise _error(
            self.token.column,
            f"an operator must come before {self.token.text[:40]!r}: "
            f"{' '.join(_OPERATORS)} if{hint}",
        )

    # -- grammar

    def expression(self, weakest: int) -> None:
        """One value, with all operators behind it that bind at least as tightly as `weakest`."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise _error(self.token.column, f"more than {DEEPEST} levels within each other")
        self.operand(weakest)
        compared = False
        while True:
            token = self.token
            if token.text == "if" and weakest == LOWEST:
                self.branch()
                continue
            binding, op = _OPERATORS.get(token.text, (-1, -1))
            if binding < max(weakest, DISJUNCTION):
                break
            if binding == COMPARISON and compared:
                raise _error(token.column, "one comparison at a time; join two with 'and'")
            compared = compared or binding == COMPARISON
            self.advance()
            self.expression(binding if op == POW else binding + 1)  # 2 ** 3 ** 2 = 2 ** (3 ** 2)
            self.operate(op, token)
        self.depth -= 1

    def branch(self) -> None:
        """`if condition else b`, behind the value it applies to."""
        token = self.advance()
        self.expression(DISJUNCTION)
        self.expect("else", "and the other value")
        self.expression(LOWEST)
        self.operate(SELECT, token)

    def operand(self, weakest: int) -> None:
        token = self.token
        if token.kind == "number":
            self.push(CONST, self.advance().value)
        elif self.accept("("):
            self.expression(LOWEST)
            self.expect(")", f"for the '(' of column {token.column}")
        elif self.accept("-"):
            self.expression(SIGN)
            self.operate(NEG, token)
        elif token.text == "not":
            if weakest > NEGATION:
                raise _error(token.column, "put 'not ...' in brackets here")
            self.advance()
            self.expression(NEGATION)
            self.operate(NOT, token)
        elif token.kind == "word" and token.text not in KEYWORDS:
            self.word(self.advance())
        else:
            raise self.unexpected("a value")

    def word(self, token: _Token) -> None:
        """An attribute, or a function with its arguments."""
        name = token.text
        if self.token.text == "(":
            if name not in FUNCTIONS:
                known = _known("functions", list(FUNCTIONS))
                raise _error(token.column, f"unknown function {name[:40]!r}; {known}")
            self.arguments(token)
        elif name in FUNCTIONS:
            raise _error(token.column, f"{name!r} is a function: write {name}(...)")
        elif name[0] == "_":
            raise _error(token.column, f"{name[:40]!r}: names of attributes begin with a letter")
        else:
            self.names.setdefault(name, token.column)
            self.push(LOAD, float(list(self.names).index(name)))

    def arguments(self, token: _Token) -> None:
        op = FUNCTIONS[token.text]
        self.advance()
        self.expression(LOWEST)
        count = 1
        while self.accept(","):
            self.expression(LOWEST)
            count += 1
            if _operands(op) == 2:
                self.operate(op, token)
        self.expect(")", f"to end {token.text}(...)")
        if _operands(op) == 2 and count < 2:
            raise _error(token.column, f"{token.text} takes two values or more, not {count}")
        if _operands(op) == 1:
            if count > 1:
                raise _error(token.column, f"{token.text} takes one value, not {count}")
            self.operate(op, token)

    # -- code

    def push(self, op: int, value: float) -> None:
        self.write(op, value)
        self.height += 1
        if self.height > STACK:
            column = self.tokens[self.at - 1].column
            raise _error(column, f"more than {STACK} values wait for each other; use less brackets")

    def operate(self, op: int, token: _Token) -> None:
        """Writes an operation; one on nothing but constants is worked out at once."""
        count = _operands(op)
        last = self.steps[-count:]
        # A constant is a whole operand: if the last ones are constants, they are all there is.
        if all(each == CONST for each, _ in last):
            del self.steps[-count:]
            self.write(CONST, _worked_out(op, [value for _, value in last], token))
        else:
            self.write(op, 0.0)
        self.height -= count - 1

    def write(self, op: int, value: float) -> None:
        self.steps.append((op, value))
        if len(self.steps) > MOST:
            raise _error(self.tokens[self.at - 1].column, f"more than {MOST} operations")


def _worked_out(op: int, operands: list[float], token: _Token) -> float:
    try:
        value = float(_MEANING[op](*operands))
    except (ArithmeticError, ValueError):
        value = math.nan
    if not abs(value) <= LARGEST:
        shown = ", ".join(f"{each:g}" for each in operands)
        raise _error(token.column, f"{token.text!r} has no finite value for {shown}")
    return value
