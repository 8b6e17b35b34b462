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


FIELDS: Mapping[str, str] = {
    "at": N_("when"),
    "by": N_("who"),
    "clause": N_("clause"),
    "created_by": N_("who began it"),
    "description": N_("description"),
    "found": N_("what was found"),
    "jurisdiction": N_("jurisdiction"),
    "link": N_("link"),
    "measure": N_("measure"),
    "name": N_("name"),
    "note": N_("note"),
    "owner": N_("owner"),
    "part": N_("what the line is about"),
    "promised": N_("what was promised"),
    "reason": N_("reason"),
    "text": N_("text"),
    "title": N_("title"),
    "what": N_("what happened"),
}
"""What the fields of an assessment are called; one that is not here goes by its own name."""


def where(place: Place) -> str:
    """Return in words where it is: the part or line of history, and the field."""
    if place.table == "history":
        when = {"before": _("before the change"), "after": _("after the change")}
        shown = [_field(place), when[place.column]] if place.column in when else [_field(place)]
        return _("history, line {number} ({part}): {field}").format(
            number=place.key["seq"],
            part=part_title(place.part, place.framework),
            field=", ".join(filter(None, shown)),
        )
    if place.table == "part":
        return ": ".join(filter(None, (part_title(place.part, place.framework), _field(place))))
    name = TABLES.get(place.table)
    return f"{_(name) if name else place.table}: {_field(place) or place.column}"


def _field(place: Place) -> str:
    """Return what the field is called; empty where all of a value is meant."""
    path = place.path or ("" if place.column in ("before", "after", "value") else place.column)
    name = FIELDS.get(path.rpartition(".")[2])
    return _(name) if name else path


def what_happens(place: Place, *, files_go: bool = True) -> str:
    """Return what an erasure does there, as the column of a list."""
    if place.fixed or (place.is_file and not files_go):
        return _("stays")
    return _("file taken out") if place.is_file else _("struck out")
