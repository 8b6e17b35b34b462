"""How firm the order is: how far weights must move, and how often each supplier comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from procurement_risk.comparison import smaa, stability
from procurement_risk.comparison.candidates import HALF, Candidate
from procurement_risk.comparison.smaa import Acceptability

Verdict = Literal["settled", "leaning", "tie"]

SETTLED_FROM, LEANING_FROM = 0.95, 0.75
IN_THE_TIE = 0.05  # how often a supplier comes first at least, to be named in a tie


@dataclass(frozen=True, slots=True, kw_only=True)
class Firmness:
    """How firm an order is. The candidates stand as they do in the comparison, the leader first.

    Attributes:
        labels: The candidates' names.
        rivals: For each candidate but the leader how far weights must move until it draws level,
            as a share; None where no weights let it.
        near: Ranks over weights within ±50 % of the published ones.
        any: Ranks over all weights.
        refused: How many weight vectors were drawn and lay too far off for ``near``.
        seed: What the random numbers started from.
    """

    labels: tuple[str, ...]
    rivals: Mapping[str, float | None]
    near: Acceptability
    any: Acceptability
    refused: int
    seed: int

    @property
    def leader(self) -> str:
        """The candidate with the lowest G."""
        return self.labels[0]

    @property
    def nearest(self) -> tuple[str, float] | None:
        """The rival that draws level first, and after how much; None where none can."""
        reached = [(name, moved) for name, moved in self.rivals.items() if moved is not None]
        return min(reached, key=lambda pair: pair[1], default=None)

    @property
    def first_shares(self) -> tuple[float, ...]:
        """How often each candidate comes first, over weights within ±50 %."""
        return tuple(row[0] for row in self.near.ranks)

    @property
    def verdict(self) -> Verdict:
        """How an order is to be presented: as settled, as leaning, or as a tie."""
        share = self.first_shares[0]
        if share >= SETTLED_FROM:
            return "settled"
        return "leaning" if share >= LEANING_FROM else "tie"

    @property
    def tied(self) -> tuple[str, ...]:
        """The candidates that come first often enough to be named in a tie."""
        shares = zip(self.labels, self.first_shares, strict=True)
        return tuple(name for name, share in shares if share >= IN_THE_TIE)


def firmness_of(
    candidates: Sequence[Candidate], weights: Mapping[str, Fraction], seed: int
) -> Firmness:
    """Return how firm the order of ``candidates`` is, the one with the lowest G first."""
    names = list(weights)
    published = [weights[name] for name in names]
    means = [[HALF * c.residual[name].central for name in names] for c in candidates]
    fixed = [HALF * max(each.central for each in c.residual.values()) for c in candidates]
    near, refused = smaa.near_weights(published, seed)
    return Firmness(
        labels=tuple(candidate.label for candidate in candidates),
        rivals=dict(
            zip((c.label for c in candidates[1:]), radii(published, means, fixed), strict=True)
        ),
        near=smaa.acceptability(near, means, fixed),
        any=smaa.acceptability(smaa.any_weights(len(names), seed), means, fixed),
        refused=refused,
        seed=seed,
    )


def radii(
    weights: Sequence[Fraction], scores: Sequence[Sequence[Fraction]], fixed: Sequence[Fraction]
) -> list[float | None]:
    """Return for each rival how far weights must move until it draws level with the first."""
    leader, start = scores[0], fixed[0]
    return [
        stability.radius(
            weights, [his - hers for his, hers in zip(row, leader, strict=True)], more - start
        )
        for row, more in zip(scores[1:], fixed[1:], strict=True)
    ]
