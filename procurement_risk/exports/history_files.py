"""The history alone: every change in words and as it was written, as CSV and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from procurement_risk.canonical import write_json
from procurement_risk.exports import all_tables
from procurement_risk.exports.csv_cells import write_csv
from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.pack_files import history_line
from procurement_risk.exports.tables.dictionary import names
from procurement_risk.language import N_
from procurement_risk.storage import history_words


def write_csv_file(assessments: Sequence[Exported]) -> bytes:
    """Return a line for each change, with the columns of the table ``history``."""
    columns, rows = all_tables.filled(assessments, {"history"})["history"]
    return write_csv(names(columns), rows)


def write_json_file(assessments: Sequence[Exported]) -> bytes:
    """Return each line as an audit pack holds it, with the change in words."""
    return write_json(
        [
            history_line(each.assessment.id, entry)
            | {"change": history_words.words_under(entry, each.under, each.framework)}
            for each in assessments
            for entry in each.history
        ]
    )


CSV = Export(
    name="history-csv",
    title=N_("History (CSV)"),
    purpose=N_("For auditors: every change in words, with who made it, when and why."),
    ending="csv",
    media_type="text/csv",
    use="evidence",
    one_each=False,
    write=write_csv_file,
    wants=frozenset({"words", "history"}),
)
JSON = replace(
    CSV,
    name="history-json",
    title=N_("History (JSON)"),
    purpose=N_("The same for programs, with the hashes that chain each change to the one before."),
    ending="json",
    media_type="application/json",
    write=write_json_file,
)
