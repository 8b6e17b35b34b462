"""Confirming what was carried over from an earlier look: one, a section, or all that may be.

    one       whatever was carried, if the questionnaire still takes it
    section   what was answered, still applies, and has no evidence that ran out
    since     of these, what is as young as the day chosen and rests on evidence, where that counts

What is confirmed becomes an answer of this look, by whoever confirms it; its evidence, and how
long that holds, stay as they were. What is left is said with the reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from procurement_risk.assessment import Answer, Assessment, CarriedAnswer, Mitigation
from procurement_risk.assessment.answers import check_answer
from procurement_risk.assessment.conditions import applicability, order_conditions
from procurement_risk.assessment.document import answer_to_document, to_document
from procurement_risk.assessment.parts import ANSWER, CARRIED, MITIGATION
from procurement_risk.assessment.two_answers import unsettled
from procurement_risk.canonical import Document
from procurement_risk.framework import Framework, Question
from procurement_risk.framework.places import place_of
from procurement_risk.language import _
from procurement_risk.language.phrases import day as day_words
from procurement_risk.methods import METHODS
from procurement_risk.profile.carrying import carried_mitigations, unconfirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """What is confirmed, and what is left as it was.

    Attributes:
        answers: The answers of this look, by question.
        mitigations: Likewise the mitigations.
        left: Why each of the others stays unconfirmed, as a sentence, by question.
        sources: The earlier looks that it comes from, with the days they were scored as of.
        questions: For writing each answer as its question has it.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    mitigations: Mapping[str, Mitigation] = field(default_factory=dict)
    left: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[tuple[str, str], ...] = ()
    questions: Mapping[str, Question] = field(default_factory=dict)

    @property
    def parts(self) -> dict[str, Document | None]:
        """The parts of the assessment that change, all of them together."""
        changed: dict[str, Document | None] = {}
        for name, answer in self.answers.items():
            multiple = self.questions[name].type == "multiple"
            changed[f"{ANSWER}{name}"] = answer_to_document(answer, multiple=multiple)
        for name, mitigation in self.mitigations.items():
            changed[f"{MITIGATION}{name}"] = to_document(mitigation)
        for name in self.answers.keys() | self.mitigations.keys():
            changed[f"{CARRIED}{name}"] = None
        return changed

    @property
    def reason(self) -> str:
        """What the history says of it; stored, so in English whatever the language."""
        looks = ", ".join(f"{name} as of {as_of}" for name, as_of in self.sources)
        return f"Confirmed as it stood in {looks}"


def confirm_one(
    assessment: Assessment, framework: Framework, question: str, by: str, at: str
) -> Confirmation:
    """Return the confirmation of what was carried for ``question``, its mitigation with it."""
    return _confirm(assessment, framework, {question: ""}, by, at)


def confirm_section(
    assessment: Assessment, framework: Framework, section: str, by: str, at: str
) -> Confirmation:
    """Return the confirmation of one step of the walk, as far as it may be at once."""
    within = [q.id for q in framework.by_id.values() if place_of(framework, q) == section]
    asked = _Asked(assessment, framework)
    return _confirm(assessment, framework, {n: asked.against(n) for n in within}, by, at)


def confirm_since(
    assessment: Assessment, framework: Framework, since: str, by: str, at: str
) -> Confirmation:
    """Return the confirmation of all that is as young as ``since`` and rests on evidence.

    Whatever is carried and not among it is listed with the reason.
    """
    asked = _Asked(assessment, framework, since)
    names = {name: asked.against(name) for name in framework.by_id}
    gone = dict.fromkeys(asked.waiting.keys() - names.keys(), _("It is no longer asked."))
    return _confirm(assessment, framework, names | gone, by, at)


def _confirm(
    assessment: Assessment, framework: Framework, wanted: Mapping[str, str], by: str, at: str
) -> Confirmation:
    """Return what is confirmed of ``wanted``, questions with what speaks against each, if any."""
    waiting, given = unconfirmed(assessment), assessment.answer_set.answers
    answers: dict[str, Answer] = {}
    left: dict[str, str] = {}
    for name, against in wanted.items():
        if name not in waiting:
            continue
        answer = _as_confirmed(waiting[name], given.get(name), by, at)
        why = against or _undecided(waiting[name]) or _misfit(framework, name, answer)
        if why:
            left[name] = why
        else:
            answers[name] = answer
    mitigations = {
        each.question: each
        for each in carried_mitigations(assessment)
        if each.question in wanted
        and not wanted[each.question]
        and each.question not in left
        and _may_stand(answers.get(each.question, given.get(each.question)))
    }
    done = answers.keys() | mitigations.keys()
    sources = {
        (carried.assessment, carried.as_of): None
        for name, carried in assessment.carried.items()
        if name in done
    }
    return Confirmation(
        answers=answers,
        mitigations=mitigations,
        left=left,
        sources=tuple(sorted(sources)),
        questions={name: framework.by_id[name] for name in answers},
    )


def _as_confirmed(carried: CarriedAnswer, since: Answer | None, by: str, at: str) -> Answer:
    """Return the carried answer, with the note and the link that were written since, if any.

    It is one person's answer now, whoever gave it alone in the look before.
    """
    assert carried.answer is not None
    kept, written = carried.answer, since or Answer()
    return replace(
        kept,
        by=by,
        at=at,
        note=written.note or kept.note,
        link=written.link or kept.link,
        alone=(),
        agreed="",
    )


def _undecided(carried: CarriedAnswer) -> str:
    """Return that two people differed on it and agreed on nothing; else empty."""
    return _("Two people differed on it. Answer it anew.") if unsettled(carried.answer) else ""


def _misfit(framework: Framework, name: str, answer: Answer) -> str:
    question = framework.by_id.get(name)
    if question is None:
        return _("It is no longer asked.")
    document = answer_to_document(answer, multiple=question.type == "multiple")
    problems = check_answer(framework, question, document)
    return problems[0].message if problems else ""


def _may_stand(answer: Answer | None) -> bool:
    return answer is not None and answer.state != "not_applicable"


class _Asked:
    """What speaks against confirming an answer together with others.

    Args:
        assessment: Whose answers are carried.
        framework: What it is answered against.
        since: The first day an answer may be from, for evidence that has to be there; or empty.
    """

    def __init__(self, assessment: Assessment, framework: Framework, since: str = "") -> None:
        self.waiting = unconfirmed(assessment)
        self._framework, self._since = framework, since
        self._as_of = assessment.answer_set.as_of
        carried = {name: each.answer for name, each in self.waiting.items() if each.answer}
        as_if = {**assessment.answer_set.answers, **carried}
        self._applies = applicability(order_conditions(framework), _known(framework, as_if))

    def against(self, name: str) -> str:
        """Return the first reason against it, as a sentence, or empty."""
        carried, question = self.waiting.get(name), self._framework.by_id[name]
        return "" if carried is None else next(self._reasons(carried, question), "")

    def _reasons(self, carried: CarriedAnswer, question: Question) -> Iterator[str]:
        answer = carried.answer
        assert answer is not None
        if answer.state not in ("answered", "not_applicable"):
            yield _("It was open then.")
        if self._applies[question.id] is False and answer.state != "not_applicable":
            yield _("It does not apply, as far as the answers go.")
        if answer.valid_until and answer.valid_until < self._as_of:
            until = day_words(answer.valid_until)
            yield _("Its evidence ran out on {date}.").format(date=until)
        if self._since and carried.day < self._since:
            yield _("It is from {date}.").format(date=day_words(carried.day))
        if (
            self._since
            and answer.evidence == "E0"
            and _rests_on_evidence(self._framework, question, answer)
        ):
            yield _("It rests on no evidence.")


def _known(framework: Framework, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    return {name: answer for name, answer in answers.items() if name in framework.by_id}


def _rests_on_evidence(framework: Framework, question: Question, answer: Answer) -> bool:
    graded = METHODS[framework.method].graded and not question.is_fact
    return graded and framework.weighs(question) and answer.state == "answered"
