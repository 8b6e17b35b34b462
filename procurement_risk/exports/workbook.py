"""The workbook that a supplier fills in and sends back."""

from __future__ import annotations

from collections.abc import Sequence

from procurement_risk.assessment import Assessment, today as calendar
from procurement_risk.errors import UsageError
from procurement_risk.exports.export import Export, Exported, Extra
from procurement_risk.formats.workbook.layout import NOTHING_TO_ASK, asked
from procurement_risk.framework import Framework
from procurement_risk.language import N_, _


def write(exported: Sequence[Exported]) -> bytes:
    """Return the workbook for one assessment's supplier, as issued now.

    Raises:
        UsageError: If it is not exactly one assessment, or nothing is for the supplier to answer.
    """
    if len(exported) != 1:
        raise UsageError(_("A supplier's workbook is of one assessment. Choose one."))
    from procurement_risk.formats.workbook.writing import (
        write_workbook,  # openpyxl takes a while to load
    )

    now = calendar.now()
    one = exported[0]
    said = {name: one.said.get(name, "") for name in ("return-by", "contact")}
    return write_workbook(
        one.assessment, one.framework, now, return_by=said["return-by"], contact=said["contact"]
    )


def unfit(assessment: Assessment, framework: Framework) -> str:
    """Return why there is no workbook of an assessment, or empty."""
    return "" if asked(framework, assessment.answer_set) else _(NOTHING_TO_ASK)


EXPORT = Export(
    name="workbook",
    title=N_("Supplier workbook (XLSX)"),
    purpose=N_(
        "For the supplier: the questions it answers, to fill in and send back. It holds no "
        "weights, risk values, flags or notes, and no answers."
    ),
    ending="xlsx",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    use="suppliers",
    one_each=True,
    write=write,
    wants=frozenset({"words"}),
    unfit=unfit,
    extras=(
        Extra(name="return-by", title=N_("Return it by"), kind="day", longest=10),
        Extra(name="contact", title=N_("Whom to ask about it"), kind="text", longest=200),
    ),
)
