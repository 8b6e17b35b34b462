"""The cards of the Questions page are repeated where nothing of them changed."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from procurement_risk.storage import Store
from procurement_risk.views.answer import as_it_is, evidence, foot, panel, question
from procurement_risk.views.shared import as_before, session
from tests.support.drawn_again import Watch
from tests.support.questions_page import letters_page, put_letters
from tests.support.small_app import said

inside = question._draw_inside


@pytest.fixture
def store(store: Store) -> Store:
    """The store that the page under test uses too, with two assessments that are alike."""
    put_letters(store, "case", "twin")
    return store


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions whose cards were drawn, one after the other."""
    found: list[str] = []

    def noted(opened: session.Opened, asked: question.Question) -> None:
        found.append(asked.id)
        inside(opened, asked)

    monkeypatch.setattr(question, "_draw_inside", noted)
    return found


def _choose(test: AppTest, name: str, option: str) -> None:
    next(e for e in test.main.radio if e.label.startswith(name)).set_value(option).run()


def _click(test: AppTest, key: str) -> None:
    next(each for each in test.button if str(each.key).startswith(key)).click().run()


def _colleague(test: AppTest, store: Store, part: str, value: object) -> None:
    name = "".join(test.query_params["assessment"])  # a text, or a list of one
    store.save(name, part, value, store.load(name).revisions.get(part, 0), "Bo")
    test.run()


@pytest.fixture
def repeating(monkeypatch: pytest.MonkeyPatch, watch: Watch) -> None:
    """Repeat what may be repeated, as the app does."""
    monkeypatch.setattr(as_before, "draw", watch.really)


COMMENT = [{"text": "Why?", "by": "Bo", "at": "2026-11-23T10:00:00Z"}]
STEPS: dict[str, Callable[[AppTest, Store], None]] = {
    "an answer": lambda test, _store: _choose(test, "VO-02", "a"),
    "another": lambda test, _store: _choose(test, "VO-02", "b"),
    "a third": lambda test, _store: _choose(test, "VO-03", "a"),
    "undone": lambda test, _store: _click(test, "undo-"),
    "a note opened": lambda test, _store: _click(test, "more-"),
    "a colleague": lambda test, store: _colleague(test, store, "answer:VO-01", {"option": "c"}),
    "theirs": lambda test, _store: _click(test, "latest-VO-01"),
    "a comment": lambda test, store: _colleague(test, store, "comments:VO-02", COMMENT),
    "an answer after all": lambda test, _store: _choose(test, "VO-04", "c"),
}


@pytest.mark.usefixtures("repeating")
def test_a_click_draws_the_cards_it_changes_and_no_other(store: Store, drawn: list[str]):
    test = letters_page()
    drawn.clear()
    _choose(test, "VO-02", "a")
    assert drawn == ["VO-02"]
    drawn.clear()
    _choose(test, "VO-03", "a")
    assert drawn == ["VO-02", "VO-03"]  # that of VO-02 no longer offers to undo
    drawn.clear()
    test.run()
    assert drawn == []
    drawn.clear()
    _colleague(test, store, "answer:VO-01", {"option": "c"})
    assert drawn == ["VO-01"]


@pytest.mark.usefixtures("repeating")
def test_of_the_card_of_an_answer_what_stays_is_not_drawn(
    store: Store, monkeypatch: pytest.MonkeyPatch
):
    found: list[str] = []
    for module, name in (
        (question, "_draw_choice"),
        (evidence, "_draw_grade"),
        (foot, "_draw_at_hand"),
        (panel, "_draw_title"),
    ):
        monkeypatch.setattr(module, name, _noted(found, name, getattr(module, name)))
    test = letters_page()
    _choose(test, "VO-02", "a")
    found.clear()
    _choose(test, "VO-02", "b")
    assert found == ["_draw_choice"]
    found.clear()
    _choose(test, "VO-03", "a")  # answered for the first time, so its grade is asked
    assert found == ["_draw_choice", "_draw_grade"], "VO-02 only loses what undoes it"


def _noted(found: list[str], name: str, act: Callable[..., object]) -> Callable[..., object]:
    def noted(*args: object, **more: object) -> object:
        found.append(name)
        return act(*args, **more)

    return noted


def test_the_page_is_the_same_whether_cards_are_repeated_or_drawn(
    store: Store, watch: Watch, monkeypatch: pytest.MonkeyPatch
):
    shown = {}
    monkeypatch.setattr(session, "now", lambda: "2026-11-23T12:00:00Z")
    for name, draw in (("case", watch.really), ("twin", watch.draw)):
        monkeypatch.setattr(as_before, "draw", draw)
        test, shown[name] = letters_page(name), {}
        for step, act in STEPS.items():
            act(test, store)
            assert not test.exception
            labels = [each.label for each in test.main.button]
            shown[name][step] = said(test), labels, [each.value for each in test.main.radio]
    assert shown["case"] == shown["twin"]
    assert watch.right  # or nothing would have been repeated


def test_a_card_that_forgets_what_it_depends_on_is_found_out(
    store: Store, watch: Watch, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(as_it_is, "says", lambda _opened, asked: asked.id)
    test = letters_page()
    _colleague(test, store, "comments:VO-02", COMMENT)
    assert any("1 comment" in each for each in watch.wrong)
    watch.wrong.clear()


def test_an_undo_of_every_field_is_undone_in_turn(store: Store):
    test = letters_page()
    _choose(test, "VO-01", "c")
    for option in ("b", "c", "b"):
        _click(test, "undo-")
        assert store.parts("case")["answer:VO-01"].value["option"] == option
