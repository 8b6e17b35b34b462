"""The words for a place where a name or a passage stands."""

from __future__ import annotations

from collections.abc import Mapping

from procurement_risk.assessment.parts import part_title
from procurement_risk.language import N_, _
from procurement_risk.storage.places import Place

TABLES: Mapping[str, str] = {
    "assessment": N_("the assessment itself"),
    "framework_version": N_("a questionnaire"),
    "kept_file": N_("a file that was sent back"),
    "supplier_return": N_("the list of files that were sent back"),
    "waiting_return": N_("the list of files that wait to be taken in"),
    "answer_link": N_("the links by which suppliers answer"),
    "alone_answer": N_("what two people answer alone"),
    "release": N_("the log of what was given out"),
    "supplier_decision": N_("what was decided about suppliers"),
    "questionnaire_use": N_("the list of questionnaires put in use and retired"),
    "questionnaire_draft": N_("a draft of a questionnaire"),
    "tombstone": N_("what is left of a deleted assessment"),
    "organisation": N_("the list of organisations"),
    "organisation_buyer": N_("the list of which buyers are which organisation"),
    "agreement": N_("the agreements between organisations"),
    "person": N_("the list of people"),
    "role_grant": N_("the roles that were given"),
    "api_token": N_("the list of tokens"),
    "kept_answer": N_("what a program was answered"),
    "setting": N_("the settings"),
    "ended_session": N_("the list of ended sessions"),
    "notice_choice": N_("what people want to be told"),
    "noticed": N_("the list of what people were told"),
    "message": N_("the queue of messages"),
    "webhook": N_("the list of webhooks"),
    "notice_turn": N_("whose turn it is to look what waits"),
    "read_log": N_("the log of what was opened and exported"),
    "log_erasure": N_("the log of what was struck out of logs"),
}
"""What the tables are called; one that is not here goes by its own name."""


def where(place: Place) -> str:
    """Return in words where it is: the part or line of history, and the field."""
    field = place.path or place.column
    if place.table == "history":
        words = _("history, line {number} ({part}): {field}")
        part, column = part_title(place.part, place.framework), place.column
        shown = f"{column} {place.path}".strip()
        return words.format(number=place.key["seq"], part=part, field=shown)
    if place.table == "part":
        return f"{part_title(place.part, place.framework)}: {field}"
    name = TABLES.get(place.table)
    return f"{_(name) if name else place.table}: {field}"


def what_happens(place: Place, *, files_go: bool = True) -> str:
    """Return what an erasure does there, as the column of a list."""
    if place.fixed or (place.is_file and not files_go):
        return _("stays")
    return _("file taken out") if place.is_file else _("struck out")
