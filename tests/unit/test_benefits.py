"""Benefits: kept in the record, unseen by the score, promised beside found, counted in life."""

from dataclasses import replace

from procurement_risk.assessment import Benefit
from procurement_risk.assessment.document import assessment_from_document, assessment_to_document
from procurement_risk.assessment.parts import check_part
from procurement_risk.assessment.publication import publish
from procurement_risk.exports import all_tables
from procurement_risk.exports.export import Exported
from procurement_risk.methods import evaluate
from procurement_risk.portfolio.benefits import benefits_of
from procurement_risk.portfolio.item_documents import item_from_document, item_to_document
from procurement_risk.portfolio.items import item_of
from procurement_risk.profile import benefit_words as words
from procurement_risk.report.leadership import leadership_page
from tests.support.portfolio_examples import item
from tests.support.publication_examples import FRAMEWORK, planted

SAVED = Benefit(
    measure="Minutes a case",
    promised="30",
    found="12",
    at="2027-06-01",
    evidence="E3",
    note="Time study",
)
ONLY = Benefit(measure="Complaints a month", promised="half")


def told():
    return replace(planted(), benefits=(SAVED, ONLY))


def test_they_are_kept_in_the_record_and_left_out_where_there_are_none():
    document = assessment_to_document(told())
    assert document["benefits"][1] == {"measure": "Complaints a month", "promised": "half"}
    assert assessment_from_document(document) == told()
    assert "benefits" not in assessment_to_document(planted())
    bad = ({}, [{}], [{"measure": ""}], [{"measure": "x", "at": "soon"}], [{"measure": 1}])
    for value in (*bad, [{"measure": "x", "evidence": "E9"}], [{"measure": "x", "score": 1}]):
        assert check_part("benefits", value), value


def test_they_change_no_score_and_the_portfolio_keeps_them():
    outcomes = [evaluate(FRAMEWORK, each.answer_set) for each in (planted(), told())]
    assert outcomes[0] == outcomes[1]
    kept = item_of(told(), FRAMEWORK, outcomes[0])
    assert item_from_document(item_to_document(kept), FRAMEWORK).benefits == (SAVED, ONLY)
    assert "benefits" not in item_to_document(item_of(planted(), FRAMEWORK, outcomes[0]))


def test_promised_stands_beside_found():
    assert words.cells(SAVED) == (
        "Minutes a case",
        "30",
        "12",
        "1 June 2027",
        "E3 independent evidence. Time study",
    )
    assert words.cells(ONLY)[1:] == ("half", "not measured yet", "", "")
    assert words.cells(replace(SAVED, promised=""))[1] == "nothing"
    assert words.sentence(SAVED) == (
        "promised: 30; found: 12, 1 June 2027, E3 independent evidence"
    )
    assert words.sentence(ONLY) == "promised: half; not measured yet"


def test_the_leadership_page_has_a_part_only_where_there_are_some():
    def parts(about):
        outcome = evaluate(FRAMEWORK, about.answer_set)
        page = leadership_page(about, FRAMEWORK, outcome, digest="0")
        return {part.title: part for part in page.parts}

    assert "Promised and found" not in parts(planted())
    (points,) = parts(told())["Promised and found"].blocks
    assert [each.lead for each in points.items] == ["Minutes a case", "Complaints a month"]


def test_a_table_has_a_row_for_each_and_nothing_is_published():
    columns, rows = all_tables.filled([Exported(told(), FRAMEWORK)], ["benefits"])["benefits"]
    names = [column.name for column in columns]
    found = [dict(zip(names, row, strict=True)) for row in rows]
    assert [each["found"] for each in found] == ["12", ""]
    assert publish(told(), "2027-06-01").assessment.benefits == ()


def test_purchases_in_life_are_counted_by_what_is_known_of_them():
    found = benefits_of(
        [
            item("a", state="live", benefits=(SAVED,), committed_value=1),
            item("b", state="live", benefits=(ONLY,), committed_value=9),
            item("c", state="live"),
            item("d", benefits=(ONLY,)),
        ]
    )
    assert [each.id for each, _benefit in found.measures] == ["b", "a", "d"]
    assert [[each.id for each in of] for of in (found.measured, found.promised_only)] == [
        ["a"],
        ["b"],
    ]
    assert [each.id for each in found.unknown] == ["c"]
