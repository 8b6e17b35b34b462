"""What changed in the portfolio since a day, as a page to print: the monthly page."""

from __future__ import annotations

from collections.abc import Sequence

from procurement_risk.canonical import digest_of
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.language import _, current
from procurement_risk.language.phrases import counted, day
from procurement_risk.portfolio import changed_words
from procurement_risk.portfolio.changed import Event
from procurement_risk.report import foot
from procurement_risk.report.page import EVERYTHING, Line, Page, Part, Points
from procurement_risk.report.parts import notice


def changed_page(events: Sequence[Event], since: str, today: str) -> Page:
    """Return the page; it takes as many sheets as it needs."""
    made_up = any(event.item is not None and event.item.fictional for event in events)
    lines = [
        [event.kind, changed_words.name(event), changed_words.words(event)] for event in events
    ]
    return Page(
        kind=_("What changed"),
        title=_("The portfolio since {day}").format(day=day(since)),
        subtitle=_("Until {day}").format(day=day(today)),
        notice=notice(made_up),
        headline=counted(len(events), "{n} change", "{n} changes"),
        headline_lead=_("What changed"),
        meaning=changed_words.summary(events),
        top=(),
        parts=tuple(
            _part(changed_words.title(kind), of)
            for kind, of in changed_words.by_kind(events).items()
        ),
        foot=foot.lines(f"{SOFTWARE}.", digest_of(lines)),
        language=current(),
        day=today,
    )


def _part(title: str, events: Sequence[Event]) -> Part:
    lines = tuple(
        Line(
            EVERYTHING.said(changed_words.words(event)),
            EVERYTHING.called(changed_words.name(event)),
        )
        for event in events
    )
    return Part(title=title, blocks=(Points(items=lines),))
