"""How each method is spoken of; what its results are called stands in its own module of words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from procurement_risk.language import N_
from procurement_risk.methods import AnyResult
from procurement_risk.profile import impact_words, looks, words
from procurement_risk.profile.looks import Verdict


class MethodWords(NamedTuple):
    """How answers become a result, what that consists of (in English), and what it is called."""

    meaning: str
    gives: str
    headline: Callable[[Any], str]
    stakes: Callable[[Any], str]
    verdict: Callable[[Any], Verdict]


METHOD_WORDS: Mapping[str, MethodWords] = {
    "weakest-section": MethodWords(
        N_("the worst section decides"),
        N_("sections with tiers and bands"),
        words.recommendation,
        words.stakes,
        looks.scored_verdict,
    ),
    "impact-mitigation": MethodWords(
        N_("points are counted, and mitigation may take some off"),
        N_("points with levels"),
        impact_words.headline,
        impact_words.stakes,
        looks.level_verdict,
    ),
}


def headline(result: AnyResult) -> str:
    """Return what a result comes to, in one line."""
    return METHOD_WORDS[result.framework.method].headline(result)


def stakes(result: AnyResult) -> str:
    """Return the tier or the level, or what it lies between."""
    return METHOD_WORDS[result.framework.method].stakes(result)


def verdict(result: AnyResult) -> Verdict:
    """Return what a result comes to in a word or two, and how that looks."""
    return METHOD_WORDS[result.framework.method].verdict(result)
