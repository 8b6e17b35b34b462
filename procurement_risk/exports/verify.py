#!/usr/bin/env python3
"""Check an audit pack of the AI Procurement Risk Toolkit.

    python3 verify.py                                  the folder that this file lies in
    python3 verify.py PACK.zip                         a pack as it came, without unpacking it
    python3 verify.py PACK.zip --checkpoint LINE       also against a line that was kept elsewhere,
                                                       or a file that holds such lines
    python3 verify.py PACK.zip --key KEYS              also whether sign-offs are by a public key
                                                       that was published: its 64 digits, or a file

Needs Python 3.9 or later and nothing else: no package, no network. It ends with 0 where everything
holds and with 1 where something does not, and names all of it.

It checks, for every assessment in the pack, that
  - every file has the SHA-256 and the size that manifest.json states, none is missing, none added;
  - the record carries its own digest, taken over its canonical JSON;
  - the framework and the list of evidence are those of the record, and so are the files of
    evidence that were included;
  - each line of the history seals the one before, and the history leads to what the record says;
  - the workbooks that the history says answers were accepted from are here, as they came;
  - the result follows from the answers: it is worked out again here, by code of its own;
  - each sign-off is under the seal of its key (Ed25519), and over what it says it is over; a
    time stamp is over that seal;
  - with a checkpoint: the history still holds the line that was last when it was made, and the
    files are those of then where nothing was changed since.

It also says whether the questionnaire is one that the toolkit was ever shipped with.

LIMITS = what it cannot show, which is printed under every result.

The file reads from top to bottom: reading a pack, the checks, then the two methods, then Ed25519.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import io
import json
import os
import re
import stat
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from fractions import Fraction
from graphlib import TopologicalSorter
from itertools import product
from math import prod
from pathlib import Path
from typing import IO, Any, BinaryIO, NoReturn

JSON = Any  # whatever ``json.loads`` gives
Document = dict[str, Any]
Question = dict[str, Any]
Answer = dict[str, Any]
Mitigation = dict[str, Any]
Range = dict[str, Fraction]

LIMITS = (
    "Without a checkpoint that was kept elsewhere, a history that was cut short at its end, or "
    "written anew from its first line, cannot be told from the real one.",
    "Names in the history are those that people typed, or signed in under; that it was they is "
    "not proved. A sign-off's seal shows that the server with that key wrote it. Who made a time "
    "stamp over it is not checked.",
    "Where something was struck from a line, what stood there is not shown; of a line from before "
    "names had digests of their own, what is left rests on the entry that says so.",
    "Whether an answer is true is not shown, nor what stands behind a link.",
    "What the PDF and the YAML say is not read: they are held by their hash in the manifest only.",
    "Whoever can change a pack can change this program in it: run a copy from the toolkit itself.",
)

PACK, MANIFEST, CHECKPOINT = "ai-procurement-risk-audit-pack", "manifest.json", "checkpoint.txt"
RECORD, HISTORY, FRAMEWORK = "record.json", "history.jsonl", "framework.json"
EVIDENCE = "evidence.json"
RETURNS, FILES = "returns/", "evidence/"
RECORD_KIND = "ai-procurement-risk-record"
START = "0" * 64  # what the first line of a history names as the hash of the one before
HEADER = "assessment"  # the part of a history that tells of the assessment's own row

MOST_FILES, MOST_BYTES, MOST_IN_ALL = 100_000, 64_000_000, 4_000_000_000
MOST_ON_DISK = 40_000_000_000  # of a pack that lies there, and was not sent to a server
MOST_EXPANSION, SMALL = 250, 100_000  # a file of more than SMALL bytes may unpack to 250 times
DEEPEST, LARGEST, MOST_FOLDERS = 30, 2**53, 8
MOST_SECTIONS, MOST_QUESTIONS, MOST_COMBINATIONS = 100, 10_000, 100_000
MOST_SHOWN = 50  # problems of one kind that are printed; the rest is counted

ENDS = ("low", "central", "high")
FIGURES = ("claimed", "inherent", "residual")
GRADES = ("E0", "E1", "E2", "E3", "E4")
# Every version of a questionnaire that was ever shipped, by the SHA-256 of its canonical JSON.
SHIPPED = {
    "2d9bbac950ba56a09595577ecfaf4ea09f771d029b1c4b37ceed3ed7a3fbf0a2": (
        "ai-supplier-core", "2026.1",
    ),
    "b19a5f493b47d4c41aa232fc366012b7273fe8db3f745d8c2582e7c6152c7d33": (
        "ai-supplier-core", "2026.2",
    ),
    "8fdbf9e354f7dc76f006c32c05c1ec3f0ade0448fe409f6d44eccb10c34aef1c": (
        "staff-assistant", "2026.1",
    ),
    "c4100fcb0bf170d4e601dbea79a0a8bb3697fefe57831eac0f2b87c014fe2604": (
        "supplier-organisation", "2026.1",
    ),
    "1ed648136e3c4fd0499dc4ccc336ce6c272f53aecb6c4e19ec8cbfa7bee401ef": (
        "staff-assistant", "2026.2",
    ),
    "bf8e13d3c78b2e9ff2447dbf457ef2708ea1f8a104b88d059f03fe8b855b838f": (
        "supplier-organisation", "2026.2",
    ),
    "6796a3f0b5817d694157560ff8d6449d89bb418c5ac12bae7b9e7713b3dd57fe": (
        "eu-public-buyer", "2026.1",
    ),
    "9bcd1e14ca2591ba24730993984535c0c199db355c682bd431360f41fa4d81cb": (
        "eu-public-buyer", "2026.2",
    ),
}  # fmt: skip
DECISIONS = ("proceed", "conditions", "escalate", "do_not_proceed")
OPEN_STATES = ("unanswered", "unknown", "withheld")
MITIGATION_STATUSES = ("proposed", "agreed", "verified")


# ---------------------------------------------------------------------------------------------
# Reading a pack, which may come from anybody
# ---------------------------------------------------------------------------------------------


class Unreadable(Exception):
    """Something in a pack cannot be read, and why."""


class Pack:
    """The files of a pack by name, from a folder or from a ZIP.

    ``odd`` says what stands there that no pack has: such names are not opened.
    """

    def __init__(self, place: Path | BinaryIO) -> None:
        self.odd: list[str] = []
        self.sizes: dict[str, int] = {}
        self.inside: dict[str, list[str]] = {}  # by folder: every name under it, in order
        self.seals: dict[str, str] | None = None
        self.folder: Path | None = None
        self.infos: dict[str, zipfile.ZipInfo] = {}
        if isinstance(place, Path) and place.is_dir():
            self.folder = place
            self._list_folder(place)
        else:
            try:
                self.archive = zipfile.ZipFile(place)
            except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
                raise Unreadable(f"This is no folder and no ZIP: {plain(error)}.") from error
            self._list_archive()
        most = MOST_ON_DISK if isinstance(place, Path) else MOST_IN_ALL
        if sum(self.sizes.values()) > most:
            raise Unreadable(f"The pack holds more than {most:,} bytes.")
        for name in sorted(self.sizes):
            for folder in folders_of(name):
                self.inside.setdefault(folder, []).append(name)

    def _list_folder(self, folder: Path) -> None:
        for parent, folders, files in os.walk(folder):
            for each in [*folders, *files]:
                path = Path(parent) / each
                name = path.relative_to(folder).as_posix()
                mode = path.lstat().st_mode
                if stat.S_ISREG(mode):
                    self._add(name, path.lstat().st_size)
                elif not stat.S_ISDIR(mode):
                    self.odd.append(f"{plain(name)} is neither a file nor a folder.")

    def _list_archive(self) -> None:
        for info in self.archive.infolist():
            mode = info.external_attr >> 16
            if info.filename != info.orig_filename or unsafe(info.filename):
                self.odd.append(f"{plain(info.orig_filename)} is not a name that a pack has.")
            elif stat.S_IFMT(mode) not in (0, stat.S_IFREG) or info.flag_bits & 1:
                self.odd.append(f"{plain(info.filename)} is a link, or locked by a password.")
            elif info.file_size > max(SMALL, MOST_EXPANSION * info.compress_size):
                self.odd.append(f"{plain(info.filename)} would unpack to far more than it is.")
            elif info.filename in self.sizes:
                self.odd.append(f"{plain(info.filename)} stands in the ZIP twice.")
            else:
                self.infos[info.filename] = info
                self._add(info.filename, info.file_size)

    def _add(self, name: str, size: int) -> None:
        if len(self.sizes) + len(self.odd) >= MOST_FILES:
            raise Unreadable(f"The pack holds more than {MOST_FILES:,} files.")
        if size > MOST_BYTES:
            self.odd.append(f"{plain(name)} is larger than {MOST_BYTES:,} bytes.")
        else:
            self.sizes[name] = size

    def under(self, folder: str) -> list[str]:
        """The names of the files that lie under a folder, in order."""
        return self.inside.get(folder, [])

    def read(self, name: str) -> bytes:
        """The bytes of a file, no more than it said it has."""
        if name not in self.sizes:
            raise Unreadable(f"{plain(name)} is missing.")
        try:
            with self._open(name) as file:
                data: bytes = file.read(self.sizes[name] + 1)
        except Exception as error:  # zipfile lets through whatever its decompressors raise
            raise Unreadable(f"{plain(name)} cannot be read: {plain(error)}.") from error
        if len(data) != self.sizes[name]:
            raise Unreadable(f"{plain(name)} has not the size it states.")
        return data

    def _open(self, name: str) -> IO[bytes]:
        if self.folder is not None:
            return (self.folder / name).open("rb")
        return self.archive.open(self.infos[name])


def unsafe(name: str) -> bool:
    """Whether a name in a ZIP could lead out of a folder, or differ between systems."""
    steps = name.split("/")
    return bool(re.search(r"[^A-Za-z0-9._/-]", name)) or any(
        step in ("", ".", "..") or step.endswith(".") for step in steps
    )


def folders_of(name: str) -> list[str]:
    """Each folder that a file lies under, the pack itself among them."""
    steps = name.split("/", MOST_FOLDERS)
    return ["".join(f"{step}/" for step in steps[:depth]) for depth in range(len(steps))]


def plain(text: object) -> str:
    """A text from a pack, fit to be printed: one line, not long, nothing that moves a cursor."""
    shown = "".join(c if c.isprintable() else "?" for c in str(text)[:300])
    return shown if len(shown) <= 120 else shown[:119] + "…"


def read_json(data: bytes, name: str) -> JSON:
    """The JSON value in ``data``: canonical, without floats, large numbers or repeated keys."""
    try:
        value = json.loads(
            data.decode(),
            object_pairs_hook=unrepeated,
            parse_float=no_number,
            parse_constant=no_number,
            parse_int=small,
        )
        if depth(value) > DEEPEST:
            raise ValueError(f"it is nested deeper than {DEEPEST}")
        canonical = write_json(value)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{name} is no JSON that a pack holds: {plain(error)}.") from error
    if canonical != data:
        raise Unreadable(
            f"{name} is not in its canonical form, so it was written by something else."
        )
    return value


def write_json(value: JSON) -> bytes:
    """The canonical bytes of a JSON value, over which every digest is taken."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def unrepeated(pairs: list[tuple[str, Any]]) -> Document:
    """An object, unless it has a key twice."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def no_number(text: str) -> NoReturn:
    """Nothing: a record holds whole numbers only."""
    raise ValueError(f"{text[:20]} is not a whole number")


def small(text: str) -> int:
    """A whole number that every program reads alike."""
    if len(text) > 17 or abs(int(text)) >= LARGEST:
        raise ValueError("a number is too large")
    return int(text)


def depth(value: JSON) -> int:
    """How deep lists and objects nest, counted level by level."""
    level, found = [value], 0
    while level := [each for each in level if isinstance(each, (dict, list))]:
        found += 1
        level = [
            part for each in level for part in (each.values() if isinstance(each, dict) else each)
        ]
    return found


def sha256(data: bytes) -> str:
    """The SHA-256 of ``data`` as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def digest_without(document: Document, key: str = "digest") -> str:
    """The SHA-256 of a document without its own digest."""
    return sha256(write_json({name: value for name, value in document.items() if name != key}))


# ---------------------------------------------------------------------------------------------
# The checks
# ---------------------------------------------------------------------------------------------


class Report:
    """What holds and what does not, in the order it was looked at."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, bool, str]] = []
        self.notes: list[str] = []
        self.unconfirmed: list[str] = []  # what neither holds nor fails: it cannot be compared

    def add(self, what: str, problems: Iterable[str], about: str = "") -> bool:
        """Write down each problem, or that ``what`` holds where there is none."""
        found = list(problems)
        self.lines += [(about, False, each) for each in found]
        if not found:
            self.lines.append((about, True, what))
        return not found

    @property
    def problems(self) -> list[str]:
        """Every problem, with the assessment it is about."""
        return [f"{about}: {text}" if about else text for about, ok, text in self.lines if not ok]

    @property
    def holds(self) -> bool:
        """Whether there is no problem."""
        return bool(self.lines) and all(ok for _, ok, _ in self.lines)


def guarded(problems: Iterator[str], what: str) -> list[str]:
    """Every problem; also that ``what`` could not be looked at, in a form no pack has."""
    found: list[str] = []
    try:
        for each in problems:
            found.append(each)
    except Unreadable as error:
        found.append(str(error))
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError) as error:
        found.append(f"{what} cannot be checked: {type(error).__name__}, {plain(error)}.")
    except (RecursionError, MemoryError) as error:
        found.append(f"{what} cannot be checked: {type(error).__name__}.")
    return found


def check_pack(place: Path | BinaryIO, checkpoint: str = "", keys: str = "") -> Report:
    """Everything that holds and does not hold of the pack at ``place``.

    ``checkpoint`` is the text of one or more checkpoint lines, or empty; ``keys`` holds public
    keys of the server that sign-offs are by, or is empty.
    """
    report = Report()
    try:
        pack = Pack(place)
    except Unreadable as error:
        report.add("", [str(error)])
        return report
    files = len(pack.sizes)
    report.add(
        f"the {files} files are those that manifest.json lists, byte for byte",
        guarded(check_manifest(pack), MANIFEST),
    )
    folders = sorted(n[: -len(RECORD)] for n in pack.sizes if n.split("/")[-1] == RECORD)
    report.add("the pack holds records", [] if folders else ["There is no record in this pack."])
    lines = []
    for folder in folders:
        lines += check_assessment(pack, folder, report, keys)
    report.notes += guarded(made(pack), "Who made it")
    report.notes += guarded(whose(pack, folders), "Whose questionnaire it is")
    stated = guarded(check_stated_checkpoint(pack, lines), CHECKPOINT)
    report.add("checkpoint.txt states what is in the pack", stated)
    if checkpoint:
        found = guarded(check_checkpoint(checkpoint, pack, folders, report), "The checkpoint")
        report.add("nothing that stood at the checkpoint was taken out or written anew", found)
    else:
        report.notes.append("No checkpoint was given, so the first of the limits below counts.")
    return report


def made(pack: Pack) -> Iterator[str]:
    """When, by whom and with what the pack says it was made; nobody has to say so."""
    manifest = read_json(pack.read(MANIFEST), MANIFEST)
    about = manifest.get("made", {})
    words = f"It says it was made with {plain(manifest['software'])}"
    words += f" on {plain(about['on'])}" if about.get("on") else ""
    words += f" by {plain(about['by'])}" if about.get("by") else ""
    yield f"{words}. That is not proved."


def check_manifest(pack: Pack) -> Iterator[str]:
    """Problems with the manifest, and with the files it lists."""
    yield from pack.odd
    manifest = read_json(pack.read(MANIFEST), MANIFEST)
    if manifest["kind"] != PACK or manifest["pack_version"] not in (1, 2):
        yield "manifest.json is not that of an audit pack of version 1 or 2."
    if manifest["digest"] != digest_without(manifest):
        yield "manifest.json was changed after it was made: its own digest does not hold."
    listed = {each["file"]: each for each in manifest["files"]}
    if len(listed) < len(manifest["files"]):
        yield "manifest.json lists a file twice."
    yield from check_files(pack, listed)
    if len({each["id"] for each in manifest["assessments"]}) < len(manifest["assessments"]):
        yield "manifest.json names an assessment twice."
    records = sorted(f"{each['folder']}{RECORD}" for each in manifest["assessments"])
    if records != sorted(name for name in listed if name.split("/")[-1] == RECORD):
        yield "manifest.json names other assessments than it lists records."
    for each in manifest["assessments"]:
        record = read_json(pack.read(f"{each['folder']}{RECORD}"), RECORD)
        if (each["id"], manifest["software"]) != (record["assessment"]["id"], record["software"]):
            yield f"manifest.json names another assessment or software than {plain(each)}."


def check_files(pack: Pack, listed: dict[str, Document]) -> Iterator[str]:
    """Problems with the files of the pack, of which the manifest lists ``listed``."""
    for name in sorted(listed.keys() - pack.sizes.keys()):
        yield f"{plain(name)} is missing."
    for name in sorted(pack.sizes.keys() - listed.keys() - {MANIFEST}):
        yield f"{plain(name)} was added: manifest.json does not list it."
    for name in sorted(listed.keys() & pack.sizes.keys()):
        try:
            data = pack.read(name)
        except Unreadable as error:
            yield str(error)
            continue
        if (listed[name]["bytes"], listed[name]["sha256"]) != (len(data), sha256(data)):
            yield f"{plain(name)} was changed: it is not the file that manifest.json lists."


def check_assessment(pack: Pack, folder: str, report: Report, keys: str = "") -> list[str]:
    """Check one assessment, and return its checkpoint line where it has one."""
    about = plain(folder.rstrip("/"))
    try:
        record = read_json(pack.read(folder + RECORD), RECORD)
        if not isinstance(record, dict) or not isinstance(record.get("assessment"), dict):
            raise Unreadable(f"{RECORD} is not a record.")
    except Unreadable as error:
        report.add("", [str(error)], about)
        return []
    title = record["assessment"].get("id", "")
    about = f"{about} ({plain(title)})" if about else plain(title)
    report.add(
        "the record carries its own digest",
        guarded(check_record(record), "The record"),
        about,
    )
    report.add(
        "the framework and the list of evidence are those of the record",
        guarded(check_copies(pack, folder, record), "The framework or the list of evidence"),
        about,
    )
    if pack.under(folder + FILES):
        found = guarded(check_evidence_files(pack, folder, record), "The files of evidence")
        report.add("the files of evidence here are those that the record names", found, about)
    lines: list[Document] = []
    try:
        lines = read_history(pack.read(folder + HISTORY))
        chain = guarded(check_chain(lines, record), "The history")
        if report.add(
            f"each of the {len(lines)} lines of history seals the one before", chain, about
        ):
            led = guarded(check_agreement(lines, record), "The history")
            report.add("the history leads to what the record says", led, about)
            check_returns(lines, pack, folder, report, about)
        report.notes += [f"{about}: {text}" for text in taken_out(lines)]
    except Unreadable as error:
        report.add("", [str(error)], about)
    if left := not_included(pack, folder, record):
        report.notes.append(f"{about}: {left}")
    report.add(
        "the result follows from the answers",
        guarded(check_result(record), "The result"),
        about,
    )
    if record["assessment"].get("sign_offs"):
        found = guarded(check_sign_offs(record, lines, keys), "The sign-off")
        report.add("each sign-off is under the seal of its key, if it has one", found, about)
        report.notes += guarded(sign_off_notes(record, keys, about), "The sign-off")
    try:
        head = lines[-1]["hash"] if lines else START
        return [checkpoint_line(record, len(lines), head, seal_in(pack, folder))]
    except (KeyError, TypeError, AttributeError, Unreadable):
        return []


def whose(pack: Pack, folders: list[str]) -> Iterator[str]:
    """Say of each questionnaire whether it is one that was ever shipped."""
    for folder in folders:
        framework = read_json(pack.read(folder + RECORD), RECORD)["framework"]
        name, version = framework["id"], framework["version"]
        known = SHIPPED.get(sha256(write_json(framework)))
        shown = (
            f"{plain(folder.rstrip('/'))}: the questionnaire" if folder else "The questionnaire"
        )
        if known == (name, version):
            yield f"{shown} is {name} {version} as it was shipped."
        elif (name, version) in SHIPPED.values():
            yield (
                f"{shown} calls itself {plain(name)} {plain(version)} and is NOT the one that was "
                "shipped under that name: it may count answers in another way. The toolkit's own "
                "verify names what differs."
            )
        else:
            yield (
                f"{shown} {plain(name)} {plain(version)} is none that this program knows: whoever "
                "made it could choose what each answer counts. Ask whose it is."
            )


def check_record(record: Document) -> Iterator[str]:
    """Problems with the record's own digest and kind."""
    if record["kind"] != RECORD_KIND or record["schema_version"] != 1:
        yield "This program reads records of schema_version 1; use the one that came with it."
    found = digest_without(record)
    if record["digest"] != found:
        yield (
            f"The record was changed after it was made: it states the digest "
            f"{plain(record['digest'])}, but its content gives {found}."
        )


def check_copies(pack: Pack, folder: str, record: Document) -> Iterator[str]:
    """Problems with the files that repeat what stands in the record."""
    if read_json(pack.read(folder + FRAMEWORK), FRAMEWORK) != record["framework"]:
        yield "framework.json is not the framework of the record."
    evidence = read_json(pack.read(folder + EVIDENCE), EVIDENCE)
    if {**evidence, "files": []} != evidence_of(record["assessment"]):
        yield "evidence.json is not what the record says of its evidence."
    listed = set()
    for each in evidence["files"]:
        name = folder + each["file"]
        listed.add(name)
        if not each["file"].startswith(RETURNS) or name not in pack.sizes:
            yield f"{plain(name)} is listed in evidence.json and missing."
        elif hashlib.sha256(pack.read(name)).hexdigest() != each["sha256"]:
            yield f"{plain(name)} is not the file that evidence.json lists."
    for name in pack.under(folder + RETURNS):
        if name not in listed:
            yield f"{plain(name)} is not listed in evidence.json."


def check_evidence_files(pack: Pack, folder: str, record: Document) -> Iterator[str]:
    """Problems with the files of evidence that lie in the pack; nobody has to include them."""
    known = record["assessment"].get("files", {})
    for name in pack.under(folder + FILES):
        digest = name[len(folder + FILES) :].partition(".")[0]
        if digest not in known:
            yield f"{plain(name)} is no file of evidence that the record names."
        elif sha256(pack.read(name)) != digest:
            yield f"{plain(name)} is not the file that the record names."


def not_included(pack: Pack, folder: str, record: Document) -> str:
    """What to say of files of evidence that the record names and the pack does not hold."""
    known = record["assessment"].get("files", {})
    start = len(folder + FILES)
    here = {name[start:].partition(".")[0] for name in pack.under(folder + FILES)}
    gone = len(known.keys() - here)
    if not gone:
        return ""
    return (
        f"of {len(known)} files of evidence {gone} are named by their SHA-256 alone: they are not "
        "in this pack, so what they say is not shown."
    )


def evidence_of(assessment: Document) -> Document:
    """What ``evidence.json`` says: each answer's evidence, and the grade that counts."""
    as_of = assessment["as_of"]
    rows = []
    for name, answer in sorted(assessment["answers"].items()):
        grade, until = answer.get("evidence", "E0"), answer.get("valid_until", "")
        rows.append(
            {
                "question": name,
                "state": answer.get("state", "answered"),
                "evidence": grade,
                "counts_as": "E0" if until and until < as_of else grade,
                "valid_until": until,
                "link": answer.get("link", ""),
            }
        )
    found = {"assessment": assessment["id"], "as_of": as_of, "answers": rows, "files": []}
    known = assessment.get("files", {})
    return {**found, "evidence_files": files_of(assessment)} if known else found


def files_of(assessment: Document) -> list[Document]:
    """What ``evidence.json`` says of each file of evidence, by its SHA-256."""
    as_of, answers = assessment["as_of"], assessment["answers"]
    rows = []
    for digest, file in sorted(assessment["files"].items()):
        grade, until = file.get("grade", "E0"), file.get("valid_until", "")
        shows = [q for q in sorted(answers) if f"sha256:{digest}" in answers[q].get("files", [])]
        counts = "E0" if until and until < as_of else grade
        rows.append({**file, "sha256": digest, "counts_as": counts, "questions": shows})
    return rows


# --- The history


LINE_KEYS = {
    "assessment_id", "seq", "part", "before", "after", "salt", "body_digest", "by", "at",
    "reason", "previous", "hash",
}  # fmt: skip
WHO_KEYS = {"by_salt", "by_digest", "reason_salt", "reason_digest"}  # older lines have none
TEXTS = ("part", "salt", "reason", "previous", "hash")
SEALED_OLDER = ("assessment_id", "seq", "part", "by", "at", "reason", "body_digest", "previous")
SEALED = (
    "assessment_id", "seq", "part", "at", "body_digest", "by_digest", "reason_digest", "previous",
)  # fmt: skip
ERASURE = "erasure"  # the part of a history under which it says what was struck from it


def read_history(data: bytes) -> list[Document]:
    """The lines of a history: canonical JSON with the same keys, each ending in a newline."""
    *texts, end = data.split(b"\n")
    if end or not texts:
        raise Unreadable(f"{HISTORY} is empty, or its last line is cut off.")
    lines = []
    for number, text in enumerate(texts, 1):
        line = read_json(text, f"Line {number} of {HISTORY}")
        if not isinstance(line, dict) or line.keys() - WHO_KEYS != LINE_KEYS:
            raise Unreadable(f"Line {number} of {HISTORY} is not a line of history.")
        who = line.keys() & WHO_KEYS
        if who and (who != WHO_KEYS or not line["by_digest"] or not line["reason_digest"]):
            raise Unreadable(f"Line {number} of {HISTORY} is not a line of history.")
        if any(not isinstance(line[key], str) for key in (*TEXTS, *who)):
            raise Unreadable(f"Line {number} of {HISTORY} is not a line of history.")
        lines.append(line)
    return lines


def check_chain(lines: list[Document], record: Document) -> Iterator[str]:
    """Problems with the numbers, hashes and values of the lines."""
    previous = START
    left: dict[str, bytes] = {}
    struck = struck_lines(lines)
    yield from check_starts(lines)
    for number, line in enumerate(lines, 1):
        if line["assessment_id"] != record["assessment"]["id"]:
            yield f"Line {number} of the history belongs to another assessment."
        if line["seq"] != number:
            yield f"Line {number} of the history has the number {plain(line['seq'])}."
        if line["previous"] != previous:
            yield f"Line {number} of the history does not follow the line before."
        covered = struck.get(number)
        gone: set[str] = covered["gone"] if covered else set()
        if covered and not left_by(line, covered):
            yield f"Line {number} of the history is not what the erasure left of it."
        if not who_holds(line, gone):
            yield f"Line {number} of the history was altered after it was written."
        yield from check_values(line, left.pop(line["part"], None), number, gone)
        if line["part"] != ERASURE and (line["salt"] or "values" in gone):
            left[line["part"]] = write_json(line["after"])
        previous = line["hash"]


def line_hash(line: Document) -> str:
    """The hash that seals a line. That of an older line covers the name and reason themselves."""
    if "by_digest" in line:
        return sha256(write_json(["line-2", *(line[key] for key in SEALED)]))
    return sha256(write_json([line[key] for key in SEALED_OLDER]))


def who_holds(line: Document, gone: set[str]) -> bool:
    """Whether a line's hash holds, and its name and reason where they were not struck."""
    if "by_digest" not in line:
        return line["hash"] == line_hash(line) or bool(gone & {"by", "reason"})
    for name in ("by", "reason"):
        salt = line[f"{name}_salt"]
        if not salt and name not in gone:
            return False
        if salt and line[f"{name}_digest"] != sha256(salt.encode() + write_json(line[name])):
            return False
    return bool(line["hash"] == line_hash(line))


def struck_lines(lines: list[Document]) -> dict[int, Document]:
    """What the last erasure that covers a line says of it, by the line's number.

    ``gone`` is what was struck in it altogether, by earlier erasures too.
    """
    found: dict[int, Document] = {}
    for line, entry in erasures(lines):
        for each in entry["lines"]:
            if each["seq"] < line["seq"]:
                gone = {*each["fields"], *found.get(each["seq"], {"gone": ()})["gone"]}
                found[each["seq"]] = {**each, "instead": entry["instead"], "gone": gone}
    return found


def erasures(lines: list[Document]) -> Iterator[tuple[Document, Document]]:
    """Each line of history that says what was struck from it, with what it says."""
    for line in lines:
        if line["part"] == ERASURE and line["after"] is not None:
            if not is_erasure(line["after"]):
                raise ValueError(f"line {line['seq']} is no erasure")
            yield line, line["after"]


def is_erasure(entry: JSON) -> bool:
    """Whether an erasure has the form of one."""
    return (
        isinstance(entry, dict)
        and isinstance(entry.get("instead"), str)
        and bool(entry["instead"])
        and isinstance(entry.get("files"), list)
        and isinstance(entry.get("lines"), list)
        and all(
            isinstance(each, dict)
            and isinstance(each.get("seq"), int)
            and isinstance(each.get("fields"), list)
            and set(map(str, each["fields"])) <= {"by", "reason", "values"}
            and each.keys() == {"seq", "hash", "fields", "stands"}
            for each in entry["lines"]
        )
    )


def left_by(line: Document, covered: Document) -> bool:
    """Whether a struck line is what the erasure left of it, with its mark in what it struck."""
    instead = (covered["instead"], covered["instead"].replace(" ", "-"))
    texts = {
        "by": line["by"],
        "reason": line["reason"],
        "values": write_json([line["before"], line["after"]]).decode(),
    }
    for name in covered["fields"]:
        if not any(mark in texts[name] for mark in instead):
            return False
    shown = {key: value for key, value in line.items() if value != "" or key in LINE_KEYS}
    stands = sha256(write_json(shown))
    return (line["hash"], stands) == (covered["hash"], covered["stands"])


def check_starts(lines: list[Document]) -> Iterator[str]:
    """Lines that are the first about a part and say what stood there before."""
    seen: set[str] = set()
    for number, line in enumerate(lines, 1):
        if line["part"] not in seen and line["salt"] and line["before"] is not None:
            yield f"Line {number} of the history starts from a value that no line wrote."
        seen.add(line["part"])


def check_values(line: Document, left: bytes | None, number: int, gone: set[str]) -> Iterator[str]:
    """Problems with the two values of a line; ``left`` is what the part was left as, if known."""
    if not line["salt"] and "values" not in gone:  # taken out before there were erasures
        if line["before"] is not None or line["after"] is not None or "by_digest" in line:
            yield f"Line {number} of the history has values that nothing seals."
        return
    body = line["salt"].encode() + write_json([line["before"], line["after"]])
    if line["salt"] and line["body_digest"] != sha256(body):
        yield f"The values in line {number} of the history were altered."
    elif left is not None and left != write_json(line["before"]):
        yield f"Line {number} of the history starts from another value than stood there."


def taken_out(lines: list[Document]) -> Iterator[str]:
    """What was struck, and what cannot be compared any more."""
    for line in lines:
        if line["part"] == ERASURE and is_erasure(line["after"]):
            yield (
                f"line {line['seq']} of the history says that {plain(line['by'])} struck "
                f"something from {len(line['after']['lines'])} lines on {plain(line['at'])[:10]}, "
                f"on the ground: {plain(line['reason'])}. What stood there is not shown; that "
                "something did, and when, is."
            )
    redacted = [line for line in lines if bare(line)]
    if redacted:
        last = {line["part"]: line for line in lines}
        yield (
            f"{len(redacted)} lines of history hold no values any more. The chain holds without "
            "them; whether they were taken out on purpose is not shown."
        )
        for part in sorted(part for part, line in last.items() if bare(line)):
            yield f"what the record says of {plain(part)} is held against nothing."


def bare(line: Document) -> bool:
    """Whether a line's values were taken out and nothing stands in their place."""
    return not line["salt"] and line["before"] is None and line["after"] is None


def check_agreement(lines: list[Document], record: Document) -> Iterator[str]:
    """Where the last value of a part in the history is not what the record says."""
    assessment = record["assessment"]
    last = {line["part"]: line for line in lines}
    stands = parts_of(assessment)
    if HEADER in last:
        redacted = bare(last[HEADER])
        header = last[HEADER]["after"]
        own = {
            "framework_digest": sha256(write_json(record["framework"])),
            "fictional": assessment.get("fictional", False),
            "created_at": assessment.get("created_at", ""),
            "created_by": assessment.get("created_by", ""),
        }
        for key, value in own.items():
            if not redacted and header[key] != value:
                yield f"The history leads to another {key.replace('_', ' ')} than the record has."
    else:
        yield "The history does not say how the assessment began."
    for part in sorted(stands.keys() | last.keys() - {HEADER, ERASURE}):
        line = last.get(part)
        if line is None:
            yield f"{plain(part)} stands in the record, and the history knows nothing of it."
        elif not bare(line) and normal(line["after"]) != normal(stands.get(part)):
            yield f"{plain(part)} in the record is not what the history leads to."


ACCEPTED = re.compile(
    r"Accepted from the supplier's workbook, issue \S+, SHA-256 ([0-9a-f]{64})"
    r"(?:, answered for by .+)?"
)


def check_returns(
    lines: list[Document], pack: Pack, folder: str, report: Report, about: str
) -> None:
    """Look for the workbook of each line that says which one its answer was accepted from."""
    found = [ACCEPTED.fullmatch(line["reason"]) for line in lines]
    named = {match[1] for match in found if match}
    start = folder + RETURNS
    here = {name[len(start) :].partition(".")[0] for name in pack.under(start)}
    if named:
        gone = sorted(named - here - removed_files(lines))
        problems = [f"The workbook with the SHA-256 {each} is missing." for each in gone]
        report.add("the workbooks that answers were accepted from are here", problems, about)
    if here - named:
        report.notes.append(
            f"{about}: kept workbooks that no line of the history names: {len(here - named)}. "
            "Whether they came back like that is not shown."
        )


def removed_files(lines: list[Document]) -> set[str]:
    """The digests of kept workbooks that an erasure took out."""
    return {str(digest) for _line, entry in erasures(lines) for digest in entry["files"]}


SIGNED = (
    "id", "purchase", "supplier", "upstreams", "as_of", "pack", "gate", "answers", "mitigations",
    "decision", "overrides", "organisation", "replaces", "known_risks", "fictional", "files",
)  # fmt: skip
KNOWN_LATER = ("chosen_supplier", "notice_id", "ocid")


def signed_digest(record: Document) -> str:
    """What a sign-off of the record as it stands is taken over, as a SHA-256."""
    assessment = record["assessment"]
    matter = {key: assessment[key] for key in SIGNED if key in assessment}
    for key in {"answers", "files"} & matter.keys():
        matter[key] = {name: without_names(noun) for name, noun in matter[key].items()}
    bought = assessment["purchase"].items()
    matter["purchase"] = {key: each for key, each in bought if key not in KNOWN_LATER}
    return sha256(write_json({"framework": record["framework"], "assessment": matter}))


def without_names(noun: Document) -> Document:
    """An answer or a file without who gave it and when, and so each answer given alone."""
    found = {field: each for field, each in noun.items() if field not in ("by", "at")}
    if "alone" in found:
        found["alone"] = [without_names(each) for each in found["alone"]]
    return found


def check_sign_offs(record: Document, lines: list[Document] | None, keys: str) -> Iterator[str]:
    """Problems with the sign-offs of a record: seals, names, keys and times.

    ``lines`` is its history; None of a record alone, which has none.
    """
    name, published = record["assessment"]["id"], set(re.findall(r"\b[0-9a-f]{64}\b", keys))
    if keys and not published:
        yield "--key holds no public key: write its 64 hexadecimal digits, or a file of them."
    for each in record["assessment"]["sign_offs"]:
        who = f"The sign-off by {plain(each['by'])}"
        salt = each.get("name_salt", "")
        named = sha256(salt.encode() + write_json([each["by"], each["post"]]))
        if salt and named != each["name_digest"]:
            yield f"{who} is not by the name and post that it was made with."
        if not salt and lines is not None and not was_struck(lines):
            yield f"{who} lost what its name was sealed with, and no erasure says so."
        key = each.get("public_key", "")
        fields = [each["digest"], each["name_digest"], each["at"], each["how"]]
        sealed = write_json(["sign-off-1", name, *fields])
        if key and not ed25519_holds(key, each["signature"], sealed):
            yield f"{who} is not under the seal of its key: it was changed, or never signed."
        elif not key and each["how"] != "name":
            yield f"{who} says that they had signed in, and no server sealed it."
        if published and key and key not in published:
            yield f"{who} is by another key than those given: {key}."
        if each.get("stamp") and not stamped_over(each):
            yield f"{who} has a time stamp that is over something else, or is none."
    yield from check_when_signed(lines or [])


def stamped_over(sign_off: Document) -> bool:
    """Whether the time stamp of a sign-off says that it is over the sign-off's seal."""
    try:
        algorithm, digest, _time = stamp_content(sign_off["stamp"])
        message = bytes.fromhex(sign_off["signature"])
        return hashlib.new(HASHES[algorithm], message).digest() == digest
    except (LookupError, TypeError, ValueError):
        return False


def stamp_note(sign_off: Document) -> str:
    """What a time stamp says, and that this program cannot tell who made it."""
    try:
        time = stamp_content(sign_off["stamp"])[2]
    except (LookupError, TypeError, ValueError):
        return "It holds a time stamp that cannot be read."
    return (
        f"It holds a time stamp (RFC 3161) that says {plain(time)}. WHO MADE THE STAMP WAS NOT "
        "CHECKED, so the time is not proved by this: openssl ts -verify does that, with the root "
        "certificate of the service."
    )


def was_struck(lines: list[Document]) -> bool:
    """Whether an erasure struck something out of a line that holds sign-offs."""
    struck = struck_lines(lines)
    return any(line["part"] == "sign_offs" and line["seq"] in struck for line in lines)


def check_when_signed(lines: list[Document]) -> Iterator[str]:
    """Sign-offs that say a later time than the line of history that holds them first."""
    seen: set[str] = set()
    for line in lines:
        if line["part"] == "sign_offs":
            for each in line["after"] or []:
                if each["name_digest"] not in seen and each["at"][:19] > line["at"][:19]:
                    yield f"The sign-off by {plain(each['by'])} is from after it was written down."
                seen.add(each["name_digest"])


def sign_off_notes(record: Document, keys: str, about: str) -> Iterator[str]:
    """What each sign-off amounts to, and what it rests on."""
    digest = signed_digest(record)
    for each in record["assessment"]["sign_offs"]:
        who = f"{about}: signed off by {plain(each['by'])}, {plain(each['post'])}"
        stands = each["digest"] == digest
        over = (
            "as the record stands" if stands else "and CHANGED SINCE: it is not what they signed"
        )
        said = f"{who}, {plain(each['at'])[:10]}, {over}."
        if not each.get("public_key"):
            said += " By name alone: no server sealed it."
        elif not keys:
            said += (
                " It is signed by the key in this pack, which anybody could have made: compare "
                f"{each['public_key']} with the public key that the organisation publishes, or "
                "give that with --key."
            )
        if each.get("stamp"):
            said += f" {stamp_note(each)}"
        yield said
    if not any(each["digest"] == digest for each in record["assessment"]["sign_offs"]):
        yield f"{about}: NOT SIGNED OFF as the record stands now."


# What a time stamp (RFC 3161) holds. Its own signature is by certificates of others: for those
# there is nothing in Python itself.

STAMPED = bytes.fromhex("2a864886f70d0109100104")  # the kind of content that is a time stamp
HASHES = {
    bytes.fromhex("608648016503040201"): "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
}


def stamp_content(stamp: str) -> tuple[bytes, bytes, str]:
    """The kind of hash, the hash and the time in a service's answer; ValueError where none is."""
    [(_, answer)] = der(base64.b64decode(stamp, validate=True))
    _status, (_, token) = der(answer)[:2]
    (_, kind), (_, content) = der(token)
    [(_, signed)] = der(content)
    (_, kind), (_, content) = der(der(signed)[2][1])
    [(_, octets)] = der(content)
    [(_, about)] = der(octets)
    _version, _policy, (_, imprint), _serial, (_, time) = der(about)[:5]
    (_, algorithm), (_, digest) = der(imprint)
    shown = re.fullmatch(r"(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z", time.decode("ascii"))
    if kind != STAMPED or shown is None:
        raise ValueError("this is no time stamp")
    year, month, day, hour, minute, second = shown.groups()
    return der(algorithm)[0][1], digest, f"{year}-{month}-{day} {hour}:{minute}:{second} UTC"


def der(data: bytes) -> list[tuple[int, bytes]]:
    """The tag and the content of each thing that stands in DER, one after the other."""
    found, at = [], 0
    while at < len(data):
        tag, size, start = data[at], data[at + 1], at + 2
        if size >= 0x80:
            start += size & 0x7F
            size = int.from_bytes(data[at + 2 : start], "big") if start > at + 2 else len(data)
        if start + size > len(data):
            raise ValueError("it is cut off")
        found.append((tag, data[start : start + size]))
        at = start + size
    return found


PARTS = {
    "purchase", "supplier", "upstreams", "pack", "gate", "as_of", "state", "decision",
    "overrides", "triggers", "replaces", "organisation", "markings", "known_risks", "benefits",
    "owner", "sign_offs",
}  # fmt: skip
ENTRIES = {
    "carried": "carried:", "handovers": "handover:", "comments": "comments:", "files": "file:",
    "reviews": "review:",
}  # fmt: skip
ELSEWHERE = {"id", "answers", "mitigations", "fictional", "created_at", "created_by", *ENTRIES}


def parts_of(assessment: Document) -> Document:
    """The record's assessment, cut up as the history keeps it."""
    unknown = assessment.keys() - PARTS - ELSEWHERE
    if unknown:
        raise ValueError(f"an assessment has no {sorted(unknown)}")
    parts = {name: assessment[name] for name in PARTS & assessment.keys()}
    parts.update((f"answer:{name}", value) for name, value in assessment["answers"].items())
    for each in assessment.get("mitigations", []):
        parts[f"mitigation:{each['question']}"] = each
    for key, start in ENTRIES.items():
        parts.update((start + name, value) for name, value in assessment.get(key, {}).items())
    return parts


def normal(value: JSON) -> bytes:
    """A part to be compared: one chosen option is written in one of two ways."""
    if isinstance(value, dict) and "option" in value:
        value = dict(value)
        value["options"] = [value.pop("option")]
    if isinstance(value, dict) and "alone" in value:
        value = {**value, "alone": [json.loads(normal(each)) for each in value["alone"]]}
    return write_json(value)


# --- Checkpoints

CHECKPOINT_LINE = re.compile(
    r"assessment=(\S{1,200}) entries=(\d{1,9}) head=([0-9a-f]{64}) record=([0-9a-f]{64}) "
    r"(?:pack=([0-9a-f]{64}) )?software=(.{1,300})"
)
# What the page about an assessment showed at first: the number and hash of the last line alone.
HEAD_LINE = re.compile(r"(?:^|\s)(\d{1,9}) ([0-9a-f]{64})(?:\s|$)")


def checkpoint_line(record: Document, entries: int, head: str, pack: str = "") -> str:
    """The line that, kept elsewhere, shows later whether anything before it was changed.

    ``entries`` and ``head`` are the number and the hash of the last line of its history;
    ``pack`` is the seal of the files of a pack, for a line that lies in one.
    """
    sealed = f"pack={pack} " if pack else ""
    return (
        f"assessment={record['assessment']['id']} entries={entries} head={head} "
        f"record={record['digest']} {sealed}software={record['software']}"
    )


def seal_in(pack: Pack, folder: str) -> str:
    """The seal of the files about the assessment in ``folder``; none in the first form of pack."""
    if pack.seals is None:
        pack.seals = {}  # if the manifest cannot be read, that is found out once
        manifest = read_json(pack.read(MANIFEST), MANIFEST)
        pack.seals = {} if manifest["pack_version"] == 1 else seals(manifest)
    return pack.seals.get(folder, "")


def seals(manifest: Document) -> dict[str, str]:
    """By folder a digest over all that the manifest says of one assessment, but the checkpoint.

    It is the same in a pack of this assessment alone and in one of many, with the files of
    evidence and without, whoever made it when.
    """
    kinds = ("files", "left_out")
    own: dict[str, dict[str, list[Document]]] = {
        each["folder"]: {kind: [] for kind in kinds} for each in manifest["assessments"]
    }
    shared: dict[str, list[Document]] = {kind: [] for kind in kinds}
    for kind in kinds:
        for each in manifest[kind]:
            name = each["file"]
            folders = [folder for folder in folders_of(name) if folder in own]
            if not folders and name not in (MANIFEST, CHECKPOINT):
                shared[kind].append(each)
            for folder in folders:
                inside = name[len(folder) :]
                # The record's digest seals the files of evidence.
                if name not in (MANIFEST, CHECKPOINT) and not inside.startswith(FILES):
                    own[folder][kind].append({**each, "file": inside})
    rest = {"files", "left_out", "assessments", "digest", "made"}
    about = {name: value for name, value in manifest.items() if name not in rest}
    found = {}
    for folder, lists in own.items():
        for kind in kinds:
            entries = [*lists[kind], *shared[kind]]
            about[kind] = sorted(entries, key=lambda each: str(each["file"]))
        found[folder] = sha256(write_json(about))
    return found


def check_stated_checkpoint(pack: Pack, lines: list[str]) -> Iterator[str]:
    """Problems with the checkpoint that lies in the pack itself."""
    stated = pack.read(CHECKPOINT).decode(errors="replace").splitlines(keepends=True)
    # The seal of the pack may be left out of a line, as it is in packs of the first form.
    bare = [re.sub(r" pack=[0-9a-f]{64}(?= software=)", "", line) for line in lines]
    fitting = zip(stated, lines, bare, strict=False)
    if len(stated) != len(lines) or not all(s in (f"{a}\n", f"{b}\n") for s, a, b in fitting):
        yield "checkpoint.txt does not state what is in this pack."


def check_checkpoint(text: str, pack: Pack, folders: list[str], report: Report) -> Iterator[str]:
    """What stood at the checkpoint and does not stand in the pack any more."""
    given = [line for line in text.splitlines() if line.strip()]
    lines = [match for line in given if (match := CHECKPOINT_LINE.search(line))]
    others = [line for line in given if not CHECKPOINT_LINE.search(line)]
    heads = [match for line in others if (match := HEAD_LINE.search(line))]
    if len(lines) + len(heads) < len(given) or not given:
        yield "The checkpoint cannot be read: give the whole line, or a file that holds it."
    for match in heads:
        yield from check_head(int(match[1]), match[2], pack, folders, report)
    places = {}
    for folder in folders:
        record = read_json(pack.read(folder + RECORD), RECORD)
        places[record["assessment"]["id"]] = folder
    missing = places.keys() - {match[1] for match in lines}
    if missing and lines:
        report.notes.append(f"The checkpoint does not name {plain(', '.join(sorted(missing)))}.")
    for match in lines:
        if match[1] in places:
            yield from check_line(match, pack, places[match[1]], report)
        else:
            yield f"The checkpoint names {plain(match[1])}, which is not in this pack."


def check_line(match: re.Match[str], pack: Pack, folder: str, report: Report) -> Iterator[str]:
    """What stood at one line of a checkpoint and does not stand in the pack any more."""
    name, entries, head, digest, sealed, software = match.groups()
    record = read_json(pack.read(folder + RECORD), RECORD)
    lines = read_history(pack.read(folder + HISTORY))
    number = int(entries)
    if number > len(lines):
        yield (
            f"{plain(name)}: the history was cut short. It had {number} lines at the "
            f"checkpoint and has {len(lines)}."
        )
    elif (lines[number - 1]["hash"] if number else START) != head:
        yield (
            f"{plain(name)}: the history was written anew. Line {number} is not the one that "
            "stood there at the checkpoint."
        )
    elif number < len(lines):
        report.notes.append(
            f"{plain(name)}: {len(lines) - number} changes were made since the checkpoint."
        )
    elif digest_without({**record, "software": software.strip()}) != digest:
        yield f"{plain(name)}: the record is not the one of the checkpoint."
    elif sealed and software.strip() == record["software"] and seal_in(pack, folder) != sealed:
        if not report.holds:
            return  # what was changed is named already
        yield (
            f"{plain(name)}: the files are not those of the pack that the checkpoint was taken "
            "from, though nothing was changed since. Ask for that pack."
        )


def check_head(
    number: int, head: str, pack: Pack, folders: list[str], report: Report
) -> Iterator[str]:
    """What an earlier form of checkpoint, which names no assessment, shows to be changed."""
    fits, last = False, 0
    for folder in folders:
        lines = read_history(pack.read(folder + HISTORY))
        last = len(lines)
        if 0 < number <= last and lines[number - 1]["hash"] == head:
            if number < last:
                report.notes.append(f"{last - number} changes were made since the checkpoint.")
            fits = True
            break
    if not fits and len(folders) == 1 and number > last:
        yield (
            f"The history was cut short. It had {number} lines at the checkpoint and has {last}."
        )
    elif not fits:
        yield (
            f"No history here has the line {number} of the checkpoint: it was written anew, or "
            "belongs to another pack."
        )


# --- The result


def check_result(record: Document) -> Iterator[str]:
    """Where the stated result is not what the answers give."""
    framework, assessment = record["framework"], record["assessment"]
    if record["method"] != framework["method"]:
        yield "The record names another method than its framework."
    version = str(framework.get("method_version", 1))
    if record["method_version"] != version:
        yield "The record names another version of the method than its framework."
    if version not in ("1", "2") or framework["method"] not in METHODS:
        method = plain(framework["method"])
        yield f"This program does not know the method {method} at that version."
        return
    found = METHODS[framework["method"]](framework, assessment, assessment["pack"])
    for where, stated, ours in differences(record["result"], found, "result"):
        yield f"{plain(where)} is {plain(stated)} in the record; its answers give {plain(ours)}."


def differences(stated: JSON, found: JSON, where: str) -> Iterator[tuple[str, str, str]]:
    """Each place where two JSON values differ, with both."""
    if isinstance(stated, dict) and isinstance(found, dict):
        for key in sorted(stated.keys() | found.keys()):
            if key in stated and key in found:
                yield from differences(stated[key], found[key], f"{where}.{key}")
            else:
                one, other = (
                    "left out" if key not in each else "there" for each in (stated, found)
                )
                yield f"{where}.{key}", one, other
    elif write_json(stated) != write_json(found):
        yield where, json.dumps(stated), json.dumps(found)


# --- The command


def main(arguments: list[str] | None = None) -> int:
    """Check the pack that the command line names; 0 where everything holds."""
    parser = argparse.ArgumentParser(description="Check an audit pack.")
    parser.add_argument("pack", nargs="?", help="a ZIP or a folder; left out: this file's folder")
    parser.add_argument("--checkpoint", default="", help="a checkpoint line, or a file of them")
    parser.add_argument("--key", default="", help="public keys of the server, or a file of them")
    given = parser.parse_args(arguments)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    place = Path(given.pack) if given.pack else Path(__file__).resolve().parent
    try:
        checkpoint, keys = read_checkpoint(given.checkpoint), read_keys(given.key)
    except OSError as error:
        print(f"The checkpoint or the key cannot be read: {plain(error)}.")
        return 1
    report = check_pack(place, checkpoint, keys)
    print_report(report, str(place))
    return 0 if report.holds else 1


def read_checkpoint(given: str) -> str:
    """The text of a checkpoint: what was given, or what the file of that name holds."""
    if not given or CHECKPOINT_LINE.search(given) or HEAD_LINE.search(given):
        return given
    with Path(given).open("rb") as file:
        text = file.read(10_000_000).decode("utf-8-sig", errors="replace")
    return text if text.strip() else "an empty file"


def read_keys(given: str) -> str:
    """The text of public keys: what was given, or what the file of that name holds."""
    if not given or re.fullmatch(r"[0-9a-f]{64}", given):
        return given
    with Path(given).open("rb") as file:
        return file.read(1_000_000).decode("utf-8-sig", errors="replace") or "an empty file"


def print_report(report: Report, place: str) -> None:
    """Say in plain words what holds, what does not, and what this cannot show."""
    print(f"Audit pack {plain(place)}")
    before = ""
    shown = Counter[tuple[str, bool]]()
    for about, ok, text in report.lines:
        if about != before:
            print(f"\n{about or 'The pack'}")
            before = about
        shown[about, ok] += 1
        if ok or shown[about, ok] <= MOST_SHOWN:
            print(f"  {'holds   ' if ok else 'DOES NOT'}  {text}")
    hidden = sum(max(0, count - MOST_SHOWN) for (_, ok), count in shown.items() if not ok)
    if hidden:
        print(f"\n{hidden} further problems are not shown.")
    for note in report.notes:
        print(f"\nNote: {note}")
    if report.unconfirmed:
        print("")
    for each in report.unconfirmed:
        print(f"  NOT CONFIRMED  {each}")
    count = len(report.problems)
    verdict = "Everything that was checked holds." if report.holds else f"{count} problems."
    if report.unconfirmed:
        verdict += f" NOT CONFIRMED: {len(report.unconfirmed)}, named above."
    print(f"\n{verdict}\n\nWhat this cannot show:")
    for limit in LIMITS:
        print(f"  - {limit}")


# ---------------------------------------------------------------------------------------------
# The method weakest-section: the framework and the answers
# ---------------------------------------------------------------------------------------------


def all_questions(framework: Document) -> dict[str, Question]:
    """Every question by id, in reading order, with its section's id, role and condition."""
    found: dict[str, Question] = {}
    for section in framework["sections"]:
        for question in section["questions"]:
            if question["id"] in found:
                raise ValueError(f"question {question['id']} stands twice")
            both = [each["when"] for each in (section, question) if "when" in each]
            found[question["id"]] = {
                **question,
                "section": section["id"],
                "role": section.get("role", ""),
                "when": {"all": both} if both else None,
            }
    if len(framework["sections"]) > MOST_SECTIONS or len(found) > MOST_QUESTIONS:
        raise ValueError(f"more than {MOST_SECTIONS} sections or {MOST_QUESTIONS} questions")
    return found


def is_scored(question: Question) -> bool:
    """Whether the method weighs this question: only those with one choice have a risk."""
    return bool(question.get("type", "single") == "single")


def fact_options(framework: Document) -> dict[str, list[str]]:
    """The option ids of every fact, in reading order."""
    facts = framework.get("facts", [])
    return {fact["id"]: [option["id"] for option in fact["options"]] for fact in facts}


def option_ids(framework: Document) -> dict[str, list[str]]:
    """The option ids of every fact, then of every question, in reading order."""
    found = fact_options(framework)
    for name, question in all_questions(framework).items():
        found[name] = [option["id"] for option in question.get("options", [])]
    return found


def risks_of(question: Question) -> dict[str, Fraction]:
    """The risk of each option of a question."""
    return {option["id"]: Fraction(option["risk"]) for option in question["options"]}


def best_of(question: Question) -> Fraction:
    """The least risk among the question's own options."""
    return min(risks_of(question).values())


def worst_of(question: Question) -> Fraction:
    """The greatest risk among the question's own options."""
    return max(risks_of(question).values())


def names_in(condition: JSON) -> set[str]:
    """Every fact and question that a condition names, however deep."""
    if condition is None or "never" in condition:
        return set()
    if "question" in condition:
        return {condition["question"]}
    parts = condition["any"] if "any" in condition else condition["all"]
    return {name for part in parts for name in names_in(part)}


def named_by_conditions(framework: Document) -> set[str]:
    """Every fact and question that some question's condition names."""
    questions = all_questions(framework).values()
    return {name for question in questions for name in names_in(question.get("when"))}


def named_by_tier_rule(framework: Document) -> set[str]:
    """Every fact and question that the tier rule names."""
    rule = framework["policy"]["tier_rule"]
    named = {base["question"] for base in rule["base"]}
    for adjustment in rule.get("adjustments", []):
        named |= names_in(adjustment["when"])
    return named


def may_be_not_applicable(framework: Document) -> set[str]:
    """The questions that may be declared not applicable, mitigations aside."""
    named = named_by_conditions(framework)
    if "tier_rule" in framework["policy"]:
        named |= named_by_tier_rule(framework)
    return {
        name
        for name, question in all_questions(framework).items()
        if question["role"] != "context"
        and not (question.get("red_flag") or question.get("scores"))
        and name not in named
    }


def pack_members(framework: Document, pack_id: str) -> set[str]:
    """The ids of the questions a pack asks."""
    (pack,) = (pack for pack in framework["packs"] if pack["id"] == pack_id)
    questions = all_questions(framework)
    if pack["questions"] == "all":
        return set(questions)
    if pack["questions"] == "core":
        return {name for name, question in questions.items() if question.get("core")}
    return set(pack["questions"])


def gate_of(framework: Document, line: Document) -> str:
    """The gate that the line names, or the last; empty where the framework has no gates."""
    gates = [gate["id"] for gate in framework.get("gates", [])]
    if "gate" not in line:
        return gates[-1] if gates else ""
    if line["gate"] not in gates:
        raise ValueError(f"{line['gate']!r} is not among {gates}")
    return str(line["gate"])


def not_due(framework: Document, gate: str) -> set[str]:
    """The questions whose gate has not come. Context is always due."""
    gates = [each["id"] for each in framework.get("gates", [])]
    return {
        name
        for name, question in all_questions(framework).items()
        if gates
        and question["role"] != "context"
        and gates.index(question["first_gate"]) > gates.index(gate)
    }


def read_answers(framework: Document, line: Document, as_of: date) -> dict[str, Answer]:
    """One answer for each fact and question: its state, options and the grade that counts.

    What is missing is unanswered. The grade is E0 unless given, and E0 again once
    ``valid_until`` lies before ``as_of``. A plain string or list is the options (the text, for a
    question without options).
    """
    options = option_ids(framework)
    kinds = {name: q.get("type", "single") for name, q in all_questions(framework).items()}
    may_be_na = may_be_not_applicable(framework)
    stored = line.get("answers", {})
    for name in stored:
        if name not in options:
            raise ValueError(f"unknown question {name!r}")
    return {
        name: read_answer(
            stored.get(name, {"state": "unanswered"}),
            choices,
            kinds.get(name, "single"),
            as_of,
            may_be_na=name in may_be_na,
        )
        for name, choices in options.items()
    }


def read_answer(
    given: JSON, options: list[str], kind: str, as_of: date, *, may_be_na: bool
) -> Answer:
    """One stored answer: its state and, where answered, its options and grade."""
    if isinstance(given, str):
        given = {"option" if options else "text": given}
    elif isinstance(given, list):
        given = {"options": given}
    chosen = [given["option"]] if "option" in given else given.get("options", [])
    state = given.get("state", "answered")
    if state == "answered":
        if options and not (chosen and set(chosen) <= set(options)):
            raise ValueError(f"{chosen!r} is not among {options}")
        if len(chosen) > 1 and kind != "multiple":
            raise ValueError(f"{chosen!r}: one option only")
        return {"state": "answered", "options": chosen, "grade": grade_of(given, as_of)}
    if chosen:
        raise ValueError(f"an option cannot stand beside the state {state!r}")
    if state == "not_applicable" and not (may_be_na and given.get("reason")):
        raise ValueError("not_applicable is not possible here")
    if state not in (*OPEN_STATES, "not_applicable"):
        raise ValueError(f"unknown state {state!r}")
    alone = given.get("alone", [])
    if state == "unanswered" and len(alone) > 1:  # two people differ: it is one of the two
        read = (read_answer(a, options, kind, as_of, may_be_na=may_be_na) for a in alone)
        return {"state": state, "alone": list(read)}
    return {"state": state}


def options_left(answer: Answer, options: list[str]) -> list[str]:
    """What an answer may still choose; "" where it may be that nothing is."""
    if answer["state"] == "answered":
        return list(answer["options"])
    if answer["state"] == "not_applicable":
        return [""]
    if "alone" not in answer:
        return options
    left = {option for each in answer["alone"] for option in options_left(each, options)}
    return [option for option in ["", *options] if option in left]


def grade_of(given: Document, as_of: date) -> str:
    """The grade that counts: none that ran out before ``as_of``."""
    grade = str(given.get("evidence", "E0"))
    if grade not in GRADES:
        raise ValueError(f"{grade!r} is not one of {GRADES}")
    valid_until = given.get("valid_until")
    return "E0" if valid_until and date.fromisoformat(valid_until) < as_of else grade


def read_mitigations(
    framework: Document, line: Document, answers: dict[str, Answer], as_of: date
) -> dict[str, Mitigation]:
    """Mitigations by question, each with its target's risk and the status that counts.

    An agreed mitigation whose due date lies before ``as_of`` counts as proposed.
    """
    questions = all_questions(framework)
    found: dict[str, Mitigation] = {}
    for given in line.get("mitigations", []):
        name, status = given["question"], given["status"]
        if name in found:
            raise ValueError(f"{name}: one mitigation a question")
        if status not in MITIGATION_STATUSES:
            raise ValueError(f"{name}: unknown status {status!r}")
        if status != "proposed" and answers[name]["state"] == "not_applicable":
            raise ValueError(f"{name}: it carries a mitigation, so it cannot be not applicable")
        if status == "agreed":
            if not all(given.get(field) for field in ("owner", "due", "clause")):
                raise ValueError(f"{name}: an agreed mitigation needs owner, due and clause")
            if date.fromisoformat(given["due"]) < as_of:
                status = "proposed"
        if status == "verified" and given.get("evidence") != "E4":
            raise ValueError(f"{name}: a verified mitigation needs evidence E4 of its own")
        found[name] = {"status": status, "target": risks_of(questions[name])[given["target"]]}
    return found


# ---------------------------------------------------------------------------------------------
# Conditions in three values
# ---------------------------------------------------------------------------------------------


def in_order(framework: Document) -> list[str]:
    """Every fact and question, each after those its condition names."""
    questions = all_questions(framework)
    named = {name: names_in(question["when"]) for name, question in questions.items()}
    known = fact_options(framework).keys() | questions.keys()
    for names in named.values():
        if not names <= known:
            raise ValueError(f"a condition names {sorted(names - known)}, which is not there")
    named.update((name, set()) for name in fact_options(framework))
    return list(TopologicalSorter(named).static_order())  # raises CycleError, a ValueError


def applicability(framework: Document, answers: dict[str, Answer]) -> dict[str, bool | None]:
    """Whether each question applies; None is unknown. The pack plays no part."""
    questions, options = all_questions(framework), option_ids(framework)
    applies: dict[str, bool | None] = {}
    for name in in_order(framework):
        condition = questions[name]["when"] if name in questions else None
        applies[name] = condition is None or holds(condition, applies, answers, options)
        if applies[name] and any(e["state"] == "not_applicable" for e in alone_in(answers[name])):
            applies[name] = None
    return {name: applies[name] for name in questions}


def alone_in(answer: Answer) -> list[Answer]:
    """The two answers of which none is agreed; nothing where there are none."""
    return answer.get("alone") or []


def holds(
    condition: Document,
    applies: dict[str, bool | None],
    answers: dict[str, Answer],
    options: dict[str, list[str]],
) -> bool | None:
    """A condition in three values, once what it names is known."""
    if "never" in condition:
        return False
    if "question" in condition:
        name = condition["question"]
        wanted = condition["in"] if "in" in condition else condition["not_in"]
        chosen = is_chosen(wanted, applies[name], answers[name], options[name])
        return chosen if "in" in condition or chosen is None else not chosen
    kind = "any" if "any" in condition else "all"
    parts = [holds(part, applies, answers, options) for part in condition[kind]]
    settling = kind == "any"
    if settling in parts:
        return settling
    return None if None in parts else not settling


def is_chosen(
    wanted: list[str], applies: bool | None, answer: Answer, options: list[str]
) -> bool | None:
    """Whether a wanted option is chosen; hidden and not applicable ones are not chosen."""
    if applies is False or answer["state"] == "not_applicable":
        return False
    if answer["state"] == "answered":
        hit = any(option in wanted for option in answer["options"])
        return hit and (True if applies is True else None)
    hits = [option in wanted for option in options_left(answer, options)]
    if not any(hits):
        return False
    return True if all(hits) and applies is True else None


# ---------------------------------------------------------------------------------------------
# The value of one question
# ---------------------------------------------------------------------------------------------


def is_open(answer: Answer) -> bool:
    """Open means unanswered, unknown or withheld."""
    return answer["state"] in OPEN_STATES


def covering(several: list[Range]) -> Range:
    """From the lowest to the highest of several, with the middle of their centres.

    The middle is rounded down to a quarter of a point.
    """
    middle = sum((each["central"] for each in several), Fraction(0)) / len(several)
    return {
        "low": min(each["low"] for each in several),
        "central": Fraction(4 * middle // 1, 4),
        "high": max(each["high"] for each in several),
    }


def stated_values(question: Question, answer: Answer) -> Range:
    """Low, central and high of one answer, every claim believed."""
    if both := [each for each in alone_in(answer) if each["state"] != "not_applicable"]:
        return covering([stated_values(question, each) for each in both])
    if answer["state"] == "answered":
        return dict.fromkeys(ENDS, risks_of(question)[answer["options"][0]])
    best, worst = best_of(question), worst_of(question)
    if answer["state"] == "unanswered":
        central = best + Fraction(1, 2) * (worst - best)
    elif answer["state"] == "unknown" and not question.get("red_flag"):
        central = best + Fraction(3, 4) * (worst - best)
    else:
        central = worst
    return {"low": best, "central": central, "high": worst}


def evidenced_values(
    framework: Document, question: Question, answer: Answer, tier: dict[str, int]
) -> Range:
    """After the evidence floor: each end has its own tier; open questions have no floor."""
    if both := [each for each in alone_in(answer) if each["state"] != "not_applicable"]:
        return covering([evidenced_values(framework, question, each, tier) for each in both])
    values = stated_values(question, answer)
    if is_open(answer):
        return values
    evidenced: Range = {}
    for end in ENDS:
        floors = framework["policy"]["tiers"][tier[end] - 1]["evidence_floor"]
        floor = min(Fraction(floors[answer["grade"]]), worst_of(question))
        evidenced[end] = max(values[end], floor)
    return evidenced


def residual_value(
    framework: Document, evidenced: Fraction, mitigation: Mitigation | None
) -> Fraction:
    """After the mitigation: nothing, a few points, or all the way to its target."""
    if mitigation is None or mitigation["status"] == "proposed":
        return evidenced
    target: Fraction = mitigation["target"]
    if mitigation["status"] == "agreed":
        helped = evidenced - Fraction(framework["policy"]["agreed_mitigation_helps"])
        return min(evidenced, max(target, helped))
    return min(evidenced, target)


def figures_of(
    framework: Document,
    question: Question,
    answer: Answer,
    mitigation: Mitigation | None,
    tier: dict[str, int],
) -> dict[str, Range]:
    """The three figures of one question: claimed, inherent and residual."""
    inherent = evidenced_values(framework, question, answer, tier)
    return {
        "claimed": stated_values(question, answer),
        "inherent": inherent,
        "residual": {end: residual_value(framework, inherent[end], mitigation) for end in ENDS},
    }


# ---------------------------------------------------------------------------------------------
# Impact tier
# ---------------------------------------------------------------------------------------------


def tier_number(framework: Document, total: Fraction) -> int:
    """The highest tier that starts at ``total`` or below."""
    later = framework["policy"]["tiers"][1:]
    return max([1, *(int(tier["tier"]) for tier in later if total >= tier["from"])])


def step_holds(condition: Document, risk: dict[str, Range], facts: dict[str, str]) -> set[bool]:
    """What a step's condition may come out as, while each risk is anywhere from low to high."""
    if "any" in condition or "all" in condition:
        settling = "any" in condition
        parts = [
            step_holds(part, risk, facts) for part in condition.get("any") or condition["all"]
        ]
        found = {settling} if any(settling in part for part in parts) else set()
        if all((not settling) in part for part in parts):
            found.add(not settling)
        return found
    name = condition["question"]
    if "in" in condition:
        return {facts[name] in condition["in"]}
    if "not_in" in condition:
        return {facts[name] not in condition["not_in"]}
    least = condition.get("risk_at_least", risk[name]["low"])
    most = condition.get("risk_at_most", risk[name]["high"])
    found = set()
    if max(least, risk[name]["low"]) <= min(most, risk[name]["high"]):
        found.add(True)
    if risk[name]["low"] < least or risk[name]["high"] > most:
        found.add(False)
    return found


def tier_total(
    framework: Document, risk: dict[str, Range], facts: dict[str, str], end: str
) -> Fraction:
    """What the tier rule adds up to at one end.

    At the low end a step up counts where it certainly applies and a step down where it may, at
    the high end the other way round.
    """
    rule = framework["policy"]["tier_rule"]
    bases = (risk[base["question"]][end] - base.get("subtract", 0) for base in rule["base"])
    total = Fraction(max(bases))
    if end == "central":
        risk = {name: dict.fromkeys(ENDS, value["central"]) for name, value in risk.items()}
    for step in rule.get("adjustments", []):
        outcomes = step_holds(step["when"], risk, facts)
        choose = min if end == "low" else max
        total += choose(step["add"] if holds else 0 for holds in outcomes)
    return total


def impact_tiers(
    framework: Document, answers: dict[str, Answer], applies: dict[str, bool | None]
) -> dict[str, int]:
    """The tier at the low end, in the middle and at the high end.

    A hidden question counts as 0. One whose condition is unknown is absent at the low end and
    present at the other two. Open questions stand at their best, at central rounded up, and at
    their worst. An open fact takes the answer that gives the mildest tier at the low end, the
    gravest at the other two.
    """
    questions, facts = all_questions(framework), fact_options(framework)
    named = sorted(named_by_tier_rule(framework))
    fact_choices = [
        [(name, option) for option in options_left(answers[name], facts[name])]
        for name in named
        if name in facts
    ]
    if prod(len(choices) for choices in fact_choices) > MOST_COMBINATIONS:
        raise ValueError("too many open facts in the tier rule")
    risk: dict[str, Range] = {}
    for name in named:
        if name not in questions:
            continue
        values = stated_values(questions[name], answers[name])
        if applies[name] is False:
            values = dict.fromkeys(ENDS, Fraction(0))
        elif applies[name] is None:
            values = {**values, "low": Fraction(0)}
        values["central"] = Fraction(-(-values["central"] // 1))  # rounded up
        risk[name] = values
    tiers: dict[str, int] = {}
    for end in ENDS:
        found = [tier_total(framework, risk, dict(f), end) for f in product(*fact_choices)]
        tiers[end] = tier_number(framework, min(found) if end == "low" else max(found))
    return tiers


# ---------------------------------------------------------------------------------------------
# Section scores
# ---------------------------------------------------------------------------------------------


def end_of_range(
    mandatory: list[tuple[Fraction, Fraction]], optional: list[tuple[Fraction, Fraction]], end: str
) -> Fraction:
    """The mean of (weight, value) pairs at the low or the high end.

    All mandatory pairs, then the optional ones, most extreme first, while each still moves the
    mean further out.
    """
    weight = sum((w for w, _ in mandatory), Fraction(0))
    total = sum((w * x for w, x in mandatory), Fraction(0))
    for w, x in sorted(optional, key=lambda pair: pair[1], reverse=end == "high"):
        mean = total / weight
        if not (x > mean if end == "high" else x < mean):
            break
        weight += w
        total += w * x
    return total / weight


def score_range(
    mandatory: list[tuple[Fraction, Range]],
    optional: list[tuple[Fraction, Range]],
    scale_max: Fraction,
) -> Range:
    """Low, central and high of one figure of a section, out of 100."""
    if not mandatory:
        return {"low": Fraction(0), "central": Fraction(100), "high": Fraction(100)}

    def at(pairs: list[tuple[Fraction, Range]], end: str) -> list[tuple[Fraction, Fraction]]:
        return [(weight, values[end]) for weight, values in pairs]

    means = {
        "low": end_of_range(at(mandatory, "low"), at(optional, "low"), "low"),
        "central": end_of_range(at(mandatory, "central"), [], "high"),
        "high": end_of_range(at(mandatory, "high"), at(optional, "high"), "high"),
    }
    return {end: 100 * means[end] / scale_max for end in ENDS}


def percentage(value: Fraction) -> str:
    """A text with one decimal, rounded half up."""
    tenths = (value * 10 + Fraction(1, 2)) // 1
    return f"{tenths // 10}.{tenths % 10}"


# ---------------------------------------------------------------------------------------------
# Red flags
# ---------------------------------------------------------------------------------------------


def red_flag_state(
    question: Question, answer: Answer, mitigation: Mitigation | None, *, applies: bool
) -> str:
    """Fired, pending or cleared, for a question of the pack that applies or may.

    ``applies`` is False where that is unknown. The value looked at is the answer's or, with a
    verified mitigation, the better of the answer's and the target's.
    """
    risks = risks_of(question)
    flagged = question["red_flag"]["options"]
    threshold = min(risks[option] for option in flagged)
    if any(risk >= threshold and option not in flagged for option, risk in risks.items()):
        raise ValueError(f"{question['id']}: red-flag options must be its worst options")
    left = [option for option in options_left(answer, [*risks]) if option] or [*risks]
    possible = [risks[option] for option in left]
    if mitigation is not None and mitigation["status"] == "verified":
        possible = [min(value, mitigation["target"]) for value in possible]
    triggers = [value >= threshold for value in possible]
    if all(triggers) and applies:
        return "fired"
    return "pending" if any(triggers) else "cleared"


def acts_as(question: Question, state: str, tier: dict[str, int], end: str) -> str:
    """What a red flag does at one end: ``stop``, ``flag`` or ``nothing``.

    Fired ones act at every end, pending ones at the high end only; below the tier from which it
    counts neither does.
    """
    if state == "cleared" or (state == "pending" and end != "high"):
        return "nothing"
    red_flag = question["red_flag"]
    if tier[end] < red_flag.get("from_tier", 1):
        return "nothing"
    if "stop_from_tier" in red_flag:
        return "stop" if tier[end] >= red_flag["stop_from_tier"] else "flag"
    return str(red_flag["class"])


def listed_under(question: Question, state: str, tier: dict[str, int]) -> tuple[str, str]:
    """The list in which a fired or pending red flag is named.

    Fired, but a stop at the high end only, it stands under stops, pending; and pending where it
    counts at the high end only.
    """
    red_flag = question["red_flag"]
    if tier["low"] < red_flag.get("from_tier", 1):
        state = "pending"
    if "stop_from_tier" not in red_flag:
        return ("stops" if red_flag["class"] == "stop" else "flags", state)
    if tier["high"] < red_flag["stop_from_tier"]:
        return ("flags", state)
    return ("stops", state if tier["low"] >= red_flag["stop_from_tier"] else "pending")


# ---------------------------------------------------------------------------------------------
# Bands, the decision, the whole
# ---------------------------------------------------------------------------------------------


class Case:
    """One line of answers read against one framework and pack.

    ``counted`` are the questions that are not out of the pack, not applicable or hidden: what
    else there is leaves everything below.
    """

    def __init__(self, framework: Document, line: Document, pack: str) -> None:
        as_of = date.fromisoformat(line["as_of"])
        self.framework, self.policy, self.pack = framework, framework["policy"], pack
        self.gate = gate_of(framework, line)
        self.bands = [band["id"] for band in self.policy["bands"]]
        self.answers = read_answers(framework, line, as_of)
        self.mitigations = read_mitigations(framework, line, self.answers, as_of)
        self.applies = applicability(framework, self.answers)
        self.tier = impact_tiers(framework, self.answers, self.applies)
        core = self.policy.get("core_pack")
        self.core = pack_members(framework, core) if core else set()
        later = not_due(framework, self.gate)
        in_pack = pack_members(framework, pack)
        self.later = [name for name in all_questions(framework) if name in in_pack & later]
        self.members = in_pack - later
        self.counted = {
            name: question
            for name, question in all_questions(framework).items()
            if name in self.members
            and is_scored(question)
            and self.answers[name]["state"] != "not_applicable"
            and self.applies[name] is not False
        }
        self.flag_states = {
            name: red_flag_state(
                question,
                self.answers[name],
                self.mitigations.get(name),
                applies=self.applies[name] is True,
            )
            for name, question in self.counted.items()
            if question.get("red_flag")
        }

    def flag_lists(self) -> dict[str, dict[str, list[str]]]:
        """Stops and flags, fired and pending, in reading order."""
        lists: dict[str, dict[str, list[str]]] = {
            "stops": {"fired": [], "pending": []},
            "flags": {"fired": [], "pending": []},
        }
        for name, state in self.flag_states.items():
            starts = self.counted[name]["red_flag"].get("from_tier", 1)
            if state != "cleared" and self.tier["high"] >= starts:
                where, how = listed_under(self.counted[name], state, self.tier)
                lists[where][how].append(name)
        return lists

    def acting(self, end: str, among: dict[str, Question]) -> set[str]:
        """What the red flags of these questions do at one end."""
        return {
            acts_as(self.counted[name], state, self.tier, end)
            for name, state in self.flag_states.items()
            if name in among
        }

    def open_names(self) -> list[str]:
        """The open facts, then the open questions whose answer can change the result.

        Those are the scored ones; from version 2 of the method on also what has several choices
        and is named by a condition.
        """
        later = self.framework.get("method_version", 1) > 1
        named = named_by_conditions(self.framework) if later else set()
        return [
            *(name for name in fact_options(self.framework) if is_open(self.answers[name])),
            *(
                name
                for name, question in all_questions(self.framework).items()
                if is_open(self.answers[name])
                and (
                    name in self.counted
                    or (
                        name in named & self.members
                        and not is_scored(question)
                        and self.applies[name] is not False
                    )
                )
            ),
        ]

    def worst_band(self, several: list[str]) -> str:
        """The worst of several bands."""
        return max(several, key=self.bands.index)

    def inside(self, section: Document) -> dict[str, Question]:
        """The questions of one section that count."""
        return {n: q for n, q in self.counted.items() if q["section"] == section["id"]}


def section_entry(
    case: Case, section: Document, percentage: Callable[[Fraction], Any]
) -> dict[str, Any] | None:
    """Figures, bands and completeness of one section; None where nothing can apply."""
    inside = case.inside(section)
    if not inside:
        return None
    weights = {name: Fraction(question["weight"]) for name, question in inside.items()}
    figures = {
        name: figures_of(
            case.framework, question, case.answers[name], case.mitigations.get(name), case.tier
        )
        for name, question in inside.items()
    }
    scale_max = Fraction(case.framework["scale_max"])

    def ranged(figure: str, ids: Iterable[str]) -> Range:
        certain: list[tuple[Fraction, Range]] = []
        perhaps: list[tuple[Fraction, Range]] = []
        for name in ids:
            into = certain if case.applies[name] is True else perhaps
            into.append((weights[name], figures[name][figure]))
        return score_range(certain, perhaps, scale_max)

    ranges = {figure: ranged(figure, inside) for figure in FIGURES}
    core = [name for name in inside if name in case.core]
    for figure in FIGURES if core else ():
        if any(case.applies[name] is True for name in core):
            alone = ranged(figure, core)
        else:
            worst = max(figures[name][figure]["high"] for name in core)
            alone = {**dict.fromkeys(ENDS, Fraction(0)), "high": 100 * worst / scale_max}
        ranges[figure] = {end: max(ranges[figure][end], alone[end]) for end in ENDS}
    band: dict[str, str] = {}
    for end in ENDS:
        score = ranges["residual"][end]
        band[end] = [b["id"] for b in case.policy["bands"] if score >= b["from"]][-1]
        if case.acting(end, inside) & {"stop", "flag"}:
            band[end] = case.worst_band([band[end], case.policy["flag_band"]])
    answered = sum((weights[n] for n in inside if not is_open(case.answers[n])), Fraction(0))
    entry: dict[str, Any] = {
        figure: {end: percentage(ranges[figure][end]) for end in ENDS} for figure in FIGURES
    }
    complete = percentage(100 * answered / sum(weights.values(), Fraction(0)))
    return {**entry, "band": band, "complete": complete}


def decide(case: Case, entries: list[dict[str, Any]]) -> dict[str, str]:
    """The decision at both ends, from the decisive sections that are scored.

    The table is consulted where the pack is enough for every possible tier; red flags raise it.
    """
    decision: dict[str, str] = {}
    for end, worst_of_none in (("low", case.bands[0]), ("high", case.bands[-1])):
        tiers = case.policy["tiers"]
        possible = tiers[case.tier["low"] - 1 : case.tier["high"]]
        if all(case.pack in tier["packs"] for tier in possible):
            worst = case.worst_band([entry["band"][end] for entry in entries] or [worst_of_none])
            reached = [tiers[case.tier[end] - 1]["decisions"][worst]]
        else:
            reached = ["proceed" if end == "low" else "do_not_proceed"]
        acting = case.acting(end, case.counted)
        if "flag" in acting:
            reached.append("escalate")
        if "stop" in acting:
            reached.append("do_not_proceed")
        decision[end] = max(reached, key=DECISIONS.index)
    return decision


def score(
    framework: Document,
    line: Document,
    pack: str = "full",
    percentage: Callable[[Fraction], Any] = percentage,
) -> dict[str, Any]:
    """Score one set of answers by the method ``weakest-section``.

    ``percentage`` writes the percentages; handing in the identity keeps them exact.
    """
    case = Case(framework, line, pack)
    lists = case.flag_lists()
    sections = {
        section["id"]: section_entry(case, section, percentage)
        for section in framework["sections"]
        if section["role"] != "context"
    }

    def in_role(role: str) -> list[dict[str, Any]]:
        ids = [section["id"] for section in framework["sections"] if section["role"] == role]
        return [entry for name in ids if (entry := sections[name]) is not None]

    decision = decide(case, in_role("decisive"))
    recommendation = decision["low"] if decision["low"] == decision["high"] else "not_ready"
    certain = (
        case.applies[name] is True and question["role"] == "decisive"
        for name, question in case.counted.items()
    )
    if not any(certain):
        recommendation = "do_not_proceed" if lists["stops"]["fired"] else "not_ready"
    grave = case.bands[case.bands.index(framework["policy"]["flag_band"]) :]
    version = framework.get("method_version", 1)
    about = {"method_version": version, "gate": case.gate, "not_due": case.later}
    return {
        "framework": framework["id"],
        "version": framework["version"],
        **({} if version == 1 else about),
        "pack": pack,
        "tier": case.tier,
        "sections": sections,
        "stops": lists["stops"],
        "flags": lists["flags"],
        "decision": decision,
        "recommendation": recommendation,
        "challenge": any(entry["band"]["low"] in grave for entry in in_role("challenge")),
        "open": case.open_names(),
    }


# ---------------------------------------------------------------------------------------------
# The method impact-mitigation
# ---------------------------------------------------------------------------------------------


def score_impact(framework: Document, line: Document, _pack: str = "full") -> dict[str, Any]:
    """Score one set of answers by the method ``impact-mitigation``.

    What is not answered counts as nothing, and so does what is not asked; the greatest sums count
    every question, whether it is asked or not.
    """
    answers = read_answers(framework, line, date.fromisoformat(line["as_of"]))
    questions = all_questions(framework)
    chosen: dict[str, set[str]] = {}
    for name in in_order(framework):
        condition = questions[name]["when"] if name in questions else None
        asked = condition is None or holds_now(condition, chosen)
        chosen[name] = set(answers[name].get("options", ())) if asked else set()
    got = {"raw": 0, "mitigation": 0}
    most = {"raw": 0, "mitigation": 0}
    for name, question in questions.items():
        if question.get("scores"):
            points = {option["id"]: option["points"] for option in question["options"]}
            several = question.get("type") == "multiple"
            got[question["scores"]] += sum(points[option] for option in chosen[name])
            most[question["scores"]] += sum(points.values()) if several else max(points.values())
    current = after_mitigation(framework["policy"], got, most)
    return {
        "framework": framework["id"],
        "raw": got["raw"],
        "max_raw": most["raw"],
        "mitigation": got["mitigation"],
        "max_mitigation": most["mitigation"],
        "current": current,
        "level": level_of(framework["policy"], current, most["raw"]),
    }


def holds_now(condition: Document, chosen: dict[str, set[str]]) -> bool:
    """A condition in two values: what is open or not asked has nothing chosen."""
    if "never" in condition:
        return False
    if "any" in condition:
        return any(holds_now(part, chosen) for part in condition["any"])
    if "all" in condition:
        return all(holds_now(part, chosen) for part in condition["all"])
    if "in" in condition:
        return not chosen[condition["question"]].isdisjoint(condition["in"])
    return chosen[condition["question"]].isdisjoint(condition["not_in"])


def after_mitigation(policy: Document, got: dict[str, int], most: dict[str, int]) -> int:
    """The impact after the reduction, where there is enough mitigation; halves are rounded up."""
    enough = Fraction(policy["mitigation_from"] * most["mitigation"], 100 * policy["phases"])
    if got["mitigation"] < enough:
        return got["raw"]
    kept = Fraction(got["raw"] * (100 - policy["mitigation_takes_off"]), 100)
    return int((kept + Fraction(1, 2)) // 1)


def level_of(policy: Document, current: int, max_raw: int) -> int | None:
    """The first level that reaches up to ``current``; None where nothing is scored."""
    if max_raw == 0:
        return None
    share = Fraction(100 * current, max_raw)
    fitting = [each["level"] for each in policy["levels"] if share <= each.get("up_to", share)]
    return int(fitting[0] if fitting else policy["levels"][-1]["level"])


METHODS: dict[str, Callable[[Document, Document, str], dict[str, Any]]] = {
    "weakest-section": score,
    "impact-mitigation": score_impact,
}

# ---------------------------------------------------------------------------------------------
# Ed25519, after RFC 8032, section 5.1: only whether a signature holds
# ---------------------------------------------------------------------------------------------

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
CURVE = -121665 * pow(121666, -1, PRIME) % PRIME
ROOT = pow(2, (PRIME - 1) // 4, PRIME)  # of -1
Point = tuple[int, int, int, int]  # X, Y, Z and T, with x = X/Z, y = Y/Z and xy = T/Z
NEUTRAL: Point = (0, 1, 1, 0)


def ed25519_holds(key: str, signature: str, message: bytes) -> bool:
    """Whether a signature is that of ``message`` by the private half of ``key``."""
    public, sealed = bytes.fromhex(key), bytes.fromhex(signature)
    owner, start = point_of(public), point_of(sealed[:32])
    factor = int.from_bytes(sealed[32:], "little")
    if owner is None or start is None or len(sealed) != 64 or factor >= ORDER:
        return False
    if same_point(multiplied(owner, 8), NEUTRAL):
        return False  # by such a key anything would hold
    digest = hashlib.sha512(sealed[:32] + public + message).digest()
    times = int.from_bytes(digest, "little") % ORDER
    return same_point(multiplied(BASE, factor), added(start, multiplied(owner, times)))


def point_of(data: bytes) -> Point | None:
    """The point of the curve that 32 bytes stand for, or None."""
    y = int.from_bytes(data, "little") & (1 << 255) - 1
    odd = data[-1] >> 7
    if len(data) != 32 or y >= PRIME:
        return None
    square = (y * y - 1) * pow(CURVE * y * y + 1, -1, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * ROOT % PRIME
    if (x * x - square) % PRIME or (x == 0 and odd):
        return None
    x = PRIME - x if x % 2 != odd else x
    return x, y, 1, x * y % PRIME


def added(one: Point, other: Point) -> Point:
    """The sum of two points."""
    a = (one[1] - one[0]) * (other[1] - other[0])
    b = (one[1] + one[0]) * (other[1] + other[0])
    c, d = 2 * one[3] * other[3] * CURVE, 2 * one[2] * other[2]
    e, f, g, h = (b - a) % PRIME, (d - c) % PRIME, (d + c) % PRIME, (b + a) % PRIME
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def multiplied(point: Point, times: int) -> Point:
    """The point added to itself so many times."""
    total = NEUTRAL
    while times:
        if times & 1:
            total = added(total, point)
        point, times = added(point, point), times >> 1
    return total


def same_point(one: Point, other: Point) -> bool:
    """Whether two are the same, whatever they are divided by."""
    return not any((one[n] * other[2] - other[n] * one[2]) % PRIME for n in (0, 1))


BASE = point_of((4 * pow(5, -1, PRIME) % PRIME).to_bytes(32, "little")) or NEUTRAL


if __name__ == "__main__":
    sys.exit(main())
