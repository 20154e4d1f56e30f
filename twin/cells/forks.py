"""Work in a process that is forked from this one: a second core for a cell that is judged.

Only where processes may be forked at any time, as in one that was forked itself (process.py).
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable


def forked(work: Callable[[], bytes]) -> Callable[[], bytes | None]:
    """Begins some work in a process of its own; the result waits for what comes of it: None where
    that process has failed, whose errors go to stderr."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.close(reading)
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(work())
            code = 0
        except BaseException:  # whatever it is, this process ends here
            traceback.print_exc()
        finally:
            os._exit(code)
    os.close(writing)

    def outcome() -> bytes | None:
        with os.fdopen(reading, "rb") as pipe:
            content = pipe.read()
        _, status = os.waitpid(pid, 0)
        return content if os.waitstatus_to_exitcode(status) == 0 else None

    return outcome
