"""What the Answer page draws, for which answers. How it saves is held in the browser tests."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Radio

from procurement_risk.assessment import AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.errors import StorageError
from procurement_risk.framework import Framework
from procurement_risk.framework.words import mixed_cases
from procurement_risk.language.text import plain
from procurement_risk.storage import Store
from tests.support.answer_sets import CORE
from tests.support.questions_page import QUESTIONS
from tests.support.stored_examples import every_type


def create(store: Store, framework: Framework = CORE, pack: str = "full", **answers: Any) -> None:
    """Put the assessment ``case`` into the store, with these answers."""
    assessment = Assessment(
        id="case",
        purchase=Purchase(id="p", title="Letters *to* residents", buyer="Northmere"),
        supplier=Supplier(name="Quillmere"),
        answer_set=AnswerSet(as_of="2026-11-23", pack=pack),
    )
    store.create(assessment, framework, "Ada")
    for name, document in answers.items():
        question = name.replace("_", "-") if name.isupper() else name
        store.save("case", f"answer:{question}", document, 0, "Ada")


def page(section: str) -> AppTest:
    """The page at one section, drawn."""
    test = AppTest.from_string(QUESTIONS, default_timeout=30)
    test.query_params["assessment"] = "case"
    test.query_params["section"] = section
    test.run()
    assert not test.exception
    return test


def radios(test: AppTest) -> list[Radio[str]]:
    """The questions with a list of options, in the order they stand; not the list of sections."""
    return [radio for radio in test.main.radio if radio.label != "Sections"]


def asked(test: AppTest) -> list[str]:
    """Their ids."""
    return [radio.label.split(" · ")[0] for radio in radios(test)]


def test_a_section_is_drawn_whole_and_in_order(store: Store):
    """Every question that may apply, its options and the states, with nothing chosen."""
    create(store)
    test = page("SR")
    assert test.header[0].value == "Security and reliability"
    assert asked(test) == [question.id for question in CORE.section("SR").questions]
    assert all(radio.value is None for radio in radios(test))
    first, question = radios(test)[0], CORE.section("SR").questions[0]
    assert len(first.options) == len(question.options) + 2 + CORE.may_be_inapplicable(question)


def test_a_question_is_read_out_as_it_is_written(store: Store):
    """The name that a screen reader gets holds no stars and no backslashes."""
    create(store)
    for section in ("facts", "TR"):
        test = page(section)
        questions = {q.ask for q in (*CORE.facts, *CORE.questions())}
        named = [radio.label for radio in radios(test)]
        named += [g.label for g in test.segmented_control if not g.label.startswith("Evidence")]
        assert named
        assert {name.split(" · ", 1)[-1] for name in named} <= questions


def test_the_rule_for_mixed_cases_stands_once(store: Store):
    """On every section; never where options have no order."""
    create(store)
    words = [each.value for each in page("VO").caption]
    assert words.count(mixed_cases(CORE)) == 1
    assert "take the lower" in mixed_cases(CORE)
    assert mixed_cases(replace(CORE, scale_max=0)) == ""


def test_what_is_stored_is_shown(store: Store):
    """The option, the grade and who saved it; a state as one of the options."""
    create(store, VO_01={"option": "b", "evidence": "E2"}, VO_02={"state": "withheld"})
    test = page("VO")
    assert radios(test)[0].value == "b"
    assert radios(test)[1].value == "state:withheld"
    grades = [g for g in test.segmented_control if g.label == "Evidence held for VO-01"]
    assert [grade.value for grade in grades] == ["E2"]
    assert not [g for g in test.segmented_control if g.label == "Evidence held for VO-02"]
    assert any(caption.value.startswith("Saved") for caption in test.caption)


def test_what_the_framework_does_not_offer_is_shown_too(store: Store):
    """Otherwise the widget would drop it, and the answer with it."""
    create(store, VO_01={"option": "zz"}, hosted={"state": "withheld"})
    test = page("VO")
    assert radios(test)[0].value == "zz"
    radios(test)[1].set_value("a").run()
    page("facts")
    parts = store.parts("case")
    assert parts["answer:VO-01"].value == {"option": "zz"}
    assert parts["answer:hosted"].value == {"state": "withheld"}


def test_hidden_questions_are_not_drawn_and_keep_their_answers(store: Store):
    """Once a condition is surely not met the question goes; its answer stays as it was."""
    create(store, TR_05={"option": "b"}, decisions_about_people={"option": "yes"})
    test = page("TR")
    assert "TR-05" in asked(test)
    stored = store.parts("case")["answer:TR-05"]
    store.save("case", "answer:decisions_about_people", {"option": "no"}, 1, "Bea")
    test.run()
    assert "TR-05" not in asked(test)
    radios(test)[0].set_value("a").run()
    assert store.parts("case")["answer:TR-05"] == stored
    store.save("case", "answer:decisions_about_people", {"option": "yes"}, 2, "Bea")
    test.run()
    assert radios(test)[asked(test).index("TR-05")].value == "b"
    assert store.parts("case")["answer:TR-05"] == stored


def test_a_click_is_saved_in_the_name_of_the_person(store: Store, monkeypatch):
    """The answer, the part's author and the time; progress counts it at once."""
    create(store)
    test = page("VO")
    before = test.get("progress")[0].proto.text
    test.session_state["actor"] = "Cem"
    radios(test)[0].set_value("a").run()
    part = store.parts("case")["answer:VO-01"]
    assert (part.value["option"], part.value["by"], part.by) == ("a", "Cem", "Cem")
    after = test.get("progress")[0].proto.text
    assert before.startswith("0 answered, ")
    assert after.startswith("1 answered, ")
    assert after.endswith("Every change is saved.")


def test_not_everything_is_saved(store: Store):
    """While something waits, the page does not claim that every change is saved."""
    create(store)
    test = page("VO")
    radios(test)[0].set_value("state:not_applicable").run()
    assert "Every other change is saved." in test.get("progress")[0].proto.text
    assert "waiting for you: VO-01." in test.get("progress")[0].proto.text
    assert any("write the reason" in error.value for error in test.error)
    assert "answer:VO-01" not in store.parts("case")
    reason = [area for area in test.text_area if area.label == "Why VO-01 does not apply"]
    reason[0].set_value("Nothing of the kind").run()
    assert store.parts("case")["answer:VO-01"].value["reason"] == "Nothing of the kind"
    assert not test.error


def test_a_save_that_failed_is_made_up_for(store: Store, monkeypatch: pytest.MonkeyPatch):
    """When the database works again, any next run saves what waits, though nothing changed."""
    create(store)
    test = page("VO")

    def fail(*_args: object) -> int:
        raise StorageError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(Store, "save", fail)
        radios(test)[0].set_value("b").run()
    assert any("The disk is full" in error.value for error in test.error)
    assert not any(caption.value.startswith("Saved at") for caption in test.caption)
    assert "answer:VO-01" not in store.parts("case")
    test.run()
    assert store.parts("case")["answer:VO-01"].value["option"] == "b"
    assert not test.error
    assert any(caption.value.startswith("Saved at") for caption in test.caption)


@pytest.mark.parametrize("pack", ["triage", "baseline", "full"])
def test_a_pack_asks_no_more_than_its_questions(store: Store, pack: str):
    """Every section of the pack is on offer, and holds only what the pack asks."""
    create(store, pack=pack)
    wanted = CORE.pack(pack).questions
    offered = page("facts").main.radio[0].options
    assert len(offered) > 1
    for section in CORE.sections:
        questions = [q.id for q in section.questions if wanted is None or q.id in wanted]
        assert (plain(section.short_title) in offered) == bool(questions)
        if questions:
            assert asked(page(section.id)) == questions


def test_every_type_of_question_has_its_widget(store: Store):
    """Options, several options, text, number and date, each with the states beside it."""
    create(store, every_type())
    test = page("DP")
    assert asked(test) == ["DP-01"]
    assert [each.label for each in test.multiselect] == ["DP-02 · DP-01?"]
    assert [each.label for each in test.text_area] == ["DP-03 · DP-01?"]
    assert [each.label for each in test.text_input] == ["DP-04 · DP-01?"]
    assert [each.label for each in test.date_input] == ["DP-05 · DP-01?"]
    test.multiselect[0].set_value(["c", "a"]).run()
    assert store.parts("case")["answer:DP-02"].value["options"] == ["a", "c"]
    test.text_input[0].set_value("1,500").run()
    assert "answer:DP-04" not in store.parts("case")
    assert any("write a number" in error.value for error in test.error)
    test.text_input[0].set_value("12,5").run()
    assert store.parts("case")["answer:DP-04"].value["text"] == "12.5"
    states = [each for each in test.segmented_control if each.label == "Or, for DP-04"]
    states[0].set_value("state:unknown").run()
    assert store.parts("case")["answer:DP-04"].value["state"] == "unknown"
    assert list(test.text_input) == []
    test.date_input[0].set_value(date(2027, 3, 31)).run()
    assert store.parts("case")["answer:DP-05"].value["text"] == "2027-03-31"


@pytest.mark.parametrize("section", ["nonsense", "", "../facts"])
def test_a_section_that_is_not_there_is_the_first_one(store: Store, section: str):
    """A wrong address is no error."""
    create(store)
    assert page(section).header[0].value == "Context"


def test_an_address_that_names_a_question_shows_its_section(store: Store):
    """Wherever the address says that it is; and the next section is not held back by it."""
    create(store)
    test = AppTest.from_string(QUESTIONS, default_timeout=30)
    test.query_params |= {"assessment": "case", "section": "facts", "question": "VO-02"}
    test.run()
    assert test.header[0].value == "Value"
    assert any("question=VO-02" in each.proto.body for each in test.get("html"))
    next(b for b in test.button if b.label.startswith("Next: ")).click().run()
    assert test.header[0].value == "Sovereignty"
    assert not any("question=" in each.proto.body for each in test.get("html"))


def test_no_assessment_at_this_address(store: Store):
    """The page says so and offers ways on."""
    test = page("VO")
    assert "no assessment at this address" in test.error[0].value
    assert [button.label for button in test.button] == [
        "Go to the assessments",
        "Start an assessment",
    ]
