"""The data dictionary: every table for analysts, with every column it has.

The writers take their headings from here, so that no column can be missing, and where a row is
about one thing its cells as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from procurement_risk.assessment import WORKFLOW_STATES, Mitigation
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
from procurement_risk.methods import AnyResult
from procurement_risk.methods.values import acting_status
from procurement_risk.profile.findings import KINDS
from procurement_risk.storage import history_words

YES_NO = ("yes", "no")
ORIGINS = ("shipped", "adopted", "foreign")
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

ABOUT = (
    ASSESSMENT_ID,
    choice("fictional", "Whether it is made-up demonstration data.", YES_NO),
    text("replaces", "The assessment that this one follows."),
    choice("state", "Where the assessment is up to.", WORKFLOW_STATES),
    text("purchase_id", "The purchase; several assessments may share one."),
    text("purchase", "What is being bought."),
    text("buyer", "Who is buying it."),
    text("capability", "What it does, in a word or two."),
    whole("committed_value", "Value committed; empty where unknown.", "pounds sterling"),
    whole("value_if_scaled", "Value if a trial grows to full use.", "pounds sterling"),
    text("route", "How it is being bought."),
    text("notice_id", "The published notice."),
    text("ocid", "The contracting process in open contracting data."),
    choice("embedded", "Whether it is a feature of a product already in use.", YES_NO),
    day("contract_start", "When the contract starts."),
    day("contract_end", "When the contract ends."),
    texts("break_dates", "Days on which the contract can be ended early."),
    text("jurisdiction", "Where the purchase is made."),
    text("chosen_supplier", "The supplier that was chosen for the purchase."),
    text("supplier", "The supplier assessed."),
    text("company_number", "Its number in a register of companies."),
    text("supplier_group", "Its ultimate owner."),
    texts("upstreams", "Models, hosts and clouds underneath, each as kind: name."),
    text("framework", "The id of the questionnaire."),
    text("version", "The version of the questionnaire."),
    choice("questionnaire", "Whether it was shipped or adopted here, or is foreign.", ORIGINS),
    text("pack", "Which questions were asked."),
    day("as_of", "The day on which evidence and due dates were looked at."),
)
RESULT = (
    *(
        whole(f"tier_{end}", f"How much is at stake, {words}.", "tier", "1")
        for end, words in ENDS.items()
    ),
    choice("recommendation", "What the method recommends.", RECOMMENDATIONS),
    choice("decision_low", "The mildest decision that is still possible.", DECISIONS),
    choice("decision_high", "The gravest decision that is still possible.", DECISIONS),
    choice("challenge", "Whether value or ecosystem calls the purchase in question.", YES_NO),
    texts("stops_fired", "Questions that stop the purchase."),
    texts("stops_pending", "Questions that may yet stop it."),
    texts("flags_fired", "Questions that call for escalation."),
    texts("flags_pending", "Questions that may yet call for it."),
    whole("open_questions", "Questions without an answer that counts.", "questions"),
)
IMPACT = (
    whole("raw", "Impact points before any reduction.", "points"),
    whole("max_raw", "The most impact points there could be.", "points"),
    whole("mitigation", "Mitigation points.", "points"),
    whole("max_mitigation", "The most mitigation points there could be.", "points"),
    whole("current", "Impact points after the reduction.", "points"),
    whole("level", "How great the impact is.", "level", "1"),
)
DECIDED = (
    choice("recorded_decision", "What was decided.", DECISIONS),
    text("decided_by", "Who decided."),
    text("decided_at", "When it was decided, as it was written."),
)

ANSWERS = (
    ASSESSMENT_ID,
    choice("fictional", "Whether it is made-up demonstration data.", YES_NO),
    text("buyer", "Who is buying it."),
    text("purchase", "What is being bought."),
    text("supplier", "The supplier assessed."),
    text("framework", "The id of the questionnaire."),
    text("version", "The version of the questionnaire."),
    choice("questionnaire", "Whether it was shipped or adopted here, or is foreign.", ORIGINS),
    text("pack", "Which questions were asked."),
    day("as_of", "The day on which evidence and due dates were looked at."),
    text("section", "The id of the section; facts for what is asked about the purchase."),
    text("question", "The id of the question."),
    text("asked", "The question."),
    choice("applies", "Whether its condition holds.", ("yes", "no", "may apply")),
    choice("state", "Whether it was answered, or why not.", STATES),
    texts("option", "The ids of the chosen options."),
    text("answer", "The labels of the chosen options, or what was written."),
    whole("risk", "Risk value of the chosen option, as claimed.", "risk points"),
    whole("points", "Points that the chosen options add.", "points"),
    whole("weight", "How much the question counts in its section.", "weight", "1"),
    choice("evidence", "The grade of the evidence.", GRADES),
    day("valid_until", "The day from which on the evidence no longer counts."),
    text("link", "Where the evidence is kept."),
    text("note", "A note for colleagues and auditors."),
    text("reason", "Why the question does not apply."),
    text("by", "Who answered."),
    time("at", "When it was answered."),
    day("not_confirmed", "The day of an earlier answer, not confirmed: it does not count."),
    choice("mitigation_status", "How far the mitigation is.", STATUSES),
    text("mitigation_target", "The option that the mitigation is to reach."),
    text("mitigation_owner", "Whose task the mitigation is."),
    day("mitigation_due", "When it is due."),
    text("mitigation_clause", "The contract clause."),
)
SECTIONS = (
    ASSESSMENT_ID,
    text("section", "The id of the section."),
    text("title", "The title of the section."),
    choice(
        "role", "Whether it decides or asks whether it is worth it.", ("decisive", "challenge")
    ),
    *(
        percent(f"{figure}_{end}", f"Risk {words}, {at}.")
        for figure, words in FIGURES.items()
        for end, at in ENDS.items()
    ),
    *(text(f"band_{end}", f"The id of the band, {words}.") for end, words in ENDS.items()),
    percent("complete", "How much of the section's weight is answered."),
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
        lambda exported, _result, each: history_words.words(exported.framework, each)
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
            yield percent(f"{section}_{figure}_{end}", f"Risk in {section} {words}, {at}.")
    for end in ("low", "high"):
        yield text(f"{section}_band_{end}", f"The id of the band of {section}, {ENDS[end]}.")
    yield percent(f"{section}_complete", f"How much of the weight of {section} is answered.")


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
