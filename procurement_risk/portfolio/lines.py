"""What an assessment is found and sorted by in a list, before its words are made.

Of thousands of items only those of one page become rows: see ``worklist.row_of``.
"""

from __future__ import annotations

from dataclasses import dataclass

from procurement_risk.framework.words import version_words
from procurement_risk.portfolio import words
from procurement_risk.portfolio.items import PortfolioItem
from procurement_risk.portfolio.waiting import first_due


@dataclass(frozen=True, slots=True)
class Line:
    """An item as it stands on a day; each property is what ``worklist.Row`` has by that name."""

    item: PortfolioItem
    day: str

    @property
    def id(self) -> str:
        """The assessment's id."""
        return self.item.id

    @property
    def title(self) -> str:
        """What is bought."""
        return self.item.purchase.title

    @property
    def buyer(self) -> str:
        """Who buys it."""
        return self.item.purchase.buyer

    @property
    def supplier(self) -> str:
        """The name of the supplier."""
        return self.item.supplier.name

    @property
    def decision(self) -> str:
        """What is recommended, by its id."""
        return self.item.recommendation

    @property
    def recommendation(self) -> str:
        """The same in words."""
        return words.decision_words(self.item)

    @property
    def tier(self) -> str:
        """The tier or level in words."""
        return words.stakes_words(self.item)

    @property
    def answered(self) -> int:
        """How many questions are settled."""
        return self.item.answered

    @property
    def asked(self) -> int:
        """How many are asked."""
        return self.item.asked

    @property
    def state(self) -> str:
        """Where it stands."""
        return self.item.state

    @property
    def due(self) -> str:
        """The first ISO day by which something of it is wanted, or empty."""
        return first_due(self.item, self.day)

    @property
    def owner(self) -> str:
        """Who is responsible."""
        return self.item.owner

    @property
    def changed(self) -> str:
        """The ISO day of its last change."""
        return self.item.changed_at[:10]

    @property
    def committed(self) -> int | None:
        """Whole pounds; None where not known."""
        return self.item.committed

    @property
    def questionnaire(self) -> str:
        """The title of its questionnaire and its version."""
        return version_words(self.item.framework)
