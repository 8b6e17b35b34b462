"""The Start page: the purchase, the supplier, what lies upstream, and the pack to begin with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import uuid4

import streamlit as st

from procurement_risk.assessment import Purchase, Supplier
from procurement_risk.framework import Framework, Subject
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.storage import Summary
from procurement_risk.storage.people.mode import is_team
from procurement_risk.views.shared import forms, identity, session, some_of_many, supplier_hints
from procurement_risk.views.shared.fields import Fields
from procurement_risk.views.shared.purchase_form import (
    ask_more,
    ask_names,
    ask_route,
    ask_supplier_more,
    ask_supplier_name,
    ask_upstreams,
)
from procurement_risk.views.start import release, similar, supplier as start_supplier
from procurement_risk.views.start.framework import PREFIX, begin

NEW = ""
FIRST_FIELD = '<script src="app/static/first-field.js"></script>'


def page() -> None:
    """Draw the page. What was typed stays while the person looks at other pages."""
    st.title(_("Start an assessment"), anchor=False)
    offered = session.frameworks()
    if not offered:
        st.error(
            _(
                "No questionnaire can be read. Run: python -m procurement_risk check. "
                "It names every problem with its line."
            )
        )
        return
    st.html(FIRST_FIELD, unsafe_allow_javascript=True)
    fields = Fields(PREFIX)
    form = st.container()  # what nearly everybody comes for stands first, and is drawn last
    subject, known = _choose_other(offered)
    offered = tuple(each for each in offered if each.subject == subject)
    with form:
        if subject == "supplier":
            start_supplier.draw(fields, offered)
        else:
            _draw_purchase(fields, offered, known)


def _choose_other(offered: tuple[Framework, ...]) -> tuple[Subject, Summary | None]:
    """Draw, folded away, what else can be started; return what is assessed, and which purchase.

    None is a new purchase.
    """
    subjects = sorted({framework.subject for framework in offered})
    is_empty = not session.store().offered(limit=0).total
    if len(subjects) == 1 and (subjects[0] == "supplier" or is_empty):
        return subjects[0], None
    named = st.query_params.get("purchase", "")
    asked = bool(named and session.store().of_purchases([named]))
    asked = asked or bool(st.query_params.get("about", ""))
    label = _("Something else: another supplier for a purchase on file, or a supplier as a whole")
    with st.expander(label, expanded=asked):
        subject = _choose_subject() if len(subjects) > 1 else subjects[0]
        known = _choose_purchase() if subject == "purchase" and not is_empty else None
    return subject, known


def _choose_subject() -> Subject:
    """Let the person choose what to assess."""
    labels: dict[Subject, str] = {
        "purchase": _("A purchase from a supplier"),
        "supplier": _("A supplier as an organisation, once for all its purchases"),
    }
    asked = st.query_params.get("about", "")
    key = session.in_language(f"{PREFIX}subject")
    if asked in labels and st.session_state.get(f"{PREFIX}asked") != asked:
        st.session_state[f"{PREFIX}asked"] = asked
        st.session_state[key] = asked
    chosen = st.radio(
        _("What do you want to assess?"),
        list(labels),
        horizontal=True,
        format_func=labels.__getitem__,
        key=key,
        persist_state="session",
    )
    return chosen or "purchase"


def _draw_purchase(
    fields: Fields,
    offered: tuple[Framework, ...],
    known: Summary | None,
) -> None:
    base = known.purchase if known else None
    purchase = base or Purchase(id="", title="", buyer=_buyer())
    fictional = known is not None and _is_fictional(known)
    if base is None:
        st.markdown(
            _(
                "Three names are enough to begin, and how it is being bought if you know it. "
                "Everything else can be added later."
            )
        )
        title, buyer = ask_names(fields, purchase)
    else:
        kept = _("Its details are kept.")
        st.markdown(f"**{plain(base.title)}** · {plain(base.buyer)}. {kept}")
        if fictional:
            st.warning(
                _("This purchase is fictional demonstration data; so is what you add to it.")
            )
    left, right = st.columns(2)
    with left:
        words = _("Write the supplier's name; “not chosen yet” will do.")
        name = ask_supplier_name(fields, Supplier(name=""), words)
    if base is None:
        with right:
            route = ask_route(fields, "")
    on_file_already = st.container()  # filled below: it also rests on what is typed further down
    button = st.container()
    if base is None:
        with _folded(fields, "more", _("Value, dates and more about the purchase")):
            purchase = ask_more(fields, purchase, title=title, buyer=buyer, route=route)
        release.draw(fields)
    with st.expander(_("Number, group and law of the supplier")):
        supplier = ask_supplier_more(fields, Supplier(name=""), name)
    with st.expander(_("The model, host or cloud underneath")):
        st.markdown(_("A supplier's own model counts too. Leave empty what you do not know yet."))
        upstreams = ask_upstreams(fields, ())
        same_model = st.container()
    alike = similar.find(purchase, supplier, upstreams)
    with on_file_already:
        supplier_hints.draw(fields.prefix, fields.put, supplier, Supplier(name=""))
        similar.draw_duplicates(alike, purchase.buyer)
        similar.draw_elsewhere(purchase)
    with same_model:
        similar.draw_same_model(alike)
    begin(
        fields,
        offered,
        button,
        purchase=purchase if base else replace(purchase, id=str(uuid4())),
        supplier=supplier,
        upstreams=upstreams,
        fictional=fictional,
    )


def _buyer() -> str:
    """Return who buys, where that is known: the organisation that runs this, or the person's."""
    theirs = session.person().organisations("start") if is_team() else None
    names = [each.name for each in session.store().organisations() if each.id in (theirs or ())]
    return names[0] if len(names) == 1 else identity.organisation()


@contextmanager
def _folded(fields: Fields, name: str, label: str) -> Iterator[None]:
    """Draw what comes folded away, and open once the button is pressed over a fault in it.

    Not as soon as something in it is wrong or right: whoever types there would lose the place.
    """
    key, before = f"{fields.prefix}{name}", len(fields.problems)
    is_new = fields.presses != st.session_state.get(f"{key}-presses", 0)
    if is_new and st.session_state.get(f"{key}-wrong"):
        st.session_state[f"{key}-opened"] = fields.presses
    st.session_state[f"{key}-presses"] = fields.presses
    opened = st.session_state.get(f"{key}-opened", 0)
    with st.expander(label, expanded=opened > 0, key=f"{key}-{opened}"):
        yield
    st.session_state[f"{key}-wrong"] = len(fields.problems) > before


def _is_fictional(known: Summary) -> bool:
    store = session.store()
    return any(each.fictional for each in store.summaries(store.of_purchases([known.purchase.id])))


def _choose_purchase() -> Summary | None:
    """Let the person choose one of the purchases on file; None is a new one."""
    key = session.in_language(f"{PREFIX}existing")
    before = (st.query_params.get("purchase", ""), st.session_state.get(key))
    named = session.store().of_purchases([each for each in before if each])
    offered = some_of_many.assessments(f"{PREFIX}existing-words", named)
    known = {each.purchase.id: each for each in offered if each.subject == "purchase"}
    if not known:
        return None
    labels = {NEW: _("A new purchase")}
    for name, each in known.items():
        labels[name] = f"{_title(each.purchase.title, each.fictional)} · {each.purchase.buyer}"
    chosen = forms.choose(
        _("Is the purchase already on file?"),
        labels,
        key,
        st.query_params.get("purchase", ""),
        kept=True,
    )
    return known.get(chosen)


def _title(title: str, fictional: bool) -> str:
    return _("Fictional: {title}").format(title=title) if fictional else title
