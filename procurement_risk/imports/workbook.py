"""Bring a supplier's workbook in: opened and compared first, written once a person accepts it.

data ── open_return ──> OpenedReturn (nothing is written) ── accept_rows ──> the store
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from procurement_risk.assessment import Marking, today as calendar
from procurement_risk.assessment.answers import is_day
from procurement_risk.assessment.document import answer_to_document, part_to_document
from procurement_risk.assessment.parts import ANSWER
from procurement_risk.canonical import JSON, digest_of
from procurement_risk.errors import NotFound, Problem, ProcurementRiskError, UsageError
from procurement_risk.formats.workbook import layout
from procurement_risk.formats.workbook.cells import apart
from procurement_risk.formats.workbook.difference import Difference, compare, refuse_other
from procurement_risk.formats.workbook.layout import DATE_LIKE, Stamp
from procurement_risk.formats.workbook.plain import Book
from procurement_risk.formats.workbook.reading import Return, file_digest, read_return
from procurement_risk.formats.workbook.safety import LARGEST
from procurement_risk.formats.workbook.stamps import stamp_in
from procurement_risk.imports.importing import Import
from procurement_risk.language import N_, _
from procurement_risk.storage import Store, Stored
from procurement_risk.storage.returns import Accepted

MARKINGS = "markings"


@dataclass(frozen=True, slots=True)
class OpenedReturn:
    """A workbook that came back, and the assessment it is for.

    Attributes:
        name: What the file is called.
        data: Its bytes.
        stamp: What it says it belongs to.
        stored: The assessment as it stands.
        returned: What was filled in; None where nothing of it can be taken.
        difference: What would change; None likewise.
        refusal: Why nothing of it can be taken, or empty.
        is_reused: Whether it was sent back for another assessment of the same supplier.
    """

    name: str
    data: bytes
    stamp: Stamp
    stored: Stored
    returned: Return | None
    difference: Difference | None
    refusal: str = ""
    is_reused: bool = False


@dataclass(frozen=True, slots=True)
class AcceptedReturn:
    """What became of it.

    Attributes:
        written: The questions whose answers were written.
        problems: Why others were not.
        digest: The file's SHA-256.
        marked: The questions whose answers were marked as confidential.
    """

    written: tuple[str, ...]
    problems: tuple[Problem, ...]
    digest: str
    marked: tuple[str, ...] = ()


def open_return(store: Store, data: bytes, name: str, into: str = "") -> OpenedReturn:
    """Return what the file ``data`` would change. Nothing is written.

    It is taken into the assessment ``into``, or where that is empty the one it was sent out for.

    Raises:
        InvalidDocument: If the file is not safe, or no workbook that was sent out.
        NotFound: If its assessment is not here.
        UsageError: If it was sent out to another supplier than that of ``into``.
    """
    return compare_return(store, apart(data, name), data, name, into)


def compare_return(
    store: Store, book: Book, data: bytes, name: str, into: str = ""
) -> OpenedReturn:
    """Return the same of a file whose cells were read before."""
    stamp = stamp_in(book, name)
    origin = _sent_out_for(store, stamp)
    if not (into or origin):
        raise NotFound(
            _(
                "The assessment that this workbook was sent out for is not here: issue {issue}, "
                "framework {framework}, version {version}. Open it where it was sent out."
            ).format(issue=stamp.issue, framework=stamp.framework, version=stamp.version)
        )
    stored = store.load(into or origin)
    is_reused = stored.assessment.id != origin
    if is_reused:
        _refuse_other_supplier(store, stored, origin, file_digest(data))
    framework, assessment = stored.framework, stored.assessment
    refusal = refuse_other(stamp, assessment, framework, digest_of(dict(framework.document)))
    if refusal:
        return OpenedReturn(name, data, stamp, stored, None, None, refusal, is_reused)
    returned = read_return(book, data, stamp, framework)
    difference = compare(returned, assessment, framework)
    return OpenedReturn(name, data, stamp, stored, returned, difference, "", is_reused)


def _sent_out_for(store: Store, stamp: Stamp) -> str:
    for summary in store.summaries():
        if layout.reference_of(summary.id) == stamp.assessment:
            return summary.id
    return ""


def _refuse_other_supplier(store: Store, stored: Stored, origin: str, digest: str) -> None:
    """Refuse a file that neither was sent out to the same supplier nor is kept as theirs."""
    supplier = stored.assessment.supplier
    if origin and store.of_one_supplier(origin, stored.assessment.id):
        return
    if any(kept.digest == digest for kept in store.returns(stored.framework, supplier)):
        return
    raise UsageError(
        _("The file was not sent out to {supplier}. Choose an assessment of its supplier.").format(
            supplier=supplier.name
        )
    )


def accept_rows(
    store: Store,
    opened: OpenedReturn,
    questions: Collection[str],
    actor: str,
    claims: Collection[str] = (),
    until: str = "",
) -> AcceptedReturn:
    """Keep the file, and write what it says on ``questions``.

    Each answer is a save of its own in the supplier's name, by ``actor`` who accepts it, with the
    file's SHA-256 as its reason. One that somebody has
    changed meanwhile is not written over: it is among the problems. What the supplier claims to
    be confidential is marked so for ``claims``, until the ISO day ``until``, before any answer
    is written: none is ever there unmarked.

    Raises:
        UsageError: If nothing of the file can be taken, the assessment is archived, or a claim
            has no reason or no last day.
        StaleFramework: If the assessment was moved to another version meanwhile.
    """
    if opened.difference is None or opened.returned is None:
        raise UsageError(opened.refusal)
    markings = _marked(opened, opened.difference, claims, until) if claims else {}
    stored = opened.stored
    digest = store.keep_return(
        stored.assessment.id, opened.name, opened.data, actor, stored.framework
    )
    now, framework, name = calendar.now(), stored.framework, stored.assessment.id
    accepted = Accepted(digest, opened.stamp.issue, opened.returned.signature.in_record)
    written, problems = [], []

    def save(part: str, value: JSON, *, is_theirs: bool = False) -> ProcurementRiskError | None:
        revision = stored.revisions.get(part, 0)
        try:
            if is_theirs:
                store.save_returned(name, part, value, revision, actor, accepted, framework)
            else:
                store.save(name, part, value, revision, actor, accepted.reason, framework)
        except ProcurementRiskError as error:
            return error
        return None

    if markings and (error := save(MARKINGS, part_to_document(MARKINGS, markings))):
        # An answer whose claim was accepted would stand there unmarked.
        return AcceptedReturn((), (Problem("", str(error)),), digest)
    for row in opened.difference.offered:
        if row.question.id not in questions:
            continue
        # A comment beside an answer of ours does not make it theirs.
        is_ours = row.kind == "added" and row.before is not None
        by = row.before.by if row.before is not None and is_ours else ""
        answer = replace(row.after, by=by, at=now)
        value = answer_to_document(answer, multiple=row.question.type == "multiple")
        if error := save(f"{ANSWER}{row.question.id}", value, is_theirs=not is_ours):
            problems.append(Problem(row.question.id, str(error)))
        else:
            written.append(row.question.id)
    marked = tuple(each for each in claims if markings)
    return AcceptedReturn(tuple(written), tuple(problems), digest, marked)


def _marked(
    opened: OpenedReturn, difference: Difference, claims: Collection[str], until: str
) -> dict[str, Marking]:
    """Return the markings of the assessment with those that ``claims`` add."""
    known = {claim.question.id: claim for claim in difference.claims}
    for name in claims:
        if name not in known or not known[name].reason:
            message = _("{question} is not claimed to be confidential, or without a reason.")
            raise UsageError(message.format(question=name))
    if not is_day(until):
        message = _("Give the last day on which it is withheld, like {example}.")
        raise UsageError(message.format(example=DATE_LIKE))
    markings = dict(opened.stored.assessment.markings)
    for name in claims:
        reason = known[name].reason
        markings[known[name].path] = Marking(ground="commercial", reason=reason, until=until)
    return dict(sorted(markings.items()))


IMPORT = Import(
    name="workbook",
    title=N_("Workbooks (XLSX, ODS or CSV)"),
    endings=("xlsx", "ods", "csv", "xlsm", "xls"),  # the last two are refused in words
    largest=LARGEST // 1_000_000,
    command="import-workbook",
)
