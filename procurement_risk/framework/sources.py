"""What a questionnaire rests on: how far each source was checked, and how long ago."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from procurement_risk.framework.model import Framework, Source
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import label

MARKS: Mapping[str, str] = {
    "primary": N_("read in the original"),
    "commentary": N_("read in an account"),
    "background": N_("background, not read"),
    "": N_("not in the list of sources"),
}
"""How far a source was checked, by ``Source.checked``: the one mark, wherever it is shown."""


def mark(source: Source | None) -> str:
    """Return how far ``source`` was checked; None: of a citation that names none."""
    return label(MARKS, source.checked if source else "")


def marked(framework: Framework, text: str) -> str:
    """Return the citation ``text`` with how far its source was checked.

    A framework that lists no sources marks none.
    """
    if not framework.sources:
        return text
    return _("{text} ({mark})").format(text=text, mark=mark(framework.source_of(text)))


def cited(framework: Framework, text: str) -> str:
    """Return the citation ``text`` in full: what ``marked`` gives, the instrument, its status."""
    source = framework.source_of(text)
    about = ", ".join(part for part in (source.title, source.status) if part) if source else ""
    said = marked(framework, text)
    return _("{citation}: {about}").format(citation=said, about=about) if about else said


def citations(framework: Framework) -> Mapping[str, tuple[str, ...]]:
    """Return by the id of each source the questions and clauses that cite it, in order."""
    named = [(q.id, text) for q in framework.questions() for text in q.sources]
    named += [(c.heading, text) for c in framework.clauses for text in c.pointers]
    found: dict[str, dict[str, None]] = {source.id: {} for source in framework.sources}
    for owner, text in named:
        source = framework.source_of(text)
        if source:
            found[source.id][owner] = None
    return {source: tuple(owners) for source, owners in found.items()}


def day_of(iso: str) -> date | None:
    """Return the day that ``iso`` is, None where no calendar has it."""
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def is_old(source: Source, today: str) -> bool:
    """Whether ``source`` was last looked at more than a year before the ISO day ``today``."""
    looked, now = day_of(source.looked_at), date.fromisoformat(today)
    if looked is None:
        return False
    return (now.year - looked.year, now.month, now.day) > (1, looked.month, looked.day)
