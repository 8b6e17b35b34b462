"""The top of the Overview where sections are scored: the verdict, why, and each section."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

import streamlit as st

from procurement_risk.errors import UsageError
from procurement_risk.exports.earlier import look_before
from procurement_risk.framework import Question
from procurement_risk.framework.words import short_title
from procurement_risk.language import _, ngettext
from procurement_risk.language.numbers import grouped
from procurement_risk.language.phrases import counted, in_quotes, listed
from procurement_risk.language.text import plain
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import answer_first, signers, words as profile_words
from procurement_risk.profile.looks import band_look
from procurement_risk.profile.trend import trend
from procurement_risk.report import red_flags, sections
from procurement_risk.report.subject import Subject, asked_and_answered
from procurement_risk.views.profile import ask_next, at_a_glance, banner, tier
from procurement_risk.views.shared import blocks, forms, question_link, session
from procurement_risk.views.shared.badges import badge
from procurement_risk.views.shared.session import Opened

FIRST_FLAGS = 4


def draw(opened: Opened) -> None:
    """Draw what is recommended and the reasons for it, then each section and what is asked."""
    result = opened.result
    banner.draw(opened, profile_words.recommendation(result), [meaning(result)])
    _draw_reasons(opened)
    _draw_grid(opened)
    at_a_glance.draw(opened)
    with st.expander(plain(profile_words.tier_range(result.framework, result.tier))):
        tier.draw(result)
    if result.recommendation == "not_ready" and result.open:
        ask_next.draw(opened)
    else:
        ask_next.draw_supplier_list(opened)


def _draw_reasons(opened: Opened) -> None:
    """Draw every stop and the first flags with the way to each, then what else decided."""
    result = opened.result
    st.subheader(_("Why"), anchor=False)
    named, others = reasons(opened)
    for name, lead, line in named:
        _draw_named(opened, name, lead, line)
    _draw_more_flags(opened)
    for line in others:
        st.markdown(line)
    if result.recommendation == "not_ready":
        _draw_first(opened)
    _draw_pending(result)


def _draw_first(opened: Opened) -> None:
    """Draw the way to each question that the headline says to answer, facts by what they ask."""
    for name in answer_first.named_first(opened.result):
        asked = opened.framework.by_id[name]
        lead, words = ("", asked.ask) if asked.is_fact else (name, asked.ask)
        question_link.draw(opened, name, lead, words)


def _draw_named(opened: Opened, name: str, lead: str, line: str) -> None:
    way, words = st.columns([1, 6], vertical_alignment="top")
    with way:
        question_link.draw(opened, name, lead.format(question=name))
    words.markdown(line)


def meaning(result: Result) -> str:
    """Return what the recommendation means and who is to sign."""
    sentence = profile_words.decision_meaning(result)
    return f"{sentence} {signers.to_be_signed(result, plain)}".strip()


def reasons(opened: Opened) -> tuple[list[tuple[str, str, str]], list[str]]:
    """Return what made the recommendation, gravest first, as Markdown paragraphs.

    First what has a question, with its id and what it is: every stop, and the first few flags;
    the page folds the other flags away.
    """
    result, about = opened.result, blocks.subject(opened)
    stops, acting, flags = red_flags.fired(result)
    named = [(name, stops.lead, _stop_line(opened, about, name)) for name in stops.questions]
    named += [(name, acting.lead, _acting_line(about, name)) for name in acting.questions]
    flagged = flags.questions[:FIRST_FLAGS]
    named += [(name, flags.lead, _flag_line(about, name)) for name in flagged]
    lines = []
    if not result.pack_decides:
        kept = _("Answers already given are kept.")
        lines.append(f"**{plain(sections.pack_words(about, result))}** {kept}")
    lines.append(f"**{plain(profile_words.worst_section_sentence(result))}.**")
    if result.challenge:
        lines.append(_challenge_line(result))
    if result.recommendation == "not_ready" and result.open:
        lines.append(_range_line(result))
    return named, lines


def _stop_line(opened: Opened, about: Subject, name: str) -> str:
    line = _flag_line(about, name)
    for override in opened.assessment.overrides:
        if override.question == name:
            words = red_flags.overridden_so_far(about, override, session.today())
            return f"{line} {plain(words)}"
    question = about.framework.by_id[name]
    if question.red_flag is not None and question.red_flag.legal_duty:
        line += " " + _("A legal duty: it can only be met, not overridden.")
    return line


def _acting_line(about: Subject, name: str) -> str:
    flag = about.framework.by_id[name].red_flag
    start = about.framework.tier(flag.stop_from_tier or 1).label if flag else ""
    words = _("It stops the purchase from {tier} up, and the tier is not certain yet.")
    return f"{_flag_line(about, name)} {words.format(tier=plain(start))}"


def _flag_line(about: Subject, name: str) -> str:
    return plain(asked_and_answered(about, about.framework.by_id[name]))


def _challenge_line(result: Result) -> str:
    names = [
        f"{plain(short_title(section))} {plain(profile_words.section_in_short(result, scored))}"
        for section in result.framework.sections
        if section.role == "challenge" and (scored := result.sections[section.id]) is not None
    ]
    call, challenge = _("Challenge the purchase."), _(profile_words.CHALLENGE)
    return f"**{call}** {challenge} {'; '.join(names)}."


def _range_line(result: Result) -> str:
    between = profile_words.still_possible(result)
    return ngettext(
        "**Not settled.** {n} answer is open. The recommendation so far: {between}.",
        "**Not settled.** {n} answers are open. The recommendation so far: {between}.",
        len(result.open),
    ).format(n=grouped(len(result.open)), between=between)


def _draw_more_flags(opened: Opened) -> None:
    *_others, flags = red_flags.fired(opened.result)
    rest = flags.questions[FIRST_FLAGS:]
    if rest:
        label = counted(len(rest), "{n} more flag fired", "{n} more flags fired")
        with st.expander(label, type="compact"):
            for name in rest:
                _draw_named(opened, name, flags.lead, _flag_line(blocks.subject(opened), name))


def _draw_pending(result: Result) -> None:
    stops, flags = (group.questions for group in red_flags.pending(result))
    label = counted(len(stops), "{n} stop may still fire", "{n} stops may still fire")
    _draw_pending_items(result, label, stops)
    label = counted(len(flags), "{n} flag may still fire", "{n} flags may still fire")
    _draw_pending_items(result, label, flags)


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
    return listed([in_quotes(plain(label)) for label in labels], "or")


# The sections in a grid: a whole number, the band in words, and how far it moved.


def _draw_grid(opened: Opened) -> None:
    """Draw a cell for each section that is scored, in reading order."""
    result = opened.result
    moved = forms.advice(opened, "moved", lambda: _moved(opened))
    st.subheader(_("The sections"), anchor=False)
    with st.grid(min_column_width=205, gap="small", key="sections-grid"):
        for section in result.framework.sections:
            if section.id in result.sections:
                with st.container(border=True, gap=None):
                    st.markdown(_cell(result, section.id, moved.get(section.id, "")))
    st.caption(_("Residual risk: 0 is no risk found, 100 the worst."))


def _cell(result: Result, name: str, moved: str) -> str:
    """Return one section as Markdown: its name, its figure, its band, how far it moved."""
    framework, scored = result.framework, result.sections[name]
    title = plain(short_title(framework.section(name)))
    if scored is None:
        return f"{title}  \n{badge(_('not scored'))}"
    look = band_look(framework.policy, scored.band.high)
    band = badge(profile_words.band_range(framework, scored.band), look)
    figure = profile_words.whole_range(framework.policy, scored.residual)
    words = f"{title}  \n**{plain(figure)}** {band}"
    return f"{words}  \n:gray[{plain(moved)}]" if moved else words


def _moved(opened: Opened) -> Mapping[str, str]:
    """Return in words how far each section moved since the look it follows; empty without one."""
    if not opened.assessment.replaces or opened.is_preview:
        return {}
    before = look_before(session.store(), opened.assessment, opened.framework)
    if before is None:
        return {}
    try:
        found = trend(*before, opened.framework, opened.assessment.answer_set)
    except UsageError:
        return {}
    shifts = {each.id: each.figures["residual"].central.whole for each in found.sections}
    return {name: moved_words(Fraction(by)) for name, by in shifts.items() if by is not None}


def moved_words(by: Fraction) -> str:
    """Return how far a figure moved, in whole points."""
    points = round(by)
    if not points:
        return _("no change")
    words = _("{n} better than last time") if points < 0 else _("{n} worse than last time")
    return words.format(n=abs(points))
