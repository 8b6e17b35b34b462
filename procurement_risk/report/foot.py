"""What stands in the foot of a page about many purchases: limits, day, and a digest of them."""

from __future__ import annotations

from collections.abc import Sequence

from procurement_risk.canonical import digest_of
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.language import _
from procurement_risk.language.phrases import counted, day
from procurement_risk.portfolio.item_documents import item_to_document
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.profile import words as profile_words


def lines(basis: str, digest: str) -> tuple[str, str, str]:
    """Return the three lines; ``basis`` says what was counted, and as of when."""
    return (
        " ".join([_(profile_words.LIMITS), _(profile_words.DUE_DILIGENCE)]),
        basis,
        _("SHA-256 over what was counted: {digest}").format(digest=digest),
    )


def of_counted(number: int, today: str, digest: str) -> tuple[str, str, str]:
    """Return the three lines, for so many purchases as they were counted ``today``."""
    basis = _("As of {date}. {purchases}. {software}.").format(
        date=day(today),
        purchases=counted(number, "{n} purchase", "{n} purchases"),
        software=SOFTWARE,
    )
    return lines(basis, digest)


def of_purchases(items: Sequence[PortfolioItem], today: str) -> tuple[str, str, str]:
    """Return the three lines, for ``items`` as they were counted ``today``."""
    digest = digest_of([item_to_document(item) for item in items])
    return of_counted(len(items), today, digest)
