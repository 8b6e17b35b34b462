"""Moving the answers of an assessment to another version of its framework.

    old, new, answers ── plan_move ── Move ─┬─ answers that the new version allows
                                            └─ what was kept, what needs a look, what is dropped

Questions and options are matched by their ids, by those that the new version says they had before
(``was``), and by what whoever moves them says was only renamed. Nothing is lost in silence: every
answer and mitigation is in the new set as it was, or is listed with what happened to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

from procurement_risk.assessment import Answer, AnswerSet, Mitigation
from procurement_risk.assessment.conditions import applicability, order_conditions
from procurement_risk.assessment.move import Carried, DroppedAnswer, DroppedMitigation, Move
from procurement_risk.assessment.moving_answers import GONE, concerns, id_now, move_answer, sort_of
from procurement_risk.framework import Framework, Pack
from procurement_risk.framework.versions.change import Change
from procurement_risk.framework.versions.compare import compare
from procurement_risk.framework.versions.likely import NOTHING, Renaming
from procurement_risk.framework.versions.questions import (
    question_changes,
    question_parts,
    type_words,
)
from procurement_risk.language import _, current


def plan_move(
    old: Framework, new: Framework, answer_set: AnswerSet, said: Renaming = NOTHING
) -> Move:
    """Return what becomes of ``answer_set``, which ``old`` allows, in the version ``new``.

    Args:
        old: The version that was answered.
        new: The version moved to.
        answer_set: The answers.
        said: What was only renamed, though the file of ``new`` does not say so.
    """
    changes = dict(_changes(old, new, current()))
    changes |= {
        now: tuple(question_changes(question_parts(old)[was], question_parts(new)[now]))
        for was, now in said.questions.items()
    }
    now_of = {name: said.questions.get(name, new.id_now(name)) for name in old.by_id}
    moved = {
        name: move_answer(old, new, name, now_of[name], answer, said)
        for name, answer in answer_set.answers.items()
    }
    answers, dropped = _stand(moved, now_of)
    kept = _kept([(now_of[n], a) for n, a in moved.items() if isinstance(a, Answer)], changes)
    mitigations = tuple(_moved_mitigations(new, answer_set.mitigations, answers, now_of, said))
    pack, pack_reason = _pack(new, answer_set.pack)
    moved_set = AnswerSet(
        as_of=answer_set.as_of,
        pack=pack.id,
        gate=answer_set.gate if new.gate(answer_set.gate) else "",
        answers=answers,
        mitigations=tuple(each for each in mitigations if isinstance(each, Mitigation)),
    )
    mitigated = [
        Carried(
            question=each.question,
            changes=tuple(c for c in changes.get(each.question, ()) if c.option == each.target),
        )
        for each in moved_set.mitigations
    ]
    return Move(
        old=old,
        new=new,
        answer_set=moved_set,
        carried=tuple(each.question for each in kept["same"]),
        reworded=tuple(kept["reworded"]),
        changed=tuple(kept["changed"]),
        dropped=dropped,
        mitigations_carried=tuple(each.question for each in mitigated if not each.changes),
        mitigations_changed=tuple(each for each in mitigated if each.changes),
        mitigations_dropped=tuple(e for e in mitigations if isinstance(e, DroppedMitigation)),
        pack_was=answer_set.pack,
        pack_reason=pack_reason,
        newly_asked=tuple(
            name
            for name in _newly_asked(old, new, pack, moved_set.gate, answers)
            if name not in now_of.values()
        ),
        no_longer_asked=tuple(
            name
            for name in old.by_id
            if now_of[name] not in new.by_id and name not in answer_set.answers
        ),
    )


def _stand(
    moved: Mapping[str, Answer | DroppedAnswer], now_of: Mapping[str, str]
) -> tuple[dict[str, Answer], tuple[DroppedAnswer, ...]]:
    """Return the answers that stand in the new version by its ids, and those that are dropped."""
    dropped = tuple(each for each in moved.values() if isinstance(each, DroppedAnswer))
    answers = {
        now_of[name]: stands
        for name, each in moved.items()
        if (stands := each if isinstance(each, Answer) else each.kept) is not None
    }
    return answers, dropped


def _kept(
    answers: Iterable[tuple[str, Answer]], changes: Mapping[str, tuple[Change, ...]]
) -> dict[str, list[Carried]]:
    """Return the answers that were carried over, by whether their question is the same."""
    kept: dict[str, list[Carried]] = {"same": [], "reworded": [], "changed": []}
    for name, answer in answers:
        concerning = tuple(c for c in changes.get(name, ()) if concerns(c, answer))
        kept[sort_of(concerning)].append(Carried(question=name, changes=concerning))
    return kept


@lru_cache(maxsize=16)
def _changes(old: Framework, new: Framework, _code: str) -> Mapping[str, tuple[Change, ...]]:
    """Return what changed by question, in the language in use: many may be moved alike."""
    return {group.question: group.changes for group in compare(old, new).groups}


def history_reason(old: Framework, new: Framework, why: str) -> str:
    """Return what the history says of a move, in English like all of it."""
    moved = f"Moved from version {old.version} → {new.version}."
    if old.id != new.id:  # between an overlay and what it extends
        moved = f"Moved from {old.id} {old.version} → {new.id} {new.version}."
    return f"{moved} {why.strip()}".strip()


def _pack(new: Framework, pack_id: str) -> tuple[Pack, str]:
    """Return the pack to go on with, and why it is another one than before."""
    pack = new.pack(pack_id)
    if pack is not None:
        return pack, ""
    largest = max(new.packs, key=lambda each: _size(new, each))
    return largest, _(
        "Version {version} has no pack {pack}. {other} is taken instead, because it "
        "asks the most questions."
    ).format(version=new.version, pack=pack_id, other=largest.id)


def _size(framework: Framework, pack: Pack) -> int:
    return sum(pack.asks(question.id) for question in framework.questions())


def _newly_asked(
    old: Framework, new: Framework, pack: Pack, gate: str, answers: Mapping[str, Answer]
) -> Iterator[str]:
    applies = applicability(order_conditions(new), answers)
    for name, question in new.by_id.items():
        is_asked = question.is_fact or (pack.asks(name) and new.is_due(question, gate))
        if name not in old.by_id and is_asked and applies[name] is not False:
            yield name


# What becomes of the mitigations of an assessment in another version of its framework.


def _moved_mitigations(
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
