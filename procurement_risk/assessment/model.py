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

from procurement_risk.assessment.same_supplier import Spelling, is_same, spelling

AnswerState = Literal["answered", "unanswered", "unknown", "withheld", "not_applicable"]
MitigationStatus = Literal["proposed", "agreed", "verified"]
UpstreamKind = Literal["model", "host", "cloud"]
WorkflowState = Literal[
    "draft", "in_review", "decided", "live", "closed", "withdrawn", "not_chosen"
]
Verdict = Literal["accepted", "returned"]
Ground = Literal["public", "commercial", "personal", "security"]

OPEN_STATES = ("unanswered", "unknown", "withheld")
"""The states of an answer that is still open."""

GROUNDS: tuple[Ground, ...] = ("public", "commercial", "personal", "security")
WORKFLOW_STATES: tuple[WorkflowState, ...] = (
    "draft", "in_review", "decided", "live", "closed", "withdrawn", "not_chosen",
)  # fmt: skip
OVER_STATES = ("closed", "withdrawn", "not_chosen")
"""The states in which nothing more is asked of anybody."""

UNBOUGHT_STATES = ("withdrawn", "not_chosen")
"""The states of what was never bought, and so counts in no figure of what is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was answered to one question, on what evidence, by whom.

    Attributes:
        state: ``answered`` with a value below, or the reason there is none; ``unanswered`` keeps
            a note or a link that was written before anybody chose.
        options: The ids of the chosen options; one for a single-choice question.
        text: Free text; for number and date questions the value as written.
        evidence: Grade, E0 (unsupported) to E4 (checked by us, or a signed clause).
        valid_until: ISO date from which on the evidence no longer counts, or empty.
        link: Where the evidence is kept.
        note: A note for colleagues and auditors.
        reason: Why the question does not apply, for ``not_applicable``.
        by: Who answered, as they named themselves.
        at: When, as an ISO time in UTC.
        files: The files that show it, each as ``sha256:…``, a key of ``Assessment.files``.
        alone: What people answered who each answered alone: ``assessment.two_answers``.
        agreed: Why they agreed on this one, where the two differed.
    """

    state: AnswerState = "answered"
    options: tuple[str, ...] = ()
    text: str = ""
    evidence: str = "E0"
    valid_until: str = ""
    link: str = ""
    note: str = ""
    reason: str = ""
    by: str = ""
    at: str = ""
    files: tuple[str, ...] = ()
    alone: tuple[Answer, ...] = ()
    agreed: str = ""

    @property
    def option(self) -> str:
        """The chosen option of a single-choice question, or empty."""
        return self.options[0] if self.state == "answered" and self.options else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mitigation:
    """An action that lowers the risk of one answer towards the option ``target``."""

    question: str
    status: MitigationStatus
    target: str
    owner: str = ""
    due: str = ""
    clause: str = ""
    evidence: str = ""
    note: str = ""

    @property
    def lacks(self) -> tuple[str, ...]:
        """The fields that its status needs and that it does not hold."""
        return tuple(
            name
            for name, needed in MITIGATION_NEEDS[self.status].items()
            if not (held := getattr(self, name)) or needed not in ("", held)
        )


# The fields that a mitigation of each status needs, and what has to stand there; empty: anything.
MITIGATION_NEEDS: Mapping[MitigationStatus, Mapping[str, str]] = {
    "proposed": {},
    "agreed": {"owner": "", "due": "", "clause": ""},
    "verified": {"evidence": "E4"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerSet:
    """Everything the score rests on, and nothing else.

    Attributes:
        as_of: The ISO day on which evidence and due dates are looked at.
        pack: The id of the pack that is answered.
        gate: The id of the gate that it is made for; empty: the last.
    """

    as_of: str
    pack: str = "full"
    gate: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    mitigations: tuple[Mitigation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Purchase:
    """What is being bought, by whom. Several assessments may share one purchase ``id``.

    Attributes:
        committed_value: Whole pounds committed; None where unknown (never 0 for unknown).
        value_if_scaled: Whole pounds if a trial grows to full use; None where unknown.
        embedded: Whether this is a feature switched on inside an existing product.
        chosen_supplier: The name of the supplier that was chosen, or empty.
    """

    id: str
    title: str
    buyer: str
    description: str = ""
    capability: str = ""
    committed_value: int | None = None
    value_if_scaled: int | None = None
    route: str = ""
    notice_id: str = ""
    ocid: str = ""
    embedded: bool = False
    decision_due: str = ""
    contract_start: str = ""
    contract_end: str = ""
    break_dates: tuple[str, ...] = ()
    jurisdiction: str = ""
    chosen_supplier: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """Who is selling. ``group`` is the ultimate owner, ``jurisdiction`` whose law controls it."""

    name: str
    company_number: str = ""
    group: str = ""
    jurisdiction: str = ""

    @property
    def spelling(self) -> Spelling:
        """The name and the number, made comparable."""
        return spelling(self.name, self.company_number)

    def is_same(self, other: Supplier) -> bool:
        """Whether both are one supplier, as far as the two tell; the store knows of others."""
        return is_same(self.spelling, other.spelling)


@dataclass(frozen=True, slots=True, kw_only=True)
class Upstream:
    """A model, host or cloud underneath. ``own`` marks a supplier's own model."""

    kind: UpstreamKind
    name: str
    maker: str = ""
    jurisdiction: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedDecision:
    """What a named person decided. It may differ from the recommendation, with a reason.

    Attributes:
        review_by: The ISO day by which it is looked at again, or empty.
        gate: The gate that it was decided for, or empty where the framework has none.
        accepted_open: Ids of the open answers that it accepts as open.
    """

    decision: str
    by: str
    at: str
    reason: str = ""
    review_by: str = ""
    gate: str = ""
    accepted_open: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """Somebody signed what was decided, over the assessment as it stood then.

    What it is taken over, and whether that still stands, ``assessment.signed`` says.

    Attributes:
        by: Who signed.
        post: As what, in their own words, such as the post that the tier asks for.
        at: When, as an ISO time in UTC.
        how: How it was known who they are: ``oidc`` or ``header`` where they had signed in;
            ``name`` where a name was typed.
        digest: What it is taken over, as a SHA-256.
        name_salt: Random text mixed into ``name_digest``; empty where a name was struck out.
        name_digest: Digest of ``by`` and ``post`` with it: the seal rests on this alone.
        public_key: The server's public key (Ed25519), as hexadecimal digits; empty: no seal.
        signature: The server's signature by it.
        stamp: An RFC 3161 time stamp over the signature, in Base64; empty where there is none.
    """

    by: str
    post: str
    at: str
    how: str
    digest: str
    name_digest: str
    name_salt: str = ""
    public_key: str = ""
    signature: str = ""
    stamp: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StopOverride:
    """A stop that a named senior officer overrode: shown as overridden, never as cleared."""

    question: str
    by: str
    at: str
    reason: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """Something that calls for a new look, such as a swapped model."""

    what: str
    at: str
    note: str = ""
    resolved_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marking:
    """What somebody said about publishing one field.

    Attributes:
        ground: ``public``, or the ground on which the field is withheld.
        reason: Why it is withheld. It is published, in place of the field.
        until: For ``commercial``: the last ISO day on which it is withheld.
        exemption: The id of the section relied on, such as ``foia-43-2``, or empty.
    """

    ground: Ground
    reason: str = ""
    until: str = ""
    exemption: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownRisk:
    """A risk that, because of its nature, cannot be dealt with in the contract as awarded.

    Attributes:
        why: Why it qualifies, in the officer's words. It may be published.
        risk: The risk in the officer's words; empty where the framework's do.
    """

    why: str
    risk: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Benefit:
    """What was promised by one measure, and what was found once it ran.

    Attributes:
        measure: What is measured, such as minutes a case.
        promised: What was promised, as a text; empty where nothing was.
        found: What was measured, as a text; empty until then.
        at: The ISO day to which that belongs, or empty.
        evidence: The grade of the evidence for what was found, or empty.
        note: Where that evidence is, and what else to heed.
    """

    measure: str
    promised: str = ""
    found: str = ""
    at: str = ""
    evidence: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedAnswer:
    """What an earlier assessment held of one question: it counts for nothing until confirmed.

    Attributes:
        assessment: The id of the earlier assessment.
        as_of: The ISO day that one was scored as of.
        answer: The answer as it was there, or None.
        mitigation: The mitigation as it was there, or None.
    """

    assessment: str
    as_of: str
    answer: Answer | None = None
    mitigation: Mitigation | None = None

    @property
    def day(self) -> str:
        """The ISO day that the answer is from: when it was given, else when it was scored."""
        return (self.answer.at[:10] if self.answer else "") or self.as_of


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """A section that somebody was asked to answer.

    Attributes:
        owner: Who is asked.
        due: The ISO day by which, or empty.
        note: What to heed, in the words of whoever asks.
        by: Who asks.
        at: When, as an ISO time in UTC.
        done_by: Who said that it is done, or empty.
        done_at: When, or empty.
        second: Who else answers it, neither seeing the other's answers; empty: nobody.
        answered: Who of the two has answered.
    """

    owner: str
    by: str
    at: str
    due: str = ""
    note: str = ""
    done_by: str = ""
    done_at: str = ""
    second: str = ""
    answered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a reviewer found of a section, last.

    Attributes:
        verdict: Whether it is accepted, or returned to be changed.
        by: Who reviewed it.
        at: When, as an ISO time in UTC.
        digest: The SHA-256 of the section as it stood: ``assessment.reviewing`` says of what.
        note: What is to be changed, or what else they say.
    """

    verdict: Verdict
    by: str
    at: str
    digest: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comment:
    """What somebody wrote to colleagues about one question; ``resolved_at`` once it is settled."""

    text: str
    by: str
    at: str
    resolved_by: str = ""
    resolved_at: str = ""


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
