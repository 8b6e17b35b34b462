"""What is bought, from whom, and what lies underneath. Money is whole pounds; dates ISO texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from procurement_risk.assessment.same_supplier import Spelling, is_same, spelling

UpstreamKind = Literal["model", "host", "cloud"]

MOST_POUNDS = 100_000_000_000
"""More than this is no value of a purchase: refused where it is typed, left out of a notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """What is being bought, by whom. Several assessments may share one purchase ``id``.

    Attributes:
        committed_value: Whole pounds committed; None where unknown (never 0 for unknown).
        value_if_scaled: Whole pounds if a trial grows to full use; None where unknown.
        embedded: Whether this is a feature switched on inside an existing product.
        chosen_supplier: The name of the supplier that was chosen, or empty.
    """

    id: str
    title: str
    buyer: str
    description: str = ""
    capability: str = ""
    committed_value: int | None = None
    value_if_scaled: int | None = None
    route: str = ""
    notice_id: str = ""
    ocid: str = ""
    embedded: bool = False
    decision_due: str = ""
    contract_start: str = ""
    contract_end: str = ""
    break_dates: tuple[str, ...] = ()
    jurisdiction: str = ""
    chosen_supplier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """Who is selling. ``group`` is the ultimate owner, ``jurisdiction`` whose law controls it."""

    name: str
    company_number: str = ""
    group: str = ""
    jurisdiction: str = ""

    @property
    def spelling(self) -> Spelling:
        """The name and the number, made comparable."""
        return spelling(self.name, self.company_number)

    def is_same(self, other: Supplier) -> bool:
        """Whether both are one supplier, as far as the two tell; the store knows of others."""
        return is_same(self.spelling, other.spelling)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """A model, host or cloud underneath. ``own`` marks a supplier's own model."""

    kind: UpstreamKind
    name: str
    maker: str = ""
    jurisdiction: str = ""
    own: bool = False
