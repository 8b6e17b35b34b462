"""Moving the answers of an assessment to another version of its framework.

    old, new, answers ── plan_move ── Move ─┬─ answers that the new version allows
                                            └─ what was kept, what needs a look, what is dropped

Questions and options are matched by their ids, by those that the new version says they had before
(``was``), and by what whoever moves them says was only renamed. Nothing is lost in silence: every
answer and mitigation is in the new set as it was, or is listed with what happened to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from procurement_risk.assessment import Answer, AnswerSet, Mitigation
from procurement_risk.assessment.answers import check_answer
from procurement_risk.assessment.conditions import applicability, order_conditions
from procurement_risk.assessment.document import answer_to_document
from procurement_risk.assessment.words import answer_text
from procurement_risk.framework import Framework, Pack, Question
from procurement_risk.framework.versions.change import Change
from procurement_risk.framework.versions.compare import compare
from procurement_risk.framework.versions.likely import NOTHING, Renaming
from procurement_risk.framework.versions.questions import (
    question_changes,
    question_parts,
    type_words,
)
from procurement_risk.language import _, current
from procurement_risk.language.phrases import listed

CHOICES = ("single", "multiple")
GONE = "!"  # behind an option that is said to be gone: no id holds it


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
    answers: dict[str, Answer] = {}
    kept: dict[str, list[Carried]] = {"same": [], "reworded": [], "changed": []}
    dropped = []
    for name, answer in answer_set.answers.items():
        now = now_of[name]
        moved = _move_answer(old, new, name, now, answer, said)
        if isinstance(moved, Answer):
            answers[now] = moved
            concerning = tuple(c for c in changes.get(now, ()) if _concerns(c, moved))
            kept[_sort(concerning)].append(Carried(question=now, changes=concerning))
        else:
            dropped.append(moved)
            if moved.kept is not None:
                answers[now] = moved.kept
    mitigations = tuple(_mitigations(new, answer_set.mitigations, answers, now_of, said))
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
        dropped=tuple(dropped),
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


@lru_cache(maxsize=16)
def _changes(old: Framework, new: Framework, _code: str) -> Mapping[str, tuple[Change, ...]]:
    """Return what changed by question, in the language in use: many may be moved alike."""
    return {group.question: group.changes for group in compare(old, new).groups}


def history_reason(old: Framework, new: Framework, why: str) -> str:
    """Return what the history says of a move, in English like all of it."""
    return f"Moved from version {old.version} → {new.version}. {why.strip()}".strip()


# --- Answers ------------------------------------------------------------------------------


def _move_answer(
    old: Framework, new: Framework, name: str, name_now: str, answer: Answer, said: Renaming
) -> Answer | DroppedAnswer:
    """Return ``answer`` where it may stay as it is, or what becomes of it."""
    was, now = old.by_id[name], new.by_id.get(name_now)
    if now is None:
        reason = _("Version {version} no longer asks this question.").format(version=new.version)
        return DroppedAnswer(question=name, answer=answer, text=_words(was, answer), reason=reason)
    moved = replace(answer, options=_ids_now(now, answer.options, said))
    gone = [each for each in moved.options if now.option(each) is None]
    left = tuple(each for each in moved.options if each not in gone)
    if left and gone and was.type == now.type == "multiple":
        return DroppedAnswer(
            question=name,
            answer=answer,
            text=_words(was, replace(answer, options=tuple(gone))),
            reason=_gone(new, gone),
            kept=replace(moved, options=left),
        )
    reason = _refusal(new, was, now, moved, gone)
    if not reason:
        return moved
    return DroppedAnswer(
        question=name,
        answer=answer,
        text=_words(was, answer),
        reason=reason,
        kept=_without_answer(answer),
    )


def _ids_now(now: Question, options: tuple[str, ...], said: Renaming) -> tuple[str, ...]:
    """Return the ids that ``options`` have in ``now``, each once; one that is gone stays."""
    return tuple(dict.fromkeys(_id_now(now, each, said) for each in options))


def _id_now(now: Question, option_id: str, said: Renaming) -> str:
    """Return the id that an option has in ``now``, one that no option has where it is gone."""
    told = said.options.get(now.id, {}).get(option_id)
    if told is not None:
        return told or f"{option_id}{GONE}"
    option = now.option_now(option_id)
    return option.id if option else option_id


def _words(question: Question, answer: Answer) -> str:
    words = answer_text(question, answer)
    return f"{words}: {answer.reason}" if answer.state == "not_applicable" else words


def _gone(new: Framework, options: list[str]) -> str:
    words = _("Version {version} no longer offers the options {options}.")
    if len(options) == 1:
        words = _("Version {version} no longer offers option {options}.")
    return words.format(version=new.version, options=listed([o.rstrip(GONE) for o in options]))


def _refusal(new: Framework, was: Question, now: Question, answer: Answer, gone: list[str]) -> str:
    """Return why ``new`` cannot take ``answer`` as it stands, as a sentence, or empty."""
    if answer.state == "answered":
        if was.type != now.type and (was.type in CHOICES or now.type in CHOICES):
            words = _("It is now answered with {now}, not {before}.")
            return words.format(now=type_words(now.type), before=type_words(was.type))
        if gone:
            return _gone(new, gone)
    if answer.state == "not_applicable" and not new.may_be_inapplicable(now):
        words = _("In version {version} it can no longer be declared not applicable.")
        return words.format(version=new.version)
    document = answer_to_document(answer, multiple=now.type == "multiple")
    problems = check_answer(new, now, document)
    return problems[0].message if problems else ""


def _without_answer(answer: Answer) -> Answer | None:
    """Return the evidence and notes alone, as an answer nobody has given; None without any."""
    rest = replace(answer, state="unanswered", options=(), text="")
    return None if replace(rest, by="", at="") == Answer(state="unanswered") else rest


def _concerns(change: Change, answer: Answer) -> bool:
    """Whether ``change``, which is one of its question, concerns ``answer``.

    An open answer may still become any option; one that is not applicable becomes none.
    """
    if change.kind in ("reweighted", "options") and answer.state == "not_applicable":
        return False
    if change.kind == "options":
        is_new = not change.before
        is_open = answer.state != "answered"
        return bool(change.option) and (is_new or is_open or change.option in answer.options)
    if change.kind == "reworded":
        return not change.option or change.option in answer.options
    return change.kind != "details"


def _sort(changes: tuple[Change, ...]) -> Literal["same", "reworded", "changed"]:
    if not changes:
        return "same"
    return "reworded" if all(change.kind == "reworded" for change in changes) else "changed"


# --- Mitigations, pack, questions ---------------------------------------------------------


def _mitigations(
    new: Framework,
    mitigations: tuple[Mitigation, ...],
    answers: Mapping[str, Answer],
    now_of: Mapping[str, str],
    said: Renaming,
) -> Iterator[Mitigation | DroppedMitigation]:
    for each in mitigations:
        each = replace(each, question=now_of.get(each.question, each.question))
        question = new.by_id.get(each.question)
        each = replace(each, target=_id_now(question, each.target, said)) if question else each
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
