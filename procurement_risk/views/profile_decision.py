"""The top of the risk profile: what is recommended, who signs, what stands in the way."""

from __future__ import annotations

import streamlit as st

from procurement_risk import wording
from procurement_risk.assessment import StopOverride
from procurement_risk.framework import Question
from procurement_risk.methods.weakest_section import Result
from procurement_risk.views import profile_next, profile_tier, session
from procurement_risk.views.session import Opened
from procurement_risk.wording import plain

FIRST_FLAGS = 4


def draw(opened: Opened) -> None:
    """Draw the decision and the reasons for it."""
    result = opened.result
    with st.container(border=True):
        st.header(plain(wording.recommendation(result)), anchor=False)
        st.markdown(meaning(result))
        for line in _recorded(opened):
            st.markdown(line)
        if result.open and st.button("Continue answering", type="primary"):
            session.go("answer", assessment=opened.id)
    why, behind = st.columns([3, 2], gap="large")
    with why:
        st.subheader("Why", anchor=False)
        for line in reasons(opened):
            st.markdown(line)
        _draw_more_flags(result)
        _draw_pending(result)
    with behind:
        profile_tier.draw(result)
    if result.recommendation == "not_ready" and result.open:
        profile_next.draw(opened)


def meaning(result: Result) -> str:
    """Return what the recommendation means and who signs it off."""
    sentence = wording.DECISION_MEANINGS[result.recommendation]
    if result.recommendation == "not_ready" and not result.open:
        sentence = "Everything asked is answered, but too little was asked to decide."
    low, high = (result.framework.tier(n) for n in (result.tier.low, result.tier.high))
    signers = plain(high.sign_off.rstrip("."))
    if not signers:
        return sentence
    if low is high:
        return f"{sentence} Signed off at {plain(high.label)} by: {signers}."
    return f"{sentence} If it comes out at {plain(high.label)}, signed off by: {signers}."


def _recorded(opened: Opened) -> list[str]:
    decided = opened.assessment.decision
    if decided is None:
        return []
    words = wording.decision(decided.decision)
    line = f"**Decided: {plain(words)}**, by {plain(decided.by)}, {wording.day(decided.at)}."
    if decided.decision != opened.result.recommendation:
        line += " This differs from what is recommended now."
    return [line]


def reasons(opened: Opened) -> list[str]:
    """Return what made the recommendation, gravest first, as Markdown paragraphs.

    Every stop is named, and the first few flags; the page folds the other flags away.
    """
    result = opened.result
    flags = result.red_flags
    lines = [_stop_line(opened, name) for name in flags.stops_fired]
    lines += [_acting_line(result, name) for name in flags.acting]
    lines += [_flag_line(result, name) for name in flags.flags_fired[:FIRST_FLAGS]]
    if not result.pack_decides:
        lines.append(_pack_line(result))
    lines.append(f"**{plain(wording.worst_section_sentence(result))}.**")
    if result.challenge:
        lines.append(_challenge_line(result))
    if result.recommendation == "not_ready" and result.open:
        lines.append(_range_line(result))
    return lines


def _stop_line(opened: Opened, name: str) -> str:
    question = opened.framework.by_id[name]
    line = f"**Stop: {_asked_and_answered(opened.result, name)}"
    overrides = {override.question: override for override in opened.assessment.overrides}
    if name in overrides:
        return f"{line} {override_words(overrides[name])}"
    if question.red_flag is not None and question.red_flag.legal_duty:
        return f"{line} A legal duty: it can only be met, not overridden."
    return line


def override_words(override: StopOverride) -> str:
    """Return who overrode a stop, until when and why. It is still a stop."""
    past = " That day has passed." if override.until < session.today() else ""
    return (
        f"**Overridden by {plain(override.by)}, until {plain(wording.day(override.until))}.**"
        f"{past} Reason: {plain(override.reason)}"
    )


def _acting_line(result: Result, name: str) -> str:
    flag = result.framework.by_id[name].red_flag
    start = result.framework.tier(flag.stop_from_tier or 1).label if flag else ""
    return (
        f"**Flag, perhaps a stop: {_asked_and_answered(result, name)} "
        f"It stops the purchase from {plain(start)} up, and the tier is not certain yet."
    )


def _flag_line(result: Result, name: str) -> str:
    return f"**Flag: {_asked_and_answered(result, name)}"


def _asked_and_answered(result: Result, name: str) -> str:
    """Return the id, the question and its answer; closes the bold that the caller opened."""
    question = result.framework.by_id[name]
    answer = result.answer_set.answers.get(name)
    return (
        f"{name}.** {plain(question.ask)} "
        f"Answer: “{plain(wording.answer_text(question, answer))}”."
    )


def _pack_line(result: Result) -> str:
    tier = result.framework.tier(result.tier.high)
    taken = result.framework.pack(result.answer_set.pack)
    enough = result.framework.pack(tier.packs[0])
    names = [plain(pack.title) if pack else "" for pack in (taken, enough)]
    return (
        f"**The {names[0]} pack is too small to decide at {plain(tier.label)}. "
        f"Take the {names[1]} pack next.** Answers already given are kept."
    )


def _challenge_line(result: Result) -> str:
    names = [
        f"{plain(wording.short_title(section))} {plain(wording.section_words(result, scored))}"
        for section in result.framework.sections
        if section.role == "challenge" and (scored := result.sections[section.id]) is not None
    ]
    return f"**Challenge the purchase.** {wording.CHALLENGE} {'; '.join(names)}."


def _range_line(result: Result) -> str:
    between = wording.decision_range(result.decision_low, result.decision_high)
    still = wording.count(len(result.open), "answer")
    verb = "is" if len(result.open) == 1 else "are"
    return (
        f"**Not settled.** {still} {verb} open, and depending on how they come out the "
        f"recommendation is {between}."
    )


def _draw_more_flags(result: Result) -> None:
    rest = result.red_flags.flags_fired[FIRST_FLAGS:]
    if rest:
        with st.expander(f"{wording.count(len(rest), 'more flag')} fired", type="compact"):
            for name in rest:
                st.markdown(_flag_line(result, name))


def _draw_pending(result: Result) -> None:
    flags = result.red_flags
    acting = set(flags.acting)
    stops = [name for name in flags.stops_pending if name not in acting]
    for noun, ids in (("stop", stops), ("flag", flags.flags_pending)):
        if ids:
            with st.expander(f"{wording.count(len(ids), noun)} may still fire", type="compact"):
                st.markdown("\n".join(_pending_item(result, name) for name in ids))


def _pending_item(result: Result, name: str) -> str:
    question = result.framework.by_id[name]
    return f"- **{name}** {plain(question.ask)} Fires at: {_triggers(question)}."


def _triggers(question: Question) -> str:
    flag = question.red_flag
    labels = [o.label for o in question.options if flag is not None and o.id in flag.options]
    return wording.listed([f"“{plain(label)}”" for label in labels], "or")
