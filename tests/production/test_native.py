"""The compiler of the kernel: what it makes of its small part of Python does as Python does."""

from __future__ import annotations

import ctypes
import importlib.util
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import llvmlite.binding as llvm
import numpy as np
import pytest

from twin.production import native

HEAD = """
import math
from typing import Any
import numpy as np
World = Any
Key = np.uint64
MANY = 5
STEP = np.uint64(0x9E3779B97F4A7C15)
"""
ROW = np.dtype([("n", "i8"), ("x", "f8"), ("small", "i2"), ("inner", "f8", (3,))], align=True)
WORLD = np.dtype([("count", "i8"), ("rows", ROW, (7,)), ("key", "u8")], align=True)


def module_of(folder: Path, source: str) -> ModuleType:
    path = folder / "written.py"
    path.write_text(HEAD + source)
    spec = importlib.util.spec_from_file_location("written", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compiled(module: ModuleType, door: str) -> Callable[..., Any]:
    """A function of a module as machine code."""
    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    unit = llvm.parse_assembly(native.assembly(module, WORLD, [door]))
    unit.verify()
    machine = llvm.Target.from_default_triple().create_target_machine(opt=3, jit=True)
    loader = llvm.create_mcjit_compiler(unit, machine)
    loader.finalize_object()
    takes, returns = native.signatures(module, [door])[door]
    function = ctypes.CFUNCTYPE(returns, *takes)(loader.get_function_address(door))
    function.loader = loader  # type: ignore[attr-defined]  # lives as long as the function
    return function


def world() -> Any:
    return np.zeros(1, WORLD).view(np.recarray)[0]


def address(w: Any) -> int:
    return w.__array_interface__["data"][0]


NUMBERS = [-9, -7, -2, -1, 0, 1, 2, 3, 8]


@pytest.mark.parametrize(
    "text",
    [
        "a // b if b != 0 else 0",
        "a % b if b != 0 else 0",
        "a // 4 + a % 4",
        "(a << 3) ^ (b & 6) | (a >> 1)",
        "min(a, b) * 10 + max(a, b)",
        "1 if 0 <= a < b else (2 if a == b or b > 3 and not a < 0 else 3)",
        "-a + ~b + abs(float(a)) * 2",
        "int(a / 2) if a in (1, 2, -7) else a - b",
        "int(float(a) / MANY * 3.5)",
        "float(math.floor(a / 4)) + (0.5 if a > b else 1)",
    ],
)
def test_expressions_give_what_python_gives(tmp_path: Path, text: str) -> None:
    source = f"def f(a: int, b: int) -> float:\n    x = 0.0\n    x += {text}\n    return x\n"
    module = module_of(tmp_path, source)
    function = compiled(module, "f")
    for a in NUMBERS:
        for b in NUMBERS:
            assert function(a, b) == module.f(a, b), (a, b)


LOOPS = """
def pair(a: int, b: int) -> tuple[int, int]:
    if a > b:
        return b, a
    return a, b

def f(w: World, a: int, b: int) -> int:
    total = 0
    for k in range(a, b, 1):
        if k == 3:
            continue
        if k > 6:
            break
        total += k * MANY
        k = 100
    for _ in range(b):
        total += 1
    for k in range(5, a, -2):
        total += k
    low, high = pair(a, b)
    w.rows[2].n, w.count = pair(high, low)
    while low < high:
        low += 2
        row = w.rows[low % 7]
        row.n += low
        row.x = row.n / 2
        row.small = low
        row.inner[1] -= row.x
        if row.small == 7 or (row.n > 40 and not row.x < 3):
            break
    return total + w.rows.shape[0]
"""


@pytest.mark.parametrize("a", [-3, 0, 2, 4])
@pytest.mark.parametrize("b", [-2, 0, 5, 9])
def test_loops_and_rows_do_what_python_does(tmp_path: Path, a: int, b: int) -> None:
    module = module_of(tmp_path, LOOPS)
    ours, theirs = world(), world()
    assert compiled(module, "f")(address(ours), a, b) == module.f(theirs, a, b)
    assert ours.tobytes() == theirs.tobytes()


def test_keys_wrap_around(tmp_path: Path) -> None:
    source = (
        "def f(key: Key, k: int) -> Key:\n"
        "    key = (key ^ (key >> np.uint64(30))) * STEP\n"
        "    return key + np.uint64(k) * STEP if k > 0 else key\n"
    )
    module = module_of(tmp_path, source)
    function = compiled(module, "f")
    with np.errstate(over="ignore"):
        for k in (0, 1, 77):
            key = np.uint64(0xFEDCBA9876543210)
            assert function(int(key), k) == int(module.f(key, k))


def test_only_the_chosen_side_is_worked_out(tmp_path: Path) -> None:
    source = (
        "def noted(w: World) -> bool:\n"
        "    w.count += 1\n"
        "    return True\n"
        "def f(w: World, a: int) -> int:\n"
        "    both = a > 0 and noted(w)\n"
        "    one = a > 0 or noted(w)\n"
        "    return (1 if noted(w) else 2) if both and one else 7\n"
    )
    module = module_of(tmp_path, source)
    for a in (-1, 1):
        ours, theirs = world(), world()
        assert compiled(module, "f")(address(ours), a) == module.f(theirs, a)
        assert ours.count == theirs.count


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("    return [a]", "no expression that is understood: [a]"),
        ("    return unknown", "a name that is not set before: unknown"),
        ("    return w.nothing", "World has no nothing: w.nothing"),
        ("    return w.rows[0]", "row where int is needed"),
        ("    return 1.5", "float where int is needed"),
        ("    w.rows[a] = 1\n    return 0", "a whole row or table is set"),
        ("    a = w\n    return 0", "int beside World"),
        ("    for k in (1, 2):\n        a += k\n    return a", "something else than range"),
        ("    return f(w)", "not 2 arguments: f(w)"),
        ("    return f(w, a=1)", "an argument by name"),
        ("    return a + w.key", "int beside Key"),
        ("    with a:\n        pass\n    return 0", "no statement that is understood"),
        ("    return math.sin(1.0)", "no function that is known: math.sin(1.0)"),
    ],
)
def test_what_is_not_understood_is_told_with_its_line(tmp_path: Path, body: str, why: str) -> None:
    module = module_of(tmp_path, f"def f(w: World, a: int) -> int:\n{body}\n")
    with pytest.raises(native.NotCompiled) as refused:
        native.assembly(module, WORLD, ["f"])
    assert why in str(refused.value)
    assert f"{module.__file__}:1" in str(refused.value)


def test_a_door_that_says_no_kinds_is_told(tmp_path: Path) -> None:
    module = module_of(tmp_path, "def f(w, a):\n    return a\n")
    with pytest.raises(native.NotCompiled, match="f is no function with kinds"):
        native.assembly(module, WORLD, ["f"])
