"""Every call on the store, and what it asks of whoever makes it: one line each.

A rule looks at what a call is given and refuses it, and then at what comes back, of which only
what the person sees is left. A call that has no line is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from procurement_risk.storage.people import asked, asked_of_settings, left
from procurement_risk.storage.people.permissions import Action
from procurement_risk.storage.people.person import ALL
from procurement_risk.storage.people.view import View

Given = dict[str, Any]
"""What a call is given, by the names of its parameters; a rule may put something else there."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What one call asks.

    Attributes:
        action: What the caller is about to do; empty where that depends on what is given, or
            where anybody may who is signed in.
        check: Refuses it.
        left: Gives what the caller sees of what comes back.
    """

    action: Action | None
    check: Callable[[View, Given], None]
    left: Callable[[View, Any], Any] = left.all_of_it


def one(action: Action) -> Rule:
    """Return the rule of what is done with the assessment ``assessment_id``."""

    def check(view: View, given: Given) -> None:
        view.demand(action, view.organisation_of(given["assessment_id"]))

    return Rule(action, check)


def opening() -> Rule:
    """Return the rule of reading the whole of an assessment, which is written down."""
    return Rule("read", asked.opened)


def quiet(otherwise: Callable[[], Any], seen: Callable[..., Any] = left.seen_in) -> Rule:
    """Return the rule of what answers an id that is not here with what ``otherwise`` gives."""

    def check(view: View, given: Given) -> None:
        name = given["assessment_id"]
        if name and not view.sees(name):
            raise left.Instead(otherwise())

    return Rule("read", check, seen)


def anywhere(action: Action) -> Rule:
    """Return the rule of what is done in no organisation, by whoever holds a role for it."""
    return Rule(action, lambda view, given: view.demand(action, ""))


def somewhere(action: Action) -> Rule:
    """Return the rule of what is done before it is known in which organisation."""

    def check(view: View, given: Given) -> None:
        if not view.person.may_somewhere(action):
            raise view.refusal(action, ALL)

    return Rule(action, check)


def listed(action: Action) -> Rule:
    """Return the rule of a list that is empty for whoever may not read it."""

    def check(view: View, given: Given) -> None:
        if not view.person.may(action, ALL):
            raise left.Instead([])

    return Rule(action, check)


def everywhere(action: Action) -> Rule:
    """Return the rule of what is done to everything here."""
    return Rule(action, lambda view, given: view.demand(action, ALL))


def there(action: Action) -> Rule:
    """Return the rule of what is done in the organisation ``organisation_id``."""
    return Rule(action, lambda view, given: view.demand(action, given["organisation_id"]))


ANYBODY = Rule(None, lambda view, given: None)
SEEN = Rule("read", lambda view, given: None, left.seen_in)
"""A list, of which is left what the person sees."""

OWN_FILES = Rule(None, asked.own_files)
"""What is about the files that wait for whoever asks."""

RULES: Mapping[str, Rule] = {
    # Changing assessments
    "create": Rule("start", asked.created),
    "save": Rule(None, asked.saved),
    "save_together": Rule(None, asked.saved_together),
    "answer_alone": Rule("answer", asked.answering),
    "alone_answers": one("read"),
    "finish_alone": Rule(None, asked.finishing),
    "archive": one("set_aside"),
    "restore": one("set_aside"),
    "move": Rule(None, asked.moved),
    "sign_off": Rule("sign_off", asked.signed),
    "stamp_sign_offs": one("sign_off"),
    # Reading them
    "load": opening(),
    "load_with_history": opening(),
    "parts": opening(),
    "history": opening(),
    "opened": opening(),
    "load_many": Rule("read", asked.many),
    "read_many": Rule("read", asked.many),
    "note_opened": Rule("read", asked.noted_opened),
    "peek": one("read"),
    "head": one("read"),
    "left_frameworks": one("read"),
    "verify_history": one("read"),
    "framework_of": quiet(lambda: None),
    "summaries": SEEN,
    "upstreams": SEEN,
    "asking": SEEN,
    "changed_since": SEEN,
    "first_changes": SEEN,
    "find": SEEN,
    "find_ids": SEEN,
    "stamp": ANYBODY,
    "changes": ANYBODY,
    "verify_logs": ANYBODY,
    "outcomes": Rule("read", asked.nothing, left.outcomes),
    "missing_outcomes": everywhere("administer"),
    "make_outcomes": Rule("read", asked.nothing, left.damaged),
    "missing_lines": everywhere("administer"),
    "lines_stamp": everywhere("administer"),
    "keep_lines": everywhere("administer"),
    "listed_kinds": Rule("read", asked.listed),
    "listed_values": Rule("read", asked.listed),
    "listed_beside": Rule("read", asked.listed),
    "listed_questionnaires": Rule("read", asked.listed),
    "listed": Rule("read", asked.listed),
    "listed_scored": Rule("read", asked.listed),
    "listed_unscored": Rule("read", asked.listed),
    "waiting_number": Rule("read", asked.listed),
    "waiting_part": Rule("read", asked.listed),
    "settle_purchases": everywhere("administer"),
    "purchases_number": everywhere("administer"),
    "names_of_suppliers": everywhere("administer"),
    "purchases_alike": Rule("read", asked.listed),
    "purchases_first": Rule("read", asked.listed),
    "purchases_bids": Rule("read", asked.listed),
    "purchases_parted": Rule("read", asked.listed),
    "offered": Rule("read", asked.listed),
    "offered_compared": Rule("read", asked.listed),
    "of_purchases": Rule("read", asked.listed),
    "near": Rule("read", asked.listed),
    "read_outcomes": Rule("read", asked.nothing, left.outcomes),
    # Suppliers
    "suppliers": Rule("read", asked.nothing, left.suppliers),
    "supplier_links": SEEN,
    "supplier_names": quiet(dict, left.supplier_names),
    "of_supplier": SEEN,
    "beside": SEEN,
    "of_one_supplier": Rule("read", asked.of_one_supplier),
    "meant_suppliers": Rule("read", asked.nothing, left.supplier_ids),
    "join_suppliers": Rule("join_suppliers", asked.suppliers),
    "part_supplier": Rule("join_suppliers", asked.suppliers),
    "name_supplier": Rule("join_suppliers", asked.suppliers),
    "unname_supplier": Rule("join_suppliers", asked.suppliers),
    "supplier_decisions": Rule("read", asked.nothing, left.decisions),
    "bought_elsewhere": Rule("start", asked.from_elsewhere),
    # What came in and went out
    "keep_return": one("take_back"),
    "save_returned": Rule(None, asked.accepted),
    "returns": SEEN,
    "returns_into": quiet(list),
    "wait_return": somewhere("take_back"),
    "waiting_for": OWN_FILES,
    "waiting_file": OWN_FILES,
    "waiting_is_for": OWN_FILES,
    "give_up_return": OWN_FILES,
    "kept_file": Rule("read", asked.kept_file),
    "add_evidence": Rule("answer", asked.evidenced),
    "link_evidence": Rule("answer", asked.evidenced),
    "unlink_evidence": Rule("answer", asked.unlinked),
    "remove_evidence": one("describe"),
    "evidence_content": one("read"),
    "check_evidence": one("read"),
    "evidence_uses": Rule("read", asked.many),
    "make_answer_link": one("take_back"),
    "answer_links": SEEN,
    "revoke_answer_link": one("take_back"),
    "discard_answer_link": one("take_back"),
    "answer_link_file": one("take_back"),
    "import_record": Rule("bring_in", asked.imported),
    "would_import": Rule("bring_in", asked.imported),
    "add_release": one("give_out"),
    "releases": quiet(list),
    "exporting": Rule("export", asked.exported),
    # Keeping
    "hold": one("keep"),
    "lift_hold": one("keep"),
    "delete": one("keep"),
    "dispose": one("keep"),
    "tombstones": listed("read_logs"),
    "places": Rule("strike_out", asked.struck),
    "erase": everywhere("strike_out"),
    "redact": one("strike_out"),
    # Questionnaires, which all organisations share
    "frameworks": anywhere("use_questionnaires"),
    "known_frameworks": anywhere("use_questionnaires"),
    "foreign_frameworks": anywhere("use_questionnaires"),
    "foreign": ANYBODY,
    "origin": anywhere("use_questionnaires"),
    "whose": anywhere("use_questionnaires"),
    "why_not_in_use": anywhere("use_questionnaires"),
    "uses": anywhere("use_questionnaires"),
    "retired_questionnaires": anywhere("use_questionnaires"),
    "forget_framework": anywhere("keep_questionnaires"),
    "put_in_use": anywhere("keep_questionnaires"),
    "retire": anywhere("keep_questionnaires"),
    "bring_back": anywhere("keep_questionnaires"),
    "draft": anywhere("keep_questionnaires"),
    "every_draft": Rule("keep_questionnaires", asked_of_settings.drafts),
    "begin_draft": anywhere("keep_questionnaires"),
    "save_draft": anywhere("keep_questionnaires"),
    "delete_draft": anywhere("keep_questionnaires"),
    # All there is
    "wholes": everywhere("administer"),
    "would_take_over": everywhere("administer"),
    "take_over": everywhere("administer"),
    "rebuild_search": everywhere("administer"),
    "back_up": everywhere("administer"),
    "verify_all": everywhere("administer"),
    "fill_from": everywhere("administer"),
    "clean": everywhere("administer"),
    # People
    "may": Rule(None, asked.nothing),
    "people": Rule("manage_people", asked_of_settings.managing, left.accounts),
    "role_grants": Rule("manage_people", asked_of_settings.managing, left.in_managed),
    "grant_role": Rule("manage_people", asked_of_settings.giving),
    "withdraw_role": Rule("manage_people", asked_of_settings.grant),
    "switch_person": everywhere("administer"),
    "end_sessions": Rule("administer", asked_of_settings.own_sessions),
    "organisations": Rule(None, asked.nothing, left.organisations),
    "add_organisation": everywhere("administer"),
    "claim_buyer": everywhere("administer"),
    "disclaim_buyer": everywhere("administer"),
    "unclaimed_buyers": everywhere("administer"),
    "agreements": Rule("manage_people", asked_of_settings.managing, left.agreements),
    "agree": there("manage_people"),
    "end_agreement": there("manage_people"),
    "tokens": Rule("manage_people", asked_of_settings.managing, left.in_managed),
    "make_token": Rule("manage_people", asked_of_settings.giving),
    "revoke_token": Rule("manage_people", asked_of_settings.token),
    "settings": everywhere("administer"),
    "setting": Rule(None, asked_of_settings.told),
    "set_setting": everywhere("administer"),
    "reads": listed("read_logs"),
    # Who is told what waits
    "notice_choices": Rule(None, asked_of_settings.own_notices),
    "notice_language": Rule(None, asked_of_settings.own_notices),
    "choose_notices": Rule(None, asked_of_settings.own_notices),
    "send_test_message": Rule(None, asked_of_settings.own_notices),
    "stuck_messages": everywhere("administer"),
    "message_counts": everywhere("administer"),
    "send_message_again": everywhere("administer"),
    "give_message_up": everywhere("administer"),
    "webhooks": Rule("send_out", asked_of_settings.sending_out, left.in_sending),
    "add_webhook": there("send_out"),
    "remove_webhook": Rule("send_out", asked_of_settings.webhook),
    "webhook_deliveries": Rule("send_out", asked_of_settings.webhook),
}

PLAIN = frozenset({"place", "notices"})
"""What is told to anybody."""
