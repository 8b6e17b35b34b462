"""Who somebody is and which roles they hold; whose an assessment is; what others see of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from procurement_risk.assessment import Marking, today as calendar
from procurement_risk.assessment.colleagues import is_same_person
from procurement_risk.assessment.record import read_record
from procurement_risk.errors import NotAllowed, NotFound, ProcurementRiskError, UsageError
from procurement_risk.methods import score_to_document
from procurement_risk.portfolio.kept import items_of
from procurement_risk.storage import tables
from procurement_risk.storage.mentions import person as named
from procurement_risk.storage.people import belonging
from procurement_risk.storage.people.mode import is_team
from procurement_risk.storage.people.person import ALL, Held, Person
from procurement_risk.storage.people.signing_in import SignedIn, person_of, sign_in
from procurement_risk.storage.people.tokens import person_of_token
from procurement_risk.storage.places import seen
from tests.support.stored_examples import FULL, framework, record_of

GRACE = SignedIn("https://sign-in.example", "7", "Grace Hopper", "grace@example.org", ("buyers",))
LATER = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()
PAST = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()


def bought_by(name, buyer, **changes):
    purchase = replace(FULL.purchase, id=f"p-{name}", buyer=buyer)
    return replace(FULL, id=name, purchase=purchase, **changes)


@pytest.fixture
def shared(store):
    """A store that two organisations share."""
    store.home = store.add_organisation("Exampleshire Council", "Ada")
    store.away = store.add_organisation("Otherham Borough", "Ada")
    store.create(bought_by("mine", "exampleshire  COUNCIL"), framework(), "Ada")
    store.create(bought_by("theirs", "Otherham Borough"), framework(), "Ada")
    return store


def acting(store, role, organisation, *sections):
    held = (Held(role, organisation, sections),)
    return store.acting(Person(id="p", name="Grace Hopper", roles=held, how="oidc"))


# --- Signing in ---------------------------------------------------------------------------


def test_somebody_is_known_by_who_vouches_for_them_and_by_nothing_else(store):
    first = sign_in(store, GRACE)
    again = sign_in(store, replace(GRACE, name="Grace M. Hopper"))
    other = sign_in(store, replace(GRACE, subject="8", email="hopper@example.org"))
    elsewhere = sign_in(store, replace(GRACE, issuer="https://other.example"))

    assert first.id == again.id
    assert again.name == "Grace M. Hopper"
    assert len({first.id, other.id, elsewhere.id}) == 3
    assert other.name == "Grace Hopper"
    assert elsewhere.name == "Grace Hopper (grace@example.org)"  # nobody else is called so
    with pytest.raises(UsageError, match="does not say who you are"):
        sign_in(store, replace(GRACE, subject=" "))


@pytest.mark.parametrize(
    "name",
    ["Zoe\u0308  HILL", "Zoë\u200b Hill", "\uff3aoë Hill", "Zoë Hil\u00adl", "Zo\u2060ë Hill"],
)
def test_nobody_takes_a_name_that_reads_like_somebody_elses(store, name):
    sign_in(store, replace(GRACE, name="Zoë Hill"))
    other = sign_in(store, replace(GRACE, subject="8", name=name, email="eve@example.org"))
    assert other.name.endswith(" (eve@example.org)")
    assert is_same_person("Zoë Hill", name)  # so that nobody reviews what they filled
    unseen = sign_in(store, replace(GRACE, subject="9", name="\u200b", email="ben@example.org"))
    assert unseen.name == "ben@example.org"


def test_roles_are_given_to_a_person_or_a_claim_until_a_day(shared):
    person = sign_in(shared, GRACE)
    own = shared.grant_role(person.id, "officer", shared.home, "Ada")
    shared.grant_role("", "auditor", ALL, "Ada", claim="buyers")
    shared.grant_role("", "leader", ALL, "Ada", claim="others")
    shared.grant_role(person.id, "reviewer", shared.home, "Ada", until=PAST)
    shared.grant_role(person.id, "specialist", shared.away, "Ada", sections=["DP"], until=LATER)

    assert {held.role for held in person_of(shared, person.id).roles} == {
        "officer",
        "auditor",
        "specialist",
    }
    shared.withdraw_role(own, "Ada")
    without = sign_in(shared, replace(GRACE, claims_roles=()))
    assert without.roles == (Held("specialist", shared.away, ("DP",)),)
    with pytest.raises(NotFound):
        shared.withdraw_role(own, "Ada")


@pytest.mark.parametrize(
    ("role", "more", "words"),
    [
        ("king", {}, "no role of that name"),
        ("specialist", {}, "Name the sections"),
        ("officer", {"until": "soon"}, "not a date"),
        ("officer", {"claim": "buyers"}, "to one person, or to all"),
    ],
)
def test_a_role_that_cannot_be_given_is_refused(shared, role, more, words):
    person = sign_in(shared, GRACE)
    with pytest.raises(UsageError, match=words):
        shared.grant_role(person.id, role, shared.home, "Ada", **more)
    with pytest.raises(NotFound):
        shared.grant_role(person.id, "officer", "nowhere", "Ada")
    assert shared.role_grants() == []


def test_who_is_switched_off_neither_signs_in_nor_goes_on(store):
    person = sign_in(store, GRACE)
    store.switch_person(person.id, "Ada", active=False)
    for going_on in (lambda: sign_in(store, GRACE), lambda: person_of(store, person.id)):
        with pytest.raises(NotAllowed, match="switched off"):
            going_on()
    store.switch_person(person.id, "Ada", active=True)
    assert person_of(store, person.id).name == "Grace Hopper"


def test_a_last_day_ends_where_the_work_is_done(shared, monkeypatch):
    """Of a token and of a role: not when it ends in UTC."""
    person = sign_in(shared, GRACE)
    shared.grant_role(person.id, "auditor", shared.home, "Ada", until=LATER)
    secret = shared.make_token("Data warehouse", "auditor", shared.home, LATER, "Ada")
    assert person_of_token(shared, secret).roles == (Held("auditor", shared.home),)
    assert person_of(shared, person.id).roles == (Held("auditor", shared.home),)

    monkeypatch.setattr(calendar, "today", lambda: "2099-01-01")

    with pytest.raises(NotAllowed):
        person_of_token(shared, secret)
    assert person_of(shared, person.id).roles == ()


def test_a_token_has_a_role_an_end_and_only_its_digest_is_kept(shared):
    secret = shared.make_token("Data warehouse", "auditor", shared.home, LATER, "Ada")
    person = person_of_token(shared, secret)

    assert (person.name, person.how) == ("Data warehouse (token)", "token")
    assert person.roles == (Held("auditor", shared.home),)
    (token,) = shared.tokens()
    assert token.last_at
    with shared.engine.connect() as connection:
        row = str(connection.execute(sa.select(tables.api_token)).one())
    assert secret not in row
    shared.revoke_token(token.id, "Ada")
    for wrong in (secret, "prt_guessed", ""):
        with pytest.raises(NotAllowed, match="does not work here"):
            person_of_token(shared, wrong)
    for until in (PAST, "", "2999-01-01"):
        with pytest.raises(UsageError):
            shared.make_token("x", "auditor", shared.home, until, "Ada")


def test_the_mode_is_one_of_two(monkeypatch):
    monkeypatch.delenv("PROCUREMENT_RISK_MODE", raising=False)
    assert not is_team()
    monkeypatch.setenv("PROCUREMENT_RISK_MODE", "team")
    assert is_team()
    monkeypatch.setenv("PROCUREMENT_RISK_MODE", "teem")
    with pytest.raises(UsageError, match="personal, team"):
        is_team()


# --- Whose it is --------------------------------------------------------------------------


def test_an_assessment_goes_with_its_buyer(shared):
    def of(name):
        with shared.reading() as connection:
            return belonging.of_assessment(connection, name)

    assert (of("mine"), of("theirs"), of("none")) == (shared.home, shared.away, None)
    purchase = shared.parts("mine")["purchase"]
    value = {**purchase.value, "buyer": "Library Service"}
    shared.save("mine", "purchase", value, purchase.revision, "Ada")
    assert of("mine") == ""
    assert shared.unclaimed_buyers() == [("library service", 1)]
    shared.claim_buyer(shared.home, "LIBRARY service", "Ada")
    assert of("mine") == shared.home
    with pytest.raises(UsageError, match="is Exampleshire Council already"):
        shared.claim_buyer(shared.away, "Library Service", "Ada")
    shared.disclaim_buyer(shared.home, "Library Service", "Ada")
    assert of("mine") == ""


def test_nobody_starts_or_moves_an_assessment_into_another_organisation(shared):
    officer = acting(shared, "officer", shared.home)
    bare = {"decision": None, "overrides": (), "state": "draft", "replaces": ""}
    officer.create(bought_by("new", "Exampleshire Council", **bare), framework(), "Somebody")
    assert officer.load("new").assessment.created_by == "Grace Hopper"
    assert {line.by for line in officer.history("new")} == {"Grace Hopper"}

    with pytest.raises(NotFound):
        officer.save("new", "replaces", "a\x00b", 0, "Grace")
    for buyer in ("Otherham Borough", "Nobody knows", "Nobody\x00"):
        with pytest.raises(NotAllowed, match="may not work for the buyer"):
            officer.create(bought_by("x", buyer, **bare), framework(), "Grace")
        part = officer.parts("new")["purchase"]
        value = {**part.value, "buyer": buyer}
        with pytest.raises(NotAllowed, match="may not work for the buyer"):
            officer.save("new", "purchase", value, part.revision, "Grace")
    with pytest.raises(NotAllowed, match="record a decision"):
        officer.create(bought_by("x", "Exampleshire Council"), framework(), "Grace")
    stored = officer.load("mine")
    decided = replace(stored.assessment, decision=None)
    with pytest.raises(NotAllowed, match="record a decision"):
        officer.move(decided, framework(), stored.revision, "Grace")


def test_a_specialist_answers_in_their_sections_alone(shared):
    specialist = acting(shared, "specialist", shared.home, "DP")
    revisions = shared.load("mine").revisions
    value = {"option": "c"}
    specialist.save("mine", "answer:DP-01", value, revisions["answer:DP-01"], "G")
    outside = next(q.id for q in framework().questions() if q.section != "DP" and not q.is_fact)
    for part in (f"answer:{outside}", f"mitigation:{outside}", "handover:facts"):
        with pytest.raises(NotAllowed):
            specialist.save("mine", part, None, revisions.get(part, 0), "G")
    with pytest.raises(NotAllowed):
        specialist.save_together(
            "mine", {"answer:DP-01": (value, 0), f"answer:{outside}": (value, 0)}, "G"
        )


# --- What others see ----------------------------------------------------------------------


def lists(store):
    """What every list, figure and search tells, as text."""
    supplier, decided = FULL.supplier, store.supplier_decisions()
    found = [
        store.summaries(), store.load_many(), store.read_many(), store.upstreams(),
        store.asking(), store.changed_since("2000"), store.first_changes(["2000"]),
        store.find("council"), store.find("Otherham"), store.find_ids("Otherham"),
        store.supplier_links().keys(), store.supplier_names().keys(),
        store.of_supplier(supplier), store.beside(FULL), store.releases(),
        store.suppliers(), decided, store.returns(framework(), supplier), items_of(store),
        store.read_outcomes("test"),
    ]  # fmt: skip
    return "\n".join(map(repr, found))


def test_no_list_names_what_is_anothers(shared):
    shared.add_release("theirs", "The press", ("a.pdf", b"a"), (), "Ada", "Asked for")
    shared.keep_return("theirs", "back.xlsx", b"theirs", "Ada")
    assert "theirs" in lists(shared)

    officer = acting(shared, "officer", shared.home)
    assert "'theirs'" not in lists(officer)
    assert "Otherham" not in lists(officer)
    assert "'mine'" in lists(officer)
    assert "'theirs'" in lists(acting(shared, "auditor", ALL))


def test_an_id_of_anothers_answers_as_one_that_is_not_there(shared):
    """In every call that takes one: the same error, word for word, or the same answer."""
    digest = shared.keep_return("theirs", "back.xlsx", b"theirs", "Ada")
    person = acting(shared, "record_keeper", shared.home)
    calls = [
        lambda s, i: s.load(i), lambda s, i: s.load_with_history(i), lambda s, i: s.parts(i),
        lambda s, i: s.peek(i), lambda s, i: s.history(i), lambda s, i: s.head(i),
        lambda s, i: s.verify_history(i), lambda s, i: s.framework_of(i),
        lambda s, i: s.load_many([i]), lambda s, i: s.read_many(["mine", i]),
        lambda s, i: s.supplier_names(i), lambda s, i: s.of_one_supplier("mine", i),
        lambda s, i: s.returns_into(i), lambda s, i: s.releases(i),
        lambda s, i: s.changed_since("2000", [i]),
        lambda s, i: s.save(i, "state", "draft", 1, "G"),
        lambda s, i: s.save_together(i, {"state": ("draft", 1)}, "G"),
        lambda s, i: s.archive(i, "G"), lambda s, i: s.restore(i, "G"),
        lambda s, i: s.move(replace(FULL, id=i), framework(), 1, "G"),
        lambda s, i: s.hold(i, "G", "Why"), lambda s, i: s.lift_hold(i, "G", "Why"),
        lambda s, i: s.delete(i, "seen", "G", "Why"),
        lambda s, i: s.dispose(i, "seen", "G", "Why", [], "2030-01-01"),
        lambda s, i: s.places(named(["Ada"]), i),
        lambda s, i: s.redact(named(["Ada"]), "", "G", "W", instead="", assessment_id=i),
        lambda s, i: s.add_release(i, "x", ("a", b""), (), "G", "Why"),
        lambda s, i: s.keep_return(i, "a", b"", "G"), lambda s, i: s.exporting([i], "record"),
        lambda s, i: s.may("read", i), lambda s, i: s.kept_file(i if i == "none" else digest),
    ]  # fmt: skip
    for call in calls:
        assert told(call, person, "theirs", digest) == told(call, person, "none", digest)


def told(call, store, name, digest):
    try:
        return repr(call(store, name))
    except ProcurementRiskError as error:
        return f"{type(error).__name__}: {error}".replace(digest, "#").replace(name, "#")


def test_a_record_does_not_come_in_over_anothers(shared):
    keeper = acting(shared, "record_keeper", shared.home)
    for name, error, words in [
        ("theirs", UsageError, "already. Give the new one another id"),
        ("free", None, ""),
    ]:
        data = record_of(bought_by(name, "Exampleshire Council"))
        record = read_record(data, score_to_document)
        if error:
            with pytest.raises(error, match=words):
                keeper.import_record(record, data, "G", replace=True)
        else:
            assert keeper.import_record(record, data, "G") == "created"


def test_suppliers_of_others_are_joined_by_who_may_in_all(shared):
    links = shared.supplier_links()
    keeper = acting(shared, "record_keeper", shared.home)
    with pytest.raises(NotAllowed, match="Another organisation has assessments"):
        keeper.name_supplier(links["theirs"], "New name", "former", "G")
    everywhere = acting(shared, "record_keeper", ALL)
    everywhere.name_supplier(links["theirs"], "New name", "former", "G")
    assert shared.supplier_decisions()[0].by == "Grace Hopper"


def test_what_is_bought_elsewhere_is_told_where_both_agreed(shared):
    officer = acting(shared, "officer", shared.home)
    assert officer.bought_elsewhere() == []
    shared.agree(shared.away, shared.home, "Ada")
    assert officer.bought_elsewhere() == []
    shared.agree(shared.home, shared.away, "Ada")

    (told,) = officer.bought_elsewhere()
    assert (told.organisation, told.capability, told.supplier) == (
        "Otherham Borough",
        "chat assistant",
        "Northwind Ltd",
    )
    assert acting(shared, "auditor", shared.home).bought_elsewhere() == []
    shared.end_agreement(shared.away, shared.home, "Ada")
    assert officer.bought_elsewhere() == []


def test_an_administrator_of_one_organisation_gives_roles_there_alone(shared):
    person = sign_in(shared, GRACE)
    there = shared.grant_role(person.id, "officer", shared.away, "Ada")
    shared.make_token("Theirs", "auditor", shared.away, LATER, "Ada")
    admin = acting(shared, "administrator", shared.home)

    assert admin.people() == []
    assert admin.role_grants() == []
    assert admin.tokens() == []
    admin.grant_role(person.id, "leader", shared.home, "G")
    assert [each.held.role for each in admin.people()[0].grants] == ["leader"]
    for organisation in (shared.away, ALL):
        with pytest.raises(NotAllowed, match="give roles"):
            admin.grant_role(person.id, "administrator", organisation, "G")
        with pytest.raises(NotAllowed, match="make tokens"):
            admin.make_token("x", "auditor", organisation, LATER, "G")
    for call in (
        lambda: admin.grant_role(person.id, "questionnaire_owner", shared.home, "G"),
        lambda: admin.make_token("x", "questionnaire_owner", shared.home, LATER, "G"),
    ):  # what they put in use, every organisation asks
        with pytest.raises(NotAllowed, match="keep organisations"):
            call()
    with pytest.raises(NotFound):
        admin.withdraw_role(there, "G")
    with pytest.raises(NotFound):
        admin.revoke_token(shared.tokens()[0].id, "G")
    for call in (
        lambda: admin.add_organisation("New", "G"),
        lambda: admin.switch_person(person.id, "G", active=False),
        lambda: admin.set_setting("notice", "x", "G"),
        lambda: admin.back_up(None),
        lambda: admin.agree(shared.away, shared.home, "G"),
    ):
        with pytest.raises(NotAllowed):
            call()


def test_no_role_whose_day_is_past_is_ended_by_whoever_has_come_by_its_id(shared, monkeypatch):
    person = sign_in(shared, GRACE)
    given = shared.grant_role(person.id, "officer", shared.away, "Ada", until="2027-01-01")
    monkeypatch.setattr(calendar, "today", lambda: "2027-01-02")
    with pytest.raises(NotAllowed):
        acting(shared, "auditor", shared.home).withdraw_role(given, "G")
    with pytest.raises(NotFound):
        acting(shared, "administrator", shared.home).withdraw_role(given, "G")


# --- What is written down about reading, and struck out -----------------------------------


def test_opening_what_is_withheld_and_exporting_is_written_down(shared):
    auditor = acting(shared, "auditor", shared.home)
    auditor.load("mine")
    assert shared.reads() == []
    marked = bought_by(
        "marked",
        "Exampleshire Council",
        markings={"supplier.name": Marking(ground="personal", reason="Asked")},
    )
    shared.create(marked, framework(), "Ada")
    auditor.load("marked")
    auditor.history("marked")
    auditor.exporting(["mine", "marked"], "audit-pack")

    lines = {(each.by, each.what, each.about, each.detail) for each in shared.reads()}
    assert lines == {
        ("Grace Hopper", "opened", "marked", ""),
        ("Grace Hopper", "exported", "mine", "audit-pack"),
        ("Grace Hopper", "exported", "marked", "audit-pack"),
    }
    assert len(shared.reads()) == 3
    assert auditor.reads() == []  # of all organisations alone
    assert len(acting(shared, "auditor", ALL).reads("mine")) == 1


def test_a_person_is_struck_out_of_every_table_of_people(shared):
    name, email = "Zoltana Quibbleworth", "zoltana.quibbleworth@x.example"
    person = sign_in(
        shared,
        SignedIn("https://x.example", name, name, email, (name,)),
    )
    shared.grant_role(person.id, "auditor", ALL, name)
    ended = shared.grant_role("", "leader", ALL, name, claim=name)
    shared.withdraw_role(ended, name)
    shared.make_token(f"For {name}", "auditor", ALL, LATER, name)
    shared.set_setting("notice", f"Ask {name}", name)
    shared.agree(shared.home, shared.away, name)
    one = shared.add_organisation(f"Office of {name}", name)
    shared.create(bought_by("hers", f"Office of {name}"), framework(), "Ada")
    shared.acting(replace(person, roles=(Held("auditor", ALL),))).exporting(["hers"], name)

    mention = named([name])
    done = shared.erase(mention, seen(shared.places(mention)), "Ada", "Request 77")

    assert done.left == ()
    assert shared.places(mention) == []
    with shared.reading() as connection:
        assert belonging.of_assessment(connection, "hers") == one  # it is theirs all the same
