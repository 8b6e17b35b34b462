"""The words for what the method found: one place, so that no two pages can disagree.

Results go in, plain words come out, in the language in use. Nothing here decides anything.
The tables and sentences in capitals are in English: translate them where they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from procurement_risk.framework import DECISIONS, BandId, Framework, Policy
from procurement_risk.framework.words import band_label, decision, decision_range, short_title
from procurement_risk.language import N_, _, ngettext
from procurement_risk.language.numbers import decimal
from procurement_risk.language.percent import whole
from procurement_risk.language.phrases import from_to, in_quotes, label, listed
from procurement_risk.language.text import shorten
from procurement_risk.methods import AnyResult
from procurement_risk.methods.sections import SectionScore, band_of
from procurement_risk.methods.unasked import unasked
from procurement_risk.methods.values import Range
from procurement_risk.methods.weakest_section import Recommendation, Result
from procurement_risk.methods.worst import decisive, worst_band, worst_section
from procurement_risk.profile.advice import Change
from procurement_risk.profile.answer_first import FIRST_ANSWERS, first_to_answer
from procurement_risk.profile.walkthrough import facts_title

DECISION_MEANINGS: Mapping[Recommendation, str] = {
    "proceed": N_("Nothing found stands in the way at this tier."),
    "conditions": N_(
        "Go ahead once every serious answer has a treatment with an owner, a date and a clause."
    ),
    "escalate": N_("A named senior person has to decide, and record why."),
    "do_not_proceed": N_("As it stands this purchase should not go ahead."),
    "not_ready": N_("The open questions could still change the recommendation."),
}


FINDING_LABELS: Mapping[str, str] = {
    "stop": N_("Stop"),
    "flag": N_("Flag"),
    "high": N_("High-risk answer"),
    "evidence": N_("Thin evidence"),
}


FIGURE_LABELS: Mapping[str, str] = {
    "claimed": N_("Claimed"),
    "inherent": N_("Inherent"),
    "residual": N_("Residual"),
}

RANGE_AND_MARK = N_(
    "A line or bar runs from the best to the worst way the open answers could come out. Its mark "
    "counts each of them half-way, and as worse where nobody knows or the supplier will not say."
)

DUE_DILIGENCE = N_(
    "This is due diligence. A tender is decided only by its published criteria and weights."
)
LIMITS = N_("This is not legal advice, and the method has not been empirically validated.")
CHALLENGE = N_("Is it worth it, is it a duplicate, and who else should be in the deal?")


def decision_meaning(result: Result) -> str:
    """Return what the recommendation means, as one sentence."""
    if result.recommendation == "not_ready" and not result.open:
        too_little = _("Everything asked is answered, but too little was asked to decide.")
        return f"{too_little} {_not_asked(result)}".rstrip()
    return _(DECISION_MEANINGS[result.recommendation])


def _not_asked(result: Result) -> str:
    """Return what is open, is not asked and could settle it; empty where a pack is named."""
    names = () if result.larger_pack else unasked(result)[:FIRST_ANSWERS]
    if not names:
        return ""
    asks = listed([in_quotes(shorten(result.framework.by_id[name].ask)) for name in names])
    return _("Not asked in this pack, or not yet, and still open: {questions}").format(
        questions=asks
    )


def recommendation(result: Result) -> str:
    """Return the headline: ``Escalate: pilot only``, or what a result not ready lies between."""
    if result.recommendation != "not_ready":
        note = tier_note(result)
        words = decision(result.recommendation)
        return f"{words}: {note}" if note else words
    if result.decision_low == result.decision_high:
        return _("Not ready: it is not certain that any decisive question applies")
    return _("Not ready: {between}").format(between=still_possible(result))


def still_possible(result: Result) -> str:
    """Return what the open answers leave: one decision, a range, or what to answer first.

    That everything is still possible tells nobody anything; what to do about it does.
    """
    low, high = result.decision_low, result.decision_high
    first = _first_words(result)
    if (low, high) != (DECISIONS[0], DECISIONS[-1]) or not first:
        return decision_range(low, high)
    return _("nothing settled yet, answer {questions}").format(questions=listed(first))


def _first_words(result: Result) -> list[str]:
    """Return what to answer first: the facts, as their page is called, and some questions."""
    by_id = result.framework.by_id
    names = first_to_answer(result)
    title = in_quotes(facts_title(result.framework))
    facts = [title] if any(by_id[name].is_fact for name in names) else []
    return (facts + [name for name in names if not by_id[name].is_fact])[:FIRST_ANSWERS]


def tier_note(result: Result) -> str:
    """Return the note that stands beside the decision, or empty.

    A note belongs to the decision table, so there is none where a stop, a flag or too small a
    pack decided. Where only one of the possible tiers has it, the tier is named.
    """
    ends = {
        tier: _note_at(result, tier, band)
        for tier, band in (
            (result.tier.low, worst_band(result, "low")),
            (result.tier.high, worst_band(result, "high")),
        )
    }
    notes = set(ends.values())
    if len(notes) == 1:
        return notes.pop()
    parts = [
        _("{note} if {tier}").format(note=note, tier=result.framework.tier(tier).label)
        for tier, note in ends.items()
        if note
    ]
    return "; ".join(parts)


def _note_at(result: Result, number: int, band: BandId) -> str:
    tier = result.framework.tier(number)
    if not result.pack_decides or not band or tier.decisions[band] != result.recommendation:
        return ""
    return tier.notes.get(band, "")


def then(change: Change) -> str:
    """Return what is recommended with one answer changed, and until when it is not ready."""
    if change.recommendation != "not_ready":
        return decision(change.recommendation)
    left, most = list(change.newly_open), 4
    if not left:
        worst = decision(change.decision_high)
        return _("Not ready, at worst {decision}").format(decision=worst)
    named = left if len(left) <= most else [*left[: most - 1], _("others")]
    words = ngettext(
        "Not ready until {questions} is answered",
        "Not ready until {questions} are answered",
        len(left),
    )
    return words.format(questions=listed(named))


def worst_section_sentence(result: AnyResult) -> str:
    """Return which decisive section is worst: its residual, a whole number, and its band."""
    worst = worst_section(result)
    if worst is None:
        return _("No decisive section is scored")
    if all(scored.complete == 0 for __, scored in decisive(result)):
        return _("Nothing is answered yet, so any section could still be the worst")
    section, scored = worst
    if all(other.complete == 1 for __, other in decisive(result)):
        sentence = _("{section} is the worst section: residual {score}")
    else:
        sentence = _("{section} looks worst so far: residual {score}")
    score = section_in_short(result, scored)
    return sentence.format(section=short_title(section), score=score)


def section_words(result: AnyResult, scored: SectionScore | None) -> str:
    """Return ``63.0, High``, ``28.0 to 46.5, Moderate`` or ``not scored``.

    Where a fired stop or flag has settled a band above the one the score alone gives, it says so.
    """
    if scored is None:
        return _("not scored")
    return _with_band(result, scored, percent_range(scored.residual))


def section_in_short(result: AnyResult, scored: SectionScore | None) -> str:
    """Return the same in whole numbers, as for whoever decides: ``63, High``."""
    if scored is None:
        return _("not scored")
    return _with_band(result, scored, whole_range(result.framework.policy, scored.residual))


def _with_band(result: AnyResult, scored: SectionScore, score: str) -> str:
    policy, band = result.framework.policy, band_range(result.framework, scored.band)
    settled = scored.band.low == scored.band.high
    if settled and band_of(policy, scored.residual.high) != scored.band.high:
        return _("{score}, raised to {band}").format(score=score, band=band)
    return _("{score}, {band}").format(score=score, band=band)


def percent_range(figure: Range[Fraction]) -> str:
    """Return ``28.0 to 46.5``, or one number where both ends read the same."""
    return from_to(decimal(figure.low), decimal(figure.high))


def whole_range(policy: Policy, figure: Range[Fraction]) -> str:
    """Return ``28 to 47``, in whole numbers; none reads as a band that it does not reach."""
    return from_to(*(_whole(policy, end) for end in (figure.low, figure.high)))


def _whole(policy: Policy, figure: Fraction) -> str:
    rounded = whole(figure)
    if band_of(policy, Fraction(rounded)) == band_of(policy, figure):
        return rounded
    return f"{figure.numerator // figure.denominator}"


def band_range(framework: Framework, band: Range[BandId]) -> str:
    """Return ``High``, or ``Low to High`` where it is not settled."""
    return from_to(band_label(framework, band.low), band_label(framework, band.high))


def tier_range(framework: Framework, tier: Range[int]) -> str:
    """Return ``Tier II``, or ``Tier II to III`` where it is not settled."""
    low, high = framework.tier(tier.low).label, framework.tier(tier.high).label
    if low == high:
        return low
    first, __, rest = high.partition(" ")
    return from_to(low, rest if rest and low.startswith(f"{first} ") else high)


def stakes(result: Result) -> str:
    """Return the tier, or the tiers it lies between."""
    return tier_range(result.framework, result.tier)


def figure_label(figure: str) -> str:
    """Return the word for one of a section's three figures."""
    return label(FIGURE_LABELS, figure)


def finding_kind(kind: str) -> str:
    """Return the words for what makes an answer a finding."""
    return label(FINDING_LABELS, kind)
