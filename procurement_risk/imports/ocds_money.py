"""What a release says the purchase is worth: by its one contract, else its award, else its tender.

Only what is committed, in pounds and without tax, is filled in. A sum of zero is what publishers
write where no sum is known; the value of a framework is the most that may be bought through it.

Source:
    UK extension of the Open Contracting Data Standard: ``amount`` is net, ``amountGross`` holds
    all taxes. Techniques extension: ``tender.techniques``.
"""

from __future__ import annotations

import re
from fractions import Fraction

from procurement_risk.assessment.bought import MOST_POUNDS
from procurement_risk.imports.ocds_parts import JSON, Part, part, parts, text
from procurement_risk.imports.ocds_prefill import Filled, Prefill
from procurement_risk.imports.ocds_status import Standing
from procurement_risk.language import _
from procurement_risk.language.numbers import shown
from procurement_risk.language.phrases import in_pounds
from procurement_risk.language.text import one_line, show_value
from procurement_risk.language.typed_number import two_readings

OPEN_ENDED = ("hasFrameworkAgreement", "hasDynamicPurchasingSystem")
_WRITTEN = re.compile(r"(£|GBP)? ?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,15})(\.[0-9]{1,2})?( ?GBP)?")


def add_value(found: Prefill, document: Part, stands: Standing) -> None:
    """Fill the committed value, or say why not."""
    tender = part(document, "tender")
    if stands.is_over:
        return
    for name, standing in (("contracts", stands.contracts), ("awards", stands.awards)):
        each = [one for one in standing if one.get("value") is not None]
        if len(each) > 1:
            words = _("There are {n} values under {name}, which were not added up.")
            found.note(words, n=len(each), name=name)
            return
        number = parts(document, name).index(each[0]) if each else 0
        if each and _is_taken(found, tender, each[0]["value"], f"{name}[{number}].value"):
            return
    if stands.over or "value" not in tender:
        return
    _is_taken(found, tender, tender["value"], "tender.value")


def _is_taken(found: Prefill, tender: Part, value: JSON, source: str) -> bool:
    """Fill the value from one sum; return whether another place need not be asked."""
    pounds = _pounds(found, value, source)
    if pounds is None:
        return True
    if pounds == 0:
        words = _(
            "{source} is £0. Publishers write that where no sum is known, so it was left out. "
            "If it costs nothing, write 0 yourself."
        )
        found.note(words, source=source)
        return False
    if is_framework(tender):
        words = _(
            "{source} is {amount}, the most that may be bought through a framework. It was left "
            "out: write what you commit to."
        )
        found.note(words, source=source, amount=in_pounds(pounds))
        return True
    if source.startswith("tender"):
        found.notes.append(_("The value is the tender's estimate, not that of a contract."))
    found.fields.append(Filled("committed_value", pounds, source))
    return True


def is_framework(tender: Part) -> bool:
    """Return whether the tender sets up a framework or dynamic market, and so buys nothing yet."""
    places = (part(tender, "techniques"), *(part(lot, "techniques") for lot in _lots(tender)))
    if any(place.get(name) is True for place in places for name in OPEN_ENDED):
        return True
    return any(part(place, "frameworkAgreement") for place in places)


def _lots(tender: Part) -> list[Part]:
    return parts(tender, "lots")


def _pounds(found: Prefill, value: JSON, source: str) -> int | None:
    """Return the sum in whole pounds without tax; None, and a note, where it is none."""
    held = value if isinstance(value, dict) else {}
    net, gross = _number(held.get("amount")), _number(held.get("amountGross"))
    if net is None and gross is not None and held.get("amount") is None:
        words = _(
            "{source} is {amount} with tax, and nothing is said without it. It was left out."
        )
        found.note(words, source=source, amount=_shown(gross, held.get("currency")))
        return None
    if net is None or net < 0:
        _say_no_amount(found, held, source)
        return None
    if not _is_in_pounds(found, held, net, source):
        return None
    whole = int(net + Fraction(1, 2))
    if whole > MOST_POUNDS:
        words = _("{source} is more than {most}, so it was left out.")
        found.note(words, source=source, most=in_pounds(MOST_POUNDS))
        return None
    if isinstance(held.get("amount"), str):
        words = _("{source} is written as the text {text}. It was read as {amount}.")
        text = show_value(one_line(held["amount"]))
        found.note(words, source=source, text=text, amount=in_pounds(whole))
    if whole != net:
        words = _("{source} was rounded to whole pounds.")
        found.note(words, source=source)
    if gross is not None and gross != net:
        words = _("{source} is without tax. With tax it is {amount}.")
        found.note(words, source=source, amount=_shown(gross, "GBP"))
    return whole


def _say_no_amount(found: Prefill, held: Part, source: str) -> None:
    written = text(held, "amount")
    if readings := two_readings(_bare(written)):
        words = _(
            "{source} is the text {text}, which may be {whole} or {decimal}. It was left out."
        )
        whole, decimal = readings
        said = show_value(one_line(written))
        found.note(words, source=source, text=said, whole=whole, decimal=shown(decimal))
        return
    if written:
        words = _("{source} holds no amount of money but {text}, so it was left out.")
        found.note(words, source=source, text=show_value(written))
        return
    words = _("{source} holds no amount of money, so it was left out.")
    found.note(words, source=source)


def _is_in_pounds(found: Prefill, held: Part, amount: Fraction, source: str) -> bool:
    currency, written = held.get("currency"), text(held, "amount")
    if currency == "GBP" or (not currency and ("£" in written or "GBP" in written)):
        return True
    code = one_line(str(currency))[:20] if currency else _("no currency")
    words = _("{source} is {amount} in {currency}. It was left out and not converted.")
    found.note(words, source=source, amount=shown(f"{float(amount):,.2f}"), currency=code)
    return False


def _number(value: JSON) -> Fraction | None:
    """Return an amount, also one that is written as a text such as ``£1,200,000``."""
    if isinstance(value, str):
        written = _WRITTEN.fullmatch(one_line(value))
        if not written or two_readings(_bare(value)):
            return None
        return Fraction(written[2].replace(",", "") + (written[3] or ""))
    if isinstance(value, bool) or not isinstance(value, int | Fraction):
        return None
    return Fraction(value)


def _bare(written: str) -> str:
    """Return a written amount without its currency; what a £ leads is written in English."""
    return one_line(written).removeprefix("GBP").removesuffix("GBP").strip()


def _shown(amount: Fraction, currency: JSON) -> str:
    number = shown(f"{float(amount):,.2f}".removesuffix(".00"))
    if currency == "GBP":
        return _("£{n}").format(n=number)
    return f"{number} {one_line(str(currency or ''))[:20]}"
