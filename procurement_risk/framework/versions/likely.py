"""What was probably only renamed from one version to another, though the ids do not say so.

a question is gone, and a new one asks the same        ── Renamed
an option's label now stands under another's id        ── Relettered
a Renaming holds what somebody says is so                  and plan_move goes by it
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from procurement_risk.framework import Framework, Question
from procurement_risk.framework.yaml_writing import in_brackets
from procurement_risk.language import _
from procurement_risk.language.text import shorten

ALIKE = 0.8
"""How much of two texts has to be the same, so that one may be the other reworded."""


@dataclass(frozen=True, slots=True)
class Renamed:
    """A question that is gone, and the new one that probably is the same.

    Attributes:
        old: Its id in the old version.
        new: Its id in the new one.
        ask: What the new one asks.
        is_same: Whether both read the same, to the letter.
    """

    old: str
    new: str
    ask: str
    is_same: bool


@dataclass(frozen=True, slots=True)
class Relettered:
    """Options whose labels stand under other ids now, so that answers would change their meaning.

    Attributes:
        question: The question's id in the new version.
        options: The id now of each old one, where it is another.
        taken: Ids that stand for another label now, and whose own label is gone.
    """

    question: str
    options: Mapping[str, str]
    taken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Renaming:
    """What somebody says was only renamed.

    Attributes:
        questions: The new id of each old question.
        options: By the question's new id, the new id of each old option; empty: it is gone.
    """

    questions: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


NOTHING = Renaming()


def renamed(old: Framework, new: Framework) -> list[Renamed]:
    """Return the questions that were probably renamed, each at most once, the surest first."""
    gone = [q for name, q in old.by_id.items() if new.id_now(name) not in new.by_id]
    came = [q for name, q in new.by_id.items() if name not in old.by_id and not q.was]
    scored = sorted(
        ((_alike(one, other), one.id, other.id) for one in gone for other in came), reverse=True
    )
    found: dict[str, Renamed] = {}
    for score, one, other in scored:
        used = {each.new for each in found.values()}
        if score >= ALIKE and one not in found and other not in used:
            ask = new.by_id[other].ask
            found[one] = Renamed(one, other, ask, old.by_id[one].ask == ask)
    return list(found.values())


def _alike(one: Question, other: Question) -> float:
    """Return from 0 to 1 how alike two questions read; 0 where an answer to one fits not."""
    if one.type != other.type:
        return 0.0
    matcher = SequenceMatcher(None, one.ask.lower(), other.ask.lower(), autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0


def relettered(old: Framework, new: Framework) -> list[Relettered]:
    """Return the questions whose labels stand under other ids that an answer may hold."""
    pairs = ((q, new.by_id.get(new.id_now(name))) for name, q in old.by_id.items())
    found = (_relettered(one, other) for one, other in pairs if other is not None)
    return [each for each in found if each is not None]


def _relettered(one: Question, other: Question) -> Relettered | None:
    now = {option.label: option.id for option in other.options}
    moved = {
        option.id: now[option.label]
        for option in one.options
        if option.label in now and now[option.label] != _now(other, option.id)
    }
    if not moved:
        return None
    stay = {option.id for option in one.options if now.get(option.label) == option.id}
    taken = {
        option.id
        for option in one.options
        if option.label not in now and option.id in set(moved.values()) - stay
    }
    return Relettered(other.id, moved, tuple(sorted(taken)))


def _now(question: Question, option_id: str) -> str:
    option = question.option_now(option_id)
    return option.id if option else ""


def renaming(questions: Iterable[Renamed] = (), options: Iterable[Relettered] = ()) -> Renaming:
    """Return what is so where all of these are."""
    return Renaming(
        questions={each.old: each.new for each in questions},
        options={
            each.question: {**dict.fromkeys(each.taken, ""), **each.options} for each in options
        },
    )


def everything(old: Framework, new: Framework) -> Renaming:
    """Return all that was probably only renamed."""
    return renaming(renamed(old, new), relettered(old, new))


def nothing(_old: Framework, _new: Framework) -> Renaming:
    """Return that nothing was renamed but what the file of the new version says."""
    return NOTHING


def to_document(old: Framework, new: Framework) -> dict[str, Any]:
    """Return what was probably only renamed, for other programs; empty where nothing was."""
    found = {
        "questions": [
            {"old": each.old, "new": each.new, "reads_the_same": each.is_same}
            for each in renamed(old, new)
        ],
        "options": [
            {"question": each.question, "moved": dict(each.options), "gone": list(each.taken)}
            for each in relettered(old, new)
        ],
    }
    return {"probably_renamed": found} if any(found.values()) else {}


# --- In words -----------------------------------------------------------------------------


def lines(old: Framework, new: Framework) -> Iterator[str]:
    """Yield what was probably only renamed, and what to write into the file so that it is so."""
    for each in renamed(old, new):
        words = _("{new} reads like {old}, which is gone.")
        if each.is_same:
            words = _("{new} asks what {old} asked, which is gone.")
        said = words.format(new=each.new, old=each.old)
        write = _("If it is the same question, write under {new}:").format(new=each.new)
        yield f"{said} {write} was: [{in_brackets(each.old)}]"
    for one in relettered(old, new):
        moved = ", ".join(f"{before} -> {now}" for before, now in one.options.items())
        question, earlier = new.by_id[one.question], _earlier(old, new, one.question)
        words = _(
            "{question}: labels stand under other ids now ({moved}), so that an answer given "
            "before would mean something else. Keep the id of each label, and give what is new "
            "one of its own:"
        )
        ids = "; ".join(
            f"{name}: {shorten(label, 40)}" for name, label in _kept_ids(earlier, question)
        )
        yield f"{words.format(question=one.question, moved=moved)} {ids}"


def _earlier(old: Framework, new: Framework, name: str) -> Question:
    return next(q for each, q in old.by_id.items() if new.id_now(each) == name)


def _kept_ids(one: Question, other: Question) -> Iterator[tuple[str, str]]:
    """Yield an id for each option of ``other``: that of its label before, or one never used."""
    before = {option.label: option.id for option in one.options}
    taken = set(before.values()) | {option.id for option in other.options}
    taken |= {name for option in other.options for name in option.was}
    for option in other.options:
        if option.label in before:
            yield before[option.label], option.label
            continue
        free = next(c for c in _letters() if c not in taken)
        taken.add(free)
        yield free, option.label


def _letters() -> Iterator[str]:
    yield from "abcdefghijklmnopqrstuvwxyz"
    number = 1
    while True:
        yield f"new-{number}"
        number += 1
