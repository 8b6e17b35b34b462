"""What a release says about a purchase, field by field, and why the rest is left empty.

Release -> Prefill: fields for the Start page and the command line. Nothing is filled that is not
sure: several suppliers, a sum in another currency or a procedure that may be two routes are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from procurement_risk.assessment.identifiers import NOTICE, number_in_register
from procurement_risk.imports.ocds_money import add_value
from procurement_risk.imports.ocds_parts import Part, names_of, part, parts, text, with_role
from procurement_risk.imports.ocds_prefill import Filled, Prefill
from procurement_risk.imports.ocds_release import Release
from procurement_risk.imports.ocds_status import OVER, Standing, say_status, standing, status
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.language.text import one_line

# Only what is one route for sure.
COMPETITION, DIRECT = "route.open_or_flexible", "route.direct_award"
SURE_DETAILS = {
    "open procedure": COMPETITION,
    "competitive flexible procedure": COMPETITION,
}
TRANSPARENCY_NOTICE = "UK5"


def purchase_from(release: Release) -> Prefill:
    """Return what ``release`` says about the purchase and its supplier."""
    found, document = Prefill(), release.document
    tender, stands = part(document, "tender"), standing(document, release.tags)
    say_status(found, document, stands)
    found.add_text("title", tender.get("title"), "tender.title")
    _add_buyer(found, document, tender)
    found.add_text("description", tender.get("description"), "tender.description")
    _say_lots(found, tender)
    add_value(found, document, stands)
    _add_route(found, tender, document)
    _add_notice(found, release)
    found.add_text("ocid", release.ocid, "ocid")
    _add_dates(found, document, stands)
    _add_supplier(found, document, stands)
    return found


def _add_buyer(found: Prefill, document: Part, tender: Part) -> None:
    named = part(document, "buyer").get("name")
    if named:
        found.add_text("buyer", named, "buyer.name")
        return
    for role, source in (("buyer", "parties, buyer"), ("procuringEntity", "procuringEntity")):
        parties = with_role(document, role)
        if len(parties) == 1:
            found.add_text("buyer", parties[0].get("name"), source)
            return
        if parties:
            words = _("Several buyers are named: {names}. Write who is buying.")
            found.note(words, names=names_of(parties))
            return
    found.add_text("buyer", part(tender, "procuringEntity").get("name"), "procuringEntity.name")


def _say_lots(found: Prefill, tender: Part) -> None:
    """Name the lots: an assessment is about one of them, or about all together."""
    lots = parts(tender, "lots")
    if len(lots) < 2:
        return
    named = [lot | {"title": lot.get("title") or lot.get("id")} for lot in lots]
    words = _("The purchase has {n} lots: {names}. Say in the title which are meant.")
    found.note(words, n=grouped(len(lots)), names=names_of(named, "title"))
    over = [lot for lot in named if status(lot) in OVER]
    if over:
        words = _("Of these lots, nothing is being bought of: {names}.")
        found.note(words, names=names_of(over, "title"))


def _add_route(found: Prefill, tender: Part, document: Part) -> None:
    method = tender.get("procurementMethod")
    details = tender.get("procurementMethodDetails")
    route = SURE_DETAILS.get(one_line(details).casefold()) if isinstance(details, str) else None
    if method == "open" and details is None:
        route = COMPETITION
    is_announced = any(each["noticeType"] == TRANSPARENCY_NOTICE for each in _notices(document))
    if method in ("limited", "direct") and is_announced:
        route = DIRECT
    if route:
        found.fields.append(Filled("route", route, "tender.procurementMethod"))
    elif method or details:
        said = " / ".join(one_line(each) for each in (method, details) if isinstance(each, str))
        words = _("The procedure is “{said}”. Choose how it is being bought yourself.")
        found.note(words, said=said)


def _notices(document: Part) -> Iterator[Part]:
    """Yield every document that is a published notice, wherever it is attached."""
    places = (
        part(document, "planning"),
        part(document, "tender"),
        *parts(document, "awards"),
        *parts(document, "contracts"),
    )
    for place in places:
        yield from (each for each in parts(place, "documents") if "noticeType" in each)


def _add_notice(found: Prefill, release: Release) -> None:
    """Fill the notice's id: on Find a Tender that is the release's own."""
    if NOTICE.fullmatch(release.id):
        found.add_text("notice_id", release.id, "id")
        return
    known = [each.get("id") for each in _notices(release.document)]
    sure = {each for each in known if isinstance(each, str) and NOTICE.fullmatch(each)}
    if len(sure) == 1:
        found.add_text("notice_id", sure.pop(), "documents[].id")


def _add_dates(found: Prefill, document: Part, stands: Standing) -> None:
    tender = part(document, "tender")
    if stands.is_over:
        return
    award = part(tender, "awardPeriod")
    found.add_day("decision_due", award.get("endDate"), "tender.awardPeriod.endDate")
    lots = [lot for lot in parts(tender, "lots") if status(lot) not in OVER]
    for where, each in (
        ("contracts[].period", [part(one, "period") for one in stands.contracts]),
        ("awards[].contractPeriod", _contract_periods(stands.awards)),
        ("tender.contractPeriod", [part(tender, "contractPeriod")]),
        ("tender.lots[].contractPeriod", _contract_periods(lots)),
    ):
        periods = [period for period in each if period]
        if len(periods) > 1 and any(period != periods[0] for period in periods):
            words = _("There are {n} contract periods, so none was taken.")
            found.note(words, n=len(periods))
            return
        if periods:
            found.add_day("contract_start", periods[0].get("startDate"), f"{where}.startDate")
            found.add_day("contract_end", periods[0].get("endDate"), f"{where}.endDate")
            return


def _contract_periods(places: list[Part]) -> list[Part]:
    return [part(each, "contractPeriod") for each in places]


# Who sells, by a release: the one supplier that an award or contract stands with, and its number.
# Numbers are kept with their register: at Companies House, on Find a Tender (PPON), or in another.

# A fragment that this toolkit wrote: it names who was assessed, chosen or not.
_OWN_RELEASE = re.compile(r"risk-[0-9a-f]{16}")
_FIRST = ("GB-COH", "GB-PPON")


def _add_supplier(found: Prefill, document: Part, stands: Standing) -> None:
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
    if not with_it and _OWN_RELEASE.fullmatch(text(document, "id")):
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
    return _FIRST.index(scheme) if scheme in _FIRST else len(_FIRST)
