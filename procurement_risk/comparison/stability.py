"""How far weights have to move before a rival draws level with the leader."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


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
