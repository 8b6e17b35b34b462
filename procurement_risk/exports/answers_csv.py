"""One row for every question of every assessment, answered or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from procurement_risk.assessment import Answer, Mitigation
from procurement_risk.exports.csv_cells import Cell, write_csv
from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.tables.column import cells
from procurement_risk.exports.tables.dictionary import ANSWERS, names
from procurement_risk.framework import Option, Question
from procurement_risk.language import N_
from procurement_risk.methods import AnyResult, evaluate
from procurement_risk.profile.carrying import unconfirmed

HEADER = names(ANSWERS)


def write(assessments: Sequence[Exported]) -> bytes:
    """Return the CSV file, in the order given and then in reading order."""
    return write_csv(HEADER, (row for exported in assessments for row in _evaluated(exported)))


def _evaluated(exported: Exported) -> Iterator[tuple[Cell, ...]]:
    return rows(exported, evaluate(exported.framework, exported.assessment.answer_set))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a row is about: a question, its answer and mitigation, and a day not yet confirmed."""

    question: Question
    answer: Answer | None
    mitigation: Mitigation | None
    not_confirmed: str

    @property
    def chosen(self) -> list[Option]:
        """The chosen options, in the question's order."""
        return [o for o in self.question.options if self.answer and o.id in self.answer.options]

    @property
    def words(self) -> str:
        """The labels of the chosen options, or what was written."""
        labels = "; ".join(option.label for option in self.chosen)
        return labels or (self.answer.text if self.answer else "")

    @property
    def risk(self) -> int | None:
        """The risk of the chosen option where the question is scored by risk."""
        scored = self.question.weight > 0 and self.question.type == "single"
        return next((option.risk for option in self.chosen), None) if scored else None

    @property
    def points(self) -> int | None:
        """The points of the chosen options where the question gives some."""
        gives = self.question.scores and self.chosen
        return sum(option.points for option in self.chosen) if gives else None


def rows(exported: Exported, result: AnyResult) -> Iterator[tuple[Cell, ...]]:
    """Yield the rows of one assessment, in reading order, given what its method made of it."""
    waiting = unconfirmed(exported.assessment)
    mitigations = {m.question: m for m in reversed(result.answer_set.mitigations)}
    for question in exported.framework.by_id.values():
        carried = waiting.get(question.id)
        asked = Asked(
            question,
            result.answer_set.answers.get(question.id),
            mitigations.get(question.id),
            carried.day if carried else "",
        )
        yield cells(ANSWERS, exported, result, asked)


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
