"""Before buying: who has bought the same already, and what hangs on the same model."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.assessment import Purchase, Supplier, Upstream
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted, listed
from procurement_risk.language.text import plain
from procurement_risk.portfolio import alike as duplicates
from procurement_risk.portfolio.alike import Similar
from procurement_risk.views.shared import on_file, session

FIRST, MOST = 5, 50


def find(
    purchase: Purchase, supplier: Supplier, upstreams: Sequence[Upstream]
) -> tuple[Similar, ...]:
    """Return what on file is like the purchase, as far as it is typed, the likest first."""
    store = session.store()
    meant = store.meant_suppliers(supplier) if supplier.name else set()
    return duplicates.similar(
        purchase, meant, upstreams, on_file.purchases(store, purchase, upstreams)
    )


def draw_duplicates(found: Sequence[Similar], buyer: str) -> None:
    """Say who has bought the same, or something of a similar title, with a link to each."""
    same = [each for each in found if each.is_duplicate]
    if same:
        _draw(lead(same, buyer), same)


def draw_elsewhere(purchase: Purchase) -> None:
    """Say which organisations buy the same, and from whom, of those that let ours see that."""
    wanted = purchase.capability.strip().casefold()
    found = [
        each
        for each in (session.store().bought_elsewhere() if wanted else ())
        if each.capability.strip().casefold() == wanted
    ]
    if found:
        lines = [plain(f"{each.organisation} · {each.supplier}") for each in found]
        lead = _("Organisations that let you see it buy the same capability:")
        with st.container(border=True):
            st.markdown("\n".join([f"**{lead}**", "", *(f"- {line}" for line in lines)]))


def draw_same_model(found: Sequence[Similar]) -> None:
    """Say what else rests on the same upstream model, though something else was bought."""
    others = [each for each in found if not each.is_duplicate]
    if not others:
        return
    models = listed(sorted({plain(name) for each in others for name in each.models}))
    words = ngettext(
        "{n} other purchase on file rests on {models}. If it fails or changes, you are both "
        "affected.",
        "{n} other purchases on file rest on {models}. If it fails or changes, all of you are "
        "affected.",
        len(others),
    )
    _draw(words.format(n=grouped(len(others)), models=models), others)


def lead(same: Sequence[Similar], buyer: str) -> str:
    """Return who has bought something like this already, and what to ask oneself."""
    others, is_own = duplicates.buyers(same, buyer)
    parts = []
    if others and is_own:
        parts.append(
            counted(
                others,
                "{n} other body has bought this or something like it, and so have you.",
                "{n} other bodies have bought this or something like it, and so have you.",
            )
        )
    elif others:
        parts.append(
            counted(
                others,
                "{n} other body has bought this or something like it.",
                "{n} other bodies have bought this or something like it.",
            )
        )
    else:
        parts.append(_("You have bought this or something like it already."))
    parts.append(_("Could you join one, or reuse what it learned?"))
    return " ".join(parts)


def _draw(words: str, found: Sequence[Similar]) -> None:
    with st.container(border=True):
        st.markdown(f"**{words}**")
        for each in found[:FIRST]:
            _draw_one(each)
        rest = found[FIRST:]
        if rest:
            label = counted(len(rest), "{n} more", "{n} more")
            with st.expander(label, type="compact"):
                for each in rest[:MOST]:
                    _draw_one(each)
                if len(rest) > MOST:
                    st.caption(_("The likest {n} of these are shown.").format(n=MOST))


def _draw_one(each: Similar) -> None:
    known = each.found
    title = plain(known.purchase.title)
    if known.fictional:
        title = _("Fictional: {title}").format(title=title)
    label = f"{title} · {plain(known.purchase.buyer)} · {plain(known.supplier)}"
    session.link("profile", label, assessment=known.assessment)
    st.caption(plain(reasons(each)))


def reasons(each: Similar) -> str:
    """Return why a purchase is shown, in a few words."""
    parts = []
    if each.same_capability:
        tag = each.found.purchase.capability
        parts.append(_("the same capability: {capability}").format(capability=tag))
    if each.title_points:
        parts.append(_("a similar title"))
    if each.models:
        models = listed(list(each.models))
        parts.append(_("the same upstream model: {models}").format(models=models))
    return _("Shown because of {reasons}.").format(reasons=listed(parts))
