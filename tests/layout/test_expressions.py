"""Formulas: what they mean (against Python's grammar), what they refuse, how they say it."""

from __future__ import annotations

import ast
import math
import pickle
import re
import time
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass
from functools import cache, partial

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from twin import units
from twin.layout import expressions
from twin.layout.expressions import ExpressionError, parse
from twin.production import kernel
from twin.production.machine_code import doors
from twin.production.plan import new_world

NAMES = ("length", "diameter", "material", "rush")


WORLD = new_world()
COMPILED = cache(lambda: doors(WORLD).evaluate)  # where tests run, not where they are read
INTERPRETED = partial(kernel.evaluate, WORLD)


def run(evaluate: Callable[[int, int], float], text: str, **attributes: float) -> float:
    """What a formula gives, from the middle of a table."""
    names = list(attributes)
    code = parse(text).code(names)
    count = len(code.ops)
    WORLD.op[: count + 2] = [0, *code.ops, 0]
    WORLD.operand[: count + 2] = [math.pi, *code.values, math.pi]
    WORLD.codes[3].first, WORLD.codes[3].count = 1, count
    WORLD.orders[2].attribute[: len(names)] = [attributes[name] for name in names]
    WORLD.parts[4].order, WORLD.parts[4].product = 2, 1
    WORLD.streams[0].attribute_said[:] = 1
    WORLD.stack[:] = math.e
    result = evaluate(3, 4)
    assert type(result) is float
    return result


def value(text: str, **attributes: float) -> float:
    """What a formula gives, compiled and interpreted, which must agree bit for bit."""
    compiled = run(COMPILED(), text, **attributes)
    assert (
        np.float64(compiled).tobytes() == np.float64(run(INTERPRETED, text, **attributes)).tobytes()
    )
    return compiled


# --- against a plain oracle ----------------------------------------------------------------------


@dataclass(frozen=True)
class Tree:
    """A formula: Python's node for printing, its meaning, and whether all of it is constant."""

    node: ast.expr
    meaning: Callable[[dict[str, float]], float]
    constant: bool = False
    hollow: bool = False
    """A constant part of it has no value."""


def bounded(work: Callable[..., float], *operands: float) -> float:
    """What Python makes of it, or NaN for what has no finite value."""
    if any(map(math.isnan, operands)):
        return math.nan
    try:
        result = float(work(*operands))
    except (ArithmeticError, ValueError):
        return math.nan
    return result if abs(result) <= 1e300 else math.nan


def half_away(x: float) -> float:
    down = math.floor(abs(x))
    return math.copysign(down if abs(x) - down < 0.5 else down + 1, x)


def both(a: float, b: float) -> float:
    return 0.0 if a == 0 or b == 0 else math.nan if math.isnan(a + b) else 1.0


def either(a: float, b: float) -> float:
    known = [x for x in (a, b) if not math.isnan(x)]
    return 1.0 if any(known) else math.nan if len(known) < 2 else 0.0


def chosen(a: float, condition: float, b: float) -> float:
    return math.nan if math.isnan(condition) else a if condition else b


def smallest(*values: float) -> float:
    return sorted(values)[0]


def largest(*values: float) -> float:
    return sorted(values)[-1]


BINARY = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b,
    ast.Pow: math.pow,
}
COMPARED = {
    ast.Lt: lambda a, b: a < b,
    ast.LtE: lambda a, b: a <= b,
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
}
CALLED = {
    "abs": abs,
    "floor": math.floor,
    "ceil": math.ceil,
    "round": half_away,
    "sqrt": math.sqrt,
}
UNITS = {"min": 60.0, "mm": 0.001, "h": 3600.0, "m": 1.0, "s": 1.0, "kg": 1.0, "%": None}


def joined(node: ast.expr, work: Callable[..., float], *parts: Tree) -> Tree:
    """A tree of parts, whose meaning is `work` on what the parts mean."""
    constant = all(part.constant for part in parts)

    def meaning(order: dict[str, float]) -> float:
        return work(*(part.meaning(order) for part in parts))

    hollow = any(part.hollow for part in parts) or (constant and math.isnan(meaning({})))
    return Tree(node, meaning, constant, hollow)


def strict(work: Callable[..., float]) -> Callable[..., float]:
    return lambda *operands: bounded(work, *operands)


numbers = st.one_of(
    st.integers(0, 12).map(float),
    st.floats(0, 100, allow_subnormal=False),
    st.sampled_from([0.5, 2.5, 1e-300, 1e150, 9e299, 4503599627370495.5, 2.0**53]),
)
readings = st.one_of(numbers, numbers.map(lambda x: -x))


def literal(number: float) -> Tree:
    return Tree(ast.Constant(number), lambda order: number, constant=True)


def quantity(number: float, unit: str) -> Tree:
    factor = UNITS[unit]
    si = number / 100 if factor is None else number * factor
    shown = ast.Name(f"{number!r} {unit}")
    return Tree(shown, lambda order: si, constant=True, hollow=si > 1e300)


def attribute(name: str) -> Tree:
    return Tree(ast.Name(name), lambda order: order[name])


def negated(a: Tree) -> Tree:
    return joined(ast.UnaryOp(ast.USub(), a.node), lambda x: -x, a)


def denied(a: Tree) -> Tree:
    return joined(ast.UnaryOp(ast.Not(), a.node), strict(lambda x: not x), a)


def operated(kind: type[ast.operator], a: Tree, b: Tree) -> Tree:
    return joined(ast.BinOp(a.node, kind(), b.node), strict(BINARY[kind]), a, b)


def compared(kind: type[ast.cmpop], a: Tree, b: Tree) -> Tree:
    return joined(ast.Compare(a.node, [kind()], [b.node]), strict(COMPARED[kind]), a, b)


def conjoined(a: Tree, b: Tree) -> Tree:
    return joined(ast.BoolOp(ast.And(), [a.node, b.node]), both, a, b)


def disjoined(a: Tree, b: Tree) -> Tree:
    return joined(ast.BoolOp(ast.Or(), [a.node, b.node]), either, a, b)


def branched(a: Tree, condition: Tree, b: Tree) -> Tree:
    return joined(ast.IfExp(condition.node, a.node, b.node), chosen, a, condition, b)


def called(name: str, a: Tree) -> Tree:
    return joined(ast.Call(ast.Name(name), [a.node], []), strict(CALLED[name]), a)


def extreme(name: str, parts: list[Tree]) -> Tree:
    work = strict(smallest if name == "min" else largest)
    return joined(ast.Call(ast.Name(name), [p.node for p in parts], []), work, *parts)


def grown(trees: st.SearchStrategy[Tree]) -> st.SearchStrategy[Tree]:
    return st.one_of(
        st.builds(operated, st.sampled_from(list(BINARY)), trees, trees),
        st.builds(compared, st.sampled_from(list(COMPARED)), trees, trees),
        st.builds(conjoined, trees, trees),
        st.builds(disjoined, trees, trees),
        st.builds(branched, trees, trees, trees),
        st.builds(negated, trees),
        st.builds(denied, trees),
        st.builds(called, st.sampled_from(list(CALLED)), trees),
        st.builds(extreme, st.sampled_from(["min", "max"]), st.lists(trees, min_size=2)),
    )


trees = st.recursive(
    st.one_of(
        st.builds(attribute, st.sampled_from(NAMES)),
        st.builds(literal, numbers),
        st.builds(quantity, numbers, st.sampled_from(list(UNITS))),
    ),
    grown,
    max_leaves=14,
)
orders = st.fixed_dictionaries({name: readings for name in NAMES})


@settings(max_examples=400, deadline=None)
@given(tree=trees, order=orders)
@example(operated(ast.Pow, negated(attribute("length")), literal(2.0)), dict.fromkeys(NAMES, 3.0))
@example(negated(operated(ast.Pow, attribute("length"), literal(2.0))), dict.fromkeys(NAMES, 3.0))
@example(compared(ast.Lt, attribute("rush"), denied(literal(2.0))), dict.fromkeys(NAMES, 3.0))
def test_a_formula_means_what_python_would_read_against_a_plain_oracle(
    tree: Tree, order: dict[str, float]
) -> None:
    text = ast.unparse(tree.node)
    try:
        parsed = parse(text)
    except ExpressionError as error:
        assert tree.hollow or re.search("more than|longer than", str(error)), (text, error)
        return
    assert not tree.hollow, text
    assert set(parsed.names) <= set(NAMES)
    wanted = tree.meaning(order)
    got = value(text, **order)
    assert got == wanted or (math.isnan(got) and math.isnan(wanted)), text
    if tree.constant:
        assert parsed.constant == wanted


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=60) | st.text("ab12 .()+-*/<>=!,if else and or not min%", max_size=40))
def test_any_text_is_read_or_refused_with_its_column(text: str) -> None:
    try:
        parse(text)
    except ExpressionError as error:
        column = re.match(r"column (\d+): ", str(error))
        assert column and 1 <= int(column[1]) <= len(text) + 1


# --- meaning -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2 min + 0.5 min * length", 132.0),
        ("min(diameter, 40) / 20 * 3 min", 270.0),
        ("material == 2 and thickness > 3 mm", 1.0),
        ("material == 2 and thickness > 5 mm", 0.0),
        ("priority if rush else 5", 5.0),
        ("5 if not rush else priority", 5.0),
        ("1 if rush else 2 if material == 1 else 3", 3.0),
        ("-length ** 2", -0.16000000000000003),
        ("2 ** -1", 0.5),
        ("2 ** 3 ** 2", 512.0),
        ("8 - 4 - 2", 2.0),
        ("max(length, 1, 7, 3)", 7.0),
        ("round(2.5) + round(-0.5) + round(0.49999999999999994)", 2.0),
        ("floor(-0.5) + ceil(0.5)", 0.0),
        ("sqrt(diameter * diameter)", 30.0),
        ("8 % * diameter", 2.4),
        ("2min\n  + 1\ts", 121.0),
        (".5 h", 1800.0),
        ("length == 400 mm", 1.0),
        ("2 if rush == 0 else 3", 2.0),
        ("90 deg", math.pi / 2),
    ],
)
def test_what_a_formula_gives(text: str, wanted: float) -> None:
    order = {"length": 0.4, "diameter": 30.0, "material": 2.0, "thickness": 0.004}
    assert value(text, **order, priority=9.0, rush=0.0) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("3 / x", math.nan),
        ("x / x", math.nan),
        ("3 / x > 2", math.nan),  # not false: nobody would see it
        ("min(3 / x, 40)", math.nan),
        ("not 3 / x", math.nan),
        ("sqrt(x - 1)", math.nan),
        ("(x - 8) ** 0.5", math.nan),
        ("x ** -1", math.nan),
        ("x ** 0", 1.0),
        ("(x - 2) ** 3", -8.0),
        ("(x + 10) ** 400", math.nan),
        ("(x + 9) ** 9 ** 3", math.nan),
        ("(x + 1e200) * 1e200", math.nan),
        ("(x + 1e-200) ** 2", 0.0),
        ("3 / x if x > 0 else 7", 7.0),
        ("7 if x == 0 else 3 / x", 7.0),
        ("1 if 3 / x else 2", math.nan),
        ("x != 0 and 3 / x > 2", 0.0),
        ("3 / x > 2 and x != 0", 0.0),
        ("x == 0 or 3 / x > 2", 1.0),
        ("x != 0 or 3 / x > 2", math.nan),
        ("x == 0 and 3 / x > 2", math.nan),
    ],
)
def test_what_has_no_value_is_seen_in_the_result_unless_the_formula_guards_itself(
    text: str, wanted: float
) -> None:
    assert value(text, x=0.0) == pytest.approx(wanted, nan_ok=True)


@pytest.mark.parametrize("missing", [math.nan, math.inf, -math.inf, 1e301])
def test_an_order_without_the_attribute_has_no_value(missing: float) -> None:
    assert math.isnan(value("x + 1", x=missing))
    assert math.isnan(value("x", x=missing))
    assert value("x if rush else 5", x=missing, rush=0.0) == 5.0


def test_a_quantity_is_the_same_bits_as_in_a_field() -> None:
    fields = {
        **{"0.1 mm": "length", "3.3 mm": "length", "1e-3 km": "length", "0.7 h": "time"},
        **{"47 %": "share", "7.7 %": "share", "3 EUR": "money", "12.5 deg": "angle"},
        **{"200 g": "mass", "1.1 kW": "power"},
    }
    for text, dimension in fields.items():
        assert parse(text).constant == units.parse(text, dimension)


def test_names_and_constants_are_known_before_any_order_is() -> None:
    both_names = parse("b * 2 + a * b")
    assert (both_names.names, both_names.columns) == (("b", "a"), (1, 9))
    assert both_names.constant is None
    assert parse("2 * 3 min + 1").constant == 361.0
    assert parse("x").constant is None
    assert both_names == parse("b * 2 + a * b")
    with pytest.raises(FrozenInstanceError):
        both_names.text = "1"  # type: ignore[misc]


def test_the_code_is_postfix_with_the_attributes_indices() -> None:
    code = parse("2 min * a + b").code(["b", "c", "a"])
    e = expressions
    assert code.ops.tolist() == [e.CONST, e.LOAD, e.MUL, e.LOAD, e.ADD]
    assert code.values.tolist() == [120.0, 2.0, 0.0, 0.0, 0.0]
    assert (code.ops.dtype, code.values.dtype) == (np.int64, np.float64)


def test_the_machine_knows_the_same_operations_and_limits() -> None:
    names = [name for name in vars(kernel) if name.startswith("OP_")]
    operations = {name: getattr(kernel, name) for name in names}
    assert operations == {name: getattr(expressions, name.removeprefix("OP_")) for name in names}
    assert sorted(operations.values()) == list(range(kernel.OP_SELECT + 1))
    assert (kernel.STACK, kernel.LARGEST) == (expressions.STACK, expressions.LARGEST)
    assert set(expressions._MEANING) == set(range(kernel.OP_NEG, kernel.OP_SELECT + 1))
    assert set(expressions.FUNCTIONS.values()) < set(expressions._MEANING)


def test_the_scratch_stack_need_not_be_larger_than_the_parser_promises() -> None:
    deepest = "min(x, " * 15 + "x" + ")" * 15
    assert value(deepest, x=2.0) == 2.0
    with pytest.raises(ExpressionError, match="more than 16 values wait"):
        parse("min(x, " * 16 + "x" + ")" * 16)


# --- refusals ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "column 1: a value must come here, not the end"),
        ("2 +", "column 4: a value must come here, not the end"),
        ("+3", "column 1: a value must come here, not '+'"),
        ("(1 + 2", "column 7: ')' for the '(' of column 1 must come here, not the end"),
        ("1)", "column 2: an operator must come before ')'"),
        ("a b", "column 3: an operator must come before 'b'"),
        ("1 000", "column 3: an operator must come before '000'"),
        (
            "2,5 min",
            "column 2: an operator must come before ',': .* decimals are written with a point",
        ),
        ("1 + foo(3)", "column 5: unknown function 'foo'; functions: abs, ceil, floor, max, min,"),
        ("min", "column 1: 'min' is a function"),
        ("min(1)", "column 1: min takes two values or more, not 1"),
        ("abs(1, 2)", "column 1: abs takes one value, not 2"),
        ("min(1, 2", "column 9: ')' to end min(...)"),
        ("2 length", "column 1: unknown unit 'length'; .* to multiply, write 2 * length"),
        ("2 kWh", "column 1: unknown unit 'kWh'"),
        ("2 mm2", "column 1: unknown unit 'mm2'"),
        ("5 m/s", None),
        ("1 < x < 3", "column 7: one comparison at a time; join two with 'and'"),
        ("x = 3", "column 3: '=' is not known here; to compare, write =="),
        ("x & y", "column 3: '&' .* write and"),
        ("x == 'steel'", "column 6: .* attributes are numbers, not texts"),
        ("1 + not x", r"column 5: put 'not ...' in brackets here"),
        ("a if b", "column 7: 'else' and the other value must come here"),
        ("a if else b", "column 6: a value must come here, not 'else'"),
        ("1 / 0", "column 3: '/' has no finite value for 1, 0"),
        ("x + 0 / 0", "column 7: '/' has no finite value"),
        ("sqrt(-1)", "column 1: 'sqrt' has no finite value for -1"),
        ("1e999", "column 1: expected a finite number, not '1e999'"),
        ("1e300 km", "column 1: 1e300 km is beyond"),
        ("x % 3", "column 3: '%' is not known here"),
        ("x // 3", "column 4: a value must come here, not '/'"),
    ],
)
def test_a_message_names_the_column_and_what_is_allowed(text: str, message: str | None) -> None:
    if message is None:  # a unit is one word: this is 5 metres by an attribute s
        assert parse(text).names == ("s",)
        return
    with pytest.raises(ExpressionError) as caught:
        parse(text)
    begin, *others = message.split(" .* ")
    assert str(caught.value).startswith(begin)
    assert all(each in str(caught.value) for each in others)


def test_an_unknown_attribute_is_told_with_those_that_exist() -> None:
    lost = parse("2 min * lenght")
    with pytest.raises(ExpressionError) as caught:
        lost.code(["length", "diameter"])
    wanted = "column 9: unknown attribute 'lenght'; attributes: diameter, length"
    assert str(caught.value) == wanted
    with pytest.raises(ExpressionError, match="there are no attributes"):
        lost.code([])
    assert str(pickle.loads(pickle.dumps(caught.value))) == wanted
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "().__class__",
        "x.real",
        "x[0]",
        "__class__",
        "_x",
        "2 __class__",
        "lambda: 3",
        "[x for x in y]",
        "{1: 2}",
        "print(3)",
        "exec(x)",
        "(min)(1, 2)",
        "min(*x)",
        "abs(x=3)",
        "x := 3",
        "f'{x}'",
        "1; 2",
        "x\\",
        "# nothing",
        "x @ y",
        "1j",
        "0x10",
        "1_000",
        "...",
        "x is y",
        "x in y",
        "mаx(1, 2)",  # noqa: RUF001  # a Cyrillic a
        "x − 1",  # noqa: RUF001  # a minus that is none
        "١ + 1",  # noqa: RUF001  # an Arabic digit
        "x\u00a0+ 1",
        "x\u2028",
        "\ud800",
        "\x00",
        "ﬁ",
        "2 µm",
    ],
)  # fmt: skip
def test_nothing_of_python_is_read(text: str) -> None:
    with pytest.raises(ExpressionError):
        parse(text)


def test_names_of_python_are_names_of_attributes_at_most() -> None:
    for name in ("lambda", "import", "None", "True", "print", "eval"):
        with pytest.raises(ExpressionError, match=f"unknown attribute '{name}'; attributes: x"):
            parse(name).code(["x"])


def test_a_look_alike_is_called_by_its_name() -> None:
    with pytest.raises(ExpressionError, match=r"column 2: .* \(CYRILLIC SMALL LETTER A\)"):
        parse("mаx(1, 2)")  # noqa: RUF001


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("9**9**9", "has no finite value"),
        ("9**9**9**9**9", "has no finite value"),
        ("floor(1e300) ** 9", "has no finite value"),
        ("(" * 250 + "1" + ")" * 249, "more than 40 levels"),
        ("-" * 499 + "1", "more than 40 levels"),
        ("not " * 120 + "1", "more than 40 levels"),
        ("1 if x else " * 40 + "1", "more than"),
        ("x" + "**x" * 160, "more than"),
        ("x" + "+x" * 249, "more than 200 operations"),
        ("1" + "+1" * 250, "longer than 500 characters"),
        (" " * 10**7, "longer than 500 characters"),
        ("9" * 400, "finite"),
        ("2 " + "m" * 400, "unknown unit"),
    ],
)
def test_what_is_too_much_is_refused_at_once(text: str, message: str) -> None:
    begun = time.perf_counter()
    with pytest.raises(ExpressionError, match=message) as caught:
        parse(text)
    assert time.perf_counter() - begun < 2.0  # the first unit word waits for Pint
    assert len(str(caught.value)) < 1200


def test_a_long_sum_is_no_deep_one() -> None:
    assert value("x" + "+x" * 99, x=1.0) == 100.0
    assert parse("1" + "+1" * 240).constant == 241.0


def test_what_an_attribute_may_be_called_can_be_named() -> None:
    for name in ("length", "x1", "wall_thickness", "h", "mm", "E"):
        assert re.match(expressions.NAME, name)
        assert value(f"2 * {name}", **{name: 3.0}) == 6.0
    for name in ("1x", "_x", "wall-thickness", "é"):
        assert not re.match(expressions.NAME, name)
    for name in expressions.RESERVED:
        with pytest.raises(ExpressionError):
            parse(name)
