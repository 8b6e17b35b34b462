"""What becomes of the mitigations of an assessment in another version of its framework."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from procurement_risk.assessment import Answer, Mitigation
from procurement_risk.assessment.move import DroppedMitigation
from procurement_risk.assessment.moving_answers import GONE, id_now
from procurement_risk.framework import Framework
from procurement_risk.framework.versions.likely import Renaming
from procurement_risk.framework.versions.questions import type_words
from procurement_risk.language import _


def moved_mitigations(
    new: Framework,
    mitigations: tuple[Mitigation, ...],
    answers: Mapping[str, Answer],
    now_of: Mapping[str, str],
    said: Renaming,
) -> Iterator[Mitigation | DroppedMitigation]:
    """Yield what becomes of each: as it may stand for ``new``, or that it goes and why."""
    for each in mitigations:
        each = replace(each, question=now_of.get(each.question, each.question))
        question = new.by_id.get(each.question)
        each = replace(each, target=id_now(question, each.target, said)) if question else each
        reason = _no_mitigation(new, each, answers.get(each.question))
        yield DroppedMitigation(mitigation=each, reason=reason) if reason else each


def _no_mitigation(new: Framework, mitigation: Mitigation, answer: Answer | None) -> str:
    question = new.by_id.get(mitigation.question)
    if question is None:
        words = _("Version {version} no longer asks its question.")
        return words.format(version=new.version)
    if question.is_fact:
        words = _("In version {version} its question is a fact, which has no risk to lower.")
        return words.format(version=new.version)
    if question.type != "single":
        words = _("Its question is now answered with {now}, so there is no option to aim at.")
        return words.format(now=type_words(question.type))
    if question.option(mitigation.target) is None:
        words = _("Version {version} no longer offers option {option}, its target.")
        return words.format(version=new.version, option=mitigation.target.rstrip(GONE))
    declared = answer is not None and answer.state == "not_applicable"
    if declared and mitigation.status != "proposed":
        return _("Its question is declared not applicable, so there is nothing to lower.")
    return ""
