"""Every type of question that a framework may have is known wherever they are told apart."""

import json
from collections.abc import Collection, Mapping

import pytest

from procurement_risk.assessment import answers_schema
from procurement_risk.formats.surveyjs import writing
from procurement_risk.formats.workbook import matching, writing as sheets
from procurement_risk.framework.shipped import SCHEMAS
from procurement_risk.framework.versions import questions
from procurement_risk.views.answer import fields, question as drawing

SCHEMA = json.loads((SCHEMAS / "framework.schema.json").read_text(encoding="utf-8"))
TYPES = SCHEMA["$defs"]["question"]["properties"]["type"]["enum"]
TABLES = {
    "the schema of answers": answers_schema.VALUES,
    "what a workbook answers": matching.READERS,
    "what a workbook asks": sheets.KINDS,
    "what a SurveyJS file asks": writing.TYPES,
    "what changed between versions": questions.TYPE_WORDS,
    "how a value stands in its widget": fields.KINDS,
    "what the Answer page draws": drawing.FIELDS,
}


def odd(table: Mapping[str, object], types: Collection[str]) -> set[str]:
    """Return the types that the table lacks, and those that it alone knows."""
    return set(table) ^ set(types)


@pytest.mark.parametrize("name", TABLES)
def test_every_type_has_its_line(name):
    assert odd(TABLES[name], TYPES) == set()


def test_a_type_without_a_line_is_found():
    for table in TABLES.values():
        assert odd(table, [*TYPES, "drawing"]) == {"drawing"}
        assert odd(table, TYPES[1:]) == {TYPES[0]}
