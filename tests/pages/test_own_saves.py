"""After a save of one's own the page goes on with it, and still sees what anybody else did."""

from collections.abc import Callable
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Radio

from procurement_risk.methods import evaluate
from procurement_risk.storage import Store
from tests.support.answer_sets import CORE
from tests.support.questions_page import letters_page, put_letters


@pytest.fixture
def store(store: Store) -> Store:
    """The store that the page under test uses too, with the assessment ``case``."""
    put_letters(store, "case")
    return store


@pytest.fixture
def page(store: Store) -> AppTest:
    """The Questions page at a section, drawn."""
    return letters_page()


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was read whole, from the moment the page is drawn."""
    found: list[str] = []
    load = Store.load

    def noted(held: Store, name: str) -> Any:
        found.append(name)
        return load(held, name)

    monkeypatch.setattr(Store, "load", noted)
    return found


def radio(test: AppTest, question: str) -> Radio[str]:
    return next(each for each in test.main.radio if each.label.startswith(question))


def choose(test: AppTest, question: str, option: str) -> None:
    radio(test, question).set_value(option).run()
    assert not test.exception


def holds_what_is_stored(test: AppTest, store: Store) -> None:
    """The page rests on exactly what would be read now."""
    opened, stored = test.session_state["opened"], store.load("case")
    assert opened.assessment == stored.assessment
    assert (opened.revision, opened.revisions) == (stored.revision, stored.revisions)
    assert opened.archived == stored.archived
    assert opened.outcome == evaluate(opened.framework, stored.assessment.answer_set)


def colleague(store: Store, part: str, value: Any) -> None:
    state = store.parts("case").get(part)
    store.save("case", part, value, state.revision if state else 0, "Grace")


def test_an_answer_of_ones_own_is_not_read_back(page: AppTest, store: Store, read: list[str]):
    """A first answer, another one in its place, and one undone."""
    choose(page, "VO-02", "a")
    choose(page, "VO-02", "b")
    choose(page, "VO-01", "c")
    next(each for each in page.main.button if each.label == "Undo").click().run()
    assert read == []
    answers = page.session_state["opened"].assessment.answer_set.answers
    assert {name: each.option for name, each in answers.items()} == {"VO-01": "b", "VO-02": "b"}
    holds_what_is_stored(page, store)


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda store: colleague(store, "answer:VO-03", {"option": "a"}),
        lambda store: colleague(store, "answer:VO-01", None),
        lambda store: colleague(store, "purchase", {"id": "p", "title": "Notes", "buyer": "B"}),
        lambda store: colleague(store, "pack", CORE.packs[0].id),
    ],
)
def test_what_a_colleague_changed_before_is_seen(
    page: AppTest, store: Store, read: list[str], meanwhile: Callable[[Store], None]
):
    """Theirs and mine are different parts: both stand, and both are shown."""
    meanwhile(store)
    choose(page, "VO-02", "a")
    assert read == ["case"]
    assert store.parts("case")["answer:VO-02"].value["option"] == "a"
    holds_what_is_stored(page, store)


def test_what_a_colleague_changes_just_after_is_seen(
    page: AppTest, store: Store, read: list[str], monkeypatch: pytest.MonkeyPatch
):
    """Between my save and the drawing of the page, which is the same run."""
    save = Store.save

    def and_theirs(held: Store, *arguments: Any) -> int:
        made = save(held, *arguments)
        monkeypatch.setattr(Store, "save", save)
        colleague(store, "answer:VO-03", {"option": "a"})
        store.archive("case", "Grace")
        return made

    monkeypatch.setattr(Store, "save", and_theirs)
    choose(page, "VO-02", "a")
    assert read == ["case"]
    assert page.session_state["opened"].archived
    holds_what_is_stored(page, store)


def test_a_conflict_is_still_seen(page: AppTest, store: Store):
    """Mine is refused and shown beside theirs; the page rests on theirs."""
    colleague(store, "answer:VO-02", {"option": "c"})
    choose(page, "VO-02", "a")
    assert store.parts("case")["answer:VO-02"].value == {"option": "c"}
    assert any("while you were working" in each.value for each in page.main.warning)
    holds_what_is_stored(page, store)
