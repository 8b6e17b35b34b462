"""The effect of the answers and the effect of the method always add up to the whole change."""

from dataclasses import replace
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings

from procurement_risk.assessment import Answer, AnswerSet
from procurement_risk.assessment.moving import plan_move
from procurement_risk.errors import UsageError
from procurement_risk.framework.document import framework_from_document
from procurement_risk.methods import evaluate
from procurement_risk.methods.values import Range
from procurement_risk.profile.trend import FIGURES, Shift, Steps, trend
from tests.support.answer_sets import seeded_rngs
from tests.support.framework_changes import NEW, put, q
from tests.support.framework_documents import IMPACT, SMALL
from tests.support.framework_versions import (
    BASES,
    base,
    chosen,
    random_answer_set,
    random_version,
    version,
)

SMALL_BASE, IMPACT_BASE = base("small"), base("small-impact")


def answers(pack="full", **given_answers):
    """``DP_1="b"`` and the like, at evidence E4."""
    return AnswerSet(
        as_of="2026-11-23",
        pack=pack,
        answers={
            name.replace("_", "-") if name[0].isupper() else name: chosen(option, evidence="E4")
            for name, option in given_answers.items()
        },
    )


def section(found, name):
    (each,) = [each for each in found.sections if each.id == name]
    return each


def shifts(found):
    """Every number of a trend, by a name."""
    for each in found.sections:
        for figure, numbers in each.figures.items():
            for end in ("low", "central", "high"):
                yield f"{each.id} {figure} {end}", getattr(numbers, end)
        for kind, shift in each.points.items():
            yield f"{each.id} {kind}", shift
    yield from found.totals.items()


# --- By hand ------------------------------------------------------------------------------

BEFORE = answers(CX_1="a", CX_2="a", public_facing="no", hosted="yes", DP_1="b", DP_2="a")
AFTER = answers(CX_1="a", CX_2="a", public_facing="no", hosted="yes", DP_1="a", DP_2="c")


def test_both_effects_by_hand():
    """Weights 5 and 3: 100 · 10 / 32 before. With weights 5 and 5: 100 · 10 / 40, then 20 / 40."""
    new = version(put(SMALL, (q("DP-2", "weight"), 5)))

    shift = section(trend(SMALL_BASE, BEFORE, new, AFTER), "DP").figures["residual"].central

    assert shift == Shift(Fraction(125, 4), Fraction(25), Fraction(50))
    assert shift.whole == Fraction(75, 4)
    assert shift.by_answers == 25
    assert shift.by_method == Fraction(-25, 4)


def test_tier_and_decision_before_between_and_after():
    """The new rule takes nothing off for CX-2; the new answers then fire the stop of DP-1."""
    new = version(put(
        SMALL,
        (("policy", "tier_rule", "base", 1, "subtract"), 0),
        (("policy", "tier_rule", "adjustments"), None),
    ))  # fmt: skip
    old_answers = answers(CX_1="a", CX_2="b", public_facing="no", hosted="no", DP_1="a", TR_2="a")
    new_answers = answers(CX_1="a", CX_2="b", public_facing="no", hosted="no", DP_1="c", TR_2="a")

    found = trend(SMALL_BASE, old_answers, new, new_answers)

    assert found.tier == Steps(Range(1, 1, 1), Range(2, 2, 2), Range(2, 2, 2))
    assert found.decision_low == Steps("proceed", "proceed", "do_not_proceed")
    assert found.decision_high == Steps("proceed", "proceed", "do_not_proceed")
    assert found.recommendation == Steps("proceed", "proceed", "do_not_proceed")
    assert found.totals == {}


def test_impact_totals_and_sections_by_hand():
    """Old 4 of 10; the new version gives 6 of 12 for the same reach; then a harm is added."""
    new = version(put(IMPACT, (q("effect", "options", 1, "points"), 6)))
    old_answers = answers(phase="design", effect="far-4")
    new_answers = replace(old_answers, answers={
        **old_answers.answers, "harms": Answer(options=("readers-2",))})  # fmt: skip

    found = trend(IMPACT_BASE, old_answers, new, new_answers)

    assert found.totals == {
        "raw": Shift(4, 6, 8),
        "mitigation": Shift(0, 0, 0),
        "current": Shift(4, 6, 8),
        "level": Shift(2, 2, 3),
    }
    assert section(found, "about").points == {"raw": Shift(4, 6, 8)}
    assert section(found, "designing").points == {"mitigation": Shift(0, 0, 0)}
    assert (found.tier, found.decision_low, found.recommendation) == (None, None, None)
    shift = found.totals["raw"]
    assert (shift.whole, shift.by_method, shift.by_answers) == (4, 2, 2)


def test_what_a_new_version_no_longer_takes_is_an_effect_of_the_method():
    """The chosen option is gone: the question is open again before anybody answered anew."""
    new = version(put(SMALL, (q("DP-2", "options", 0), None)))

    shift = section(trend(SMALL_BASE, BEFORE, new, BEFORE_ANEW), "DP").figures["residual"].low

    assert shift.by_method == Fraction(100 * 3 * 2, 4 * 8)
    assert shift.by_answers == 0


BEFORE_ANEW = answers(CX_1="a", CX_2="a", public_facing="no", hosted="yes", DP_1="b", DP_2="b")


# --- Sections that are not in both --------------------------------------------------------

NO_FIGURE = Range(*[Shift(None, None, None)] * 3)


def test_an_added_section_has_no_number_before_and_says_so():
    added = {"id": "SE", "title": "Security", "role": "decisive", "questions": [NEW]}
    new = version(put(SMALL, (("sections",), [*SMALL["sections"], added])))
    after = answers(hosted="yes", DP_3="b")

    found = section(trend(SMALL_BASE, BEFORE, new, after), "SE")

    assert (found.title, found.presence) == ("Security", "added")
    assert found.note == "New in version 2026.2, so there is nothing to compare it with."
    assert found.figures["residual"].central == Shift(None, Fraction(50), Fraction(50))
    assert found.figures["residual"].high == Shift(None, Fraction(100), Fraction(50))
    assert found.figures["residual"].high.whole is None
    assert found.figures["residual"].high.by_method is None
    assert found.figures["residual"].high.by_answers == -50


def test_a_removed_section_has_no_number_after_and_says_so():
    new = version(put(SMALL, (("sections", 1), None), (("packs", 0, "questions"), ["CX-1"]),
                      (("clauses",), None)))  # fmt: skip

    found = trend(SMALL_BASE, BEFORE, new, answers())
    gone = section(found, "DP")

    assert [each.id for each in found.sections] == ["DP", "TR", "VO"]
    assert (gone.title, gone.presence) == ("Data privacy", "removed")
    assert gone.note == "Version 2026.2 no longer has this section."
    assert gone.figures["residual"].central == Shift(Fraction(125, 4), None, None)
    assert gone.figures["residual"].central.whole is None


def test_a_section_that_is_not_scored_says_with_which_answers():
    """TR-2 is the only scored question of its section, and depends on the public."""
    unseen = answers(public_facing="no", CX_1="a")
    seen = answers(public_facing="yes", CX_1="a", TR_2="b")

    found = trend(SMALL_BASE, unseen, SMALL_BASE, seen)

    assert section(found, "TR").note == (
        "Not scored with the old answers and with the old answers under the new version."
    )
    assert section(found, "TR").figures["claimed"].low == Shift(None, None, Fraction(100))
    assert section(found, "VO").figures == dict.fromkeys(FIGURES, NO_FIGURE)
    assert section(found, "DP").note == ""


# --- Refusals -----------------------------------------------------------------------------


def test_results_of_two_methods_cannot_be_compared():
    with pytest.raises(UsageError) as raised:
        trend(SMALL_BASE, answers(), IMPACT_BASE, answers())

    assert str(raised.value) == (
        "small 2026.1 uses the method weakest-section and small-impact 1 the method "
        "impact-mitigation: their results cannot be compared. Compare assessments whose "
        "questionnaires use the same method."
    )


# --- For any versions and answers ---------------------------------------------------------


def drawn(rng: Random, name: str):
    new = random_version(rng, BASES[name], most=8)
    return base(name), random_answer_set(rng, base(name)), new, random_answer_set(rng, new)


@pytest.mark.parametrize("name", BASES)
@settings(max_examples=20, deadline=None)
@given(rng=seeded_rngs())
def test_the_two_effects_add_up_to_the_whole(name, rng):
    old, old_answers, new, new_answers = drawn(rng, name)

    found = trend(old, old_answers, new, new_answers)

    numbers = dict(shifts(found))
    assert numbers
    for place, shift in numbers.items():
        if shift.before is None or shift.between is None or shift.after is None:
            assert None in (shift.by_method, shift.by_answers), place
        else:
            assert shift.by_answers + shift.by_method == shift.whole, place
            assert shift.whole == shift.after - shift.before


@pytest.mark.parametrize("name", BASES)
@settings(max_examples=20, deadline=None)
@given(rng=seeded_rngs())
def test_before_and_after_are_what_the_methods_say_on_their_own(name, rng):
    old, old_answers, new, new_answers = drawn(rng, name)

    found = trend(old, old_answers, new, new_answers)

    results = evaluate(old, old_answers), evaluate(new, new_answers)
    if name == "small":
        for each in found.sections:
            for result, end in zip(results, ("before", "after"), strict=True):
                score = result.sections.get(each.id)
                for figure in FIGURES:
                    numbers = each.figures[figure]
                    got = [getattr(getattr(numbers, e), end) for e in ("low", "central", "high")]
                    said = getattr(score, figure) if score else Range(None, None, None)
                    assert Range(*got) == said
        assert found.recommendation.before == results[0].recommendation
        assert found.recommendation.after == results[1].recommendation
    else:
        for total, shift in found.totals.items():
            assert [getattr(r, total) for r in results] == [shift.before, shift.after]


@pytest.mark.parametrize("name", BASES)
@settings(max_examples=20, deadline=None)
@given(rng=seeded_rngs())
def test_the_same_framework_has_no_effect(name, rng):
    same = framework_from_document(BASES[name])
    old_answers, new_answers = (random_answer_set(rng, base(name)) for _ in range(2))

    found = trend(base(name), old_answers, same, new_answers)

    assert all(shift.by_method in (0, None) for _, shift in shifts(found))
    assert all(shift.between == shift.before for _, shift in shifts(found))
    if found.recommendation:
        assert found.recommendation.between == found.recommendation.before


@pytest.mark.parametrize("name", BASES)
@settings(max_examples=20, deadline=None)
@given(rng=seeded_rngs())
def test_the_same_answers_have_no_effect(name, rng):
    old, old_answers, new, _ = drawn(rng, name)
    same = plan_move(old, new, old_answers).answer_set

    found = trend(old, old_answers, new, same)

    assert all(shift.by_answers in (0, None) for _, shift in shifts(found))
    assert all(shift.after == shift.between for _, shift in shifts(found))
    if found.tier:
        assert found.tier.after == found.tier.between
