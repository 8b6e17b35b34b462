"""The slides of one assessment, which its leadership page gives."""

from __future__ import annotations

from collections.abc import Sequence

from procurement_risk.exports.export import Export, Exported
from procurement_risk.exports.sealed import Matter, matter_of
from procurement_risk.exports.slides.deck import MEDIA_TYPE, ROOM, deck_of
from procurement_risk.language import N_


def write(assessments: Sequence[Exported]) -> bytes:
    """Return the slides of one assessment; the assessment it follows may stand second.

    Raises:
        UsageError: If there are others.
    """
    return pptx(matter_of(assessments))


def pptx(matter: Matter) -> bytes:
    """Return the slides of what a leadership page is made from."""
    from procurement_risk.exports.slides.writing import write as written  # with the charts

    return written(deck_of(matter.page(ROOM)))


EXPORT = Export(
    name="pptx",
    title=N_("Slides (PowerPoint)"),
    purpose=N_("For a meeting: the leadership page as slides, with charts that can be edited."),
    ending="pptx",
    media_type=MEDIA_TYPE,
    use="leadership",
    one_each=True,
    write=write,
    wants=frozenset({"words", "earlier", "portfolio"}),
)
