"""The store: every assessment, part by part, and how each part came to be what it is.

A line below for everything that may be asked of it; what each does is said where it is done: in
``operations``, or, of what is one look or one change, where that lies. Whatever changes something
is one transaction, with its history. A save names the revision it was based on: if somebody saved
in between, it is refused with both values, so that nobody's answer is lost.
"""

from __future__ import annotations

from typing import cast

from procurement_risk.storage import (
    alone_answers as alone,
    answer_links as links_to_answer,
    connection as connections,
    drafts,
    keeping,
    moving_in,
    offered as parts_offered,
    purchase_lines,
    reading as reads,
    releases as log_of_releases,
    returns as kept_returns,
    rows,
    search,
    searched,
    supplier_decisions as decided_suppliers,
    supplier_links as links,
    verifying,
    waiting_returns,
)
from procurement_risk.storage.database import Database, reading, writing
from procurement_risk.storage.notifications import choices, messages as queue, webhooks as hooks
from procurement_risk.storage.operations import (
    answer_linking,
    answering,
    answering_alone,
    bringing_in,
    counted_purchases,
    deleting,
    drafting,
    everybody,
    everything,
    evidence_files,
    given_out,
    loading,
    made_outcomes,
    moving,
    past,
    putting_in_use,
    questionnaires,
    sent_back,
    signing,
    stamping,
    striking_out,
    suppliers as of_suppliers,
    together,
    writing as parts_written,
)
from procurement_risk.storage.people import (
    accounts,
    agreements as agreed,
    belonging,
    ending,
    organisations as of_organisations,
    read_log,
    settings as of_settings,
    tokens as of_tokens,
)
from procurement_risk.storage.people.acting import Acting
from procurement_risk.storage.people.person import Person


class Store(Database):
    """Assessments in one database. Safe to share between threads; ``close`` it when done."""

    create = parts_written.create
    save = parts_written.save
    save_together = together.save_together
    archive = parts_written.archive
    restore = parts_written.restore
    move = moving.move
    sign_off = signing.sign_off
    stamp_sign_offs = stamping.stamp_sign_offs

    answer_alone = answering_alone.answer_alone
    alone_answers = reading(alone.of)
    finish_alone = answering_alone.finish_alone

    load = loading.load
    load_many = loading.load_many
    read_many = loading.read_many
    load_with_history = loading.load_with_history
    peek = reading(rows.revision)
    parts = loading.parts
    summaries = loading.summaries
    upstreams = reading(reads.upstreams)
    asking = reading(reads.asking)
    stamp = reading(rows.stamp)
    changes = reading(rows.changes)

    history = past.history
    left_frameworks = past.left_frameworks
    changed_since = past.changed_since
    first_changes = past.first_changes
    verify_history = reading(verifying.faults_of)
    verify_logs = past.verify_logs
    head = past.head
    opened = past.head

    outcomes = made_outcomes.outcomes
    make_outcomes = made_outcomes.make_outcomes
    missing_outcomes = made_outcomes.missing_outcomes
    read_outcomes = made_outcomes.read_outcomes
    missing_lines = made_outcomes.missing_lines
    lines_stamp = made_outcomes.lines_stamp
    keep_lines = made_outcomes.keep_lines
    listed_kinds = made_outcomes.listed_kinds
    listed_values = made_outcomes.listed_values
    listed_beside = made_outcomes.listed_beside
    listed_questionnaires = made_outcomes.listed_questionnaires
    listed = made_outcomes.listed
    listed_scored = made_outcomes.listed_scored
    listed_unscored = made_outcomes.listed_unscored
    waiting_number = made_outcomes.waiting_number
    waiting_part = made_outcomes.waiting_part

    settle_purchases = counted_purchases.settle_purchases
    purchases_number = reading(purchase_lines.number)
    purchases_alike = reading(purchase_lines.alike)
    purchases_first = reading(purchase_lines.first)
    purchases_bids = reading(purchase_lines.bids_beside)
    purchases_parted = reading(purchase_lines.is_parted)
    names_of_suppliers = reading(decided_suppliers.normal_names)

    offered = reading(parts_offered.assessments)
    offered_compared = reading(parts_offered.compared)
    of_purchases = reading(parts_offered.of_purchases)
    near = reading(searched.near)

    find = reading(searched.find)
    find_ids = reading(searched.find_ids)
    rebuild_search = writing(search.rebuild)

    suppliers = of_suppliers.suppliers
    supplier_links = of_suppliers.links
    supplier_names = of_suppliers.supplier_names
    of_supplier = of_suppliers.of_supplier
    beside = of_suppliers.beside
    of_one_supplier = of_suppliers.of_one_supplier
    meant_suppliers = reading(links.meant)
    join_suppliers = of_suppliers.join_suppliers
    part_supplier = of_suppliers.part_supplier
    name_supplier = of_suppliers.name_supplier
    unname_supplier = of_suppliers.unname_supplier
    supplier_decisions = reading(decided_suppliers.decisions)

    keep_return = sent_back.keep_return
    save_returned = sent_back.save_returned
    returns = sent_back.returns
    returns_into = sent_back.returns_into
    kept_file = reading(kept_returns.content)
    wait_return = sent_back.wait_return
    waiting_for = reading(waiting_returns.of)
    waiting_file = sent_back.waiting_file
    waiting_is_for = writing(waiting_returns.meant_for)
    give_up_return = writing(waiting_returns.give_up)

    add_evidence = evidence_files.add_evidence
    link_evidence = evidence_files.link_evidence
    unlink_evidence = evidence_files.unlink_evidence
    remove_evidence = evidence_files.remove_evidence
    evidence_content = evidence_files.evidence_content
    evidence_uses = evidence_files.evidence_uses
    check_evidence = evidence_files.check_evidence
    make_answer_link = answer_linking.make_answer_link
    answer_links = reading(links_to_answer.of)
    revoke_answer_link = answer_linking.revoke_answer_link
    discard_answer_link = answer_linking.discard_answer_link
    answer_link_file = answer_linking.answer_link_file

    frameworks = questionnaires.frameworks
    known_frameworks = questionnaires.known_frameworks
    framework_of = questionnaires.framework_of
    foreign_frameworks = questionnaires.foreign_frameworks
    foreign = questionnaires.foreign
    origin = questionnaires.origin
    whose = questionnaires.whose
    forget_framework = questionnaires.forget_framework

    put_in_use = putting_in_use.put_in_use
    why_not_in_use = putting_in_use.why_not_in_use
    retire = putting_in_use.retire
    bring_back = putting_in_use.bring_back
    uses = putting_in_use.uses
    retired_questionnaires = putting_in_use.retired_questionnaires

    draft = reading(drafts.one)
    every_draft = reading(drafts.every)
    begin_draft = drafting.begin_draft
    save_draft = drafting.save_draft
    delete_draft = drafting.delete_draft

    import_record = bringing_in.import_record
    would_import = bringing_in.would_import
    wholes = bringing_in.wholes
    would_take_over = reading(moving_in.would_take)
    take_over = bringing_in.take_over

    hold = deleting.hold
    lift_hold = deleting.lift_hold
    delete = deleting.delete
    dispose = deleting.dispose
    tombstones = reading(keeping.tombstones)

    places = striking_out.places
    erase = striking_out.erase
    redact = striking_out.redact

    add_release = given_out.add_release
    releases = reading(log_of_releases.every)

    readiness = answering.readiness
    back_up = everything.back_up
    verify_all = everything.verify_all
    fill_from = everything.fill_from

    may = everybody.may
    exporting = everybody.exporting
    note_opened = everybody.note_opened
    reads = read_log.reads

    people = accounts.people
    role_grants = accounts.role_grants
    grant_role = accounts.grant_role
    withdraw_role = accounts.withdraw_role
    switch_person = accounts.switch_person
    end_sessions = ending.end_sessions

    organisations = of_organisations.organisations
    add_organisation = of_organisations.add_organisation
    claim_buyer = of_organisations.claim_buyer
    disclaim_buyer = of_organisations.disclaim_buyer
    unclaimed_buyers = reading(belonging.unclaimed)

    agreements = agreed.agreements
    agree = agreed.agree
    end_agreement = agreed.end_agreement
    bought_elsewhere = agreed.bought_elsewhere

    tokens = of_tokens.tokens
    make_token = of_tokens.make_token
    revoke_token = of_tokens.revoke_token
    settings = of_settings.settings
    setting = of_settings.setting
    set_setting = of_settings.set_setting

    notice_choices = choices.notice_choices
    notice_language = choices.notice_language
    choose_notices = choices.choose_notices
    send_test_message = queue.send_test_message
    stuck_messages = queue.stuck_messages
    message_counts = queue.message_counts
    send_message_again = queue.send_message_again
    give_message_up = queue.give_message_up
    webhooks = hooks.webhooks
    add_webhook = hooks.add_webhook
    remove_webhook = hooks.remove_webhook
    webhook_deliveries = hooks.webhook_deliveries

    def acting(self, person: Person) -> Store:
        """Return this store as ``person`` may use it; whoever works alone may use all of it."""
        return self if person.is_personal else cast(Store, Acting(self, person))


def open_store(url: str = connections.DEFAULT_URL) -> Store:
    """Return the store at ``url``, made or brought up to date where need be.

    Args:
        url: ``sqlite:///folder/file.sqlite3``, a relative path counting from the repository's
            root, or ``postgresql://user:password@host/name``.

    Raises:
        StorageError: If the database cannot be used; the message says what to do.
    """
    return Store.open(url)


def open_memory_store() -> Store:
    """Return an empty store that keeps nothing: for trying a framework out."""
    return Store(connections.memory_engine(), "in memory")
