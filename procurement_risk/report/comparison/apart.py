"""The suppliers of a comparison that are not ordered: those stopped, and those not comparable."""

from __future__ import annotations

from collections.abc import Iterator

from procurement_risk.comparison import Comparison, words
from procurement_risk.language import _
from procurement_risk.language.phrases import counted
from procurement_risk.report.page import Line, Part, Points, Room
from procurement_risk.report.parts import and_more, part


def parts(comparison: Comparison, room: Room) -> Iterator[Part]:
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
