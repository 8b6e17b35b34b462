"""Suppliers for one purchase side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from procurement_risk.comparison import smaa
from procurement_risk.comparison.candidates import (
    Candidate,
    Entry,
    decisive_residual,
    dominates,
    index_of,
)
from procurement_risk.comparison.comparable import Apart, left_out_of, sort_entries
from procurement_risk.comparison.differences import Difference, find_differences
from procurement_risk.comparison.firmness import Firmness, firmness_of
from procurement_risk.comparison.ordering import View, ranks_bids
from procurement_risk.comparison.tornado import Tornado, tornado_of
from procurement_risk.errors import UsageError
from procurement_risk.language import _
from procurement_risk.methods.weakest_section import Result

MOST_COMPARED = 6


# Compared by identity: what takes long is worked out once, when it is first asked for.
@dataclass(frozen=True, kw_only=True, eq=False)
class Comparison:
    """Assessments of suppliers for one purchase, side by side.

    Attributes:
        candidates: Those that can be compared, the lowest G first.
        weights: The weight of each scored decisive section; they sum to one.
        stopped: Those with a stop that has fired, which are never ordered.
        apart: Those that cannot be compared with the candidates.
        seed: What the random numbers start from.
        view: Whether what may not rank bids is left out where the law says so.
    """

    candidates: tuple[Candidate, ...]
    weights: Mapping[str, Fraction]
    stopped: tuple[tuple[Entry, Result], ...]
    apart: tuple[Apart, ...]
    seed: int
    view: View = "order"

    @property
    def ranks_bids(self) -> bool:
        """Whether only what may rank bids may order these, whatever the view shows."""
        return any(ranks_bids(c.result.framework, c.assessment) for c in self.candidates)

    @property
    def draws_open_answers(self) -> bool:
        """Whether the method draws the open answers together with the weights."""
        return any(c.result.framework.method_version > 1 for c in self.candidates)

    @property
    def is_possible(self) -> bool:
        """Whether there are two or more to compare."""
        return len(self.candidates) > 1

    @cached_property
    def firmness(self) -> Firmness:
        """How firm the order is. There have to be two candidates."""
        return firmness_of(self.candidates, self.weights, self.seed)

    @cached_property
    def tornado(self) -> Tornado:
        """What moves the lead. There have to be two candidates."""
        return tornado_of(self.candidates, self.weights)

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """The questions on which the candidates differ, the widest effect first."""
        return find_differences(self.candidates, self.weights)

    @property
    def not_for_ranking(self) -> tuple[Difference, ...]:
        """The differences that rest on questions which may not rank bidders."""
        return tuple(each for each in self.differences if each.is_not_for_ranking)

    @property
    def may_turn(self) -> tuple[Candidate, ...]:
        """The candidates that the open answers could still put level with the leader."""
        leader, *others = self.candidates
        return tuple(
            other
            for other in others
            if other.index.low <= leader.index.high
            and any(index.low != index.high for index in (leader.index, other.index))
        )

    def dominated(self, candidate: Candidate, *, surely: bool) -> tuple[Candidate, ...]:
        """Return the candidates than which ``candidate`` is nowhere better and somewhere worse.

        ``surely``: however the open answers come out.
        """
        return tuple(
            other
            for other in self.candidates
            if other is not candidate and dominates(other, candidate, surely=surely)
        )


def compare(
    entries: Iterable[Entry],
    weights: Mapping[str, Fraction] | None = None,
    seed: int = smaa.SEED,
    view: View = "order",
) -> Comparison:
    """Return ``entries`` compared: assessments of several suppliers for one purchase.

    Args:
        entries: Each assessment once.
        weights: How much each decisive section counts, as any numbers above nought; equally much
            where left out. They are policy, and never change the section scores.
        seed: What the random numbers start from.
        view: ``full`` to order by everything even where it may not rank bids.

    Raises:
        UsageError: If one assessment comes twice, more than six can be compared, or a weight is
            missing or not above nought.
    """
    found = tuple(entries)
    _refuse_twice(found)
    parts = sort_entries(found, view)
    if len(parts.comparable) > MOST_COMPARED:
        words = _(
            "At most {most} assessments can be compared at once; here are {n}. Leave some out."
        )
        raise UsageError(words.format(most=MOST_COMPARED, n=len(parts.comparable)))
    residuals = [decisive_residual(r, left_out_of(e, view)) for e, r in parts.comparable]
    shares = _normalised(list(residuals[0]) if residuals else [], weights)
    labels = labels_of([entry for entry, __ in parts.comparable])
    candidates = [
        Candidate(
            label=labels[entry.assessment.id],
            assessment=entry.assessment,
            result=result,
            residual=residual,
            index=index_of(residual, shares),
            left_out=left_out_of(entry, view),
        )
        for (entry, result), residual in zip(parts.comparable, residuals, strict=True)
    ]
    candidates.sort(key=lambda each: (each.index.central, each.label, each.id))
    return Comparison(
        candidates=tuple(candidates),
        weights=shares,
        stopped=parts.stopped,
        apart=parts.apart,
        seed=seed,
        view=view,
    )


def _refuse_twice(entries: Sequence[Entry]) -> None:
    counts = Counter(entry.assessment.id for entry in entries)
    twice = [name for name, count in counts.items() if count > 1]
    if twice:
        words = _("Each assessment can be compared once. Twice or more: {names}.")
        raise UsageError(words.format(names=", ".join(twice)))


def _normalised(
    sections: Sequence[str], weights: Mapping[str, Fraction] | None
) -> dict[str, Fraction]:
    given = {name: Fraction(1) for name in sections} if weights is None else weights
    missing = [name for name in sections if given.get(name, 0) <= 0]
    if missing:
        words = _("Give a weight above nought for each of: {names}.")
        raise UsageError(words.format(names=", ".join(missing)))
    total = sum(given[name] for name in sections)
    return {name: Fraction(given[name]) / total for name in sections}


def labels_of(entries: Sequence[Entry]) -> dict[str, str]:
    """Return a name for each assessment, no two alike: its supplier's, and more where needed."""
    found = [entry.assessment for entry in entries]
    labels = {each.id: each.supplier.name for each in found}
    for more in ({each.id: each.answer_set.as_of for each in found}, {e.id: e.id for e in found}):
        counts = Counter(labels.values())
        labels = {
            name: f"{label} ({more[name]})" if counts[label] > 1 else label
            for name, label in labels.items()
        }
    return labels
