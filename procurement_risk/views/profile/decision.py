"""The top of the risk profile: what is recommended, who signs, what stands in the way."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from procurement_risk.assessment import StopOverride
from procurement_risk.assessment.words import answer_text
from procurement_risk.framework import Question
from procurement_risk.framework.words import decision, decision_range, short_title
from procurement_risk.language import _, ngettext
from procurement_risk.language.phrases import counted, day, listed
from procurement_risk.language.text import plain
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import words as profile_words
from procurement_risk.views.profile import (
    ask_next,
    downloads,
    tier,
)
from procurement_risk.views.shared import session
from procurement_risk.views.shared.session import Opened

FIRST_FLAGS = 4


def draw(opened: Opened) -> None:
    """Draw the decision and the reasons for it."""
    result = opened.result
    with st.container(border=True):
        st.header(plain(profile_words.recommendation(result)), anchor=False)
        st.markdown(meaning(result))
        for line in _recorded(opened):
            st.markdown(line)
        if result.open and st.button(_("Continue answering"), type="primary"):
            session.go("answer", assessment=opened.id)
        downloads.draw(opened)
    why, behind = st.columns([3, 2], gap="large")
    with why:
        st.subheader(_("Why"), anchor=False)
        for line in reasons(opened):
            st.markdown(line)
        _draw_more_flags(result)
        _draw_pending(result)
    with behind:
        tier.draw(result)
    if result.recommendation == "not_ready" and result.open:
        ask_next.draw(opened)
    else:
        ask_next.draw_supplier_list(opened)


def meaning(result: Result) -> str:
    """Return what the recommendation means and who signs it off."""
    sentence = profile_words.decision_meaning(result.recommendation)
    if result.recommendation == "not_ready" and not result.open:
        sentence = _("Everything asked is answered, but too little was asked to decide.")
    low, high = (result.framework.tier(n) for n in (result.tier.low, result.tier.high))
    signers = plain(high.sign_off.rstrip("."))
    if not signers:
        return sentence
    if low is high:
        words = _("Signed off at {tier} by: {signers}.")
    else:
        words = _("If it comes out at {tier}, signed off by: {signers}.")
    return f"{sentence} {words.format(tier=plain(high.label), signers=signers)}"


def _recorded(opened: Opened) -> list[str]:
    decided = opened.assessment.decision
    if decided is None:
        return []
    line = _("**Decided: {decision}**, by {name}, {date}.").format(
        decision=plain(decision(decided.decision)),
        name=plain(decided.by),
        date=day(decided.at),
    )
    if decided.decision != opened.result.recommendation:
        line += " " + _("This differs from what is recommended now.")
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
    lines.append(f"**{plain(profile_words.worst_section_sentence(result))}.**")
    if result.challenge:
        lines.append(_challenge_line(result))
    if result.recommendation == "not_ready" and result.open:
        lines.append(_range_line(result))
    return lines


def _stop_line(opened: Opened, name: str) -> str:
    question = opened.framework.by_id[name]
    line = _("**Stop: {question}.** {asked}").format(**_asked(opened.result, name))
    overrides = {override.question: override for override in opened.assessment.overrides}
    if name in overrides:
        return f"{line} {override_words(overrides[name])}"
    if question.red_flag is not None and question.red_flag.legal_duty:
        line += " " + _("A legal duty: it can only be met, not overridden.")
    return line


def override_words(override: StopOverride) -> str:
    """Return who overrode a stop, until when and why. It is still a stop."""
    parts = [
        _("**Overridden by {name}, until {date}.**").format(
            name=plain(override.by), date=plain(day(override.until))
        )
    ]
    if override.until < session.today():
        parts.append(_("That day has passed."))
    parts.append(_("Reason: {reason}").format(reason=plain(override.reason)))
    return " ".join(parts)


def _acting_line(result: Result, name: str) -> str:
    flag = result.framework.by_id[name].red_flag
    start = result.framework.tier(flag.stop_from_tier or 1).label if flag else ""
    return _(
        "**Flag, perhaps a stop: {question}.** {asked} "
        "It stops the purchase from {tier} up, and the tier is not certain yet."
    ).format(**_asked(result, name), tier=plain(start))


def _flag_line(result: Result, name: str) -> str:
    return _("**Flag: {question}.** {asked}").format(**_asked(result, name))


def _asked(result: Result, name: str) -> dict[str, str]:
    """Return the question's id, and as ``asked`` what it asks and what was answered."""
    question = result.framework.by_id[name]
    answer = answer_text(question, result.answer_set.answers.get(name))
    answered = _("Answer: “{answer}”.").format(answer=plain(answer))
    return {"question": name, "asked": f"{plain(question.ask)} {answered}"}


def _pack_line(result: Result) -> str:
    tier = result.framework.tier(result.tier.high)
    taken = result.framework.pack(result.answer_set.pack)
    enough = result.framework.pack(tier.packs[0])
    names = [plain(pack.title) if pack else "" for pack in (taken, enough)]
    return _(
        "**The {taken} pack is too small to decide at {tier}. Take the {enough} pack next.** "
        "Answers already given are kept."
    ).format(taken=names[0], tier=plain(tier.label), enough=names[1])


def _challenge_line(result: Result) -> str:
    names = [
        f"{plain(short_title(section))} {plain(profile_words.section_words(result, scored))}"
        for section in result.framework.sections
        if section.role == "challenge" and (scored := result.sections[section.id]) is not None
    ]
    call, challenge = _("Challenge the purchase."), _(profile_words.CHALLENGE)
    return f"**{call}** {challenge} {'; '.join(names)}."


def _range_line(result: Result) -> str:
    between = decision_range(result.decision_low, result.decision_high)
    return ngettext(
        "**Not settled.** {n} answer is open, and depending on how they come out the "
        "recommendation is {between}.",
        "**Not settled.** {n} answers are open, and depending on how they come out the "
        "recommendation is {between}.",
        len(result.open),
    ).format(n=f"{len(result.open):,}", between=between)


def _draw_more_flags(result: Result) -> None:
    rest = result.red_flags.flags_fired[FIRST_FLAGS:]
    if rest:
        label = counted(len(rest), "{n} more flag fired", "{n} more flags fired")
        with st.expander(label, type="compact"):
            for name in rest:
                st.markdown(_flag_line(result, name))


def _draw_pending(result: Result) -> None:
    flags = result.red_flags
    acting = set(flags.acting)
    stops = [name for name in flags.stops_pending if name not in acting]
    flagged = flags.flags_pending
    label = counted(len(stops), "{n} stop may still fire", "{n} stops may still fire")
    _draw_pending_items(result, label, stops)
    label = counted(len(flagged), "{n} flag may still fire", "{n} flags may still fire")
    _draw_pending_items(result, label, flagged)


def _draw_pending_items(result: Result, label: str, ids: Sequence[str]) -> None:
    if ids:
        with st.expander(label, type="compact"):
            st.markdown("\n".join(_pending_item(result, name) for name in ids))


def _pending_item(result: Result, name: str) -> str:
    question = result.framework.by_id[name]
    fires = _("Fires at: {options}.").format(options=_triggers(question))
    return f"- **{name}** {plain(question.ask)} {fires}"


def _triggers(question: Question) -> str:
    flag = question.red_flag
    labels = [o.label for o in question.options if flag is not None and o.id in flag.options]
    return listed([f"“{plain(label)}”" for label in labels], "or")
