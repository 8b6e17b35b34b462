"""The Supplier page: everything on file about one supplier, purchase by purchase.

Never one score and never a rank: the same supplier can be low risk in one use and high in
another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import streamlit as st

from procurement_risk.assessment.supplier_names import normal_name
from procurement_risk.assessment.words import workflow_state
from procurement_risk.charts.supplier_sections import Block
from procurement_risk.framework.origin import digest
from procurement_risk.framework.versions.whose import marked
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import counted, day, listed
from procurement_risk.language.text import plain
from procurement_risk.methods import evaluate
from procurement_risk.portfolio import supplier as supplier_view
from procurement_risk.portfolio.left_out import left_out
from procurement_risk.portfolio.supplier import Case, Held
from procurement_risk.profile.method_words import headline, stakes
from procurement_risk.profile.words import RANGE_AND_MARK
from procurement_risk.storage import KnownSupplier
from procurement_risk.views.profile import organisation as profile_organisation
from procurement_risk.views.shared import chart_view, forms, heading, on_file, session
from procurement_risk.views.shared.badges import verdict_badge
from procurement_risk.views.shared.pages import Page
from procurement_risk.views.shared.paging import paged
from procurement_risk.views.supplier import identity, tables
from procurement_risk.views.supplier.tables import marked_title

CASES = "supplier_cases"
PER_PAGE = 5
STANDING_WORDS: dict[str, str] = {
    "chosen": N_("chosen for this purchase"),
    "undecided": N_("no supplier chosen yet"),
    "not_chosen": N_("bid not chosen"),
    "organisation": N_("once for all purchases"),
}
SECTIONS_NOTE = N_(
    "The assessment that stands for each purchase, in order of their titles. 0 is no risk found, "
    "100 the worst."
)


def page() -> None:
    """Draw the page."""
    st.title(_("Suppliers"), anchor=False)
    known = _known()
    if not known:
        st.info(
            _("No supplier is on file yet. Start an assessment, and its supplier stands here.")
        )
        if st.button(_("Start an assessment"), type="primary"):
            session.go("start")
        return
    name = _choose(known)
    if name is None:
        return
    cases = _cases(known[name])
    if not cases:
        st.info(_("Nothing on file about this supplier any more. Choose another one."))
        return
    of = cases[0].assessment.id
    held = supplier_view.hold(cases, session.store().supplier_names(of).get(of, ()))
    _draw_head(held, cases, known[name])
    identity.draw(known[name], cases)
    _draw_organisation(held, known[name].name)
    purchases = [each for each in held if each.standing != "organisation"]
    _draw_purchases(purchases)
    _draw_sections(purchases, known[name].name)
    tables.draw(held, session.today())


# --- Which supplier -----------------------------------------------------------------------


def _known() -> dict[str, KnownSupplier]:
    """Return every supplier on file, by name where one goes by it alone, and else by its id."""
    found = on_file.suppliers(session.store())
    called = Counter(each.name.casefold() for each in found)
    return {
        each.name.casefold() if called[each.name.casefold()] == 1 else each.id: each
        for each in found
    }


def _asked_for(known: dict[str, KnownSupplier], asked: str) -> str | None:
    """Return who is meant by a name or id in the address, or None; never one of several."""
    if asked.casefold() in known:
        return asked.casefold()
    wanted = normal_name(asked)
    found = [
        key
        for key, each in known.items()
        if each.id == asked or wanted in map(normal_name, each.names)
    ]
    return found[0] if len(found) == 1 else None


def _choose(known: dict[str, KnownSupplier]) -> str | None:
    """Let the person choose; the address holds the name, so that it can be sent as a link."""
    asked = str(st.query_params.get("supplier", ""))
    key = "supplier-chosen"
    meant = _asked_for(known, asked)
    if asked and meant is None:
        st.error(
            _("There is no assessment of “{supplier}” here. Choose a supplier below.").format(
                supplier=plain(asked)
            )
        )
    kept = st.session_state.get(key)
    was_renamed = kept is not None and kept not in known  # by joining, or by a new name
    if st.session_state.get("supplier-asked") != asked or was_renamed:
        st.session_state["supplier-asked"] = asked
        st.session_state[key] = meant
    labels = {name: _label(name, supplier) for name, supplier in known.items()}
    asks = _("Choose a supplier")
    label = _("Supplier: type to search")
    chosen = forms.choose(label, labels, key, placeholder=asks, kept=True) or None
    if chosen in known and (address := _address(chosen, known[chosen])) != asked:
        st.session_state["supplier-asked"] = address
        st.query_params["supplier"] = address
    return chosen


def _address(key: str, supplier: KnownSupplier) -> str:
    return supplier.id if key == supplier.id else supplier.name


def _label(key: str, supplier: KnownSupplier) -> str:
    """Return what to call a supplier; where several are called that, what tells them apart."""
    if key != supplier.id:
        return supplier.name
    words = _("{supplier} ({number})")
    number = supplier.company_number or _("no number")
    return f"{words.format(supplier=supplier.name, number=number)} · {supplier.id[:8]}"


def _cases(supplier: KnownSupplier) -> tuple[Case, ...]:
    """Return every assessment of the supplier, worked out anew only when something changed."""
    store = session.store()
    foreign = store.foreign()
    token = (supplier, session.language(), store.stamp(), foreign)
    kept = st.session_state.get(CASES)
    if kept is not None and kept[0] == token:
        found: tuple[Case, ...] = kept[1]
        return found
    read = store.read_many(supplier.assessments)
    if read.damaged:
        st.error(plain(left_out(read.damaged)))
    found = tuple(
        Case(
            assessment=stored.assessment,
            framework=(framework := session.spoken(stored.framework)),
            result=evaluate(framework, stored.assessment.answer_set),
            changed_at=stored.changed_at,
            foreign=bool(foreign) and digest(stored.framework) in foreign,
        )
        for stored in read.stored
    )
    if not read.damaged:
        st.session_state[CASES] = (token, found)
    return found


# --- What it is ---------------------------------------------------------------------------


def _draw_head(held: Sequence[Held], cases: Sequence[Case], supplier: KnownSupplier) -> None:
    st.header(plain(supplier.name), anchor=False)
    if any(case.assessment.fictional for case in cases):
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
    st.markdown(f"**{plain(_counts(held, cases))}**")
    st.caption(
        _(
            "There is no score for a supplier here, and no rank: the same supplier can be low "
            "risk in one use and high in another. Look at each purchase by itself."
        )
    )


def _given(supplier: KnownSupplier, kind: str) -> str:
    return listed([each.name for each in supplier.given if each.kind == kind])


def _numbers(supplier: KnownSupplier) -> str:
    """Return its number as it was typed; with the register of each, where it has several."""
    if len(supplier.numbers) < 2:
        return supplier.company_number
    return listed([" ".join(filter(None, each)) for each in supplier.numbers])


def _counts(held: Sequence[Held], cases: Sequence[Case]) -> str:
    purchases = [each for each in held if each.standing != "organisation"]
    unchosen = sum(each.standing == "not_chosen" for each in purchases)
    parts = [
        counted(len(purchases), "{n} purchase", "{n} purchases"),
        counted(len(cases), "{n} assessment", "{n} assessments"),
    ]
    if unchosen:
        parts.append(counted(unchosen, "{n} bid not chosen", "{n} bids not chosen"))
    return " · ".join(parts)


def _draw_organisation(held: Sequence[Held], name: str) -> None:
    st.subheader(_("The supplier as an organisation"), anchor=False)
    newest = supplier_view.organisation(held)
    if newest is None:
        st.markdown(_("Nobody has assessed this supplier as an organisation yet."))
        if any(each.subject == "supplier" for each in session.frameworks()) and st.button(
            _("Assess the supplier")
        ):
            session.go("start", about="supplier", supplier=name)
        return
    as_of = newest.assessment.answer_set.as_of
    words = _("{recommendation}, as of {date}.")
    said = words.format(recommendation=plain(_result(newest)), date=plain(day(as_of)))
    st.markdown(f"{verdict_badge(newest.result)} {said}")
    if profile_organisation.is_old(as_of, session.today()):
        st.warning(_("That is more than a year ago. Look at it again."))
    session.link(
        "profile",
        _("Open the assessment of the supplier as an organisation"),
        assessment=newest.assessment.id,
    )


# --- Purchases ----------------------------------------------------------------------------


def _draw_purchases(purchases: Sequence[Held]) -> None:
    st.subheader(_("Purchases and assessments: {n}").format(n=len(purchases)), anchor=False)
    if not purchases:
        st.markdown(_("No purchase from this supplier is on file."))
    for each in paged(purchases, "supplier-purchases", PER_PAGE):
        with st.container(border=True):
            standing = _(STANDING_WORDS[each.standing])
            if each.standing == "not_chosen":
                standing = f"**{standing}**"
            st.markdown(
                f"**{plain(marked_title(each))}** · {plain(each.purchase.buyer)} · {standing}"
            )
            for case in each.cases:
                _draw_case(each, case)


def _result(case: Case) -> str:
    return marked(headline(case.result), foreign=case.foreign)


def _draw_case(held: Held, case: Case) -> None:
    assessment = case.assessment
    words = _("{recommendation}, as of {date}").format(
        recommendation=plain(_result(case)),
        date=plain(day(assessment.answer_set.as_of)),
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(verdict_badge(case.result), width="content")
        session.link("profile", words, assessment=assessment.id)
    parts = [stakes(case.result), workflow_state(assessment.state)]
    parts.append(heading.version_words(case.framework))
    if held.standing != "not_chosen" and case not in held.current:
        parts.append(_("earlier or closed: nothing of it counts as open below"))
    st.caption(plain(" · ".join(parts)))


def _draw_sections(purchases: Sequence[Held], name: str) -> None:
    scored = [each for each in purchases if each.counting.scored is not None]
    counted_in_points = len(purchases) - len(scored)
    if scored:
        shown = paged(scored, "supplier-sections", PER_PAGE)
        blocks = [_block(each) for each in shown]
        chart_view.draw(
            "supplier_sections",
            blocks,
            about=[name, *chart_view.fictional([e.counting.assessment for e in shown])],
            file_name=f"sections-{name}",
            note=" ".join(_(sentence) for sentence in (SECTIONS_NOTE, RANGE_AND_MARK)),
        )
    if counted_in_points:
        st.caption(
            counted(
                counted_in_points,
                "{n} purchase was assessed in points, which have no sections to show here.",
                "{n} purchases were assessed in points, which have no sections to show here.",
            )
        )


def _block(held: Held) -> Block:
    result = held.counting.scored
    assert result is not None
    name = marked_title(held)
    if held.standing == "not_chosen":
        name = _("{title} ({standing})").format(
            title=name, standing=_(STANDING_WORDS["not_chosen"])
        )
    return Block(name, result)


PAGE = Page("supplier", lambda: _("Suppliers"), "storefront", page, "leadership")
