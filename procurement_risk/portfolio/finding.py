"""Assessments found by words anywhere in them, in the words of the page and the commands."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TypeVar

from procurement_risk.assessment.parts import part_title
from procurement_risk.language import _
from procurement_risk.portfolio.columns import shown
from procurement_risk.portfolio.lines import Line
from procurement_risk.portfolio.worklist import Row
from procurement_risk.storage import Store
from procurement_risk.storage.search import PEOPLE

MOST_WORDS = 12
Each = TypeVar("Each", Row, Line)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLine:
    """An assessment that was found, and where: the titles of its parts."""

    id: str
    title: str
    buyer: str
    supplier: str
    where: tuple[str, ...]
    archived: bool

    def as_document(self) -> dict[str, object]:
        """Return the same as JSON."""
        return asdict(self) | {"where": list(self.where)}


def find_lines(store: Store, text: str, *, archived: bool | None = None) -> list[FoundLine]:
    """Return a line for every assessment with each word of ``text``, archived ones too.

    Of those that are archived, or are not, alone, where that is said.
    """
    found = store.find(text, archived=archived)
    known = {each.id: each for each in store.summaries([e.assessment for e in found])}
    return [
        FoundLine(
            id=each.assessment,
            title=known[each.assessment].purchase.title,
            buyer=known[each.assessment].purchase.buyer,
            supplier=known[each.assessment].supplier.name,
            where=tuple(_where(store, each.assessment, part) for part in each.parts),
            archived=each.archived,
        )
        for each in found
    ]


def _where(store: Store, assessment_id: str, part: str) -> str:
    if part == PEOPLE:
        return _("its id, or who wrote in it")
    return part_title(part, store.framework_of(assessment_id))


def asked_in(text: str) -> list[str]:
    """Return the words that a list is searched for."""
    return text.split()[:MOST_WORDS]


def matching(store: Store, rows: list[Each], text: str) -> list[Each]:
    """Return the rows in which each word of ``text`` stands: as shown, or in the assessment."""
    asked = asked_in(text)
    found = {word: store.find_ids(word) for word in asked}
    return [row for row in rows if all(shows(row, w) or row.id in found[w] for w in asked)]


def shows(row: Row | Line, word: str) -> bool:
    """Whether a word stands somewhere in the purchase, the people or the result."""
    text = f"{shown(row.title, row.buyer, row.supplier, row.owner)} {row.recommendation.lower()}"
    return word.lower() in text
