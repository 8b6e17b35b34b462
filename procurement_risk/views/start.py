"""The Start page: the purchase, the supplier, what lies upstream, and the pack to begin with."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import streamlit as st

from procurement_risk.assessment import AnswerSet, Assessment, Purchase, Supplier, Upstream
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.framework import Framework
from procurement_risk.storage import Summary
from procurement_risk.views import session
from procurement_risk.wording import count, plain

NEW = "A new purchase"
KINDS = {"model": "Model", "host": "Host", "cloud": "Cloud"}
ROUTES = (
    "Open or competitive flexible procedure",
    "Framework or dynamic-market call-off with competition",
    "Call-off without competition, or quotes below threshold",
    "Direct award with transparency notice",
    "Change to an existing contract",
    "Free trial, pilot or memorandum",
    "Feature switched on inside an existing product",
)
UPSTREAM_ROWS = 3


def page() -> None:
    """Draw the page. What was typed stays while the person looks at other pages."""
    st.title("Start an assessment", anchor=False)
    st.markdown(
        "One assessment is one purchase from one supplier. Two names and a title are enough to "
        "begin; everything can be added or changed later."
    )
    offered = session.frameworks()
    if not offered:
        st.error(
            "No assessment framework can be read. Run: python -m procurement_risk check. "
            "It names every problem with its line."
        )
        return
    summaries = [s for s in session.store().summaries() if not s.archived]
    base = _choose_purchase(summaries)
    purchase = _ask_purchase(base)
    if base is None:
        _show_similar(purchase, summaries)
    supplier = _ask_supplier()
    upstreams = _ask_upstreams()
    framework, pack = _choose_framework(offered)
    problems = _problems(purchase, supplier)
    if st.button("Start answering", type="primary"):
        if problems:
            for problem in problems:
                st.error(problem)
            return
        _create(framework, pack, purchase, supplier, upstreams)


def _text(label: str, key: str, help_text: str = "", limit: int = 300) -> str:
    value = st.text_input(
        label,
        key=f"start-{key}",
        max_chars=limit,
        placeholder=help_text,
        persist_state="session",
    )
    return (value or "").strip()


def _choose_purchase(summaries: list[Summary]) -> Purchase | None:
    known = {s.purchase.id: s.purchase for s in summaries}
    if not known:
        return None
    chosen = st.selectbox(
        "Is this another supplier, or a new look, for a purchase already on file?",
        [NEW, *known],
        format_func=lambda i: NEW if i == NEW else f"{known[i].title} · {known[i].buyer}",
        key="start-existing",
        persist_state="session",
    )
    return None if chosen in (None, NEW) else known[chosen]


def _ask_purchase(base: Purchase | None) -> Purchase:
    st.header("The purchase", anchor=False)
    if base is not None:
        st.markdown(f"**{plain(base.title)}** · {plain(base.buyer)}. Its details are kept.")
        return base
    left, right = st.columns(2)
    with left:
        title = _text("What is being bought", "title", "Correspondence drafting for caseworkers")
        buyer = _text("Who is buying it", "buyer", "Name of your organisation")
        capability = _text("Capability, in a word or two", "capability", "draft-correspondence")
        jurisdiction = _text("Jurisdiction of the purchase", "jurisdiction", "England")
        embedded = st.checkbox(
            "A feature switched on inside a product we already have",
            key="start-embedded",
            persist_state="session",
        )
    with right:
        committed = _money("Committed value in pounds; leave empty if not known", "committed")
        scaled = _money("Value if a trial grows to full use, in pounds", "scaled")
        route = st.selectbox(
            "How it is being bought",
            ROUTES,
            index=None,
            key="start-route",
            placeholder="Not decided yet",
            persist_state="session",
        )
        due = _text("Decision needed by", "due", "2027-03-31", 10)
        ends = _text("Contract ends on", "ends", "2029-03-31", 10)
    with st.expander("Notice, break dates and description"):
        breaks = _text("Break dates, separated by spaces", "breaks", "2028-03-31 2028-09-30")
        notice = _text("Notice id", "notice", "041267-2026", 100)
        ocid = _text("ocid", "ocid", "ocds-h6vhtk-…", 100)
        description = st.text_area(
            "Description. Do not enter personal data",
            key="start-description",
            max_chars=5_000,
            persist_state="session",
        )
    return Purchase(
        id=str(uuid4()),
        title=title,
        buyer=buyer,
        description=(description or "").strip(),
        capability=capability.lower(),
        committed_value=committed,
        value_if_scaled=scaled,
        route=route or "",
        notice_id=notice,
        ocid=ocid,
        embedded=bool(embedded),
        decision_due=due,
        contract_end=ends,
        break_dates=tuple(breaks.replace(",", " ").split()),
        jurisdiction=jurisdiction,
    )


def _money(label: str, key: str) -> int | None:
    value = st.number_input(
        label,
        min_value=0,
        max_value=100_000_000_000,
        value=None,
        step=1_000,
        key=f"start-{key}",
        persist_state="session",
    )
    return None if value is None else int(value)


def _show_similar(purchase: Purchase, summaries: list[Summary]) -> None:
    """Say who has bought the same, as the title and capability are typed."""
    if not purchase.capability and len(purchase.title) < 4:
        return
    words = {word for word in purchase.title.lower().split() if len(word) > 3}
    similar = {
        s.purchase.id: s.purchase
        for s in summaries
        if (purchase.capability and s.purchase.capability == purchase.capability)
        or len(words & set(s.purchase.title.lower().split())) >= 2
    }
    if not similar:
        return
    buyers = {p.buyer for p in similar.values()}
    st.warning(
        f"{count(len(similar), 'similar purchase')} already on file, by "
        f"{count(len(buyers), 'body', 'bodies')}. Could you join one, or reuse what it learned?"
    )
    for known in similar.values():
        st.markdown(f"- {plain(known.title)} · {plain(known.buyer)}")


def _ask_supplier() -> Supplier:
    st.header("The supplier", anchor=False)
    left, right = st.columns(2)
    with left:
        name = _text("Supplier", "supplier", "Registered name")
        number = _text("Company number", "number", "", 20)
    with right:
        group = _text("Group, if it belongs to one", "group", "Ultimate owner")
        law = _text("Jurisdiction that controls it", "law", "Where a court could direct it")
    return Supplier(name=name, company_number=number, group=group, jurisdiction=law)


def _ask_upstreams() -> tuple[Upstream, ...]:
    st.header("Underneath it", anchor=False)
    st.markdown(
        "The model, host or cloud it is built on. A supplier's own model counts too. "
        "Leave empty what you do not know yet."
    )
    found = []
    for row in range(UPSTREAM_ROWS):
        kind_box, name_box, maker_box, law_box, own_box = st.columns(
            [1, 2, 2, 2, 2], vertical_alignment="bottom"
        )
        number = row + 1
        with kind_box:
            kind = st.selectbox(
                f"Kind {number}",
                list(KINDS),
                format_func=KINDS.__getitem__,
                key=f"start-kind-{row}",
                persist_state="session",
            )
        with name_box:
            name = _text(f"Name {number}", f"upstream-{row}")
        with maker_box:
            maker = _text(f"Made or run by {number}", f"maker-{row}")
        with law_box:
            law = _text(f"Jurisdiction {number}", f"upstream-law-{row}")
        with own_box:
            own = st.checkbox(
                f"Supplier's own {number}", key=f"start-own-{row}", persist_state="session"
            )
        if name:
            found.append(
                Upstream(
                    kind=kind or "model", name=name, maker=maker, jurisdiction=law, own=bool(own)
                )
            )
    return tuple(found)


def _choose_framework(offered: tuple[Framework, ...]) -> tuple[Framework, str]:
    st.header("The questions", anchor=False)
    chosen = st.selectbox(
        "Assessment framework (the questionnaire)",
        range(len(offered)),
        format_func=lambda i: f"{offered[i].title}, version {offered[i].version}",
        key="start-framework",
        persist_state="session",
    )
    framework = offered[chosen or 0]
    pack = st.radio(
        "Pack",
        [p.id for p in framework.packs],
        format_func=lambda i: next(plain(p.title) for p in framework.packs if p.id == i),
        captions=[plain(p.description) for p in framework.packs],
        key="start-pack",
        persist_state="session",
    )
    return framework, pack or framework.packs[0].id


def _problems(purchase: Purchase, supplier: Supplier) -> list[str]:
    wanted = {
        "Write what is being bought.": purchase.title,
        "Write who is buying it.": purchase.buyer,
        "Write the supplier's name; “not chosen yet” will do.": supplier.name,
    }
    problems = [message for message, text in wanted.items() if not text]
    dates = {
        "Decision needed by": purchase.decision_due,
        "Contract ends on": purchase.contract_end,
        **{f"Break date {i}": d for i, d in enumerate(purchase.break_dates, 1)},
    }
    for name, text in dates.items():
        if text and not _is_day(text):
            problems.append(f"{name}: “{plain(text)}” is not a date. Write it like 2027-03-31.")
    return problems


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _create(
    framework: Framework,
    pack: str,
    purchase: Purchase,
    supplier: Supplier,
    upstreams: tuple[Upstream, ...],
) -> None:
    assessment = Assessment(
        id=str(uuid4()),
        purchase=purchase,
        supplier=supplier,
        upstreams=upstreams,
        answer_set=AnswerSet(as_of=session.today(), pack=pack),
        created_at=session.now(),
        created_by=session.actor(),
    )
    try:
        session.store().create(assessment, framework, session.actor(), "Started in the app")
    except ProcurementRiskError as error:
        st.error(plain(str(error)))
        return
    for key in [k for k in st.session_state if str(k).startswith("start-")]:
        del st.session_state[key]
    session.go("answer", assessment=assessment.id)
