"""What waits for somebody, for whom and by when: the one rule, for every page and command.

    PortfolioItem + day -> Waiting …    all that waits, such as a condition due next week
                        -> next_step    the most pressing of it, in a few words

Nothing waits once an assessment is over. After a decision its open answers wait for nobody: they
were decided upon.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from procurement_risk.assessment import OVER_STATES
from procurement_risk.assessment.overdue import is_overdue, is_proposed_late, standing
from procurement_risk.assessment.vocabulary import in_words
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.same import folded

Kind = Literal["look", "condition", "review", "answers", "pack", "decision", "evidence"]

SOON_DAYS = 30
"""How many days ahead a condition, a review or evidence that runs out begins to wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits.

    Attributes:
        what: It in words.
        question: The id of the question that it is about, or empty.
        due: The ISO day by which it is wanted, or empty.
        people: Whose it is: whoever was named for it, and who is responsible for the assessment.
        is_late: Whether its day has passed.
    """

    kind: Kind
    item: PortfolioItem
    what: str
    question: str = ""
    due: str = ""
    people: tuple[str, ...] = ()
    is_late: bool = False

    def is_for(self, person: str) -> bool:
        """Whether it waits for ``person``, however they write their name."""
        return bool(person) and folded(person) in map(folded, self.people)


def waiting(items: Iterable[PortfolioItem], day: str) -> list[Waiting]:
    """Return everything that waits on ``day``: what is late first, then by its day."""
    return sorted((each for item in items for each in waits(item, day)), key=_urgency)


def waits(item: PortfolioItem, day: str) -> list[Waiting]:
    """Return what waits in one assessment, the most pressing kind first."""
    if item.state in OVER_STATES:
        return []
    return [each for source in SOURCES for each in source(item, day)]


def next_step(item: PortfolioItem, day: str) -> str:
    """Return what comes next, the most pressing, in a few words; empty where nothing waits."""
    found = [each for each in waits(item, day) if each.kind != "condition" or each.is_late]
    late = sum(is_overdue(each, day) for each in item.conditions)
    if found and found[0].kind == "look":
        return _("A new look: something changed")
    if found and late:
        return counted(late, "{n} overdue condition", "{n} overdue conditions")
    return next((each.what for each in found if each.kind != "condition"), "")


def first_due(item: PortfolioItem, day: str) -> str:
    """Return the first ISO day by which something of it is wanted, or empty."""
    return min((each.due for each in waits(item, day) if each.due), default="")


def days_of(item: PortfolioItem) -> tuple[str, str, str]:
    """Return the three days that ``first_due`` follows from on any day, each empty where none.

    The first is by which something waits whatever day it is; the second begins to wait
    ``SOON_DAYS`` before it; the third waits once it has passed. Whichever of them waits first is
    the day.
    """
    if item.state in OVER_STATES:
        return "", "", ""
    asked = (each.due for each in waits(item, "0001-01-01"))
    review = item.decided.review_by if item.decided else ""
    soon = [review, *(each.until for each in item.expiries)]
    soon += [each.due for each in item.conditions if each.status == "agreed"]
    past = (each.due for each in item.conditions if each.status == "proposed")
    return _first(asked), _first(soon), _first(past)


def _first(days: Iterable[str]) -> str:
    return min(filter(None, days), default="")


def due_standing(due: str, day: str) -> Literal["past", "ahead", "none"]:
    """Return whether a day by which something is wanted has passed, lies ahead, or is not set."""
    if not due:
        return "none"
    return "past" if due < day else "ahead"


def _urgency(each: Waiting) -> tuple[bool, str, str, str]:
    return not each.is_late, each.due or "9999", each.item.purchase.title, each.item.id


def _looks(item: PortfolioItem, day: str) -> Iterator[Waiting]:
    for trigger in item.triggers:
        if not trigger.resolved_at:
            words = _("A new look: {reason}").format(reason=in_words(trigger.what))
            yield Waiting(kind="look", item=item, what=words, people=(item.owner,))


def _conditions(item: PortfolioItem, day: str) -> Iterator[Waiting]:
    last = ahead(day)
    for each in item.conditions:
        late = is_overdue(each, day)
        is_soon = each.status == "agreed" and "" < each.due <= last
        if late or is_soon or is_proposed_late(each, day):
            words = _("Condition on {question}: {standing}")
            yield Waiting(
                kind="condition",
                item=item,
                what=words.format(question=each.question, standing=standing(each, day)),
                question=each.question,
                due=each.due,
                people=(each.owner or item.owner, item.owner),
                is_late=late or is_proposed_late(each, day),
            )


def _answers(item: PortfolioItem, day: str) -> Iterator[Waiting]:
    if item.open and item.decided is None:
        words = counted(item.open, "{n} open answer", "{n} open answers")
        yield _until_decision("answers", item, words, day)


def _pack(item: PortfolioItem, day: str) -> Iterator[Waiting]:
    pack = item.framework.pack(item.larger_pack)
    if pack is not None and not item.open and item.decided is None:
        words = _("The {pack} pack").format(pack=pack.title)
        yield _until_decision("pack", item, words, day)


def _decision(item: PortfolioItem, day: str) -> Iterator[Waiting]:
    if item.decided is None and not item.open and not item.larger_pack:
        yield _until_decision("decision", item, _("A decision"), day)


def _until_decision(kind: Kind, item: PortfolioItem, words: str, day: str) -> Waiting:
    due = item.purchase.decision_due
    late = "" < due < day
    return Waiting(kind=kind, item=item, what=words, due=due, people=(item.owner,), is_late=late)


def _review(item: PortfolioItem, day: str) -> Iterator[Waiting]:
    due = item.decided.review_by if item.decided else ""
    if "" < due <= ahead(day):
        words, late = _("The review of the decision"), due < day
        people = (item.decided.by if item.decided else "", item.owner)
        yield Waiting(kind="review", item=item, what=words, due=due, people=people, is_late=late)


def _evidence(item: PortfolioItem, day: str) -> Iterator[Waiting]:
    gone = [each.until for each in item.expiries if each.until < day]
    soon = [each.until for each in item.expiries if day <= each.until <= ahead(day)]
    ran_out = counted(
        len(gone), "Evidence for {n} answer ran out", "Evidence for {n} answers ran out"
    )
    runs_out = counted(
        len(soon), "Evidence for {n} answer runs out", "Evidence for {n} answers runs out"
    )
    for days, words, late in ((gone, ran_out, True), (soon, runs_out, False)):
        if days:
            people = (item.owner,)
            yield Waiting(
                kind="evidence", item=item, what=words, due=min(days), people=people, is_late=late
            )


def ahead(day: str) -> str:
    """Return the last day of what waits on ``day``."""
    return (date.fromisoformat(day) + timedelta(days=SOON_DAYS)).isoformat()


SOURCES: tuple[Callable[[PortfolioItem, str], Iterator[Waiting]], ...] = (
    _looks,
    _conditions,
    _answers,
    _pack,
    _decision,
    _review,
    _evidence,
)
"""What may wait, the most pressing first."""
