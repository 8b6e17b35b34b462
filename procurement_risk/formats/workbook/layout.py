"""What stands where in the workbook, in which words, and the stamp: what it belongs to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from procurement_risk.assessment import AnswerSet
from procurement_risk.assessment.conditions import applicability, order_conditions
from procurement_risk.framework import Framework, Never, Question, Section, named_in
from procurement_risk.framework.condition_words import in_words
from procurement_risk.framework.document import framework_from_document
from procurement_risk.language import N_, _

FORM = "2"
"""The version of the layout below. Workbooks of the first form still come back."""

INSTRUCTIONS = N_("Instructions")
QUESTIONS = N_("Questions")
OPTIONS_SHEET, META_SHEET, TEXTS_SHEET = "_options", "_meta", "_texts"
HIDDEN = (OPTIONS_SHEET, META_SHEET, TEXTS_SHEET)
FIRST_GUIDANCE = 25
"""How many rows of instructions the first workbooks had, which did not note their texts."""

PROPERTY = "procurement_risk_"
"""What the names of a workbook's own properties begin with."""

NOTHING_TO_ASK = N_(
    "No question of this pack is for the supplier to answer. "
    "Choose a larger pack, or another assessment."
)

COLUMNS: Mapping[str, str] = {
    "id": N_("Number"),
    "ask": N_("Question"),
    "how": N_("How to answer"),
    "answer": N_("Your answer"),
    "reason": N_("If not applicable: why"),
    "link": N_("Evidence: document and page"),
    "note": N_("Your comment"),
    "valid_until": N_("Evidence valid until"),
    "claim": N_("Confidential?"),
    "claim_reason": N_("If confidential: why"),
}
"""The columns from A on, and what stands over them."""

FILLED = ("answer", "reason", "link", "note", "valid_until", "claim", "claim_reason")
"""The supplier's columns."""

FILLED_FIRST = FILLED[:4]
"""Those of the first form."""

CLAIMED: Mapping[str, str] = {"yes": N_("Yes"), "no": N_("No")}
"""What the supplier may say to whether an answer is confidential."""

SIGNATURE = N_("Who answers")
SIGNED: Mapping[str, str] = {
    "name": N_("Name"),
    "role": N_("Role"),
    "day": N_("Date"),
}
"""What the sheet on who answers asks for."""

ORDER = N_("The choices stand in alphabetical order. Their order says nothing about them.")
EVIDENCE = N_("Say what supports each answer: the document, and the page or section in it.")
CONFIDENTIAL = N_(
    "If an answer is confidential, say Yes, and why publishing it would do harm. The "
    "buyer decides, and the law may still require an answer to be given out."
)
BEFORE = N_(
    "Answers you gave before are not filled in here, because people on our side have "
    "worked with them since."
)
PERSONAL = N_("Please leave out personal data that the question does not ask for.")

DATE_LIKE = "2027-03-31"

STATES: Mapping[str, str] = {
    "unknown": N_("Don't know"),
    "withheld": N_("We will not say"),
    "not_applicable": N_("Not applicable"),
}
"""What a supplier may answer instead, by the state it is kept as."""

SHORT_FOR = {"N/A": "not_applicable", "N / A": "not_applicable", "n.a.": "not_applicable"}
"""What people write for one of these, in whatever language; no such word means anything else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a workbook belongs to. It stands on the sheet ``_meta`` and as document properties.

    Attributes:
        assessment: ``reference_of`` the assessment: its id may tell more than a supplier may see.
        framework: The framework's id.
        version: Its version.
        digest: The SHA-256 of the framework in full.
        pack: The pack whose questions are asked.
        language: The code of the language of the app's words in it.
        issued_at: When it was made, as an ISO time in UTC.
        issue: The issue number that people quote; it follows from all of the above.
        form: The version of the layout.
        return_by: The ISO day by which it was to come back, or empty.
    """

    assessment: str
    framework: str
    version: str
    digest: str
    pack: str
    language: str
    issued_at: str
    issue: str = ""
    form: str = FORM
    return_by: str = ""

    def document(self) -> dict[str, str]:
        """Return what is written of it: a day to return it by only where there is one."""
        return {key: value for key, value in asdict(self).items() if value or key != "return_by"}

    def issue_number(self) -> str:
        """Return the issue number that belongs to the other fields, such as ``3F2A-90C1``."""
        fields = {key: value for key, value in self.document().items() if key != "issue"}
        text = "\n".join(f"{key}={fields[key]}" for key in sorted(fields))
        digits = hashlib.sha256(text.encode()).hexdigest()[:8].upper()
        return f"{digits[:4]}-{digits[4:]}"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question put to the supplier, and what to say where it may not apply."""

    question: Question
    section: Section
    maybe: str = ""


STAMP_MARK = "£–€"
"""What stands before the stamp where it is a line of text; whoever reads it read the rest well."""


def stamp_line(stamp: Stamp) -> str:
    """Return the stamp as a text that stays with the questions whatever else gets lost."""
    return f"{STAMP_MARK} {json.dumps(stamp.document(), separators=(',', ':'))}"


def filled_in(form: str) -> tuple[str, ...]:
    """Return the supplier's columns of a form."""
    return FILLED_FIRST if form == "1" else FILLED


def reference_of(assessment_id: str) -> str:
    """Return what an assessment is called outside: 24 hexadecimal digits that name nobody."""
    return hashlib.sha256(f"assessment {assessment_id}".encode()).hexdigest()[:24]


def asked(framework: Framework, answers: AnswerSet) -> tuple[Asked, ...]:
    """Return the questions of the pack that the supplier answers, are due and apply or may.

    What the supplier is asked here counts as open: its answers may change what else applies.
    """
    pack = framework.pack(answers.pack)
    theirs = {
        question.id
        for question in for_supplier(framework)
        if (pack is None or pack.asks(question.id)) and framework.is_due(question, answers.gate)
    }
    settled = {name: answer for name, answer in answers.answers.items() if name not in theirs}
    applies = applicability(order_conditions(framework), settled)
    return tuple(
        Asked(question, section, _maybe(framework, question, applies[question.id], theirs))
        for section in framework.sections
        for question in section.questions
        if question.id in theirs and applies[question.id] is not False
    )


def _maybe(
    framework: Framework, question: Question, applies: bool | None, theirs: set[str]
) -> str:
    """Return when a question applies; questions that the supplier is not shown are not named."""
    if applies or question.when is None or isinstance(question.when, Never):
        return ""
    if set(named_in(question.when)) <= theirs:
        words = _("Only where {condition}. Otherwise leave it empty.")
        return words.format(condition=in_words(framework, question.when))
    return _(
        "Whether this applies depends on something that is still open on our side. "
        "Please answer it as if it does."
    )


def guidance_of(each: Asked) -> list[str]:
    """Return what a supplier is told beside a question."""
    question = each.question
    lines = [each.maybe] if each.maybe else []
    if question.answered_by == "joint":
        lines.append(_("We answer this together with you."))
    if question.help:
        lines.append(question.help)
    return lines


def for_supplier(framework: Framework) -> tuple[Question, ...]:
    """Return every question that the supplier answers, alone or with us, whatever the pack."""
    return tuple(each for each in framework.questions() if each.asks_supplier)


def option_labels(question: Question) -> dict[str, str]:
    """Return each option's label by its id; with the id behind it where two read alike."""
    labels = [option.label.casefold() for option in question.options]
    return {
        option.id: f"{option.label} ({option.id})"
        if labels.count(option.label.casefold()) > 1
        else option.label
        for option in question.options
    }


def choices(question: Question) -> list[str]:
    """Return the labels in alphabetical order.

    Options run from the best to the worst in the framework, and a supplier is told no such thing.
    """
    return sorted(option_labels(question).values(), key=str.casefold)


def spoken(framework: Framework, code: str) -> Framework:
    """Return ``framework`` in another of its languages."""
    return framework_from_document(framework.document, code)


def text_digest(text: str) -> str:
    """Return what tells whether a text of ours was changed: 16 hexadecimal digits of a digest.

    Spaces and line ends do not count, since programs change them.
    """
    return hashlib.sha256(" ".join(text.split()).encode(errors="replace")).hexdigest()[:16]


def is_our_sheet(called: str, name: str) -> bool:
    """Whether a sheet is the one we call ``name``; Numbers writes the name of a table behind."""
    own, ours = called.strip().casefold(), name.casefold()
    return own == ours or (own.startswith(ours) and own[len(ours) :].lstrip().startswith("-"))


def states(framework: Framework, question: Question) -> list[str]:
    """Return the states that may stand in place of an answer to ``question``."""
    allowed = framework.may_be_inapplicable(question)
    return [state for state in STATES if state != "not_applicable" or allowed]
