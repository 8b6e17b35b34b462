"""What a file of many holds of every assessment of a store, made in several processes.

    Chosen, ... ── a few ──> a process with the store open ──> Made, ...

What is written from it is, byte for byte, what one process alone writes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from procurement_risk.errors import Problem
from procurement_risk.exports import EXPORTS
from procurement_risk.exports.bulk import Chosen, exported
from procurement_risk.exports.export import saying
from procurement_risk.exports.gather import Facts
from procurement_risk.exports.in_processes import in_processes, processes_for
from procurement_risk.exports.leadership import pdf
from procurement_risk.exports.made import Made, make
from procurement_risk.report import PortfolioFacts
from procurement_risk.storage import Store, open_store

AT_ONCE = 10
"""How many assessments a process makes before it gives them back, of what is made of them alone.

Of all else it makes one: a pack may have megabytes.
"""


@dataclass(frozen=True, slots=True)
class Order:
    """What to make: in which format, and what was said to stand in it by whom."""

    url: str
    export: str
    said: Mapping[str, str]
    by: str

    @property
    def is_shared(self) -> bool:
        """Whether its assessments can be made one by one, each by any process."""
        export = EXPORTS[self.export]
        return export.one_each or export.part is not None

    @property
    def at_once(self) -> int:
        """How many a process makes before it gives them back."""
        return 1 if EXPORTS[self.export].wants else AT_ONCE


def made_many(
    order: Order,
    chosen: Sequence[Chosen],
    unread: list[Problem],
    processes: int = 0,
    facts: Facts | None = None,
) -> Iterator[Made]:
    """Yield what the format makes of each of ``chosen``, in their order.

    Args:
        order: The format, and where the assessments are.
        chosen: Which.
        unread: Takes what is wrong with those that can no longer be read.
        processes: In how many; 0 for as many as are worth it.
        facts: Gives what the portfolio says of one. It is asked here, a few ahead, so that no
            process has to know all that is in the portfolio.
    """
    many = order.at_once

    def task(at: int) -> _Task:
        some = chosen[at : at + many]
        return order, some, {each.id: facts(each.id) for each in some} if facts else None

    tasks = map(task, range(0, len(chosen), many))
    for some, faults in in_processes(_made, tasks, processes or processes_for(len(chosen))):
        unread += faults
        yield from some


_Task = tuple[Order, Sequence[Chosen], Mapping[str, PortfolioFacts | None] | None]


def _made(task: _Task) -> tuple[list[Made], list[Problem]]:
    order, chosen, facts = task
    export, unread = EXPORTS[order.export], list[Problem]()
    told = facts.get if facts is not None else None
    read = exported(_store(order.url), chosen, export, faulty=unread, facts=told)
    made = [make(export, each) for each in saying(read, export, order.said, order.by)]
    pdf.forget()
    return made, unread


@cache
def _store(url: str) -> Store:
    """Return the store, opened once a process."""
    return open_store(url)
