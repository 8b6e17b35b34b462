"""The commands in a team: in the role of a token, or of whoever runs the server."""

from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner

from procurement_risk.cli.main import main
from procurement_risk.storage import open_store
from procurement_risk.storage.people.person import ALL, Held
from procurement_risk.storage.people.signing_in import SignedIn, person_of, sign_in
from tests.support.stored_examples import FULL, framework

UNTIL = (datetime.now(UTC).date() + timedelta(days=9)).isoformat()


@pytest.fixture
def store(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path}/store.sqlite3"
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE", url)
    monkeypatch.setenv("PROCUREMENT_RISK_MODE", "team")
    opened = open_store(url)
    yield opened
    opened.close()


def run(*command):
    done = CliRunner().invoke(main, command)
    return done.exit_code, done.output


def test_the_first_administrator_is_made_on_the_server(store):
    person = sign_in(store, SignedIn("https://x.example", "7", "Grace Hopper", "g@x.example"))
    assert run("add-organisation", "Exampleshire Council")[0] == 0
    (organisation,) = store.organisations()

    assert run("grant-role", "g@x.example", "administrator")[0] == 0
    where = ("--organisation", "Exampleshire Council", "--section", "DP")
    assert run("grant-role", person.id, "specialist", *where)[0] == 0

    assert set(person_of(store, person.id).roles) == {
        Held("administrator", ALL),
        Held("specialist", organisation.id, ("DP",)),
    }
    code, said = run("people")
    assert code == 0
    assert "specialist DP, Exampleshire Council" in said
    grant = store.role_grants()[0]
    assert run("withdraw-role", grant.id)[0] == 0
    assert len(store.role_grants()) == 1
    for wrong in (("nobody@x.example", "officer"), (person.id, "king")):
        code, said = run("grant-role", *wrong)
        assert code == 1
        assert "Traceback" not in said


def test_a_command_may_what_its_token_may(store, monkeypatch):
    organisation = store.add_organisation("Exampleshire Council", "Ada")
    store.create(FULL, framework(), "Ada")
    code, said = run("set-aside", FULL.id)
    assert (code, f"There is no assessment '{FULL.id}' here" in said) == (1, True)

    monkeypatch.setenv(
        "PROCUREMENT_RISK_TOKEN",
        store.make_token("Desk", "auditor", organisation, UNTIL, "Ada"),
    )
    assert FULL.id in run("list")[1]
    code, said = run("set-aside", FULL.id)
    assert code == 1
    assert "You may not set an assessment aside" in said
    monkeypatch.setenv("PROCUREMENT_RISK_TOKEN", "prt_guessed")
    code, said = run("list")
    assert code == 1
    assert "This token does not work here" in said


def test_a_paper_by_a_command_is_for_whoever_may_take_out(store, monkeypatch, tmp_path):
    organisation = store.add_organisation(FULL.purchase.buyer, "Ada")
    store.create(FULL, framework(), "Ada")
    paper = tmp_path / "portfolio.html"
    for role, ends in (("specialist", 1), ("leader", 0)):
        sections = ("DP",) if role == "specialist" else ()
        token = store.make_token(role, role, organisation, UNTIL, "Ada", sections=sections)
        monkeypatch.setenv("PROCUREMENT_RISK_TOKEN", token)
        code, said = run("portfolio", "-o", str(paper))
        assert (code, paper.exists()) == (ends, not ends), said
    assert [(each.about, each.detail) for each in store.reads()] == [(FULL.id, "portfolio.html")]


def test_a_command_works_on_the_database_of_the_server_and_on_no_empty_file(
    store, tmp_path, monkeypatch
):
    """Where the server's settings name it, as in the units; a file made here would be another."""
    url = f"sqlite:///{tmp_path}/store.sqlite3"
    monkeypatch.delenv("PROCUREMENT_RISK_DATABASE")
    code, said = run("backup", str(tmp_path / "none"))
    assert code == 2
    assert "no settings of the team's server name a database" in said
    store.add_organisation("Exampleshire Council", "Ada")
    store.create(FULL, framework(), "Ada")
    (tmp_path / "address").write_text(f"{url}\n")
    monkeypatch.setenv("PROCUREMENT_RISK_DATABASE_FILE", str(tmp_path / "address"))
    code, said = run("backup", str(tmp_path / "backup"))
    assert code == 0
    assert "1 assessment" in said
