"""From ids of assessments in a store to what a format is written from.

Store, ids -> gather -> Exported, ... -> Export.write
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from procurement_risk.exports.earlier import look_before
from procurement_risk.exports.export import Exported, KeptFile, Wanted
from procurement_risk.framework import Framework
from procurement_risk.portfolio import kept as portfolio_store
from procurement_risk.report.portfolio import facts_of
from procurement_risk.storage import HistoryEntry, Store, Stored

Worded = Callable[[Framework], Framework]


def gather(
    store: Store,
    ids: Iterable[str],
    wants: Collection[Wanted] = (),
    worded: Worded = lambda framework: framework,
) -> list[Exported]:
    """Return what to export of each assessment, in the order of ``ids``.

    Args:
        store: Where they are.
        ids: Which.
        wants: What the format makes use of.
        worded: Gives a framework in the language of a format that wants words.

    Raises:
        NotFound: If one of them is not there.
    """
    put = worded if "words" in wants else (lambda framework: framework)
    if "history" in wants:
        found = (store.load_with_history(each) for each in ids)
    else:
        found = ((stored, []) for stored in store.load_many(ids))
    return [_exported(store, stored, lines, wants, put) for stored, lines in found]


def _exported(
    store: Store,
    stored: Stored,
    lines: Collection[HistoryEntry],
    wants: Collection[Wanted],
    worded: Worded,
) -> Exported:
    assessment = stored.assessment
    before = look_before(store, assessment, stored.framework) if "earlier" in wants else None
    items = portfolio_store.items_of(store) if "portfolio" in wants else ()
    exported = Exported(
        assessment,
        worded(stored.framework),
        earlier=(worded(before[0]), before[1]) if before else None,
        portfolio=facts_of(items, assessment) if "portfolio" in wants else None,
        history=tuple(lines),
        files=tuple(_files(store, assessment.id)) if "files" in wants else (),
    )
    return exported.of(store.whose(stored.framework))


def _files(store: Store, assessment_id: str) -> Iterator[KeptFile]:
    for each in store.returns_into(assessment_id):
        content = store.kept_file(each.digest)
        yield KeptFile(name=each.name, sha256=each.digest, by=each.by, at=each.at, content=content)
