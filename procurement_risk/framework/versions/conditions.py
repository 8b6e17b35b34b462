"""Conditions in words, and whether two of them mean the same.

{any: [{question: hosted, in: ["yes"]}, …]} -> "asked if hosted is yes, or …"
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from functools import partial

from procurement_risk.framework import (
    AllOf,
    AnyOf,
    Atom,
    Condition,
    Framework,
    Never,
    NotAtom,
    RiskAtom,
)
from procurement_risk.framework.condition_words import joined, options_in_order
from procurement_risk.language import _
from procurement_risk.language.phrases import listed


def asked_words(framework: Framework, when: Condition | None) -> str:
    """Return when something is asked: ``always asked``, ``asked if DP-02 is b or c``."""
    if when is None:
        return _("always asked")
    if isinstance(when, Never):
        return _("never asked ({reason})").format(reason=when.because)
    return _("asked if {condition}").format(condition=condition_words(framework, when))


def condition_words(framework: Framework, condition: Condition) -> str:
    """Return ``condition`` as part of a sentence; groups inside groups stand in brackets."""
    return joined(condition, partial(_words, framework), _("{one}, or {other}"))


def _words(framework: Framework, condition: Condition) -> str:
    if isinstance(condition, Never):
        return _("never ({reason})").format(reason=condition.because)
    if isinstance(condition, RiskAtom):
        return _risk_words(framework, condition)
    if not isinstance(condition, Atom | NotAtom):
        raise TypeError("a group is joined from its parts")
    return _options_words(framework, condition)


def _risk_words(framework: Framework, atom: RiskAtom) -> str:
    if atom.at_most >= framework.scale_max:
        words = _("the risk of {question} is at least {low}")
    elif atom.at_least == atom.at_most:
        words = _("the risk of {question} is {low}")
    elif atom.at_least == 0:
        words = _("the risk of {question} is at most {high}")
    else:
        words = _("the risk of {question} is from {low} to {high}")
    return words.format(question=atom.question, low=atom.at_least, high=atom.at_most)


def _options_words(framework: Framework, atom: Atom | NotAtom) -> str:
    question = framework.by_id.get(atom.question)
    ids = options_in_order(framework, atom)
    several = question is not None and question.type == "multiple"
    if isinstance(atom, Atom):
        words = _("{question} includes {options}") if several else _("{question} is {options}")
    elif len(ids) > 1:
        words = _("{question} is none of {options}")
        if several:
            words = _("{question} includes none of {options}")
    else:
        words = _("{question} is not {options}")
        if several:
            words = _("{question} does not include {options}")
    return words.format(question=atom.question, options=listed(ids, "or"))


def meaning(framework: Framework, condition: Condition | None) -> Hashable:
    """Return a value that is equal for conditions that hold in the same cases by their form.

    The order of parts, a group of one, a group inside one of its kind, the reason of ``never``
    and where the scale ends make no difference.
    """
    if isinstance(condition, AllOf | AnyOf):
        kind = type(condition)
        parts = frozenset(meaning(framework, part) for part in _flat(condition.parts, kind))
        return next(iter(parts)) if len(parts) == 1 else (kind.__name__, parts)
    if isinstance(condition, RiskAtom) and condition.at_most >= framework.scale_max:
        return condition.question, condition.at_least
    return Never(because="") if isinstance(condition, Never) else condition


def _flat(parts: Iterable[Condition], kind: type[AllOf | AnyOf]) -> Iterable[Condition]:
    for part in parts:
        if isinstance(part, AllOf | AnyOf) and (isinstance(part, kind) or len(part.parts) == 1):
            yield from _flat(part.parts, kind)
        else:
            yield part
