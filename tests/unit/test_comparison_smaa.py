"""Rank shares and the stability radius, against volumes and radii that were found otherwise."""

from fractions import Fraction
from math import log
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings, strategies as st

from procurement_risk.comparison import firmness, smaa
from procurement_risk.comparison.firmness import radii

HALF = Fraction(1, 2)

# Two criteria, so that a weight w on the first leaves 1 - w for the second, and every volume is a
# length. A's total is 10(1 - w), B's is 4 whatever w, C's is 10w. Over all w in 0..1: A is below B
# from 0.6 up, C below B up to 0.4, and A below C from 0.5 up.
SCORES = [[Fraction(x) for x in row] for row in ([0, 10], [4, 4], [10, 0])]
ANY_RANKS = [[0.4, 0.1, 0.5], [0.2, 0.8, 0.0], [0.4, 0.1, 0.5]]
ANY_PAIRS = [[0.0, 0.4, 0.5], [0.6, 0.0, 0.6], [0.5, 0.4, 0.0]]
# Published 3/5 and 2/5: within half of each, w runs from 0.3 to 0.9 and from 0.4 to 0.8, so from
# 0.4 to 0.8. A leads in the upper half of that, B in the lower; C is never first.
PUBLISHED = [Fraction(3, 5), Fraction(2, 5)]
NEAR_RANKS = [[0.5, 0.25, 0.25], [0.5, 0.5, 0.0], [0.0, 0.25, 0.75]]
NEAR_PAIRS = [[0.0, 0.5, 0.75], [0.5, 0.0, 1.0], [0.25, 0.0, 0.0]]

numbers = st.integers(0, 100)


@st.composite
def tables(draw):
    """Scores of two to six suppliers on one to five criteria."""
    criteria = draw(st.integers(1, 5))
    row = st.lists(numbers, min_size=criteria, max_size=criteria)
    rows = draw(st.lists(row, min_size=2, max_size=6))
    return [[Fraction(x) for x in row] for row in rows]


@st.composite
def weighed(draw):
    """Scores with weights above nought that sum to one."""
    scores = draw(tables())
    parts = [draw(st.integers(1, 9)) for _ in scores[0]]
    return scores, [Fraction(part, sum(parts)) for part in parts]


def ranked(scores, draws=400, fixed=None):
    vectors = smaa.any_weights(len(scores[0]), draws=draws)
    return smaa.acceptability(vectors, scores, fixed or [Fraction(0)] * len(scores))


def close(found, wanted, margin=0.02):
    return np.abs(np.array(found) - np.array(wanted)).max() <= margin


# --- Drawing ---


def test_the_vectors_are_those_of_pythons_own_random_numbers():
    random = Random(7)
    spread = [-log(1 - random.random()) for _ in range(3)]
    expected = [each / sum(spread) for each in spread]

    assert smaa.any_weights(3, seed=7, draws=1)[0] == pytest.approx(expected)


def test_near_vectors_are_those_of_the_same_stream_that_lie_near():
    weights = [Fraction(1, 5)] * 5
    stream = smaa.any_weights(5, seed=3, draws=20_000)
    near = stream[(np.abs(stream - 0.2) <= 0.1).all(axis=1)]

    found, refused = smaa.near_weights(weights, seed=3, draws=len(near))
    assert (found == near).all()
    assert refused == 20_000 - len(near)


def test_one_seed_gives_one_set_of_vectors():
    assert (smaa.any_weights(4) == smaa.any_weights(4)).all()
    assert (smaa.any_weights(4) != smaa.any_weights(4, seed=1)).any()


@pytest.mark.parametrize(
    "parts",
    [[1] * 5, [1] * 12, [1] * 50, [1000] + [1] * 4, [1, 0, 0], [1]],
    ids=["five", "twelve", "fifty", "tiny", "nought", "alone"],
)
def test_near_vectors_are_near_and_drawing_ends(parts):
    weights = [Fraction(part, sum(parts)) for part in parts]
    centre = np.array([float(weight) for weight in weights])

    found, __ = smaa.near_weights(weights, draws=500)
    assert found.shape == (500, len(parts))
    assert (np.abs(found - centre) <= centre / 2 + 1e-12).all()
    assert np.abs(found.sum(axis=1) - 1).max() < 1e-9


def test_both_ways_of_drawing_near_vectors_give_the_same_distribution():
    weights = [Fraction(part, 10) for part in (4, 3, 2, 1)]
    centre = np.array([float(weight) for weight in weights])
    one, __ = smaa.near_weights(weights)
    other, __ = smaa._near_from_box(centre, smaa.SEED, smaa.DRAWS)

    assert np.abs(one.mean(axis=0) - other.mean(axis=0)).max() < 0.004
    assert np.abs(one.std(axis=0) - other.std(axis=0)).max() < 0.004


# --- Rank shares ---


def test_shares_over_all_weights_agree_with_the_lengths():
    found = smaa.acceptability(smaa.any_weights(2), SCORES, [Fraction(0)] * 3)
    assert close(found.ranks, ANY_RANKS)
    assert close(found.pairwise, ANY_PAIRS)


def test_shares_near_the_published_weights_agree_with_the_lengths():
    found = smaa.acceptability(smaa.near_weights(PUBLISHED)[0], SCORES, [Fraction(0)] * 3)
    assert close(found.ranks, NEAR_RANKS)
    assert close(found.pairwise, NEAR_PAIRS)


def test_other_shares_do_not_agree():
    found = smaa.acceptability(smaa.any_weights(2), SCORES, [Fraction(0)] * 3)
    assert not close(found.ranks, NEAR_RANKS)


def test_what_is_fixed_counts_whatever_the_weights():
    fixed = [Fraction(20), Fraction(0), Fraction(20)]
    assert ranked(SCORES, fixed=fixed).ranks[1] == (1.0, 0.0, 0.0)


@given(scores=tables())
@settings(max_examples=60, deadline=None)
def test_rows_and_columns_sum_to_one(scores):
    ranks = np.array(ranked(scores).ranks)
    assert ranks.sum(axis=0) == pytest.approx(1)
    assert ranks.sum(axis=1) == pytest.approx(1)


@given(scores=tables())
@settings(max_examples=60, deadline=None)
def test_of_two_one_is_better_or_both_share(scores):
    pairs = np.array(ranked(scores).pairwise)
    others = ~np.eye(len(scores), dtype=bool)
    assert (pairs + pairs.T)[others] == pytest.approx(1)
    assert (np.diag(pairs) == 0).all()


@given(scores=tables(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_removing_a_supplier_leaves_the_other_pairs_unchanged(scores, data):
    gone = data.draw(st.integers(0, len(scores) - 1))
    kept = [place for place in range(len(scores)) if place != gone]
    whole = np.array(ranked(scores).pairwise)
    rest = ranked([scores[place] for place in kept])

    assert (whole[np.ix_(kept, kept)] == np.array(rest.pairwise)).all()


@given(scores=tables(), worse=st.lists(st.integers(0, 5), min_size=5, max_size=5))
@settings(max_examples=60, deadline=None)
def test_a_dominated_supplier_is_never_first(scores, worse):
    dominated = [x + more + 1 for x, more in zip(scores[0], worse, strict=False)]
    assert ranked([*scores, dominated]).ranks[-1][0] == 0


def test_suppliers_alike_share_their_ranks():
    alike = ranked([[Fraction(1), Fraction(2)]] * 3 + [[Fraction(9), Fraction(9)]])
    assert alike.ranks[0] == pytest.approx((1 / 3, 1 / 3, 1 / 3, 0))
    assert alike.ranks[3] == pytest.approx((0, 0, 0, 1))
    assert alike.pairwise[0] == pytest.approx((0, 0.5, 0.5, 1))


# --- The stability radius ---


def by_bisection(weights, gaps, head_start):
    """The same radius found otherwise: for each t, the most helpful weights filled greedily."""

    def least(t):
        low = [max(Fraction(0), w * (1 - t)) for w in weights]
        room = 1 - sum(low)
        total = head_start + sum(w * gap for w, gap in zip(low, gaps, strict=True))
        for place in sorted(range(len(gaps)), key=lambda p: gaps[p]):
            take = min(room, weights[place] * (1 + t) - low[place])
            total += take * gaps[place]
            room -= take
        return total

    if least(Fraction(0)) <= 0:
        return 0
    low, high = Fraction(0), Fraction(200)
    if least(high) > 0:
        return None
    while high - low > Fraction(1, 10**9):
        middle = (low + high) / 2
        low, high = (low, middle) if least(middle) <= 0 else (middle, high)
    return float(high)


@given(table=weighed(), head_start=st.integers(-30, 30))
@settings(max_examples=150, deadline=None)
def test_the_linear_programme_finds_what_bisection_finds(table, head_start):
    scores, weights = table
    gaps = [his - hers for his, hers in zip(scores[1], scores[0], strict=True)]
    found = firmness.radius(weights, gaps, Fraction(head_start))
    wanted = by_bisection(weights, gaps, Fraction(head_start))

    assert (found is None) == (wanted is None)
    assert wanted is None or found == pytest.approx(wanted, abs=1e-6)


def test_the_radius_by_hand():
    """A leads at 7/10. B draws level at 0.6, C at 0.5; the second weight moves furthest."""
    weights = [Fraction(7, 10), Fraction(3, 10)]
    never = [Fraction(1), Fraction(11)]

    found = radii(weights, [*SCORES, never], [Fraction(0)] * 4)
    assert found[:2] == pytest.approx([1 / 3, 2 / 3])
    assert found[2] is None


def test_a_rival_that_is_level_needs_no_move():
    assert radii(PUBLISHED, SCORES[:2], [Fraction(0)] * 2) == [0]


def test_a_head_start_can_be_too_much_for_any_weights():
    """At best the rival is 10 ahead, so 10 more draws it level and more than that does not."""
    weights = [HALF, HALF]
    gaps = [Fraction(-10), Fraction(30)]
    assert firmness.radius(weights, gaps, Fraction(10)) == pytest.approx(1)
    assert firmness.radius(weights, gaps, Fraction(11)) is None
