"""The fields for a purchase, a supplier and what lies upstream: for Start and for Details."""

from __future__ import annotations

from typing import Any

import streamlit as st

from procurement_risk.assessment import Purchase, Supplier, Upstream
from procurement_risk.assessment.vocabulary import (
    ROUTES,
    UPSTREAM_KINDS,
    id_of,
    in_words,
    offered_routes,
)
from procurement_risk.language import _
from procurement_risk.language.text import plain
from procurement_risk.views.shared import supplier_hints
from procurement_risk.views.shared.fields import Fields

LEAST_ROWS = 3
FEATURE = "route.feature"


def ask_purchase(fields: Fields, base: Purchase) -> Purchase:
    """Return ``base`` with what the person typed."""
    title, buyer = ask_names(fields, base)
    route = ask_route(fields, base.route)
    return ask_more(fields, base, title=title, buyer=buyer, route=route)


def ask_names(fields: Fields, base: Purchase) -> tuple[str, str]:
    """Return what is bought and who buys it."""
    left, right = st.columns(2)
    with left:
        title = fields.text(
            _("What is being bought"),
            "title",
            base.title,
            _("Correspondence drafting"),
            missing=_("Write what is being bought."),
        )
    with right:
        buyer = fields.text(
            _("Who is buying it"),
            "buyer",
            base.buyer,
            _("Name of your organisation"),
            missing=_("Write who is buying it."),
        )
    return title, buyer


def ask_route(fields: Fields, stored: str) -> str:
    """Return the chosen route; what is stored, if that says the same in old words."""
    routes = {route: in_words(route) for route in offered_routes(stored)}
    route = id_of(stored, ROUTES)
    chosen = fields.choice(_("How it is being bought"), "route", routes, route)
    return stored if chosen == route else chosen


def ask_more(fields: Fields, base: Purchase, *, title: str, buyer: str, route: str) -> Purchase:
    """Return ``base`` with all of it: what was asked before, and what is asked here."""
    changed: dict[str, Any] = {"title": title, "buyer": buyer, "route": route}
    left, right = st.columns(2)
    with left:
        changed["capability"] = fields.text(
            _("Capability, in a word or two"),
            "capability",
            base.capability,
            _("draft-correspondence"),
        ).lower()
        changed["committed_value"] = fields.money(
            _("Committed value in pounds; leave empty if not known"),
            "committed",
            base.committed_value,
        )
    with right:
        changed["jurisdiction"] = fields.text(
            _("Jurisdiction of the purchase"), "jurisdiction", base.jurisdiction, _("England")
        )
        changed["value_if_scaled"] = fields.money(
            _("Value if a trial grows to full use, in pounds"), "scaled", base.value_if_scaled
        )
    changed |= _ask_days(fields, base)
    left, right = st.columns(2)
    with left:
        changed["notice_id"] = fields.text(
            _("Notice id"), "notice", base.notice_id, "041267-2026", 100
        )
    with right:
        changed["ocid"] = fields.text(_("ocid"), "ocid", base.ocid, "ocds-h6vhtk-…", 100)
    ticked = fields.tick(
        _("A feature switched on inside a product we already have"), "embedded", base.embedded
    )
    changed["embedded"] = ticked or id_of(route, ROUTES) == FEATURE
    changed["description"] = fields.long_text(
        _("Description. Do not enter personal data"), "description", base.description
    )
    return Purchase(id=base.id, chosen_supplier=base.chosen_supplier, **changed)


def _ask_days(fields: Fields, base: Purchase) -> dict[str, Any]:
    """Return the days of a purchase as typed."""
    due, begin, finish = st.columns(3)
    with due:
        decided = fields.day(_("Decision needed by"), "due", base.decision_due)
    with begin:
        start = fields.day(_("Contract starts on"), "begins", base.contract_start)
    with finish:
        end = fields.day(_("Contract ends on"), "ends", base.contract_end)
        if start and end and end < start:
            fields.fault(_("The contract ends before it starts. Change one of the two days."))
    breaks = fields.days(_("Break date {n}"), "break", base.break_dates)
    days = {"decision_due": decided, "contract_start": start, "contract_end": end}
    return {**days, "break_dates": breaks}


def ask_supplier(fields: Fields, base: Supplier) -> Supplier:
    """Return the supplier as typed."""
    name = ask_supplier_name(fields, base, _("Write the supplier's name."))
    typed = ask_supplier_more(fields, base, name)
    supplier_hints.draw(fields.prefix, fields.put, typed, base)
    return typed


def ask_supplier_name(fields: Fields, base: Supplier, missing: str) -> str:
    """Return the supplier's name; ``missing`` is said where there is none."""
    return fields.text(_("Supplier"), "supplier", base.name, _("Registered name"), missing=missing)


def ask_supplier_more(fields: Fields, base: Supplier, name: str) -> Supplier:
    """Return the supplier of that ``name`` with what else is known of it."""
    left, middle, right = st.columns(3)
    with left:
        number = fields.text(_("Company number"), "number", base.company_number, "", 60)
    with middle:
        group = fields.text(
            _("Group, if it belongs to one"), "group", base.group, _("Ultimate owner")
        )
    with right:
        law = fields.text(
            _("Jurisdiction that controls it"),
            "law",
            base.jurisdiction,
            _("Whose courts direct it"),
        )
    supplier_hints.draw_lost_zeros(fields.prefix, fields.put, number)
    return Supplier(name=name, company_number=number, group=group, jurisdiction=law)


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
