"""The link by which a supplier answers instead of in a workbook, and the workbook made of it.

    assessment ── make ──> what is asked, fixed, and a token
    what was written ── workbook ──> the very file that would have come back ──> imports.workbook

So everything that is asked, shown and checked of a workbook is of a link as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from procurement_risk import language
from procurement_risk.assessment import (
    AnswerSet,
    Assessment,
    Purchase,
    Supplier,
    today as calendar,
)
from procurement_risk.errors import Problem, UsageError
from procurement_risk.formats.workbook import layout
from procurement_risk.formats.workbook.difference import compare
from procurement_risk.formats.workbook.layout import STATES, Asked, Stamp
from procurement_risk.formats.workbook.matching import Words, in_every_language, normal
from procurement_risk.formats.workbook.plain import Cell
from procurement_risk.formats.workbook.reading import Filled, Return, filled_in
from procurement_risk.formats.workbook.signature import Signature
from procurement_risk.formats.workbook.table import Row
from procurement_risk.framework import Framework, Question
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.storage import Store
from procurement_risk.storage.answer_links import Answers, Draft
from procurement_risk.storage.operations.answer_linking import Asking

PATH = "/reply"
"""Below this the server shows what is asked by a link; the token comes next."""
LONGEST_CONTACT = 200
FIELDS = (*layout.FILLED, "state")
"""What a supplier may write to a question: what the workbook has columns for, and a state."""


def make(
    store: Store, assessment_id: str, until: str, contact: str, actor: str, wanted: str = ""
) -> str:
    """Make a link for the supplier of an assessment, and return the end of its address.

    Args:
        store: Where the assessment is.
        assessment_id: Which.
        until: The last ISO day on which it works.
        contact: Whom the supplier may ask, or empty.
        actor: Who makes it.
        wanted: The language of the questions, where the questionnaire has it.

    Raises:
        UsageError: If nothing is for the supplier to answer, or ``until`` is no such day.
    """
    from procurement_risk.formats.workbook.writing import stamp_of  # openpyxl takes a while

    stored = store.load(assessment_id)
    assessment, framework = stored.assessment, stored.framework
    code = language.best(wanted or language.current(), framework.languages)
    spoken = layout.spoken(framework, code) if code else framework
    rows = layout.asked(spoken, assessment.answer_set)
    if not rows:
        raise UsageError(_(layout.NOTHING_TO_ASK))
    if len(contact) > LONGEST_CONTACT:
        message = _("The text has {n} characters. Shorten it to {most}.")
        raise UsageError(message.format(n=grouped(len(contact)), most=grouped(LONGEST_CONTACT)))
    issued = calendar.now()
    sent = {
        "stamp": asdict(stamp_of(assessment, framework, issued, until)),
        "asked": {each.question.id: each.maybe for each in rows},
        "language": code,
        "contact": contact.strip(),
    }
    token = store.make_answer_link(assessment_id, sent, until, framework, actor)
    return f"{PATH}/{token}"


def spoken_for(asking: Asking) -> Framework:
    """Return the questionnaire in the language in which the link asks."""
    code = asking.draft.sent["language"]
    return layout.spoken(asking.framework, code) if code else asking.framework


def rows_of(draft: Draft, framework: Framework) -> tuple[Asked, ...]:
    """Return the questions that a link asks, in reading order."""
    asked = draft.sent["asked"]
    return tuple(
        Asked(question, section, asked[question.id])
        for section in framework.sections
        for question in section.questions
        if question.id in asked
    )


def workbook(asking: Asking, answers: Answers, signed: Mapping[str, str]) -> bytes:
    """Return the workbook that would have come back with these answers."""
    from procurement_risk.formats.workbook.writing import write_rows

    draft, framework = asking.draft, spoken_for(asking)
    rows = rows_of(draft, framework)
    stamp = Stamp(**draft.sent["stamp"])
    filled = {
        each.question.id: cells(each.question, answers[each.question.id])
        for each in rows
        if each.question.id in answers
    }
    return write_rows(
        _about(asking), framework, stamp, rows, draft.sent["contact"], filled, signed
    )


def cells(question: Question, value: Mapping[str, str]) -> dict[str, str]:
    """Return what stands in the supplier's cells of a question."""
    found = {name: value[name] for name in layout.FILLED if value.get(name)}
    labels = layout.option_labels(question)
    if value.get("state"):
        found["answer"] = _(STATES[value["state"]])
    elif question.options and "answer" in found:
        chosen = found["answer"].split("\n")
        found["answer"] = "\n".join(labels[each] for each in chosen if each in labels)
    if "claim" in found:
        found["claim"] = _(layout.CLAIMED[found["claim"]])
    return found


def problems(asking: Asking, answers: Answers) -> tuple[Problem, ...]:
    """Return what could not be taken of these answers, each at its question.

    It is what whoever reads the workbook would be told.
    """
    framework, found, rows = spoken_for(asking), list[Problem](), dict[str, Filled]()
    for each in rows_of(asking.draft, framework):
        name = each.question.id
        if value := answers.get(name):
            rows[name], faults = _filled(framework, each.question, value)
            found += [Problem(name, fault.message) for fault in faults]
            if faults:
                del rows[name]
    returned = Return(
        "", Stamp(**asking.draft.sent["stamp"]), rows, (), frozenset(), (), Signature()
    )
    told = compare(returned, _about(asking), framework).problems
    names = {filled.place: name for name, filled in rows.items()}
    return (*found, *(Problem(names.get(each.where, ""), each.message) for each in told))


def _filled(
    framework: Framework, question: Question, value: Mapping[str, str]
) -> tuple[Filled, list[Problem]]:
    """Return what was written to one question, and everything wrong with it."""
    if value.get("state") and value.get("answer"):
        both = _("Give an answer, or say why there is none: not both.")
        return Filled(question.id), [Problem(question.id, both)]
    written = cells(question, value)
    columns = {name: number for number, name in enumerate(("id", *layout.FILLED), start=1)}
    row = Row(
        question.id,
        1,
        columns,
        {columns[name]: Cell(name, "text", text) for name, text in written.items()},
    )
    labels = {
        normal(label): frozenset({name}) for name, label in layout.option_labels(question).items()
    }
    words = Words(in_every_language(STATES), {question.id: labels})
    return filled_in(row, words, framework, question.id)


def _about(asking: Asking) -> Assessment:
    """Return what stands in every workbook of an assessment, and nothing else of it."""
    return Assessment(
        id="",
        purchase=Purchase(id="", title=asking.title, buyer=asking.buyer),
        supplier=Supplier(name=asking.supplier),
        answer_set=AnswerSet(as_of=calendar.today(), answers={}),
        fictional=asking.fictional,
    )
