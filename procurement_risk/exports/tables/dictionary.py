"""The data dictionary: every table for analysts, with every column it has.

The writers take their headings from here, so that no column can be missing, and where a row is
about one thing its cells as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from procurement_risk.assessment import WORKFLOW_STATES, Mitigation
from procurement_risk.assessment.vocabulary import in_english
from procurement_risk.canonical import write_json
from procurement_risk.exports.export import Exported
from procurement_risk.exports.tables.column import (
    Column,
    choice,
    day,
    percent,
    text,
    texts,
    time,
    whole,
)
from procurement_risk.framework import DECISIONS, GRADES
from procurement_risk.language.percent import one_decimal
from procurement_risk.methods import AnyResult
from procurement_risk.methods.values import acting_status
from procurement_risk.profile.findings import KINDS
from procurement_risk.storage import history_words

YES_NO = ("yes", "no")
ORIGINS = ("shipped", "adopted", "foreign")
APPLIES = {True: "yes", False: "no", None: "may apply"}
STATES = ("answered", "unanswered", "unknown", "withheld", "not_applicable")
STATUSES = ("proposed", "agreed", "verified")
RECOMMENDATIONS = (*DECISIONS, "not_ready")
FIGURES = {
    "claimed": "believing every claim",
    "inherent": "as found, given the evidence",
    "residual": "after mitigations",
}
ENDS = {
    "low": "open questions at their best",
    "central": "open questions in the middle",
    "high": "open questions at their worst",
}

ASSESSMENT_ID = text("assessment_id", "The assessment; joins every table.").given(
    lambda exported, _result, _each: exported.assessment.id
)


def _about(column: Column, part: str = "", name: str = "") -> Column:
    """Return the column with what the assessment, or a ``part`` of it, has by its name."""
    wanted = attrgetter(f"{part}.{name or column.name}" if part else name or column.name)
    return column.given(lambda exported, _result, _each: wanted(exported.assessment))


def _figure(column: Column) -> Column:
    """Return the column with what the result says in a number or a word."""
    return column.given(lambda _exported, result, _each: result.figures().get(column.name, ""))


def _flags(column: Column) -> Column:
    """Return the column with the ids of the stops or flags by its name."""
    wanted = attrgetter(f"red_flags.{column.name}")
    return column.given(lambda _exported, result, _each: " ".join(wanted(result)))


def _decided(column: Column, name: str) -> Column:
    """Return the column with what the recorded decision has by ``name``."""
    wanted = attrgetter(name)
    return column.given(
        lambda exported, _result, _each: (
            wanted(exported.assessment.decision) if exported.assessment.decision else ""
        )
    )


FICTIONAL = _about(choice("fictional", "Whether it is made-up demonstration data.", YES_NO))
PURCHASE = _about(text("purchase", "What is being bought."), "purchase", "title")
BUYER = _about(text("buyer", "Who is buying it."), "purchase")
SUPPLIER = _about(text("supplier", "The supplier assessed."), "supplier", "name")
QUESTIONNAIRE = (
    text("framework", "The id of the questionnaire.").given(lambda e, _r, _each: e.framework.id),
    text("version", "The version of the questionnaire.").given(
        lambda exported, _result, _each: exported.framework.version
    ),
    choice(
        "questionnaire", "Whether it was shipped or adopted here, or is foreign.", ORIGINS
    ).given(lambda exported, _result, _each: exported.questionnaire),
    _about(text("pack", "Which questions were asked."), "answer_set"),
    _about(day("as_of", "The day on which evidence and due dates were looked at."), "answer_set"),
)
ABOUT = (
    ASSESSMENT_ID,
    FICTIONAL,
    _about(text("replaces", "The assessment that this one follows.")),
    _about(choice("state", "Where the assessment is up to.", WORKFLOW_STATES)),
    _about(
        text("purchase_id", "The purchase; several assessments may share one."), "purchase", "id"
    ),
    PURCHASE,
    BUYER,
    _about(text("capability", "What it does, in a word or two."), "purchase"),
    _about(
        whole("committed_value", "Value committed; empty where unknown.", "pounds sterling"),
        "purchase",
    ),
    _about(
        whole("value_if_scaled", "Value if a trial grows to full use.", "pounds sterling"),
        "purchase",
    ),
    text("route", "How it is being bought.").given(
        lambda exported, _result, _each: in_english(exported.assessment.purchase.route)
    ),
    _about(text("notice_id", "The published notice."), "purchase"),
    _about(text("ocid", "The contracting process in open contracting data."), "purchase"),
    _about(
        choice("embedded", "Whether it is a feature of a product already in use.", YES_NO),
        "purchase",
    ),
    _about(day("contract_start", "When the contract starts."), "purchase"),
    _about(day("contract_end", "When the contract ends."), "purchase"),
    texts("break_dates", "Days on which the contract can be ended early.").given(
        lambda exported, _result, _each: " ".join(exported.assessment.purchase.break_dates)
    ),
    _about(text("jurisdiction", "Where the purchase is made."), "purchase"),
    _about(text("chosen_supplier", "The supplier that was chosen for the purchase."), "purchase"),
    SUPPLIER,
    _about(text("company_number", "Its number in a register of companies."), "supplier"),
    _about(text("supplier_group", "Its ultimate owner."), "supplier", "group"),
    texts("upstreams", "Models, hosts and clouds underneath, each as kind: name.").given(
        lambda exported, _result, _each: "; ".join(
            f"{upstream.kind}: {upstream.name}" for upstream in exported.assessment.upstreams
        )
    ),
    *QUESTIONNAIRE,
)
RESULT = (
    *(
        _figure(whole(f"tier_{end}", f"How much is at stake, {words}.", "tier", "1"))
        for end, words in ENDS.items()
    ),
    choice("recommendation", "What the method recommends.", RECOMMENDATIONS).given(
        lambda _exported, result, _each: result.recommendation
    ),
    _figure(choice("decision_low", "The mildest decision that is still possible.", DECISIONS)),
    _figure(choice("decision_high", "The gravest decision that is still possible.", DECISIONS)),
    _figure(
        choice("challenge", "Whether value or ecosystem calls the purchase in question.", YES_NO)
    ),
    _flags(texts("stops_fired", "Questions that stop the purchase.")),
    _flags(texts("stops_pending", "Questions that may yet stop it.")),
    _flags(texts("flags_fired", "Questions that call for escalation.")),
    _flags(texts("flags_pending", "Questions that may yet call for it.")),
    whole("open_questions", "Questions without an answer that counts.", "questions").given(
        lambda _exported, result, _each: len(result.open)
    ),
)
IMPACT = (
    _figure(whole("raw", "Impact points before any reduction.", "points")),
    _figure(whole("max_raw", "The most impact points there could be.", "points")),
    _figure(whole("mitigation", "Mitigation points.", "points")),
    _figure(whole("max_mitigation", "The most mitigation points there could be.", "points")),
    _figure(whole("current", "Impact points after the reduction.", "points")),
    _figure(whole("level", "How great the impact is.", "level", "1")),
)
DECIDED = (
    _decided(choice("recorded_decision", "What was decided.", DECISIONS), "decision"),
    _decided(text("decided_by", "Who decided."), "by"),
    _decided(text("decided_at", "When it was decided, as it was written."), "at"),
)


def _answer(column: Column) -> Column:
    """Return the column with what the answer to a question has by its name."""
    wanted = attrgetter(column.name)
    return column.given(lambda _e, _r, each: wanted(each.answer) if each.answer else "")


def _mitigation(column: Column) -> Column:
    """Return the column with what the question's mitigation has by its name."""
    wanted = attrgetter(column.name.removeprefix("mitigation_"))
    return column.given(lambda _e, _r, each: wanted(each.mitigation) if each.mitigation else "")


ANSWERS = (
    ASSESSMENT_ID,
    FICTIONAL,
    BUYER,
    PURCHASE,
    SUPPLIER,
    *QUESTIONNAIRE,
    text("section", "The id of the section; facts for what is asked about the purchase.").given(
        lambda _exported, _result, each: each.question.section or "facts"
    ),
    text("question", "The id of the question.").given(lambda _e, _r, each: each.question.id),
    text("asked", "The question.").given(lambda _exported, _result, each: each.question.ask),
    choice("applies", "Whether its condition holds.", ("yes", "no", "may apply")).given(
        lambda _exported, result, each: APPLIES[result.applies[each.question.id]]
    ),
    choice("state", "Whether it was answered, or why not.", STATES).given(
        lambda _exported, _result, each: each.answer.state if each.answer else "unanswered"
    ),
    texts("option", "The ids of the chosen options.").given(
        lambda _exported, _result, each: " ".join(option.id for option in each.chosen)
    ),
    text("answer", "The labels of the chosen options, or what was written.").given(
        lambda _exported, _result, each: each.words
    ),
    whole("risk", "Risk value of the chosen option, as claimed.", "risk points").given(
        lambda _exported, _result, each: each.risk
    ),
    whole("points", "Points that the chosen options add.", "points").given(
        lambda _exported, _result, each: each.points
    ),
    whole("weight", "How much the question counts in its section.", "weight", "1").given(
        lambda _exported, _result, each: each.question.weight or None
    ),
    _answer(choice("evidence", "The grade of the evidence.", GRADES)),
    _answer(day("valid_until", "The day from which on the evidence no longer counts.")),
    _answer(text("link", "Where the evidence is kept.")),
    _answer(text("note", "A note for colleagues and auditors.")),
    _answer(text("reason", "Why the question does not apply.")),
    _answer(text("by", "Who answered.")),
    _answer(time("at", "When it was answered.")),
    day("not_confirmed", "The day of an earlier answer, not confirmed: it does not count."),
    _mitigation(choice("mitigation_status", "How far the mitigation is.", STATUSES)),
    _mitigation(text("mitigation_target", "The option that the mitigation is to reach.")),
    _mitigation(text("mitigation_owner", "Whose task the mitigation is.")),
    _mitigation(day("mitigation_due", "When it is due.")),
    _mitigation(text("mitigation_clause", "The contract clause.")),
)


def _scored(column: Column, *path: str, section: str = "") -> Column:
    """Return the column with what a scored section has at ``path``; empty where it is not scored.

    Without ``section`` it is the section that the row is about.
    """
    wanted = attrgetter(".".join(path))

    def of(_exported: Exported, result: AnyResult, each: Any) -> str:  # noqa: ANN401
        scored = result.sections.get(section or each.id)
        if scored is None:
            return ""
        found = wanted(scored)
        if column.kind != "percentage":
            return str(found)
        return one_decimal(100 * found if path == ("complete",) else found)

    return column.given(of)


SECTIONS = (
    ASSESSMENT_ID,
    text("section", "The id of the section.").given(lambda _exported, _result, each: each.id),
    text("title", "The title of the section."),
    choice(
        "role", "Whether it decides or asks whether it is worth it.", ("decisive", "challenge")
    ),
    *(
        _scored(percent(f"{figure}_{end}", f"Risk {words}, {at}."), figure, end)
        for figure, words in FIGURES.items()
        for end, at in ENDS.items()
    ),
    *(
        _scored(text(f"band_{end}", f"The id of the band, {words}."), "band", end)
        for end, words in ENDS.items()
    ),
    _scored(percent("complete", "How much of the section's weight is answered."), "complete"),
)


def _target_label(exported: Exported, _result: AnyResult, each: Mitigation) -> str:
    question = exported.framework.by_id.get(each.question)
    target = question.option(each.target) if question else None
    return target.label if target else ""


MITIGATIONS = (
    ASSESSMENT_ID,
    text("question", "The id of the question whose risk it lowers."),
    choice("status", "How far it is.", STATUSES),
    choice(
        "counts_as", "How far it counts: an agreed one that is overdue is proposed.", STATUSES
    ).given(lambda _exported, result, each: acting_status(each, result.answer_set.as_of)),
    text("target", "The id of the option that it is to reach."),
    text("target_label", "That option in words.").given(_target_label),
    text("owner", "Whose task it is."),
    day("due", "When it is due."),
    text("clause", "The contract clause."),
    text("evidence", "The grade of the evidence that it works, or where that is."),
    text("note", "A note for colleagues and auditors."),
)
UPSTREAMS = (
    ASSESSMENT_ID,
    choice("kind", "What it is.", ("model", "host", "cloud")),
    text("name", "What it is called."),
    text("maker", "Who makes or runs it."),
    text("jurisdiction", "Whose law controls it."),
    choice("own", "Whether it is the supplier's own.", YES_NO),
)
BENEFITS = (
    ASSESSMENT_ID,
    text("measure", "What is measured."),
    text("promised", "What was promised; empty where nothing was."),
    text("found", "What was measured; empty until then."),
    day("at", "The day to which that belongs."),
    choice("evidence", "The grade of the evidence for what was found.", GRADES),
    text("note", "Where the evidence is, and what else to heed."),
)
FINDINGS = (
    ASSESSMENT_ID,
    choice("kind", "Why it needs action; gravest first.", KINDS),
    text("question", "The id of the question.").given(lambda _e, _r, each: each.question.id),
    text("asked", "The question.").given(lambda _e, _r, each: each.question.ask),
    text("section", "The id of the section.").given(lambda _e, _r, each: each.question.section),
    whole("claimed", "Risk value as claimed.", "risk points"),
    whole("counts_for", "Risk value at the low end after the evidence floor.", "risk points"),
    choice("treated", "Whether a mitigation that still counts is agreed or verified.", YES_NO),
    texts("clauses", "Headings to put to the contract team.").given(
        lambda _exported, _result, each: "; ".join(clause.heading for clause in each.clauses)
    ),
)


def _json(value: object) -> str:
    return "" if value is None else write_json(value).decode()


HISTORY = (
    ASSESSMENT_ID,
    whole("seq", "The number of the change.", "changes", "1"),
    text("part", "What was changed."),
    text("change", "The change in words.").given(
        lambda exported, _result, each: history_words.words_under(
            each, exported.under, exported.framework
        )
    ),
    text("before", "What it was, as JSON; empty where it was taken out.").given(
        lambda _exported, _result, each: _json(each.before)
    ),
    text("after", "What it became, as JSON; empty where it was taken out.").given(
        lambda _exported, _result, each: _json(each.after)
    ),
    text("by", "Who changed it."),
    time("at", "When it was changed."),
    text("reason", "Why."),
    choice("redacted", "Whether the values were taken out, leaving their digest.", YES_NO).given(
        lambda _exported, _result, each: each.is_redacted
    ),
    text("hash", "The SHA-256 that chains this change to the one before."),
)
DICTIONARY = (
    text("table", "The table: a sheet of the workbook, or a CSV file."),
    text("column", "The heading of the column."),
    text("type", "What stands in a cell; every cell may be empty."),
    text("unit", "The unit of a number, or how a date is written."),
    text("lowest", "The least number there can be."),
    text("highest", "The most, where there is a most."),
    texts("allowed", "Every value of a choice."),
    text("meaning", "What it says."),
)


def section_columns(section: str) -> Iterable[Column]:
    """Yield the columns that the table of assessments has for the section ``section``."""
    for figure, words in FIGURES.items():
        for end, at in ENDS.items():
            column = percent(f"{section}_{figure}_{end}", f"Risk in {section} {words}, {at}.")
            yield _scored(column, figure, end, section=section)
    for end in ("low", "high"):
        column = text(f"{section}_band_{end}", f"The id of the band of {section}, {ENDS[end]}.")
        yield _scored(column, "band", end, section=section)
    column = percent(f"{section}_complete", f"How much of the weight of {section} is answered.")
    yield _scored(column, "complete", section=section)


def assessment_columns(sections: Iterable[str]) -> tuple[Column, ...]:
    """Return the columns of the table of assessments, those of ``sections`` last."""
    own = (column for section in sections for column in section_columns(section))
    return (*ABOUT, *RESULT, *IMPACT, *DECIDED, *own)


def tables(sections: Iterable[str]) -> Mapping[str, tuple[Column, ...]]:
    """Return the columns of every table by its name, in the order of the workbook."""
    return {
        "assessments": assessment_columns(sections),
        "sections": SECTIONS,
        "answers": ANSWERS,
        "mitigations": MITIGATIONS,
        "upstreams": UPSTREAMS,
        "benefits": BENEFITS,
        "findings": FINDINGS,
        "history": HISTORY,
        "dictionary": DICTIONARY,
    }


def dictionary_rows(sections: Iterable[str]) -> Iterable[Sequence[str]]:
    """Yield the data dictionary, a row for each column of each table."""
    for name, columns in tables(sections).items():
        for each in columns:
            allowed = "; ".join(each.allowed)
            numbers = (each.unit, each.low, each.high)
            yield (name, each.name, each.kind, *numbers, allowed, each.meaning)


def names(columns: Iterable[Column]) -> tuple[str, ...]:
    """Return the headings of ``columns``."""
    return tuple(each.name for each in columns)
