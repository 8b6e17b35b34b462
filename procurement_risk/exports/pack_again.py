"""What the toolkit would write in an audit pack, made again from the record and compared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import BinaryIO

from procurement_risk.assessment.record import verify_record
from procurement_risk.canonical import Document
from procurement_risk.errors import ProcurementRiskError
from procurement_risk.exports import verify
from procurement_risk.exports.audit_pack import PROGRAM, README
from procurement_risk.exports.in_processes import in_processes, processes_for
from procurement_risk.exports.leadership import pdf as leadership_pdf
from procurement_risk.exports.pack_files import yaml_of
from procurement_risk.exports.pack_page import exported_from, setter
from procurement_risk.exports.pack_readme import PAGE, PDF, YAML, first_readme, readme
from procurement_risk.exports.sealed import matter_with
from procurement_risk.framework.document import check_framework
from procurement_risk.framework.origin import shipped
from procurement_risk.framework.shipped import SOFTWARE
from procurement_risk.language import ENGLISH, available, speaking
from procurement_risk.methods import score_to_document
from procurement_risk.storage.signing import stamps

WHAT = "What the toolkit would write"


def differing(
    pack: verify.Pack, place: Path | BinaryIO, manifest: Document, report: verify.Report
) -> Iterator[str]:
    """Yield each part that is not what the toolkit writes; note what cannot be compared."""
    folders = [each["folder"] for each in manifest["assessments"]]
    maker, form = manifest["software"], manifest["pack_version"]
    is_ours = form != 1 and maker == SOFTWARE
    notices: dict[str, None] = {}
    for seen in _seen(pack, place, folders, is_ours):
        notices |= {seen.notice: None} if seen.notice else {}
        report.notes += seen.notes
        report.unconfirmed += seen.unconfirmed
        yield from seen.differing
    if form == 1:
        yield from _first(pack)
        report.unconfirmed.append(
            f"The pack has the first form, which does not hold what {PDF} was made from: "
            "it was not compared."
        )
        return
    known = programs(maker, form)
    if known and verify.sha256(pack.read(PROGRAM)) not in known:
        name = verify.plain(maker)
        yield f"{PROGRAM} is not the program that {name} writes: run a copy from the toolkit."
    if is_ours:
        yield from _readme(pack, manifest["language"], list(notices), report)
        return
    names = f"{README} and {PDF}" if known else f"{PROGRAM}, {README} and {PDF}"
    report.unconfirmed.append(
        f"{names} cannot be compared: the pack says it was made by "
        f"{verify.plain(maker)}, and this is {SOFTWARE}. Check it with that version as well."
    )


@dataclass(slots=True)
class _Seen:
    """What the files of one assessment came to: what differs, notes, what cannot be compared.

    Attributes:
        notice: What has to be known of its result, as its page says; or empty.
    """

    differing: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unconfirmed: list[str] = field(default_factory=list)
    notice: str = ""


_Task = tuple[Path, str, bool]


def _seen(
    pack: verify.Pack, place: Path | BinaryIO, folders: list[str], is_ours: bool
) -> Iterator[_Seen]:
    """Yield what each assessment came to, of many in several processes."""
    shared = processes_for(len(folders))
    if shared == 1 or not isinstance(place, Path):
        return (_seen_of(pack, folder, is_ours) for folder in folders)
    return in_processes(_seen_there, ((place, each, is_ours) for each in folders), shared)


def _seen_there(task: _Task) -> _Seen:
    place, folder, is_ours = task
    seen = _seen_of(_pack(place), folder, is_ours)
    leadership_pdf.forget()
    return seen


@cache
def _pack(place: Path) -> verify.Pack:
    """Return the pack, opened once a process."""
    return verify.Pack(place)


def _seen_of(pack: verify.Pack, folder: str, is_ours: bool) -> _Seen:
    """Return what one assessment came to; its page is compared where the pack is ours."""
    seen = _Seen()
    seen.differing += verify.guarded(_records(pack, folder), WHAT)
    seen.differing += verify.guarded(_yaml(pack, folder), WHAT)
    if is_ours:
        seen.differing += verify.guarded(_page(pack, folder, seen), WHAT)
    if stamps.are_checked():
        seen.differing += verify.guarded(_stamps(pack, folder, seen), "The time stamps")
    return seen


def _records(pack: verify.Pack, folder: str) -> Iterator[str]:
    for problem in verify_record(pack.read(folder + verify.RECORD), score_to_document):
        yield verify.plain(problem.located(folder + verify.RECORD))


def _stamps(pack: verify.Pack, folder: str, seen: _Seen) -> Iterator[str]:
    """Note what each time stamp shows by the certificates that are set here; it is no fault."""
    record = verify.read_json(pack.read(folder + verify.RECORD), verify.RECORD)
    for each in record["assessment"].get("sign_offs", []):
        if not each.get("stamp"):
            continue
        who = f"The time stamp on the sign-off by {verify.plain(each['by'])}"
        if at := stamps.stamped_at(each["stamp"], each["signature"]):
            shown = at.strftime("%Y-%m-%d %H:%M:%S UTC")
            seen.notes.append(f"{who} holds by the certificates that are set here: {shown}.")
        else:
            seen.unconfirmed.append(
                f"{who} cannot be confirmed by the certificates that {stamps.ROOTS} names here."
            )
    yield from ()


def _yaml(pack: verify.Pack, folder: str) -> Iterator[str]:
    text = yaml_of(pack.read(folder + verify.FRAMEWORK)).encode()
    if folder + YAML in pack.sizes and pack.read(folder + YAML) != text:
        yield f"{verify.plain(folder + YAML)} is not the framework of the record."


def _first(pack: verify.Pack) -> Iterator[str]:
    """Yield what differs in a pack of version 1, which has no page.json."""
    if verify.sha256(pack.read(PROGRAM)) not in programs(_FIRST, 1):
        yield f"{PROGRAM} is no program that the toolkit ever wrote: run a copy from the toolkit."
    found = pack.read(README)
    languages = {ENGLISH, *available()}
    if not any(found == _in(code, first_readme) for code in languages):
        yield f"{README} is not what the toolkit writes."


def _in(code: str, make: Callable[[], str]) -> bytes:
    with speaking(code):
        return make().encode()


def _readme(
    pack: verify.Pack, code: str, notices: list[str], report: verify.Report
) -> Iterator[str]:
    if code not in {ENGLISH, *available()}:
        report.unconfirmed.append(
            f"{README} is in {verify.plain(code)}, which is not here: not compared."
        )
    elif pack.read(README) != _in(code, lambda: readme(notices)):
        yield f"{README} is not what the toolkit writes."


def _page(pack: verify.Pack, folder: str, seen: _Seen) -> Iterator[str]:
    """Yield where the page, or what it says of the questionnaire, does not follow."""
    name = verify.plain(folder + PDF)
    page = verify.read_json(pack.read(folder + PAGE), verify.plain(folder + PAGE))
    seen.notice = page["notice"]
    written = pack.read(folder + verify.RECORD)
    record = verify.read_json(written, verify.RECORD)
    is_shipped = verify.sha256(verify.write_json(record["framework"])) in shipped()
    if (page["questionnaire"] == "shipped") != is_shipped:
        yield f"{verify.plain(folder + PAGE)} says wrongly whether its questionnaire is shipped."
    if (page["questionnaire"] == "foreign") != bool(page["notice"]):
        yield f"{verify.plain(folder + PAGE)} says wrongly what its questionnaire is."
    if page["questionnaire"] == "adopted":
        seen.notes.append(f"{name}: whoever made the pack had adopted its questionnaire.")
    if folder + PDF not in pack.sizes:
        seen.notes.append(f"{name} was left out.")
        return
    if page["set_with"] != setter() or page["language"] not in {ENGLISH, *available()}:
        seen.unconfirmed.append(
            f"{name} was set with {verify.plain(page['set_with'])} in "
            f"{verify.plain(page['language'])}, and here is {setter() or 'no typst'}: "
            "it cannot be compared."
        )
        return
    if page["earlier"] is not None and check_framework(page["earlier"]["framework"]):
        yield f"{verify.plain(folder + PAGE)} holds no framework for the look before."
        return
    try:
        with speaking(page["language"]):
            made = leadership_pdf.pdf(matter_with(exported_from(page, record), written))
    except ProcurementRiskError as error:
        yield f"{name} cannot be made again: {verify.plain(error)}"
        return
    if made != pack.read(folder + PDF):
        yield f"{name} is not the page that the record gives."


# Which programs the versions of the toolkit wrote into their packs, by digest.
# Of its own version the toolkit knows the program itself; of those before, ``pack_programs.txt``.

_FIRST = "procurement-risk 0.1.0"
"""The version that wrote packs of the first form."""

_LIST = Path(__file__).with_name("pack_programs.txt")


def programs(software: str, form: int) -> frozenset[str]:
    """Return the SHA-256 of each program that ``software`` wrote into packs of a form.

    None of a version that is not known here, such as a later one.
    """
    if software == SOFTWARE:
        own = verify.sha256(Path(verify.__file__).read_bytes())
        return frozenset({own})
    return frozenset(each for name, of, each in _listed() if (name, of) == (software, form))


@cache
def _listed() -> tuple[tuple[str, int, str], ...]:
    lines = _LIST.read_text(encoding="utf-8").splitlines()
    told = (line.split() for line in lines if line and not line.startswith("#"))
    return tuple((f"procurement-risk {name}", int(form), each) for name, form, each in told)
