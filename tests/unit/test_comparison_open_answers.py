"""Comparing by version 2: open answers are drawn too, and what may not rank bids is left out."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings

from procurement_risk.assessment import Answer, Purchase
from procurement_risk.assessment.answers import check_answers
from procurement_risk.charts import compared_sections
from procurement_risk.comparison import compare, firmness_words, smaa, words
from procurement_risk.comparison.candidates import one_index
from procurement_risk.comparison.document import comparison_to_document
from procurement_risk.comparison.drawn import OpenAnswers
from procurement_risk.comparison.joint import joint_of
from procurement_risk.framework.document import framework_from_document
from procurement_risk.methods.weakest_section import score
from procurement_risk.profile.words import section_words
from procurement_risk.report.comparison.page import comparison_page
from tests.support.answer_sets import AS_OF, random_answers, seeded_rngs
from tests.support.comparison_examples import PURCHASE, entry
from tests.support.joint_draws import Bid, first_shares
from tests.support.small_frameworks import (
    by_version_2,
    question,
    random_framework,
    section,
    small_framework,
)

COMPETED = Purchase(id="triage", title="Triage", buyer="Borough", route="route.open_or_flexible")
GATES = ("idea", "evaluation", "award", "go_live", "in_life")


def framework_of(*sections):
    """A small framework of version 2 with the gates of the house."""
    document = small_framework(*sections)
    document["method_version"] = 2
    document["gates"] = [{"id": gate, "label": gate} for gate in GATES]
    document["policy"]["core_pack"] = "core"
    for part in document["sections"]:
        for each in part["questions"]:
            each["first_gate"] = "idea"
    return document


def asked(name, use="award", **rest):
    return question(name, procurement_use=use, **rest)


TWO = framework_of(
    section("DP", "decisive", asked("DP-1", core=True), asked("DP-2"), asked("DP-3", "internal")),
    section("SR", "decisive", asked("SR-1"), asked("SR-12", "term", weight=3)),
    section("TR", "decisive", asked("TR-1", "information")),
)
FRAMEWORK = framework_from_document(TWO)
BEST = dict.fromkeys(("CX-1", "DP-1", "DP-2", "DP-3", "SR-1", "SR-12", "TR-1"), "a")


def bid(name, purchase=PURCHASE, gate="", **options):
    """A bid answered with the best options at E4 but for these; None leaves one open."""
    chosen = {"public": "no", "hosted": "no", **BEST}
    chosen |= {name.replace("_", "-"): option for name, option in options.items()}
    answers = {q: {"option": o, "evidence": "E4"} for q, o in chosen.items() if o}
    line = {"as_of": AS_OF, "answers": answers} | ({"gate": gate} if gate else {})
    return entry(name, check_answers(FRAMEWORK, line), framework=FRAMEWORK, purchase=purchase)


# --- The draws, against a second implementation ---


@given(rng=seeded_rngs())
@settings(max_examples=15, deadline=None)
def test_shares_are_those_of_a_second_implementation(rng):
    document = by_version_2(rng, random_framework(rng, p_red_flag=0))
    framework = framework_from_document(document)
    lines = [random_answers(rng, document, p_open=0.15, p_worst=0.1) for __ in range(3)]
    sets = [check_answers(framework, line) for line in lines]
    found = compare(entry(n, s, framework=framework) for n, s in zip("ABC", sets, strict=True))
    if not found.is_possible:
        return
    names = tuple(found.weights)
    vectors = smaa.near_weights([found.weights[n] for n in names], seed=5, draws=300)[0]
    everybody = [OpenAnswers(candidate, names) for candidate in found.candidates]
    joint = joint_of(everybody, vectors, vectors, seed=5)
    ours = joint.near
    by_name = dict(zip("ABC", lines, strict=True))
    bids = [Bid(document, by_name[c.label], published_only=False) for c in found.candidates]

    theirs = first_shares(bids, names, vectors, seed=6)
    assert [row[0] for row in ours.ranks] == pytest.approx(theirs, abs=0.0001)
    for (low, high), row in zip(joint.intervals, ours.ranks, strict=True):
        assert low - 1e-9 <= row[0] <= high + 1e-9


@given(rng=seeded_rngs())
@settings(max_examples=15, deadline=None)
def test_each_way_the_open_answers_come_out_is_scored_as_the_method_scores_it(rng):
    document = by_version_2(rng, random_framework(rng))
    framework = framework_from_document(document)
    line = random_answers(rng, document, p_open=0.4)
    answer_set = check_answers(framework, line)
    found = compare([entry("A", answer_set, framework=framework)])
    if not found.candidates:
        return
    (candidate,) = found.candidates
    answers = OpenAnswers(candidate, tuple(candidate.residual))
    chosen = np.array(
        [[rng.randrange(len(q.options)) for q in answers.questions] for __ in range(4)]
    )
    chosen = chosen.reshape(4, len(answers.questions))
    for row, scores in zip(chosen, answers.scores(chosen), strict=True):
        options = {
            q.id: q.options[place].id for q, place in zip(answers.questions, row, strict=True)
        }
        given_ = {q: {"option": o, "evidence": "E4"} for q, o in options.items()}
        again = check_answers(framework, {**line, "answers": {**line["answers"], **given_}})
        wanted = [score(framework, again).sections[name] for name in candidate.residual]
        assert scores == pytest.approx(
            [np.nan if each is None else float(each.residual.central) for each in wanted],
            nan_ok=True,
        )


# --- The verdict and its sentence ---


@pytest.fixture(scope="module")
def saltmarsh():
    """One unanswered SR-12 decides: at its best Saltmarsh leads, at its worst it is far behind."""
    return compare([bid("Quillmere", SR_1="c", DP_2="b"), bid("Saltmarsh", SR_12=None)])


def test_one_open_answer_that_turns_the_order_is_named(saltmarsh):
    firmness = saltmarsh.firmness
    assert saltmarsh.candidates[0].label == "Quillmere"
    assert firmness_words.verdict(firmness) == "No order yet: it turns on SR-12 (Saltmarsh)."
    assert firmness.verdict == "no_order_yet"
    assert "one unanswered question could turn that to 0." in firmness_words.order_sentences(
        firmness
    )
    assert firmness.joint.intervals == ((0.0, 1.0), (0.0, 1.0))


def test_the_headline_is_the_share_over_the_joint_draws(saltmarsh):
    """Of five options as likely as each other one, a, puts Saltmarsh in front."""
    assert saltmarsh.firmness.first_shares == pytest.approx((0.8, 0.2), abs=0.015)
    assert "Quillmere comes first in 80 of 100 ways" in firmness_words.order_sentences(
        saltmarsh.firmness
    )


def test_an_order_that_no_open_answer_can_turn_is_settled():
    found = compare([bid("Ahead", TR_1=None), bid("Behind", DP_1="e", SR_1="e", TR_1="e")])
    assert found.firmness.verdict == "settled"
    assert firmness_words.order_sentences(found.firmness) == (
        "Ahead comes first in 100 of 100 ways of weighting what matters, however the open answers "
        "come out."
    )


def test_without_open_answers_it_is_as_over_the_weights_alone():
    found = compare([bid("Ahead"), bid("Behind", TR_1="e")])
    assert found.firmness.joint is None
    assert found.firmness.verdict == "settled"
    assert firmness_words.order_sentences(found.firmness) == (
        "Ahead comes first in 100 of 100 ways of weighting what matters."
    )


def test_two_alike_are_a_tie_and_no_open_answer_is_blamed():
    found = compare([bid("One"), bid("Two")])
    assert found.firmness.verdict == "tie"


def test_an_open_answer_outside_the_decisive_sections_draws_nothing():
    assert compare([bid("One", CX_1="b"), bid("Two", TR_1="b")]).firmness.joint is None


def test_another_share_of_the_worst_section_that_turns_the_order_is_said():
    found = compare([bid("Even", DP_1="b", DP_2="b", SR_1="b", SR_12="b", TR_1="b"),
                     bid("Steep", TR_1="c")])  # fmt: skip
    shares = dict(found.firmness.other_leaders)
    for share in (Fraction(0), Fraction(1, 4), Fraction(3, 4), Fraction(1)):
        scores = [{n: r.central for n, r in c.residual.items()} for c in found.candidates]
        figures = [one_index(each, found.weights, share) for each in scores]
        leader = found.candidates[figures.index(min(figures))].label
        assert shares.get(share, found.candidates[0].label) == leader
    assert shares
    assert "the lead would go to" in firmness_words.order_sentences(found.firmness)


# --- What moves the lead ---


def test_open_answers_of_the_third_and_further_move_the_lead_as_well():
    found = compare([bid("One"), bid("Two", SR_1="b"), bid("Three", SR_12=None, DP_1="e")])
    assert [c.label for c in found.candidates] == ["One", "Two", "Three"]
    of_three = {s.question.id for s in found.tornado.swings if s.whose == "Three"}
    assert of_three <= {"SR-12"}  # its answers that are settled are not tried
    close = compare([bid("One"), bid("Two", SR_1="b"), bid("Three", SR_12=None)])
    (swing,) = [s for s in close.tornado.swings if s.whose == close.candidates[2].label]
    assert (swing.question.id, swing.is_open, swing.least.id) == ("SR-12", True, "a")


@given(rng=seeded_rngs())
@settings(max_examples=10, deadline=None)
def test_every_swing_of_an_answer_is_what_scoring_again_gives(rng):
    document = by_version_2(rng, random_framework(rng))
    framework = framework_from_document(document)
    lines = [random_answers(rng, document, p_open=0.15, p_worst=0.1) for __ in range(3)]
    sets = [check_answers(framework, line) for line in lines]
    found = compare(entry(n, s, framework=framework) for n, s in zip("ABC", sets, strict=True))
    if not found.is_possible:
        return
    now = [{n: r.central for n, r in c.residual.items()} for c in found.candidates]
    for swing in found.tornado.swings:
        if swing.question is None:
            continue
        place = [c.label for c in found.candidates].index(swing.whose)
        given_set = found.candidates[place].result.answer_set
        leads = [found.tornado.lead]
        for option in swing.question.options:
            changed = Answer(options=(option.id,), evidence="E4")
            answers = {**given_set.answers, swing.question.id: changed}
            again = score(framework, replace(given_set, answers=answers))
            scored = {n: again.sections[n] for n in found.weights if again.sections[n]}
            central = {n: each.residual.central for n, each in scored.items()}
            if central:
                first, *others = (
                    one_index(each, found.weights)
                    for each in [*now[:place], central, *now[place + 1 :]]
                )
                leads.append(min(others) - first)
        assert (swing.low, swing.high) == (min(leads), max(leads))


# --- What orders ---


def two_for(purchase, gate, view="order"):
    worse = bid("Open", purchase, gate, DP_3="e", TR_1="e")
    return compare([bid("Closed", purchase, gate, SR_1="b"), worse], view=view)


def test_what_may_not_rank_bids_is_in_no_figure_of_the_page_before_award():
    found = two_for(COMPETED, "award")
    (part,) = [
        each
        for each in comparison_page(found, "").parts
        if each.title == "How the sections compare"
    ]
    (table,) = part.blocks
    for place, candidate in enumerate(found.candidates):
        shown = [candidate.section(each.id) for each in words.scored_sections(found)]
        whole = [candidate.result.sections[each.id] for each in words.scored_sections(found)]
        said = [row[place + 1] for row in table.rows]
        assert said == [section_words(candidate.result, each) for each in shown]
        differs = said != [section_words(candidate.result, each) for each in whole]
        assert differs == (candidate.label == "Open")


def test_what_may_not_rank_bids_is_in_no_figure_of_the_chart_before_award():
    """The second bid differs in an internal answer and one for information only."""
    same, worse = (
        bid("Closed", COMPETED, "award"),
        bid("Open", COMPETED, "award", DP_3="e", TR_1="e"),
    )
    shown = compared_sections.table(compare([same, worse]))
    figures = {tuple(row[2:]) for row in shown.itertuples(index=False)}
    assert set(shown.iloc[:, 0]) == {"DP", "SR"}
    assert figures == {("0.0", "0.0", "0.0", "Low")}
    whole = compared_sections.table(compare([same, worse], view="full"))
    assert "100.0" in set(whole.iloc[:, 3])


def test_where_nothing_is_left_that_may_rank_bids_that_is_said():
    document = framework_of(section("TR", "decisive", asked("TR-1", "information")))
    framework = framework_from_document(document)
    line = {
        "as_of": AS_OF,
        "answers": {"TR-1": {"option": "a", "evidence": "E4"}},
        "gate": "award",
    }
    answered = check_answers(framework, line)
    entries = [entry(n, answered, framework=framework, purchase=COMPETED) for n in ("A", "B")]
    found = compare(entries).apart
    assert [each.reason for each in found] == ["none_ranks"] * 2
    assert "no decisive section left" in words.apart_reason(found[0])
    assert compare(entries, view="full").is_possible


@pytest.mark.parametrize("gate", ["idea", "evaluation", "award"])
def test_before_award_what_may_not_rank_bids_does_not_order(gate):
    found = two_for(COMPETED, gate)
    assert [c.label for c in found.candidates] == ["Open", "Closed"]
    assert list(found.weights) == ["DP", "SR"]  # nothing is left of TR
    assert found.candidates[0].residual["DP"].central == 0
    assert words.view_note(found) == words.PUBLISHED_ONLY
    assert not found.not_for_ranking


def test_the_whole_due_diligence_says_what_it_counts():
    found = two_for(COMPETED, "evaluation", view="full")
    assert [c.label for c in found.candidates] == ["Closed", "Open"]
    assert words.view_note(found) == words.EVERYTHING
    assert {each.question.id for each in found.not_for_ranking} == {"DP-3", "TR-1"}


@pytest.mark.parametrize(
    ("route", "gate"),
    [
        ("route.open_or_flexible", "go_live"),
        ("route.open_or_flexible", ""),
        ("route.direct_award", "award"),
        ("", "award"),
        ("As the mayor likes", "evaluation"),
    ],
)
def test_after_award_or_without_competition_everything_orders(route, gate):
    found = two_for(replace(PURCHASE, route=route), gate)
    assert [c.label for c in found.candidates] == ["Closed", "Open"]
    assert words.view_note(found) == ""


def test_an_older_method_leaves_nothing_out_and_draws_nothing():
    old = {**TWO, "policy": {k: v for k, v in TWO["policy"].items() if k != "core_pack"}}
    framework = framework_from_document({k: v for k, v in old.items() if k != "method_version"})
    entries = [
        replace(e, framework=framework, outcome=score(framework, e.assessment.answer_set))
        for e in (
            bid("One", COMPETED, "award", SR_12=None),
            bid("Two", COMPETED, "award", DP_3="e"),
        )
    ]
    found = compare(entries)
    order = comparison_to_document(found)["order"]
    assert found.firmness.joint is None
    assert not found.candidates[0].left_out
    assert "first_rank" not in order


def test_the_document_says_how_far_each_share_may_move(saltmarsh):
    order = comparison_to_document(saltmarsh)["order"]
    assert order["verdict"] == "no_order_yet"
    assert order["first_rank"]["Quillmere"]["low"] == "0.0"
    assert order["open_answers"] == 1
    assert [each["question"] for each in order["turning"]] == ["SR-12"]
    assert order["sentence"] == firmness_words.leadership(saltmarsh.firmness)
