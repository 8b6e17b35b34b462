"""Which tier the purchase is in, and which parts of the tier rule made it so."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment.words import answer_text
from procurement_risk.framework import TierAdjustment, TierBase
from procurement_risk.language import _
from procurement_risk.language.phrases import after_colon, from_to, in_quotes
from procurement_risk.language.text import plain
from procurement_risk.methods.tier import rule_holds, rule_points, rule_questions
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
    rule, answers = result.framework.policy.tier_rule, result.answer_set.answers
    named = rule_questions(result.framework)
    points = rule_points(named, answers, result.applies)
    values = {name: (each.low, each.high) for name, each in points.items()}
    facts = {
        fact.id: chosen
        for fact in named.facts
        if (chosen := answers[fact.id].option if fact.id in answers else "")
    }
    ends = {
        base: (values[base.question][0] - base.subtract, values[base.question][1] - base.subtract)
        for base in rule.base
    }
    least = max(low for low, __ in ends.values())
    lines = [
        _base_line(result, base, low, high) for base, (low, high) in ends.items() if high >= least
    ]
    for adjustment in rule.adjustments:
        holds = rule_holds(adjustment.when, values, facts)
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
    return after_colon(step, plain(because))


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
        asked=f"{plain(question.ask)} {in_quotes(words)}.",
    )
