"""What is said of a framework's file alone: a record or pack that holds the same is still read."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from procurement_risk.framework.checks.faults import Fault
from procurement_risk.framework.sources import day_of
from procurement_risk.language import _
from procurement_risk.language.text import shorten


def sections_among_questions(document: object, faults: list[Fault]) -> list[Fault]:
    """Return ``faults`` with one alone for each section that stands among questions."""
    sections = document.get("sections") if isinstance(document, dict) else None
    for number, section in enumerate(sections if isinstance(sections, list) else ()):
        asked = section.get("questions") if isinstance(section, dict) else None
        for place, each in enumerate(asked if isinstance(asked, list) else ()):
            if not isinstance(each, dict) or not isinstance(each.get("questions"), list):
                continue
            path = ("sections", number, "questions", place)
            faults = [fault for fault in faults if fault.path[:4] != path]
            message = _(
                "A section stands among the questions of another: begin it as far to the left as "
                "the sections above."
            )
            faults.append(Fault(path, message))
    return faults


def extends_misspelt(document: object) -> list[Fault]:
    """Return the fault of an overlay whose ``extends`` is misspelt, and nothing that it lacks."""
    names = document.keys() if isinstance(document, dict) else ()
    if "policy" in names and "method" in names:
        return []
    for name in names:
        if get_close_matches(str(name).lower(), ["extends"], 1, 0.75):
            message = _('There is no key "{name}" here: did you mean "extends"?')
            return [Fault((name,), message.format(name=shorten(str(name))))]
    return []


def days_of_no_calendar(document: object) -> Iterator[Fault]:
    """Yield each source that was looked at on a day that no calendar has, such as 31 November."""
    sources = document.get("sources") if isinstance(document, dict) else None
    for number, source in enumerate(sources if isinstance(sources, list) else ()):
        day = source.get("looked_at") if isinstance(source, dict) else None
        # Whatever else is wrong with a day, the shape has spoken about.
        if isinstance(day, str) and day[4:5] + day[7:8] == "--" and day_of(day) is None:
            message = _('There is no day "{day}": write one that the calendar has.')
            yield Fault(("sources", number, "looked_at"), message.format(day=day))


def misnamed(document: object, stem: str) -> list[Fault]:
    """Return the fault of an id that is not ``stem``, the name of the file; none where empty."""
    name = document.get("id") if isinstance(document, dict) else None
    if not stem or not isinstance(name, str) or name == stem:
        return []
    message = _('"id" must be the file\'s name without .yaml: write id: {id}, or rename the file.')
    return [Fault(("id",), message.format(id=stem))]
