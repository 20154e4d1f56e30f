"""One tree of errors.

    TwinError                 exit code 2: misuse, the input cannot be used as it is
    ├── LayoutError           a layout or asset file cannot be read
    ├── ProgramError          a machine's program cannot be read
    ├── RecordingError        a recording cannot be read
    ├── DeviceError           a live source or its journal cannot be used
    ├── RunError              a simulation cannot be started or finished
    └── FindingsError         exit code 1: well formed, but its meaning is wrong

Each message names the file, the place, what is wrong and what would be right.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class TwinError(Exception):
    """Misuse that a user can mend; its text is fit to be shown as it is."""

    exit_code = 2


class LayoutError(TwinError):
    """A layout or an asset file cannot be read: syntax, shape, unit or number.

    `problems` are its single complaints where there are several: the path in the layout that each
    is about ("machines/saw/at") and its message.
    """

    def __init__(self, message: str, problems: Iterable[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class ProgramError(TwinError):
    """A machine's program cannot be read, or nothing in it can be timed."""


class RecordingError(TwinError):
    """A recording cannot be read: not of its format, empty or cut off."""


class DeviceError(TwinError):
    """A live source cannot be followed, or its journal cannot be written or read."""


class RunError(TwinError):
    """A simulation cannot be started or finished."""


class FindingsError(TwinError):
    """The input is well formed, but its meaning forbids to go on."""

    exit_code = 1


class Cancelled(Exception):
    """A newer question has made this one void; not an error of the user."""


def nearest(name: str, known: Iterable[str]) -> str:
    """A tail for a message about an unknown name: the nearest known one, or all of them."""
    names = sorted(map(str, known))
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f"did you mean {close[0]!r}?"
    if not names:
        return "there are none yet"
    shown = ", ".join(repr(n) for n in names[:12])
    return f"known: {shown}{' ...' if len(names) > 12 else ''}"
