"""The rows of the tables that have no CSV file of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from procurement_risk.canonical import write_json
from procurement_risk.exports.csv_cells import Cell
from procurement_risk.exports.export import Exported
from procurement_risk.exports.tables.dictionary import ENDS, FIGURES
from procurement_risk.language.percent import one_decimal
from procurement_risk.methods import AnyResult
from procurement_risk.methods.values import acting_status
from procurement_risk.profile.findings import find

Row = tuple[Cell, ...]


def yes(claim: bool) -> str:
    """Return ``yes`` or ``no``."""
    return "yes" if claim else "no"


def sections(exported: Exported, result: AnyResult) -> Iterator[Row]:
    """Yield a row for each section that is scored."""
    for section in exported.framework.sections:
        scored = result.sections.get(section.id)
        if scored is not None:
            yield (
                exported.assessment.id,
                section.id,
                section.title,
                section.role,
                *(
                    one_decimal(getattr(getattr(scored, figure), end))
                    for figure in FIGURES
                    for end in ENDS
                ),
                *(getattr(scored.band, end) for end in ENDS),
                one_decimal(100 * scored.complete),
            )


def mitigations(exported: Exported, result: AnyResult) -> Iterator[Row]:
    """Yield a row for each mitigation, in the order in which they were written."""
    for each in exported.assessment.answer_set.mitigations:
        question = exported.framework.by_id.get(each.question)
        target = question.option(each.target) if question else None
        yield (
            exported.assessment.id,
            each.question,
            each.status,
            acting_status(each, result.answer_set.as_of),
            each.target,
            target.label if target else "",
            each.owner,
            each.due,
            each.clause,
            each.evidence,
            each.note,
        )


def upstreams(exported: Exported, _result: AnyResult) -> Iterator[Row]:
    """Yield a row for each model, host and cloud."""
    for each in exported.assessment.upstreams:
        yield (
            exported.assessment.id,
            each.kind,
            each.name,
            each.maker,
            each.jurisdiction,
            yes(each.own),
        )


def findings(exported: Exported, result: AnyResult) -> Iterator[Row]:
    """Yield a row for each finding, gravest first."""
    for each in find(result):
        yield (
            exported.assessment.id,
            each.kind,
            each.question.id,
            each.question.ask,
            each.question.section,
            each.claimed,
            each.counts_for,
            yes(each.treated),
            "; ".join(clause.heading for clause in each.clauses),
        )


def history(exported: Exported, _result: AnyResult) -> Iterator[Row]:
    """Yield a row for each change, oldest first; none where the history is not known."""
    for each in exported.history:
        yield (
            exported.assessment.id,
            each.seq,
            each.part,
            _json(each.before),
            _json(each.after),
            each.by,
            each.at,
            each.reason,
            yes(each.is_redacted),
            each.hash,
        )


def _json(value: Any) -> str:  # noqa: ANN401  whatever a part of an assessment holds
    return "" if value is None else write_json(value).decode()
