"""How firm the order is: how far weights must move, and how often each supplier comes first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from procurement_risk.comparison import smaa
from procurement_risk.comparison.candidates import HALF, Candidate, one_index
from procurement_risk.comparison.drawn import OpenAnswers
from procurement_risk.comparison.joint import Joint, Turning, joint_of
from procurement_risk.comparison.smaa import Acceptability

Verdict = Literal["settled", "leaning", "tie", "no_order_yet"]

SETTLED_FROM, LEANING_FROM = 0.95, 0.75
MOST_NAMED = 3  # open answers that an order turns on, each moving half as much as the first
OTHER_SHARES = tuple(Fraction(n, 4) for n in (0, 1, 3, 4))  # of the worst section in G, not half
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
        version: The version of the method; open answers are drawn from 2 on.
        joint: What drawing the open answers as well gives; None where none is open that counts,
            or the method does not draw them. The ranks above are then those of its draws.
        other_leaders: Who would lead if the worst section counted for another share of G.
    """

    labels: tuple[str, ...]
    rivals: Mapping[str, float | None]
    near: Acceptability
    any: Acceptability
    refused: int
    seed: int
    version: int = 1
    joint: Joint | None = None
    other_leaders: Mapping[Fraction, str] = field(default_factory=dict)

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
        """How an order is to be presented: as settled, as leaning, or as none.

        With open answers it is as firm as it stays however they come out.
        """
        share = self.joint.intervals[0][0] if self.joint else self.first_shares[0]
        if share >= SETTLED_FROM:
            return "settled"
        if share >= LEANING_FROM:
            return "leaning"
        return "no_order_yet" if self.joint and self.joint.turning else "tie"

    @property
    def turns_on(self) -> tuple[Turning, ...]:
        """The open answers to name where there is no order yet, the one that moves most first."""
        turning = self.joint.turning if self.joint else ()
        named = [each for each in turning if 2 * each.moves >= turning[0].moves]
        return tuple(named[:MOST_NAMED])

    @property
    def tied(self) -> tuple[str, ...]:
        """The candidates that come first often enough to be named in a tie."""
        shares = zip(self.labels, self.first_shares, strict=True)
        return tuple(name for name, share in shares if share >= IN_THE_TIE)


def firmness_of(
    candidates: Sequence[Candidate], weights: Mapping[str, Fraction], seed: int
) -> Firmness:
    """Return how firm the order of ``candidates`` is, the one with the lowest G first."""
    names = tuple(weights)
    published = [weights[name] for name in names]
    means = [[HALF * c.residual[name].central for name in names] for c in candidates]
    fixed = [HALF * max(each.central for each in c.residual.values()) for c in candidates]
    near, refused = smaa.near_weights(published, seed)
    any_ = smaa.any_weights(len(names), seed)
    found = Firmness(
        labels=tuple(candidate.label for candidate in candidates),
        rivals=dict(
            zip((c.label for c in candidates[1:]), radii(published, means, fixed), strict=True)
        ),
        near=smaa.acceptability(near, means, fixed),
        any=smaa.acceptability(any_, means, fixed),
        refused=refused,
        seed=seed,
    )
    version = candidates[0].result.framework.method_version
    if version == 1:
        return found
    others = _other_leaders(candidates, weights)
    found = replace(found, version=version, other_leaders=others)
    everybody = [OpenAnswers(candidate, names) for candidate in candidates]
    if not any(each.counting for each in everybody):
        return found
    joint = joint_of(everybody, near, any_, seed)
    return replace(found, joint=joint, near=joint.near, any=joint.any)


def _other_leaders(
    candidates: Sequence[Candidate], weights: Mapping[str, Fraction]
) -> dict[Fraction, str]:
    """Return who leads at each other share of the worst section, where it is not the first."""
    scores = [{name: each.central for name, each in c.residual.items()} for c in candidates]
    found = {}
    for share in OTHER_SHARES:
        figures = [one_index(each, weights, share) for each in scores]
        leader = figures.index(min(figures))
        if leader:
            found[share] = candidates[leader].label
    return found


def radii(
    weights: Sequence[Fraction], scores: Sequence[Sequence[Fraction]], fixed: Sequence[Fraction]
) -> list[float | None]:
    """Return for each rival how far weights must move until it draws level with the first."""
    leader, start = scores[0], fixed[0]
    return [
        radius(weights, [his - hers for his, hers in zip(row, leader, strict=True)], more - start)
        for row, more in zip(scores[1:], fixed[1:], strict=True)
    ]


# How far weights have to move before a rival draws level with the leader.


def radius(
    weights: Sequence[Fraction], gaps: Sequence[Fraction], head_start: Fraction
) -> float | None:
    """Return the least ``t`` such that weights within ``t`` of ours let a rival draw level.

    A linear programme in the weights w and in t: as small a t as possible, where every w differs
    from its published W by at most t · W, all w sum to one, and
    ``head_start`` + Σ w · gap is at most nought.

    Args:
        weights: The published weights W, which sum to one.
        gaps: For each weight, the rival's score less the leader's.
        head_start: What the rival has more than the leader, whatever the weights.

    Returns:
        ``t`` as a share: 0.17 for 17 %. 0 where the rival is level already; None where no weights
        let it draw level.
    """
    if head_start + sum(w * gap for w, gap in zip(weights, gaps, strict=True)) <= 0:
        return 0.0
    from scipy.optimize import linprog  # half a second to import, so only when it is wanted

    published = [float(weight) for weight in weights]
    number = len(published)
    at_most, limits = [], []
    for place, weight in enumerate(published):
        for sign in (1, -1):
            row = [0.0] * (number + 1)
            row[place], row[number] = sign, -weight
            at_most.append(row)
            limits.append(sign * weight)
    scale = float(max(abs(gap) for gap in gaps)) or 1.0
    at_most.append([float(gap) / scale for gap in gaps] + [0.0])
    limits.append(-float(head_start) / scale)
    found = linprog(
        c=[0.0] * number + [1.0],
        A_ub=at_most,
        b_ub=limits,
        A_eq=[[1.0] * number + [0.0]],
        b_eq=[1.0],
        bounds=[(0, None)] * (number + 1),
        method="highs",
    )
    return float(found.fun) if found.success else None
