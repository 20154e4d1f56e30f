"""Xacro to URDF, by the xacro library, with its expressions held to arithmetic.

The library works out `${...}` with Python's own eval behind a look at names, which a generator's
frame gets past. Here each expression has to be arithmetic first: numbers, names, comparisons,
indices, and calls of a short list of functions. `$(...)` knows `arg`, `find` and `cwd` only, and no
file is opened outside the folders of the robot. What runs without end is the business of whoever
asks: this is done in a process of its own.
"""

from __future__ import annotations

import ast
import contextlib
import io
import re
import xml.parsers.expat
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import xacro

from twin.cells.gate.source import Source
from twin.errors import LayoutError

_NAMES = (
    "sin cos tan asin acos atan atan2 sqrt radians degrees pow abs min max round floor ceil "
    "int float str len bool load_yaml"
)
FUNCTIONS = frozenset(_NAMES.split())
MODULES = frozenset(("math", "python", "xacro"))  # in which those functions may be named
LONGEST = 2_000  # characters of an expression
_PLAIN = (
    ast.Expression, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Constant,
    ast.Subscript, ast.Slice, ast.List, ast.Tuple, ast.Dict, ast.Load, ast.operator, ast.unaryop,
    ast.boolop, ast.cmpop,
)  # fmt: skip


def expanded(source: Source, arguments: Mapping[str, str] | None = None) -> str:
    """The URDF that a xacro file says. Raises LayoutError with the file and what is wrong."""
    kept = xacro.safe_eval, xacro.eval_extension, xacro.abs_filename_spec, xacro.parse
    heard = io.StringIO()
    xacro.safe_eval = _arithmetic
    xacro.eval_extension = lambda text: _substituted(text, source)
    xacro.abs_filename_spec = lambda name: _within(kept[2](name), source)
    xacro.parse = lambda given, name=None: kept[3](given if given else _read(name), name)
    try:
        with contextlib.redirect_stderr(heard), contextlib.redirect_stdout(heard):
            found: Any = xacro.process_file(
                str(source.root), mappings=dict(arguments or {}), verbosity=0
            )
    except LayoutError:
        raise
    except RecursionError:
        raise LayoutError(f"{source.root}: its macros call each other without end") from None
    except (xacro.XacroException, xml.parsers.expat.ExpatError, OSError, NameError, KeyError,
            ValueError, TypeError, IndexError, AttributeError, ZeroDivisionError, OverflowError,
            SyntaxError) as error:  # fmt: skip
        raise LayoutError(f"{source.root}: cannot be expanded: {error}") from error
    finally:
        xacro.safe_eval, xacro.eval_extension, xacro.abs_filename_spec, xacro.parse = kept
    return str(found.toxml())


def _read(name: Any) -> str:
    text = Path(name).read_text("utf-8")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise LayoutError(f"{name}: a xacro file needs no DOCTYPE and no entities; remove them")
    return text


def _within(name: str, source: Source) -> str:
    if not source.holds(Path(name)):
        raise LayoutError(f"{source.root}: {name} lies outside the robot's folders")
    return name


def _substituted(text: str, source: Source) -> str:
    """What `$(...)` stands for."""
    word = re.fullmatch(r"\$\(\s*(\w+)(?:\s+([^()]*?))?\s*\)", text)
    verb, rest = word.groups() if word else ("", "")
    if verb == "arg" and rest:
        known = xacro.substitution_args_context.get("arg", {})
        if rest not in known:
            raise LayoutError(f"{source.root}: {text}: no argument of that name has a value")
        return str(known[rest])
    if verb == "find" and rest:
        if rest not in source.packages:
            known = ", ".join(sorted(source.packages)) or "none"
            raise LayoutError(
                f"{source.root}: {text}: package {rest!r} is not known; known are: {known}; name "
                f"its folder with --package {rest}=FOLDER"
            )
        return str(source.packages[rest])
    if verb == "cwd" and not rest:
        return str(source.root.parent)
    raise LayoutError(f"{source.root}: {text}: only $(arg NAME), $(find PACKAGE) are worked out")


def _arithmetic(text: str, symbols: Any, local: Any = None) -> Any:
    """The value of an expression that is arithmetic. Raises LayoutError where it is more."""
    if len(text) > LONGEST:
        raise LayoutError(f"an expression of {len(text)} characters: {text[:60]!r}...")
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError) as error:
        raise LayoutError(f"expression {text!r}: {error}") from None
    for node in ast.walk(tree):
        if not _is_plain(node):
            raise LayoutError(
                f"expression {text!r}: is more than arithmetic; known are numbers, names, "
                f"comparisons, [...] and {', '.join(sorted(FUNCTIONS))}"
            )
    symbols.update(__builtins__={})
    return eval(compile(tree, "<expression>", "eval"), symbols, local)


def _is_plain(node: ast.AST) -> bool:
    if isinstance(node, ast.Name):
        return not node.id.startswith("_")
    if isinstance(node, ast.Attribute):  # of what yaml files hold, or of one of the modules
        inner = node.value
        while isinstance(inner, ast.Attribute | ast.Subscript):
            inner = inner.value
        told = node.attr.startswith("_") or node.attr in ("format", "format_map")
        return not told and isinstance(inner, ast.Name | ast.Call)
    if isinstance(node, ast.Call):
        named = node.func
        if isinstance(named, ast.Attribute):
            module = named.value
            known = isinstance(module, ast.Name) and module.id in MODULES
            return known and named.attr in FUNCTIONS and not node.keywords
        return isinstance(named, ast.Name) and named.id in FUNCTIONS and not node.keywords
    return isinstance(node, _PLAIN)
