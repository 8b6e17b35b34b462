"""What suppliers submitted by a link and nobody has taken in yet: for the page, and whoever tells.

store ── submitted ──> one line each, the oldest first
"""

from __future__ import annotations

from dataclasses import dataclass

from procurement_risk.storage import Store
from procurement_risk.storage.answer_links import AnswerLink


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """One submission that waits.

    Attributes:
        link: The link by which it came; it waits for whoever made that.
        purchase: What is bought.
        supplier: From whom.
        fictional: Whether it is made up.
    """

    link: AnswerLink
    purchase: str
    supplier: str
    fictional: bool = False


def submitted(store: Store) -> list[Submitted]:
    """Return what waits to be taken in, or set aside, of all that is not archived."""
    waiting = [each for each in store.answer_links() if each.waits]
    if not waiting:
        return []
    ids = [each.assessment_id for each in waiting]
    known = {each.id: each for each in store.summaries(ids) if not each.archived}
    return [
        Submitted(
            link=each,
            purchase=known[each.assessment_id].purchase.title,
            supplier=known[each.assessment_id].supplier.name,
            fictional=known[each.assessment_id].fictional,
        )
        for each in sorted(waiting, key=lambda link: link.submitted_at)
        if each.assessment_id in known
    ]
