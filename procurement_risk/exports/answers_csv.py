"""One row for every question of every assessment, answered or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from procurement_risk.exports.csv_cells import Cell, write_csv
from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.tables.dictionary import ANSWERS, names
from procurement_risk.framework import Question
from procurement_risk.language import N_
from procurement_risk.methods import AnyResult, evaluate
from procurement_risk.profile.carrying import unconfirmed

HEADER = names(ANSWERS)


def write(assessments: Sequence[Exported]) -> bytes:
    """Return the CSV file, in the order given and then in reading order."""
    return write_csv(HEADER, (row for exported in assessments for row in _evaluated(exported)))


def _evaluated(exported: Exported) -> Iterator[tuple[Cell, ...]]:
    return rows(exported, evaluate(exported.framework, exported.assessment.answer_set))


def rows(exported: Exported, result: AnyResult) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of one assessment, in reading order, given what its method made of it."""
    assessment, framework = exported.assessment, exported.framework
    answer_set = assessment.answer_set
    about: tuple[Cell, ...] = (
        assessment.id,
        "yes" if assessment.fictional else "no",
        assessment.purchase.buyer,
        assessment.purchase.title,
        assessment.supplier.name,
        framework.id,
        framework.version,
        exported.questionnaire,
        answer_set.pack,
        answer_set.as_of,
    )
    waiting = unconfirmed(assessment)
    for question in framework.by_id.values():
        carried = waiting.get(question.id)
        yield (
            *about,
            *_question_cells(result, question),
            carried.day if carried else "",
            *_mitigation_cells(result, question),
        )


def _question_cells(result: AnyResult, question: Question) -> tuple[Cell, ...]:
    answer = result.answer_set.answers.get(question.id)
    applies = {True: "yes", False: "no", None: "may apply"}[result.applies[question.id]]
    chosen = [o for o in question.options if answer and o.id in answer.options]
    scored = question.weight > 0 and question.type == "single" and bool(chosen)
    return (
        question.section or "facts",
        question.id,
        question.ask,
        applies,
        answer.state if answer else "unanswered",
        " ".join(option.id for option in chosen),
        "; ".join(option.label for option in chosen) or (answer.text if answer else ""),
        chosen[0].risk if scored else None,
        sum(option.points for option in chosen) if question.scores and chosen else None,
        question.weight or None,
        *(
            (
                answer.evidence,
                answer.valid_until,
                answer.link,
                answer.note,
                answer.reason,
                answer.by,
                answer.at,
            )
            if answer
            else ("", "", "", "", "", "", "")
        ),
    )


def _mitigation_cells(result: AnyResult, question: Question) -> tuple[Cell, ...]:
    for m in result.answer_set.mitigations:
        if m.question == question.id:
            return (m.status, m.target, m.owner, m.due, m.clause)
    return ("", "", "", "", "")


EXPORT = Export(
    name="answers-csv",
    title=N_("Answers (CSV)"),
    purpose=N_("For analysts: one row for every question of every assessment chosen."),
    ending="csv",
    media_type="text/csv",
    use="analysis",
    one_each=False,
    write=write,
)
