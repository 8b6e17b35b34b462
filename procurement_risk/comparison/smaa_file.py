"""Scores in a file of their own, answered in the same shape: suppliers, criteria, scores, weights.

Less is better. Rank shares are of the plain weighted mean; the stability radius is given for that
and for G, which is half the worst score and half the weighted mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from typing import Any

from procurement_risk.canonical import read_json
from procurement_risk.comparison import smaa
from procurement_risk.comparison.candidates import HALF
from procurement_risk.comparison.firmness import radii
from procurement_risk.errors import InvalidDocument, Problem
from procurement_risk.language.text import show_value

Document = dict[str, Any]

MOST_SUPPLIERS = MOST_CRITERIA = 50
LARGEST = 1_000_000_000
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """Suppliers scored on criteria; less is better. The weights sum to one."""

    suppliers: tuple[str, ...]
    criteria: tuple[str, ...]
    scores: tuple[tuple[Fraction, ...], ...]
    weights: tuple[Fraction, ...]


def read_scores(data: bytes, name: str) -> Scores:
    """Return the scores in ``data``.

    Raises:
        InvalidDocument: If something is missing or misshapen; it lists every problem.
    """
    document = read_json(data, name, decimals=True)
    problems = list(_problems(document))
    if problems:
        raise InvalidDocument(name, problems)
    weights = [Fraction(each) for each in document["published_weights"]]
    return Scores(
        suppliers=tuple(document["suppliers"]),
        criteria=tuple(document["criteria"]),
        scores=tuple(tuple(map(Fraction, row)) for row in document["scores"]),
        weights=tuple(weight / sum(weights) for weight in weights),
    )


def answer(found: Scores, seed: int = smaa.SEED) -> Document:
    """Return rank shares and stability radii, in the shape that the file's readers know."""
    plain = [Fraction(0)] * len(found.suppliers)
    six_places = partial(round, ndigits=6)
    near, __ = smaa.near_weights(found.weights, seed)
    every = smaa.any_weights(len(found.criteria), seed)
    halved = [[HALF * score for score in row] for row in found.scores]
    worst = [HALF * max(row) for row in found.scores]
    return {
        "suppliers": list(found.suppliers),
        "criteria": list(found.criteria),
        "published_weights": [float(weight) for weight in found.weights],
        "draws": smaa.DRAWS,
        "seed": seed,
        "any_weights": smaa.acceptability(every, found.scores, plain).document(six_places),
        "within_50_percent": smaa.acceptability(near, found.scores, plain).document(six_places),
        "stability_radius": {
            "lambda_0": _radius(found, found.scores, plain),
            "lambda_half": _radius(found, halved, worst),
        },
    }


def _radius(
    found: Scores, scores: Sequence[Sequence[Fraction]], fixed: Sequence[Fraction]
) -> Document:
    """Return the index of each supplier, who leads, and how far weights may move for the rest."""
    index = [
        more + sum(w * score for w, score in zip(found.weights, row, strict=True))
        for row, more in zip(scores, fixed, strict=True)
    ]
    order = sorted(range(len(index)), key=lambda place: index[place])
    moved = radii(found.weights, [scores[p] for p in order], [fixed[p] for p in order])
    by_place = dict(zip(order[1:], moved, strict=True))
    return {
        "index": [round(float(each), 6) for each in index],
        "leader": found.suppliers[order[0]],
        "rivals": {
            found.suppliers[place]: None if (at := by_place[place]) is None else round(at, 6)
            for place in sorted(by_place)
        },
    }


# --- Checking -----------------------------------------------------------------------------


def _problems(document: object) -> Iterator[Problem]:
    if not isinstance(document, dict):
        yield Problem("", "The file holds no object. Write suppliers, criteria, scores, weights.")
        return
    known = True
    for key, least, most in (("suppliers", 2, MOST_SUPPLIERS), ("criteria", 1, MOST_CRITERIA)):
        found = list(_name_problems(document.get(key), key, least, most))
        known = known and not found
        yield from found
    if not known:
        for key in ("scores", "published_weights"):
            if not isinstance(document.get(key), list):
                yield Problem(key, f"{key} is missing or no list.")
        return
    yield from _table_problems(document)
    yield from _weight_problems(document)


def _name_problems(value: object, key: str, least: int, most: int) -> Iterator[Problem]:
    if not isinstance(value, list) or not least <= len(value) <= most:
        yield Problem(key, f"{key} has to be a list of {least} to {most} names.")
        return
    for place, name in enumerate(value):
        where = f"{key}[{place}]"
        if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME:
            shown = show_value(name)
            yield Problem(
                where, f"{where} is {shown}. Write a name of 1 to {LONGEST_NAME} letters."
            )
        elif name in value[:place]:
            yield Problem(where, f"{where} is {show_value(name)} again. Give each its own name.")


def _table_problems(document: Document) -> Iterator[Problem]:
    rows, criteria = document.get("scores"), len(document["criteria"])
    wanted = len(document["suppliers"])
    if not isinstance(rows, list) or len(rows) != wanted:
        yield Problem(
            "scores", f"scores has to be a list of {wanted} rows, one for each supplier."
        )
        return
    for place, row in enumerate(rows):
        where = f"scores[{place}]"
        if not isinstance(row, list) or len(row) != criteria:
            text = f"{where} has to be a list of {criteria} numbers, one for each criterion."
            yield Problem(where, text)
            continue
        for column, score in enumerate(row):
            yield from _number_problems(score, f"{where}[{column}]", -LARGEST)


def _weight_problems(document: Document) -> Iterator[Problem]:
    key = "published_weights"
    weights, wanted = document.get(key), len(document["criteria"])
    if not isinstance(weights, list) or len(weights) != wanted:
        yield Problem(key, f"{key} has to be a list of {wanted} numbers, one for each criterion.")
        return
    found = [
        problem
        for place, weight in enumerate(weights)
        for problem in _number_problems(weight, f"{key}[{place}]", 0)
    ]
    yield from found
    if not found and not sum(weights):
        yield Problem(key, f"{key} are all 0. Give at least one criterion some weight.")


def _number_problems(value: object, where: str, least: int) -> Iterator[Problem]:
    is_number = isinstance(value, int | Fraction) and not isinstance(value, bool)
    if not is_number or not least <= value <= LARGEST:  # type: ignore[operator]
        shown = show_value(value if not isinstance(value, Fraction) else float(value))
        limits = f"a number from {least:,} to {LARGEST:,}"
        yield Problem(where, f"{where} is {shown}. Write {limits}.")
