"""What if something underneath goes, costs twice as much, or moves its data: nothing is guessed.

    items, a kind and a name, a happening, a day ─> what_if ─> a line each, and what they come to

Only what is on file counts. What is not known is counted apart and is in no sum.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from procurement_risk.framework import Framework, Option
from procurement_risk.portfolio.concentration import Concentration, Group
from procurement_risk.portfolio.exits import Bound, Exit, Mark, bound_of
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.totals import by_value

Happening = Literal["withdrawn", "price", "location"]
Stands = Literal["holds", "fails", "not_known"]

HAPPENINGS: tuple[Happening, ...] = ("withdrawn", "price", "location")
ASKED: dict[Happening, Mark] = {
    "withdrawn": "substitute",
    "price": "prices",
    "location": "location",
}
"""The questions that say what a happening would do, by their mark."""

MARKS: tuple[Mark, ...] = ("leaving", "plan", "watched")
"""What matters whatever happens."""

DAYS_OF_YEAR = Fraction(1461, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Affected:
    """One purchase that it would touch.

    Attributes:
        item: The purchase.
        stands: ``holds`` where the best answer on file says so; ``fails`` with any other answer.
        answers: How each mark is answered: the worst where several questions have it; None where
            it is not known.
        annual: Whole pounds a year: the committed value over the contract's years; None where
            the value or a date is not known.
        bound: What leaving takes at most, as far as its answer says; or None.
        exit_day: The next day on which the contract may be left or ends, or empty.
        agreed: Clauses about these questions that are agreed or verified.
    """

    item: PortfolioItem
    stands: Stands
    answers: dict[Mark, Option | None]
    annual: int | None
    bound: Bound | None
    exit_day: str
    agreed: tuple[str, ...]

    @property
    def is_live(self) -> bool:
        """Whether it is a service that runs."""
        return self.item.state == "live"

    @property
    def cost(self) -> int | None:
        """Whole pounds that leaving costs at most; None where not known."""
        if self.bound is None or self.annual is None:
            return None
        return -(-self.annual * self.bound.per_cent // 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What would happen, in order of what is paid.

    Attributes:
        group: What goes.
        happening: What happens to it.
        affected: Every purchase that rests on it.
    """

    group: Group
    happening: Happening
    affected: tuple[Affected, ...]

    def of(self, stands: Stands, *, live: bool | None = None) -> tuple[Affected, ...]:
        """Return those that stand so; only services that run, or only the others, if asked."""
        return tuple(
            each
            for each in self.affected
            if each.stands == stands and live in (None, each.is_live)
        )

    @property
    def without_plan(self) -> tuple[Affected, ...]:
        """Those whose answer says that there is no exit plan, or a clause only."""
        return tuple(each for each in self.affected if _lacks_plan(each))

    @property
    def plan_not_known(self) -> tuple[Affected, ...]:
        """Those of which nobody said whether there is a plan."""
        return tuple(each for each in self.affected if each.answers["plan"] is None)


def group_named(found: Concentration, name: str) -> Group | None:
    """Return the group of that name, or None where there is none."""
    return next((group for group in found.groups if group.name == name), None)


def what_if(group: Group, happening: Happening, day: str) -> WhatIf:
    """Return what would happen to the purchases that rest on ``group``, seen from ``day``."""
    affected = tuple(_affected(item, happening, day) for item in sorted(group.items, key=by_value))
    return WhatIf(group=group, happening=happening, affected=affected)


def _affected(item: PortfolioItem, happening: Happening, day: str) -> Affected:
    wanted = (ASKED[happening], *MARKS)
    answers = {mark: _worst(item, mark) for mark in wanted}
    leaving = _worst_exit(item, "leaving")
    about = {each.question for each in item.exits if each.mark in wanted}
    return Affected(
        item=item,
        stands=_stands(answers[ASKED[happening]], item, ASKED[happening]),
        answers=answers,
        annual=annual(item),
        bound=bound_of(item.framework, leaving.question, leaving.option) if leaving else None,
        exit_day=min((each for each in _exit_days(item) if each >= day), default=""),
        agreed=tuple(
            dict.fromkeys(
                heading
                for each in item.conditions
                if each.question in about and each.status in ("agreed", "verified")
                for heading in _headings(item.framework, each.question, each.clause)
            )
        ),
    )


def _stands(answer: Option | None, item: PortfolioItem, mark: Mark) -> Stands:
    if answer is None:
        return "not_known"
    found = _worst_exit(item, mark)
    best = item.framework.by_id[found.question].options[0] if found else None
    return "holds" if best is not None and answer.id == best.id else "fails"


def _worst_exit(item: PortfolioItem, mark: Mark) -> Exit | None:
    """Return the marked question with the worst answer; None where one is not answered."""
    found = [each for each in item.exits if each.mark == mark]
    if not found or not all(each.option for each in found):
        return None
    return max(found, key=lambda each: _risk(item.framework, each))


def _worst(item: PortfolioItem, mark: Mark) -> Option | None:
    found = _worst_exit(item, mark)
    return item.framework.by_id[found.question].option(found.option) if found else None


def _risk(framework: Framework, each: Exit) -> int:
    chosen = framework.by_id[each.question].option(each.option)
    return chosen.risk if chosen else 0


def _lacks_plan(each: Affected) -> bool:
    plan = each.answers["plan"]
    return plan is not None and 2 * plan.risk > each.item.framework.scale_max


def _headings(framework: Framework, question: str, clause: str) -> Sequence[str]:
    named = [framework.clause(name) for name in framework.by_id[question].clauses]
    return [clause] if clause else [each.heading for each in named if each]


def annual(item: PortfolioItem) -> int | None:
    """Return the committed value a year, whole pounds; None where it cannot be worked out."""
    purchase = item.purchase
    if purchase.committed_value is None or not (purchase.contract_start and purchase.contract_end):
        return None
    days = date.fromisoformat(purchase.contract_end) - date.fromisoformat(purchase.contract_start)
    if days.days < 1:
        return None
    return int(purchase.committed_value * DAYS_OF_YEAR / (days.days + 1))


def _exit_days(item: PortfolioItem) -> Iterable[str]:
    yield from item.purchase.break_dates
    if item.purchase.contract_end:
        yield item.purchase.contract_end
