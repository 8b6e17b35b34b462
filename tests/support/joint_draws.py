"""Rank shares over weights and open answers, reckoned plainly: one draw after the other.

A second reading of the rule that shares no code with the package but the checking programme of the
audit pack, which is itself a second implementation of the method.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

from procurement_risk.exports import verify

Document = dict[str, Any]
LEFT_OUT = ("internal", "information")


class Bid:
    """One supplier's line of answers, and the ordering figure that any completion of it has."""

    def __init__(self, framework: Document, line: Document, *, published_only: bool) -> None:
        self.framework, self.line = framework, line
        self.published_only = published_only
        case = verify.Case(framework, line, "full")
        self.facts = {fact["id"]: fact for fact in framework["facts"]}
        singles = {**self.facts, **verify.all_questions(framework)}
        asked = [*self.facts, *(n for n in singles if n in case.counted)]
        self.open = {
            name: [option["id"] for option in singles[name]["options"]]
            for name in asked
            if case.applies.get(name, True) is True and verify.is_open(case.answers[name])
        }
        self._known: dict[tuple[str, ...], dict[str, Fraction]] = {}

    def sections(self, options: Sequence[str]) -> dict[str, Fraction]:
        """The central residual of each decisive section with these options at E4."""
        if tuple(options) not in self._known:
            answers = dict(self.line["answers"])
            for name, option in zip(self.open, options, strict=True):
                answers[name] = {"option": option, "evidence": "E4"}
            self._known[tuple(options)] = self._scored({**self.line, "answers": answers})
        return self._known[tuple(options)]

    def _scored(self, line: Document) -> dict[str, Fraction]:
        case = verify.Case(self.framework, line, "full")
        scale = Fraction(self.framework["scale_max"])
        found = {}
        for part in self.framework["sections"]:
            if part["role"] != "decisive":
                continue
            certain, core, possible = [], [], False
            for question in part["questions"]:
                name = question["id"]
                if name not in case.counted:
                    continue
                if self.published_only and question["procurement_use"] in LEFT_OUT:
                    continue
                possible = True
                if case.applies[name] is not True:
                    continue
                figures = verify.figures_of(
                    self.framework,
                    case.counted[name],
                    case.answers[name],
                    case.mitigations.get(name),
                    case.tier,
                )
                pair = (question["weight"], figures["residual"]["central"])
                certain.append(pair)
                if name in case.core:
                    core.append(pair)
            means = [
                100 * sum(w * x for w, x in pairs) / (scale * sum(w for w, __ in pairs))
                for pairs in (certain, core)
                if pairs
            ]
            if means or possible:
                found[part["id"]] = max(means, default=Fraction(100))
        return found


def figure(scores: Mapping[str, Fraction], weights: Mapping[str, float]) -> float:
    """Half the worst and half the mean."""
    if not scores:
        return 100.0
    total = sum(weights[name] for name in scores)
    mean = sum(weights[name] * float(score) for name, score in scores.items()) / total
    return float(max(scores.values())) / 2 + mean / 2


def first_shares(
    bids: Sequence[Bid], names: Sequence[str], vectors: Sequence[Sequence[float]], seed: int
) -> list[float]:
    """How often each bid comes first, its open answers drawn anew with each weight vector."""
    random = Random(seed)
    won = [0.0] * len(bids)
    for vector in vectors:
        weights = dict(zip(names, vector, strict=True))
        figures = []
        for bid in bids:
            options = [each[int(random.random() * len(each))] for each in bid.open.values()]
            scores = {n: s for n, s in bid.sections(options).items() if n in weights}
            figures.append(figure(scores, weights))
        least = min(figures)
        level = [place for place, each in enumerate(figures) if each <= least + 1e-9]
        for place in level:
            won[place] += 1 / len(level)
    return [each / len(vectors) for each in won]
