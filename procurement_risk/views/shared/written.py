"""The file that a page gives of assessments in a format, in the languages of the visit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from procurement_risk import language as languages
from procurement_risk.exports import Export
from procurement_risk.exports.gather import gather
from procurement_risk.views.shared import offered, session


def written(export: Export, ids: Sequence[str], language: str) -> bytes:
    """Return the file, with frameworks in ``language`` where the format wants words."""
    worded = partial(offered.in_language, code=language)
    return export.write(gather(session.store(), ids, export.wants, worded))


def when_asked(export: Export, ids: Sequence[str]) -> Callable[[], bytes]:
    """Return what writes the file once somebody asks for it."""
    words, texts = session.language(), session.wanted_language()

    def build() -> bytes:
        # Streamlit calls this in a thread of its own, where no language is in use yet.
        languages.use(words)
        return written(export, ids, texts)

    return build
