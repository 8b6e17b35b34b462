"""An officer makes a link for a supplier, watches it, takes in what came, and revokes it."""

from datetime import date, timedelta

import pytest

from procurement_risk.errors import NotFound
from procurement_risk.imports import answer_link
from procurement_risk.server import modes
from procurement_risk.server.running import Running
from procurement_risk.server.settings import Team
from procurement_risk.storage.answer_links import named
from procurement_risk.storage.operations.answer_linking import (
    asking_by,
    save_by_link,
    submit_by_link,
)
from procurement_risk.storage.people.signing_in import SignedIn, sign_in
from procurement_risk.views.shared import who
from tests.support.small_app import draw, said
from tests.support.team_servers import ADDRESS, OIDC
from tests.support.workbook_examples import FRAMEWORK, assessment, document

GRACE = SignedIn("https://sign-in.example", "7", "Grace Hopper", "grace@example.org")
UNTIL = (date.today() + timedelta(days=20)).isoformat()


@pytest.fixture
def team(app, monkeypatch):
    """A team's server with somebody signed in who has no role yet."""
    app.offer(document())
    home = app.store.add_organisation("Borough of Example", "Ada")
    app.store.create(assessment(), FRAMEWORK, "Ana")
    monkeypatch.setenv("PROCUREMENT_RISK_MODE", "team")
    monkeypatch.setattr(who, "signed_in", lambda: GRACE)
    monkeypatch.setattr(who, "FRESH_SECONDS", 0.0)
    monkeypatch.setattr(modes, "_served", [Running(Team(**OIDC), app.store)])
    person = sign_in(app.store, GRACE)

    def give(role):
        app.store.grant_role(person.id, role, home, "Ada")
        return app.store

    return give


def press(test, begins):
    (button,) = (each for each in test.button if str(each.key).startswith(begins))
    button.click().run()
    assert not test.exception


def test_an_officer_makes_a_link_watches_it_and_takes_in_what_came(team):
    store = team("officer")
    test = draw(
        "records",
        {"supplier-link-until": date.fromisoformat(UNTIL)},
        assessment="case",
        format="workbook",
    )
    press(test, "supplier-link-make")
    (address,) = (each.value for each in test.code if "/reply/" in each.value)
    assert address.startswith(f"{ADDRESS}/reply/")
    assert "not opened yet" in said(test)
    token = address.rsplit("/", 1)[1]
    save_by_link(store, token, {"S-01": {"answer": "a"}}, {"S-01": named({})})
    asking = asking_by(store, token)
    data = answer_link.workbook(asking, asking.draft.answers, {"name": "Sue Pond"})
    assert submit_by_link(store, token, asking.draft.seen, data, "Sue Pond")

    assert "A supplier's answers to accept" in "\n".join(
        each.label for each in draw("my-work").get("page_link")
    )
    test = draw("records", records="Bring in or check")
    assert "answered for by Sue Pond" in said(test)
    assert "1 answer to accept" in said(test)
    press(test, "return-new-")
    press(test, "return-accept-")
    answer = store.load("case").assessment.answer_set.answers["S-01"]
    assert (answer.options, answer.evidence) == (("a",), "E1")
    assert not store.answer_links("case")[0].waits


def test_a_link_is_revoked_by_a_click_and_only_by_an_officer(team):
    store = team("auditor")
    link = answer_link.make(store, "case", UNTIL, "", "Ana")
    test = draw("records", assessment="case", format="workbook")
    assert "Or a link instead of the file" not in said(test)
    team("officer")
    test = draw("records", assessment="case", format="workbook")
    press(test, "supplier-link-revoke-")
    assert "revoked on" in said(test)
    with pytest.raises(NotFound):
        asking_by(store, link.rsplit("/", 1)[1])
