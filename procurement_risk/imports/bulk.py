"""Many records at once: each is brought in whole or not at all, and each has its line of a report.

What lies in an audit pack comes as ``move`` brings it: with its history and files, and as it was.

files and ZIPs -> sources -> look (writes nothing) -> Report, ...
                          -> bring_in              -> Report, ...
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, Literal

from procurement_risk.assessment import Supplier
from procurement_risk.assessment.record import Record, read_record
from procurement_risk.errors import (
    InvalidDocument,
    Problem,
    ProcurementRiskError,
    UsageError,
    WouldReplace,
)
from procurement_risk.exports import pack_check
from procurement_risk.exports.verify import RECORD
from procurement_risk.framework.versions.whose import foreign_notice, whose_words
from procurement_risk.imports.moved import packed
from procurement_risk.imports.zip_of_records import Source, ZipOfRecords, is_zip
from procurement_risk.language import N_, _
from procurement_risk.methods import score_to_document
from procurement_risk.portfolio.twins import REASONS, likely_twins
from procurement_risk.storage import Store, Whole

Outcome = Literal["created", "moved", "unchanged", "here", "replaced", "would_replace", "refused"]
WRITTEN: frozenset[Outcome] = frozenset({"created", "moved", "replaced"})

TITLES: dict[Outcome, str] = {
    "created": N_("new"),
    "moved": N_("new, with its history"),
    "unchanged": N_("here already, just the same"),
    "here": N_("here already, and changed here since"),
    "replaced": N_("written over what was here"),
    "would_replace": N_("something else is here under its id"),
    "refused": N_("refused"),
}
"""What each outcome is called."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What became of one file, or would.

    Attributes:
        file: Its name.
        outcome: One of ``WRITTEN``; or nothing was written: ``unchanged``, ``here``, ``refused``,
            or ``would_replace`` where something else stands under its id.
        assessment_id: Which assessment it is; empty where it was refused.
        title: What that is about, and the supplier; likewise.
        problems: Every reason why nothing was written.
        whose: Whose its questionnaire is, in words; empty where it was refused.
        foreign: What has to be known of its result where its questionnaire is foreign; or empty.
        likely: Who on file its supplier may be; or empty.
        unconfirmed: What of the audit pack that it lies in could not be compared; or empty.
    """

    file: str
    outcome: Outcome
    assessment_id: str = ""
    title: str = ""
    problems: tuple[Problem, ...] = ()
    whose: str = ""
    foreign: str = ""
    likely: str = ""
    unconfirmed: str = ""


Made = Callable[[Record, Source], Outcome]


def sources(files: Iterable[tuple[str, bytes | Path]]) -> Iterator[Source]:
    """Yield every record in ``files``, which are records or ZIPs of records, by name.

    A ZIP may be given as the path to it, and is then never held as a whole.
    """
    for name, data in files:
        if isinstance(data, bytes) and not is_zip(data):
            yield Source(name, data)
            continue
        with _opened(data) as file:
            try:
                inside = ZipOfRecords(file)
            except UsageError as error:
                yield Source(name, refused=str(error))
                continue
            if not inside.names:
                yield Source(name, refused=_("There is no record in this ZIP."))
            if inside.is_pack:
                place = data if isinstance(data, Path) else file
                judged = pack_check.judge(place)
                if wrong := judged.refusal:
                    yield from (Source(f"{name}/{each}", refused=wrong) for each in inside.names)
                else:
                    yield from _of_pack(name, place, judged.unconfirmed)
                continue
            for each in inside.sources():
                yield Source(f"{name}/{each.name}", each.data, each.refused)


def _of_pack(name: str, place: Path | BinaryIO, unconfirmed: str) -> Iterator[Source]:
    for each in packed(place):
        inside = f"{name}/{each.folder}{RECORD}"
        yield Source(
            inside, each.record, packed=each, place=Path(name).name, unconfirmed=unconfirmed
        )


def _opened(data: bytes | Path) -> BinaryIO:
    return io.BytesIO(data) if isinstance(data, bytes) else data.open("rb")


def count(files: Iterable[tuple[str, bytes | Path]]) -> int:
    """Return how many reports there will be about ``files``."""
    number = 0
    for _name, data in files:
        inside = 1
        if isinstance(data, Path) or is_zip(data):
            with _opened(data) as file, suppress(UsageError):
                inside = len(ZipOfRecords(file).names) or 1
        number += inside
    return number


def look(store: Store, found: Iterable[Source]) -> Iterator[Report]:
    """Yield what bringing each in would do. Nothing is written."""
    twins = LikelyTwins(store)
    return (_report(store, each, partial(_would, store), twins) for each in found)


def _would(store: Store, record: Record, source: Source) -> Outcome:
    whole = source.packed.whole(record) if source.packed is not None else None
    return _would_with(store, record, whole)


def _would_with(store: Store, record: Record, whole: Whole | None) -> Outcome:
    would = store.would_import(record)
    if whole is not None:
        taken = store.would_take_over(whole)
        if taken == "moved":
            return taken
        if taken == "here":
            return "unchanged" if would == "unchanged" else "here"
    return "would_replace" if would == "replaced" else would


def bring_in(
    store: Store, found: Iterable[Source], actor: str, *, replace: bool = False
) -> Iterator[Report]:
    """Bring each in, whole or not at all, and yield what became of it.

    ``replace`` writes over what stands under the same id with another history, which keeps both.
    """

    def outcome(record: Record, source: Source) -> Outcome:
        if source.packed is not None:
            whole = source.packed.whole(record)
            would = _would_with(store, record, whole)
            if would == "moved":
                return store.take_over(whole, source.place, actor)
            if would in ("unchanged", "here"):
                return would
        return store.import_record(record, source.data, actor, replace=replace)

    twins = LikelyTwins(store)
    return (_report(store, each, outcome, twins) for each in found)


def _report(store: Store, source: Source, make: Made, twins: LikelyTwins) -> Report:
    """Return what ``make`` does with the record in ``source``, or why it cannot."""
    report = Report(file=source.name, outcome="refused", unconfirmed=source.unconfirmed)
    if source.refused:
        return replace(report, problems=(Problem("", source.refused),))
    try:
        record = read_record(source.data, score_to_document)
        assessment = record.assessment
        title = f"{assessment.purchase.title} · {assessment.supplier.name}"
        found = store.whose(record.framework)
        report = replace(report, assessment_id=assessment.id, title=title)
        report = replace(report, whose=whose_words(found), foreign=foreign_notice(found))
        likely = twins.of(assessment.supplier)
        return replace(report, outcome=make(record, source), likely=likely)
    except InvalidDocument as error:
        return replace(report, problems=error.problems)
    except ProcurementRiskError as error:
        outcome: Outcome = "would_replace" if isinstance(error, WouldReplace) else "refused"
        return replace(report, outcome=outcome, problems=(Problem("", str(error)),))


# Who on file the suppliers of what is brought in are likely, said with each report.

_MOST_LOOKED = 200
"""How many suppliers of one import are compared with those on file."""


class LikelyTwins:
    """Says it once for each supplier, of those that were on file before the import began."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known = store.suppliers()
        self._looked: set[Supplier] = set()

    def of(self, supplier: Supplier) -> str:
        """Return a sentence about the likeliest, or empty: none, told before, or too many."""
        if supplier in self._looked or len(self._looked) >= _MOST_LOOKED:
            return ""
        self._looked.add(supplier)
        meant = self._store.meant_suppliers(supplier)
        numbers = supplier.spelling.numbers
        found = likely_twins([supplier.name], numbers, self._known, meant)
        if not found:
            return ""
        return _(
            "{supplier} may be {other}, which is on file: it has {reason}. They stay apart "
            "unless somebody joins them on the Supplier page."
        ).format(
            supplier=supplier.name,
            other=found[0].supplier.name,
            reason=_(REASONS[found[0].reason]),
        )
