"""The file that a page gives of assessments in a format, in the languages of the visit."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from procurement_risk import language as languages
from procurement_risk.exports import Export
from procurement_risk.exports.export import saying
from procurement_risk.exports.gather import gather
from procurement_risk.views.shared import offered, session


def written(
    export: Export,
    ids: Sequence[str],
    language: str,
    said: Mapping[str, str] | None = None,
    by: str = "",
) -> bytes:
    """Return the file, with frameworks in ``language`` where the format wants words.

    ``said`` is what somebody gave for the format's extras, and ``by`` who takes it out.
    """
    worded = partial(offered.in_language, code=language)
    found = gather(session.store(), ids, export.wants, worded, what=export.name)
    return export.write(list(saying(found, export, said or {}, by)))


def when_asked(
    export: Export, ids: Sequence[str], said: Mapping[str, str] | None = None
) -> Callable[[], bytes]:
    """Return what writes the file once somebody asks for it."""
    words, texts, by = session.language(), session.wanted_language(), session.actor()

    def build() -> bytes:
        # Streamlit calls this in a thread of its own, where no language is in use yet.
        languages.use(words)
        return written(export, ids, texts, said, by)

    return build
