"""The leadership page of a portfolio: what must not go ahead, and what everything hangs on."""

from copy import deepcopy
from dataclasses import dataclass, replace
from fractions import Fraction

import pytest

from procurement_risk.exports.leadership import (
    height,
    html as leadership_html,
    portfolio as leadership_portfolio,
)
from procurement_risk.framework.document import framework_from_document
from procurement_risk.portfolio.concentration import Concentration, Group
from procurement_risk.portfolio.days import DateAhead, Overdue, Stale
from procurement_risk.portfolio.headlines import Asked, Headlines
from procurement_risk.portfolio.items import Condition
from procurement_risk.portfolio.totals import Duplicate, Money
from procurement_risk.report import ROOMS, PortfolioFigures, portfolio_page
from procurement_risk.report.page import Bars
from tests.support import portfolio_examples as examples, tagged_pdf
from tests.support.leadership_examples import AS_OF, DIGEST, WORST
from tests.support.leadership_reading import part, said, top
from tests.support.stored_examples import FRAMEWORK_DOCUMENT

BARE = PortfolioFigures(as_of=AS_OF, digest=DIGEST, sums=Money(0, 0, 0, 0))


@dataclass(frozen=True)
class Spread(Concentration):
    """A concentration whose index is stated, not worked out from two groups of many."""

    def hhi(self, measure):
        return Fraction(3_700)


def group(name, purchases, committed, scaled):
    weights = {"committed": committed, "scaled": scaled, "count": purchases}
    return Group(name, name, "", (examples.item(),) * purchases, weights)


def figures(name=lambda words: words, times=1):
    """A portfolio whose names are made by ``name``, each list ``times`` as long."""
    halcyon = group(name("Halcyon-3"), 6, 277, 717)
    ironvale = group(name("Ironvale CaseScore 4"), 1, 312, 312)
    ten = (examples.item(),) * 10  # that say what they hang on
    totals = {"committed": 703, "scaled": 1143, "count": 10}
    document = deepcopy(FRAMEWORK_DOCUMENT)
    document["sections"][0]["questions"][0]["ask"] = name(
        "Stop SR-04: outputs are used against people without disclosure."
    )
    barred = examples.item(
        title=name("Claims fraud scoring"),
        buyer=name("Department for Civic Benefits"),
        framework=framework_from_document(document),
        stops=("CX-01",),
    )
    asked = Asked(
        item=barred,
        wanted="decision",
        due=AS_OF,
        signs=name("Accounting officer"),
        owner=name("Ana"),
        is_late=True,
    )
    paid = tuple(examples.item(committed_value=each) for each in (3_000_000, 100_000, 85_000))
    letters = examples.item(title=name("Letters"))
    late = Condition("Q-1", "agreed", "", AS_OF, name("A clause"))
    return PortfolioFigures(
        as_of=AS_OF,
        scope=name("Purchases decided since January"),
        fictional=True,
        purchases=10,
        sums=Money(17_575_000, 28_575_000, 1, 9),
        decisions={
            "do_not_proceed": [examples.item(committed_value=10_900_000)] * 3,
            "escalate": [examples.item(committed_value=1_925_000)] * 3,
        },
        headlines=Headlines(
            asked=(asked,) * times,
            against=(barred,) * times,
            barred=(barred,) * times,
            ahead=(barred,) * times,
            refused=(barred,) * times,
        ),
        left_out=name("In no figure here: 2 closed."),
        concentrations=(
            Spread("model", (halcyon, ironvale) * times, ten, (), totals),
            Concentration("supplier", (ironvale,) * times, ten, (), totals),
        ),
        repeated=(Duplicate(name("draft"), paid, (letters,), (), ()),) * times,
        coming=(DateAhead("2027-01-31", "break", letters),) * times,
        overdue=(Overdue(letters, late),) * times,
        strong=Fraction(1, 4),
        open=Fraction(0),
        stale=(Stale(letters, ("age",), ()),),
        triggers=2,
        digest=DIGEST,
    )


def test_what_must_not_go_ahead_and_the_largest_dependency_come_first():
    page = portfolio_page(figures())

    assert page.headline == "1 decision is asked of you"
    assert "1 can be decided now; 1 is past its day." in page.meaning
    assert page.parts[0].title == "Asked of you"
    assert "Accounting officer" in said(part(page, "Asked of you"))
    assert part(page, "1 must not start") is not None
    assert [line.lead for line in page.top][:2] == ["To know first", "What most purchases hang on"]
    assert top(page, "To know first") == (
        "1 runs against advice, value not known; 1 must not start, value not known"
    )
    assert top(page, "Committed") == (
        "£17.575m; £28.575m if the pilots scale; not counting 1 purchase whose value is not known"
    )
    assert top(page, "What most purchases hang on") == (
        "Halcyon-3: 6 of 10 purchases, 39.4\u00a0% of committed value, "
        "62.7\u00a0% if the pilots scale"
    )
    assert page.notice.startswith("Some or all of this is fictional")


@pytest.mark.parametrize("room", ROOMS)
def test_what_is_in_no_figure_is_said_however_little_room_there_is(room):
    out = "In no figure here: 12 closed, 3 withdrawn or not chosen and 4 assessments set aside."
    page = portfolio_page(replace(figures(), left_out=out), room=room)
    assert top(page, "What is counted").endswith(out)


def test_every_bar_has_its_figures_and_its_words():
    (bars,) = [b for p in portfolio_page(figures()).parts for b in p.blocks if isinstance(b, Bars)]

    assert [row.cells for row in bars.rows] == [
        ("60.0\u00a0%", "39.4\u00a0%", "62.7\u00a0%"),
        ("10.0\u00a0%", "44.4\u00a0%", "27.3\u00a0%"),
    ]
    assert "6 of 10 purchases" in bars.rows[0].bar.alt


def test_what_is_bought_twice_what_comes_and_what_is_overdue_are_named():
    page = portfolio_page(figures())

    assert "Draft: A council £3m; A council £100,000; A council £85,000" in said(
        part(page, "Bought more than once")
    )
    assert "31 January 2027" in said(part(page, "In the next twelve months"))
    assert "A clause: Letters. nobody yet, due 23 November 2026." in said(part(page, "Overdue"))
    assert "Ironvale CaseScore 4 44.4\u00a0% 3,700 2.7" in said(part(page, "How concentrated"))


def test_an_empty_portfolio_makes_a_page_that_says_so():
    page = portfolio_page(BARE)

    assert page.headline == "Nothing is asked of you"
    assert page.subtitle == "All purchases"
    assert "not known" in said(part(page, "How strong the evidence is"))
    assert tagged_pdf.faults(leadership_portfolio.pdf(BARE)) == []


def test_it_is_one_page_that_can_be_read_aloud():
    data = leadership_portfolio.pdf(figures())

    assert tagged_pdf.pages(data) == 1
    assert tagged_pdf.faults(data) == []
    assert DIGEST in tagged_pdf.text(data)
    assert leadership_portfolio.pdf(figures()) == data


@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_it_never_overflows(text):
    """Names of thousands of characters, and two hundred of everything."""
    long = figures(lambda words: text, times=200)
    data = leadership_portfolio.pdf(long)

    assert tagged_pdf.pages(data) == 1
    assert tagged_pdf.faults(data) == []
    assert "more on the Portfolio page" in tagged_pdf.text(data)
    assert height.lines(portfolio_page(long, room=ROOMS[-1])) <= leadership_html.LINES


def test_the_html_says_the_same():
    source = leadership_portfolio.html(figures()).decode()

    assert "1 decision is asked of you" in source
    assert DIGEST in source
