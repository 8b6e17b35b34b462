"""What a team's server tells: whether it is well, its figures, who is here, and what it logs."""

import json
import logging
import threading

import pytest
from starlette.responses import PlainTextResponse
from streamlit import error_util

from procurement_risk.errors import StorageError
from procurement_risk.server import asgi, figures, health, identity, logs, mounted
from procurement_risk.server.settings import Team
from tests.support.team_servers import (  # noqa: F401
    ADA,
    OIDC,
    TOKEN,
    client,
    inner,
    running,
    sign_in,
)


@pytest.fixture
def told(running):  # noqa: F811
    """A client of a server with everything that is mounted beside the pages."""
    yield client(app=inner(*mounted.routes(running)))
    figures._kept.clear()


class Silent:
    """A store that does not answer until it is let go, as a frozen server does not."""

    def __init__(self):
        self.asked, self.go = 0, threading.Event()

    def readiness(self):
        self.asked += 1
        self.go.wait(10)
        return ""


def test_the_process_and_its_database_say_that_they_are_well(told):
    for path in ("/healthz", "/readyz"):
        said = told.get(path, headers={"host": "10.0.0.7"})  # as a machine asks
        assert (said.status_code, said.text) == (200, "ok\n")


def test_a_database_that_is_gone_is_told_and_the_process_lives(told, running, monkeypatch):  # noqa: F811
    def gone():
        raise StorageError("The database 'risk' on PostgreSQL cannot be reached.")

    monkeypatch.setattr(running.store, "readiness", gone)
    assert told.get("/readyz").status_code == 503
    assert "risk" not in told.get("/readyz").text
    assert told.get("/healthz").status_code == 200


def test_a_database_that_is_not_up_to_date_is_not_ready(told, monkeypatch):
    monkeypatch.setattr("procurement_risk.storage.tables.NEWEST", "9999")
    said = told.get("/readyz")
    assert (said.status_code, said.text) == (
        503,
        "The database is not brought up to date yet.\n",
    )


def test_a_database_that_hangs_is_told_in_time_and_asked_once(running, monkeypatch):  # noqa: F811
    monkeypatch.setattr(health, "WITHIN", 0.05)
    silent = Silent()
    hangs = client(app=inner(*health.routes(type(running)(running.team, silent))))
    assert [hangs.get("/readyz").status_code for _time in range(3)] == [503] * 3
    assert silent.asked == 1
    silent.go.set()


def test_a_fault_while_asking_the_database_is_not_told_for_ever(running):  # noqa: F811
    said = iter([RuntimeError("a fault"), "", ""])

    class Once:
        def readiness(self):
            if isinstance(answer := next(said), Exception):
                raise answer
            return answer

    faulty = client(app=inner(*health.routes(type(running)(running.team, Once()))))
    assert [faulty.get("/readyz").status_code for _time in range(3)] == [500, 200, 200]


def test_figures_are_for_whoever_has_the_token(told):
    sign_in(told).get("/answer")
    figures.saved()
    figures.refused("permission")
    figures.queue("e-mail", 3)
    with figures.drawing("portfolio"):
        pass
    for wrong in ({}, {"authorization": "Bearer guessed"}, {"authorization": TOKEN}):
        assert told.get("/metrics", headers=wrong).status_code == 401
    said = told.get("/metrics", headers={"authorization": f"Bearer {TOKEN}"}).text
    by_address = {"authorization": f"Bearer {TOKEN}", "host": "10.0.0.7:8501"}
    assert told.get("/metrics", headers=by_address).status_code == 200  # as a watcher asks
    for line in (
        'procurement_risk_requests_total{path="/page",status="200"} 1.0',
        'procurement_risk_refusals_total{reason="401"} 3.0',
        'procurement_risk_refusals_total{reason="permission"} 1.0',
        "procurement_risk_saves_total 1.0",
        "procurement_risk_open_visits 0.0",
        'procurement_risk_queue_length{queue="e-mail"} 3.0',
        'procurement_risk_page_seconds_count{page="portfolio"} 1.0',
    ):
        assert line in said


def test_without_a_token_there_are_no_figures(running):  # noqa: F811
    shut = type(running)(type(running.team)(), running.store)
    browser = client(app=inner(*mounted.routes(shut)))
    assert browser.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404
    figures._kept.clear()


def written(caplog):
    return [logs.Json().format(record) for record in caplog.records]


def test_the_log_names_nobody_and_nothing(caplog):
    caplog.set_level(logging.INFO)
    browser = sign_in(client())
    browser.get("/answer?assessment=ada-clerk", headers={"x-request-id": "Ada Clerk"})
    browser.get("/Ada%20Clerk/fails")
    browser.get("/fails")
    browser.get("/", headers={"host": "ada.example", "origin": "https://ada.example"})
    try:
        raise ValueError("Ada Clerk") from KeyError("ada@example.test")
    except ValueError as error:
        logging.getLogger("streamlit.x").error("User %s failed: %s", "Ada", error, exc_info=error)
    logging.getLogger("a").warning(PlainTextResponse("Ada"), extra={"person": "Ada"})
    lines = written(caplog)
    assert "ada" not in "".join(lines).lower()
    found = [json.loads(line) for line in lines]
    asked = [line for line in found if line["message"] == "request"]
    assert [line["status"] for line in asked] == [200, 200, 500, 421]
    assert {line["path"] for line in asked} == {"/page"}
    assert len({line["request"] for line in asked}) == 4
    (fault,) = [line for line in found if line["from"] == "streamlit.x"]
    assert fault["message"] == "User %s failed: %s"
    assert fault["error"] == ["builtins.ValueError", "builtins.KeyError"]
    assert "test_server_told.py" in fault["where"][-1]


def test_a_page_that_failed_is_told_past_our_log_by_nothing(monkeypatch):
    """Where rich is installed, Streamlit would print the words of the error and the code."""
    printed, options, real = [], asgi.options(Team(**OIDC)), error_util.config.get_option
    monkeypatch.setattr(error_util, "_print_rich_exception", printed.append)
    for ours, known in (({"logger_enableRich": True}, 1), (options, 1)):
        monkeypatch.setattr(
            error_util.config,
            "get_option",
            lambda name, ours=ours: ours.get(name.replace(".", "_"), real(name)),
        )
        error_util._log_uncaught_app_exception(ValueError("Ada Clerk"))
        assert len(printed) == known


def test_a_request_that_failed_is_in_the_log_by_the_number_that_was_answered(caplog):
    caplog.set_level(logging.INFO)
    number = sign_in(client()).get("/fails").headers["x-request-id"]
    found = [json.loads(line) for line in written(caplog)]
    failed, asked = (line for line in found if line.get("request") == number)
    assert failed["error"] == ["builtins.RuntimeError"]
    assert asked["status"] == 500


def test_who_is_here_is_what_the_sign_in_said():
    said = identity.read({**ADA, "email": "ada@example.test"}, "roles")
    assert (said.issuer, said.subject) == ("https://login.example.test", "u-1")
    assert (said.name, said.email, said.claims_roles) == (
        "Ada Clerk",
        "ada@example.test",
        ("officer",),
    )


def test_a_proxy_is_read_with_its_own_name_for_itself_and_every_letter():
    said = {"sub": "u-7", "name": "Zoë Łoś".encode().decode("latin-1"), "roles": "a, b,a"}
    found = identity.read(said, "roles", "proxy")
    assert (found.issuer, found.name, found.claims_roles) == ("proxy", "Zoë Łoś", ("a", "b"))


def test_what_a_sign_in_says_is_text_of_one_line_and_not_too_long():
    found = identity.read({"sub": ["x"], "name": "A\nB" + "c" * 999, "roles": {"a": 1}}, "roles")
    assert found.subject == ""
    assert "\n" not in found.name
    assert len(found.name) <= identity.LONGEST
