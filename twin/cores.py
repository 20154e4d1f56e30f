"""Work on all cores that ends early once nobody waits for it any more."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TypeVar

from twin.errors import Cancelled

PULSE = 0.1  # s between two looks at whether to go on

Item = TypeVar("Item")
Result = TypeVar("Result")


def on_all_cores(
    work: Callable[[Item, threading.Event], Result],
    items: Iterable[Item],
    cancelled: threading.Event | None = None,
) -> list[Result]:
    """`work(item, ended)` of each item, in their order, in as many threads as there are cores.

    `ended` is set as soon as the results are of no use: `cancelled` was set, an item failed, Ctrl-C
    was pressed. Long work looks at it and raises Cancelled. Raises what the first item that failed
    has raised, in their order, or Cancelled.
    """
    ended = threading.Event()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        futures = [pool.submit(work, item, ended) for item in items]
        try:
            return [_result(future, cancelled) for future in futures]
        except BaseException:
            ended.set()
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _result(future: Future[Result], cancelled: threading.Event | None) -> Result:
    """What comes of a future. It waits in pieces: on Windows, no Ctrl-C breaks off a wait."""
    while True:
        if cancelled is not None and cancelled.is_set():
            raise Cancelled
        wait((future,), PULSE)
        if future.done():
            return future.result()
