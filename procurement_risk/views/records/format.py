"""Which format to take out: first what it is for, then one of those there are for that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from procurement_risk.exports import EXPORTS
from procurement_risk.exports.export import Export
from procurement_risk.language import N_, _
from procurement_risk.language.text import plain
from procurement_risk.views.shared import session


@dataclass(frozen=True, slots=True)
class Group:
    """The formats for one purpose.

    Attributes:
        title: What they are for, in a few words.
        note: What is withheld from them, in a sentence.
    """

    title: str
    note: str


GROUPS: Mapping[str, Group] = {
    "evidence": Group(
        N_("Evidence and audit"),
        N_("For colleagues and auditors. Nothing is withheld."),
    ),
    "suppliers": Group(
        N_("Suppliers and bidders"),
        N_("These leave your organisation: look at each before you send it."),
    ),
    "leadership": Group(
        N_("Leadership"),
        N_("For colleagues. Nothing is withheld."),
    ),
    "publication": Group(
        N_("Publication"),
        N_("What is withheld is left out; Details, tab Publication, says what that is."),
    ),
    "contract": Group(
        N_("Contract and notice"),
        N_(
            "The known risks leave out what is withheld. The conditions are for colleagues: "
            "nothing is withheld from them."
        ),
    ),
    "systems": Group(
        N_("Other people's systems"),
        N_(
            "The OCDS fragment leaves out what is withheld. Nothing is withheld from the OSCAL "
            "results."
        ),
    ),
    "analysis": Group(
        N_("Analysis"),
        N_("For colleagues. Nothing is withheld, names of persons included."),
    ),
}
"""What formats are for, which people know before they know what a format is called."""

CHOSEN = "records-format"  # holds the name; the widgets below only show and change it
LAST = "records-formats"  # the last format chosen for each purpose
ADDRESS = "format"


def choose() -> Export:
    """Draw the choice, and return the format.

    It is kept for the visit, in any language, and the address holds it as ``format``. A format
    that cannot be written here is named, not offered.
    """
    name = _chosen()
    purpose = EXPORTS[name].use
    _draw_purposes(purpose)
    _draw_formats(purpose, name)
    st.caption(_(GROUPS[purpose].note))
    for export in formats_for(purpose):
        if export.unavailable:
            st.caption(f"{plain(_(export.title))}: {plain(_(export.unavailable))}")
    return EXPORTS[name]


def formats_for(purpose: str) -> list[Export]:
    """Return the formats for a purpose, the one that is wanted most first."""
    found = [export for export in EXPORTS.values() if export.use == purpose]
    return sorted(found, key=lambda export: not export.leads)


def _possible(purpose: str) -> dict[str, Export]:
    """Return the formats for a purpose that can be written here, by name."""
    return {each.name: each for each in formats_for(purpose) if not each.unavailable}


def _chosen() -> str:
    """Return the format in the address, else the one chosen before, else the record."""
    for name in (st.query_params.get(ADDRESS), st.session_state.get(CHOSEN)):
        if name in EXPORTS and not EXPORTS[name].unavailable:
            st.session_state[CHOSEN] = name
            return str(name)
    return "json"


def _draw_purposes(purpose: str) -> None:
    key = session.in_language("records-purpose")
    st.session_state[key] = purpose
    purposes = [each for each in GROUPS if _possible(each)]
    st.radio(
        _("What it is for"),
        purposes,
        format_func=session.worded(purposes, lambda each: _(GROUPS[each].title)),
        key=key,
        horizontal=True,
        on_change=_take_purpose,
        args=(key,),
    )


def _draw_formats(purpose: str, name: str) -> None:
    key = session.in_language(f"records-format-{purpose}")
    st.session_state[key] = name
    possible = _possible(purpose)
    st.radio(
        _("Format"),
        list(possible),
        format_func=session.worded(possible, lambda each: _(EXPORTS[each].title)),
        captions=[_(export.purpose) for export in possible.values()],
        key=key,
        on_change=_take_format,
        args=(key,),
    )


def _take_purpose(key: str) -> None:
    purpose = st.session_state[key]
    _remember(st.session_state.get(LAST, {}).get(purpose) or next(iter(_possible(purpose)), ""))


def _take_format(key: str) -> None:
    _remember(st.session_state[key])


def _remember(name: str) -> None:
    if name not in EXPORTS:  # a browser may send what no list offers
        return
    last = st.session_state.get(LAST, {})
    st.session_state[LAST] = {**last, EXPORTS[name].use: name}
    st.session_state[CHOSEN] = name
    st.query_params[ADDRESS] = name
