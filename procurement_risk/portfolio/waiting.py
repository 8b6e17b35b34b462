"""What waits for somebody, for whom and by when: the one rule, for every page and command.

    PortfolioItem + day -> Waiting …    all that waits, such as a condition due next week
                        -> next_step    the most pressing of it, in a few words

Nothing waits once an assessment is over. After a decision its open answers wait for nobody: they
were decided upon.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache, partial
from typing import Literal

from procurement_risk.assessment import OVER_STATES, Trigger
from procurement_risk.assessment.overdue import is_overdue, is_proposed_late, standing
from procurement_risk.assessment.vocabulary import in_words
from procurement_risk.framework import Pack
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.portfolio.items import Condition, PortfolioItem
from procurement_risk.portfolio.same import folded

Kind = Literal["look", "condition", "review", "answers", "pack", "decision", "evidence"]

SOON_DAYS = 30
"""How many days ahead a condition, a review or evidence that runs out begins to wait."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One thing that waits.

    Attributes:
        words: Gives it in words, which are made for those that are shown.
        question: The id of the question that it is about, or empty.
        due: The ISO day by which it is wanted, or empty.
        people: Whose it is: whoever was named for it, and who is responsible for the assessment.
        is_late: Whether its day has passed.
    """

    kind: Kind
    item: PortfolioItem
    words: Callable[[], str] = field(compare=False, repr=False)
    question: str = ""
    due: str = ""
    people: tuple[str, ...] = ()
    is_late: bool = False

    @property
    def what(self) -> str:
        """It in words."""
        return self.words()

    def is_for(self, person: str) -> bool:
        """Whether it waits for ``person``, however they write their name."""
        return bool(person) and folded(person) in map(folded, self.people)


def waiting(items: Iterable[PortfolioItem], day: str) -> list[Waiting]:
    """Return everything that waits on ``day``: what is late first, then by its day."""
    return sorted((each for item in items for each in waits(item, day)), key=_urgency)


def waits(item: PortfolioItem, day: str, kinds: Collection[str] | None = None) -> list[Waiting]:
    """Return what waits in one assessment, or of it only some kinds; the most pressing first."""
    if item.state in OVER_STATES:
        return []
    return [
        each
        for kind, source in SOURCES.items()
        if kinds is None or kind in kinds
        for each in source(item, day)
    ]


def next_step(item: PortfolioItem, day: str) -> str:
    """Return what comes next, in a few words; empty where nothing waits.

    First what ``first_due`` is the day of, then the most pressing where that is something else.
    """
    found = waits(item, day)
    pressing = next((each for each in found if each.kind != "condition" or each.is_late), None)
    dated = min((each for each in found if each.due), key=lambda each: each.due, default=None)
    if dated and pressing and dated.due == pressing.due:
        dated = None
    steps = (_step_words(each, day) for each in (dated, pressing) if each)
    return " · ".join(dict.fromkeys(steps))


def _step_words(each: Waiting, day: str) -> str:
    """Return one thing that waits in a few words; conditions that are overdue are counted."""
    late = sum(is_overdue(condition, day) for condition in each.item.conditions)
    if each.kind == "look":
        return _("A new look: something changed")
    if each.kind == "condition" and each.is_late and late:
        return counted(late, "{n} overdue condition", "{n} overdue conditions")
    return each.what


def first_due(item: PortfolioItem, day: str) -> str:
    """Return the first ISO day by which something of it is wanted, or empty."""
    asked, soon, past = item.days_known() or days_of(item)
    found = (asked, soon if soon <= ahead(day) else "", past if past < day else "")
    return _first(found)


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
            words = partial(_look_words, trigger)
            yield Waiting(kind="look", item=item, words=words, people=(item.owner,))


def _look_words(trigger: Trigger) -> str:
    return _("A new look: {reason}").format(reason=in_words(trigger.what))


def _conditions(item: PortfolioItem, day: str) -> Iterator[Waiting]:
    last = ahead(day)
    for each in item.conditions:
        late = is_overdue(each, day)
        is_soon = each.status == "agreed" and "" < each.due <= last
        if late or is_soon or is_proposed_late(each, day):
            yield Waiting(
                kind="condition",
                item=item,
                words=partial(_condition_words, each, day),
                question=each.question,
                due=each.due,
                people=(each.owner or item.owner, item.owner),
                is_late=late or is_proposed_late(each, day),
            )


def _condition_words(condition: Condition, day: str) -> str:
    words = _("Condition on {question}: {standing}")
    return words.format(question=condition.question, standing=standing(condition, day))


def _answers(item: PortfolioItem, day: str) -> Iterator[Waiting]:
    if item.open and item.decided is None:
        yield _until_decision("answers", item, partial(_answers_words, item.open), day)


def _answers_words(number: int) -> str:
    return counted(number, "{n} open answer", "{n} open answers")


def _pack(item: PortfolioItem, day: str) -> Iterator[Waiting]:
    if item.larger_pack and not item.open and item.decided is None:
        pack = item.framework.pack(item.larger_pack)
        if pack is not None:
            yield _until_decision("pack", item, partial(_pack_words, pack), day)


def _pack_words(pack: Pack) -> str:
    return _("The {pack} pack").format(pack=pack.title)


def _decision(item: PortfolioItem, day: str) -> Iterator[Waiting]:
    if item.decided is None and not item.open and not item.larger_pack:
        yield _until_decision("decision", item, lambda: _("A decision"), day)


def _until_decision(
    kind: Kind, item: PortfolioItem, words: Callable[[], str], day: str
) -> Waiting:
    due = item.purchase.decision_due
    late = "" < due < day
    return Waiting(kind=kind, item=item, words=words, due=due, people=(item.owner,), is_late=late)


def _review(item: PortfolioItem, day: str) -> Iterator[Waiting]:
    due = item.decided.review_by if item.decided else ""
    if "" < due <= ahead(day):
        people = (item.decided.by if item.decided else "", item.owner)
        yield Waiting(
            kind="review",
            item=item,
            words=lambda: _("The review of the decision"),
            due=due,
            people=people,
            is_late=due < day,
        )


def _evidence(item: PortfolioItem, day: str) -> Iterator[Waiting]:
    if not item.expiries:
        return
    gone = [each.until for each in item.expiries if each.until < day]
    soon = [each.until for each in item.expiries if day <= each.until <= ahead(day)]
    for days, words, late in ((gone, _gone_words, True), (soon, _soon_words, False)):
        if days:
            yield Waiting(
                kind="evidence",
                item=item,
                words=partial(words, len(days)),
                due=min(days),
                people=(item.owner,),
                is_late=late,
            )


def _gone_words(number: int) -> str:
    return counted(number, "Evidence for {n} answer ran out", "Evidence for {n} answers ran out")


def _soon_words(number: int) -> str:
    return counted(number, "Evidence for {n} answer runs out", "Evidence for {n} answers runs out")


@lru_cache(maxsize=10_000)
def ahead(day: str) -> str:
    """Return the last day of what waits on ``day``."""
    return (date.fromisoformat(day) + timedelta(days=SOON_DAYS)).isoformat()


SOURCES: Mapping[Kind, Callable[[PortfolioItem, str], Iterator[Waiting]]] = {
    "look": _looks,
    "condition": _conditions,
    "answers": _answers,
    "pack": _pack,
    "decision": _decision,
    "review": _review,
    "evidence": _evidence,
}
"""What may wait, the most pressing first."""
