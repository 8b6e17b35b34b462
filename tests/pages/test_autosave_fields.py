"""Between the widgets and the stored answer nothing is lost, added or let through."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, strategies as st

from procurement_risk.assessment import AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.assessment.answers import check_answer
from procurement_risk.assessment.document import answer_from_document
from procurement_risk.assessment.parts import normal_part
from procurement_risk.errors import StorageError
from procurement_risk.framework import Question
from procurement_risk.storage import Store, open_store
from procurement_risk.storage.history import canonical_text
from procurement_risk.views.answer.autosave import OnScreen, _take_in
from procurement_risk.views.answer.fields import NOT_APPLICABLE, compose, same, values_of
from tests.support.stored_examples import TYPES, every_type

FRAMEWORK = every_type()
QUESTIONS = {question.type: question for question in FRAMEWORK.section("DP").questions}

_days = st.dates().map(lambda day: day.isoformat())
_texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20)
_trimmed = _texts.map(str.strip).filter(bool)
_values: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "single": st.sampled_from("abc").map(lambda option: {"option": option}),
    "multiple": st.sets(st.sampled_from("abc"), min_size=1).map(
        lambda options: {"options": sorted(options)}
    ),
    "text": _trimmed.map(lambda text: {"text": text}),
    "number": st.from_regex(r"-?[0-9]{1,5}(\.[0-9]{1,3})?", fullmatch=True).map(
        lambda text: {"text": text}
    ),
    "date": _days.map(lambda text: {"text": text}),
}
_states = st.sampled_from(
    [
        {"state": "unanswered"},
        {"state": "unknown"},
        {"state": "withheld"},
        {"state": "not_applicable", "reason": "It does not arise"},
    ]
)
_others = st.fixed_dictionaries(
    {},
    optional={
        "evidence": st.sampled_from(["E1", "E2", "E3", "E4"]),
        "link": _trimmed,
        "note": _trimmed,
        "valid_until": _days,
    },
)


@st.composite
def answers(draw: st.DrawFn) -> tuple[Question, dict[str, Any]]:
    """A question and an allowed answer to it, as the app itself would store it."""
    kind = draw(st.sampled_from(TYPES))
    document = {**draw(_values[kind] | _states), **draw(_others)}
    if document == {"state": "unanswered"}:
        document["note"] = "Only a note"
    return QUESTIONS[kind], document


@given(answers())
def test_what_is_shown_makes_the_same_answer_again(case: tuple[Question, dict[str, Any]]):
    """Widgets filled from an answer, and left alone, make exactly that answer."""
    question, document = case
    stored = {**document, "by": "Ada", "at": "2026-11-23T10:00:00Z"}
    assert compose(question, stored, values_of(question, stored)) == (stored, "")
    assert check_answer(FRAMEWORK, question, stored) == []


@given(answers())
def test_every_answer_can_be_given_through_the_widgets(case: tuple[Question, dict[str, Any]]):
    """From nothing, the widgets' values alone make the answer: no part of it is out of reach."""
    question, document = case
    assert compose(question, None, values_of(question, document)) == (document, "")


@given(answers())
def test_an_answer_reads_alike_as_typed_and_as_kept(case: tuple[Question, dict[str, Any]]):
    """So the page may go on with what it has just saved, and need not read it back."""
    question, document = case
    kept = json.loads(canonical_text(normal_part(f"answer:{question.id}", document)))
    assert answer_from_document(kept) == answer_from_document(document)


@given(answers(), answers())
def test_any_answer_can_become_any_other(
    before: tuple[Question, dict[str, Any]], after: tuple[Question, dict[str, Any]]
):
    """Nothing of the answer before is left behind, and every step between is allowed."""
    question, wanted = after
    if before[0] is not question:
        return
    made, missing = compose(question, before[1], values_of(question, wanted))
    assert missing == ""
    assert made == wanted


@given(answers(), st.sampled_from(["evidence", "link", "note", "valid_until"]))
def test_a_change_of_one_field_leaves_the_others_alone(
    case: tuple[Question, dict[str, Any]], name: str
):
    """Also where the rest was written elsewhere, with spaces the app would not keep."""
    question, document = case
    stored = {"link": "  spaced  ", **document}
    value = {"evidence": "E2", "valid_until": "2030-01-31"}.get(name, "Changed")
    made, _ = compose(question, stored, {**values_of(question, stored), name: value})
    assert made is not None
    assert {k: v for k, v in made.items() if k != name} == {
        k: v for k, v in stored.items() if k != name
    }
    assert made[name] == value


def test_nothing_chosen_is_no_answer():
    """Empty widgets make None, not an empty answer; and so does emptying them."""
    for question in QUESTIONS.values():
        empty = values_of(question, None)
        assert compose(question, None, empty) == (None, "")
        assert compose(question, {"state": "unanswered", "note": "x"}, empty) == (None, "")


@pytest.mark.parametrize("kind", TYPES)
def test_not_applicable_waits_for_its_reason(kind: str):
    """The answer before stands meanwhile; the other fields are saved all the same."""
    question = QUESTIONS[kind]
    field = "value" if kind == "single" else "state"
    stored = {"state": "unknown", "note": "Old"}
    values = {**values_of(question, stored), field: NOT_APPLICABLE, "note": "New"}
    assert compose(question, stored, values) == (
        {"state": "unknown", "note": "New"},
        "Not saved yet: write the reason why this does not apply.",
    )
    made, missing = compose(question, stored, {**values, "reason": " Because "})
    assert missing == ""
    assert made == {"state": "not_applicable", "reason": "Because", "note": "New"}


@pytest.mark.parametrize("text", ["03/31/2027", "2027-02-30", "30/02/2027", "20270331", "soon"])
def test_a_wrong_date_holds_up_nothing_else(text: str):
    """The date that was stored stays, the note goes through, and the text says why."""
    stored = {"option": "a", "valid_until": "2026-12-31"}
    question = QUESTIONS["single"]
    values = {**values_of(question, stored), "valid_until": text, "note": "New"}
    made, missing = compose(question, stored, values)
    assert made == {"option": "a", "valid_until": "2026-12-31", "note": "New"}
    assert text in missing


@pytest.mark.parametrize("text", [date(2027, 3, 31), "31/3/2027", "2027-03-31", " 31/03/2027 "])
def test_a_day_is_chosen_in_a_calendar_or_written(text: date | str):
    question = QUESTIONS["single"]
    values = {**values_of(question, {"option": "a"}), "valid_until": text}
    made, missing = compose(question, {"option": "a"}, values)
    assert (made, missing) == ({"option": "a", "valid_until": "2027-03-31"}, "")
    assert values_of(question, made)["valid_until"] == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("number", "1,500"),
        ("number", "1.500"),
        ("number", "٣"),
        ("number", "1\n"),
        ("number", "1e5"),
        ("date", "soon"),
    ],
)
def test_a_wrong_number_or_date_is_not_saved(kind: str, text: str):
    """It is refused in words; a line break at the end is no part of it."""
    made, missing = compose(QUESTIONS[kind], None, {"value": text})
    if text == "1\n":
        assert (made, missing) == ({"text": "1"}, "")
    else:
        assert made is None
        assert missing.startswith("Not saved: write")


def test_text_that_looks_like_a_state_is_text():
    """Only the field for states declares one."""
    assert compose(QUESTIONS["text"], None, {"value": "state:withheld"}) == (
        {"text": "state:withheld"},
        "",
    )


def test_one_of_several_options_is_read_back_as_a_list():
    """The store writes one chosen option like a single choice."""
    question = QUESTIONS["multiple"]
    assert values_of(question, {"option": "b"})["value"] == ["b"]
    assert same({"option": "b"}, {"options": ["b"], "by": "Ada"})
    assert not same({"option": "b"}, {"options": ["b", "c"]})
    assert not same({"option": "b"}, None)
    assert same(None, None)


# --- What a client may send ---


@pytest.fixture
def store(tmp_path):
    """A store with one empty assessment, ``case``."""
    store = open_store(f"sqlite:///{tmp_path}/assessments.sqlite3")
    assessment = Assessment(
        id="case",
        purchase=Purchase(id="p", title="T", buyer="B"),
        supplier=Supplier(name="S"),
        answer_set=AnswerSet(as_of="2026-11-23"),
    )
    store.create(assessment, FRAMEWORK, "Ada")
    yield store
    store.close()


def on_screen(kind: str) -> OnScreen:
    """The question of that type as it is drawn the first time."""
    question = QUESTIONS[kind]
    values = values_of(question, None)
    keys = {name: name for name in values}
    return OnScreen("case", FRAMEWORK, question, None, 0, keys, values)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("single", {"value": "z"}),
        ("single", {"value": ""}),
        ("single", {"value": ["a"]}),
        ("single", {"value": "state:answered"}),
        ("single", {"value": "state:settled"}),
        ("single", {"value": "a", "evidence": "E9"}),
        ("multiple", {"value": ["a", "z"]}),
        ("multiple", {"value": ["a", "a"]}),
        ("multiple", {"state": "state:nonsense"}),
        ("text", {"value": "x" * 5_001}),
        ("number", {"value": "1" * 16}),
        ("single", {"value": "a", "note": "x" * 5_001}),
        ("single", {"value": "a", "link": "x" * 2_001}),
        ("single", {"value": "a", "note": "\ud800"}),
        ("single", {"value": "a", "valid_until": "2027-99-99"}),
    ],
)
def test_what_no_widget_offers_never_reaches_the_store(
    store: Store, kind: str, change: dict[str, Any]
):
    """A client can send anything: whatever is not allowed is refused, and said to be."""
    shown = on_screen(kind)
    _take_in(shown, change, store, "Mallory")
    part = store.parts("case").get(f"answer:{shown.question.id}")
    stored = part.value if part else None
    bad = {value for value in change.values() if isinstance(value, str)} - {"a"}
    assert not any(str(value) in str(stored) for value in bad if value)
    assert stored is None or stored["option"] == "a"
    assert stored is None or change.keys() == {"value", "valid_until"}
    assert shown.problem or change == {"value": ""}


def test_a_database_that_fails_is_tried_again(store: Store, monkeypatch: pytest.MonkeyPatch):
    """What could not be written is kept and written later, though nothing more was changed."""
    shown = on_screen("single")

    def fail(*_args: object) -> int:
        raise StorageError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr(store, "save", fail)
        _take_in(shown, {"value": "b"}, store, "Ada")
    assert shown.unsaved
    assert "The disk is full" in shown.problem

    _take_in(shown, {}, store, "Ada")
    assert not shown.unsaved
    assert store.parts("case")["answer:DP-01"].value["option"] == "b"


def test_a_stale_save_writes_nothing_until_it_is_settled(store: Store):
    """Whatever comes meanwhile changes only what is offered as mine."""
    shown = on_screen("single")
    store.save("case", "answer:DP-01", {"option": "c"}, 0, "Bea")
    for option in "ab":
        _take_in(shown, {"value": option}, store, "Ada")
        assert shown.conflict is not None
        assert (shown.conflict.mine or {})["option"] == option
        assert shown.conflict.by == "Bea"
        assert store.parts("case")["answer:DP-01"].value == {"option": "c"}


def test_two_people_of_one_mind_are_not_asked(store: Store):
    """The same value from both is no conflict, and the next change builds on theirs."""
    shown = on_screen("single")
    store.save("case", "answer:DP-01", {"option": "c", "by": "Bea"}, 0, "Bea")
    _take_in(shown, {"value": "c"}, store, "Ada")
    assert shown.conflict is None
    _take_in(shown, {"value": "a"}, store, "Ada")
    assert shown.conflict is None
    assert store.parts("case")["answer:DP-01"].value["option"] == "a"
