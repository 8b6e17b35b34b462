"""Which stops can be overridden, and what an override needs.

A senior officer may override a fired stop, with a reason and until a day; it is still a stop. A
legal duty can only be met.
"""

from __future__ import annotations

from collections.abc import Sequence

from procurement_risk.assessment import StopOverride
from procurement_risk.assessment.answers import DATE_LIKE, is_day
from procurement_risk.errors import Problem
from procurement_risk.framework import Framework
from procurement_risk.language import _, ngettext
from procurement_risk.language.phrases import listed
from procurement_risk.methods import AnyResult


def overridable(result: AnyResult) -> list[str]:
    """Return the fired stops that are not legal duties, in reading order."""
    fired, duties = result.red_flags.stops_fired, duties_among(result)
    return [name for name in fired if name not in duties]


def duties_among(result: AnyResult) -> list[str]:
    """Return the fired stops that are legal duties, in reading order."""
    framework = result.framework
    return [name for name in result.red_flags.stops_fired if _is_duty(framework, name)]


def _is_duty(framework: Framework, name: str) -> bool:
    question = framework.by_id.get(name)
    return bool(question and question.red_flag and question.red_flag.legal_duty)


def refused(framework: Framework, names: Sequence[str]) -> str:
    """Return that some of ``names`` are legal duties, as a sentence; empty where none is."""
    duties = [name for name in names if _is_duty(framework, name)]
    message = ngettext(
        "{stops} is a legal duty: it can only be met, not overridden.",
        "{stops} are legal duties: they can only be met, not overridden.",
        len(duties),
    )
    return message.format(stops=listed(duties)) if duties else ""


def problems(override: StopOverride, today: str) -> list[Problem]:
    """Return what an override lacks, each with the field it is about."""
    found = []
    if not override.question:
        found.append(Problem("question", _("Choose the stop that is overridden.")))
    if not override.by:
        found.append(Problem("by", _("Write who overrides it: a name and a senior post.")))
    if not override.reason:
        found.append(Problem("reason", _("Write the reason.")))
    if not override.until:
        found.append(Problem("until", _("Give the day until which it holds.")))
    elif not is_day(override.until):
        message = _("The day until which it holds is not a date. Write it like {example}.")
        found.append(Problem("until", message.format(example=DATE_LIKE)))
    elif not found and override.until < today:
        message = _("The day until which it holds has passed. Write a later one.")
        found.append(Problem("until", message))
    return found
