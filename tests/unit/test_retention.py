"""How long an assessment is kept, what a legal hold stops, and what is left of what went."""

from dataclasses import replace

import pytest

from procurement_risk.assessment import Purchase, RecordedDecision, Supplier
from procurement_risk.assessment.retention import (
    BECAUSE,
    OURS,
    SETTING,
    due,
    ending,
    read_rules,
    words,
)
from procurement_risk.errors import InvalidDocument, NotFound, UsageError
from procurement_risk.storage.due_list import due_list
from procurement_risk.storage.keeping import look
from tests.support.stored_examples import BARE, FULL, framework

RULES = read_rules(OURS)
CHANGED = "2026-11-29T10:00:00.000Z"


def bought(**changes):
    return replace(FULL, purchase=replace(FULL.purchase, **changes))


NO = RecordedDecision(decision="do_not_proceed", by="Grace", at="2026-02-28T10:00:00Z")
OTHER = replace(bought(chosen_supplier="Southwind Ltd"), state="closed")


@pytest.mark.parametrize(
    ("assessment", "ended", "day"),
    [
        (FULL, "contract", "2034-12-31"),
        (replace(FULL, state="live"), "contract", "2034-12-31"),
        (bought(chosen_supplier="NORTHWIND LTD"), "contract", "2034-12-31"),
        (bought(contract_end=""), "contract", ""),
        (bought(contract_start=""), "contract", "2034-12-31"),
        (bought(contract_end="2028-02-29"), "contract", "2034-02-28"),
        (bought(contract_end="2020-01-31", contract_start="2026-01-01"), "contract", "2029-01-01"),
        (OTHER, "unsuccessful", "2030-01-01"),
        (
            replace(bought(chosen_supplier="X", contract_start=""), decision=NO),
            "unsuccessful",
            "2029-02-28",
        ),
        (
            replace(bought(chosen_supplier="X", contract_start=""), decision=None),
            "unsuccessful",
            "",
        ),
        (replace(bought(chosen_supplier=""), decision=NO), "not_bought", "2029-02-28"),
        (replace(bought(chosen_supplier=""), decision=NO, state="in_review"), "in_progress", ""),
        (bought(chosen_supplier=""), "in_progress", ""),
        (BARE, "in_progress", ""),
        (
            replace(bought(chosen_supplier=""), decision=NO, state="withdrawn"),
            "not_bought",
            "2029-02-28",
        ),
        (replace(FULL, state="not_chosen"), "unsuccessful", "2030-01-01"),
    ],
)
def test_the_day_that_each_ending_gives(assessment, ended, day):
    found = due(assessment, CHANGED, RULES, ())
    assert (found.ending, ending(assessment, ()), found.day) == (ended, ended, day)
    assert found.is_reached("2026-11-29") is False
    assert found.is_reached("9999-12-31") is bool(day)


def test_the_day_itself_counts_and_the_one_before_does_not():
    found = due(OTHER, CHANGED, RULES, ())
    assert (found.is_reached("2029-12-31"), found.is_reached("2030-01-01")) == (False, True)
    assert words(found) == "Unsuccessful bid: 3 years from the start of the contract"


def test_what_is_not_known_is_said():
    found = due(bought(contract_end=""), CHANGED, RULES, ())
    assert words(found) == "Contract: Not known: the end of the contract"


def test_the_reasons_in_our_rules_can_be_translated():
    assert tuple(rule.because for rule in RULES) == BECAUSE


# --- The rules as a file


def rules_in(tmp_path, text):
    path = tmp_path / "retention.yaml"
    path.write_text(text, encoding="utf-8")
    return path


DEED = """retention_version: 1
rules:
  - {id: deed, applies_to: contract, from: [contract_end], years: 12}
"""


def test_an_organisation_has_rules_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv(SETTING, str(rules_in(tmp_path, DEED)))
    assert due(FULL, CHANGED, read_rules(), ()).day == "2040-12-31"
    assert due(OTHER, CHANGED, read_rules(), ()).day == ""


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("years: 12", "years: -1"), "The least it can be is 0"),
        (("years: 12", "years: 1.5"), "1.5"),
        (("applies_to: contract", "applies_to: contrct"), "Write one of: contract"),
        (("[contract_end]", "[the_end]"), "Write one of: contract_end"),
        (("years", "yeers"), "years"),
        (("retention_version: 1", "retention_version: 2"), "rules of version 1"),
        (("rules:", "rules: 7\nx:"), "Write a list"),
    ],
)
def test_rules_that_make_no_sense_are_refused_with_what_is_wrong(tmp_path, change, message):
    with pytest.raises(InvalidDocument) as refused:
        read_rules(rules_in(tmp_path, DEED.replace(*change)))
    assert message in str(refused.value)


def test_two_rules_for_one_ending_and_a_missing_file_are_refused(tmp_path):
    line = DEED.splitlines()[2]
    with pytest.raises(InvalidDocument, match=r"2 rules apply to 'contract'\. Keep one"):
        read_rules(rules_in(tmp_path, DEED + line + "\n"))
    with pytest.raises(InvalidDocument, match="cannot be read: No such file"):
        read_rules(tmp_path / "nowhere.yaml")
    with pytest.raises(InvalidDocument, match="larger than"):
        read_rules(rules_in(tmp_path, "#" * 200_000))


# --- Disposal, deletion, holds


@pytest.fixture
def full(store):
    store.create(FULL, framework(), "Ada")
    store.create(replace(OTHER, id="other"), framework(), "Ada")
    store.create(BARE, framework(), "Ada")
    store.keep_return(FULL.id, "a.xlsx", b"only here", "Ada")
    store.keep_return(FULL.id, "b.xlsx", b"in both", "Ada")
    store.keep_return("other", "b.xlsx", b"in both", "Ada")
    store.outcomes(lambda stored: 1, "test")
    return store


def seen(store, name):
    return look(store.load(name))


def test_the_list_says_what_is_due_and_what_is_held(full):
    full.hold("other", "Lou", "Claim 4711")
    lines, _damaged = due_list(full, RULES, "2034-12-31")
    assert [(each.stored.assessment.id, each.standing) for each in lines] == [
        ("other", "held"),
        (FULL.id, "due"),
        ("bare", "kept"),
    ]


def test_a_deletion_leaves_a_tombstone_and_nothing_else(full):
    head, changes = full.head(FULL.id), full.changes()

    assert full.delete(FULL.id, seen(full, FULL.id), "Bo", "Made twice")

    with pytest.raises(NotFound):
        full.load(FULL.id)
    (left,) = full.tombstones()
    assert (left.assessment_id, left.by, left.reason, left.rule) == (
        FULL.id,
        "Bo",
        "Made twice",
        "",
    )
    assert (left.entries, left.head) == head
    assert len(left.record_digest) == 64
    assert full.kept_file(full.returns_into("other")[0].digest) == b"in both"
    with full.engine.connect() as connection:
        files = connection.exec_driver_sql("SELECT count(*) FROM kept_file").scalar()
    assert files == 1
    assert full.changes() > changes
    assert full.verify_history("other") == []
    assert set(full.read_outcomes("test").revisions) == {"other", "bare"}


def test_the_id_of_what_was_deleted_may_be_used_again(full):
    full.delete("bare", seen(full, "bare"), "Bo", "Made twice")
    full.create(BARE, framework(), "Ada")
    full.delete("bare", seen(full, "bare"), "Bo", "And again")
    assert [each.reason for each in full.tombstones()] == ["And again", "Made twice"]


@pytest.mark.parametrize(
    ("actor", "reason", "message"), [("Bo", " ", "Say why"), ("", "Twice", "Say who")]
)
def test_nobody_deletes_without_a_name_and_a_reason(full, actor, reason, message):
    with pytest.raises(UsageError, match=message):
        full.delete("bare", seen(full, "bare"), actor, reason)
    assert full.load("bare")


def test_nothing_is_deleted_that_changed_since_it_was_looked_at(full):
    looked = seen(full, "bare")
    full.save("bare", "state", "in_review", 1, "Ada")
    with pytest.raises(UsageError, match="changed since you looked"):
        full.delete("bare", looked, "Bo", "Twice")
    assert full.load("bare").assessment.state == "in_review"


def test_only_what_is_due_is_disposed_of(full):
    with pytest.raises(UsageError, match=r"not due .due on 2030-01-01"):
        full.dispose("other", seen(full, "other"), "Bo", "Due", RULES, "2029-12-31")
    with pytest.raises(UsageError, match=r"not due .In progress"):
        full.dispose("bare", seen(full, "bare"), "Bo", "Due", RULES, "2099-12-31")

    full.dispose("other", seen(full, "other"), "Bo", "Due", RULES, "2030-01-01")

    (left,) = full.tombstones()
    assert left.rule == "Unsuccessful bid: 3 years from the start of the contract"


def test_a_legal_hold_is_overridden_by_nothing(full):
    full.hold("other", "Lou", "Claim 4711")
    assert full.load("other").hold.by == "Lou"

    for attempt in (
        lambda: full.delete("other", seen(full, "other"), "Bo", "Twice"),
        lambda: full.dispose("other", seen(full, "other"), "Bo", "Due", RULES, "2099-01-01"),
        lambda: full.hold("other", "Bo", "Another"),
    ):
        with pytest.raises(UsageError, match=r"legal hold since .*, by Lou: Claim 4711"):
            attempt()
    assert full.tombstones() == []
    with pytest.raises(UsageError, match="Say why"):
        full.lift_hold("other", "Bo", "")
    full.lift_hold("other", "Bo", "Settled")
    with pytest.raises(UsageError, match="under no legal hold"):
        full.lift_hold("other", "Bo", "Settled")
    assert full.load("other").hold is None
    assert [entry.reason for entry in full.history("other")[-2:]] == ["Claim 4711", "Settled"]
    assert full.verify_history("other") == []
    assert full.delete("other", seen(full, "other"), "Bo", "Settled")


def test_a_hold_does_not_stop_work_and_stands_in_what_is_set_aside(full):
    full.archive("bare", "Ada")
    full.hold("bare", "Lou", "Claim")
    full.restore("bare", "Ada")
    full.save("bare", "state", "in_review", 1, "Ada")
    assert full.load("bare").hold.reason == "Claim"
    assert full.verify_history("bare") == []


def test_a_supplier_with_a_number_is_told_by_its_name(store):
    """The purchase names the chosen one by name alone."""
    one = replace(
        BARE,
        purchase=Purchase(id="p", title="T", buyer="B", chosen_supplier="S"),
        supplier=Supplier(name="S", company_number="00000001"),
    )
    assert ending(one, ()) == "contract"


def test_a_winner_under_an_earlier_name_has_a_contract(store):
    """Kept as an unsuccessful bid it would be disposed of years before its time."""
    renamed = replace(bought(chosen_supplier="Oldwind Ltd"), id="renamed")
    store.create(renamed, framework(), "Ada")
    store.create(replace(OTHER, id="other"), framework(), "Ada")
    of = store.supplier_links()["renamed"]
    assert _endings(store) == {"renamed": "unsuccessful", "other": "unsuccessful"}

    store.name_supplier(of, "OLDWIND Limited", "former", "Ada", "Companies House")

    assert _endings(store) == {"renamed": "contract", "other": "unsuccessful"}
    assert store.supplier_names("renamed")["renamed"] == store.supplier_names()["renamed"]
    assert store.supplier_names("nowhere") == {}
    with pytest.raises(UsageError, match=r"not due .due on 2034-12-31"):
        store.dispose("renamed", seen(store, "renamed"), "Bo", "Due", RULES, "2030-06-01")
    store.unname_supplier(of, "Oldwind Ltd", "Ada")
    assert _endings(store)["renamed"] == "unsuccessful"


def test_a_name_in_another_assessment_of_the_supplier_counts_even_where_it_was_set_aside(store):
    earlier = replace(BARE, id="earlier", supplier=Supplier(name="Oldwind", company_number="1"))
    now = replace(BARE.purchase, chosen_supplier="Oldwind")
    store.create(earlier, framework(), "Ada")
    store.create(replace(BARE, id="now", purchase=now), framework(), "Ada")
    store.archive("earlier", "Ada")
    links = store.supplier_links()
    assert _endings(store)["now"] == "unsuccessful"
    store.join_suppliers(links["now"], links["earlier"], "Ada")
    assert _endings(store)["now"] == "contract"


def _endings(store):
    lines, _damaged = due_list(store, RULES, "2026-11-29")
    return {each.stored.assessment.id: each.due.ending for each in lines}
