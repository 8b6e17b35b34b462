"""Starting an assessment of a supplier as an organisation: no purchase, one supplier."""

from __future__ import annotations

from uuid import uuid4

import streamlit as st

from procurement_risk.assessment import Purchase, Supplier
from procurement_risk.framework import Framework
from procurement_risk.language import _
from procurement_risk.language.phrases import day
from procurement_risk.language.text import plain
from procurement_risk.views.shared import session
from procurement_risk.views.shared.fields import Fields
from procurement_risk.views.shared.purchase_form import ask_supplier
from procurement_risk.views.start.framework import PREFIX, begin

TITLE = "The supplier as an organisation"  # stored, so in English whatever the language


def draw(fields: Fields, offered: tuple[Framework, ...]) -> None:
    """Draw the form, and keep what was typed once it is enough."""
    st.header(_("The supplier"), anchor=False)
    asked = st.query_params.get("supplier", "")
    if asked and st.session_state.get(f"{PREFIX}named") != asked:
        st.session_state[f"{PREFIX}named"] = asked
        st.session_state[f"{PREFIX}supplier"] = asked
    supplier = ask_supplier(fields, Supplier(name=""))
    buyer = fields.text(
        _("Who is assessing it"),
        "assessor",
        "",
        _("Name of your organisation"),
        missing=_("Write who is assessing it."),
    )
    place = st.container()
    store = session.store()
    same = store.summaries(store.of_supplier(supplier)) if supplier.name else []
    fictional = any(s.fictional for s in same)
    if fictional:
        st.warning(_("This supplier is fictional demonstration data; so is what you add to it."))
    for known in [s for s in same if s.subject == "supplier"][:1]:
        st.warning(
            _(
                "{supplier} is on file already, last changed {date}. Open it from the list of "
                "assessments to look at it again, or start anew."
            ).format(supplier=plain(known.supplier.name), date=day(known.changed_at))
        )
    begin(
        fields,
        offered,
        place,
        purchase=Purchase(id=str(uuid4()), title=TITLE, buyer=buyer),
        supplier=supplier,
        fictional=fictional,
    )
