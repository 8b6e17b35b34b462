"""An assessment framework: one questionnaire, at one version, with the policy that judges it.

    Framework ─┬─ facts, sections ── questions ── options, condition, red flag
               ├─ packs            which questions a lighter assessment asks
               ├─ policy           bands, tiers, tier rule, evidence floors, decision table
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

DECISIONS: tuple[Decision, ...] = ("proceed", "conditions", "escalate", "do_not_proceed")
GRADES = ("E0", "E1", "E2", "E3", "E4")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice. ``id`` is stored in answers and never changes; ``label`` may be reworded."""

    id: str
    label: str
    risk: int = 0  # whole points, 0 = best; facts carry no risk


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
    """True where ``question`` is answered with none of the ``options``."""

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


Condition = Atom | RiskAtom | NotAtom | AllOf | AnyOf


def named_in(condition: Condition | None) -> Iterator[str]:
    """Yield the id of every question or fact ``condition`` rests on."""
    if isinstance(condition, AllOf | AnyOf):
        for part in condition.parts:
            yield from named_in(part)
    elif condition is not None:
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
    """One question of a section, or one fact (``section`` is then empty)."""

    id: str
    ask: str
    section: str
    type: QuestionType = "single"
    options: tuple[Option, ...] = ()
    weight: int = 0
    when: Condition | None = None
    red_flag: RedFlag | None = None
    core: bool = False
    answered_by: str = "buyer"
    first_gate: str = "G0"
    procurement_use: str = "internal"
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
            table; ``challenge`` asks whether the purchase is worth it.
        pillar: Which of the four pillars it covers, or empty.
    """

    id: str
    title: str
    role: SectionRole
    questions: tuple[Question, ...]
    intro: str = ""
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
class Policy:
    """House defaults, to be adopted by the organisation. Bands and tiers rise."""

    bands: tuple[Band, ...]
    tiers: tuple[Tier, ...]
    tier_rule: TierRule
    agreed_mitigation_helps: int
    flag_band: BandId
    adopted_by: str = ""


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
    """A questionnaire at one published version.

    ``document`` is the file as it was read, from which a record carries the framework in full.
    """

    id: str
    version: str
    title: str
    method: str
    scale_max: int
    facts: tuple[Question, ...]
    sections: tuple[Section, ...]
    packs: tuple[Pack, ...]
    policy: Policy
    description: str = ""
    clauses: tuple[Clause, ...] = ()
    sources: tuple[Source, ...] = ()
    document: Mapping[str, Any] = field(default_factory=dict, repr=False)

    def questions(self) -> Iterator[Question]:
        """Yield every question of the sections, in reading order. Facts are not among them."""
        for section in self.sections:
            yield from section.questions

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """Every fact and question by its id, facts first, in reading order."""
        return {q.id: q for q in (*self.facts, *self.questions())}

    @cached_property
    def rested_on(self) -> frozenset[str]:
        """Ids that a condition or the tier rule names: these always have to be answered."""
        named = {name for q in self.by_id.values() for name in named_in(q.when)}
        named.update(base.question for base in self.policy.tier_rule.base)
        for adjustment in self.policy.tier_rule.adjustments:
            named.update(named_in(adjustment.when))
        return frozenset(named)

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

    def may_be_inapplicable(self, question: Question) -> bool:
        """Whether "not applicable" may be declared on ``question`` at all."""
        in_context = not question.is_fact and self.section(question.section).role == "context"
        return not (
            question.is_fact
            or in_context
            or question.red_flag is not None
            or question.id in self.rested_on
        )
