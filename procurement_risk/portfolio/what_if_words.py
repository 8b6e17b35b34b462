"""The words for *What if*: on screen, on paper and in files alike."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from procurement_risk.assessment.words import workflow_state
from procurement_risk.framework import Option
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import about_pounds, counted, day
from procurement_risk.portfolio.what_if import ASKED, Affected, Happening, Stands, WhatIf

HAPPENINGS: Mapping[Happening, str] = {
    "withdrawn": N_("Withdrawn in 60 days"),
    "price": N_("The price is doubled"),
    "location": N_("Its data go somewhere else"),
}

COLUMNS = (
    N_("Purchase"),
    N_("State, and value a year"),
    N_("What is answered"),
    N_("Leaving: cost and time"),
    N_("Exit plan"),
    N_("Next way out"),
    N_("Clauses agreed"),
)
"""What the table says of each purchase."""

IN_LIFE: Mapping[Happening, str] = {
    "withdrawn": N_(
        "Of what is in life: {fails} with no answer that it goes on, {holds} with one."
    ),
    "price": N_(
        "Of what is in life: {fails} with no answer that fixes the price, {holds} with one."
    ),
    "location": N_(
        "Of what is in life: {fails} with no answer that fixes the place, {holds} with one."
    ),
}

ANSWERS: Mapping[Happening, Mapping[Stands, str]] = {
    "withdrawn": {
        "fails": N_("No answer that it goes on"),
        "not_known": N_("Not known"),
        "holds": N_("An answer that it goes on"),
    },
    "price": {
        "fails": N_("No answer that fixes the price"),
        "not_known": N_("Not known"),
        "holds": N_("An answer that fixes the price"),
    },
    "location": {
        "fails": N_("No answer that fixes the place"),
        "not_known": N_("Not known"),
        "holds": N_("An answer that fixes the place"),
    },
}
"""What a chart calls each way to stand, the worst first."""

BASIS = N_(
    "Only what is on file is added up. An answer that is missing is counted as not known and is "
    "in no sum. What is charged a year is the committed value over the years of the contract."
)


def title(found: WhatIf) -> str:
    """Return what goes and what happens to it."""
    return _("{name}: {happening}").format(
        name=found.group.name, happening=_(HAPPENINGS[found.happening])
    )


def headline(found: WhatIf) -> str:
    """Return the first thing to know: how many services are touched, and how."""
    number = len(found.of("fails", live=True))
    if found.happening == "withdrawn":
        return counted(
            number,
            "{n} service stops, as far as is on file",
            "{n} services stop, as far as is on file",
        )
    if found.happening == "price":
        return counted(
            number, "{n} service is not fixed in price", "{n} services are not fixed in price"
        )
    return counted(
        number,
        "{n} service is not fixed to a place",
        "{n} services are not fixed to a place",
    )


def sentences(found: WhatIf) -> list[str]:
    """Return what it comes to, a sentence each, what is not known apart."""
    every = (
        _reach(found),
        _services(found),
        _planned(found),
        _cost(found),
        _time(found),
        _plans(found),
        _watched(found),
        _price(found) if found.happening == "price" else "",
        _ways_out(found),
    )
    return [each for each in every if each]


def _reach(found: WhatIf) -> str:
    items = [each.item for each in found.affected]
    known = [item.committed for item in items if item.committed is not None]
    return _("{purchases} on it, {value} committed; {live} in life.").format(
        purchases=counted(len(items), "{n} purchase rests", "{n} purchases rest"),
        value=about_pounds(sum(known)) if known else _("value not known"),
        live=grouped(sum(each.is_live for each in found.affected)),
    ) + _apart(len(items) - len(known), "value")


def _services(found: WhatIf) -> str:
    """Return how many services in life hold, as their best answer says, and what is not known."""
    holds, unknown = found.of("holds", live=True), found.of("not_known", live=True)
    fails = found.of("fails", live=True)
    said = _(IN_LIFE[found.happening])
    return said.format(fails=grouped(len(fails)), holds=grouped(len(holds))) + _apart(
        len(unknown), "answer"
    )


def _planned(found: WhatIf) -> str:
    fails = len(found.of("fails", live=False))
    if not fails:
        return ""
    return counted(
        fails,
        "{n} purchase that is not in life yet has no such answer either.",
        "{n} purchases that are not in life yet have no such answer either.",
    )


def _cost(found: WhatIf) -> str:
    known = [each.cost for each in found.affected if each.cost is not None]
    if not known:
        return _("What leaving costs is known of none of them.")
    said = _("Leaving costs at most {value} for {purchases}.").format(
        value=about_pounds(sum(known)),
        purchases=counted(
            len(known), "the {n} of which it is known", "the {n} of which it is known"
        ),
    )
    return said + _apart(len(found.affected) - len(known), "cost")


def _time(found: WhatIf) -> str:
    months = [each.bound.months for each in found.affected if each.bound is not None]
    if not months:
        return _("How long leaving takes is known of none of them.")
    counts = Counter(months)
    parts = "; ".join(
        _("{n} within {months} months").format(n=grouped(counts[each]), months=each)
        for each in sorted(counts)
    )
    said = _("Leaving takes: {parts}.").format(parts=parts)
    return said + _apart(len(found.affected) - len(months), "time")


def _plans(found: WhatIf) -> str:
    lacking, unknown = len(found.without_plan), len(found.plan_not_known)
    said = counted(
        lacking,
        "{n} has no exit plan, or a clause only.",
        "{n} have no exit plan, or a clause only.",
    )
    return said + _apart(unknown, "plan")


def _watched(found: WhatIf) -> str:
    """Return how many would see that a substitute does worse: their best two answers of five."""
    answers = [(each.answers["watched"], each.item.framework.scale_max) for each in found.affected]
    seen = sum(answer is not None and 4 * answer.risk <= most for answer, most in answers)
    unknown = sum(answer is None for answer, _most in answers)
    said = counted(
        seen,
        "{n} measures quality so that a worse result would be seen.",
        "{n} measure quality so that a worse result would be seen.",
    )
    return said + _apart(unknown, "watching")


def _price(found: WhatIf) -> str:
    open_now = found.of("fails")
    known = [each.annual for each in open_now if each.annual is not None]
    if not known:
        return ""
    said = _("At most {value} a year more, if all of it is passed on.").format(
        value=about_pounds(sum(known))
    )
    return said + _apart(len(open_now) - len(known), "charge")


def _ways_out(found: WhatIf) -> str:
    days = sorted(each.exit_day for each in found.affected if each.exit_day)
    if not days:
        return _("No break date and no contract end is on file.")
    said = _("The next break date or contract end is {day}.").format(day=day(days[0]))
    return said + _apart(len(found.affected) - len(days), "day")


_APART: Mapping[str, str] = {
    "value": N_("Not known, and in no sum: the value of {n}."),
    "answer": N_("Not known: {n}."),
    "cost": N_("Not known, and in no sum: {n}."),
    "time": N_("Not known: {n}."),
    "plan": N_("Not known: {n}."),
    "watching": N_("Not known: {n}."),
    "charge": N_("Not known, and in no sum: {n}."),
    "day": N_("Not known: {n}."),
}


def _apart(number: int, of: str) -> str:
    """Return, with a space before it, how many are not known; empty where all are."""
    return " " + _(_APART[of]).format(n=grouped(number)) if number else ""


# --- Clauses and the table ----------------------------------------------------------------


def clauses(found: WhatIf) -> list[str]:
    """Return the clauses that help: each heading with how many have it agreed or verified."""
    agreed: Counter[str] = Counter()
    for each in found.affected:
        agreed.update(each.agreed)
    if not agreed:
        return [_("None is agreed or verified in any of them.")]
    return [
        _("{clause}: {purchases}").format(
            clause=heading, purchases=counted(number, "{n} purchase", "{n} purchases")
        )
        for heading, number in sorted(agreed.items(), key=lambda pair: (-pair[1], pair[0]))
    ]


def row(each: Affected, happening: Happening) -> tuple[str, ...]:
    """Return what the table says of a purchase, a text for each of ``COLUMNS``."""
    item = each.item
    return (
        " · ".join((item.purchase.title, item.purchase.buyer, item.supplier.name)),
        f"{workflow_state(item.state)}, {about_pounds(each.annual)}",
        answered(each.answers[ASKED[happening]]),
        answered(each.answers["leaving"]),
        answered(each.answers["plan"]),
        day(each.exit_day) if each.exit_day else _("not known"),
        "; ".join(each.agreed) or _("none"),
    )


def rows(found: WhatIf) -> list[tuple[str, ...]]:
    """Return the table, a row for each purchase."""
    return [row(each, found.happening) for each in found.affected]


def columns() -> tuple[str, ...]:
    """Return the headings of the table."""
    return tuple(map(_, COLUMNS))


def answered(option: Option | None) -> str:
    """Return an answer as the questionnaire words it, or that it is not known."""
    return option.label if option is not None else _("not known")
