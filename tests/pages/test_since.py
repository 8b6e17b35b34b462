"""Since last time: what changed answer by answer, and with what an assessment is compared."""

from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import given, settings
from streamlit.testing.v1 import AppTest

from procurement_risk.assessment import (
    Answer,
    AnswerSet,
    Assessment,
    Mitigation,
    Purchase,
    Supplier,
    Upstream,
)
from procurement_risk.framework.document import framework_from_document
from procurement_risk.framework.files import FRAMEWORKS, load_framework, read_framework
from procurement_risk.profile.since import changed
from tests.support.answer_sets import rngs
from tests.support.core_pages import without_its_app
from tests.support.framework_versions import BASES, random_answer_set
from tests.support.places import ROOT
from tests.support.stored_examples import FRAMEWORK_DOCUMENT, framework, put_demonstration

SMALL = framework()
OLD, NEW = "2025-11-23", "2026-11-23"
CHOSEN = Answer(options=("a",), evidence="E2", valid_until="2026-01-31")
AGREED = Mitigation(
    question="DP-01", status="agreed", target="a", owner="Ann", due="2026-03-01", clause="Ours"
)


def renamed():
    """The small framework with DP-03 gone, DP-04 new and an option reworded."""
    document = deepcopy(FRAMEWORK_DOCUMENT) | {"version": "2027.1"}
    questions = document["sections"][1]["questions"]
    questions[2]["id"] = questions[2]["ask"] = "DP-04"
    questions[0]["options"][1]["label"] = "In part"
    return framework_from_document(document)


def answers(as_of, mitigations=(), **given):
    by_name = {name.replace("_", "-"): answer for name, answer in given.items()}
    return AnswerSet(as_of=as_of, answers=by_name, mitigations=tuple(mitigations))


def told(old, new, before=SMALL, after=SMALL):
    return [
        (c.question.id, c.what, c.before, c.after, c.ran_out)
        for c in changed(before, old, after, new)
    ]


# --- The rules ---


def test_another_answer_a_first_one_and_one_taken_back():
    old = answers(OLD, DP_01=Answer(options=("a",)), DP_03=Answer(options=("b",)))
    new = answers(OLD, DP_01=Answer(options=("c",)), DP_02=Answer(state="withheld"))
    assert told(old, new) == [
        ("DP-01", "answer", "Yes, and shown", "No", False),
        ("DP-02", "answer", "Not answered yet", "Supplier will not say", False),
        ("DP-03", "answer", "Partly", "Not answered yet", False),
    ]


def test_who_answered_and_notes_are_no_change():
    old = answers(OLD, DP_01=replace(CHOSEN, by="Ann", note="x", valid_until=""))
    new = answers(NEW, DP_01=replace(CHOSEN, by="Ben", note="y", link="z", valid_until=""))
    assert told(old, new) == []


def test_evidence_that_ran_out_in_between_counts_less_by_time_alone():
    old, new = answers(OLD, DP_01=CHOSEN), answers(NEW, DP_01=CHOSEN)
    assert told(old, new) == [("DP-01", "evidence", "E2", "E0", True)]


def test_better_evidence_is_a_change_of_its_own():
    better = Answer(options=("b",), evidence="E4")
    assert told(answers(OLD, DP_01=CHOSEN), answers(NEW, DP_01=better)) == [
        ("DP-01", "answer", "Yes, and shown", "Partly", False),
        ("DP-01", "evidence", "E2", "E4", False),
    ]


def test_a_condition_that_became_overdue_is_told_as_such():
    old, new = answers(OLD, [AGREED]), answers(NEW, [AGREED])
    words = ("Agreed: Yes, and shown", "Proposed: Yes, and shown")
    assert told(old, new) == [("DP-01", "mitigation", *words, True)]


def test_a_mitigation_that_is_new_and_one_that_is_gone():
    assert told(answers(OLD), answers(OLD, [AGREED]))[0][1:4] == (
        "mitigation",
        "",
        "Agreed: Yes, and shown",
    )
    assert told(answers(OLD, [AGREED]), answers(OLD))[0][3] == ""


def test_across_versions_questions_come_and_go_and_keep_their_words_of_then():
    old = answers(OLD, DP_01=Answer(options=("b",)), DP_03=Answer(options=("c",)))
    new = answers(NEW, DP_01=Answer(options=("c",)), DP_04=Answer(options=("a",)))
    assert told(old, new, SMALL, renamed()) == [
        ("DP-01", "answer", "Partly", "No", False),
        ("DP-04", "new", "", "Yes, and shown", False),
        ("DP-03", "gone", "No", "", False),
    ]


@given(rngs())
@settings(deadline=None, max_examples=60)
def test_an_answer_set_differs_from_itself_in_nothing(rng):
    """And from another in each question that answers differ on."""
    made = framework_from_document(deepcopy(BASES[rng.choice(list(BASES))]))
    one, other = random_answer_set(rng, made), random_answer_set(rng, made)
    assert changed(made, one, made, one) == ()
    found = {c.question.id for c in changed(made, one, made, other) if c.what == "answer"}
    differing = {
        name for name in made.by_id if said(one.answers.get(name)) != said(other.answers.get(name))
    }
    assert found == differing


def said(answer):
    return (answer.state, answer.options, answer.text) if answer else ("unanswered", (), "")


# --- The page ---


@pytest.fixture
def store(tmp_path, monkeypatch):
    with without_its_app(tmp_path, monkeypatch) as opened:
        yield opened


def put(store, id, as_of=NEW, against=SMALL, purchase="p", **more):
    made = Assessment(
        id=id,
        purchase=Purchase(id=purchase, title="Rotas", buyer="Us"),
        supplier=more.pop("supplier", Supplier(name="Example Ltd")),
        answer_set=more.pop("answer_set", AnswerSet(as_of=as_of)),
        **more,
    )
    store.create(made, against, "Ana")


def draw_page():
    from procurement_risk.views.profile import page as profile

    profile.page()


def show(assessment):
    at = AppTest.from_function(draw_page, default_timeout=60)
    at.query_params["assessment"] = assessment
    at.session_state["show"] = "Since last time"
    at.run()
    assert not at.exception
    kinds = (at.subheader, at.markdown, at.caption, at.info)
    found = " ".join(str(each.value) for kind in kinds for each in kind)
    cells = [str(c) for table in at.table for c in table.value.to_numpy().ravel()]
    return " ".join([found, *cells]).replace("\\", "").replace("\u2060", "")


def test_without_an_earlier_one_it_says_how_there_will_be_one(store):
    put(store, "one")
    assert "There is no earlier assessment to compare with" in show("one")


def test_the_one_it_replaces_comes_before_any_other(store):
    put(store, "a", "2024-01-31")
    put(store, "b", "2025-01-31")
    put(store, "c", replaces="a")
    assert "as of **31 January 2024**" in show("c")


def test_otherwise_the_newest_earlier_one_of_the_same_purchase_and_supplier(store):
    put(store, "a", "2024-01-31")
    put(store, "b", "2025-01-31")
    put(store, "later", "2027-01-31")
    put(store, "elsewhere", "2026-01-31", purchase="q")
    put(store, "rival", "2026-01-31", supplier=Supplier(name="Rival Ltd"))
    put(store, "c", replaces="elsewhere-still")
    shown = show("c")
    assert "as of **31 January 2025**" in shown
    put(store, "d", "2026-12-31")
    assert "does not name the one it follows" in show("d")


def test_a_supplier_as_an_organisation_follows_itself_whatever_the_purchase(store):
    about = framework(subject="supplier")
    put(store, "a", "2025-01-31", about, purchase="x")
    put(store, "other-kind", "2026-01-31", purchase="y")
    put(store, "b", NEW, about, purchase="y")
    assert "as of **31 January 2025**" in show("b")


def test_the_change_is_split_across_versions(store):
    """Old: b, c, c. The new version takes DP-03 away: its effect is told apart."""
    old = answers(OLD, CX_01=CHOSEN, DP_01=Answer(options=("b",), evidence="E4"))
    put(store, "a", answer_set=old)
    put(store, "b", against=renamed(), answer_set=replace(old, as_of=NEW), replaces="a")
    shown = show("b")
    assert "Effect of the method: the old answers, scored by the new version" in shown
    assert "version 2026.1" in shown
    assert "What changed, answer by answer" in shown


def test_one_version_means_that_all_of_it_is_the_answers(store):
    put(store, "a", answer_set=answers(OLD, DP_01=CHOSEN))
    put(store, "b", answer_set=answers(NEW, DP_01=CHOSEN), replaces="a")
    shown = show("b")
    assert "all of the change comes from the answers" in shown
    assert "Evidence, by the passing of time" in shown


def test_across_methods_it_says_why_not(store):
    points = read_framework(
        (ROOT / "tests" / "frameworks" / "small-impact.yaml").read_text("utf-8"), "x.yaml"
    )
    put(store, "a", OLD)
    put(store, "b", against=points, replaces="a")
    shown = show("b")
    assert "in sections with tiers and bands, this one in points with levels" in shown
    assert "How the result moved" not in shown


def test_an_instrument_that_counts_points_is_compared_with_itself(store):
    points = read_framework(
        (ROOT / "tests" / "frameworks" / "small-impact.yaml").read_text("utf-8"), "x.yaml"
    )
    put(store, "a", OLD, points)
    far = {"effect": Answer(options=("far-4",)), "phase": Answer(options=("design",))}
    put(store, "b", against=points, replaces="a", answer_set=AnswerSet(as_of=NEW, answers=far))
    shown = show("b")
    assert "Impact points" in shown
    assert "effect" in shown


def test_a_model_that_was_swapped_is_named(store):
    one, two = (Upstream(kind="model", name=name) for name in ("Kestrel v1", "Kestrel v2"))
    put(store, "a", OLD, upstreams=(one,))
    put(store, "b", replaces="a", upstreams=(two,))
    shown = show("b")
    assert "No longer: Kestrel v1." in shown
    assert "New: Kestrel v2." in shown


def test_the_demonstration_tells_its_story(store):
    """P10: the supplier swapped its model, and transparency went from 18 to 57 per cent."""
    put_demonstration(store)
    shown = show("demo-p10")
    assert "Kestrel v2" in shown
    assert "18.4 56.6 +38.2" in shown
    core = load_framework(FRAMEWORKS / "ai-supplier-core.yaml")
    assert core.by_id["TR-04"].ask in shown
