"""What is worked out of the items of a portfolio is remembered for those items alone."""

from typing import NamedTuple

import pytest

from procurement_risk.language import current, speaking
from procurement_risk.portfolio.once import MOST, once


class Dated(NamedTuple):
    """Items on a day."""

    items: tuple[str, ...]
    day: str


@pytest.fixture
def asked():
    """What was worked out, each time that it was."""
    return []


@pytest.fixture
def gathered(asked):
    @once
    def gathered(items, more=""):
        asked.append((current(), more))
        return list(items), more

    return gathered


def items(*names):
    """A new tuple each time: one that stands in the code is the same tuple everywhere."""
    return tuple(list(names))


def test_the_very_same_items_are_looked_at_once(gathered, asked):
    mine = items("a", "b")
    assert gathered(mine, "x") is gathered(mine, "x")
    assert gathered(mine, "y") == (["a", "b"], "y")
    assert asked == [("en", "x"), ("en", "y")]


def test_other_items_are_looked_at_even_where_they_are_equal(gathered, asked):
    mine, others = items("a"), items("a")
    assert gathered(mine) is not gathered(others)
    assert len(asked) == 2


def test_each_language_has_its_own(gathered, asked):
    mine = items("a")
    gathered(mine)
    with speaking("fr"):
        gathered(mine)
    gathered(mine)
    assert [language for language, _more in asked] == ["en", "fr"]


def test_what_can_change_is_looked_at_each_time(gathered):
    mine = ["a"]
    assert gathered(mine) == (["a"], "")
    mine.append("b")
    assert gathered(mine) == (["a", "b"], "")
    assert gathered(each for each in "ab") == (["a", "b"], "")


def test_what_stands_beside_the_items_in_a_tuple_counts_too(gathered):
    mine = items("a")
    first = gathered(Dated(mine, "2026-11-23"))
    assert gathered(Dated(mine, "2026-11-23")) is first
    assert gathered(Dated(mine, "2026-11-24")) is not first
    assert gathered(Dated(items("a"), "2026-11-23")) is not first


def test_the_one_asked_for_longest_ago_is_forgotten(gathered, asked):
    several = [items(str(n)) for n in range(MOST + 1)]
    for each in several:
        gathered(each)
    gathered(several[-1])
    assert len(asked) == MOST + 1
    gathered(several[0])
    assert len(asked) == MOST + 2
