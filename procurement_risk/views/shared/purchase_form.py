"""The fields for a purchase, a supplier and what lies upstream: for Start and for Details."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from procurement_risk.assessment import Purchase, Supplier, Upstream
from procurement_risk.assessment.answers import is_day
from procurement_risk.assessment.vocabulary import ROUTES, UPSTREAM_KINDS, id_of
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.views.shared import session, supplier_hints

LEAST_ROWS = 3
CHOICES = frozenset({"route"})  # fields whose options are words of the app


class Fields:
    """Widgets whose values stay for the visit, under keys that begin with ``prefix``.

    Args:
        prefix: Begins every key; another prefix is another set of values.
    """

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix

    def _key(self, name: str, initial: object) -> str:
        key = f"{self.prefix}{name}"
        if key not in st.session_state and initial not in (None, ""):
            st.session_state[key] = initial
        return key

    def text(
        self, label: str, name: str, initial: str = "", example: str = "", limit: int = 300
    ) -> str:
        """Return one line of text, stripped."""
        value = st.text_input(
            label,
            key=self._key(name, initial),
            max_chars=limit,
            placeholder=example,
            persist_state="session",
        )
        return (value or "").strip()

    def long_text(self, label: str, name: str, initial: str = "") -> str:
        """Return a paragraph, stripped."""
        value = st.text_area(
            label, key=self._key(name, initial), max_chars=5_000, persist_state="session"
        )
        return (value or "").strip()

    def money(self, label: str, name: str, initial: int | None = None) -> int | None:
        """Return whole pounds, or None where it is left empty."""
        value = st.number_input(
            label,
            min_value=0,
            max_value=100_000_000_000,
            value=None,
            step=1_000,
            key=self._key(name, initial),
            persist_state="session",
        )
        return None if value is None else int(value)

    def tick(self, label: str, name: str, initial: bool = False) -> bool:
        """Return whether the box is ticked."""
        key = self._key(name, initial or None)
        return bool(st.checkbox(label, key=key, persist_state="session"))

    def choice(self, label: str, name: str, labels: Mapping[str, str], initial: str = "") -> str:
        """Return the chosen key of ``labels``, or empty where nothing is chosen."""
        chosen = f"{self.prefix}{name}-chosen"  # the same in every language
        initial = st.session_state.get(chosen, initial)
        value = st.selectbox(
            label,
            list(labels),
            index=None,
            format_func=labels.__getitem__,
            key=self._key(session.in_language(name), initial if initial in labels else ""),
            placeholder=_("Not decided yet"),
            persist_state="session",
        )
        st.session_state[chosen] = value or ""
        return value or ""

    def value(self, name: str) -> object:
        """Return what a field holds now; for a choice its key, for an empty field nothing."""
        kept = st.session_state
        return kept.get(f"{self.prefix}{name}-chosen") or kept.get(f"{self.prefix}{name}")

    def put(self, name: str, value: str | int) -> None:
        """Fill a field. Only before the page is drawn, as when a button was pressed."""
        if name in CHOICES:
            st.session_state[f"{self.prefix}{name}-chosen"] = value
            st.session_state[f"{self.prefix}{session.in_language(name)}"] = value
        else:
            st.session_state[f"{self.prefix}{name}"] = value

    def put_note(self, name: str, words: str) -> None:
        """Keep a sentence to be shown once."""
        st.session_state[f"{self.prefix}{name}"] = words

    def pop_note(self, name: str) -> str:
        """Return the sentence that was kept, and keep it no longer."""
        return str(st.session_state.pop(f"{self.prefix}{name}", ""))

    def forget(self) -> None:
        """Drop every value, once they have been saved."""
        for key in [k for k in st.session_state if str(k).startswith(self.prefix)]:
            del st.session_state[key]


def ask_purchase(fields: Fields, base: Purchase) -> Purchase:
    """Return ``base`` with what the person typed."""
    left, right = st.columns(2)
    changed: dict[str, Any] = {}
    with left:
        changed["title"] = fields.text(
            _("What is being bought"), "title", base.title, _("Correspondence drafting")
        )
        changed["buyer"] = fields.text(
            _("Who is buying it"), "buyer", base.buyer, _("Name of your organisation")
        )
        changed["capability"] = fields.text(
            _("Capability, in a word or two"),
            "capability",
            base.capability,
            _("draft-correspondence"),
        ).lower()
        changed["jurisdiction"] = fields.text(
            _("Jurisdiction of the purchase"), "jurisdiction", base.jurisdiction, _("England")
        )
        changed["embedded"] = fields.tick(
            _("A feature switched on inside a product we already have"), "embedded", base.embedded
        )
    with right:
        changed["committed_value"] = fields.money(
            _("Committed value in pounds; leave empty if not known"),
            "committed",
            base.committed_value,
        )
        changed["value_if_scaled"] = fields.money(
            _("Value if a trial grows to full use, in pounds"), "scaled", base.value_if_scaled
        )
        changed["route"] = _ask_route(fields, base.route)
        changed["decision_due"] = fields.text(
            _("Decision needed by"), "due", base.decision_due, "2027-03-31", 10
        )
        changed["contract_end"] = fields.text(
            _("Contract ends on"), "ends", base.contract_end, "2029-03-31", 10
        )
    with st.expander(_("Notice, dates and description")):
        changed.update(_ask_more(fields, base))
    return Purchase(id=base.id, chosen_supplier=base.chosen_supplier, **changed)


def _ask_route(fields: Fields, stored: str) -> str:
    """Return the chosen route; what is stored, if that says the same in old words."""
    routes = {route: _(words) for route, words in ROUTES.items()}
    route = id_of(stored, ROUTES)
    if route:
        routes.setdefault(route, route)
    chosen = fields.choice(_("How it is being bought"), "route", routes, route)
    return stored if chosen == route else chosen


def _ask_more(fields: Fields, base: Purchase) -> dict[str, Any]:
    breaks = fields.text(
        _("Break dates, separated by spaces"),
        "breaks",
        " ".join(base.break_dates),
        "2028-03-31 2028-09-30",
    )
    return {
        "break_dates": tuple(breaks.replace(",", " ").split()),
        "contract_start": fields.text(
            _("Contract starts on"), "begins", base.contract_start, "2027-04-01", 10
        ),
        "notice_id": fields.text(_("Notice id"), "notice", base.notice_id, "041267-2026", 100),
        "ocid": fields.text(_("ocid"), "ocid", base.ocid, "ocds-h6vhtk-…", 100),
        "description": fields.long_text(
            _("Description. Do not enter personal data"), "description", base.description
        ),
    }


def ask_supplier(fields: Fields, base: Supplier) -> Supplier:
    """Return the supplier as typed."""
    left, right = st.columns(2)
    with left:
        name = fields.text(_("Supplier"), "supplier", base.name, _("Registered name"))
        number = fields.text(_("Company number"), "number", base.company_number, "", 60)
    with right:
        group = fields.text(
            _("Group, if it belongs to one"), "group", base.group, _("Ultimate owner")
        )
        law = fields.text(
            _("Jurisdiction that controls it"),
            "law",
            base.jurisdiction,
            _("Whose courts direct it"),
        )
    typed = Supplier(name=name, company_number=number, group=group, jurisdiction=law)
    supplier_hints.draw(fields.prefix, fields.put, typed, base)
    return typed


def ask_upstreams(fields: Fields, base: tuple[Upstream, ...]) -> tuple[Upstream, ...]:
    """Return the upstream models, hosts and clouds as typed; rows without a name are dropped."""
    found = []
    for row in range(max(LEAST_ROWS, len(base) + 1)):
        kept = base[row] if row < len(base) else None
        upstream = _ask_upstream(fields, row, kept)
        if upstream is not None:
            found.append(upstream)
    return tuple(found)


def _ask_upstream(fields: Fields, row: int, kept: Upstream | None) -> Upstream | None:
    kind_box, name_box, maker_box, law_box = st.columns([2, 3, 3, 3])
    number = row + 1
    initial = kept or Upstream(kind="model", name="")
    with kind_box:
        kinds = {str(kind): _(words) for kind, words in UPSTREAM_KINDS.items()}
        label = _("Kind {n}").format(n=number)
        kind = fields.choice(label, f"kind-{row}", kinds, initial.kind)
    with name_box:
        name = fields.text(_("Name {n}").format(n=number), f"upstream-{row}", initial.name)
    with maker_box:
        label = _("Made or run by {n}").format(n=number)
        maker = fields.text(label, f"maker-{row}", initial.maker)
    with law_box:
        label = _("Jurisdiction {n}").format(n=number)
        law = fields.text(label, f"place-{row}", initial.jurisdiction)
    if not name:
        return None
    label = _("{name} is the supplier's own").format(name=plain(name))
    own = fields.tick(label, f"own-{row}", initial.own)
    return Upstream(
        kind=kind or "model",  # type: ignore[arg-type]  # one of UPSTREAM_KINDS
        name=name,
        maker=maker,
        jurisdiction=law,
        own=own,
    )


def problems(purchase: Purchase, supplier: Supplier) -> list[str]:
    """Return what is missing or wrong, each with what to write."""
    wanted = {
        _("Write what is being bought."): purchase.title,
        _("Write who is buying it."): purchase.buyer,
        _("Write the supplier's name; “not chosen yet” will do."): supplier.name,
    }
    found = [message for message, text in wanted.items() if not text]
    breaks = _("Break date {n}")
    dates = {
        _("Decision needed by"): purchase.decision_due,
        _("Contract starts on"): purchase.contract_start,
        _("Contract ends on"): purchase.contract_end,
        **{breaks.format(n=i): d for i, d in enumerate(purchase.break_dates, 1)},
    }
    wrong = _("{field}: “{text}” is not a date. Write it like {example}.")
    for name, text in dates.items():
        if text and not is_day(text):
            found.append(wrong.format(field=name, text=plain(text), example="2027-03-31"))
    return found
