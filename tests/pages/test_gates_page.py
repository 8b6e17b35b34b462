"""Gates on the pages: chosen at the start, what comes later, and the move to the next."""

import pytest

from tests.support.framework_documents import GATES
from tests.support.small_app import assessment, draw, press, said

START = "Gate: what is to be decided next. Questions that come later wait for theirs"


@pytest.fixture
def case(app):
    """An assessment at the first gate."""
    app.offer(GATES)
    stored = assessment({"public_facing": "yes", "hosted": "yes"})
    answers = stored.answer_set
    app.create(GATES, dict(answers.answers))
    app.store.save("case", "gate", "idea", 0, "Ana")
    return app


def test_the_questions_name_what_comes_later_and_move_on(case):
    page = draw("answer", assessment="case")

    (folded,) = [each for each in page.expander if each.label.startswith("Gate: Idea")]
    assert folded.label == "Gate: Idea · 5 questions come later"
    assert "DP-1" in said(page)
    assert "3 questions become due; every answer stays." in said(page)
    page = press(page, "Move to Award")
    stored = case.store.load("case").assessment
    assert stored.answer_set.gate == "award"
    assert set(stored.answer_set.answers) == {"public_facing", "hosted"}
    assert case.store.history("case")[-1].reason == "Moved to Award: 3 questions become due"
    assert [each.label for each in page.expander if "Gate" in each.label] == [
        "Gate: Award · 2 questions come later"
    ]


def test_the_gate_is_chosen_at_the_start(app):
    app.offer(GATES)
    page = draw("start")
    (gate,) = [each for each in page.main.radio if each.label == START]

    assert (gate.options, gate.value) == (["Idea", "Award", "In life"], "idea")
