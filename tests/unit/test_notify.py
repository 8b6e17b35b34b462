"""Telling people what waits: each thing once, in numbers alone, and never twice."""

import threading
import time
from collections import Counter
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from email import message_from_string
from email.policy import default

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from procurement_risk import language
from procurement_risk.assessment import HandOver
from procurement_risk.cli.main import main
from procurement_risk.errors import UsageError
from procurement_risk.portfolio import notices
from procurement_risk.portfolio.notices import KINDS
from procurement_risk.server.notify import looking, sending, smtp, working
from procurement_risk.server.settings import Team
from procurement_risk.storage import mentions, open_store, places, tables
from procurement_risk.storage.notifications import messages
from procurement_risk.storage.people.signing_in import SignedIn, sign_in
from tests.support.databases import store, url  # noqa: F401
from tests.support.mail_server import Mail, certificate, served
from tests.support.places import ROOT
from tests.support.stored_examples import BARE, framework
from tests.support.team_servers import OIDC

GRACE = SignedIn("https://login.example.test", "7", "Grace Hopper", "grace@example.test")
SECRETS = ("Planted title", "Planted Supplier", "Planted Council", "Planted note", "Grace", "case")
MORNING = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
TABLES = {name: tables.metadata.tables[name] for name in ("notice_choice", "noticed", "message")}
LATER = MORNING + timedelta(hours=3)


@pytest.fixture(autouse=True)
def london(monkeypatch):
    monkeypatch.setenv("PROCUREMENT_RISK_MODE", "team")
    monkeypatch.setenv("PROCUREMENT_RISK_TIME_ZONE", "Europe/London")


@pytest.fixture
def mail():
    with served(Mail()) as server:
        yield server


def team(server, **changed):
    known = {"smtp_host": "127.0.0.1", "smtp_port": server.port, "smtp_security": "none"}
    return Team(**{**OIDC, **known, "mail_from": "risk@example.test", **changed})


@pytest.fixture
def case(store):  # noqa: F811
    """Somebody to whom a section is handed over, in an assessment full of what may not leave."""
    home = store.add_organisation("Planted Council", "Ada")
    person = sign_in(store, GRACE)
    store.grant_role(person.id, "officer", home, "Ada")
    purchase = replace(BARE.purchase, title="Planted title", buyer="Planted Council")
    supplier = replace(BARE.supplier, name="Planted Supplier")
    about = replace(BARE, id="case", purchase=purchase, supplier=supplier, fictional=False)
    store.create(replace(about, handovers={"DP": hand_over()}), framework(), "Ada")
    store.person, store.home = person.id, home
    return store


def hand_over(at="2026-11-29T10:00:00Z"):
    return HandOver(owner="grace hopper", note="Planted note", by="Ada", at=at)


def hand_over_more(case, section, **changed):
    value = {"owner": "Grace Hopper", "by": "Ada", "at": "2026-11-30T09:00:00Z", **changed}
    case.save("case", f"handover:{section}", value, 0, "Ada")


def told(case, server, at=MORNING, **changed):
    """Look and send at a moment, and return what came of it."""
    looking.look(case, team(server, **changed), at)
    return sending.send(case, team(server, **changed), lambda: at)


def choose(case, **choices):
    case.choose_notices(case.person, choices, "Grace Hopper")


def state(case):
    return case.message_counts()


def test_what_waits_is_told_once_a_day_in_numbers_alone(case, mail):
    assert told(case, mail, MORNING - timedelta(hours=2)).total() == 0  # before seven
    assert told(case, mail) == {"sent": 1}
    ((to, text),) = mail.got
    assert to == "grace@example.test"
    assert "- 1 hand-over\n" in text
    assert "See what it is: https://risk.example.test/\n" in text
    assert "Transfer-Encoding: 7bit" in text
    assert "https://risk.example.test/notify-me" in text
    assert not [each for each in SECRETS if each in text.replace(to, "")]
    for hours in (24, 48):
        assert told(case, mail, MORNING + timedelta(hours=hours)).total() == 0
    written = []
    case.on_written(lambda: written.append(1))
    assert told(case, mail, MORNING + timedelta(hours=49)).total() == 0
    assert written == []  # where nothing is new


def test_the_mail_of_the_day_leaves_once_in_the_local_day(case, mail):
    """Half past midnight of a summer's day is still yesterday where clocks show UTC."""
    night = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert told(case, mail, night, digest_hour="0") == {"sent": 1}  # it is 1 July in London
    hand_over_more(case, "CX")
    assert told(case, mail, night + timedelta(hours=23), digest_hour="0").total() == 0
    assert told(case, mail, night + timedelta(hours=24), digest_hour="0") == {"sent": 1}
    assert "- 2 hand-overs (1 new)" in mail.got[-1][1]
    choose(case, handover="at_once")
    hand_over_more(case, "XX", due="2026-01-01")
    assert told(case, mail, night + timedelta(hours=24, minutes=1)) == {"sent": 1}
    assert "1 thing waits for you now" in mail.got[-1][1]
    assert "- 1 hand-over (1 late)" in mail.got[-1][1]


def test_nobody_is_told_what_they_chose_not_to_be(case, mail):
    choose(case, handover="never")
    assert told(case, mail).total() == 0
    choose(case, handover="at_once")
    assert told(case, mail, LATER).total() == 0  # it was there before
    hand_over_more(case, "CX")
    assert told(case, mail, LATER) == {"sent": 1}


def test_nobody_is_told_of_what_they_do_not_see(case, mail):
    (grant,) = case.role_grants()
    case.withdraw_role(grant.id, "Ada")
    away = case.add_organisation("Otherham", "Ada")
    case.grant_role(case.person, "officer", away, "Ada")
    assert told(case, mail).total() == 0
    assert mail.got == []


def test_who_left_gets_nothing_more(case, mail):
    looking.look(case, team(mail), MORNING)
    case.switch_person(case.person, "Ada", active=False)
    assert sending.send(case, team(mail), lambda: MORNING) == {"dropped": 1}
    assert (mail.got, state(case)) == ([], {})


def test_a_server_that_fails_and_recovers_gets_it_once(case, mail):
    mail.rcpt = "451 later"
    now = MORNING
    looking.look(case, team(mail), now)
    for minutes in (0, 1, 5, 30):
        now += timedelta(minutes=minutes)
        assert sending.send(case, team(mail), lambda: now) == {"again": 1}  # noqa: B023
        assert sending.send(case, team(mail), lambda: now).total() == 0  # noqa: B023
    mail.rcpt = "250 ok"
    assert sending.send(case, team(mail), lambda: now + timedelta(hours=2)) == {"sent": 1}
    assert len(mail.got) == 1


def test_after_the_last_try_an_administrator_sees_it(case, mail):
    nowhere = team(mail, smtp_port="1")
    now = MORNING
    looking.look(case, nowhere, now)
    done = Counter()
    for pause in (timedelta(0), *messages.PAUSES):
        now += pause
        done += sending.send(case, nowhere, lambda: now)  # noqa: B023
    assert done == {"again": 6, "failed": 1}
    assert state(case) == {"failed": 1}
    (stuck,) = case.stuck_messages()
    assert (stuck.why, stuck.attempts) == ("not_reached", 7)
    messages.tidy(case, now + messages.STUCK_FOR - timedelta(hours=1))
    assert len(case.stuck_messages()) == 1
    case.send_message_again(stuck.id, "Ada")
    assert sending.send(case, team(mail), lambda: now) == {"sent": 1}
    mail.rcpt = "550 nobody of that name"
    hand_over_more(case, "CX")
    assert told(case, mail, MORNING + timedelta(days=9)) == {"failed": 1}  # no try would help
    messages.tidy(case, MORNING + timedelta(days=100))
    assert case.stuck_messages() == []


def test_what_may_have_arrived_is_not_sent_again_by_itself(case, mail):
    mail.says = None  # hangs up once it has all of it
    assert told(case, mail) == {"unclear": 1}
    mail.says = "250 taken"
    assert told(case, mail, MORNING + timedelta(days=3)).total() == 0
    hand_over_more(case, "CX")
    looking.look(case, team(mail), MORNING + timedelta(days=4))
    ((message_id, _hook),) = messages.due(case, MORNING + timedelta(days=4))
    assert messages.claim(case, message_id, MORNING + timedelta(days=4))  # and the process dies
    assert told(case, mail, MORNING + timedelta(days=4, minutes=9)).total() == 0
    assert told(case, mail, MORNING + timedelta(days=5)).total() == 0
    assert state(case) == {"unclear": 2}
    assert {each.why for each in case.stuck_messages()} == {"no_answer", "process_ended"}
    assert mail.got == []


def test_two_at_once_send_each_message_once(case, mail, url):  # noqa: F811
    """Two processes that share a database, looking and sending at the same moment."""
    choose(case, handover="at_once")
    other = open_store(url)
    for number, section in enumerate(("", "CX", "XX")):
        if section:
            hand_over_more(case, section)
        at = MORNING + timedelta(minutes=number)
        gate = threading.Barrier(2)

        def work(one, at=at, gate=gate):
            gate.wait()
            told(one, mail, at)

        threads = [threading.Thread(target=work, args=(one,)) for one in (case, other)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        told(other, mail, at)  # what one has put in while the other had done
        assert len(mail.got) == number + 1
    with case.writing() as connection:
        for number in range(20):
            messages.put(connection, str(number), "test", {}, MORNING, person_id=case.person)
    queued = [each for each, _hook in messages.due(case, LATER)]
    taken = []

    def claim(one):
        taken.extend(each for each in queued if messages.claim(one, each, LATER))

    threads = [threading.Thread(target=claim, args=(one,)) for one in (case, other)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    other.close()
    assert sorted(taken) == sorted(queued)
    assert len(queued) == 20


def test_whose_turn_it_is_ends_when_who_had_it_died(case, mail):
    from procurement_risk.storage.notifications import turn

    assert turn.take_turn(case, MORNING)
    assert told(case, mail).total() == 0
    assert told(case, mail, MORNING + timedelta(minutes=16)) == {"sent": 1}


def test_mail_leaves_encrypted_to_a_server_that_is_who_it_says(case, tmp_path):
    file, context = certificate(tmp_path)
    with served(Mail(context)) as server:
        known = {"smtp_security": "starttls", "smtp_user": "app", "smtp_password": "hidden pass"}
        assert told(case, server, **known) == {"again": 1}  # nobody vouches for it
        assert (server.got, [each for each in server.said if "AUTH" in each]) == ([], [])
        done = told(case, server, LATER, **known, smtp_certificates=file)
        assert done == {"sent": 1}
        assert "STARTTLS" in server.said
        other = {**known, "smtp_certificates": file, "smtp_host": "localhost"}
        assert smtp.send(None, "a@b.test", team(server, **other)).why == "not_encrypted"
    with served(Mail()) as server:  # which does not offer it
        plain = team(server, **known, smtp_certificates=file)
        assert smtp.send(None, "a@b.test", plain).why == "not_encrypted"
        assert not [each for each in server.said if each.startswith(("AUTH", "MAIL"))]


def test_no_password_and_no_address_stands_in_the_log(case, mail, caplog):
    mail.rcpt = "550 grace@example.test is nobody here"
    told(case, mail, smtp_user="app", smtp_password="hidden pass")
    assert "hidden pass" not in repr(team(mail, smtp_password="hidden pass"))
    assert "not sent" in caplog.text
    for each in ("grace", "hidden", "127.0.0.1"):
        assert each not in caplog.text.lower()


@pytest.mark.parametrize(
    "said",
    ["a@x.test\r\nBcc: e@x.test", "a@x.test\u2028Bcc: e@x.test", "a@x.test\x85Bcc: e@x.test",
     "=?utf-8?q?a=0d=0aBcc:_e@x.test?= <a@x.test>", "=?utf-8?b?DQpCY2M6IGVAeA==?= <a@x.test>",
     "a@x.test, e@x.test", "-,:ax<;.", "?--.-<", "([).>[-", "a@x.test> SIZE=1", "@", ""],
)  # fmt: skip
def test_an_address_brings_no_header_into_a_mail(case, mail, said):
    """Neither as a sign-in says it, nor as it stands; what is no address is refused."""
    held = messages.Message(
        **{**dict.fromkeys(messages.Message.__slots__, ""), "id": "m", "kind": "test"}
    )
    signed_in = sign_in(case, replace(GRACE, subject="8", email=said)).email
    assert "\n" not in signed_in
    for address in (signed_in, said):
        with pytest.raises(ValueError):  # noqa: PT011  it is told as "no_address"
            sending.mail(held, address, team(mail))
    assert sending.mail(held, "o'hara+x@mail.x-y.test", team(mail))["To"]


def test_somebody_who_is_struck_out_is_told_nothing_and_nothing_is_kept(case, mail):
    choose(case, handover="at_once")
    looking.look(case, team(mail), MORNING)
    mention = mentions.person(["Grace Hopper"])
    found = case.places(mention)
    theirs = {each.table: each.text for each in found if each.table in TABLES}
    assert theirs.keys() == {"notice_choice", "noticed", "message"}  # an access request has them
    assert theirs["notice_choice"] == '{"handover": "at_once"}'
    case.erase(mention, places.seen(found), "Ada", "Asked for")
    assert case.people()[0].email == ""
    assert state(case) == {}
    assert case.notice_choices(case.person) == {}
    assert told(case, mail, LATER).total() == 0
    with case.reading() as connection:
        assert not [each for each in TABLES if connection.execute(sa.select(TABLES[each])).all()]
    assert case.places(mentions.person(["grace@example.test"])) == []


def test_what_waited_in_a_backup_is_not_sent_by_whoever_restores_it(case, mail, tmp_path):
    choose(case, handover="at_once")
    looking.look(case, team(mail), MORNING)
    case.back_up(tmp_path / "backup.sqlite3")
    restored = open_store(f"sqlite:///{tmp_path}/new.sqlite3")
    restored.fill_from(tmp_path / "backup.sqlite3")
    assert sending.send(restored, team(mail), lambda: LATER).total() == 0
    assert restored.stuck_messages()[0].why == "restored"
    assert restored.notice_choices(case.person) == {"handover": "at_once"}
    assert told(restored, mail, LATER).total() == 0  # and it is not told anew
    restored.close()


def test_mail_is_in_the_language_that_somebody_chose_for_it(case, mail):
    case.choose_notices(case.person, {"handover": "daily"}, "Grace Hopper", "fr")
    assert told(case, mail) == {"sent": 1}
    read = message_from_string(mail.got[0][1], policy=default)
    assert read["Subject"] == "1 nouvelle chose vous attend"
    assert read["Content-Language"] == "fr"
    text = read.get_content()
    assert "- 1 section confiée\n" in text
    assert "Voir de quoi il s’agit\u00a0: https://risk.example.test/\n" in text
    assert language.current() == "en"
    with pytest.raises(UsageError):
        case.choose_notices(case.person, {}, "Grace Hopper", "xx")
    choose(case, handover="daily")  # as a page of the version before saves it
    assert case.notice_language(case.person) == ""


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_described_and_counted(kind):
    one = KINDS[kind]
    assert one.title[0].isupper()
    assert "1" in one.number(1)
    assert "2" in one.number(2)
    assert one.number(1) != one.number(2).replace("2", "1")
    assert f"`{kind}`" in (ROOT / "docs" / "api.md").read_text("utf-8")
    nothing = notices.Found("2026-11-30", (), ())
    whom = notices.For(store=NOBODY, name="Ada", ids=(), asked=(), lines=())
    assert list(one.waits(nothing, whom)) == []


class NOBODY:
    """A store in which no file waits."""

    @staticmethod
    def waiting_for(_name):
        return []


def test_a_server_tells_for_as_long_as_it_runs(case, mail, monkeypatch):
    monkeypatch.setattr(working, "EVERY_SECONDS", 0.01)
    monkeypatch.setattr(working, "TIMES_AS_LONG", 0)
    nothing = working.Working(case, Team(**OIDC))
    nothing.begin()
    nothing.stop()
    telling = working.Working(case, team(mail, digest_hour="0"))
    telling.begin()
    until = time.monotonic() + 10
    while state(case) != {"sent": 1} and time.monotonic() < until:
        time.sleep(0.01)
    telling.stop()
    assert len(mail.got) == 1
    assert not telling._thread.is_alive()


def test_a_command_tells_once(case, mail, url, monkeypatch):  # noqa: F811
    for name, value in vars_of(team(mail, digest_hour="0", database=url)).items():
        monkeypatch.setenv(f"PROCUREMENT_RISK_{name.upper()}", value)
    said = CliRunner().invoke(main, ["notify"])
    assert said.output == "1 new, 1 sent, 0 to be tried again\n"
    hand_over_more(case, "CX")
    choose(case, handover="at_once")
    mail.rcpt = "550 no"
    said = CliRunner().invoke(main, ["notify"])
    assert (said.exit_code, "1 failed or unclear" in said.output) == (1, True)
    monkeypatch.setenv("PROCUREMENT_RISK_SMTP_HOST", "mail.example.test")
    assert "unencrypted" in CliRunner().invoke(main, ["notify"]).output
    monkeypatch.setenv("PROCUREMENT_RISK_SMTP_HOST", "")
    assert CliRunner().invoke(main, ["notify"]).exit_code == 2


def vars_of(settings):
    """Settings as the environment holds them."""
    found = {each.name: getattr(settings, each.name) for each in fields(settings)}
    return {name: ",".join(v) if isinstance(v, tuple) else v for name, v in found.items()}
