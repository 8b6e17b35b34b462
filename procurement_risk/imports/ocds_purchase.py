"""What a release says about a purchase, field by field, and why the rest is left empty.

Release -> Prefill: fields for the Start page and the command line. Nothing is filled that is not
sure: several suppliers, a sum in another currency or a procedure that may be two routes are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal

from procurement_risk.assessment.answers import is_day
from procurement_risk.assessment.identifiers import NOTICE, company_scheme
from procurement_risk.imports.ocds_release import Release
from procurement_risk.language import _
from procurement_risk.language.phrases import listed
from procurement_risk.language.text import one_line, show_value

Field = Literal[
    "title", "buyer", "description", "committed_value", "route", "notice_id", "ocid",
    "decision_due", "contract_start", "contract_end", "supplier", "company_number",
]  # fmt: skip

# The longest text that each field of the form takes; 300 for those not here.
LONGEST = {"description": 5_000, "notice_id": 100, "ocid": 100, "company_number": 20}
USUAL_LONGEST = 300
MOST_POUNDS = 100_000_000_000

# Only what is one route for sure.
COMPETITION, DIRECT = "route.open_or_flexible", "route.direct_award"
SURE_DETAILS = {
    "open procedure": COMPETITION,
    "competitive flexible procedure": COMPETITION,
}
TRANSPARENCY_NOTICE = "UK5"


@dataclass(frozen=True, slots=True)
class Filled:
    """One field: what to write into it, and where in the release that stands."""

    field: Field
    value: str | int
    source: str


@dataclass(slots=True)
class Prefill:
    """What one release gives.

    Attributes:
        fields: What can be filled, in the order of the form.
        notes: What is in the release and was not taken, each with why, as sentences.
    """

    fields: list[Filled] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add_text(self, name: Field, value: object, source: str) -> None:
        """Fill a field with a text, unless there is none, or it is too long or no text."""
        if value is None or value == "":
            return
        if not isinstance(value, str):
            words = _("{source} is {value}, which is no text, so it was left out.")
            self.notes.append(words.format(source=source, value=show_value(value)))
            return
        lines = (one_line(line) for line in value.splitlines())
        shown = "\n".join(lines).strip() if name == "description" else one_line(value)
        longest = LONGEST.get(name, USUAL_LONGEST)
        if len(shown) > longest:
            words = _("{source} has more than {n} characters, so it was left out. Shorten it.")
            self.notes.append(words.format(source=source, n=f"{longest:,}"))
        elif shown:
            self.fields.append(Filled(name, shown, source))

    def add_day(self, name: Field, value: object, source: str) -> None:
        """Fill a field with the day of an OCDS time, as it is written there."""
        if value is None:
            return
        day = value[:10] if isinstance(value, str) else ""
        if is_day(day) and re.fullmatch(r"([T ].*)?", str(value)[10:]):
            self.fields.append(Filled(name, day, source))
        else:
            words = _("{source} is {value}, which is no date, so it was left out.")
            self.notes.append(words.format(source=source, value=show_value(value)))


def purchase_from(release: Release) -> Prefill:
    """Return what ``release`` says about the purchase and its supplier."""
    found, document = Prefill(), release.document
    tender = _part(document, "tender")
    found.add_text("title", tender.get("title"), "tender.title")
    _add_buyer(found, document, tender)
    found.add_text("description", tender.get("description"), "tender.description")
    _add_value(found, document, tender)
    _add_route(found, tender, document)
    _add_notice(found, release)
    found.add_text("ocid", release.ocid, "ocid")
    _add_dates(found, document, tender)
    _add_supplier(found, document)
    return found


# --- Reading parts of a release -------------------------------------------------------------


def _part(document: Any, name: str) -> dict[str, Any]:  # noqa: ANN401  whatever JSON holds
    """Return the object ``name``; an empty one where there is none."""
    found = document.get(name) if isinstance(document, dict) else None
    return found if isinstance(found, dict) else {}


def _parts(document: Any, name: str) -> list[dict[str, Any]]:  # noqa: ANN401  whatever JSON holds
    """Return the objects in the list ``name``."""
    found = document.get(name) if isinstance(document, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _with_role(document: dict[str, Any], role: str) -> list[dict[str, Any]]:
    parties = _parts(document, "parties")
    return [p for p in parties if isinstance(p.get("roles"), list) and role in p["roles"]]


def _names(parties: list[dict[str, Any]]) -> list[str]:
    return [one_line(p["name"]) for p in parties if isinstance(p.get("name"), str)]


# --- One field or two each ------------------------------------------------------------------


def _add_buyer(found: Prefill, document: dict[str, Any], tender: dict[str, Any]) -> None:
    named = _part(document, "buyer").get("name")
    if named:
        found.add_text("buyer", named, "buyer.name")
        return
    for role, source in (("buyer", "parties, buyer"), ("procuringEntity", "procuringEntity")):
        parties = _with_role(document, role)
        if len(parties) == 1:
            found.add_text("buyer", parties[0].get("name"), source)
            return
        if parties:
            words = _("Several buyers are named: {names}. Write who is buying.")
            found.notes.append(words.format(names=listed(_names(parties)[:10])))
            return
    found.add_text("buyer", _part(tender, "procuringEntity").get("name"), "procuringEntity.name")


def _add_value(found: Prefill, document: dict[str, Any], tender: dict[str, Any]) -> None:
    """Fill the value from the one contract, else the one award, else the tender's estimate."""
    for name in ("contracts", "awards"):
        each = [part for part in _parts(document, name) if "value" in part]
        if len(each) > 1:
            words = _("There are {n} values under {name}, which were not added up.")
            found.notes.append(words.format(n=len(each), name=name))
            return
        if each:
            _add_money(found, each[0]["value"], f"{name}[0].value")
            return
    if "value" in tender:
        _add_money(found, tender["value"], "tender.value")


def _add_money(found: Prefill, value: object, source: str) -> None:
    amount = value.get("amount") if isinstance(value, dict) else None
    currency = value.get("currency") if isinstance(value, dict) else None
    if isinstance(amount, bool) or not isinstance(amount, int | Fraction) or amount < 0:
        words = _("{source} holds no amount of money, so it was left out.")
        found.notes.append(words.format(source=source))
        return
    if currency != "GBP":
        code = one_line(str(currency))[:20] if currency else _("no currency")
        words = _("{source} is {amount} in {currency}. It was left out and not converted.")
        found.notes.append(
            words.format(source=source, amount=f"{float(amount):,.2f}", currency=code)
        )
        return
    whole = int(amount + Fraction(1, 2))
    if whole > MOST_POUNDS:
        words = _("{source} is more than {most}, so it was left out.")
        found.notes.append(words.format(source=source, most=f"£{MOST_POUNDS:,}"))
        return
    if whole != amount:
        words = _("{source} was rounded to whole pounds.")
        found.notes.append(words.format(source=source))
    if source.startswith("tender"):
        found.notes.append(_("The value is the tender's estimate, not that of a contract."))
    found.fields.append(Filled("committed_value", whole, source))


def _add_route(found: Prefill, tender: dict[str, Any], document: dict[str, Any]) -> None:
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
        found.notes.append(words.format(said=said))


def _notices(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every document that is a published notice, wherever it is attached."""
    parts = [_part(document, "planning"), _part(document, "tender")]
    for part in (*parts, *_parts(document, "awards"), *_parts(document, "contracts")):
        yield from (each for each in _parts(part, "documents") if "noticeType" in each)


def _add_notice(found: Prefill, release: Release) -> None:
    """Fill the notice's id: on Find a Tender that is the release's own."""
    if NOTICE.fullmatch(release.id):
        found.add_text("notice_id", release.id, "id")
        return
    known = [each.get("id") for each in _notices(release.document)]
    sure = {each for each in known if isinstance(each, str) and NOTICE.fullmatch(each)}
    if len(sure) == 1:
        found.add_text("notice_id", sure.pop(), "documents[].id")


def _add_dates(found: Prefill, document: dict[str, Any], tender: dict[str, Any]) -> None:
    award = _part(tender, "awardPeriod")
    found.add_day("decision_due", award.get("endDate"), "tender.awardPeriod.endDate")
    for where, parts in (
        ("contracts[0].period", [_part(each, "period") for each in _parts(document, "contracts")]),
        ("awards[0].contractPeriod", _contract_periods(document, "awards")),
        ("tender.contractPeriod", [_part(tender, "contractPeriod")]),
        ("tender.lots[0].contractPeriod", _contract_periods(tender, "lots")),
    ):
        periods = [each for each in parts if each]
        if len(periods) > 1 and any(each != periods[0] for each in periods):
            words = _("There are {n} contract periods, so none was taken.")
            found.notes.append(words.format(n=len(periods)))
            return
        if periods:
            found.add_day("contract_start", periods[0].get("startDate"), f"{where}.startDate")
            found.add_day("contract_end", periods[0].get("endDate"), f"{where}.endDate")
            return


def _contract_periods(document: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [_part(each, "contractPeriod") for each in _parts(document, name)]


def _add_supplier(found: Prefill, document: dict[str, Any]) -> None:
    suppliers = _with_role(document, "supplier")
    if not suppliers:
        # An id may be anything in a file from outside, so it is looked up as a text.
        parties = {str(p["id"]): p for p in _parts(document, "parties") if "id" in p}
        named = [s for each in _parts(document, "awards") for s in _parts(each, "suppliers")]
        by_name = {one_line(str(s.get("name"))): parties.get(str(s.get("id")), s) for s in named}
        suppliers = list(by_name.values())
    if len(suppliers) > 1:
        words = _("Several suppliers are named: {names}. Each is assessed by itself.")
        found.notes.append(words.format(names=listed(_names(suppliers)[:10])))
        return
    for supplier in suppliers:
        found.add_text("supplier", supplier.get("name"), "parties, supplier")
        _add_number(found, supplier)


def _add_number(found: Prefill, supplier: dict[str, Any]) -> None:
    """Fill the number at Companies House; another register's is named."""
    known = [_part(supplier, "identifier"), *_parts(supplier, "additionalIdentifiers")]
    for each in known:
        number = str(each.get("id", "")).strip().upper()
        if each.get("scheme") == "GB-COH" and company_scheme(number) == "GB-COH":
            found.add_text("company_number", number, "GB-COH")
            return
    for each in known:
        if each.get("scheme") and each.get("id"):
            words = _("The supplier's id is {scheme} {id}, which is no company number.")
            found.notes.append(
                words.format(scheme=one_line(str(each["scheme"])), id=one_line(str(each["id"])))
            )
