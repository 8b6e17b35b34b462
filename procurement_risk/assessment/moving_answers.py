"""What becomes of one answer in another version of its framework."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from procurement_risk.assessment import Answer
from procurement_risk.assessment.answers import check_answer
from procurement_risk.assessment.document import answer_to_document
from procurement_risk.assessment.move import DroppedAnswer
from procurement_risk.assessment.two_answers import unsettled
from procurement_risk.assessment.words import answer_text
from procurement_risk.framework import Framework, Question
from procurement_risk.framework.versions.change import Change
from procurement_risk.framework.versions.likely import Renaming
from procurement_risk.framework.versions.questions import type_words
from procurement_risk.language import _
from procurement_risk.language.phrases import listed

CHOICES = ("single", "multiple")
GONE = "!"  # behind an option that is said to be gone: no id holds it


def move_answer(
    old: Framework, new: Framework, name: str, name_now: str, answer: Answer, said: Renaming
) -> Answer | DroppedAnswer:
    """Return ``answer`` where it may stay as it is, or what becomes of it."""
    was, now = old.by_id[name], new.by_id.get(name_now)
    if now is None:
        reason = _("Version {version} no longer asks this question.").format(version=new.version)
        return DroppedAnswer(question=name, answer=answer, text=_words(was, answer), reason=reason)
    moved = _with_ids_now(now, answer, said)
    gone = [each for each in moved.options if now.option(each) is None]
    left = tuple(each for each in moved.options if each not in gone)
    if left and gone and was.type == now.type == "multiple":
        return DroppedAnswer(
            question=name,
            answer=answer,
            text=_words(was, replace(answer, options=tuple(gone))),
            reason=_gone(new, gone),
            kept=replace(moved, options=left, alone=(), agreed=""),
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


def _with_ids_now(now: Question, answer: Answer, said: Renaming) -> Answer:
    """Return ``answer`` with the ids that its options have in ``now``.

    So it is with what two people answered alone. Where that has gone while an answer stands, the
    answer stands by itself, and the history tells how it came about.
    """
    alone = tuple(
        replace(each, options=_ids_now(now, each.options, said)) for each in answer.alone
    )
    moved = replace(answer, options=_ids_now(now, answer.options, said), alone=alone)
    has_gone = any(now.option(option) is None for each in alone for option in each.options)
    if has_gone and not unsettled(answer):
        return replace(moved, alone=(), agreed="")
    return moved


def _ids_now(now: Question, options: tuple[str, ...], said: Renaming) -> tuple[str, ...]:
    """Return the ids that ``options`` have in ``now``, each once; one that is gone stays."""
    return tuple(dict.fromkeys(id_now(now, each, said) for each in options))


def id_now(now: Question, option_id: str, said: Renaming) -> str:
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
    rest = replace(answer, state="unanswered", options=(), text="", alone=(), agreed="")
    return None if replace(rest, by="", at="") == Answer(state="unanswered") else rest


def concerns(change: Change, answer: Answer) -> bool:
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


def sort_of(changes: tuple[Change, ...]) -> Literal["same", "reworded", "changed"]:
    """Return under what an answer stands whose question changed so, as far as that concerns it."""
    if not changes:
        return "same"
    return "reworded" if all(change.kind == "reworded" for change in changes) else "changed"
