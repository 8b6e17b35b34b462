"""A draft of one supplier's assessment summary, as a Word document an officer completes.

Only what can have been published as a criterion stands in it: questions whose procurement use
is ``award`` or ``mandatory``. Nothing about another supplier, and no total: totals rest on
questions that no tender publishes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from procurement_risk.assessment import Answer
from procurement_risk.assessment.published import Published
from procurement_risk.assessment.words import answer_text
from procurement_risk.exports.docx_writing import MEDIA_TYPE, Writer
from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.published.today import named, published, the_only
from procurement_risk.framework import Framework, Question
from procurement_risk.framework.words import grade_label
from procurement_risk.language import N_, _
from procurement_risk.language.heard import listening
from procurement_risk.language.phrases import counted, day
from procurement_risk.methods import evaluate

MANDATORY, AWARD = "mandatory", "award"


def write(assessments: Sequence[Exported]) -> bytes:
    """Return the draft for one supplier.

    Raises:
        UsageError: If there is not exactly one assessment.
    """
    exported = the_only(assessments)
    shown = published(exported)
    about = shown.assessment
    title = _("Draft assessment summary: {supplier}").format(supplier=about.supplier.name)
    with listening() as heard:
        writer = Writer(title, about.purchase.title)
        _write_top(writer, shown, exported.framework, exported.foreign_notice)
        asked = list(_asked(exported))
        _write_part(
            writer,
            _("Mandatory requirements"),
            [_mandatory(shown, q) for q in asked if q.procurement_use == MANDATORY],
            (_("Requirement"), _("Answer"), _("Evidence"), _("Met, and why (officer)")),
        )
        _write_part(
            writer,
            _("Award criteria"),
            [_award(shown, exported.framework, q) for q in asked if q.procurement_use == AWARD],
            (_("Criterion"), _("Answer"), _("Score"), _("Mark, and why (officer)")),
        )
        if number := len(shown.answers & {question.id for question in asked}):
            writer.paragraph(
                counted(number, "{n} answer is withheld.", "{n} answers are withheld.")
            )
    return writer.bytes(heard, exported.framework.language)


def _write_top(writer: Writer, shown: Published, framework: Framework, notice: str) -> None:
    about = shown.assessment
    if about.fictional:
        writer.paragraph(_("Fictional demonstration data: all of it is invented."), strong=True)
    if notice:
        writer.paragraph(notice, strong=True)
    writer.paragraph(
        _(
            "Draft for the officer. Before it is sent: keep only the criteria that the tender "
            "published, put the marks of the published scheme in place of the scores, write the "
            "reasons, and have it checked."
        ),
        strong=True,
    )
    writer.points(
        text
        for lead, text in (
            (_("Purchase: {text}"), about.purchase.title),
            (_("Buyer: {text}"), about.purchase.buyer),
            (_("Notice: {text}"), about.purchase.notice_id),
            (_("Supplier: {text}"), about.supplier.name),
            (_("Assessed as of: {text}"), day(about.answer_set.as_of)),
            (_("Questionnaire: {text}"), f"{framework.title} {framework.version}"),
        )
        if text
        for text in (lead.format(text=text),)
    )
    writer.paragraph(
        _(
            "It is about this supplier alone. Questions that are internal, for information or "
            "contract terms are not criteria and are not in it; nor are totals that rest on them."
        )
    )


def _asked(exported: Exported) -> Iterator[Question]:
    """Yield what the pack asks and what applies or is declared not to, in reading order."""
    framework, answer_set = exported.framework, exported.assessment.answer_set
    result = evaluate(framework, answer_set)
    for question in framework.questions():
        answer = answer_set.answers.get(question.id)
        declared = answer is not None and answer.state == "not_applicable"
        if result.counts(question.id) or (declared and result.in_pack(question.id)):
            yield question


def _write_part(
    writer: Writer, title: str, rows: Sequence[Sequence[str]], columns: Sequence[str]
) -> None:
    writer.heading(title)
    if rows:
        writer.table(columns, rows, (10, 8, 5, 7))
    else:
        writer.paragraph(_("None of the questions asked can be one."))


def _mandatory(shown: Published, question: Question) -> tuple[str, ...]:
    answer = shown.assessment.answer_set.answers.get(question.id)
    return (*_said(question, answer), _grade(answer), "")


def _award(shown: Published, framework: Framework, question: Question) -> tuple[str, ...]:
    answer = shown.assessment.answer_set.answers.get(question.id)
    score = _score(framework, question, answer)
    return (*_said(question, answer), shown.shown(f"answers.{question.id}.answer", score), "")


def _said(question: Question, answer: Answer | None) -> tuple[str, str]:
    asked = _("{question}: {words}").format(question=question.id, words=question.ask)
    words = answer_text(question, answer)
    if answer is not None and answer.state == "not_applicable" and answer.reason:
        words = _("{state}: {reason}").format(state=words, reason=answer.reason)
    return asked, words


def _grade(answer: Answer | None) -> str:
    if answer is None or answer.state != "answered" or not answer.evidence:
        return ""
    return grade_label(answer.evidence)


def _score(framework: Framework, question: Question, answer: Answer | None) -> str:
    """Return the chosen option's risk value out of the worst, 0 being best; the method's own."""
    option = question.option(answer.option) if answer else None
    if option is None or not framework.scale_max:
        return _("no score")
    words = _("{score} of {worst}, 0 is best; evidence {grade}")
    grade = answer.evidence if answer else ""
    return words.format(score=option.risk, worst=framework.scale_max, grade=grade)


EXPORT = Export(
    name="assessment-summary",
    title=N_("Assessment summary (Word draft)"),
    purpose=N_(
        "For one supplier: answers and scores on questions that can be criteria, no other."
    ),
    ending="docx",
    media_type=MEDIA_TYPE,
    use="suppliers",
    one_each=True,
    write=write,
    wants=frozenset({"words"}),
    named=named,
)
