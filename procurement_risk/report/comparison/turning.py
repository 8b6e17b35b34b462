"""What the order of a comparison turns on: open answers, differing answers, and weights."""

from __future__ import annotations

from procurement_risk.assessment.words import answer_text
from procurement_risk.comparison import Comparison, firmness_words, words
from procurement_risk.framework.words import as_asked
from procurement_risk.language import _
from procurement_risk.language.numbers import decimal
from procurement_risk.language.phrases import counted, percent
from procurement_risk.report.page import Line, Part, Points, Room, Table
from procurement_risk.report.parts import and_more, part


def open_answers(comparison: Comparison, room: Room) -> Part:
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


def differences(comparison: Comparison, room: Room) -> Part:
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


def weights(comparison: Comparison, room: Room) -> Part:
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
