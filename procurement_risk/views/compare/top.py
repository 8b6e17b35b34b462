"""The top of the Compare page: what is stopped, then one sentence, one chart and one table."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from procurement_risk.comparison import Candidate, Comparison, firmness_words, words
from procurement_risk.comparison.comparable import Sorted
from procurement_risk.comparison.evidence import strong_share
from procurement_risk.framework.words import short_title
from procurement_risk.language import _
from procurement_risk.language.numbers import decimal
from procurement_risk.language.phrases import day, listed, percent
from procurement_risk.language.text import plain
from procurement_risk.profile import words as profile_words
from procurement_risk.profile.looks import decision_look
from procurement_risk.views.compare import parts
from procurement_risk.views.shared import session, tables


def stopped(found: Sorted) -> None:
    """Draw the assessments with a stop that has fired, each with the reason."""
    if not found.stopped:
        return
    st.subheader(_("Stopped, and not ordered"), anchor=False)
    for entry, result in found.stopped:
        lines = [plain(line) for line in words.stop_words(entry, result)]
        st.error(f"**{plain(entry.assessment.supplier.name)}.** {' '.join(lines)}")


def apart(found: Sorted) -> None:
    """Draw the assessments that cannot be compared with the others, each with the reason."""
    if not found.apart:
        return
    st.subheader(_("Not comparable with the others"), anchor=False)
    lines = []
    for each in found.apart:
        assessment = each.entry.assessment
        lines.append(
            _("- **{supplier}**, as of {date}: {reason}.").format(
                supplier=plain(assessment.supplier.name),
                date=day(assessment.answer_set.as_of),
                reason=plain(words.apart_reason(each)),
            )
        )
    st.markdown("\n".join(lines))


def draw(comparison: Comparison) -> None:
    """Draw the sentence, the chart and the table."""
    firmness = comparison.firmness
    with st.container(border=True):
        st.header(plain(firmness_words.verdict(firmness).rstrip(".")), anchor=False)
        st.markdown(plain(firmness_words.order_sentences(firmness)))
        notes = [words.may_turn(comparison)]
        notes += [words.dominated(comparison, each) for each in comparison.candidates]
        for note in filter(None, [*notes, *words.pending_stops(comparison)]):
            st.markdown(plain(note))
    parts.draw_chart(comparison, "compared_sections")
    tables.draw_frame(_("The suppliers side by side"), table(comparison))
    _draw_ways_on(comparison)


def table(comparison: Comparison) -> pd.DataFrame:
    """Return a row for each supplier. No figure stands alone: what was found is beside it."""
    rows = [_row(candidate) for candidate in comparison.candidates]
    columns = [
        _("Supplier"),
        _("Recommendation"),
        _("Worst section"),
        _("Ordering figure"),
        _("Stops pending"),
        _("Flags fired"),
        _("Open answers"),
        _("Weight on strong evidence (E3, E4)"),
    ]
    found = pd.DataFrame(rows, columns=columns)
    if comparison.draws_open_answers:
        first = [firmness_words.interval(comparison.firmness, place) for place in range(len(rows))]
        found.insert(1, _("First in, of 100"), first)
    return found


def _row(candidate: Candidate) -> list[str]:
    result = candidate.result
    flags = result.red_flags
    worst = [
        short_title(result.framework.section(name)) + f" ({_score(candidate, name)})"
        for name in candidate.worst
    ]
    return [
        candidate.label,
        f"{decision_look(result.recommendation).sign} {profile_words.recommendation(result)}",
        listed(worst),
        words.index_words(candidate),
        listed(list(flags.stops_pending)) or _("none"),
        listed(list(flags.flags_fired)) or _("none"),
        str(len(result.open)),
        percent(decimal(100 * strong_share(result))),
    ]


def _score(candidate: Candidate, section: str) -> str:
    scored = candidate.section(section)
    return profile_words.section_words(candidate.result, scored)


def _draw_ways_on(comparison: Comparison) -> None:
    with st.container(horizontal=True):
        for candidate in comparison.candidates:
            label = _("Risk profile of {supplier}").format(supplier=plain(candidate.label))
            session.link("profile", label, assessment=candidate.id)
