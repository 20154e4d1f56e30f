"""The stack machine that works out a formula over an order's attributes, compiled.

Like the kernel it imports nothing of this package, and `math` is used throughout, so that it gives
the same bits compiled and interpreted. What has no value is NaN and goes on as such to the result,
but for the side that an `if` does not choose, false `and` anything and true `or` anything; the
caller tells the planner. No operation ever raises.
"""

import math
from typing import Any

from numba import njit

STACK = 16  # values that wait at once
LARGEST = 1e300  # beyond it a value counts as none
WHOLE = 4503599627370496.0  # 2 ** 52: from here on every float64 is whole
STEEPEST = 700.0  # logarithm that a power may have: above LARGEST, below where `pow` overflows

# Operations; the numbers are those of layout.expressions (a test compares them).
CONST = 0
LOAD = 1
NEG = 2  # from here on: one operand
NOT = 3
ABS = 4
FLOOR = 5
CEIL = 6
ROUND = 7
SQRT = 8
ADD = 9  # from here on: two
SUB = 10
MUL = 11
DIV = 12
POW = 13
MIN = 14
MAX = 15
LT = 16
LE = 17
GT = 18
GE = 19
EQ = 20
NE = 21
AND = 22
OR = 23
SELECT = 24  # three


@njit(cache=True)
def settled(x: float) -> float:
    """A value, or NaN if it is beyond what counts as one."""
    if -LARGEST <= x <= LARGEST:
        return x
    return math.nan


@njit(cache=True)
def whole_below(x: float) -> float:
    """The largest whole number up to x."""
    if -WHOLE < x < WHOLE:
        return float(math.floor(x))
    return x


@njit(cache=True)
def unary(op: int, a: float) -> float:
    """An operation on one value; none on NaN is anything but NaN."""
    if a != a:
        return math.nan
    if op == NEG:
        return -a
    if op == NOT:
        return 1.0 if a == 0.0 else 0.0
    if op == ABS:
        return math.fabs(a)
    if op == FLOOR:
        return whole_below(a)
    if op == CEIL:
        return -whole_below(-a)
    if op == ROUND:  # halves away from zero
        size = math.fabs(a)
        whole = whole_below(size)
        if size - whole >= 0.5:
            whole += 1.0
        return math.copysign(whole, a)
    if op == SQRT and a >= 0.0:
        return math.sqrt(a)
    return math.nan


@njit(cache=True)
def power(a: float, b: float) -> float:
    """a ** b among real numbers, or NaN; asks first, as `math.pow` raises when interpreted."""
    if a == 0.0:
        return math.nan if b < 0.0 else math.pow(a, b)
    if a < 0.0 and whole_below(b) != b:
        return math.nan
    if b * math.log(math.fabs(a)) > STEEPEST:
        return math.nan
    return math.pow(a, b)


@njit(cache=True)
def arithmetic(op: int, a: float, b: float) -> float:
    """An operation on two numbers; the result may be beyond LARGEST."""
    if op == ADD:
        return a + b
    if op == SUB:
        return a - b
    if op == MUL:
        return a * b
    if op == DIV:
        return a / b if b != 0.0 else math.nan
    if op == POW:
        return power(a, b)
    if op == MIN:
        return b if b < a else a
    if op == MAX:
        return b if b > a else a
    if op == LT:
        return 1.0 if a < b else 0.0
    if op == LE:
        return 1.0 if a <= b else 0.0
    if op == GT:
        return 1.0 if a > b else 0.0
    if op == GE:
        return 1.0 if a >= b else 0.0
    if op == EQ:
        return 1.0 if a == b else 0.0
    if op == NE:
        return 1.0 if a != b else 0.0
    return math.nan


@njit(cache=True)
def binary(op: int, a: float, b: float) -> float:
    """An operation on two values; `and` and `or` may know the answer from one of them."""
    if op == AND and (a == 0.0 or b == 0.0):
        return 0.0
    if op == OR and ((a == a and a != 0.0) or (b == b and b != 0.0)):
        return 1.0
    if a != a or b != b:
        return math.nan
    if op == AND:
        return 1.0
    if op == OR:
        return 0.0
    return settled(arithmetic(op, a, b))


@njit(cache=True)
def evaluate(ops: Any, values: Any, first: int, count: int, attributes: Any, stack: Any) -> float:
    """What the code in rows `first` to `first + count` gives for an order, or NaN.

    ops: int64 (n,) and values: float64 (n,), tables of layout.expressions.Code, one behind the
    other. attributes: float64, in SI, at least as many as the code names; NaN for one that the
    order has not. stack: float64 (STACK,), scratch. The result is in SI, within LARGEST or NaN.
    """
    top = -1
    for k in range(first, first + count):
        op = ops[k]
        if op == CONST:
            top += 1
            stack[top] = values[k]
        elif op == LOAD:
            top += 1
            stack[top] = settled(float(attributes[int(values[k])]))
        elif op < ADD:
            stack[top] = unary(op, float(stack[top]))
        elif op < SELECT:
            top -= 1
            stack[top] = binary(op, float(stack[top]), float(stack[top + 1]))
        else:
            top -= 2
            condition = float(stack[top + 1])
            if condition != condition:
                stack[top] = math.nan
            elif condition == 0.0:
                stack[top] = stack[top + 2]
    return float(stack[0])
