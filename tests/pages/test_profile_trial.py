"""Trying changes on the risk profile: nothing is saved until asked, and then as any other save."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from procurement_risk.assessment import (
    Answer,
    AnswerSet,
    Assessment,
    Mitigation,
    Purchase,
    Supplier,
)
from procurement_risk.framework.files import read_framework
from procurement_risk.views.profile import trial as profile_trial
from tests.support.answer_sets import AS_OF, CORE
from tests.support.core_pages import without_its_app
from tests.support.places import ROOT
from tests.support.small_app import unescaped

SMALL_IMPACT = ROOT / "tests" / "frameworks" / "small-impact.yaml"
IMPACT = read_framework(SMALL_IMPACT.read_text("utf-8"), "small-impact.yaml")
FLAG = "SE-04"
WORST_FLAG = CORE.by_id[FLAG].options[-1].id


@pytest.fixture
def store(tmp_path, monkeypatch):
    with without_its_app(tmp_path, monkeypatch) as opened:
        yield opened


def settled(**changes):
    answers = {
        name: Answer(options=(question.options[0].id,), evidence="E4", note="kept")
        for name, question in CORE.by_id.items()
    }
    given = {name.replace("_", "-"): answer for name, answer in changes.items()}
    return AnswerSet(as_of=AS_OF, answers={**answers, **given})


def draw_page():
    from procurement_risk.views.profile import page as profile

    profile.page()


def show(store, answer_set, framework=CORE):
    made = Assessment(
        id="one",
        purchase=Purchase(id="p", title="Rotas", buyer="Us"),
        supplier=Supplier(name="Example Ltd"),
        answer_set=answer_set,
    )
    store.create(made, framework, "Ana")
    at = AppTest.from_function(draw_page, default_timeout=30)
    at.query_params["assessment"] = "one"
    at.session_state["show"] = "What would change it"
    at.session_state["actor"] = "Ana"
    return at.run()


def choose(at, question):
    (box,) = [
        e for e in at.selectbox if str(e.key).startswith("try:one:") and e.key.count(":") == 2
    ]
    return box.select(question).run()


def field(at, kind, ending):
    (found,) = [
        e for e in at.get(kind) if e.key and e.key.startswith("try:") and e.key.endswith(ending)
    ]
    return found


def press(at, label):
    (button,) = [button for button in at.button if button.label == label]
    at = button.click().run()
    assert not at.exception
    return at


def rows(at):
    found = [[str(c) for c in row] for table in at.table for row in table.value.to_numpy()]
    return [[c.replace("\\", "").replace("\u2060", "") for c in row] for row in found]


def said(at):
    return " ".join(str(e.value) for k in (at.markdown, at.info, at.error) for e in k).replace(
        "\\", ""
    )


def test_a_trial_shows_the_move_and_saves_nothing(store):
    """SE-04 at its worst turns Proceed into Escalate."""
    at = show(store, settled())
    before = store.load("one")
    at = choose(at, FLAG)
    at = field(at, "selectbox", f"{FLAG}:answer").select(WORST_FLAG).run()

    assert ["Recommendation", "Proceed", "Escalate", "graver"] in rows(at)
    assert ["Flags fired", "none", FLAG, "1 more"] in rows(at)
    assert "would move from “Proceed” to “Escalate”" in said(at)
    assert store.load("one") == before


def test_changes_to_several_questions_add_up_and_can_be_taken_back(store):
    at = show(store, settled())
    at = choose(at, FLAG)
    at = field(at, "selectbox", ":answer").select(WORST_FLAG).run()
    at = choose(at, "DP-08")
    at = field(at, "selectbox", ":answer").select("e").run()

    tried = [row[0][:5] for row in rows(at) if row[1:2] == ["Answer"]]
    assert tried == ["DP-08", "SE-04"]
    at = press(at, f"Take back {FLAG}")
    assert [row[0][:5] for row in rows(at) if row[1:2] == ["Answer"]] == ["DP-08"]
    assert "The recommendation would stay: Proceed." in said(at)
    at = press(at, "Start over")
    assert not [row for row in rows(at) if row[1:2] == ["Answer"]]
    assert "Save these changes" not in [button.label for button in at.button]


def test_choosing_what_stands_is_no_change(store):
    at = choose(show(store, settled()), FLAG)
    assert "Save these changes" not in [button.label for button in at.button]
    at = field(at, "selectbox", ":answer").select(WORST_FLAG).run()
    assert "Save these changes" in [button.label for button in at.button]
    at = field(at, "selectbox", ":answer").select(CORE.by_id[FLAG].options[0].id).run()
    assert "Save these changes" not in [button.label for button in at.button]


def test_saving_writes_ordinary_saves_with_their_reason(store):
    at = choose(show(store, settled()), "DP-08")
    at = field(at, "selectbox", ":answer").select("e").run()
    at = field(at, "selectbox", ":evidence").select("E2").run()
    at = field(at, "selectbox", ":status").select("agreed").run()
    field(at, "text_input", ":owner").input("Head of data")
    field(at, "date_input", ":due").set_value(date(2099, 3, 31))
    at = field(at, "selectbox", ":target").select("a").run()
    at = press(at, "Save these changes")

    stored = store.load("one").assessment.answer_set
    answer = stored.answers["DP-08"]
    assert (answer.options, answer.evidence, answer.note) == (("e",), "E2", "kept")
    assert answer.by == "Ana"
    assert answer.at
    (mitigation,) = stored.mitigations
    assert (mitigation.status, mitigation.target, mitigation.owner) == (
        "agreed",
        "a",
        "Head of data",
    )
    entries = store.history("one")[-2:]
    assert [entry.part for entry in entries] == ["answer:DP-08", "mitigation:DP-08"]
    assert {entry.reason for entry in entries} == {profile_trial.REASON}
    assert "Save these changes" not in [button.label for button in at.button]


def test_weights_are_tried_and_never_saved(store):
    """Twice: with nothing else to save, and beside an answer that is."""
    at = choose(show(store, settled(DP_08=Answer(options=("e",), evidence="E4"))), "DP-08")
    before = store.load("one")
    at = field(at, "text_input", ":weight").set_value("100").run()
    for typed, words in (("1,5", "not “1,5”"), ("1,500", "1500 or 1.5"), ("200", "from 1 to 100")):
        at = field(at, "text_input", ":weight").set_value(typed).run()
        assert words in unescaped("".join(each.value for each in at.error))
        assert "100 still counts." in unescaped("".join(each.value for each in at.error))
    moved = [row for row in rows(at) if row[0] == "Data privacy"][-1]
    assert moved[3].endswith("higher")
    assert "Weights are never saved here: they are policy." in said(at)
    assert "Save these changes" not in [button.label for button in at.button]

    at = field(at, "selectbox", ":answer").select("d").run()
    at = press(at, "Save these changes")
    after = store.load("one")
    assert after.assessment.answer_set.answers["DP-08"].options == ("d",)
    assert after.framework.document == before.framework.document
    assert store.peek("one") == before.revision + 1


def test_what_cannot_be_saved_yet_says_what_is_missing_and_saves_nothing(store):
    at = choose(show(store, settled(DP_08=Answer(options=("e",), evidence="E4"))), "DP-08")
    at = field(at, "selectbox", ":answer").select("d").run()
    at = field(at, "selectbox", ":status").select("agreed").run()
    at = press(at, "Save these changes")

    errors = [error.value for error in at.error]
    assert "DP-08: An agreed mitigation needs an owner: write who sees to it." in errors
    assert store.load("one").assessment.answer_set.answers["DP-08"].options == ("e",)
    at = field(at, "selectbox", ":status").select("verified").run()
    at = press(at, "Save these changes")
    assert any("needs evidence of grade E4" in error.value for error in at.error)


def test_a_colleague_who_was_faster_is_not_overwritten_unseen(store):
    at = choose(show(store, settled()), "DP-08")
    at = field(at, "selectbox", ":answer").select("e").run()
    store.save("one", "answer:DP-08", {"option": "c", "evidence": "E4"}, 1, "Ben")
    at = press(at, "Save these changes")

    assert any("Ben changed this" in error.value for error in at.error)
    assert store.load("one").assessment.answer_set.answers["DP-08"].options == ("c",)
    at = press(at, "Save these changes")
    assert store.load("one").assessment.answer_set.answers["DP-08"].options == ("e",)


def test_a_mitigation_can_be_tried_away_and_saved_so(store):
    kept = Mitigation(question="DP-08", status="proposed", target="a")
    answers = settled(DP_08=Answer(options=("e",), evidence="E4"))
    at = show(store, AnswerSet(as_of=AS_OF, answers=answers.answers, mitigations=(kept,)))
    at = choose(at, "DP-08")
    at = field(at, "selectbox", ":status").select("").run()
    at = press(at, "Save these changes")
    assert store.load("one").assessment.answer_set.mitigations == ()


def test_an_answer_that_is_not_known_can_be_tried(store):
    at = choose(show(store, settled()), FLAG)
    at = field(at, "selectbox", ":answer").select("state:unknown").run()
    assert "Not ready: between Proceed and Escalate" in said(at)
    at = press(at, "Save these changes")
    assert store.load("one").assessment.answer_set.answers[FLAG].state == "unknown"


def test_a_result_in_points_can_be_tried_too(store):
    """Single and multiple choice; there are no weights, grades or mitigations to try."""
    at = show(store, AnswerSet(as_of=AS_OF), IMPACT)
    questions = [q for q in IMPACT.questions() if q.scores]
    single = next(q for q in questions if q.type == "single")
    at = choose(at, single.id)
    most = max(single.options, key=lambda option: option.points)
    at = field(at, "selectbox", ":answer").select(most.id).run()
    assert any(row[0] == "Impact points" and row[3].endswith("higher") for row in rows(at))
    assert not [e for e in at.text_input if str(e.key).startswith("try:")]
    at = press(at, "Save these changes")
    assert store.load("one").assessment.answer_set.answers[single.id].options == (most.id,)
    several = [q for q in questions if q.type == "multiple"]
    for question in several[:1]:
        at = choose(at, question.id)
        at = field(at, "multiselect", ":answer").select(question.options[-1].id).run()
        at = press(at, "Save these changes")
        stored = store.load("one").assessment.answer_set.answers[question.id]
        assert stored.options == (question.options[-1].id,)
