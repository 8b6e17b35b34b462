"""A new look at a purchase, or another supplier for it: what is carried over, and how.

    the last look ── look_again ──────> every answer carried, to be confirmed
                  ── with triggers ───> what they name carried, all else taken over as it stood
                  ── second_supplier ─> what is about the purchase carried, to be confirmed

What is carried stands in ``Assessment.carried`` and counts for nothing until somebody confirms
it: see ``profile.confirming``. Answers are moved where the new look is on another version.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from procurement_risk.assessment import (
    AnswerSet,
    Assessment,
    CarriedAnswer,
    EvidenceFile,
    Mitigation,
    Supplier,
    Trigger,
)
from procurement_risk.assessment.evidence import digest_in
from procurement_risk.assessment.moving import plan_move
from procurement_risk.assessment.trigger_questions import opened_by
from procurement_risk.assessment.vocabulary import TRIGGERS, id_of
from procurement_risk.framework import Framework
from procurement_risk.language import _
from procurement_risk.language.phrases import day as day_words
from procurement_risk.profile.gates import gate_of_another


def look_again(
    last: Assessment,
    old: Framework,
    new: Framework,
    *,
    id: str,
    day: str,
    triggers: Sequence[Trigger] = (),
) -> Assessment:
    """Return a new look at the purchase of ``last``, which stands until this one is decided.

    Args:
        last: The assessment to start from, answered against ``old``.
        old: Its framework.
        new: The version to answer now, of the same framework.
        id: The id of the new assessment.
        day: The day it is begun.
        triggers: What calls for it: only the questions they name are opened. None: all are, and
            everything that calls for a look is dealt with by this one.
    """
    held = _held(last, old, new)
    opened = opened_by(triggers, new) if triggers else held.answers.keys() | new.by_id.keys()
    waiting = {
        name: each
        for name, each in _carried(last, held).items()
        if name in opened or name in last.carried
    }
    kept = replace(
        held,
        as_of=day,
        answers={name: each for name, each in held.answers.items() if name not in waiting},
        mitigations=tuple(m for m in held.mitigations if m.question not in waiting),
    )
    return replace(
        _begun(last, id),
        answer_set=kept,
        replaces=last.id,
        triggers=tuple(triggers) or open_triggers(last),
        carried=waiting,
    )


def second_supplier(
    known: Assessment, old: Framework, new: Framework, *, id: str, day: str, supplier: Supplier
) -> Assessment:
    """Return an assessment of another supplier for the purchase that ``known`` is of.

    What is not asked of the supplier is carried; nothing that is about the supplier of ``known``
    is: neither its upstreams nor what was agreed with it. It begins at the gate where suppliers
    are compared: what was answered since, with the first one in use, is not about it.
    """
    held = _held(known, old, new)
    gate = gate_of_another(new, held.gate)
    at = gate.id if gate else ""
    about = {name for name in about_the_purchase(new) if new.is_due(new.by_id[name], at)}
    carried = {
        name: replace(each, mitigation=None)
        for name, each in _carried(known, held).items()
        if name in about and each.answer is not None
    }
    return replace(
        _begun(known, id),
        supplier=supplier,
        upstreams=(),
        answer_set=AnswerSet(as_of=day, pack=held.pack, gate=at),
        markings={n: m for n, m in known.markings.items() if n.startswith("purchase.")},
        known_risks={},
        benefits=(),
        files=_files(known, carried.values()),
        replaces="",
        triggers=(),
        carried=carried,
    )


def _files(known: Assessment, carried: Iterable[CarriedAnswer]) -> dict[str, EvidenceFile]:
    """Return what is known of the files that carried answers name."""
    named = {digest_in(name) for each in carried if each.answer for name in each.answer.files}
    return {digest: file for digest, file in known.files.items() if digest in named}


def about_the_purchase(framework: Framework) -> frozenset[str]:
    """Return the ids of the facts and questions that are not asked of the supplier."""
    return frozenset(
        question.id for question in framework.by_id.values() if not question.asks_supplier
    )


def _begun(last: Assessment, id: str) -> Assessment:
    """Return ``last`` as nobody has worked on it yet: what people did with it is left out."""
    return replace(
        last,
        id=id,
        state="draft",
        organisation=None,
        decision=None,
        overrides=(),
        sign_offs=(),
        carried={},
        handovers={},
        reviews={},
        comments={},
        created_at="",
        created_by="",
    )


def _held(last: Assessment, old: Framework, new: Framework) -> AnswerSet:
    """Return all that ``last`` holds, what is carried in it as well, as ``new`` allows it."""
    waiting = unconfirmed(last)
    scored = last.answer_set
    answers = {name: each.answer for name, each in waiting.items() if each.answer is not None}
    mitigated = {m.question: m for m in carried_mitigations(last)}
    mitigated |= {m.question: m for m in scored.mitigations}
    held = replace(
        scored,
        answers={**scored.answers, **answers},
        mitigations=tuple(mitigated[name] for name in sorted(mitigated)),
    )
    if old is new or old.document == new.document:
        return held
    known = {name: answer for name, answer in held.answers.items() if name in old.by_id}
    return plan_move(old, new, replace(held, answers=known)).answer_set


def _carried(last: Assessment, held: AnswerSet) -> dict[str, CarriedAnswer]:
    """Return each answer and mitigation of ``held`` with where it is from."""
    mitigations = {each.question: each for each in held.mitigations}
    carried = {}
    for name in sorted(held.answers.keys() | mitigations.keys()):
        before = last.carried.get(name)
        source, as_of = last.id, last.answer_set.as_of
        if before is not None and name not in last.answer_set.answers:
            source, as_of = before.assessment, before.as_of
        carried[name] = CarriedAnswer(
            assessment=source,
            as_of=as_of,
            answer=held.answers.get(name),
            mitigation=mitigations.get(name),
        )
    return carried


def open_triggers(assessment: Assessment) -> tuple[Trigger, ...]:
    """Return what calls for a new look and is not dealt with."""
    return tuple(each for each in assessment.triggers if not each.resolved_at)


def called_for(assessment: Assessment, names: Sequence[str], at: str) -> tuple[Trigger, ...]:
    """Return the triggers of these ids: as they were recorded if they were, else as of ``at``."""
    recorded = {id_of(each.what, TRIGGERS): each for each in open_triggers(assessment)}
    return tuple(recorded.get(name) or Trigger(what=name, at=at) for name in names)


# --- What waits ---------------------------------------------------------------------------


def unconfirmed(
    assessment: Assessment, within: Collection[str] | None = None
) -> Mapping[str, CarriedAnswer]:
    """Return the carried answers that still wait for somebody, by question.

    One that was answered anew waits no longer; it is offered again if that answer is cleared.

    Args:
        assessment: Whose.
        within: The questions to look at; all where it is None.
    """
    given = assessment.answer_set.answers
    return {
        name: each
        for name, each in assessment.carried.items()
        if each.answer is not None
        and (name not in given or given[name].state == "unanswered")
        and (within is None or name in within)
    }


def not_confirmed(assessment: Assessment, question: str) -> str:
    """Return that an earlier answer to ``question`` is not confirmed, as a sentence, or empty."""
    carried = unconfirmed(assessment, {question}).get(question)
    if carried is None:
        return ""
    return _("An answer from {date} is not confirmed.").format(date=day_words(carried.day))


def without_mitigation(assessment: Assessment, question: str) -> CarriedAnswer | None:
    """Return what is carried for ``question`` once its mitigation is dropped, if anything is."""
    before = assessment.carried[question]
    left = replace(before, mitigation=None)
    return left if left.answer is not None else None


def carried_mitigations(assessment: Assessment) -> tuple[Mitigation, ...]:
    """Return the mitigations that were carried and wait to be confirmed: they lower nothing."""
    stands = {each.question for each in assessment.answer_set.mitigations}
    return tuple(
        replace(each.mitigation, question=name)
        for name, each in sorted(assessment.carried.items())
        if each.mitigation is not None and name not in stands
    )
