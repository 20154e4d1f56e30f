"""The small part of Python in which the kernel is written, compiled to machine code by LLVM.

Numbers, rows of one structured record, loops, branches and functions that call each other: nothing
else is understood, and anything else is refused with the line it stands on. The whole module is one
unit for the optimiser, which inlines across functions; fields of a row never overlap, and it is
told so. No index is checked, and none counts from the end.

    kinds      int (64 bits), float, bool, Key (64 bits that wrap around), a row, a table
    int()      of a float cuts off; `/` is of floats, `//` and `%` round down, as in Python
    mixing     an int beside a float becomes one; a name keeps one kind throughout its function
    functions  say the kinds of what they take and return, `World` for the record, and end by
               `return` where they return anything

What is compiled is kept in the user's cache, by its content. It runs the same without being
compiled, as plain Python, bit for bit.
"""

from __future__ import annotations

import ast
import ctypes
import inspect
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np


@dataclass(frozen=True)
class Kind:
    """What a value is: `llvm` its type there; of rows and tables the type of a row, of tables also
    how many rows; `tag` names the field that they are."""

    name: str
    llvm: str
    record: np.dtype | None = None
    length: int = 0
    tag: str = ""


INT = Kind("int", "i64")
FLOAT = Kind("float", "double")
BOOL = Kind("bool", "i1")
KEY = Kind("Key", "i64")
NONE = Kind("None", "void")
PAIR = Kind("tuple[int, int]", "{i64, i64}")
# Of numpy's types: LLVM's in memory, and what a value becomes.
STORED = {
    "i2": ("i16", INT),
    "i4": ("i32", INT),
    "i8": ("i64", INT),
    "u8": ("i64", KEY),
    "f8": ("double", FLOAT),
}
SAID = {kind.name: kind for kind in (INT, FLOAT, BOOL, KEY, NONE, PAIR)}
C_TYPES: dict[Kind, Any] = {
    INT: ctypes.c_int64,
    FLOAT: ctypes.c_double,
    BOOL: ctypes.c_bool,
    KEY: ctypes.c_uint64,
    NONE: None,
}
# Functions of the platform's C library, as `math` calls them; `nobuiltin` where they are called
# keeps the optimiser from putting others in their place.
LIBRARY = {"log": 1, "exp": 1, "pow": 2}
INTRINSICS = {"sqrt": 1, "fabs": 1, "copysign": 2}
INTEGERS: dict[type, str] = {
    ast.Add: "add",
    ast.Sub: "sub",
    ast.Mult: "mul",
    ast.BitAnd: "and",
    ast.BitOr: "or",
    ast.BitXor: "xor",
    ast.LShift: "shl",
}
FLOATS: dict[type, str] = {ast.Add: "fadd", ast.Sub: "fsub", ast.Mult: "fmul", ast.Div: "fdiv"}
ORDER: dict[type, tuple[str, str, str]] = {  # of ints, of keys, of floats
    ast.Eq: ("eq", "eq", "oeq"),
    ast.NotEq: ("ne", "ne", "une"),
    ast.Lt: ("slt", "ult", "olt"),
    ast.LtE: ("sle", "ule", "ole"),
    ast.Gt: ("sgt", "ugt", "ogt"),
    ast.GtE: ("sge", "uge", "oge"),
}


# How a function may be marked, and what becomes of its calls.
MARKS = {"often": "alwaysinline", "rare": "cold noinline"}


class NotCompiled(Exception):
    """The source holds something that is not understood; says where, and what."""


@dataclass(frozen=True)
class Value:
    """A value at run time: its kind, and its name or number in LLVM's text."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Signature:
    """What a function takes and returns."""

    node: ast.FunctionDef
    takes: tuple[Kind, ...]
    returns: Kind


@dataclass
class Module:
    """One source and what its names mean."""

    path: str
    names: Mapping[str, Any]
    world: Kind
    functions: dict[str, Signature] = field(default_factory=dict)
    tags: dict[str, int] = field(default_factory=dict)

    def alias(self, tag: str) -> str:
        """The mark of all accesses to one field: those of different fields never meet."""
        return f"!tbaa !{1 + 2 * self.tags.setdefault(tag, len(self.tags))}"


def assembly(module: ModuleType, world: np.dtype, doors: Sequence[str]) -> str:
    """LLVM's text for all functions of a module that take and return what is understood, of which
    `doors` may be called from outside; NotCompiled where one of those cannot be."""
    path = str(inspect.getsourcefile(module))
    tree = ast.parse(inspect.getsource(module))
    source = Module(path, vars(module), Kind("World", "ptr", world, tag="w"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            signature = _signature(source, node)
            if signature is not None:
                source.functions[node.name] = signature
    lines = [f"declare double @llvm.{n}.f64({_doubles(k)})" for n, k in INTRINSICS.items()]
    lines.append("declare double @llvm.floor.f64(double)")
    for name, count in LIBRARY.items():
        lines.append(f"declare double @{name}({_doubles(count)}) nounwind willreturn memory(none)")
    for name in _reached(source, doors):
        lines += _Function(source, source.functions[name], name in doors).lines()
    lines.append('!0 = !{!"fields"}')
    for tag, number in source.tags.items():
        own = 2 * number + 1
        lines.append(f"!{own} = !{{!{own + 1}, !{own + 1}, i64 0}}")
        lines.append(f'!{own + 1} = !{{!"{tag}", !0, i64 0}}')
    return "\n".join(lines)


def signatures(module: ModuleType, doors: Sequence[str]) -> dict[str, tuple[list[Any], Any]]:
    """What functions of a module take and return, as ctypes has it; the world is an address."""
    tree = ast.parse(inspect.getsource(module))
    source = Module("", vars(module), Kind("World", "ptr"))
    result: dict[str, tuple[list[Any], Any]] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name in doors:
            said = _signature(source, node)
            if said is None:
                raise NotCompiled(f"{node.name} has kinds that are not known")
            takes = [C_TYPES.get(kind, ctypes.c_void_p) for kind in said.takes]
            result[node.name] = takes, C_TYPES[said.returns]
    return result


def _doubles(count: int) -> str:
    return ", ".join(["double"] * count)


def _signature(source: Module, node: ast.FunctionDef) -> Signature | None:
    """What a function says of itself; None if it says something that is not understood."""
    takes: list[Kind] = []
    for arg in node.args.args:
        said = ast.unparse(arg.annotation) if arg.annotation else ""
        kind = source.world if said == "World" else SAID.get(said)
        if kind is None:
            return None
        takes.append(kind)
    if any(ast.unparse(mark) not in MARKS for mark in node.decorator_list):
        return None
    returns = SAID.get(ast.unparse(node.returns) if node.returns else "")
    return None if returns is None else Signature(node, tuple(takes), returns)


def _reached(source: Module, doors: Sequence[str]) -> list[str]:
    """The functions that the doors lead to."""
    found: list[str] = []
    ahead = list(doors)
    while ahead:
        name = ahead.pop()
        if name in found:
            continue
        if name not in source.functions:
            raise NotCompiled(f"{source.path}: {name} is no function with kinds that are known")
        found.append(name)
        for node in ast.walk(source.functions[name].node):
            if isinstance(node, ast.Name) and node.id in source.functions:
                ahead.append(node.id)
    return found


class _Function:
    """The text of one function."""

    def __init__(self, source: Module, signature: Signature, outside: bool) -> None:
        self.source = source
        self.signature = signature
        self.outside = outside
        self.kinds: dict[str, Kind] = {}
        self.text: list[str] = []
        self.count = 0
        self.block = "entry"
        self.loops: list[tuple[str, str]] = []  # where `continue` and `break` go

    def lines(self) -> list[str]:
        node, takes = self.signature.node, self.signature.takes
        for arg, kind in zip(node.args.args, takes, strict=True):
            self.kinds[arg.arg] = kind
        # A name's kind may depend on one that is known only further down.
        while True:
            before = dict(self.kinds)
            self.text, self.count, self.block, self.loops = [], 0, "entry", []
            self.body(node.body)
            if self.kinds == before:
                break
        if self.signature.returns == NONE:
            self.emit("ret void")
        else:
            self.emit("unreachable")
        args = ", ".join(
            f"{kind.llvm} %arg.{arg.arg}" for arg, kind in zip(node.args.args, takes, strict=True)
        )
        linkage = "" if self.outside else "internal "
        marks = [MARKS[ast.unparse(mark)] for mark in node.decorator_list]
        returns = self.signature.returns.llvm
        head = [
            f"define {linkage}{returns} @{node.name}({args}) {' '.join(['nounwind', *marks])} {{",
            "entry:",
        ]
        for name, kind in self.kinds.items():
            head.append(f"  %{name} = alloca {kind.llvm}")
        for arg, kind in zip(node.args.args, takes, strict=True):
            head.append(f"  store {kind.llvm} %arg.{arg.arg}, ptr %{arg.arg}")
        given = {arg.arg for arg in node.args.args}
        for name, kind in self.kinds.items():
            if name not in given:
                head.append(f"  store {kind.llvm} zeroinitializer, ptr %{name}")
        return [*head, *self.text, "}", ""]

    # --- text ------------------------------------------------------------------------------------

    def emit(self, text: str) -> None:
        self.text.append(f"  {text}")

    def fresh(self) -> str:
        self.count += 1
        return f"%.{self.count}"

    def value(self, kind: Kind, text: str) -> Value:
        name = self.fresh()
        self.emit(f"{name} = {text}")
        return Value(kind, name)

    def label(self) -> str:
        self.count += 1
        return f"L{self.count}"

    def place(self, label: str) -> None:
        self.text.append(f"{label}:")
        self.block = label

    def go(self, label: str) -> None:
        self.emit(f"br label %{label}")

    def refuse(self, node: ast.AST, why: str) -> NotCompiled:
        line = getattr(node, "lineno", 0)
        return NotCompiled(f"{self.source.path}:{line}: {why}: {ast.unparse(node)}")

    # --- kinds -----------------------------------------------------------------------------------

    def to(self, value: Value, kind: Kind, node: ast.AST) -> Value:
        """The value as another kind, where nothing is lost by it."""
        if value.kind == kind:
            return value
        if kind == FLOAT and value.kind == INT:
            if value.text.lstrip("-").isdigit():
                return Value(FLOAT, _float(float(int(value.text))))
            return self.value(FLOAT, f"sitofp i64 {value.text} to double")
        if kind in (INT, FLOAT) and value.kind == BOOL:
            number = self.value(INT, f"zext i1 {value.text} to i64")
            return self.to(number, kind, node)
        raise self.refuse(node, f"{value.kind.name} where {kind.name} is needed")

    def join(self, a: Kind, b: Kind, node: ast.AST) -> Kind:
        """The kind that values of two kinds become."""
        numbers = (BOOL, INT, FLOAT)
        if a == b:
            return a
        if a in numbers and b in numbers:
            return numbers[max(numbers.index(a), numbers.index(b))]
        raise self.refuse(node, f"{a.name} beside {b.name}")

    def truth(self, value: Value, node: ast.AST) -> Value:
        """Whether a value counts as true."""
        if value.kind == BOOL:
            return value
        if value.kind == FLOAT:
            return self.value(BOOL, f"fcmp une double {value.text}, 0.0")
        if value.kind in (INT, KEY):
            return self.value(BOOL, f"icmp ne i64 {value.text}, 0")
        raise self.refuse(node, f"{value.kind.name} as a condition")

    # --- memory ----------------------------------------------------------------------------------

    def field(self, row: Value, name: str, node: ast.AST) -> tuple[Value, np.dtype, str]:
        """Where a field of a row is, its type and its mark."""
        record = row.kind.record
        fields = record.fields if record is not None and not row.kind.length else None
        if fields is None or name not in fields:
            raise self.refuse(node, f"{row.kind.name} has no {name}")
        kind, offset = fields[name][:2]  # type: ignore[index]  # numpy says names are literals
        tag = f"{row.kind.tag}.{name}"
        at = self.value(INT, f"getelementptr inbounds i8, ptr {row.text}, i64 {offset}")
        return at, kind, tag

    def element(self, table: Value, index: ast.expr, node: ast.AST) -> tuple[Value, np.dtype, str]:
        """Where an element of a table is, its type and its mark."""
        if not table.kind.length or table.kind.record is None:
            raise self.refuse(node, f"{table.kind.name} is no table")
        at = self.to(self.expression(index), INT, index)
        size = table.kind.record.itemsize
        far = self.value(INT, f"mul nsw i64 {at.text}, {size}")
        where = self.value(INT, f"getelementptr inbounds i8, ptr {table.text}, i64 {far.text}")
        return where, table.kind.record, table.kind.tag

    def load(self, where: tuple[Value, np.dtype, str], node: ast.AST) -> Value:
        """The value at an address; of a row or a table, the address."""
        at, kind, tag = where
        if kind.subdtype is not None:
            base, shape = kind.subdtype
            if len(shape) != 1:
                raise self.refuse(node, "a table of tables")
            return Value(Kind("table", "ptr", base, shape[0], tag), at.text)
        if kind.names is not None:
            return Value(Kind("row", "ptr", kind, tag=tag), at.text)
        llvm, means = STORED[kind.str.lstrip("<=|")]
        value = self.value(means, f"load {llvm}, ptr {at.text}, {self.source.alias(tag)}")
        if llvm in ("i16", "i32"):
            value = self.value(INT, f"sext {llvm} {value.text} to i64")
        return value

    def store(self, where: tuple[Value, np.dtype, str], value: Value, node: ast.AST) -> None:
        at, kind, tag = where
        if kind.subdtype is not None or kind.names is not None:
            raise self.refuse(node, "a whole row or table is set")
        llvm, means = STORED[kind.str.lstrip("<=|")]
        value = self.to(value, means, node)
        text = value.text
        if llvm in ("i16", "i32"):
            text = self.value(INT, f"trunc i64 {text} to {llvm}").text
        self.emit(f"store {llvm} {text}, ptr {at.text}, {self.source.alias(tag)}")

    # --- statements ------------------------------------------------------------------------------

    def body(self, nodes: Sequence[ast.stmt]) -> None:
        for node in nodes:
            self.statement(node)

    def statement(self, node: ast.stmt) -> None:
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            self.assign(node.targets[0], self.expression(node.value), node)
        elif isinstance(node, ast.AugAssign):
            self.change(node)
        elif isinstance(node, ast.If):
            self.branch(node.test, node.body, node.orelse)
        elif isinstance(node, ast.While) and not node.orelse:
            self.loop(node)
        elif isinstance(node, ast.For) and not node.orelse:
            self.count_through(node)
        elif isinstance(node, ast.Return):
            self.give(node)
        elif isinstance(node, ast.Continue | ast.Break):
            self.go(self.loops[-1][isinstance(node, ast.Break)])
            self.place(self.label())
        elif isinstance(node, ast.Expr):
            if not isinstance(node.value, ast.Constant):  # a docstring
                self.expression(node.value)
        elif not isinstance(node, ast.Pass):
            raise self.refuse(node, "no statement that is understood")

    def assign(self, target: ast.expr, value: Value, node: ast.stmt) -> None:
        if isinstance(target, ast.Name):
            before = self.kinds.get(target.id, value.kind)
            kind = value.kind if before == value.kind else self.join(before, value.kind, node)
            self.kinds[target.id] = kind
            self.emit(f"store {kind.llvm} {self.to(value, kind, node).text}, ptr %{target.id}")
        elif isinstance(target, ast.Tuple) and value.kind == PAIR:
            for k, one in enumerate(target.elts):
                part = self.value(INT, f"extractvalue {PAIR.llvm} {value.text}, {k}")
                self.assign(one, part, node)
        else:
            self.store(self.target(target), value, node)

    def target(self, node: ast.expr) -> tuple[Value, np.dtype, str]:
        """Where a value is to be put."""
        if isinstance(node, ast.Attribute):
            return self.field(self.expression(node.value), node.attr, node)
        if isinstance(node, ast.Subscript):
            return self.element(self.expression(node.value), node.slice, node)
        raise self.refuse(node, "nothing that can be set")

    def change(self, node: ast.AugAssign) -> None:
        if isinstance(node.target, ast.Name):
            now = self.expression(ast.Name(node.target.id, ast.Load(), lineno=node.lineno))
            after = self.arithmetic(node.op, now, self.expression(node.value), node)
            self.assign(node.target, after, node)
        else:
            where = self.target(node.target)
            change = self.expression(node.value)
            after = self.arithmetic(node.op, self.load(where, node), change, node)
            self.store(where, after, node)

    def branch(self, test: ast.expr, yes: Sequence[ast.stmt], no: Sequence[ast.stmt]) -> None:
        then, other, after = self.label(), self.label(), self.label()
        self.condition(test, then, other if no else after)
        self.place(then)
        self.body(yes)
        self.go(after)
        if no:
            self.place(other)
            self.body(no)
            self.go(after)
        self.place(after)

    def loop(self, node: ast.While) -> None:
        again, inside, after = self.label(), self.label(), self.label()
        self.go(again)
        self.place(again)
        self.condition(node.test, inside, after)
        self.place(inside)
        self.loops.append((again, after))
        self.body(node.body)
        self.loops.pop()
        self.go(again)
        self.place(after)

    def count_through(self, node: ast.For) -> None:
        """`for name in range(...)`: the bounds are worked out once, the name is set each time."""
        call, name = node.iter, node.target
        if not (isinstance(call, ast.Call) and ast.unparse(call.func) == "range"):
            raise self.refuse(node, "a loop over something else than range")
        if not isinstance(name, ast.Name):
            raise self.refuse(node, "a loop with something else than a name")
        bounds = [self.to(self.expression(arg), INT, arg) for arg in call.args]
        begin, end = (Value(INT, "0"), bounds[0]) if len(bounds) == 1 else bounds[:2]
        step = bounds[2].text if len(bounds) == 3 else "1"
        if not step.lstrip("-").isdigit() or step == "0":
            raise self.refuse(node, "a step that is no number")
        counter = f"at.{self.fresh()[2:]}"
        self.kinds[counter] = INT
        again, inside, onward, after = (self.label() for _ in range(4))
        self.emit(f"store i64 {begin.text}, ptr %{counter}")
        self.go(again)
        self.place(again)
        at = self.value(INT, f"load i64, ptr %{counter}")
        ahead = "sgt" if step.startswith("-") else "slt"
        more = self.value(BOOL, f"icmp {ahead} i64 {at.text}, {end.text}")
        self.emit(f"br i1 {more.text}, label %{inside}, label %{after}")
        self.place(inside)
        self.assign(name, at, node)
        self.loops.append((onward, after))
        self.body(node.body)
        self.loops.pop()
        self.go(onward)
        self.place(onward)
        following = self.value(INT, f"add nsw i64 {at.text}, {step}")
        self.emit(f"store i64 {following.text}, ptr %{counter}")
        self.go(again)
        self.place(after)

    def give(self, node: ast.Return) -> None:
        returns = self.signature.returns
        if node.value is None:
            self.emit("ret void")
        else:
            value = self.to(self.expression(node.value), returns, node)
            self.emit(f"ret {returns.llvm} {value.text}")
        self.place(self.label())

    def condition(self, node: ast.expr, yes: str, no: str) -> None:
        """Go on at one of two places."""
        if isinstance(node, ast.BoolOp):
            for one in node.values[:-1]:
                following = self.label()
                if isinstance(node.op, ast.And):
                    self.condition(one, following, no)
                else:
                    self.condition(one, yes, following)
                self.place(following)
            self.condition(node.values[-1], yes, no)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            self.condition(node.operand, no, yes)
        elif isinstance(node, ast.Constant) and node.value is True:
            self.go(yes)
        else:
            test = self.truth(self.expression(node), node)
            self.emit(f"br i1 {test.text}, label %{yes}, label %{no}")

    # --- expressions -----------------------------------------------------------------------------

    def expression(self, node: ast.expr) -> Value:
        if isinstance(node, ast.Constant):
            return _constant(node.value, lambda: self.refuse(node, "no number"))
        if isinstance(node, ast.Name):
            return self.name(node)
        if isinstance(node, ast.Attribute):
            return self.attribute(node)
        if isinstance(node, ast.Subscript):
            return self.subscript(node)
        if isinstance(node, ast.BinOp):
            left, right = self.expression(node.left), self.expression(node.right)
            return self.arithmetic(node.op, left, right, node)
        if isinstance(node, ast.UnaryOp):
            return self.unary(node)
        if isinstance(node, ast.Compare):
            return self.compare(node)
        if isinstance(node, ast.BoolOp):
            return self.choice(node, Value(BOOL, "true"), Value(BOOL, "false"), node)
        if isinstance(node, ast.IfExp):
            return self.choice(node.test, node.body, node.orelse, node)
        if isinstance(node, ast.Call):
            return self.call(node)
        if isinstance(node, ast.Tuple) and len(node.elts) == 2:
            result = "undef"
            for k, one in enumerate(node.elts):
                part = self.to(self.expression(one), INT, one)
                text = f"insertvalue {PAIR.llvm} {result}, i64 {part.text}, {k}"
                result = self.value(PAIR, text).text
            return Value(PAIR, result)
        raise self.refuse(node, "no expression that is understood")

    def name(self, node: ast.Name) -> Value:
        kind = self.kinds.get(node.id)
        if kind is not None:
            return self.value(kind, f"load {kind.llvm}, ptr %{node.id}")
        if node.id not in self.source.names:
            raise self.refuse(node, "a name that is not set before")
        return _constant(
            self.source.names[node.id], lambda: self.refuse(node, "a name that is no number")
        )

    def attribute(self, node: ast.Attribute) -> Value:
        if isinstance(node.value, ast.Name) and node.value.id == "math":
            return _constant(getattr(math, node.attr), lambda: self.refuse(node, "no number"))
        return self.load(self.field(self.expression(node.value), node.attr, node), node)

    def subscript(self, node: ast.Subscript) -> Value:
        value = node.value
        if isinstance(value, ast.Attribute) and value.attr == "shape":
            table = self.expression(value.value)
            if not table.kind.length or ast.unparse(node.slice) != "0":
                raise self.refuse(node, "the length of something that is no table")
            return Value(INT, str(table.kind.length))
        return self.load(self.element(self.expression(value), node.slice, node), node)

    def unary(self, node: ast.UnaryOp) -> Value:
        value = self.expression(node.operand)
        if isinstance(node.op, ast.Not):
            return self.value(BOOL, f"xor i1 {self.truth(value, node).text}, true")
        if isinstance(node.op, ast.USub) and value.kind == FLOAT:
            return self.value(FLOAT, f"fneg double {value.text}")
        value = self.to(value, INT, node)
        if isinstance(node.op, ast.USub):
            if value.text.isdigit():
                return Value(INT, f"-{value.text}")
            return self.value(INT, f"sub i64 0, {value.text}")
        if isinstance(node.op, ast.Invert):
            return self.value(INT, f"xor i64 {value.text}, -1")
        raise self.refuse(node, "no operation that is understood")

    def arithmetic(self, op: ast.operator, a: Value, b: Value, node: ast.AST) -> Value:
        kind = self.join(a.kind, b.kind, node)
        if isinstance(op, ast.Div) and kind != KEY:
            kind = FLOAT
        if kind == BOOL and isinstance(op, ast.BitAnd | ast.BitOr | ast.BitXor):
            return self.value(BOOL, f"{INTEGERS[type(op)]} i1 {a.text}, {b.text}")
        if kind == BOOL:
            kind = INT
        a, b = self.to(a, kind, node), self.to(b, kind, node)
        if kind == FLOAT and type(op) in FLOATS:
            return self.value(FLOAT, f"{FLOATS[type(op)]} double {a.text}, {b.text}")
        if kind in (INT, KEY) and type(op) in INTEGERS:
            return self.value(kind, f"{INTEGERS[type(op)]} i64 {a.text}, {b.text}")
        if kind in (INT, KEY) and isinstance(op, ast.RShift):
            shift = "ashr" if kind == INT else "lshr"
            return self.value(kind, f"{shift} i64 {a.text}, {b.text}")
        if kind == INT and isinstance(op, ast.FloorDiv | ast.Mod):
            return self.rounded_down(op, a, b)
        raise self.refuse(node, f"no operation on {kind.name} that is understood")

    def rounded_down(self, op: ast.operator, a: Value, b: Value) -> Value:
        """Quotient or rest of ints, as Python has them."""
        rest = self.value(INT, f"srem i64 {a.text}, {b.text}")
        signs = self.value(INT, f"xor i64 {rest.text}, {b.text}")
        other = self.value(BOOL, f"icmp slt i64 {signs.text}, 0")
        some = self.value(BOOL, f"icmp ne i64 {rest.text}, 0")
        mend = self.value(BOOL, f"and i1 {other.text}, {some.text}")
        if isinstance(op, ast.Mod):
            more = self.value(INT, f"select i1 {mend.text}, i64 {b.text}, i64 0")
            return self.value(INT, f"add i64 {rest.text}, {more.text}")
        less = self.value(INT, f"sext i1 {mend.text} to i64")
        whole = self.value(INT, f"sdiv i64 {a.text}, {b.text}")
        return self.value(INT, f"add i64 {whole.text}, {less.text}")

    def compare(self, node: ast.Compare) -> Value:
        if isinstance(node.ops[0], ast.In):
            return self.among(node)
        if len(node.ops) == 1:
            left, right = self.expression(node.left), self.expression(node.comparators[0])
            return self.ordered(node.ops[0], left, right, node)
        values = [self.expression(one) for one in (node.left, *node.comparators)]
        result = Value(BOOL, "true")
        for op, a, b in zip(node.ops, values, values[1:], strict=False):
            one = self.ordered(op, a, b, node)
            result = self.value(BOOL, f"and i1 {result.text}, {one.text}")
        return result

    def ordered(self, op: ast.cmpop, a: Value, b: Value, node: ast.AST) -> Value:
        kind = self.join(a.kind, b.kind, node)
        if kind == BOOL:
            kind = INT
        if type(op) not in ORDER or kind not in (INT, KEY, FLOAT):
            raise self.refuse(node, "no comparison that is understood")
        a, b = self.to(a, kind, node), self.to(b, kind, node)
        word = ORDER[type(op)][(INT, KEY, FLOAT).index(kind)]
        compare = f"fcmp {word} double" if kind == FLOAT else f"icmp {word} i64"
        return self.value(BOOL, f"{compare} {a.text}, {b.text}")

    def among(self, node: ast.Compare) -> Value:
        """`x in (A, B)`."""
        choices = node.comparators[0]
        if len(node.ops) != 1 or not isinstance(choices, ast.Tuple):
            raise self.refuse(node, "no comparison that is understood")
        value = self.expression(node.left)
        result = Value(BOOL, "false")
        for choice in choices.elts:
            one = self.ordered(ast.Eq(), value, self.expression(choice), node)
            result = self.value(BOOL, f"or i1 {result.text}, {one.text}")
        return result

    def choice(
        self, test: ast.expr, yes: Value | ast.expr, no: Value | ast.expr, node: ast.AST
    ) -> Value:
        """One of two values, of which only that one is worked out."""
        then, other, after = self.label(), self.label(), self.label()
        self.condition(test, then, other)
        found: list[tuple[Value, str, int]] = []
        for label, one in ((then, yes), (other, no)):
            self.place(label)
            value = self.expression(one) if isinstance(one, ast.expr) else one
            found.append((value, self.block, len(self.text)))
            self.go(after)
        kind = self.join(found[0][0].kind, found[1][0].kind, node)
        # What the values become is worked out where each of them comes from.
        sources: list[str] = []
        tail = self.text[found[1][2] :]
        middle = self.text[found[0][2] : found[1][2]]
        del self.text[found[0][2] :]
        for (value, block, _), rest in zip(found, (middle, tail), strict=True):
            sources.append(f"[{self.to(value, kind, node).text}, %{block}]")
            self.text += rest
        self.place(after)
        return self.value(kind, f"phi {kind.llvm} {', '.join(sources)}")

    def call(self, node: ast.Call) -> Value:
        name = ast.unparse(node.func)
        if node.keywords:
            raise self.refuse(node, "an argument by name")
        if name in self.source.functions:
            return self.call_own(self.source.functions[name], node)
        values = [self.expression(arg) for arg in node.args]
        if name in ("min", "max") and len(values) == 2:
            return self.smaller(name, values, node)
        if name == "float" or (name == "int" and values[0].kind != FLOAT):
            return self.to(values[0], FLOAT if name == "float" else INT, node)
        if name == "int":
            return self.value(INT, f"fptosi double {values[0].text} to i64")
        if name == "np.uint64" and values[0].kind in (INT, KEY):
            return Value(KEY, values[0].text)
        if name == "np.int64" and values[0].kind in (INT, KEY):
            return Value(INT, values[0].text)
        module, _, function = name.partition(".")
        if name == "abs" and values[0].kind == FLOAT:
            module, function = "math", "fabs"
        if module != "math":
            raise self.refuse(node, "no function that is known")
        return self.mathematics(function, values, node)

    def mathematics(self, name: str, values: Sequence[Value], node: ast.Call) -> Value:
        numbers = [self.to(value, FLOAT, node).text for value in values]
        if name == "isnan":
            return self.value(BOOL, f"fcmp uno double {numbers[0]}, 0.0")
        if name == "floor":
            below = self.value(FLOAT, f"call double @llvm.floor.f64(double {numbers[0]})")
            return self.value(INT, f"fptosi double {below.text} to i64")
        args = ", ".join(f"double {number}" for number in numbers)
        if INTRINSICS.get(name) == len(numbers):
            return self.value(FLOAT, f"call double @llvm.{name}.f64({args})")
        if LIBRARY.get(name) == len(numbers):
            return self.value(FLOAT, f"call double @{name}({args}) nobuiltin")
        raise self.refuse(node, "no function that is known")

    def smaller(self, name: str, values: Sequence[Value], node: ast.Call) -> Value:
        """Of two, the second only if it is strictly smaller, or larger: as Python has it."""
        kind = self.join(values[0].kind, values[1].kind, node)
        a, b = (self.to(value, kind, node) for value in values)
        op = ast.Lt() if name == "min" else ast.Gt()
        second = self.ordered(op, b, a, node)
        text = f"select i1 {second.text}, {kind.llvm} {b.text}, {kind.llvm} {a.text}"
        return self.value(kind, text)

    def call_own(self, signature: Signature, node: ast.Call) -> Value:
        if len(node.args) != len(signature.takes):
            raise self.refuse(node, f"not {len(signature.takes)} arguments")
        args: list[str] = []
        for arg, kind in zip(node.args, signature.takes, strict=True):
            args.append(f"{kind.llvm} {self.to(self.expression(arg), kind, arg).text}")
        call = f"call {signature.returns.llvm} @{signature.node.name}({', '.join(args)})"
        if signature.returns == NONE:
            self.emit(call)
            return Value(NONE, "")
        return self.value(signature.returns, call)


def _float(number: float) -> str:
    """A float64, exactly, as LLVM writes it."""
    return f"0x{np.float64(number).view(np.uint64):016X}"


def _constant(number: Any, refuse: Callable[[], NotCompiled]) -> Value:
    if isinstance(number, bool):
        return Value(BOOL, "true" if number else "false")
    if type(number) is np.uint64:
        return Value(KEY, str(int(number)))
    if isinstance(number, int):
        return Value(INT, str(int(number)))
    if isinstance(number, float):
        return Value(FLOAT, _float(number))
    raise refuse()
