"""One change from one version of a framework to another, and how changes are found.

Texts are compared as the documents hold them, in every language; everything else as the nouns
hold it, so that a value left out equals the default it stands for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar, get_args

from procurement_risk.framework import Framework, Question
from procurement_risk.language import N_, _
from procurement_risk.language.phrases import listed

Kind = Literal[
    "added",
    "removed",
    "moved",
    "reworded",
    "reweighted",
    "reconditioned",
    "options",
    "type",
    "red_flag",
    "details",
    "section",
    "pack",
    "policy",
    "method",
]
KINDS: tuple[Kind, ...] = get_args(Kind)

# What the keys of a document are called where they hold what people read.
KEY_WORDS: Mapping[str, str] = {
    "address": N_("address"),
    "adopted_by": N_("adopted by"),
    # Translators: the text of a question
    "ask": N_("ask"),
    # Translators: when a source was checked
    "checked": N_("checked"),
    "cited_as": N_("cited as"),
    "description": N_("description"),
    "evidence": N_("evidence"),
    # Translators: the text that says what a good answer is
    "good": N_("good"),
    "heading": N_("heading"),
    # Translators: the text that helps with a question
    "help": N_("help"),
    "intro": N_("intro"),
    "label": N_("label"),
    "meaning": N_("meaning"),
    "outcome": N_("outcome"),
    "purpose": N_("purpose"),
    "review": N_("review"),
    "short_title": N_("short title"),
    "sign_off": N_("sign off"),
    "status": N_("status"),
    "title": N_("title"),
    "treatment": N_("treatment"),
    # Translators: the text that says why a question is asked
    "why": N_("why"),
}

Raw = Mapping[str, Any]
Key = TypeVar("Key", int, str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that differs.

    Attributes:
        kind: What sort of change it is; the first ten are about a question or fact.
        where: Which part changed, in the language in use: ``weight``, ``help in fr``, ``risk of
            option b``; for what is no question with its owner in front: ``section TR: title``.
        question: The id of the question or fact, or empty.
        before: The old value or text, whole; empty where there was none.
        after: The new one; empty where there is none.
        affects_result: Whether the score of a stored answer could move because of it.
        option: The id of the option it is about, or empty.
    """

    kind: Kind
    where: str
    question: str = ""
    before: str = ""
    after: str = ""
    affects_result: bool = False
    option: str = ""

    @property
    def subject(self) -> str:
        """What it is about, on screen: the question's id, or ``section TR``, ``policy``."""
        return self.question or self.where.partition(":")[0]


def owned(owner: str, what: str) -> str:
    """Return ``section TR: title``. The first colon ends the owner, whatever the language."""
    return f"{owner.replace(':', '')}: {what}"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two versions: the nouns, and the parts of its document by their ids."""

    framework: Framework
    questions: Mapping[str, Raw] = field(default_factory=dict)
    sections: Mapping[str, Raw] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of its languages, the first one first."""
        return self.framework.languages

    def question(self, question_id: str) -> Question:
        """Return the question or fact ``question_id``, which this side has."""
        return self.framework.by_id[question_id]


def side_of(framework: Framework) -> Side:
    """Return ``framework`` with its document's questions and sections by id."""
    document = framework.document
    sections = by_id(document, "sections")
    questions = [q for section in sections.values() for q in section["questions"]]
    asked = {raw["id"]: raw for raw in (*document.get("facts", ()), *questions)}
    return Side(framework, asked, sections)


def by_id(document: Raw, key: str) -> dict[str, Raw]:
    """Return what stands in the list ``key`` of ``document`` by its id."""
    return {raw["id"]: raw for raw in document.get(key, ())}


def can_move_result(side: Side, question_id: str) -> bool:
    """Return whether an answer to ``question_id`` could move a result, also through others."""
    question = side.framework.by_id.get(question_id)
    return question is not None and (question.is_scored or question_id in side.framework.rested_on)


def merged(old: Iterable[Key], new: Sequence[Key]) -> list[Key]:
    """Return the ids of both: in the new order, those that are gone where they were."""
    kept = set(new)
    gone: dict[Key | None, list[Key]] = defaultdict(list)
    last = None
    for each in old:
        if each in kept:
            last = each
        else:
            gone[last].append(each)
    found = list(gone[None])
    for here in new:
        found.append(here)
        found.extend(gone[here])
    return found


def order_change(
    kind: Kind, where: str, old: Iterable[str], new: Iterable[str], question: str = ""
) -> Iterator[Change]:
    """Yield a change where what both have stands in another order. Order moves no result."""
    before, after = list(old), list(new)
    both = set(before) & set(after)
    yield from value_change(
        kind,
        where,
        ", ".join(each for each in before if each in both),
        ", ".join(each for each in after if each in both),
        question=question,
    )


def value_change(
    kind: Kind,
    where: str,
    before: object,
    after: object,
    *,
    question: str = "",
    affects: bool = False,
    option: str = "",
) -> Iterator[Change]:
    """Yield a change where ``before`` and ``after`` differ; nothing (None) is shown as empty."""
    if before != after:
        yield Change(
            kind=kind,
            where=where,
            question=question,
            before="" if before is None else str(before),
            after="" if after is None else str(after),
            affects_result=affects,
            option=option,
        )


# --- Texts --------------------------------------------------------------------------------


def text_change(
    kind: Kind,
    where: str,
    old: tuple[Side, object],
    new: tuple[Side, object],
    *,
    question: str = "",
    option: str = "",
) -> Iterator[Change]:
    """Yield a change for each pair of texts that differ, with the languages it is in.

    Args:
        kind: What to call it.
        where: Which text.
        old: The old version and its text as the document holds it: None, one string for every
            language, or one for each.
        new: The same of the new version.
        question: The id of the question it belongs to, or empty.
        option: The id of the option it is the label of, or empty.
    """
    if not isinstance(old[1], dict) and not isinstance(new[1], dict):
        yield from value_change(kind, where, old[1], new[1], question=question, option=option)
        return
    codes = list(dict.fromkeys((*new[0].languages, *old[0].languages)))
    before, after = _said(*old), _said(*new)
    pairs: dict[tuple[str, str], list[str]] = {}
    for code in codes:
        pair = before.get(code, ""), after.get(code, "")
        if pair[0] != pair[1]:
            pairs.setdefault(pair, []).append(code)
    for pair, in_codes in pairs.items():
        place = where
        if len(codes) > 1:
            place = _("{text} in {languages}").format(text=where, languages=listed(in_codes))
        yield from value_change(kind, place, *pair, question=question, option=option)


def _said(side: Side, text: object) -> dict[str, str]:
    if isinstance(text, dict):
        return text
    return {} if text is None else dict.fromkeys(side.languages, str(text))


def text_changes(
    kind: Kind, owner: str, keys: Iterable[str], old: tuple[Side, Raw], new: tuple[Side, Raw]
) -> Iterator[Change]:
    """Yield the changes of the texts under ``keys`` in two mappings of the documents.

    ``owner`` stands before the word for the key, as ``policy: level 1, ``.
    """
    for key in keys:
        before, after = (old[0], old[1].get(key)), (new[0], new[1].get(key))
        yield from text_change(kind, f"{owner}{_(KEY_WORDS[key])}", before, after)
