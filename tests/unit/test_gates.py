"""Version 2 of ``weakest-section`` by hand: gates, the core alone, red flags from a tier."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner

from procurement_risk.assessment import Assessment, Purchase, Supplier
from procurement_risk.assessment.answers import check_answers
from procurement_risk.assessment.document import assessment_to_document
from procurement_risk.assessment.moving import plan_move
from procurement_risk.assessment.record import make_record, read_record
from procurement_risk.cli.main import main
from procurement_risk.errors import InvalidAnswers, InvalidDocument
from procurement_risk.exports import verify
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.files import read_framework
from procurement_risk.framework.versions.compare import compare
from procurement_risk.language.percent import one_decimal
from procurement_risk.methods import evaluate, score_to_document
from procurement_risk.profile import gates
from procurement_risk.profile.sums import add_up
from procurement_risk.profile.trend import FIGURES, trend
from procurement_risk.profile.words import decision_meaning
from procurement_risk.storage import open_memory_store, open_store
from tests.support.answer_sets import AS_OF
from tests.support.places import TESTS
from tests.support.small_frameworks import question, section, small_framework

TIER_OPTION = {1: "a", 2: "c", 3: "d", 4: "e"}
FILE = TESTS / "frameworks" / "small-gates.yaml"
SMALL = read_framework(FILE.read_text("utf-8"), FILE.name)


def framework(*questions, core=True):
    """Version 2 with the gates idea, award and in_life, and the questions in section Q."""
    document = small_framework(section("Q", "decisive", *questions))
    document["method_version"] = 2
    document["gates"] = [{"id": g, "label": g.capitalize()} for g in ("idea", "award", "in_life")]
    for part in document["sections"]:
        for each in part["questions"]:
            if each["first_gate"] == "G0":
                each["first_gate"] = "idea"
    if core:
        document["policy"]["core_pack"] = "core"
    return framework_from_document(document)


def result(asked, tier=1, gate="", pack="full", **answers):
    """What is found; answers are at E4 unless they say otherwise, and no fact is open."""
    named = {name.replace("_", "-"): value for name, value in answers.items()}
    given = {"public": "no", "hosted": "no", "CX-1": TIER_OPTION.get(tier, "a"), **named}
    if tier is None:
        given["CX-1"] = {"state": "unknown"}
    at_e4 = {
        name: {"option": value, "evidence": "E4"} if isinstance(value, str) else value
        for name, value in given.items()
    }
    line = {"as_of": AS_OF, "answers": at_e4, **({"gate": gate} if gate else {})}
    return evaluate(asked, check_answers(asked, line, pack))


def residual(found):
    return tuple(map(one_decimal, vars_of(found.sections["Q"].residual)))


def vars_of(figure):
    return figure.low, figure.central, figure.high


# --- Gates ---


LATE = (question("Q-1"), question("Q-2", first_gate="award"))


def test_what_is_not_due_is_neither_open_nor_scored_listed_or_flagged():
    stop = question("Q-2", first_gate="award", red_flag={"options": ["e"], "class": "stop"})
    asked = framework(question("Q-1"), stop)
    early = result(asked, gate="idea", Q_1="a", Q_2="e")
    late = result(asked, gate="award", Q_1="a", Q_2="e")

    assert (early.recommendation, early.not_due, residual(early)[2]) == (
        "proceed",
        ("Q-2",),
        "0.0",
    )
    assert early.red_flags.stops_fired == []
    assert (late.recommendation, late.not_due) == ("do_not_proceed", ())
    assert result(asked, gate="idea", Q_1="a").open == ()
    assert result(asked, gate="award", Q_1="a").open == ("Q-2",)


def test_an_answer_that_is_not_due_still_serves_conditions():
    asked = framework(LATE[1], question("Q-3", when={"question": "Q-2", "in": ["e"]}))

    assert result(asked, gate="idea", Q_2="e").applies["Q-3"] is True
    assert result(asked, gate="idea", Q_2="a").applies["Q-3"] is False
    assert result(asked, gate="idea").applies["Q-3"] is None


def test_context_and_facts_are_due_at_every_gate():
    document = small_framework(section("Q", "decisive", question("Q-1", first_gate="idea")))
    document |= {
        "method_version": 2,
        "gates": [{"id": "idea", "label": "I"}, {"id": "z", "label": "Z"}],
    }
    document["sections"][0]["questions"][0]["first_gate"] = "z"

    assert result(framework_from_document(document), gate="idea").not_due == ()


def test_the_output_names_version_gate_and_what_is_not_due():
    found = score_to_document(framework(*LATE), result(framework(*LATE), gate="idea").answer_set)

    assert (found["method_version"], found["gate"], found["not_due"]) == (2, "idea", ["Q-2"])
    last = score_to_document(framework(*LATE), result(framework(*LATE)).answer_set)
    assert (last["gate"], last["not_due"]) == ("in_life", [])


def test_a_gate_that_is_not_there_is_refused_with_what_is_allowed():
    with pytest.raises(InvalidAnswers, match="gate cannot be 'soon'"):
        result(framework(*LATE), gate="soon")


def test_what_moving_to_a_gate_adds_is_told_before():
    found = result(framework(*LATE), gate="idea", Q_1="a")

    assert [q.id for q in gates.becoming_due(found, "award")] == ["Q-2"]
    assert [(gate.id, [q.id for q in qs]) for gate, qs in gates.later(found)] == [
        ("award", ["Q-2"])
    ]
    after = gates.next_gate(found.framework, found.answer_set)
    assert gates.move_reason(found, after) == "Moved to Award: 1 question becomes due"
    assert gates.next_gate(found.framework, gates.moved(found.answer_set, "in_life")) is None


# --- The core alone ---


CORE_BAD = (question("Q-1", core=True), *(question(f"Q-{n}") for n in (2, 3, 4)))


def test_more_questions_do_not_water_down_the_core():
    """The core question is at 4 of 4, three others at 0: 100 alone, 25 with them."""
    good = {"Q_2": "a", "Q_3": "a", "Q_4": "a"}

    assert residual(result(framework(*CORE_BAD), Q_1="e", **good)) == ("100.0",) * 3
    assert residual(result(framework(*CORE_BAD, core=False), Q_1="e", **good)) == ("25.0",) * 3
    bad = {"Q_2": "e", "Q_3": "e", "Q_4": "e"}
    assert residual(result(framework(*CORE_BAD), Q_1="a", **bad)) == ("75.0",) * 3


def test_a_core_that_may_apply_counts_at_worst_alone():
    perhaps = question("Q-1", core=True, when={"question": "hosted", "in": ["yes"]})
    asked = framework(perhaps, question("Q-2"), question("Q-3"))
    found = result(asked, hosted={"state": "unknown"}, Q_1="d", Q_2="a", Q_3="a")

    assert residual(found) == ("0.0", "0.0", "75.0")
    assert residual(result(asked, Q_1="d", Q_2="a", Q_3="a")) == ("0.0",) * 3


def test_the_arithmetic_shows_which_of_the_two_counted():
    found = result(framework(*CORE_BAD), Q_1="d", Q_2="a", Q_3={"state": "unknown"}, Q_4="a")
    scored = found.sections["Q"]
    for figure in ("claimed", "inherent", "residual"):
        for end in ("low", "central", "high"):
            added = add_up(scored, figure, end, 4)
            assert added.percent == getattr(getattr(scored, figure), end)
            assert added.core


# --- From a tier ---


def flagged(kind, **more):
    return framework(question("Q-1", red_flag={"options": ["e"], "class": kind, **more}))


def lists(found):
    flags = found.red_flags
    return flags.stops_fired, flags.stops_pending, flags.flags_fired, flags.flags_pending


@pytest.mark.parametrize(
    ("tier", "expected"),
    [
        (1, ([], [], [], [])),
        (2, ([], [], ["Q-1"], [])),
        (3, (["Q-1"], [], [], [])),
        (None, ([], ["Q-1"], [], [])),
    ],
)
def test_below_its_tier_a_red_flag_does_nothing(tier, expected):
    """It counts from tier II, and stops from tier III."""
    found = result(flagged("stop", from_tier=2, stop_from_tier=3), tier, Q_1="e")

    assert lists(found) == expected


def test_certain_at_the_high_tier_alone_it_is_pending_and_raises_that_end():
    """Tier I to IV, III in the middle: nothing at best, a band at the two others."""
    found = result(flagged("flag", from_tier=2), None, Q_1="e")
    milder = framework(
        question("Q-1", (0, 1), red_flag={"options": ["b"], "class": "flag", "from_tier": 4})
    )
    scored = result(milder, None, Q_1="b").sections["Q"]

    assert lists(found) == ([], [], [], ["Q-1"])
    assert (found.red_flags.central, found.red_flags.acting) == (["Q-1"], [])
    assert vars_of(scored.band) == ("moderate", "moderate", "high")
    assert result(milder, 3, Q_1="b").sections["Q"].band.high == "moderate"


# --- Records, the store, the command, versions ---


def stored(found, **more):
    return Assessment(
        id="one",
        purchase=Purchase(id="p", title="A trial", buyer="A council"),
        supplier=Supplier(name="A supplier"),
        answer_set=found.answer_set,
        **more,
    )


def test_a_record_keeps_the_gate_and_the_version_and_verifies():
    asked = framework(*LATE)
    found = result(asked, gate="award", Q_1="b")
    data = make_record(stored(found), asked, score_to_document(asked, found.answer_set), "tests")
    record = json.loads(data)

    assert (record["method_version"], record["assessment"]["gate"]) == ("2", "award")
    assert read_record(data, score_to_document).assessment.answer_set.gate == "award"
    assert list(verify.check_result(record)) == []
    record["result"]["gate"] = "idea"
    assert list(verify.check_result(record)) != []


def test_without_a_gate_a_document_has_no_such_key():
    assert "gate" not in assessment_to_document(stored(result(framework(*LATE))))


def test_the_store_refuses_a_gate_that_the_questionnaire_has_not():
    store = open_memory_store()
    asked = framework(*LATE)
    store.create(stored(result(asked, gate="idea")), asked, "Dana")
    with pytest.raises(InvalidDocument, match="no gate 'soon'"):
        store.save("one", "gate", "soon", 1, "Dana")
    store.save("one", "gate", "award", 1, "Dana", "Moved")

    assert store.load("one").assessment.answer_set.gate == "award"
    assert store.history("one")[-1].after == "award"
    assert store.verify_history("one") == []


def test_the_command_moves_to_the_next_gate(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'a.db'}"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    store, asked = open_store(url), framework(*LATE)
    store.create(stored(result(asked, gate="idea")), asked, "Dana")
    store.close()

    def run(*arguments):
        return CliRunner().invoke(main, ["move-gate", *arguments])

    assert "one: Moved to Award: 1 question becomes due" in run("one").output
    assert run("one", "--to", "in_life").exit_code == 0
    assert "There is no later gate. Gates of this questionnaire: idea" in run("one").output
    assert "There is no gate 'soon'." in run("one", "--to", "soon").output


def test_score_takes_the_gate_for_lines_that_name_none(tmp_path):
    lines = tmp_path / "answers.jsonl"
    lines.write_text(f'{{"as_of": "{AS_OF}"}}\n{{"as_of": "{AS_OF}", "gate": "in_life"}}\n')

    def run(gate):
        return CliRunner().invoke(
            main, ["score", "--framework", str(FILE), "--gate", gate, str(lines)]
        )

    first, second = map(json.loads, run("idea").output.splitlines())
    assert (first["gate"], second["gate"]) == ("idea", "in_life")
    assert first["not_due"] == ["DP-1", "DP-2", "TR-2", "VO-2", "VO-3"]
    assert "There is no gate 'soon'. Choose one of: idea, award, in_life." in run("soon").output


def changed(**more):
    """What the comparison tells of the small framework with other keys, by where it is."""
    found = compare(SMALL, framework_from_document({**SMALL.document, "version": "x", **more}))
    return {each.where: (each.before, each.after) for each in found.changes}


def test_versions_tell_of_gates_core_and_tiers():
    policy = {k: v for k, v in SMALL.document["policy"].items() if k != "core_pack"}
    others = [*SMALL.document["gates"], {"id": "end", "label": "End"}]

    assert changed(gates=others)["framework: gates"] == (
        "idea, award, in_life", "idea, award, in_life, end",
    )  # fmt: skip
    assert changed(policy=policy)["policy: core pack"] == ("baseline", "")
    assert changed(method_version=1)["framework: version of the method"] == ("2", "1")


def test_a_gate_that_a_new_version_lacks_is_left_behind():
    """Everything is due then: nothing is taken for settled that nobody looked at."""
    document = json.loads(json.dumps(dict(SMALL.document)).replace("award", "buy"))
    for part in document["sections"]:
        for each in part["questions"]:
            each["procurement_use"] = "term"
    answers = check_answers(SMALL, {"as_of": AS_OF, "gate": "award"})
    move = plan_move(SMALL, framework_from_document(document), answers)

    assert move.answer_set.gate == ""
    assert plan_move(SMALL, replace(SMALL), answers).answer_set.gate == "award"


def test_the_trend_parts_the_effect_of_the_version_from_that_of_the_answers():
    """The same answers by version 1 and 2: all of it is the method; one more answer is not."""
    document = small_framework(section("Q", "decisive", *CORE_BAD))
    old = framework_from_document({**document, "version": "0"})
    new = framework(*CORE_BAD)
    before = result(old, Q_1="e", Q_2="a", Q_3="a", Q_4="a").answer_set
    after = result(new, Q_1="a", Q_2="a", Q_3="a", Q_4="a").answer_set

    moved = {each.id: each for each in trend(old, before, new, after).sections}["Q"]
    for figure in FIGURES:
        shift = moved.figures[figure].high
        assert (shift.before, shift.between, shift.after) == (25, 100, 0)
        assert (shift.by_method, shift.by_answers, shift.whole) == (75, -100, -25)


def test_what_is_open_and_not_asked_is_named():
    """A question outside the pack holds everything up: the recommendation says which."""
    asked = framework(
        question("Q-1", core=True, when={"question": "Q-2", "in": ["a"]}),
        question("Q-2", type="multiple", ask="Which of these?"),
    )
    found = result(asked, pack="core", Q_1="a")

    assert (found.recommendation, found.open) == ("not_ready", ())
    assert decision_meaning(found).endswith("still open: “Which of these?”")
    assert result(asked, Q_1="a").open == ("Q-2",)
    assert not decision_meaning(result(asked, tier=4, pack="core", Q_1="a")).endswith("”")
