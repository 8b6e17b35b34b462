"""Work shared among two processes, where there are two processors, in the order asked for.

Only a few tasks are on their way at any moment, so memory does not grow with their number. A
process begins with nothing of ours but the imports, the environment and the language.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from ctypes import CDLL
from functools import cache
from itertools import islice
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.context import BaseContext
from typing import TypeVar

from procurement_risk.errors import ProcurementRiskError
from procurement_risk.language import _, current, use

Task = TypeVar("Task")
Result = TypeVar("Result")

MOST = 2
"""More would take more than 300 MiB together, and keep others from a server's processors."""
WORTH_IT = 20
"""Fewer tasks than this a process are done sooner than it has started."""


def processes_for(tasks: int) -> int:
    """Return in how many processes to do so many tasks; 1 where one alone is best."""
    return max(1, min(_processors(), MOST, tasks // WORTH_IT))


def in_processes(
    work: Callable[[Task], Result], tasks: Iterable[Task], processes: int
) -> Iterator[Result]:
    """Yield what ``work`` gives for each of ``tasks``, in their order.

    Args:
        work: A function of a module, which may raise ``ProcurementRiskError``.
        tasks: Each is sent to a process, as its result is sent back.
        processes: How many; 1 does all of it here.

    Raises:
        ProcurementRiskError: If ``work`` raises one, or a process ends before its time.
    """
    if processes == 1:
        yield from map(work, tasks)
        return
    remaining, waiting = iter(tasks), deque[Future[Result | _Refused]]()
    pool = ProcessPoolExecutor(processes, _context(), _begin, (dict(os.environ), current()))
    try:
        for task in islice(remaining, 2 * processes):
            waiting.append(pool.submit(_done, work, task))
        while waiting:
            result = waiting.popleft().result()
            if isinstance(result, _Refused):
                raise ProcurementRiskError(result.why)
            for task in islice(remaining, 1):
                waiting.append(pool.submit(_done, work, task))
            yield result
    except BrokenProcessPool as error:
        message = _(
            "One of the processes that share the work ended before its time, perhaps for want of "
            "memory. Nothing was written. Try again with fewer assessments."
        )
        raise ProcurementRiskError(message) from error
    finally:
        pool.shutdown(cancel_futures=True)


class _Refused:
    """Why a task cannot be done: errors of ours do not all travel between processes."""

    def __init__(self, why: str) -> None:
        self.why = why


def _done(work: Callable[[Task], Result], task: Task) -> Result | _Refused:
    try:
        return work(task)
    except ProcurementRiskError as error:
        return _Refused(str(error))
    finally:
        _trim()()


@cache
def _trim() -> Callable[[], object]:
    """Return what gives memory that is free back to the system, where the C library has that.

    It keeps what a large task took, which nobody else can use until the process ends.
    """
    try:
        give_back = CDLL(None).malloc_trim
    except (AttributeError, OSError, TypeError):
        return lambda: None
    return lambda: give_back(0)


def _context() -> BaseContext:
    """Return how processes start: forks of one that has only imported, where there are any.

    A fork of this process would have its threads' locks and its connections.
    """
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(["procurement_risk.exports.before_forks"])
    return context


def _begin(environment: dict[str, str], language: str) -> None:
    os.environ.clear()
    os.environ.update(environment)
    use(language)


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
