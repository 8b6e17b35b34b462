"""Webhooks: signed, called once, to public addresses alone."""

import json
import re
import socket
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from http.client import HTTPException

import pytest
import sqlalchemy as sa

from procurement_risk.errors import NotFound, UsageError
from procurement_risk.portfolio.notices import KINDS
from procurement_risk.server.notify import hooks, looking, outside, registering, sending
from procurement_risk.server.notify.outcome import Outcome
from procurement_risk.server.settings import Team
from procurement_risk.storage import tables
from procurement_risk.storage.notifications import messages
from procurement_risk.storage.operations import loading
from procurement_risk.storage.people.person import ALL
from tests.support.api_examples import AWAY, HOME, Served, bought_by
from tests.support.databases import store, url  # noqa: F401
from tests.support.mail_server import Receiver, served
from tests.support.places import ROOT
from tests.support.stored_examples import framework
from tests.support.team_servers import OIDC

KEY = "the webhook key of these tests, long enough"
NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
TEAM = Team(**OIDC, webhook_key=KEY, webhook_private="yes")


@pytest.fixture(autouse=True)
def settings(monkeypatch):
    monkeypatch.setenv("PROCUREMENT_RISK_MODE", "team")
    monkeypatch.setenv("PROCUREMENT_RISK_WEBHOOK_KEY", KEY)
    monkeypatch.setenv("PROCUREMENT_RISK_WEBHOOK_PRIVATE", "yes")


@pytest.fixture
def receiver():
    with served(Receiver()) as found:
        yield found


@pytest.fixture
def filled(store):  # noqa: F811
    """Two organisations, an assessment in each that is not made up."""
    found = Served(store)
    for name, buyer in (("ours", HOME), ("afar", AWAY)):
        store.create(replace(bought_by(name, buyer), fictional=False), framework(), "Ada")
    return found


def hook(filled, receiver, organisation=None, kinds=KINDS, name="Cases"):
    """A webhook that has begun: what waits already is not told."""
    made = registering.register(
        filled.store, name, receiver.address, organisation or filled.home, kinds, "Ada"
    )
    looking.look(filled.store, TEAM, NOW)
    return made


def hand_over(filled, name="ours", section="DP"):
    value = {"owner": "Grace", "note": "Planted note", "by": "Ada", "at": "2026-11-30T09:00:00Z"}
    filled.store.save(name, f"handover:{section}", value, 0, "Ada")


def told(filled, minutes=0):
    at = NOW + timedelta(minutes=minutes)
    looking.look(filled.store, TEAM, at)
    return sending.send(filled.store, TEAM, lambda: at)


def test_a_webhook_is_called_once_and_signed(filled, receiver):
    _made, secret = hook(filled, receiver)
    assert told(filled).total() == 0
    hand_over(filled)
    hand_over(filled, "afar")  # of another organisation
    assert told(filled) == {"sent": 1}
    assert told(filled, 60).total() == 0
    ((path, headers, body),) = receiver.got
    assert path == "/hook?x=1"
    sent = json.loads(body)
    assert sent["address"] == "https://risk.example.test/profile?assessment=ours"
    assert (sent["kind"], sent["assessment"], sent["late"]) == ("handover", "ours", False)
    assert sent.keys() == {"id", "at", "kind", "assessment", "due", "late", "address"}
    assert not re.search(rb"Planted|Grace|Ada|Council", body)
    told_how = {}
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    exec(re.search(r"^```py\n(.*?)^```", page, re.M | re.S)[1], told_how)  # as it is documented
    given = {name.title(): value for name, value in headers.items()}
    assert told_how["is_ours"](secret, given, body)
    assert not told_how["is_ours"](secret, given, body + b" ")
    assert not told_how["is_ours"]("whsec_other", given, body)
    late = {**given, "X-Procurement-Risk-Timestamp": str(int(time.time()) - 900)}
    assert not told_how["is_ours"](secret, late, body)


def test_no_queue_waits_for_another(filled, receiver, monkeypatch):
    """Not for one that is slow, nor for one that is so long that it fills what is looked at."""
    slow, _quick = (hook(filled, receiver, ALL, name=name)[0] for name in ("Slow", "Quick"))
    with filled.store.writing() as connection:
        for number in range(messages.AT_ONCE):
            messages.put(connection, f"x{number}", "test", {}, NOW, webhook_id=slow)
    hand_over(filled)
    looking.look(filled.store, TEAM, NOW)
    answered, call = threading.Event(), hooks.call

    def called(message, webhook, team):
        if webhook.id == slow:
            return Outcome("again", "slow" if answered.wait(5) else "the other one waited")
        answered.set()
        return call(message, webhook, team)

    monkeypatch.setattr(hooks, "call", called)
    assert sending.send(filled.store, TEAM, lambda: NOW) == {"sent": 1, "again": 1}
    assert {each.why for each in filled.store.webhook_deliveries(slow)} == {"", "slow"}


def test_a_look_reads_what_changed_and_nothing_else(filled, receiver, monkeypatch):
    hook(filled, receiver, ALL)
    read, load = [], loading.read_many
    monkeypatch.setattr(
        type(filled.store), "read_many", lambda held, ids: read.extend(ids) or load(held, ids)
    )
    hand_over(filled)
    hand_over(filled, "afar")
    for _turn in range(3):
        looking.look(filled.store, TEAM, NOW)
    assert sorted(read) == ["afar", "ours"]


def test_what_was_refused_is_tried_again_under_the_same_id(filled, receiver):
    made, _secret = hook(filled, receiver, ALL)
    receiver.says = "503 later"
    hand_over(filled)
    hand_over(filled, "afar")
    assert told(filled) == {"again": 1}  # the other one waits until it is better
    receiver.says = "204 No Content"
    assert told(filled, 2) == {"sent": 2}
    ids = [headers["x-procurement-risk-id"] for _path, headers, _body in receiver.got]
    assert (len(ids), len(set(ids))) == (3, 2)
    calls = filled.store.webhook_deliveries(made)
    assert [each.state for each in calls] == ["sent", "sent"]


def test_a_webhook_without_an_answer_is_unclear(filled, receiver):
    hook(filled, receiver)
    receiver.says = None
    hand_over(filled)
    assert told(filled) == {"unclear": 1}
    assert told(filled, 600).total() == 0
    assert len(receiver.got) == 1


def test_a_redirect_is_not_followed(filled, receiver):
    hook(filled, receiver)
    receiver.says = "307 Elsewhere"
    hand_over(filled)
    assert told(filled) == {"failed": 1}
    assert filled.store.stuck_messages()[0].why == "redirected"
    assert len(receiver.got) == 1


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "a.localhost.", "[::1]", "0", "127.1", "0x7f.1", "2130706433",
     "169.254.169.254", "[::ffff:10.0.0.1]", "[fd00::1]"],
)  # fmt: skip
def test_an_address_inside_is_refused_where_it_is_written(host):
    with pytest.raises(outside.NotAllowedThere):
        outside.refuse(f"https://{host}/hook", private=False)
    assert outside.refuse(f"https://{host}/hook", private=True)
    assert outside.refuse("https://hooks.example.com/x", private=False)
    assert outside.refuse("https://93.184.215.14/x", private=False)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
     "224.0.0.1", "::1", "::ffff:10.0.0.1", "fe80::1%eth0", "fd00::1", "64:ff9b::a00:1",
     "2002:a00:1::1", "::127.0.0.1", "255.255.255.255", "fec0::1", "::ffff:0:10.0.0.1"],
)  # fmt: skip
def test_a_webhook_leads_to_public_addresses_only(address, monkeypatch):
    """Also where only one of several addresses of a name is inside; and it is looked up once."""
    assert not outside.is_public(address)
    assert outside.is_public("93.184.215.14")
    public = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 443))
    inside = (socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, 443))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_args, **_more: [public, inside])
    monkeypatch.setattr(socket, "create_connection", None)
    with pytest.raises(outside.NotAllowedThere):
        outside.opened("https://rebound.example.test/", private=False)


@pytest.mark.parametrize(
    "address",
    ["http://a.example.test", "ftp://a.example.test", "https://", "https://u:p@a.example.test",
     "https://a.example.test/#x", "https://a.example.test:0/", "https://a.example.test:x/",
     "https://a.example.test/\r\nX: y", "https://a.example.test\\@b", "file:///etc/passwd", ""],
)  # fmt: skip
def test_an_address_that_will_not_do_is_refused_when_it_is_registered(address, monkeypatch):
    monkeypatch.setenv("PROCUREMENT_RISK_WEBHOOK_PRIVATE", "no")
    with pytest.raises(UsageError):
        registering.register(None, "x", address, "home", ["look"], "Ada")


def test_an_answer_that_drips_is_cut(monkeypatch):
    monkeypatch.setattr(outside, "ALTOGETHER_SECONDS", 0.2)
    listening = socket.create_server(("127.0.0.1", 0))
    port = listening.getsockname()[1]
    began = time.monotonic()
    with outside.opened(f"http://127.0.0.1:{port}/", private=True) as line:
        here, _from = listening.accept()
        here.sendall(b"HTTP/1.1 100 Continue\r\n")
        with pytest.raises((OSError, HTTPException)):
            line.post(b"{}", {})
    here.close()
    listening.close()
    assert time.monotonic() - began < 5


def test_no_secret_of_a_webhook_is_kept_or_logged(filled, receiver, caplog):
    made, secret = hook(filled, receiver)
    receiver.says = "500 no"
    hand_over(filled)
    told(filled)
    assert secret == hooks.secret_of(KEY, made) != hooks.secret_of(KEY, "other")
    with filled.store.reading() as connection:
        for table in tables.metadata.sorted_tables:
            assert secret not in str(connection.execute(sa.select(table)).all())
    assert "not sent" in caplog.text
    for each in (secret, KEY, "127.0.0.1", "Planted"):
        assert each not in caplog.text
    assert KEY not in repr(TEAM)


def test_a_program_registers_sees_and_removes_those_of_its_organisation(filled, receiver):
    client = filled.client("administrator")
    new = {"name": "Cases", "address": receiver.address, "kinds": ["handover"]}
    key = {"idempotency-key": "webhook-number-1"}
    made, again = (client.post("/api/webhooks", json=new, headers=key) for _time in range(2))
    assert made.status_code == again.status_code == 201
    assert made.json()["secret"].startswith("whsec_")
    assert again.json() == {"id": made.json()["id"], "secret": ""}
    for wrong in ({"kinds": []}, {"kinds": ["colour"]}, {"name": ""}, {"address": "x"}):
        assert client.post("/api/webhooks", json={**new, **wrong}).status_code == 422, wrong
    for elsewhere in (filled.away, "*"):
        answer = client.post("/api/webhooks", json={**new, "organisation": elsewhere})
        assert answer.status_code == 403
    (listed,) = client.get("/api/webhooks").json()["webhooks"]
    assert listed["id"] == made.json()["id"]
    assert "secret" not in str(listed)
    theirs = registering.register(filled.store, "T", receiver.address, filled.away, ["look"], "A")
    assert len(client.get("/api/webhooks").json()["webhooks"]) == 1
    for name in (theirs[0], "nothing"):
        assert client.get(f"/api/webhooks/{name}/deliveries").status_code == 404
        assert client.delete(f"/api/webhooks/{name}").status_code == 404
    looking.look(filled.store, TEAM, NOW)
    hand_over(filled)
    told(filled)
    (call,) = client.get(f"/api/webhooks/{listed['id']}/deliveries").json()["deliveries"]
    assert (call["kind"], call["state"], call["attempts"]) == ("handover", "sent", 1)
    assert client.delete(f"/api/webhooks/{listed['id']}").status_code == 200
    with pytest.raises(NotFound):
        filled.store.webhook_deliveries(listed["id"])
    assert {HOME, AWAY} == {each.name for each in filled.store.organisations()}


def test_without_a_key_none_is_registered_or_called(filled, receiver, monkeypatch):
    hook(filled, receiver)
    hand_over(filled)
    looking.look(filled.store, TEAM, NOW)
    assert sending.send(filled.store, Team(**OIDC), lambda: NOW) == {"failed": 1}
    monkeypatch.delenv("PROCUREMENT_RISK_WEBHOOK_KEY")
    with pytest.raises(UsageError, match="not set up"):
        hook(filled, receiver)
    assert receiver.got == []
