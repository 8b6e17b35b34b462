"""What a questionnaire asks: questions and their options, in sections, packs and gates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from procurement_risk.framework.conditions import Condition

QuestionType = Literal["single", "multiple", "text", "number", "date"]
SectionRole = Literal["context", "decisive", "challenge"]
Scores = Literal["raw", "mitigation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice. ``id`` is stored in answers and never changes; ``label`` may be reworded.

    Attributes:
        risk: For ``weakest-section``: whole points, 0 the best. Facts carry none.
        points: For ``impact-mitigation``: whole points that choosing it adds, from 0.
        was: Ids of options in earlier versions whose answers mean this one.
    """

    id: str
    label: str
    risk: int = 0
    points: int = 0
    was: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RedFlag:
    """Options that fire a stop or a flag.

    Attributes:
        options: The worst options of the question.
        stop: Whether firing stops the purchase, rather than asking for escalation.
        legal_duty: A stop that can only be satisfied, never overridden.
        stop_from_tier: A stop from this tier up and a flag below it; None: at every tier.
        from_tier: The tier below which it does nothing.
    """

    options: frozenset[str]
    stop: bool
    legal_duty: bool = False
    stop_from_tier: int | None = None
    from_tier: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a section, or one fact (``section`` is then empty).

    Attributes:
        weight: For ``weakest-section``: how much it counts in its section.
        scores: For ``impact-mitigation``: what its points add to; None where it is not scored.
        when: When it is asked, its section's condition included; None: always.
        was: Ids of questions in earlier versions whose answers are answers to this one.
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
    was: tuple[str, ...] = ()

    @property
    def is_fact(self) -> bool:
        """Whether this is asked once about the purchase and never scored."""
        return not self.section

    @property
    def is_scored(self) -> bool:
        """Whether its answer enters a score, a tier, a stop or a flag."""
        return self.scores is not None or (self.type == "single" and self.weight > 0)

    @property
    def asks_supplier(self) -> bool:
        """Whether the supplier answers it, alone or with us; only it can withhold an answer."""
        return self.answered_by in ("supplier", "joint")

    def option(self, option_id: str) -> Option | None:
        """Return the option stored as ``option_id``, or None where there is no such option."""
        return next((each for each in self.options if each.id == option_id), None)

    def option_now(self, option_id: str) -> Option | None:
        """Return the option that an earlier version's ``option_id`` means here, or None."""
        named = (each for each in self.options if option_id in each.was)
        return self.option(option_id) or next(named, None)


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
class Gate:
    """A moment in the life of a purchase at which it is decided how to go on."""

    id: str
    label: str
