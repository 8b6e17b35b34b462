"""Numbers, amounts, days and lists as people read them, in the language in use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Literal

from procurement_risk.language.catalogue import N_, _, ngettext, pgettext
from procurement_risk.language.numbers import decimal, grouped, shown

MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)

SHORT_MONTHS = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)


def label(labels: Mapping[str, str], name: str) -> str:
    """Return the label in the language in use; ``name`` as it stands where it has none."""
    return _(labels[name]) if name in labels else name


def from_to(low: str, high: str) -> str:
    """Return ``low to high``, or one of them where both read the same."""
    return low if low == high else _("{low} to {high}").format(low=low, high=high)


def pounds(amount: int | None) -> str:
    """Return ``£17.575m`` or ``£85,000``, exactly; ``not known`` for None."""
    if amount is None:
        return _("not known")
    if amount < 1_000_000 or amount % 1_000:
        return in_pounds(amount)
    millions, thousands = divmod(amount // 1_000, 1_000)
    number = f"{millions:,}.{thousands:03}".rstrip("0").rstrip(".")
    return _("£{n}m").format(n=shown(number))


def in_pounds(amount: int) -> str:
    """Return ``£1,900,000``, never in millions."""
    return _("£{n}").format(n=grouped(amount))


def about_pounds(amount: int | None) -> str:
    """Return what many purchases come to, for people: ``£4.03bn``, ``£17.575m`` or ``£85,000``.

    To three figures from a billion on, and where ``pounds`` would write every single pound.
    """
    if amount is None or amount < 1_000_000 or (amount < 10**9 and amount % 1_000 == 0):
        return pounds(amount)
    is_millions = amount < 10**9 - 500_000
    unit = 1_000_000 if is_millions else 10**9
    decimals = max(0, 3 - len(str(amount // unit)))
    steps = (2 * amount * 10**decimals + unit) // (2 * unit)
    whole, rest = divmod(steps, 10**decimals)
    number = f"{whole:,}.{rest:0{decimals}}" if decimals else f"{whole:,}"
    words = _("£{n}m") if is_millions else _("£{n}bn")
    return words.format(n=shown(number))


def short_pounds(amount: int) -> str:
    """Return ``£252k``, ``£2.6m`` or ``£1.2bn``, to two figures or so where there is no room."""
    for unit, words in ((10**9, _("£{n}bn")), (10**6, _("£{n}m")), (10**3, _("£{n}k"))):
        if 2_000 * amount >= 1_999 * unit:  # £999,600 is £1m and not £1000k
            tenths = (20 * amount + unit) // (2 * unit)
            number = f"{tenths // 10}.{tenths % 10}".removesuffix(".0")
            whole = f"{(2 * amount + unit) // (2 * unit)}"
            return words.format(n=shown(number if tenths < 100 else whole))
    return in_pounds(amount)


def share(part: Fraction | None) -> str:
    """Return ``39.4 %`` as ``percent`` sets it, of a share from 0 to 1; ``not known`` for None."""
    return _("not known") if part is None else percent(decimal(100 * part))


def percent(number: str | int) -> str:
    """Return ``12.5 %`` for a number that is written as people read it; no line parts the two."""
    return _("{n} %").format(n=number).replace(" ", "\u00a0")


def in_quotes(text: str) -> str:
    """Return ``text`` inside the quotes of the language in use."""
    return _("“{text}”").format(text=text)


def after_colon(head: str, words: str) -> str:
    """Return ``head``, a colon as the language in use sets it, and ``words``."""
    return _("{question}: {words}").format(question=head, words=words)


def counted(number: int, one: str, many: str) -> str:
    """Return the message for ``number`` with the number in place of its ``{n}``.

    Args:
        number: How many there are.
        one: What to say of one, such as ``{n} stop``.
        many: What to say of several or none, such as ``{n} stops``.
    """
    return ngettext(one, many, number).format(n=grouped(number))


def listed(words: list[str], last: Literal["and", "or"] = "and") -> str:
    """Return ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    pattern = _("{words} and {last}") if last == "and" else _("{words} or {last}")
    return pattern.format(words=", ".join(words[:-1]), last=words[-1])


def typed_day(text: str) -> str:
    """Return the ISO text of a day typed as 31/03/2028 or 2028-03-31; empty where it is none."""
    text = text.strip()
    if text.count("/") == 2:
        number, month, year = text.split("/")
        text = f"{year}-{month:0>2}-{number:0>2}"
    try:
        return text if date.fromisoformat(text).isoformat() == text else ""
    except ValueError:
        return ""


def day(moment: str) -> str:
    """Return ``23 November 2026`` for an ISO date or time; any other text as it stands."""
    try:
        found = date.fromisoformat(moment[:10])
    except ValueError:
        return moment
    month = MONTHS[found.month - 1]
    # Translators: Some languages say the first: 1er mars.
    number = pgettext("first day of a month", "1") if found.day == 1 else found.day
    return _("{day} {month} {year}").format(day=number, month=_(month), year=f"{found:%Y}")


def month(iso: str) -> str:
    """Return ``November 2026`` for an ISO day."""
    words = _("{month} {year}")
    name = MONTHS[int(iso[5:7]) - 1]
    return words.format(month=_(name), year=iso[:4])


def short_month(iso: str) -> tuple[str, str]:
    """Return ``Nov`` and ``2026`` for an ISO day, to stand one above the other."""
    name = SHORT_MONTHS[int(iso[5:7]) - 1]
    return _(name), iso[:4]
