"""What each question that counts came to, as OSCAL findings.

``satisfied`` is said only of an answer that carries no risk and has evidence; OSCAL has no word
for what is open, so that is ``not-satisfied`` for the reason ``other``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from procurement_risk.assessment import Answer, Assessment
from procurement_risk.exports.oscal.values import Ids, Part, markup, prop, props, yes
from procurement_risk.framework import Question
from procurement_risk.methods import AnyResult
from procurement_risk.methods.impact_mitigation import ImpactResult
from procurement_risk.methods.values import evidence_grade
from procurement_risk.methods.weakest_section import Result
from procurement_risk.profile.carrying import unconfirmed

Verdict = Literal["satisfied", "fail", "other"]


def findings(
    assessment: Assessment, result: AnyResult, ids: Ids, token: Mapping[str, str], origin: Part
) -> Iterator[Part]:
    """Yield a finding for each question that counts, in reading order.

    Args:
        assessment: What was answered.
        result: What the method made of it.
        ids: Gives the UUIDs.
        token: The OSCAL name of each question.
        origin: What they come from.
    """
    overridden = {each.question for each in assessment.overrides}
    waiting = unconfirmed(assessment)
    for question in result.framework.questions():
        verdict = VERDICTS[result.framework.method](result, question)
        if verdict is None:
            continue
        answer = result.answer_set.answers.get(question.id)
        status = {"state": "satisfied" if verdict == "satisfied" else "not-satisfied"}
        if verdict != "satisfied":
            status["reason"] = verdict
        found: Part = {
            "uuid": ids.of("finding", question.id),
            "title": markup(f"{question.id}: {question.ask}"),
            "description": markup(question.good or question.ask),
            **props(
                prop("question-id", question.id),
                prop("answer-state", answer.state if answer else "unanswered"),
                *_red_flag(result, question),
                prop("overridden", "yes" if question.id in overridden else ""),
                prop("carried-over", "not-confirmed" if question.id in waiting else ""),
            ),
            "origins": [origin],
            "target": {
                "type": "objective-id",
                "target-id": token[question.id],
                "status": status,
            },
        }
        if answer is not None:
            found["related-observations"] = [
                {"observation-uuid": ids.of("observation", question.id)}
            ]
        yield found


def _weakest_verdict(result: Result, question: Question) -> Verdict | None:
    answer = result.answer_set.answers.get(question.id)
    declared_out = answer is not None and answer.state == "not_applicable"
    if question.type != "single" or not result.counts(question.id) or declared_out:
        return None
    option = question.option(answer.option) if answer else None
    if answer is None or option is None:
        return "other"
    return "satisfied" if option.risk == 0 and _has_evidence(result, answer) else "fail"


def _impact_verdict(result: ImpactResult, question: Question) -> Verdict | None:
    if question.scores is None or not result.asked[question.id]:
        return None
    answer = result.answer_set.answers.get(question.id)
    chosen = [question.option(name) for name in answer.options] if answer else []
    points = sum(option.points for option in chosen if option is not None)
    if answer is None or not chosen:
        return "other"
    if question.scores == "raw":
        # Impact is a fact about the use, not a control that failed.
        return "satisfied" if points == 0 and _has_evidence(result, answer) else "other"
    each = [option.points for option in question.options]
    most = sum(each) if question.type == "multiple" else max(each, default=0)
    return "satisfied" if points == most and _has_evidence(result, answer) else "fail"


# What an answer came to, or None where the question does not count, by the name of the method.
VERDICTS: Mapping[str, Callable[[Any, Question], Verdict | None]] = {
    "weakest-section": _weakest_verdict,
    "impact-mitigation": _impact_verdict,
}


def _has_evidence(result: AnyResult, answer: Answer) -> bool:
    return evidence_grade(answer, result.answer_set.as_of) > 0


def _red_flag(result: AnyResult, question: Question) -> tuple[Part | None, ...]:
    """Return what a question says that can stop the purchase, or call for escalation."""
    if question.red_flag is None:
        return ()
    flags, name = result.red_flags, question.id
    fired = name in flags.stops_fired or name in flags.flags_fired or name in flags.acting
    pending = name in flags.stops_pending or name in flags.flags_pending
    return (
        prop("knock-out", "fired" if fired else "pending" if pending else "cleared"),
        prop("knock-out-kind", "stop" if question.red_flag.stop else "flag"),
        prop("legal-duty", yes(question.red_flag.legal_duty)),
    )
