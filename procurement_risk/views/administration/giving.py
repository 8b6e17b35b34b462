"""The fields that say which role is given where, shared by people and tokens."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import streamlit as st

from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import told_apart
from procurement_risk.storage.people.asked_of_settings import may_give
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
    roles = {role: _(ROLES[role]) for role in may_give(session.person())}
    names = offered()
    with left:
        role = st.selectbox(_("Role"), list(roles), format_func=roles.__getitem__, key=f"{key}-r")
    with middle:
        where = st.selectbox(
            _("Where"), list(names), format_func=names.__getitem__, key=f"{key}-o"
        )
    with right:
        titles = sections()
        wanted = st.multiselect(
            _("Sections, of a specialist"),
            list(titles),
            format_func=titles.__getitem__,
            placeholder=_("Choose one or more"),
            key=f"{key}-s",
        )
    return Given(role, where or "", tuple(wanted))


def sections() -> dict[str, str]:
    """Return what every section of the questionnaires on offer is called, by id.

    Where several have a section of the same id, a role for it counts in all of them.
    """
    called: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for framework in session.frameworks():
        for section in framework.sections:
            called[section.id][section.title] = None
    return told_apart({name: " / ".join(titles) for name, titles in called.items()})


def offered() -> dict[str, str]:
    """Return the names of the organisations in which the person gives roles, by id."""
    managed = session.person().organisations("manage_people")
    names = {each.id: each.name for each in session.store().organisations()}
    if managed is None:
        return {ALL: _("All organisations"), **names}
    return {name: words for name, words in names.items() if name in managed}


def named(held: Held, names: dict[str, str]) -> str:
    """Return a role and where it is held, in words."""
    titles = sections() if held.sections else {}
    role = role_words(replace(held, sections=tuple(titles.get(n, n) for n in held.sections)))
    where = names.get(held.organisation, _("another organisation"))
    if held.organisation == ALL:
        where = _("all organisations")
    return _("{role}, {organisation}").format(role=role, organisation=where)


def every_name() -> dict[str, str]:
    """Return the name of every organisation, by id."""
    return {each.id: each.name for each in session.store().organisations()}


def shown_day(at: str) -> str:
    """Return a moment as a day, or a dash."""
    return day(at) if at else "–"
