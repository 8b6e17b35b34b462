"""What the menu of an assessment does: rename, set aside with a reason, bring back."""

from streamlit.testing.v1 import AppTest

from procurement_risk.storage.keeping import look
from tests.support.framework_documents import IMPACT


def draw_one(name):
    from procurement_risk.views.shared import assessment_menu, session

    opened = session.current()
    if opened is not None:
        assessment_menu.ACTIONS[name](opened)


def asked(name):
    test = AppTest.from_function(draw_one, kwargs={"name": name}, default_timeout=30)
    test.query_params["assessment"] = "case"
    return test.run()


def press(test, label):
    (button,) = [each for each in test.button if each.label == label]
    test = button.click().run()
    assert not test.exception
    return test


def test_a_purchase_is_renamed_and_never_left_without_a_name(app):
    app.create(IMPACT, {"phase": "design"})
    test = asked("Rename")
    test.text_input[0].input(" ")
    test = press(test, "Rename it")
    assert [error.value for error in test.error] == ["Write what is bought."]

    test.text_input[0].input("Reading letters")
    press(test, "Rename it")
    assert app.store.load("case").assessment.purchase.title == "Reading letters"


def test_it_is_set_aside_with_a_reason_and_brought_back(app):
    app.create(IMPACT, {"phase": "design"})
    test = asked("Set aside")
    test.text_input[0].input("Made twice")
    press(test, "Set it aside")
    assert app.store.load("case").archived
    assert app.store.history("case")[-1].reason == "Made twice"

    press(asked("Bring back"), "Bring it back")
    assert not app.store.load("case").archived


def test_the_state_is_changed_with_a_reason_and_never_to_what_nobody_decided(app):
    app.create(IMPACT, {"phase": "design"})
    test = press(asked("Change the state"), "Change it")
    assert [error.value for error in test.error] == ["Choose where it stands."]
    (states,) = test.radio
    assert "Decided" not in states.options
    assert "In life" not in states.options

    states.set_value("withdrawn")
    test.text_input[0].input("The budget went")
    press(test, "Change it")
    assert app.store.load("case").assessment.state == "withdrawn"
    assert app.store.history("case")[-1].reason == "The budget went"


def test_where_somebody_else_decided_meanwhile_the_dialog_says_so(app):
    app.create(IMPACT, {"phase": "design"})
    test = asked("Set aside")
    app.store.delete("case", app_look(app), "Ben", "Made twice")
    test = press(test, "Set it aside")
    assert test.error


def app_look(app):
    return look(app.store.load("case"))
