"""Sections as OSCAL risks: inherent figures as ``initial`` facets, residual as ``adjusted``.

Mitigations are the remediations of the section that their question stands in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from procurement_risk.assessment import Assessment, Mitigation
from procurement_risk.exports.oscal.values import (
    NAMESPACE,
    Ids,
    Part,
    markup,
    moment,
    prop,
    props,
    text,
    yes,
)
from procurement_risk.framework import Question, Section
from procurement_risk.language.percent import one_decimal
from procurement_risk.methods import AnyResult
from procurement_risk.methods.impact_mitigation import ImpactResult
from procurement_risk.methods.sections import SectionScore
from procurement_risk.methods.values import acting_status
from procurement_risk.methods.weakest_section import Result

STATE = {"name": "state", "ns": "http://csrc.nist.gov/ns/oscal"}
LIFECYCLES = {"proposed": "recommendation", "agreed": "planned", "verified": "completed"}
ENDS = ("low", "central", "high")


def _section_risks(
    assessment: Assessment, result: Result, ids: Ids, origin: Part
) -> Iterator[Part]:
    """Yield a risk for each section that is scored or has a mitigation."""
    for section in result.framework.sections:
        names = {question.id for question in section.questions}
        own = [m for m in assessment.answer_set.mitigations if m.question in names]
        scored = result.sections.get(section.id)
        if scored is None and not own:
            continue
        found: Part = {
            "uuid": ids.of("risk", section.id),
            "title": markup(section.title),
            "description": markup(section.intro or section.title),
            "statement": markup(f"Risk in {section.title}, from the answers of one assessment."),
            **props(prop("section-id", section.id), prop("section-role", section.role)),
            "status": _status(assessment, result, section, scored),
            "origins": [origin],
        }
        if scored is not None:
            found["props"].append(prop("complete", one_decimal(100 * scored.complete)))
            facets = list(_section_facets(scored))
            found["characterizations"] = [{"origin": origin, "facets": facets}]
        yield found | _treated(assessment, result, own, ids, origin)


def _status(
    assessment: Assessment, result: Result, section: Section, scored: SectionScore | None
) -> str:
    """Return ``closed`` without risk, ``deviation-approved`` where every stop is overridden."""
    if scored is not None and scored.residual.high == 0:
        return "closed"
    stopped = {q.id for q in section.questions} & set(result.red_flags.stops_fired)
    overridden = {o.question for o in assessment.overrides if o.until >= result.answer_set.as_of}
    return "deviation-approved" if stopped and stopped <= overridden else "open"


def _section_facets(scored: SectionScore) -> Iterator[Part]:
    for figure, state in ((scored.inherent, "initial"), (scored.residual, "adjusted")):
        for end in ENDS:
            value = one_decimal(getattr(figure, end))
            yield _facet(f"score-{end}", value, state)
    for end in ENDS:
        yield _facet(f"band-{end}", getattr(scored.band, end), "adjusted")
    for end in ENDS:
        yield _facet(f"claimed-{end}", one_decimal(getattr(scored.claimed, end)), "")


def _facet(name: str, value: str | int, state: str) -> Part:
    found: Part = {"name": name, "system": NAMESPACE, "value": text(str(value))}
    return found | ({"props": [STATE | {"value": state}]} if state else {})


def _impact_risks(
    assessment: Assessment, result: ImpactResult, ids: Ids, origin: Part
) -> Iterator[Part]:
    """Yield the one risk of a questionnaire that counts points: before and after reduction."""
    facets = [
        _facet("points", result.raw, "initial"),
        _facet("points-most", result.max_raw, "initial"),
        _facet("points", result.current, "adjusted"),
        _facet("mitigation-points", result.mitigation, "adjusted"),
        _facet("mitigation-points-most", result.max_mitigation, "adjusted"),
    ]
    if result.level is not None:
        facets.append(_facet("level", result.level, "adjusted"))
    title = result.framework.title
    found: Part = {
        "uuid": ids.of("risk", "impact"),
        "title": markup(title),
        "description": markup(result.framework.description or title),
        "statement": markup("Impact of the use, in points, from the answers of one assessment."),
        "status": "open",
        "origins": [origin],
        "characterizations": [{"origin": origin, "facets": facets}],
    }
    yield found | _treated(assessment, result, assessment.answer_set.mitigations, ids, origin)


# By the name of the method; what is handed over last gives the UUIDs and says where they are from.
RISKS: Mapping[str, Callable[[Assessment, Any, Ids, Part], Iterator[Part]]] = {
    "weakest-section": _section_risks,
    "impact-mitigation": _impact_risks,
}


def _treated(
    assessment: Assessment,
    result: AnyResult,
    mitigations: Sequence[Mitigation],
    ids: Ids,
    origin: Part,
) -> Part:
    """Return the remediations of ``mitigations``, and the last day any of them is due."""
    if not mitigations:
        return {}
    by_id = result.framework.by_id
    found: Part = {
        "remediations": [
            _remediation(assessment, by_id[m.question], m, ids, origin) for m in mitigations
        ]
    }
    due = [moment(m.due) for m in mitigations if m.status != "verified" and moment(m.due)]
    return found | ({"deadline": max(due)} if due else {})


def _remediation(
    assessment: Assessment, question: Question, mitigation: Mitigation, ids: Ids, origin: Part
) -> Part:
    as_of = assessment.answer_set.as_of
    target = question.option(mitigation.target)
    return {
        "uuid": ids.of("remediation", mitigation.question),
        "lifecycle": LIFECYCLES[mitigation.status],
        "title": markup(mitigation.clause or question.treatment or question.ask),
        "description": markup(f"To reach: {target.label if target else mitigation.target}"),
        **props(
            prop("question-id", mitigation.question),
            prop("mitigation-status", mitigation.status),
            prop("counts-as", acting_status(mitigation, as_of)),
            prop("target-option", mitigation.target),
            prop("due", mitigation.due),
            prop("owner-recorded", yes(bool(mitigation.owner))),
        ),
        "origins": [origin],
    }
