"""What becomes of answers and mitigations in another version of their framework: the nouns."""

from __future__ import annotations

from dataclasses import dataclass

from procurement_risk.assessment import Answer, AnswerSet, Mitigation
from procurement_risk.framework import Framework
from procurement_risk.framework.versions.change import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """An answer or mitigation that was carried over and needs a look.

    ``changes`` are those of its question that concern it.
    """

    question: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedAnswer:
    """An answer that the new version does not allow, or not whole.

    Attributes:
        question: The id of its question.
        answer: The answer as it was.
        text: What of it is dropped, in words.
        reason: Why, as a sentence.
        kept: What the new set holds in its place: the options that are left, or the evidence
            and notes without an answer; None where nothing is left.
    """

    question: str
    answer: Answer
    text: str
    reason: str
    kept: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedMitigation:
    """A mitigation that the new version does not allow, and why, as a sentence."""

    mitigation: Mitigation
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """What becomes of an assessment's answers in another version of its framework.

    Every stored answer is in exactly one of ``carried``, ``reworded``, ``changed`` and
    ``dropped``; likewise every mitigation.

    Attributes:
        old: The version that was answered.
        new: The version moved to.
        answer_set: The answers for it, which it allows.
        carried: Ids of the questions whose answer means what it meant.
        reworded: Answers whose question or chosen option reads differently.
        changed: Answers that may count differently, or whose question has other options.
        dropped: Answers that could not be carried, or not whole.
        mitigations_carried: Ids of the questions whose mitigation is as it was.
        mitigations_changed: Mitigations whose target reads or counts differently.
        mitigations_dropped: Mitigations that could not be carried.
        pack_was: The pack that was answered.
        pack_reason: Why another pack was taken, as a sentence; empty where it was not.
        newly_asked: Ids of questions that only the new version has, that its pack asks, and that
            apply or may apply.
        no_longer_asked: Ids of questions that are gone and had no answer.
    """

    old: Framework
    new: Framework
    answer_set: AnswerSet
    carried: tuple[str, ...]
    reworded: tuple[Carried, ...]
    changed: tuple[Carried, ...]
    dropped: tuple[DroppedAnswer, ...]
    mitigations_carried: tuple[str, ...]
    mitigations_changed: tuple[Carried, ...]
    mitigations_dropped: tuple[DroppedMitigation, ...]
    pack_was: str
    pack_reason: str
    newly_asked: tuple[str, ...]
    no_longer_asked: tuple[str, ...]
