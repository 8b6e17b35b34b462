"""Charts of a comparison: every number in the table, shapes and words, not only colours."""

from random import Random

import pytest
from hypothesis import given, settings, strategies as st

from procurement_risk.assessment.answers import check_answers
from procurement_risk.charts import about, compared_sections, lead_swings, rank_shares
from procurement_risk.comparison import compare
from tests.support.answer_sets import core_document, random_answers
from tests.support.comparison_examples import CORE, answer_set, bids, entry

CORE_DOCUMENT = core_document()


@pytest.fixture(scope="module")
def three():
    return compare(bids())


def notes(figure):
    return [annotation.text for annotation in figure.layout.annotations]


@pytest.mark.parametrize("name", about("comparison"))
@given(seed=st.integers(0, 2**32))
@settings(max_examples=4, deadline=None)
def test_any_comparison_can_be_drawn(name, seed):
    rng = Random(seed)
    lines = [
        random_answers(rng, CORE_DOCUMENT, p_open=rng.choice([0, 0.3, 1]), p_worst=0, lean=0.9)
        for _ in range(rng.randint(2, 6))
    ]
    found = compare(
        entry(f"S{place}", check_answers(CORE, line)) for place, line in enumerate(lines)
    )
    if not found.is_possible:
        return
    chart = about("comparison")[name]

    assert chart.figure(found, dark=rng.random() < 0.5).to_plotly_json()
    assert chart.title(found)
    assert not chart.title(found).endswith(".")
    assert chart.alt(found).endswith(".")
    table = chart.table(found)
    assert all(isinstance(cell, str) for row in table.itertuples(index=False) for cell in row)


@pytest.mark.parametrize("name", about("comparison"))
def test_markup_in_a_suppliers_name_is_drawn_as_text(name):
    found = compare([entry("<a>x</a>", answer_set(LI_06="c")), entry("<b>y</b>")])
    drawn = about("comparison")[name].figure(found).to_json().replace("\\u003c", "<")
    assert "<a>" not in drawn
    assert "<b>y" not in drawn


def test_each_supplier_has_its_name_and_a_shape_of_its_own():
    found = compare(entry(f"S{place}", answer_set(LI_06="abcde"[place % 5])) for place in range(6))
    figure = compared_sections.figure(found)
    named = [trace for trace in figure.data if trace.name]
    assert len({trace.marker.symbol for trace in named}) == 6
    assert [trace.name for trace in named] == [c.label for c in found.candidates]
    assert notes(figure).count("S0") == len(found.candidates[0].result.sections)


def test_open_answers_come_first_among_what_moves_the_lead_each_with_its_text():
    found = compare([entry("One", answer_set(LI_06=None)), entry("Two", answer_set(SR_05="c"))])
    first = lead_swings.drawn_swings(found.tornado)[0]
    assert (first.question.id, first.is_open) == ("LI-06", True)
    assert any(note.startswith("Open: ") for note in notes(lead_swings.figure(found)))
    assert first.question.ask in lead_swings.label(found, first)


def test_ranges_are_drawn_and_their_ends_stand_in_the_table(three):
    table = compared_sections.table(three)
    row = table[(table["Section"] == "Security and reliability") & (table["Low"] != table["High"])]
    assert "39.0" in list(row["Low"])
    xs = {x for trace in compared_sections.figure(three).data if trace.mode == "lines"
          for x in trace.x if x is not None}  # fmt: skip
    assert any(abs(x - 39.0) < 0.05 for x in xs)


def test_the_shares_of_a_supplier_fill_its_bar(three):
    traces = rank_shares.figure(three).data
    assert [trace.name for trace in traces] == ["1st", "2nd", "3rd"]
    for bar in range(6):
        assert sum(trace.x[bar] for trace in traces) == pytest.approx(1)


def test_of_six_ranks_no_two_neighbours_look_alike():
    found = compare(entry(f"S{place}", answer_set(LI_06="abcde"[place % 5])) for place in range(6))
    looks = [
        (trace.marker.color, trace.marker.pattern.shape)
        for trace in rank_shares.figure(found).data
    ]
    assert len(set(looks)) == 6


def test_every_weight_is_drawn_and_a_turn_of_the_order_is_said_in_words(three):
    said = " ".join(notes(lead_swings.figure(three)))
    for section in ("Data privacy", "Transparency", "Equity", "Lock-in"):
        assert f"<b>{section}</b>  weight: " in said
    assert "turns the order" in said
    assert {"level", "now"} <= set(notes(lead_swings.figure(three)))


def test_a_lead_that_nothing_turns_is_drawn_too():
    far = answer_set(DP_01="d", TR_03="e", EQ_06="d", LI_06="e", SR_05="e")
    found = compare([entry("One"), entry("Two", far)])
    assert lead_swings.figure(found).data
    assert "leads Two by" in lead_swings.title(found)


def test_the_table_holds_every_swing(three):
    assert len(lead_swings.table(three)) == len(three.tornado.swings)
