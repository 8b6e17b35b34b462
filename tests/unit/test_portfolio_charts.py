"""Charts of the portfolio: every number in the table, and pictures that stay small."""

import json
from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings

from procurement_risk.charts import (
    CHARTS,
    FORMS,
    about,
    concentration_shares,
    form,
    portfolio_decisions,
    portfolio_heat_map,
    portfolio_value,
    section_shares,
    value_bands,
)
from procurement_risk.portfolio.bands import key_of
from procurement_risk.portfolio.census import chosen_items
from procurement_risk.portfolio.concentration import KINDS, concentration
from procurement_risk.portfolio.items import SectionFigure
from tests.support.answer_sets import seeded_rngs
from tests.support.portfolio_examples import demonstration, item, portfolio

DEMO = chosen_items(demonstration())


def many(number=500):
    """As many purchases as asked for, made from those of the demonstration."""
    return tuple(
        replace(DEMO[n % len(DEMO)], id=f"copy-{n:05}", purchase=DEMO[n % len(DEMO)].purchase)
        for n in range(number)
    )


def texts(figure):
    """Every text in the picture, without markup."""
    drawn = [note.text for note in figure.layout.annotations]
    for trace in figure.data:
        drawn += [str(each) for each in (trace.text if trace.text is not None else ())]
        drawn.append(trace.name or "")
    return " | ".join(str(each) for each in drawn)


def subjects(items):
    """Every chart with what it draws."""
    yield from ((chart, items) for chart in about("portfolio").values())
    for kind in KINDS:
        yield from (
            (chart, concentration(items, kind)) for chart in about("concentration").values()
        )


# --- All of them --------------------------------------------------------------------------


@given(rng=seeded_rngs())
@settings(max_examples=10, deadline=None)
def test_any_portfolio_can_be_drawn(rng: Random):
    """Empty ones, unknown values, ranges, points only; in light and in dark."""
    for chart, subject in subjects(portfolio(rng)):
        assert chart.figure(subject, dark=rng.random() < 0.5).to_plotly_json()
        assert chart.title(subject)
        assert not chart.title(subject).endswith(".")
        assert chart.alt(subject).endswith(".")
        cells = [cell for row in chart.table(subject).itertuples(index=False) for cell in row]
        assert all(isinstance(cell, str | int) for cell in cells)


def is_for_many(name):
    return not hasattr(about("portfolio")[name], "MOST")


@pytest.mark.parametrize("name", list(filter(is_for_many, about("portfolio"))))
def test_ten_thousand_make_no_larger_picture_than_five_hundred(name):
    """Aggregated before drawing: what is sent to the browser does not grow."""
    chart = about("portfolio")[name]
    few, lots = (len(chart.figure(many(n)).to_json()) for n in (500, 10_000))

    assert lots < 1.1 * few
    assert len(chart.table(many(1_000))) <= 40


@pytest.mark.parametrize("asked", FORMS)
def test_each_number_of_purchases_has_the_form_that_is_right_for_it(asked):
    few, lots = FORMS[asked]
    most = CHARTS[few].MOST

    assert (form(asked, most), form(asked, most + 1)) == (few, lots)
    assert form(asked, 10_000) == lots
    assert not hasattr(CHARTS[lots], "MOST")


def test_markup_in_names_is_drawn_as_text():
    hostile = "<a href='x'>y</a>"
    supplier = replace(DEMO[0].supplier, name=hostile)
    purchase = replace(DEMO[0].purchase, title=hostile)
    items = (replace(DEMO[0], supplier=supplier, purchase=purchase), *DEMO[1:])

    for chart, subject in subjects(items):
        figure = chart.figure(subject)
        figure.for_each_trace(lambda trace: trace.update(customdata=None))  # is never drawn
        assert "<a" not in json.dumps(json.loads(figure.to_json()))


# --- Decisions ----------------------------------------------------------------------------


def test_decisions_by_state():
    table = portfolio_decisions.table(DEMO)

    assert portfolio_decisions.title(DEMO) == (
        "“Do not proceed” is recommended for 3 of 10 purchases"
    )
    assert table.iloc[0].tolist() == ["Do not proceed", 1, 1, 1, 0, 0, 3]
    assert "Escalate: In review 1, Decided 1, In life 2" in portfolio_decisions.alt(DEMO)


def test_a_piece_opens_the_purchases_behind_it():
    figure = portfolio_decisions.figure(DEMO)
    for trace in figure.data:
        for number, mark in zip(trace.x, trace.customdata, strict=True):
            assert len(portfolio_decisions.behind(DEMO, mark)) == number
    assert portfolio_decisions.behind(DEMO, ["nonsense"]) == []


def test_points_only_stand_in_a_row_of_their_own():
    points = item("a", recommendation="", tier=None)

    assert portfolio_decisions.table([points]).iloc[0, 0] == "No recommendation: points only"


# --- Heat map -----------------------------------------------------------------------------


def test_every_cell_has_its_figure_and_its_band():
    drawn = texts(portfolio_heat_map.figure(DEMO))

    assert "78.7<br>C" in drawn
    assert "Claims fraud scoring" in drawn
    assert key_of(DEMO) == "C Critical, H High, M Moderate, L Low"
    row = ["Claims fraud scoring", "Security and reliability", "78.7", "78.7", "78.7", "Critical"]
    assert row in portfolio_heat_map.table(DEMO).to_numpy().tolist()
    first = portfolio_heat_map.table(DEMO).iloc[0]["Purchase"]
    assert first == max(DEMO, key=lambda each: float(each.worst_figure().central)).purchase.title
    assert portfolio_heat_map.title(DEMO).endswith("in 6 of 10 purchases")


def test_what_is_not_settled_says_so():
    open_section = SectionFigure("DP", "10.0", "40.0", "80.0", "low", "moderate", "critical")
    one = replace(DEMO[0], sections=(open_section,), worst="DP")

    assert "40.0<br>L–C" in texts(portfolio_heat_map.figure([one]))
    (row,) = portfolio_heat_map.table([one]).to_numpy().tolist()
    assert row[2:] == ["10.0", "40.0", "80.0", "Low to Critical"]
    assert "–" in texts(portfolio_heat_map.figure([one]))


def test_many_purchases_are_counted_by_band():
    items = many(100)
    table = section_shares.table(items)

    assert list(table.columns) == [
        "Section", "Critical", "High", "Moderate", "Low", "not settled", "not scored",
    ]  # fmt: skip
    equity = table[table["Section"] == "Equity"].iloc[0].tolist()
    expected = [0, 0, 0, 0]
    for each in DEMO:
        (figure,) = [f for f in each.sections if f.section == "EQ"]
        expected[["critical", "high", "moderate", "low"].index(figure.band_low)] += 10
    assert equity[1:5] == expected
    assert "C Critical" in texts(section_shares.figure(items))
    worse = (table["Critical"] + table["High"]).tolist()
    assert worse == sorted(worse, reverse=True)
    assert str(max(worse)) in section_shares.title(items)


def test_no_band_without_a_purchase_stands_in_the_key():
    settled = [trace.name for trace in section_shares.figure(many(100)).data]
    states = [trace.name for trace in portfolio_decisions.figure(DEMO).data]

    assert "not settled" not in settled
    assert "Closed" not in states


def marks(figure):
    """What each cell carries that can be picked."""
    (drawn,) = figure.data
    return [tuple(mark) for mark in drawn.customdata]


def test_every_cell_opens_its_purchase():
    found = marks(portfolio_heat_map.figure(DEMO))

    assert len(found) == 7 * len(DEMO)
    assert set(found) == {(item.id,) for item in DEMO}
    assert [(item.id,) for item in portfolio_heat_map.behind(DEMO, found[0])] == [found[0]]


def test_every_count_opens_as_many_purchases():
    items = many(100)
    counts = section_shares.table(items).set_index("Section")
    found = [mark for trace in section_shares.figure(items).data for mark in trace.customdata]

    for section, label in found:
        behind = section_shares.behind(items, (section, label))
        assert len(behind) == counts.loc[section, label], (section, label)
    assert sum(counts.loc[section, label] for section, label in found) == 100 * len(counts)


def test_a_mark_of_no_cell_opens_nothing():
    assert portfolio_heat_map.behind(DEMO, ("gone",)) == []
    assert section_shares.behind(DEMO, ("a", "b", "c")) == []


def test_bands_that_begin_alike_keep_apart():
    labels = ("Low", "Lower middle", "High", "Highest")
    policy = DEMO[0].framework.policy
    bands = tuple(replace(b, label=w) for b, w in zip(policy.bands, labels, strict=True))
    framework = replace(DEMO[0].framework, method_policy=replace(policy, bands=bands))

    key = key_of([replace(DEMO[0], framework=framework)])

    assert key == "Highe Highest, High High, Lowe Lower middle, Low Low"


# --- Value --------------------------------------------------------------------------------


def test_values_stand_on_a_logarithmic_scale_and_what_has_no_place_there_beside_it():
    figure = portfolio_value.figure(DEMO)
    placed = {
        mark[0]: x
        for trace in figure.data
        for mark, x in zip(trace.customdata, trace.x, strict=True)
    }

    assert placed["demo-p08"] == pytest.approx(6.4914, abs=0.001)
    assert placed["demo-p09"] == portfolio_value.NOTHING
    unknown = replace(DEMO[0], purchase=replace(DEMO[0].purchase, committed_value=None))
    assert portfolio_value.figure([unknown]).data[0].x[0] == portfolio_value.UNKNOWN
    assert portfolio_value.title(DEMO).startswith("3 purchases of £1m or more")


def test_a_shape_says_what_is_recommended_and_a_filled_mark_is_decided():
    figure = portfolio_value.figure(DEMO)
    decided = {item.id: item.decided is not None for item in DEMO}

    assert {trace.name: trace.marker.symbol for trace in figure.data} == {
        "Do not proceed": "x",
        "Escalate": "triangle-up",
        "Proceed with conditions": "square",
        "Proceed": "circle",
    }
    for trace in figure.data:
        for (name,), fill in zip(trace.customdata, trace.marker.color, strict=True):
            assert (fill == trace.marker.line.color) is decided[name]


def test_what_a_flag_raised_has_a_mark_of_its_own():
    low = SectionFigure("DP", "10.0", "10.0", "10.0", "low", "low", "low")
    one = replace(
        DEMO[0], recommendation="escalate", flags=("DP-01",), sections=(low,), worst="DP"
    )
    (trace,) = portfolio_value.figure([one]).data

    assert (trace.name, trace.marker.symbol) == ("Escalate, raised by a flag", "triangle-right")
    (without,) = portfolio_value.figure([replace(one, flags=())]).data
    assert without.name == "Escalate"


def test_the_worst_are_named_and_every_mark_says_its_name_when_pointed_at():
    figure = portfolio_value.figure(DEMO)

    assert "Claims fraud scoring" in texts(figure)
    hovered = " ".join(words for trace in figure.data for words in trace.hovertext)
    assert all(item.purchase.title in hovered for item in DEMO if item.worst_figure())
    assert portfolio_value.table(DEMO).iloc[0].tolist()[:2] == ["Claims fraud scoring", 7_800_000]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (None, "value not known"),
        (0, "nothing committed"),
        (1, "under £10,000"),
        (9_999, "under £10,000"),
        (10_000, "£10,000 to £100,000"),
        (99_999, "£10,000 to £100,000"),
        (100_000, "£100,000 to £1m"),
        (1_000_000, "£1m to £10m"),
        (9_999_999, "£1m to £10m"),
        (10_000_000, "£10m and over"),
        (9_000_000_000, "£10m and over"),
    ],
)
def test_classes_of_value(value, name):
    purchase = replace(DEMO[0].purchase, committed_value=value)
    items = [replace(each, purchase=purchase) for each in many(300)]

    assert set(value_bands.table(items)["Committed value"]) == {name}


def test_every_mark_opens_the_purchases_behind_it():
    items = many(300)
    (trace,) = value_bands.figure(items).data
    found = [value_bands.behind(items, mark) for mark in trace.customdata]

    assert sum(map(len, found)) == 300
    assert [len(each) for each in found] == [mark[2] for mark in trace.customdata]
    pounds = [sum(item.committed or 0 for item in each) for each in found]
    assert pounds == value_bands.table(items)["Committed, £"].tolist()
    assert portfolio_value.behind(DEMO, ["demo-p05"])[0].id == "demo-p05"
    assert portfolio_value.behind(DEMO, []) == value_bands.behind(items, []) == []


# --- Concentration ------------------------------------------------------------------------


def test_concentration_says_its_shares_in_words():
    found = concentration(DEMO, "model")

    assert concentration_shares.title(found) == (
        "Upstream model: Halcyon-3 in 6 of 10 purchases; "
        "Ironvale CaseScore 4 with the largest share of committed value, 44.4\u00a0%"
    )
    drawn = texts(concentration_shares.figure(found))
    assert "39.4\u00a0%, 62.7\u00a0% if pilots scale; 6 of 10 purchases" in drawn
    row = concentration_shares.table(found).iloc[1].tolist()
    assert row == ["Halcyon-3", 6, "60.0", 6_925_000, "39.4", 17_925_000, "62.7"]


def test_a_dot_and_a_ring_stand_where_the_table_says():
    found = concentration(DEMO, "model")
    table = concentration_shares.table(found)
    dots = {trace.marker.symbol: trace for trace in concentration_shares.figure(found).data}

    assert set(dots) == {"circle", "circle-open"}
    for symbol, column in (("circle", 4), ("circle-open", 6)):
        drawn = [f"{share:.1f}" for share in dots[symbol].x]
        assert drawn == table.iloc[:, column].tolist()
    assert concentration_shares.figure(concentration([], "model")).data


def test_many_groups_are_drawn_by_their_largest_and_tabled_whole():
    items = [item(f"{n:03}", supplier=f"S{n}", committed_value=n) for n in range(100)]
    found = concentration(items, "supplier")
    figure = concentration_shares.figure(found)

    assert len(figure.data[0].x) == concentration_shares.MOST_ROWS
    assert len(concentration_shares.table(found)) == 100
    assert "88 more in the table" in concentration_shares.alt(found)
    assert figure.data[0].customdata[0][0] == found.groups[0].key
