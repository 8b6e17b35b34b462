"""Which assessments can be compared, and why the others cannot.

Comparable are those of the same purchase, framework version, pack, gate and scored sections.
Those with a stop that has fired stand apart, and so do all others, each with its reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from procurement_risk.assessment.standing import Look, look_of, standing
from procurement_risk.canonical import digest_of
from procurement_risk.comparison.candidates import Entry, decisive_residual
from procurement_risk.comparison.ordering import View, left_out
from procurement_risk.framework import Framework
from procurement_risk.methods.weakest_section import Result

Reason = Literal[
    "foreign",
    "method",
    "subject",
    "unscored",
    "none_ranks",
    "purchase",
    "framework",
    "pack",
    "gate",
    "sections",
]
_KEYS: tuple[Reason, ...] = ("purchase", "framework", "pack", "gate", "sections")

Key = tuple[str, str, str, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """An assessment that cannot be compared with the others, and in what it differs.

    Attributes:
        sections: The ids of the sections that would order it.
    """

    entry: Entry
    reason: Reason
    sections: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """Assessments by whether they can be compared, each in the order it came in."""

    comparable: tuple[tuple[Entry, Result], ...]
    stopped: tuple[tuple[Entry, Result], ...]
    apart: tuple[Apart, ...]


def sort_entries(entries: Iterable[Entry], view: View = "order") -> Sorted:
    """Return ``entries`` by whether they can be compared.

    The largest set that can be compared among itself is; of several as large, the one scored as
    of the latest day, then the first.
    """
    stopped, apart, groups = [], [], dict[Key, list[tuple[Entry, Result]]]()
    digests: dict[Framework, str] = {}
    for entry in entries:
        result = entry.outcome
        reason = _unfit(entry, view)
        if not isinstance(result, Result) or reason:
            apart.append(Apart(entry=entry, reason=reason or "method"))
        elif result.red_flags.stops_fired:
            stopped.append((entry, result))
        else:
            groups.setdefault(_key(entry, result, digests, view), []).append((entry, result))
    chosen: Key | None = max(groups, key=lambda key: _size(groups[key]), default=None)
    for key, others in groups.items():
        if chosen is not None and key != chosen:
            differs: Reason = next(
                name for name, a, b in zip(_KEYS, key, chosen, strict=True) if a != b
            )
            apart += [Apart(entry=e, reason=differs, sections=key[-1]) for e, __ in others]
    return Sorted(
        comparable=tuple(groups[chosen]) if chosen is not None else (),
        stopped=tuple(stopped),
        apart=tuple(apart),
    )


def counting(entries: Iterable[Entry], supplier_of: Mapping[str, str]) -> list[str]:
    """Return the ids of ``entries`` that count now, one a supplier: see ``assessment.standing``.

    Args:
        entries: Assessments of one purchase.
        supplier_of: The id of the supplier of each, by the assessment's id.
    """
    by_supplier: dict[str, list[Entry]] = {}
    for entry in entries:
        name = entry.assessment.id
        by_supplier.setdefault(supplier_of.get(name) or name, []).append(entry)
    return [standing(each, _look).assessment.id for each in by_supplier.values()]


def _look(entry: Entry) -> Look:
    return look_of(entry.assessment, foreign=entry.foreign)


def _unfit(entry: Entry, view: View) -> Reason | None:
    if entry.foreign:
        return "foreign"
    if entry.framework.subject != "purchase":
        return "subject"
    if not isinstance(entry.outcome, Result):
        return "method"
    # A stop counts whatever is scored.
    orders = decisive_residual(entry.outcome, left_out_of(entry, view))
    if orders or entry.outcome.red_flags.stops_fired:
        return None
    return "none_ranks" if decisive_residual(entry.outcome) else "unscored"


def left_out_of(entry: Entry, view: View) -> frozenset[str]:
    """Return the ids of the questions of an entry that do not order."""
    return left_out(entry.framework, entry.assessment, view)


def _key(entry: Entry, result: Result, digests: dict[Framework, str], view: View) -> Key:
    framework = entry.framework
    if framework not in digests:
        digests[framework] = digest_of(dict(framework.document))
    gate = framework.gate(result.answer_set.gate)
    return (
        entry.assessment.purchase.id,
        digests[framework],
        result.answer_set.pack,
        gate.id if gate else "",
        tuple(decisive_residual(result, left_out_of(entry, view))),
    )


def _size(group: Sequence[tuple[Entry, Result]]) -> tuple[int, str]:
    return len(group), max(entry.assessment.answer_set.as_of for entry, __ in group)
