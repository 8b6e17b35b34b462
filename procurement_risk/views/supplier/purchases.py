"""On the Supplier page: its purchases with every assessment, and their sections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from procurement_risk.assessment.words import workflow_state
from procurement_risk.charts.supplier_sections import Block
from procurement_risk.framework.words import version_words
from procurement_risk.language import N_, _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import plain
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.supplier import Held
from procurement_risk.portfolio.words import decision_words
from procurement_risk.profile.method_words import stakes
from procurement_risk.views.shared import chart_view, session
from procurement_risk.views.shared.badges import badge, verdict_badge
from procurement_risk.views.shared.whole_list import whole_on_paper
from procurement_risk.views.supplier import cases
from procurement_risk.views.supplier.cases import Case
from procurement_risk.views.supplier.organisation import result_words
from procurement_risk.views.supplier.tables import held_title, marked_title

PER_PAGE = 5
STANDING_WORDS: dict[str, str] = {
    "chosen": N_("chosen for this purchase"),
    "undecided": N_("no supplier chosen yet"),
    "not_chosen": N_("bid not chosen"),
    "organisation": N_("once for all purchases"),
}
SECTIONS_NOTE = N_(
    "A mark for the assessment that stands for each purchase, open answers taken in the middle: 0 "
    "is no risk found, 100 the worst. The worst of each section is named; point at a mark for the "
    "others. A larger mark is several purchases, a hollow one is not settled."
)


def draw(purchases: Sequence[Held]) -> None:
    """Draw the purchases, a few at a time, each with its assessments."""
    st.subheader(_("Purchases: {n}").format(n=grouped(len(purchases))), anchor=False)
    if not purchases:
        st.markdown(_("No purchase from this supplier is on file."))
    columns = (_("Purchase"), _("Public body"), _("Where it stands"), _("Assessments"))
    with whole_on_paper(
        purchases, "supplier-purchases", PER_PAGE, columns, _row, file=_ids
    ) as shown:
        _draw_each(shown)


def _ids(held: Held) -> list[str]:
    return [look.id for look in held.looks]


def _row(held: Held) -> tuple[str, ...]:
    looks = [
        _("{recommendation}, as of {date}").format(
            recommendation=decision_words(look), date=day(look.as_of)
        )
        for look in held.looks
    ]
    standing = _(STANDING_WORDS[held.standing])
    return marked_title(held), held.purchase.buyer, standing, "; ".join(looks)


def _draw_each(shown: Sequence[Held]) -> None:
    read = cases.read([look.id for each in shown for look in each.looks])
    for each in shown:
        with st.container(border=True):
            standing = _(STANDING_WORDS[each.standing])
            if each.standing == "not_chosen":
                standing = f"**{standing}**"
            parts = [f"**{plain(held_title(each))}**", plain(each.purchase.buyer), standing]
            parts += [badge(_("fictional"))] if each.counting.fictional else []
            st.markdown(" · ".join(parts))
            for look in each.looks:
                if look.id in read:
                    _draw_look(each, look, read[look.id])


def _draw_look(held: Held, look: PortfolioItem, case: Case) -> None:
    words = _("{recommendation}, as of {date}").format(
        recommendation=plain(result_words(case)),
        date=plain(day(look.as_of)),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(verdict_badge(case.result), width="content")
        session.link("profile", words, assessment=look.id)
    parts = [stakes(case.result), workflow_state(look.state)]
    parts.append(version_words(case.framework))
    if held.standing != "not_chosen" and look not in held.current:
        parts.append(_("earlier or closed: nothing of it counts as open here"))
    st.caption(plain(" · ".join(parts)))


def draw_sections(purchases: Sequence[Held], name: str) -> None:
    """Draw the sections of all purchases, a strip each."""
    found = [_block(each, each.counting) for each in purchases]
    scored = [block for block in found if block.item.sections]
    if scored:
        chart_view.draw(
            "supplier_sections",
            scored,
            about=[name, *chart_view.fictional([block.item for block in scored])],
            file_name=f"sections-{name}",
            note=_(SECTIONS_NOTE),
        )
    if without := len(found) - len(scored):
        st.caption(
            counted(
                without,
                "{n} purchase has no scored section to show here.",
                "{n} purchases have no scored section to show here.",
            )
        )
    if not purchases:
        st.markdown(_("No purchase from this supplier is on file."))


def _block(held: Held, item: PortfolioItem) -> Block:
    standing = _(STANDING_WORDS["not_chosen"]) if held.standing == "not_chosen" else ""
    spoken = replace(item, framework=session.spoken(item.framework))
    return Block(held_title(held), spoken, standing)
