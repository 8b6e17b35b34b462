"""What every export format is: a name, a file ending, and a function from assessments to bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO, Literal

from procurement_risk.assessment import AnswerSet, Assessment, Purchase, Supplier
from procurement_risk.assessment.answers import is_day
from procurement_risk.errors import ProcurementRiskError, UsageError
from procurement_risk.framework import Framework
from procurement_risk.framework.versions.whose import Whose, foreign_notice
from procurement_risk.language import _
from procurement_risk.language.numbers import grouped
from procurement_risk.report import PortfolioFacts
from procurement_risk.storage import HistoryEntry
from procurement_risk.storage.history_then import Under

Earlier = tuple[Framework, AnswerSet]
Use = Literal[
    "evidence", "suppliers", "leadership", "publication", "contract", "systems", "analysis"
]
Wanted = Literal["words", "earlier", "portfolio", "history", "files", "evidence", "names"]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file that the store keeps for an assessment, such as a workbook that a supplier sent back.

    Attributes:
        name: What it was called.
        sha256: Its digest.
        by: Who took it in.
        at: When, as an ISO time in UTC.
        content: Its bytes.
    """

    name: str
    sha256: str
    by: str
    at: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """Something that whoever takes a file out may say, to stand in it.

    Attributes:
        name: What the command line calls it, with hyphens: ``return-by``.
        title: What the page calls it.
        kind: What it may be: an ISO day, a line of text, or ``yes``.
        longest: How many characters it may have.
    """

    name: str
    title: str
    kind: Literal["day", "text", "yes"]
    longest: int

    def problem(self, said: str) -> str:
        """Return what is wrong with what was said, or empty."""
        if len(said) > self.longest:
            message = _("{title} has {n} characters. Shorten it to {most}.")
            return message.format(
                title=_(self.title), n=grouped(len(said)), most=grouped(self.longest)
            )
        if self.kind == "day" and said and not is_day(said):
            message = _("{title} is not a date. Write it like {example}.")
            return message.format(title=_(self.title), example="2027-03-31")
        return ""


@dataclass(frozen=True, slots=True)
class Exported:
    """What one assessment is exported from.

    Attributes:
        assessment: The assessment.
        framework: Its framework.
        earlier: The look before it, where an export wants that and it is known.
        portfolio: What the portfolio says about its purchase, likewise.
        history: Its history, oldest first, likewise.
        under: What each line of it is read with, where it moved to another questionnaire.
        files: The files that are kept for it, oldest first, likewise.
        evidence: Reads a file of its evidence by its SHA-256, likewise.
        names: Every name that its supplier goes by, made comparable, likewise.
        said: What was said for an export's ``extras``, by their names.
        made_by: Who takes the file out; empty where nobody said.
        questionnaire: ``shipped``, ``adopted`` or ``foreign``; empty where nobody asked.
        foreign_notice: What has to be known of its result where that is foreign; else empty.
    """

    assessment: Assessment
    framework: Framework
    earlier: Earlier | None = field(default=None, kw_only=True)
    portfolio: PortfolioFacts | None = field(default=None, kw_only=True)
    history: tuple[HistoryEntry, ...] = field(default=(), kw_only=True)
    under: Mapping[int, Under] = field(default_factory=dict, kw_only=True)
    files: tuple[KeptFile, ...] = field(default=(), kw_only=True)
    evidence: Callable[[str], bytes] | None = field(default=None, kw_only=True)
    names: frozenset[str] = field(default=frozenset(), kw_only=True)
    said: Mapping[str, str] = field(default_factory=dict, kw_only=True)
    made_by: str = field(default="", kw_only=True)
    questionnaire: str = field(default="", kw_only=True)
    foreign_notice: str = field(default="", kw_only=True)

    def of(self, whose: Whose) -> Exported:
        """Return the same with whose its questionnaire is."""
        kind, notice = whose.origin.kind, foreign_notice(whose)
        return replace(self, questionnaire=kind, foreign_notice=notice)


def as_it_is(assessment: Assessment) -> Assessment:
    """Return ``assessment``, of which nothing is withheld."""
    return assessment


@dataclass(frozen=True, slots=True)
class Export:
    """One format.

    Attributes:
        name: What the command line calls it.
        title: What the Records page calls it.
        purpose: Who it is for, in one sentence.
        ending: The file's ending, without the dot.
        media_type: For the browser.
        use: What it is for: the Records page asks for that first.
        one_each: Whether a file holds exactly one assessment.
        write: Returns the file's bytes.
        wants: What to work out for it beside the assessment itself: ``words`` in the language in
            use, the ``earlier`` look, the ``portfolio``, the ``history``, the ``files``, the
            ``evidence`` and the supplier's ``names``.
        leads: Whether the page names it before the others for the same use.
        unavailable: Why it cannot be written here; empty where it can.
        named: Returns the assessment that its file is named after: one without what is withheld,
            for what is published.
        unfit: Returns why one assessment has no such file; empty where it has.
        extras: What may be said to stand in it.
        part: For a format with a form of its own for many assessments: returns what stands in it
            for one, which another process may have made.
        shared: Returns a stretch of its bytes that the files of others have too, so that a file of
            many compresses it once.
        write_parts: Writes such parts, in order of their names, into a file one after the other.
    """

    name: str
    title: str
    purpose: str
    ending: str
    media_type: str
    use: Use
    one_each: bool
    write: Callable[[Sequence[Exported]], bytes]
    wants: frozenset[Wanted] = frozenset()
    leads: bool = False
    unavailable: str = ""
    named: Callable[[Assessment], Assessment] = as_it_is
    unfit: Callable[[Assessment, Framework], str] | None = None
    extras: tuple[Extra, ...] = ()
    part: Callable[[Exported], Any] | None = None
    shared: Callable[[Exported], bytes] | None = None
    write_parts: Callable[[Iterable[Any], BinaryIO], None] | None = None

    @property
    def is_published(self) -> bool:
        """Whether what is withheld from publication is left out of it, in its name too."""
        return self.named is not as_it_is


@contextmanager
def naming(assessment_id: str) -> Iterator[None]:
    """Say of what goes wrong inside which assessment it is about."""
    try:
        yield
    except ProcurementRiskError as error:
        raise UsageError(f"{assessment_id}: {error}") from error


def chosen_twice(assessment_id: str) -> str:
    """Return the sentence that an assessment stands twice among those to export."""
    return _("{name} was chosen twice. Choose it once.").format(name=repr(assessment_id))


def stem_of(assessment_id: str, purchase: Purchase, supplier: Supplier) -> str:
    """Return a name that says what an assessment is about and that no other assessment has."""
    slug = re.sub(r"[^a-z0-9]+", "-", f"{purchase.title}-{supplier.name}".lower())
    slug = slug[:60].strip("-") or "assessment"
    # Ids may differ in capital letters only, which some systems do not tell apart.
    return f"{slug}-{hashlib.sha256(assessment_id.encode()).hexdigest()[:12]}"


def file_name(assessment: Assessment, ending: str, extra: str = "") -> str:
    """Return a file name from the purchase and supplier that is safe on every system."""
    text = f"{assessment.purchase.title}-{assessment.supplier.name}-{assessment.answer_set.as_of}"
    slug = re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:80] or "assessment"
    return f"{slug}{'-' + extra if extra else ''}.{ending}"


def saying(
    exported: Iterable[Exported], export: Export, said: Mapping[str, str], by: str = ""
) -> Iterator[Exported]:
    """Yield each with what was said for the export's extras, and ``by`` whom it is taken out.

    Raises:
        UsageError: If something was said that the format has no place for, or that cannot stand.
    """
    known = {each.name: each for each in export.extras}
    for name, text in said.items():
        if name not in known:
            message = _("The format {format} has no place for {name}.")
            raise UsageError(message.format(format=export.name, name=name))
        if problem := known[name].problem(text):
            raise UsageError(problem)
    return (replace(each, said=said, made_by=by) for each in exported)
