"""The fields that say which role is given where, shared by people and tokens."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.storage.people.permissions import ROLES, Role
from procurement_risk.storage.people.person import ALL, Held, role_words
from procurement_risk.views.shared import session


@dataclass(frozen=True, slots=True)
class Given:
    """A role as it stands in the fields."""

    role: Role
    organisation: str
    sections: tuple[str, ...]


def choose(key: str) -> Given:
    """Draw the fields for a role, an organisation and sections, and return what stands there."""
    left, middle, right = st.columns(3)
    roles, names = {role: _(words) for role, words in ROLES.items()}, offered()
    with left:
        role = st.selectbox(_("Role"), list(roles), format_func=roles.__getitem__, key=f"{key}-r")
    with middle:
        where = st.selectbox(
            _("Where"), list(names), format_func=names.__getitem__, key=f"{key}-o"
        )
    with right:
        sections = st.text_input(
            _("Sections, of a specialist"), placeholder="DP, EQ", max_chars=200, key=f"{key}-s"
        )
    wanted = tuple(each.strip() for each in (sections or "").split(",") if each.strip())
    return Given(role, where or "", wanted)


def offered() -> dict[str, str]:
    """Return the names of the organisations in which the person gives roles, by id."""
    managed = session.person().organisations("manage_people")
    names = {each.id: each.name for each in session.store().organisations()}
    if managed is None:
        return {ALL: _("All organisations"), **names}
    return {name: words for name, words in names.items() if name in managed}


def named(held: Held, names: dict[str, str]) -> str:
    """Return a role and where it is held, in words."""
    where = names.get(held.organisation, _("another organisation"))
    if held.organisation == ALL:
        where = _("all organisations")
    return _("{role}, {organisation}").format(role=role_words(held), organisation=where)


def every_name() -> dict[str, str]:
    """Return the name of every organisation, by id."""
    return {each.id: each.name for each in session.store().organisations()}


def shown_day(at: str) -> str:
    """Return a moment as a day, or a dash."""
    return day(at) if at else "–"
