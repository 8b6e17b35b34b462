"""Which looks at a purchase do not count now, for a list of them."""

from procurement_risk.assessment import RecordedDecision
from procurement_risk.portfolio.look_marks import looks_apart
from tests.support.portfolio_examples import item

DECIDED = RecordedDecision(decision="proceed", by="Bo", at="2026-11-01")


def look(name, as_of, **fields):
    return item(name, **{"id": "same", "as_of": as_of, **fields})


def test_a_new_look_counts_once_it_is_decided():
    looks = [look("new", "2026-11-01"), look("old", "2026-01-01", decided=DECIDED)]
    assert looks_apart(looks) == {"new": "ahead"}
    decided = [look("new", "2026-11-01", decided=DECIDED), looks[1]]
    assert looks_apart(decided) == {"old": "earlier"}


def test_bids_other_purchases_and_what_was_withdrawn_are_no_looks_at_the_same():
    assert looks_apart([look("a", "2026-01-01"), look("b", "2026-02-01", supplier="Other")]) == {}
    assert looks_apart([item("a"), item("b")]) == {}
    gone = look("b", "2026-02-01", state="withdrawn")
    assert looks_apart([look("a", "2026-01-01", decided=DECIDED), gone]) == {}
