"""Where people sign in: what each role is offered, and what is refused whatever is asked."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from procurement_risk.assessment import Purchase, Supplier
from procurement_risk.assessment.today import today
from procurement_risk.errors import NotAllowed, StorageError
from procurement_risk.storage.database import Database
from procurement_risk.storage.notifications import messages
from procurement_risk.storage.people.permissions import ROLES
from procurement_risk.storage.people.person import ALL
from procurement_risk.storage.people.signing_in import SignedIn, person_of, sign_in
from procurement_risk.views.shared import downloads, who
from tests.support.framework_documents import SMALL
from tests.support.small_app import draw, new_test, press, said, tables

GRACE = SignedIn("https://sign-in.example", "7", "Grace Hopper", "grace@example.org")


@pytest.fixture
def team(app, monkeypatch):
    """Two organisations with an assessment each, and somebody signed in who has no role yet."""
    app.offer(SMALL)
    home = app.store.add_organisation("Borough of Example", "Ada")
    away = app.store.add_organisation("Borough of Elsewhere", "Ada")
    app.create(SMALL)
    there = Purchase(id="q", title="Their secret", buyer="Borough of Elsewhere")
    app.create(SMALL, id="theirs", purchase=there)
    monkeypatch.setenv("PROCUREMENT_RISK_MODE", "team")
    monkeypatch.setattr(who, "signed_in", lambda: GRACE)
    monkeypatch.setattr(who, "FRESH_SECONDS", 0.0)
    person = sign_in(app.store, GRACE)

    def give(role, organisation=home):
        sections = ["DP"] if role == "specialist" else []
        app.store.grant_role(person.id, role, organisation, "Ada", sections=sections)

    give.home, give.away, give.person, give.store = home, away, person, app.store
    return give


def visible(test):
    """Return the addresses that the menu shows."""
    shown = test.session_state["pages"]
    return {name for name, page in shown.items() if page.visibility == "visible"}


def asked(test):
    """The radio buttons of the questions."""
    return [each for each in test.radio if each.key != "section"]


READING = {"my-work", "assessments", "portfolio", "supplier", "compare", "records"}
SHARED = {"frameworks", "help"}
MENUS = {
    "officer": READING | SHARED | {"start"},
    "specialist": READING - {"records"} | SHARED,
    "questionnaire_owner": SHARED,
    "administrator": SHARED | {"administration"},
}


FIRST = {
    "leader": "portfolio",
    "record_keeper": "records",
    "auditor": "assessments",
    "questionnaire_owner": "frameworks",
    "administrator": "administration",
}


@pytest.mark.parametrize("role", ROLES)
def test_the_menu_and_the_first_page_of_each_role(team, role):
    team(role)
    test = draw("help")
    assert visible(test) == MENUS.get(role, READING | SHARED)
    shown = test.session_state["pages"]
    first = FIRST.get(role, "my-work")
    # Any other has its own name alone: its address means the same to whoever has another role.
    bare = [first] if first == "my-work" else []
    assert [name for name, page in shown.items() if page.url_path == ""] == bare
    assert first in visible(test)


TITLES = ["Portfolio", "Records", "Assessments", "Questionnaires", "Administration"]


@pytest.mark.parametrize(("role", "title"), list(zip(FIRST, TITLES, strict=True)))
def test_the_bare_address_leads_to_the_first_page_of_a_role(team, role, title):
    team(role)
    assert title in [each.value for each in new_test({}, {}).run().title]


def test_the_first_page_is_there_by_its_name_and_no_other_that_is_not_for_one(team):
    team("administrator")
    assert [each.value for each in draw("administration").title] == ["Administration"]
    assert "You may not read" in said(draw("my-work"))


def test_what_is_shown_is_taken_out_by_whoever_may_and_that_is_written_down(team, monkeypatch):
    """The papers of the leaders' pages too, which no export format of Records writes."""
    taken = []
    button = downloads.st.download_button

    def noted(label, data, **more):
        taken.extend([data] if callable(data) else [])
        return button(label, data, **more)

    monkeypatch.setattr(downloads.st, "download_button", noted)
    team("specialist")
    for page in ("portfolio", "history"):
        test = draw(page, assessment="case")
        assert test.title, page
        assert not [each for each in test.get("download_button") if "PDF" in each.proto.label]
    assert taken == []
    assert "You may not take records" in said(draw("records"))

    team("leader")
    draw("portfolio")
    assert b"<html" in taken[-2]()
    (line,) = team.store.reads()
    assert (line.what, line.about, line.detail) == ("exported", "case", "leadership-html")


def test_who_has_no_role_is_told_whom_to_ask(team):
    test = new_test({}, {}).run()

    assert "Nobody has given you a role here yet" in said(test)
    assert "Grace Hopper" in said(test)
    assert not test.title


def test_a_typed_address_is_refused_in_words(team):
    team("auditor")

    assert "You may not start an assessment. That is for: procurement officer" in said(
        draw("start")
    )
    test = draw("administration")
    assert "You may not give roles" in said(test)
    assert [each.value for each in test.title] == ["Administration"]
    assert [each.proto.label for each in test.get("page_link")] == ["Go to Assessments"]
    assert not draw("start").text_input


def test_what_is_another_organisations_is_not_there(team):
    team("officer")

    assert "Their secret" not in said(draw("assessments"))
    assert "1 of 1 assessments" in said(draw("assessments"))
    for page in ("profile", "answer", "decision", "history", "details"):
        test = draw(page, assessment="theirs")
        assert "There is no assessment at this address" in said(test)
        assert said(test) == said(draw(page, assessment="nobodys")), page
    assert "Their secret" not in said(draw("portfolio"))
    assert "Their secret" not in said(draw("my-work"))


def test_nobody_types_another_name(team):
    """The name is shown, and stands in the history, whatever the visit holds."""
    team("officer")
    test = draw("answer", assessment="case", section="DP")

    assert "Signed in as Grace Hopper" in said(test)
    assert not [each for each in test.text_input if "name" in each.label.lower()]
    asked(test)[0].set_value("b").run()
    assert not test.exception
    last = team.store.history("case")[-1]
    assert (last.part, last.by) == ("answer:DP-1", "Grace Hopper")


def test_answers_of_other_sections_cannot_be_changed(team):
    """Neither on the page, where they are locked, nor by what a browser sends all the same."""
    team("reviewer")
    test = draw("answer", assessment="case", section="DP")
    before = len(team.store.history("case"))

    assert all(each.disabled for each in asked(test))
    asked(test)[0].proto.disabled = False  # as a browser may say
    asked(test)[0].set_value("b").run()

    assert "You may not answer questions. In Borough of Example" in said(test)
    assert len(team.store.history("case")) == before


def test_a_role_that_was_taken_back_counts_no_longer(team):
    team("officer")
    test = draw("answer", assessment="case", section="DP")
    (grant,) = team.store.role_grants()
    team.store.withdraw_role(grant.id, "Ada")
    team("auditor")
    before = len(team.store.history("case"))

    asked(test)[0].set_value("b").run()

    assert len(team.store.history("case")) == before


@pytest.mark.parametrize("believed", [600.0, -1.0])
def test_what_a_silent_database_does_not_take_is_kept_and_saved_when_it_is_back(
    team, monkeypatch, believed
):
    """The page says so, and fails neither where it is told who is at work, nor where it is not."""
    team("officer")
    test = draw("answer", assessment="case", section="DP")
    before = len(team.store.history("case"))
    monkeypatch.setattr(who, "BELIEVED_SECONDS", believed)

    def silent(_database):
        raise StorageError("The database does not answer.")

    with monkeypatch.context() as patched:
        patched.setattr(Database, "reading", silent)
        patched.setattr(Database, "writing", silent)
        asked(test)[0].set_value("b").run()
        assert not test.exception
        assert "The database does not answer." in said(test)
    assert len(team.store.history("case")) == before

    test.run()
    assert not test.exception
    last = team.store.history("case")[-1]
    assert (last.part, last.after["option"], last.by) == ("answer:DP-1", "b", "Grace Hopper")


def test_forms_of_others_are_not_offered(team):
    team("auditor")

    decision = draw("decision", assessment="case")
    assert "Record the decision" not in [each.label for each in decision.button]
    assert "You may not record a decision" in said(decision)
    assert [tab.label for tab in draw("records").tabs] == ["Take out"]
    assert "You may not change the purchase" in said(draw("details", assessment="case"))
    asked_of = draw("answer", assessment="case", section="DP")
    assert "Comment" not in [each.label for each in asked_of.button]


def test_an_administrator_gives_a_role(team):
    team("administrator", ALL)
    test = draw("administration")
    assert tables(test)[0][0][:2] == ["Grace Hopper", "grace@example.org"]

    named = test.multiselect(key="give-s").options
    assert "Data privacy" in " ".join(named)
    assert "DP" not in named
    test.selectbox(key="give-to").select(team.person.id)
    test.selectbox(key="give-r").select("auditor")
    test.selectbox(key="give-o").select(team.away)
    press(test, "Give the role")

    given = [each.held for each in team.store.role_grants()]
    assert [(each.role, each.organisation) for each in given] == [
        ("administrator", ALL),
        ("auditor", team.away),
    ]
    assert "assessments" in visible(draw("help"))


@pytest.mark.parametrize("tab", ["Organisations", "Agreements", "Tokens", "Settings"])
def test_every_tab_of_the_administration_is_drawn(team, tab):
    team("administrator", ALL)
    test = draw("administration", administration=tab)
    assert test.button


@pytest.mark.parametrize("tab", ["Tokens", "Webhooks"])
def test_no_name_that_an_administrator_is_shown_is_markup(team, tab):
    team("administrator")
    whole, text = team.store, "<img src=x> [k](javascript:x) :red[r]"
    whole.make_token(f"T {text}", "auditor", team.home, today(), f"By {text}")
    whole.add_webhook(f"W {text}", f"https://a.example.test/?{text}", team.home, ["look"], "Ada")
    test = draw("administration", administration=tab)
    cells = [str(each) for table in test.table for each in table.value.to_numpy().ravel()]
    shown = [cell for cell in cells if "img src" in cell]
    assert shown
    assert not [cell for cell in shown if "(javascript:x)" in cell or ":red[" in cell]
    assert not [cell for cell in shown if "<img" in cell.replace("\\<", "")]


def test_alone_nobody_administers(app):
    test = draw("administration")
    assert "Nobody signs in here" in said(test)
    assert "administration" not in visible(test)


def test_who_starts_for_one_organisation_finds_it_written(team):
    team("officer")
    test = draw("start")
    assert "Borough of Example" in [each.value for each in test.text_input]


def test_nothing_invented_is_offered_to_a_team(team):
    team("auditor", team.store.add_organisation("An empty one", "Ada"))
    test = draw("assessments")
    assert "There is no assessment yet in the organisations that you read for" in said(test)
    assert not [each for each in test.button if "demonstration" in each.label]


def test_whoever_has_signed_in_decides_and_nobody_types_another(team):
    team("decision_maker")
    test = draw("decision", assessment="case")
    assert "Grace Hopper" in said(test)
    assert "Decided by" not in [each.label for each in test.text_input]


def test_a_reviewer_is_shown_what_waits_and_reviews_it(team):
    """Not what they filled themselves: an officer who reviews as well is told."""
    team("reviewer")
    team.store.save("case", "answer:DP-1", {"option": "a"}, 0, "Bo")
    team.store.save("case", "state", "in_review", 1, "Ada")
    assert "responsible: Ana" in said(draw("my-work"))

    test = draw("answer", assessment="case", section="DP")
    assert "Nobody has reviewed this section yet" in said(test)
    press(test, "Return it")
    assert "Write what is to be changed" in said(test)
    test.text_area[-1].input("Which contract?")
    press(test, "Return it")
    assert "**Returned** by Grace Hopper" in said(test)
    assert team.store.load("case").assessment.reviews["DP"].note == "Which contract?"

    team("officer")
    team.store.save("case", "answer:DP-1", {"option": "b"}, 1, "Grace Hopper")
    test = draw("answer", assessment="case", section="DP")
    assert "waits to be reviewed again" in said(test)
    assert "somebody else has to review it" in said(test)
    assert not [each for each in test.button if each.label == "Return it"]


def test_two_people_answer_alone_and_agree(team):
    """What is chosen on the card goes nowhere until both are done; then both stand there."""
    team("officer")
    test = draw("answer", assessment="case", section="DP")
    press(test, "Hand this section over")
    test.text_input(key="handover-owner").set_value("Grace Hopper")
    test.text_input(key="handover-second").set_value("Bo")
    press(test, "Hand over")
    assert "Nobody called 'Bo' may answer this section" in test.session_state["handover-problem"]
    bo = sign_in(team.store, SignedIn("https://sign-in.example", "8", "Bo", "bo@example.org"))
    team.store.grant_role(bo.id, "specialist", team.home, "Ada", sections=["DP"])
    press(test, "Hand this section over")
    test.text_input(key="handover-owner").set_value("Grace Hopper")
    test.text_input(key="handover-second").set_value("Bo")
    press(test, "Hand over")

    test = draw("answer", assessment="case", section="DP")
    assert "**You and Bo** each answer this section alone" in said(test)
    asked(test)[0].set_value("b").run()
    assert "for you alone" in said(test)
    assert "You have answered 1 of" in said(test)
    assert "DP-1" not in team.store.load("case").assessment.answer_set.answers
    elsewhere = {"option": "a", "by": "Grace Hopper"}
    team.store.answer_alone("case", "DP-1", elsewhere, "Grace Hopper")
    asked(test)[0].set_value("c").run()
    assert "was changed elsewhere while you were working on it" in said(test)
    asked(test)[0].set_value("b")
    press(test, "Use mine")
    assert asked(draw("answer", assessment="case", section="DP"))[0].value == "b"
    team.store.answer_alone("case", "DP-1", {"option": "c", "by": "Bo"}, "Bo")
    press(test, "I am done with this section")
    assert "You are done" in said(test)
    team.store.finish_alone("case", "DP", "Bo")

    test = draw("answer", assessment="case", section="DP")
    assert "Two people answered this alone and differ" in said(test)
    assert asked(test)[0].disabled
    press(test, "Agree on the answer of Bo")
    assert "Write why you agreed" in said(test)
    test.text_area[-1].input("Bo saw the *contract*.")
    press(test, "Agree on the answer of Bo")
    assert "They agreed on this one" in said(test)
    stands = team.store.load("case").assessment.answer_set.answers["DP-1"]
    assert (stands.option, stands.agreed) == ("c", "Bo saw the *contract*.")
    assert not asked(test)[0].disabled


@pytest.mark.parametrize("role", ["auditor", "administrator"])
def test_who_reads_the_log_finds_what_was_read(team, role):
    team("officer")
    reader = team.store.acting(person_of(team.store, team.person.id))
    reader.exporting(["case"], "=pdf")
    team(role, ALL)
    test = draw("administration", administration="What was read")
    assert "Grace Hopper" in repr(tables(test))
    assert "taken out" in repr(tables(test))
    assert "administration" in visible(test)


def test_what_two_pages_show_of_several_is_written_down_once(team):
    """Compare and Suppliers show whole assessments: those with something withheld are logged."""
    team("officer")
    held = team.store.load("case")
    bid = replace(held.assessment, id="rival", supplier=Supplier(name="Rival Ltd"))
    team.store.create(bid, held.framework, "Ana")
    withheld = {"supplier.name": {"ground": "commercial", "reason": "Bids", "until": "2027-01-01"}}
    for name in ("case", "rival", "theirs"):
        team.store.save(name, "markings", withheld, 0, "Ana")

    draw("compare", purchase=held.assessment.purchase.id)
    assert {each.about for each in team.store.reads()} == {"case", "rival"}
    (supplier,) = (s for s in team.store.suppliers() if s.name == "Rival Ltd")
    draw("supplier", supplier=supplier.id)
    assert len(team.store.reads()) == 2


def test_an_auditor_of_one_organisation_reads_no_log(team):
    team("auditor")
    assert "administration" not in visible(draw("help"))


def test_somebody_chooses_what_they_are_told_from_my_work(team):
    team("officer")
    assert "notify-me" in [link.proto.page for link in draw("my-work").get("page_link")]
    test = draw("notify-me")
    assert "grace@example.org" in said(test)
    assert "My work" in [link.proto.label for link in test.get("page_link")]
    assert {each.value for each in test.radio} == {"daily"}
    test.radio(key="notify-handover").set_value("at_once")
    test.radio(key="notify-comment").set_value("never")
    test.selectbox(key="notify-language").set_value("fr")
    press(test, "Save my choices")
    assert team.store.notice_language(team.person.id) == "fr"
    chosen = team.store.notice_choices(team.person.id)
    assert (chosen["handover"], chosen["comment"], chosen["condition"]) == (
        "at_once", "never", "daily"
    )  # fmt: skip
    assert draw("notify-me").radio(key="notify-handover").value == "at_once"


def test_an_administrator_registers_a_webhook_and_sees_what_is_stuck(team, monkeypatch):
    team("administrator", ALL)
    assert "Webhooks are not set up" in said(draw("administration", administration="Webhooks"))
    monkeypatch.setenv("PROCUREMENT_RISK_WEBHOOK_KEY", "a key of these tests, long enough for it")
    test = draw("administration", administration="Webhooks")
    test.text_input(key="webhook-what").set_value("Planning")
    test.text_input(key="webhook-to").set_value("http://planning.example.test")
    test.multiselect(key="webhook-kinds").set_value(["condition"])
    press(test, "Register it")
    assert "begins with https" in said(test)
    test.text_input(key="webhook-to").set_value("https://planning.example.test/in")
    press(test, "Register it")
    (secret,) = [each.value for each in test.code]
    assert secret.startswith("whsec_")
    shown = draw("administration", administration="Webhooks")
    assert "Planning" in str(tables(shown))
    assert not shown.code
    with team.store.writing() as connection:
        messages.put(connection, "k", "digest", {}, datetime.now(UTC), person_id=team.person.id)
    (message_id, _webhook) = messages.due(team.store, datetime.now(UTC))[0]
    message = messages.claim(team.store, message_id, datetime.now(UTC))
    messages.finish(team.store, message, "unclear", datetime.now(UTC), "no_answer")
    test = draw("administration", administration="Messages")
    assert "No answer came" in str(tables(test))
    test.selectbox[0].set_value(message_id)
    press(test, "Send it again")
    assert team.store.message_counts() == {"waiting": 1}
    team.store.withdraw_role(team.store.role_grants()[0].id, "Ada")
    team("administrator", team.home)
    assert "Planning" not in str(tables(draw("administration", administration="Webhooks")))
    with pytest.raises(NotAllowed):
        who.store_of(team.store).stuck_messages()
