"""Work of one kind in several processes, for what Python computes and SQL cannot."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

Argument = TypeVar("Argument")
Result = TypeVar("Result")

# Each holds the rows of its part in memory.
MOST_PROCESSES = 4


def in_processes(
    function: Callable[[Argument], Result], arguments: Iterable[Argument], parts: int
) -> Iterator[Result]:
    """Apply a function to arguments, a few at a time, in processes of their own.

    Args:
        function: Importable by name, or a `partial` of such a one; it shares nothing.
        arguments: Read one by one, as processes become free.
        parts: How many there are. One alone is computed here: a process takes a second to start.

    Yields:
        What the function gives, in the order of the arguments.

    Raises:
        Exception: What the function raised.
    """
    processes = min(parts, os.cpu_count() or 1, MOST_PROCESSES)
    if processes <= 1:
        yield from map(function, arguments)
        return
    # Begun anew, not forked: a fork would share the open warehouse.
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        under_way: deque[Future[Result]] = deque()
        for argument in arguments:
            under_way.append(pool.submit(function, argument))
            if len(under_way) > processes:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
