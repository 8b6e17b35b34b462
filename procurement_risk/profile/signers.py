"""Who assessed, and who is to sign: two things that one line must not mix up.

What is signed is a decision, and nobody has signed anything by answering.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from procurement_risk.assessment import Assessment, SignOff, signed
from procurement_risk.framework import Framework
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import day, listed
from procurement_risk.methods import AnyResult
from procurement_risk.methods.weakest_section import Result

SENIOR_FROM = 3
"""The number of the tier or level from which on a senior signs: by whichever post it asks for."""

NAMED = 2
"""How many of those who assessed are named; the others are counted."""


def assessed_by(assessment: Assessment, shown: Callable[[str], str] = str) -> str:
    """Return who answered, whoever answered most first, as a sentence; else who started it.

    Args:
        assessment: The assessment.
        shown: How a name is made fit for where it is to stand.
    """
    answered = Counter(each.by for each in assessment.answer_set.answers.values() if each.by)
    names = [name for name, __ in answered.most_common()] or [assessment.created_by]
    if not any(names):
        return ""
    words = [shown(name) for name in names[:NAMED]]
    rest = len(names) - len(words)
    if rest:
        words.append(ngettext("{n} other", "{n} others", rest).format(n=grouped(rest)))
    return _("Assessed by: {names}.").format(names=listed(words))


def to_be_signed(result: Result, shown: Callable[[str], str] = str) -> str:
    """Return who is to sign the decision at the tier, as a sentence; empty where nobody is named.

    Args:
        result: The result, whose tier decides. An unsettled one names the higher tier.
        shown: How somebody's words are made fit for where they are to stand.
    """
    low, high = (result.framework.tier(number) for number in (result.tier.low, result.tier.high))
    signers = shown(high.sign_off.rstrip("."))
    if not signers:
        return ""
    words = _("To be signed at {tier} by: {signers}.")
    if low is not high:
        words = _("If it comes out at {tier}, to be signed by: {signers}.")
    return words.format(tier=shown(high.label), signers=signers)


def asks_a_senior(result: AnyResult) -> bool:
    """Whether only a senior may sign the decision, by its tier or level.

    Also below the third, where the questionnaire asks for a post there that it asks for from the
    third on. While it is open, the highest that is still possible counts.
    """
    stakes = {each.number: _post(each.sign_off) for each in result.stakes}
    highest = result.highest_stake
    number = max(stakes, default=0) if highest is None else highest
    seniors = {post for at, post in stakes.items() if at >= SENIOR_FROM and post}
    return number >= SENIOR_FROM or stakes.get(number, "") in seniors


def _post(sign_off: str) -> str:
    return " ".join(sign_off.casefold().rstrip(". ").split())


def signed_off(
    assessment: Assessment, framework: Framework, shown: Callable[[str], str] = str
) -> str:
    """Return who signed what stands now, as sentences, or that nobody has; empty undecided.

    Args:
        assessment: The assessment.
        framework: What it is answered against.
        shown: How somebody's words are made fit for where they are to stand.
    """
    if assessment.decision is None:
        return ""
    stand = signed.standing(assessment, framework)
    if stand:
        return " ".join(one_signed(each, shown) for each in stand)
    if assessment.sign_offs:
        last = one_signed(assessment.sign_offs[-1], shown)
        return _("Not signed off as it stands: it was changed since. {before}").format(before=last)
    return _("Not signed off.")


def one_signed(sign_off: SignOff, shown: Callable[[str], str] = str) -> str:
    """Return who signed, as what, when, and how far that is proved, as sentences."""
    words = _("Signed off by {name}, {post}, {date}.")
    if sign_off.how not in signed.SIGNED_IN:
        words = _("Signed off by {name}, {post}, {date}, by name alone.")
    return words.format(name=shown(sign_off.by), post=shown(sign_off.post), date=day(sign_off.at))
