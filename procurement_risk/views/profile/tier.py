"""Which tier the purchase is in, and which parts of the tier rule made it so."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment.words import answer_text
from procurement_risk.framework import (
    AllOf,
    AnyOf,
    Condition,
    Never,
    NotAtom,
    RiskAtom,
    TierAdjustment,
    TierBase,
)
from procurement_risk.language import _
from procurement_risk.language.phrases import from_to
from procurement_risk.language.text import plain
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import words as profile_words


def draw(result: Result) -> None:
    """Draw the tier, what it means, and why."""
    framework = result.framework
    st.subheader(plain(profile_words.tier_range(framework, result.tier)), anchor=False)
    for number in dict.fromkeys((result.tier.low, result.tier.high)):
        tier = framework.tier(number)
        name = f"**{plain(tier.label)}.** " if result.tier.low != result.tier.high else ""
        st.markdown(f"{name}{plain(tier.meaning)}")
    st.markdown("\n".join(f"- {line}" for line in reasons(result)))
    tier = framework.tier(result.tier.high)
    if tier.review:
        st.markdown(_("Look again: {when}").format(when=plain(tier.review)))


def reasons(result: Result) -> list[str]:
    """Return the parts of the tier rule that hold or may hold, as Markdown list items."""
    rule = result.framework.policy.tier_rule
    ends = {base: _reach(result, base) for base in rule.base}
    least = max(low for low, __ in ends.values())
    lines = [
        _base_line(result, base, low, high) for base, (low, high) in ends.items() if high >= least
    ]
    for adjustment in rule.adjustments:
        holds = _holds(result, adjustment.when)
        if holds is not False:
            lines.append(_adjustment_line(adjustment, certain=holds is True))
    return lines


def _adjustment_line(adjustment: TierAdjustment, *, certain: bool) -> str:
    if adjustment.add == 1:
        step = _("One step up")
    elif adjustment.add == -1:
        step = _("One step down")
    else:
        step = _("{n} steps").format(n=f"{adjustment.add:+d}")
    if not certain:
        step = _("{step} (not certain yet)").format(step=step)
    because = adjustment.because or _("a further rule")
    return f"{step}: {plain(because)}"


def _base_line(result: Result, base: TierBase, low: int, high: int) -> str:
    question = result.framework.by_id[base.question]
    answer = result.answer_set.answers.get(base.question)
    words = plain(answer_text(question, answer))
    ends = [str(end).replace("-", "−") for end in (low, high)]
    if base.subtract:
        line = _("**{question}** gives {points}, after taking off {less}: {asked}")
    else:
        line = _("**{question}** gives {points}: {asked}")
    return line.format(
        question=base.question,
        points=from_to(*ends),
        less=base.subtract,
        asked=f"{plain(question.ask)} “{words}”.",
    )


def _reach(result: Result, base: TierBase) -> tuple[int, int]:
    low, high = _values(result, base.question)
    return low - base.subtract, high - base.subtract


def _values(result: Result, name: str) -> tuple[int, int]:
    """Return the least and greatest risk value the question may have; hidden counts as 0."""
    question = result.framework.by_id[name]
    applies = result.applies[name]
    if applies is False:
        return 0, 0
    answer = result.answer_set.answers.get(name)
    option = question.option(answer.option) if answer else None
    if option is not None:
        low, high = option.risk, option.risk
    else:
        low, high = question.options[0].risk, question.options[-1].risk
    return (0 if applies is None else low), high


def _holds(result: Result, condition: Condition) -> bool | None:
    """Return whether a part of the tier rule holds; None while it rests on an open answer."""
    if isinstance(condition, AllOf | AnyOf):
        settling = isinstance(condition, AnyOf)
        parts = [_holds(result, part) for part in condition.parts]
        if settling in parts:
            return settling
        return None if None in parts else not settling
    if isinstance(condition, RiskAtom):
        low, high = _values(result, condition.question)
        if high < condition.at_least or low > condition.at_most:
            return False
        return True if condition.at_least <= low and high <= condition.at_most else None
    if isinstance(condition, Never):
        return False
    answer = result.answer_set.answers.get(condition.question)
    if answer is None or not answer.option:
        return None
    chosen = answer.option in condition.options
    return not chosen if isinstance(condition, NotAtom) else chosen
