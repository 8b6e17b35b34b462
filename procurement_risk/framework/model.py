"""An assessment framework: one questionnaire, at one version, with the policy that judges it.

    Framework ─┬─ facts, sections ── questions ── options, condition, red flag
               ├─ packs            which questions a lighter assessment asks
               ├─ policy           bands, tiers, tier rule, evidence floors, decision table;
               │                   for ``impact-mitigation``, levels and a reduction
               └─ clauses, sources what a poor answer should pull into the contract, and why we ask

Plain immutable data. Files are read in ``loading``; answers are judged in ``methods``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

BandId = str
Decision = Literal["proceed", "conditions", "escalate", "do_not_proceed"]
QuestionType = Literal["single", "multiple", "text", "number", "date"]
SectionRole = Literal["context", "decisive", "challenge"]
Scores = Literal["raw", "mitigation"]
Subject = Literal["purchase", "supplier"]

DECISIONS: tuple[Decision, ...] = ("proceed", "conditions", "escalate", "do_not_proceed")
GRADES = ("E0", "E1", "E2", "E3", "E4")
DEFAULT_LANGUAGE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice. ``id`` is stored in answers and never changes; ``label`` may be reworded.

    Attributes:
        risk: For ``weakest-section``: whole points, 0 the best. Facts carry none.
        points: For ``impact-mitigation``: whole points that choosing it adds, from 0.
    """

    id: str
    label: str
    risk: int = 0
    points: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Atom:
    """True where ``question`` is answered with one of the ``options``."""

    question: str
    options: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskAtom:
    """True where the risk value of ``question`` is from ``at_least`` to ``at_most``."""

    question: str
    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NotAtom:
    """True where none of the ``options`` of ``question`` is chosen, also where it is not asked."""

    question: str
    options: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class AllOf:
    """True where every part is."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyOf:
    """True where at least one part is."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Never:
    """Cannot hold, for the reason ``because``: such a question is never asked."""

    because: str


Condition = Atom | RiskAtom | NotAtom | AllOf | AnyOf | Never


def named_in(condition: Condition | None) -> Iterator[str]:
    """Yield the id of every question or fact ``condition`` rests on."""
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from named_in(part)
    elif condition is not None and not isinstance(condition, Never):
        yield condition.question


@dataclass(frozen=True, slots=True, kw_only=True)
class RedFlag:
    """Options that fire a stop or a flag.

    Attributes:
        options: The worst options of the question.
        stop: Whether firing stops the purchase, rather than asking for escalation.
        legal_duty: A stop that can only be satisfied, never overridden.
        stop_from_tier: A stop from this tier up and a flag below it; None: at every tier.
    """

    options: frozenset[str]
    stop: bool
    legal_duty: bool = False
    stop_from_tier: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a section, or one fact (``section`` is then empty).

    Attributes:
        weight: For ``weakest-section``: how much it counts in its section.
        scores: For ``impact-mitigation``: what its points add to; None where it is not scored.
        when: When it is asked, its section's condition included; None: always.
        help: A sentence under the question that helps to answer it.
    """

    id: str
    ask: str
    section: str
    type: QuestionType = "single"
    options: tuple[Option, ...] = ()
    weight: int = 0
    scores: Scores | None = None
    when: Condition | None = None
    red_flag: RedFlag | None = None
    core: bool = False
    answered_by: str = ""
    first_gate: str = ""
    procurement_use: str = ""
    help: str = ""
    why: str = ""
    good: str = ""
    evidence: str = ""
    treatment: str = ""
    clauses: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def is_fact(self) -> bool:
        """Whether this is asked once about the purchase and never scored."""
        return not self.section

    @property
    def is_scored(self) -> bool:
        """Whether its answer enters a score, a tier, a stop or a flag."""
        return self.scores is not None or (self.type == "single" and self.weight > 0)

    def option(self, option_id: str) -> Option | None:
        """Return the option stored as ``option_id``, or None where there is no such option."""
        for option in self.options:
            if option.id == option_id:
                return option
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions shown on one page and scored as one theme.

    Attributes:
        role: ``context`` sets the tier and is not scored; ``decisive`` meets the decision
            table; ``challenge`` asks whether the purchase is worth it. Empty where the method
            knows no roles.
        when: When anything in it is asked; each question's own condition includes it.
        pillar: Which of the four pillars it covers, or empty.
    """

    id: str
    title: str
    questions: tuple[Question, ...]
    role: SectionRole | Literal[""] = ""
    intro: str = ""
    when: Condition | None = None
    pillar: str = ""
    short_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A named range of risk, starting at ``start`` per cent and ending where the next starts."""

    id: BandId
    label: str
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """How much is at stake.

    Attributes:
        number: 1 (least) upwards.
        start: The tier rule's total from which this tier holds; the first tier has no floor.
        packs: Packs that are enough to decide at this tier, the smallest first.
        floors: The least risk value an answer can count for, by evidence grade E0 to E4.
        decisions: The decision for the worst band, by band id.
        notes: A note to show beside a decision, by band id.
    """

    number: int
    label: str
    start: int
    packs: tuple[str, ...]
    floors: tuple[int, ...]
    decisions: Mapping[BandId, Decision]
    notes: Mapping[BandId, str]
    meaning: str = ""
    sign_off: str = ""
    review: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TierBase:
    """One candidate for the tier rule's base: a question's risk value less ``subtract``."""

    question: str
    subtract: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TierAdjustment:
    """``add`` steps (negative: fewer) where ``when`` holds."""

    add: int
    when: Condition
    because: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TierRule:
    """The highest of ``base``, then every adjustment that holds."""

    base: tuple[TierBase, ...]
    adjustments: tuple[TierAdjustment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodPolicy:
    """How a method is set, and who adopted that. Every method has a kind of its own."""

    adopted_by: str = ""

    @property
    def rested_on(self) -> frozenset[str]:
        """Ids of the facts and questions that it names."""
        return frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy(MethodPolicy):
    """House defaults, to be adopted by the organisation. Bands and tiers rise."""

    bands: tuple[Band, ...]
    tiers: tuple[Tier, ...]
    tier_rule: TierRule
    agreed_mitigation_helps: int
    flag_band: BandId

    @property
    def rested_on(self) -> frozenset[str]:
        """Ids that the tier rule names."""
        rule = self.tier_rule
        adjusting = (name for each in rule.adjustments for name in named_in(each.when))
        return frozenset((*(base.question for base in rule.base), *adjusting))


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How great an impact is. Holds up to ``up_to`` per cent of the most raw points, included.

    ``up_to`` is None for the last level.
    """

    number: int
    label: str
    up_to: int | None = None
    meaning: str = ""
    sign_off: str = ""
    review: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImpactPolicy(MethodPolicy):
    """How the method ``impact-mitigation`` turns points into a level.

    Attributes:
        phases: How many times the mitigation questions stand in the questionnaire; one of these
            is answered.
        mitigation_from: Per cent of one phase's mitigation points from which they count.
        mitigation_takes_off: Per cent that they then take off the raw points.
        levels: From the least impact to the most.
    """

    phases: int
    mitigation_from: int
    mitigation_takes_off: int
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A named choice of questions. ``questions`` is None where every question is asked."""

    id: str
    title: str
    description: str
    questions: frozenset[str] | None

    def asks(self, question_id: str) -> bool:
        """Whether this pack asks the question ``question_id``. Facts are asked in every pack."""
        return self.questions is None or question_id in self.questions


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A contract clause heading that a poor answer pulls in. Never legal wording."""

    id: str
    heading: str
    purpose: str = ""
    outcome: str = ""
    pointers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """An instrument that questions cite by a text beginning with one of ``cited_as``."""

    id: str
    title: str
    cited_as: tuple[str, ...] = ()
    meaning: str = ""
    status: str = ""
    address: str = ""
    checked: str = ""


# Compared and hashed by identity: a framework is built once per file and looked up often.
@dataclass(frozen=True, kw_only=True, eq=False)
class Framework:
    """A questionnaire at one published version, in one of its languages.

    Attributes:
        scale_max: The worst risk value an option can have; 0 where the method has no scale.
        method: The name of the method that turns answers into a result.
        method_policy: How that method is set, in a form of its own.
        subject: What an assessment is about: a purchase, or the supplier as an organisation.
        languages: The languages its texts are written in, the one that every text has first.
        language: The one that it is in here.
        untranslated: How many texts are shown in the first language, for want of this one.
        document: The file as it was read, in every language; a record carries it in full.
    """

    id: str
    version: str
    title: str
    method: str
    method_policy: MethodPolicy
    facts: tuple[Question, ...]
    sections: tuple[Section, ...]
    packs: tuple[Pack, ...]
    scale_max: int = 0
    subject: Subject = "purchase"
    languages: tuple[str, ...] = (DEFAULT_LANGUAGE,)
    language: str = DEFAULT_LANGUAGE
    untranslated: int = 0
    description: str = ""
    clauses: tuple[Clause, ...] = ()
    sources: tuple[Source, ...] = ()
    document: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def policy(self) -> Policy:
        """The policy of ``weakest-section``. Raises TypeError where another method is used."""
        if not isinstance(self.method_policy, Policy):
            raise TypeError(f"{self.id} uses {self.method}, which knows no tiers and bands")
        return self.method_policy

    @property
    def impact_policy(self) -> ImpactPolicy:
        """The policy of ``impact-mitigation``. Raises TypeError where another method is used."""
        if not isinstance(self.method_policy, ImpactPolicy):
            raise TypeError(f"{self.id} uses {self.method}, which knows no levels")
        return self.method_policy

    @property
    def adopted_by(self) -> str:
        """Who adopted the policy, or empty."""
        return self.method_policy.adopted_by

    def questions(self) -> Iterator[Question]:
        """Yield every question of the sections, in reading order. Facts are not among them."""
        for section in self.sections:
            yield from section.questions

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """Every fact and question by its id, facts first, in reading order."""
        return {q.id: q for q in (*self.facts, *self.questions())}

    @cached_property
    def translations(self) -> dict[str, Framework]:
        """The same framework by language, as far as it was asked for; kept together with it."""
        return {self.language: self}

    @cached_property
    def rested_on(self) -> frozenset[str]:
        """Ids that a condition or the tier rule names: these always have to be answered."""
        named = {name for q in self.by_id.values() for name in named_in(q.when)}
        return self.method_policy.rested_on | named

    @property
    def scored_sections(self) -> tuple[Section, ...]:
        """The sections that a figure is given for, in reading order; none without roles."""
        return tuple(each for each in self.sections if each.role not in ("context", ""))

    def section(self, section_id: str) -> Section:
        """Return the section ``section_id``. Raises KeyError where there is none."""
        for section in self.sections:
            if section.id == section_id:
                return section
        raise KeyError(section_id)

    def pack(self, pack_id: str) -> Pack | None:
        """Return the pack ``pack_id``, or None where there is none."""
        for pack in self.packs:
            if pack.id == pack_id:
                return pack
        return None

    def clause(self, clause_id: str) -> Clause | None:
        """Return the clause ``clause_id``, or None where there is none."""
        for clause in self.clauses:
            if clause.id == clause_id:
                return clause
        return None

    def tier(self, number: int) -> Tier:
        """Return tier ``number``, counted from 1."""
        return self.policy.tiers[number - 1]

    def source_of(self, text: str) -> Source | None:
        """Return the registered instrument that a question's source ``text`` begins with."""
        best: tuple[int, Source] | None = None
        for source in self.sources:
            for start in source.cited_as:
                if text.startswith(start) and (best is None or len(start) > best[0]):
                    best = (len(start), source)
        return best[1] if best else None

    def weighs(self, question: Question) -> bool:
        """Whether the question's weight enters its section's score."""
        weighted = question.type == "single" and question.weight > 0
        return weighted and self.section(question.section).role != "context"

    def may_be_inapplicable(self, question: Question) -> bool:
        """Whether "not applicable" may be declared on ``question`` at all.

        Where points are counted, a question that gives some cannot leave the sum: the instruments
        of that kind have no such answer, and it would count as nothing.
        """
        in_context = not question.is_fact and self.section(question.section).role == "context"
        return not (
            question.is_fact
            or in_context
            or question.red_flag is not None
            or question.scores is not None
            or question.id in self.rested_on
        )
