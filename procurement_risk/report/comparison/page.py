"""The page of a comparison: the law's note, how firm the order is, and what it turns on.

Nothing on it adds suppliers up to one figure that decides: each has its recommendation, its
sections and its open answers beside the figure that orders.
"""

from __future__ import annotations

from collections.abc import Iterator

from procurement_risk.comparison import Comparison, firmness_words, words
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.framework.words import decision
from procurement_risk.language import _, current
from procurement_risk.language.phrases import counted, day
from procurement_risk.language.text import shortened
from procurement_risk.profile import words as profile_words
from procurement_risk.report.comparison import apart, side_by_side, turning
from procurement_risk.report.page import EVERYTHING, ROOMS, Line, Page, Room
from procurement_risk.report.parts import notice


def comparison_page(comparison: Comparison, digest: str, *, room: Room = ROOMS[0]) -> Page:
    """Return the page. There have to be two candidates.

    Args:
        comparison: The suppliers compared.
        digest: The SHA-256 over the records of all that was looked at.
        room: How much fits; what is left out is counted.
    """
    purchase = comparison.candidates[0].assessment.purchase
    firmness = comparison.firmness
    fictional = any(each.assessment.fictional for each in comparison.candidates)
    suppliers = counted(len(comparison.candidates), "{n} supplier", "{n} suppliers")
    return Page(
        kind=_("Comparison"),
        title=room.said(purchase.title),
        subtitle=f"{room.called(purchase.buyer)} · {suppliers}",
        notice=notice(fictional, _(profile_words.DUE_DILIGENCE)),
        headline=room.said(firmness_words.verdict(firmness).rstrip(".")),
        headline_lead=_("How firm the order is"),
        meaning=shortened(firmness_words.order_sentences(firmness), 2 * room.text),
        top=tuple(Line(room.said(said), lead) for lead, said in _said(comparison)),
        parts=(
            *apart.parts(comparison, room),
            side_by_side.suppliers(comparison, room),
            turning.open_answers(comparison, room),
            side_by_side.sections(comparison, room),
            turning.differences(comparison, room),
            turning.weights(comparison, room),
        ),
        foot=_foot(comparison, digest),
        language=current(),
        day=max(each.result.answer_set.as_of for each in comparison.candidates),
    )


def _said(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """Yield what counts for the order, what may not, and what else is to be known of it."""
    found = (
        (_("In a tender"), [words.view_note(comparison), words.ranking_warning(comparison)]),
        (_("Open answers"), [words.may_turn(comparison)]),
        (
            _("Section by section"),
            [words.dominated(comparison, each) for each in comparison.candidates],
        ),
        (_("Stops pending"), words.pending_stops(comparison)),
    )
    for lead, sentences in found:
        if said := " ".join(filter(None, sentences)):
            yield lead, said


def _foot(comparison: Comparison, digest: str) -> tuple[str, ...]:
    first = comparison.candidates[0]
    framework = first.result.framework
    each = [
        _("{supplier} as of {date}: {decision}").format(
            supplier=EVERYTHING.called(candidate.label),
            date=day(candidate.result.answer_set.as_of),
            decision=decision(candidate.result.recommendation),
        )
        for candidate in comparison.candidates
    ]
    basis = _(
        "{each}. {framework}, version {version}. Weights drawn from {seed}. {software}."
    ).format(
        each="; ".join(each),
        framework=EVERYTHING.called(framework.title),
        version=framework.version,
        seed=comparison.seed,
        software=SOFTWARE,
    )
    sealed = _("SHA-256 over the records compared: {digest}").format(digest=digest)
    return (_(profile_words.LIMITS), shortened(basis, 600), sealed)
