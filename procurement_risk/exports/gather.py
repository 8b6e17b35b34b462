"""From ids of assessments in a store to what a format is written from.

Store, ids -> gather -> Exported, ... -> Export.write
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial

from procurement_risk.errors import Damaged
from procurement_risk.exports.earlier import look_before
from procurement_risk.exports.export import Exported, KeptFile, Wanted
from procurement_risk.framework import Framework
from procurement_risk.portfolio import kept as portfolio_store
from procurement_risk.report.portfolio.facts import PortfolioFacts, facts_of
from procurement_risk.storage import HistoryEntry, Store, Stored
from procurement_risk.storage.history_then import Under, left_behind, under_each

Worded = Callable[[Framework], Framework]
Facts = Callable[[str], PortfolioFacts | None]


def gather(
    store: Store,
    ids: Iterable[str],
    wants: Collection[Wanted] = (),
    worded: Worded = lambda framework: framework,
    damaged: list[Damaged] | None = None,
    what: str = "",
    facts: Facts | None = None,
) -> list[Exported]:
    """Return what to export of each assessment, in the order of ``ids``.

    Args:
        store: Where they are.
        ids: Which.
        wants: What the format makes use of.
        worded: Gives a framework in the language of a format that wants words.
        damaged: Takes why any cannot be read; the others are returned.
        what: The name of the format, for the log of what was taken out.
        facts: Gives what the portfolio says of one; by itself it is asked of all items.

    Raises:
        NotFound: If one of them is not there.
        NotAllowed: If whoever asks may not take one of them out.
        Damaged: If one can no longer be read and ``damaged`` is None.
    """
    ids = list(ids)
    facts = facts or (lambda name: facts_of(portfolio_store.items_of(store), name))
    store.exporting(ids, what)
    put = worded if "words" in wants else (lambda framework: framework)
    exported = []
    for each in ids if "history" in wants else ():
        try:
            exported.append(_exported(store, *store.load_with_history(each), wants, put, facts))
        except Damaged as error:
            _tell(damaged, [error])
    if "history" not in wants:
        read = store.read_many(ids)
        _tell(damaged, read.damaged)
        exported = [_exported(store, stored, [], wants, put, facts) for stored in read.stored]
    return exported


def _tell(damaged: list[Damaged] | None, found: list[Damaged]) -> None:
    if found and damaged is None:
        raise found[0]
    if damaged is not None:
        damaged += found


def _exported(
    store: Store,
    stored: Stored,
    lines: Sequence[HistoryEntry],
    wants: Collection[Wanted],
    worded: Worded,
    facts: Facts,
) -> Exported:
    assessment = stored.assessment
    before = look_before(store, assessment, stored.framework) if "earlier" in wants else None
    exported = Exported(
        assessment,
        worded(stored.framework),
        earlier=(worded(before[0]), before[1]) if before else None,
        portfolio=facts(assessment.id) if "portfolio" in wants else None,
        history=tuple(lines),
        under=_under(store, stored, lines, worded),
        files=tuple(_files(store, assessment.id)) if "files" in wants else (),
        evidence=partial(store.evidence_content, assessment.id) if "evidence" in wants else None,
        names=_names(store, assessment.id) if "names" in wants else frozenset(),
    )
    return exported.of(store.whose(stored.framework))


def _under(
    store: Store, stored: Stored, lines: Sequence[HistoryEntry], worded: Worded
) -> Mapping[int, Under]:
    if not any(map(left_behind, lines)):
        return {}
    left = store.left_frameworks(stored.assessment.id)
    said = {digest: worded(framework) for digest, framework in left.items()}
    return under_each(lines, worded(stored.framework), said.get)


def _names(store: Store, assessment_id: str) -> frozenset[str]:
    return store.supplier_names(assessment_id).get(assessment_id, frozenset())


def _files(store: Store, assessment_id: str) -> Iterator[KeptFile]:
    for each in store.returns_into(assessment_id):
        content = store.kept_file(each.digest)
        yield KeptFile(name=each.name, sha256=each.digest, by=each.by, at=each.at, content=content)
