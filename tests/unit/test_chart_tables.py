"""Every chart of the registry: what it draws is what its table says, and figures are numbers."""

import re
from copy import deepcopy
from dataclasses import replace
from fractions import Fraction
from functools import cache
from random import Random

import pytest

from procurement_risk.assessment import AnswerSet, Supplier, Upstream
from procurement_risk.charts import CHARTS, FORMS, about, concentration_shares, form, lead_swings
from procurement_risk.charts.supplier_sections import Block
from procurement_risk.comparison import compare
from procurement_risk.framework.document import framework_from_document
from procurement_risk.language.percent import one_decimal
from procurement_risk.methods import evaluate
from procurement_risk.portfolio.ahead import Dated, ahead
from procurement_risk.portfolio.census import census, chosen_items
from procurement_risk.portfolio.concentration import concentration
from procurement_risk.portfolio.months import Exposure
from procurement_risk.profile.trend import trend
from procurement_risk.views.shared.chart_view import MINUS, NUMBER
from tests.support.answer_sets import AS_OF, CORE
from tests.support.chance_purchases import purchase_and_bidders
from tests.support.comparison_examples import bids
from tests.support.core_pages import settled_answers
from tests.support.framework_documents import IMPACT
from tests.support.portfolio_examples import demonstration

DEMO = chosen_items(demonstration())
MONTHS = tuple(
    Exposure(
        day=f"2026-{month:02}-28",
        is_now=month == 11,
        purchases=month,
        committed=1_000_000 * month,
        without_value=1,
        stopped=month % 3,
        stopped_pounds=month,
        unknown=0,
    )
    for month in (9, 10, 11)
)
SUBJECTS = {
    "result": lambda: evaluate(CORE, settled_answers()),
    "impact": lambda: evaluate(framework_from_document(IMPACT), AnswerSet(as_of=AS_OF)),
    "comparison": lambda: compare(bids()),
    "portfolio": lambda: DEMO,
    "concentration": lambda: concentration(DEMO, "model"),
    "supplier": lambda: [Block(item.purchase.title, item) for item in DEMO],
    "months": lambda: MONTHS,
    "dated": lambda: Dated(DEMO, "2026-11-23"),
    "trend": lambda: trend(CORE, settled_answers(), CORE, settled_answers()),
}


NOT_KNOWN = "not known"


def numbers(values):
    """Figures with one decimal, as tables have them, in order; what is not known is none."""
    known = (each for each in values if each is not None and each not in ("", NOT_KNOWN))
    return sorted(f"{float(str(each).replace(MINUS, '-')):.1f}" for each in known)


def test_what_is_not_known_is_no_number():
    assert numbers(["2", NOT_KNOWN, "", f"{MINUS}1"]) == ["-1.0", "2.0"]
    with pytest.raises(ValueError, match="many"):
        numbers(["many"])


def exact(number):
    """A number of a picture, rounded as the table rounds the fraction that it came from."""
    text = one_decimal(abs(Fraction(number).limit_denominator(10**6)))
    return f"-{text}" if number < 0 and text != "0.0" else text


def lines(figure, mode):
    return [
        t for t in figure.data if t.type == "scatter" and t.mode == mode and t.x[0] is not None
    ]


def carried(figure, place=0):
    """What each mark carries for whoever points at it."""
    return [mark[place] for trace in figure.data for mark in trace.customdata]


def greatest(table):
    """The rows of a concentration that there is room for, given as many groups as purchases."""
    sums = [
        max(1, sum(table[name]))
        for name in ("Purchases", "Committed, £", "If the pilots scale, £")
    ]
    rows = [
        max(Fraction(n, whole) for n, whole in zip(row, sums, strict=True))
        for row in zip(
            table["Purchases"], table["Committed, £"], table["If the pilots scale, £"], strict=True
        )
    ]
    first = sorted(range(len(rows)), key=lambda place: rows[place], reverse=True)
    return table.iloc[sorted(first[: concentration_shares.MOST_ROWS])]


def bars(figure):
    return [x for trace in figure.data if trace.type == "bar" for x in trace.x]


# What is drawn of each chart, and the cells of its table that say the same.
DRAWN = {
    "section_bars": lambda f, t: (
        [x for line in lines(f, "markers") for x in line.x],
        t["Central"],
    ),
    "evidence_mix": lambda f, t: (bars(f), t.iloc[:, 1:].to_numpy().ravel()),
    "impact_points": lambda f, t: ([len(f.data)], [2]),
    "compared_sections": lambda f, t: (
        [x for line in lines(f, "markers") for x in line.x],
        [cell for cell in t["Central"] if NUMBER.fullmatch(cell)],
    ),
    "rank_shares": lambda f, t: (
        [100 * share for share in bars(f)],
        t.iloc[:, 2:].to_numpy().ravel(),
    ),
    "lead_swings": lambda f, t: (
        [sum(exact(bar.base[0]) in set(numbers(t["Least lead"])) for bar in f.data)],
        [min(len(t), lead_swings.MOST_DRAWN)],
    ),
    "portfolio_decisions": lambda f, t: (
        [x for x in bars(f) if x],
        [cell for cell in t.iloc[:, 1:-1].to_numpy().ravel() if cell],
    ),
    "portfolio_heat_map": lambda f, t: (
        [
            note.text.partition("<br>")[0]
            for note in f.layout.annotations
            if re.match(r"\d+\.\d<br>", note.text)
        ],
        t["Central"],
    ),
    "section_shares": lambda f, t: (
        [100 * share for share in bars(f) if share],
        [
            100 * cell / sum(row[1:])
            for row in t.itertuples(index=False)
            for cell in row[1:]
            if cell
        ],
    ),
    "portfolio_value": lambda f, t: ([y for trace in f.data for y in trace.y], t["Residual, %"]),
    "value_bands": lambda f, t: (
        [*carried(f, 2), *filter(lambda each: each != "", carried(f, 3))],
        [*t["Purchases"], *t["Committed, £"]],
    ),
    "concentration_shares": lambda f, t: (
        [x for trace in f.data for x in trace.x],
        greatest(t)[["Share of committed value, %", "Share if they scale, %"]].to_numpy().ravel(),
    ),
    "supplier_sections": lambda f, t: ([sum(carried(f))], [len(t)]),
    "exposure": lambda f, t: (
        carried(f),
        t[["Purchases", "Committed, £", "With a stop that has fired"]].to_numpy().ravel(),
    ),
    "timeline": lambda f, t: ([len(carried(f))], [len(t)]),
    "timeline_months": lambda f, t: (
        [n for n in carried(f) if n],
        [n for n in t.iloc[:, 1:].to_numpy().ravel() if n],
    ),
    "evidence_age": lambda f, t: (bars(f), t.iloc[:, 3:].to_numpy().ravel()),
    "section_slopes": lambda f, t: (
        [y for line in f.data for y in line.y],
        [*t["Then, %"], *t["Now, %"]],
    ),
}


@cache
def drawn(name):
    chart = CHARTS[name]
    subject = SUBJECTS[chart.ABOUT]()
    return chart, subject, chart.figure(subject), chart.table(subject)


@pytest.mark.parametrize("name", CHARTS)
def test_what_a_chart_draws_is_what_its_table_says(name):
    _chart, _subject, figure, table = drawn(name)
    seen, told = DRAWN[name](figure, table)

    assert len(seen)
    assert numbers(seen) == numbers(told)


@pytest.mark.parametrize("name", CHARTS)
def test_figures_of_a_table_are_numbers_with_their_unit_in_the_heading(name):
    """So that a spreadsheet adds them up: no £7.8m and no 39.4 % as text."""
    _chart, _subject, _figure, table = drawn(name)
    for column in table.columns:
        for cell in table[column]:
            text = str(cell)
            assert not re.fullmatch(r"£?[\d.,]+ ?(%|m|bn|k)?", text) or NUMBER.fullmatch(text), (
                cell
            )
            if re.search(r"(£|%|points)$", str(column)):
                known = isinstance(cell, int) or NUMBER.fullmatch(text)
                assert known or text in ("", "not known", "not scored"), (column, cell)


@pytest.mark.parametrize("name", CHARTS)
def test_a_title_says_it_in_a_few_words(name):
    chart, subject, _figure, _table = drawn(name)
    assert len(chart.title(subject).split()) <= 30


# --- Portfolios by chance -----------------------------------------------------------------


def by_chance(rng, number):
    """Items of so many purchases: several bidders, what is over, values 0 or not known."""
    found = []
    for place in range(number):
        purchase, bidders = purchase_and_bidders(rng, place)
        for bidder in bidders:
            model = Upstream(kind="model", name=f"Model {int(rng.paretovariate(1)) % 40}")
            found.append(
                replace(
                    rng.choice(DEMO),
                    id=f"a{place}-{bidder}",
                    purchase=purchase,
                    supplier=Supplier(name=bidder),
                    upstreams=(model,),
                    state=rng.choice(["draft", "decided", "live", "closed", "withdrawn"]),
                    as_of=f"202{rng.randint(5, 6)}-{rng.randint(1, 10):02}-05",
                )
            )
    return tuple(found)


@cache
def subjects(number):
    """What charts of a portfolio of so many purchases draw, by their kind."""
    whole = census(by_chance(Random(number), number))
    blocks = [Block(each.purchase.title, each) for each in whole.counted]
    return {
        "portfolio": whole.counted,
        "concentration": concentration(whole.counted, "model"),
        "supplier": blocks + [Block("A bid", bid) for o in whole.supplier_open for bid in o.bids],
        "dated": Dated(whole.counted, "2026-11-23"),
    }


def right_for(number):
    """The charts of a portfolio that are drawn of so many purchases."""
    found = subjects(number)
    sizes = {"portfolio": len(found["portfolio"]), "dated": len(ahead(found["dated"]))}
    names = {name for kind in found for name in about(kind)}
    wrong = {
        name
        for asked, names in FORMS.items()
        for name in names
        if name != form(asked, sizes[CHARTS[name].ABOUT])
    }
    return sorted(names - wrong)


@pytest.mark.parametrize("number", [2, 14, 300, 2_000])
def test_at_every_size_a_chart_draws_what_its_table_says(number):
    for name in right_for(number):
        chart = CHARTS[name]
        subject = subjects(number)[chart.ABOUT]
        seen, told = DRAWN[name](chart.figure(subject), chart.table(subject))
        assert numbers(seen) == numbers(told), name


def test_each_form_is_drawn_at_some_size():
    drawn_at_all = {name for number in (2, 14, 300, 2_000) for name in right_for(number)}
    assert drawn_at_all >= {name for names in FORMS.values() for name in names}


def without_a_mark(figure):
    """Return a figure that lacks its last mark: a point, a bar, or the words of a cell."""
    fewer = deepcopy(figure)
    cells = [
        n for n, each in enumerate(fewer.layout.annotations) if re.match(r"\d+\.\d<br>", each.text)
    ]
    if cells:
        kept = [each for n, each in enumerate(fewer.layout.annotations) if n != cells[-1]]
        fewer.layout.annotations = kept
        return fewer
    for trace in reversed(fewer.data):
        if trace.type == "scatter" and "markers" not in trace.mode:
            continue
        is_bar = trace.type == "bar"
        long = (trace.x if trace.orientation == "h" else trace.y) if is_bar else trace.x
        marks = [n for n, each in enumerate(long) if each or (each == 0 and not is_bar)]
        if not marks:
            continue
        if len(trace.x) == 1:
            fewer.data = [each for each in fewer.data if each is not trace]
            return fewer
        for name in ("x", "y", "base", "customdata"):
            if name in trace and isinstance(held := trace[name], tuple):
                trace[name] = [each for n, each in enumerate(held) if n != marks[-1]]
        return fewer
    raise AssertionError


@pytest.mark.parametrize("name", CHARTS)
def test_a_figure_that_lacks_a_mark_is_refused(name):
    _chart, _subject, figure, table = drawn(name)
    seen, told = DRAWN[name](without_a_mark(figure), table)
    assert numbers(seen) != numbers(told)


def test_a_figure_in_the_wrong_place_is_refused():
    wrong = (replace(MONTHS[0], committed=5), *MONTHS[1:])
    seen, told = DRAWN["exposure"](
        CHARTS["exposure"].figure(MONTHS), CHARTS["exposure"].table(wrong)
    )
    assert numbers(seen) != numbers(told)
