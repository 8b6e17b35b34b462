"""One row for every assessment, with its result."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from procurement_risk.assessment.vocabulary import in_english
from procurement_risk.exports.csv_cells import Cell, write_csv
from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.tables.dictionary import (
    IMPACT,
    RESULT,
    assessment_columns,
    names,
    section_columns,
)
from procurement_risk.language import N_
from procurement_risk.language.percent import one_decimal
from procurement_risk.methods import AnyResult, evaluate

SECTION_WIDTH = len(list(section_columns("")))


def write(assessments: Sequence[Exported]) -> bytes:
    """Return the CSV file; every framework's sections have columns, empty where not scored."""
    sections = scored_sections(assessments)
    return write_csv(
        names(assessment_columns(sections)),
        (
            row(each, evaluate(each.framework, each.assessment.answer_set), sections)
            for each in assessments
        ),
    )


def scored_sections(assessments: Sequence[Exported]) -> list[str]:
    """Return the ids of every section that a figure is given for, in reading order."""
    return list(
        dict.fromkeys(
            section.id
            for exported in assessments
            for section in exported.framework.scored_sections
        )
    )


def row(exported: Exported, result: AnyResult, sections: Sequence[str]) -> list[Cell]:
    """Return the row of one assessment, given what its method made of it."""
    cells = [*_about(exported), *_result(result), *_decided(exported)]
    for section in sections:
        cells += _section(result, section)
    return cells


def _about(exported: Exported) -> list[Cell]:
    assessment, framework = exported.assessment, exported.framework
    purchase, supplier = assessment.purchase, assessment.supplier
    return [
        assessment.id,
        "yes" if assessment.fictional else "no",
        assessment.replaces,
        assessment.state,
        purchase.id,
        purchase.title,
        purchase.buyer,
        purchase.capability,
        purchase.committed_value,
        purchase.value_if_scaled,
        in_english(purchase.route),
        purchase.notice_id,
        purchase.ocid,
        "yes" if purchase.embedded else "no",
        purchase.contract_start,
        purchase.contract_end,
        " ".join(purchase.break_dates),
        purchase.jurisdiction,
        purchase.chosen_supplier,
        supplier.name,
        supplier.company_number,
        supplier.group,
        "; ".join(f"{upstream.kind}: {upstream.name}" for upstream in assessment.upstreams),
        framework.id,
        framework.version,
        exported.questionnaire,
        assessment.answer_set.pack,
        assessment.answer_set.as_of,
    ]


def _result(result: AnyResult) -> list[Cell]:
    flags = result.red_flags
    cells: dict[str, Cell] = {
        "recommendation": result.recommendation,
        "stops_fired": " ".join(flags.stops_fired),
        "stops_pending": " ".join(flags.stops_pending),
        "flags_fired": " ".join(flags.flags_fired),
        "flags_pending": " ".join(flags.flags_pending),
        "open_questions": len(result.open),
        **result.figures(),
    }
    return [cells.get(column.name, "") for column in (*RESULT, *IMPACT)]


def _decided(exported: Exported) -> list[Cell]:
    decision = exported.assessment.decision
    return [decision.decision, decision.by, decision.at] if decision else ["", "", ""]


def _section(result: AnyResult, section_id: str) -> list[Cell]:
    scored = result.sections.get(section_id)
    if scored is None:
        return [""] * SECTION_WIDTH
    figures: list[Cell] = []
    for figure in (scored.claimed, scored.inherent, scored.residual):
        ends: list[Fraction] = [figure.low, figure.central, figure.high]
        figures += [one_decimal(end) for end in ends]
    return [*figures, scored.band.low, scored.band.high, one_decimal(100 * scored.complete)]


EXPORT = Export(
    name="assessments-csv",
    title=N_("Assessments (CSV)"),
    purpose=N_("For analysts: one row for every assessment chosen, with its result."),
    ending="csv",
    media_type="text/csv",
    use="analysis",
    one_each=False,
    write=write,
)
