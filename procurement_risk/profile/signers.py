"""Who assessed, and who is to sign: two things that one line must not mix up.

What is signed is a decision, and nobody has signed anything by answering.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from procurement_risk.assessment import Assessment
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import listed
from procurement_risk.methods.weakest_section import Result

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
