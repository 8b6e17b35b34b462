"""Where a text that is marked as withheld stands again in a field that is shown.

Names are struck out of other texts as they are written. This finds what that does not: a name
without its legal form, a sum or a day in other words, a sentence of a longer text. It warns and
changes nothing, because only a person can tell whether the same words mean the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from procurement_risk.assessment.answers import is_day
from procurement_risk.assessment.model import Assessment
from procurement_risk.assessment.publication import NUMBER
from procurement_risk.assessment.publication_fields import NAMES, place_of, values_of
from procurement_risk.assessment.published import Published
from procurement_risk.assessment.vocabulary import written_out
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import day, pounds

SHORTEST, SHORTEST_SENTENCE = 4, 15
# How people shorten sums, in whatever language the app is.
MILLIONS, THOUSANDS = ("{n}m", "{n} m", "{n} million"), ("{n}k", "{n} thousand")
SUMS = frozenset({"purchase.committed_value", "purchase.value_if_scaled"})
# Small words that stand in many texts and give nothing away.
NOT_TOLD = frozenset({"purchase.embedded", "purchase.route", "answers.answer"})
_LEGAL_FORM = re.compile(
    r"[\s,]+(?:ltd|limited|plc|llp|lp|inc|llc|corp|corporation|company|co|cic|gmbh|ag|bv|sa|sarl"
    r"|cyf|cyfyngedig)\.?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Again:
    """One text that is withheld in ``path`` and shown in ``shown_in``, as it is written there."""

    path: str
    shown_in: str
    text: str


def stands_again(assessment: Assessment, published: Published) -> tuple[Again, ...]:
    """Return where what is marked in ``assessment`` still stands in what is ``published``."""
    before = values_of(written_out(assessment))
    hidden = {each.path for each in published.withheld if each.ground != "inside"}
    # Names that only a rule withholds are left out: a post stands in many texts.
    marked = [each for each in published.withheld if each.path in assessment.markings]
    marked += [each for each in published.withheld if each.path == NUMBER and each not in marked]
    marked = [each for each in marked if each.ground != "inside"]
    shown = {p: texts for p, texts in _shown(published).items() if p not in hidden}
    found = {
        (each.path, place): Again(each.path, place, text)
        for each in marked
        for form in _forms(each.path, before.get(each.path, ()))
        for place, text in _places(form, shown)
    }
    return tuple(found.values())


def _shown(published: Published) -> Mapping[str, tuple[str, ...]]:
    """Return every field that is shown, and each reason for withholding another."""
    reasons = {f"{each.path}, reason": (each.reason,) for each in published.withheld}
    return {**values_of(published.assessment), **reasons}


def _forms(path: str, texts: tuple[str, ...]) -> Iterator[re.Pattern[str]]:
    """Yield a pattern for each way in which a withheld value may be written elsewhere."""
    kind = place_of(path).kind
    if kind in NOT_TOLD:
        return
    for text in texts:
        for words in dict.fromkeys(_words(kind, text)):
            if len(words) >= SHORTEST:
                spaced = r"\s+".join(map(re.escape, words.split()))
                yield re.compile(rf"(?<!\w){spaced}(?!\w)", re.IGNORECASE)


def _words(kind: str, text: str) -> Iterator[str]:
    if kind in SUMS and text.isdecimal():
        yield from _sums(int(text))
    elif is_day(text):
        found = date.fromisoformat(text)
        yield from (
            text,
            day(text),
            f"{found:%d/%m/%Y}",
            f"{found.day}/{found.month}/{found.year}",
        )
    else:
        yield text
        if kind in NAMES:
            yield _LEGAL_FORM.sub("", text.strip())
        else:
            sentences = re.split(r"(?<=[.!?])\s+|[\n;]+", text)
            yield from (each for each in sentences if len(each) >= SHORTEST_SENTENCE)


def _sums(amount: int) -> Iterator[str]:
    if amount >= 1_000:
        yield from (str(amount), f"{amount:,}", grouped(amount))
        yield pounds(amount).replace("£", "").strip()
    if amount >= 1_000_000:
        millions = f"{amount / 1_000_000:.3f}".rstrip("0").rstrip(".")
        yield from (form.format(n=millions) for form in MILLIONS)
    elif amount >= 1_000 and amount % 1_000 == 0:
        yield from (form.format(n=amount // 1_000) for form in THOUSANDS)


def _places(
    form: re.Pattern[str], shown: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[str, str]]:
    for path, texts in shown.items():
        for text in texts:
            if found := form.search(text):
                yield path, found[0]
