"""Moving an assessment to another version on the Details page, and how the result moved since."""

from copy import deepcopy
from dataclasses import replace
from fractions import Fraction
from hashlib import sha256

import pytest
import streamlit as st
from click.testing import CliRunner
from streamlit.testing.v1 import AppTest

from procurement_risk.assessment import Answer, Mitigation
from procurement_risk.assessment.moving import plan_move
from procurement_risk.cli.main import main
from procurement_risk.errors import UsageError
from procurement_risk.exports import EXPORTS, earlier, json_record
from procurement_risk.exports.export import Exported
from procurement_risk.framework.document import framework_from_document
from procurement_risk.imports.record import import_record
from procurement_risk.profile.trend import SectionTrend, Shift, trend
from procurement_risk.report.change import table
from procurement_risk.storage.connection import make_engine
from procurement_risk.views.details.version import summary
from procurement_risk.views.shared import session
from tests.support.framework_documents import IMPACT, SMALL
from tests.support.small_app import assessment, draw, folded, press, said, tables, unescaped

ANSWERS = {
    "public_facing": "yes",
    "hosted": "yes",
    "CX-1": "b",
    "CX-2": "a",
    "DP-1": "b",
    "DP-2": "b",
    "TR-1": Answer(options=("a",)),
    "VO-1": Answer(text="Keep the counter open"),
}


def version(number="2026.2", base=SMALL, **changes):
    """The document of another version of ``base``, with its questions changed by their ids.

    A change is a dict of new keys, or None where the question is gone.
    """
    document = deepcopy({**base, "version": number})
    for section in document["sections"]:
        questions = []
        for question in section["questions"]:
            change = changes.get(question["id"].replace("-", "_"), {})
            if change is not None:
                questions.append({**question, **change})
        section["questions"] = questions
    return document


def question(name):
    """The question of that id in the first version, as it is written."""
    found = [q for section in SMALL["sections"] for q in section["questions"]]
    return next(each for each in found if each["id"] == name)


def newer(number="2026.2"):
    """One question reworded, one weighed anew, two gone, one new."""
    document = version(
        number,
        CX_2={"ask": "How bad is one mistake?"},
        DP_1={"weight": 4},
        VO_1=None,
        VO_3=None,
    )
    data = document["sections"][1]["questions"]
    data.append({**deepcopy(data[0]), "id": "DP-3", "ask": "Who may read it?"})
    return document


def page(app, answers=ANSWERS, offered=None, **more):
    """The tab Version of an assessment against the first version."""
    app.offer(offered or newer())
    app.create(SMALL, answers, **more)
    return draw("details", assessment="case", details="Version")


def moved(app, to="2026.2"):
    """Move ``case`` to the version on offer, as the page does."""
    return press(draw("details", assessment="case", details="Version"), f"Move to version {to}")


# --- What a move would do -------------------------------------------------------------------


def plan(answers=ANSWERS, document=None, mitigations=(), pack="full"):
    answer_set = replace(assessment(answers, pack).answer_set, mitigations=tuple(mitigations))
    return plan_move(
        framework_from_document(SMALL),
        framework_from_document(document or newer()),
        answer_set,
    )


def test_the_summary_counts_what_becomes_of_the_answers():
    assert summary(plan()) == [
        "5 answers carry over as they are",
        "1 answer carries over, but its question or option reads differently",
        "1 answer carries over and may count differently",
        "1 answer is dropped, and kept in the history",
        "1 question is newly asked",
    ]


def test_the_summary_names_conditions_and_another_pack():
    document = newer()
    document["packs"] = [pack for pack in document["packs"] if pack["id"] != "triage"]
    gone = [Mitigation(question="VO-1", status="proposed", target="a")]
    lines = summary(plan({}, document, gone, "triage"))

    assert "1 condition is dropped, and kept in the history" in lines
    assert lines[-1].replace("\\", "").startswith("Version 2026.2 has no pack triage. full is")


def test_a_condition_whose_target_changed_is_counted_and_listed(app):
    options = [dict(each) for each in question("DP-2")["options"]]
    options[0]["label"] = "In the country"
    agreed = Mitigation(
        question="DP-2", status="agreed", target="a", owner="Ann", due="2027-01-01", clause="Ours"
    )
    kept = Mitigation(question="DP-1", status="proposed", target="a")
    document = version(DP_2={"options": options})

    line = "1 condition carries over, and what it changes reads or counts differently"
    assert line in summary(plan(document=document, mitigations=[agreed, kept]))
    assert not any("condition" in each for each in summary(plan(mitigations=[agreed])))
    answer_set = replace(assessment(ANSWERS).answer_set, mitigations=(agreed, kept))
    test = page(app, offered=document, answer_set=answer_set)
    assert f"- {line}" in said(test)
    assert tables(test)[0] == [
        ["Condition on DP-2", 'DP-2 reworded (option a): "Here" -> "In the country"']
    ]


def test_where_nothing_is_answered_there_is_nothing_to_carry():
    assert summary(plan({}, version())) == ["There is nothing to carry over yet."]


def test_the_counts_are_all_answers():
    """No answer is missing from the lines, none stands in two."""
    counts = [int(line.split()[0]) for line in summary(plan()) if "answer" in line]

    assert sum(counts) == len(ANSWERS)


def test_the_page_lists_what_needs_a_look_what_goes_and_what_is_new(app):
    test = page(app)
    words = said(test)

    assert "Answered against **Small invented check, version 2026.1**." in words
    for line in summary(plan()):
        assert f"- {line}" in words
    assert folded(test) == ["What needs a look", "What is dropped", "What is newly asked"]
    look, gone, new, change = tables(test)
    assert [row[0] for row in look] == ["CX-2 How bad is one mistake?", "DP-1 " + ask("DP-1")]
    assert '"How bad is a mistake?" -> "How bad is one mistake?"' in look[0][1]
    assert "5 -> 4" in look[1][1]
    assert gone == [
        [
            "VO-1 What would you do without it?",
            "Keep the counter open",
            "Version 2026.2 no longer asks this question.",
        ]
    ]
    assert new == [["DP-3 Who may read it?", "The supplier"]]
    assert [row[0] for row in change][:2] == ["Data privacy", "Transparency"]


def ask(name):
    return framework_from_document(SMALL).by_id[name].ask


def test_looking_changes_nothing(app):
    page(app)
    before = app.store.load("case")
    page_again = draw("details", assessment="case", details="Version")

    assert page_again.button
    assert app.store.load("case") == before
    assert [each.version for each in app.store.frameworks("small")] == ["2026.1"]


def test_where_there_is_no_other_version_it_says_so(app):
    """Another framework is none; neither is the version it stands on."""
    app.offer(IMPACT, SMALL)
    app.create(SMALL, ANSWERS)
    test = draw("details", assessment="case", details="Version")

    assert "There is no other version of this questionnaire here." in test.info[0].value
    assert not [button for button in test.button if button.label.startswith("Move")]


def test_a_version_that_counts_otherwise_is_none_to_move_to(app):
    """A result by points and one by stakes cannot be compared."""
    test = page(app, {}, {**IMPACT, "id": "small"})

    assert "There is no other version" in test.info[0].value


def test_an_older_version_is_chosen_only_by_hand(app):
    """One that is only kept with assessments is on offer, but not the first choice."""
    app.create(SMALL, ANSWERS)
    app.create(newer(), {}, id="newer")
    test = draw("details", assessment="newer", details="Version")
    (choice,) = [box for box in test.selectbox if box.label == "Version"]
    assert choice.value is None
    assert not [button for button in test.button if button.label.startswith("Move")]

    assert choice.options == ["Small invented check, version 2026.1 (kept with assessments)"]
    choice.select_index(0).run()
    moves = [button.label for button in test.button if button.label.startswith("Move")]
    assert [unescaped(label) for label in moves] == ["Move to version 2026.1"]


# --- Moving ---------------------------------------------------------------------------------


def test_the_button_moves_and_says_so(app):
    """All at once, under the person's name, with the reason; what is dropped stays."""
    test = page(app)
    test.text_input(key="why-case").input("The board adopted it").run()
    test = press(test, "Move to version 2026.2")
    stored = app.store.load("case")

    assert stored.framework.version == "2026.2"
    assert stored.assessment.answer_set == plan().answer_set
    assert [message.value.replace("\\", "") for message in test.success] == [
        "Moved to version 2026.2. What was dropped stays in the history."
    ]
    lines = [entry for entry in app.store.history("case") if "Moved" in entry.reason]
    assert {(line.by, line.reason) for line in lines} == {
        ("Ana", "Moved from version 2026.1 → 2026.2. The board adopted it")
    }
    gone = [line for line in lines if line.part == "answer:VO-1"]
    assert [(line.before["text"], line.after) for line in gone] == [
        ("Keep the counter open", None)
    ]
    assert app.store.verify_history("case") == []


def test_a_move_needs_no_reason(app):
    page(app)
    moved(app)

    assert app.store.history("case")[-1].reason == "Moved from version 2026.1 → 2026.2."


def test_an_archived_assessment_is_not_moved(app):
    page(app)
    app.store.archive("case", "Ana")
    test = moved(app)

    assert "is archived. Restore it to change it." in said(test)
    assert app.store.load("case").framework.version == "2026.1"


def draw_while_somebody_saves():
    """The page, and a colleague who saves between what is shown and the click."""
    from procurement_risk.views.details import version as details_version
    from procurement_risk.views.shared import session

    opened = session.current()
    store = session.store()
    revision = store.parts("case")["state"].revision
    states = ("in_review", "draft")
    store.save("case", "state", states[(revision + 1) % 2], revision, "Bea")
    details_version.draw(opened)


def test_a_move_worked_out_from_an_older_state_is_refused_in_words(app):
    """Nothing is moved, nothing of the colleague's is lost, and the page stays."""
    app.offer(newer())
    app.create(SMALL, ANSWERS)
    test = AppTest.from_function(draw_while_somebody_saves, default_timeout=30)
    test.query_params["assessment"] = "case"
    test.run()
    test = press(test, "Move to version 2026.2")

    assert "This assessment was changed meanwhile." in said(test)
    assert app.store.load("case").framework.version == "2026.1"


# --- How the result moved since -------------------------------------------------------------


@pytest.fixture
def opened(app):
    """What a page holds of an assessment."""

    def opened(name="case"):
        session.whole_store.clear()
        return session.open_by_id(name)

    return opened


def before_the_move(opened):
    store = session.store_of(opened.id)
    return earlier.before_the_move(store, opened.id, opened.framework)


def test_before_any_move_there_is_nothing_earlier(app, opened):
    app.create(SMALL, ANSWERS)
    revision = app.store.load("case").revisions["answer:DP-1"]
    app.store.save("case", "answer:DP-1", {"option": "a"}, revision, "Ana")

    assert before_the_move(opened()) is None


def test_archiving_is_no_move(app, opened):
    """It changes the assessment's own row too, but not its framework."""
    app.create(SMALL, ANSWERS)
    app.store.archive("case", "Ana")
    app.store.restore("case", "Ana")

    assert before_the_move(opened()) is None


def test_what_was_answered_before_the_move_is_found(app, opened):
    """The answers as they stood then, the dropped one too, whatever was saved since."""
    page(app)
    moved(app)
    revision = app.store.load("case").revisions["answer:DP-1"]
    app.store.save("case", "answer:DP-1", {"option": "a"}, revision, "Ana")
    framework, answers = before_the_move(opened())

    assert framework.version == "2026.1"
    assert answers == assessment(ANSWERS).answer_set


def test_of_two_moves_the_last_counts(app, opened):
    page(app)
    moved(app)
    app.offer(version("2026.3"))
    moved(app, "2026.3")
    framework, answers = before_the_move(opened())

    assert framework.version == "2026.2"
    assert answers == plan().answer_set


def test_where_values_were_taken_out_nothing_is_told(app, opened, tmp_path):
    """A result worked out from what is left would be another one."""
    page(app)
    moved(app)
    assert before_the_move(opened()) is not None
    engine = make_engine(f"sqlite:///{tmp_path / 'store.sqlite3'}")
    with engine.begin() as connection:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for (name,) in connection.exec_driver_sql(triggers).fetchall():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql(
            "UPDATE history SET before = NULL, after = NULL, salt = '' "
            "WHERE part = 'answer:DP-1' AND seq < 12"
        )
    engine.dispose()

    assert before_the_move(opened()) is None


def test_a_record_of_a_newer_version_counts_as_a_move(app, opened):
    """The answers before it are those from before the record came."""
    app.create(SMALL, ANSWERS)
    new = framework_from_document(newer())
    record = json_record.write([Exported(assessment({"DP-3": "a"}), new)])
    import_record(app.store, record, "Ana", replace=True)
    framework, answers = before_the_move(opened())

    assert framework.version == "2026.1"
    assert answers == assessment(ANSWERS).answer_set
    page_after = draw("details", assessment="case", details="Version")
    assert "How the result changed since version 2026.1" in folded(page_after)


def test_the_page_shows_how_the_result_moved_since(app):
    page(app)
    moved(app)
    test = draw("details", assessment="case", details="Version")

    assert folded(test)[0] == "How the result changed since version 2026.1"
    assert [row[0] for row in tables(test)[0]][:2] == ["Data privacy", "Transparency"]


# --- The table of a change ------------------------------------------------------------------


def both(old, new, answers, later):
    """How the result moved, from these answers to those."""
    return trend(
        framework_from_document(old),
        assessment(answers).answer_set,
        framework_from_document(new),
        assessment(later).answer_set,
    )


def rows_of(found):
    return [list(row) for row in table(found).rows]


def signed(text):
    return Fraction(text.replace("−", "-").replace("+", "").replace(",", "") or 0)


def test_the_effects_add_up_to_the_change():
    """To the last place shown, whatever was answered anew and whatever weighs otherwise."""
    later = {**ANSWERS, "DP-1": "c", "TR-2": "b"}
    later.pop("VO-1")
    found = table(both(SMALL, newer(), ANSWERS, later))
    rows = found.rows

    assert list(found.columns) == [
        "Figure", "Before", "After", "Effect of the answers", "Effect of the method", "Note",
    ]  # fmt: skip
    assert [row[0] for row in rows][:2] == ["Data privacy", "Transparency"]
    moved_at_all = False
    for _name, before, after, answers, method, _note in rows:
        if before and after:
            change = signed(after) - signed(before)
            assert abs(change - signed(answers) - signed(method)) <= Fraction(1, 10)
            moved_at_all = moved_at_all or bool(change)
    assert moved_at_all


def test_signs_are_written_out():
    """Plus, a true minus, and none where nothing moved."""
    section = SectionTrend(
        id="x",
        title="X",
        presence="kept",
        points={"raw": Shift(5, 3, 7), "mitigation": Shift(1, 1, 1)},
    )
    found = replace(both(IMPACT, IMPACT, {}, {}), sections=(section,), totals={})

    assert rows_of(found) == [
        ["X: impact", "5", "7", "+4", "−2", ""],
        ["X: mitigation", "1", "1", "0", "0", ""],
    ]


def test_totals_stand_first_where_points_are_counted():
    new = version("2", IMPACT)
    new["sections"][0]["questions"][1]["options"][1]["points"] = 6
    new["sections"][0]["questions"][1]["options"][1]["id"] = "far-4"
    answers = {"effect": "far-4", "phase": "design"}
    rows = rows_of(both(IMPACT, new, answers, {**answers, "harms": "staff-1"}))

    assert rows[:4] == [
        ["Impact points", "4", "7", "+1", "+2", ""],
        ["Mitigation points", "0", "0", "0", "0", ""],
        ["After the reduction", "4", "7", "+1", "+2", ""],
        ["Level", "2", "3", "+1", "0", ""],
    ]
    assert rows[4][:5] == ["About: impact", "4", "7", "+1", "+2"]


def test_a_section_that_is_new_has_a_note_instead_of_figures():
    new = version()
    new["sections"][2]["id"], new["sections"][2]["title"] = "TX", "Openness"
    rows = {row[0]: row for row in rows_of(both(SMALL, new, ANSWERS, {}))}

    assert "no longer has this section" in rows["Transparency"][-1]
    assert rows["Transparency"][2:5] == ["", "", ""]
    assert "New in version 2026.2" in rows["Openness"][-1]
    assert rows["Openness"][1] == ""


@pytest.mark.parametrize(
    ("later", "words"),
    [
        (ANSWERS, "The recommendation stays: **"),
        ({**ANSWERS, "DP-1": "c"}, "The recommendation changes from **"),
    ],
)
def test_the_recommendation_before_and_after(app, later, words):
    app.offer(version())
    app.create(SMALL, ANSWERS)
    moved(app)
    if later is not ANSWERS:
        revision = app.store.load("case").revisions["answer:DP-1"]
        app.store.save("case", "answer:DP-1", {"option": "c"}, revision, "Ana")

    assert words in said(draw("details", assessment="case", details="Version"))


def test_two_methods_cannot_be_compared():
    with pytest.raises(UsageError, match="cannot be compared"):
        both(SMALL, IMPACT, {}, {})


@pytest.mark.parametrize("name", ["leadership-html", "leadership-pdf", "audit-pack"])
def test_a_moved_assessment_leaves_by_every_door_as_the_same_file(name, app, monkeypatch):
    """From the risk profile, from Records and from the command line, with the look before."""
    page(app)
    moved(app)
    given = {}

    def offer(label, data, **more):
        given[label] = data() if callable(data) else data

    monkeypatch.setattr(st, "download_button", offer)
    monkeypatch.setenv("PROCUREMENT_RISK_ACTOR", "Bea")  # whose name a pack gives as its maker
    export = EXPORTS[name]
    draw("records", {"records-chosen": ["case"], "actor": "Bea"}, format=name)
    draw("profile", assessment="case")
    file = app.folder / "file"
    made = CliRunner().invoke(main, ["export", "--format", name, "-o", str(file), "case"])
    assert made.exit_code == 0, made.output

    doors = [given["Download 1 assessment"], file.read_bytes()]
    if name != "audit-pack":
        doors.append(given[export.title])
    assert {sha256(each).hexdigest() for each in doors} == {sha256(doors[0]).hexdigest()}
    if name == "leadership-html":
        assert "Since 23 November 2026" in doors[0].decode()
