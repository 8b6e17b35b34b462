"""Whose questionnaire a result rests on, in words, and how a foreign one differs from ours.

It is "the shipped 2026.1", "adopted here on 3 March 2026", or "not known here: 77 labels and 12
risk values differ from the one of the same name".
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from procurement_risk.framework import Framework, origin as origins
from procurement_risk.framework.origin import Origin
from procurement_risk.framework.versions.change import Change, Kind
from procurement_risk.framework.versions.compare import FrameworkComparison, compare
from procurement_risk.language import _, current, ngettext
from procurement_risk.language.phrases import counted, day, listed

Sort = Literal[
    "labels", "risks", "options", "questions", "weights", "flags", "policy", "texts", "others"
]


@dataclass(frozen=True, slots=True)
class Whose:
    """Where a questionnaire comes from, and what is known under its name.

    Attributes:
        framework: The questionnaire.
        origin: Where it comes from.
        comparison: What differs from the one that is known here under the same name; None where
            there is none, or where this one is known itself.
    """

    framework: Framework
    origin: Origin
    comparison: FrameworkComparison | None = None

    @property
    def is_foreign(self) -> bool:
        """Whether nobody here knows it."""
        return self.origin.is_foreign


def whose(
    framework: Framework, origin: Origin | None = None, kept: Iterable[Framework] = ()
) -> Whose:
    """Return whose ``framework`` is, held against one of its name that is known, if it is foreign.

    Args:
        framework: The questionnaire.
        origin: Where it comes from; left out, what can be said without a store.
        kept: What a store knows, beside what stands in the folders.
    """
    origin = origin or origins.origin(origins.digest(framework))
    if not origin.is_foreign:
        return Whose(framework, origin)
    like = origins.of_same_name(framework, [*kept, *origins.in_folders()])
    return Whose(
        framework, origin, None if like is None else _compared(like, framework, current())
    )


@lru_cache(maxsize=16)
def _compared(old: Framework, new: Framework, _code: str) -> FrameworkComparison:
    """Return what differs, in the language in use: many records may rest on the same two."""
    return compare(old, new)


def whose_words(found: Whose) -> str:
    """Return ``the shipped 2026.1``, since when it is adopted, or that it is not known here."""
    if found.origin.kind == "shipped":
        return _("the shipped {version}").format(version=found.framework.version)
    if found.origin.since:
        return _("adopted here on {date}").format(date=day(found.origin.since[:10]))
    if found.origin.kind == "adopted":
        return _("adopted here: it stands in the folder of frameworks")
    if found.comparison is None:
        return _("not known here: none of the name {name} is").format(name=found.framework.id)
    return _("not known here: {differences}").format(differences=_difference(found.comparison))


def _difference(found: FrameworkComparison) -> str:
    differs = difference_words(found.changes)
    if not found.version_is_new:
        if not differs:
            return _("it is written in another way than the one of the same name")
        words = ngettext(
            "{what} differs from the one of the same name",
            "{what} differ from the one of the same name",
            len(found.changes),
        )
        return words.format(what=differs)
    if not differs:
        words = _("it is version {version} of the same name, and says the same")
        return words.format(version=found.old.version)
    words = ngettext(
        "{what} differs from version {version} of the same name",
        "{what} differ from version {version} of the same name",
        len(found.changes),
    )
    return words.format(what=differs, version=found.old.version)


def foreign_notice(found: Whose) -> str:
    """Return what has to be known of a result that rests on a foreign questionnaire; or empty."""
    if not found.is_foreign:
        return ""
    return _(
        "This result rests on a questionnaire that is {whose}. It came in with a record: whoever "
        "made that could choose what each answer counts. Do not rely on it, or compare it with "
        "others, before you know whose questionnaire it is."
    ).format(whose=whose_words(found))


def marked(words: str, *, foreign: bool) -> str:
    """Return a result in ``words``, said to rest on a foreign questionnaire where it does."""
    if not foreign:
        return words
    return _("{result} (questionnaire not known here)").format(result=words)


# --- What differs, counted -------------------------------------------------------------------


def difference_words(changes: Iterable[Change]) -> str:
    """Return ``77 labels and 12 risk values``, what moves results least last; empty for none."""
    numbers = Counter(map(_sort, changes))
    words: dict[Sort, Callable[[int], str]] = {
        "labels": lambda n: counted(n, "{n} label", "{n} labels"),
        "risks": lambda n: counted(n, "{n} risk value", "{n} risk values"),
        "options": lambda n: counted(n, "{n} option", "{n} options"),
        "questions": lambda n: counted(n, "{n} question", "{n} questions"),
        "weights": lambda n: counted(n, "{n} weight", "{n} weights"),
        "flags": lambda n: counted(n, "{n} red flag", "{n} red flags"),
        "policy": lambda n: counted(n, "{n} rule of the policy", "{n} rules of the policy"),
        "texts": lambda n: counted(n, "{n} text", "{n} texts"),
        "others": lambda n: counted(n, "{n} other thing", "{n} other things"),
    }
    return listed([said(numbers[sort]) for sort, said in words.items() if numbers[sort]])


# By the kind of change, where that decides.
SORTS: dict[Kind, Sort] = {
    "added": "questions",
    "removed": "questions",
    "moved": "questions",
    "type": "questions",
    "reconditioned": "questions",
    "reweighted": "weights",
    "red_flag": "flags",
    "policy": "policy",
}


def _sort(change: Change) -> Sort:
    if change.kind == "reworded":
        return "labels" if change.option else "texts"
    if change.kind == "options" and change.option:
        return "risks" if change.before and change.after else "options"
    return SORTS.get(change.kind, "others")
