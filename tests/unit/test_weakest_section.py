"""How answers become scores, bands and a recommendation, one rule at a time.

The small frameworks used here follow the house policy: cuts at 25, 50 and 75; options a to e
carry the risk values 0 to 4; the answer to CX-1 sets the tier (a or b: I, c: II, d: III, e: IV).
"""

from fractions import Fraction

import pytest

from procurement_risk.assessment.answers import check_answers
from procurement_risk.framework.document import framework_from_document
from procurement_risk.language.percent import one_decimal
from procurement_risk.methods.sections import band_of, score_range
from procurement_risk.methods.values import Quarters
from procurement_risk.methods.weakest_section import output, score
from tests.support.answer_sets import AS_OF, CORE, agreed, proposed, verified
from tests.support.small_frameworks import (
    CUTS,
    FLOORS,
    PACKS,
    TABLE,
    question,
    section,
    small_framework,
)

TIER_OPTION = {1: "a", 2: "c", 3: "d", 4: "e"}
DECISIVE_ONLY_Q = section("Q", "decisive", question("Q-1"))


def result_of(document, answers, *, tier=1, mitigations=(), pack="full"):
    """Score ``answers`` at E4 unless they say otherwise; ``tier`` None leaves it open."""
    framework = framework_from_document(document)
    context = {} if tier is None else {"CX-1": TIER_OPTION[tier]}
    at_e4 = {
        name: {"option": given, "evidence": "E4"} if isinstance(given, str) else given
        for name, given in {"public": "no", "hosted": "no", **context, **answers}.items()
    }
    line = {"as_of": AS_OF, "answers": at_e4, "mitigations": list(mitigations)}
    return score(framework, check_answers(framework, line, pack))


def residual_of(document, answers, **more):
    """The residual range of section Q as texts."""
    figure = result_of(document, answers, **more).sections["Q"].residual
    return one_decimal(figure.low), one_decimal(figure.central), one_decimal(figure.high)


def one_question(**rest):
    """Section Q with the single question Q-1."""
    return small_framework(section("Q", "decisive", question("Q-1", **rest)))


# --- The weighted mean --------------------------------------------------------------------------


def three_questions(**first):
    return small_framework(
        section(
            "Q",
            "decisive",
            question("Q-1", weight=5, **first),
            question("Q-2", weight=4),
            question("Q-3", weight=1),
        )
    )


def test_worst_answers_weigh_most():
    """100 · (5·4 + 4·1 + 1·0) ÷ (4 · 10) = 60.0: High, though the plain mean is 1.67 of 4."""
    result = result_of(three_questions(), {"Q-1": "e", "Q-2": "b", "Q-3": "a"})

    assert result.sections["Q"].residual.low == 60
    assert result.sections["Q"].band.low == "high"


def test_a_flag_holds_the_band_at_high_where_the_rest_is_good():
    """100 · (5·4 + 4·0 + 1·0) ÷ 40 = 50; with weights 1, 4, 5 only 10.0, and yet High."""
    document = small_framework(
        section(
            "Q",
            "decisive",
            question("Q-1", weight=1, red_flag={"options": ["e"], "class": "flag"}),
            question("Q-2", weight=4),
            question("Q-3", weight=5),
        )
    )

    result = result_of(document, {"Q-1": "e", "Q-2": "a", "Q-3": "a"})

    assert result.sections["Q"].residual.low == 10
    assert result.sections["Q"].band.low == "high"
    assert result.recommendation == "escalate"


def test_not_applicable_leaves_the_mean():
    """Without Q-1: 100 · (4·1 + 1·0) ÷ (4 · 5) = 20.0, Low."""
    inapplicable = {"state": "not_applicable", "reason": "No personal data"}

    result = result_of(three_questions(), {"Q-1": inapplicable, "Q-2": "b", "Q-3": "a"})

    assert result.sections["Q"].residual.low == 20
    assert result.sections["Q"].band.low == "low"
    assert result.sections["Q"].complete == 1


@pytest.mark.parametrize(
    ("percent", "band"),
    [
        (Fraction(0), "low"),
        (Fraction(24999, 1000), "low"),
        (Fraction(25), "moderate"),
        (Fraction(49999, 1000), "moderate"),
        (Fraction(50), "high"),
        (Fraction(74999, 1000), "high"),
        (Fraction(75), "critical"),
        (Fraction(100), "critical"),
    ],
)
def test_a_score_on_a_cut_is_in_the_worse_band(percent, band):
    assert band_of(CORE.policy, percent) == band


@pytest.mark.parametrize(
    ("answers", "percent", "band"),
    [
        (("b", "b", "b"), "25.0", "moderate"),
        (("c", "c", "c"), "50.0", "high"),
        (("d", "d", "d"), "75.0", "critical"),
        (("b", "b", "a"), "16.7", "low"),
        (("c", "c", "b"), "41.7", "moderate"),
    ],
)
def test_thirds_do_not_slip_across_a_cut(answers, percent, band):
    """Three questions of weight 1: 100 · (sum of values) ÷ 12, exactly."""
    document = small_framework(section("Q", "decisive", *(question(f"Q-{n}") for n in (1, 2, 3))))

    entry = output(result_of(document, {f"Q-{n}": a for n, a in enumerate(answers, 1)}))

    assert entry["sections"]["Q"]["residual"]["high"] == percent
    assert entry["sections"]["Q"]["band"]["high"] == band


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction(0), "0.0"),
        (Fraction(1225, 100), "12.3"),
        (Fraction(12249, 1000), "12.2"),
        (Fraction(100), "100.0"),
        (Fraction(2, 3) * 100, "66.7"),
    ],
)
def test_percentages_are_rounded_half_up(value, text):
    """12.25 becomes 12.3; nothing is decided on the rounded text."""
    assert one_decimal(value) == text


# --- States -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"state": "unanswered"}, ("0.0", "50.0", "100.0")),
        ({"state": "unknown"}, ("0.0", "75.0", "100.0")),
        ({"state": "withheld"}, ("0.0", "100.0", "100.0")),
    ],
)
def test_an_open_question_runs_from_best_to_worst(given, expected):
    """Only the centre differs: half-way, three quarters of the way, the worst."""
    assert residual_of(one_question(), {"Q-1": given}) == expected


def test_a_missing_answer_is_unanswered():
    assert residual_of(one_question(), {}) == ("0.0", "50.0", "100.0")


@pytest.mark.parametrize(
    ("state", "central"), [("unanswered", "62.5"), ("unknown", "68.8"), ("withheld", "75.0")]
)
def test_the_range_is_that_of_the_questions_own_options(state, central):
    """Options 2 and 3: from 50 to 75; 2 + 1/2 = 62.5 %, 2 + 3/4 = 68.75 % shown as 68.8."""
    document = small_framework(section("Q", "decisive", question("Q-1", (2, 3))))

    assert residual_of(document, {"Q-1": {"state": state}}) == ("50.0", central, "75.0")


@pytest.mark.parametrize(
    ("state", "central"), [("unanswered", "50.0"), ("unknown", "100.0"), ("withheld", "100.0")]
)
def test_not_knowing_about_a_red_flag_is_charted_at_the_worst(state, central):
    document = one_question(red_flag={"options": ["e"], "class": "flag"})

    assert residual_of(document, {"Q-1": {"state": state}}) == ("0.0", central, "100.0")


def test_a_blank_form_has_no_low_score():
    """Nothing answered: every section from 0 to 100, and no recommendation."""
    result = score(CORE, check_answers(CORE, {"as_of": AS_OF}))

    assert result.recommendation == "not_ready"
    assert (result.tier.low, result.tier.high) == (1, 4)
    assert {(s.residual.low, s.residual.high) for s in result.sections.values()} == {(0, 100)}
    assert {s.band.high for s in result.sections.values()} == {"critical"}
    assert {s.complete for s in result.sections.values()} == {0}


def test_complete_counts_weights():
    """Weights 5, 4, 1 with only the second answered: 4 of 10."""
    result = result_of(three_questions(), {"Q-2": "a"})

    assert result.sections["Q"].complete == Fraction(4, 10)
    assert result.open == ("Q-1", "Q-3")


# --- Evidence -----------------------------------------------------------------------------------


@pytest.mark.parametrize("grade", range(5))
@pytest.mark.parametrize("tier", [1, 2, 3, 4])
def test_evidence_floor(tier, grade):
    """The best answer counts for the floor of its tier and grade: floor ÷ 4 of the scale."""
    answer = {"option": "a", "evidence": f"E{grade}"}

    scored = result_of(one_question(), {"Q-1": answer}, tier=tier).sections["Q"]

    assert scored.claimed.low == 0
    assert scored.inherent.low == scored.residual.low == 25 * FLOORS[tier - 1][grade]


@pytest.mark.parametrize(("option", "expected"), [("a", 50), ("b", 50), ("c", 50), ("d", 75)])
def test_a_floor_only_ever_raises(option, expected):
    """At tier III without evidence an answer counts for at least 2 of 4; a worse one as it is."""
    answer = {"option": option, "evidence": "E0"}

    assert (
        result_of(one_question(), {"Q-1": answer}, tier=3).sections["Q"].inherent.low == expected
    )


def test_a_floor_is_capped_by_the_questions_worst_option():
    """Options 0 and 1, floor 2: the answer counts for 1 of 4, 25 %."""
    document = small_framework(section("Q", "decisive", question("Q-1", (0, 1))))
    answer = {"option": "a", "evidence": "E0"}

    assert result_of(document, {"Q-1": answer}, tier=4).sections["Q"].inherent.high == 25


@pytest.mark.parametrize(
    ("valid_until", "expected"),
    [("2026-11-22", 50), ("2026-11-23", 0), ("2026-11-24", 0), ("", 0)],
)
def test_evidence_that_ran_out_counts_as_none(valid_until, expected):
    """E4 at tier III has no floor; from the day after it ran out it is E0, whose floor is 2."""
    answer = {"option": "a", "evidence": "E4"}
    if valid_until:
        answer["valid_until"] = valid_until

    assert (
        result_of(one_question(), {"Q-1": answer}, tier=3).sections["Q"].inherent.low == expected
    )


def test_each_end_has_the_floor_of_its_own_tier():
    """Tier open, I to IV, centre III (2 is half-way, tier II): floors 0, 1 and 2 at E0."""
    answer = {"option": "a", "evidence": "E0"}

    result = result_of(one_question(), {"Q-1": answer}, tier=None)

    assert (result.tier.low, result.tier.central, result.tier.high) == (1, 2, 4)
    inherent = result.sections["Q"].inherent
    assert (inherent.low, inherent.central, inherent.high) == (0, 25, 50)


def test_open_questions_have_no_floor():
    """At tier IV the low end of an open question is still its best option."""
    assert residual_of(one_question(), {}, tier=4) == ("0.0", "50.0", "100.0")


def test_context_has_no_score():
    """The context section sets the tier and has no entry among the sections."""
    assert "CX" not in result_of(one_question(), {"Q-1": "a"}).sections


# --- Mitigations --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "mitigation", "points"),
    [
        ("e", None, 4),
        ("e", proposed("Q-1", "a"), 4),  # a promise to think about it: nothing
        ("e", agreed("Q-1", "a"), 2),  # min(4, max(0, 4 - 2))
        ("e", agreed("Q-1", "d"), 3),  # min(4, max(3, 4 - 2))
        ("b", agreed("Q-1", "a"), 0),  # min(1, max(0, 1 - 2))
        ("b", agreed("Q-1", "d"), 1),  # a target worse than the answer: nothing
        ("e", verified("Q-1", "a"), 0),  # all the way
        ("e", verified("Q-1", "c"), 2),
        ("b", verified("Q-1", "d"), 1),
        ("e", agreed("Q-1", "a", due="2026-11-22"), 4),  # overdue: only proposed
        ("e", agreed("Q-1", "a", due="2026-11-23"), 2),  # due today
    ],
)
def test_residual_after_a_mitigation(option, mitigation, points):
    """``points`` of 4 are left, 25 % each; claimed and inherent stay as they are."""
    mitigations = [mitigation] if mitigation else []

    scored = result_of(one_question(), {"Q-1": option}, mitigations=mitigations).sections["Q"]

    assert scored.residual.low == scored.residual.high == 25 * points
    assert scored.claimed == scored.inherent
    assert scored.inherent.low == 25 * "abcde".index(option)


def test_a_mitigation_works_on_the_evidenced_value():
    """Claimed 0, counted for 2 at tier III without evidence; verified at 1 leaves 1 of 4."""
    answer = {"option": "a", "evidence": "E0"}

    scored = result_of(
        one_question(), {"Q-1": answer}, tier=3, mitigations=[verified("Q-1", "b")]
    ).sections["Q"]

    assert (scored.claimed.low, scored.inherent.low, scored.residual.low) == (0, 50, 25)


@pytest.mark.parametrize(
    ("mitigation", "expected"),
    [
        (proposed("Q-1", "b"), ("0.0", "50.0", "100.0")),
        (agreed("Q-1", "b"), ("0.0", "25.0", "50.0")),  # 0, max(1, 2 - 2), max(1, 4 - 2)
        (verified("Q-1", "b"), ("0.0", "25.0", "25.0")),  # min(0, 1), min(2, 1), min(4, 1)
    ],
)
def test_each_end_of_an_open_question_is_treated_alike(mitigation, expected):
    assert residual_of(one_question(), {}, mitigations=[mitigation]) == expected


# --- Questions that may yet apply ---------------------------------------------------------------

OFTEN = Quarters(4, 8, 12)  # 1 to 3 points


@pytest.mark.parametrize(
    ("optional", "expected"),
    [
        ([], (25, 50, 75)),
        # High: (3 + 4) / 2 of 4 = 87.5; low: (1 + 0) / 2 of 4 = 12.5; centre without it.
        ([(1, Quarters(0, 8, 16))], (Fraction(25, 2), 50, Fraction(175, 2))),
        # Inside the range it moves neither end.
        ([(5, Quarters(8, 8, 8))], (25, 50, 75)),
        # On the running mean it changes nothing, so it is left out.
        ([(5, Quarters(4, 8, 12))], (25, 50, 75)),
        # 4 is above 3, so the mean is 3.5; 3.25 is not above that, though it is above 3.
        ([(1, Quarters(16, 16, 16)), (1, Quarters(13, 13, 13))], (25, 50, Fraction(175, 2))),
        # The lowest first: (1 + 0) / 2 = 0.5, and 0.75 is not below that.
        ([(1, Quarters(3, 3, 3)), (1, Quarters(0, 0, 0))], (Fraction(25, 2), 50, 75)),
    ],
)
def test_optional_questions_only_widen(optional, expected):
    """One certain question of weight 1, from 1 to 3 points; the others apply perhaps."""
    found = score_range([(1, OFTEN)], optional, scale_max=4)

    assert (found.low, found.central, found.high) == expected


def conditional(name, fact="public", **rest):
    return question(name, when={"question": fact, "in": ["yes"]}, **rest)


def test_a_question_whose_condition_is_open_may_apply():
    """Q-1 counts 2; Q-2 (4, weight 3) perhaps: from 50 to 100 · (2 + 3·4) ÷ 16 = 87.5."""
    document = small_framework(
        section("Q", "decisive", question("Q-1"), conditional("Q-2", weight=3))
    )
    answers = {"Q-1": "c", "Q-2": "e", "public": {"state": "unknown"}}

    assert residual_of(document, answers) == ("50.0", "50.0", "87.5")


def test_a_hidden_answer_is_kept_and_never_scored():
    """With the fact at "no" the stored worst answer counts for nothing, and is not open."""
    document = small_framework(section("Q", "decisive", question("Q-1"), conditional("Q-2")))

    result = result_of(document, {"Q-1": "a", "Q-2": "e", "public": "no"})

    assert result.sections["Q"].residual.high == 0
    assert [value.question.id for value in result.sections["Q"].values] == ["Q-1"]
    assert result.answer_set.answers["Q-2"].option == "e"


def test_a_section_of_questions_that_may_apply_runs_from_0_to_100():
    """Nothing in it is certain: 0 to 100 with 100 in the middle, however it is answered."""
    document = small_framework(
        section("Q", "decisive", conditional("Q-1")), section("R", "decisive", question("R-1"))
    )

    result = result_of(document, {"Q-1": "c", "R-1": "a", "public": {"state": "unanswered"}})

    scored = result.sections["Q"]
    assert (scored.residual.low, scored.residual.central, scored.residual.high) == (0, 100, 100)
    assert (scored.band.low, scored.band.central, scored.band.high) == (
        "low",
        "critical",
        "critical",
    )
    assert not scored.has_mandatory


def test_a_section_in_which_nothing_applies_is_not_scored():
    """It has no band and is left out of the worst; the other decisive section decides."""
    document = small_framework(
        section("Q", "decisive", conditional("Q-1")), section("R", "decisive", question("R-1"))
    )

    result = result_of(document, {"R-1": "a", "public": "no"})

    assert result.sections["Q"] is None
    assert result.recommendation == "proceed"
    assert output(result)["sections"]["Q"] is None


@pytest.mark.parametrize("public", ["no", {"state": "unknown"}])
def test_without_a_certain_decisive_question_nothing_is_recommended(public):
    """Not scored, or 0 to 100: either way the tool says not ready."""
    document = small_framework(section("Q", "decisive", conditional("Q-1")))

    assert result_of(document, {"Q-1": "a", "public": public}).recommendation == "not_ready"


def test_nothing_is_recommended_then_even_where_both_ends_agree():
    """A fired flag (escalate) and Critical at tier I (escalate) agree, but nothing is certain."""
    flagged = question("V-1", red_flag={"options": ["e"], "class": "flag"})
    document = small_framework(
        section("Q", "decisive", conditional("Q-1")), section("V", "challenge", flagged)
    )

    result = result_of(document, {"V-1": "e", "public": {"state": "unknown"}})

    assert (result.decision_low, result.decision_high) == ("escalate", "escalate")
    assert result.recommendation == "not_ready"


def test_no_decisive_section_at_all_runs_from_low_to_critical():
    """The worst of nothing is Low at the low end and Critical at the high end: tier I."""
    result = result_of(small_framework(section("V", "challenge", question("V-1"))), {"V-1": "a"})

    assert (result.decision_low, result.decision_high) == ("proceed", "escalate")
    assert result.recommendation == "not_ready"


def test_a_fired_stop_decides_even_where_nothing_decisive_is_certain():
    stop = {"options": ["e"], "class": "stop"}
    document = small_framework(section("V", "challenge", question("V-1", red_flag=stop)))

    assert result_of(document, {"V-1": "e"}).recommendation == "do_not_proceed"


# --- Tier ---------------------------------------------------------------------------------------

CALM = {
    "CX-01": "c",
    "CX-02": "a",
    "CX-03": "a",
    "CX-04": "a",
    "CX-05": "a",
    "CX-06": "a",
    "CX-07": "a",
    "public_facing": "yes",
}


@pytest.mark.parametrize(
    ("changed", "tier"),
    [
        ({}, (1, 1, 1)),
        ({"CX-02": "c"}, (2, 2, 2)),
        ({"CX-03": "d"}, (3, 3, 3)),
        ({"CX-04": "e"}, (4, 4, 4)),
        ({"CX-06": "d"}, (2, 2, 2)),  # 3 - 1
        ({"CX-02": "c", "CX-01": "e"}, (3, 3, 3)),  # nobody decides: one up
        ({"CX-02": "c", "CX-01": "d"}, (3, 3, 3)),  # nearly so, and the effect is real
        ({"CX-03": "c", "CX-01": "d"}, (2, 2, 2)),  # nearly so, but no effect on rights
        ({"CX-02": "c", "CX-05": "e"}, (3, 3, 3)),  # very many people
        ({"CX-02": "c", "CX-05": "e", "CX-07": "e"}, (3, 3, 3)),  # one step, not two
        ({"CX-02": "d", "CX-01": "b", "public_facing": "no"}, (2, 2, 2)),  # informs staff only
        ({"CX-02": "d", "CX-01": "b"}, (3, 3, 3)),
        ({"CX-02": "e", "CX-01": "e", "CX-05": "e"}, (4, 4, 4)),  # 6 is still IV
        ({"CX-02": {"state": "unanswered"}}, (1, 2, 4)),  # best 0, half-way 2, worst 4
        ({"CX-02": {"state": "unknown"}}, (1, 3, 4)),  # three quarters of the way: 3
        ({"CX-02": {"state": "withheld"}}, (1, 4, 4)),
        ({"CX-02": "d", "CX-01": "b", "public_facing": {"state": "unknown"}}, (2, 3, 3)),
        # Hidden: counts for 0, whatever is stored.
        ({"CX-06": "e", "public_facing": "no"}, (1, 1, 1)),
        # Whether it applies is open: absent at the low end, present at the others (4 - 1).
        ({"CX-06": "e", "public_facing": {"state": "unknown"}}, (1, 3, 3)),
    ],
)
def test_tier_rule_of_the_core_framework(changed, tier):
    """max(CX-02, CX-03, CX-04, CX-06 - 1), then steps; from I (1 or less) to IV (4 or more)."""
    line = {"as_of": AS_OF, "answers": {**CALM, "decisions_about_people": "no", **changed}}

    found = score(CORE, check_answers(CORE, line)).tier

    assert (found.low, found.central, found.high) == tier


def test_a_half_point_in_the_middle_is_rounded_up():
    """Options 0 and 3: half-way is 1.5, counted as 2 in the central tier."""
    document = one_question()
    document["sections"][0]["questions"] = [question("CX-1", (0, 3))]

    tier = result_of(document, {"Q-1": "a"}, tier=None).tier

    assert (tier.low, tier.central, tier.high) == (1, 2, 3)


@pytest.mark.parametrize(
    ("add", "bound", "expected"),
    [
        # Up by 3 only at the best answer: a scores 3, b 1, c 2, d 3, e 4.
        (3, {"risk_at_most": 0}, (1, 4)),
        # Down by 2 at the worst answer: a scores 0, b 1, c 2, d 3, e 2.
        (-2, {"risk_at_least": 4}, (1, 4)),
        # Up in the middle alone: a 0, b 1, c 3, d 3, e 4.
        (1, {"risk_at_least": 2, "risk_at_most": 2}, (1, 4)),
    ],
)
def test_the_tier_range_holds_for_any_rule(add, bound, expected):
    """Also where more risk makes a step up go away: every answer's tier lies in the range."""
    document = one_question()
    step = {"add": add, "when": {"all": [{"question": "CX-1", **bound}]}}
    document["policy"]["tier_rule"]["adjustments"] = [step]

    tier = result_of(document, {"Q-1": "a"}, tier=None).tier
    answered = [result_of(document, {"Q-1": "a", "CX-1": option}, tier=None) for option in "abcde"]

    assert (tier.low, tier.high) == expected
    for result in answered:
        assert result.tier.low == result.tier.high
        assert tier.low <= result.tier.low <= tier.high


# --- Bands and the decision ---------------------------------------------------------------------


def test_the_core_framework_carries_the_house_policy():
    """Cuts, floors, packs and the decision table as they are published."""
    policy = CORE.policy

    assert {band.id: band.start for band in policy.bands} == CUTS
    assert tuple(tier.floors for tier in policy.tiers) == FLOORS
    assert [list(tier.packs) for tier in policy.tiers] == [
        ["baseline" if pack == "core" else pack for pack in packs] for packs in PACKS
    ]
    for band, row in TABLE.items():
        assert tuple(tier.decisions[band] for tier in policy.tiers) == row
    assert (policy.flag_band, policy.agreed_mitigation_helps) == ("high", 2)
    assert {s.id for s in CORE.sections if s.role == "decisive"} == {"DP", "TR", "EQ", "LI", "SR"}
    assert {s.id for s in CORE.sections if s.role == "challenge"} == {"VO", "SE"}
    assert [s.id for s in CORE.sections if s.role == "context"] == ["CX"]


@pytest.mark.parametrize("tier", [1, 2, 3, 4])
@pytest.mark.parametrize(
    ("option", "band"), [("a", "low"), ("b", "moderate"), ("c", "high"), ("d", "critical")]
)
def test_decision_table(option, band, tier):
    """The worst band meets the tier; everything is answered, so both ends agree."""
    result = result_of(one_question(), {"Q-1": option}, tier=tier)

    assert result.sections["Q"].band.low == band
    assert result.recommendation == TABLE[band][tier - 1]


def test_the_worst_section_decides_and_nothing_is_averaged_away():
    """Four sections at 0 and one at 75: Critical at tier II, do not proceed."""
    names = ("P", "Q", "R", "S", "T")
    document = small_framework(*(section(n, "decisive", question(f"{n}-1")) for n in names))
    answers = {f"{n}-1": "a" for n in names} | {"R-1": "d"}

    assert result_of(document, answers, tier=2).recommendation == "do_not_proceed"


def test_a_recommendation_needs_both_ends_to_agree():
    """Q-1 open at tier I: from Low (proceed) to Critical (escalate)."""
    result = result_of(one_question(), {})

    assert (result.decision_low, result.decision_high) == ("proceed", "escalate")
    assert result.recommendation == "not_ready"


def test_an_open_question_that_cannot_matter_leaves_the_recommendation():
    """Weights 9 and 1 with 0 answered: at most 100 · 4 ÷ 40 = 10.0, Low either way."""
    document = small_framework(
        section("Q", "decisive", question("Q-1", weight=9), question("Q-2"))
    )

    result = result_of(document, {"Q-1": "a"})

    assert result.sections["Q"].residual.high == 10
    assert result.recommendation == "proceed"
    assert result.open == ("Q-2",)


@pytest.mark.parametrize(
    ("pack", "tier", "expected"),
    [
        ("full", 4, ("proceed", "proceed", "proceed")),
        ("core", 2, ("proceed", "proceed", "proceed")),
        ("core", 3, ("proceed", "do_not_proceed", "not_ready")),
        ("some", 1, ("proceed", "do_not_proceed", "not_ready")),
    ],
)
def test_a_pack_too_small_for_the_tier_decides_nothing(pack, tier, expected):
    """``core`` is enough for tiers I and II, ``some`` for none; the table is not consulted."""
    document = small_framework(section("Q", "decisive", question("Q-1", core=True)))

    result = result_of(document, {"Q-1": "a"}, tier=tier, pack=pack)

    assert (result.decision_low, result.decision_high, result.recommendation) == expected
    assert result.pack_decides is (expected[2] != "not_ready")


def test_the_high_tier_says_which_pack_is_needed():
    """Tier open from I to IV: the pack that is enough for tiers I and II is not enough."""
    document = small_framework(section("Q", "decisive", question("Q-1", core=True)))

    result = result_of(document, {"Q-1": "a"}, tier=None, pack="core")

    assert not result.pack_decides


def test_a_pack_has_to_be_enough_for_every_tier_that_is_possible():
    """``core`` is made enough for all tiers but I; with the tier open it decides nothing yet."""
    document = small_framework(section("Q", "decisive", question("Q-1", core=True)))
    for tier in document["policy"]["tiers"]:
        tier["packs"] = ["full"] if tier["tier"] == 1 else ["core", "full"]

    assert not result_of(document, {"Q-1": "a"}, tier=None, pack="core").pack_decides
    assert not result_of(document, {"Q-1": "a"}, tier=1, pack="core").pack_decides
    assert result_of(document, {"Q-1": "a"}, tier=2, pack="core").pack_decides


def test_a_pack_limits_what_is_scored_listed_and_flagged():
    """Q-2 is not in ``core``: its flag, its score and its being open all stay out."""
    flag = {"options": ["e"], "class": "flag"}
    document = small_framework(
        section("Q", "decisive", question("Q-1", core=True), question("Q-2", red_flag=flag))
    )

    fired = result_of(document, {"Q-1": "a", "Q-2": "e"}, pack="core")
    left_open = result_of(document, {"Q-1": "a"}, pack="core")

    assert fired.recommendation == left_open.recommendation == "proceed"
    assert left_open.open == ()


def test_a_pack_does_not_limit_conditions():
    """R-1 is out of the pack, but its stored answer still switches Q-1 on."""
    document = small_framework(
        section("R", "decisive", question("R-1")),
        section("Q", "decisive", question("Q-1", when={"question": "R-1", "in": ["e"]})),
    )

    shown = result_of(document, {"R-1": "e", "Q-1": "a"}, pack="some")
    perhaps = result_of(document, {"Q-1": "a"}, pack="some")

    assert shown.sections["Q"].has_mandatory
    assert not perhaps.sections["Q"].has_mandatory
    assert shown.sections["R"] is None


# --- Challenge ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("option", "challenge"),
    [("a", False), ("b", False), ("c", True), ("e", True), ({"state": "unknown"}, False)],
)
def test_value_and_ecosystem_ask_a_question_and_never_decide(option, challenge):
    """High or worse at the low end asks for a challenge; the recommendation stays."""
    document = small_framework(
        section("Q", "decisive", question("Q-1")), section("V", "challenge", question("V-1"))
    )

    result = result_of(document, {"Q-1": "a", "V-1": option}, tier=4)

    assert result.challenge is challenge
    assert result.recommendation == "proceed"


# --- Stops and flags ----------------------------------------------------------------------------


def with_red_flag(**red_flag):
    """Q-1 has the red flag; Q-2, of weight 9, keeps the section's score low."""
    return small_framework(
        section(
            "Q",
            "decisive",
            question("Q-1", red_flag={"options": ["d", "e"], **red_flag}),
            question("Q-2", weight=9),
        )
    )


def lists_of(result):
    flags = result.red_flags
    return (
        flags.stops_fired,
        flags.stops_pending,
        flags.flags_fired,
        flags.flags_pending,
    )


@pytest.mark.parametrize(
    ("answer", "lists", "decisions"),
    [
        ("e", (["Q-1"], [], [], []), ("do_not_proceed", "do_not_proceed")),
        ("d", (["Q-1"], [], [], []), ("do_not_proceed", "do_not_proceed")),
        ("c", ([], [], [], []), ("proceed", "proceed")),
        ({"state": "withheld"}, ([], ["Q-1"], [], []), ("proceed", "do_not_proceed")),
    ],
)
def test_stop(answer, lists, decisions):
    """Fired: do not proceed, whatever the scores. Open: it may yet fire."""
    result = result_of(with_red_flag(**{"class": "stop"}), {"Q-1": answer, "Q-2": "a"})

    assert lists_of(result) == lists
    assert (result.decision_low, result.decision_high) == decisions


@pytest.mark.parametrize(
    ("answer", "lists", "decisions", "bands"),
    [
        ("d", ([], [], ["Q-1"], []), ("escalate", "escalate"), ("high", "high")),
        ("c", ([], [], [], []), ("proceed", "proceed"), ("low", "low")),
        ({"state": "unknown"}, ([], [], [], ["Q-1"]), ("proceed", "escalate"), ("low", "high")),
    ],
)
def test_flag(answer, lists, decisions, bands):
    """Fired: at least escalate, and the band at least High. Pending: at the high end only."""
    result = result_of(with_red_flag(**{"class": "flag"}), {"Q-1": answer, "Q-2": "a"})

    assert lists_of(result) == lists
    assert (result.decision_low, result.decision_high) == decisions
    assert (result.sections["Q"].band.low, result.sections["Q"].band.high) == bands


def test_a_stop_fires_in_every_pack_and_whatever_else_is_open():
    document = small_framework(
        section("R", "decisive", question("R-1")),
        section("Q", "decisive", question("Q-1", red_flag={"options": ["e"], "class": "stop"})),
    )

    for pack in ("full", "some"):
        assert result_of(document, {"Q-1": "e"}, tier=None, pack=pack).recommendation == (
            "do_not_proceed"
        )


@pytest.mark.parametrize(
    ("mitigation", "fired"),
    [
        (proposed("Q-1", "a"), True),
        (agreed("Q-1", "a"), True),  # a promise is not a fix
        (verified("Q-1", "a"), False),
        (verified("Q-1", "d"), True),  # d still triggers
    ],
)
def test_only_a_verified_mitigation_touches_a_stop(mitigation, fired):
    result = result_of(
        with_red_flag(**{"class": "stop"}), {"Q-1": "e", "Q-2": "a"}, mitigations=[mitigation]
    )

    assert result.red_flags.stops_fired == (["Q-1"] if fired else [])


def test_a_verified_mitigation_clears_every_possible_value_of_an_open_question():
    """Whatever is answered, the better of it and a is looked at: nothing can fire."""
    result = result_of(
        with_red_flag(**{"class": "stop"}), {"Q-2": "a"}, mitigations=[verified("Q-1", "a")]
    )

    assert lists_of(result) == ([], [], [], [])


def test_an_open_question_whose_every_option_triggers_has_fired():
    document = with_red_flag(**{"class": "stop"}, options=["a", "b", "c", "d", "e"])

    assert result_of(document, {"Q-2": "a"}).red_flags.stops_fired == ["Q-1"]


@pytest.mark.parametrize(("public", "pending"), [("no", []), ({"state": "unknown"}, ["Q-1"])])
def test_a_flag_that_may_not_apply_is_pending_at_most(public, pending):
    """Hidden: cleared, though the worst option is stored. Applicability open: pending."""
    flag = {"options": ["e"], "class": "flag"}
    document = small_framework(
        section("Q", "decisive", conditional("Q-1", red_flag=flag), question("Q-2"))
    )

    result = result_of(document, {"Q-1": "e", "Q-2": "a", "public": public})

    assert result.red_flags.flags_fired == []
    assert result.red_flags.flags_pending == pending


def test_evidence_floors_never_fire_a_flag():
    """At tier IV the unsupported best answer counts for 2, which has a flag; it is not fired."""
    document = with_red_flag(options=["c", "d", "e"], **{"class": "flag"})
    answer = {"option": "a", "evidence": "E0"}

    result = result_of(document, {"Q-1": answer, "Q-2": "a"}, tier=4)

    assert lists_of(result) == ([], [], [], [])


@pytest.mark.parametrize(
    ("tier", "lists", "decisions"),
    [
        (2, ([], [], ["Q-1"], []), ("escalate", "escalate")),
        (3, (["Q-1"], [], [], []), ("do_not_proceed", "do_not_proceed")),
        (4, (["Q-1"], [], [], []), ("do_not_proceed", "do_not_proceed")),
        # Tier I to IV: fired, but a stop only at the high end; listed once, acts as a flag below.
        (None, ([], ["Q-1"], [], []), ("escalate", "do_not_proceed")),
    ],
)
def test_a_stop_from_a_tier_is_a_flag_below_it(tier, lists, decisions):
    document = with_red_flag(stop_from_tier=3, **{"class": "stop"})

    result = result_of(document, {"Q-1": "e", "Q-2": "a"}, tier=tier)

    assert lists_of(result) == lists
    assert (result.decision_low, result.decision_high) == decisions
    assert result.sections["Q"].band.low == "high"


@pytest.mark.parametrize(
    ("tier", "lists", "decisions"),
    [
        (2, ([], [], [], ["Q-1"]), ("proceed", "escalate")),
        (3, ([], ["Q-1"], [], []), ("proceed", "do_not_proceed")),
        (None, ([], ["Q-1"], [], []), ("proceed", "do_not_proceed")),
    ],
)
def test_a_pending_stop_from_a_tier_is_listed_by_the_high_tier(tier, lists, decisions):
    document = with_red_flag(stop_from_tier=3, **{"class": "stop"})

    result = result_of(document, {"Q-2": "a"}, tier=tier)

    assert lists_of(result) == lists
    assert (result.decision_low, result.decision_high) == decisions


def test_a_flag_in_the_context_section_counts():
    """It has no section score to raise, but the decision is at least escalate."""
    document = small_framework(DECISIVE_ONLY_Q)
    flagged = question("CX-1", red_flag={"options": ["e"], "class": "flag"})
    document["sections"][0]["questions"] = [flagged]

    result = result_of(document, {"Q-1": "a"}, tier=4)

    assert result.red_flags.flags_fired == ["CX-1"]
    assert result.recommendation == "escalate"


# --- What is written ----------------------------------------------------------------------------


def test_open_lists_facts_first_then_the_pack_in_reading_order():
    """Facts whatever the pack; hidden and not applicable questions never."""
    document = small_framework(
        section("Q", "decisive", question("Q-2"), question("Q-1"), conditional("Q-3")),
    )
    inapplicable = {"state": "not_applicable", "reason": "No"}

    result = result_of(document, {"Q-1": inapplicable, "hosted": {"state": "withheld"}}, tier=None)

    assert result.open == ("hosted", "CX-1", "Q-2")


def test_output_has_the_published_shape():
    """Every key of the ``score`` command, in its order."""
    flag = {"options": ["e"], "class": "flag"}
    document = small_framework(
        section("Q", "decisive", question("Q-1", red_flag=flag)),
        section("V", "challenge", conditional("V-1")),
    )

    found = output(result_of(document, {}, tier=2))

    assert found == {
        "framework": "small",
        "version": "1",
        "pack": "full",
        "tier": {"low": 2, "central": 2, "high": 2},
        "sections": {
            "Q": {
                "claimed": {"low": "0.0", "central": "50.0", "high": "100.0"},
                "inherent": {"low": "0.0", "central": "50.0", "high": "100.0"},
                "residual": {"low": "0.0", "central": "50.0", "high": "100.0"},
                "band": {"low": "low", "central": "high", "high": "critical"},
                "complete": "0.0",
            },
            "V": None,
        },
        "stops": {"fired": [], "pending": []},
        "flags": {"fired": [], "pending": ["Q-1"]},
        "decision": {"low": "proceed", "high": "do_not_proceed"},
        "recommendation": "not_ready",
        "challenge": False,
        "open": ["Q-1"],
    }
    assert list(found) == [
        "framework", "version", "pack", "tier", "sections", "stops", "flags", "decision",
        "recommendation", "challenge", "open",
    ]  # fmt: skip


def test_an_unknown_pack_is_a_key_error():
    """Packs are checked with the answers; the method itself only refuses."""
    framework = framework_from_document(one_question())
    answers = check_answers(framework, {"as_of": AS_OF})

    with pytest.raises(KeyError, match="tiny"):
        score(framework, type(answers)(as_of=AS_OF, pack="tiny"))
