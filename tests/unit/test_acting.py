"""What a store gives to each person: every call, every role, every organisation."""

import re
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import NamedTuple

import pytest

from procurement_risk.assessment import Assessment
from procurement_risk.errors import NotAllowed, NotFound, ProcurementRiskError
from procurement_risk.framework import Framework
from procurement_risk.profile import signers
from procurement_risk.storage import open_store
from procurement_risk.storage.people import acting, belonging
from procurement_risk.storage.people.permissions import PERMISSIONS, ROLES
from procurement_risk.storage.people.person import ALL, Held, Person
from procurement_risk.storage.people.rules import PLAIN, RULES
from procurement_risk.storage.store import Store
from tests.support.databases import KINDS, address
from tests.support.places import ROOT
from tests.support.stored_examples import FULL, framework

AT, OTHER = "2026-11-01T08:00:00Z", framework(version="9")
MINE, THEIRS, NOBODYS = "mine", "theirs", "nobodys"
CLOSED = frozenset(
    {
        "open",
        "close",
        "engine",
        "reading",
        "at_one_moment",
        "writing",
        "check_writable",
        "readiness",
        "hurry",
        "on_written",
        "on_refused",
        "note_refused",
        "kept_frameworks",
        "kept_summaries",
        "acting",
        "evidence",
    }
)
"""What nobody is given who acts as a person: it goes past every rule."""

ATTRIBUTES = {"engine", "kept_frameworks", "kept_summaries", "place", "notices"}


def bought_by(name, buyer, **changes):
    purchase = replace(FULL.purchase, id=f"p-{name}", buyer=buyer)
    supplier = replace(FULL.supplier, name=f"Supplier of {name}", company_number="")
    own = {"purchase": purchase, "supplier": supplier, "fictional": False}
    return replace(FULL, id=name, **{**own, **changes})


class Filled:
    """A store with two organisations and an assessment in each, and one of nobody's buyer."""

    def __init__(self, store):
        self.store = store
        self.home = store.add_organisation("Exampleshire Council", "Ada")
        self.away = store.add_organisation("Otherham Borough", "Ada")
        for name, buyer in [
            (MINE, "EXAMPLESHIRE  council"),
            (THEIRS, "Otherham Borough"),
            (NOBODYS, "Somebody Else"),
        ]:
            store.create(bought_by(name, buyer), framework(), "Ada")
        store.keep_return(THEIRS, "back.xlsx", b"theirs", "Ada")
        self.file = store.returns_into(THEIRS)[0].digest

    def as_role(self, role, organisation):
        sections = ("DP",) if role == "specialist" else ()
        held = (Held(role, organisation, sections),)
        return self.store.acting(Person(id="p", name="Grace Hopper", roles=held, how="oidc"))


@pytest.fixture(scope="module", params=KINDS)
def filled(request, tmp_path_factory):
    with address(request.param, tmp_path_factory.mktemp("acting")) as url:
        store = open_store(url)
        yield Filled(store)
        store.close()


def saving(part, value):
    """Writing a part over a revision that never was: whoever may write it is told so."""
    return lambda store, name: store.save(name, part, value, 99, "Grace")


def written(store, name):
    assessment = store.load(name).assessment
    return replace(assessment, id=f"new-{name}", decision=None, overrides=(), state="draft")


TRIED = {
    "read": lambda store, name: store.load(name),
    "comment": saving("comments:DP-01", [{"text": "Why?", "by": "G", "at": AT}]),
    "describe": saving("supplier", {"name": "Other Ltd"}),
    "answer": saving("answer:DP-01", {"option": "b"}),
    "hand_over": saving("handover:DP", {"owner": "G", "by": "G", "at": AT}),
    "submit": saving("state", "in_review"),
    "review": saving("state", "draft"),
    "decide": saving("decision", None),
    "override": saving("overrides", None),
    "sign_off": lambda store, name: store.sign_off(name, "", "not seen", "G"),
    "conclude": saving("state", "closed"),
    "publish": saving("markings", None),
    "export": lambda store, name: store.exporting([name], "record"),
    "give_out": lambda store, name: store.add_release(name, "", ("a", b""), (), "G", "Asked"),
    "take_back": lambda store, name: store.keep_return(name, "a", b"", "G", OTHER),
    "set_aside": lambda store, name: store.restore(name, "G"),
    "keep": lambda store, name: store.delete(name, "not seen", "G", "Why"),
    "strike_out": lambda store, name: store.redact(
        None, "", "G", "", instead="", assessment_id=name
    ),
}
"""What each action is tried by, so that nothing is changed where it is let through."""


def begun(buyer):
    """Somebody's assessment under an id that is taken: whoever may start it is told so."""
    return bought_by(MINE, buyer, decision=None, overrides=(), state="draft", replaces="")


def named(filled, store, name):
    """Giving the supplier of an assessment a name that is none."""
    return store.name_supplier(filled.store.supplier_links()[name], "", "former", "G")


def edited(store):
    """Opening a draft that there is not."""
    with suppress(NotFound):
        store.draft("nothing")


def noted(store):
    """Reading the log of reads, which is empty for whoever may not."""
    if not store.reads():
        raise NotAllowed("that is for:")


PLACED = {
    "start": lambda filled, store, at: store.create(begun(at.buyer), OTHER, "G"),
    "bring_in": lambda filled, store, at: store.would_import(Brought(begun(at.buyer))),
    "join_suppliers": lambda filled, store, at: named(filled, store, at.name),
    "read_logs": lambda filled, store, at: noted(store),
    "use_questionnaires": lambda filled, store, at: store.frameworks(),
    "keep_questionnaires": lambda filled, store, at: edited(store),
    "manage_people": lambda filled, store, at: store.grant_role("", "officer", at.id, "G"),
    "send_out": lambda filled, store, at: store.add_webhook("", "", at.id, [], "G"),
    "administer": lambda filled, store, at: store.set_setting("notice", "\x00", "G"),
}
"""What each action is tried by that is about no assessment, or about one by more than its id."""


class At(NamedTuple):
    """An organisation: its id, what it buys under, its assessment."""

    id: str
    buyer: str
    name: str


class Brought(NamedTuple):
    """A record, as far as it is asked who may bring it in."""

    assessment: Assessment
    framework: Framework = OTHER


def outcome(call, store, name):
    """What comes of a call: refused, not there, or let through, whatever became of it then."""
    try:
        call(store, name)
    except NotAllowed as error:
        return "refused" if "that is for:" in str(error) else "without a word"
    except NotFound:
        return "not there"
    except ProcurementRiskError:
        return "through"
    return "through"


def table():
    """The rows of the table in the docs: by the words of an action what stands in each column."""
    text = (ROOT / "docs" / "permissions.md").read_text()
    rows = re.findall(r"^\| (?!To …)(\S.*?) \|(.*)\|$", text, re.M)
    return {words: [cell.strip() for cell in cells.split("|")] for words, cells in rows}


def test_the_docs_name_every_action_and_role():
    assert table().keys() == {each.words for each in PERMISSIONS.values()}
    assert {len(cells) for cells in table().values()} == {len(ROLES)}


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_what_the_docs_say(filled, role):
    """In its own organisation, in another, in none; and where it is held for all of them."""
    column = list(ROLES).index(role)
    here, everywhere = filled.as_role(role, filled.home), filled.as_role(role, ALL)
    reads = table()[PERMISSIONS["read"].words][column] == "yes"
    for action, call in TRIED.items():
        cell = table()[PERMISSIONS[action].words][column]
        may = cell in ("yes", "in their sections")
        if action == "review":
            may = may or role == "officer"  # takes it back, into the same state
        expected = "not there" if not reads else "through" if may else "refused"
        assert outcome(call, here, MINE) == expected, action
        assert outcome(call, here, THEIRS) == "not there", action
        assert outcome(call, here, NOBODYS) == "not there", action
        for name in (MINE, THEIRS, NOBODYS):
            assert outcome(call, everywhere, name) == expected, action
        assert here.may(action, MINE, "DP") == (reads and cell != "–"), action
        assert not here.may(action, THEIRS, "DP"), action


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("first", "words"), [(99, "sign_off"), (1, "sign_as_senior")])
def test_who_signs_at_a_tier_is_what_the_docs_say(filled, monkeypatch, role, first, words):
    """Where the tier asks for a senior, whoever else may sign is told that a senior does."""
    monkeypatch.setattr(signers, "SENIOR_FROM", first)
    column = list(ROLES).index(role)
    reads = table()[PERMISSIONS["read"].words][column] == "yes"
    may = table()[PERMISSIONS[words].words][column] == "yes"
    expected = "not there" if not reads else "through" if may else "refused"

    assert outcome(TRIED["sign_off"], filled.as_role(role, filled.home), MINE) == expected
    if (role, first) == ("decision_maker", 1):
        with pytest.raises(NotAllowed, match="that is for: senior decision-maker"):
            filled.as_role(role, filled.home).sign_off(MINE, "Chief", "", "G")


def test_every_action_is_tried():
    assert TRIED.keys() | PLACED.keys() | {"sign_as_senior"} == PERMISSIONS.keys()


@pytest.mark.parametrize("role", ROLES)
def test_a_role_may_what_the_docs_say_of_what_is_about_no_assessment(filled, role):
    """In its own organisation and in another; and where it is held for all of them."""
    column = list(ROLES).index(role)
    filled.as_role("officer", filled.home).exporting([MINE], "record")
    places = [
        At(filled.home, "Exampleshire Council", MINE),
        At(filled.away, "Otherham Borough", THEIRS),
    ]
    for action, call in PLACED.items():
        cell, scope = table()[PERMISSIONS[action].words][column], PERMISSIONS[action].scope
        for held in (filled.home, ALL):
            store = filled.as_role(role, held)
            for at in places:
                may = cell == ("for all" if scope == "everywhere" else "yes")
                if scope in ("everywhere", "organisation"):
                    may = may and held in (ALL, at.id if scope == "organisation" else ALL)
                came = outcome(partial(call, filled), store, at)
                assert (came == "through") == may, (action, held, at.name, came)


def test_every_call_has_a_rule_or_is_closed():
    public = {name for name in dir(Store) if not name.startswith("_")} | ATTRIBUTES
    assert public == RULES.keys() | PLAIN | CLOSED
    assert not RULES.keys() & (PLAIN | CLOSED)


@pytest.mark.parametrize("name", sorted(CLOSED))
def test_what_goes_past_every_rule_is_not_given(filled, name):
    with pytest.raises(AttributeError):
        getattr(filled.as_role("administrator", ALL), name)


def test_what_is_offered_is_asked_once_for_a_moment_and_each_call_anew(filled, monkeypatch):
    """A page asks for each of its controls; the one assessment never answers for the other."""
    asked, real = [], belonging.of_assessment

    def counted(connection, assessment_id):
        asked.append(assessment_id)
        return real(connection, assessment_id)

    monkeypatch.setattr(belonging, "of_assessment", counted)
    officer = filled.as_role("officer", filled.home)

    assert all(officer.may("answer", MINE, "DP") for _control in range(20))
    assert asked == [MINE]
    assert not officer.may("answer", THEIRS, "DP")
    officer.load(MINE)
    assert asked[1:] == [THEIRS, MINE]
    monkeypatch.setattr(acting, "BELIEVED_SECONDS", -1)
    officer.may("answer", MINE)
    officer.may("answer", MINE)
    assert asked[-2:] == [MINE, MINE]
    assert len(asked) == 5
