"""What figures are measured with: this Python and how it was built, and who is compared."""

from __future__ import annotations

import platform
import sysconfig
from importlib.metadata import PackageNotFoundError, version

COMPARED = ("simpy", "cimba", "llvmlite", "numpy")
# How CPython's own `configure` is told, and what it means.
BUILT_WITH = {"--enable-optimizations": "PGO", "--with-lto": "LTO"}


def built(options: str | None) -> str:
    """How a Python was built, from the options of its `configure`; None where they are not known.

    It matters to a peer that is pure Python, and not to what is compiled.
    """
    if options is None:
        return "build not known"
    said = {name: option in options for option, name in BUILT_WITH.items()}
    return "built " + ", ".join(f"{'with' if on else 'without'} {n}" for n, on in said.items())


def versions() -> str:
    """One line: Python, how it was built, and the versions of what is compared."""
    found = []
    for name in COMPARED:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"no {name}")
    how = built(sysconfig.get_config_var("CONFIG_ARGS"))
    python = f"{platform.python_implementation()} {platform.python_version()} ({how})"
    return ", ".join([python, *found])
