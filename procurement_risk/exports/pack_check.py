"""Whether an audit pack holds: what its own program finds, and what only the toolkit can see.

Whoever can change a pack can change ``verify.py`` in it, the page and the README as well, and make
the manifest anew. So those parts are made again here, from the record, and compared byte for byte.
Where that cannot be done, such as with a pack that says it is of another version, that stands
among what is not confirmed: neither does it hold, nor is it a problem.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from procurement_risk.exports import verify
from procurement_risk.exports.pack_again import WHAT, differing
from procurement_risk.language import current, ngettext
from procurement_risk.language.numbers import grouped

MOST_NAMED, MOST_JUDGED, AT_ONCE = 5, 20, 1 << 20


def check_pack(place: Path | BinaryIO, checkpoint: str = "", keys: str = "") -> verify.Report:
    """Return everything that holds and does not hold of the pack at ``place``.

    Args:
        place: A folder, or a ZIP.
        checkpoint: The text of one or more checkpoint lines, or empty.
        keys: The server's public keys for sign-offs, as they were published, or empty.
    """
    report = verify.check_pack(place, checkpoint, keys)
    try:
        pack = verify.Pack(place)
        manifest = verify.read_json(pack.read(verify.MANIFEST), verify.MANIFEST)
    except verify.Unreadable:
        return report  # the report says so
    found = verify.guarded(differing(pack, place, manifest, report), WHAT)
    report.add(
        "verify.py, README.txt, the framework as YAML and the page are what the toolkit writes",
        found,
    )
    return report


def records_in(place: Path | BinaryIO) -> Iterator[tuple[str, bytes]]:
    """Yield the folder and the bytes of each record in a pack, as far as they can be read."""
    with suppress(verify.Unreadable):
        pack = verify.Pack(place)
        for name in sorted(pack.sizes):
            if name.split("/")[-1] == verify.RECORD:
                yield name[: -len(verify.RECORD)], pack.read(name)


@dataclass(frozen=True, slots=True)
class Judged:
    """What bringing a pack in has to know of it.

    Attributes:
        refusal: Why nothing of it may be brought in; empty where all of it holds.
        unconfirmed: What could not be compared, in sentences; or empty.
    """

    refusal: str
    unconfirmed: str


_judged: dict[tuple[str, str], Judged] = {}  # by the bytes of a ZIP, and the language


def judge(place: Path | BinaryIO) -> Judged:
    """Return whether a pack may be brought in; the same bytes are looked at once.

    They are shown first and then brought in, and the pages in them take long to make.
    """
    if isinstance(place, Path) and place.is_dir():
        return _judge(place)
    with place.open("rb") if isinstance(place, Path) else nullcontext(place) as file:
        key = _digest(file), current()
        if key not in _judged:
            _judged[key] = _judge(place)
            for old in list(_judged)[:-MOST_JUDGED]:
                del _judged[old]
    return _judged[key]


def _digest(file: BinaryIO) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while some := file.read(AT_ONCE):
        digest.update(some)
    return digest.hexdigest()


def _judge(place: Path | BinaryIO) -> Judged:
    report = check_pack(place)
    return Judged(_refusal(report.problems), " ".join(report.unconfirmed))


def refusal(place: Path | BinaryIO) -> str:
    """Return why nothing of a pack may be brought in; empty where all of it holds."""
    return judge(place).refusal


def _refusal(problems: list[str]) -> str:
    if not problems:
        return ""
    words = ngettext(
        "The audit pack does not hold, so nothing in it is taken: {n} problem. {problems}",
        "The audit pack does not hold, so nothing in it is taken: {n} problems. {problems}",
        len(problems),
    )
    shown = " ".join(problems[:MOST_NAMED])
    return words.format(n=grouped(len(problems)), problems=shown)
