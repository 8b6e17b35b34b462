"""What one supplier's assessments say together: purchases, conditions, evidence, dates.

    Case ── one assessment, and on demand what its method makes of it
    Held ── one purchase (or the supplier as an organisation) with its cases, the newest first

Never a score for the supplier, and no ranking: the same supplier can be low risk in one use and
high in another. What a bid that was not chosen would have needed is no longer open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from procurement_risk.assessment import (
    OVER_STATES,
    Answer,
    Assessment,
    Mitigation,
    Purchase,
    Supplier,
    Trigger,
    Upstream,
)
from procurement_risk.assessment.chosen import is_chosen
from procurement_risk.assessment.overdue import is_overdue, urgency
from procurement_risk.assessment.standing import Look, look_of, standing
from procurement_risk.assessment.supplier_names import normal_name
from procurement_risk.assessment.years import years_from
from procurement_risk.framework import Framework, Question
from procurement_risk.methods import AnyResult, evaluate
from procurement_risk.methods.weakest_section import Result
from procurement_risk.portfolio.items import PortfolioItem

Standing = Literal["chosen", "undecided", "not_chosen", "organisation"]
DateKind = Literal["start", "break", "end"]

STANDINGS: tuple[Standing, ...] = ("organisation", "chosen", "undecided", "not_chosen")


@dataclass(frozen=True, kw_only=True)
class Case:
    """One assessment, and the framework it is answered against.

    Attributes:
        foreign: Whether nobody here knows that framework.
    """

    assessment: Assessment
    framework: Framework
    changed_at: str = ""
    foreign: bool = False

    @cached_property
    def result(self) -> AnyResult:
        """What its method makes of it: worked out when first asked for, since many never are."""
        return evaluate(self.framework, self.assessment.answer_set)

    @property
    def scored(self) -> Result | None:
        """The result in sections, or None where points are counted."""
        return self.result if isinstance(self.result, Result) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One purchase from the supplier, or the supplier as an organisation.

    Attributes:
        purchase: As the newest assessment has it.
        standing: Whether the supplier was chosen for it.
        cases: Its assessments, the newest first.
        current: Those that still hold: of each framework the one that stands, unless it is over
            or followed by another. Empty for a bid that was not chosen.
    """

    purchase: Purchase
    standing: Standing
    cases: tuple[Case, ...]
    current: tuple[Case, ...]

    @property
    def counting(self) -> Case:
        """The assessment by which the purchase counts: see ``assessment.standing``."""
        return standing(self.cases, _look)


@dataclass(frozen=True, slots=True)
class OpenCondition:
    """A mitigation that is not verified yet."""

    held: Held
    case: Case
    mitigation: Mitigation
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class RunningOut:
    """Evidence that has run out, or does so within the twelve months."""

    held: Held
    case: Case
    question: Question
    answer: Answer
    has_run_out: bool


@dataclass(frozen=True, slots=True)
class FiredTrigger:
    """Something that calls for a new look, or called for one."""

    held: Held
    case: Case
    trigger: Trigger


@dataclass(frozen=True, slots=True)
class ContractDate:
    """A day on which a contract starts, may be left, or ends."""

    held: Held
    kind: DateKind
    day: str
    has_passed: bool


@dataclass(frozen=True, slots=True)
class Underneath:
    """An upstream of the supplier, and the purchases that rest on it."""

    upstream: Upstream
    rests_on_it: tuple[Held, ...]


def hold(cases: Iterable[Case], names: Iterable[str]) -> tuple[Held, ...]:
    """Return the cases by purchase: the organisation first, bids not chosen last, then by title.

    Args:
        cases: Every assessment of the supplier.
        names: Every name the supplier goes by, as typed or made comparable.
    """
    known = {normal_name(name) for name in names}
    by_purchase: dict[tuple[bool, str], list[Case]] = {}
    for case in cases:
        is_organisation = case.framework.subject == "supplier"
        name = "" if is_organisation else case.assessment.purchase.id
        by_purchase.setdefault((is_organisation, name), []).append(case)
    held = [_held(found, known) for found in by_purchase.values()]
    return tuple(sorted(held, key=_place))


def _place(held: Held) -> tuple[int, str, str]:
    title = held.purchase.title.casefold()
    return STANDINGS.index(held.standing), title, held.purchase.id


@dataclass(frozen=True, slots=True)
class Assessed:
    """How much of a supplier is assessed.

    Attributes:
        purchases: How many purchases, bids that were not chosen too.
        looks: How many assessments, that of the organisation too.
        unchosen: How many bids were not chosen.
    """

    purchases: int
    looks: int
    unchosen: int


def assessed(items: Iterable[PortfolioItem], names: Iterable[str]) -> Assessed:
    """Return how much is assessed, of ``items`` of one supplier, as ``hold`` would tell it."""
    known, found = {normal_name(name) for name in names}, list(items)
    newest: dict[str, PortfolioItem] = {}
    for item in sorted(found, key=lambda each: (each.as_of, each.changed_at, each.id)):
        if item.framework.subject != "supplier":
            newest[item.purchase.id] = item
    standings = [
        _standing(each.framework, each.purchase, each.supplier, known) for each in newest.values()
    ]
    return Assessed(len(newest), len(found), standings.count("not_chosen"))


def _standing(
    framework: Framework, purchase: Purchase, supplier: Supplier, names: set[str]
) -> Standing:
    """Return how the newest assessment says that it stands."""
    if framework.subject == "supplier":
        return "organisation"
    if not purchase.chosen_supplier:
        return "undecided"
    return "chosen" if is_chosen(purchase, supplier, names) else "not_chosen"


def _held(cases: list[Case], names: set[str]) -> Held:
    newest_first = sorted(cases, key=_age, reverse=True)
    newest = newest_first[0]
    purchase = newest.assessment.purchase
    stands = _standing(newest.framework, purchase, newest.assessment.supplier, names)
    current = () if stands == "not_chosen" else tuple(_current(newest_first))
    return Held(purchase=purchase, standing=stands, cases=tuple(newest_first), current=current)


def _age(case: Case) -> tuple[str, str, str]:
    return case.assessment.answer_set.as_of, case.changed_at, case.assessment.id


def _look(case: Case) -> Look:
    return look_of(case.assessment, foreign=case.foreign)


def _current(newest_first: Sequence[Case]) -> Iterator[Case]:
    by_framework: dict[str, list[Case]] = {}
    for case in newest_first:
        by_framework.setdefault(case.framework.id, []).append(case)
    for cases in by_framework.values():
        case = standing(cases, _look)
        if case.assessment.state not in OVER_STATES and not _is_followed(case, newest_first):
            yield case


def _is_followed(case: Case, cases: Sequence[Case]) -> bool:
    """Whether an assessment against another framework has taken its place."""
    followers = [each for each in cases if each.assessment.replaces == case.assessment.id]
    return any(standing([case, each], _look) is each for each in followers)


# --- What is open -------------------------------------------------------------------------


def open_conditions(held: Iterable[Held], today: str) -> tuple[OpenCondition, ...]:
    """Return every condition that is not verified, the most urgent first."""
    found = [
        OpenCondition(each, case, mitigation, is_overdue(mitigation, today))
        for each in held
        for case in each.current
        for mitigation in case.assessment.answer_set.mitigations
        if mitigation.status != "verified"
    ]

    def place(condition: OpenCondition) -> tuple[bool, bool, str, str, str]:
        mitigation, title = condition.mitigation, condition.held.purchase.title
        return *urgency(mitigation, today), title, mitigation.question

    return tuple(sorted(found, key=place))


def running_out(held: Iterable[Held], today: str) -> tuple[RunningOut, ...]:
    """Return evidence that has run out or does so within twelve months, the earliest first.

    Only under answers that count: those the pack asks for, and whose condition holds or may.
    """
    until = years_from(today, 1)
    found = [
        RunningOut(each, case, question, answer, _is_past(answer.valid_until, today))
        for each in held
        for case in each.current
        for question, answer in _counting(case, until)
    ]
    return tuple(
        sorted(found, key=lambda r: (r.answer.valid_until, r.held.purchase.title, r.question.id))
    )


def _counting(case: Case, until: str) -> Iterator[tuple[Question, Answer]]:
    """Yield what counts and has evidence with an end by the day ``until``."""
    for question in case.framework.questions():
        answer = case.assessment.answer_set.answers.get(question.id)
        has_end = answer is not None and "" < answer.valid_until <= until
        if answer is None or not has_end or answer.state != "answered":
            continue
        if case.result.counts(question.id):
            yield question, answer


def triggers(held: Iterable[Held]) -> tuple[FiredTrigger, ...]:
    """Return what calls for a new look: what is open first, then the latest first."""
    found = [
        FiredTrigger(each, case, trigger)
        for each in held
        for case in each.current
        for trigger in case.assessment.triggers
    ]
    latest_first = sorted(found, key=lambda fired: fired.trigger.at, reverse=True)
    return tuple(sorted(latest_first, key=lambda fired: bool(fired.trigger.resolved_at)))


def contract_dates(held: Iterable[Held], today: str) -> tuple[ContractDate, ...]:
    """Return when contracts start, may be left and end: what lies ahead first, then the past."""
    found = []
    for each in held:
        if each.standing in ("not_chosen", "organisation"):
            continue
        purchase = each.purchase
        days: list[tuple[DateKind, str]] = [("start", purchase.contract_start)]
        days += [("break", day) for day in purchase.break_dates]
        days.append(("end", purchase.contract_end))
        found += [ContractDate(each, kind, day, _is_past(day, today)) for kind, day in days if day]
    return tuple(sorted(found, key=lambda d: (d.has_passed, d.day, d.held.purchase.title)))


def underneath(held: Iterable[Held]) -> tuple[Underneath, ...]:
    """Return every upstream once with the purchases on it: models, then hosts, then clouds."""
    resting: dict[Upstream, list[Held]] = {}
    for each in held:
        for upstream in each.counting.assessment.upstreams:
            on_it = resting.setdefault(upstream, [])
            if each not in on_it:
                on_it.append(each)
    kinds = ("model", "host", "cloud")
    return tuple(
        Underneath(upstream, tuple(resting[upstream]))
        for upstream in sorted(resting, key=lambda u: (kinds.index(u.kind), u.name, u.maker))
    )


def organisation(held: Iterable[Held]) -> Case | None:
    """Return the assessment of the supplier as an organisation that stands, or None."""
    return next((each.counting for each in held if each.standing == "organisation"), None)


# --- Days ---------------------------------------------------------------------------------


def _is_past(day: str, today: str) -> bool:
    return bool(day) and day < today
