"""Who sells, by a release: the one supplier that an award or contract stands with, and its number.

Numbers are kept with their register: at Companies House, on Find a Tender (PPON), or in another.
"""

from __future__ import annotations

import re

from procurement_risk.assessment.identifiers import number_in_register
from procurement_risk.imports.ocds_parts import Part, names_of, part, parts, text, with_role
from procurement_risk.imports.ocds_prefill import Prefill
from procurement_risk.imports.ocds_status import Standing
from procurement_risk.language import _

# A fragment that this toolkit wrote: it names who was assessed, chosen or not.
OWN_RELEASE = re.compile(r"risk-[0-9a-f]{16}")
FIRST = ("GB-COH", "GB-PPON")


def add_supplier(found: Prefill, document: Part, stands: Standing) -> None:
    """Fill the supplier and its number where there is exactly one."""
    suppliers = _suppliers(document, stands)
    if len(suppliers) > 1:
        words = _("Several suppliers are named: {names}. Each is assessed by itself.")
        found.note(words, names=names_of(suppliers))
        return
    for supplier in suppliers:
        found.add_text("supplier", supplier.get("name"), "parties, supplier")
        _add_number(found, supplier)


def _suppliers(document: Part, stands: Standing) -> list[Part]:
    # An id may be anything in a file from outside, so it is looked up as a text.
    parties = {str(p["id"]): p for p in parts(document, "parties") if "id" in p}
    named = _of_awards(stands.awards, parties)
    if named:
        return named
    if stands.over and not stands.awards and not stands.contracts:
        return []
    gone = {text(each, "name").casefold() for each in _of_awards(stands.over, parties)}
    with_it = [
        each
        for each in with_role(document, "supplier")
        if text(each, "name").casefold() not in gone
    ]
    if not with_it and OWN_RELEASE.fullmatch(text(document, "id")):
        return with_role(document, "tenderer")
    return with_it


def _of_awards(awards: list[Part], parties: dict[str, Part]) -> list[Part]:
    """Return the suppliers of these awards, once each, with what the list of parties adds."""
    named = [supplier for award in awards for supplier in parts(award, "suppliers")]
    once: dict[str, Part] = {}
    for each in named:
        party = parties.get(str(each.get("id")), each)
        once.setdefault(text(party, "name") or text(each, "name"), party)
    return list(once.values())


def _add_number(found: Prefill, supplier: Part) -> None:
    """Fill the number: of Companies House first, then the platform's, then any other's."""
    known = [part(supplier, "identifier"), *parts(supplier, "additionalIdentifiers")]
    numbered = [each for each in known if _is_number(each)]
    in_order = sorted(numbered, key=lambda each: _rank(text(each, "scheme")))
    if not in_order:
        return
    first, *others = in_order
    scheme = text(first, "scheme")
    found.add_text(
        "company_number",
        number_in_register(scheme, str(first["id"]).strip()),
        scheme or "parties, supplier",
    )
    for each in others:
        words = _("The supplier's id is also {scheme} {id}.")
        found.note(words, scheme=text(each, "scheme") or "?", id=str(each["id"])[:100])


def _is_number(identifier: Part) -> bool:
    number = identifier.get("id")
    is_whole = isinstance(number, int) and not isinstance(number, bool)
    return is_whole or bool(text(identifier, "id"))


def _rank(scheme: str) -> int:
    return FIRST.index(scheme) if scheme in FIRST else len(FIRST)
