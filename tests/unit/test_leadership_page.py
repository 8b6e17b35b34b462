"""The leadership page as words and figures, before anybody draws it."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, strategies as st

from procurement_risk.assessment import (
    Answer,
    AnswerSet,
    Mitigation,
    Purchase,
    RecordedDecision,
    StopOverride,
    Trigger,
)
from procurement_risk.framework.files import FRAMEWORKS, load_framework
from procurement_risk.language.text import shortened
from procurement_risk.methods import score_to_document
from procurement_risk.profile.words import LIMITS
from procurement_risk.report import ROOMS, PortfolioFacts, UpstreamShare
from procurement_risk.report.page import Bars, Table
from tests.support.leadership_examples import (
    AS_OF,
    CORE,
    DIGEST,
    DRAFTING,
    FRAUD,
    FRAUD_BEFORE,
    IMPACT,
    NAMES,
    TRIAL,
    WORST,
    example,
    page_of,
    record,
    settled,
    worst_page,
)
from tests.support.leadership_reading import part, said, top


def blocks(page, kind):
    return [block for each in page.parts for block in each.blocks if isinstance(block, kind)]


# --- What it says ---


def test_what_is_asked_comes_first_and_then_why_in_one_order():
    page = page_of(record(FRAUD).assessment, record(FRAUD).framework)

    assert [line.lead for line in page.top] == [
        "Decision asked for",
        "Look again by",
        "How much is at stake",
        "Worst section",
        "Stops and flags",
    ]
    assert [each.title for each in page.parts] == [
        "How each section stands",
        "What stops this",
        "Conditions: 5, 1 overdue",
        "Money and the way out",
        "What it depends on",
        "Public position",
        "How strong the evidence is",
        "Change since the last look",
    ]


@pytest.mark.parametrize("name", NAMES)
def test_no_score_stands_alone(name):
    """Each has its range in words or its band, and how much is answered and well supported."""
    (bars,) = blocks(page_of(record(name).assessment, record(name).framework), Bars)
    result = score_to_document(record(name).framework, record(name).assessment.answer_set)

    assert len(bars.rows) == len(result["sections"])
    for row, scored in zip(bars.rows, result["sections"].values(), strict=True):
        inherent, residual, answered, strong = row.cells
        assert inherent == spread(scored["inherent"])
        assert residual.startswith(f"{spread(scored['residual'])}, ")
        assert residual.split(", ")[1]
        assert answered.endswith("%")
        assert strong.endswith("%")
        assert residual in row.bar.alt


def spread(figure):
    """One figure where both ends are alike, else both: ``22.9 to 29.3``."""
    low, high = figure["low"], figure["high"]
    return low if low == high else f"{low} to {high}"


def test_every_stop_and_flag_is_told_in_the_question_and_the_answer():
    (stops,) = part(page_of(record(FRAUD).assessment), "What stops this").blocks

    assert [line.lead for line in stops.items] == ["Stop SR-04", "Flag EQ-16", "Flag SR-02"]
    assert "hat stops the system being presumed right" in stops.items[0].text
    assert "“System output used in proceedings without disclosure of errors”" in said(
        part(page_of(record(FRAUD).assessment), "What stops this")
    )


def test_no_more_than_three_stand_there_and_the_others_are_counted():
    everything = settled(**{q.id: q.options[-1].id for q in CORE.questions() if q.red_flag})
    stops = part(page_of(example(answer_set=everything)), "What stops this").blocks[-1]

    assert len(stops.items) == 3
    assert stops.more.startswith("and ")
    assert stops.more.endswith(" more in the record")


def test_where_a_section_alone_stops_it_the_section_is_named():
    """No stop fired; the worst section meets the tier."""
    barriers = said(part(page_of(record(TRIAL).assessment), "What stops this"))

    assert "Lock-in is the worst section: residual 87, Critical" in barriers


def test_where_nothing_stops_it_what_it_rests_on_is_named():
    barriers = part(page_of(record(DRAFTING).assessment), "What would stop this")

    assert "If it were “Nothing”: Escalate." in said(barriers)


def test_where_no_answer_could_stop_it_that_is_said():
    page = page_of(example(answer_set=settled()))

    assert page.headline == "Proceed"
    assert "No condition is recorded." in said(page)


def test_an_overridden_stop_is_still_a_stop():
    override = StopOverride(question="SR-04", by="Ana", at=AS_OF, reason="-", until="2027-01-31")
    page = page_of(replace(record(FRAUD).assessment, overrides=(override,)))

    assert "Stop SR-04" in said(page)
    assert "Overridden by Ana, until 31 January 2027; it is still a stop." in said(page)


def test_an_unfinished_assessment_says_what_may_still_stop_it():
    page = page_of(example())

    assert (
        page.headline
        == "Not ready: nothing settled yet, answer “About the purchase”, CX-01 and CX-02"
    )
    assert "questions are open" in page.meaning
    assert "May still stop it: " in said(page)
    assert "The Triage pack is too small to decide at Tier IV." in said(page)
    (bars,) = blocks(page, Bars)
    open_rows = [row for row in bars.rows if row.bar is not None]
    assert open_rows[0].bar.filled.low == 0
    assert open_rows[0].bar.filled.high == 100
    assert any("not scored" in row.cells for row in bars.rows)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, "Whether to go ahead with this purchase."),
        ({"state": "closed"}, "None: this assessment is closed."),
        ({"state": "withdrawn"}, "None: the purchase was withdrawn."),
        ({"state": "not_chosen"}, "None: this supplier was not chosen."),
        ({"state": "live"}, "None now: it is in use, and no reason to look again is recorded."),
        (
            {"triggers": (Trigger(what="End of pilot", at=AS_OF),)},
            "Whether this may go on as it is, because of: End of pilot.",
        ),
        (
            {"triggers": (Trigger(what="End of pilot", at=AS_OF, resolved_at=AS_OF),)},
            "Whether to go ahead with this purchase.",
        ),
        (
            {"decision": RecordedDecision(decision="escalate", by="Ana", at="2026-11-01")},
            "None now. Decided on 1 November 2026 by Ana: Escalate. "
            "This differs from what is recommended now. Not signed off.",
        ),
    ],
)
def test_it_says_which_decision_is_asked_for(changes, expected):
    assert top(page_of(example(**changes)), "Decision asked for") == expected


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("", "not recorded"),
        ("2026-11-30", "30 November 2026"),
        (AS_OF, "23 November 2026"),
        ("2026-11-22", "22 November 2026, which has passed"),
    ],
)
def test_a_deadline_that_has_passed_is_marked(due, expected):
    purchase = replace(example().purchase, decision_due=due)

    assert top(page_of(example(purchase=purchase)), "Deadline") == expected


def test_overdue_conditions_come_first_and_are_marked():
    """Verified ones never are, whatever their date."""

    def treated(question, status, due="", **more):
        return Mitigation(question=question, status=status, target="a", due=due, **more)

    mitigations = (
        treated("DP-02", "proposed"),
        treated("DP-07", "agreed", "2027-01-01", owner="Ben"),
        treated("LI-10", "verified", "2026-01-01"),
        treated("SE-01", "agreed", "2026-01-01", clause="C"),
    )
    answer_set = replace(settled(), mitigations=mitigations)
    conditions = part(page_of(example(answer_set=answer_set)), "Conditions")
    (table,) = conditions.blocks

    assert conditions.title == "Conditions: 4, 1 overdue"
    assert table.rows[0] == ("SE-01: C", "nobody yet", "1 January 2026", "Agreed, overdue")
    assert table.strong == {0}
    assert [row[0][:5] for row in table.rows] == ["SE-01", "LI-10", "DP-07", "DP-02"]
    assert table.rows[3][2:] == ("no date", "Proposed")


def test_what_is_left_out_is_counted():
    page = worst_page("x", ROOMS[0])

    assert "and 94 more in the record" in said(part(page, "Conditions: 100"))
    assert "and 34 more in the record" in said(part(page, "What it depends on"))


def test_money_that_is_not_known_is_never_nought():
    assert "Committed: not known" in said(page_of(example()))
    free = replace(example().purchase, committed_value=0, value_if_scaled=11_000_000)
    page = page_of(example(purchase=free))
    assert "Committed: £0" in said(page)
    assert "If it grows to full use: £11,000,000" in said(page)


def test_the_way_out_is_told_by_the_answers_labels():
    money = said(part(page_of(record(FRAUD).assessment), "Money"))

    assert "LI-04: Is there an exit plan" in money
    assert "“Exit clause only”. (E1)" in money


def test_a_framework_without_such_questions_leaves_them_out():
    assistant = load_framework(FRAMEWORKS / "staff-assistant.yaml")
    money = part(page_of(example(), assistant), "Money")

    assert [line.lead for line in money.blocks[0].items] == ["Committed", "Can be left on"]


def test_the_portfolio_is_told_where_it_is_known():
    share = UpstreamShare(
        model="Halcyon-3", purchases=6, of=10, of_value=Fraction(277, 703), of_value_if_scaled=None
    )
    facts = PortfolioFacts(upstreams=(share,), similar=("Letters to MPs, Ministry",))
    depends = said(
        part(page_of(record(DRAFTING).assessment, portfolio_facts=facts), "What it depends on")
    )

    assert "6 of 10 purchases rest on Halcyon-3, 39.4\u00a0% of committed value" in depends
    assert "Bought already for the same need: Letters to MPs, Ministry" in depends
    assert "portfolio" not in said(page_of(record(DRAFTING).assessment)).lower()


def test_change_is_split_into_answers_and_method():
    earlier = record(FRAUD_BEFORE)
    before = (earlier.framework, earlier.assessment.answer_set)
    change = part(page_of(record(FRAUD).assessment, earlier=before), "Change")

    assert "Since 24 November 2025: the recommendation stays: Do not proceed." in said(change)
    assert change.blocks[1].rows[0] == ("Sovereignty", "62.5", "42.0", "−20.5", "0.0")


def test_a_first_look_has_no_change():
    assert not [each for each in page_of(example()).parts if each.title.startswith("Change")]


def test_a_look_before_by_another_method_is_not_compared():
    before = (IMPACT, AnswerSet(as_of="2025-01-01"))

    assert "cannot be compared" in said(part(page_of(example(), earlier=before), "Change"))


def test_an_instrument_that_counts_points_says_what_its_figure_hides():
    asked = {name: q for name, q in IMPACT.by_id.items() if q.options}
    answers = {name: Answer(options=(q.options[-1].id,)) for name, q in asked.items()}
    answers.pop(next(name for name, q in asked.items() if q.scores == "raw"))
    page = page_of(example(answer_set=AnswerSet(as_of=AS_OF, answers=answers)), IMPACT)

    assert page.headline_lead == "Result"
    assert page.meaning.startswith("As published: ")
    assert "The published figure counts every open question as nothing." in said(page)
    (bars,) = blocks(page, Bars)
    assert [row.name for row in bars.rows] == ["Impact, after the reduction", "Mitigation"]
    assert bars.rows[0].bar.filled.low < bars.rows[0].bar.filled.high


def test_a_supplier_as_an_organisation_has_no_purchase():
    organisation = load_framework(FRAMEWORKS / "supplier-organisation.yaml")
    stored = example(answer_set=AnswerSet(as_of=AS_OF, pack=organisation.packs[0].id))
    page = page_of(stored, organisation)

    assert page.title == "Example AI Ltd"
    assert "Whether to rely on this supplier" in said(page)
    assert "Committed" not in said(page)


def test_what_is_made_up_says_so_and_nothing_else_does():
    assert page_of(record(FRAUD).assessment).notice.startswith("Fictional demonstration data.")
    assert page_of(example()).notice == ""


def test_the_foot_holds_what_the_page_rests_on():
    foot = " ".join(page_of(example()).foot)

    assert LIMITS in foot
    assert "As of 23 November 2026. AI supplier risk: core questionnaire, version 2026.2" in foot
    assert DIGEST in foot
    assert "procurement-risk 0.2.0" in foot


# --- How much fits ---


@pytest.mark.parametrize("room", [ROOMS[0], ROOMS[-1]], ids=["most", "least"])
@pytest.mark.parametrize("text", WORST.values(), ids=WORST)
def test_nothing_is_longer_than_its_room(text, room):
    page = worst_page(text, room)

    assert len(page.title) <= room.text + 2
    assert all(len(block.rows) <= room.rows for block in blocks(page, Table))
    assert len(said(page)) < 9_000 + 30 * room.text


@given(st.text(), st.integers(min_value=2, max_value=60))
def test_a_shortened_text_is_on_one_line_and_never_longer(text, most):
    found = shortened(text, most).strip("\u2068\u2069")

    assert len(found) <= most
    assert "\n" not in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("one two three", "one two…"),
        ("onetwothree", "onetwoth…"),
        ("one two", "one two"),
        ("a \n  b", "a b"),
        ("\u202eabc\u0000", "abc"),
        ("שלום", "\u2068שלום\u2069"),
        ("", ""),
    ],
)
def test_a_text_is_cut_at_a_word_where_one_ends_nearby(text, expected):
    assert shortened(text, 9) == expected


def test_a_purchase_without_words_makes_a_page():
    bare = example(purchase=Purchase(id="p", title="", buyer=""))

    assert page_of(bare).title == ""
