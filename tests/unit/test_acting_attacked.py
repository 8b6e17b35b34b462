"""What somebody with an account of their own tries with the names and ids of others."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import Trigger, reviewing
from procurement_risk.errors import NotAllowed, NotFound, UsageError
from procurement_risk.storage.people.person import ALL, Held, Person
from procurement_risk.storage.people.signing_in import SignedIn, sign_in
from tests.support.stored_examples import FULL, framework

AT = "2026-11-01T08:00:00Z"
ANSWER = {"option": "b", "by": "The Director", "at": AT}
BEGUN = {"decision": None, "overrides": (), "state": "draft"}
HANDED = {"owner": "Grace Hopper", "by": "Ada", "at": AT}
COMMENT = {"text": "Agreed.", "by": "The Director", "at": AT}


def bought_by(name, buyer, **changes):
    purchase = replace(FULL.purchase, id=f"p-{name}", buyer=buyer)
    return replace(FULL, id=name, purchase=purchase, **changes)


@pytest.fixture
def shared(store):
    """A store that two organisations share."""
    store.home = store.add_organisation("Exampleshire Council", "Ada")
    store.away = store.add_organisation("Otherham Borough", "Ada")
    store.create(bought_by("mine", "Exampleshire Council"), framework(), "Ada")
    store.create(bought_by("theirs", "Otherham Borough"), framework(), "Ada")
    return store


def acting(store, role, organisation, name="Grace Hopper"):
    return store.acting(Person(id=name, name=name, roles=(Held(role, organisation),), how="oidc"))


def revision(store, part):
    stands = store.parts("mine")
    return stands[part].revision if part in stands else 0


def test_what_is_written_bears_the_name_of_who_writes_it(shared):
    officer = acting(shared, "officer", shared.home)
    officer.save("mine", "answer:DP-01", ANSWER, revision(shared, "answer:DP-01"), "Eve")
    assert shared.parts("mine")["answer:DP-01"].value["by"] == "Grace Hopper"

    changes = {"handover:DP": ({"owner": "Ada", "by": "Eve", "at": AT}, 0)}
    officer.save_together("mine", changes, "Eve")
    assert shared.parts("mine")["handover:DP"].value["by"] == "Grace Hopper"


def test_what_somebody_else_wrote_keeps_their_name(shared):
    part = "comments:DP-02"
    shared.save("mine", part, [{**COMMENT, "by": "Ada"}], revision(shared, part), "Ada")
    said = [{**COMMENT, "by": "Ada"}, COMMENT]
    acting(shared, "officer", shared.home).save("mine", part, said, revision(shared, part), "G")
    assert [each["by"] for each in shared.parts("mine")[part].value] == ["Ada", "Grace Hopper"]

    altered = [{**COMMENT, "by": "Ada", "text": "No."}]
    acting(shared, "officer", shared.home).save("mine", part, altered, revision(shared, part), "G")
    assert [each["by"] for each in shared.parts("mine")[part].value] == ["Grace Hopper"]


@pytest.mark.parametrize(
    ("part", "whole", "ended"),
    [
        ("comments:DP-02", list, {"resolved_by": "The Director", "resolved_at": AT}),
        ("handover:DP", dict, {"done_by": "The Director", "done_at": AT}),
    ],
)
def test_what_somebody_ends_keeps_who_began_it_and_says_who_ended_it(shared, part, whole, ended):
    begun = {"by": "Ada", "at": AT, "text": "Why?"} if whole is list else HANDED
    as_kept = (lambda each: [each]) if whole is list else dict
    shared.save("mine", part, as_kept(begun), revision(shared, part), "Ada")
    officer = acting(shared, "officer", shared.home)
    officer.save("mine", part, as_kept({**begun, **ended}), revision(shared, part), "Eve")
    (key, _at) = ended
    stands = shared.parts("mine")[part].value
    assert stands == as_kept({**begun, **ended, key: "Grace Hopper"})

    acting(shared, "officer", shared.home, "Ada").save(
        "mine", part, as_kept({**begun, **ended, key: "Grace Hopper"}), revision(shared, part), "A"
    )
    assert shared.parts("mine")[part].value == stands


def test_nobody_says_that_two_answered_alone(shared):
    """They say so themselves, by being done."""
    handed = {**HANDED, "second": "Bob", "answered": ["Bob", "Grace Hopper"]}
    officer = acting(shared, "officer", shared.home)
    for name in ("Grace Hopper", "Bob"):
        person = sign_in(shared, SignedIn("https://sign-in.example", name, name))
        shared.grant_role(person.id, "officer", shared.home, "Ada")
    for more in ({"done_by": "Bob", "done_at": AT}, {}):
        with pytest.raises(UsageError, match="by being done"):
            officer.save("mine", "handover:DP", {**handed, **more}, 0, "G")


def test_a_review_is_not_taken_back(shared):
    """Else whoever filled a section could take a returned one away, and nobody would look."""
    section, part = (
        reviewing.digest_of(shared.load("mine").assessment, framework(), "DP"),
        "review:DP",
    )
    found = {"verdict": "returned", "by": "Bob", "at": AT, "digest": section, "note": "No."}
    shared.save("mine", part, found, 0, "Bob")
    reviewer = acting(shared, "reviewer", shared.home)
    for take_back in (
        lambda: reviewer.save("mine", part, None, 1, "G"),
        lambda: reviewer.save_together("mine", {part: (None, 1)}, "G"),
    ):
        with pytest.raises(UsageError, match="not taken back"):
            take_back()
    assert shared.parts("mine")[part].value["by"] == "Bob"


def test_nothing_is_begun_under_the_name_of_somebody_else(shared):
    begun = bought_by("new", "Exampleshire Council", **BEGUN, replaces="")
    acting(shared, "officer", shared.home).create(begun, framework(), "Eve")
    named = {each.by for each in shared.load("new").assessment.answer_set.answers.values()}
    assert named == {"", "Grace Hopper"}
    assert shared.load("new").assessment.created_by == "Grace Hopper"


def test_no_look_follows_one_of_another_organisation(shared):
    officer = acting(shared, "officer", shared.home)
    with pytest.raises(NotFound):
        officer.save("mine", "replaces", "theirs", revision(shared, "replaces"), "G")
    begun = bought_by("new", "Exampleshire Council", **BEGUN)
    with pytest.raises(NotFound):
        officer.create(replace(begun, replaces="theirs"), framework(), "G")


def test_a_decision_settles_nothing_in_another_organisation(shared):
    """Whatever look a record says that it follows."""
    called = (Trigger(what="Model swapped", at="2026-11-23"),)
    for name, buyer, replaces in (
        ("earlier", "Otherham Borough", ""),
        ("here", "Exampleshire Council", ""),
        ("later", "Exampleshire Council", "earlier"),
        ("own", "Exampleshire Council", "here"),
    ):
        begun = bought_by(name, buyer, **BEGUN)
        shared.create(replace(begun, replaces=replaces, triggers=called), framework(), "Ada")
    decided = {"decision": "do_not_proceed", "by": "Grace Hopper", "at": AT, "reason": "No."}
    decided["accepted_open"] = ["DP-02"]
    decider = acting(shared, "decision_maker", shared.home)
    for name in ("later", "own"):
        decider.save(name, "decision", decided, 0, "G")
    settled = {
        name: bool(shared.load(name).assessment.triggers[0].resolved_at)
        for name in ("earlier", "here", "later", "own")
    }
    assert settled == {"earlier": False, "here": True, "later": True, "own": True}


def test_a_file_that_waits_is_told_to_nobody_but_who_brought_it(shared):
    ada = acting(shared, "officer", shared.home, "Ada")
    assert ada.wait_return("back.xlsx", b"secret", "Ada")
    digest = ada.waiting_for("Ada")[0].digest

    grace = acting(shared, "officer", shared.home)
    assert grace.waiting_for("Ada") == []
    with pytest.raises(NotFound):
        grace.waiting_file("Ada", digest)
    grace.give_up_return("Ada", digest)
    with pytest.raises(NotFound):
        ada.waiting_is_for("Ada", digest, "theirs")
    assert ada.waiting_file("Ada", digest) == b"secret"
    with pytest.raises(NotAllowed):
        acting(shared, "leader", shared.home).wait_return("back.xlsx", b"x", "Eve")


def test_settings_and_organisations_are_told_to_whom_they_concern(shared):
    shared.set_setting("mail-password", "hidden", "Ada")
    shared.set_setting("notice", "Closed on Friday", "Ada")
    officer = acting(shared, "officer", shared.home)
    assert officer.setting("mail-password") == ""
    assert officer.setting("notice") == "Closed on Friday"
    assert [each.name for each in officer.organisations()] == ["Exampleshire Council"]
    everywhere = acting(shared, "administrator", ALL)
    assert everywhere.setting("mail-password") == "hidden"
    assert len(everywhere.organisations()) == 2


def test_who_is_refused_is_counted(shared):
    told = []
    shared.on_refused(lambda: told.append(1))
    with pytest.raises(NotAllowed):
        acting(shared, "auditor", shared.home).archive("mine", "G")
    acting(shared, "officer", shared.home).archive("mine", "G")
    assert told == [1]


def test_what_is_for_all_organisations_is_not_offered_to_who_has_one(shared):
    one, all_of_them = (acting(shared, "administrator", each) for each in (shared.home, ALL))
    assert (one.may("administer"), all_of_them.may("administer")) == (False, True)
    assert one.may("manage_people")


def test_a_refusal_names_no_organisation_that_somebody_has_nothing_to_do_with(shared):
    """Also to whoever has come by its id."""
    home = acting(shared, "administrator", shared.home)
    with pytest.raises(NotAllowed) as refused:
        home.add_webhook("Cases", "https://hooks.example.com", shared.away, ["comment"], "G")
    assert "another organisation" in str(refused.value)
    assert "Otherham" not in str(refused.value)
