"""What a public summary tells of each question: what was answered, and on which evidence."""

from __future__ import annotations

from collections.abc import Iterator

from procurement_risk.assessment import Answer
from procurement_risk.assessment.words import answer_text
from procurement_risk.framework import Question
from procurement_risk.framework.words import grade_label
from procurement_risk.language import _
from procurement_risk.report.page import Part, Table
from procurement_risk.report.parts import part
from procurement_risk.report.subject import Subject


def answers(about: Subject, hidden: frozenset[str]) -> Iterator[Part]:
    """Yield a table of questions, answers and evidence for each section, facts first."""
    facts = [q for q in about.framework.facts if about.outcome.applies[q.id] is not False]
    groups = [(_("facts"), facts)]
    for section in about.framework.sections:
        asked = [q for q in section.questions if _is_told(about, q, hidden)]
        groups.append((about.text(section.title), asked))
    for title, questions in groups:
        if questions:
            table = Table(
                title=_("Questions, answers and evidence: {section}").format(section=title),
                columns=(_("Question"), _("Answer"), _("Evidence")),
                rows=tuple(_answer_row(about, question) for question in questions),
                widths=(11, 9, 5),
            )
            name = _("Asked and answered: {section}").format(section=title)
            yield part(name, table)


def _is_told(about: Subject, question: Question, hidden: frozenset[str]) -> bool:
    """Whether it is asked, or declared not applicable; a withheld answer does not show which."""
    answer = about.assessment.answer_set.answers.get(question.id)
    declared = answer is not None and answer.state == "not_applicable"
    told = declared or question.id in hidden
    return about.outcome.counts(question.id) or (told and about.outcome.in_pack(question.id))


def _answer_row(about: Subject, question: Question) -> tuple[str, ...]:
    answer = about.assessment.answer_set.answers.get(question.id)
    words = about.text(answer_text(question, answer))
    if answer is not None and answer.state == "not_applicable" and answer.reason:
        words = _("{state}: {reason}").format(state=words, reason=about.text(answer.reason))
    asked = about.text(question.ask)
    if not question.is_fact:
        asked = _("{question}: {words}").format(question=question.id, words=asked)
    return asked, words, _evidence(about, question, answer)


def _evidence(about: Subject, question: Question, answer: Answer | None) -> str:
    if answer is None or answer.state != "answered" or not answer.evidence or question.is_fact:
        return ""
    grade = grade_label(answer.evidence)
    if answer.valid_until and answer.valid_until < about.as_of:
        words = _("{grade}; ran out on {date}, counts as E0")
        return words.format(grade=grade, date=about.date(answer.valid_until))
    return grade
