"""One supplier: which assessments hold, what is open, what runs out, and when."""

from copy import deepcopy

import pytest

from procurement_risk.assessment import (
    Answer,
    AnswerSet,
    Assessment,
    Mitigation,
    Purchase,
    Supplier,
    Trigger,
    Upstream,
)
from procurement_risk.assessment.today import years_from
from procurement_risk.charts import supplier_sections
from procurement_risk.charts.supplier_sections import Block
from procurement_risk.framework import Framework
from procurement_risk.methods import evaluate
from procurement_risk.portfolio import supplier as supplier_view
from procurement_risk.portfolio.items import item_of
from procurement_risk.portfolio.supplier import hold
from tests.support.stored_examples import FRAMEWORK_DOCUMENT, framework

SMALL = framework()
OTHER = framework(id="other")
OF_SUPPLIER = framework(id="about-suppliers", subject="supplier")
TODAY = "2026-11-25"
NAME = "Example AI Ltd"


def case(
    id="one",
    title="Rotas",
    chosen="",
    as_of="2026-11-23",
    against: Framework = SMALL,
    answers=(),
    mitigations=(),
    **more,
):
    answer_set = AnswerSet(as_of=as_of, answers=dict(answers), mitigations=tuple(mitigations))
    purchase = {"id": title, "title": title, "buyer": "Us", "chosen_supplier": chosen}
    purchase |= more.pop("purchase", {})
    assessment = Assessment(
        id=id,
        purchase=Purchase(**purchase),
        supplier=Supplier(name=NAME),
        answer_set=answer_set,
        **more,
    )
    return item_of(assessment, against, evaluate(against, answer_set))


def held(*cases):
    return hold(cases, {NAME})


def ids(cases):
    return [each.id for each in cases]


def agreed(question="DP-01", due="2026-11-24", **more):
    fields = {"status": "agreed", "target": "a", "owner": "Ann", "clause": "Ours"}
    return Mitigation(**{"question": question, "due": due, **fields, **more})


# --- Which assessments hold ---


def test_purchases_stand_by_title_with_bids_not_chosen_last_and_never_by_risk():
    worst = {name: Answer(options=("c",)) for name in ("CX-01", "DP-01", "DP-02", "DP-03")}
    found = held(
        case("1", "Beta", chosen="Somebody else"),
        case("2", "Zulu", chosen=NAME),
        case("3", "alpha", chosen=NAME, answers=worst),
        case("4", "Mike"),
        case("5", against=OF_SUPPLIER),
    )
    assert [(each.purchase.title, each.standing) for each in found] == [
        ("Rotas", "organisation"),
        ("alpha", "chosen"),
        ("Zulu", "chosen"),
        ("Mike", "undecided"),
        ("Beta", "not_chosen"),
    ]


def test_the_supplier_is_chosen_under_any_of_its_names():
    cases = [case(chosen="EXAMPLE AI LTD"), case("two", "Other", chosen="Example Artificial")]
    found = hold(cases, {NAME, "Example Artificial"})
    assert [each.standing for each in found] == ["chosen", "chosen"]


def test_the_newest_of_each_framework_holds():
    (found,) = held(
        case("old", as_of="2025-11-23"),
        case("new", as_of="2026-11-23"),
        case("in points", as_of="2024-01-01", against=OTHER),
    )
    assert ids(found.looks) == ["new", "old", "in points"]
    assert ids(found.current) == ["new", "in points"]


@pytest.mark.parametrize(
    ("cases", "current"),
    [
        ([case("only", state="closed")], []),
        ([case("only", state="withdrawn")], []),
        ([case("only", state="not_chosen")], []),
        ([case("later", as_of="2026-12-01", state="closed"), case("earlier")], []),
        ([case("a", replaces="b"), case("b", as_of="2026-12-01")], ["a"]),
        ([case("bid", chosen="Somebody else")], []),
    ],
)
def test_what_is_closed_followed_or_not_chosen_holds_no_more(cases, current):
    (found,) = held(*cases)
    assert ids(found.current) == current


# --- Open conditions ---


def test_overdue_conditions_stand_first_then_by_date_then_without_one():
    found = supplier_view.open_conditions(
        held(
            case(
                mitigations=[
                    agreed("DP-01", "2027-03-01"),
                    agreed("DP-02", "", status="proposed"),
                    agreed("DP-03", "2026-11-24"),
                    agreed("CX-01", "2020-01-01", status="verified", evidence="E4"),
                ]
            ),
            case("two", "Other", mitigations=[agreed("DP-01", "2026-01-01", status="proposed")]),
        ),
        TODAY,
    )
    assert [(each.condition.question, each.is_overdue) for each in found] == [
        ("DP-03", True),
        ("DP-01", False),  # proposed only, past its day
        ("DP-01", False),
        ("DP-02", False),
    ]


def test_a_condition_due_today_is_not_overdue():
    (found,) = supplier_view.open_conditions(held(case(mitigations=[agreed(due=TODAY)])), TODAY)
    assert not found.is_overdue


def test_conditions_of_bids_not_chosen_and_of_earlier_assessments_are_left_out():
    earlier = case("old", as_of="2025-01-01", mitigations=[agreed()])
    lost = case("lost", "Other", chosen="Somebody else", mitigations=[agreed()])
    assert supplier_view.open_conditions(held(case(), earlier, lost), TODAY) == ()


# --- Evidence ---


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        ("2026-11-24", True),
        ("2026-11-25", False),
        ("2027-11-25", False),
        ("2027-11-26", None),
        ("", None),
    ],
)
def test_evidence_that_ran_out_or_does_within_twelve_months(until, expected):
    """True: has run out; None: not told of."""
    answers = {"DP-01": Answer(options=("a",), evidence="E2", valid_until=until)}
    found = supplier_view.running_out(held(case(answers=answers)), TODAY)
    assert [each.has_run_out for each in found] == ([] if expected is None else [expected])


def test_evidence_under_no_answer_is_not_told_of():
    answers = {
        "DP-01": Answer(state="unknown", valid_until="2026-01-01"),
        "DP-02": Answer(state="unanswered", evidence="E2", valid_until="2026-01-01"),
    }
    assert supplier_view.running_out(held(case(answers=answers)), TODAY) == ()


@pytest.mark.parametrize(
    ("day", "later"),
    [("2026-11-25", "2027-11-25"), ("2028-02-29", "2029-02-28"), ("2027-02-28", "2028-02-28")],
)
def test_twelve_months_on(day, later):
    assert years_from(day, 1) == later


@pytest.mark.parametrize(("writes", "told"), [("yes", ["E3"]), ("no", [])])
def test_evidence_under_an_answer_that_does_not_count_is_not_told_of(writes, told):
    """Its question is asked only where the fact is so."""
    sections = deepcopy(FRAMEWORK_DOCUMENT["sections"])
    sections[1]["questions"][2]["when"] = {"question": "generative", "in": ["yes"]}
    answers = {
        "generative": Answer(options=(writes,)),
        "DP-03": Answer(options=("a",), evidence="E3", valid_until="2026-01-01"),
    }
    item = case(answers=answers, against=framework(sections=sections))
    found = supplier_view.running_out(held(item), TODAY)
    assert [each.expiry.grade for each in found] == told


# --- Triggers, dates, upstreams, the organisation ---


def test_open_triggers_stand_first_and_then_the_latest():
    made = [
        Trigger(what="old", at="2026-01-01"),
        Trigger(what="dealt with", at="2026-11-01", resolved_at="2026-11-02"),
        Trigger(what="new", at="2026-10-01"),
    ]
    found = supplier_view.triggers(held(case(triggers=tuple(made))))
    assert [each.trigger.what for each in found] == ["new", "old", "dealt with"]


def test_dates_ahead_stand_before_those_that_have_passed():
    days = {
        "contract_start": "2026-01-01",
        "break_dates": ("2028-01-01", "2027-01-01"),
        "contract_end": "2029-01-01",
    }
    lost = case("lost", "Other", chosen="Somebody else", purchase=days)
    found = supplier_view.contract_dates(held(case(purchase=days), lost), TODAY)
    assert [(each.kind, each.day, each.has_passed) for each in found] == [
        ("break", "2027-01-01", False),
        ("break", "2028-01-01", False),
        ("end", "2029-01-01", False),
        ("start", "2026-01-01", True),
    ]


def test_an_upstream_stands_once_with_all_that_rests_on_it():
    model = Upstream(kind="model", name="Halcyon-3", maker="Halcyon")
    cloud = Upstream(kind="cloud", name="A cloud")
    found = supplier_view.underneath(
        held(case(upstreams=(cloud, model)), case("two", "Other", upstreams=(model,)))
    )
    told = [(each.upstream.name, [h.purchase.title for h in each.rests_on_it]) for each in found]
    assert told == [("Halcyon-3", ["Other", "Rotas"]), ("A cloud", ["Rotas"])]


def test_the_newest_assessment_as_an_organisation_is_the_one():
    """However many bodies made one: it is one supplier."""
    found = held(
        case("old", "Its assessment", as_of="2025-01-01", against=OF_SUPPLIER),
        case("new", "Another body's", against=OF_SUPPLIER),
        case(),
    )
    assert len(found) == 2
    newest = supplier_view.organisation(found)
    assert newest is not None
    assert newest.id == "new"
    assert supplier_view.organisation(held(case())) is None


# --- The chart ---


def blocks():
    half = case(answers={"CX-01": Answer(options=("a",)), "DP-01": Answer(options=("c",))})
    return [
        Block("<b>Rotas</b>", half),
        Block("A title that is very much longer than any phone could ever hold", case("two")),
    ]


def test_every_strip_says_its_worst_purchase_and_its_band_in_words():
    drawn = supplier_sections.figure(blocks())
    texts = [each.text for each in drawn.layout.annotations]
    assert any("Low to High" in text for text in texts)
    assert any("33.3 to 100.0, Low to High: &lt;b&gt;Rotas&lt;/b&gt;" in text for text in texts)
    assert all("<b>Rotas" not in text for text in texts)


def test_the_table_holds_what_the_chart_shows():
    table = supplier_sections.table(blocks())
    assert table.shape == (2, 6)
    assert table.iloc[0].tolist()[2:] == ["33.3", "66.7", "100.0", "Low to High"]
    assert "33.3 to 100.0, Low to High" in supplier_sections.alt(blocks())
    (marks,) = supplier_sections.figure(blocks()).data
    assert sorted(marks.x) == sorted(map(float, table["Central"]))


def test_six_hundred_purchases_make_no_larger_picture_than_three():
    """As high, and a mark for each figure that occurs."""
    few, lots = (supplier_sections.figure(blocks()[:1] * number) for number in (3, 600))

    assert few.layout.height == lots.layout.height
    assert sum(mark[0] for mark in lots.data[0].customdata) == 600
    assert len(lots.data[0].x) == len(few.data[0].x)
    assert lots.data[0].marker.color[0] != lots.data[0].marker.line.color[0]


@pytest.mark.parametrize("dark", [True, False])
def test_an_empty_chart_can_be_drawn(dark):
    assert supplier_sections.figure([], dark).data == ()
