"""The filters of the portfolio, which live in the address.

Where none is set, their fields are drawn once somebody opens them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache

import streamlit as st

from procurement_risk.assessment import WORKFLOW_STATES
from procurement_risk.assessment.answers import is_day
from procurement_risk.assessment.words import workflow_state
from procurement_risk.framework import Framework
from procurement_risk.language import N_, _, current
from procurement_risk.language.phrases import counted, label
from procurement_risk.language.text import plain, shorten
from procurement_risk.portfolio import words as portfolio_words
from procurement_risk.portfolio.called import called
from procurement_risk.portfolio.items import PortfolioItem, Span
from procurement_risk.portfolio.narrowing import DUE
from procurement_risk.portfolio.offered import Offered
from procurement_risk.portfolio.same import folded, most_used, supplier_keys
from procurement_risk.portfolio.totals import GRAVEST_FIRST, Filters
from procurement_risk.views.shared import address, day_field, session

DAYS = {"from": N_("Assessed from"), "to": N_("Assessed until")}
NOBODY = "nobody"  # what the address says of an assessment that nobody is responsible for


@dataclass(frozen=True)
class _Choice:
    """One filter of several options: what the address calls it, its label, what may be chosen.

    Attributes:
        spellings: Other names that the address may give an option, in small letters.
    """

    name: str
    label: str
    options: Sequence[str]
    words: Callable[[str], str]
    spellings: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def known(self) -> dict[str, str]:
        """The option that each name in the address means, by the name in small letters."""
        return {**self.spellings, **{folded(option): option for option in self.options}}


def draw(offered: Offered) -> Filters:
    """Draw the filters of what is ``offered`` and return what is chosen."""
    names = called(offered.sellers)
    choices = _choices(offered, current())
    unknown = {each.label: _unknown(each) for each in choices}
    unknown |= {_(words): _no_day(name) for name, words in DAYS.items()}
    _say_unknown(unknown)
    set_now = sum(_is_set(each) for each in choices) + sum(map(_is_day_set, DAYS))
    every = [*(each.name for each in choices), *DAYS]
    title = counted(set_now, "Filters: {n} set", "Filters: {n} set") if set_now else _("Filters")
    is_said = set_now or any(unknown.values())
    folded = st.expander(
        title, expanded=bool(set_now), key=f"filters-{bool(set_now)}", on_change="rerun"
    )
    if not (folded.open or is_said):  # a field of thousands of names, and ten more
        return Filters(day=session.today())
    with folded:
        columns = st.columns(3)
        chosen = {}
        for place, choice in enumerate(choices):
            with columns[place % 3]:
                chosen[choice.name] = frozenset(_ask(choice))
        days = []
        for column, (name, words) in zip(columns, DAYS.items(), strict=False):
            with column:
                days.append(_ask_day(_(words), name))
        if is_said and st.button(_("Show everything"), on_click=address.forget, args=(every,)):
            st.rerun()
    return Filters(
        buyers=chosen["body"],
        suppliers=frozenset(key for key, name in names.items() if name in chosen["supplier"]),
        capabilities=chosen["capability"],
        tiers=frozenset(map(int, chosen["tier"])),
        decisions=chosen["decision"],
        states=chosen["state"],
        models=chosen["model"],
        owners=frozenset("" if each == NOBODY else each for each in chosen["owner"]),
        dues=chosen["due"],
        day=session.today(),
        since=days[0],
        until=days[1],
    )


def _say_unknown(unknown: Mapping[str, Sequence[str]]) -> None:
    """Say which values of the address are none that may be chosen: they narrow nothing."""
    for name, values in unknown.items():
        for value in values:
            words = _("The address asks for “{value}” under {label}, which is not among them.")
            st.warning(
                plain(words.format(value=shorten(value), label=name))
                + " "
                + _("It narrows nothing.")
            )


def _unknown(choice: _Choice) -> list[str]:
    return [
        each for each in st.query_params.get_all(choice.name) if folded(each) not in choice.known
    ]


def _is_set(choice: _Choice) -> bool:
    return any(folded(each) in choice.known for each in st.query_params.get_all(choice.name))


def _no_day(name: str) -> list[str]:
    return [each for each in st.query_params.get_all(name)[:1] if not is_day(each)]


def _is_day_set(name: str) -> bool:
    return bool(st.query_params.get_all(name)) and not _no_day(name)


@lru_cache(maxsize=6)
def _choices(offered: Offered, _language: str) -> list[_Choice]:
    tiers, suppliers = _tiers(offered.tiers), called(offered.sellers)
    decisions = [each for each in GRAVEST_FIRST if each in offered.decisions]
    states = [each for each in WORKFLOW_STATES if each in offered.states]
    return [
        _Choice("body", _("Public body"), _names(offered.bodies), str),
        _Choice(
            "supplier",
            _("Supplier"),
            sorted(suppliers.values(), key=str.casefold),
            str,
            _spellings(offered.sellers, suppliers),
        ),
        _Choice("capability", _("Capability"), _names(offered.capabilities), str),
        _Choice("tier", _("Tier"), list(tiers), tiers.__getitem__),
        _Choice("decision", _("Recommendation"), decisions, portfolio_words.decision_label),
        _Choice("state", _("State"), states, workflow_state),
        _Choice("model", _("Upstream model"), _names(offered.models), str),
        _Choice("owner", _("Owner"), _owners(offered.owners), _owner_words),
        _Choice("due", _("Due"), list(DUE), lambda value: label(DUE, value)),
    ]


def _owners(owners: Counter[str]) -> list[str]:
    nobody = [NOBODY] if any(not folded(owner) for owner in owners) else []
    return [*_names(owners), *nobody]


def _owner_words(owner: str) -> str:
    return _("Nobody named") if owner == NOBODY else owner


def _spellings(items: Sequence[PortfolioItem], called: Mapping[str, str]) -> dict[str, str]:
    """Return what a supplier is called by each name that was typed for it alone."""
    keys = supplier_keys(items)
    of: dict[str, set[str]] = {}
    for item in items:
        of.setdefault(folded(item.supplier.name), set()).add(called[keys[item.id]])
    return {name: next(iter(meant)) for name, meant in of.items() if len(meant) == 1}


def _names(names: Counter[str]) -> list[str]:
    """Return the names in alphabetical order, each in the spelling that most use."""
    spellings: dict[str, dict[str, int]] = {}
    for name, number in names.items():
        if folded(name):
            spellings.setdefault(folded(name), {})[name] = number
    return sorted(map(most_used, spellings.values()), key=str.casefold)


def _tiers(tiers: Counter[tuple[Framework, Span | None]]) -> dict[str, str]:
    """Return the label of each tier by its number, from the framework that most use."""
    labels: dict[int, Counter[str]] = {}
    for (framework, tier), times in tiers.items():
        if tier is not None:
            for number in range(tier.low, tier.high + 1):
                labels.setdefault(number, Counter())[framework.tier(number).label] += times
    return {str(number): most_used(labels[number]) for number in sorted(labels)}


def _ask(choice: _Choice) -> list[str]:
    key = session.in_language(f"portfolio-{choice.name}")
    known = choice.known

    def read(said: list[str]) -> list[str]:
        return list(dict.fromkeys(known[folded(each)] for each in said if folded(each) in known))

    address.follow(choice.name, key, read)
    st.session_state[key] = read(st.session_state[key])
    return st.multiselect(
        choice.label,
        choice.options,
        format_func=session.worded(choice.options, choice.words),
        key=key,
        placeholder=_("All"),
        on_change=address.remember,
        args=(choice.name, key, list),
    )


def _ask_day(label: str, name: str) -> str:
    key = f"portfolio-{name}"
    address.follow(name, key, _read_day)
    chosen = day_field.draw(
        label,
        key,
        on_change=address.remember,
        args=(name, key, lambda value: [value.isoformat()] if value else []),
    )
    return chosen.isoformat() if chosen else ""


def _read_day(said: list[str]) -> date | None:
    return date.fromisoformat(said[0]) if said and is_day(said[0]) else None
