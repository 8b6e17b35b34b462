"""Conditions in words, and whether two of them mean the same.

{any: [{question: hosted, in: ["yes"]}, …]} -> "asked if hosted is yes, or …"
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable

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
from procurement_risk.wording import listed


def asked_words(framework: Framework, when: Condition | None) -> str:
    """Return when something is asked: ``always asked``, ``asked if DP-02 is b or c``."""
    if when is None:
        return "always asked"
    if isinstance(when, Never):
        return f"never asked ({when.because})"
    return f"asked if {condition_words(framework, when)}"


def condition_words(framework: Framework, condition: Condition) -> str:
    """Return ``condition`` as part of a sentence; groups inside groups stand in brackets."""
    if isinstance(condition, AllOf | AnyOf):
        joint = " and " if isinstance(condition, AllOf) else ", or "
        parts = [
            f"({words})" if isinstance(part, AllOf | AnyOf) and len(part.parts) > 1 else words
            for part, words in ((p, condition_words(framework, p)) for p in condition.parts)
        ]
        return joint.join(parts)
    if isinstance(condition, Never):
        return f"never ({condition.because})"
    if isinstance(condition, RiskAtom):
        return f"the risk of {condition.question} is {_risk_words(framework, condition)}"
    return f"{condition.question} {_options_words(framework, condition)}"


def _risk_words(framework: Framework, atom: RiskAtom) -> str:
    if atom.at_most >= framework.scale_max:
        return f"at least {atom.at_least}"
    if atom.at_least == atom.at_most:
        return str(atom.at_least)
    if atom.at_least == 0:
        return f"at most {atom.at_most}"
    return f"from {atom.at_least} to {atom.at_most}"


def _options_words(framework: Framework, atom: Atom | NotAtom) -> str:
    question = framework.by_id.get(atom.question)
    known = [option.id for option in question.options] if question else []
    ids = [each for each in known if each in atom.options]
    ids += sorted(atom.options.difference(known))
    several = question is not None and question.type == "multiple"
    verb = "includes" if several else "is"
    if isinstance(atom, Atom):
        return f"{verb} {listed(ids, 'or')}"
    return f"{verb} {'none of ' if len(ids) > 1 else 'not '}{listed(ids, 'or')}".replace(
        "includes not", "does not include"
    )


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
