"""The Supplier page: everything that rests on one supplier, and everything on file about it.

Never one score and never a rank: the same supplier can be low risk in one use and high in
another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

import streamlit as st

from procurement_risk.language import N_, _
from procurement_risk.language.phrases import counted, listed
from procurement_risk.language.text import plain
from procurement_risk.portfolio import supplier as supplier_view
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.resting import Rest
from procurement_risk.portfolio.supplier import Held
from procurement_risk.portfolio.twins import twins_of
from procurement_risk.storage import KnownSupplier
from procurement_risk.views.shared import on_file, session, still_to_make, tabs, unread
from procurement_risk.views.supplier import (
    cases,
    choice,
    every,
    identity,
    organisation,
    purchases,
    resting,
    tables,
)
from procurement_risk.views.supplier.cases import Case

SHOW = "supplier-show"


@dataclass(frozen=True)
class About:
    """What the tabs are about: an assessment is read only where what it came to is shown."""

    supplier: KnownSupplier
    items: tuple[PortfolioItem, ...]
    held: tuple[Held, ...]
    rests: tuple[Rest, ...]

    @property
    def organisation(self) -> PortfolioItem | None:
        """The assessment of it as an organisation that stands, or None."""
        return supplier_view.organisation(self.held)

    @cached_property
    def came_to(self) -> Case | None:
        """What that came to, read once for the files and the tab; None where it cannot be read."""
        return organisation.read(self.organisation)

    @cached_property
    def purchases(self) -> list[Held]:
        """What is held of it, without the organisation."""
        return [each for each in self.held if each.standing != "organisation"]


def page() -> None:
    """Draw the page."""
    st.title(_("Suppliers"), anchor=False)
    still_to_make.draw()
    known = choice.known()
    if not known:
        st.info(
            _("No supplier is on file yet. Start an assessment, and its supplier stands here.")
        )
        if session.may("start") and st.button(_("Start an assessment"), type="primary"):
            session.go("start")
        return
    name = choice.choose(known)
    if name is None:
        words = counted(
            len(known),
            "{n} supplier is on file. Choose it to see what rests on it, what is due and what is "
            "open.",
            "{n} suppliers are on file. Choose one to see what rests on it, what is due and what "
            "is open.",
        )
        st.markdown(words)
        every.draw()
        return
    supplier = known[name]
    items = cases.items_of(supplier)
    if not items:
        unread.draw()
        st.info(_("Nothing on file about this supplier any more. Choose another one."))
        return
    names = session.store().supplier_names(items[0].id).get(items[0].id, ())
    held = supplier_view.hold(items, names)
    about = About(supplier, items, held, resting.of(supplier))
    unread.draw()
    _draw_head(about)
    resting.draw_first(about.rests)
    resting.draw_files(
        supplier, about.rests, organisation.words(about.organisation, about.came_to)
    )
    _say_twins(supplier)
    tabs.show(TABS, SHOW, about)


def _draw_head(about: About) -> None:
    supplier = about.supplier
    st.header(plain(supplier.name), anchor=False)
    if any(each.fictional for each in (*about.items, *(rest.item for rest in about.rests))):
        st.warning(
            _(
                "Fictional demonstration data is among this. Its buyers, suppliers, numbers and "
                "identifiers are invented."
            )
        )
    facts = {
        _("Company number: {value}"): _numbers(supplier),
        _("Group: {value}"): supplier.group,
        _("Jurisdiction that controls it: {value}"): supplier.jurisdiction,
        _("Also written as: {value}"): listed(sorted({*supplier.spellings} - {supplier.name})),
        _("Former names: {value}"): _given(supplier, "former"),
        _("Trades as: {value}"): _given(supplier, "trading"),
    }
    told = [words.format(value=plain(value)) for words, value in facts.items() if value]
    if told:
        st.markdown(" · ".join(told))
    st.markdown(plain(_counts(about)))
    st.caption(
        _(
            "There is no score for a supplier here, and no rank: the same supplier can be low "
            "risk in one use and high in another. Look at each purchase by itself."
        )
    )


def _counts(about: About) -> str:
    unchosen = sum(each.standing == "not_chosen" for each in about.purchases)
    parts = [
        counted(len(about.purchases), "{n} purchase", "{n} purchases"),
        counted(len(about.items), "{n} assessment", "{n} assessments"),
    ]
    if unchosen:
        parts.append(counted(unchosen, "{n} bid not chosen", "{n} bids not chosen"))
    return _("Assessed here: {counts}").format(counts=" · ".join(parts))


def _given(supplier: KnownSupplier, kind: str) -> str:
    return listed([each.name for each in supplier.given if each.kind == kind])


def _numbers(supplier: KnownSupplier) -> str:
    """Return its number as it was typed; with the register of each, where it has several."""
    if len(supplier.numbers) < 2:
        return supplier.company_number
    return listed([" ".join(filter(None, each)) for each in supplier.numbers])


def _say_twins(supplier: KnownSupplier) -> None:
    store = session.store()
    found = twins_of(supplier, on_file.suppliers(store), store.supplier_decisions())
    if found:
        words = counted(
            len(found),
            "{n} other supplier on file is likely the same one: what rests on it is not counted "
            "here. Join them under “Names”.",
            "{n} other suppliers on file are likely the same one: what rests on them is not "
            "counted here. Join them under “Names”.",
        )
        st.info(plain(words))


# --- The tabs -----------------------------------------------------------------------------


def _resting(about: About) -> None:
    resting.draw_list(about.rests)


def _assessments(about: About) -> None:
    organisation.draw(about.organisation, about.came_to, about.supplier.name)
    purchases.draw(about.purchases)


def _days(about: About) -> None:
    resting.draw_timeline(about.rests, about.supplier.name)
    resting.draw_days(about.rests)
    tables.draw_dates(about.held, session.today())


def _open(about: About) -> None:
    tables.draw_open(about.held, session.today())


def _sections(about: About) -> None:
    purchases.draw_sections(about.purchases, about.supplier.name)


def _underneath(about: About) -> None:
    tables.draw_underneath(about.held)


def _names(about: About) -> None:
    identity.draw(about.supplier, about.items)


TABS: Mapping[str, Callable[[About], None]] = {
    N_("What rests on it"): _resting,
    N_("Its assessments"): _assessments,
    N_("What is due"): _days,
    N_("What is open"): _open,
    N_("Sections"): _sections,
    N_("Underneath"): _underneath,
    N_("Names"): _names,
}
