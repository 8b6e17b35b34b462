"""Comparing suppliers: who can be compared, the order, what sets them apart and what turns it."""

import json
import os
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings, strategies as st

from procurement_risk.assessment import Answer, StopOverride
from procurement_risk.assessment.answers import check_answers
from procurement_risk.comparison import compare, firmness_words, smaa, smaa_file, words
from procurement_risk.comparison.candidates import one_index
from procurement_risk.comparison.document import comparison_to_document
from procurement_risk.comparison.evidence import evidence_shares, strong_share
from procurement_risk.comparison.firmness import Firmness
from procurement_risk.comparison.smaa import Acceptability
from procurement_risk.comparison.tornado import moved
from procurement_risk.errors import InvalidDocument, UsageError
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.files import FRAMEWORKS, load_framework
from procurement_risk.methods.weakest_section import score
from tests.support.answer_sets import core_document, random_answers
from tests.support.comparison_examples import CORE, PURCHASE, answer_set, bids, entry

CORE_DOCUMENT = core_document()
DECISIVE = [section.id for section in CORE.sections if section.role == "decisive"]
OTHER = replace(PURCHASE, id="other")
seeds = st.integers(0, 2**32)
REFERENCE = os.environ.get("PROCUREMENT_RISK_REFERENCE", "")


@pytest.fixture(scope="module")
def three():
    return compare(bids())


def random_entry(rng, name, p_open=0.1):
    line = random_answers(rng, CORE_DOCUMENT, p_open=p_open, p_worst=0, lean=0.6)
    return entry(name, check_answers(CORE, line))


def labels(found):
    return [candidate.label for candidate in found.candidates]


# --- Which can be compared ---


def test_a_stop_that_has_fired_stands_apart_and_is_never_ordered():
    stopped = entry("Stopped", answer_set(SR_06="e"))
    found = compare([stopped, entry("One"), entry("Two")])

    assert labels(found) == ["One", "Two"]
    assert [each.assessment.id for each, __ in found.stopped] == ["stopped"]
    (line,) = words.stop_words(*found.stopped[0])
    assert "SR-06" in line
    assert "No testing" in line


def test_an_overridden_stop_is_still_a_stop():
    override = StopOverride(
        question="SR-06", by="The director", at="2026-11-01", reason="Urgent", until="2027-01-01"
    )
    stopped = entry("Stopped", answer_set(SR_06="e"), overrides=(override,))
    found = compare([stopped, entry("One"), entry("Two")])

    assert labels(found) == ["One", "Two"]
    assert (
        "Overridden by The director, and still a stop." in words.stop_words(*found.stopped[0])[0]
    )


def test_a_pending_stop_can_be_compared():
    found = compare([entry("One", answer_set(SR_06=None)), entry("Two")])
    one = next(each for each in found.candidates if each.label == "One")
    assert one.result.red_flags.stops_pending == ["SR-06"]


def other_version():
    return framework_from_document({**CORE_DOCUMENT, "title": "Reworded"})


@pytest.mark.parametrize(
    ("odd", "reason", "said"),
    [
        (lambda: entry("Odd", purchase=OTHER), "purchase", "another purchase"),
        (lambda: entry("Odd", framework=other_version()), "framework", "Reworded, 2026.1"),
        (lambda: entry("Odd", replace(answer_set(), pack="baseline")), "pack", "Baseline"),
    ],
)  # fmt: skip
def test_what_differs_stands_apart_with_the_reason(odd, reason, said):
    found = compare([odd(), entry("One"), entry("Two")])

    assert labels(found) == ["One", "Two"]
    (apart,) = found.apart
    assert apart.reason == reason
    assert said in words.apart_reason(apart)


def test_a_framework_that_counts_points_has_nothing_to_compare():
    impact = load_framework(FRAMEWORKS / "supplier-organisation.yaml")
    line = {"as_of": "2026-11-23", "answers": {}}
    about_supplier = entry("Odd", check_answers(impact, line), framework=impact)
    (apart,) = compare([about_supplier, entry("One"), entry("Two")]).apart
    assert apart.reason == "subject"


def test_one_version_in_two_files_is_one_version():
    again = framework_from_document(core_document())
    assert labels(compare([entry("One"), entry("Two", framework=again)])) == ["One", "Two"]


def test_of_two_sets_that_exclude_each_other_the_larger_is_compared():
    found = compare([entry("A", purchase=OTHER), entry("B"), entry("C")])
    assert labels(found) == ["B", "C"]


def test_fewer_than_two_are_no_comparison():
    assert not compare([]).is_possible
    assert not compare([entry("One")]).is_possible
    assert comparison_to_document(compare([entry("One")]))["order"] is None


def test_at_most_six_are_compared():
    many = [entry(f"S{number}") for number in range(7)]
    assert len(compare(many[:6]).candidates) == 6
    with pytest.raises(UsageError, match="At most 6"):
        compare(many)


def test_stopped_ones_do_not_count_towards_the_six():
    many = [entry(f"S{number}") for number in range(6)]
    assert len(compare([*many, entry("Stopped", answer_set(SR_06="e"))]).candidates) == 6


def test_an_assessment_named_twice_is_refused():
    with pytest.raises(UsageError, match="Twice or more: one"):
        compare([entry("One"), entry("One")])


def test_two_assessments_of_one_supplier_are_told_apart():
    later = replace(answer_set(), as_of="2027-01-31")
    found = compare([entry("One"), entry("One", later, id="again"), entry("Two")])
    assert set(labels(found)) == {"One (2026-11-23)", "One (2027-01-31)", "Two"}


# --- The order ---


def test_the_ordering_figure_is_half_the_worst_and_half_the_mean():
    scores = {"DP": Fraction(10), "TR": Fraction(30), "EQ": Fraction(50)}
    equal = dict.fromkeys(scores, Fraction(1, 3))
    assert one_index(scores, equal) == Fraction(50, 2) + Fraction(30, 2)

    weights = {"DP": Fraction(1, 2), "TR": Fraction(1, 4), "EQ": Fraction(1, 4)}
    assert one_index(scores, weights) == Fraction(50, 2) + Fraction(25, 2)


def test_the_bids_for_p01_by_hand(three):
    """From the section scores that the records state: 39.8 worst, 31.5 mean, and so on."""
    found = {c.label.split()[0]: float(c.index.central) for c in three.candidates}
    assert found == pytest.approx(
        {"Quillmere": 35.6, "Saltmarsh": 37.7, "Thistlewood": 41.7}, abs=0.1
    )
    assert three.firmness.verdict == "no_order_yet"
    assert three.firmness.nearest[0] == "Saltmarsh Open Systems CIC"
    assert three.firmness.rivals["Thistlewood Drafting Ltd"] is None


@given(seed=seeds)
@settings(max_examples=15, deadline=None)
def test_adding_a_supplier_never_changes_anothers_score(seed):
    rng = Random(seed)
    entries = [random_entry(rng, name) for name in "ABC"]
    whole = {c.id: (c.index, dict(c.residual)) for c in compare(entries).candidates}
    part = {c.id: (c.index, dict(c.residual)) for c in compare(entries[:2]).candidates}
    assert all(whole[name] == figures for name, figures in part.items() if name in whole)


@given(seed=seeds, factor=st.integers(2, 1000))
@settings(max_examples=6, deadline=None)
def test_weights_scaled_change_nothing(seed, factor):
    rng = Random(seed)
    entries = [random_entry(rng, name) for name in "ABC"]
    weights = {name: Fraction(rng.randint(1, 9)) for name in DECISIVE}
    scaled = {name: weight * factor for name, weight in weights.items()}
    one, other = (comparison_to_document(compare(entries, each)) for each in (weights, scaled))
    assert one == other


@pytest.mark.parametrize("weights", [{"DP": Fraction(1)}, dict.fromkeys(DECISIVE, Fraction(0))])
def test_weights_missing_or_nought_are_refused(weights):
    with pytest.raises(UsageError, match="above nought"):
        compare([entry("One"), entry("Two")], weights)


@given(seed=seeds)
@settings(max_examples=6, deadline=None)
def test_the_figure_at_both_ends_holds_the_middle(seed):
    rng = Random(seed)
    for candidate in compare([random_entry(rng, name, 0.4) for name in "AB"]).candidates:
        assert candidate.index.low <= candidate.index.central <= candidate.index.high


def test_a_dominated_supplier_is_named_and_never_first(three):
    leader, __, last = three.candidates
    assert three.dominated(last, surely=False) == (leader,)
    assert three.dominated(last, surely=True) == ()
    assert three.dominated(leader, surely=False) == ()
    assert three.firmness.near.ranks[2][0] == three.firmness.any.ranks[2][0] == 0
    assert "in the middle of the ranges" in words.dominated(three, last)


def test_a_supplier_may_be_dominated_however_the_open_answers_come_out():
    worse = answer_set(DP_08="e", TR_03="e", LI_06="e")
    found = compare([entry("Better"), entry("Worse", worse)])
    better, last = found.candidates
    assert found.dominated(last, surely=True) == (better,)
    assert "however the open answers come out" in words.dominated(found, last)


def test_open_answers_that_could_turn_the_order_are_said():
    nearly = answer_set(DP_08="b", DP_12=None)
    found = compare([entry("Clear", answer_set(DP_08="b", TR_03="b")), entry("Open", nearly)])
    assert [c.label for c in found.may_turn] == ["Open"]
    assert "Open answers could still turn this" in words.may_turn(found)
    settled = compare([entry("Clear"), entry("Worse", answer_set(TR_03="b"))])
    assert words.may_turn(settled) == ""


# --- Words for leadership ---


def firm(first, rivals):
    names = ("A", "B", "C")[: len(first)]
    ranks = Acceptability(tuple((share,) for share in first), ())
    return Firmness(labels=names, rivals=rivals, near=ranks, any=ranks, refused=0, seed=1)


@pytest.mark.parametrize(
    ("share", "verdict"),
    [(1.0, "settled"), (0.95, "settled"), (0.9499, "leaning"), (0.75, "leaning"), (0.7499, "tie")],
)
def test_how_firm_an_order_is_called(share, verdict):
    assert firm((share, 1 - share), {"B": 0.1}).verdict == verdict


def test_the_sentence_for_leadership():
    found = firm((0.77, 0.15, 0.08), {"B": 0.174, "C": 0.238})
    assert firmness_words.leadership(found) == (
        "The order leans towards A. A stays lowest-risk until weights move by 17\u00a0%, when B "
        "draws level. Across all weights within ±50 % of ours A is first in 77\u00a0% "
        "(B 15\u00a0%, C 8\u00a0%)."
    )


def test_a_tie_is_presented_as_one():
    found = firm((0.6, 0.37, 0.03), {"B": 0.05, "C": None})
    assert firmness_words.verdict(found) == "No order is settled: treat A and B as tied."


def test_what_no_weights_can_turn_is_said_so():
    found = firm((1.0, 0.0), {"B": None})
    assert "A stays lowest-risk whatever the weights." in firmness_words.leadership(found)
    assert "(B 0\u00a0%)" in firmness_words.leadership(found)


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0, "0\u00a0%"),
        (0.0001, "under 1 %"),
        (0.125, "13\u00a0%"),
        (0.9999, "over 99 %"),
        (1, "100\u00a0%"),
    ],
)
def test_a_rounded_share_never_claims_all_or_nothing(share, said):
    assert words.about(share) == said


# --- What sets them apart ---


def test_differences_come_widest_first_and_those_alike_not_at_all(three):
    found = three.differences
    effects = [each.effect for each in found]
    assert effects == sorted(effects, reverse=True)
    assert not {each.question.id for each in found} & {"CX-01", "DP-03", "LI-07", "SE-01"}
    assert found[0].question.id == "SR-12"


def test_a_differences_effect_by_hand():
    """SR-12 weighs 4 of 61 in security: 3 of 4 points apart, and security is somebody's worst.

    100 · 4 · 3 ÷ (4 · 61) points of the section, which counts half for being the worst and a
    tenth in the mean.
    """
    (first, *__) = compare(bids()).differences
    assert first.effect == Fraction(100 * 4 * 3, 4 * 61) * (Fraction(1, 2) + Fraction(1, 10))


def test_a_question_outside_the_decisive_sections_has_no_effect_on_the_order():
    found = compare([entry("One"), entry("Two", answer_set(SE_02="e"))])
    (difference,) = found.differences
    assert (difference.question.id, difference.effect) == ("SE-02", 0)


def test_internal_and_information_questions_that_drive_a_difference_are_warned_of():
    found = compare([entry("One"), entry("Two", answer_set(LI_11="c", TR_01="c", LI_06="c"))])
    assert {each.question.id for each in found.not_for_ranking} == {"LI-11", "TR-01"}
    warning = words.ranking_warning(found)
    assert "LI-11" in warning
    assert "LI-06" not in warning


def test_without_such_questions_there_is_no_warning():
    found = compare([entry("One"), entry("Two", answer_set(LI_06="c"))])
    assert words.ranking_warning(found) == ""


def test_evidence_shares_sum_to_one_and_open_ones_are_no_evidence():
    result = entry("One", answer_set(DP_08=None)).outcome
    shares = evidence_shares(result)
    assert sum(shares.values()) == 1
    assert shares["open"] > 0
    assert strong_share(result) == shares["E4"]


# --- What moves the lead ---


def test_a_weight_moved_leaves_the_others_in_proportion():
    weights = {"A": Fraction(1, 2), "B": Fraction(3, 10), "C": Fraction(1, 5)}
    found = moved(weights, "A", Fraction(1, 2))
    assert found == {"A": Fraction(1, 4), "B": Fraction(9, 20), "C": Fraction(3, 10)}


def test_each_weight_and_each_answer_is_tried_and_the_widest_comes_first(three):
    swings = three.tornado.swings
    assert [s.width for s in swings] == sorted((s.width for s in swings), reverse=True)
    assert {s.section for s in swings if s.question is None} == set(DECISIVE)
    assert {s.whose for s in swings if s.question} == {c.label for c in three.candidates[:2]}
    assert all(s.low <= three.tornado.lead <= s.high for s in swings)


def test_a_swing_is_what_scoring_again_gives(three):
    leader, *others = three.candidates
    swing = next(
        s for s in three.tornado.swings if s.question and s.question.id == "LI-01" and
        s.whose == leader.label
    )  # fmt: skip
    answers = {**leader.result.answer_set.answers, "LI-01": Answer(options=("e",), evidence="E4")}
    again = score(leader.result.framework, replace(leader.result.answer_set, answers=answers))
    central = {name: again.sections[name].residual.central for name in DECISIVE}
    behind = min(c.index.central for c in others) - one_index(central, three.weights)

    assert swing.low == behind
    assert swing.least.id == "e"
    assert swing.turns_order


def test_an_option_that_would_fire_a_stop_is_marked(three):
    marked = {s.question.id for s in three.tornado.swings if s.question and s.stops}
    assert "SR-06" in marked
    assert "LI-08" not in marked


# --- The document ---


def test_the_document_is_the_same_each_time_and_follows_the_order(three):
    document = comparison_to_document(three)
    assert document == comparison_to_document(compare(reversed(bids())))
    assert [each["supplier"] for each in document["suppliers"]] == labels(three)
    ranks = document["order"]["within_50_percent"]["rank_acceptability"]
    assert [len(row) for row in ranks] == [3, 3, 3]
    assert document["order"]["sentence"] == firmness_words.leadership(three.firmness)


# --- A file of scores ---


def scores_file(**changes):
    document = {
        "suppliers": ["A", "B", "C"],
        "criteria": ["one", "two"],
        "scores": [[0, 10], [4, 4], [10, 0]],
        "published_weights": [0.7, 0.3],
    }
    return json.dumps({**document, **changes}).encode()


def test_a_file_of_scores_is_answered_in_its_shape():
    found = smaa_file.answer(smaa_file.read_scores(scores_file(), "x.json"))
    assert found["stability_radius"]["lambda_0"] == {
        "index": [3.0, 4.0, 7.0],
        "leader": "A",
        "rivals": {"B": 0.333333, "C": 0.666667},
    }
    # Half the worst more: A 5 + 1.5, B 2 + 2, C 5 + 3.5. B leads; level with A only where
    # 5 - 2 = 2 - 5(1 - w), which is never for w up to one.
    assert found["stability_radius"]["lambda_half"] == {
        "index": [6.5, 4.0, 8.5],
        "leader": "B",
        "rivals": {"A": None, "C": None},
    }
    first = [row[0] for row in found["any_weights"]["rank_acceptability"]]
    assert first == pytest.approx([0.4, 0.2, 0.4], abs=0.02)


def test_weights_in_a_file_need_not_sum_to_one():
    one = smaa_file.read_scores(scores_file(), "x.json")
    assert smaa_file.read_scores(scores_file(published_weights=[7, 3]), "x.json") == one


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"suppliers": ["A"]}, "2 to 50 names"),
        ({"suppliers": ["A", "A", "B"]}, "is 'A' again"),
        ({"suppliers": ["A", "", "B"]}, "Write a name"),
        ({"criteria": []}, "1 to 50 names"),
        ({"scores": [[1, 2], [3, 4]]}, "3 rows"),
        ({"scores": [[1, 2], [3], [4, 5]]}, "scores[1] has to be a list of 2 numbers"),
        ({"scores": [[1, "2"], [3, 4], [5, 6]]}, "scores[0][1] is '2'"),
        ({"scores": [[1, True], [3, 4], [5, 6]]}, "scores[0][1] is True"),
        ({"scores": [[1, 1e300], [3, 4], [5, 6]]}, "scores[0][1] is 1e+300"),
        ({"published_weights": [0.5, -0.1]}, "published_weights[1] is -0.1"),
        ({"published_weights": [0, 0]}, "all 0"),
        ({"published_weights": [1]}, "list of 2 numbers"),
        ({"published_weights": None}, "list of 2 numbers"),
    ],
)
def test_a_misshapen_file_of_scores_is_refused_in_words(changes, said):
    with pytest.raises(InvalidDocument) as refused:
        smaa_file.read_scores(scores_file(**changes), "x.json")
    assert said in str(refused.value)


def test_every_problem_of_a_file_is_named_at_once():
    data = scores_file(scores=[[1, "x"], [3], [4, 5]], published_weights=[-1, 2])
    with pytest.raises(InvalidDocument) as refused:
        smaa_file.read_scores(data, "x.json")
    assert len(refused.value.problems) == 3


@pytest.mark.parametrize("data", [b"[]", b"{}", b"1", b"{", b'{"scores": [NaN]}', b"[" * 100])
def test_what_is_no_file_of_scores_is_refused(data):
    with pytest.raises(InvalidDocument):
        smaa_file.read_scores(data, "x.json")


def test_a_number_with_a_huge_exponent_takes_no_memory():
    text = scores_file().replace(b"0.7", b"0e999999999")
    smaa_file.read_scores(text, "x.json")
    with pytest.raises(InvalidDocument):
        smaa_file.read_scores(scores_file().replace(b"0.7", b"1e999999999"), "x.json")


@pytest.mark.skipif(
    not REFERENCE,
    reason="PROCUREMENT_RISK_REFERENCE is not set to the folder with the reference data",
)
def test_the_reference_figures_are_met():
    """Volumes found exactly, not by drawing: each share within 0.02, the rest exactly."""
    data = (Path(REFERENCE) / "reference" / "smaa.json").read_bytes()
    wanted = json.loads(data)
    found = smaa_file.answer(smaa_file.read_scores(data, "smaa.json"))
    known = {"any_weights", "within_50_percent", "stability_radius"}
    given = {"what", "suppliers", "criteria", "scores", "published_weights", "hhi"}
    assert set(wanted) == known | given

    for key in ("any_weights", "within_50_percent"):
        for table, rows in wanted[key].items():
            for row, ours in zip(rows, found[key][table], strict=True):
                assert ours == pytest.approx(row, abs=0.02), (key, table)
    for key, radius in wanted["stability_radius"].items():
        ours = found["stability_radius"][key]
        assert ours["leader"] == radius["leader"]
        assert ours["index"] == pytest.approx(radius["index"], abs=1e-9)
        rounded = {name: at and round(at, 3) for name, at in ours["rivals"].items()}
        assert rounded == radius["rivals"]


def test_the_command_starts_from_the_same_numbers_as_the_page():
    from procurement_risk.cli.compare import DEFAULT_SEED

    assert smaa.SEED == DEFAULT_SEED
