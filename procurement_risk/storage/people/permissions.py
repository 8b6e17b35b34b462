"""Which role may do what: one table, asked by the store and by every page, read by the docs.

Where a role counts is said of each action: in one organisation; there only in sections that are
named (of a specialist); wherever the role is held; or only where it is held for all organisations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from procurement_risk.language import N_

Role = Literal[
    "officer",
    "specialist",
    "reviewer",
    "decision_maker",
    "senior",
    "leader",
    "record_keeper",
    "auditor",
    "questionnaire_owner",
    "administrator",
]

ROLES: Mapping[Role, str] = {
    "officer": N_("procurement officer"),
    "specialist": N_("specialist"),
    "reviewer": N_("reviewer"),
    "decision_maker": N_("decision-maker"),
    "senior": N_("senior decision-maker"),
    "leader": N_("leader"),
    "record_keeper": N_("record keeper"),
    "auditor": N_("auditor"),
    "questionnaire_owner": N_("questionnaire owner"),
    "administrator": N_("administrator"),
}
"""What each role is called, in the order in which they are listed."""

Action = Literal[
    "read",
    "comment",
    "start",
    "describe",
    "answer",
    "hand_over",
    "submit",
    "review",
    "decide",
    "override",
    "sign_off",
    "sign_as_senior",
    "conclude",
    "publish",
    "export",
    "give_out",
    "take_back",
    "bring_in",
    "set_aside",
    "keep",
    "strike_out",
    "join_suppliers",
    "read_logs",
    "use_questionnaires",
    "keep_questionnaires",
    "manage_people",
    "send_out",
    "administer",
]
Scope = Literal["organisation", "section", "anywhere", "everywhere"]

READERS: tuple[Role, ...] = (
    "officer",
    "specialist",
    "reviewer",
    "decision_maker",
    "senior",
    "leader",
    "record_keeper",
    "auditor",
)


@dataclass(frozen=True, slots=True)
class Permission:
    """One action: what it is called after "to", who may do it, and where a role counts for it.

    Attributes:
        words: What it is, such as ``record a decision``.
        roles: Who may do it.
        scope: ``organisation``: in that of the assessment. ``section``: so too, and a specialist
            only in the sections that are named. ``anywhere``: whoever holds such a role at all.
            ``everywhere``: only whoever holds it for all organisations.
    """

    words: str
    roles: tuple[Role, ...]
    scope: Scope = "organisation"


PERMISSIONS: Mapping[Action, Permission] = {
    "read": Permission(N_("read assessments, their history and the portfolio"), READERS),
    "comment": Permission(
        N_("comment on a question"),
        ("officer", "specialist", "reviewer", "decision_maker", "senior"),
    ),
    "start": Permission(N_("start an assessment"), ("officer",)),
    "describe": Permission(
        N_("change the purchase, the supplier and what is assessed"), ("officer",)
    ),
    "answer": Permission(N_("answer questions"), ("officer", "specialist"), "section"),
    "hand_over": Permission(N_("hand a section over"), ("officer", "specialist"), "section"),
    "submit": Permission(N_("submit it for review, or take it back"), ("officer",)),
    "review": Permission(N_("review it: return it or accept it"), ("reviewer",)),
    "decide": Permission(N_("record a decision"), ("decision_maker", "senior")),
    "override": Permission(N_("override a stop until a day"), ("senior",)),
    "sign_off": Permission(N_("sign a decision off"), ("decision_maker", "senior")),
    "sign_as_senior": Permission(
        N_("sign a decision off that came out at the third tier or above"), ("senior",)
    ),
    "conclude": Permission(
        N_("put it in life, close it or withdraw it"), ("officer", "decision_maker", "senior")
    ),
    "publish": Permission(
        N_("mark what is withheld from publication"), ("officer", "record_keeper")
    ),
    "export": Permission(
        N_("take records and reports out"),
        (
            "officer", "reviewer", "decision_maker", "senior", "leader", "record_keeper",
            "auditor",
        ),
    ),
    "give_out": Permission(N_("log what was given out"), ("officer", "record_keeper")),
    "take_back": Permission(
        N_("ask a supplier by a link, and take in what it sent back"), ("officer",)
    ),
    "bring_in": Permission(N_("bring records in"), ("record_keeper",)),
    "set_aside": Permission(
        N_("set an assessment aside and bring it back"), ("officer", "record_keeper")
    ),
    "keep": Permission(N_("hold, delete and dispose of assessments"), ("record_keeper",)),
    "strike_out": Permission(N_("strike a name or a passage out"), ("record_keeper",)),
    "join_suppliers": Permission(
        N_("say which suppliers are one, and what they are called"), ("officer", "record_keeper")
    ),
    "read_logs": Permission(
        N_("read who opened, exported, deleted and gave out what"),
        ("record_keeper", "auditor", "administrator"),
        "everywhere",
    ),
    "use_questionnaires": Permission(
        N_("read questionnaires"), tuple(ROLES), "anywhere"
    ),
    "keep_questionnaires": Permission(
        N_("edit questionnaires, put them in use and retire them"),
        ("questionnaire_owner",),
        "anywhere",
    ),
    "manage_people": Permission(
        N_("give roles and make tokens in an organisation"), ("administrator",)
    ),
    "send_out": Permission(
        N_("have other systems told what waits, by webhooks"), ("administrator",)
    ),
    "administer": Permission(
        N_("keep organisations, agreements and settings, and back everything up"),
        ("administrator",),
        "everywhere",
    ),
}  # fmt: skip
"""Every action. Nobody else may do it, whatever page, address, command or program asks."""

SECTIONED: tuple[Role, ...] = ("specialist",)
"""The roles that are given for sections."""
