"""Which answers need action, in which order, with which clauses."""

import pytest

from procurement_risk.assessment.answers import check_answers
from procurement_risk.framework.document import framework_from_document
from procurement_risk.methods.weakest_section import score
from procurement_risk.profile.findings import find
from tests.support.answer_sets import AS_OF, agreed, proposed, verified
from tests.support.small_frameworks import question, section, small_framework

TIER_OPTION = {1: "a", 2: "c", 3: "d", 4: "e"}
CLAUSES = [
    {"id": "exit", "heading": "Exit plan", "purpose": "Leave.", "outcome": "We can leave."},
    {"id": "audit", "heading": "Audit", "purpose": "Look.", "outcome": "We can look."},
]


def findings(*questions, answers, tier=1, mitigations=(), pack="full"):
    """What is found for section Q; answers are at E4 unless they say otherwise."""
    document = small_framework(section("Q", "decisive", *questions))
    document["clauses"] = CLAUSES
    framework = framework_from_document(document)
    at_e4 = {
        name: {"option": given, "evidence": "E4"} if isinstance(given, str) else given
        for name, given in {"public": "no", "CX-1": TIER_OPTION[tier], **answers}.items()
    }
    line = {"as_of": AS_OF, "answers": at_e4, "mitigations": list(mitigations)}
    return find(score(framework, check_answers(framework, line, pack)))


def kinds(found):
    return [(finding.kind, finding.question.id) for finding in found]


@pytest.mark.parametrize(
    ("option", "expected"),
    [("a", []), ("b", []), ("c", []), ("d", [("high", "Q-1")]), ("e", [("high", "Q-1")])],
)
def test_three_quarters_of_the_scale_is_a_finding(option, expected):
    """3 and 4 of 4 points need action; 2 does not."""
    assert kinds(findings(question("Q-1"), answers={"Q-1": option})) == expected


@pytest.mark.parametrize(("red_flag", "kind"), [("stop", "stop"), ("flag", "flag")])
def test_a_fired_red_flag_is_a_finding_of_its_own_kind(red_flag, kind):
    """Even where the answer counts for little: 1 of 4 here."""
    flagged = question("Q-1", (0, 1), red_flag={"options": ["b"], "class": red_flag})

    assert kinds(findings(flagged, answers={"Q-1": "b"})) == [(kind, "Q-1")]


def test_a_stop_that_acts_as_a_flag_for_now_is_shown_as_a_stop():
    """Tier I to IV is possible; from tier III up it stops."""
    red_flag = {"options": ["e"], "class": "stop", "stop_from_tier": 3}
    flagged = question("Q-1", red_flag=red_flag)

    found = findings(flagged, answers={"Q-1": "e", "CX-1": {"state": "unknown"}})

    assert kinds(found) == [("stop", "Q-1")]


def test_thin_evidence_is_a_finding():
    """At tier III without evidence "a" counts for 2, not 0; at E4 it is no finding."""
    asked = question("Q-1")

    (thin,) = findings(asked, answers={"Q-1": {"option": "a", "evidence": "E0"}}, tier=3)

    assert (thin.kind, thin.claimed, thin.counts_for) == ("evidence", 0, 2)
    assert findings(asked, answers={"Q-1": "a"}, tier=3) == ()


def test_order_is_stops_flags_high_answers_evidence_then_weight():
    """Within a kind: points times weight, 4·2 before 3·2 before 4·1; then the id."""
    found = findings(
        question("Q-1"),
        question("Q-2", weight=9),
        question("Q-3", weight=2),
        question("Q-4", weight=2),
        question("Q-5", red_flag={"options": ["e"], "class": "flag"}),
        question("Q-6", red_flag={"options": ["e"], "class": "stop"}),
        question("Q-7", weight=2),
        answers={
            "Q-1": "e",
            "Q-2": {"option": "a", "evidence": "E0"},
            "Q-3": "d",
            "Q-4": "e",
            "Q-5": "e",
            "Q-6": "e",
            "Q-7": "e",
        },
        tier=3,
    )

    assert kinds(found) == [
        ("stop", "Q-6"),
        ("flag", "Q-5"),
        ("high", "Q-4"),
        ("high", "Q-7"),
        ("high", "Q-3"),
        ("high", "Q-1"),
        ("evidence", "Q-2"),
    ]


@pytest.mark.parametrize(
    ("mitigation", "treated"),
    [
        (None, False),
        (proposed("Q-1", "a"), False),
        (agreed("Q-1", "a"), True),
        (agreed("Q-1", "a", due="2026-11-22"), False),  # overdue: only proposed
        (verified("Q-1", "a"), True),
    ],
)
def test_a_mitigation_treats_a_finding_once_it_counts(mitigation, treated):
    """The finding stays, since the answer is what it is."""
    mitigations = [mitigation] if mitigation else []

    (found,) = findings(question("Q-1"), answers={"Q-1": "e"}, mitigations=mitigations)

    assert found.treated is treated
    assert (found.mitigation is not None) is (mitigation is not None)


def test_a_stop_cleared_by_a_verified_mitigation_is_still_a_high_answer():
    """It no longer fires; the poor answer and its treatment remain on the list."""
    flagged = question("Q-1", red_flag={"options": ["e"], "class": "stop"})

    (found,) = findings(flagged, answers={"Q-1": "e"}, mitigations=[verified("Q-1", "a")])

    assert (found.kind, found.treated) == ("high", True)


def test_clauses_come_as_headings_in_the_questions_order():
    (found,) = findings(question("Q-1", clauses=["audit", "exit"]), answers={"Q-1": "e"})

    assert [clause.heading for clause in found.clauses] == ["Audit", "Exit plan"]


@pytest.mark.parametrize(
    ("answers", "pack"),
    [
        ({}, "full"),  # open
        ({"Q-1": {"state": "withheld"}}, "full"),
        ({"Q-1": "e"}, "core"),  # not in the pack
        ({"Q-2": "e"}, "full"),  # hidden: the fact says no
        ({"Q-1": {"state": "not_applicable", "reason": "No"}}, "full"),
    ],
)
def test_only_answers_that_count_are_findings(answers, pack):
    """What is open is asked for elsewhere; what is hidden or out of the pack is not judged."""
    asked = [question("Q-1"), question("Q-2", when={"question": "public", "in": ["yes"]})]

    assert findings(*asked, answers=answers, pack=pack) == ()


def test_a_red_flag_of_the_context_is_a_finding_but_its_risk_is_not():
    """Context answers set the tier; they are not marked down for being grave."""
    document = small_framework(section("Q", "decisive", question("Q-1")))
    answers = {"CX-1": {"option": "e", "evidence": "E4"}, "Q-1": {"option": "a", "evidence": "E4"}}
    line = {"as_of": AS_OF, "answers": answers}
    framework = framework_from_document(document)

    assert find(score(framework, check_answers(framework, line))) == ()

    document["sections"][0]["questions"][0]["red_flag"] = {"options": ["e"], "class": "flag"}
    framework = framework_from_document(document)

    assert kinds(find(score(framework, check_answers(framework, line)))) == [("flag", "CX-1")]
