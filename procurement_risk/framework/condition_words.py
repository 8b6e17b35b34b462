"""Conditions in words, and as the lines of a graph."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial, reduce

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
from procurement_risk.language.phrases import in_quotes
from procurement_risk.language.text import shorten


def in_words(framework: Framework, condition: Condition | None) -> str:
    """Return ``phase is “Design” or “Trial”, and …``; empty where there is no condition.

    Options are named by their labels, or by their ids where the framework has no such option.
    """
    if condition is None:
        return ""
    return joined(condition, partial(_words, framework), _("{one} or {other}"))


def joined(condition: Condition, say: Callable[[Condition], str], either: str) -> str:
    """Return ``condition`` in words; groups inside groups stand in brackets.

    Args:
        condition: A condition of any depth.
        say: Returns the words for one that is no group.
        either: How the parts of an "any" are joined, with ``{one}`` and ``{other}`` in it.
    """
    if not isinstance(condition, AllOf | AnyOf):
        return say(condition)
    pair = _("{one} and {other}") if isinstance(condition, AllOf) else either
    parts = [
        f"({words})" if isinstance(part, AllOf | AnyOf) and len(part.parts) > 1 else words
        for part, words in ((part, joined(part, say, either)) for part in condition.parts)
    ]
    return reduce(lambda one, other: pair.format(one=one, other=other), parts)


def options_in_order(framework: Framework, atom: Atom | NotAtom) -> list[str]:
    """Return the ids in ``atom`` as its question lists them, those it lacks last."""
    question = framework.by_id.get(atom.question)
    known = [option.id for option in question.options] if question else []
    ids = [each for each in known if each in atom.options]
    return ids + sorted(atom.options.difference(known))


def _words(framework: Framework, condition: Condition) -> str:
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
    labels = {option.id: option.label for option in question.options} if question else {}
    ids = options_in_order(framework, condition)
    return between.join(in_quotes(shorten(labels.get(each, each))) for each in ids)


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
