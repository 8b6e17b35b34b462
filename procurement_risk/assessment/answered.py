"""Answers, mitigations, and all that a score rests on. Dates are ISO texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

AnswerState = Literal["answered", "unanswered", "unknown", "withheld", "not_applicable"]

MitigationStatus = Literal["proposed", "agreed", "verified"]


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
