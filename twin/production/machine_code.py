"""The kernel, ready to run: compiled once for this machine, kept, and bound to a world.

Compiling takes some seconds, in a thread of its own: whoever waits for it can tell how far it is
and still hears Ctrl-C. `prepare` begins it before it is needed.

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
from time import monotonic
from types import SimpleNamespace
from typing import Any

from twin.cache import cache_folder, keep, kept
from twin.cores import PULSE
from twin.errors import Cancelled
from twin.production import kernel, native

# What may be called from Python.
DOORS = ("start", "run", "forget", "reseed", "draw", "evaluate")
# How long each stage takes, as a share of the first compilation.
STAGES = {"translating": 0.06, "optimising": 0.72, "writing machine code": 0.22}
COMPILING = "Compiling the engine, once on this machine"

Program = dict[str, Callable[..., Any]]
Told = Callable[[str, float], None]  # the stage of compiling, and how far all of it is (0..1)

_lock = threading.Lock()


def interpreted() -> bool:
    """Whether the kernel runs as plain Python."""
    return os.environ.get("TWIN_INTERPRETED", "0") not in ("", "0")


def begin(announce: Callable[[], None] = lambda: None) -> None:
    """Load what is kept of the kernel, or compile it, in the background.

    `announce` is called where it has to be compiled, from another thread.
    """
    if not interpreted():
        _compiler(_room(kernel.world_type()), announce)


def prepare(told: Told | None = None, cancelled: threading.Event | None = None) -> None:
    """Wait until the kernel is ready to run. `told` is called only while it is compiled.

    Raises Cancelled once `cancelled` is set; compiling goes on, as it is needed soon.
    """
    if not interpreted():
        _compiler(_room(kernel.world_type())).wait(told, cancelled)


def is_compiling() -> bool:
    """Whether the kernel is being compiled in this process."""
    return any(compiler.is_alive() for compiler in list(_compilers.values()))


def doors(w: Any) -> SimpleNamespace:
    """The functions that Python may call, for world w: `run(until)` and so on.

    The world has to stay where it is; it lives as long as any of them.
    """
    if interpreted():
        found = {name: functools.partial(getattr(kernel, name), w) for name in DOORS}
    else:
        address = w.__array_interface__["data"][0]
        program = _compiler(len(w["parts"])).wait()
        found = {name: functools.partial(_enter, w, program[name], address) for name in DOORS}
    return SimpleNamespace(**found)


def _enter(world: Any, door: Callable[..., Any], address: int, *arguments: Any) -> Any:
    """Call machine code; whoever holds the call holds the world that is at the address."""
    return door(address, *arguments)


def _room(world: Any) -> int:
    return world["parts"].shape[0]


def _compiler(room: int, announce: Callable[[], None] = lambda: None) -> _Compiler:
    """The one that makes, or has made, the program for worlds with room for so many parts."""
    with _lock:
        compiler = _compilers.get(room)
        if compiler is None or compiler.error is not None:
            compiler = _compilers[room] = _Compiler(room, announce)
            compiler.start()
        return compiler


class _Compiler(threading.Thread):
    """Makes the doors of machine code for worlds with room for so many parts."""

    def __init__(self, room: int, announce: Callable[[], None]) -> None:
        super().__init__(name="compiler", daemon=False)  # a program that ends lets it be kept
        self.room = room
        self.announce = announce
        self.stage = ""  # empty while it is not known whether it is kept
        self.program: Program = {}
        self.error: BaseException | None = None
        self._begun: dict[str, float] = {}

    def run(self) -> None:
        try:
            self.program = _program(self.room, self._enter)
        except BaseException as error:  # raised where the program is waited for
            self.error = error

    def _enter(self, stage: str) -> None:
        if not self.stage:
            self.announce()
        self._begun[stage] = monotonic()
        self.stage = stage

    def wait(self, told: Told | None = None, cancelled: threading.Event | None = None) -> Program:
        """The program, once it is made; as `prepare`."""
        while self.is_alive():
            if cancelled is not None and cancelled.is_set():
                raise Cancelled
            if told is not None and self.stage:
                told(self.stage, self.share())
            self.join(PULSE)
        if self.error is not None:
            raise self.error
        return self.program

    def share(self) -> float:
        """How far compiling is (0..1): LLVM does not say, but the first stage has shown how fast
        this machine is."""
        begun, stage = self._begun, self.stage
        names = list(STAGES)
        before = sum(STAGES[name] for name in names[: names.index(stage)])
        if stage == names[0]:
            return before
        whole = (begun[names[1]] - begun[names[0]]) / STAGES[names[0]]
        return before + min((monotonic() - begun[stage]) / whole, STAGES[stage])


_compilers: dict[int, _Compiler] = {}


def _program(room: int, enter: Callable[[str], None]) -> Program:
    """The doors of machine code for worlds with room for so many parts; `enter` hears the stages
    of compiling, where that is not kept."""
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
        code = _machine_code(room, machine, llvm, enter)
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
    for source in (kernel.__file__, native.__file__, __file__):
        digest.update(Path(str(source)).read_bytes())
    return digest.hexdigest()[:32]


def _machine_code(room: int, machine: Any, llvm: Any, enter: Callable[[str], None]) -> bytes:
    """The kernel as an object file."""
    translating, optimising, writing = STAGES
    enter(translating)
    unit = llvm.parse_assembly(native.assembly(kernel, kernel.world_type(room), DOORS))
    unit.verify()
    enter(optimising)
    options = llvm.create_pipeline_tuning_options(speed_level=3)
    # Loops go over a handful of rows, where vectors and unrolling only cost room.
    options.loop_unrolling = options.loop_vectorization = options.slp_vectorization = False
    passes = llvm.create_pass_builder(machine, options)
    passes.getModulePassManager().run(unit, passes)
    enter(writing)
    return machine.emit_object(unit)
