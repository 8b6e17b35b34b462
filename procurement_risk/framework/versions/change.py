"""One change from one version of a framework to another, and the words for kinds and keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar, get_args

from procurement_risk.language import N_

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

Key = TypeVar("Key", int, str)

# What the keys of a document are called where they hold what people read.
KEY_WORDS: Mapping[str, str] = {
    "address": N_("address"),
    "adopted_by": N_("adopted by"),
    # Translators: the text of a question
    "ask": N_("ask"),
    # Translators: how far a source was checked
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
    # Translators: the day on which a source was last looked at
    "looked_at": N_("looked at"),
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
