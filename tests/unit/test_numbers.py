"""Numbers, amounts and days as each language writes them; what programs read never changes."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal

from procurement_risk import language, views as views_room
from procurement_risk.charts import CHARTS
from procurement_risk.exports import EXPORTS
from procurement_risk.language import numbers, percent, phrases
from procurement_risk.language.typed_number import (
    one_reading,
    two_readings,
    typed_number,
    typed_pounds,
    typed_whole,
)
from procurement_risk.methods import evaluate
from procurement_risk.views.shared.chart_view import as_csv, for_files
from procurement_risk.views.shared.whole_number import why_not
from scripts import translations
from tests.support.exchange_examples import example

THIN, FIRM = "\u202f", "\u00a0"
MADE_FOR_PROGRAMS = ("json", "answers-csv", "assessments-csv", "ocds", "history-csv", "oscal")


@pytest.fixture
def french():
    language.use("fr")
    yield
    language.use(language.ENGLISH)


def test_english_numbers_are_as_they_were():
    assert numbers.decimal(Fraction(49, 4)) == "12.3"
    assert numbers.grouped(1_234_567) == "1,234,567"
    assert phrases.pounds(17_575_000) == "£17.575m"
    assert phrases.pounds(85_000) == "£85,000"
    assert phrases.share(Fraction(394, 1000)) == "39.4\u00a0%"
    assert phrases.day("2026-03-12") == "12 March 2026"


def test_french_numbers(french):
    assert numbers.decimal(Fraction(49, 4)) == "12,3"
    assert numbers.grouped(1_234_567) == f"1{THIN}234{THIN}567"
    assert phrases.pounds(17_575_000) == f"17,575{FIRM}M£"
    assert phrases.pounds(85_000) == f"85{THIN}000{FIRM}£"
    assert phrases.pounds(None) == "inconnu"
    assert phrases.share(Fraction(394, 1000)).replace(FIRM, " ") == "39,4 %"
    assert phrases.day("2026-03-12") == "12 mars 2026"
    assert phrases.day("2026-04-01") == "1er avril 2026"
    assert phrases.counted(1_234, "{n} stop", "{n} stops") == f"1{THIN}234 arrêts"
    assert phrases.counted(0, "{n} stop", "{n} stops") == "0 arrêt"
    assert phrases.listed(["a", "b", "c"]) == "a, b et c"


@pytest.mark.parametrize("code", [translations.code_of(file) for file in translations.files()])
def test_a_catalogue_s_signs_and_months_are_those_of_its_language(code):
    """As the Unicode CLDR has them, through Babel: nobody has to know them by heart."""
    language.use(code)
    try:
        assert numbers.shown("12,345,678.5") == format_decimal(Decimal("12345678.5"), locale=code)
        for month in range(1, 13):
            day = date(2026, month, 12)
            assert phrases.day(day.isoformat()) == format_date(day, "long", locale=code)
    finally:
        language.use(language.ENGLISH)


def test_what_programs_read_is_the_same_in_every_language(french):
    """Bytes of every export for programs, and the CSV of a chart."""
    exported = example("p01-correspondence-drafting")
    speaking = {name: EXPORTS[name] for name in MADE_FOR_PROGRAMS if name in EXPORTS}
    assert len(speaking) >= 4
    made = {name: bytes_of(each, exported) for name, each in speaking.items()}
    language.use(language.ENGLISH)
    assert made == {name: bytes_of(each, exported) for name, each in speaking.items()}


def bytes_of(export, exported):
    return export.write([exported])


def test_the_csv_of_a_chart_is_the_same_in_every_language(french):
    exported = example("p01-correspondence-drafting")
    result = evaluate(exported.framework, exported.assessment.answer_set)
    chart = CHARTS["section_bars"]
    shown, filed = chart.table(result), for_files(chart, result, chart.table(result))
    language.use(language.ENGLISH)
    english = chart.table(result)

    assert as_csv(filed) == as_csv(english)
    assert as_csv(shown) != as_csv(english)
    assert percent.one_decimal(Fraction(49, 4)) == "12.3"


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "£0"),
        (999, "£999"),
        (1_000, "£1k"),
        (1_250, "£1.3k"),
        (252_210, "£252k"),
        (999_499, "£999k"),
        (999_500, "£1m"),
        (2_560_000, "£2.6m"),
        (99_960_000, "£100m"),
        (1_240_000_000, "£1.2bn"),
    ],
)
def test_pounds_where_there_is_no_room(amount, words):
    assert phrases.short_pounds(amount) == words


# --- Numbers that people type ---


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12.5", "12.5"), ("12,5", "12.5"), ("0,500", "0.500"), ("1500.250", "1500.250"),
        ("1,500.5", "1500.5"), ("1.500,5", "1500.5"), ("1.500.000", "1500000"),
        ("1,500,000", "1500000"), (f"12{THIN}345,6", "12345.6"), ("12’345", "12345"),
        ("1.2340", "1.234"), ("1,2340", "1.234"),
    ],
)  # fmt: skip
def test_a_number_that_reads_one_way_is_taken(typed, kept):
    assert typed_number(typed) == kept
    assert two_readings(typed) is None


@pytest.mark.parametrize(
    ("typed", "readings"),
    [
        ("1,500", ("1500", "1.5")),
        ("1.500", ("1500", "1.5")),
        ("-1.000", ("-1000", "-1")),
        ("1.234", ("1234", "1.2340")),
    ],
)
def test_a_number_that_reads_two_ways_stays_and_each_way_can_be_typed(typed, readings):
    assert typed_number(typed) == typed
    assert two_readings(typed) == readings
    assert [two_readings(each) for each in readings] == [None, None]
    assert typed_number(one_reading("1.234")) == "1.234"


@pytest.mark.parametrize(
    ("typed", "whole"),
    [(" 15 ", 15), ("1,0", 1), ("2.00", 2), ("12 345", 12345), ("1,500,000", 1500000), ("-3", -3)],
)
def test_a_whole_number_is_read_as_people_type_it(typed, whole):
    assert typed_whole(typed) == whole


@pytest.mark.parametrize(
    "typed",
    ["", "1,5", "1.5", "0,5", "1,500", "1.500", "1e3", "3 or 4", "٣", "--1", "5%", "9" * 16],
)
def test_what_is_no_whole_number_is_none_and_never_another_one(typed):
    assert typed_whole(typed) is None


def test_why_it_is_none_is_said_with_what_to_write():
    assert why_not(" 7 ", 3) == ""
    assert why_not("", 3) == "Write a whole number like 3."
    assert why_not("1,5", 3) == "Write a whole number like 3, not “1,5”."
    words = "“1,500” may be 1500 or 1.5: write a whole number like 1500."
    assert why_not("1,500", 3) == words


def test_no_page_has_a_browser_field_for_numbers():
    """It drops a comma that it cannot read, so that 1,5 is 15."""
    views = Path(views_room.__file__).parent
    fields = re.compile(r"number_input|NumberColumn|data_editor|type=.number")
    assert fields.search("box.number_input(label)")
    assert not [each.name for each in views.rglob("*.py") if fields.search(each.read_text())]


@pytest.mark.parametrize(
    "typed", ["1500", "1,500", "1.500", "£1,500", "1 500", "1500.00", "1,500 £"]
)
def test_whole_pounds_have_one_reading(typed):
    assert typed_pounds(typed) == 1500


@pytest.mark.parametrize("typed", ["", "1,5", "1500.50", "12e3", "-5", "1.9m", "about 5", "٣"])
def test_what_is_no_whole_pounds_is_none(typed):
    """It was 15, 1500, 12 and so on while a browser read it."""
    assert typed_pounds(typed) is None
