"""How often each supplier comes first, second and so on, over many ways of setting the weights.

Stochastic multicriteria acceptability analysis: weight vectors are drawn evenly from all there
are (numbers -ln(1 - u) divided by their sum), every supplier is reckoned with each, and the ranks
are counted. The u are Python's own random numbers, so that one seed draws the same everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import repeat, starmap
from random import Random
from typing import Any

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float64]

DRAWS = 10_000
SEED = 2026
NEAR = Fraction(1, 2)  # how far "near" weights may lie from the published ones, as a share
CHUNK = 20_000  # vectors drawn at once
MOST_NUMBERS = 4_000_000  # random numbers that drawing and refusing may take


@dataclass(frozen=True, slots=True)
class Acceptability:
    """Shares of the weight vectors, 0 to 1, each within about one point in a hundred.

    Attributes:
        ranks: For each supplier the share in which it takes each rank, the first rank first.
            Suppliers that tie share their ranks evenly, so rows and columns sum to one.
        pairwise: For each supplier the share in which it beats each other one; a tie counts half
            for both. 0 beside itself.
    """

    ranks: tuple[tuple[float, ...], ...]
    pairwise: tuple[tuple[float, ...], ...]

    def document(self, shown: Callable[[float], float | str]) -> dict[str, Any]:
        """Return it as JSON-ready data, each share as ``shown``."""
        return {
            "rank_acceptability": [[shown(share) for share in row] for row in self.ranks],
            "pairwise_better": [[shown(share) for share in row] for row in self.pairwise],
        }


def any_weights(number: int, seed: int = SEED, draws: int = DRAWS) -> Vectors:
    """Return ``draws`` weight vectors of ``number`` weights, evenly from all there are."""
    return _vectors(Random(seed), draws, number)


def near_weights(
    published: Sequence[Fraction], seed: int = SEED, draws: int = DRAWS
) -> tuple[Vectors, int]:
    """Return ``draws`` vectors within ±50 % of ``published``, and how many were refused for it.

    Vectors are drawn as for ``any_weights`` and those further off are refused. Where that would
    take too long, because there are many weights or some are tiny, they are drawn evenly from
    the box of ±50 % instead, which gives the same distribution. ``published`` sum to one.
    """
    centre = np.array([float(weight) for weight in published])
    random = Random(seed)
    kept: list[Vectors] = []
    found = tried = 0
    while found < draws:
        drawn = _vectors(random, CHUNK, len(centre))
        accepted = drawn[_is_near(drawn, centre)]
        kept.append(accepted)
        found += len(accepted)
        tried += len(drawn)
        if found < draws and found * MOST_NUMBERS < draws * tried * len(centre):
            return _near_from_box(centre, seed, draws)
    return np.concatenate(kept)[:draws], tried - found


def uniforms(random: Random, draws: int, number: int) -> Vectors:
    """Return Python's own random numbers, ``number`` a row."""
    calls = starmap(random.random, repeat((), draws * number))  # a third of a loop's time
    return np.fromiter(calls, np.float64, draws * number).reshape(draws, number)


def _vectors(random: Random, draws: int, number: int) -> Vectors:
    spread = -np.log(1 - uniforms(random, draws, number))
    vectors: Vectors = spread / spread.sum(axis=1, keepdims=True)
    return vectors


def _is_near(vectors: Vectors, centre: Vectors) -> npt.NDArray[np.bool_]:
    return np.asarray((np.abs(vectors - centre) <= float(NEAR) * centre).all(axis=1))


def _near_from_box(centre: Vectors, seed: int, draws: int) -> tuple[Vectors, int]:
    """Return what ``near_weights`` does, drawing every weight but the heaviest from its span.

    The heaviest one takes what is left to one; where that is out of its own span, the vector is
    refused. At least one vector in a few is kept, however many weights there are.
    """
    random = Random(seed)
    heaviest = int(centre.argmax())
    kept: list[Vectors] = []
    found = tried = 0
    while found < draws:
        uniform = uniforms(random, draws, len(centre))
        vectors = centre * (1 + float(NEAR) * (2 * uniform - 1))
        vectors[:, heaviest] = 0
        vectors[:, heaviest] = 1 - vectors.sum(axis=1)
        accepted = vectors[_is_near(vectors, centre)]
        kept.append(accepted)
        found += len(accepted)
        tried += draws
    return np.concatenate(kept)[:draws], tried - found


def acceptability(
    vectors: Vectors, scores: Sequence[Sequence[Fraction]], fixed: Sequence[Fraction]
) -> Acceptability:
    """Return how often each supplier takes each rank, and beats each other one. Less is better.

    Args:
        vectors: A weight vector a row.
        scores: For each supplier its scores, one for each weight.
        fixed: For each supplier what is added to its weighted mean, whatever the weights.
    """
    totals = [
        # One supplier at a time, so that a supplier's total never depends on who else is there.
        vectors @ np.array([float(score) for score in row]) + float(more)
        for row, more in zip(scores, fixed, strict=True)
    ]
    return ranked(totals)


def ranked(totals: Sequence[Vectors]) -> Acceptability:
    """Return how often each supplier takes each rank; ``totals`` are its figures, one a draw."""
    pairwise = tuple(tuple(_beats(one, other) for other in totals) for one in totals)
    return Acceptability(tuple(_ranks(place, totals) for place in range(len(totals))), pairwise)


def first_share(place: int, totals: Sequence[Vectors]) -> float:
    """Return in what share of the draws the supplier at ``place`` comes first; ties share it."""
    least = np.minimum.reduce(totals)
    level = np.sum([each == least for each in totals], axis=0)
    return float(((totals[place] == least) / level).mean())


def _beats(one: Vectors, other: Vectors) -> float:
    if one is other:
        return 0.0
    wins, ties = np.count_nonzero(one < other), np.count_nonzero(one == other)
    return float((wins + ties / 2) / len(one))


def _ranks(place: int, totals: Sequence[Vectors]) -> tuple[float, ...]:
    mine = totals[place]
    ahead = np.sum([other < mine for other in totals], axis=0)
    level = np.sum([other == mine for other in totals], axis=0)  # itself included
    takes = ((ahead <= rank) & (rank < ahead + level) for rank in range(len(totals)))
    return tuple(float((each / level).sum() / len(mine)) for each in takes)
