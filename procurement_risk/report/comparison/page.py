"""The page of a comparison: the law's note, how firm the order is, and what it turns on.

Nothing on it adds suppliers up to one figure that decides: each has its recommendation, its
sections and its open answers beside the figure that orders.
"""

from __future__ import annotations

from collections.abc import Iterator

from procurement_risk.assessment.words import answer_text
from procurement_risk.comparison import Comparison, firmness_words, words
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.framework.words import as_asked, decision
from procurement_risk.language import _, current
from procurement_risk.language.numbers import decimal
from procurement_risk.language.phrases import counted, day, percent
from procurement_risk.language.text import shortened
from procurement_risk.profile import words as profile_words
from procurement_risk.report.comparison import side_by_side
from procurement_risk.report.page import EVERYTHING, ROOMS, Line, Page, Part, Points, Room, Table
from procurement_risk.report.parts import and_more, notice, part


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
            *_apart(comparison, room),
            side_by_side.suppliers(comparison, room),
            _open_answers(comparison, room),
            side_by_side.sections(comparison, room),
            _differences(comparison, room),
            _weights(comparison, room),
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


# The suppliers of a comparison that are not ordered: those stopped, and those not comparable.


def _apart(comparison: Comparison, room: Room) -> Iterator[Part]:
    """Yield those that are stopped and those that cannot be compared, where there are any."""
    if comparison.stopped:
        stopped = tuple(
            Line(
                room.said(" ".join(words.stop_words(entry, result))),
                room.called(entry.assessment.supplier.name),
            )
            for entry, result in comparison.stopped[: room.rows]
        )
        finding = counted(
            len(comparison.stopped),
            "{n} supplier is stopped, and not ordered",
            "{n} suppliers are stopped, and not ordered",
        )
        points = Points(
            items=stopped, more=and_more(len(comparison.stopped) - len(stopped), "compare")
        )
        yield part(_("Stopped, and not ordered"), points, finding=finding)
    if comparison.apart:
        apart = tuple(
            Line(
                room.said(words.apart_reason(each)),
                room.called(each.entry.assessment.supplier.name),
            )
            for each in comparison.apart[: room.rows]
        )
        points = Points(items=apart, more=and_more(len(comparison.apart) - len(apart), "compare"))
        yield part(_("Not comparable with the others"), points)


# What the order of a comparison turns on: open answers, differing answers, and weights.


def _open_answers(comparison: Comparison, room: Room) -> Part:
    """Return the open answers that could move the lead."""
    joint = comparison.firmness.joint
    found = joint.turning if joint else ()
    words_of_each = _("{asked} Of 100, {leader} then comes first in {least} to {most}.")
    items = tuple(
        Line(
            words_of_each.format(
                asked=room.said(as_asked(each.question)),
                leader=room.called(comparison.firmness.leader),
                least=firmness_words.of_hundred(each.least),
                most=firmness_words.of_hundred(each.most),
            ),
            room.called(each.whose),
        )
        for each in found[: room.rows]
    )
    finding = counted(
        len(found), "{n} open answer moves the lead", "{n} open answers move the lead"
    )
    return part(
        _("What the open answers could turn"),
        Points(items=items, more=and_more(len(found) - len(items), "compare")),
        nothing=_("No open answer moves the lead."),
        finding=finding if items else "",
    )


def _differences(comparison: Comparison, room: Room) -> Part:
    """Return the questions that the suppliers answer differently."""
    found = comparison.differences
    shown = found[: room.rows]
    labels = tuple(room.called(each.label) for each in comparison.candidates)
    table = Table(
        title=_("The questions on which they differ, the widest effect first"),
        columns=(_("Question"), _("Effect"), *labels),
        rows=tuple(
            (
                room.said(as_asked(each.question)),
                decimal(each.effect),
                *(room.called(answer_text(each.question, a)) for a in each.answers),
            )
            for each in shown
        ),
        widths=(8, 2, *(5 for __ in labels)),
        more=and_more(len(found) - len(shown), "compare"),
    )
    finding = counted(
        len(found),
        "They answer {n} question differently",
        "They answer {n} questions differently",
    )
    return part(
        _("Where they differ"),
        table,
        nothing=_("They give the same answers to every question."),
        finding=finding if shown else "",
    )


def _weights(comparison: Comparison, room: Room) -> Part:
    """Return how far weights must move before another supplier draws level."""
    title, never = _("How far weights must move"), _("never, whatever the weights")
    table = Table(
        title=title,
        columns=(_("Supplier"), _("Draws level once weights move by")),
        rows=tuple(
            (
                room.called(name),
                never if moved is None else percent(words.share_percent(moved)),
            )
            for name, moved in comparison.firmness.rivals.items()
        ),
        widths=(5, 5),
    )
    finding = room.said(firmness_words.until(comparison.firmness).rstrip("."))
    return Part(title=title, blocks=(table,), finding=finding)
