"""Conditions in words, and as the lines of a graph."""

from __future__ import annotations

from collections.abc import Iterator

from procurement_risk.framework import (
    AllOf,
    AnyOf,
    Atom,
    Condition,
    Framework,
    Never,
    NotAtom,
    named_in,
)
from procurement_risk.language import _

LONGEST_LABEL = 60


def in_words(framework: Framework, condition: Condition | None) -> str:
    """Return ``phase is “Design” or “Trial”, and …``; empty where there is no condition.

    Options are named by their labels, or by their ids where the framework has no such option.
    """
    return "" if condition is None else _words(framework, condition, inside=False)


def _words(framework: Framework, condition: Condition, *, inside: bool) -> str:
    if isinstance(condition, AllOf | AnyOf):
        between = _("{one} and {other}") if isinstance(condition, AllOf) else _("{one} or {other}")
        parts = [_words(framework, part, inside=True) for part in condition.parts]
        joined = parts[0]
        for part in parts[1:]:
            joined = between.format(one=joined, other=part)
        return f"({joined})" if inside and len(parts) > 1 else joined
    if isinstance(condition, Never):
        return _("never: {reason}").format(reason=condition.because)
    if not isinstance(condition, Atom | NotAtom):
        raise TypeError("questions rest on options only; risk values belong to the tier rule")
    sentence = _("{question} is {options}")
    if isinstance(condition, NotAtom):
        sentence = _("{question} is not {options}")
    return sentence.format(
        question=condition.question, options=_options(framework, condition, _(" or "))
    )


def _options(framework: Framework, condition: Atom | NotAtom, between: str) -> str:
    question = framework.by_id.get(condition.question)
    known = question.options if question else ()
    labels = {option.id: option.label for option in known}
    order = {option.id: place for place, option in enumerate(known)}
    ids = sorted(condition.options, key=lambda each: (order.get(each, len(order)), each))
    return between.join(f"“{shortened(labels.get(each, each))}”" for each in ids)


def shortened(text: str) -> str:
    """Return a label, cut where it is longer than ``LONGEST_LABEL`` characters."""
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1].rstrip()}…"


def edges(framework: Framework) -> Iterator[tuple[str, str]]:
    """Yield each pair of a question and one whose being asked rests on it, in reading order.

    Where a whole section rests on a question, the section's id stands for all that is in it.
    """
    for section in framework.sections:
        for name in dict.fromkeys(named_in(section.when)):
            yield name, section.id
        for question in section.questions:
            around = set(named_in(section.when))
            for name in dict.fromkeys(named_in(question.when)):
                if name not in around:
                    yield name, question.id
