"""What stands in a database and can no longer be read: told of its assessment, and of no other."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

from procurement_risk.assessment import Assessment
from procurement_risk.assessment.answers import check_answers_fit
from procurement_risk.assessment.document import assessment_to_document
from procurement_risk.assessment.parts import REQUIRED_PARTS, check_part, part_title
from procurement_risk.assessment.typed import is_plain_part
from procurement_risk.errors import Damaged, Problem
from procurement_risk.framework import Framework
from procurement_risk.language import N_, _

HOLD = {"reason", "by", "at"}
OTHERS = {
    "framework": N_("the questionnaire"),
    "hold": N_("the legal hold"),
    "return": N_("the supplier of a file sent back"),
}
"""What stands beside the parts of an assessment and can be damaged too."""


def values(
    assessment_id: str,
    texts: Mapping[str, str | None],
    required: Collection[str] = REQUIRED_PARTS,
    framework: Framework | None = None,
) -> dict[str, Any]:
    """Return what stands in each filled part of an assessment, from its text in the database.

    With its ``framework``, what is damaged is named as the pages name it.

    Raises:
        Damaged: If one cannot be that part, or one of ``required`` is missing.
    """
    found: dict[str, Any] = {}
    lacks = [name for name in required if texts.get(name) is None]
    problems = [damaged(name, _("It is missing."), framework) for name in lacks]
    for name, text in texts.items():
        if text is None:
            continue
        try:
            found[name] = json.loads(text)
        except (ValueError, RecursionError):
            problems.append(damaged(name, _("It is no JSON."), framework))
            continue
        # A lone half of a character is written so, and nothing can show it.
        if "\\ud" in text or not is_plain_part(name, found[name]):
            faults = check_part(name, found[name])
            problems += [damaged(name, each.message, framework) for each in faults]
    if problems:
        raise Damaged(assessment_id, problems)
    return found


def value(name: str, text: str | None) -> Any:  # noqa: ANN401  JSON
    """Return what stands in one part; None where it is empty or can no longer be read.

    For what is made of that part alone: whoever reads the whole of the assessment is told.
    """
    try:
        return values("", {name: text}, ()).get(name)
    except Damaged:
        return None


def refuse_unfit(assessment: Assessment, framework: Framework) -> None:
    """Raise Damaged where a pack, question or option that was answered is none of ``framework``.

    A mitigation that aims at no option can be read, and is refused where it would be written.
    """
    scored, known = assessment.answer_set, framework.by_id
    fits = framework.pack(scored.pack) is not None
    fits = fits and all(each.question in known for each in scored.mitigations)
    for name, answer in scored.answers.items():
        asked = known.get(name)
        fits = fits and asked is not None and all(map(asked.option, answer.options))
    if fits:
        return
    found = check_answers_fit(assessment_to_document(assessment, framework), framework)
    if found:
        raise Damaged(
            assessment.id, [damaged(each.where, each.message, framework) for each in found]
        )


def hold(assessment_id: str, text: str) -> dict[str, str]:
    """Return the reason, name and time of a legal hold. Raises Damaged where they are no more."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if (
        not isinstance(found, dict)
        or found.keys() != HOLD
        or not all(isinstance(each, str) for each in found.values())
    ):
        raise Damaged(assessment_id, [damaged("hold")])
    return found


def damaged(part: str, fault: str = "", framework: Framework | None = None) -> Problem:
    """Return the problem that a part can no longer be read, and what to do."""
    message = _(
        "{part} was changed outside the toolkit and cannot be read. {fault} Restore a backup."
    )
    title = _(OTHERS[part]) if part in OTHERS else part_title(part, framework)
    return Problem(part, " ".join(message.format(part=title, fault=fault).split()))
