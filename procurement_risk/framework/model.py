"""An assessment framework: one questionnaire, at one version, with the policy that judges it.

    Framework ─┬─ facts, sections ── questions ── options, condition, red flag
               ├─ packs, gates     which questions a lighter or an earlier assessment asks
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

from procurement_risk.framework.conditions import named_in
from procurement_risk.framework.policies import ImpactPolicy, MethodPolicy, Policy, Tier
from procurement_risk.framework.questions import Gate, Pack, Question, Section

Subject = Literal["purchase", "supplier"]

DEFAULT_LANGUAGE = "en"


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
    """An instrument that questions cite by a text beginning with one of ``cited_as``.

    Attributes:
        checked: ``primary``, ``commentary`` or ``background``: how far it was checked.
        looked_at: The day it was last looked at, ISO; empty where nobody has.
    """

    id: str
    title: str
    cited_as: tuple[str, ...] = ()
    meaning: str = ""
    status: str = ""
    address: str = ""
    checked: str = ""
    looked_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BasedOn:
    """The framework that another one was laid over: its id, its version, and its digest."""

    id: str
    version: str
    digest: str


# Compared and hashed by identity: a framework is built once per file and looked up often.
@dataclass(frozen=True, kw_only=True, eq=False)
class Framework:
    """A questionnaire at one published version, in one of its languages.

    Attributes:
        scale_max: The worst risk value an option can have; 0 where the method has no scale.
        method: The name of the method that turns answers into a result.
        method_version: Which version of that method.
        gates: In order; empty where every question is due at any time.
        method_policy: How that method is set, in a form of its own.
        subject: What an assessment is about: a purchase, or the supplier as an organisation.
        languages: The languages its texts are written in, the one that every text has first.
        language: The one that it is in here.
        untranslated: How many texts are shown in the first language, for want of this one.
        based_on: What it extends, where its file is an overlay.
        document: The whole of it as it was read, in every language; a record carries it in full.
    """

    id: str
    version: str
    title: str
    method: str
    method_policy: MethodPolicy
    facts: tuple[Question, ...]
    sections: tuple[Section, ...]
    packs: tuple[Pack, ...]
    method_version: int = 1
    gates: tuple[Gate, ...] = ()
    scale_max: int = 0
    subject: Subject = "purchase"
    languages: tuple[str, ...] = (DEFAULT_LANGUAGE,)
    language: str = DEFAULT_LANGUAGE
    untranslated: int = 0
    description: str = ""
    clauses: tuple[Clause, ...] = ()
    sources: tuple[Source, ...] = ()
    based_on: BasedOn | None = None
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

    def is_kin(self, other: Framework) -> bool:
        """Whether answers can be moved between both: of one id, or one extends the other's."""
        ids = [{each.id, each.based_on.id if each.based_on else each.id} for each in (self, other)]
        return not ids[0].isdisjoint(ids[1])

    def questions(self) -> Iterator[Question]:
        """Yield every question of the sections, in reading order. Facts are not among them."""
        for section in self.sections:
            yield from section.questions

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """Every fact and question by its id, facts first, in reading order."""
        return {q.id: q for q in (*self.facts, *self.questions())}

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """The id of the question that an earlier version's id means here, where it is another."""
        return {name: q.id for q in self.by_id.values() for name in q.was}

    def id_now(self, question_id: str) -> str:
        """Return the id here of what an earlier version calls ``question_id``."""
        return self.renamed.get(question_id, question_id)

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
        return next((each for each in self.packs if each.id == pack_id), None)

    def gate(self, gate_id: str) -> Gate | None:
        """Return the gate ``gate_id``, the last where that is empty; None where there is none."""
        if not gate_id:
            return self.gates[-1] if self.gates else None
        return next((each for each in self.gates if each.id == gate_id), None)

    def is_due(self, question: Question, gate_id: str) -> bool:
        """Whether the gate of ``question`` has come at the gate ``gate_id``; empty: the last.

        Facts and context are due at every gate, and so is everything where there are none.
        """
        if not (self.gates and gate_id):
            return True
        return self._places.get(question.id, 0) <= self._gate_places[gate_id]

    @cached_property
    def _gate_places(self) -> Mapping[str, int]:
        return {gate.id: place for place, gate in enumerate(self.gates)}

    @cached_property
    def _places(self) -> Mapping[str, int]:
        """The place of the first gate of every question that has to wait for it."""
        return {
            question.id: self._gate_places[question.first_gate]
            for section in self.sections
            if section.role != "context"
            for question in section.questions
        }

    def clause(self, clause_id: str) -> Clause | None:
        """Return the clause ``clause_id``, or None where there is none."""
        return next((each for each in self.clauses if each.id == clause_id), None)

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
