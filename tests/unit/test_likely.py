"""What was only renamed between two versions: found, said, and followed when answers move."""

import json
from copy import deepcopy

import pytest
from click.testing import CliRunner

from procurement_risk.assessment import Answer, AnswerSet, Mitigation
from procurement_risk.assessment.moving import plan_move
from procurement_risk.cli.main import main
from procurement_risk.framework.document import check_framework, framework_from_document
from procurement_risk.framework.versions import likely
from procurement_risk.framework.versions.compare import compare
from procurement_risk.framework.yaml_writing import write_yaml
from tests.support.framework_documents import SMALL
from tests.support.newer_versions import newer, renamed

OLD = framework_from_document(SMALL)


def letters(questions):
    """A new option goes in second, and the letters behind it move on by one."""
    labels = [option["label"] for option in questions[0]["options"]]
    labels.insert(1, "Something new")
    questions[0]["options"] = [
        {"id": id_, "label": label, "risk": risk}
        for risk, (id_, label) in enumerate(zip("abcd", labels, strict=True))
    ]
    questions[0].pop("red_flag", None)


def moved(document, said=likely.NOTHING, option="b"):
    answers = AnswerSet(
        as_of="2026-11-23",
        pack="full",
        answers={"DP-1": Answer(options=(option,))},
        mitigations=(),
    )
    return plan_move(OLD, framework_from_document(document), answers, said)


def test_a_renamed_question_is_found_and_what_to_write_is_said():
    new = framework_from_document(renamed())
    (found,) = likely.renamed(OLD, new)

    assert (found.old, found.new, found.is_same) == ("DP-1", "DP-9", True)
    (line,) = likely.lines(OLD, new)
    assert line.endswith("write under DP-9: was: [DP-1]")


def test_an_id_that_is_a_number_stands_in_quotes_in_what_to_write():
    numbered = deepcopy(SMALL)
    numbered["sections"][1]["questions"][0]["id"] = "7"
    new = deepcopy(numbered)
    new["sections"][1]["questions"][0]["id"] = "SEC-7"
    (line, *_more) = likely.lines(*map(framework_from_document, (numbered, new)))

    assert line.endswith('write under SEC-7: was: ["7"]')


def test_a_reworded_one_is_found_and_another_question_is_not():
    ask = OLD.by_id["DP-1"].ask
    near = framework_from_document(renamed(ask=f"{ask[:-1]}, please?"))
    far = framework_from_document(renamed(ask="How tall is the tower?"))

    assert [each.is_same for each in likely.renamed(OLD, near)] == [False]
    assert likely.renamed(OLD, far) == []
    assert likely.renamed(OLD, OLD) == []


def test_answers_follow_was_in_the_file():
    """Their conditions too; and diff shows one question renamed, not one gone and one come."""
    document = renamed(was=["DP-1"])
    assert not check_framework(document)
    new = framework_from_document(document)
    kinds = {change.kind for change in compare(OLD, new).changes if change.question == "DP-9"}
    move = moved(document)

    assert move.answer_set.answers["DP-9"].options == ("b",)
    assert move.dropped == ()
    assert "DP-9" not in move.newly_asked
    assert not {"added", "removed"} & kinds
    assert likely.renamed(OLD, new) == []
    mitigated = AnswerSet(
        as_of="2026-11-23",
        pack="full",
        answers={"DP-1": Answer(options=("c",))},
        mitigations=(Mitigation(question="DP-1", target="a", status="proposed", owner="y"),),
    )
    (kept,) = plan_move(OLD, new, mitigated).answer_set.mitigations
    assert kept.question == "DP-9"


def test_answers_follow_what_whoever_moves_them_says():
    document = renamed()
    new = framework_from_document(document)
    assert "DP-9" in moved(document).newly_asked
    assert [each.question for each in moved(document).dropped] == ["DP-1"]

    move = moved(document, likely.renaming(likely.renamed(OLD, new)))

    assert move.answer_set.answers["DP-9"].options == ("b",)
    assert (move.dropped, move.newly_asked) == ((), moved(newer(lambda q: None)).newly_asked)


@pytest.mark.parametrize(("option", "now"), [("a", "a"), ("b", "c"), ("c", "d")])
def test_answers_follow_their_words_where_the_letters_moved(option, now):
    document = newer(letters)
    new = framework_from_document(document)
    found = likely.relettered(OLD, new)

    assert [dict(each.options) for each in found] == [{"b": "c", "c": "d"}]
    assert moved(document, option=option).answer_set.answers["DP-1"].options == (option,)
    follows = moved(document, likely.renaming((), found), option)
    assert follows.answer_set.answers["DP-1"].options == (now,)
    (line,) = likely.lines(OLD, new)
    labels = [each.label for each in OLD.by_id["DP-1"].options]
    assert line.endswith(f"a: {labels[0]}; e: Something new; b: {labels[1]}; c: {labels[2]}")


def test_an_answer_whose_words_are_gone_is_dropped_where_its_letter_means_another():
    def change(questions):
        letters(questions)
        questions[0]["options"][2]["label"] = "Other words"

    document = newer(change)
    found = likely.relettered(OLD, framework_from_document(document))
    move = moved(document, likely.renaming((), found), "b")

    assert [dict(each.options) for each in found] == [{"c": "d"}]
    assert move.answer_set.answers["DP-1"].options == ("b",)  # nobody else claims its letter


@pytest.mark.parametrize(
    ("was", "words"),
    [(["DP-2"], "still the id of a question"), (["public_facing"], "still the id of a question")],
)
def test_an_earlier_id_that_is_still_one_is_refused(was, words):
    faults = check_framework(newer(lambda q: q[0].update(was=was)))

    assert any(words in fault.message for fault in faults)


def test_an_earlier_id_may_be_claimed_once_only():
    def twice(questions):
        questions[0]["was"] = questions[1]["was"] = ["X-1"]

    faults = check_framework(newer(twice))
    assert any("already stands in was of another question" in f.message for f in faults)


def test_diff_says_it(tmp_path):
    files = []
    for number, document in enumerate((SMALL, renamed())):
        files.append(tmp_path / f"{number}.yaml")
        files[-1].write_text(write_yaml(document), "utf-8")

    output = CliRunner().invoke(main, ["diff", *map(str, files)]).output

    assert "DP-9 asks what DP-1 asked, which is gone." in output
    assert "was: [DP-1]" in output
    told = json.loads(CliRunner().invoke(main, ["diff", "--json", *map(str, files)]).stdout)
    said = {"old": "DP-1", "new": "DP-9", "reads_the_same": True}
    assert told["probably_renamed"] == {"questions": [said], "options": []}


def test_for_programs_it_is_said_only_where_something_was_renamed():
    new = framework_from_document(newer(letters))

    (found,) = likely.to_document(OLD, new)["probably_renamed"]["options"]
    assert found == {"question": "DP-1", "moved": {"b": "c", "c": "d"}, "gone": []}
    assert likely.to_document(OLD, OLD) == {}
