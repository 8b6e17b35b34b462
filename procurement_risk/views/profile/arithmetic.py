"""The arithmetic, spelled out so that a reader can do it again with pencil and paper.

    score = 100 · Σ(weight · value) ÷ (scale_max · Σ weight)

``add_up`` finds the sum again from the values, so that what is shown is what was reckoned.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import streamlit as st

from procurement_risk.assessment.words import state_label
from procurement_risk.framework import GRADES, Tier
from procurement_risk.framework.words import band_label, decision, short_title
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.numbers import decimal, shown
from procurement_risk.language.phrases import listed
from procurement_risk.language.text import plain
from procurement_risk.methods.sections import SectionScore
from procurement_risk.methods.values import Quarters, QuestionValue, Range, evidence_grade
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile import words as profile_words
from procurement_risk.views.shared import tables
from procurement_risk.views.shared.session import Opened

FIGURES = ("claimed", "inherent", "residual")
ENDS = {"low": N_("at best"), "central": N_("in the middle"), "high": N_("at worst")}
TARGETS = {
    "proposed": N_("proposed to {option}"),
    "agreed": N_("agreed to {option}"),
    "verified": N_("verified to {option}"),
}


@dataclass(frozen=True, slots=True)
class Sum:
    """One section's figure at one end: the questions that count, and what they come to.

    ``counted`` are the questions with their values in quarters of a point. ``core`` says that
    they are the core questions alone, which came out worse than all together.
    """

    counted: tuple[tuple[QuestionValue, int], ...]
    scale_max: int
    core: bool = False

    @property
    def percent(self) -> Fraction:
        """The score, per cent."""
        total = sum(value.question.weight * quarters for value, quarters in self.counted)
        weight = sum(value.question.weight for value, _ in self.counted)
        return Fraction(100 * total, 4 * self.scale_max * weight)

    def spelled_out(self) -> str:
        """Return ``5×4 + 3×1.5 = 24.5; 100 × 24.5 ÷ (4 × 8) = 76.6``."""
        terms = " + ".join(f"{v.question.weight}×{points(q)}" for v, q in self.counted)
        total = points(sum(v.question.weight * q for v, q in self.counted))
        weight = sum(v.question.weight for v, _ in self.counted)
        weights = f"({self.scale_max} × {weight})"
        return f"{terms} = {total}; 100 × {total} ÷ {weights} = {decimal(self.percent)}"


def points(quarters: int) -> str:
    """Return quarters of a point as an exact decimal: 6 becomes ``1.5``."""
    whole, rest = divmod(quarters, 4)
    return shown(f"{whole:,}" + ("", ".25", ".5", ".75")[rest])


def add_up(scored: SectionScore, figure: str, end: str, scale_max: int) -> Sum | None:
    """Return the sum behind one figure at one end; None where nothing certainly applies.

    A question that may yet apply counts at the high end only while it raises the score, at the
    low end only while it lowers it, and never in the middle. Where the core questions alone come
    out worse, it is theirs.
    """

    def at(value: QuestionValue) -> int:
        quarters: Quarters = getattr(value, figure)
        return int(getattr(quarters, end))

    valued = [(value, at(value)) for value in scored.values]
    whole = _counted(valued, end)
    if not whole:
        return None
    core = [(value, quarters) for value, quarters in valued if value.question.id in scored.core]
    alone = _counted(core, end)
    if not alone and core and end == "high":
        alone = [max(core, key=lambda pair: pair[1])]  # at worst it is the only one that applies
    found = Sum(tuple(whole), scale_max)
    other = Sum(tuple(alone), scale_max, core=True) if alone else found
    return other if other.percent > found.percent else found


def _counted(
    valued: Sequence[tuple[QuestionValue, int]], end: str
) -> list[tuple[QuestionValue, int]]:
    """Return which of the questions count at one end, in their order; none if none is certain."""
    counted = [pair for pair in valued if pair[0].mandatory]
    if not counted:
        return []
    perhaps = [pair for pair in valued if not pair[0].mandatory]
    perhaps.sort(key=lambda pair: pair[1], reverse=end == "high")
    for pair in perhaps if end != "central" else ():
        if not _moves(counted, pair[1], end):
            break
        counted.append(pair)
    places = {value.question.id: place for place, (value, _) in enumerate(valued)}
    counted.sort(key=lambda pair: places[pair[0].question.id])
    return counted


def _moves(counted: Sequence[tuple[QuestionValue, int]], quarters: int, end: str) -> bool:
    total = sum(value.question.weight * q for value, q in counted)
    level = quarters * sum(value.question.weight for value, _ in counted)
    return level > total if end == "high" else level < total


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
        folded = st.expander(f"**{title}**: {words}", key=f"sums:{section.id}", on_change="rerun")
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


def lines(scored: SectionScore, scale_max: int) -> list[str]:
    """Return every sum of a section as one line of text; one line where all ends agree."""
    if not scored.has_mandatory:
        return [_("Nothing certainly applies, so the range is 0 to 100 and its middle is 100.")]
    found = []
    for figure in FIGURES:
        label = profile_words.figure_label(figure)
        ends: Range[Fraction] = getattr(scored, figure)
        settled = ends.low == ends.central == ends.high
        for end, words in ENDS.items():
            if settled and end != "central":
                continue
            added = add_up(scored, figure, end, scale_max)
            if added is not None:
                at_end = _("{figure} {end}").format(figure=label, end=_(words))
                name = label if settled else at_end
                if added.core:
                    name = _("{figure}, core questions alone").format(figure=name)
                found.append(f"{name}: {added.spelled_out()}")
    return found
