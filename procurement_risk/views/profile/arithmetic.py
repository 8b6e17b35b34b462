"""The arithmetic, spelled out so that a reader can do it again: a sum for each section."""

from __future__ import annotations

import streamlit as st

from procurement_risk.assessment.words import state_label
from procurement_risk.framework import GRADES, Tier
from procurement_risk.framework.words import band_label, decision, short_title
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.phrases import after_colon, listed
from procurement_risk.language.text import plain
from procurement_risk.methods.sections import SectionScore
from procurement_risk.methods.values import Quarters, QuestionValue, evidence_grade
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import words as profile_words
from procurement_risk.profile.sums import FIGURES, lines, points
from procurement_risk.views.shared import tables
from procurement_risk.views.shared.session import Opened

TARGETS = {
    "proposed": N_("proposed to {option}"),
    "agreed": N_("agreed to {option}"),
    "verified": N_("verified to {option}"),
}


def draw(opened: Opened) -> None:
    """Draw the sums of every section, each folded away until wanted."""
    result = opened.result
    st.markdown(
        _(
            "Each answer counts from 0 (best) to {worst} (worst). A section's score is "
            "100 × the sum of weight × value ÷ ({worst} × the sum of the weights). **Claimed** "
            "believes every answer, **inherent** raises those whose evidence is too weak for the "
            "tier, **residual** is what is left after mitigations. An open answer counts for its "
            "best option at best and its worst option at worst. Three numbers in a table are its "
            "value at best / in the middle / at worst."
        ).format(worst=result.framework.scale_max)
    )
    if result.framework.policy.core_pack:
        st.markdown(
            _(
                "The core questions are also scored alone. Where they come out worse than all "
                "questions together, they count: more questions never make a section look better."
            )
        )
    _draw_bands(result)
    for section in result.framework.sections:
        if section.id not in result.sections:
            continue
        scored = result.sections[section.id]
        title = plain(short_title(section))
        words = plain(profile_words.section_words(result, scored))
        folded = st.expander(
            after_colon(f"**{title}**", words), key=f"sums:{section.id}", on_change="rerun"
        )
        if folded.open:
            with folded:
                _draw_section(result, scored, title)


def _draw_bands(result: Result) -> None:
    framework = result.framework
    bands = framework.policy.bands
    starts = _("{band} from {start}")
    cuts = listed([starts.format(band=band.label, start=band.start) for band in bands])
    flagged = band_label(framework, framework.policy.flag_band)
    st.markdown(
        _(
            "Bands: {bands}. A score on a cut is in the worse band. A fired stop or flag makes "
            "its section at least {band}."
        ).format(bands=plain(cuts), band=plain(flagged))
    )
    tiers = [framework.tier(n) for n in sorted({result.tier.low, result.tier.high})]
    floors = plain(" ".join(_floors(tier) for tier in tiers))
    st.markdown(f"{floors} {_help(framework.policy.agreed_mitigation_helps)}")
    rows = [[band.label, *(decision(tier.decisions[band.id]) for tier in tiers)] for band in bands]
    columns = [_("Worst decisive section"), *(tier.label for tier in tiers)]
    tables.draw(_("The decision for the worst band"), columns, rows)


def _help(points_off: int) -> str:
    return ngettext(
        "An agreed mitigation takes off at most {n} point, a verified one brings the value down "
        "to its target.",
        "An agreed mitigation takes off at most {n} points, a verified one brings the value down "
        "to its target.",
        points_off,
    ).format(n=points_off)


def _floors(tier: Tier) -> str:
    """Return what thin evidence counts for at a tier, as one sentence."""
    least = [
        _("{grade} for {floor}").format(grade=grade, floor=floor)
        for grade, floor in zip(GRADES, tier.floors, strict=True)
        if floor
    ]
    if least:
        words = _("At {tier} an answer counts at least, by its evidence: {floors}.")
    else:
        words = _("At {tier} an answer counts as it stands, whatever the evidence.")
    return words.format(tier=tier.label, floors=", ".join(least))


def _draw_section(result: Result, scored: SectionScore | None, title: str) -> None:
    if scored is None:
        st.markdown(_("Nothing in this section applies, so it is not scored."))
        return
    figures = [profile_words.figure_label(name) for name in FIGURES]
    columns = [_("Question"), _("Answer"), _("Weight"), *figures]
    alt = _("What each question of {section} counts for").format(section=title)
    tables.draw(alt, columns, [_row(result, value) for value in scored.values])
    for line in lines(scored, result.framework.scale_max):
        st.text(line)


def _row(result: Result, value: QuestionValue) -> list[str]:
    figures = [_figure(getattr(value, name)) for name in FIGURES]
    name = value.question.id
    if not value.mandatory:
        name = _("{question} (may not apply)").format(question=name)
    return [name, _answer(result, value), str(value.question.weight), *figures]


def _figure(quarters: Quarters) -> str:
    if quarters.low == quarters.high:
        return points(quarters.low)
    return f"{points(quarters.low)} / {points(quarters.central)} / {points(quarters.high)}"


def _answer(result: Result, value: QuestionValue) -> str:
    question = value.question
    answer = result.answer_set.answers.get(question.id)
    mitigation = {m.question: m for m in result.answer_set.mitigations}.get(question.id)
    if answer is None or value.is_open:
        words = state_label(answer.state if answer else "unanswered")
    else:
        words = f"{answer.option}, E{evidence_grade(answer, result.answer_set.as_of)}"
    if mitigation is None:
        return words
    target = _(TARGETS[mitigation.status]).format(option=mitigation.target)
    return f"{words}; {target}"
