"""What lies ahead, how old the evidence is, and what moved: every mark in the table."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import AnswerSet
from procurement_risk.charts import (
    about,
    evidence_age,
    form,
    section_slopes,
    timeline,
    timeline_months,
)
from procurement_risk.portfolio.ahead import Dated, ahead
from procurement_risk.portfolio.census import chosen_items
from procurement_risk.portfolio.items import Condition, Expiry
from procurement_risk.profile.trend import trend
from tests.support.answer_sets import AS_OF, CORE
from tests.support.core_pages import settled_answers
from tests.support.portfolio_examples import demonstration, item

DAY = "2026-11-23"
DEMO = Dated(chosen_items(demonstration()), DAY)
EVIDENCE = (1, 0, 1, 2, 0, 0)


def agreed(due, status="agreed"):
    return Condition("DP-01", status, "Ada", due, "4")


def some(number=1):
    return Dated(
        tuple(
            item(
                f"a{n:03}",
                break_dates=("2026-12-24", "2026-11-01"),
                contract_end="2027-11-23",
                decision_due="2026-11-23",
                committed_value=100,
                conditions=(agreed("2027-01-10"), agreed("2027-01-11", "verified")),
                evidence=EVIDENCE,
            )
            for n in range(number)
        ),
        DAY,
    )


@pytest.mark.parametrize("name", about("dated"))
@pytest.mark.parametrize("dark", [False, True])
def test_any_portfolio_can_be_drawn(name, dark):
    chart = about("dated")[name]
    for subject in (DEMO, some(), some(50), Dated((), DAY), Dated((item("x"),), DAY)):
        assert chart.figure(subject, dark=dark).to_plotly_json()
        assert chart.title(subject)
        assert len(chart.title(subject).split()) <= 15
        assert chart.alt(subject).endswith(".")


def test_what_is_due_within_a_year_is_ahead_and_what_has_passed_is_not():
    found = [(each.day, each.kind, each.question) for each in ahead(some())]

    assert found == [
        ("2026-11-23", "decision", ""),
        ("2026-12-24", "break", ""),
        ("2027-01-10", "condition", "DP-01"),
        ("2027-11-23", "end", ""),
    ]


def test_a_decision_that_was_made_is_due_no_more():
    decided = [each for each in DEMO.items if each.decided and each.purchase.decision_due]
    assert decided
    assert all(each.kind != "decision" for each in ahead(Dated(tuple(decided), "2026-01-01")))


def test_every_mark_of_the_timeline_is_a_row_of_its_table():
    marks = [tuple(mark) for trace in timeline.figure(DEMO).data for mark in trace.customdata]
    rows = timeline.table(DEMO)

    assert len(marks) == len(rows)
    assert sorted(day for _name, day in marks) == rows["Day"].tolist()


def test_many_days_are_counted_by_month():
    found = some(50)
    assert form("timeline", len(ahead(found))) == "timeline_months"
    table = timeline_months.table(found)
    bars = timeline_months.figure(found).data

    assert [[mark[0] for mark in bar.customdata] for bar in bars] == [
        table[name].tolist() for name in table.columns[1:]
    ]
    assert table.iloc[:, 1:].to_numpy().sum() == len(ahead(found)) == 200
    assert timeline_months.title(found).startswith("200 things are due within a year")


@pytest.mark.parametrize(
    ("as_of", "age"),
    [
        ("2026-11-23", "Under 3 months old"),
        ("2026-08-24", "Under 3 months old"),
        ("2026-08-23", "3 to 6 months old"),
        ("2026-05-23", "6 to 12 months old"),
        ("2025-11-24", "6 to 12 months old"),
        ("2025-11-23", "Over a year old"),
    ],
)
def test_ages_are_counted_in_whole_months(as_of, age):
    subject = Dated((item("a", as_of=as_of, evidence=EVIDENCE),), DAY)
    assert evidence_age.table(subject)["Age"].tolist() == [age]


def test_evidence_is_shared_out_by_grade_and_what_ran_out_is_counted():
    one = item("a", evidence=EVIDENCE, expiries=(Expiry("DP-01", "2026-11-22"),))
    two = item("b", evidence=(0, 0, 0, 0, 0, 4), expiries=(Expiry("DP-01", "2026-11-23"),))
    subject = Dated((one, two, item("c")), DAY)

    (row,) = evidence_age.table(subject).to_numpy().tolist()

    assert row[1:] == [2, 1, "0.0", "25.0", "12.5", "0.0", "12.5", "50.0"]
    drawn = [trace.x[0] for trace in evidence_age.figure(subject).data]
    assert drawn == [float(cell) for cell in row[3:]]


# --- Since last time ---


def moved():
    worse = settled_answers()
    return trend(CORE, AnswerSet(as_of=AS_OF, answers=worse.answers), CORE, worse)


def test_slopes_run_from_what_it_was_to_what_it_is():
    found = moved()
    section = found.sections[0]
    shift = section.figures["residual"].central
    raised = replace(shift, before=shift.after - 1, after=shift.after)
    figures = {**section.figures, "residual": replace(section.figures["residual"], central=raised)}
    found = replace(found, sections=(replace(section, figures=figures), *found.sections[1:]))

    assert section_slopes.title(found) == (
        f"Residual risk since last time: more in 1 of {len(section_slopes.slopes(found))} "
        "sections, less in 0"
    )
    table = section_slopes.table(found)
    lines = section_slopes.figure(found).data
    assert [[round(end, 1) for end in line.y] for line in lines] == [
        [float(row[1]), float(row[2])] for row in table.to_numpy().tolist()
    ]
    assert table["Change, points"].tolist().count("1.0") == 1
