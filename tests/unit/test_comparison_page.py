"""The page of a comparison: the law's note on top, and every figure that the app has."""

import io
from dataclasses import replace

import pytest
from pypdf import PdfReader

from procurement_risk.assessment import Supplier
from procurement_risk.comparison import compare, firmness_words, words
from procurement_risk.exports.leadership import (
    comparison as exported,
    height,
    html as leadership_html,
)
from procurement_risk.profile.words import DUE_DILIGENCE
from procurement_risk.report import ROOMS
from procurement_risk.report.comparison.page import comparison_page
from procurement_risk.report.page import Bars, Points, Table
from tests.support.comparison_examples import answer_set, bids, entry
from tests.support.leadership_examples import DIGEST, WORST


@pytest.fixture(scope="module")
def found():
    return compare(bids())


def part(page, title):
    (each,) = (each for each in page.parts if each.title == title)
    return each.blocks[0]


def test_the_law_stands_above_the_answer(found):
    page = comparison_page(found, DIGEST)
    assert DUE_DILIGENCE in page.notice
    assert "fictional" in page.notice
    assert page.headline == firmness_words.verdict(found.firmness).rstrip(".")
    written = exported.html(found).decode()
    assert written.index(DUE_DILIGENCE) < written.index(page.headline)


def test_each_supplier_has_its_figures(found):
    bars = part(comparison_page(found, DIGEST), "The suppliers side by side")
    assert isinstance(bars, Bars)
    for place, (row, candidate) in enumerate(zip(bars.rows, found.candidates, strict=True)):
        assert row.name == candidate.label
        assert row.cells[:2] == (
            firmness_words.interval(found.firmness, place),
            words.index_words(candidate),
        )


def test_what_is_stopped_or_stands_apart_is_named_and_not_ordered():
    stopped = entry("Halted", answer_set(SR_04="d"))
    elsewhere = entry("Elsewhere", purchase=replace(stopped.assessment.purchase, id="other"))
    found = compare([entry("A"), entry("B", answer_set(DP_03="b")), stopped, elsewhere])
    page = comparison_page(found, DIGEST)
    names = {row.name for row in part(page, "The suppliers side by side").rows}
    said = {
        block.items[0].lead for p in page.parts for block in p.blocks if isinstance(block, Points)
    }
    assert names == {each.label for each in found.candidates}
    for each in found.stopped:
        assert each[0].assessment.supplier.name in said
    for each in found.apart:
        assert each.entry.assessment.supplier.name in said


def test_the_widest_difference_comes_first(found):
    table = part(comparison_page(found, DIGEST), "Where they differ")
    assert isinstance(table, Table)
    assert [row[0] for row in table.rows][:1] != []
    assert table.rows[0][0].split(" ")[0] == found.differences[0].question.id
    assert table.more.startswith("and ")


def test_it_is_one_sheet_in_both_forms_and_the_same_each_time(found):
    data = exported.pdf(found)
    assert len(PdfReader(io.BytesIO(data)).pages) == 1
    assert exported.pdf(found) == data
    assert exported.html(found) == exported.html(found)


@pytest.mark.parametrize("name", ["hostile", "Chinese and Japanese"])
def test_the_worst_names_fit_and_are_no_markup(name):
    given = bids()
    worst = replace(given[0].assessment, supplier=Supplier(name=WORST[name][:300]))
    found = compare([replace(given[0], assessment=worst), *given[1:]])
    assert "<script>" not in exported.html(found).decode()
    assert any(
        height.lines(comparison_page(found, DIGEST, room=room)) <= leadership_html.LINES
        for room in ROOMS
    )


def test_another_record_has_another_digest(found):
    other = bids()
    changed = replace(other[0].assessment, supplier=Supplier(name="Somebody"))
    again = compare([replace(other[0], assessment=changed), *other[1:]])
    assert exported.digest_over(found) == exported.digest_over(compare(bids()))
    assert exported.digest_over(found) != exported.digest_over(again)
