"""The search, the filters and the order of the list: all of them stand in the address."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from procurement_risk.assessment.words import workflow_state
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import counted, label
from procurement_risk.portfolio.choices import Choices
from procurement_risk.portfolio.narrowing import ANY, DUE, FACETS, LABELS, SORTS, Narrowing
from procurement_risk.portfolio.words import decision_label
from procurement_risk.views.shared import address, paper

PROGRESS = {"all": N_("All answered"), "some": N_("Some answered"), "none": N_("None answered")}
KINDS = {"fictional": N_("Fictional only"), "real": N_("Without what is fictional")}

FIRST = ("recommendation", "state")
"""The filters that are always on show; the others are folded away, and drawn where one is set."""
TURNED = "list-turned"


def _name(value: str) -> str:
    return value or _("Nobody named")


WORDS: Mapping[str, Callable[[str], str]] = {
    "recommendation": decision_label,
    "tier": lambda value: value or _("No tier"),
    "state": workflow_state,
    "owner": _name,
    "supplier": str,
    "model": lambda value: value or _("No model named"),
    "version": lambda value: value or _("Not scored"),
    "due": lambda value: label(DUE, value),
    "progress": lambda value: label(PROGRESS, value),
    "kind": lambda value: label(KINDS, value),
}


def draw(choices: Choices) -> tuple[str, Narrowing]:
    """Draw it; return the words that were searched for, and what was chosen."""
    asked = st.container(key="list-asked")
    search, *boxes, order = asked.columns([4, *(3 for _each in FIRST), 3])
    words = search.text_input(
        _("Search"),
        key="list-search",
        bind="query-params",
        help=_(
            "In everything on file: titles, suppliers, company numbers, ocid, notice and other "
            "ids, capabilities, people, answers and notes."
        ),
    )
    with order:
        sort = address.select(_("Sorted by"), "sort", list(SORTS), lambda name: _(LABELS[name]))
    chosen = {}
    for box, name in zip(boxes, FIRST, strict=True):
        with box:
            chosen[name] = _ask(name, choices)
    more = [name for name in FACETS if name not in FIRST]
    number = sum(narrowed(name, choices) for name in more)
    title = counted(number, "More filters: {n} set", "More filters: {n} set")
    title = title if number else _("More filters")
    folded = st.expander(
        title, expanded=bool(number), key=f"list-more-{bool(number)}", on_change="rerun"
    )
    turned = False
    if folded.open or any(name in st.query_params for name in (*more, TURNED)):
        with folded:
            columns = st.columns(3)
            for place, name in enumerate(more):
                with columns[place % len(columns)]:
                    chosen[name] = _ask(name, choices)
            turned = bool(st.toggle(_("Last to first"), key=TURNED, bind="query-params"))
    _write_on_paper(words or "", chosen)
    return words or "", Narrowing(chosen, sort or "changed", turned)


def _write_on_paper(words: str, chosen: Mapping[str, str]) -> None:
    """Say on paper, where the fields are not, what the list is narrowed to."""
    parts = {_("Search"): words}
    parts |= {
        _(LABELS[name]): WORDS[name](value) for name, value in chosen.items() if value != ANY
    }
    if said := "; ".join(f"{label}: {value}" for label, value in parts.items() if value):
        paper.note(said)


def narrowed(name: str, choices: Choices) -> bool:
    """Whether the address narrows by ``name`` to something that there is."""
    return choices.knows(name, st.query_params.get(name, ANY))


def _ask(name: str, choices: Choices) -> str:
    """Draw one filter, and return what is chosen."""
    words = WORDS[name]
    former = [each for each in [st.query_params.get(name, "")] if each and narrowed(name, choices)]
    found = (*choices.values[name], *former)
    options = [ANY, *dict.fromkeys(each for each in found if each != ANY)]
    said = address.select(
        _(LABELS[name]), name, options, lambda value: _("Any") if value == ANY else words(value)
    )
    return said or ANY
