"""An assessment: one purchase from one supplier, answered against one framework version.

    Assessment ─┬─ purchase, supplier, upstreams
                ├─ answers, mitigations, as_of, pack      what the score rests on (AnswerSet)
                ├─ organisation                          the supplier's own assessment, if any
                ├─ decision, overrides, triggers, state   what people did with it
                ├─ sign_offs                             who signed it as it stood
                ├─ markings                              what may be published of it
                ├─ known_risks                           which risks no contract can deal with
                ├─ benefits                              what was promised, and what was found
                ├─ files                                 evidence that is kept with it, by SHA-256
                ├─ carried                               earlier answers that nobody confirmed yet
                └─ handovers, comments, reviews          what colleagues ask of one another

Plain immutable data. Dates are ISO texts (``2026-11-23``), so that a record keeps exactly what
was written; money is whole pounds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from procurement_risk.assessment.answered import AnswerSet, CarriedAnswer
from procurement_risk.assessment.asked import Comment, HandOver, Review
from procurement_risk.assessment.bought import Purchase, Supplier, Upstream
from procurement_risk.assessment.decided import (
    Benefit,
    KnownRisk,
    Marking,
    RecordedDecision,
    SignOff,
    StopOverride,
    Trigger,
)

WorkflowState = Literal[
    "draft", "in_review", "decided", "live", "closed", "withdrawn", "not_chosen"
]

WORKFLOW_STATES: tuple[WorkflowState, ...] = (
    "draft", "in_review", "decided", "live", "closed", "withdrawn", "not_chosen",
)  # fmt: skip
OVER_STATES = ("closed", "withdrawn", "not_chosen")
"""The states in which nothing more is asked of anybody."""

UNBOUGHT_STATES = ("withdrawn", "not_chosen")
"""The states of what was never bought, and so counts in no figure of what is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceFile:
    """A file of evidence: what is known of it. Its bytes lie elsewhere, by their SHA-256.

    Attributes:
        name: What it was called.
        size: How many bytes it has.
        date: The ISO day that it is from, or empty.
        valid_until: ISO day from which on it no longer counts, or empty.
        grade: The grade of what it shows, E0 to E4.
        source: Who made it, or where it is from, in the words of whoever added it.
        by: Who added it.
        at: When, as an ISO time in UTC.
    """

    name: str
    size: int
    by: str
    at: str
    date: str = ""
    valid_until: str = ""
    grade: str = "E0"
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationReference:
    """The assessment of the supplier as an organisation that stood beside a purchase's.

    Attributes:
        assessment: Its id.
        framework: The id of the framework it was answered against.
        version: That framework's version.
        as_of: The day it was scored as of.
        recommendation: What it recommended then; a decision, or ``not_ready``.
        digest: The SHA-256 of ``{"framework": …, "assessment": …}`` then, in canonical form:
            the framework in full, and of the assessment ``as_of``, ``pack``, ``gate``,
            ``answers`` and ``mitigations``, all as its record holds them.
    """

    assessment: str
    framework: str
    version: str
    as_of: str
    recommendation: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One purchase from one supplier against one framework version.

    Attributes:
        organisation: The supplier's own assessment that was taken into account, or None.
        replaces: The id of the earlier assessment that this one follows, or empty.
        sign_offs: Who signed, the oldest first; also of what does not stand any more.
        markings: What may be published, by field, such as ``answers.DP-02.note``.
        known_risks: Known risks in the sense of the Procurement Act, by clause or question.
        benefits: What was promised and what was found, a measure each.
        files: What is known of each file of evidence, by the SHA-256 of its bytes.
        carried: What an earlier assessment held, by question, until somebody confirms it.
        handovers: Sections that somebody was asked to answer, by section.
        comments: What colleagues wrote to one another, by question, the oldest first.
        reviews: What reviewers found of sections, by section.
        owner: Who is responsible for it, or empty: then whoever started it.
    """

    id: str
    purchase: Purchase
    supplier: Supplier
    answer_set: AnswerSet
    upstreams: tuple[Upstream, ...] = ()
    state: WorkflowState = "draft"
    fictional: bool = False
    replaces: str = ""
    organisation: OrganisationReference | None = None
    decision: RecordedDecision | None = None
    overrides: tuple[StopOverride, ...] = ()
    sign_offs: tuple[SignOff, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    markings: Mapping[str, Marking] = field(default_factory=dict)
    known_risks: Mapping[str, KnownRisk] = field(default_factory=dict)
    benefits: tuple[Benefit, ...] = ()
    files: Mapping[str, EvidenceFile] = field(default_factory=dict)
    carried: Mapping[str, CarriedAnswer] = field(default_factory=dict)
    handovers: Mapping[str, HandOver] = field(default_factory=dict)
    comments: Mapping[str, tuple[Comment, ...]] = field(default_factory=dict)
    reviews: Mapping[str, Review] = field(default_factory=dict)
    owner: str = ""
    created_at: str = ""
    created_by: str = ""

    @property
    def responsible(self) -> str:
        """Who is responsible for it: its owner, or else whoever started it."""
        return self.owner or self.created_by
