"""What somebody with an account of their own tries with the names and ids of others."""

from dataclasses import replace

import pytest

from procurement_risk.errors import NotAllowed, NotFound
from procurement_risk.storage.people.person import ALL, Held, Person
from tests.support.stored_examples import FULL, framework

AT = "2026-11-01T08:00:00Z"
ANSWER = {"option": "b", "by": "The Director", "at": AT}
BEGUN = {"decision": None, "overrides": (), "state": "draft"}
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
