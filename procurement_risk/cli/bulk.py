"""What the commands ``export``, ``import`` and ``verify`` do with many assessments, or a ZIP."""

from __future__ import annotations

import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from procurement_risk.cli.shared import actor, fail, of_file, read, store, store_url
from procurement_risk.cli.terminal import number_of, say, write_over
from procurement_risk.errors import Problem, ProcurementRiskError

if TYPE_CHECKING:
    from procurement_risk.exports import Export, Exported
    from procurement_risk.exports.bulk import Told
    from procurement_risk.imports.bulk import Report


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write that takes the name ``path`` once all is in it, and else vanishes."""
    try:
        number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(number, "wb") as file:
            yield file
        if os.name == "posix":  # mkstemp lets nobody else read it; other files follow the umask
            mask = os.umask(0)
            os.umask(mask)
            Path(name).chmod(0o666 & ~mask)
        Path(name).replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        Path(name).unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> ProcurementRiskError:
    reason = error.strerror or "cannot be written"
    return ProcurementRiskError(f"{path}: {reason}. Choose another place.")


def progress(what: str, total: int) -> Told:
    """Return what shows how far something is, on standard error, if that is a terminal."""
    if not sys.stderr.isatty():
        return lambda done: None

    def told(done: int) -> None:
        write_over(f"{what}: {done:,} of {total:,}", is_last=done >= total)

    return told


def export_all(export: Export, output: Path, said: Mapping[str, str], *, archived: bool) -> None:
    """Write every assessment of the store to one file in the format ``export``."""
    from procurement_risk.exports import bulk
    from procurement_risk.exports.export import saying
    from procurement_risk.exports.in_processes import processes_for
    from procurement_risk.exports.made_many import Order, made_many

    held = store()
    chosen = bulk.choose(held, archived=archived)
    if not chosen:
        raise ProcurementRiskError("There is no assessment in the store yet.")
    unread: list[Problem] = []
    facts = bulk.facts_ahead(held, export)
    order = Order(store_url(), export.name, said, actor())

    def write(file: BinaryIO, told: Told) -> tuple[Problem, ...]:
        if order.is_shared and processes_for(len(chosen)) > 1:
            held.exporting([each.id for each in chosen], export.name)
            made = made_many(order, chosen, unread, facts=facts)
            return bulk.write_made(export, made, file, told, unread)
        read = bulk.exported(held, chosen, export, faulty=unread, facts=facts)
        each = saying(read, export, said, order.by)
        return bulk.write_many(export, each, file, told, unread)

    _write(output, len(chosen), write)


def write_several(export: Export, output: Path, found: list[Exported]) -> None:
    """Write assessments that were named one by one."""
    from procurement_risk.exports import bulk
    from procurement_risk.exports.export import stem_of

    def name(each: Exported) -> str:
        return stem_of(each.assessment.id, each.assessment.purchase, each.assessment.supplier)

    in_order = sorted(found, key=name)
    _write(output, len(found), lambda file, told: bulk.write_many(export, in_order, file, told))


def _write(
    output: Path, total: int, write: Callable[[BinaryIO, Told], tuple[Problem, ...]]
) -> None:
    """Write several assessments to one file, and say how large it is and what is at fault."""
    with whole_file(output) as file:
        faulty = write(file, progress("Written", total))
        size = file.tell()
    written = number_of(total - len(faulty), "assessment", "assessments")
    say(f"{output}: {written}, {size:,} bytes")
    if faulty:
        say(f"{len(faulty):,} could not be written; the others were:", err=True)
        fail(list(faulty), str(output))


def import_files(files: Iterable[Path], *, replace: bool) -> None:
    """Bring records and ZIPs of records into the store, with a line about each.

    It ends with exit code 1 if one is refused, or would have to write over something.
    """
    from procurement_risk.imports import bulk

    held, counts = store(), Counter[bulk.Outcome]()
    for path in files:
        try:
            given = [(str(path), _read(path))]
        except ProcurementRiskError as error:
            counts["refused"] += 1
            say(of_file(path, error), err=True)
            continue
        told = progress(str(path), bulk.count(given))
        for report in bulk.bring_in(held, bulk.sources(given), actor(), replace=replace):
            counts[report.outcome] += 1
            _say(report)
            told(sum(counts.values()))
    if sum(counts.values()) > 1:
        say(", ".join(f"{bulk.TITLES[name]}: {n:,}" for name, n in sorted(counts.items())))
    if counts["refused"] or counts["would_replace"]:
        raise click.exceptions.Exit(1)


def _read(path: Path) -> bytes | Path:
    """Return the bytes of a record file; a ZIP is read where it lies."""
    from procurement_risk.imports.zip_of_records import is_zip

    start = read(path)
    return path if is_zip(start) else start


def _say(report: Report) -> None:
    if report.outcome in ("refused", "would_replace"):
        for problem in report.problems:
            say(problem.located(report.file), err=True)
    else:
        about = f"questionnaire: {report.whose}, id {report.assessment_id}"
        say(f"{report.file}: {report.outcome}, {about}")
        if report.foreign:
            say(f"{report.file}: {report.foreign}", err=True)
        if report.unconfirmed:
            say(f"{report.file}: NOT CONFIRMED: {report.unconfirmed}", err=True)
        if report.likely:
            say(f"{report.file}: {report.likely}", err=True)
