"""What an assessment can say in each field of a transparency record.

Only the framework's own words and the names of organisations: no person, no note, nothing that a
supplier would not say. What is left over is for the officer to write.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from procurement_risk.assessment import Assessment
from procurement_risk.assessment.identifiers import company_scheme
from procurement_risk.exports.atrs.template import Field, fields, metadata, topics
from procurement_risk.framework import Question, Section
from procurement_risk.language.text import one_line
from procurement_risk.methods import AnyResult
from procurement_risk.methods.sections import band_rank
from procurement_risk.methods.values import acting_status
from procurement_risk.profile.findings import find

PREFIX = "algorithmic_transparency_record_"
TO_WRITE = "[to be written by you]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """One field as drafted: its lines, none where all of it is for the officer to write."""

    field: Field
    lines: tuple[str, ...]

    @property
    def is_filled(self) -> bool:
        """Whether anything was filled in."""
        return bool(self.lines)


def draft(
    assessment: Assessment, result: AnyResult, hidden: frozenset[str] = frozenset()
) -> tuple[Drafted, ...]:
    """Return every field, filled as far as the assessment goes.

    Args:
        assessment: What may be shown of it.
        result: What the method made of all of it.
        hidden: Questions whose answer is withheld; nothing is said of them.
    """
    return tuple(
        Drafted(
            field=field,
            lines=tuple(filter(None, map(one_line, _lines(field, assessment, result, hidden)))),
        )
        for field in fields()
    )


def tags(assessment: Assessment) -> dict[str, list[str]]:
    """Return the GOV.UK metadata that is sure, by its full name; the rest is to be chosen."""
    place = one_line(assessment.purchase.jurisdiction).casefold().replace(" ", "-")
    known = {"united-kingdom": "uk"}.get(place, place)
    regions = metadata()["lists"]["region"]
    return {f"{PREFIX}region": [known]} if known in regions else {}


def _lines(
    field: Field, assessment: Assessment, result: AnyResult, hidden: frozenset[str]
) -> Iterator[str]:
    if field.source == "answers":
        yield from _answers(result, field.topic, hidden)
    elif field.source == "risks":
        yield from _risks(result, hidden)
    else:
        yield from _facts(assessment).get(field.source, ())


def _facts(assessment: Assessment) -> dict[str, list[str]]:
    """Return what is known without any answer, by the name that the template gives it."""
    purchase, supplier = assessment.purchase, assessment.supplier
    number = supplier.company_number
    models = [each for each in assessment.upstreams if each.kind == "model"]
    return {
        "title": [purchase.title],
        "description": purchase.description.splitlines(),
        "buyer": [purchase.buyer],
        "involvement": ["Yes: it is supplied by a third party."],
        "supplier": [supplier.name],
        "company_number": [number] if company_scheme(number) == "GB-COH" else [],
        "route": [purchase.route],
        "models": [f"{m.name}, made by {m.maker}" if m.maker else m.name for m in models],
    }


def _answers(result: AnyResult, topic: str, hidden: frozenset[str]) -> Iterator[str]:
    """Yield what was answered on a topic; nothing of what is open or withheld."""
    framework = result.framework
    for name in topics(framework.id).get(topic, ()):
        question = framework.by_id.get(name)
        answer = result.answer_set.answers.get(name)
        option = question.option(answer.option) if question and answer else None
        if question is not None and option is not None and name not in hidden:
            yield f"{question.ask} — {option.label}"


def _risks(result: AnyResult, hidden: frozenset[str]) -> Iterator[str]:
    """Yield each section from the second band up: what falls short, and how it is treated."""
    framework = result.framework
    for section in framework.sections:
        scored = result.sections.get(section.id)
        if scored is not None and band_rank(framework.policy, scored.band.high) > 0:
            yield from _section_risk(result, section, hidden)


def _section_risk(result: AnyResult, section: Section, hidden: frozenset[str]) -> Iterator[str]:
    names = [
        *(each.question.id for each in find(result) if each.kind != "evidence"),
        *(each.question for each in result.answer_set.mitigations),
    ]
    given = result.answer_set.answers
    answers = {name: given[name] for name in given.keys() - hidden}
    yield f"Risk: {section.title}."
    for question in section.questions:
        # Nothing is said of what is open, so that a refusal cannot be read out of it.
        if question.id in names and question.id in answers and answers[question.id].option:
            yield f"Falls short: {question.ask}"
            yield from _mitigation(result, question)


def _mitigation(result: AnyResult, question: Question) -> Iterator[str]:
    found = map(result.framework.clause, question.clauses)
    clauses = [clause.heading for clause in found if clause is not None]
    words = "; ".join(clauses) or question.treatment
    for mitigation in result.answer_set.mitigations:
        status = acting_status(mitigation, result.answer_set.as_of)
        if mitigation.question == question.id and status != "proposed" and words:
            yield f"Mitigation, {status}: {words}."
            return
    if words:
        yield f"Mitigation; the questionnaire points to: {words}."
    yield TO_WRITE
