"""What may be published of an assessment, and what is withheld."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from procurement_risk.assessment import Assessment
from procurement_risk.assessment.publication_fields import Place, ground_label, place_of
from procurement_risk.language import _

Kept = Literal["commercial", "personal", "security", "colleagues", "inside"]
"""Why a field is withheld: a marked ground, or one of the rules."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """One field that is left out, or that was.

    Attributes:
        path: The field, such as ``answers.DP-02.note``.
        ground: The marked ground, or the rule.
        reason: Why, in words.
        until: The last day on which it is withheld, for commercial grounds; else empty.
        exemption: The id of the section relied on, or empty.
    """

    path: str
    ground: Kept
    reason: str
    until: str = ""
    exemption: str = ""

    @property
    def place(self) -> Place:
        """The field's name in its pieces."""
        return place_of(self.path)


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What may be published of an assessment on one day.

    Attributes:
        assessment: The assessment, in which a remark stands for whatever is withheld.
        withheld: What is withheld, in the order of the fields.
        ended: Commercial markings whose end date has passed.
        day: The ISO day it was made for.
    """

    assessment: Assessment
    withheld: tuple[Withheld, ...]
    ended: tuple[Withheld, ...]
    day: str

    def shown(self, path: str, words: str) -> str:
        """Return ``words`` for a field, or the remark that it is withheld."""
        for each in self.withheld:
            if each.path == path and each.ground != "inside":
                return remark(each.ground)
        return words

    @property
    def answers(self) -> frozenset[str]:
        """Ids of the questions whose answer is withheld."""
        return frozenset(
            each.place.question
            for each in self.withheld
            if each.place.kind == "answers.answer" and each.ground != "inside"
        )


def remark(ground: str) -> str:
    """Return what stands in place of a withheld field: ``[withheld: commercial]``."""
    return _("[withheld: {ground}]").format(ground=ground_label(ground).lower())
