"""How firm an order is when the open answers are drawn as well as the weights.

With every weight vector each open answer takes one of its options by chance, for each supplier by
itself. The shares of the first rank are over these joint draws; beside them stands how far they
could move once everything is answered, and which open answers move them most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np

from procurement_risk.comparison import smaa
from procurement_risk.comparison.drawn import Chosen, OpenAnswers, Scores
from procurement_risk.comparison.smaa import Acceptability, Vectors, first_share
from procurement_risk.framework import Question

MOST_TRIED = 8  # open answers of which the effect is worked out; the rest move less
LEAST_MOVE = 0.005  # a share that moves by less than half a point in a hundred has not moved
DECIMALS = 9  # figures that are equal as fractions may differ by less once reckoned as floats
NOTHING_SCORED = 100.0  # silence is never safe


@dataclass(frozen=True, slots=True, kw_only=True)
class Turning:
    """An open answer, and from where to where it moves the leader's share of first ranks.

    Attributes:
        question: What is open.
        whose: The candidate who has not answered it.
        least: The lower share of those with its best and its worst option.
        most: The higher one.
    """

    question: Question
    whose: str
    least: float
    most: float

    @property
    def moves(self) -> float:
        """How far the leader's share moves between the two."""
        return self.most - self.least


@dataclass(frozen=True, slots=True, kw_only=True)
class Joint:
    """What drawing the open answers gives, the candidates in the order of the comparison.

    Attributes:
        near: Ranks over weights within ±50 %, drawn together with the open answers.
        any: The same over all weights.
        intervals: For each candidate its share of first ranks with its own open answers at their
            worst and everybody else's at their best, and the reverse.
        open: How many open answers can move a score that orders.
        turning: Open answers by how far they move the leader's share, those that move it most.
    """

    near: Acceptability
    any: Acceptability
    intervals: tuple[tuple[float, float], ...]
    open: int
    turning: tuple[Turning, ...]


def joint_of(everybody: Sequence[OpenAnswers], near: Vectors, any_: Vectors, seed: int) -> Joint:
    """Return what drawing the open answers of ``everybody`` gives, the leader first."""
    chosen = choices(everybody, seed, len(near))
    scores = [each.scores(rows) for each, rows in zip(everybody, chosen, strict=True)]
    drawn = [totals(near, each) for each in scores]
    ranks = smaa.ranked(drawn)
    ends = zip(_intervals(everybody, chosen, near), (row[0] for row in ranks.ranks), strict=True)
    return Joint(
        near=ranks,
        any=smaa.ranked([totals(any_, each) for each in scores]),
        # A section that an answer can hide leaves the mean, so that a draw may lie outside.
        intervals=tuple((min(low, share), max(high, share)) for (low, high), share in ends),
        open=sum(len(each.counting) for each in everybody),
        turning=_turning(everybody, chosen, scores, near, drawn),
    )


def choices(everybody: Sequence[OpenAnswers], seed: int, draws: int) -> list[Chosen]:
    """Return for each candidate which option each open question takes, a row for each draw.

    Of each row the numbers are taken in the order supplier, question.
    """
    left = [places for each in everybody for places in each.possible]
    options = np.array([len(places) for places in left], dtype=np.int64)
    drawn = (smaa.uniforms(Random(seed + 1), draws, len(options)) * options).astype(np.int64)
    for column, places in enumerate(left):
        drawn[:, column] = np.array(places)[drawn[:, column]]
    ends = np.cumsum([len(each.possible) for each in everybody])
    return np.split(drawn, ends[:-1], axis=1)


def totals(vectors: Vectors, scores: Scores) -> Vectors:
    """Return G for each weight vector; ``scores`` has a row for each, or one for all.

    Sections that are not scored leave both halves, as wherever G is worked out.
    """
    scored = ~np.isnan(scores)
    known = np.where(scored, scores, 0.0)
    mean, weight = np.zeros(len(vectors)), np.zeros(len(vectors))
    for column in range(vectors.shape[1]):
        mean += vectors[:, column] * known[:, column]
        weight += vectors[:, column] * scored[:, column]
    if not scored.all():
        mean = np.where(weight > 0, mean / np.where(weight > 0, weight, 1), NOTHING_SCORED)
    worst = np.where(scored.any(axis=1), known.max(axis=1), NOTHING_SCORED)
    found: Vectors = np.round(0.5 * worst + 0.5 * mean, DECIMALS)
    return found


def _intervals(
    everybody: Sequence[OpenAnswers], chosen: Sequence[Chosen], near: Vectors
) -> list[tuple[float, float]]:
    pairs = list(zip(everybody, chosen, strict=True))
    best = [totals(near, each.at("best", rows)) for each, rows in pairs]
    worst = [totals(near, each.at("worst", rows)) for each, rows in pairs]
    found = []
    for place in range(len(everybody)):
        low = [*best[:place], worst[place], *best[place + 1 :]]
        high = [*worst[:place], best[place], *worst[place + 1 :]]
        found.append((first_share(place, low), first_share(place, high)))
    return found


def _turning(
    everybody: Sequence[OpenAnswers],
    chosen: Sequence[Chosen],
    scores: Sequence[Scores],
    near: Vectors,
    drawn: Sequence[Vectors],
) -> tuple[Turning, ...]:
    """Return the open answers that move the leader's share most, everything else drawn."""
    first = drawn[0] <= np.minimum.reduce(drawn)
    likely = sorted(
        (-_likely_move(each, place, chosen[number], first), number, place)
        for number, each in enumerate(everybody)
        for place in each.counting
    )
    found = []
    for __, number, place in likely[:MOST_TRIED]:
        each = everybody[number]
        shares = []
        for option in each.ends(place):
            if each.rests_on(place):
                # What applies then is known of the draws: those with this option stand for all.
                rows = chosen[number][:, place] == option
                if rows.any():
                    shares.append(first_share(0, [figures[rows] for figures in drawn]))
                continue
            fixed = each.with_option(scores[number], chosen[number], place, option)
            others = [*drawn[:number], totals(near, fixed), *drawn[number + 1 :]]
            shares.append(first_share(0, others))
        found.append(
            Turning(
                question=each.questions[place],
                whose=each.candidate.label,
                least=min(shares),
                most=max(shares),
            )
        )
    found.sort(key=lambda turning: -turning.moves)
    return tuple(turning for turning in found if turning.moves >= LEAST_MOVE)


def _likely_move(each: OpenAnswers, place: int, chosen: Chosen, first: Vectors) -> float:
    """Return how far the share moved among the draws themselves: enough to choose whom to try."""
    found = (first[chosen[:, place] == option] for option in each.ends(place))
    shares = [float(rows.mean()) for rows in found if len(rows)]
    return max(shares) - min(shares)
