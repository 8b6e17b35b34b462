"""What to ask the supplier: the open questions that it answers, as a letter it may read.

It holds no weight, no risk value and no red flag, nor anything that tells of them: the questions
stand in reading order, and without their options, which run from the best to the worst.
"""

from __future__ import annotations

from procurement_risk.assessment import Assessment
from procurement_risk.framework import Framework, Question
from procurement_risk.framework.words import short_title
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.methods import AnyResult


def to_ask(framework: Framework, result: AnyResult) -> tuple[Question, ...]:
    """Return the open questions that the supplier answers, alone or with us, in reading order."""
    still_open = set(result.open)
    return tuple(
        question
        for question in framework.questions()
        if question.id in still_open and question.asks_supplier
    )


def as_letter(assessment: Assessment, framework: Framework, result: AnyResult) -> str:
    """Return the list as plain text; empty where there is nothing to ask the supplier."""
    questions = to_ask(framework, result)
    if not questions:
        return ""
    lines = [
        _("Questions for {supplier}").format(supplier=_line(assessment.supplier.name)),
        _("{title}, for {buyer}").format(
            title=_line(assessment.purchase.title), buyer=_line(assessment.purchase.buyer)
        ),
        _("{framework}, version {version}; as of {date}").format(
            framework=framework.title,
            version=framework.version,
            date=day(assessment.answer_set.as_of),
        ),
    ]
    if assessment.fictional:
        lines.append(_("Fictional demonstration data"))
    lines += [
        "",
        _("Please answer each question by its number, and say what supports the answer."),
        _("Where you do not know or will not say, write that: it is kept as your answer."),
    ]
    for section in framework.sections:
        asked = [each for each in questions if each.section == section.id]
        if asked:
            lines += ["", short_title(section)]
        for question in asked:
            lines.append(f"{question.id}: {_line(question.ask)}")
            if question.answered_by == "joint":
                lines.append("   " + _("We answer this together with you."))
            if question.evidence:
                expected = _line(question.evidence)
                lines.append("   " + _("Evidence: {evidence}").format(evidence=expected))
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    """Return ``text`` on one line, so that nothing in it looks like a line of the letter."""
    return " ".join(text.split())
