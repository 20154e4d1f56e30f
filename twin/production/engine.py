"""The kernel, ready to run: compiled once for this machine, kept, and bound to a world.

`TWIN_INTERPRETED=1` runs the same source as plain Python, slowly: for a debugger, and as a check.
"""

from __future__ import annotations

import ctypes
import functools
import hashlib
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from twin.cache import cache_folder, keep, kept
from twin.production import kernel, native

# What may be called from Python.
DOORS = ("start", "run", "forget", "reseed", "draw", "evaluate")

_lock = threading.Lock()


def interpreted() -> bool:
    """Whether the kernel runs as plain Python."""
    return os.environ.get("TWIN_INTERPRETED", "0") not in ("", "0")


def doors(w: Any) -> SimpleNamespace:
    """The functions that Python may call, for world w: `run(until)` and so on.

    The world has to live as long as they do, and stay where it is.
    """
    if interpreted():
        found = {name: functools.partial(getattr(kernel, name), w) for name in DOORS}
    else:
        address = w.__array_interface__["data"][0]
        with _lock:
            program = _program(len(w["parts"]))
        found = {name: functools.partial(program[name], address) for name in DOORS}
    return SimpleNamespace(world=w, **found)


@functools.cache
def _program(room: int) -> dict[str, Callable[..., Any]]:
    """The doors of machine code for worlds with room for so many parts."""
    import llvmlite.binding as llvm  # deferred: whoever only looks at a recording needs no compiler

    llvm.initialize_native_target()
    llvm.initialize_native_asmprinter()
    library = ctypes.cdll.ucrtbase if sys.platform == "win32" else ctypes.CDLL(None)
    for name in native.LIBRARY:
        at = ctypes.cast(getattr(library, name), ctypes.c_void_p).value
        llvm.add_symbol(name, at)
    host = (llvm.get_host_cpu_name(), llvm.get_host_cpu_features().flatten())
    machine = llvm.Target.from_default_triple().create_target_machine(*host, opt=3, jit=True)
    path = cache_folder("engines") / f"{_key(room, *host)}.o"
    code = kept(path)
    if code is None:
        code = _machine_code(room, machine, llvm)
        keep(path, code)
    loader = llvm.create_mcjit_compiler(llvm.parse_assembly(""), machine)
    loader.add_object_file(llvm.ObjectFileRef.from_data(code))
    loader.finalize_object()
    _loaders.append(loader)
    kinds = native.signatures(kernel, DOORS)
    return {
        name: ctypes.CFUNCTYPE(returns, *takes)(loader.get_function_address(name))
        for name, (takes, returns) in kinds.items()
    }


_loaders: list[Any] = []  # what they have loaded lives as long as they do


def _key(room: int, *host: str) -> str:
    """SHA-256 (hex) of all that the machine code depends on."""
    import llvmlite

    digest = hashlib.sha256(f"{room} {host} {sys.platform} {llvmlite.__version__}".encode())
    for module in (kernel, native):
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()[:32]


def _machine_code(room: int, machine: Any, llvm: Any) -> bytes:
    """The kernel as an object file."""
    unit = llvm.parse_assembly(native.assembly(kernel, kernel.world_type(room), DOORS))
    unit.verify()
    options = llvm.create_pipeline_tuning_options(speed_level=3)
    # Loops go over a handful of rows, where vectors and unrolling only cost room.
    options.loop_unrolling = options.loop_vectorization = options.slp_vectorization = False
    passes = llvm.create_pass_builder(machine, options)
    passes.getModulePassManager().run(unit, passes)
    return machine.emit_object(unit)
