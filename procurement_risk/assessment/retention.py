"""How long an assessment is kept: the rules, and the day from which it may be disposed of.

The rules are data, in ``retention.yaml`` beside this file or in one of the organisation's own.
``due`` is the one function that says the day, for every page and command. Nothing here knows
today's date, and a day that is not known is never reckoned from another one that no rule names.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from procurement_risk.assessment.chosen import is_chosen
from procurement_risk.assessment.model import UNBOUGHT_STATES, Assessment
from procurement_risk.assessment.shape import RETENTION, check_shape
from procurement_risk.assessment.today import years_from
from procurement_risk.errors import InvalidDocument, Problem
from procurement_risk.framework.shipped import HOME
from procurement_risk.framework.strict_yaml import read_yaml
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.numbers import grouped

Ending = Literal["contract", "unsuccessful", "not_bought", "in_progress"]

OURS = Path(__file__).with_name("retention.yaml")
SETTING = "PROCUREMENT_RISK_RETENTION"
LARGEST = 100_000

ENDINGS: Mapping[Ending, str] = {
    "contract": N_("Contract"),
    "unsuccessful": N_("Unsuccessful bid"),
    "not_bought": N_("Not bought"),
    "in_progress": N_("In progress"),
}
BASES: Mapping[str, str] = {
    "contract_end": N_("the end of the contract"),
    "contract_start": N_("the start of the contract"),
    "decision": N_("the decision"),
    "changed": N_("the last change"),
}

BECAUSE = (
    N_(
        "Claims on a simple contract can be made for six years (Limitation Act 1980, section 5). "
        "Records are kept for at least three years from entry into the contract (Procurement Act "
        "2023, section 98)."
    ),
    N_(
        "Records are kept for at least three years from entry into the contract (Procurement Act "
        "2023, section 98)."
    ),
    N_("Why nothing was bought may be asked for as long as after an unsuccessful bid."),
)
"""The reasons in our own rules, so that they can be translated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How long an assessment is kept whose purchase ended in one way.

    Attributes:
        periods: Each a list of days to count from, of which the first that is known counts, and
            years. The latest of the days that they lead to is the one.
        because: Why, in the words of whoever wrote the rules.
    """

    id: str
    applies_to: Ending
    periods: tuple[tuple[tuple[str, ...], int], ...]
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """When an assessment may be disposed of.

    Attributes:
        ending: How its purchase ended.
        rule: The rule for that; None where there is none, as for what is in progress.
        day: The first ISO day on which it may be disposed of; empty where none can be told.
        basis: What the day is reckoned from; where there is none, what is not known.
    """

    ending: Ending
    rule: Rule | None
    day: str
    basis: str

    def is_reached(self, today: str) -> bool:
        """Whether the day has come."""
        return bool(self.day) and self.day <= today


def rules_file() -> Path:
    """Return the file that the rules are read from: the organisation's own, or ours."""
    if named := os.environ.get(SETTING, ""):
        return Path(named)
    own = HOME / "assessments" / OURS.name
    return own if own.is_file() else OURS


def read_rules(path: Path | None = None) -> tuple[Rule, ...]:
    """Return the rules in ``path``, or in ``rules_file``.

    Raises:
        InvalidDocument: If they cannot be read; it lists every problem.
    """
    path = path or rules_file()
    try:
        with path.open("rb") as file:
            source = file.read(LARGEST + 1)
    except OSError as error:
        message = _("The retention rules cannot be read: {reason}. Check the name of the file.")
        words = message.format(reason=error.strerror or type(error).__name__)
        raise InvalidDocument(str(path), [Problem("", words)]) from error
    if len(source) > LARGEST:
        message = _("The file is larger than {most} bytes, which no retention rules are.")
        words = message.format(most=grouped(LARGEST))
        raise InvalidDocument(str(path), [Problem("", words)])
    parsed = read_yaml(source)
    problems = parsed.problems or check_shape(RETENTION, parsed.data, "retention")
    problems = problems or list(_repeated(parsed.data["rules"]))
    if problems:
        raise InvalidDocument(str(path), problems)
    return tuple(map(_rule, parsed.data["rules"]))


def _repeated(rules: Iterable[Mapping[str, Any]]) -> Iterable[Problem]:
    counts = Counter(rule["applies_to"] for rule in rules)
    for ending, count in counts.items():
        if count > 1:
            message = _("{number} rules apply to {ending}. Keep one.")
            yield Problem("retention.rules", message.format(number=count, ending=repr(ending)))


def _rule(document: Mapping[str, Any]) -> Rule:
    periods = [document, *([document["at_least"]] if "at_least" in document else [])]
    return Rule(
        id=document["id"],
        applies_to=document["applies_to"],
        periods=tuple((tuple(each["from"]), each["years"]) for each in periods),
        because=document.get("because", ""),
    )


def ending(assessment: Assessment, names: Collection[str]) -> Ending:
    """Return how the purchase that an assessment is about ended for its supplier, so far.

    Another supplier was chosen: unsuccessful. The purchase was withdrawn, or nobody was chosen
    and the decision was not to proceed: not bought. This one was chosen, or it is in use: a
    contract.

    Args:
        assessment: The assessment as it stands.
        names: Every name its supplier goes by, made comparable: whoever was chosen under an
            earlier name is no other supplier.
    """
    if assessment.state in UNBOUGHT_STATES:
        return "unsuccessful" if assessment.state == "not_chosen" else "not_bought"
    chosen = assessment.purchase.chosen_supplier
    if chosen and not is_chosen(assessment.purchase, assessment.supplier, names):
        return "unsuccessful"
    if chosen or assessment.state == "live":
        return "contract"
    decided = assessment.state in ("decided", "closed") and assessment.decision is not None
    if decided and assessment.decision is not None:
        if assessment.decision.decision == "do_not_proceed":
            return "not_bought"
        if assessment.state == "closed":
            return "contract"
    return "in_progress"


def due(
    assessment: Assessment, changed: str, rules: Iterable[Rule], names: Collection[str]
) -> Due:
    """Return from which day on an assessment may be disposed of, and by which rule.

    A period of which no day is known gives no day, and neither does a rule whose first period
    gives none: what is not known is never taken for past.

    Args:
        assessment: The assessment as it stands.
        changed: When it was changed last, as an ISO time.
        rules: What ``read_rules`` gave.
        names: Every name its supplier goes by, as ``Store.supplier_names`` gives them.
    """
    ended = ending(assessment, names)
    rule = next((each for each in rules if each.applies_to == ended), None)
    if rule is None:
        return Due(ending=ended, rule=None, day="", basis="")
    purchase, decision = assessment.purchase, assessment.decision
    known = {
        "contract_end": purchase.contract_end,
        "contract_start": purchase.contract_start,
        "decision": decision.at if decision else "",
        "changed": changed,
    }
    found = []
    for number, (names, years) in enumerate(rule.periods):
        base = next((name for name in names if known[name]), "")
        if base:
            found.append((years_from(known[base][:10], years), _basis(years, base)))
        elif number == 0:
            return Due(ending=ended, rule=rule, day="", basis=_unknown(names))
    day, basis = max(found)
    return Due(ending=ended, rule=rule, day=day, basis=basis)


def _basis(years: int, base: str) -> str:
    words = ngettext("{n} year from {day}", "{n} years from {day}", years)
    return words.format(n=years, day=_(BASES[base]))


def _unknown(names: Iterable[str]) -> str:
    days = ", ".join(_(BASES[name]) for name in names)
    return _("Not known: {days}").format(days=days)


def words(found: Due) -> str:
    """Return how the purchase ended and what the day rests on, such as for a tombstone."""
    ended = _(ENDINGS[found.ending])
    return f"{ended}: {found.basis}" if found.basis else ended
