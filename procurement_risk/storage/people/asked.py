"""What a call on the store is about, and whether the person may: a check a kind of call."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from procurement_risk.assessment import Assessment
from procurement_risk.assessment.colleagues import is_same_person
from procurement_risk.assessment.parts import (
    ANSWER,
    HANDOVER,
    assessment_from_parts,
    assessment_to_parts,
)
from procurement_risk.canonical import JSON
from procurement_risk.errors import NotAllowed, NotFound, UsageError
from procurement_risk.language import _
from procurement_risk.methods import evaluate
from procurement_risk.profile.signers import asks_a_senior
from procurement_risk.storage import returns, rows, tables
from procurement_risk.storage.operations import loading, questionnaires, suppliers as of_suppliers
from procurement_risk.storage.people import (
    accounts,
    left,
    names_inside,
    read_log,
)
from procurement_risk.storage.people.parts import actions_of, changed, section_of
from procurement_risk.storage.people.permissions import Action
from procurement_risk.storage.people.person import ALL
from procurement_risk.storage.people.view import View

Given = dict[str, Any]
BEGUN_WITH = frozenset({"draft", "in_review"})
"""The states in which somebody who may start an assessment may make one."""


def nothing(view: View, given: Given) -> None:
    """Let anybody."""


# --- Assessments --------------------------------------------------------------------------


def created(view: View, given: Given) -> None:
    """Let whoever may start one for its buyer, and decide where it brings a decision."""
    assessment: Assessment = given["assessment"]
    organisation = _of_new_buyer(view, "start", assessment.purchase.buyer)
    worked = assessment.decision or assessment.overrides or assessment.sign_offs
    if worked or assessment.state not in BEGUN_WITH:
        view.demand("decide", organisation)
    if assessment.overrides:
        view.demand("override", organisation)
    _of_seen(view, assessment.replaces)
    earlier = _parts(view, assessment.replaces).values() if assessment.replaces else ()
    begun = replace(assessment, created_by=view.person.name)
    given["assessment"] = _signed(view, begun, earlier)


def saved(view: View, given: Given) -> None:
    """Let whoever may write that part."""
    written = _write(view, given["assessment_id"], {given["part"]: given["value"]})
    given["value"] = written[given["part"]]


def accepted(view: View, given: Given) -> None:
    """Let whoever may write that answer; it stays the supplier's."""
    _write(view, given["assessment_id"], {given["part"]: given["value"]})


def saved_together(view: View, given: Given) -> None:
    """Let whoever may write every one of the parts."""
    values = {name: value for name, (value, __) in given["changes"].items()}
    written = _write(view, given["assessment_id"], values)
    given["changes"] = {name: (written[name], at) for name, (__, at) in given["changes"].items()}


def moved(view: View, given: Given) -> None:
    """Let whoever may write every part that becomes another one."""
    assessment: Assessment = given["assessment"]
    view.demand("describe", view.organisation_of(assessment.id))
    before, after = _parts(view, assessment.id), assessment_to_parts(assessment)
    _write(view, assessment.id, {name: after.get(name) for name in changed(before, after)})
    given["assessment"] = _signed(view, assessment, before.values())


def _signed(view: View, assessment: Assessment, before: Iterable[JSON]) -> Assessment:
    """Return an assessment with the person's name on what in it is new."""
    stood = list(before)
    parts = {
        name: names_inside.signed(value, view.person.name, stood)
        for name, value in assessment_to_parts(assessment).items()
    }
    return assessment_from_parts(
        parts,
        id=assessment.id,
        fictional=assessment.fictional,
        created_at=assessment.created_at,
        created_by=assessment.created_by,
    )


def _parts(view: View, assessment_id: str) -> dict[str, JSON]:
    """Return what stands in every part of an assessment that is filled."""
    now = loading.parts(view.database, assessment_id)
    return {name: each.value for name, each in now.items() if each.value is not None}


def _of_seen(view: View, assessment_id: object) -> None:
    """Raise NotFound where a look would follow one that the person does not see.

    A decision on it is written into the look that it follows.
    """
    if isinstance(assessment_id, str) and assessment_id:
        view.organisation_of(assessment_id)


def _write(view: View, assessment_id: str, values: Mapping[str, JSON]) -> dict[str, JSON]:
    """Let whoever may write every one of ``values``, and return them under the person's name."""
    with view.database.at_one_moment():
        _refuse_writing(view, assessment_id, values)
        with view.database.reading() as connection:
            texts = [rows.part_value(connection, assessment_id, name) for name in values]
    stood = [json.loads(text) for text in texts if text is not None]
    return {
        name: names_inside.signed(value, view.person.name, stood) for name, value in values.items()
    }


def _refuse_writing(view: View, assessment_id: str, values: Mapping[str, JSON]) -> None:
    """Raise NotAllowed where the person may not write one of ``values``."""
    organisation = view.organisation_of(assessment_id)
    framework = None
    if any(":" in name for name in values):
        framework = questionnaires.framework_of(view.database, assessment_id)
    for name, value in values.items():
        section, actions = section_of(name, framework), actions_of(name, value)
        if not any(view.person.may(action, organisation, section) for action in actions):
            raise view.refusal(actions[0], organisation)
        if name == "purchase" and isinstance(value, dict):
            _of_new_buyer(view, "describe", str(value.get("buyer", "")))
        if name == "replaces":
            _of_seen(view, value)
        if name.startswith(HANDOVER) and isinstance(value, dict) and value.get("second"):
            for each in (value.get("owner"), value["second"]):
                _refuse_who_may_not_answer(view, str(each), organisation, section)


def _refuse_who_may_not_answer(view: View, name: str, organisation: str, section: str) -> None:
    """Raise UsageError where nobody of that name may answer there: they would be waited for."""
    for each in accounts.people(view.database):
        lets = (grant.held.covers("answer", organisation, section) for grant in each.grants)
        if each.active and is_same_person(each.name, name) and any(lets):
            return
    message = _(
        "Nobody called {name} may answer this section here. Write the name under which they sign "
        "in, or have them given a role first."
    )
    raise UsageError(message.format(name=repr(name)))


def _of_new_buyer(view: View, action: Action, buyer: str) -> str:
    """Return the organisation of a buyer. Raises NotAllowed where the person may not for it."""
    organisation = view.organisation_of_buyer(buyer)
    if view.person.may(action, organisation):
        return organisation
    message = _(
        "You may not work for the buyer {buyer}. Write the name of your organisation as the "
        "buyer, or ask an administrator to enter {buyer} among its names."
    )
    raise NotAllowed(message.format(buyer=repr(buyer)))


def signed(view: View, given: Given) -> None:
    """Let whoever may sign there, at its tier, and say how it is known who they are."""
    name = given["assessment_id"]
    organisation = view.organisation_of(name)
    view.demand("sign_off", organisation)
    stored = loading.load(view.database, name)
    if asks_a_senior(evaluate(stored.framework, stored.assessment.answer_set)):
        view.demand("sign_as_senior", organisation)
    given["how"] = view.person.how


def opened(view: View, given: Given) -> None:
    """Let whoever may read it, and write down that it was opened where something is withheld."""
    name = given["assessment_id"]
    view.demand("read", view.organisation_of(name))
    with view.database.reading() as connection:
        withheld = rows.part_value(connection, name, "markings")
    if withheld and not read_log.opened_today(view.database, view.person, name):
        read_log.note(view.database, view.person, "opened", [name])


def noted_opened(view: View, given: Given) -> None:
    """Let whoever sees each of them, and write down that it was opened, as ``opened`` does."""
    for each in given["ids"]:
        opened(view, {"assessment_id": each})


def many(view: View, given: Given) -> None:
    """Let whoever sees each of ``ids``; all of them are those that the person sees."""
    visible = view.visible()
    if visible is None:
        return
    if given["ids"] is None:
        given["ids"] = sorted(visible)
        return
    given["ids"] = list(given["ids"])
    if hidden := [each for each in given["ids"] if each not in visible]:
        raise rows.not_found(hidden)


def listed(view: View, given: Given) -> None:
    """List what lies in the organisations in which the person reads."""
    given["organisations"] = view.person.organisations("read")


def exported(view: View, given: Given) -> None:
    """Let whoever may take each of them out, and write that down."""
    ids = given["ids"] = list(given["ids"])
    for each in dict.fromkeys(ids):
        view.demand("export", view.organisation_of(each))
    read_log.note(view.database, view.person, "exported", ids, given["what"])


def imported(view: View, given: Given) -> None:
    """Let whoever may bring records in, for the buyer in it and over what stands here."""
    assessment: Assessment = given["record"].assessment
    _of_new_buyer(view, "bring_in", assessment.purchase.buyer)
    with view.database.reading() as connection:
        is_here = connection.execute(rows.assessment_row(assessment.id)).first() is not None
    if not is_here:
        return
    if not view.sees(assessment.id):
        message = _("There is an assessment {id} already. Give the new one another id.")
        raise UsageError(message.format(id=repr(assessment.id)))
    view.demand("bring_in", view.organisation_of(assessment.id))


def struck(view: View, given: Given) -> None:
    """Let whoever may strike out there: in one assessment, or everywhere."""
    name = given["assessment_id"]
    view.demand("strike_out", view.organisation_of(name) if name else ALL)


# --- Files and suppliers ------------------------------------------------------------------


def own_files(view: View, given: Given) -> None:
    """Tell of the files that wait for the person, whomever is asked for."""
    given["person"] = view.person.name
    if name := given.get("assessment_id"):
        view.organisation_of(name)


def evidenced(view: View, given: Given) -> None:
    """Let whoever may answer every question that a file is to show."""
    named = given["questions"] = list(given["questions"])
    _write(view, given["assessment_id"], {f"{ANSWER}{each}": None for each in named or [""]})


def answering(view: View, given: Given) -> None:
    """Let whoever may answer the question, under their own name."""
    part = f"{ANSWER}{given['question']}"
    given["value"] = _write(view, given["assessment_id"], {part: given["value"]})[part]


def finishing(view: View, given: Given) -> None:
    """Let whoever may answer the section; to end it for both, whoever may hand it over."""
    organisation = view.organisation_of(given["assessment_id"])
    action: Action = "hand_over" if given["for_both"] else "answer"
    view.demand(action, organisation, given["section"])


def unlinked(view: View, given: Given) -> None:
    """Let whoever may answer the question."""
    _write(view, given["assessment_id"], {f"{ANSWER}{given['question']}": None})


def kept_file(view: View, given: Given) -> None:
    """Let whoever sees an assessment that the file was taken into."""
    table = tables.supplier_return
    query = sa.select(table.c.assessment_id).where(table.c.digest == given["digest"])
    with view.database.reading() as connection:
        into = list(connection.execute(query).scalars())
    if not any(map(view.sees, into)):
        raise returns.no_file(given["digest"])


def of_one_supplier(view: View, given: Given) -> None:
    """Tell of two that the person sees; of others as of what is not here."""
    sees = [view.sees(given[name]) for name in ("one", "other")]
    if not all(sees):
        raise left.Instead(not any(sees))


def suppliers(view: View, given: Given) -> None:
    """Let whoever may say so in every organisation that has an assessment of the supplier."""
    links = of_suppliers.links(view.database)
    for wanted in (given["supplier_id"], given.get("other_id", "")):
        theirs = [each for each, supplier_id in links.items() if supplier_id == wanted]
        if wanted and not any(map(view.sees, theirs)):
            raise NotFound(_("The supplier is no longer here. Choose it from the list once more."))
        for each in theirs:
            if not view.sees(each):
                raise NotAllowed(
                    _(
                        "Another organisation has assessments of this supplier as well. Somebody "
                        "with a role in all of them has to say this."
                    )
                )
            view.demand("join_suppliers", view.organisation_of(each))


def from_elsewhere(view: View, given: Given) -> None:
    """Let anybody, for the organisations in which they start assessments."""
    given["organisation_ids"] = view.person.organisations("start")
