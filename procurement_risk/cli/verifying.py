"""What the command ``verify`` says beside whether a record or a pack holds."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING

from procurement_risk.cli.shared import of_file, read, whose
from procurement_risk.cli.terminal import say
from procurement_risk.cli.verifying_store import FAILS, HOLDS, is_database, verify_database
from procurement_risk.errors import InvalidDocument, ProcurementRiskError

if TYPE_CHECKING:
    from procurement_risk.framework import Framework

UNCONFIRMED = 3
"""How ``verify`` ends where what was checked holds, and something of it could not be checked."""

MOST_SHOWN = 40
"""How many differences of a foreign questionnaire are listed."""


def say_whose(path: Path | str, framework: Framework) -> bool:
    """Say whose a questionnaire is and how a foreign one differs; return whether it is known."""
    from procurement_risk.framework.versions.compare import change_line
    from procurement_risk.framework.versions.whose import whose_words

    found = whose(framework)
    say(f"{path}: the questionnaire {framework.id} is {whose_words(found)}")
    # What could move a result first: a forger hides that behind many harmless changes.
    changes = sorted(
        found.comparison.changes if found.comparison is not None else (),
        key=lambda change: not change.affects_result,
    )
    for change in changes[:MOST_SHOWN]:
        say(f"    {change_line(change)}")
    if len(changes) > MOST_SHOWN:
        say(f"    and {len(changes) - MOST_SHOWN:,} more")
    return not found.is_foreign


def verify_all(files: Sequence[Path], checkpoint: str, *, known: bool, key: str = "") -> set[int]:
    """Check record files and audit packs, many of them in several processes.

    What is said of each comes in the order of ``files`` all the same. Returns how they came out.
    """
    from procurement_risk.exports.in_processes import in_processes, processes_for

    tasks = [(path, checkpoint, known, key) for path in files]
    if (processes := processes_for(len(tasks))) == 1:
        return {_verify(task) for task in tasks}
    ends = set()
    for text, end in in_processes(_verify_quietly, tasks, processes):
        say(text.removesuffix("\n"))
        ends.add(end)
    return ends


def _verify(task: tuple[Path, str, bool, str]) -> int:
    path, checkpoint, known, key = task
    if is_database(path):
        return verify_database(path)
    if path.is_dir() or path.suffix.lower() == ".zip":
        return verify_pack(path, checkpoint, known=known, key=key)
    return verify_one(path, known=known, key=key)


def _verify_quietly(task: tuple[Path, str, bool, str]) -> tuple[str, int]:
    """Return what is said of one, and how it came out."""
    with redirect_stdout(io.StringIO()) as said:
        end = _verify(task)
    return said.getvalue(), end


def verify_one(path: Path, *, known: bool, key: str = "") -> int:
    """Check a record file, say whose its questionnaire is, and return how it came out."""
    from procurement_risk.assessment.record import read_record
    from procurement_risk.methods import score_to_document

    try:
        data = read(path)
        record = read_record(data, score_to_document)
    except InvalidDocument as error:
        for problem in error.problems:
            say(problem.located(str(path)))
        return FAILS
    except ProcurementRiskError as error:
        say(of_file(path, error))
        return FAILS
    say(f"{path}: the digest holds and the result recomputes")
    if files := len(record.assessment.files):
        say(f"{path}: files of evidence, named by SHA-256 and not in a record: {files:,}")
    signed = not record.assessment.sign_offs or _sign_offs_hold(path, data, key)
    are_known = say_whose(path, record.framework) or not known
    return HOLDS if signed and are_known else FAILS


def _sign_offs_hold(path: Path, data: bytes, key: str) -> bool:
    """Say what the sign-offs of a record amount to, and return whether each holds."""
    from procurement_risk.exports import verify

    document, keys = verify.read_json(data, verify.RECORD), _read_given(verify.read_keys, key)
    found = verify.guarded(verify.check_sign_offs(document, None, keys), "The sign-off")
    notes = verify.guarded(verify.sign_off_notes(document, keys, str(path)), "The sign-off")
    for each in (*(f"{path}: {problem}" for problem in found), *notes):
        say(each)
    return not found


def verify_pack(path: Path, checkpoint: str, *, known: bool, key: str = "") -> int:
    """Check an audit pack, say whose its questionnaires are, and return how it came out.

    Args:
        path: The pack, a ZIP or a folder.
        checkpoint: A line that was kept elsewhere, or the name of a file with such lines.
        known: Whether a questionnaire that is not known here is a failure.
        key: A public key for sign-offs that was published, or the name of a file with some.
    """
    from procurement_risk.exports import pack_check, verify

    line = _read_given(verify.read_checkpoint, checkpoint)
    keys = _read_given(verify.read_keys, key)
    report = pack_check.check_pack(path, line, keys)
    verify.print_report(report, str(path))
    are_known = [say_whose(name, framework) for name, framework in _frameworks(path)]
    if not report.holds or (known and not all(are_known)):
        return FAILS
    return UNCONFIRMED if report.unconfirmed else HOLDS


def _read_given(read_text: Callable[[str], str], given: str) -> str:
    """Return the text that was given, or that stands in the file of that name."""
    try:
        return read_text(given)
    except OSError as error:
        raise ProcurementRiskError(
            f"{error.filename}: {error.strerror}. Check the name."
        ) from error


def _frameworks(path: Path) -> Iterator[tuple[str, Framework]]:
    """Yield the framework of each record in a pack, where it can be read."""
    from procurement_risk.assessment.record import framework_in
    from procurement_risk.exports.pack_check import records_in

    for folder, data in records_in(path):
        try:
            yield f"{path}/{folder}".rstrip("/"), framework_in(data)
        except ProcurementRiskError:
            continue  # the report says why
